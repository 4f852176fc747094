"""Builds the site: all pages, then their addresses, then the bytes of every file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

from govkit.rendering.html import MAIN
from govkit.site.frame import HOME, STYLE, Way, body_of, framed
from govkit.site.links import Addresses, anchors_in
from govkit.site.page import File, Page
from govkit.site.page_json import as_json
from govkit.site.searching import index_of
from govkit.site.site import Site
from govkit.site.sitemap import sitemap
from govkit.site.subjects import SUBJECTS

Built = Iterator[tuple[str, bytes]]


class WrittenPage(NamedTuple):
    """A page with what it says as HTML, whose pointers are still anchors."""

    page: Page
    body: str
    anchors: frozenset[str]


def built(site: Site, addresses: Addresses | None = None) -> Built:
    """Yield each file of the site by its path, with its bytes: pages first, in their order.

    Who gives `addresses` can see there afterwards where each anchor is, and what led nowhere.
    """
    addresses = addresses or Addresses()
    pages, others = _made(site)
    for each in pages:
        addresses.name(each.page.path, each.page.anchor)
    for other in others:
        addresses.name(other.path, other.anchor)
    for each in pages:
        addresses.add(each.page.path, sorted(each.anchors) if each.page.keeps_anchors else ())
    ways = [
        Way(each.entry, site.said[f"site.ways.{each.entry}"]) for each in SUBJECTS if each.entry
    ]
    named = {each.page.anchor: each.page for each in pages}
    for each in pages:
        yield each.page.path, _whole(site, each, ways, named, addresses)
        beside = f"{each.page.path.removesuffix('.html')}.json"
        yield beside, as_json(site, each.page)
    yield STYLE, _style()
    if site.address:
        yield "sitemap.xml", sitemap(site, [each.page for each in pages])
    for other in others:
        yield other.path, other.data
    yield from index_of(site, ((each.page, each.body) for each in pages))


def _made(site: Site) -> tuple[list[WrittenPage], list[File]]:
    pages: list[WrittenPage] = []
    others: list[File] = []
    for subject in SUBJECTS:
        for made in subject.pages(site):
            if isinstance(made, File):
                others.append(made)
            else:
                body = body_of(made)
                pages.append(WrittenPage(made, body, frozenset(anchors_in(body))))
    return pages, others


def _whole(
    site: Site,
    written: WrittenPage,
    ways: list[Way],
    named: Mapping[str, Page],
    addresses: Addresses,
) -> bytes:
    page = written.page
    first = [] if page.anchor == HOME else [Way(HOME, site.said["site.home"])]
    above = first + [Way(each, named[each].title) for each in page.under if each in named]
    html = framed(site, page, written.body, ways, above)
    return addresses.resolved(html, page.path, written.anchors | {MAIN}).encode()


def _style() -> bytes:
    words = files("govkit.rendering").joinpath("style", "words.css").read_bytes()
    return words + files("govkit.site").joinpath("style", "site.css").read_bytes()
