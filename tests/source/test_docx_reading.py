"""Word files: headings, items with their numbers, cells, tracked changes; and what is refused."""

import re

import pytest

from govkit.source import docx_reading, docx_words, packed_xml
from govkit.source.docx_reading import read_docx
from govkit.source.text_blocks import STRUCK_NOTE, NotText, TextBlock
from tests.word_files import item, paragraph, part, relations, run, word_file

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="N"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
    '<w:basedOn w:val="H2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
)


def level(depth: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}'
    f"{level(1, 'decimal', '%1.%2')}{level(2, 'lowerLetter', '(%3)')}"
    f"{level(3, 'lowerRoman', '%4.')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "&#xF0B7;")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
)


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks]


def test_items_have_the_numbers_that_word_shows() -> None:
    body = "".join(
        (
            item("One"),
            item("One one", depth=1),
            item("One two", depth=1),
            item("a", depth=2),
            item("b", depth=2),
            item("first", depth=3),
            item("Two"),
            item("Two one", depth=1),
            item("a again", depth=2),
            item("Four", 2),
            item("Five"),
            item("point", 3),
        )
    )
    assert texts(word_file(body, numbering=NUMBERING)) == [
        "1. One",
        "1.1 One one",
        "1.2 One two",
        "(a) a",
        "(b) b",
        "i. first",
        "2. Two",
        "2.1 Two one",
        "(a) a again",
        "4. Four",
        "5. Five",
        "• point",
    ]


def test_a_style_makes_headings_and_numbers_and_contents_are_left_out() -> None:
    body = (
        paragraph("Fees 3", '<w:pStyle w:val="T1"/>')
        + paragraph("Fees", '<w:pStyle w:val="Clause"/>')
        + paragraph("Terms", '<w:pStyle w:val="H2"/>')
        + paragraph("Scope", '<w:outlineLvl w:val="0"/>')
        + paragraph(
            "No number", '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        )
    )
    found = read_docx(word_file(body, styles=STYLES, numbering=NUMBERING))
    assert found.blocks == (
        TextBlock("1. Fees", "heading", 2, label="1."),
        TextBlock("Terms", "heading", 2),
        TextBlock("Scope", "heading", 1),
        TextBlock("No number", "heading", 2),
    )
    assert found.notes == ("its table of contents was left out",)


def test_a_table_is_read_by_cell() -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"

    wide = '<w:gridSpan w:val="2"/>'
    head, row = cell("Fee", wide) + cell("When"), cell("5") + cell("") + cell("x")
    table = f"<w:tbl><w:tr>{head}</w:tr><w:tr>{row}</w:tr></w:tbl>"
    found = read_docx(word_file(table + paragraph("After"))).blocks
    assert [(block.text, block.cell) for block in found] == [
        ("Fee", (1, 1, 2)),
        ("When", (1, 1, 3)),
        ("5", (1, 2, 1)),
        ("x", (1, 2, 3)),
        ("After", (0, 0, 0)),
    ]


def test_tracked_changes_are_accepted_and_named() -> None:
    body = (
        f"<w:p>{run('It must pay ')}<w:del>{run('30', 'delText')}</w:del><w:ins>{run('10')}</w:ins>"
        f"{run(' days.')}</w:p>"
        f"<w:p><w:moveFrom>{run('Gone.')}</w:moveFrom></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Joined')}</w:p>{paragraph('to this.')}"
        "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
        f"</w:pPrChange></w:pPr>{run('Was an item.')}</w:p>"
    )
    found = read_docx(word_file(body, numbering=NUMBERING))
    assert [block.text for block in found.blocks] == [
        "It must pay 10 days.",
        "Joined to this.",
        "Was an item.",
    ]
    assert found.notes == (
        "it holds 4 tracked changes; the text was taken as if all were accepted",
    )


def test_links_breaks_fields_notes_and_boxes_are_words_once() -> None:
    box = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:txbxContent>'
        f"{paragraph('In a box')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{paragraph('In a box')}</w:txbxContent></mc:Fallback></mc:AlternateContent>"
    )
    body = (
        f"<w:p><w:hyperlink>{run('a link')}</w:hyperlink><w:r><w:br/></w:r>{run('and')}"
        "<w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:noBreakHyphen/></w:r>"
        f"{run('more')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
        f"<w:p><w:r>{box}</w:r>{run('Around')}</w:p>"
    )
    notes = f'<w:footnote w:id="2">{paragraph("Not on Sundays.")}</w:footnote>'
    assert texts(word_file(body, footnotes=notes)) == [
        "a link and-more",
        "Not on Sundays.",
        "In a box",
        "Around",
    ]


def test_what_is_not_read_is_named_and_nothing_is_fetched() -> None:
    ways = relations(
        ("attachedTemplate", "http://127.0.0.1:1/evil.dotm", ' TargetMode="External"'),
        ("hyperlink", "http://example.org", ' TargetMode="External"'),
    )
    more: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": ways,
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        "word/comments.xml": part("comments", ""),
    }
    struck = run("Free.", properties="<w:strike/>") + run(
        "Not.", properties='<w:strike w:val="0"/>'
    )
    found = read_docx(word_file(f"<w:p>{struck}</w:p><w:altChunk/>", more))
    assert found.notes == (
        STRUCK_NOTE,
        "not read: comments, embedded files",
        "it holds macros, which were neither run nor read",
        "what it asks for outside itself, as a template or picture, was not fetched",
    )


ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
DEEP = "<w:sdt>" * 300 + "</w:sdt>" * 300
DOCUMENT = "word/document.xml"
HOSTILE: dict[str, tuple[dict[str, str | bytes], str]] = {
    "entities": ({DOCUMENT: ENTITIES}, "declares entities of its own"),
    "broken XML": ({DOCUMENT: "<w:document><w:body></w:document>"}, "is damaged"),
    "elements that are nested deep": ({DOCUMENT: part("document", DEEP)}, "nested more than 200"),
    "a tag that never ends": ({DOCUMENT: f"<x {'a' * 1_000_000}"}, "a tag in it never ends"),
    "entities in the styles": (
        {
            "word/styles.xml": ENTITIES,
            "word/_rels/document.xml.rels": relations(("styles", "styles.xml", "")),
        },
        "declares entities of its own",
    ),
    "a way out of the file": (
        {"_rels/.rels": relations(("officeDocument", "../../etc/passwd", ""))},
        "is a packed file without the words",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(case: str) -> None:
    more, words = HOSTILE[case]
    with pytest.raises(NotText, match=re.escape(words)):
        read_docx(word_file("", more))


def test_more_elements_parts_or_words_than_any_file_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docx_words.PartWords, "most", 10)
    with pytest.raises(NotText, match="more than 10 elements"):
        read_docx(word_file(paragraph("x") * 10))
    monkeypatch.setattr(docx_reading, "_MOST_WORDS", 1_000)
    with pytest.raises(NotText, match="and was not opened"):
        read_docx(word_file(" " * 1_000))
    monkeypatch.setattr(docx_words, "MOST_CHARACTERS", 5)
    with pytest.raises(NotText, match="more than 5 characters"):
        read_docx(word_file(paragraph("too long")))
    with pytest.raises(NotText, match="more than 5,000 parts"):
        read_docx(b"PK\x03\x04" + b"PK\x01\x02" * 5_001)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("xl/workbook.xml", "a spreadsheet"),
        ("content.xml", "an OpenDocument text"),
        ("x", "a packed file without the words of a document"),
    ],
)
def test_another_packed_file_is_named(name: str, what: str) -> None:
    import io
    import zipfile

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(NotText, match=f"is {what}"):
        read_docx(data.getvalue())
    assert packed_xml.is_packed_oddly(zipfile.ZipFile(data)) is False
