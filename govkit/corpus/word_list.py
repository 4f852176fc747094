"""Finds words and phrases in a text: whole words only, and the longest phrase wins.

One walk over the words serves several lists at once, as the terms and the words of force. A dict of
first words leads to the phrases that begin so; no pattern holds the phrases, so a long register
costs a text nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_WORD = re.compile(r"[\w-]+")
"""Letters and digits. A hyphen binds, so `non-user` is no `user`; `user's` begins with one."""
_SPACED = {code: " " for code in range(128) if not _WORD.fullmatch(chr(code))}
"""Turns what is no word into spaces, in a text of ASCII; faster than the pattern."""
_BETWEEN = re.compile(r"[ \t\n\u00a0\u202f*]+")
"""White space, and the stars of emphasis, between the words of a phrase."""
_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'"})


class Phrase(NamedTuple):
    """Words to look for, and what they mean; `list` names the list that they belong to.

    A phrase with capitals after its first letter, as `MUST` or `AI`, is met in capitals only.
    """

    list: str
    words: str
    means: Any


class Hit(NamedTuple):
    """A phrase in a text, and the characters that it takes there."""

    start: int
    end: int
    phrase: Phrase


class _Entry(NamedTuple):
    """A phrase that is looked for: its words after the first two, and how it has to be written."""

    rest: list[str]
    phrase: Phrase
    written: str
    exact: bool


class _Beginning(NamedTuple):
    """What begins with one word: phrases by their second word, and those of this word alone."""

    longer: dict[str, list[_Entry]]
    alone: list[_Entry]


class WordList:
    """Phrases of one or more lists, ready to be looked for."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Take the phrases. Of two in one list that are written alike, the first counts."""
        self._beginnings: dict[str, _Beginning] = {}
        for phrase in phrases:
            exact = phrase.words[1:] != phrase.words[1:].lower()
            written = _written(phrase.words if exact else phrase.words.lower())
            words = _words(written.lower())
            if words:
                beginning = self._beginnings.setdefault(words[0], _Beginning({}, []))
                several = words[1:]
                entries = beginning.longer.setdefault(words[1], []) if several else beginning.alone
                entries.append(_Entry(words[2:], phrase, written, exact))
        for beginning in self._beginnings.values():
            for entries in (*beginning.longer.values(), beginning.alone):
                entries.sort(key=lambda entry: -len(entry.written))

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the phrases in a text, in order; those of one list do not overlap."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a capital whose small form is two characters
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        words = [*_words(lowered), ""]
        starts: list[int] = []
        taken: dict[str, int] = {}
        for at, word in enumerate(words):
            beginning = self._beginnings.get(word)
            if beginning is None:
                continue
            for length, entries in (
                (2, beginning.longer.get(words[at + 1], ())), (1, beginning.alone),
            ):  # fmt: skip
                for rest, phrase, written, exact in entries:
                    end = at + length + len(rest)
                    if taken.get(phrase.list, 0) > at or (rest and words[at + 2 : end] != rest):
                        continue
                    starts = starts or [found.start() for found in _WORD.finditer(lowered)]
                    start = starts[at]
                    if written != word and not _reads(text, start, written, exact):
                        continue
                    taken[phrase.list] = end
                    yield Hit(start, starts[end - 1] + len(words[end - 1]), phrase)


def _words(lowered: str) -> list[str]:
    return lowered.translate(_SPACED).split() if lowered.isascii() else _WORD.findall(lowered)


def _written(words: str) -> str:
    return _BETWEEN.sub(" ", words.translate(_STRAIGHT)).strip()


def _reads(text: str, start: int, written: str, exact: bool) -> bool:
    """Say whether the text reads so from here on, white space and emphasis aside."""
    # White space between words can be longer here than in the phrase.
    here = _written(text[start : start + 2 * len(written) + 40])
    return (here if exact else here.lower()).startswith(written)
