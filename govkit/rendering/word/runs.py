"""Running text as runs: styles of words, links, language and direction, tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govkit.rendering.bars import signs_of
from govkit.rendering.spans import (
    Bar,
    Blank,
    Break,
    Changed,
    Code,
    Deleted,
    Emphasis,
    Inserted,
    Link,
    Mark,
    MovedFrom,
    MovedTo,
    Pointer,
    Span,
    Spans,
    Strong,
    Words,
    leads_out,
)
from govkit.rendering.typography import is_right_to_left
from govkit.rendering.word.marks import Marks
from govkit.rendering.word.xml import field_of, run, said

_STRONG_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_NEUTRAL = r"[^\w]|\d"
_RIGHT_TO_LEFT = re.compile(f"[{_STRONG_RIGHT}](?:(?:{_NEUTRAL})*[{_STRONG_RIGHT}])*")
_LEFT_TO_RIGHT = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f](?:[\w.()/-]*[\w)])?")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")


class Runs:
    """Writes spans as runs. It keeps the addresses that links lead out to."""

    def __init__(self, language: str, marks: Marks, numbers: frozenset[str], author: str) -> None:
        """Take the language of the document, and the ids that head a section of it.

        `author` are the attributes that say who changed what, and when.
        """
        self.addresses: dict[str, str] = {}
        """The id of the relation of each address."""
        self._marks = marks
        self._numbers = numbers
        self._author = author
        self._language = language.split("-")[0]
        self.right_to_left = is_right_to_left(language)

    def of(self, spans: Iterable[Span], style: str = "", *, tracked: bool = False) -> str:
        """Return spans as runs. With `tracked`, what changed is a tracked change."""
        return "".join(self._span(span, style, tracked) for span in spans)

    def words(self, text: str, style: str = "", tag: str = "t") -> str:
        """Return words as runs, a run for each direction."""
        pattern = _LEFT_TO_RIGHT if self.right_to_left else _RIGHT_TO_LEFT
        if text.isascii() and not self.right_to_left:
            return run(text, style, tag=tag) if text else ""
        runs = ""
        at = 0
        for found in pattern.finditer(text):
            runs += self._one_way(text[at : found.start()], style, tag, turned=False)
            runs += self._one_way(found[0], style, tag, turned=True)
            at = found.end()
        return runs + self._one_way(text[at:], style, tag, turned=False)

    def _one_way(self, text: str, style: str, tag: str, *, turned: bool) -> str:
        if not text:
            return ""
        if turned == self.right_to_left:
            return run(text, style, tag=tag)
        language = self._language
        if not self.right_to_left:
            language = "he" if _HEBREW.search(text) else "ar"
        return run(text, style, f'<w:rtl/><w:lang w:bidi="{said(language)}"/>', tag)

    def _span(self, span: Span, style: str, tracked: bool) -> str:
        match span:
            case Words(text):
                return self.words(text, style)
            case Emphasis(spans) | Strong(spans):
                own = "Strong" if isinstance(span, Strong) else style or "Emphasis"
                return self.of(spans, own, tracked=tracked)
            case Code(text):
                return run(text, "Code")
            case Pointer(anchor, spans):
                return self._pointer(anchor, spans)
            case Link(address, spans):
                return self._link(address, spans)
            case Blank(_, text) | Mark(text):
                own = "Blank" if isinstance(span, Blank) else "EditorMark"
                return self.words(f"[{text}]", own)
            case Break():
                return "<w:r><w:br/></w:r>"
            case Bar():
                signs = " ".join(map(signs_of, span.parts))
                return self.words(f"{signs} ({span.said})", style)
            case _:
                return self._tracked(span) if tracked else self._bracketed(span)

    # --- links ------------------------------------------------------------------------------------

    def _pointer(self, anchor: str, spans: Spans) -> str:
        match spans:
            case (Code(text),) if text in self._numbers:
                return field_of(f"REF {self._marks.name('_n_', text)} \\h", text, "Code")
        style = "TermLink" if anchor.startswith("term-") else "Hyperlink"
        name = self._marks.name("_a_", anchor)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{self.of(spans, style)}</w:hyperlink>'

    def _link(self, address: str, spans: Spans) -> str:
        # The tree promises it; a program that opens links does not rest on a promise.
        if not leads_out(address):
            return self.of(spans)
        id = self.addresses.setdefault(address, f"link{len(self.addresses) + 1}")
        inner = self.of(spans, "Hyperlink")
        return f'<w:hyperlink r:id="{id}" w:history="1">{inner}</w:hyperlink>'

    # --- redlines ---------------------------------------------------------------------------------

    def change(self, kind: str) -> str:
        """Return the empty element of a change, as it stands in the properties of a paragraph."""
        return f'<w:{kind} w:id="{self._marks.number()}" {self._author}/>'

    def tracked(self, kind: str, runs: str) -> str:
        """Return runs as a tracked change: `ins`, `del`, `moveFrom` or `moveTo`."""
        return f'<w:{kind} w:id="{self._marks.number()}" {self._author}>{runs}</w:{kind}>'

    def _tracked(self, span: Changed) -> str:
        text = "".join(each.text for each in span.spans if isinstance(each, Words))
        match span:
            case Deleted():
                return self.tracked("del", self.words(text, tag="delText"))
            case Inserted():
                return self.tracked("ins", self.words(text))
            case MovedFrom(_, said_):
                return self._moved("moveFrom", said_, self.words(text))
            case MovedTo(_, said_):
                return self._moved("moveTo", said_, self.words(text))

    def _moved(self, kind: str, name: str, runs: str) -> str:
        number = self._marks.number()
        return (
            f'<w:{kind}RangeStart w:id="{number}" w:name="{said(name)}" {self._author}/>'
            f'{self.tracked(kind, runs)}<w:{kind}RangeEnd w:id="{number}"/>'
        )

    def _bracketed(self, span: Changed) -> str:
        match span:
            case Deleted(spans):
                return self._between("[-", spans, "-]", "DeletedWords")
            case Inserted(spans):
                return self._between("[+", spans, "+]", "InsertedWords")
            case MovedFrom(spans, said_):
                return self._between(f"[{said_}: ", spans, "]", "DeletedWords")
            case MovedTo(spans, said_):
                return self._between(f"[{said_}: ", spans, "]", "InsertedWords")

    def _between(self, before: str, spans: Spans, after: str, style: str) -> str:
        return f"{self.words(before)}{self.of(spans, style)}{self.words(after)}"
