"""A reader of built pages: tags, links and the words of a site that lies in memory."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from govkit.procedures.site.gathering import gather_site
from govkit.site.building import built
from govkit.site.links import Addresses
from govkit.workspace import open_workspace

NOW = datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)
Files = Mapping[str, bytes]


class Tags(HTMLParser):
    """Collects the tags of a page, in order, with their attributes."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *names: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


def site_of(
    folder: Path,
    address: str = "",
    now: datetime.datetime = NOW,
    formats: tuple[str, ...] = ("md",),
) -> dict[str, bytes]:
    """Return the files of the site of a folder, with the books in the cheapest format."""
    return dict(built(gather_site(open_workspace(folder), now, address, formats)))


def broken_links(files: Files) -> list[str]:
    """Return each link of a site that leads to no file or anchor of it, with the page it is on."""
    tags = {path: Tags(data) for path, data in files.items() if path.endswith(".html")}
    ids = {path: set(page.ids) for path, page in tags.items()}
    wrong = []
    for path, page in tags.items():
        for tag, attributes in page.tags:
            for name in ("href", "src"):
                address = urlsplit(attributes.get(name, ""))
                if name not in attributes or address.scheme:
                    continue
                folder = posixpath.dirname(path)
                at = posixpath.normpath(posixpath.join(folder, unquote(address.path)))
                at = at if address.path else path
                inside = unquote(address.fragment)
                if at not in files or (inside and inside not in ids.get(at, ())):
                    wrong.append(f"{path}: <{tag}> {attributes[name]}")
    return wrong


def dead_pointers(folder: Path) -> tuple[list[tuple[str, str]], set[str]]:
    """Return the pointers that lead nowhere, and anchors that pointers need and two pages keep."""
    addresses = Addresses()
    for _ in built(gather_site(open_workspace(folder), NOW), addresses):
        pass
    return addresses.dead, addresses.ambiguous
