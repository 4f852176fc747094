"""The frame around each page: its head for programs, the banner, the navigation, the foot.

The browser may load nothing but the one style of the site, and the scripts that a page names; what
a text holds can't change that. All words of the frame are messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from govkit.rendering.html import MAIN, head_html, in_language_of, language_of
from govkit.rendering.html_text import words_html
from govkit.rendering.typography import curled
from govkit.site.foreign_words import words_of_the_site
from govkit.site.links import PAGE
from govkit.site.page import Page
from govkit.site.site import Site

STYLE = "style/site.css"
FEEDS = ("changes", "consultations", "events")
HOME = "home"
"""The anchor of the first page."""


class Way(NamedTuple):
    """A line of the navigation: the anchor that it leads to, and its words."""

    anchor: str
    words: str


class Beside(NamedTuple):
    """The same page in a language, or where it has none, the first page in that language."""

    language: str
    path: str
    is_same: bool
    is_here: bool


def head_of(page: Page) -> str:
    """Return the head of a page and its contents, without the frame and its sections."""
    return head_html(page.document) + _picture(page)


def _picture(page: Page) -> str:
    if page.picture is None:
        return ""
    path, words = page.picture
    source = f"{_root(page)}{escape(path)}"
    return f'<p class="picture"><img src="{source}" alt="{escape(words)}"></p>\n'


def framed(
    site: Site,
    page: Page,
    body: str,
    ways: Sequence[Way],
    above: Sequence[Way],
    beside: Sequence[Beside] = (),
) -> str:
    """Return a whole page; its pointers are still anchors.

    `ways` are the lines of the navigation, `above` the pages above this one, the first page first,
    `beside` the page in each language of the site.
    """
    said = site.said
    pieces = (
        f"<!DOCTYPE html>\n<html{language_of(page.document.front)}>\n<head>\n",
        *_head(site, page),
        *_same_elsewhere(site, page, beside),
        "</head>\n<body>\n",
        f'<a class="skip" href="#{MAIN}">{escape(said["site.skip"])}</a>\n',
        *_banner(site, page, ways, beside),
        f'<main id="{MAIN}" tabindex="-1">\n',
        *_above(said["site.you-are-here"], above),
        body,
        "</main>\n",
        *_foot(site, page),
        *(f'<script src="{_root(page)}{escape(each)}" defer></script>\n' for each in page.scripts),
        "</body>\n</html>\n",
    )
    return "".join(pieces)


def name_of(site: Site) -> str:
    """Return the name of the coalition, as it is printed."""
    return site.original(curled(site.charter.name))


def _root(page: Page) -> str:
    return "../" * page.path.count("/")


# --- for programs ---------------------------------------------------------------------------------


def _head(site: Site, page: Page) -> Iterator[str]:
    name = name_of(site)
    title = name if page.anchor == HOME else f"{page.title} · {name}"
    scripts = " script-src 'self';" if page.scripts else ""
    scripts += " connect-src 'self';" if page.asks else ""
    policy = (
        f"default-src 'none'; style-src 'self'; img-src 'self';{scripts} "
        "base-uri 'none'; form-action 'none'"
    )
    yield '<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield f"<title>{escape(title)}</title>\n"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield from _named("description", page.description)
    yield f'<link rel="stylesheet" href="{_root(page)}{STYLE}">\n'
    beside = f"{page.path.rpartition('/')[2].removesuffix('.html')}.json"
    yield f'<link rel="alternate" type="application/json" href="{escape(beside)}">\n'
    for kind in FEEDS:
        words = escape(f"{name}: {site.said[f'site.feeds.{kind}']}")
        place = f'href="{_root(page)}{kind}.atom" title="{words}"'
        yield f'<link rel="alternate" type="application/atom+xml" {place}>\n'
    yield from _shared(site, page, title)


def _shared(site: Site, page: Page, title: str) -> Iterator[str]:
    """Yield what a page is called where somebody shares its address (Open Graph)."""
    kind = "website" if page.anchor == HOME else "article"
    said = [("type", kind), ("title", title), ("site_name", name_of(site))]
    said += [("description", page.description), ("locale", page.document.front.language)]
    if site.address:
        address = escape(f"{site.address}{page.path}")
        yield f'<link rel="canonical" href="{address}">\n'
        said.append(("url", f"{site.address}{page.path}"))
    for name, words in said:
        if words:
            yield f'<meta property="og:{name}" content="{escape(words)}">\n'


def _same_elsewhere(site: Site, page: Page, beside: Sequence[Beside]) -> Iterator[str]:
    """Yield for search engines where the same page is in each language."""
    same = [each for each in beside if each.is_same]
    for each in same if len(same) > 1 else ():
        address = f"{site.address}{each.path}" if site.address else f"{_root(page)}{each.path}"
        code = escape(each.language)
        yield f'<link rel="alternate" hreflang="{code}" href="{escape(address)}">\n'


def _named(name: str, words: str) -> Iterator[str]:
    if words:
        yield f'<meta name="{name}" content="{escape(words)}">\n'


# --- for people -----------------------------------------------------------------------------------


def _banner(site: Site, page: Page, ways: Sequence[Way], beside: Sequence[Beside]) -> Iterator[str]:
    here = {page.anchor, *page.under}
    yield '<header class="banner">\n'
    yield f'<p class="site-name">{_to(HOME, words_html(name_of(site)))}</p>\n'
    yield f'<nav class="ways" aria-label="{escape(site.said["site.navigation"])}">\n<ul>\n'
    for way in ways:
        current = ' class="here"' if way.anchor in here else ""
        yield f"<li{current}>{_to(way.anchor, escape(way.words))}</li>\n"
    yield "</ul>\n</nav>\n"
    yield from _languages(site, page, beside)
    yield "</header>\n"


def _languages(site: Site, page: Page, beside: Sequence[Beside]) -> Iterator[str]:
    """Yield the languages of the site, each by its own name, leading to this page in it."""
    if len(beside) < 2:
        return
    yield f'<nav class="languages" aria-label="{escape(site.said["site.languages"])}">\n<ul>\n'
    for each in beside:
        said = words_of_the_site(each.language)
        name = said["site.language"] if said.is_own("site.language") else escape(each.language)
        spoken = in_language_of(each.language)
        address = f"{_root(page)}{escape(each.path)}"
        here = ' aria-current="true"' if each.is_here else ""
        link = f'<a href="{address}" hreflang="{escape(each.language)}"{spoken}{here}>{name}</a>'
        yield f"<li>{link}</li>\n"
    yield "</ul>\n</nav>\n"


def _above(words: str, above: Sequence[Way]) -> Iterator[str]:
    if above:
        yield f'<nav class="above" aria-label="{escape(words)}">\n<ol>\n'
        for way in above:
            yield f"<li>{_to(way.anchor, words_html(way.words))}</li>\n"
        yield "</ol>\n</nav>\n"


def _foot(site: Site, page: Page) -> Iterator[str]:
    said = site.said
    yield '<footer class="foot">\n'
    if page.anchor == HOME:  # on each page it would make each another one with every commit
        yield f"<p>{_made_from(site)}</p>\n"
    if site.charter.licence:
        licence = words_html(site.original(curled(site.charter.licence)))
        yield f"<p>{escape(said['book.licence'])}: {licence}</p>\n"
    yield f"<p>{escape(said['site.no-watching'])}</p>\n"
    if said.is_own("site.unreviewed") and site.language.split("-")[0] != "en":
        yield f"<p>{escape(said['site.unreviewed'])}</p>\n"
    yield "</footer>\n"


def _made_from(site: Site) -> str:
    said = site.said
    if not site.edition:
        return escape(said["site.working-copy"])
    words = said.say("site.made-from", day=said.date(site.edition))
    return f"{escape(words)} <code>{escape(site.commit)}</code>"


def _to(anchor: str, html: str) -> str:
    """Return a link to a page, as the writers of `rendering` write one to an anchor."""
    return f'<a href="#{PAGE}{escape(anchor)}">{html}</a>'
