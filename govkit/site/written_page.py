"""A page with its words as HTML, whose pointers are still anchors; it can be kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from govkit.cache import Cache, kept
from govkit.rendering.document import Document, Facts, Front
from govkit.rendering.headings import headings
from govkit.rendering.html import sections_html
from govkit.site.frame import head_of
from govkit.site.links import anchors_in
from govkit.site.page import Page


class HeadingLine(NamedTuple):
    """A heading of a page, as a program is told of it."""

    level: int
    anchor: str
    title: str


class WrittenPage(NamedTuple):
    """A page with what it says as HTML: its head with the contents, and its sections.

    The document of a page that was kept is a bare head: its words are here.
    """

    page: Page
    head: str
    sections: str
    anchors: frozenset[str]
    headings: tuple[HeadingLine, ...]
    key: str = ""
    """Under which it was kept, or empty."""

    @property
    def body(self) -> str:
        """Return all that the page says, without the frame."""
        return self.head + self.sections


def written(page: Page) -> WrittenPage:
    """Return a page with its words as HTML."""
    head, sections = head_of(page), sections_html(page.document)
    lines = tuple(
        HeadingLine(each.level, each.section.anchor, each.section.title)
        for each in headings(page.document)
    )
    return WrittenPage(page, head, sections, frozenset(anchors_in(head + sections)), lines)


def written_or_kept(cache: Cache, key: str, path: str, make: Callable[[], Page]) -> WrittenPage:
    """Return the page of a path that was kept under a key; or make it, and keep it.

    It has neither a picture nor scripts nor data of its own.
    """
    value = kept(cache, f"page {path}", key, lambda: _plain(written(make())))
    return _from_plain(value)._replace(key=key)


def _plain(whole: WrittenPage) -> dict[str, Any]:
    page = whole.page
    front = page.document.front
    return {
        "path": page.path,
        "anchor": page.anchor,
        "title": page.title,
        "language": front.language,
        "description": page.description,
        "under": list(page.under),
        "keeps_anchors": page.keeps_anchors,
        "changed": page.changed.isoformat() if page.changed else None,
        "head": whole.head,
        "sections": whole.sections,
        "anchors": sorted(whole.anchors),
        "headings": [list(each) for each in whole.headings],
    }


def _from_plain(value: dict[str, Any]) -> WrittenPage:
    anchor, day = value["anchor"], value["changed"]
    front = Front(anchor, anchor, "", value["title"], Facts(()), value["language"])
    page = Page(
        value["path"],
        Document(front, ()),
        value["description"],
        tuple(value["under"]),
        value["keeps_anchors"],
        changed=datetime.date.fromisoformat(day) if day else None,
    )
    lines = tuple(HeadingLine(*each) for each in value["headings"])
    return WrittenPage(page, value["head"], value["sections"], frozenset(value["anchors"]), lines)
