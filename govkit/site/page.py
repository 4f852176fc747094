"""A page of the site, and a file beside the pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govkit.rendering.document import Document


@dataclass(frozen=True)
class Page:
    """One page of the site.

    `path` is its permanent address below that of the site, as `texts/mcp-due-03.html`. The anchor
    of the document's front names the page: what points to it, on any page, leads here.
    """

    path: str
    document: Document
    description: str = ""
    """One sentence, for a search engine and for whoever shares the address."""
    under: tuple[str, ...] = ()
    """The anchors of the pages above it, from the outermost, without the first page."""
    keeps_anchors: bool = True
    """Its anchors are the permanent places of what stands there. A redline keeps none: the words
    that it shows have their place elsewhere."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the JSON beside the page says, beyond what every page says."""
    changed: datetime.date | None = None
    """The day of the last change, for the map of the site."""
    picture: tuple[str, str] | None = None
    """The path of a picture of the site that stands below the head, and what it says in words."""
    scripts: tuple[str, ...] = ()
    """The paths of files of the site that the page runs. It is whole without them."""
    language: str = ""
    """The language of a page that says in it what another page says in that of the texts; else
    empty. What leads from it to an anchor leads to a page of its language first."""
    asks: bool = False
    """Its scripts may ask the server that the page came from, as `govkit serve` has it."""

    @property
    def anchor(self) -> str:
        """Return the anchor that names the page."""
        return self.document.front.anchor

    @property
    def title(self) -> str:
        """Return its title."""
        return self.document.front.title


@dataclass(frozen=True)
class File:
    """A file that is no page: a feed, a calendar, a book to download, a picture.

    What points to its `anchor`, on any page, leads to it.
    """

    path: str
    data: bytes
    anchor: str = ""
