"""The subjects of the site, as the navigation has them: a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govkit.site import books, feeds, glossary, home, sources, texts
from govkit.site.page import File, Page
from govkit.site.site import Site

Made = Iterator[Page | File]


class Subject(NamedTuple):
    """What yields the pages and files of one subject.

    `entry` is the anchor of the page that the navigation leads to, and with `site.ways.` before it
    the message that names it there; without one the subject has no line of its own.
    """

    pages: Callable[[Site], Made]
    entry: str = ""


SUBJECTS: tuple[Subject, ...] = (
    Subject(home.pages),
    Subject(books.pages, books.ENTRY),
    Subject(texts.pages),
    Subject(glossary.pages, glossary.ENTRY),
    Subject(sources.pages, sources.ENTRY),
    Subject(feeds.pages),
)
