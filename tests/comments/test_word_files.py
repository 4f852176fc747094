"""Comments from Word: those in the margin with author, day and clause; and a comment table."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from govkit.source.csv_grid import write_csv
from govkit.workspace import open_workspace
from govkit.workspace.printed_states import printed_records
from tests.comments.conftest import COORDINATOR, Run, author_of, comment, everything, ok
from tests.comments.test_tables import ISO
from tests.word_books import book_of, word_book
from tests.word_files import paragraph, table, word_file


@pytest.fixture
def returned(texts: Path, run: Run, tmp_path: Path) -> Path:
    """The printed texts with two comments: on a clause, and on a text that is not proposed."""
    book = book_of(printed_records(open_workspace(texts)))
    [a] = book.places("EXA-DUE-01.a")
    [user] = book.places("term:user#definition")
    book.comments = [(a, "Dora Counsel", "Seven days are too few."), (user, "Eli", "Who is that?")]
    file = tmp_path / "desk" / "returned.docx"
    file.write_bytes(word_book(book, tracked=False))
    return file


def test_comments_in_the_margin_are_filed_with_author_day_and_clause(
    texts: Path, returned: Path, run: Run
) -> None:
    said = ok(run("import", returned, "--received", "2026-04-03", "--dry-run"))
    assert "Would file 2 new comments" in said
    ok(run("import", returned, "--received", "2026-04-03"))
    first, second = comment(texts, 1), comment(texts, 2)
    assert author_of(texts, 1).name == "Dora Counsel"
    assert first.target.unit == "EXA-DUE-01"
    assert first.target.anchored_by != "none"
    assert first.target.quote is not None
    assert first.source.part == "comment 1 in the margin of 2026-04-02"
    assert (second.target.unit, second.comment) == (None, "On user: Who is that?")
    before = everything(texts)
    assert "brings nothing new" in ok(run("import", returned, by=None))
    assert everything(texts) == before


def test_who_is_no_coordinator_is_told_the_one_command_that_files_the_comments(
    texts: Path, returned: Path, run: Run
) -> None:
    said = ok(run(returned, "--dry-run", of="suggest", by=None))
    command = next(line for line in said.splitlines() if "comment import" in line).split()
    assert command == ["govkit", "comment", "import", str(returned), "--proposal", "2026-003"]
    assert run(returned, "--yes", of="suggest", by=None).returncode == 2
    said = ok(run(*command[2:], "--received", "2026-04-03"))
    assert said.count("of proposal 2026-003") == 2


def letter_with(file: Path) -> Path:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Dora <dora@example.org>", "Our comments"
    mail.set_content("Please find our comments attached.")
    mail.add_attachment(file.read_bytes(), "application", "octet-stream", filename="c.docx")
    letter = file.with_suffix(".eml")
    letter.write_bytes(mail.as_bytes())
    return letter


def suggest(run: Run, file: Path, *words: str) -> str:
    who = ("--by", "Ana Silva <ana@example.org>", "-o", str(file.with_name("mails") / "x.eml"))
    (file.parent / "mails").mkdir(exist_ok=True)
    return ok(run(file, *who, *words, of="suggest", by=None, GOVKIT_MEMBER=COORDINATOR))


def test_one_step_hands_the_edits_of_a_mail_in_and_files_its_comments_once(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    book = book_of(printed_records(open_workspace(texts)))
    [a] = book.places("EXA-DUE-01.a")
    book.comments = [(a, "Dora Counsel", "Too few."), (a, "Author", "Says who?")]
    [b] = book.places("EXA-DUE-02.a")
    book.reword(b, f"{book.paragraphs[b].words.rstrip('.')} at once.")
    file = tmp_path / "desk" / "returned.docx"
    file.write_bytes(word_book(book, tracked=True))
    letter = letter_with(file)
    said = suggest(run, letter, "--dry-run")
    assert "--yes files 2 comments with proposal 2026-003" in said
    said = suggest(run, letter, "--yes", "--received", "2026-04-03", "--draft")
    assert said.count("Filed comment") == 2
    assert "change/EXA-DUE-02" in said
    assert author_of(texts, 1).name == "Dora Counsel"
    assert author_of(texts, 2).name == "Dora"  # the program named nobody; she sent the mail
    before = everything(texts)
    assert "Each comment in it is filed already" in suggest(run, letter, "--yes", "--dry-run")
    assert everything(texts) == before


def test_the_same_words_on_another_clause_are_another_comment(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    for place, count in (("EXA-DUE-01.a", 1), ("EXA-DUE-02.a", 2)):
        book = book_of(printed_records(open_workspace(texts)))
        book.comments = [(book.places(place)[0], "Dora", "Why?")]
        file = tmp_path / "desk" / f"{place}.docx"
        file.write_bytes(word_book(book, tracked=False))
        ok(run("import", file, "--received", "2026-04-03"))
        folder = texts / "governance/proposals/2026-003/comments"
        assert len([*folder.glob("*.yaml")]) == count


def test_comments_marked_in_a_text_are_filed_as_those_in_word(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "desk" / "text.md"
    ok(run("EXA-DUE-01", "--format", "md", "-o", out, of="render", by=None))
    words = out.read_text()
    assert "the user" in words
    out.write_text(words.replace("the user", "{==the user==}{>>And children?<<}", 1))
    assert run("import", out).returncode == 1  # nobody is named who says it
    ok(run("import", out, "--name", "Eli", "--received", "2026-04-03"))
    assert (author_of(texts, 1).name, comment(texts, 1).comment) == ("Eli", "And children?")
    assert comment(texts, 1).target.unit == "EXA-DUE-01"
    assert "nothing new" in ok(run("import", out, "--name", "Eli"))


REPLY = """\
From: Dora Counsel <dora@example.org>
Subject: Re: [2026-003] Earlier notice
Content-Type: text/plain; charset=utf-8

Dear all,

On 1 April 2026, Other Society <other@example.org> wrote:
> (a) The platform must tell each user of a restriction at least [14] days before
> it begins.

Fourteen days are too few for a reader on holiday.

> Exception: where the law forbids it
>
> (b) The platform must give the reasons for the restriction with the notice.

And who checks them?

Kind regards,
Dora
"""


@pytest.mark.parametrize("marked", [False, True])
def test_a_reply_written_between_our_lines_brings_edits_and_comments(
    texts: Path, run: Run, tmp_path: Path, marked: bool
) -> None:
    letter = tmp_path / "desk" / "reply.eml"
    letter.write_text(REPLY.replace("each user", "{--the--}{++each++} user") if marked else REPLY)
    said = suggest(run, letter, "--yes", "--received", "2026-04-03", "--draft")
    assert "EXA-DUE-01(a): other words" in said
    assert "Not placed" not in said
    first, second = comment(texts, 1), comment(texts, 2)
    assert first.comment == "Fourteen days are too few for a reader on holiday."
    assert second.comment == "And who checks them?"
    assert {each.target.unit for each in (first, second)} == {"EXA-DUE-01"}
    assert author_of(texts, 1).name == "Dora Counsel"


def test_one_author_can_be_named_for_all(texts: Path, returned: Path, run: Run) -> None:
    ok(run("import", returned, "--received", "2026-04-03", "--member", "example-institute"))
    assert {author_of(texts, number).member for number in (1, 2)} == {"example-institute"}


def test_a_comment_table_in_word_is_read_as_in_a_spreadsheet(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "desk" / "iso.docx"
    other = table(("Version", "Day"), ("1", "2026-04-01"))
    file.write_bytes(word_file(paragraph("Comments") + other + table(*map(tuple, ISO[1:]))))
    ok(run("import", file, "--received", "2026-04-02"))
    assert comment(texts, 1).target.unit == "EXA-DUE-01"
    assert comment(texts, 2).proposed_text == "-free"


def test_a_word_file_without_comments_says_what_to_do(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "desk" / "none.docx"
    file.write_bytes(word_file(paragraph("Words.")))
    done = run("import", file)
    assert done.returncode == 2
    assert "no comment in its margin" in done.stderr
    assert "govkit suggest" in done.stderr


def test_a_table_goes_out_to_word_and_back_and_changes_nothing(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    iso = tmp_path / "desk" / "iso.csv"
    iso.write_bytes(write_csv(ISO))
    ok(run("import", iso, "--received", "2026-04-02"))
    out = tmp_path / "desk" / "out.docx"
    ok(run("table", "--format", "docx", "-o", out))
    before = everything(texts)
    for command in (("import", out), ("dispose", "--from", out)):
        assert "nothing new" in ok(run(*command, by=None))
        assert everything(texts) == before
    ok(run("report", "--format", "docx", "-o", tmp_path / "desk" / "report.docx"))
    assert (tmp_path / "desk" / "report.docx").read_bytes().startswith(b"PK")
