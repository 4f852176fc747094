"""The phrases by which a mail is known, in any language: passed on, to whom, with a greeting, ours.

They stand in the lists of languages/; what a mail comes to by them, `ballots` says.
"""

from __future__ import annotations

import re
from functools import cache

from govkit.languages.catalogue import TRANSLATED, messages
from govkit.languages.words import mail_words


@cache
def forwarded() -> re.Pattern[str]:
    """Return what begins the subject of a mail that was passed on."""
    prefixes = "|".join(map(re.escape, mail_words().forward_prefixes))
    return re.compile(rf"\s*(?:{prefixes})\s*[:：]", re.IGNORECASE)


@cache
def addressees() -> re.Pattern[str]:
    """Return what begins the line of those to whom a quoted mail went."""
    return re.compile(
        rf"\s\*{{0,2}}(?:{'|'.join(map(re.escape, mail_words().to))})\*{{0,2}}\s?[:：]", re.I
    )


@cache
def greeting() -> re.Pattern[str]:
    """Return what a line that only greets is made of."""
    return re.compile(rf"(?:{'|'.join(mail_words().greetings)})\b.{{0,60}}", re.IGNORECASE)


@cache
def speaks_of_a_file() -> re.Pattern[str]:
    """Return the words that lead to a file: "attached", "see attachment"."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(mail_words().attached)})(?!\w)", re.IGNORECASE)


def is_ours(before: str) -> bool:
    """Say whether words that stand before boxes are those that our mails have there."""
    return any(each in before for each in _words_before())


@cache
def _words_before() -> tuple[str, ...]:
    keys = ("mails.mark-one-box", "mails.public")
    every = (messages(language)[key] for language in TRANSLATED for key in keys)
    last = (each.rstrip(".").rpartition(". ")[2] for each in every)
    return tuple(" ".join(each.split()).casefold() for each in last)
