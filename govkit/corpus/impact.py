"""What rests on a record: all that refers to it, directly or through others, as a tree.

Each record stands in full where it is reached by the fewest steps; elsewhere it is only named. So a
circle of references ends where it meets itself.

Some references only point: "see also", a word in a rationale, the order of a book. They are listed
for the record that was asked about, and lead no further; else everything would rest on everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govkit.corpus.base import key_of
from govkit.corpus.changes.ripple import rests_on
from govkit.corpus.documents import Document
from govkit.corpus.fields import Reference
from govkit.corpus.whole import Corpus
from govkit.findings import Route
from govkit.records.kinds import KINDS, NORMATIVE_KINDS, TEXT_KINDS

DEEPEST = 100
"""Levels that are ever shown: a longer chain is counted to its end, and not shown to its end."""

POINTERS = (
    "alongside",
    "editor",
    "let-stand-by",
    "monitored-by",
    "prose",
    "reviewed-by",
    "see",
    "see-also",
    "superseded-by",
    "supersedes",
    "verified-by",
)
"""Roles of references that only point: what has them does not depend on what they lead to."""

HOLDERS = ("item", "level")
"""Roles of what holds a record and depends on none of its words: a book. They lead no further."""

IN_FORCE = ("trial", "adopted", "deprecated")
"""The states of a text to which somebody has consented and which still holds."""


class Link(NamedTuple):
    """How a record rests on the one above it: the role, where, and in which clause if in one."""

    role: str
    route: Route
    clause: str


@dataclass(frozen=True)
class Dependent:
    """A record that rests on the one above it.

    `again` says that it stands in full elsewhere in the tree, and `below` is then empty. `moves`
    says that its digest changes with the definition at the top; `needs_consent` that somebody
    consented to it, and would have to consent again.
    """

    document: Document
    links: tuple[Link, ...]
    again: bool
    moves: bool
    below: list[Dependent] = field(default_factory=list)

    @property
    def needs_consent(self) -> bool:
        """Return whether a change of the definition at the top asks for a new consent to it."""
        return self.moves and self.document.status in IN_FORCE


@dataclass(frozen=True)
class Impact:
    """All that rests on a record.

    `all` is every such record once, sorted by kind and id, at whatever depth; `too_deep` counts
    those of them that the tree does not show. `moved` are those whose digest changes with the
    definition, if the record is a term.
    """

    document: Document
    tree: tuple[Dependent, ...]
    all: tuple[Document, ...]
    too_deep: int
    moved: tuple[Document, ...]
    part: tuple[str, ...] = ()

    @property
    def to_consent_again(self) -> tuple[Document, ...]:
        """Return what would need a new consent if the definition changed."""
        return tuple(document for document in self.moved if document.status in IN_FORCE)


def impact_of(
    corpus: Corpus, document: Document, depth: int = DEEPEST, part: tuple[str, ...] = ()
) -> Impact:
    """Return what rests on a document, shown down to `depth` levels (1: what refers to it).

    `part` is a clause of it, and the way to an item: then it is what refers to that, or inside it.
    """
    search = _Search(corpus, document, part)
    top: list[Dependent] = []
    shown: set[str] = set()
    level = [(document, top)]
    at = 0
    while level:
        reached: list[tuple[Document, list[Dependent]]] = []
        for above, below in level:
            for resting in search.directly(above):
                if at < min(depth, DEEPEST):
                    below.append(resting)
                    shown.add(resting.document.path)
                if not resting.again and _leads_on(resting.links):
                    reached.append((resting.document, resting.below))
        level = reached
        at += 1
    everything = tuple(sorted((corpus.by_path[path] for path in search.seen), key=_order))
    moved = tuple(each for each in everything if (each.kind, each.id) in search.moves)
    return Impact(document, tuple(top), everything, len(everything) - len(shown), moved, part)


class _Search:
    """The search for what rests on a document, level by level.

    `seen` are the paths that were met; `led` those from which the search went on. `moves` are
    (kind, id) of the units whose digest changes with the definition, if the document is a term.
    """

    def __init__(self, corpus: Corpus, top: Document, part: tuple[str, ...]) -> None:
        self.corpus, self.top, self.part = corpus, top, part
        self.seen: set[str] = set()
        self.led: set[str] = set()
        self.moves: frozenset[tuple[str, str]] = frozenset()
        if top.kind == "term":
            self.moves = frozenset(rests_on(top.id, corpus))

    def directly(self, above: Document) -> Iterator[Dependent]:
        """Yield what refers to a document, sorted by kind and id."""
        found: dict[str, tuple[Document, list[Reference]]] = {}
        for document, reference in self.corpus.back_links.get(key_of(above), ()):
            part = self.part if above is self.top else ()
            is_wanted = reference.inside[: len(part)] == part and (
                above is self.top or reference.role not in POINTERS
            )
            if is_wanted and document.path not in (above.path, self.top.path):
                found.setdefault(document.path, (document, []))[1].append(reference)
        for document, references in sorted(found.values(), key=lambda pair: _order(pair[0])):
            yield self._resting(document, tuple(_links(document, references)))

    def _resting(self, document: Document, links: tuple[Link, ...]) -> Dependent:
        # What was only pointed from before, and now turns out to depend, stands in full here.
        known = self.led if _leads_on(links) else self.seen
        again = document.path in known
        self.seen.add(document.path)
        if _leads_on(links):
            self.led.add(document.path)
        moves = document.kind in NORMATIVE_KINDS and (document.kind, document.id) in self.moves
        return Dependent(document, links, again, moves)


def _leads_on(links: Iterable[Link]) -> bool:
    return any(link.role not in (*POINTERS, *HOLDERS) for link in links)


def _order(document: Document) -> tuple[int, str, str]:
    return (list(KINDS).index(document.kind or ""), document.id, document.path)


def _links(document: Document, references: Iterable[Reference]) -> Iterator[Link]:
    for reference in references:
        yield Link(reference.role, reference.route, clause_of(document, reference))


def clause_of(document: Document, reference: Reference) -> str:
    """Return the clause in which a link stands; parties are noted once a text, and have none."""
    if reference.role in ("addressee", "beneficiary") or len(reference.route.keys) < 2:
        return ""
    name, at = reference.route.keys[:2]
    lists = ("clauses",) if document.kind in TEXT_KINDS else ("preamble", "interpretation")
    if name not in lists or not isinstance(at, int):
        return ""
    parts: Any = getattr(document.record, str(name))
    return str(parts[at].id)
