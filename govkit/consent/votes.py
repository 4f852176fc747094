"""What each voice on the roll says about one text: one stance a voice, one voice a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from govkit.consent.latest_positions import Key, LatestPosition
from govkit.consent.objections import Objection
from govkit.records.enumerations import MOST_CAUTIOUS_FIRST
from govkit.records.policies import Policy
from govkit.round.roll import voice_of

Stance = Literal[
    "consent", "consent-with-reservation", "stand-aside", "object", "abstain", "answered", "stale"
]
"""`answered` is an objector who is satisfied: heard, and not consenting. `stale` is a word about
other words than these."""

YES: tuple[Stance, ...] = ("consent", "consent-with-reservation")


class Vote(NamedTuple):
    """What one voice says: the stance, the group, the member and person it comes from."""

    name: str
    group: str
    said: Stance
    member: str
    person: str
    key: Key
    carried: bool = False
    left: bool = False
    reason: str | None = None
    spoke: tuple[tuple[str, Stance], ...] = ()
    """Where several spoke for one body: each person, and what they say, by their ids."""


class Electorate:
    """The voices of a roll under one policy. `groups` are all of them with their groups.

    What a position gives alone is made once for all the texts that it is about.
    """

    def __init__(self, groups: Mapping[str, str], policy: Policy) -> None:
        """Take the roll."""
        self.groups = groups
        self.policy = policy
        self._alone: dict[LatestPosition, Vote | None] = {}

    def voices(
        self, words: Mapping[Key, LatestPosition], objections: Mapping[Key, Objection]
    ) -> tuple[Vote, ...]:
        """Return the voices that say something about a text, in the order of their names."""
        found: dict[str, Vote] = {}
        several: dict[str, list[Key]] = {}
        for key, word in words.items():
            voice = self._of(word, objections.get(key) if objections else None)
            if voice is None:
                continue
            if voice.name in found:
                several.setdefault(voice.name, [found[voice.name].key]).append(key)
            else:
                found[voice.name] = voice
        for name, keys in several.items():
            found[name] = self._of_body([(words[key], objections.get(key)) for key in keys])
        return _once_a_person([found[name] for name in sorted(found)])

    def _of(self, word: LatestPosition, objection: Objection | None) -> Vote | None:
        """Return what one word gives, or None after a withdrawal."""
        if objection is not None:
            return self._made(word, objection)
        if word not in self._alone:
            self._alone[word] = self._made(word, None)
        return self._alone[word]

    def _made(self, word: LatestPosition, objection: Objection | None) -> Vote | None:
        said = _said(word, objection)
        if said is None:
            return None
        position = word.position
        seat, record = position.seat, position.record
        name = voice_of(seat, self.policy)
        return Vote(
            name,
            self.groups.get(name, seat.group),
            said,
            record.member,
            position.person,
            position.key,
            word.freshness == "carried",
            seat.left,
            record.printed_reason,
        )

    def _of_body(self, said: list[tuple[LatestPosition, Objection | None]]) -> Vote:
        """Return what counts of several who speak for one body.

        The most cautious, until the one who leads has settled it: that is, spoken last. Nobody
        settles an objection so. The others stay named beside it.
        """
        made = [(word, self._of(word, objection)) for word, objection in said]
        heard = [(word, voice) for word, voice in made if voice is not None]
        # A word about other words must not silence a colleague who spoke about these.
        fresh = [each for each in heard if each[1].said != "stale"] or heard
        last = max(fresh, key=lambda each: each[0].position.entry.seq)
        spoke = last[0].position
        after = all(word is last[0] or spoke.follows(word.position) for word, _ in fresh)
        if spoke.lead and after and not any(voice.said == "object" for _, voice in fresh):
            counts = last[1]
        else:
            counts = min(fresh, key=lambda each: (_RANK[each[1].said], each[0].position.entry.seq))[
                1
            ]
        return counts._replace(spoke=tuple(sorted((v.person, v.said) for _, v in heard)))


_RANK = {said: place for place, said in enumerate((*MOST_CAUTIOUS_FIRST, "stale"))}


def _said(word: LatestPosition, objection: Objection | None) -> Stance | None:
    """Return what a word says, or None after a withdrawal: then the member is not heard."""
    stance = word.position.record.position
    if objection is not None and objection.state != "withdrawn":
        if objection.state != "satisfied":
            return "object"  # whatever came later; silence does not take it back
        if stance == "object":
            return "answered"
    if stance == "withdraw" or stance == "object":
        return None
    return "stale" if word.freshness == "stale" else stance


def _once_a_person(voices: list[Vote]) -> tuple[Vote, ...]:
    """Count a person once who speaks for a body and for themselves; the body's voice stays.

    What they said in the other capacity is kept where it is an objection.
    """
    bodies = {voice.person for voice in voices if voice.name != voice.person}
    if not bodies:
        return tuple(voices)
    return tuple(
        voice
        for voice in voices
        # Only a second yes is dropped: it alone would make one person count twice towards adoption.
        if voice.name != voice.person or voice.person not in bodies or voice.said not in YES
    )
