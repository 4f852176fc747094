"""From the value of a normative text to the blocks of a document.

The value is flat (a depth for each block); the document's lists are nested. Terms and references
become pointers, parameters become blanks. A term is marked once in a text by its author; the first
unmarked use in each further clause is found here and linked too, by the words and with the sense
that the rules on terms have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from govkit.corpus.term_words import HIDDEN, is_term, without_quotations
from govkit.corpus.word_list import Hit, WordList
from govkit.records.normative import Block, Run, Wording
from govkit.rendering.document import Item, Items, Paragraph, Prose
from govkit.rendering.phrases import DASH
from govkit.rendering.places import Places
from govkit.rendering.spans import Blank, Code, Emphasis, Span, Words
from govkit.rendering.typography import typeset


class TermWords:
    """The words of all terms, and which of the terms one text uses."""

    def __init__(self, words: WordList, used: frozenset[str] = frozenset()) -> None:
        """Take the words of all terms, and the slugs of those that a text marks or is about.

        All are looked for, so that `content` in `illegal content` is not taken for a use of the
        shorter term; only those that are used are found.
        """
        self._words = words
        self._used = used

    def found(self, runs: Iterable[Run]) -> Iterator[list[Hit]]:
        """Yield, for each run of a block, the uses of terms in its words."""
        runs = tuple(runs)
        plain = without_quotations("".join(map(_plain, runs)))
        hits = [hit for hit in self._hits(plain) if is_term(hit, plain)]
        start = 0
        for run in runs:
            end = start + len(run.words)
            yield [
                hit._replace(start=hit.start - start, end=hit.end - start)
                for hit in hits
                if start <= hit.start and hit.end <= end
            ]
            start = end

    def _hits(self, plain: str) -> Iterator[Hit]:
        if self._used:
            yield from (hit for hit in self._words.hits(plain) if hit.phrase.means in self._used)


def _plain(run: Run) -> str:
    return run.words if run.kind in ("text", "em") else HIDDEN * len(run.words)


NO_TERMS = TermWords(WordList(()))


class TermLinks:
    """Sets the texts of one clause: knows where pointers lead and which terms it has linked.

    `value_of` gives the printed default of a parameter. `linked` are terms that need no link any
    more, because the line of the parties has it.
    """

    def __init__(
        self,
        places: Places,
        terms: TermWords = NO_TERMS,
        value_of: Callable[[str], str] = str,
        linked: Iterable[str] = (),
    ) -> None:
        """Begin a clause."""
        self._places = places
        self._terms = terms
        self._value_of = value_of
        self._linked = set(linked)

    def blocks(
        self, wording: Wording, anchor: Callable[[tuple[str, ...]], str] | None = None
    ) -> tuple[Prose, ...]:
        """Return the blocks of a text. `anchor` gives the anchor of an item from its labels."""
        self._linked.update(run.target for run in wording.runs("term"))
        return self._level(list(wording.blocks), 0, (), anchor or (lambda labels: ""))

    def spans(self, runs: Sequence[Run]) -> tuple[Span, ...]:
        """Return the words of one block, typeset."""
        found = self._terms.found(runs)
        return typeset(
            tuple(
                span for run, hits in zip(runs, found, strict=True) for span in self._run(run, hits)
            )
        )

    def _level(
        self,
        blocks: list[Block],
        depth: int,
        way: tuple[str, ...],
        anchor: Callable[[tuple[str, ...]], str],
    ) -> tuple[Prose, ...]:
        """Take from the front of `blocks` what belongs to this level and deeper."""
        found: list[Prose] = []
        while blocks and blocks[0].depth >= depth:
            if blocks[0].style == "p" and blocks[0].depth == depth:
                found.append(Paragraph(self.spans(blocks.pop(0).runs)))
            elif blocks[0].depth > depth:
                found.append(self._items(blocks, depth + 1, way, anchor))
            else:
                break
        return tuple(found)

    def _items(
        self,
        blocks: list[Block],
        depth: int,
        way: tuple[str, ...],
        anchor: Callable[[tuple[str, ...]], str],
    ) -> Items:
        items: list[Item] = []
        # The first block is taken whatever it is, so that a flawed text can't hold us here.
        while blocks and (not items or (blocks[0].depth == depth and blocks[0].style != "p")):
            head = blocks.pop(0)
            here = (*way, head.label)
            words = Paragraph(self.spans(head.runs))
            inner = self._level(blocks, depth, here, anchor)
            label = DASH if head.style == "-" else f"({head.label})"
            address = "" if head.style == "-" else anchor(here)
            items.append(Item(label, (words, *inner), address))
        return Items(tuple(items))

    def _run(self, run: Run, hits: list[Hit]) -> tuple[Span, ...]:
        words = (Words(run.words),)
        match run.kind:
            case "em":
                return (Emphasis(self._linked_words(run.words, hits)),)
            case "code":
                return (Code(run.words),)
            case "term":
                return self._places.to_term(run.target, words)
            case "ref":
                return self._places.to_text(run.target, words)
            case "param":
                return (Blank(run.target, self._value_of(run.target)),)
            case _:
                return self._linked_words(run.words, hits)

    def _linked_words(self, words: str, hits: list[Hit]) -> tuple[Span, ...]:
        spans: list[Span] = []
        at = 0
        for hit in hits:
            if hit.phrase.means in self._linked:
                continue
            self._linked.add(hit.phrase.means)
            term = self._places.to_term(hit.phrase.means, (Words(words[hit.start : hit.end]),))
            spans += [Words(words[at : hit.start])] if at < hit.start else []
            spans += term
            at = hit.end
        return (*spans, Words(words[at:])) if at < len(words) else tuple(spans)
