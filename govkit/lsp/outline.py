"""The parts of a record, for the outline that an editor shows beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.source.loader import Spots
from govkit.source.reading import spots_of


class Part(NamedTuple):
    """A part of a record: its name, a few words, where it stands, and what is in it."""

    name: str
    words: str
    start: int
    end: int
    parts: tuple[Part, ...] = ()


_LISTS = ("clauses", "preamble", "interpretation", "parts", "levels", "grounds", "options")
_FEW = 60


def outline(document: Document, text: str) -> Part | None:
    """Return the record with its parts; None where the file can't be read as data."""
    _, spots = spots_of(text.encode("utf-8", errors="surrogatepass"))
    if not spots:
        return None
    parts = tuple(_parts(document.record, spots))
    words = document.title or document.kind or ""
    return Part(document.id or document.path, words, 0, len(text), parts)


def _parts(record: Any, spots: Spots) -> Iterator[Part]:
    for keys, spot in spots.items():
        if len(keys) == 1 and isinstance(keys[0], str):
            inner = tuple(_items(record, keys[0], spots)) if keys[0] in _LISTS else ()
            inner = inner or tuple(_keys_below(keys[0], spots))
            yield Part(
                keys[0], _few(spot.value), spot.key_start, max(spot.end, spot.key_end), inner
            )


def _items(record: Any, name: str, spots: Spots) -> Iterator[Part]:
    items = getattr(record, name, None)
    for at, item in enumerate(items if isinstance(items, tuple) else ()):
        spot = spots.get((name, at))
        if spot is not None:
            id = getattr(item, "id", None) or getattr(item, "source", None) or str(at + 1)
            words = getattr(item, "text", None) or getattr(item, "title", None)
            words = words or getattr(item, "locator", None) or ""
            yield Part(
                f"({id})" if hasattr(item, "text") else id, _few(words), spot.start, spot.end
            )


def _keys_below(name: str, spots: Spots) -> Iterator[Part]:
    for keys, spot in spots.items():
        if len(keys) == 2 and keys[0] == name and isinstance(keys[1], str):
            end = max(spot.end, spot.key_end)
            yield Part(keys[1], _few(spot.value), spot.key_start, end)


def _few(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _FEW else f"{line[: _FEW - 1]}…"
