"""The back matter of a book: the definitions of its terms, and the sources that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from govkit.corpus.documents import Document
from govkit.languages.catalogue import Messages
from govkit.records.registers import Source, Term
from govkit.rendering import phrases
from govkit.rendering.apparatus import UNVERIFIED, ground_line, unverified
from govkit.rendering.document import Block, Citation, Definition, Listing, Paragraph, Section
from govkit.rendering.holdings import Holdings
from govkit.rendering.places import source_anchor, term_anchor
from govkit.rendering.printing import Printing, in_a_row
from govkit.rendering.release.adoption_facts import asides_of, facts_of
from govkit.rendering.spans import Link, Mark, Span, Words
from govkit.rendering.typography import curled
from govkit.rendering.wording import TermLinks


def register(holdings: Holdings, printing: Printing) -> Iterator[Section]:
    """Yield the definitions and the sources, as far as there are any."""
    said = printing.messages
    entries = (
        *(block for term in holdings.terms for block in _entry(term, printing)),
        *_lacking(holdings, "term"),
    )
    if entries:
        yield Section("back", "definitions", "", said["book.definitions"], entries)
    citations = (
        *_sign_explained(holdings, said),
        *(citation(source, said, in_list=True) for source in holdings.sources),
        *_lacking(holdings, "source"),
    )
    if citations:
        yield Section("back", "sources", "", said["book.sources"], citations)


def _lacking(holdings: Holdings, kind: str) -> Iterator[Block]:
    """Yield a line for each record that is missing: a hole would be read over."""
    for line in holdings.lacking.get(kind, ()):
        yield Paragraph((Words(line),))


def _entry(document: Document, printing: Printing) -> Iterator[Block]:
    """Yield a definition, and in a release the dissent about it."""
    yield definition(document, printing)
    adoption = printing.adoption(document.id)
    if adoption is not None:
        yield from asides_of(adoption, printing.corpus)


def definition(document: Document, printing: Printing) -> Definition:
    """Return the entry of a term. Its definition is normative, the lists below it are not."""
    record = cast(Term, document.record)
    anchor = term_anchor(document.id)
    setting = TermLinks(printing.places)
    blocks = tuple(
        block
        for said in document.said
        for block in setting.blocks(said.wording, lambda labels: ".".join((anchor, *labels)))
    )
    forms = ", ".join(form for form in (record.plural, *record.aliases) if form)
    also = f"{printing.messages['book.also']} {curled(forms)}" if forms else ""
    is_short = printing.selection.is_short
    lists = [] if is_short else [*_lists(record, printing), *_standing(document, printing)]
    place = f"term:{document.id}#definition"
    return Definition(anchor, curled(record.term), also, blocks, tuple(lists), place)


def _standing(document: Document, printing: Printing) -> Iterator[Listing]:
    """Yield what was decided about a definition, where anything was."""
    adoption = printing.adoption(document.id)
    if adoption is not None and adoption.unit.adopted_by is not None:
        for fact in facts_of(adoption, printing.corpus, draft=printing.is_draft):
            yield Listing(fact.name, (fact.spans,))


def _lists(record: Term, printing: Printing) -> Iterator[Listing]:
    said = printing.messages
    if record.grounds:
        lines = tuple(ground_line(ground, printing) for ground in record.grounds)
        yield Listing(said["book.grounds"], lines)
    if record.see:
        yield Listing(
            said["book.see"],
            (in_a_row([printing.term(slug) for slug in record.see], said["general.last"]),),
        )


def _sign_explained(holdings: Holdings, said: Messages) -> Iterator[Block]:
    """Yield what the sign of an unchecked reference means, where there is any."""
    if not holdings.sources:
        return
    records: list[Any] = [each.record for each in holdings.sources]
    for document in (*holdings.texts.values(), *holdings.terms):
        records += getattr(document and document.record, "grounds", ())
    if any(record is not None and not record.verified.by for record in records):
        words = (Words(said["book.not-verified-explained"]),)
        yield Citation(UNVERIFIED, said["book.not-verified-sign"], words)


def citation(document: Document, said: Messages, *, in_list: bool = False) -> Citation:
    """Return the full reference of a source; in a list, a sign says that nobody checked it."""
    record = cast(Source, document.record)
    spans: list[Span] = [Words(curled(". ".join(_sentences(record, said)) + "."))]
    if record.address:
        spans += [Words(" "), Link(record.address, (Words(record.address),))]
    if not record.verified.by:
        mark = (Words(" "), Mark(said["book.not-verified"]))
        spans += unverified(said) if in_list else mark
    return Citation(source_anchor(document.id), curled(record.short), tuple(spans))


def _sentences(record: Source, said: Messages) -> Iterator[str]:
    """Yield title, kind, who issued it and when, and the numbers by which it is cited."""
    version = f" ({record.version})" if record.version else ""
    yield record.title.strip().rstrip(".") + version
    kind = said[f"book.source-kinds.{record.kind}"]
    date = said.date(record.date) if record.date else ""
    made = [part for part in (record.issuer, date) if part]
    yield f"{phrases.capital(kind)}: {', '.join(made)}" if made else phrases.capital(kind)
    numbers = [number for number in (record.number, record.case_id) if number]
    if numbers:
        yield "; ".join(numbers).rstrip(".")
