"""Who asked for a change, and who decided it: the proposal, its comments, the positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govkit.consent.objections import DISSENT
from govkit.consent.votes import YES
from govkit.corpus.changes.values import Changes
from govkit.corpus.whole import Corpus
from govkit.records.comments import Comment
from govkit.records.decisions import ADOPTED, Decision
from govkit.records.proposals import Revision
from govkit.release.adoption_record import DecidedProposal, DecidedProposals

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
    words = {(change.id, change.after) for change in changes.changes}
    asked, decided = _asked(corpus), DecidedProposals(corpus)
    for document in corpus.of_kind("revision"):
        if isinstance(document.record, Revision):
            proposal = document.id.split("/")[0]
            for unit in document.record.units:
                if (unit.id, unit.after) in words:
                    comments = tuple(asked.get((proposal, unit.id), ()))
                    found[unit.id] = ChangeOrigin(proposal, comments)
    for document in corpus.of_kind("decision"):
        record = document.record
        if isinstance(record, Decision):
            for each in record.units:
                if (each.id, each.after) in words and each.outcome in ADOPTED:
                    resolved = decided.of(document, record)
                    assert resolved is not None
                    comments = tuple(asked.get((resolved.id, each.id), ()))
                    found[each.id] = _decided(resolved, each.id, comments)
    return found


def _asked(corpus: Corpus) -> Mapping[tuple[str, str], list[str]]:
    """Return the numbers of the accepted comments, in their order, by proposal and text.

    They are without the zeros that they have in the file: `3` for `0003`.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for document in corpus.of_kind("comment"):
        record = document.record
        disposition = record.disposition if isinstance(record, Comment) else None
        if isinstance(record, Comment) and disposition and disposition.action in _GRANTED:
            proposal, *_, number = document.id.split("/")
            result = getattr(disposition.result, "unit", None)
            for unit in filter(None, dict.fromkeys((record.target.unit, result))):
                found.setdefault((proposal, unit), []).append(number.lstrip("0"))
    return found


def _decided(resolved: DecidedProposal, id: str, comments: tuple[str, ...]) -> ChangeOrigin:
    unit, sums = resolved.unit(id), resolved.sum(id)
    voices = sums.voices if sums else ()
    objections = unit.objections if unit else ()
    return ChangeOrigin(
        resolved.id,
        comments,
        resolved,
        tuple(sorted({each.member for each in voices if each.said in YES})),
        tuple(sorted({each.member for each in objections if each.state in DISSENT})),
    )
