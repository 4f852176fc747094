"""The translations of the texts: beside their original, and each on a page in its language."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.governance import Translation
from govkit.records.kinds import NUMBERED_KINDS
from govkit.records.texts import Section as Part
from govkit.rendering.document import Block, Clause, Paragraph, Section
from govkit.rendering.holdings import name_of_book
from govkit.rendering.phrases import DASH
from govkit.rendering.places import anchor_of
from govkit.rendering.spans import Code, Words
from govkit.rendering.typography import curled
from govkit.rendering.wording import TermLinks
from govkit.site.layout import document_of, lines, section, sentence, to
from govkit.site.links import in_the_language_of_the_texts, named_in
from govkit.site.page import Page
from govkit.site.site import Site


def beside(site: Site, text: Document) -> Iterator[Section]:
    """Yield the translations of a text, clause by clause; they bind nobody."""
    for language, document, record in translations(site):
        if record.of != text.id:
            continue
        title = f"{site.said['site.translation']} ({language})"
        blocks = tuple(_clauses(site, document, ""))
        own = Section(
            "back", f"words-in-{language}", "", curled(record.title), blocks, language=language
        )
        notes = (sentence(site.said["site.translation-binds-nobody"]), *_state(site, text, record))
        alone = to(named_in(language, anchor_of(text.id)), site.said["site.translation-alone"])
        more = lines([alone] if language in site.languages else [])
        yield section(f"translation-{language}", title, *notes, *more, inner=(own,))


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages of the translations into the language that the site speaks."""
    for language, document, record in translations(site):
        text = site.corpus.find(NUMBERED_KINDS, record.of)
        if language == site.spoken and text is not None and text.record is not None:
            yield _page(site, document, record, text)


def translations(site: Site) -> Iterator[tuple[str, Document, Translation]]:
    """Yield the translations of texts that can be read, each with its language."""
    for document in site.corpus.of_kind("translation"):
        if isinstance(document.record, Translation):
            yield document.path.split("/")[1], document, document.record


def title_in(site: Site, text: Document) -> str:
    """Return the title of a text in the language that the site speaks, where it is translated."""
    record = site.corpus.once(_by_language).get((site.spoken, text.id))
    return curled(record.title) if record else site.original(curled(text.title))


def title_of_part(site: Site, book: Document, part: Part) -> str:
    """Return the title of a part of a book in the same way."""
    record = site.corpus.once(_by_language).get((site.spoken, book.id))
    translated = record.parts.get(part.id) if record else None
    return curled(translated) if translated else site.original(curled(part.title))


def _by_language(corpus: Corpus) -> dict[tuple[str, str], Translation]:
    return {
        (document.path.split("/")[1], document.record.of): document.record
        for document in corpus.of_kind("translation")
        if isinstance(document.record, Translation)
    }


def _page(site: Site, document: Document, record: Translation, text: Document) -> Page:
    said = site.said
    anchor = anchor_of(text.id)
    binding = (Code(text.id), Words(" "), Words(site.original(curled(text.title))))
    original = lines([(*to(in_the_language_of_the_texts(anchor), said["site.original"]),)])
    sections = (
        Section("front", "words", "", "", tuple(_clauses(site, document, text.id))),
        section(
            "original",
            said["site.original-title"],
            sentence(said["site.translation-binds-nobody"]),
            *_state(site, text, record),
            Paragraph(binding),
            *original,
        ),
    )
    is_book = text.kind == "instrument"
    title = curled(record.title) if is_book else f"{text.id} {curled(record.title)}"
    made = document_of(site, anchor, title, sections)
    described = said.say("site.text-described", id=text.id, title=curled(record.title))
    name = f"books/{name_of_book(text.id).lower()}" if is_book else f"texts/{anchor}"
    return Page(f"{name}.html", made, described, ("texts",))


def _state(site: Site, text: Document, record: Translation) -> Iterator[Block]:
    """Yield that nobody has compared a translation, and that its original has other words now."""
    if record.reviewed_by is None:
        yield sentence(site.said["site.translation-not-compared"])
    if record.source_digest != site.corpus.digests.of(text):
        yield sentence(site.said["site.translation-older"])


def _clauses(site: Site, document: Document, id: str) -> Iterator[Block]:
    """Yield the clauses of a translation; a condition or exception stands below its clause.

    Where `id` names the text, they have its anchors.
    """
    for said in document.said:
        blocks = TermLinks(site.places).blocks(said.wording)
        named, clause = said.keys[-1] == "text", str(said.keys[1])
        anchor = anchor_of(id, clause) if id and named else ""
        yield Clause(anchor, f"({clause})" if named else DASH, "", (), blocks)
