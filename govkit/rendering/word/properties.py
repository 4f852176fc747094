"""What a Word file says of itself: title, language, dates, and of which state it was printed."""

from __future__ import annotations

import hashlib

from govkit.rendering.document import Document
from govkit.rendering.word.marks import Marks
from govkit.rendering.word.xml import DECLARATION, OFFICE, said

_OPEN = "http://schemas.openxmlformats.org/officeDocument/2006"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that a person may add, as the format names it."""
_NO_DAY = "2000-01-01"
FORMAT = "1"
_MARKS_ID = "{6F1D2C7A-3B0E-4B7A-9C55-0A6D1B7E4F01}"


def core_part(document: Document) -> str:
    """Return title, language and dates; without a day of the texts they are 1 January 2000."""
    front = document.front
    moment = f'xsi:type="dcterms:W3CDTF">{front.day or _NO_DAY}T00:00:00Z'
    keywords = ", ".join(filter(None, (front.symbol, front.status, front.edition)))
    return (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dcterms:created {moment}</dcterms:created><dc:creator>{said(front.issuer)}</dc:creator>"
        f"<dc:identifier>{said(front.id)}</dc:identifier><cp:keywords>{said(keywords)}</cp:keywords>"
        f"<dc:language>{said(front.language)}</dc:language>"
        f"<dcterms:modified {moment}</dcterms:modified><dc:title>{said(front.title)}</dc:title>"
        "</cp:coreProperties>"
    )


def app_part() -> str:
    """Return the name of the program. No version: a new one alone changes no byte."""
    return (
        f'{DECLARATION}<Properties xmlns="{_OPEN}/extended-properties">'
        "<Application>govkit</Application></Properties>"
    )


def digest_of_state(document: Document) -> str:
    """Return the digest over the digests of all records that are printed; empty without any."""
    lines = [f"{entry.id} {entry.digest}\n" for entry in document.index if entry.digest]
    return f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}" if lines else ""


def custom_part(document: Document) -> str:
    """Return of which state the file is, for the program that reads it again."""
    front = document.front
    told = {
        "govkit-format": FORMAT,
        "govkit-instrument": f"INS-{front.book}" if front.book else "",
        "govkit-release": dict(front.imprint).get("version", "") or front.commit,
        "govkit-digest": digest_of_state(document),
        "govkit-selection": front.selection,
    }
    rows = "".join(
        f'<property fmtid="{_SET}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{said(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(told.items(), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_OPEN}/custom-properties" '
        f'xmlns:vt="{_OPEN}/docPropsVTypes">{rows}</Properties>'
    )


def marks_part(marks: Marks) -> str:
    """Return which bookmark is which field."""
    rows = "".join(
        f'<mark bookmark="{name}" tag="{said(tag)}"/>' for name, tag in marks.tags.items()
    )
    return f'{DECLARATION}<marks xmlns="urn:govkit:word:1">{rows}</marks>'


def marks_properties_part() -> str:
    """Return what names the part of the marks."""
    return (
        f'{DECLARATION}<ds:datastoreItem ds:itemID="{_MARKS_ID}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        '<ds:schemaRefs><ds:schemaRef ds:uri="urn:govkit:word:1"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    )


MARKS_RELATION = f"{OFFICE}/customXmlProps"
