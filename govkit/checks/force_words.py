"""The words of force of a language, as phrases to look for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govkit.corpus.word_list import Phrase
from govkit.languages.words import WordsOfForce, words_of_force

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
    binds nobody, `connectives` are words that join what is on both sides of them, `triggers` what
    an exception begins with (each with a space behind it), `time_units` what a length of time is
    counted in, and `and_or` the two words that are not to be written as one.
    """

    phrases: tuple[Phrase, ...]
    proposed: dict[str, str]
    future_after: frozenset[str]
    connectives: tuple[str, ...]
    triggers: tuple[str, ...]
    time_units: frozenset[str]
    and_or: re.Pattern[str]


@cache
def force_words(language: str, preset: str) -> ForceWords | None:
    """Return the words of a preset (`plain`, `capitals` or `statute`), None where there are none.

    `language` is the code of one, without a region.
    """
    lists = words_of_force(language)
    if lists is None:
        return None
    one, other = lists.and_or
    return ForceWords(
        phrases=tuple(_phrases(lists, preset)),
        proposed={force: words[0] for force, words in lists.presets[preset].carries.items()},
        future_after=frozenset(lists.future_after),
        connectives=lists.connectives,
        triggers=tuple(f"{words} " for words in lists.triggers),
        time_units=frozenset(lists.time_units),
        and_or=re.compile(rf"\b(?:{one} ?/ ?{other}|{other} ?/ ?{one})\b", re.IGNORECASE),
    )


def _phrases(lists: WordsOfForce, preset: str) -> Iterator[Phrase]:
    of_preset = lists.presets[preset]
    for avoided, by_force in ((False, of_preset.carries), (True, of_preset.instead)):
        for force, several in by_force.items():
            for words in several:
                yield Phrase(FORCE, words, Means(force, avoided))
    for several in lists.no_force.values():
        for words in several:
            yield Phrase(FORCE, words, Means(""))
    for words in lists.vague_times:
        yield Phrase(VAGUE, words, None)
    for negation in lists.negations:
        for words in lists.negative_words:
            yield Phrase(NEGATION, f"{negation} {words}", None)
