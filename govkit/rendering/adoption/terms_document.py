"""A platform's terms as a document: its sections in its own numbers, and nothing of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from govkit.adoption.drafting import FIRST_SECTION, parties_of
from govkit.adoption.terms import (
    Blocks,
    DefinedTerm,
    Piece,
    PlatformTerms,
    TermsBlock,
    TermsClause,
    TermsSection,
)
from govkit.rendering.document import (
    Block,
    Clause,
    Definition,
    Document,
    Fact,
    Facts,
    Front,
    Item,
    Items,
    Limit,
    Paragraph,
    Prose,
    Section,
)
from govkit.rendering.phrases import DASH
from govkit.rendering.places import term_anchor
from govkit.rendering.spans import Code, Emphasis, Pointer, Span, Words
from govkit.rendering.typography import curled, typeset

_Spans = Callable[[Iterable[Piece]], tuple[Span, ...]]


def terms_document(terms: PlatformTerms) -> Document:
    """Return the terms as a document in the order of print."""
    return _Printed(terms).document()


class _Printed:
    """The terms of one platform, as they are printed."""

    def __init__(self, terms: PlatformTerms) -> None:
        self.terms = terms
        self.profile = terms.choices.profile
        self.said = terms.choices.corpus.messages
        self.anchors = frozenset(
            (
                *(each.number for each in terms.sections),
                *(each.number for each in terms.clauses()),
                *((terms.reading.number,) if terms.reading else ()),
                *(each.number for each in (terms.reading.clauses if terms.reading else ())),
            )
        )
        self.terms_here = frozenset(each.slug for each in terms.definitions)

    def document(self) -> Document:
        sections = [self._about(), *map(self._section, self.terms.sections)]
        if self.terms.reading is not None:
            sections.append(self._section(self.terms.reading))
        sections.append(self._definitions())
        return Document(self._front(), tuple(sections))

    def _front(self) -> Front:
        said, profile = self.said, self.profile
        facts = []
        if profile.applies_from:
            day = said.date(profile.applies_from.isoformat())
            facts.append(Fact(said["adopt.from"], (Words(day),)))
        between = said.say("adopt.parties", operator=profile.operator, service=profile.service)
        facts.append(Fact(said["adopt.between"], (Words(between),)))
        return Front(
            id="terms",
            anchor="head",
            issuer=profile.operator,
            title=said.say("adopt.title", service=profile.service),
            facts=Facts(tuple(facts)),
            language=self.terms.choices.corpus.language,
            day=profile.applies_from.isoformat() if profile.applies_from else "",
            contents=said["book.contents"],
            of=said["general.of"],
            skip=said["book.skip"],
        )

    # --- the frame --------------------------------------------------------------------------------

    def _about(self) -> Section:
        number = FIRST_SECTION - 1
        clauses = tuple(
            Clause(f"s-{number}.{n}", f"{number}.{n}", "", (), (Paragraph((Words(words),)),))
            for n, words in enumerate(about(self.terms), start=1)
        )
        return Section("text", f"s-{number}", f"{number}", self.said["adopt.about"], clauses)

    def _definitions(self) -> Section:
        number = self.terms.definitions_number
        entries = tuple(map(self._definition, self.terms.definitions))
        return Section("text", f"s-{number}", number, self.said["adopt.definitions"], entries)

    def _definition(self, term: DefinedTerm) -> Definition:
        also = f"{self.said['book.also']} {curled(term.plural)}" if term.plural else ""
        blocks = self._blocks(term.blocks)
        return Definition(term_anchor(term.slug), curled(term.term), also, blocks)

    # --- sections and clauses ---------------------------------------------------------------------

    def _section(self, section: TermsSection) -> Section:
        blocks: tuple[Block, ...] = tuple(map(self._clause, section.clauses))
        title = curled(section.title)
        return Section("text", f"s-{section.number}", section.number, title, blocks)

    def _clause(self, clause: TermsClause) -> Clause:
        limits = (
            *self._limits("condition", clause.conditions),
            *self._limits("exception", clause.exceptions),
        )
        return Clause(
            f"s-{clause.number}", clause.number, "", (), self._blocks(clause.blocks), limits
        )

    def _limits(self, name: str, several: Sequence[Blocks]) -> Iterator[Limit]:
        """Yield conditions or exceptions; of several each has its number, since clauses count."""
        for n, blocks in enumerate(several, start=1):
            one = self.said[f"adopt.{name}"]
            title = self.said.say(f"adopt.{name}s", number=n) if len(several) > 1 else one
            yield Limit(title, self._blocks(blocks))

    def _blocks(self, blocks: Blocks) -> tuple[Prose, ...]:
        return tuple(_nested(list(blocks), 0, self._spans))

    def _spans(self, pieces: Iterable[Piece]) -> tuple[Span, ...]:
        return typeset(tuple(map(self._span, pieces)))

    def _span(self, piece: Piece) -> Span:
        words = Words(piece.words)
        match piece.kind:
            case "em":
                return Emphasis((words,))
            case "code":
                return Code(piece.words)
            case "term" if piece.target in self.terms_here:
                return Pointer(term_anchor(piece.target), (words,))
            case "place" if piece.target in self.anchors:
                return Pointer(f"s-{piece.target}", (words,))
            case _:
                return words


def about(terms: PlatformTerms) -> Iterator[str]:
    """Yield the clauses of the first section: who is who, what comes first, what words mean."""
    said, profile = terms.choices.corpus.messages, terms.choices.profile
    parties, charter = parties_of(terms.choices), terms.choices.corpus.charter
    plural = next((t.plural for t in terms.definitions if t.term == parties.user), "")
    blanks = {
        "platform": f"the {parties.platform}",
        "operator": profile.operator,
        "service": profile.service,
        "user": parties.user,
        "definitions": terms.definitions_number,
    }
    if profile.voice == "we-you":
        yield said.say("adopt.who-we-you", **blanks, users=plural or parties.user)
    else:
        yield said.say("adopt.who-named", **blanks)
    you = "you" if profile.voice == "we-you" else f"the {parties.user}"
    yield said.say("adopt.precedence", service=profile.service, you=you)
    first = terms.first_number
    last = terms.sections[-1].number if terms.sections else first
    several = "adopt.one-provision" if last == first else "adopt.several-provisions"
    yield said.say(
        "adopt.provisions",
        sections=said.say(several, first=first, last=last),
        about=FIRST_SECTION - 1,
        definitions=terms.definitions_number,
        coalition=charter.name if charter else terms.choices.book.title,
    )
    yield said["adopt.force"]
    yield said.say("adopt.words", definitions=terms.definitions_number)
    if profile.contact:
        if profile.voice == "we-you":
            yield said.say("adopt.contact", contact=profile.contact)
        else:
            platform = f"the {parties.platform}"
            yield said.say("adopt.contact-named", platform=platform, contact=profile.contact)


def _nested(blocks: list[TermsBlock], depth: int, spans: _Spans) -> Iterator[Prose]:
    """Yield the blocks of this level; what is deeper becomes lists inside."""
    while blocks and blocks[0].depth >= depth:
        block = blocks[0]
        if block.depth > depth:
            yield _items(blocks, depth + 1, spans)
        elif block.style == "p":
            yield Paragraph(spans(blocks.pop(0).pieces))
        else:
            return


def _items(blocks: list[TermsBlock], depth: int, spans: _Spans) -> Items:
    items: list[Item] = []
    while blocks and (not items or (blocks[0].depth == depth and blocks[0].style != "p")):
        head = blocks.pop(0)
        label = DASH if head.style == "-" else f"({head.label})"
        inner = tuple(_nested(blocks, depth, spans))
        items.append(Item(label, (Paragraph(spans(head.pieces)), *inner)))
    return Items(tuple(items))
