"""A call that says silence agrees: found by its words, and refused unless the policy says so."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govkit.languages.words import silence_words

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


class _Patterns(NamedTuple):
    """Patterns of what speaks of silence, of agreeing, of both at once, and of what denies."""

    silence: re.Pattern[str]
    agrees: re.Pattern[str]
    tacit: re.Pattern[str]
    denied: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    said = silence_words()
    answer = f"(?:{'|'.join(said.answers)})"
    silence = (
        *said.silence,
        rf"(?:{'|'.join(said.does_not)}) {answer}",
        rf"(?:{'|'.join(said.unless)}) (?:[\w']+ ){{1,4}}?{answer}",
    )
    patterns = (
        rf"\b(?:{'|'.join(silence)})\b",
        rf"\b(?:{'|'.join(said.agrees)})\b",
        rf"\b(?:{'|'.join(said.tacit)})\b",
        rf"\b(?:{'|'.join(said.denials)})\b|(?:{'|'.join(said.denying_endings)})\b",
    )
    return _Patterns(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


class _Said(NamedTuple):
    """A sentence with the words of silence taken out, so that their own `not` denies nothing."""

    before: str
    after: str

    def agrees(self) -> bool:
        """Say whether what is left of the sentence speaks of agreeing, and does not deny it."""
        whole = f"{self.before} {self.after}"
        return bool(_patterns().agrees.search(whole)) and not _patterns().denied.search(whole)


def says_that_silence_agrees(letter: str) -> str | None:
    """Return the sentence by which a letter says that silence agrees, or None.

    A sentence that denies it, as "silence is not consent", says the opposite. In a language
    without words for it nothing is found, and a person has to look.
    """
    text = " ".join(letter.split()).replace("\u2019", "'")
    for sentence in _SENTENCE.split(text):
        if any(_denies_nothing(sentence, found) for found in _patterns().tacit.finditer(sentence)):
            return sentence
        for found in _patterns().silence.finditer(sentence):
            said = _Said(
                sentence[: found.start()], _patterns().silence.sub(" ", sentence[found.end() :])
            )
            if said.agrees():
                return sentence
    return None


def _denies_nothing(sentence: str, found: re.Match[str]) -> bool:
    return not _patterns().denied.search(sentence[: found.start()])
