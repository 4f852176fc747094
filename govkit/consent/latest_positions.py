"""What each person says about each text in the end: the last word, by when it was received.

Each record's bindings are looked at once.

A coordinator types when something was received. So a word that was filed later and is said to have
come earlier leaves it in doubt which was the last; the more cautious counts, and the member is
asked (decision 51).

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
from govkit.records.enumerations import MOST_CAUTIOUS_FIRST
from govkit.round.rounds import Round

PositionFreshness = Literal["fresh", "carried", "stale"]
Key = tuple[str, str]
"""For whom somebody speaks, and the person."""


@dataclass(frozen=True, slots=True, eq=False)
class LatestPosition:
    """The last word of a person about a text: the position, and whether it is to these words.

    One value for each position and freshness, however many texts it is about.
    """

    position: AdmittedPosition
    freshness: PositionFreshness

    @property
    def stance(self) -> str:
        """Return what it says."""
        return self.position.record.position

    @property
    def caution(self) -> int:
        """Return how far it is from agreeing: the less, the more cautious."""
        return MOST_CAUTIOUS_FIRST.index(self.stance)

    @property
    def fits(self) -> bool:
        """Say whether it stands until something later is said; an objection does to any words."""
        return self.freshness != "stale" or self.stance == "object"


PerhapsLast = tuple[LatestPosition, ...]
"""The words of one person about a text of which each may be the last; nearly always one."""


class LatestPositions(NamedTuple):
    """The last words by text, and the positions whose evidence is too weak to count.

    `doubts` are those of which nobody can say which was the last, contrary to each other, in the
    order of the log; the most cautious of them is the one among `words`.
    """

    words: Mapping[str, Mapping[Key, LatestPosition]]
    reported: tuple[ExcludedRecord, ...]
    doubts: Mapping[str, Mapping[Key, PerhapsLast]]


def latest_positions(round: Round, admission: Admission) -> LatestPositions:
    """Return the last word of each person about each text of the round."""
    words: dict[str, dict[Key, LatestPosition]] = {id: {} for id in round.questions}
    doubts: dict[str, dict[Key, PerhapsLast]] = {}
    last: dict[Key, dict[str, PerhapsLast]] = {}
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
        for id, perhaps in _new_words(round, each, weak, said):
            said[id] = perhaps
            words[id][key] = perhaps[0] if len(perhaps) == 1 else most_cautious(perhaps)
            if len(perhaps) > 1:
                doubts.setdefault(id, {})[key] = perhaps
            elif id in doubts:
                doubts[id].pop(key, None)
    return LatestPositions(words, tuple(reported), doubts)


def most_cautious(perhaps: PerhapsLast) -> LatestPosition:
    """Return the word that counts of those that may be the last."""
    return min(perhaps, key=lambda word: word.caution)


def _new_words(
    round: Round, each: AdmittedPosition, weak: set[str], said: Mapping[str, PerhapsLast]
) -> Iterator[tuple[str, PerhapsLast]]:
    """Yield the texts on which a position changes what may be the last word, with that."""
    questions = round.questions
    stands: dict[PositionFreshness, LatestPosition] = {
        freshness: LatestPosition(each, freshness) for freshness in ("fresh", "carried", "stale")
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
        if known is None:
            yield id, (word,)
            continue
        # A record may bind a text to two pairs (`alternatives`): the one that counts goes before
        # the one that is stale.
        own = [other for other in known if other.position is each]
        if own and own[0] is not stale:
            continue
        perhaps = _perhaps_last(known, word)
        if perhaps is not known:
            yield id, perhaps


def _perhaps_last(known: PerhapsLast, word: LatestPosition) -> PerhapsLast:
    """Return which words may be the last, after one that was filed later than those known.

    It is the last where it surely follows all of them. One that does not see them leaves them
    alone, but for an objection: to object late is always open (decision 40).
    """
    own, stance = word.position, word.stance
    fitting = tuple(each for each in known if each.fits and each.position is not own)
    if stance == "object":
        fitting = tuple(
            each for each in fitting if each.stance != stance and own.has_seen(each.position)
        )
    elif not all(own.has_seen(each.position) for each in fitting):
        return known
    if all(own.follows(each.position) for each in fitting):
        return (word,)
    if stance == "object":
        return (*fitting, word)
    if any(each.stance == stance or own.came_before(each.position) for each in fitting):
        return known
    # To other words, it matters only where it is the one that counts.
    if word.freshness == "stale" and word.caution > min(each.caution for each in fitting):
        return known
    return (*(each for each in known if each.position is not own), word)


def _weak_for(round: Round, each: AdmittedPosition) -> set[str]:
    """Return the policies of this round that ask for more evidence than the position has."""
    used = {question.policy for question in round.questions.values()}
    return {
        name
        for name, policy in round.docket.policies.items()
        if name in used and not has_enough_evidence(each, policy)
    }
