"""The subjects of the site, as the navigation has them: a new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govkit.site import (
    books,
    consultations,
    decisions,
    feeds,
    for_machines,
    glossary,
    home,
    members,
    registers,
    releases,
    searching,
    sources,
    taking_part,
    text_history,
    texts,
    verifying,
)
from govkit.site.page import File, Page
from govkit.site.site import Site
from govkit.site.written_page import WrittenPage

Made = Iterator[Page | WrittenPage | File]


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
    Subject(text_history.pages),
    Subject(consultations.pages, consultations.ENTRY),
    Subject(decisions.pages, decisions.ENTRY),
    Subject(releases.pages, releases.ENTRY),
    Subject(registers.pages, registers.ENTRY),
    Subject(glossary.pages, glossary.ENTRY),
    Subject(sources.pages, sources.ENTRY),
    Subject(members.pages, members.ENTRY),
    Subject(taking_part.pages, taking_part.ENTRY),
    Subject(feeds.pages),
    Subject(for_machines.pages),
    Subject(searching.pages, searching.ENTRY),
    Subject(verifying.pages, verifying.ENTRY),
)
