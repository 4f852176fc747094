"""Where a pointer leads: from the anchors of all pages to the address of the one that keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

PAGE = "page:"
"""Stands before the anchor in links of the frame: they lead to pages, whatever a page holds."""
_ID = re.compile(r'<[^>]* id="([^"]+)"')
_POINTER = re.compile(r'<a href="#([^"]+)">(.*?)</a>', re.DOTALL)


def anchors_in(html: str) -> Iterator[str]:
    """Yield the anchors of a page that our writers made: whatever a text holds is escaped there."""
    return (unescape(found) for found in _ID.findall(html))


@dataclass
class Addresses:
    """The address of each anchor of the site, filled page by page; the first page keeps it."""

    by_anchor: dict[str, str] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    """Anchors that more than one page has, as `words`: fine where only those pages point to it."""
    ambiguous: set[str] = field(default_factory=set)
    """Those of them to which another page points."""
    dead: list[tuple[str, str]] = field(default_factory=list)
    """Pointers that lead nowhere, with the path of the page that holds them."""

    def name(self, path: str, anchor: str, language: str = "") -> None:
        """Take a page or file in by the anchor that stands for it as a whole; an empty one is none.

        All are named before any anchor on a page is taken in, so that none stands in for a page.
        Pages in another language have the anchors of theirs: `language` keeps them apart.
        """
        anchor = named_in(language, anchor)
        if anchor and self.by_anchor.setdefault(anchor, path) != path:
            self.doubled.add(anchor)

    def add(self, path: str, anchors: Iterable[str], language: str = "") -> None:
        """Take in the anchors on a page."""
        for inside in anchors:
            anchor = named_in(language, inside)
            found = self.by_anchor.setdefault(anchor, f"{path}#{inside}")
            if "#" in found and found != f"{path}#{inside}":
                self.doubled.add(anchor)

    def resolved(
        self, html: str, path: str, own: frozenset[str], language: str = "", other: str = ""
    ) -> str:
        """Return a page with its pointers as addresses; one that leads nowhere is plain words.

        `own` are the anchors of the page itself: these it finds without the others. A page in
        another `language` leads to pages of it first; a link to one that is in the language
        `other`, that of the texts, says so.
        """
        up = up_from(path)

        def lead(found: re.Match[str]) -> str:
            anchor = unescape(found[1])
            if anchor in own:
                return found[0]
            anchor = anchor.removeprefix(PAGE)
            address, leaves = self.by_anchor.get(named_in(language, anchor)), ""
            if address is None and language:
                anchor = anchor.removeprefix(_OF_THE_TEXTS)
                address, leaves = self.by_anchor.get(anchor), f' hreflang="{escape(other)}"'
            if address is None:
                self.dead.append((anchor, path))
                return found[2]
            if anchor in self.doubled:
                self.ambiguous.add(anchor)
            # The anchors are those of our own writers, so they need no other escape than theirs.
            place, _, inside = address.partition("#")
            at = f"{place}#{escape(anchor)}" if inside else place
            return f'<a href="{up}{at}"{leaves}>{found[2]}</a>'

        return _POINTER.sub(lead, html)


def named_in(language: str, anchor: str) -> str:
    """Return what leads to an anchor of a page in another language than that of the texts."""
    return f"{language}:{anchor}" if language and anchor else anchor


_OF_THE_TEXTS = "texts:"


def in_the_language_of_the_texts(anchor: str) -> str:
    """Return what leads from a page in another language to the one that says it in that."""
    return f"{_OF_THE_TEXTS}{anchor}"


def up_from(path: str) -> str:
    """Return the way from a page to the root of the site: `../` for each folder above it."""
    return "../" * path.count("/")
