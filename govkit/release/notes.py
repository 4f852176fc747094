"""What changed since an earlier release, in the order in which a reader has to know it.

Computed from the two states and from nothing that a person typed: a typed list can leave out what
somebody would rather not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from govkit.corpus.changes.bump import highest
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.declared import classes_declared
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.whole import Corpus
from govkit.records.decisions import Decision
from govkit.records.kinds import TEXT_KINDS, id_space
from govkit.records.proposals import Revision
from govkit.records.releases import Manifest
from govkit.records.texts import Instrument, Section
from govkit.release.standing import Standing, Standings

Lead = Literal[
    "weakens",
    "force",
    "scope",
    "definitions",
    "additions",
    "clarifications",
    "arrangement",
    "editorial",
    "status",
]
"""What a note is put under, in print order: what weakens the user's protection comes first."""

LEADS: tuple[Lead, ...] = (
    "weakens", "force", "scope", "definitions", "additions", "clarifications", "arrangement",
    "editorial", "status",
)  # fmt: skip
_BY_CLASS: dict[object, Lead] = {
    0: "editorial", 1: "editorial", 2: "arrangement", 3: "clarifications", 4: "additions",
    5: "force", 6: "scope", 7: "definitions", 8: "additions", "S": "status",
}  # fmt: skip


class Note(NamedTuple):
    """One change: what it is put under, and what stands behind the new words (None: nothing)."""

    change: Change
    lead: Lead
    standing: Standing | None


class Issue(NamedTuple):
    """That a text had other words in a release than in the one before.

    `what` says whether it came in, changed, or was taken out; `number` is the class of the change
    that was decided, None where no decision says it.
    """

    id: str
    version: str
    day: str
    what: Literal["new", "changed", "gone"]
    number: int | None


@dataclass(frozen=True)
class Notes:
    """The notes of a release. `changes` is None for a first one: there is nothing to compare with.

    `history` tells of every text in which release it had which words, the oldest first.
    """

    changes: Changes | None
    notes: tuple[Note, ...]
    history: tuple[Issue, ...] = ()

    @property
    def is_first(self) -> bool:
        """Say whether there is no earlier release to compare with."""
        return self.changes is None

    def under(self, lead: Lead) -> tuple[Note, ...]:
        """Return the notes that are put under one heading."""
        return tuple(note for note in self.notes if note.lead == lead)


def notes_of(
    previous: Corpus | None,
    corpus: Corpus,
    instrument: str | None,
    standings: Standings,
    history: tuple[Issue, ...] = (),
) -> Notes:
    """Return the notes on the step from one state to another, for one book or for all of them."""
    if previous is None:
        return Notes(None, (), history)
    changes = book_changes(previous, corpus, instrument)
    notes = tuple(_note(change, standings) for change in changes.changes)
    return Notes(changes, notes, history)


def _note(change: Change, standings: Standings) -> Note:
    return Note(change, lead_of(change), standings.of(change.id))


def lead_of(change: Change) -> Lead:
    """Return what a change is put under. If any part of it weakens protection, that comes first."""
    return "weakens" if weakens(change) else _BY_CLASS[change.class_]


def weakens(change: Change) -> bool:
    """Say whether a change weakens the user's protection, as a whole or in one of its parts."""
    ways = [change.direction]
    ways += [field.direction for field in change.fields]
    ways += [clause.direction for clause in change.clauses]
    return any(way.user_protection == "weaker" for way in ways)


# --- which changes are those of a book ------------------------------------------------------------


def book_changes(previous: Corpus, corpus: Corpus, instrument: str | None) -> Changes:
    """Return what changed in a book: its frame, its texts, and the terms and sources they use.

    None stands for all books together.
    """
    declared = classes_declared(corpus.of_kind("declaration"))
    changes = changes_between(previous, corpus, declared=declared)
    if instrument is None:
        return changes
    held = held_by(previous, instrument) | held_by(corpus, instrument)
    kept = tuple(change for change in changes.changes if (_space(change), change.id) in held)
    ids = {change.id for change in kept}
    by_calendar = changes.bump is None
    return replace(
        changes,
        changes=kept,
        bump=None if by_calendar else highest(change.bump for change in kept),
        sweeps=tuple(each for each in changes.sweeps if _of(each.clauses, ids)),
        unread=tuple(each for each in changes.unread if each.id in {id for _, id in held}),
        others=tuple(path for path in changes.others if path.startswith(_RULES)),
    )


_RULES = ("governance/charter.yaml", "governance/policies/")


def _of(clauses: Iterable[str], ids: set[str]) -> bool:
    return any(clause.partition("(")[0] in ids for clause in clauses)


def _space(change: Change) -> str:
    # A translation is told with the text that it is of.
    if change.kind == "translation":
        return ""
    return id_space(change.kind)


def held_by(corpus: Corpus, instrument: str) -> set[tuple[str, str]]:
    """Return what a book holds, as (id space, id): its texts and all that they rest on."""
    head = corpus.find(("instrument",), instrument)
    if head is None or not isinstance(head.record, Instrument):
        return set()
    texts = [corpus.find(TEXT_KINDS, id) for id in _items(head.record.parts)]
    waiting = [head, *(text for text in texts if text is not None)]
    found: set[tuple[str, str]] = set()
    while waiting:
        document = waiting.pop()
        kind = document.kind or ""
        key = (id_space(kind), document.id)
        if key in found:
            continue
        found.add(key)
        found.add(("", document.id))
        for reference in document.references:
            used = {"term", "source"} & set(reference.kinds)
            other = corpus.find(tuple(sorted(used)), reference.key) if used else None
            if other is not None:
                waiting.append(other)
    return found


def _items(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from section.items
        yield from _items(section.parts)


# --- the words of each text through the releases --------------------------------------------------


def history_of(manifests: Iterable[Manifest], corpus: Corpus) -> tuple[Issue, ...]:
    """Return for every text the releases in which its words were others than before.

    `manifests` are those of one book, the oldest first. Drafts count where they are given.
    """
    last: dict[str, str] = {}
    found: list[Issue] = []
    for manifest in manifests:
        day = str(manifest.dated)
        now = {unit.id: unit for unit in manifest.units}
        for id, unit in now.items():
            if last.get(id) != unit.digest:
                what: Literal["new", "changed"] = "changed" if id in last else "new"
                number = _class_decided(corpus, unit.adopted_by, id)
                found.append(Issue(id, manifest.version, day, what, number))
        gone = [id for id in last if id not in now]
        found += [Issue(id, manifest.version, day, "gone", None) for id in gone]
        last = {id: unit.digest for id, unit in now.items()}
    order = {issue.id: at for at, issue in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda issue: order[issue.id]))


def _class_decided(corpus: Corpus, path: str | None, id: str) -> int | None:
    """Return the class under which words were decided, as the revision says it."""
    document = corpus.by_path.get(path or "")
    if document is None or not isinstance(document.record, Decision):
        return None
    folder = document.path.rpartition("/")[0]
    revision = corpus.by_path.get(f"{folder}/rev-{document.record.revision}/revision.yaml")
    if revision is None or not isinstance(revision.record, Revision):
        return None
    units = {unit.id: max(unit.class_, unit.floor) for unit in revision.record.units}
    return units.get(id)
