"""What each person says about each text in the end: the last word by the order of the log.

Each record's bindings are looked at once. Records are taken newest first, so that a word that a
later one has replaced costs one look and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from govkit.consent.admission import Admitted, Aside, Hearing, enough
from govkit.consent.rounds import Round

Standing = Literal["fresh", "carried", "stale"]
Key = tuple[str, str]
"""For whom somebody speaks, and the person."""


class Word(NamedTuple):
    """The last word of a person about a text: the position, and whether it is to these words."""

    position: Admitted
    standing: Standing


class Folded(NamedTuple):
    """The last words by text, and the positions whose evidence is too weak to count."""

    words: Mapping[str, Mapping[Key, Word]]
    reported: tuple[Aside, ...]


def fold(round: Round, hearing: Hearing) -> Folded:
    """Return the last word of each person about each text of the round."""
    words: dict[str, dict[Key, Word]] = {id: {} for id in round.ballots}
    reported = []
    for each in reversed(hearing.admitted):
        weak = _weak_for(round, each)
        if weak:
            needed = ", ".join(sorted(weak))
            reported.append(Aside(each.id, f"{each.level} is too weak for the policy {needed}"))
        if len(weak) < len(round.docket.policies):
            _put(round, each, weak, words)
    return Folded(words, tuple(reversed(reported)))


def _put(
    round: Round, each: Admitted, weak: set[str], words: Mapping[str, dict[Key, Word]]
) -> None:
    key, ballots = each.key, round.ballots
    for pair in each.record.units:
        said = words.get(pair.id)
        if said is None:
            continue  # the text left the proposal
        known = said.get(key)
        if known is not None and not (known.position is each and known.standing == "stale"):
            continue
        ballot = ballots[pair.id]
        if ballot.policy not in weak:
            said[key] = Word(each, ballot.words.get((pair.before, pair.after), "stale"))


def _weak_for(round: Round, each: Admitted) -> set[str]:
    """Return the policies of this round that ask for more evidence than the position has."""
    used = {ballot.policy for ballot in round.ballots.values()}
    return {
        name for name, policy in round.docket.policies.items()
        if name in used and not enough(each, policy)
    }  # fmt: skip
