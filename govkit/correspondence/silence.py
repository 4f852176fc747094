"""A call that says silence agrees: found by its words, and refused unless the policy says so."""

from __future__ import annotations

import re
from typing import NamedTuple

_SAY = (
    r"(?:repl(?:y|ies|ied)|respon[ds]\w*|answer\w*|object\w*|comment\w*|hear[ds]?|react\w*|say|"
    r"speak|write|protest\w*)"
)
_NOT = r"(?:(?:do|does|did|has|have) not|fails? to|(?:do|does|did|has|have)n't)"
_SILENCE = re.compile(
    rf"\bsilence\b|\b(?:stays?|remains?|keeps?|is|are|remain) silent\b"
    rf"|\bno (?:reply|replies|response|answer|objection|comment|reaction|news)s?\b"
    rf"|\b{_NOT} {_SAY}\b|\bnot (?:hear|heard|having (?:replied|responded|objected))\b"
    rf"|\bunless (?:[\w']+ ){{1,4}}?{_SAY}\b|\bnobody (?:objects|replies|responds)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:agree(?:ment|s|d)?|consent(?:s|ed|ing)?|assent(?:s|ed)?|approv(?:al|e|es|ed)|"
    r"accept(?:ance|s|ed)?|in favou?r|support(?:s|ed)?|adopted)\b",
    re.IGNORECASE,
)
_TACIT = re.compile(
    r"\b(?:tacit|silent|implied|implicit) (?:consent|agreement|approval|assent|acceptance)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|nobody|without|cannot)\b|n't\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


class _Said(NamedTuple):
    """A sentence with the words of silence taken out, so that their own `not` denies nothing."""

    before: str
    after: str

    def agrees(self) -> bool:
        """Say whether what is left of the sentence speaks of agreeing, and does not deny it."""
        whole = f"{self.before} {self.after}"
        return bool(_AGREES.search(whole)) and not _DENIED.search(whole)


def says_that_silence_agrees(letter: str) -> str | None:
    """Return the sentence by which a letter says that silence agrees, or None.

    A sentence that denies it, as "silence is not consent", says the opposite. The words are
    English ones; in another language nothing is found, and a person has to look.
    """
    text = " ".join(letter.split()).replace("\u2019", "'")
    for sentence in _SENTENCE.split(text):
        if any(_denies_nothing(sentence, found) for found in _TACIT.finditer(sentence)):
            return sentence
        for found in _SILENCE.finditer(sentence):
            said = _Said(sentence[: found.start()], _SILENCE.sub(" ", sentence[found.end() :]))
            if said.agrees():
                return sentence
    return None


def _denies_nothing(sentence: str, found: re.Match[str]) -> bool:
    return not _DENIED.search(sentence[: found.start()])
