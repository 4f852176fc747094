"""The headings of a document, in print order: the lines of its contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govkit.rendering.document import Document, Section


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents. `level` counts from 1."""

    level: int
    section: Section


def headings(document: Document) -> tuple[Heading, ...]:
    """Return the lines of the contents, in print order."""
    return tuple(_headings(document.sections, 1))


def _headings(sections: tuple[Section, ...], level: int) -> Iterator[Heading]:
    for section in sections:
        if section.is_headed:
            yield Heading(level, section)
        yield from _headings(section.sections, level + 1)
