"""From the value of a normative text to the blocks of a document.

The value is flat (a depth for each block); the document's lists are nested. Terms and references
become pointers, parameters become blanks. A term is marked once in a text by its author; the first
unmarked use in each further clause is found here, as a whole word, and linked too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from govkit.records.normative import Block, Run, Wording
from govkit.rendering.document import (
    Blank,
    Code,
    Emphasis,
    Item,
    Items,
    Paragraph,
    Prose,
    Span,
    Words,
)
from govkit.rendering.phrases import DASH
from govkit.rendering.places import Places
from govkit.rendering.typography import typeset


class TermWords:
    """The words by which the terms of one text are known: singular, plural and aliases."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        """Take the terms, slug to record, that are marked in a text or named as its parties."""
        self._slugs = {
            form.casefold(): slug
            for slug, term in sorted(terms.items(), reverse=True)
            for form in (*term.aliases, term.plural, term.term)
            if form
        }
        longest_first = sorted(self._slugs, key=lambda form: (-len(form), form))
        words = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<![\w-])(?:{words or '(?!)'})(?![\w-])", re.IGNORECASE)

    def parted(self, words: str) -> Iterable[tuple[str, str]]:
        """Yield the words piece by piece, each with the slug of the term it is, or with ""."""
        at = 0
        for found in self._pattern.finditer(words):
            yield words[at : found.start()], ""
            yield found.group(), self._slugs.get(found.group().casefold(), "")
            at = found.end()
        yield words[at:], ""


NO_TERMS = TermWords({})


class Setting:
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

    def spans(self, runs: Iterable[Run]) -> tuple[Span, ...]:
        """Return the words of one block, typeset."""
        return typeset(tuple(span for run in runs for span in self._run(run)))

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
        while blocks and (not items or _is_item(blocks[0], depth)):
            head = blocks.pop(0)
            here = (*way, head.label)
            words = Paragraph(self.spans(head.runs))
            inner = self._level(blocks, depth, here, anchor)
            label = DASH if head.style == "-" else f"({head.label})"
            address = "" if head.style == "-" else anchor(here)
            items.append(Item(label, (words, *inner), address))
        return Items(tuple(items))

    def _run(self, run: Run) -> tuple[Span, ...]:
        words = (Words(run.words),)
        match run.kind:
            case "em":
                return (Emphasis(words),)
            case "code":
                return (Code(run.words),)
            case "term":
                return self._places.to_term(run.target, words)
            case "ref":
                return self._places.to_text(run.target, words)
            case "param":
                return (Blank(run.target, self._value_of(run.target)),)
            case _:
                return self._linked_words(run.words)

    def _linked_words(self, words: str) -> tuple[Span, ...]:
        spans: list[Span] = []
        plain = ""
        for piece, slug in self._terms.parted(words):
            if not slug or slug in self._linked:
                plain += piece
                continue
            self._linked.add(slug)
            spans += [Words(plain)] if plain else []
            spans += self._places.to_term(slug, (Words(piece),))
            plain = ""
        return (*spans, Words(plain)) if plain else tuple(spans)


def _is_item(block: Block, depth: int) -> bool:
    return block.depth == depth and block.style != "p"
