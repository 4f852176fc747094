"""A record, a clause or a key in a few lines of Markdown, for the box that an editor shows."""

from __future__ import annotations

from typing import Any

from govkit.corpus.documents import Document
from govkit.records.kinds import TEXT_KINDS
from govkit.source.schema_places import description_at

_LONGEST = 4_000
_OF_SOURCE = ("title", "short", "issuer", "jurisdiction", "number", "case_id", "date", "address")


def shown(document: Document, inside: tuple[str, ...] = ()) -> str:
    """Return a record, or a clause of it, as people read it."""
    status = f", {document.status}" if document.status else ""
    part = "".join(f"({each})" for each in inside)
    title = f" {_plain(document.title)}" if document.title else ""
    head = f"**{document.id}{part}**{title}  \n*{document.kind}{status}*"
    if document.record is None:
        return f"{head}\n\nThe file can't be read: `govkit check {document.path}` says why."
    body = _clauses(document, inside) if document.kind in TEXT_KINDS else _other(document, inside)
    words = f"{head}\n\n{body}".rstrip()
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def _clauses(document: Document, inside: tuple[str, ...]) -> str:
    record: Any = document.record
    said = []
    for clause in record.clauses:
        if inside and clause.id != inside[0]:
            continue
        text = "withdrawn" if clause.withdrawn is not None else _plain(clause.text)
        said.append(f"({clause.id}) {text}")
    return "\n\n".join(said)


def _other(document: Document, inside: tuple[str, ...]) -> str:
    record: Any = document.record
    if document.kind == "term":
        return _plain(record.definition or "")
    if document.kind == "source":
        said = ((name, getattr(record, name, None)) for name in _OF_SOURCE)
        return "\n".join(f"- {name}: {_plain(str(value))}" for name, value in said if value)
    if document.kind == "instrument":
        parts = (*record.preamble, *record.interpretation)
        return "\n\n".join(
            f"({part.id}) {_plain(part.text)}" for part in parts if part.id in inside[:1]
        )
    summary = getattr(record, "summary", None) or getattr(record, "purpose", None) or ""
    return _plain(str(summary))


def _plain(words: str) -> str:
    """Return words in which no HTML and no picture can be read."""
    return words.strip().replace("&", "&amp;").replace("<", "&lt;").replace("![", "!\\[")


def key_shown(kind: str, route: tuple[str | int, ...]) -> str:
    """Return what a key of a record means; empty where its model says nothing."""
    return description_at(kind, route)
