"""The index of a print: each record that it is printed from, as a program wants it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.levels import options_of
from govkit.records.kinds import TEXT_KINDS
from govkit.rendering.document import Entry, WrittenEntry
from govkit.rendering.holdings import Holdings
from govkit.rendering.places import anchor_of, source_anchor, term_anchor
from govkit.rendering.printing import Printing
from govkit.rendering.written_texts import WrittenTexts

_ANCHORS = {"term": term_anchor, "source": source_anchor}
_NOTHING: Mapping[str, Any] = {
    "force": None,
    "addressee": [],
    "beneficiary": [],
    "text": None,
    "conditions": [],
    "exceptions": [],
    "applies_to": None,
    "guidance": None,
    "withdrawn": None,
}
"""The keys of a clause, and what they hold where the record says nothing."""


def index_of(
    holdings: Holdings, printing: Printing, known: WrittenTexts | None = None
) -> tuple[Entry | WrittenEntry, ...]:
    """Return the entries: the head, then texts, terms and sources in print order, each once.

    Those that are `known` come from there.
    """
    texts = [text for text in holdings.texts.values() if text is not None]
    documents = (holdings.head, *texts, *holdings.terms, *holdings.sources)
    once = {document.path: document for document in documents}
    make = [(document, partial(_entry, document, printing)) for document in once.values()]
    if known is None:
        return tuple(made() for _, made in make)
    return tuple(known.entry(document, made) for document, made in make)


def _entry(document: Document, printing: Printing) -> Entry:
    kind = document.kind or ""
    return Entry(
        kind=kind,
        id=document.id,
        title=document.title,
        status=document.status,
        digest=printing.corpus.digests.of(document) or "",
        path=document.path,
        anchor=_ANCHORS.get(kind, anchor_of)(document.id),
        clauses=tuple(_clauses(document, printing)),
        summary=printing.note(document, "summary") or "",
        burden=_burden(printing.note(document, "burden")),
    )


def _burden(burden: Any) -> Mapping[str, str] | None:
    return None if burden is None else {"people": burden.people, "systems": burden.systems}


def _clauses(document: Document, printing: Printing) -> Iterator[Mapping[str, Any]]:
    record: Any = document.record
    if document.kind == "instrument":
        for field in printing.selection.frame:
            for part in getattr(record, field):
                yield _clause(document, part)
    elif document.kind in TEXT_KINDS and record is not None:
        for clause in record.clauses:
            if printing.selection.takes_clause(document, clause):
                yield _clause(document, clause, printing.selection.notes_left_out)


def _clause(
    document: Document, part: Any, without: frozenset[str] = frozenset()
) -> Mapping[str, Any]:
    # A day comes out as it should, and pydantic warns that it is no longer a date.
    said = part.model_dump(mode="json", by_alias=True, exclude=without, warnings=False)
    return {
        "id": part.id,
        "anchor": anchor_of(document.id, part.id),
        **{key: said.get(key, nothing) for key, nothing in _NOTHING.items()},
        "options": list(options_of(document.record, part.id)),
    }
