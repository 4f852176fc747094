"""What a person's files hold: pages of HTML, lines of PDFs, and text in an older writing."""

import re
from contextlib import suppress

import pytest

from govkit.source.foreign_text import text_in, text_of_pages
from govkit.source.pdf_blocks import with_words_whole
from govkit.source.pdf_reading import PdfLine, _Lines
from govkit.source.text_blocks import NotText, TextBlock, blocks_of_lines


def page(body: str) -> list[tuple[str, str, int]]:
    found = text_in(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())
    assert found.blocks is not None
    return [(block.text, block.style, block.depth) for block in found.blocks]


def test_a_page_has_headings_items_with_their_numbers_and_cells() -> None:
    assert page(
        "<script>no()</script><h2>Fees</h2>Loose <b>words</b><p>One\ntwo<br>three</p>"
        "<ol><li>first<ol type=a start=3><li>inner</li></ol></li><li value=7><p>seven</p></ol>"
        "<ul><li>point</ul><pre>a\nb</pre>"
    ) == [
        ("Fees", "heading", 2),
        ("Loose words", "words", 0),
        ("One two", "words", 0),
        ("three", "words", 0),
        ("1. first", "item", 1),
        ("c. inner", "item", 2),
        ("7. seven", "item", 1),
        ("\u2022 point", "item", 1),
        ("a", "words", 0),
        ("b", "words", 0),
    ]
    found = text_in(b"<html><table><tr><th>A<th>B<tr><td>1<td><p>2</p><p>3</p></table>").blocks
    assert found is not None
    assert [(block.text, block.cell) for block in found] == [
        ("A", (1, 1, 1)),
        ("B", (1, 1, 2)),
        ("1", (1, 2, 1)),
        ("2", (1, 2, 2)),
        ("3", (1, 2, 2)),
    ]


def test_deleted_words_of_a_page_are_left_out_and_named() -> None:
    found = text_in(b"<html><p>It must pay <del>30</del><ins>10</ins> days.</p>")
    assert found.text == "It must pay 10 days.\n"
    assert "words that are marked as deleted in it were left out" in found.notes


def in_parts(body: str) -> dict[str, list[str]]:
    found = text_in(f"<html><body>{body}</body></html>".encode()).blocks
    parts: dict[str, list[str]] = {}
    for block in found or ():
        parts.setdefault(block.part, []).append(block.text)
    return parts


BESIDE = {
    "a menu, a title, a banner of consent and a foot": (
        "<header><h1>Terms</h1></header><nav><ul><li>Home</ul></nav>Text.<div id=cookie-banner>"
        "<div>We use cookies</div><a>OK</a></div>More.<footer>Acme</footer>",
        {"": ["Terms", "Text.", "More."], "menu": ["• Home", "We use cookies", "OK", "Acme"]},
    ),
    "a policy on cookies is text": (
        "<main class='cookie-policy'><header>Cookies</header><footer>End</footer></main>",
        {"": ["Cookies", "End"]},
    ),
    "hidden words within a sentence": (
        "<p>Users may <b style='color:red; display: none'>not</b> object.</p>",
        {"": ["Users may object."], "hidden": ["not"]},
    ),
    "a hidden paragraph, item and cell that no sign ends": (
        "<p hidden>one<p>two<ul><li hidden>three<ul><li>four</ul><li>five</ul>"
        "<table><tr><td hidden>six<td>seven</table>",
        {"": ["two", "• five", "seven"], "hidden": ["one", "three", "four", "six"]},
    ),
    "a page that is nothing but a menu": ("<nav>Home</nav>", {"": ["Home"]}),
    "raised and lowered letters": (
        "<p><span><span style='vertical-align: super'>2</span>m</span>"
        "m<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup>, 2<sup>x</sup>&nbsp;&le; 3</p>",
        {"": ["²mm², H₂O, 1st, 2^x ≤ 3"]},
    ),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_the_text_of_a_page_is_kept_apart(case: str) -> None:
    body, parts = BESIDE[case]
    assert in_parts(body) == parts


def test_a_cell_that_reaches_into_the_next_row_moves_the_cells_beside_it() -> None:
    found = text_in(b"<html><table><tr><td rowspan=2>A<td colspan=2>B<tr><td>1<td>2</table>").blocks
    assert found is not None
    assert [(b.text, b.cell[1:]) for b in found] == [
        ("A", (1, 1)),
        ("B", (1, 3)),
        ("1", (2, 2)),
        ("2", (2, 3)),
    ]


def test_marked_changes_of_a_page_can_be_rejected() -> None:
    found = text_in(b"<html><p>It must pay <del>30</del><ins>10</ins> days.</p>")
    assert found.before == (TextBlock("It must pay 30 days."),)


@pytest.mark.parametrize("tag", ["<p ", "<p a='", "<!--", "</p", "<![CDATA["])
def test_a_page_of_tags_that_never_end_takes_no_time(tag: str) -> None:
    with suppress(NotText):
        assert len(text_in(f"<html>{tag * 50_000}words".encode()).text) < 2_000_000


@pytest.mark.parametrize("tag", ["<div>", "<ol>", "<table>", "<s>", "<script>"])
def test_a_page_that_is_nested_without_end_is_read(tag: str) -> None:
    assert text_in(f"<html>a<p>{tag * 20_000}words".encode()).text.startswith("a\n")


def test_a_page_is_read_in_the_writing_that_it_names() -> None:
    data = '<html><head><meta charset="windows-1251"></head><p>Срок 14 дней</p>'.encode("cp1251")
    found = text_in(data)
    assert found.text == "Срок 14 дней\n"
    assert found.notes[0] == "it is no UTF-8, and was read as Windows-1251"


def test_a_text_of_long_lines_has_a_paragraph_in_each() -> None:
    long = "It must answer each complaint in plain words. " * 4
    assert [b.text for b in blocks_of_lines(f"{long}\r\nIt may charge.\r\n")] == [
        long.strip(),
        "It may charge.",
    ]
    assert [b.text for b in blocks_of_lines("a\nb\n\n\nc\n")] == ["a\nb", "c"]


# --- lines of a PDF ------------------------------------------------------------------------------


def lines(*texts: str, top: float = 700, size: float = 10, gap: float = 0) -> list[PdfLine]:
    """Lines one below the other; one that begins with a tab stands a paragraph's room lower."""
    found: list[PdfLine] = []
    y = top
    for text in texts:
        y -= size * 1.2 + (8 if text.startswith("\t") else 0) + gap
        found.append(PdfLine(text.strip(), 72, y, size, False))
    return found


FULL = "The platform must answer each complaint within thirty days of receiving"


def test_lines_become_paragraphs_and_heads_and_feet_of_pages_go() -> None:
    head = PdfLine("Terms of Service", 72, 800, 8, False)
    pages = [
        [
            head,
            PdfLine("1. Complaints", 72, 740, 16, True),
            *lines(
                FULL, "it, and must say why.", f"\t{FULL}", "it. (a) is no item here", "\t(a) one"
            ),
            PdfLine("Page 1 of 2", 280, 40, 8, False),
        ],
        [
            head,
            *lines(FULL, "goes on over", "\t• a point", top=650),
            PdfLine("Page 2 of 2", 280, 40, 8, False),
        ],
    ]
    found = text_of_pages(pages)
    assert found.blocks == (
        TextBlock("1. Complaints", "heading", 1),
        TextBlock(f"{FULL} it, and must say why."),
        TextBlock(f"{FULL} it. (a) is no item here"),
        TextBlock("(a) one", "item", 1),
        TextBlock(f"{FULL} goes on over"),
        TextBlock("• a point", "item", 1),
        TextBlock("Terms of Service", part="margin"),
    )


def test_a_number_that_changes_in_the_head_of_each_page_is_no_change() -> None:
    pages = [
        [
            PdfLine(f"Terms of 2026, page {number}", 72, 800, 8, False),
            *lines(f"{FULL} the {words} one", f"it, in {words} words."),
            PdfLine(f"Fee of {fee} EUR", 72, 40, 8, False),
        ]
        for number, words, fee in ((1, "first", 10), (2, "second", 10), (3, "third", 30))
    ]
    found = text_of_pages(pages)
    assert [block.text for block in found.blocks or () if block.part] == [
        "Terms of 2026, page #",
        "Fee of 10 EUR",
        "Fee of 30 EUR",
    ]


def test_labels_that_a_page_holds_apart_stand_before_their_items() -> None:
    items = ("You own it.", "You may take it.")
    page = [PdfLine(text, 92, 700 - 14 * at, 12, False) for at, text in enumerate(items)]
    page += [PdfLine(f"{at}.", 77, 714 - 14 * at, 12, False) for at in (1, 2)]
    page += [PdfLine("9.", 300, 500, 12, False)]  # beside nothing
    blocks = text_of_pages([page]).blocks
    assert [block.text for block in blocks][:2] == ["1. You own it.", "2. You may take it."]


def test_a_paragraph_that_ends_two_pages_is_text() -> None:
    pages = [lines(*[f"{FULL} {at}"] * 9, f"\t{FULL}", "it in writing.") for at in (1, 2, 3, 4, 5)]
    pages[2:] = [page[:-2] for page in pages[2:]]
    assert "it in writing." in text_of_pages(pages).text
    assert all(not block.part for block in text_of_pages(pages).blocks or ())


def test_letters_that_stand_higher_or_lower_are_raised_or_lowered() -> None:
    read = _Lines()
    identity, font = [1, 0, 0, 1, 0, 0], {"/BaseFont": "/Serif"}
    for text, rise, size in (("10", 0, 12), ("2", 5, 8), (" EUR, m", 0, 12), ("2", -4, 8)):
        read.take(text, identity, [1, 0, 0, 1, 72, 700 + rise], font, size)
    read.take(" each\n", identity, identity, font, 12)
    assert read.lines() == [PdfLine("10² EUR, m₂ each", 72, 700, 12, False)]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    found = text_of_pages([lines(FULL, FULL), lines("it in writing.", f"\t{FULL}")])
    assert found.text == f"{FULL} {FULL} it in writing.\n\n{FULL}\n"


@pytest.mark.parametrize(
    ("end", "begin"),
    [("it under Article", "14. It"), ("the complaint under", "Article 14 or"), ("No.", "7. It")],
)
def test_a_number_that_a_line_parts_from_its_word_begins_no_item(end: str, begin: str) -> None:
    found = text_of_pages([lines(FULL, f"{FULL[:-9]} {end}", begin)]).blocks
    assert found is not None
    assert [block.style for block in found] == ["words"]


@pytest.mark.parametrize(
    ("parted", "others", "whole"),
    [
        ("the ident-\nifier", "", "the identifier"),
        ("a third-\nparty app", "every third-party app", "a third-party app"),
        ("a third-\nparty app", "a thirdparty and a third-party app", "a thirdparty app"),
    ],
)
def test_a_word_that_was_parted_is_whole_again(parted: str, others: str, whole: str) -> None:
    found = with_words_whole([TextBlock(parted)], [TextBlock(others)])
    assert [block.text for block in found] == [whole]


def test_lines_keep_the_place_where_a_word_was_parted() -> None:
    found = text_of_pages([lines(f"{FULL} the ident-", "ifier of it\u00ad", "self.")]).blocks
    assert found is not None
    assert [block.text for block in found] == [f"{FULL} the ident-\nifier of itself."]


def test_pages_of_pictures_are_refused_or_named() -> None:
    with pytest.raises(NotText, match=re.escape("is a PDF without words: a scan, perhaps")):
        text_of_pages([[], []])
    notes = text_of_pages([lines("Some words."), [], []]).notes
    assert notes[-1] == "no words stand on page 2, 3; a picture there was not read"


def test_the_contents_of_a_pdf_are_left_out() -> None:
    found = text_of_pages([lines("Fees . . . . . . . . . 3", "\tFees are due.")])
    assert found.text == "Fees are due.\n"


def test_a_pdf_whose_letters_say_nothing_is_refused() -> None:
    with pytest.raises(NotText, match="a font in it keeps its signs to itself"):
        text_of_pages([lines("Some words.", "\x00T\x00h\x00e\x00 \x00u\x00s\x00e\x00r")])
    assert text_of_pages([lines(*[FULL] * 5, "\uf0b7 a point with a sign of its own")]).blocks
