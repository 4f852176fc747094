"""Where the voices of each stakeholder group stand about one text, in five counts that add up.

A voice that said nothing about these words is not heard: silence is never a consent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from govkit.consent.votes import Stance, Vote

Stand = Literal["agree", "conditional", "object", "abstain", "not-heard"]
STANDS: tuple[Stand, ...] = ("agree", "conditional", "object", "abstain", "not-heard")
_STAND_OF: Mapping[Stance, Stand] = {
    "consent": "agree",
    "consent-with-reservation": "conditional",
    "object": "object",
    "stand-aside": "abstain",
    "abstain": "abstain",
    "answered": "abstain",
    "stale": "not-heard",
}


class CountedVoices(NamedTuple):
    """A group on the roll, and how many of its voices stand where, in the order of `STANDS`."""

    group: str
    counts: tuple[int, ...]

    @property
    def by_name(self) -> dict[Stand, int]:
        """Return every count by what it counts."""
        return dict(zip(STANDS, self.counts, strict=True))

    @property
    def named(self) -> tuple[tuple[Stand, int], ...]:
        """Return the counts with what they count, without those that are nothing."""
        return tuple((stand, count) for stand, count in self.by_name.items() if count)


def stands_by_group(
    sizes: Iterable[tuple[str, int]], voices: Iterable[Vote]
) -> tuple[CountedVoices, ...]:
    """Return where each group stands; `sizes` are the voices that each has on the roll."""
    heard, found = tuple(voices), []
    for group, size in sizes:
        said = Counter(_STAND_OF[voice.said] for voice in heard if voice.group == group)
        said["not-heard"] = max(size - sum(said.values()) + said["not-heard"], 0)
        found.append(CountedVoices(group, tuple(said[stand] for stand in STANDS)))
    return tuple(found)
