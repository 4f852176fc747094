"""The words of force that a lawyer keeps in `words/force.en.yaml`, as values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from govkit.corpus.word_list import Phrase
from govkit.source.loader import load

FORCE = "force"
VAGUE = "vague time"
NEGATION = "double negation"


class Means(NamedTuple):
    """What a word of force says; `avoided` where the charter's choice has another word for it.

    `force` is empty where the word only looks like one, as `will` in `free will`.
    """

    force: str
    avoided: bool = False


class ForceWords(NamedTuple):
    """The words of one preset of the charter.

    `proposed` is the word to write for each force. `future_after` are words after which `will`
    binds nobody, `triggers` what an exception begins with (each with a space behind it), and
    `time_units` what a length of time is counted in.
    """

    phrases: tuple[Phrase, ...]
    proposed: dict[str, str]
    future_after: frozenset[str]
    triggers: tuple[str, ...]
    time_units: frozenset[str]


@cache
def force_words(preset: str) -> ForceWords:
    """Return the words of a preset: `plain`, `capitals` or `statute`."""
    text = files("govkit.checks").joinpath("words", "force.en.yaml").read_text(encoding="utf-8")
    lists: Any = load(text)
    carries = lists["presets"][preset]["carries"]
    return ForceWords(
        phrases=tuple(_phrases(lists, preset)),
        proposed={force: words[0] for force, words in carries.items()},
        future_after=frozenset(lists["future_after"]),
        triggers=tuple(f"{words} " for words in lists["triggers"]),
        time_units=frozenset(lists["time_units"]),
    )


def _phrases(lists: Any, preset: str) -> Iterator[Phrase]:
    for avoided, name in enumerate(("carries", "instead")):
        for force, several in lists["presets"][preset][name].items():
            for words in several:
                yield Phrase(FORCE, words, Means(force, bool(avoided)))
    for words in lists["no_force"]:
        yield Phrase(FORCE, words, Means(""))
    for words in lists["vague_times"]:
        yield Phrase(VAGUE, words, None)
    for negation in lists["negations"]:
        for words in lists["negative_words"]:
            yield Phrase(NEGATION, f"{negation} {words}", None)
