"""The registers of the coalition's life: issues, responses, initiatives, papers, events.

What an entry looks like `rendering.registers` knows; here each gets its place, and what it names
leads to its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govkit.corpus.documents import Document
from govkit.proposals.call_inputs import inputs_of
from govkit.records.kinds import NUMBERED_KINDS
from govkit.records.registers import Paper
from govkit.rendering.document import Facts, Section
from govkit.rendering.issue_matrix import matrix_section, matrix_svg
from govkit.rendering.places import anchor_of, source_anchor, term_anchor
from govkit.rendering.registers import Leads, anchor_of_entry, entry_section, in_print_order
from govkit.rendering.release.people import plain
from govkit.rendering.spans import Pointer, Spans, Strong, Words
from govkit.site import taking_part
from govkit.site.consultations import input_line
from govkit.site.layout import document_of, lines, section, sentence, to
from govkit.site.page import File, Page
from govkit.site.site import Site

ENTRY = "registers"
_KINDS = ("issue", "response", "initiative", "paper", "event")


def pages(site: Site) -> Iterator[Page | File]:
    """Yield a page for each register, for each of its entries, and for the matrix of issues."""
    yield _front_page(site)
    for kind in _KINDS:
        entries = in_print_order(site.corpus.of_kind(kind))
        yield _register(site, kind, entries)
        for entry in entries:
            yield _entry(site, entry)
    yield from _matrix(site)


def _front_page(site: Site) -> Page:
    said = site.said
    rows: list[Spans] = [
        (
            Strong(to(_named(kind), said[f"site.registers.{kind}"])),
            Words(f": {said[f'site.registers-are.{kind}']}"),
        )
        for kind in _KINDS
    ]
    rows.append((Strong(to("matrix", said["registers.matrix.title"])),))
    body = section("all", said["site.ways.registers"], *lines(rows))
    document = document_of(site, ENTRY, said["site.ways.registers"], [body])
    return Page("registers/index.html", document, said["site.registers-described"])


def _named(kind: str) -> str:
    return f"register-of-{kind}s"


def _register(site: Site, kind: str, entries: list[Document]) -> Page:
    said = site.said
    title = said[f"site.registers.{kind}"]
    rows = lines(to(anchor_of_entry(kind, each.id), plain(each.title)) for each in entries)
    blocks = rows or (sentence(said["registers.empty"]),)
    body = section("entries", title, *blocks)
    document = document_of(site, _named(kind), title, [body])
    described = said[f"site.registers-are.{kind}"]
    return Page(f"registers/{kind}s/index.html", document, described, (ENTRY,))


def _entry(site: Site, entry: Document) -> Page:
    kind = entry.kind or ""
    whole = entry_section(site.corpus, entry, _leads())
    facts = [fact for each in whole.blocks if isinstance(each, Facts) for fact in each.facts]
    blocks = tuple(each for each in whole.blocks if not isinstance(each, Facts))
    own = Section("back", "entry", "", site.said["site.entry"], blocks)
    sections = (*([own] if blocks else []), *whole.sections, *_comments(site, entry))
    notice = site.said["registers.binds-nobody"] if kind == "paper" else ""
    anchor = anchor_of_entry(kind, entry.id)
    title = plain(entry.title)
    document = document_of(
        site, anchor, title, sections, facts, notice, contents=bool(whole.sections)
    )
    return Page(f"registers/{kind}s/{entry.id}.html", document, title, (ENTRY, _named(kind)))


def _comments(site: Site, entry: Document) -> Iterator[Section]:
    """Yield what came in about a paper by its call, and how to say something about it."""
    paper = entry.record
    if not isinstance(paper, Paper):
        return
    said = site.said
    call = site.corpus.find(("call",), f"calls/{paper.call}") if paper.call else None
    if call is not None:
        came = inputs_of(site.corpus, paper.call or "")
        rows = lines(input_line(site, each) for each in came) or (sentence(said["site.none-yet"]),)
        more = lines([to(f"call-{paper.call}", plain(call.title))])
        yield section("inputs", said["comments.inputs"], *rows, *more)
    ways = lines(taking_part.ways(site, "comment", f"call:{paper.call}" if call else entry.id))
    rest = lines([to(taking_part.ENTRY, said["site.ways.take-part"])])
    yield section("take-part-here", said["site.to.say"], *ways, *rest)


def _leads() -> Leads:
    def leads(kind: str, id: str, spans: Spans) -> Spans:
        if kind in NUMBERED_KINDS:
            return (Pointer(anchor_of(id), spans),)
        named = {"term": term_anchor, "source": source_anchor}
        anchor = named[kind](id) if kind in named else anchor_of_entry(kind, id)
        return (Pointer(anchor, spans),)

    return leads


def _matrix(site: Site) -> Iterator[Page | File]:
    said = site.said
    whole = matrix_section(site.corpus, _leads())
    picture = lines([to("matrix-picture", said["site.as-picture"])])
    blocks = (*whole.blocks, *picture)
    own = replace(whole, anchor="whole-matrix", title=said["site.by-issue"], blocks=blocks)
    document = document_of(site, "matrix", whole.title, [own], contents=True)
    yield Page("registers/matrix.html", document, said["site.matrix-described"], (ENTRY,))
    yield File("registers/matrix.svg", matrix_svg(site.corpus), "matrix-picture")
