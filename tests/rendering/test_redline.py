"""Redlines as they are printed: readable in black and white, aloud, and as extracted text."""

import io
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.redline.compare import redline, redline_of_blocks
from govkit.corpus.redline.operations import Operation, Redline
from govkit.languages.catalogue import messages
from govkit.rendering.document import Document, Facts, Front, Paragraph, Section
from govkit.rendering.formats import written
from govkit.rendering.html import as_html
from govkit.rendering.markdown import as_markdown
from govkit.rendering.passages import passages_of
from govkit.rendering.plain_redline import (
    NamedText,
    compared,
    document_of_comparison,
    plain_redline,
)
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.schedule import class_of, questions
from govkit.rendering.spans import Break, Deleted, Inserted, MovedFrom, MovedTo, Span, Words
from govkit.rendering.typography import typeset
from govkit.source.text_blocks import TextBlock, as_one_text

ENGLISH = messages("en")


def printed(spans: tuple[Span, ...]) -> str:
    """Spans as a writer of plain text would print them."""
    text = ""
    for span in spans:
        match span:
            case Words(words):
                text += words
            case Break():
                text += "/"
            case Deleted(inner, _):
                text += f"[-{printed(inner)}-]"
            case Inserted(inner, _):
                text += f"[+{printed(inner)}+]"
            case MovedFrom(inner, said) | MovedTo(inner, said):
                text += f"[{said}: {printed(inner)}]"
    return text


@pytest.mark.parametrize(
    ("old", "new", "paragraphs"),
    [
        ("It may act.", "It may not act.", ["It [-may-] [+may not+] act."]),
        ("It acts.", "It acts, soon.", ["It acts[+, soon+]."]),
        ("It acts soon.", "It acts.", ["It acts [-soon-]."]),
        ("", "It acts.", ["[+It acts.+]"]),
        ("It acts.", "", ["[-It acts.-]"]),
        ("", "", []),
        ("It acts\nsoon.", "It acts soon.", ["It acts soon."]),
        ("a.\n\nA c.", "a. A c.", ["a. [-¶-] A c."]),
        ("a. A c.", "a.\n\nA c.", ["a. [+¶+]", "A c."]),
        ("One.\n\nLast.", "One.\n\nTwo.\n\nLast.", ["One.", "[+Two.+]", "Last."]),
        ("One.\n\nTwo.\n\nLast.", "One.\n\nLast.", ["One.", "[-Two.-]", "Last."]),
        (
            "One stays.\n\nOld words here.\n\nMore old ones.\n\nLast stays.",
            "One stays.\n\nSomething else entirely.\n\nAnd that too.\n\nLast stays.",
            [
                "One stays.",
                "[-Old words here.-] [+Something else entirely.+]",
                "[-More old ones.-] [+And that too.+]",
                "Last stays.",
            ],
        ),
        (
            "One stays.\n\nOld words here.\n\nLast stays.",
            "One stays.\n\nSomething else entirely.\n\nAnd that too.\n\nLast stays.",
            [
                "One stays.",
                "[-Old words here.-] [+Something else entirely.+]",
                "[+And that too.+]",
                "Last stays.",
            ],
        ),
        (
            "It must say:\n\n(a) why;\n(b) when.",
            "It must say:\n\n(a) why;\n(b) how;\n(c) when.",
            ["It must say:", "(a) why;/(b) [+how;+]/[+(c)+] when."],
        ),
        (
            "It must say why it acts. It must be short. It must be clear.",
            "It must be short. It must be clear. It must say why it acts.",
            [
                "[moved from here: It must say why it acts.] It must be short. It must be clear. "
                "[moved here, unchanged: It must say why it acts.]"
            ],
        ),
        (
            "A fee of ten euros a month is due.\n\nOne thing comes first of all.\n\nLast stays.",
            "One thing comes first of all.\n\nLast stays.\n\nA fee of nine euros a month is due.",
            [
                "[moved from here: A fee of ten euros a month is due.]",
                "One thing comes first of all.",
                "Last stays.",
                "[moved here, with changes: A fee of [-ten euros-] [+nine euros+] a month is due.]",
            ],
        ),
    ],
)
def test_paragraphs(old: str, new: str, paragraphs: list[str]) -> None:
    found = redline(old, new)
    assert [printed(paragraph.spans) for paragraph in paragraphs_of(found, ENGLISH)] == paragraphs


def test_a_block_of_other_paragraphs_has_paragraphs_of_its_own() -> None:
    block = Operation("replace", "A b.\n\nC d.", "E f.")
    texts = [printed(p.spans) for p in paragraphs_of(Redline((block,), ()), ENGLISH)]
    assert texts == ["[-A b.-]", "[-C d.-]", "[+E f.+]"]


def test_two_labels_of_one_item_stand_in_one_line() -> None:
    operations = (
        Operation("equal", "One;", "One;"),
        Operation("replace", "\n(b)", "\n(c)"),
        Operation("equal", " two.", " two."),
    )
    texts = [printed(each.spans) for each in paragraphs_of(Redline(operations, ()), ENGLISH)]
    assert texts == ["One;/[-(b)-] [+(c)+] two."]


def test_moves_are_numbered_where_there_are_several() -> None:
    old = "We must say why. Ask them about it.\n\nThe end is near here. It stays as it is now."
    new = "Ask them about it. We must say why.\n\nIt stays as it is now. The end is near here."
    text = "/".join(printed(p.spans) for p in paragraphs_of(redline(old, new), ENGLISH))
    assert re.findall(r"\[(moved .*?): ", text) == [
        "moved here, unchanged, 1",
        "moved from here, 1",
        "moved here, unchanged, 2",
        "moved from here, 2",
    ]


words = st.lists(
    st.sampled_from(
        ("the user", "must", "must not", "30 days", ".", ". ", "\n\n", " ", " (a) ", ";")
    )
).map(" ".join)


@given(words, words)
def test_no_word_is_lost_in_print(old: str, new: str) -> None:
    """Without what was inserted, the words of the old text stand there, and the other way round."""
    spans = [
        span for paragraph in paragraphs_of(redline(old, new), ENGLISH) for span in paragraph.spans
    ]

    def side(*dropped: type) -> list[str]:
        kept = []
        for span in spans:
            if isinstance(span, Words):
                kept.append(span.text)
            elif not isinstance(span, (*dropped, Break)):
                kept.append(printed(span.spans))
        return "".join(kept).replace("¶", "").split()

    assert "".join(side(Inserted, MovedTo)) == "".join(old.split())
    assert "".join(side(Deleted, MovedFrom)) == "".join(new.split())


# --- the formats --------------------------------------------------------------------------------

SPANS: tuple[Span, ...] = (
    Words("It "),
    Deleted((Words("may <b>"),), "deleted"),
    Words(" "),
    Inserted((Words("may not"),), "inserted"),
    Words(" act. "),
    MovedFrom((Words("It is short."),), "moved from here"),
    MovedTo((Words("It is short."),), "moved here, unchanged"),
)


def document(spans: tuple[Span, ...]) -> Document:
    front = Front("X", "x", "", "T", Facts(()), "en")
    return Document(front, (Section("back", "c", "", "", (Paragraph(spans),)),))


def test_html_says_it_in_tags_in_brackets_and_aloud() -> None:
    page = as_html(document(SPANS))
    assert (
        '<del><span class="aloud">deleted: </span>'
        '<span class="kept">[-<span class="words">may</span></span>'
        '<span class="words"> &lt;b&gt;</span>-]</del>'
        ' <ins><span class="aloud">inserted: </span>[+<span class="words">may not</span>+]</ins>'
    ) in page
    assert (
        '<del class="moved">[<span class="said">moved from here:</span> '
        '<span class="words">It is short.</span>]</del>'
        '<ins class="moved">[<span class="said">moved here, unchanged:</span> '
        '<span class="words">It is short.</span>]</ins>'
    ) in page


def test_markdown_shows_the_brackets_as_brackets() -> None:
    text = as_markdown(document(SPANS)).decode()
    assert (
        r"It <del>\[-may \<b\>-\]</del> <ins>\[+may not+\]</ins> act. "
        r"<del>\[*moved from here:* It is short.\]</del>"
        r"<ins>\[*moved here, unchanged:* It is short.\]</ins>"
    ) in text


def test_quotes_are_set_inside_a_change_too() -> None:
    spans = typeset((Words('a "'), Deleted((Words('b" c'),), "deleted")))
    assert spans == (Words("a “"), Deleted((Words("b” c"),), "deleted"))


# --- a redline of two whole texts ---------------------------------------------------------------

OLD = NamedText(
    "terms of 2025 (example)", "It may delete posts.\n\nIt must answer within 30 days.\n"
)
NEW = NamedText(
    "terms of 2026 (example)", "It may not delete posts.\n\nIt must answer in 10 days.\n"
)


def test_a_whole_page() -> None:
    page = as_markdown(plain_redline(OLD, NEW, day="2026-10-10")).decode()
    assert page == (Path(__file__).parent / "small-redline.md").read_text(encoding="utf-8")


def test_the_digest_is_that_of_the_text_or_the_one_that_is_given() -> None:
    import hashlib

    assert OLD.printed_digest == "sha256:" + hashlib.sha256(OLD.text.encode()).hexdigest()
    assert NamedText("a", "b", "sha256:c").printed_digest == "sha256:c"


@pytest.mark.parametrize("format", ["md", "html", "pdf"])
def test_every_format_prints_both_digests_and_what_prevails(format: str) -> None:
    data = written(plain_redline(OLD, NEW), format)
    if format == "pdf":
        from pypdf import PdfReader

        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
        assert "It [-may-] [+may not+] delete posts." in " ".join(text.split())
    else:
        text = unescape(data.decode())
    text = "".join(text.split())
    assert OLD.printed_digest in text
    assert NEW.printed_digest in text
    assert "Ifitdiffersfromthetexts,thetextsprevail." in text


def test_the_page_is_well_formed_and_readable_without_colours() -> None:
    page = as_html(plain_redline(OLD, NEW))
    body = re.sub(r"<meta[^>]*>", "", page.removeprefix("<!DOCTYPE html>\n"))
    body = body.replace("<br>", "<br/>")
    root = ElementTree.fromstring(body)
    paragraphs = ["".join(p.itertext()) for p in root.iterfind(".//section[@id='changes']/div/p")]
    assert paragraphs[0] == "1"
    assert paragraphs[1] == "It deleted: [-may-] inserted: [+may not+] delete posts."


def test_two_texts_that_are_the_same() -> None:
    text = as_markdown(plain_redline(OLD, NamedText("again", OLD.text))).decode()
    assert "The words of the two texts are the same." in text
    assert "Changes: none" in text


def test_a_text_in_long_lines_has_a_paragraph_in_each() -> None:
    long = "It must answer each complaint in plain words, and say why it decided so. " * 3
    old = NamedText("a", f"{long}\nIt may charge a fee.\n")
    new = NamedText("b", f"{long}\r\nIt may charge no fee.\r\n")
    text = as_markdown(plain_redline(old, new)).decode()
    assert "\n>\n> It may charge <del>\\[-a-\\]</del> <ins>\\[+no+\\]</ins> fee.\n" in text


def test_the_same_bytes_every_time() -> None:
    assert written(plain_redline(OLD, NEW), "pdf") == written(plain_redline(OLD, NEW), "pdf")


# --- the schedule, and the text as its reader sees it --------------------------------------------

BEFORE = (
    TextBlock("1. Fees", "heading", 1),
    TextBlock("A fee must be paid within 30 days.", "words"),
    TextBlock("(a) Twitter is free.", "item", 1),
    TextBlock("(b) Twitter is open.", "item", 2),
    TextBlock("Plan", "cell", 0, (1, 1, 1)),
    TextBlock("EUR 5", "cell", 0, (1, 1, 2)),
    TextBlock("Pro", "cell", 0, (1, 2, 1)),
    TextBlock("EUR 9", "cell", 0, (1, 2, 2)),
    TextBlock("Nothing changes here.", "words"),
)
AFTER = (
    BEFORE[0],
    BEFORE[1]._replace(text="A fee should be paid within 10 days."),
    BEFORE[2]._replace(text="(a) X is free."),
    BEFORE[3]._replace(text="(b) X is open."),
    *BEFORE[4:7],
    BEFORE[7]._replace(text="EUR 12"),
    BEFORE[8],
    TextBlock("The user must wait.", "words"),
)


def texts_of(*sides: tuple[TextBlock, ...]) -> tuple[NamedText, ...]:
    return tuple(
        NamedText(name, as_one_text(blocks), "", blocks)
        for name, blocks in zip(("a.docx", "b.docx"), sides, strict=True)
    )


def test_the_schedule_has_each_change_once_with_place_class_way_and_question() -> None:
    found = compared(*texts_of(BEFORE, AFTER)).schedule
    assert [
        (each.numbers, each.where, printed(each.spans), each.change.floor, each.duty)
        for each in found
    ] == [
        (
            (1,),
            "1. Fees",
            "A fee [-must-] [+should+] be paid within [-30 days-] [+10 days+]",
            5,
            "looser",
        ),
        ((2, 3), "1. Fees, (a)", "(a) [-Twitter-] [+X+]", 3, "unclear"),
        ((4,), "1. Fees, table 1, row 2, column 2", "[-EUR 9-] [+EUR 12+]", 3, "unclear"),
        ((5,), "1. Fees", "[+The user must wait.+]", 5, "tighter"),
    ]
    assert [questions(each, ENGLISH) for each in found] == [
        ("30 days -> 10 days", "must -> should"),
        ("Twitter -> X",),
        ("EUR 9 -> EUR 12",),
        ("nothing -> must",),
    ]
    assert [class_of(each, ENGLISH) for each in found] == [
        "5, force",
        "3 or higher, by the answer",
        "3 or higher, by the answer",
        "5, force",
    ]


def test_a_place_in_a_text_without_headings_is_a_paragraph_or_a_numbered_line() -> None:
    stays = TextBlock("Nothing has changed in this paragraph.")
    old, new = (TextBlock(f"It pays {sum} euro.") for sum in (5, 6))
    (entry,) = compared(*texts_of((stays, stays, old), (stays, stays, new))).schedule
    assert entry.where == "Paragraph 3"
    (entry,) = compared(*texts_of((stays, stays, old), (stays, stays))).schedule
    assert entry.where == "After paragraph 2"
    for line in ("2. Payment", "Article 4", "IV. On payment"):
        (entry,) = compared(*texts_of((TextBlock(line), old), (TextBlock(line), new))).schedule
        assert entry.where == line
    for line in ("2 euro are due", "2. It pays at once."):
        (entry,) = compared(*texts_of((TextBlock(line), old), (TextBlock(line), new))).schedule
        assert entry.where == "Paragraph 2"


def test_an_entry_that_asks_nothing_says_why() -> None:
    sides = [(TextBlock(f"It is a {left}place{right}."),) for left, right in ('""', "\u201c\u201d")]
    for entry in compared(*texts_of(*sides)).schedule:
        assert all(not line.endswith(": ") for line in questions(entry, ENGLISH))
    item = TextBlock("4.", "item", 1, label="4.")
    (entry,) = compared(*texts_of((sides[0][0],), (sides[0][0], item))).schedule
    assert entry.change.floor == 3


def test_words_that_only_moved_are_one_entry_and_ask_about_their_place() -> None:
    moving = TextBlock("This sentence of the terms stands elsewhere in the end.")
    sides = ((moving, *BEFORE), (*BEFORE, moving))
    (entry,) = compared(*texts_of(*sides)).schedule
    assert (entry.numbers, entry.kind, entry.change.floor) == ((1, 2), "moved", 3)
    assert questions(entry, ENGLISH) == ("the place of these words",)


def test_what_changed_inside_words_that_moved_is_asked_about() -> None:
    moving = "This sentence of the terms stands elsewhere, and ends after {} days in the end."
    stays = [
        TextBlock(f"Nothing about {word} has changed in this paragraph.")
        for word in ("fees", "posts", "accounts", "data")
    ]
    old, new = (TextBlock(moving.format(days)) for days in (30, 10))
    entries = compared(*texts_of((old, *stays), (*stays, new))).schedule
    assert [questions(each, ENGLISH) for each in entries if each.change.evidence] == [
        ("30 days -> 10 days",)
    ]
    assert any("[-30 days-] [+10 days+]" in printed(each.spans) for each in entries)


def test_passages_in_another_language_than_the_one_named_are_told() -> None:
    french = (
        "Le vendeur {} répondre dans un délai de {} jours, et ne peut jamais refuser sans motif."
    )
    sides = [
        (TextBlock(f"You {force} answer."), TextBlock(french.format(verb, days)))
        for force, verb, days in (("must", "doit", 30), ("may", "peut", 10))
    ]
    facts = {fact.name: printed(fact.spans) for fact in compared(*texts_of(*sides)).facts.facts}
    assert facts["Language"].startswith("1 changed passage reads like `fr`, whose words of force")
    facts = {fact.name: "" for fact in compared(*texts_of(BEFORE, AFTER)).facts.facts}
    assert "Language" not in facts


def test_a_misspelling_asks_nothing_and_says_why() -> None:
    old, new = (TextBlock(f"A {word} is free.") for word in ("complaiint", "complaint"))
    (entry,) = compared(*texts_of((old,), (new,))).schedule
    assert questions(entry, ENGLISH) == ("no question: slips were corrected",)


def test_the_text_has_headings_items_and_tables_and_bars_beside_what_changed() -> None:
    document = plain_redline(*texts_of(BEFORE, AFTER))
    text = as_markdown(document).decode()
    assert "\n**1. Fees**\n" in text
    assert "> - (a) <del>\\[-Twitter-\\]</del> <ins>\\[+X+\\]</ins> is free.\n" in text
    assert "> |  |  |\n> | --- | --- |\n> | Plan | EUR 5 |\n> | Pro | \\[4\\] <del>" in text
    assert "\n\nNothing changes here.\n\n" in text
    page = as_html(document)
    assert '<a href="#change-2">2</a>, <a href="#change-3">3</a>' in page
    assert re.search(r'<div class="marked" id="change-4">\n<p class="number">4</p>\n<div', page)


def test_the_changed_passages_alone_keep_their_heading_and_count_the_others() -> None:
    sides = compared(*texts_of((*BEFORE[4:], *BEFORE), (*BEFORE[4:], *AFTER)))
    text = as_markdown(document_of_comparison(sides, only_changes=True)).decode()
    _, _, shown = text.partition("## What changed")
    assert shown.startswith("\n\n(2 paragraphs without a change)\n\n**1. Fees**\n\n<a id")
    assert "| Plan | EUR 5 |" in shown
    assert "Nothing changes here" not in shown


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, "The two files are the same, byte for byte."),
        ({"digest": "sha256:0"}, "The files differ in signs that are no words"),
    ],
)
def test_texts_without_a_difference_say_why(more: dict[str, str], why: str) -> None:
    old, new = texts_of(BEFORE, BEFORE)
    old, new = (each._replace(digest="sha256:1") for each in (old, new))
    assert why in compared(old, new._replace(**more)).none_because  # type: ignore[arg-type]


@given(
    st.lists(st.sampled_from(BEFORE + AFTER), max_size=12),
    st.lists(st.sampled_from(BEFORE + AFTER), max_size=12),
)
def test_every_passage_is_the_block_that_its_words_are_of(
    old: list[TextBlock], new: list[TextBlock]
) -> None:
    """Whatever two texts hold: a passage without a change is one block of the new text, whole."""
    found, places = redline_of_blocks(old, new)
    for passage in passages_of(found, (old, new), places, ENGLISH):
        if not passage.is_changed:
            assert printed(passage.spans) == passage.block.text
            assert passage.block in new
