"""Misspellings that a public dictionary lists with one correction alone: `explictly`, and no other.

The list is the one of codespell (en). It names every word that may have been meant; where these are
two or more, as `transaction`, `translation` and `transition` for `transation`, it proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def is_listed_misspelling(old: str, new: str, language: str) -> bool:
    """Say whether an English word in small letters is a listed misspelling of this word alone."""
    return language == "en" and _corrections().get(old) == new


@cache
def _corrections() -> Mapping[str, str]:
    """Return the misspellings that have one correction, of one word, and no remark beside it."""
    try:
        text = files("codespell_lib.data").joinpath("dictionary.txt").read_text("utf-8")
    except ModuleNotFoundError:
        return {}  # doubt moves up: without the list fewer misspellings are proved
    pairs = (line.split("->") for line in text.splitlines() if "," not in line)
    return {wrong: right for wrong, right in pairs if right.isalpha()}
