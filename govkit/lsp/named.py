"""What the word under the cursor names: a record, or a clause in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.documents import LINK, Document
from govkit.corpus.fields import fields_of
from govkit.corpus.ids import mentions
from govkit.corpus.whole import Corpus
from govkit.records.kinds import NUMBERED_KINDS, TEXT_KINDS
from govkit.source.loader import Spots
from govkit.source.reading import spots_of


class NamedHere(NamedTuple):
    """A record or a clause that is named from one character of a text to another.

    `inside` is the clause and the way to an item in it; `is_own` says that the record or clause
    itself stands here, with its id.
    """

    document: Document
    inside: tuple[str, ...]
    start: int
    end: int
    is_own: bool = False


_OWN_TITLES = ("id", "term", "title", "name")
"""Keys at which a record that is named by its file stands for itself."""


def named_at(corpus: Corpus, document: Document | None, text: str, offset: int) -> NamedHere | None:
    """Return what is named at a character of a file's text, or None where nothing is."""
    found = [each for each in all_named(corpus, document, text) if each.start <= offset <= each.end]
    return min(found, key=lambda each: each.end - each.start, default=None)


def all_named(corpus: Corpus, document: Document | None, text: str) -> Iterator[NamedHere]:
    """Yield all that a text names, by its fields, and by its words where it can't be read."""
    if document is not None and document.record is not None:
        _, spots = spots_of(text.encode("utf-8", errors="surrogatepass"))
        if spots:
            yield from _own(document, text, spots)
            yield from _in_fields(corpus, document, text, spots)
    for found in LINK.finditer(text):
        kinds = ("term",) if found["scheme"] == "term" else (*TEXT_KINDS, "instrument")
        yield from _in_link(corpus, kinds, found["key"], text, found.start("key"), found.end())
    if corpus.charter is not None:
        for id in mentions(corpus.charter).finditer(text):
            target = corpus.find((*TEXT_KINDS, "instrument"), id.group())
            if target is not None:
                yield NamedHere(target, (), *id.span())


def _in_link(
    corpus: Corpus, kinds: tuple[str, ...], key: str, text: str, start: int, end: int
) -> Iterator[NamedHere]:
    target = corpus.find(kinds, key)
    if target is None:
        return
    yield NamedHere(target, (), start, start + len(key))
    inside: tuple[str, ...] = ()
    at = start + len(key)
    while at < end and text[at] == "(":
        close = text.find(")", at, end)
        if close < 0:
            return
        inside = (*inside, text[at + 1 : close])
        yield NamedHere(target, inside, at + 1, close)
        at = close + 1


def _own(document: Document, text: str, spots: Spots) -> Iterator[NamedHere]:
    keys = ("id",) if document.kind in NUMBERED_KINDS else _OWN_TITLES
    for key in keys:
        spot = spots.get((key,))
        if spot is not None and document.kind != "translation":
            yield NamedHere(document, (), *_bare(text, spot.start, spot.end), is_own=True)
            break
    record = document.record
    for name in ("clauses", "preamble", "interpretation"):
        parts = getattr(record, name, ())
        for at, part in enumerate(parts if isinstance(parts, tuple) else ()):
            spot = spots.get((name, at, "id"))
            if spot is not None:
                start, end = _bare(text, spot.start, spot.end)
                yield NamedHere(document, (part.id,), start, end, is_own=True)


def _in_fields(corpus: Corpus, document: Document, text: str, spots: Spots) -> Iterator[NamedHere]:
    assert document.record is not None
    for reference in fields_of(document.record, every=True).references:
        spot = spots.get(reference.route.keys)
        target = corpus.find(reference.kinds, reference.key)
        if spot is None or target is None:
            continue
        at = (spot.key_start, spot.key_end) if reference.route.at_key else (spot.start, spot.end)
        yield NamedHere(target, reference.inside, *_bare(text, *at))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the characters of a value without its quotes."""
    quoted = end - start > 1 and text[start] in "\"'" and text[end - 1] == text[start]
    return (start + 1, end - 1) if quoted else (start, end)


def places_naming(
    corpus: Corpus, target: Document, inside: tuple[str, ...], document: Document, text: str
) -> Iterator[tuple[int, int]]:
    """Yield where a document names a record, or one clause of it."""
    for each in all_named(corpus, document, text):
        same = each.document.path == target.path
        if same and not each.is_own and (each.inside == inside or (not inside and not each.inside)):
            yield each.start, each.end
