"""What changed since an earlier release, in the order in which a reader has to know it.

Computed from the two states and from nothing that a person typed: a typed list can leave out what
somebody would rather not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.declared import declarations_of
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.whole import Corpus
from govkit.records.decisions import Decision
from govkit.records.proposals import Revision
from govkit.records.releases import Manifest
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords
from govkit.release.changes import changes_of_book

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

LEADS: tuple[Lead, ...] = get_args(Lead)
_BY_CLASS: dict[object, Lead] = {
    0: "editorial",
    1: "editorial",
    2: "arrangement",
    3: "clarifications",
    4: "additions",
    5: "force",
    6: "scope",
    7: "definitions",
    8: "additions",
    "S": "status",
}


class Note(NamedTuple):
    """One change: what it is put under, and what stands behind the new words (None: nothing)."""

    change: Change
    lead: Lead
    adoption: AdoptionRecord | None


class NoteIssue(NamedTuple):
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
    history: tuple[NoteIssue, ...] = ()

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
    adoptions: AdoptionRecords,
    history: tuple[NoteIssue, ...] = (),
) -> Notes:
    """Return the notes on the step from one state to another, for one book or for all of them."""
    if previous is None:
        return Notes(None, (), history)
    changes = book_changes(previous, corpus, instrument)
    notes = tuple(
        Note(change, lead_of(change), adoptions.of(change.id)) for change in changes.changes
    )
    return Notes(changes, notes, history)


def lead_of(change: Change) -> Lead:
    """Return what a change is put under. If any part of it weakens protection, that comes first."""
    return "weakens" if weakens(change) else _BY_CLASS[5 if change.unanswered else change.class_]


def weakens(change: Change) -> bool:
    """Say whether a change weakens the user's protection, as a whole or in one of its parts."""
    ways = [change.direction]
    ways += [field.direction for field in change.fields]
    ways += [clause.direction for clause in change.clauses]
    return any(way.user_protection in ("weaker", "stronger and weaker") for way in ways)


# --- which changes are those of a book ------------------------------------------------------------


def book_changes(previous: Corpus, corpus: Corpus, instrument: str | None) -> Changes:
    """Return what changed in a book, or in all of them. `others` are the rules that differ."""
    if instrument is None:
        changes = changes_between(previous, corpus, declared=declarations_of(corpus.documents))
    else:
        changes = changes_of_book(previous, corpus, instrument)
    return replace(changes, others=tuple(_rules_changed(previous, corpus)))


def _rules_changed(previous: Corpus, corpus: Corpus) -> Iterator[str]:
    """Yield the paths of the charter and the policies that are not as they were."""
    for path in sorted({*previous.by_path, *corpus.by_path}):
        was, is_ = previous.by_path.get(path), corpus.by_path.get(path)
        kind = (is_ or was).kind  # type: ignore[union-attr]
        same = was is not None and is_ is not None and was.record == is_.record
        if kind in ("charter", "policy") and not same:
            yield path


# --- the words of each text through the releases --------------------------------------------------


def history_of(manifests: Iterable[Manifest], corpus: Corpus) -> tuple[NoteIssue, ...]:
    """Return for every text the releases in which its words were others than before.

    `manifests` are those of one book, the oldest first. Drafts count where they are given.
    """
    last: dict[str, str] = {}
    found: list[NoteIssue] = []
    for manifest in manifests:
        day = str(manifest.dated)
        now = {unit.id: unit for unit in manifest.units}
        for id, unit in now.items():
            if last.get(id) != unit.digest:
                what: Literal["new", "changed"] = "changed" if id in last else "new"
                number = _class_decided(corpus, unit.adopted_by, id)
                found.append(NoteIssue(id, manifest.version, day, what, number))
        gone = [id for id in last if id not in now]
        found += [NoteIssue(id, manifest.version, day, "gone", None) for id in gone]
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
