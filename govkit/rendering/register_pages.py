"""A register, an entry of it, or the matrix of issues, as a document of its own."""

from __future__ import annotations

from dataclasses import replace

from govkit.corpus.documents import Document as Record
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.rendering.document import Document, Fact, Facts, Front, Section
from govkit.rendering.issue_matrix import matrix_section
from govkit.rendering.registers import entry_section, register_section
from govkit.rendering.spans import Code, Pointer, Spans
from govkit.rendering.typography import curled


def register_page(corpus: Corpus, kind: str) -> Document:
    """Return a whole register as a document; what it names of its own leads to its place."""
    held = {(kind, each.id) for each in corpus.of_kind(kind) if each.record is not None}

    def leads(of: str, id: str, spans: Spans) -> Spans:
        return (Pointer(f"{of}-{id}", spans),) if (of, id) in held else spans

    return _page(corpus, register_section(corpus, kind, leads))


def matrix_page(corpus: Corpus) -> Document:
    """Return the matrix of issues as a document."""
    return _page(corpus, matrix_section(corpus))


def entry_page(corpus: Corpus, entry: Record) -> Document:
    """Return one entry as a document. Raises `GovkitError` where it can't be read.

    Its facts stand in the head; a paper has its contents.
    """
    if entry.record is None:
        raise GovkitError(f"{entry.id} could not be read", "Run `govkit check` to see why.")
    section = entry_section(corpus, entry)
    facts = tuple(each for each in section.blocks if isinstance(each, Facts))
    front = _front(corpus, f"{entry.kind}-{entry.id}", section.title)
    said = corpus.messages
    front = replace(
        front,
        facts=Facts(
            (Fact(said["book.id"], (Code(entry.id),)), *(f for each in facts for f in each.facts))
        ),
        notice=said["registers.binds-nobody"] if entry.kind == "paper" else "",
        contents=said["book.contents"] if section.sections else "",
        skip=said["book.skip"] if section.sections else "",
        status=said[f"registers.papers.{entry.status}"] if entry.kind == "paper" else "",
    )
    blocks = tuple(each for each in section.blocks if not isinstance(each, Facts))
    own = Section("back", section.anchor, "", "", blocks)
    return Document(front, (*([own] if blocks else []), *section.sections))


def _page(corpus: Corpus, section: Section) -> Document:
    front = _front(corpus, section.anchor, section.title)
    front = replace(
        front,
        notice=corpus.messages["registers.as-it-stands"],
        contents=corpus.messages["book.contents"] if section.sections else "",
        skip=corpus.messages["book.skip"] if section.sections else "",
    )
    # The head of the document is the heading of the register; its entries stand in the contents.
    opening = (replace(section, title="", sections=()),) if section.blocks else ()
    return Document(front, (*opening, *section.sections))


def _front(corpus: Corpus, id: str, title: str) -> Front:
    charter = corpus.charter
    return Front(
        id=id,
        anchor="head",
        issuer=curled(charter.name) if charter else "",
        title=title,
        facts=Facts(()),
        language=corpus.language,
        of=corpus.messages["general.of"],
    )
