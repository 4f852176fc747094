"""Changes and comments that are written into a plain text: `{++in++}`, `{--out--}`,
`{~~out~>in~~}`, `{>>a comment<<}`, `{==its words==}`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govkit.patterns import lazy_regex

_MARK = lazy_regex(
    r"\{\+\+(?P<came>.*?)\+\+\}|\{--(?P<went>.*?)--\}|\{~~(?P<old>.*?)~>(?P<new>.*?)~~\}"
    r"|\{==(?P<about>.*?)==\}|\{>>(?P<says>.*?)<<\}",
    re.DOTALL,
)


class MarkupComment(NamedTuple):
    """A comment: its words, those that it is about (empty where none are marked), and where it
    stands in the text without the changes, as an offset.
    """

    words: str
    about: str
    at: int


class MarkedUpText(NamedTuple):
    """A text with its changes made and without them, and the comments in it."""

    after: str
    before: str
    comments: tuple[MarkupComment, ...]


def read_markup(text: str) -> MarkedUpText:
    """Return both sides of a text that is marked up."""
    comments: list[MarkupComment] = []
    after: list[str] = []
    before: list[str] = []
    at = length = 0
    about = ""
    for found in _MARK.finditer(text):
        between = text[at : found.start()]
        after.append(between)
        before.append(between)
        at = found.end()
        length += len(between)
        if between.strip():
            about = ""
        if found["says"] is not None:
            comments.append(MarkupComment(found["says"].strip(), about, length))
        elif found["about"] is not None:
            about = " ".join(found["about"].split())
            after.append(found["about"])
            before.append(found["about"])
            length += len(found["about"])
        else:
            after.append(found["came"] or found["new"] or "")
            before.append(found["went"] or found["old"] or "")
            length += len(before[-1])
    after.append(text[at:])
    before.append(text[at:])
    return MarkedUpText("".join(after), "".join(before), tuple(comments))
