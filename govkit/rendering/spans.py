"""The spans of a document: words inside a paragraph, with what they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words. Whatever characters they hold mean themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that are stressed strongly, or the head word of an entry."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Characters that stand for themselves: an id, a digest, the name of a parameter."""

    text: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words that lead to another place of the same document."""

    anchor: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead out of the document; `address` begins with http://, https:// or mailto:."""

    address: str
    spans: tuple[Span, ...]


def leads_out(address: str) -> bool:
    """Return whether a reader can open an address; `javascript:` and `file:` are no such ones."""
    return address.lower().startswith(("http://", "https://", "mailto:"))


def linked(address: str, words: str) -> Spans:
    """Return words that lead to an address, where it leads out; else the address alone."""
    return (Link(address, (Words(words),)),) if leads_out(address) else (Words(address),)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank that a platform fills in, printed with the value that holds if it does not."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark of the editors that is no part of the text, printed in square brackets."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """Words of the old text that the new one does not have.

    `said` is the word that a page says aloud before them; the brackets say it to the eye. The same
    holds for `Inserted`.
    """

    spans: tuple[Span, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words of the new text that the old one does not have."""

    spans: tuple[Span, ...]
    said: str


@dataclass(frozen=True, slots=True)
class MovedFrom:
    """Words that stood here and stand elsewhere now.

    `said` is printed before them, as `moved from here, 2`. The same holds for `MovedTo`.
    """

    spans: tuple[Span, ...]
    said: str


@dataclass(frozen=True, slots=True)
class MovedTo:
    """Words that stand here and stood elsewhere before, maybe with changes inside."""

    spans: tuple[Span, ...]
    said: str


Look = Literal["full", "hatched", "crossed", "lined", "empty"]
"""What one kind of voice looks like in a bar, by its shape."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Voices in a row. Each part is a group: looks, and how many voices have them.

    `said` says the same in words, for everybody who does not see the picture.
    """

    parts: tuple[tuple[tuple[Look, int], ...], ...]
    said: str


Changed = Deleted | Inserted | MovedFrom | MovedTo
"""The spans of a redline. A format prints them in brackets, never by colour or style alone."""

Span = Words | Emphasis | Strong | Code | Pointer | Link | Blank | Mark | Break | Bar | Changed
Spans = tuple[Span, ...]
