"""Finds words and phrases in a text: whole words only, and the longest phrase wins.

One walk over the words serves several lists at once, as the terms and the words of force. A dict of
first words leads to the phrases that begin so; no pattern holds the phrases, so a long register
costs a text nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from govkit.patterns import lazy_regex

_WORD = lazy_regex(r"[\w-]+")
"""Letters and digits. A hyphen binds, so `non-user` is no `user`; `user's` begins with one."""
# `\w` leaves out the vowel signs of Indic scripts and the marks of Arabic: a word would end there.
_BETWEEN_WORDS = lazy_regex("[^\\w\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0df3\u200c\u200d-]")
_SPACED = bytes(code if _WORD.fullmatch(chr(code)) else 32 for code in range(256))
"""Turns what is no word into spaces, in a text of ASCII; faster than the pattern."""
_BETWEEN = lazy_regex(r"[ \t\n\u00a0\u202f*]+")
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
    """A phrase that is looked for: all its words, and how it has to be written."""

    words: list[str]
    phrase: Phrase
    written: str
    exact: bool


class _Beginning(NamedTuple):
    """What begins with one word, the longest first.

    `alone` are the phrases of this word alone. `longer` leads from a second word to all phrases
    that can be meant before it: those that go on with it, and then those of `alone`.
    """

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
            words = _spaced(written.lower()).split()
            if words:
                longer, alone = self._beginnings.setdefault(words[0], _Beginning({}, []))
                entries = longer.setdefault(words[1], []) if words[1:] else alone
                entries.append(_Entry(words, phrase, written, exact))
        for longer, alone in self._beginnings.values():
            for entries in (alone, *longer.values()):
                entries.sort(key=lambda entry: -len(entry.written))
            for entries in longer.values():
                entries.extend(alone)

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the phrases in a text, in order; those of one list do not overlap."""
        lowered = text.lower()
        if len(lowered) != len(text):  # a capital whose small form is two characters
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        spaced = _spaced(lowered)
        words = spaced.split()
        beginnings = self._beginnings
        met = [at for at, word in enumerate(words) if word in beginnings]
        if not met:
            return
        padded = f" {spaced} "
        words.append("")
        taken: dict[str, int] = {}
        end = 0
        for at in met:
            word = words[at]
            # Each place of a word that begins a phrase is met in turn, so none lies between.
            start = padded.index(f" {word} ", end)
            end = start + len(word)
            longer, alone = beginnings[word]
            for several, phrase, written, exact in longer.get(words[at + 1], alone):
                after = at + len(several)
                if taken.get(phrase.list, 0) > at:
                    continue
                if after > at + 2 and words[at:after] != several:
                    continue
                if written != word and not _reads(text, start, written, exact):
                    continue
                taken[phrase.list] = after
                yield Hit(start, end if after == at + 1 else _end(padded, end, several), phrase)


def _end(padded: str, end: int, words: list[str]) -> int:
    """Return where these words end, the first of which ends at `end`."""
    for word in words[1:]:
        end = padded.index(f" {word} ", end) + len(word)
    return end


def _spaced(lowered: str) -> str:
    """Return a text with a space for each character that is in no word."""
    if lowered.isascii():
        return lowered.encode().translate(_SPACED).decode()
    return _BETWEEN_WORDS.sub(" ", lowered)


def _written(words: str) -> str:
    return _BETWEEN.sub(" ", words.translate(_STRAIGHT)).strip()


def _reads(text: str, start: int, written: str, exact: bool) -> bool:
    """Say whether the text reads so from here on, white space and emphasis aside."""
    # White space between words can be longer here than in the phrase.
    here = _written(text[start : start + 2 * len(written) + 40])
    return (here if exact else here.lower()).startswith(written)
