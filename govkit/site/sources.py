"""The sources: laws, cases and standards that the texts rest on, and which text rests on which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from govkit.corpus.documents import Document
from govkit.records.registers import Source
from govkit.rendering.apparatus import UNVERIFIED
from govkit.rendering.back_matter import citation
from govkit.rendering.document import Citation, Section
from govkit.rendering.phrases import capital
from govkit.rendering.places import source_anchor
from govkit.rendering.spans import Spans, Words
from govkit.rendering.typography import curled
from govkit.site.layout import document_of, lines, named_texts, section, sentence, to
from govkit.site.page import Page
from govkit.site.site import Site

ENTRY = "sources"


def pages(site: Site) -> Iterator[Page]:
    """Yield the list of sources, and a page for each."""
    said = site.said
    every = [each for each in site.corpus.of_kind("source") if each.record is not None]
    every.sort(key=lambda each: (cast(Source, each.record).short.casefold(), each.id))
    document = document_of(site, ENTRY, said["site.ways.sources"], _by_kind(site, every))
    yield Page("sources.html", document, said["site.sources-described"])
    for source in every:
        yield _source(site, source)


def _by_kind(site: Site, every: list[Document]) -> Iterator[Section]:
    said = site.said
    if not every:
        yield section("none", said["site.ways.sources"], sentence(said["site.none-yet"]))
    for kind, name in said.group("book.source-kinds").items():
        rows = [_line(each) for each in every if cast(Source, each.record).kind == kind]
        if rows:
            yield section(f"kind-{kind}", capital(name), *lines(rows))
    if every:
        words = (Words(said["book.not-verified-explained"]),)
        sign = Citation(UNVERIFIED, said["book.not-verified-sign"], words)
        yield Section("back", "signs", "", "", (sign,))


def _line(source: Document) -> Spans:
    record = cast(Source, source.record)
    short, title = curled(record.short), curled(record.title.strip())
    rest = (Words(f": {title}"),) if title != short else ()
    return (*to(source_anchor(source.id), short), *rest)


def _source(site: Site, source: Document) -> Page:
    said = site.said
    record = cast(Source, source.record)
    short = curled(record.short)
    cited = Section("back", "reference", "", said["site.reference"], (citation(source, said),))
    sections = (cited, *_resting(site, source))
    document = document_of(site, f"of-{source_anchor(source.id)}", short, sections)
    description = said.say("site.source-described", source=short)
    return Page(f"sources/{source.id}.html", document, description, (ENTRY,))


def _resting(site: Site, source: Document) -> Iterator[Section]:
    found: dict[str, Document] = {}
    for other, _ in site.corpus.back_links.get(("source", source.id), ()):
        if other.kind in ("provision", "recommendation", "principle", "term"):
            found.setdefault(other.path, other)
    users = [each for each in found.values() if each.record is not None]
    blocks = lines(named_texts(users)) or (sentence(site.said["site.unused"]),)
    yield section("resting", site.said["site.resting"], *blocks)
