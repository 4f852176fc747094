"""One text of a book: a provision, a recommendation or a principle, as a section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.documents import Document
from govkit.rendering import phrases
from govkit.rendering.apparatus import apparatus
from govkit.rendering.clauses import Clauses, withdrawal
from govkit.rendering.document import Aside, Block, Fact, Facts, Paragraph, Section, Withdrawn
from govkit.rendering.notes import read_note, read_remark
from govkit.rendering.places import anchor_of, page_of_text
from govkit.rendering.printing import Printing, in_a_row
from govkit.rendering.release.adoption_facts import asides_of, facts_of
from govkit.rendering.spans import Code, Mark, Words
from govkit.rendering.typography import curled


def text_section(id: str, document: Document | None, printing: Printing) -> Section:
    """Return the section of a text; one that is missing or can't be read is one plain line."""
    title = curled(document.title) if document else ""
    blocks = tuple(_blocks(id, document, printing))
    charter = printing.corpus.charter
    home = charter.home if charter and document else ""
    address = f"{home.rstrip('/')}/{page_of_text(id)}" if home else ""
    return Section("text", anchor_of(id), id, title, blocks, field=f"{id}#title", address=address)


def _blocks(id: str, document: Document | None, printing: Printing) -> Iterator[Block]:
    said = printing.messages
    if document is None:
        yield Paragraph((Words(said.say("book.absent", id=id)),))
    elif document.record is None:
        yield Paragraph((Words(said.say("book.unreadable", id=id)),))
    else:
        yield from _readable(document, printing)


def _readable(document: Document, printing: Printing) -> Iterator[Block]:
    said = printing.messages
    record: Any = document.record
    if record.withdrawn is not None:
        yield Withdrawn("", "", withdrawal(record.withdrawn, printing))
        yield from _of_withdrawal(document, printing)
        return
    clauses = Clauses(document, printing)
    facts, usual = tuple(_facts(document, printing)), clauses.usual()
    if facts or usual:
        yield Facts(facts, Fact(said["book.usual"], usual) if usual else None)
    yield from clauses.of_text()
    left_out = printing.selection.left_out(document)
    resting = printing.resting_on_left_out(document)
    if resting:
        yield Paragraph((Mark(phrases.rests_on_left_out(said, resting)),))
    if left_out:
        yield Paragraph((Mark(phrases.clauses_left_out(said, [f"({id})" for id in left_out])),))
    adoption = printing.adoption(document.id)
    if adoption is not None:
        yield from asides_of(adoption, printing.corpus)
    yield from apparatus(document, printing)
    digest = printing.corpus.digests.of(document)
    # The head of an offprint has it.
    if digest and document is not printing.head and not printing.selection.is_short:
        name = said["book.whole-digest"] if left_out else said["book.digest"]
        yield Facts((Fact(name, (Code(digest),)),))
    yield from _notes(document, printing)


def _of_withdrawal(document: Document, printing: Printing) -> Iterator[Block]:
    """Yield, in a release, what was decided about a text that is no more, and the dissent."""
    adoption = printing.adoption(document.id)
    if adoption is not None:
        yield Facts(tuple(facts_of(adoption, printing.corpus, draft=printing.is_draft)))
        yield from asides_of(adoption, printing.corpus)


def _notes(document: Document, printing: Printing) -> Iterator[Aside]:
    said = printing.messages
    for title, field in (
        (said["book.rationale"], "rationale"),
        (said["book.guidance"], "guidance"),
    ):
        text = printing.note(document, field)
        if text:
            yield Aside(title, read_note(text, printing.places), f"{document.id}#{field}")


def _facts(document: Document, printing: Printing) -> Iterator[Fact]:
    if printing.selection.is_short:
        scope = printing.narrowed(getattr(document.record, "applies_to", {}))
        if scope:
            yield Fact(printing.messages["book.applies-to"], (Words(scope),))
    else:
        yield from _all_facts(document, printing)
    options = printing.options(document)
    if options:
        yield Fact(printing.messages["book.options"], (Words(options),))


def _all_facts(document: Document, printing: Printing) -> Iterator[Fact]:
    said = printing.messages
    r: Any = document.record
    summary = printing.note(document, "summary")
    if summary:
        spans = read_remark(summary, printing.places)
        yield Fact(said["book.summary"], spans, f"{document.id}#summary")
    if document.status != printing.head.status:
        yield Fact(said["book.status"], (Words(printing.status(document.status)),))
    if r.rights:
        rights = said.several([printing.right(slug) for slug in r.rights])
        yield Fact(said["book.rights"], (Words(curled(rights)),))
    if getattr(r, "category", None):
        yield Fact(said["book.category"], (Words(phrases.capital(r.category)),))
    applies_to = getattr(r, "applies_to", None)
    if applies_to is not None:
        scope = printing.narrowed(applies_to) or said["book.everyone"]
        yield Fact(said["book.applies-to"], (Words(scope),))
    for name, ids in (
        (said["book.supersedes"], r.supersedes),
        (said["book.superseded-by"], [r.superseded_by] if r.superseded_by else []),
    ):
        if ids:
            yield Fact(name, in_a_row([printing.text(id) for id in ids], "; ", "; "))
    adoption = printing.adoption(document.id)
    if adoption is not None:
        yield from facts_of(adoption, printing.corpus, draft=printing.is_draft)
