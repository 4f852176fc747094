"""Who asked for a change, and who decided it: the proposal, its comments, the positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govkit.consent.objections import DISSENT
from govkit.consent.votes import YES
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.whole import Corpus
from govkit.records.comments import Comment
from govkit.records.decisions import ADOPTED, Decision
from govkit.records.proposals import Revision
from govkit.release.adoption_record import DecidedProposal, decided_proposal

_GRANTED = ("accepted", "accepted-in-part")


@dataclass(frozen=True)
class ChangeOrigin:
    """What stands behind the new words of one text.

    `comments` are the numbers of those that were accepted about it. `decided` is None while the
    proposal is open; `agreed` and `dissented` are members, by their ids, sorted.
    """

    proposal: str
    comments: tuple[str, ...]
    decided: DecidedProposal | None = None
    agreed: tuple[str, ...] = ()
    dissented: tuple[str, ...] = ()


def origins_of(corpus: Corpus, changes: Changes) -> Mapping[str, ChangeOrigin]:
    """Return the origin of each changed text, by its id, where a proposal has its exact words.

    `corpus` is the newer state, whole. Of several proposals with the same words the last counts.
    """
    found: dict[str, ChangeOrigin] = {}
    words = {(change.id, change.after): change for change in changes.changes}
    for document in corpus.of_kind("revision"):
        if isinstance(document.record, Revision):
            proposal = document.id.split("/")[0]
            for unit in document.record.units:
                if change := words.get((unit.id, unit.after)):
                    found[unit.id] = ChangeOrigin(proposal, _asked(corpus, proposal, change))
    for document in corpus.of_kind("decision"):
        record = document.record
        if isinstance(record, Decision):
            for each in record.units:
                if (each.id, each.after) in words and each.outcome in ADOPTED:
                    change = words[each.id, each.after]
                    found[each.id] = _decided(corpus, decided_proposal(corpus, document), change)
    return found


def _asked(corpus: Corpus, proposal: str, change: Change) -> tuple[str, ...]:
    """Return the numbers of the comments that were accepted, in the file's form: `0003`."""
    return tuple(
        sorted(
            document.id.rpartition("/")[2].lstrip("0")
            for document in corpus.of_kind("comment")
            if document.id.startswith(f"{proposal}/")
            and isinstance(record := document.record, Comment)
            and record.disposition is not None
            and record.disposition.action in _GRANTED
            and change.id in (record.target.unit, getattr(record.disposition.result, "unit", None))
        )
    )


def _decided(corpus: Corpus, resolved: DecidedProposal | None, change: Change) -> ChangeOrigin:
    assert resolved is not None
    unit, sums = resolved.unit(change.id), resolved.sum(change.id)
    voices = sums.voices if sums else ()
    objections = unit.objections if unit else ()
    return ChangeOrigin(
        resolved.id,
        _asked(corpus, resolved.id, change),
        resolved,
        tuple(sorted({each.member for each in voices if each.said in YES})),
        tuple(sorted({each.member for each in objections if each.state in DISSENT})),
    )
