"""What is new, as an Atom feed (RFC 4287), so that a reader is told without asking.

The same entries give the same bytes, and each keeps its id for good, so that nobody is told twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr


class FeedEntry(NamedTuple):
    """One thing that happened. `id` is an IRI that names it for good; `at` is aware and in UTC.

    `address` is where to read more: an address, or the way from the feed to it.
    """

    id: str
    title: str
    at: datetime.datetime
    address: str
    summary: str = ""


class Feed(NamedTuple):
    """What a feed says of itself. `address` is where it is to be found, or empty."""

    id: str
    title: str
    author: str
    address: str = ""
    about: str = ""
    """The page that it tells the news of."""
    language: str = "en"


_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""When a feed without an entry was changed last: a feed has to say some moment."""


def atom(feed: Feed, entries: Iterable[FeedEntry]) -> bytes:
    """Return a feed in UTF-8, the newest of its entries first."""
    newest = sorted(entries, key=lambda each: (each.at, each.id), reverse=True)
    at = newest[0].at if newest else _NEVER
    pieces = (
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.language)}>\n',
        f"<id>{_text(feed.id)}</id>\n<title>{_text(feed.title)}</title>\n",
        f"<updated>{_moment(at)}</updated>\n",
        f"<author><name>{_text(feed.author)}</name></author>\n",
        _link("self", feed.address),
        _link("alternate", feed.about),
        *(piece for each in newest for piece in _entry(each)),
        "</feed>\n",
    )
    return "".join(pieces).encode()


def _entry(entry: FeedEntry) -> Iterator[str]:
    yield f"<entry>\n<id>{_text(entry.id)}</id>\n<title>{_text(entry.title)}</title>\n"
    yield f"<updated>{_moment(entry.at)}</updated>\n"
    yield _link("alternate", entry.address)
    if entry.summary:
        yield f"<summary>{_text(entry.summary)}</summary>\n"
    yield "</entry>\n"


def _link(rel: str, address: str) -> str:
    return f'<link rel="{rel}" href={quoteattr(_text(address, raw=True))}/>\n' if address else ""


def _moment(at: datetime.datetime) -> str:
    return f"{at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _text(words: str, *, raw: bool = False) -> str:
    """Return words without the signs that XML has no place for, escaped."""
    allowed = "".join(sign for sign in words if sign in "\t\n\r" or sign >= " ")
    kept = allowed.replace("\ufffe", "").replace("\uffff", "")
    return kept if raw else escape(kept)
