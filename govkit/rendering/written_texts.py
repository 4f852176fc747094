"""Texts of a book that were written before: their sections in HTML and Markdown, and their entries.

So a book to download is put together from pieces after an edit, and one piece is made again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from govkit.cache import Cache, kept
from govkit.corpus.documents import Document as Record
from govkit.rendering.document import Entry, Section, Written, WrittenEntry
from govkit.rendering.grounds import Grounds
from govkit.rendering.html import blocks_html
from govkit.rendering.json_ import entry_as_json
from govkit.rendering.markdown import blocks_as_markdown


@dataclass(frozen=True)
class WrittenTexts:
    """Where the texts of a book are kept. `book` is its id, `held` the terms and sources in it."""

    cache: Cache
    grounds: Grounds
    book: str
    held: frozenset[str] = frozenset()

    def section(self, text: Record, level: int, make: Callable[[], Section]) -> Section:
        """Return the section of a text, in words that are written; its heading has this level."""
        found = sorted({each.key for each in text.references if each.key in self.held})
        number, title, anchor, field, html, markdown = kept(
            self.cache,
            f"section {self.book} {text.path}",
            self.grounds.of(text, level, found),
            lambda: _plain(make(), level),
        )
        blocks = (Written(html, tuple(markdown)),)
        return Section("text", anchor, number, title, blocks, field=field)

    def entry(self, text: Record, make: Callable[[], Entry]) -> WrittenEntry:
        """Return what a program is told of a text."""
        found = kept(
            self.cache,
            f"entry {self.book} {text.path}",
            self.grounds.of(text),
            lambda: _in_json(make()),
        )
        return WrittenEntry(*found)


def _in_json(entry: Entry) -> list[str]:
    return [entry.id, entry.digest, entry_as_json(entry)]


def _plain(section: Section, level: int) -> list[Any]:
    html, markdown = blocks_html(section, level), blocks_as_markdown(section, level)
    return [section.number, section.title, section.anchor, section.field, html, markdown]
