"""The styles of a Word file: everything that is seen is a named style, and nothing is set by hand.

A person who changes a style changes the book. Sizes are half points, lengths twentieths of a point.
"""

from __future__ import annotations

from typing import NamedTuple

from govkit.rendering.word.xml import DECLARATION, NAMES, said

SERIF, SANS, MONO = "Cambria", "Calibri", "Consolas"
HEADINGS = 6
CLAUSE_LEVELS = ("Clause", "ClauseItem", "ClauseItem2", "ClauseItem3")
"""The styles of labelled paragraphs, by their level."""
_STEP = 567
_GREY, _BLUE, _RED = "595959", "1F4E79", "9C2A1B"


class _Style(NamedTuple):
    """A paragraph style: its id and name, what it is based on, its properties and its letters."""

    id: str
    name: str
    base: str = "Normal"
    paragraph: str = ""
    letters: str = ""
    next: str = ""
    outline: int = -1


def _space(before: int, after: int, line: int = 0) -> str:
    spread = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{spread}/>'


def _indent(steps: float, hanging: int = 0) -> str:
    held = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{int(_STEP * steps)}"{held}/>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:cs="{name}"/>'


def _letters(size: int = 0, colour: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """Return the properties of letters, in the order that the format asks for."""
    return "".join(
        (
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        )
    )


_KEPT = "<w:keepNext/><w:keepLines/>"
_BOXED = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="{_RED}"/>'
    for side in ("top", "left", "bottom", "right")
)
_HEADING_SIZES = (32, 27, 24, 22, 22, 22)


def _paragraph_styles(width: int) -> tuple[_Style, ...]:
    tab = '<w:tabs><w:tab w:val="right" w:leader="{}" w:pos="{}"/></w:tabs>'
    headings = (
        _Style(
            f"Heading{level}",
            f"heading {level}",
            paragraph=_KEPT + _space(480 if level == 1 else 360, 120),
            letters=_font(SANS) + _letters(size, _BLUE, bold=True),
            next="BodyText",
            outline=level - 1,
        )
        for level, size in enumerate(_HEADING_SIZES, 1)
    )
    contents = (
        _Style(
            f"TOC{level}",
            f"toc {level}",
            paragraph=tab.format("dot", width)
            + _space(120 if level == 1 else 0, 40)
            + _indent((level - 1) * 0.5),
            letters=_letters(bold=True) if level == 1 else "",
        )
        for level in range(1, 4)
    )
    items = (
        _Style(
            id, f"Clause Item {at}" if at > 1 else "Clause Item", "Clause", _indent(at + 1, _STEP)
        )
        for at, id in enumerate(CLAUSE_LEVELS[1:], 1)
    )
    continued = (
        _Style(
            f"ClauseText{at or ''}",
            f"Clause Text {at}".rstrip(" 0"),
            paragraph=_space(0, 80) + _indent(at + 1),
        )
        for at in range(4)
    )
    dashes = (
        _Style(
            f"ListDash{at or ''}",
            f"List Dash {at}".rstrip(" 0"),
            "Normal",
            _space(0, 40) + _indent(at + 1, _STEP),
        )
        for at in range(4)
    )
    note = _letters(20)
    return (
        _Style("BodyText", "Body Text"),
        _Style(
            "Title",
            "Title",
            "Normal",
            _KEPT + _space(0, 240),
            _font(SANS) + _letters(44, _BLUE, bold=True),
            "BodyText",
        ),
        _Style("Issuer", "Issuer", "Normal", _space(0, 120), _font(SANS) + _letters(22, _GREY)),
        _Style(
            "Notice",
            "Notice",
            "Normal",
            f"<w:pBdr>{_BOXED}</w:pBdr>" + _space(120, 240),
            _font(SANS) + _letters(21),
        ),
        _Style("Facts", "Text Facts", "Normal", _space(0, 40), _font(SANS) + _letters(19)),
        *headings,
        _Style(
            "TOCHeading",
            "TOC Heading",
            "Normal",
            _KEPT + _space(360, 120),
            _font(SANS) + _letters(28, _BLUE, bold=True),
            "BodyText",
        ),
        *contents,
        _Style(
            "ContentsNote",
            "Contents Note",
            "TOC2",
            _space(80, 120) + _indent(0),
            _font(SANS) + _letters(17, _GREY),
        ),
        _Style(
            "ClauseForce",
            "Clause Force",
            "Normal",
            _KEPT + _space(200, 20) + _indent(1),
            _font(SANS) + _letters(17, _GREY),
        ),
        _Style("Clause", "Clause", "Normal", _space(0, 80) + _indent(1, _STEP)),
        *items,
        *continued,
        _Style("ClauseLimit", "Clause Condition", "Normal", _space(0, 80) + _indent(1)),
        _Style(
            "Withdrawn",
            "Withdrawn",
            "Normal",
            _space(120, 80) + _indent(1, _STEP),
            _letters(0, _GREY, italic=True),
        ),
        *dashes,
        _Style(
            "ListingHeading",
            "Listing Heading",
            "Normal",
            _KEPT + _space(200, 40),
            _font(SANS) + _letters(20, bold=True),
            "ListDash",
        ),
        _Style(
            "NoteHeading",
            "Note Heading",
            "Normal",
            _KEPT + _space(240, 40),
            _font(SANS) + _letters(20, _GREY, bold=True),
            "NoteText",
        ),
        _Style("NoteText", "Note Text", "Normal", _space(0, 80), note),
        _Style(
            "NoteSubhead", "Note Subhead", "NoteText", _KEPT + _space(120, 40), _letters(bold=True)
        ),
        _Style("NoteItem", "Note Item", "NoteText", _indent(1, _STEP)),
        _Style("BlockQuote", "Block Quote", "Normal", _space(80, 120) + _indent(1), note),
        _Style("CodeLines", "Code Lines", "Normal", _space(0, 80), _font(MONO) + _letters(18)),
        _Style(
            "Rule",
            "Rule",
            "Normal",
            f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{_GREY}"/></w:pBdr>'
            + _space(120, 120),
        ),
        _Style(
            "DefinitionTerm",
            "Definition Term",
            "Normal",
            _KEPT + _space(200, 20),
            _letters(bold=True),
            "DefinitionText",
        ),
        _Style("DefinitionText", "Definition Text", "Normal", _space(0, 60)),
        _Style(
            "DefinitionNote",
            "Definition Note",
            "Normal",
            _space(0, 40),
            _font(SANS) + _letters(18, _GREY),
        ),
        _Style("Citation", "Citation", "Normal", _space(0, 100) + _indent(1, _STEP)),
        _Style(
            "ChangeNumber",
            "Change Number",
            "Normal",
            _KEPT + _space(160, 0),
            _font(SANS) + _letters(17, _GREY),
        ),
        _Style(
            "TableHead",
            "Table Header",
            "Normal",
            _KEPT + _space(40, 40),
            _font(SANS) + _letters(18, bold=True),
        ),
        _Style("TableText", "Table Text", "Normal", _space(40, 40), _letters(18)),
        _Style("TableEnd", "Table End", "Normal", _space(0, 120), _letters(8)),
        _Style(
            "Header",
            "header",
            "Normal",
            tab.format("none", width) + _space(0, 0),
            _font(SANS) + _letters(16, _GREY),
        ),
        _Style(
            "Footer",
            "footer",
            "Normal",
            tab.format("none", width) + _space(0, 0),
            _font(SANS) + _letters(16, _GREY),
        ),
        _Style("CommentText", "annotation text", "Normal", _space(0, 40), _letters(20)),
    )


_CHARACTER_STYLES = (
    ("Emphasis", "Emphasis", _letters(italic=True)),
    ("Strong", "Strong", _letters(bold=True)),
    ("Force", "Force", _letters(bold=True, colour=_BLUE)),
    ("FactName", "Fact Name", _letters(bold=True)),
    ("LimitName", "Condition Name", _letters(italic=True)),
    ("Code", "Code", _font(MONO) + _letters(18)),
    ("Blank", "Blank", _letters(bold=True)),
    ("EditorMark", "Editor Mark", _letters(colour=_GREY, italic=True)),
    ("Hyperlink", "Hyperlink", f'<w:color w:val="{_BLUE}"/><w:u w:val="single"/>'),
    ("TermLink", "Term Link", f'<w:u w:val="dotted" w:color="{_GREY}"/>'),
    ("DeletedWords", "Deleted Words", f'<w:strike/><w:color w:val="{_RED}"/>'),
    ("InsertedWords", "Inserted Words", f'<w:color w:val="{_BLUE}"/><w:u w:val="single"/>'),
    ("CommentReference", "annotation reference", _letters(16)),
)


def styles_part(language: str, width: int, *, right_to_left: bool) -> str:
    """Return the part. `language` is a BCP 47 code, `width` that of a line."""
    lang = said(language)
    spoken = f'<w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="{lang}"/>'
    direction = "<w:bidi/>" if right_to_left else ""
    rows = "".join(map(_style, _paragraph_styles(width)))
    signs = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{letters}</w:rPr></w:style>"
        for id, name, letters in _CHARACTER_STYLES
    )
    return (
        f"{DECLARATION}<w:styles {NAMES}><w:docDefaults><w:rPrDefault><w:rPr>{_font(SERIF)}"
        f'<w:sz w:val="22"/><w:szCs w:val="22"/>{spoken}</w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:pPr><w:widowControl/>{direction}{_space(0, 120, 269)}</w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr></w:style>{_TABLE}{rows}{signs}</w:styles>"
    )


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="GridTable"><w:name w:val="Grid Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
    f"<w:tblPr><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr>"
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E7EDF3"/>'
    "</w:tcPr></w:tblStylePr></w:style>"
)
_BUILT_IN = ("heading", "toc", "Title", "TOC", "header", "footer", "annotation", "Body")


def _style(style: _Style) -> str:
    own = "" if style.name.startswith(_BUILT_IN) else ' w:customStyle="1"'
    after = f'<w:next w:val="{style.next}"/>' if style.next else ""
    level = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    properties = f"<w:pPr>{_ordered(style)}{level}</w:pPr>" if style.paragraph or level else ""
    letters = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.base}"/>{after}<w:qFormat/>{properties}{letters}</w:style>'
    )


def _ordered(style: _Style) -> str:
    return style.paragraph
