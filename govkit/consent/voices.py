"""What each voice on the roll says about one text: one stance a voice, one voice a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from govkit.consent.folding import Key, Word
from govkit.consent.objections import Objection
from govkit.consent.roll import voice_of
from govkit.records.policies import Policy

Said = Literal[
    "consent",
    "consent-with-reservation",
    "stand-aside",
    "object",
    "abstain",
    "answered",
    "stale",
]
"""`answered` is an objector who is satisfied: heard, and not consenting. `stale` is a word about
other words than these."""

MOST_CAUTIOUS_FIRST: tuple[Said, ...] = (
    "object",
    "stand-aside",
    "abstain",
    "answered",
    "consent-with-reservation",
    "consent",
)
YES: tuple[Said, ...] = ("consent", "consent-with-reservation")


class Voice(NamedTuple):
    """What one voice says: the stance, the group, the member and person it comes from."""

    name: str
    group: str
    said: Said
    member: str
    person: str
    carried: bool = False
    left: bool = False
    reason: str | None = None


def voices_on(
    words: Mapping[Key, Word],
    objections: Mapping[Key, Objection],
    groups: Mapping[str, str],
    policy: Policy,
) -> tuple[Voice, ...]:
    """Return the voices that say something about a text, in the order of their names.

    `groups` are all voices of the roll with their groups.
    """
    by_voice: dict[str, list[tuple[Word, Said]]] = {}
    for key, word in words.items():
        said = _said(word, objections.get(key))
        if said is not None:
            by_voice.setdefault(voice_of(word.position.seat, policy), []).append((word, said))
    found = [_voice(name, groups, _of_body(by_voice[name])) for name in sorted(by_voice)]
    return _once_a_person(found)


def _said(word: Word, objection: Objection | None) -> Said | None:
    """Return what a word says, or None after a withdrawal: then the member is not heard."""
    stance = word.position.record.position
    if objection is not None and objection.state != "withdrawn":
        if objection.state != "satisfied":
            return "object"  # whatever came later; silence does not take it back
        if stance == "object":
            return "answered"
    if stance == "withdraw" or stance == "object":
        return None
    return "stale" if word.standing == "stale" else stance


def _of_body(said: list[tuple[Word, Said]]) -> tuple[Word, Said]:
    """Return what counts of several who speak for one body.

    The most cautious, until the one who leads has settled it: that is, spoken last.
    """
    fresh = [each for each in said if each[1] != "stale"] or said
    if len(fresh) == 1:
        return fresh[0]
    last = max(fresh, key=lambda each: each[0].position.entry.seq)
    if last[0].position.lead and not any(each[1] == "object" for each in fresh):
        return last
    rank = {said: place for place, said in enumerate((*MOST_CAUTIOUS_FIRST, "stale"))}
    return min(fresh, key=lambda each: (rank[each[1]], each[0].position.entry.seq))


def _voice(name: str, groups: Mapping[str, str], counted: tuple[Word, Said]) -> Voice:
    word, said = counted
    position = word.position
    seat, record = position.seat, position.record
    return Voice(
        name, groups.get(name, seat.group), said, record.member, position.person,
        word.standing == "carried", seat.left,
        record.reason if record.publish.reason else None,
    )  # fmt: skip


def _once_a_person(voices: list[Voice]) -> tuple[Voice, ...]:
    """Count a person once who speaks for a body and for themselves; the body's voice stays.

    What they said in the other capacity is kept where it is an objection.
    """
    bodies = {voice.person for voice in voices if voice.name != voice.person}
    return tuple(
        voice for voice in voices
        if voice.name != voice.person or voice.person not in bodies or voice.said not in YES
    )  # fmt: skip
