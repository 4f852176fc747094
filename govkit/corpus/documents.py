"""One file as the corpus sees it: its record, the words it says, and what it refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.corpus.fields import Reference, Word, fields_of
from govkit.corpus.ids import begins_with_id, id_in_name, id_inside
from govkit.findings import Finding, Keys, Route
from govkit.patterns import lazy_regex
from govkit.records import normative
from govkit.records.base import Record
from govkit.records.kinds import (
    KINDS,
    NUMBERED_KINDS,
    PROCESS_KINDS,
    TEXT_KINDS,
    id_of_place,
    slug_of_path,
)
from govkit.records.normative import Run, Wording

LINK = lazy_regex(
    r"\[(?P<words>(?:[^\[\]\\]|\\.)*)\]"
    r"\((?P<scheme>term|ref):(?P<key>[A-Za-z0-9.-]+)(?P<inside>(?:\([^()\s]*\))*)\)"
)
"""A link to a term or a text, in words that Markdown reads."""


class NormativeText(NamedTuple):
    """A normative text in a record: where it stands, what it says, and in which clause."""

    keys: Keys
    text: str
    wording: Wording
    clause: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus.

    `kind` is None where the place gives none; `record` is None where the file can't be read, and
    then `faults` says why and `id` is taken from the file's name, or from its line `id` where the
    name has none, so that references to it hold.
    `title` is the title, name or term, `status` the status or state, or an empty text.
    `said` are the normative texts, `blanks` the parameters in them, `texts` all fields that hold
    words, `words` the same joined, so that a rule sees at once that there is nothing to look for;
    `charter_words` are those that the charter rules. `unread` are the bytes of a file that is no
    record for a fault; only the checks look into them, for what more is wrong.
    """

    path: str
    kind: str | None
    id: str
    record: Record | None = None
    title: str = ""
    status: str = ""
    faults: tuple[Finding, ...] = ()
    said: tuple[NormativeText, ...] = ()
    references: tuple[Reference, ...] = ()
    blanks: tuple[tuple[NormativeText, Run], ...] = ()
    texts: tuple[tuple[Keys, str], ...] = ()
    words: str = ""
    charter_words: tuple[Word, ...] = ()
    unread: bytes = b""

    @property
    def has_error(self) -> bool:
        """Return whether the file can't be read and has an error that says why."""
        return self.record is None and any(fault.stops == "merge" for fault in self.faults)


def document_of(
    path: str,
    kind: str | None,
    record: Record | None,
    faults: tuple[Finding, ...],
    data: bytes = b"",
) -> Document:
    """Return the document of a file that was read as `record`, or that has `faults`.

    The bytes are looked into only where there is no record, for the id that the name does not hold.
    """
    if record is None or kind is None:
        return Document(
            path, kind, _id_in_place(path, kind, data), faults=faults, unread=data if kind else b""
        )
    said = tuple(_said(record, kind))
    marks = tuple(_marks(said))
    fields = fields_of(record, id_of_place(path).partition("/")[0] if kind in PROCESS_KINDS else "")
    texts = tuple(fields.texts)
    own_marks = () if kind == "translation" else _of_marks(marks)
    return Document(
        path=path,
        kind=kind,
        id=_id(record, kind, path),
        record=record,
        title=_first_text(record, "title", "name", "term"),
        status=_first_text(record, "status", "state"),
        faults=faults,
        said=said,
        references=(*own_marks, *fields.references, *_prose_links(said, texts)),
        blanks=tuple(mark for mark in marks if mark[1].kind == "param"),
        texts=texts,
        words="\n".join([text for _, text in texts]),
        charter_words=tuple(fields.words),
    )


def _first_text(record: Record, *names: str) -> str:
    for name in names:
        value = getattr(record, name, None)
        if isinstance(value, str):
            return value
    return ""


def _id_in_place(path: str, kind: str | None, data: bytes) -> str:
    """Return the id that a file which can't be read has by its name, its place or its line `id`."""
    if kind in PROCESS_KINDS:
        return id_of_place(path)
    name = slug_of_path(path)
    if kind in KINDS and KINDS[kind].slugged:
        return name
    looks_inside = kind in NUMBERED_KINDS and not begins_with_id(name)
    return (looks_inside and id_inside(data)) or id_in_name(name)


def _id(record: Record, kind: str, path: str) -> str:
    if kind == "charter":
        return "charter"
    if kind == "translation":
        return str(record.of)  # type: ignore[attr-defined]
    if kind in PROCESS_KINDS:
        return id_of_place(path)
    return slug_of_path(path) if KINDS[kind].slugged else str(record.id)  # type: ignore[attr-defined]


def _said(record: Record, kind: str) -> Iterator[NormativeText]:
    """Yield every normative text of a record, in the order of the file."""
    return _SAID[kind](record) if kind in _SAID else iter(())


def _said_in_text(r: Any) -> Iterator[NormativeText]:
    for at, clause in enumerate(r.clauses):
        if clause.withdrawn is None:
            yield from _said_by_clause(("clauses", at), clause, clause.id)


def _said_in_instrument(r: Any) -> Iterator[NormativeText]:
    for name in ("preamble", "interpretation"):
        for at, part in enumerate(getattr(r, name)):
            yield _read((name, at, "text"), part.text, part.id)


def _said_in_term(r: Any) -> Iterator[NormativeText]:
    if r.definition:
        yield _read(("definition",), r.definition, "")


def _said_in_translation(r: Any) -> Iterator[NormativeText]:
    yield from _said_in_term(r)
    for key, clause in r.clauses.items():
        yield from _said_by_clause(("clauses", key), clause, key)


def _said_by_clause(keys: Keys, clause: Any, id: str) -> Iterator[NormativeText]:
    yield _read((*keys, "text"), clause.text, id)
    for name in ("conditions", "exceptions"):
        for at, text in enumerate(getattr(clause, name)):
            yield _read((*keys, name, at), text, id)


def _read(keys: Keys, text: str, clause: str) -> NormativeText:
    return NormativeText(keys, text, normative.read(text), clause)


def _marks(said: tuple[NormativeText, ...]) -> Iterator[tuple[NormativeText, Run]]:
    """Yield what stands in the texts beside plain words: links and blanks."""
    for text in said:
        for block in text.wording.blocks:
            for run in block.runs:
                if run.kind != "text":
                    yield text, run


def _of_marks(marks: tuple[tuple[NormativeText, Run], ...]) -> Iterator[Reference]:
    for said, run in marks:
        if run.kind == "term":
            route = Route(said.keys, (run.start, run.end))
            yield Reference(route, ("term",), run.target, "term")
        elif run.kind == "ref":
            id, *inside = run.target.replace(")", "").split("(")
            route = Route(said.keys, (run.start, run.end))
            yield Reference(route, (*TEXT_KINDS, "instrument"), id, "ref", tuple(inside))


def _prose_links(
    said: tuple[NormativeText, ...], texts: tuple[tuple[Keys, str], ...]
) -> Iterator[Reference]:
    """Yield the term: and ref: links outside the normative texts, as in a rationale."""
    for keys, text in texts:
        if "](" in text and all(normative.keys != keys for normative in said):
            for found in LINK.finditer(text):
                kinds = _TERM if found["scheme"] == "term" else (*TEXT_KINDS, "instrument")
                inside = tuple(part for part in re.split(r"[()]", found["inside"]) if part)
                yield Reference(Route(keys, found.span()), kinds, found["key"], "prose", inside)


_TERM = ("term",)
_SAID: dict[str, Callable[[Any], Iterator[NormativeText]]] = {
    **dict.fromkeys(TEXT_KINDS, _said_in_text),
    "instrument": _said_in_instrument,
    "term": _said_in_term,
    "translation": _said_in_translation,
}
