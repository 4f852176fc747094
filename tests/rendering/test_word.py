"""Books as Word files, read by a reader that knows nothing of the writer."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.document import (
    Clause,
    Document,
    Fact,
    Facts,
    Front,
    Item,
    Items,
    Paragraph,
    Section,
    Table,
)
from govkit.rendering.spans import Code, Pointer, Words
from govkit.rendering.word.marks import alias_of
from govkit.rendering.word.numbering import Numbering
from govkit.rendering.word.writer import as_docx
from govkit.source.marked_docx import read_marked
from tests.word_reading import W, comments_of, parts_of, shown, words_of


@pytest.fixture
def book(small_corpus: Corpus) -> Document:
    return book_of(small_corpus, "INS-provisions", "2026-03-10")


def document(*blocks: object, language: str = "en", sections: tuple[Section, ...] = ()) -> Document:
    front = Front("INS-x", "head", "The Coalition", "A title", Facts(()), language, of="of")
    own = Section("text", "mcp-tst-01", "MCP-TST-01", "A text", blocks)  # type: ignore[arg-type]
    return Document(front, (own, *sections))


def clauses_of(book: Document) -> list[tuple[str, str]]:
    found = []

    def walk(sections: tuple[Section, ...]) -> None:
        for section in sections:
            found.extend(
                (block.label, block.field) for block in section.blocks if isinstance(block, Clause)
            )
            walk(section.sections)

    walk(book.sections)
    return found


def test_each_clause_has_its_words_its_letter_and_its_mark(book: Document) -> None:
    lines = shown(as_docx(book))
    for label, tag in clauses_of(book):
        mine = [line for line in lines if tag in line.tags]
        assert mine, tag
        assert mine[0].label == label
        assert mine[0].style == "Clause"
        assert f"t_{re.sub('[^A-Za-z0-9]', '_', tag)}" in mine[0].bookmarks


@pytest.mark.parametrize(
    "labels",
    [
        ["(a)", "(b)", "(c)"],
        ["(a)", "(c)", "(d)", "(h)", "(i)"],
        ["(b)", "(a-1)", "(c)", "(aa)"],
        ["(p1)", "(p2)", "(p5)", "(p4)"],
    ],
)
def test_a_label_that_is_counted_equals_the_id(labels: list[str]) -> None:
    blocks = [
        Clause(f"x-{label}", label, "MUST", (), (Paragraph((Words("Words."),)),))
        for label in labels
    ]
    found = [line.label for line in shown(as_docx(document(*blocks))) if line.label]
    assert found == labels


@pytest.mark.parametrize(
    "lists",
    [
        [["(i)", "(ii)", "(iii)", "(iv)", "(v)", "(vi)"], ["(i)", "(ii)"]],
        [["(1)", "(2)"], ["(3)", "(5)"]],
        [["(a)", "(b)"], ["(A)", "(B)"]],
        [["(v)", "(x)"], ["(ii)"]],
    ],
)
def test_items_of_two_lists_in_one_clause_and_of_the_next_clause(lists: list[list[str]]) -> None:
    def items(labels: list[str]) -> Items:
        return Items(tuple(Item(label, (Paragraph((Words("item"),)),)) for label in labels))

    lead = Paragraph((Words("Words:"),))
    clause = Clause("x-a", "(a)", "", (), (lead, items(lists[0]), lead, items(lists[1])))
    again = Clause("x-b", "(b)", "", (), (lead, items(lists[1]), items(lists[0])))
    found = [line.label for line in shown(as_docx(document(clause, again))) if line.label]
    assert found == ["(a)", *lists[0], *lists[1], "(b)", *lists[1], *lists[0]]


def test_deeper_items_and_their_marks() -> None:
    inner = Items((Item("(1)", (Paragraph((Words("deep"),)),)),))
    items = Items(
        (
            Item("(i)", (Paragraph((Words("one"),)), inner), "mcp-tst-01-a.i"),
            Item("(ii)", (Paragraph((Words("two"),)),), "mcp-tst-01-a.ii"),
        )
    )
    clause = Clause(
        "mcp-tst-01-a", "(a)", "MUST", (), (Paragraph((Words("All:"),)), items),
        field="MCP-TST-01.a",
    )  # fmt: skip
    data = as_docx(document(clause))
    assert words_of(data, "MCP-TST-01.a") == ["All:", "(i) one", "(1) deep", "(ii) two"]
    assert words_of(data, "MCP-TST-01.a.i") == ["one", "(1) deep"]
    assert words_of(data, "MCP-TST-01.a.i.1") == ["deep"]


def test_names_of_bookmarks_are_short_and_each_its_own() -> None:
    long = [
        Clause(f"x{n}", "(a)", "", (), (Paragraph((Words("w"),)),), field=f"MCP-{'LONG-' * 9}{n}.a")
        for n in (1, 2)
    ]
    alike = [
        Clause(f"y{n}", "(a)", "", (), (Paragraph((Words("w"),)),), field=tag)
        for n, tag in enumerate(("MCP-A.b", "MCP.A.b"))
    ]
    parts = parts_of(as_docx(document(*long, *alike)))
    names = re.findall(r'w:name="([^"]+)"', parts["word/document.xml"].decode())
    assert len(names) == len({name.casefold() for name in names})
    assert all(len(name) <= 40 for name in names)
    marks = ElementTree.fromstring(parts["customXml/item1.xml"])
    tags = {mark.get("tag"): mark.get("bookmark") for mark in marks}
    assert set(tags) == {*(each.field for each in (*long, *alike))}
    assert tags["MCP-A.b"] == "t_MCP_A_b"


def test_the_same_book_gives_the_same_bytes_with_fixed_times(book: Document) -> None:
    first, again = as_docx(book), as_docx(book)
    assert first == again
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2026-03-10T00:00:00Z" in parts_of(first)["docProps/core.xml"]


def test_nothing_is_formatted_by_hand_and_every_style_is_there(book: Document) -> None:
    parts = parts_of(as_docx(book))
    body = ElementTree.fromstring(parts["word/document.xml"])
    styles = ElementTree.fromstring(parts["word/styles.xml"])
    known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    used = {
        each.get(f"{W}val")
        for name in ("pStyle", "rStyle", "tblStyle")
        for each in body.iter(f"{W}{name}")
    }
    assert used <= known
    by_hand = {each.tag.removeprefix(W) for run in body.iter(f"{W}rPr") for each in run} - {
        "rStyle",
        "rtl",
        "lang",
        "ins",
        "del",
    }
    assert by_hand == set()
    of_paragraphs = {each.tag.removeprefix(W) for each in body.iter() for each in (
        each if each.tag == f"{W}pPr" else ())}  # fmt: skip
    assert of_paragraphs <= {"pStyle", "numPr", "rPr"}


def test_every_link_leads_somewhere(book: Document) -> None:
    xml = parts_of(as_docx(book))["word/document.xml"].decode()
    there = set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="([^"]+)"', xml))
    asked = {*re.findall(r'w:anchor="([^"]+)"', xml), *re.findall(r"(?:PAGE)?REF (\S+)", xml)}
    assert asked
    assert asked <= there


def test_word_is_not_asked_to_count_pages_at_opening_and_the_contents_say_who_does(
    book: Document,
) -> None:
    data = as_docx(book)
    whole = b"".join(parts_of(data).values())
    assert b"w:dirty" not in whole
    assert b"updateFields" not in whole
    [note] = [line for line in shown(data) if line.style == "ContentsNote"]
    assert note.words.startswith("Word counts the pages")
    assert b"PAGEREF" in whole
    # What a program counts there is no change of a text.
    assert not any("Word counts" in each.text for each in read_marked(data).after)


def test_the_file_says_of_which_state_it_is(book: Document) -> None:
    custom = parts_of(as_docx(book))["docProps/custom.xml"].decode()
    assert ">INS-provisions<" in custom
    assert re.search(r'name="govkit-digest"><vt:lpwstr>sha256:[0-9a-f]{64}<', custom)


def test_a_table_repeats_its_head_and_a_reference_is_a_field() -> None:
    table = Table(("Text", "What"), (((Pointer("mcp-tst-01", (Code("MCP-TST-01"),)),), ()),))
    xml = parts_of(as_docx(document(table)))["word/document.xml"].decode()
    assert "<w:tblHeader/>" in xml
    assert "REF _n_MCP_TST_01 \\h" in xml


ARABIC = "\u0645\u0633\u062a\u062e\u062f\u0645"


@pytest.mark.parametrize(
    ("language", "words", "turned"),
    [
        ("en", f"the word {ARABIC} here", [ARABIC]),
        ("ar", f"{ARABIC} DSA {ARABIC}", [f"{ARABIC} ", f" {ARABIC}"]),
    ],
)
def test_words_of_the_other_direction_say_so(language: str, words: str, turned: list[str]) -> None:
    data = as_docx(document(Paragraph((Words(words),)), language=language))
    body = ElementTree.fromstring(parts_of(data)["word/document.xml"])
    runs = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    found = [run.findtext(f"{W}t") for run in runs]
    assert [text for text in found if text and text.strip()][-len(turned) :] == turned
    bidi = b"<w:bidi/>" in parts_of(data)["word/styles.xml"]
    assert bidi == (language == "ar")
    assert words in [line.words for line in shown(data)]


def test_signs_that_xml_forbids_break_nothing() -> None:
    data = as_docx(document(Paragraph((Words("a\x0bb < & \ud800 \U0001f600"),))))
    assert "a\ufffdb < & \ufffd \U0001f600" in [line.words for line in shown(data)]


def test_a_fact_of_a_record_is_marked_inside_its_line() -> None:
    fact = Fact("In short", (Words("You can."),), "MCP-TST-01#summary")
    data = as_docx(document(Facts((fact,))))
    assert words_of(data, "MCP-TST-01#summary") == ["In short: You can."]
    assert comments_of(data) == []


def test_the_name_at_a_frame() -> None:
    assert alias_of("MCP-DUE-03.a.i") == "MCP-DUE-03 (a)(i)"
    assert alias_of("MCP-DUE-03.a#conditions.0") == "MCP-DUE-03 (a) conditions 1"
    assert alias_of("MCP-DUE-03#title") == "MCP-DUE-03 title"


def test_a_list_goes_on_in_one_instance_where_it_can() -> None:
    numbering = Numbering()
    numbering.begin()
    places = [numbering.place(label, 0) for label in ("(a)", "(b)", "(c)")]
    assert len(set(places)) == 1
