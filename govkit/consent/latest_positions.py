"""What each person says about each text in the end: the last word by the order of the log.

Each record's bindings are looked at once.

A signed statement says up to where its author had seen the log. It is no answer to what came
later: else whoever holds it back could file it at last, against what the member has said since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govkit.consent.admission import (
    Admission,
    AdmittedPosition,
    ExcludedRecord,
    has_enough_evidence,
)
from govkit.round.rounds import Round

Standing = Literal["fresh", "carried", "stale"]
Key = tuple[str, str]
"""For whom somebody speaks, and the person."""


@dataclass(frozen=True, slots=True, eq=False)
class LatestPosition:
    """The last word of a person about a text: the position, and whether it is to these words.

    One value for each position and standing, however many texts it is about.
    """

    position: AdmittedPosition
    standing: Standing


class LatestPositions(NamedTuple):
    """The last words by text, and the positions whose evidence is too weak to count."""

    words: Mapping[str, Mapping[Key, LatestPosition]]
    reported: tuple[ExcludedRecord, ...]


def latest_positions(round: Round, admission: Admission) -> LatestPositions:
    """Return the last word of each person about each text of the round."""
    words: dict[str, dict[Key, LatestPosition]] = {id: {} for id in round.questions}
    last: dict[Key, dict[str, LatestPosition]] = {}
    reported = []
    for each in sorted((*admission.admitted, *admission.carried), key=lambda each: each.entry.seq):
        weak = _weak_for(round, each)
        if weak:
            needed = ", ".join(sorted(weak))
            reported.append(
                ExcludedRecord(each.id, f"{each.level} is too weak for the policy {needed}")
            )
        if each.record.member not in round.roll:
            continue  # it gives nobody a voice
        key = each.key
        said = last.setdefault(key, {})
        for id, word in _new_words(round, each, weak, said):
            said[id] = words[id][key] = word
    return LatestPositions(words, tuple(reported))


def _new_words(
    round: Round, each: AdmittedPosition, weak: set[str], said: Mapping[str, LatestPosition]
) -> Iterator[tuple[str, LatestPosition]]:
    """Yield what a position says about the texts on which no word of before stands against it."""
    questions = round.questions
    stands: dict[Standing, LatestPosition] = {
        standing: LatestPosition(each, standing) for standing in ("fresh", "carried", "stale")
    }
    stale = stands["stale"]
    for pair in each.record.units:
        id = pair.id
        known = said.get(id)
        question = questions.get(id)  # none where the text left the proposal
        # Too weak to count is too weak to replace: a reported word must not undo a signed one.
        if question is None or question.policy in weak:
            continue
        word = stands[question.words.get((pair.before, pair.after), "stale")]
        # A record may bind a text to two pairs (`alternatives`): the one that counts goes before
        # the one that is stale.
        if known is not None and known.position is each and known is not stale:
            continue
        if known is None or not _outlasts(known, word):
            yield id, word


def _outlasts(earlier: LatestPosition, later: LatestPosition) -> bool:
    """Say whether an earlier word stands against one that was filed later and said before it.

    It does, but for an objection: to object late is always open (decision 40).
    """
    if earlier.standing == "stale" or later.position.record.position == "object":
        return False
    return not later.position.has_seen(earlier.position)


def _weak_for(round: Round, each: AdmittedPosition) -> set[str]:
    """Return the policies of this round that ask for more evidence than the position has."""
    used = {question.policy for question in round.questions.values()}
    return {
        name
        for name, policy in round.docket.policies.items()
        if name in used and not has_enough_evidence(each, policy)
    }
