"""The addresses inside a book: which anchors there are, and where a reference leads.

A reference to a text that another book holds leads nowhere in this one; its words are printed as
plain words. A reference to an item that is no longer there leads to its clause or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.kinds import NUMBERED_KINDS
from govkit.rendering.holdings import Holdings
from govkit.rendering.selection import WHOLE, Selection
from govkit.rendering.spans import Pointer, Span

_STEP = re.compile(r"\(([^()]+)\)")


def anchor_of(id: str, clause: str = "", labels: Iterable[str] = ()) -> str:
    """Return the anchor of a text, of its clause, or of an item of that clause.

    `mcp-due-03`, `mcp-due-03-a`, `mcp-due-03-a.ii`. The last sign is a full stop because a clause
    id can hold a hyphen, and (a-1) is not item (1) of clause (a).
    """
    base = f"{id.lower()}-{clause}" if clause else id.lower()
    return ".".join((base, *labels))


def term_anchor(slug: str) -> str:
    """Return the anchor of a definition."""
    return f"term-{slug}"


def source_anchor(slug: str) -> str:
    """Return the anchor of a source."""
    return f"source-{slug}"


def part_anchor(id: str) -> str:
    """Return the anchor of a part of the book."""
    return f"part-{id}"


def page_of_text(id: str) -> str:
    """Return the address of a text's page below that of the site."""
    return f"texts/{anchor_of(id)}.html"


class Places:
    """All anchors of a book that a reference can lead to."""

    def __init__(self, holdings: Holdings | None, selection: Selection = WHOLE) -> None:
        """Take the anchors from what the book holds and the selection takes.

        Without holdings there are none: then every reference is plain words.
        """
        if holdings is None:
            self._have((), ())
            return
        texts = [text for text in holdings.texts.values() if text is not None]
        others = (
            *(term_anchor(term.id) for term in holdings.terms),
            *(source_anchor(source.id) for source in holdings.sources),
        )
        self._have((holdings.head, *texts), others, selection)

    def _have(
        self, texts: Iterable[Document], others: Iterable[str], selection: Selection = WHOLE
    ) -> None:
        self._selection = selection
        self._others = frozenset(others)
        self._texts: dict[str, list[Document]] = {}
        for text in texts:
            if text.kind in NUMBERED_KINDS:
                self._texts.setdefault(anchor_of(text.id), []).append(text)
        self._found: dict[str, frozenset[str]] = {}

    def _anchors_of(self, id: str) -> frozenset[str]:
        """Return the anchors of a text; they are looked for when somebody asks for the first."""
        base = anchor_of(id)
        if base not in self._found:
            texts = self._texts.get(base, ())
            self._found[base] = frozenset(
                anchor for text in texts for anchor in _anchors(text, self._selection)
            )
        return self._found[base]

    def to_text(self, target: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return the spans as a pointer to `MCP-DUE-03(a)(ii)`, or as they are."""
        id = target.partition("(")[0]
        clause, *labels = _STEP.findall(target) or ("",)
        held = self._anchors_of(id)
        for anchor in (anchor_of(id, clause, labels), anchor_of(id, clause), anchor_of(id)):
            if anchor in held:
                return (Pointer(anchor, spans),)
        return spans

    def holds(self, id: str) -> bool:
        """Return whether a text is printed in this book."""
        return anchor_of(id) in self._texts

    def to_term(self, slug: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return the spans as a pointer to a definition, or as they are."""
        return self._to(term_anchor(slug), spans)

    def to_source(self, slug: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Return the spans as a pointer to a source, or as they are."""
        return self._to(source_anchor(slug), spans)

    def _to(self, anchor: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return (Pointer(anchor, spans),) if anchor in self._others else spans


class CoalitionPlaces(Places):
    """All anchors of a whole coalition: its website has a place for each."""

    def __init__(self, corpus: Corpus) -> None:
        """Take the anchors of all that can be read."""
        readable = [each for each in corpus.documents if each.record is not None]
        named = {"term": term_anchor, "source": source_anchor}
        others = (named[each.kind](each.id) for each in readable if each.kind in named)
        self._have(readable, others)


def _anchors(document: Document, selection: Selection) -> Iterator[str]:
    yield anchor_of(document.id)
    if getattr(document.record, "withdrawn", None):
        return
    left_out = selection.left_out(document)
    for clause in getattr(document.record, "clauses", ()):
        if clause.id not in left_out:
            yield anchor_of(document.id, clause.id)
    for said in document.said:
        if said.clause in left_out:
            continue
        yield anchor_of(document.id, said.clause)
        if said.keys[-1] == "text":
            for labels in said.wording.labels():
                yield anchor_of(document.id, said.clause, labels)


NO_PLACES = Places(None)
"""The addresses of a page that holds no text."""
