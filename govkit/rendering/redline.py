"""From the operations of a redline to the spans and paragraphs of a document.

A space that belongs to changed words stands before their bracket, so that the brackets hold words
and nothing else. White space that differs without a word or a paragraph is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from govkit.corpus.redline.operations import PARAGRAPH_END, Operation, Redline, is_unseen
from govkit.languages.catalogue import Messages
from govkit.rendering import phrases
from govkit.rendering.document import Paragraph
from govkit.rendering.spans import (
    Break,
    Changed,
    Deleted,
    Inserted,
    MovedFrom,
    MovedTo,
    Span,
    Spans,
    Words,
)

_ITEM = re.compile(r"[^\S\n]*\n[^\S\n]*(?=(?:\(\w{1,4}\)|[-\u2022\u2013])(?:\s|$))")
"""The end of a line before an item of a list: it is kept."""
_WHITE = re.compile(r"\s+")
_PARTS = PARAGRAPH_END.split
_END = None
"""Stands for the end of a paragraph among the spans of one."""


def paragraphs_of(redline: Redline, said: Messages) -> tuple[Paragraph, ...]:
    """Return a redline as paragraphs; one that was deleted or inserted is a paragraph of its own.

    Paragraphs are told apart by the empty line between them. An item of a list begins a line.
    """
    paragraphs: list[Paragraph] = []
    spans: list[Span] = []
    for span in (*_Marking(redline, said).spans(), _END):
        if span is not _END:
            spans.append(span)
        elif spans:
            paragraphs.append(Paragraph(_tidy(spans)))
            spans = []
    return tuple(paragraph for paragraph in paragraphs if paragraph.spans)


class _Marking:
    """Marks the operations of one redline, from left to right."""

    def __init__(self, redline: Redline, said: Messages) -> None:
        self._said = said
        self.operations = redline.operations
        self.moves = {at: n for n, pair in enumerate(redline.moved, 1) for at in pair}
        self.stands: set[type] = set()
        """Of what kinds the spans are that stand in this paragraph by now."""
        self.several = len(redline.moved) > 1
        self.inside = {
            to: inside
            for (_, to), inside in zip(redline.moved, redline.inside, strict=True)
            if inside
        }

    def spans(self) -> Iterator[Span | None]:
        """Yield the spans, and `_END` where a paragraph ends."""
        for at, operation in enumerate(self.operations):
            if self._begins_apart(at):
                self.stands.clear()
                yield _END
            # Nothing stands in this paragraph yet.
            for span in self._operation(at, operation, not self.stands):
                yield span
                if span is _END:
                    self.stands.clear()
                elif span != Words(" "):
                    self.stands.add(type(span))

    def _begins_apart(self, at: int) -> bool:
        """Say whether what was inserted here stands in no place of what was deleted just before:
        another cell, or prose that became one.
        """
        before, operation = self.operations[at - 1], self.operations[at]
        return (
            at > 0
            and (before.op, operation.op) == ("delete", "insert")
            and not {at - 1, at} & self.moves.keys()
            and self.stands == {Deleted}
            and not PARAGRAPH_END.match(operation.new)
        )

    def _operation(self, at: int, operation: Operation, fresh: bool) -> Iterator[Span | None]:
        op, old, new = operation
        if op == "equal" or is_unseen(operation):
            yield from _pieces(new or old)
        elif not old.strip() and not new.strip():
            yield from self._paragraph_end(old, new)
        elif len(_PARTS(old)) == len(_PARTS(new)) > 1:
            # As many paragraphs on both sides: each stands with the one in its place.
            for number, (gone, come) in enumerate(zip(_PARTS(old), _PARTS(new), strict=True)):
                yield from (_END,) if number else ()
                yield from self._sides(gone, come, at, Words(" "))
        elif old and new and bool(PARAGRAPH_END.match(old)) != bool(PARAGRAPH_END.match(new)):
            yield from self._paragraph_end(_lead(old), _lead(new))
            yield from self._sides(old.lstrip(), new.lstrip(), at, Words(" "))
        else:
            own_lines = fresh or bool(PARAGRAPH_END.match(old) and PARAGRAPH_END.match(new))
            several = PARAGRAPH_END.search(old.strip()) or PARAGRAPH_END.search(new.strip())
            yield from self._sides(old, new, at, _END if own_lines and several else Words(" "))

    def _sides(self, old: str, new: str, at: int, between: Span | None) -> Iterator[Span | None]:
        item = _ITEM.match(new) if _ITEM.match(old) else None
        if item and between:
            new = new[item.end() :]  # Two labels of one item stand in one line.
        yield from self._side(old, at, True)
        yield from (between,) if old and new else ()
        yield from self._side(new, at, False)

    def _side(self, text: str, at: int, is_old: bool) -> Iterator[Span | None]:
        if text and not is_old and at in self.inside:
            yield from self._moved_and_changed(text, at)
            return
        for piece in _pieces(text):
            if isinstance(piece, Words) and piece.text.strip():
                inner = piece.text.strip()
                before, _, after = piece.text.partition(inner)
                yield from (Words(" "),) if before else ()
                yield self._changed((Words(inner),), at, is_old)
                yield from (Words(" "),) if after else ()
            else:
                yield piece

    def _moved_and_changed(self, text: str, at: int) -> Iterator[Span | None]:
        """Yield what moved with the changes inside it, a part for each paragraph or line."""
        (op, old, new), *rest = self.inside[at]
        # The space before what moved belongs to its place and not to its words.
        first = Operation(op, old.lstrip(), new.lstrip())
        inner = _Marking(Redline((first, *rest), ()), self._said).spans()
        label = self._said["redline.moved-changed"] + self._number(at)
        yield from _pieces(_lead(text))
        for apart, spans in groupby(inner, lambda span: span is _END or isinstance(span, Break)):
            if apart:
                yield from spans
            elif tidy := _tidy([span for span in spans if span is not None]):
                yield MovedTo(tidy, label)

    def _number(self, at: int) -> str:
        return f", {self.moves[at]}" if self.several else ""

    def _changed(self, spans: Spans, at: int, is_old: bool) -> Changed:
        said = self._said
        if at in self.moves:
            if is_old:
                return MovedFrom(spans, said["redline.moved-from"] + self._number(at))
            return MovedTo(spans, said["redline.moved-to"] + self._number(at))
        if is_old:
            return Deleted(spans, said["redline.deleted"])
        return Inserted(spans, said["redline.inserted"])

    def _paragraph_end(self, old: str, new: str) -> Iterator[Span | None]:
        """Mark that only the end of a paragraph was put in or taken out."""
        comes = PARAGRAPH_END.search(new)
        if self.stands and self.stands <= ({Inserted, MovedTo} if comes else {Deleted, MovedFrom}):
            yield _END  # A whole paragraph came or went, with its end.
            return
        said = self._said
        sign = (Words(phrases.PARAGRAPH),)
        if comes:
            yield from (Words(" "), Inserted(sign, said["redline.inserted"]), _END)
        else:
            yield from (Words(" "), Deleted(sign, said["redline.deleted"]), Words(" "))


def _lead(text: str) -> str:
    """Return the white space at the beginning of a text."""
    return text[: len(text) - len(text.lstrip())]


def _pieces(text: str) -> Iterator[Span | None]:
    """Yield the words of a text, `Break` before an item, and `_END` where a paragraph ends."""
    for number, paragraph in enumerate(PARAGRAPH_END.split(text)):
        if number:
            yield _END
        for line, words in enumerate(_ITEM.split(paragraph)):
            if line:
                yield Break()
            if words:
                yield Words(_WHITE.sub(" ", words))


def _tidy(spans: list[Span]) -> Spans:
    """Return the spans of a paragraph without white space at its ends, words joined to words."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if isinstance(span, Words):
            before = last.text if isinstance(last, Words) else ""
            at_start = last is None or isinstance(last, Break) or before.endswith(" ")
            text = span.text.lstrip(" ") if at_start else span.text
            if isinstance(last, Words):
                joined[-1] = Words(before + text)
            elif text:
                joined.append(Words(text))
        elif not (isinstance(span, Break) and last is None):
            joined.append(span)
    while joined and (isinstance(joined[-1], Break) or joined[-1] == Words(" ")):
        joined.pop()
    if joined and isinstance(joined[-1], Words):
        joined[-1] = Words(joined[-1].text.rstrip(" "))
    return tuple(joined)
