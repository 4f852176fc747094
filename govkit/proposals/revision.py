"""From one revision to the next: what was named as dropped, and how far each text was edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from govkit.corpus.changes.ripple import rests_on
from govkit.corpus.changes.values import Change, weight
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.proposals.blockers import losses_stop
from govkit.proposals.losses import clauses_of, losses_of, not_missing, withdrawn_clauses
from govkit.proposals.texts import ProposedText, TextComparison
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.proposals import Dropped, Revision
from govkit.round.rounds import EDITORIAL

MEANING = 3
"""The class of an edit of which nothing else is known: never editorial."""


def require_nothing_lost(
    old: Sequence[Document], new: Sequence[Document], dropped: Sequence[Dropped], number: int
) -> tuple[Dropped, ...]:
    """Return all that is dropped, with what the texts themselves say is withdrawn.

    `old` and `new` are the texts of two revisions, `number` that of the new one. Raises `Stopped`
    where words are missing that nobody named, `WrongUse` where something is named that is there.
    """
    before = {document.id: clauses_of(document) for document in old}
    after = {document.id: clauses_of(document) for document in new}
    told = [
        each
        for document in new
        for each in withdrawn_clauses(document)
        if each.clause in before.get(each.id, {})
    ]
    named = {(each.id, each.clause) for each in dropped}
    every = [*dropped, *(each for each in told if (each.id, each.clause) not in named)]
    _refuse_two_fates(dropped)
    there = not_missing(before, after, dropped)
    if there:
        raise _still_there(there[0], before)
    losses = losses_of(before, after, every)
    if losses:
        raise losses_stop(losses, number)
    return tuple(every)


def _refuse_two_fates(dropped: Sequence[Dropped]) -> None:
    """Refuse a place that is named twice: which reason, and which new place, would be printed?"""
    for at, each in enumerate(dropped):
        if any((other.id, other.clause) == (each.id, each.clause) for other in dropped[:at]):
            raise WrongUse(
                f"{_place(each)} is named twice as dropped",
                "Name it once, with one reason; what went into several texts: `into: [ID, ID]` in "
                "the file of --drops.",
            )


def _place(each: Dropped) -> str:
    return f"{each.id}({each.clause})" if each.clause else each.id


def _still_there(each: Dropped, before: Mapping[str, Mapping[str, str]]) -> WrongUse:
    place = _place(each)
    if each.id not in before or (each.clause and each.clause not in before[each.id]):
        known = ", ".join(before.get(each.id, before))
        return WrongUse(
            f"{place} is named as dropped, and was not in the revision before", f"It had: {known}."
        )
    return WrongUse(
        f"{place} is named as dropped, and its words are still there",
        "Take it out of the text too, or do not name it.",
    )


class RevisionEdits:
    """What changed in each text since the revision before."""

    def __init__(
        self,
        sides: TextComparison,
        units: Sequence[ProposedText],
        old: Iterable[Document],
        before: Revision,
    ) -> None:
        """Compare the texts of two revisions: `old` are those of the revision `before`."""
        self.units = units
        self.was = {unit.id: unit for unit in before.units}
        texts = {document.id: document for document in old}
        new = sides.proposed
        rest = [
            each
            for each in new.documents
            if each.kind not in NORMATIVE_KINDS or each.id not in texts
        ]
        now = {document.id: document for document in new.of_kind(*NORMATIVE_KINDS)}
        self.old = corpus_of([*rest, *(_at(texts[id], now.get(id)) for id in texts)])
        self.new = new
        self.changes = {each.id: each for each in sides.compare(self.old, new).changes}

    def edit_of(self, each: ProposedText) -> int | None:
        """Return the class of the edit of a text; None for a new or an untouched one."""
        was = self.was.get(each.unit.id)
        if was is None or was.after == each.unit.after:
            return None
        own = self.changes.get(each.unit.id)
        classes = [weight(own.class_)] if own is not None else []
        for slug, change in self.changes.items():
            if change.kind == "term" and each.unit.id in _users(slug, self.old, self.new):
                classes.append(weight(change.class_))
        return max(classes, default=0) or MEANING

    def since(self) -> dict[str, Change | None]:
        """Return what changed in each text that was there before; None for an untouched one."""
        found: dict[str, Change | None] = {}
        for each in self.units:
            if each.unit.id in self.was:
                moved = self.was[each.unit.id].after != each.unit.after
                found[each.unit.id] = self.changes.get(each.unit.id) if moved else None
        return found

    def all_editorial(self, dropped: Sequence[Dropped]) -> bool:
        """Say whether no text is new or gone, and each edit is editorial at most."""
        ids = {each.unit.id for each in self.units}
        edits = [self.edit_of(each) for each in self.units]
        same = ids == self.was.keys() and not dropped
        same = same and all(
            (self.was[each.unit.id].before, self.was[each.unit.id].after is None)
            == (each.unit.before, each.unit.after is None)
            for each in self.units
        )
        return same and all(edit is None or edit <= EDITORIAL for edit in edits)

    def nothing_changed(self, dropped: Sequence[Dropped]) -> bool:
        """Say whether the revision would hold just what the one before holds."""
        ids = {each.unit.id for each in self.units}
        return (
            not dropped
            and ids == self.was.keys()
            and all(
                (
                    self.was[each.unit.id].before,
                    self.was[each.unit.id].after,
                    self.was[each.unit.id].alternatives,
                )
                == (each.unit.before, each.unit.after, each.unit.alternatives)
                for each in self.units
            )
        )


def _users(slug: str, *corpora: Corpus) -> set[str]:
    return {id for _, id in rests_on(slug, *corpora)}


def _at(copy: Document, here: Document | None) -> Document:
    """Return a copy as if it stood in the place of the text, so that the two are compared."""
    path = here.path if here is not None else f"provisions/{copy.id}.yaml"
    return replace(copy, path=path)


def texts_caused(revision: Revision) -> Iterator[str]:
    """Yield the ids of the texts that are in a revision because of a definition alone."""
    for unit in revision.units:
        if (unit.cause or "").startswith("term:"):
            yield unit.id
