"""Words of people made fit for a public record: no hidden characters, no mail addresses.

Nothing that a reader would see is taken away but the addresses, and who files the comment is told.
The words as they came are kept by the coordinators.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from govkit.source.gate import Unreadable, refuse_hidden
from govkit.source.reading import without_addresses

_SPACES = re.compile(r"[\t\v\f\u1680\u2000-\u200a\u205f\u3000]")
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_EMPTY = re.compile(r"\n{3,}")


class SanitisedText(NamedTuple):
    """A text that may stand in a record, and how many mail addresses were taken out of it."""

    text: str
    addresses: int = 0


def sanitise(text: str) -> SanitisedText:
    """Return words as a record may hold them. Empty where nothing is left."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    text = "".join(map(_seen, _SPACES.sub(" ", text)))
    text = unicodedata.normalize("NFC", text)  # a hidden character may have kept two letters apart
    text, addresses = without_addresses(_MANY_EMPTY.sub("\n\n", _TRAILING.sub("", text)))
    return SanitisedText(text.strip(), addresses)


def sanitise_line(text: str) -> str:
    """Return a name or another short text on one line."""
    return " ".join(sanitise(text).text.split())


def _seen(character: str) -> str:
    """Return a character, or nothing where a reader can't see it."""
    if (character.isascii() and character >= " ") or character == "\n":
        return "" if character == "\x7f" else character
    if unicodedata.combining(character):
        return character
    try:
        refuse_hidden(character)
    except Unreadable as fault:
        return character if fault.rule == "not-nfc" else ""
    return character
