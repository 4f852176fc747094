"""The code of a printed clause, as `MCP-FRM-01(c)/3f9c1a`: which clause, and with which words.

Behind the stroke stands the beginning of the clause's digest, in hexadecimal digits. A reader who
holds one page finds the clause by it, and sees whether its words still stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.text_digests import clause_digests

LENGTH = 6
"""Digits of a digest that are printed: 24 bits tell the states of one clause apart, and a person
types them without a slip."""
_CODE = re.compile(r"(?P<place>.+\))\s*/\s*(?P<digits>[0-9a-f]{6,64})", re.IGNORECASE | re.DOTALL)


class PrintCode(NamedTuple):
    """What was typed, without the digits, and the digits; these are empty where there are none."""

    place: str
    digits: str


def read_code(typed: str) -> PrintCode:
    """Return what was typed, parted into the place and the digits of a printed code."""
    found = _CODE.fullmatch(typed.strip())
    if not found:
        return PrintCode(typed, "")
    return PrintCode(found["place"], found["digits"].lower())


def digits_of(digest: str) -> str:
    """Return the digits that are printed beside a clause with this digest."""
    return digest.rpartition(":")[2][:LENGTH]


def codes_of(document: Document) -> dict[str, str]:
    """Return the digits of each clause in force of a record that can be read, by its id."""
    return {id: digits_of(digest) for id, digest in clause_digests(document)}


def bearing(states: Iterable[Document], clause: str, digits: str) -> Document | None:
    """Return the first of several states of a record in which a clause had these digits."""
    for state in states:
        digest = dict(clause_digests(state)).get(clause, "") if state.record is not None else ""
        if digest and digest.rpartition(":")[2].startswith(digits):
            return state
    return None
