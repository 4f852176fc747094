"""Word files (DOCX) for tests: the parts that hold words, packed as a word processor packs them."""

import io
import zipfile

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOTS = {"header": "hdr", "footer": "ftr"}


def part(root: str, inner: str) -> str:
    """One part: its root element around what is given."""
    return f"{_OPEN.format(root=root)}{inner}</w:{root}>"


def relations(*ways: tuple[str, str, str]) -> str:
    """Where other parts are: kind, target and mode of each."""
    lines = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for at, (kind, target, mode) in enumerate(ways)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(words)}</w:p>"


def run(words: str, tag: str = "t", properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def item(words: str, list_: int = 1, depth: int = 0) -> str:
    """An item of a list."""
    return paragraph(
        words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """A table, given by its rows."""
    cells = ("".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def word_file(body: str, more: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A Word file. `parts` are `styles`, `numbering`, `footnotes`, `endnotes`, `header`, `footer`;
    `more` any other file.
    """
    held: dict[str, str | bytes] = {
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/_rels/document.xml.rels": relations(*((kind, f"{kind}.xml", "") for kind in parts)),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    held |= {
        f"word/{kind}.xml": part(_ROOTS.get(kind, kind), inner) for kind, inner in parts.items()
    }
    held |= more or {}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    return data.getvalue()
