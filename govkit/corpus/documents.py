"""One file as the corpus sees it: its record, the words it says, and what it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.corpus.ids import id_in_name
from govkit.corpus.texts import plain_texts
from govkit.findings import Finding, Route
from govkit.records import normative
from govkit.records.base import Record
from govkit.records.kinds import KINDS, PROCESS_KINDS, TEXT_KINDS, id_of_place, slug_of_path
from govkit.records.normative import Run, Wording

Keys = tuple[str | int, ...]

LINK = re.compile(
    r"\[(?P<words>(?:[^\[\]\\]|\\.)*)\]"
    r"\((?P<scheme>term|ref):(?P<key>[A-Za-z0-9.-]+)(?P<inside>(?:\([^()\s]*\))*)\)"
)
"""A link to a term or a text, in words that Markdown reads."""


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
    `title` is the title, name or term, `status` the status or state, or an empty text.
    `said` are the normative texts, `blanks` the parameters in them, `texts` all fields that hold
    words, `words` the same joined, so that a rule sees at once that there is nothing to look for.
    """

    path: str
    kind: str | None
    id: str
    record: Record | None = None
    title: str = ""
    status: str = ""
    faults: tuple[Finding, ...] = ()
    said: tuple[Said, ...] = ()
    references: tuple[Reference, ...] = ()
    blanks: tuple[tuple[Said, Run], ...] = ()
    texts: tuple[tuple[Keys, str], ...] = ()
    words: str = ""


def document_of(
    path: str, kind: str | None, record: Record | None, faults: tuple[Finding, ...]
) -> Document:
    """Return the document of a file that was read as `record`, or that has `faults`."""
    name = slug_of_path(path)
    if record is None or kind is None:
        return Document(path, kind, _id_in_place(path, kind, name), faults=faults)
    said = tuple(_said(record, kind))
    marks = tuple(_marks(said))
    texts = tuple(plain_texts(record))
    return Document(
        path=path,
        kind=kind,
        id=_id(record, kind, path),
        record=record,
        title=_first_text(record, "title", "name", "term"),
        status=_first_text(record, "status", "state"),
        faults=faults,
        said=said,
        references=(*_references(record, kind, marks), *_prose_links(said, texts)),
        blanks=tuple(mark for mark in marks if mark[1].kind == "param"),
        texts=texts,
        words="\n".join([text for _, text in texts]),
    )


def _first_text(record: Record, *names: str) -> str:
    for name in names:
        value = getattr(record, name, None)
        if isinstance(value, str):
            return value
    return ""


def _id_in_place(path: str, kind: str | None, name: str) -> str:
    """Return the id that a file which can't be read has by its name or place."""
    if kind in PROCESS_KINDS:
        return id_of_place(path)
    return name if kind in KINDS and KINDS[kind].slugged else id_in_name(name)


def _id(record: Record, kind: str, path: str) -> str:
    if kind == "charter":
        return "charter"
    if kind == "translation":
        return str(record.of)  # type: ignore[attr-defined]
    if kind in PROCESS_KINDS:
        return id_of_place(path)
    return slug_of_path(path) if KINDS[kind].slugged else str(record.id)  # type: ignore[attr-defined]


def _said(record: Record, kind: str) -> Iterator[Said]:
    """Yield every normative text of a record, in the order of the file."""
    return _SAID[kind](record) if kind in _SAID else iter(())


def _said_in_text(r: Any) -> Iterator[Said]:
    for at, clause in enumerate(r.clauses):
        if clause.withdrawn is None:
            yield from _said_by_clause(("clauses", at), clause, clause.id)


def _said_in_instrument(r: Any) -> Iterator[Said]:
    for name in ("preamble", "interpretation"):
        for at, part in enumerate(getattr(r, name)):
            yield _read((name, at, "text"), part.text, part.id)


def _said_in_term(r: Any) -> Iterator[Said]:
    if r.definition:
        yield _read(("definition",), r.definition, "")


def _said_in_translation(r: Any) -> Iterator[Said]:
    yield from _said_in_term(r)
    for key, clause in r.clauses.items():
        yield from _said_by_clause(("clauses", key), clause, key)


def _said_by_clause(keys: Keys, clause: Any, id: str) -> Iterator[Said]:
    yield _read((*keys, "text"), clause.text, id)
    for name in ("conditions", "exceptions"):
        for at, text in enumerate(getattr(clause, name)):
            yield _read((*keys, name, at), text, id)


def _read(keys: Keys, text: str, clause: str) -> Said:
    return Said(keys, text, normative.read(text), clause)


def _references(
    record: Record, kind: str, marks: tuple[tuple[Said, Run], ...]
) -> Iterator[Reference]:
    r: Any = record
    if kind != "translation":
        yield from _of_marks(marks)
    if kind in TEXT_KINDS:
        yield from _of_clauses(r)
        yield from _of_text(r)
    for at, ground in enumerate(getattr(r, "grounds", ())):
        yield Reference(Route(("grounds", at, "source")), ("source",), ground.source, "ground")
    yield from _OTHERS.get(kind, _nothing)(r)


def _marks(said: tuple[Said, ...]) -> Iterator[tuple[Said, Run]]:
    """Yield what stands in the texts beside plain words: links and blanks."""
    for text in said:
        for block in text.wording.blocks:
            for run in block.runs:
                if run.kind != "text":
                    yield text, run


def _of_marks(marks: tuple[tuple[Said, Run], ...]) -> Iterator[Reference]:
    for said, run in marks:
        if run.kind == "term":
            route = Route(said.keys, (run.start, run.end))
            yield Reference(route, ("term",), run.target, "term")
        elif run.kind == "ref":
            id, *inside = run.target.replace(")", "").split("(")
            route = Route(said.keys, (run.start, run.end))
            yield Reference(route, (*TEXT_KINDS, "instrument"), id, "ref", tuple(inside))


def _prose_links(
    said: tuple[Said, ...], texts: tuple[tuple[Keys, str], ...]
) -> Iterator[Reference]:
    """Yield the term: and ref: links outside the normative texts, as in a rationale."""
    for keys, text in texts:
        if "](" in text and all(normative.keys != keys for normative in said):
            for found in LINK.finditer(text):
                kinds = _TERM if found["scheme"] == "term" else (*TEXT_KINDS, "instrument")
                inside = tuple(part for part in re.split(r"[()]", found["inside"]) if part)
                yield Reference(Route(keys, found.span()), kinds, found["key"], "prose", inside)


def _of_clauses(r: Any) -> Iterator[Reference]:
    """Yield each party of a text once, where it is first named."""
    seen = set()
    for at, clause in enumerate(r.clauses):
        if clause.withdrawn is None:
            for name in ("addressee", "beneficiary"):
                for slug in getattr(clause, name):
                    if (name, slug) not in seen:
                        seen.add((name, slug))
                        yield Reference(Route(("clauses", at, name)), _TERM, slug, name)


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
    for policy in r.policies:
        yield Reference(Route(("policies", policy), at_key=True), ("policy",), policy, "policy")


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


def _members(role: str, *names: str) -> Callable[[Any], Iterator[Reference]]:
    """Return what yields the members that a record names in these fields, one or a list each."""

    def references(r: Any) -> Iterator[Reference]:
        for name in names:
            value = getattr(r, name)
            for at, member in enumerate(value if isinstance(value, tuple) else (value,)):
                route = (name, at) if isinstance(value, tuple) else (name,)
                yield Reference(Route(route), ("member",), member, role)

    return references


def _of_proposal(r: Any) -> Iterator[Reference]:
    yield from _members("proposer", "proposer")(r)
    yield from _members("endorser", "endorsers")(r)
    for at, policy in enumerate(r.policies):
        yield Reference(Route(("policies", at, "id")), ("policy",), policy.id, "policy")
    for at, other in enumerate(r.alongside):
        yield Reference(Route(("alongside", at)), ("proposal",), other, "alongside")
    if r.call:
        yield Reference(Route(("call",)), ("call",), f"calls/{r.call}", "call")


def _of_comment(r: Any) -> Iterator[Reference]:
    if r.author.member:
        yield Reference(Route(("author", "member")), ("member",), r.author.member, "author")
    if r.disposition:
        yield Reference(Route(("disposition", "by")), ("member",), r.disposition.by, "disposed-by")


def _of_call(r: Any) -> Iterator[Reference]:
    for at, slug in enumerate(r.inputs):
        yield Reference(Route(("inputs", at)), ("initiative",), slug, "input")


def _of_genesis(r: Any) -> Iterator[Reference]:
    for at, first in enumerate(r.coordinators):
        route = Route(("coordinators", at, "id"))
        yield Reference(route, ("member",), first.id, "coordinator")


def _nothing(_: Any) -> Iterator[Reference]:
    return iter(())


_TERM = ("term",)
_SAID: dict[str, Callable[[Any], Iterator[Said]]] = {
    **dict.fromkeys(TEXT_KINDS, _said_in_text),
    "instrument": _said_in_instrument,
    "term": _said_in_term,
    "translation": _said_in_translation,
}
_OTHERS: dict[str, Callable[[Any], Iterator[Reference]]] = {
    "instrument": lambda r: _of_sections(("parts",), r.parts),
    "charter": _of_charter,
    "term": _of_term,
    "issue": _of_issue,
    "response": _of_response,
    "event": _of_event,
    "member": _of_member,
    "translation": _of_translation,
    "genesis": _of_genesis,
    "coalition-act": _members("by", "by"),
    "call": _of_call,
    "proposal": _of_proposal,
    "position": _members("given-by", "member", "cast_by"),
    "comment": _of_comment,
    "act": _members("by", "by"),
    "log-entry": _members("recorded-by", "by"),
}
