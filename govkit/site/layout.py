"""What most pages of the site are made of: a front, lists of lines, words in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govkit.corpus.documents import Document as Record
from govkit.rendering.document import (
    Block,
    Document,
    Fact,
    Facts,
    Front,
    Listing,
    Paragraph,
    Section,
)
from govkit.rendering.places import anchor_of, term_anchor
from govkit.rendering.spans import Code, Link, Pointer, Spans, Words
from govkit.rendering.typography import curled
from govkit.site.site import Site


def document_of(
    site: Site,
    anchor: str,
    title: str,
    sections: Iterable[Section],
    facts: Iterable[Fact] = (),
    notice: str = "",
    draft: str = "",
    *,
    contents: bool = False,
) -> Document:
    """Return the document of a page; `anchor` names the page on the whole site."""
    said = site.said
    front = Front(
        id=anchor,
        anchor=anchor,
        issuer="",
        title=title,
        facts=Facts(tuple(facts)),
        language=site.language,
        notice=notice,
        draft=draft,
        contents=said["book.contents"] if contents else "",
    )
    return Document(front, tuple(sections))


def section(anchor: str, title: str, *blocks: Block, inner: Sequence[Section] = ()) -> Section:
    """Return a section that stands beside the texts."""
    return Section("back", anchor, "", title, tuple(blocks), tuple(inner))


def sentence(words: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Words(words),))


def lines(several: Iterable[Spans], title: str = "") -> tuple[Listing, ...]:
    """Return a list of lines, or nothing where there is none."""
    found = tuple(several)
    return (Listing(title, found),) if found else ()


MANY = 400
"""So many texts in one list are named by their ids alone, so that the page stays light."""


def named_texts(texts: Sequence[Record]) -> Iterator[Spans]:
    """Yield texts, books and terms, each leading to its place; of many only the ids."""
    many = len(texts) > MANY
    for text in texts:
        title = curled(text.title)
        if text.kind == "term":
            yield to(term_anchor(text.id), title)
        else:
            more = () if many else (Words(f" {title}"),)
            yield (Pointer(anchor_of(text.id), (Code(text.id), *more)),)


def commit_link(site: Site, commit: str, signs: int) -> Spans:
    """Return the first signs of a commit's id; they lead to it where the code host is known."""
    short: Spans = (Code(commit[:signs]),)
    return (Link(f"{site.host.rstrip('/')}/commit/{commit}", short),) if site.host else short


def to(anchor: str, words: str) -> Spans:
    """Return words that lead to an anchor, on whatever page it stands."""
    return (Pointer(anchor, (Words(words),)),)
