"""`govkit diff --plain`: any two files that a person has, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.printing.comparison_json import comparison_as_data
from govkit.corpus.redline.sentences import SentenceReading
from govkit.rendering.plain_redline import NamedText, compared
from tests.word_files import item, paragraph, run, table, word_file

from .conftest import Run, report

OLD_WORD = b"\xd0\xcf\x11\xe0"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def said(done: Any, code: int) -> str:
    assert done.returncode == code
    words: str = done.stderr.decode()
    return words


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "old.md").write_text("The seller must pay within 30 days.\n", encoding="utf-8")
    (tmp_path / "new.md").write_text("The seller may pay within 10 days.\n", encoding="utf-8")
    return tmp_path


def plain(govkit: Run, folder: Path, *words: str) -> Any:
    return govkit(None, "diff", "--plain", "old.md", "new.md", *words, cwd=folder)


def test_plain_compares_any_two_texts(govkit: Run, texts: Path) -> None:
    answer = report(plain(govkit, texts, "--format", "json"))
    assert set(answer) >= {"version", "class_floor", "operations", "evidence", "moved"}
    assert answer["class_floor"] == 5
    old, new = ("".join(side) for side in zip(*[o[1:] for o in answer["operations"]], strict=True))
    assert old == (texts / "old.md").read_text(encoding="utf-8")
    assert new == (texts / "new.md").read_text(encoding="utf-8")
    assert {(each["kind"], each["old"], each["new"]) for each in answer["evidence"]} == {
        ("modal", "must", "may"),
        ("number", "30 days", "10 days"),
    }


PLAIN_FLOORS = {
    "nothing": ("One two.\n", "One two.\n", 0),
    "lines end elsewhere": ("One two\nthree four.\n", "One\ntwo three four.\n", 0),
    "a misspelling": ("A complaiint is free.\n", "A complaint is free.\n", 1),
    "a word": ("A form is sent.\n", "A from is sent.\n", 3),
    "a sentence slid into an item": (
        "You must:\n\n- ask\n- wait\n\nBoth are free.\n",
        "You must:\n\n- ask\n- wait Both are free.\n",
        3,
    ),
    "an item at another depth": ("- ask\n- wait\n", "- ask\n    - wait\n", 3),
    "a force word": ("You must ask.\n", "You should ask.\n", 5),
}


@pytest.mark.parametrize("case", PLAIN_FLOORS)
def test_the_floor_of_a_plain_text(govkit: Run, texts: Path, case: str) -> None:
    old, new, floor = PLAIN_FLOORS[case]
    (texts / "old.md").write_text(old, encoding="utf-8")
    (texts / "new.md").write_text(new, encoding="utf-8")
    assert report(plain(govkit, texts, "--format", "json"))["class_floor"] == floor


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe\x00text", "is not text: it is broken UTF-16"),
        (b"a\0b", "is not text: it holds control characters"),
        (b"a\x81b", "is not text: byte 2 is no letter"),
        (b"%PDF-1.7\n", "is a PDF that can't be read: its end is missing, so it was cut off"),
        (b"%PDF-1.7\n%%EOF\n", "is a PDF that can't be read: "),
        (b"{\\rtf1", "is a file in RTF"),
        (OLD_WORD + b"WordDocument", "is an old Word file"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        (b"PK\x03\x04" + b"a" * (1 << 25), "longer than 32 MiB"),
        (b"PK\x03\x04word/document.xml", "is a packed file that is damaged or locked"),
        (b"a" * 5_000_000, "longer than 4 MiB"),
    ],
    ids=[
        "broken UTF-16",
        "zero bytes",
        "bytes of no letter",
        "a PDF that was cut off",
        "a PDF with nothing in it",
        "RTF",
        "an old Word file",
        "a locked Word file",
        "a large packed file",
        "a broken Word file",
        "5 MB",
    ],
)
def test_what_plain_refuses(govkit: Run, texts: Path, data: bytes, words: str) -> None:
    (texts / "old.md").write_bytes(data)
    assert words in said(plain(govkit, texts), 2)


def test_more_paragraphs_than_anyone_compares_are_refused(govkit: Run, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(b"a\n\n" * 100_001)
    (tmp_path / "new.txt").write_bytes(b"a\n")
    done = govkit(None, "diff", "--plain", "old.txt", "new.txt", cwd=tmp_path)
    assert "old.txt has more than 100,000 paragraphs" in said(done, 2)


FOREIGN = {
    "UTF-16": ("Die Frist beträgt 14 Tage.\n".encode("utf-16"), "read as UTF-16"),
    "Windows-1252": (
        "Die Frist beträgt 14 Tage.\n".encode("cp1252"),
        "it is no UTF-8, and was read as Windows-1252",
    ),
    "a web page": (
        b"<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head>"
        b"<body><h1>Fristen</h1><p>Die Frist betr&auml;gt 14 Tage.</p></body></html>",
        "its words were taken, and not its source",
    ),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_file_in_another_writing_is_read_and_that_is_said(
    govkit: Run, texts: Path, case: str
) -> None:
    data, note = FOREIGN[case]
    title = "Fristen\n\n" if case == "a web page" else ""
    (texts / "old.md").write_bytes(data)
    (texts / "new.md").write_text(f"{title}Die Frist beträgt 7 Tage.\n", encoding="utf-8")
    done = plain(govkit, texts, "--format", "json")
    assert f"note: old.md: {note}.\n" in done.stderr.decode()
    evidence = json.loads(done.stdout)["evidence"]
    assert [(each["old"], each["new"]) for each in evidence] == [("14 Tage", "7 Tage")]


def test_a_word_file_is_compared_with_a_pdf_and_a_page(govkit: Run, tmp_path: Path) -> None:
    from govkit.rendering.formats import written
    from govkit.rendering.plain_redline import NamedText, plain_redline

    body = paragraph("It must pay within 30 days.") + paragraph("Both are free.")
    (tmp_path / "old.docx").write_bytes(word_file(body))
    page = "<html><p>It must pay within 10 days.</p><p>Both are free.</p></html>"
    (tmp_path / "new.html").write_text(page, encoding="utf-8")
    done = govkit(None, "diff", "--plain", "old.docx", "new.html", "--format", "json", cwd=tmp_path)
    answer = json.loads(done.stdout)
    assert [each for each in answer["operations"] if each[0] != "equal"] == [
        ["replace", " 30 days", " 10 days"]
    ]
    same = NamedText("Terms", "It must pay within 30 days.")
    (tmp_path / "new.pdf").write_bytes(written(plain_redline(same, same), "pdf"))
    done = govkit(None, "diff", "--plain", "old.docx", "new.pdf", cwd=tmp_path)
    assert "It must pay within 30 days." in done.stdout.decode()
    assert "note: new.pdf: its words were taken as they stand on the pages" in done.stderr.decode()


UP = '<w:vertAlign w:val="superscript"/>'
CLAUSE = paragraph("It must pay within 30 days.")
TRACKED = (
    f"<w:p>{run('It must pay within ')}<w:del>{run('30', 'delText')}</w:del>"
    f"<w:ins>{run('10')}</w:ins>{run(' days.')}</w:p>"
)
# Two Word files, what the redline of them says, and whether they differ.
WORD_FILES = {
    "the head of the pages": (
        word_file(CLAUSE, header=paragraph("Version of 2025")),
        word_file(CLAUSE, header=paragraph("Version of 2026")),
        "Heads and feet of the pages Version of [-2025-] [+2026+]",
        1,
    ),
    "a power": (
        word_file(f"<w:p>{run('Pay 10')}{run('2', properties=UP)}{run(' EUR.')}</w:p>"),
        word_file(paragraph("Pay 102 EUR.")),
        "[-10² EUR-] [+102 EUR+]",
        1,
    ),
    "two fees exchanged": (
        word_file(table(("Basic", "10 EUR"), ("Premium", "20 EUR"))),
        word_file(table(("Basic", "20 EUR"), ("Premium", "10 EUR"))),
        "table 1, row 1, column 2 [-10 EUR-] [+20 EUR+]",
        1,
    ),
    "a row taken out": (
        word_file(table(("Basic", "10 EUR"), ("Premium", "20 EUR"))),
        word_file(table(("Basic", "10 EUR"))),
        "table 1, row 2 of the old text [-Premium-] | [-20 EUR-]",
        1,
    ),
    "an amount under another head, all words in the same order": (
        word_file(table(("Service", "Basic", "Premium"), ("Fee", "10 EUR", ""))),
        word_file(table(("Service", "Basic", "Premium"), ("Fee", "", "10 EUR"))),
        "Class: 3 or higher: 2 questions to its author are not answered",
        1,
    ),
    "a column put in": (
        word_file(table(("Basic", "10 EUR"), ("Premium", "20 EUR"))),
        word_file(table(("Basic", "a month", "10 EUR"), ("Premium", "a year", "20 EUR"))),
        "1, 2 table 1, column 2 [+a month+] | [+a year+]",
        1,
    ),
    "tracked changes only": (
        word_file(CLAUSE),
        word_file(TRACKED),
        "only tracked changes differ: with all of them rejected, the two texts are the same",
        1,
    ),
    "a change that is not tracked": (
        word_file(CLAUSE),
        word_file(TRACKED + paragraph("No refunds.")),
        "other changes are not tracked: with all of them rejected, the texts differ too",
        1,
    ),
    "tracked changes that were accepted": (
        word_file(TRACKED),
        word_file(CLAUSE.replace("30", "10")),
        "with all of them accepted, the two texts are the same",
        0,
    ),
    "hidden words": (
        word_file(CLAUSE),
        word_file(CLAUSE + f"<w:p>{run('not', properties='<w:vanish/>')}</w:p>"),
        "Hidden words [+not+]",
        1,
    ),
    "short items exchanged, their numbers and stops with them": (
        word_file(item("rent;") + item("heat."), numbering=NUMBERING),
        word_file(item("heat;") + item("rent."), numbering=NUMBERING),
        "1, 3 1. [+1.+] [moved here, unchanged: heat][+;+] class 3 or higher, by the answer "
        "Does this change a duty? the place of these words",
        1,
    ),
    "numbers of a list": (
        word_file(item("Pay."), numbering=NUMBERING),
        word_file(item("Ask.") + item("Pay."), numbering=NUMBERING),
        "[-1-] [+2+] class 3 or higher, by the answer Does this change a duty? only the number "
        "changed; does anything refer to it?",
        1,
    ),
}


@pytest.mark.parametrize("case", WORD_FILES)
def test_what_differs_in_two_word_files_is_shown(govkit: Run, tmp_path: Path, case: str) -> None:
    old, new, words, code = WORD_FILES[case]
    (tmp_path / "old.docx").write_bytes(old)
    (tmp_path / "new.docx").write_bytes(new)
    options = ("--exit-code", "--changes")
    done = govkit(None, "diff", "--plain", "old.docx", "new.docx", *options, cwd=tmp_path)
    assert done.returncode == code
    shown = " ".join(done.stdout.decode().split())
    assert words in shown
    assert ("No difference" in shown) == (not code)


def test_words_that_are_struck_by_hand_count_as_deleted(govkit: Run, tmp_path: Path) -> None:
    days = (run("30", properties="<w:strike/>"), run(" days", properties="<w:dstrike/>"))
    struck = {
        "new.docx": word_file(f"<w:p>{run('It must pay within ')}{''.join(days)}{run('.')}</w:p>"),
        "s.html": b"<html><p>It must pay within <s>30 <b>days</b></s>.</p></html>",
        "style.html": b"<html><p>It must pay within "
        b"<span style='text-decoration: line-through'>30 days</span>.</p></html>",
        "new.md": b"It must pay within ~~30 days~~.\n",
        "tag.md": b"It must pay within <s>30 **days**</s>.\n",
        "deleted.md": b"It must pay within <del>30 days</del>.\n",
    }
    (tmp_path / "old.md").write_text("It must pay within 30 days.\n", encoding="utf-8")
    for name, data in struck.items():
        (tmp_path / name).write_bytes(data)
        done = govkit(None, "diff", "--plain", "old.md", name, "--format", "json", cwd=tmp_path)
        answer = json.loads(done.stdout)
        (entry,) = answer["schedule"]
        shown = "… must pay within [-30 days-] [+[struck through: 30 days]+]"
        assert (name, entry["words"]) == (name, shown)
        assert [(each["old"], each["new"]) for each in entry["evidence"]] == [("30 days", "")]
        assert (entry["class_floor"], answer["class_floor"]) == (3, 3)
        assert "count as deleted" in done.stderr.decode()


def test_what_the_other_file_has_no_place_for_is_not_compared_and_named(
    govkit: Run, tmp_path: Path
) -> None:
    (tmp_path / "old.docx").write_bytes(word_file(CLAUSE, header=paragraph("Version of 2025")))
    (tmp_path / "new.txt").write_text("It must pay within 30 days.\n", encoding="utf-8")
    done = govkit(None, "diff", "--plain", "old.docx", "new.txt", "--exit-code", cwd=tmp_path)
    assert done.returncode == 0
    shown = " ".join(done.stdout.decode().split())
    assert "the heads and feet of its pages were not compared" in shown
    assert "not in the words that were compared: see above how they were read" in shown


@pytest.mark.parametrize("language", ["xx", "FR", "french", "en_GB"])
def test_the_language_of_plain_texts_is_one_that_there_is(
    govkit: Run, texts: Path, language: str
) -> None:
    words = said(plain(govkit, texts, "--language", language), 2)
    assert f"`{language}` is no code of a language" in words
    assert plain(govkit, texts, "--language", "pt-BR").returncode == 0


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("de", "Die Plattform muss binnen 30 Tagen antworten.", "Die Plattform kann antworten."),
        ("fr", "La plateforme doit répondre sous 30 jours.", "La plateforme peut ne pas répondre."),
        ("ru", "Платформа должна ответить в течение 30 дней.", "Платформа может не отвечать."),
    ],
)
def test_the_language_that_is_not_named_is_taken_from_the_words_and_told(
    govkit: Run, tmp_path: Path, language: str, old: str, new: str
) -> None:
    (tmp_path / "old.txt").write_text(f"{old}\n", encoding="utf-8")
    (tmp_path / "new.txt").write_text(f"{new}\n", encoding="utf-8")
    done = govkit(None, "diff", "--plain", "old.txt", "new.txt", cwd=tmp_path)
    assert f"read like `{language}`" in done.stderr.decode()
    assert "another language: --language" in done.stderr.decode()
    assert f"{language}, by the words of the texts" in " ".join(done.stdout.decode().split())
    named = govkit(
        *(None, "diff", "--plain", "old.txt", "new.txt", "--language", language), cwd=tmp_path
    )
    assert not named.stderr
    assert "by the words" not in named.stdout.decode()


def test_texts_in_a_language_without_lists_ask_for_its_name(govkit: Run, tmp_path: Path) -> None:
    words = "Az üzemeltető a panaszra harminc napon belül köteles válaszolni. "
    (tmp_path / "old.txt").write_text(words * 9, encoding="utf-8")
    (tmp_path / "new.txt").write_text(words * 9 + "Kivétel nincs.", encoding="utf-8")
    done = govkit(None, "diff", "--plain", "old.txt", "new.txt", cwd=tmp_path)
    assert "is it the language of these texts?" in done.stderr.decode()
    assert "no word that bears on a duty was met" in " ".join(done.stdout.decode().split())


def test_a_language_is_for_plain_texts_only(govkit: Run, repository: Path) -> None:
    assert "needs --plain" in said(govkit(repository, "diff", "--language", "fr"), 2)


def test_plain_needs_two_files_that_are_there(govkit: Run, texts: Path) -> None:
    assert "Name both" in said(govkit(None, "diff", "--plain", "old.md", cwd=texts), 2)
    (texts / "old.md").unlink()
    assert "can't be read" in said(plain(govkit, texts), 3)


def test_plain_writes_every_format(govkit: Run, texts: Path) -> None:
    for format, beginning in (("md", b"---"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")):
        done = plain(govkit, texts, "--format", format)
        assert done.stdout[: len(beginning)].lower() == beginning.lower(), format


def test_the_first_page_says_who_compared_what_and_when(govkit: Run, texts: Path) -> None:
    done = plain(govkit, texts, "--by", "Ana Silva", "--now", "2026-03-10T12:00:00Z")
    shown = done.stdout.decode()
    assert shown.startswith("Old text:    old.md\nDigest:      sha256:")
    assert (
        "Compared by: Ana Silva\n"
        "Compared on: 10 March 2026\n"
        "Class:       5, force\n"
        "Which way:   binds less\n"
        "Changes:     1 entry in the schedule, for 1 passage; pieces of words: 2 replaced\n\n"
        "Schedule of changes\n\n"
        "1     At the beginning\n"
        "      The seller [-must-] [+may+] pay within [-30 days-] [+10 days+]\n"
        "      class 5, force; binds less\n"
        "      Does this change a duty? 30 days -> 10 days; must -> may\n"
        "      [ ] yes [ ] no Why:\n\n"
        "What changed\n\n"
        "   1| The seller [-must-] [+may+] pay within [-30 days-] [+10 days+].\n"
    ) in shown


def test_the_changed_passages_alone(govkit: Run, texts: Path) -> None:
    for name in ("old.md", "new.md"):
        held = (texts / name).read_text(encoding="utf-8")
        table = f"| A | B |\n|---|---|\n| 1 | {held.split()[1:3][-1]} |\n"
        (texts / name).write_text(f"# Top\n\nSame.\n\n## Pay\n\n{held}\n{table}", encoding="utf-8")
    _, _, shown = plain(govkit, texts, "--changes").stdout.decode().partition("What changed\n\n")
    assert shown == (
        "(2 paragraphs without a change)\n\n"
        "      Pay\n\n"
        "   1| The seller [-must-] [+may+] pay within [-30 days-] [+10 days+].\n\n"
        "(1 paragraph without a change)\n\n"
        "   2| 1 | [-must-] [+may+]\n"
    )


def test_a_pdf_that_would_take_many_minutes_is_refused(govkit: Run, texts: Path) -> None:
    lines = "\n\n".join(f"The user has {at} days to appeal." for at in range(16_000))
    (texts / "old.md").write_text(lines)
    (texts / "new.md").write_text(f"{lines}\n\nThe end.\n")
    assert "takes too long to print" in said(plain(govkit, texts, "--format", "pdf"), 2)


def test_json_has_the_schedule_of_the_first_page(govkit: Run, texts: Path) -> None:
    (entry,) = report(plain(govkit, texts, "--format", "json"))["schedule"]
    assert entry["numbers"] == [1]
    assert entry["words"] == "The seller [-must-] [+may+] pay within [-30 days-] [+10 days+]"
    assert (entry["class_floor"], entry["platform_duty"], entry["kind"]) == (5, "looser", "words")
    assert [each["old"] for each in entry["evidence"]] == ["30 days", "must"]


TERMS = "## Fees\n\nThe fees of each plan stand in this table, taxes included.\n\n"
TABLE = "| Plan | Fee |\n| --- | --- |\n| Basic | 10 EUR |\n\n"
CITIES = "| City | Tax |\n| --- | --- |\n| Rome | 3 |\n| Bonn | 4 |\n\n"
PARTIES = "".join(f"A party of kind {kind} can end it within a month.\n\n" for kind in range(12))
ARTICLES = (
    "## Article 1. Scope\n\nThese rules are for all sellers.\n\n{}"
    "## Article {}. Payment\n\nA buyer pays within a week.\n\n"
    "## Article {}. Refunds\n\nMoney goes back at the end of a month.\n\n"
    "## Article {}. Disputes\n\nArticles {} and {} do not stop a court.\n\n"
    "A judge reads Article {} alone.\n"
)
SCHEDULES = {
    "clauses with words of force exchanged": (
        "The seller must pay at once.\n\nA buyer may ask for a copy of it.\n",
        "A buyer may ask for a copy of it.\n\nThe seller must pay at once.\n",
        [("moved", 3, 2)],
    ),
    "a section moved and numbered anew, two words changed in it": (
        "## Article 1. Scope\n\nThese rules are for all sellers and buyers.\n\n"
        "They are binding on everyone who signs them here.\n\n"
        "Nobody else can ever rely on any of them.\n\n"
        "## Article 2. Payment\n\nThe seller must pay each buyer back within 30 days.\n\n"
        "A buyer may ask for a copy of the bill.\n\nThe copy of the bill is free of charge.\n",
        "## Article 1. Payment\n\nThe seller must pay each buyer back within 60 days.\n\n"
        "A buyer may ask for a copy of the bill.\n\nThe copy of the bill is free of charge.\n\n"
        "## Article 2. Scope\n\nThese rules are for all sellers and buyers.\n\n"
        "They are binding on everyone who signs them here.\n\n"
        "Nobody else can ever rely on any of them.\n",
        [("moved", 3, 2), ("words", 3, 2), ("moved", 3, 4), ("renumbered", 3, 1)],
    ),
    "a table that went with its section past others": (
        f"{TERMS}{TABLE}{PARTIES}",
        f"{PARTIES}{TERMS}{TABLE}",
        [("words", 3, 1), ("moved", 3, 10), ("words", 3, 1)],
    ),
    "the same, with a cell changed and words of force in another": (
        f"{TERMS}{TABLE.strip()}\n| Gold | must pay none |\n\n{PARTIES}",
        f"{PARTIES}{TERMS}{TABLE.strip().replace('10', '12')}\n| Gold | must pay none |\n",
        [
            ("words", 3, 1),
            ("moved", 3, 6),
            ("moved", 3, 3),
            ("moved", 3, 4),
            ("words", 3, 1),
            ("words", 3, 1),
        ],
    ),
    "two tables that changed places, a cell of one changed": (
        f"Fees:\n\n{TABLE}A text in the middle.\n\n{CITIES}",
        f"Fees:\n\n{CITIES}A text in the middle.\n\n{TABLE.replace('10', '12')}",
        [("moved", 3, 4), ("moved", 3, 3), ("moved", 3, 12), ("words", 3, 1)],
    ),
    "references that follow an article put in, and one that does not": (
        ARTICLES.format("", 2, 3, 4, 2, 3, 3),
        ARTICLES.format(
            "## Article 2. Language\n\nAll letters are in French.\n\n", 3, 4, 5, 3, 4, 3
        ),
        [("words", 3, 1), ("words", 3, 1), ("renumbered", 3, 3), ("references", 3, 1)],
    ),
    "a paragraph parted in two": (
        "The seller pays. The buyer waits.\n",
        "The seller pays.\n\nThe buyer waits.\n",
        [("ends", 3, 1)],
    ),
}


@pytest.mark.parametrize("case", SCHEDULES)
def test_each_change_is_one_entry_and_no_entry_is_under_the_class_of_the_whole(
    govkit: Run, texts: Path, case: str
) -> None:
    old, new, entries = SCHEDULES[case]
    (texts / "old.md").write_text(old, encoding="utf-8")
    (texts / "new.md").write_text(new, encoding="utf-8")
    answer = report(plain(govkit, texts, "--format", "json"))
    schedule = answer["schedule"]
    found = [(each["kind"], each["class_floor"], len(each["numbers"])) for each in schedule]
    assert found == entries
    assert answer["class_floor"] == max(class_ for _, class_, _ in found)


def test_a_reference_that_does_not_follow_is_named(govkit: Run, texts: Path) -> None:
    old, new, _ = SCHEDULES["references that follow an article put in, and one that does not"]
    (texts / "old.md").write_text(old, encoding="utf-8")
    (texts / "new.md").write_text(new, encoding="utf-8")
    shown = " ".join(plain(govkit, texts).stdout.decode().split())
    assert "references follow the new numbers: Article 2\u20134: +1; these still have" in shown
    assert "a number of before; do they mean another text? Article 3 [ ] yes" in shown


def test_a_change_that_somebody_has_to_answer_for_is_open_upwards(govkit: Run, texts: Path) -> None:
    (texts / "old.md").write_text("Users in France, Spain and Italy are covered.\n")
    (texts / "new.md").write_text("Users in France and Italy are covered.\n")
    shown = " ".join(plain(govkit, texts).stdout.decode().split())
    assert "Class: 3 or higher: a question to its author is not answered" in shown
    assert "class 3 or higher, by the answer Does this change a duty? these words [ ] yes" in shown


def test_one_text_may_come_from_the_standard_input(govkit: Run, texts: Path) -> None:
    refused = said(govkit(texts, "diff", "--plain", "-", "-"), 2)
    assert "- is the standard input" in refused
    answer = report(govkit(texts, "diff", "--plain", "-", "new.md", "--format", "json"))
    assert answer["operations"][0][0] == "insert"  # nothing comes in


def test_only_marks_differ_where_no_word_does(govkit: Run, texts: Path) -> None:
    (texts / "old.md").write_text("The *user* may [appeal](https://a.example).\n")
    (texts / "new.md").write_text("The user may [appeal](https://b.example).\n")
    answer = report(plain(govkit, texts, "--format", "json"))
    assert (answer["marks_only"], answer["schedule"]) == (True, [])


def test_a_sign_in_the_place_of_a_number_is_no_reference(govkit: Run, texts: Path) -> None:
    (texts / "old.md").write_text("Article 5 applies to all users.\n")
    (texts / "new.md").write_text("Article # applies to all users.\n")
    done = plain(govkit, texts)
    assert done.returncode == 0
    assert b"[-5-] [+#+] applies" in done.stdout


def test_two_long_texts_are_compared_once_for_all_that_json_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [f"On day {at} the platform tells all of its users so." for at in range(2_000)]
    text = "\n\n".join(rows) + "\n"
    read: list[int] = []
    real = SentenceReading.__init__

    def counted(self: SentenceReading, text: str, *more: Any) -> None:
        read.append(len(text))
        real(self, text, *more)

    monkeypatch.setattr(SentenceReading, "__init__", counted)
    old, new = (NamedText(name, each) for name, each in (("a", text), ("b", "A. " + text)))
    comparison_as_data(compared(old, new), is_text=True)
    assert sum(read) < 3 * len(text)


def test_two_texts_without_a_difference(govkit: Run, texts: Path) -> None:
    (texts / "new.md").write_bytes((texts / "old.md").read_bytes())
    done = plain(govkit, texts, "--exit-code")
    assert done.returncode == 0
    assert "No difference. The words of the two texts are the same." in done.stdout.decode()
    (texts / "new.md").write_text("The seller **must** pay within\n30 days.\n", encoding="utf-8")
    assert "signs that are no words" in " ".join(plain(govkit, texts).stdout.decode().split())


@pytest.mark.parametrize(
    "option", [("--by", "Ana"), ("--changes",), ("--now", "2026-03-10T12:00:00Z")]
)
def test_what_is_for_plain_texts_only(
    govkit: Run, repository: Path, option: tuple[str, ...]
) -> None:
    assert f"{option[0]} needs --plain" in said(govkit(repository, "diff", *option), 2)


def test_a_pdf_that_would_show_empty_boxes_says_so(govkit: Run, texts: Path) -> None:
    (texts / "new.md").write_text("用户 must pay within 10 days.\n", encoding="utf-8")
    done = plain(govkit, texts, "-o", "changes.pdf")
    assert "the PDF shows empty boxes for 2 signs" in done.stderr.decode()
    assert "--format html" in done.stderr.decode()
