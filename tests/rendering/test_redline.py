"""Redlines as they are printed: readable in black and white, aloud, and as extracted text."""

import io
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import Operation, Redline
from govkit.languages.catalogue import messages
from govkit.rendering.document import (
    Break,
    Deleted,
    Document,
    Facts,
    Front,
    Inserted,
    MovedFrom,
    MovedTo,
    Paragraph,
    Section,
    Span,
    Words,
)
from govkit.rendering.formats import written
from govkit.rendering.html import as_html
from govkit.rendering.markdown import as_markdown
from govkit.rendering.plain_redline import NamedText, plain_redline
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.typography import typeset

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
    front = Front("X", "x", "", "T", "", "", "", "", "", "", "", Facts(()), "en", "")
    return Document(front, (Section("back", "c", "", "", (Paragraph(spans),)),))


def test_html_says_it_in_tags_in_brackets_and_aloud() -> None:
    page = as_html(document(SPANS))
    assert (
        '<del><span class="aloud">deleted: </span>'
        '[-<span class="words">may &lt;b&gt;</span>-]</del>'
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
    root = ElementTree.fromstring(body)
    paragraphs = ["".join(p.itertext()) for p in root.iterfind(".//section[@id='changes']/p")]
    assert paragraphs[0] == "It deleted: [-may-] inserted: [+may not+] delete posts."


def test_two_texts_that_are_the_same() -> None:
    text = as_markdown(plain_redline(OLD, NamedText("again", OLD.text))).decode()
    assert "The words of the two texts are the same." in text
    assert "Changes: none" in text


def test_a_text_in_long_lines_has_a_paragraph_in_each() -> None:
    long = "It must answer each complaint in plain words, and say why it decided so. " * 3
    old = NamedText("a", f"{long}\nIt may charge a fee.\n")
    new = NamedText("b", f"{long}\r\nIt may charge no fee.\r\n")
    text = as_markdown(plain_redline(old, new)).decode()
    assert "\n\nIt may charge <del>\\[-a-\\]</del> <ins>\\[+no+\\]</ins> fee.\n" in text


def test_the_same_bytes_every_time() -> None:
    assert written(plain_redline(OLD, NEW), "pdf") == written(plain_redline(OLD, NEW), "pdf")
