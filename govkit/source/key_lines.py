"""Which lines of a text are keys that fell into it, and which are words of a sentence.

A key in a text is written as people write keys elsewhere: with a capital, in quotes, with a space
before its colon. A sentence can begin so too (`Title: …`), so a spelling counts for as much as
prose is unlikely to have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from govkit.patterns import lazy_regex
from govkit.source.loader import Doubt
from govkit.source.validation import branches, keys_of_kind, schema_of

_ENDS_A_SENTENCE = lazy_regex(r"(?:[.!?:;|>\])\"]|\A|\n)[ ]*\Z")
_VALUE = lazy_regex(
    r"[ ]*(?:[\[{]|(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Z]+(?:-[A-Z0-9]+)+|(?P<word>[a-z-]+))[ ]*$)",
    re.MULTILINE,
)
"""A value that is no sentence: a list or group, or nothing but a day, an id or a word."""


def first_key_line(text: str, doubts: Iterable[Doubt], kind: str) -> list[tuple[Doubt, str]]:
    """Return the first line of a text that is a key, and its key; behind it those of its group.

    The group is the lines one under another that look like keys of one part of a record.
    """
    for run in _runs(text, doubts, kind):
        groups = [part & {key for _, key in run} for part in _parts(kind)]
        together = max(map(len, groups), default=0) > 1
        for at, (doubt, key) in enumerate(run):
            if together or _stands_alone(text, doubt, key, kind):
                return run[at:]
    return []


def _runs(text: str, doubts: Iterable[Doubt], kind: str) -> Iterator[list[tuple[Doubt, str]]]:
    """Yield the lines with known keys, those together that follow each other at one column."""
    run: list[tuple[Doubt, str]] = []
    for doubt in doubts:
        key = _key_of(doubt.word, kind) if doubt.what == "key" else ""
        if not key:
            continue
        if run and not _goes_on(text, run[-1][0], doubt):
            yield run
            run = []
        run.append((doubt, key))
    if run:
        yield run


def _goes_on(text: str, above: Doubt, doubt: Doubt) -> bool:
    """Say whether a line follows another, and begins no item of its own."""
    return (
        text.find("\n", above.start) + 1 == doubt.start
        and above.at - above.start == doubt.at - doubt.start
        and "-" not in text[doubt.start : doubt.at]
    )


def _stands_alone(text: str, doubt: Doubt, key: str, kind: str) -> bool:
    """Say whether one line is a key, whatever stands above and below it."""
    word, typed = doubt.word, text[doubt.at : doubt.after]
    as_one = typed == f"{word}:" and "_" in key and " " not in word  # `Review_by:`, `reviewby:`
    if as_one or not is_spaced(text, doubt):
        return as_one
    if typed == f"{key}:":
        return True
    if word[0].islower() and typed[0] != "*":
        # What goes on from the line above is no key.
        return _ENDS_A_SENTENCE.search(text, 0, doubt.start - 1) is not None
    value = _VALUE.match(text, doubt.after)
    return value is not None and (value["word"] is None or value["word"] in _words(kind, key))


def is_spaced(text: str, doubt: Doubt) -> bool:
    """Say whether the colon of a key ends it; one of full width needs no space for that."""
    return text[doubt.after - 1] != ":" or text[doubt.after : doubt.after + 1] in ("", " ", "\n")


def _key_of(word: str, kind: str) -> str:
    """Return the key that words are a spelling of, in the singular too, or an empty text."""
    squeezed = re.sub("[-_ ]", "", word).lower()
    known = _spellings(kind)
    return known.get(squeezed) or known.get(f"{squeezed}s") or ""


@cache
def _spellings(kind: str) -> dict[str, str]:
    return {key.replace("_", ""): key for key in sorted(keys_of_kind(kind))}


@cache
def _parts(kind: str) -> tuple[frozenset[str], ...]:
    """Return the keys of each part of a record; of the record itself none are meant."""
    return tuple(frozenset(part.get("properties", {})) for part in _definitions(kind))


@cache
def _words(kind: str, key: str) -> frozenset[str]:
    """Return the words of a fixed list that a key can hold."""
    schema = schema_of(kind)
    nodes = [part.get("properties", {}).get(key, {}) for part in (schema, *_definitions(kind))]
    found = (branch.get("enum", ()) for node in nodes for branch in branches(schema, node))
    return frozenset(word for words in found for word in words if isinstance(word, str))


def _definitions(kind: str) -> list[dict[str, Any]]:
    return list(schema_of(kind).get("$defs", {}).values())
