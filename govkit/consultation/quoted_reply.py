"""A mail in which somebody wrote between the lines of our texts, as one text: the quoted lines are
the text as they have it, and what is their own stands in it as comments, `{>>like this<<}`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from govkit.consultation.points import is_closing, unwrapped, without_greeting
from govkit.consultation.quotation import QuotedLine, quoted_lines

_MARKS = ("{++", "{--", "{~~", "{>>", "{==")


def has_marks(text: str) -> bool:
    """Say whether changes or comments are marked in a text."""
    return any(mark in text for mark in _MARKS)


def reply_with_marks(text: str) -> str:
    """Return the quoted text with the author's own words as comments behind what they answer.

    It is empty where nothing is quoted. Greeting, closing, signature, and what others wrote before
    are left out; own words with marks in them stay as they are.
    """
    every = quoted_lines(text)
    heads = " ".join(" ".join(each.said_by.split()) for each in every)
    lines = [
        each
        for each in every
        if each.kind == "own"
        or not each.words.strip()
        # "On Monday, somebody wrote:" is said by a program.
        or (each.kind == "quotation" and (each.said_by or not _is_in(each.words, heads)))
    ]
    if not any(line.level == 1 and line.words.strip() for line in lines):
        return ""
    pieces = []
    for level, run in groupby(lines, lambda line: line.level):
        if level == 1:
            pieces.append(_joined(run))
        elif level == 0:
            own = _own(_joined(run))
            if own:
                pieces.append(own if has_marks(own) else f"{{>>{own.replace('<<}', '<< }')}<<}}")
    return "\n\n".join(pieces)


def _is_in(words: str, heads: str) -> bool:
    return " ".join(words.split()) in heads


def _joined(lines: Iterable[QuotedLine]) -> str:
    return "\n".join(line.words.rstrip() for line in lines).strip("\n")


def _own(text: str) -> str:
    """Return somebody's own words without greeting and closing."""
    kept = []
    for paragraph in text.split("\n\n"):
        if is_closing(paragraph.split("\n")[0]):
            break
        words = without_greeting(paragraph, [])
        if words.strip():
            kept.append(unwrapped(words.strip().split("\n")))
    return "\n\n".join(kept)
