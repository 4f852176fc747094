"""Which record a person means: told by an id, a clause, a title, or a path.

One way for every command. What is tried, in this order: the path of a file; an id or slug, also as
`kind:slug`; the same in other capitals; the whole title; a part of a title, where only one fits. A
part of a text in brackets, as in `MCP-DUE-03(a)(b)`, may follow each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.records.kinds import PROCESS_KINDS, id_space
from govkit.records.proposals import Proposal

_PART = re.compile(r"(?P<record>.*?\S)\s*(?P<part>(?:\([A-Za-z0-9-]+\))+)", re.DOTALL)
_INSIDE = re.compile(r"\(([A-Za-z0-9-]+)\)")
_SHORTEST = 3
"""A shorter part of a title names nothing: two letters stand in most of them."""
_MOST = 8
"""How many candidates are listed; a person who sees more reads none."""


class NoSuchRecord(WrongUse):
    """A person named a record that is not there."""


class NamedRecord(Protocol):
    """What may be named: a record by its kind, its id or slug, and its title, if that is known."""

    @property
    def kind(self) -> str | None:
        """Return the kind."""

    @property
    def id(self) -> str:
        """Return the id or slug."""

    @property
    def title(self) -> str:
        """Return the title, name or term; empty where it is not known."""


K = TypeVar("K", bound=NamedRecord)


class Meant(NamedTuple, Generic[K]):
    """The record that is meant, and the clause and items in it, if the person named any."""

    record: K
    part: tuple[str, ...]


def meant(
    typed: str,
    groups: Iterable[Callable[[], Iterable[tuple[str, K]]]],
    path: str | None = None,
    missing: str = "there is no record `{}`",
    *,
    in_titles: bool = True,
) -> Meant[K]:
    """Return the record that a person means, out of the first group that has one.

    A group gives pairs of a path and a record; it is asked only if those before it have nothing.
    `path` is what was typed, seen from the root, where it may be the path of a file. Raises
    `NoSuchRecord`, in the words of `missing` and with all names; `WrongUse` with the choice
    where several fit. Without `in_titles`, a part of a title names nothing.
    """
    wholes: list[list[tuple[str, K]]] = []
    for group in groups:
        known = list(group())
        wholes.append(known)
        for word, part in _ways(typed):
            at = path and path.removesuffix(typed[len(word) :])
            found = _by_name(word, at, known)
            if found:
                return Meant(_the_one(word, found), part)
    every = [record for known in wholes for _, record in known]
    for fits in (_is_title, _is_in_title) if in_titles else (_is_title,):
        for word, part in _ways(typed):
            titled = _texts(_by_hand([each for each in every if fits(word, each.title)]))
            if titled:
                return Meant(_the_only(word, titled), part)
    names = _names(every)
    raise NoSuchRecord(
        missing.format(typed),
        typed=_ways(typed)[-1][0].rpartition(":")[2].casefold(),
        known=sorted(names),
        otherwise="`govkit list` shows all records.",
        shown=names,
    )


def _ways(typed: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return how the word can be read: as a whole, and as a record with a part of it."""
    found = _PART.fullmatch(typed)
    with_part = [(found["record"], tuple(_INSIDE.findall(found["part"])))] if found else []
    return [(typed, ()), *with_part]


def _by_name(word: str, path: str | None, known: Sequence[tuple[str, K]]) -> list[K]:
    there = [record for at, record in known if at in (word, path)]
    if there:
        return there[:1]
    kind, colon, slug = word.rpartition(":")
    records = [record for _, record in known if not colon or record.kind == kind]
    exact = [record for record in records if record.id == slug]
    other = [record for record in records if record.id.casefold() == slug.casefold()]
    return _texts(exact or other)


def _texts(found: list[K]) -> list[K]:
    """Return what was found, translations left out where there is anything else."""
    return [record for record in found if record.kind != "translation"] or found


def _by_hand(found: list[K]) -> list[K]:
    """Return what was found by its title, records of the process left out where there is more."""
    return [record for record in found if record.kind not in PROCESS_KINDS] or found


def _is_title(word: str, title: str) -> bool:
    return bool(title) and " ".join(title.split()).casefold() == " ".join(word.split()).casefold()


def _is_in_title(word: str, title: str) -> bool:
    wanted = " ".join(word.split()).casefold()
    return len(wanted) >= _SHORTEST and wanted in " ".join(title.split()).casefold()


def _the_one(typed: str, found: Sequence[K]) -> K:
    """Return the record of a name; the texts share their ids, other kinds may have the same."""
    if len({id_space(record.kind or "") for record in found}) > 1:
        raise WrongUse(f"`{typed}` is the name of several records", f"Say which: {_choice(found)}.")
    return found[0]


def _the_only(typed: str, found: Sequence[K]) -> K:
    """Return the record of a title. Raises `WrongUse` where it is the title of several."""
    each = {(record.kind, record.id): record for record in found}
    if len(each) > 1:
        shown = [f"{record.id} ({record.title})" for record in [*each.values()][:_MOST]]
        more = f", and {len(each) - _MOST} more" if len(each) > _MOST else ""
        raise WrongUse(
            f"`{typed}` stands in the titles of {len(each)} records",
            f"Say which: {', '.join(shown)}{more}.",
        )
    return found[0]


def _choice(found: Iterable[K]) -> str:
    return ", ".join(sorted({f"{record.kind}:{record.id}" for record in found}))


def _names(every: Iterable[NamedRecord]) -> dict[str, str]:
    """Return the titles and ids of records, each with the words in which its record is named."""
    names = {}
    for record in every:
        if record.title:
            names[record.title.casefold()] = f"`{record.id}`, {record.title}"
        if record.id:
            names[record.id.casefold()] = f"`{record.id}`"
    return names


def record_meant(
    typed: str,
    documents: Iterable[Document],
    copies: Iterable[Document],
    path: str | None = None,
    *,
    in_titles: bool = True,
) -> Meant[Document]:
    """Return the document that a person means; a copy of a proposal only by its path."""

    def records() -> list[tuple[str, Document]]:
        return [(document.path, document) for document in documents if document.kind]

    def by_path() -> list[tuple[str, Document]]:
        return [(each.path, each) for each in copies if each.path in (typed, path)]

    return meant(typed, (records, by_path), path, in_titles=in_titles)


def readable_record(
    corpus: Corpus, kinds: tuple[str, ...], id: str, what: str, otherwise: str
) -> Document:
    """Return the record of some kinds that has just this id or slug.

    Raises `NoSuchRecord` where none of them can be read; `what` says what they are.
    """
    document = corpus.find(kinds, id)
    if document is not None and document.kind in kinds and document.record is not None:
        return document
    known = [each.id for each in corpus.of_kind(*kinds)]
    raise NoSuchRecord(
        f"there is no {what} `{id}` that can be read", typed=id, known=known, otherwise=otherwise
    )


def proposal_named(corpus: Corpus, id: str) -> Proposal:
    """Return the proposal that has an id. Raises `NoSuchRecord` where none can be read."""
    help = "`govkit list proposal` lists them."
    found = readable_record(corpus, ("proposal",), id, "proposal", help)
    return cast("Proposal", found.record)


def require_part(document: Document, part: tuple[str, ...]) -> None:
    """Raise `WrongUse`, with what is there, where a record lacks the clause or item named."""
    record: Any = document.record
    if not part or record is None:
        return
    names = ("clauses", "preamble", "interpretation")
    there = [str(getattr(each, "id", each)) for name in names for each in getattr(record, name, ())]
    if not there:
        raise WrongUse(f"{document.id} has no clauses", f"Name the whole: `{document.id}`.")
    if part[0] not in there:
        raise WrongUse(
            f"{document.id} has no clause ({part[0]})",
            f"Its clauses: {', '.join(f'({each})' for each in there)}.",
        )
    items = {
        way
        for said in document.said
        if said.clause == part[0] and said.keys[-1] == "text"
        for way in said.wording.labels()
    }
    if len(part) > 1 and part[1:] not in items:
        shown = sorted("".join(f"({each})" for each in (part[0], *way)) for way in items)
        raise WrongUse(
            f"{document.id} has no item {''.join(f'({each})' for each in part)}",
            f"In this clause: {', '.join(shown)}." if shown else "This clause has no items.",
        )
