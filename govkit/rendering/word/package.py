"""The package of a Word file: its parts with their kinds and relations, packed to stable bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

from govkit.rendering.word.xml import DECLARATION, OFFICE, said

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_KINDS = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "word/comments.xml": f"{_WORD}.comments+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": (
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    ),
}


class Relation(NamedTuple):
    """A relation of a part: its id, its type, and where it leads."""

    id: str
    type: str
    target: str
    leads_out: bool = False


def packed(parts: Mapping[str, str], relations: Mapping[str, tuple[Relation, ...]]) -> bytes:
    """Return the file. `relations` are those of each part by its name, of the package by ''."""
    files = {"[Content_Types].xml": _content_types(parts)}
    files[_relations_of("")] = _relations(relations[""])
    for name, text in parts.items():
        files[name] = text
        if relations.get(name):
            files[_relations_of(name)] = _relations(relations[name])
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, text.encode())
    return data.getvalue()


def office(id: str, kind: str, target: str, *, leads_out: bool = False) -> Relation:
    """Return a relation of one of the kinds of office documents."""
    return Relation(id, f"{OFFICE}/{kind}", target, leads_out)


def core_relation(id: str) -> Relation:
    """Return the relation to what the file says of itself."""
    return Relation(id, f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")


def _content_types(parts: Mapping[str, str]) -> str:
    own = "".join(
        f'<Override PartName="/{name}" ContentType="{_KINDS[name]}"/>'
        for name in parts
        if name in _KINDS
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{own}</Types>'
    )


def _relations_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _relations(relations: tuple[Relation, ...]) -> str:
    rows = "".join(
        f'<Relationship Id="{each.id}" Type="{each.type}" Target="{said(each.target)}"'
        + (' TargetMode="External"/>' if each.leads_out else "/>")
        for each in relations
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
