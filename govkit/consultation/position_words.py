"""Words that read like a position. Prose is never one: its author is asked which it is.

The phrases are data, in English, French and Spanish. They are few on purpose: each needs somebody
who speaks for themselves ("I", "we"). One that is missed costs nothing, as the comment is kept and
answered; one that is found in vain costs a polite question.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

Meaning = Literal["for", "against", "for another"]

_PHRASES: tuple[tuple[Meaning, tuple[str, ...]], ...] = (
    (
        "for",
        (
            # A lone "+1" or "+1 to this"; no telephone number, and no "+10".
            r"(?<![\w+])\+1(?!\w|[ .-]?[(\d])",
            # English
            r"(?:i|we)(?: \w+ly| also| do| can| would| could| will)* (?:support|consent|approve"
            r"|agree)(?! th?at\b)",
            r"(?:i am|i'm|we are|we're) (?:\w+ )?(?:in favou?r|in agreement|fine with|happy with"
            r"|ok with|okay with|for this)",
            r"(?:i|we) (?:have|see) no objections?|no objections? (?:from|on) (?:me|us|my|our)"
            r"|(?:i|we) (?:do not|don't) object",
            r"(?:has|have) (?:my|our) (?:full )?(?:support|consent|approval)",
            r"(?:my|our) \w+ (?:supports|consents|approves|agrees)",
            r"(?:i|we) can live with",
            r"looks good to (?:me|us)|\blgtm\b",
            r"count (?:me|us) in",
            r"(?:i|we) vote (?:yes|for|in favou?r)",
            # French
            r"(?:je|nous) (?:\w+ )?(?:soutiens|soutenons|consens|consentons|approuve|approuvons)",
            r"j'(?:approuve|appuie)|nous appuyons",
            r"(?:je suis|nous sommes) (?:\w+ ){0,3}(?:d'accord|favorables?)\b|je suis pour\b",
            r"(?:je n'ai|nous n'avons) (?:pas d'|aucune )objections?",
            r"sans objection de (?:ma|notre) part",
            # Spanish
            r"(?:yo )?(?:apoyo|apruebo|consiento) (?:el|la|los|las|este|esta|estos|estas|esto"
            r"|plenamente|totalmente)\b",
            r"(?:apoyamos|aprobamos|consentimos)\b",
            r"(?:estoy|estamos) (?:\w+ ){0,2}(?:de acuerdo|a favor|conformes?)",
            r"(?:no tengo|no tenemos) (?:ninguna )?objeci(?:on|ones)",
        ),
    ),
    (
        "against",
        (
            r"(?<![\w-])-1(?!\w|[ .-]?[(\d])(?=\s*(?:$|[.,!;]|to\b|from\b|for\b))",
            # English
            r"(?:i|we)(?: \w+ly| must| do| have to)* (?:object|oppose|disagree)\b",
            r"(?:i|we) (?:cannot|can not|can't|could not|do not|don't|will not|won't) "
            r"(?:\w+ )?(?:support|consent|approve|agree"
            r"|accept (?:this|these|it|the (?:text|proposal)))",
            r"(?:i am|i'm|we are|we're) (?:\w+ )?(?:against|opposed|not happy|unhappy"
            r"|not in favou?r|not ok|not okay)",
            r"\bnot happy with (?:this|the|these|it)\b",
            r"(?:i|we) vote (?:no|against)",
            # French
            r"je m'oppose|nous nous opposons",
            r"(?:je suis|nous sommes) (?:\w+ ){0,2}(?:contre|opposee?s?|mecontente?s?)",
            r"(?:je ne suis|nous ne sommes) pas (?:\w+ )?(?:d'accord|favorables?|contente?s?"
            r"|satisfait)",
            # Spanish
            r"me opongo|nos oponemos",
            r"(?:estoy|estamos) (?:\w+ ){0,2}(?:en contra|en desacuerdo|descontentos?)",
            r"no (?:estoy|estamos) (?:\w+ ){0,2}(?:de acuerdo|conformes?|contentos?|contentas?"
            r"|satisfech\w+)",
        ),
    ),
    (
        "for another",
        (
            r"(?:i|we) (?:am |are |write |speak |say |send |reply )*(?:\w+ ){0,4}on behalf of",
            r"(?:\A|[.!?] |\n)(?:this is |sent |written )?on behalf of",
            r"(?:je |j'|nous )(?:\w+ ){0,4}au nom d(?:e|u|es)\b",
            r"(?:\A|[.!?] |\n)au nom d(?:e|u|es)\b",
            r"(?:\A|[.!?] |\n)(?:(?:escribo|escribimos|hablo|hablamos) )?en nombre de\b",
        ),
    ),
)

_FOUND = tuple(
    (meaning, re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})")) for meaning, phrases in _PHRASES
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided|as long as|on condition|subject to|once|only when|si|à condition"
    r"|a condition|pourvu|sous reserve|a moins|siempre que|con tal|a condicion|a menos|salvo)\b"
)
_QUOTED = re.compile(
    r"^[ \t]*>.*$|\"[^\"\n]{0,500}\"|“[^”]{0,500}”|«[^»]{0,500}»|„[^“”]{0,500}[“”]", re.MULTILINE
)
_MOST = 20_000
"""Characters of a text that are looked at; a position in more words than these is none."""


class PositionReading(NamedTuple):
    """A sentence that reads like a position: its words, what it seems to mean, and whether it names
    a condition.
    """

    words: str
    meaning: Meaning
    conditional: bool


def reads_like_a_position(text: str) -> PositionReading | None:
    """Return the first sentence of a text that reads like a position, or None.

    What stands in quotation marks, or behind `>`, is not the author's own and is not looked at.
    """
    own = _paragraphs(_QUOTED.sub(" … ", text[:_MOST]))
    plain = _plain(own)
    hits = [(hit.start(), meaning) for meaning, form in _FOUND if (hit := form.search(plain))]
    if not hits:
        return None
    order: tuple[Meaning, ...] = ("for another", "against", "for")
    meaning = next(each for each in order if each in {one for _, one in hits})
    start, end = _sentence(own, min(at for at, each in hits if each == meaning))
    return PositionReading(own[start:end], meaning, _CONDITION.search(plain[start:end]) is not None)


def _paragraphs(text: str) -> str:
    """Return a text with a line for each paragraph, and one blank between words.

    So no phrase has to allow for runs of blanks, which a long text could make slow.
    """
    found: list[list[str]] = [[]]
    for line in text.splitlines():
        words = line.split()
        found[-1].extend(words)
        if not words and found[-1]:
            found.append([])
    return "\n".join(" ".join(words) for words in found)


def _plain(text: str) -> str:
    """Return a text in small letters without accents, each character at its place."""
    return "".join(
        (unicodedata.normalize("NFD", each)[0].lower() or each)[0]
        for each in text.replace("\u2019", "'")
    )


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Return where the sentence around a place begins and ends."""
    while at < len(text) and text[at] in " \n.!?":
        at += 1
    begin = max(
        text.rfind(mark, 0, at) + len(mark) if mark in text[:at] else 0
        for mark in (". ", "! ", "? ", "\n")
    )
    end = re.compile(r"[.!?](?= |\n|$)|\n").search(text, at)
    return begin, end.end() if end else len(text)
