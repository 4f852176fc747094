"""What a Word file keeps apart: letters that are raised, heads and feet, hidden words, changes."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.source.docx_reading import read_docx
from govkit.source.text_blocks import NotText, TextBlock
from tests.word_files import paragraph, relations, run, table, word_file


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks]


def of_runs(*runs: str) -> list[str]:
    return texts(word_file(f"<w:p>{''.join(runs)}</w:p>"))


def raised(words: str) -> str:
    return run(words, properties='<w:vertAlign w:val="superscript"/>')


def lowered(words: str) -> str:
    return run(words, properties='<w:vertAlign w:val="subscript"/>')


def field(asked: str, result: str) -> str:
    signs = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in _FIELD)
    begin, separate, end = signs
    return f"{begin}{run(asked, 'instrText')}{separate}{run(result)}{end}"


_FIELD = ("begin", "separate", "end")
TICKED = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
    '{}</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CHOSEN = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
    '<w:listEntry w:val="monthly"/><w:listEntry w:val="yearly"/></w:ddList></w:ffData>'
    '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
MATH = "<m:oMath xmlns:m='urn:m'>{}</m:oMath>"


def math(inner: str) -> str:
    return MATH.format(re.sub(r"\[(.*?)\]", r"<m:r><m:t>\1</m:t></m:r>", inner))


# Two runs of words that a reader tells apart, and how each is read.
TOLD_APART = {
    "a power and a number": ((run("10"), raised("2")), "10²", (run("102"),), "102"),
    "an area": ((run("m"), raised("2")), "m²", (run("m2"),), "m2"),
    "a formula": ((run("CO"), lowered("2")), "CO₂", (run("CO2"),), "CO2"),
    "an unknown power": ((run("2"), raised("x")), "2^x", (run("2x"),), "2x"),
    "an ordinal is one word": ((run("1"), raised("st")), "1st", (run("1st"),), "1st"),
    "letters that somebody raised by hand": (
        (run("m"), run("2", properties='<w:position w:val="6"/>')),
        "m²",
        (run("m"), run("2", properties='<w:position w:val="-6"/>')),
        "m₂",
    ),
    "a watermark": (
        ("<w:r><w:pict><w:textpath string='DRAFT'/></w:pict></w:r>",),
        "DRAFT",
        ("<w:r><w:pict><w:textpath string='FINAL'/></w:pict></w:r>",),
        "FINAL",
    ),
    "a sign of a font": (
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>', run("30")),
        "≤30",
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("30")),
        "≥30",
    ),
    "a sign among letters": (
        (run("\uf0a3", properties='<w:rFonts w:ascii="Symbol"/>'),),
        "≤",
        (run("\uf0b3", properties='<w:rFonts w:ascii="Symbol"/>'),),
        "≥",
    ),
    "signs that nobody knows": (
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>',),
        "[sign 61 of Webdings]",
        ('<w:r><w:sym w:font="Webdings" w:char="F062"/></w:r>',),
        "[sign 62 of Webdings]",
    ),
    "a box of a form": ((TICKED.format("<w:checked/>"),), "☒", (TICKED.format(""),), "☐"),
    "a choice of a form": ((CHOSEN,), "yearly", (CHOSEN.replace('val="1"', 'val="0"'),), "monthly"),
    "a fraction": (
        (math("<m:f><m:num>[1]</m:num><m:den>[2]</m:den></m:f>"),),
        "1/2",
        (math("[12]"),),
        "12",
    ),
    "a power in a formula": (
        (math("<m:sSup><m:e>[x]</m:e><m:sup>[2]</m:sup></m:sSup>"),),
        "x²",
        (math("[x2]"),),
        "x2",
    ),
    "the result of a field": ((field("REF a", "4"),), "4", (field("REF a", "5"),), "5"),
}


@pytest.mark.parametrize("case", TOLD_APART)
def test_what_a_reader_tells_apart_is_read_apart(case: str) -> None:
    first, one, second, other = TOLD_APART[case]
    assert (of_runs(*first), of_runs(*second)) == ([one], [other])


def test_a_style_raises_and_hides_letters_too() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Up"><w:rPr><w:vertAlign w:val="superscript"/>'
        '</w:rPr></w:style><w:style w:type="character" w:styleId="Off"><w:rPr><w:vanish/></w:rPr>'
        "</w:style>"
    )
    up, off = (f'<w:rStyle w:val="{style}"/>' for style in ("Up", "Off"))
    body = f"<w:p>{run('m')}{run('2', properties=up)}{run('not', properties=off)}</w:p>"
    assert read_docx(word_file(body, styles=styles)).blocks == (
        TextBlock("m²"),
        TextBlock("not", part="hidden"),
    )


def test_heads_feet_and_hidden_words_come_once_and_behind_the_text() -> None:
    page = f"<w:p>{run('Terms of 2026, page ')}{field(' PAGE ', '7')}</w:p>"
    hidden = run("not ", properties="<w:vanish/>")
    body = f"<w:p>{run('Users may ')}{hidden}{run('object.')}</w:p>"
    more: dict[str, str | bytes] = {"word/header2.xml": f"<hdr>{page.replace('w:', '')}</hdr>"}
    found = read_docx(word_file(body, more, header=page, footer=table(("Acme", "Lisbon"))))
    assert found.blocks == (
        TextBlock("Users may object."),
        TextBlock("Terms of 2026, page #", part="margin"),
        TextBlock("Acme", "cell", 0, (1, 1, 1), part="margin"),
        TextBlock("Lisbon", "cell", 0, (1, 1, 2), part="margin"),
        TextBlock("not", part="hidden"),
    )


def deleted(words: str) -> str:
    return f"<w:del>{run(words, 'delText')}</w:del>"


def inserted(words: str) -> str:
    return f"<w:ins>{run(words)}</w:ins>"


CHANGES = f"{run('It ')}{deleted('may')}{inserted('must')}{run(' pay.')}"


def row(words: str, change: str) -> str:
    cell = f"<w:tc>{paragraph(words)}</w:tc>"
    return f"<w:tr><w:trPr><w:{change}/></w:trPr>{cell}</w:tr>"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_tracked_changes_are_counted_and_rejected_everywhere(kind: str) -> None:
    note = f'<w:{kind} w:id="1"><w:p>{CHANGES}</w:p></w:{kind}>'
    mark = f"<w:r><w:{kind}Reference w:id='1'/></w:r>"
    former = '<w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange></w:pPr>'
    parted = f"<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>{run('One')}</w:p>{paragraph('two.')}"
    rows = f"<w:tbl>{row('Gone', 'del')}{row('Came', 'ins')}</w:tbl>"
    body = f"<w:p>{former}{run('Fees')}{mark}</w:p>{parted}{rows}"
    found = read_docx(word_file(body, header=f"<w:p>{CHANGES}</w:p>", **{f"{kind}s": note}))
    assert [(block.text, block.part) for block in found.blocks] == [
        ("Fees", ""),
        ("It must pay.", "note"),
        ("One", ""),
        ("two.", ""),
        ("Came", ""),
        ("It must pay.", "margin"),
    ]
    assert found.before is not None
    assert [(block.text, block.style) for block in found.before] == [
        ("Fees", "heading"),
        ("It may pay.", "words"),
        ("One two.", "words"),
        ("Gone", "cell"),
        ("It may pay.", "words"),
    ]
    assert found.notes[0] == (
        "it holds 7 tracked changes; the text was taken as if all were accepted"
    )


def test_what_holds_no_words_is_named_in_one_clause() -> None:
    body = f"{paragraph('See the picture.')}<w:p><w:r><a:blip/><c:chart/></w:r></w:p><w:altChunk/>"
    spaces = 'xmlns:a="urn:a" xmlns:c="urn:c"'
    data = word_file(
        body.replace("<w:p>", f"<w:p {spaces}>", 1).replace("<w:r><a", f"<w:r {spaces}><a")
    )
    assert read_docx(data).notes == ("not read: charts and diagrams, embedded files, pictures",)


def test_two_parts_of_one_name_are_refused() -> None:
    import io
    import zipfile

    data = io.BytesIO(word_file(paragraph("One.")))
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(NotText, match="two parts of one name"):
        read_docx(data.getvalue())


STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PROGRAMS: dict[str, Any] = {
    "Word": f"<w:p>{run('Users may ')}{run('object.')}</w:p>",
    "Word, with what it notes by itself": (
        f"<w:p w:rsidR='00A1'><w:pPr><w:keepNext/></w:pPr><w:proofErr w:type='spellStart'/>"
        f"{run('Us')}<w:bookmarkStart w:id='0'/>{run('ers may ')}<w:r><w:lastRenderedPageBreak/>"
        f"</w:r>{run('object.')}<w:bookmarkEnd w:id='0'/></w:p><w:sectPr/>"
    ),
    "Google Docs": (
        "<w:p><w:pPr><w:rPr/></w:pPr><w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>"
        f"{run('Users may ')}</w:sdtContent></w:sdt><w:r><w:rPr><w:rtl w:val='0'/></w:rPr>"
        "<w:t>object.</w:t></w:r></w:p><w:p><w:r/></w:p>"
    ),
    "LibreOffice": (
        "<w:p><w:pPr><w:pStyle w:val='Normal'/><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs>"
        f"</w:pPr>{run('Users ')}<w:smartTag>{run('may')}</w:smartTag>{run(' obj&#xAD;ect.')}</w:p>"
    ),
    "strict Office Open XML": f"<w:p>{run('Users may object.')}</w:p>",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_same_text_is_read_alike_from_every_program(program: str) -> None:
    data = word_file(PROGRAMS[program])
    if program.startswith("strict"):
        ways = relations(("officeDocument", "word/document.xml", ""))
        old = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        data = word_file(PROGRAMS[program], {"_rels/.rels": ways.replace(old, STRICT)})
    assert texts(data) == ["Users may object."]


# --- whatever a file holds -----------------------------------------------------------------------

WORDS = st.text("abc <&\u00e4", min_size=1, max_size=6)
PIECES = st.tuples(st.sampled_from(("stays", "went", "came", "hidden")), WORDS)
WRITTEN = {
    "stays": run,
    "went": deleted,
    "came": inserted,
    "hidden": lambda words: run(words, properties="<w:vanish/>"),
}


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def joined(pieces: list[tuple[str, str]], *kinds: str) -> str:
    return " ".join("".join(words for kind, words in pieces if kind in kinds).split())


@given(st.lists(st.tuples(st.booleans(), st.lists(PIECES, max_size=4)), max_size=6))
@settings(max_examples=60)
def test_every_word_is_read_once_and_changes_are_accepted_and_rejected(
    paragraphs: list[tuple[bool, list[tuple[str, str]]]],
) -> None:
    body = ""
    for in_cell, pieces in paragraphs:
        inner = "".join(WRITTEN[kind](escaped(words)) for kind, words in pieces)
        each = f"<w:p>{inner}</w:p>"
        body += f"<w:tbl><w:tr><w:tc>{each}</w:tc></w:tr></w:tbl>" if in_cell else each
    found = read_docx(word_file(body))

    def expected(*kinds: str) -> list[str]:
        return [text for _, pieces in paragraphs if (text := joined(pieces, *kinds))]

    hidden = expected("hidden")
    assert [block.text for block in found.blocks] == expected("stays", "came") + hidden
    before = found.blocks if found.before is None else found.before
    assert [block.text for block in before] == expected("stays", "went") + hidden
    assert (found.before is None) == (
        not any(kind in ("went", "came") for _, p in paragraphs for kind, _ in p)
    )
