"""One file as the corpus sees it: its record, the words it says, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.corpus.ids import id_in_name
from govkit.corpus.texts import plain_texts
from govkit.findings import Finding, Route
from govkit.records import normative
from govkit.records.base import Record
from govkit.records.kinds import KINDS, TEXT_KINDS, slug_of_path
from govkit.records.normative import Wording

Keys = tuple[str | int, ...]


class Said(NamedTuple):
    """A normative text in a record: where it stands, what it says, and in which clause."""

    keys: Keys
    text: str
    wording: Wording
    clause: str


class Reference(NamedTuple):
    """A reference from one record to another.

    `kinds` are the kinds that may be meant, `key` the id or slug; `role` says in which capacity,
    as `ground`, `term` or `grounded-in`. `inside` leads to a clause and its list items.
    """

    route: Route
    kinds: tuple[str, ...]
    key: str
    role: str
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus.

    `kind` is None where the place gives none; `record` is None where the file can't be read, and
    then `faults` says why and `id` is taken from the file's name, so that references to it hold.
    `said` are the normative texts, `texts` all strings that may hold a sentence.
    """

    path: str
    kind: str | None
    id: str
    record: Record | None = None
    faults: tuple[Finding, ...] = ()
    said: tuple[Said, ...] = ()
    references: tuple[Reference, ...] = ()
    texts: tuple[tuple[Keys, str], ...] = ()

    @property
    def title(self) -> str:
        """Return the title, name or term of the record, or an empty text."""
        for name in ("title", "name", "term"):
            value = getattr(self.record, name, None)
            if isinstance(value, str):
                return value
        return ""

    @property
    def status(self) -> str:
        """Return the status of the record, or an empty text where the kind has none."""
        return getattr(self.record, "status", None) or getattr(self.record, "state", "")


def document_of(
    path: str, kind: str | None, record: Record | None, faults: tuple[Finding, ...]
) -> Document:
    """Return the document of a file that was read as `record`, or that has `faults`."""
    name = slug_of_path(path)
    if record is None or kind is None:
        known = kind in KINDS and KINDS[kind].slugged
        return Document(path, kind, name if known else id_in_name(name), None, faults)
    said = tuple(_said(record, kind))
    return Document(
        path, kind, _id(record, kind, name), record, faults, said,
        tuple(_references(record, kind, said)), tuple(plain_texts(record)),
    )  # fmt: skip


def _id(record: Record, kind: str, name: str) -> str:
    if kind == "charter":
        return "charter"
    if kind == "translation":
        return str(record.of)  # type: ignore[attr-defined]
    return name if KINDS[kind].slugged else str(record.id)  # type: ignore[attr-defined]


def _said(record: Record, kind: str) -> Iterator[Said]:
    """Yield every normative text of a record, in the order of the file."""
    r: Any = record
    if kind in TEXT_KINDS:
        for at, clause in enumerate(r.clauses):
            if clause.withdrawn is None:
                yield from _said_by_clause(("clauses", at), clause, clause.id)
    elif kind == "instrument":
        for name in ("preamble", "interpretation"):
            for at, part in enumerate(getattr(r, name)):
                yield _read((name, at, "text"), part.text, part.id)
    elif kind == "term":
        yield _read(("definition",), r.definition, "")
    elif kind == "translation":
        if r.definition:
            yield _read(("definition",), r.definition, "")
        for key, clause in r.clauses.items():
            yield from _said_by_clause(("clauses", key), clause, key)


def _said_by_clause(keys: Keys, clause: Any, id: str) -> Iterator[Said]:
    yield _read((*keys, "text"), clause.text, id)
    for name in ("conditions", "exceptions"):
        for at, text in enumerate(getattr(clause, name)):
            yield _read((*keys, name, at), text, id)


def _read(keys: Keys, text: str, clause: str) -> Said:
    return Said(keys, text, normative.read(text), clause)


def _references(record: Record, kind: str, said: tuple[Said, ...]) -> Iterator[Reference]:
    r: Any = record
    if kind != "translation":
        for text in said:
            yield from _marks(text)
    if kind in TEXT_KINDS:
        yield from _of_clauses(r)
        yield from _of_text(r)
    for at, ground in enumerate(getattr(r, "grounds", ())):
        yield Reference(Route(("grounds", at, "source")), ("source",), ground.source, "ground")
    yield from _OTHERS.get(kind, _nothing)(r)


def _marks(said: Said) -> Iterator[Reference]:
    for block in said.wording.blocks:
        for run in block.runs:
            if run.kind == "term":
                route = Route(said.keys, (run.start, run.end))
                yield Reference(route, ("term",), run.target, "term")
            elif run.kind == "ref":
                id, *inside = run.target.replace(")", "").split("(")
                route = Route(said.keys, (run.start, run.end))
                yield Reference(route, (*TEXT_KINDS, "instrument"), id, "ref", tuple(inside))


def _of_clauses(r: Any) -> Iterator[Reference]:
    for at, clause in enumerate(r.clauses):
        if clause.withdrawn is not None:
            continue
        for name in ("addressee", "beneficiary"):
            for slug in getattr(clause, name):
                yield Reference(Route(("clauses", at, name)), ("term",), slug, name)


def _of_text(r: Any) -> Iterator[Reference]:
    for at, mapping in enumerate(r.mappings):
        yield Reference(Route(("mappings", at, "source")), ("source",), mapping.source, "mapping")
    for at, weighed in enumerate(r.balancing):
        for case_at, case in enumerate(weighed.cases):
            route = Route(("balancing", at, "cases", case_at))
            yield Reference(route, ("source",), case, "case")
    for at, relation in enumerate(r.relations):
        yield Reference(Route(("relations", at, "to")), TEXT_KINDS, relation.to, relation.as_)
    for at, older in enumerate(r.supersedes):
        yield Reference(Route(("supersedes", at)), TEXT_KINDS, older, "supersedes")
    if r.superseded_by:
        yield Reference(Route(("superseded_by",)), TEXT_KINDS, r.superseded_by, "superseded-by")


def _of_sections(keys: Keys, sections: Any) -> Iterator[Reference]:
    for at, section in enumerate(sections):
        here = (*keys, at)
        for item_at, item in enumerate(section.items):
            yield Reference(Route((*here, "items", item_at)), TEXT_KINDS, item, "item")
        yield from _of_sections((*here, "parts"), section.parts)


def _of_charter(r: Any) -> Iterator[Reference]:
    for at, party in enumerate(r.parties):
        yield Reference(Route(("parties", at)), ("term",), party, "party")
    for id in r.instruments:
        yield Reference(Route(("instruments", id), at_key=True), ("instrument",), id, "instrument")
    for at, member in enumerate(r.coordinators.ids):
        route = Route(("coordinators", "ids", at))
        yield Reference(route, ("member",), member, "coordinator")


def _of_term(r: Any) -> Iterator[Reference]:
    for at, slug in enumerate(r.see):
        yield Reference(Route(("see", at)), ("term",), slug, "see")


def _of_issue(r: Any) -> Iterator[Reference]:
    for at, slug in enumerate(r.raised_in):
        yield Reference(Route(("raised_in", at)), ("source",), slug, "raised-in")
    for at, id in enumerate(r.answered_by):
        yield Reference(Route(("answered_by", at)), TEXT_KINDS, id, "answered-by")


def _of_response(r: Any) -> Iterator[Reference]:
    yield Reference(Route(("issue",)), ("issue",), r.issue, "responds-to")
    if r.source:
        yield Reference(Route(("source",)), ("source",), r.source, "source")


def _of_event(r: Any) -> Iterator[Reference]:
    for at, slug in enumerate(r.attended):
        yield Reference(Route(("attended", at)), ("member",), slug, "attended")


def _of_member(r: Any) -> Iterator[Reference]:
    if r.represents:
        yield Reference(Route(("represents",)), ("member",), r.represents, "represents")


def _of_translation(r: Any) -> Iterator[Reference]:
    yield Reference(Route(("of",)), (*TEXT_KINDS, "term"), r.of, "translates")


def _nothing(_: Any) -> Iterator[Reference]:
    return iter(())


_OTHERS = {
    "instrument": lambda r: _of_sections(("parts",), r.parts),
    "charter": _of_charter,
    "term": _of_term,
    "issue": _of_issue,
    "response": _of_response,
    "event": _of_event,
    "member": _of_member,
    "translation": _of_translation,
}
