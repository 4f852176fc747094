"""Writes the index of a document as JSON: the records that it is printed from. See docs/json.md."""

from __future__ import annotations

import json
from typing import Any

from govkit.rendering.document import Document, Entry, Front, WrittenEntry

FORMAT_VERSION = 1


def as_json(document: Document) -> bytes:
    """Return the index as one JSON object in UTF-8, in print order."""
    value: dict[str, Any] = {
        "version": FORMAT_VERSION,
        "book": document.front.book or None,
        "document": _front(document.front),
        "records": [],
    }
    # Put together from texts, so that an entry may be one that was written before.
    records = ",".join(f"\n    {entry_as_json(entry)}" for entry in document.index)
    whole = json.dumps(value, ensure_ascii=False, indent=2)
    if records:
        whole = f"{whole.removesuffix(_NO_RECORD)}[{records}\n  ]\n}}"
    return f"{whole}\n".encode()


_NO_RECORD = "[]\n}"


def entry_as_json(entry: Entry | WrittenEntry) -> str:
    """Return an entry as it stands in the list of records."""
    if isinstance(entry, WrittenEntry):
        return entry.json
    # A line end inside a value is no line end in JSON.
    return json.dumps(_entry(entry), ensure_ascii=False, indent=2).replace("\n", "\n    ")


def _front(front: Front) -> dict[str, Any]:
    release = {"release": dict(front.imprint)} if front.imprint else {}
    return {
        "id": front.id,
        "title": front.title,
        "issuer": front.issuer or None,
        "symbol": front.symbol or None,
        "status": front.status or None,
        "edition": front.day or None,
        "digest": front.digest or None,
        "language": front.language,
        "selection": front.selection or None,
        **release,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "status": entry.status or None,
        "digest": entry.digest or None,
        "clauses": list(entry.clauses),
        "path": entry.path,
        "anchor": entry.anchor,
        "summary": entry.summary or None,
        "burden": entry.burden,
    }
