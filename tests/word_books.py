"""Printed texts as Word files for tests (docs/word-format.md), and edits made in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.sax.saxutils import escape

from rapidfuzz.distance import Indel

from govkit.corpus.documents import Document
from govkit.proposals.suggestions.fields import PrintedField, fields_of
from tests.word_files import part, relations, word_file

WHO = "Ada Example"
_LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    f'<w:lvlText w:val="(%{depth + 1})"/></w:lvl>'
    for depth, form in enumerate(("lowerLetter", "lowerRoman", "decimal", "upperLetter"))
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{_LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a book: the controls that it stands in, its words, and what was done to it.

    `new` are its words after an edit, None where it went; `came` says that it is new itself.
    `moved` is `from` or `to`. `cell` puts it into a row of a table of its own.
    """

    controls: tuple[str, ...]
    style: str
    depth: int | None
    words: str
    new: str | None
    came: bool = False
    moved: str = ""
    cell: bool = False
    inline: bool = False
    lead: str = ""
    author: str = WHO

    @property
    def is_changed(self) -> bool:
        return self.came or bool(self.moved) or self.words != self.new


@dataclass
class Book:
    """The paragraphs of a book, and the comments in it: (place, author, words)."""

    paragraphs: list[Paragraph]
    comments: list[tuple[int, str, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)

    def places(self, tag: str) -> list[int]:
        return [at for at, each in enumerate(self.paragraphs) if each.controls[-1:] == (tag,)]

    def reword(self, at: int, new: str | None, author: str = WHO) -> None:
        self.paragraphs[at] = replace(self.paragraphs[at], new=new, author=author)

    def add(self, at: int, like: int, words: str, *, inside: bool = False) -> None:
        """Put a new paragraph before `at`, set as another one is."""
        old = self.paragraphs[like]
        controls = old.controls[:1] if inside else ()
        self.paragraphs.insert(at, Paragraph(controls, old.style, old.depth, "", words, came=True))

    def move(self, first: int, end: int, to: int) -> None:
        """Move a stretch of paragraphs before the one at `to`, which lies behind it."""
        moved = self.paragraphs[first:end]
        self.paragraphs[to:to] = [replace(each, moved="to") for each in moved]
        self.paragraphs[first:end] = [replace(each, moved="from") for each in moved]


def book_of(documents: Iterable[Document], *, tables: bool = False, notes: bool = True) -> Book:
    """Print some records; `tables` puts conditions and exceptions into tables, and without `notes`
    rationale and guidance are left out.
    """
    printed = [each for document in documents for each in _record(document, tables)]
    of_note = ("#rationale", "#guidance")
    return Book([each for each in printed if notes or not each.controls[0].endswith(of_note)])


def _record(document: Document, tables: bool) -> Iterator[Paragraph]:
    for printed in fields_of(document):
        name = printed.keys[-1]
        if printed.is_line:
            lead = f"{document.id} " if name == "title" else "Summary: "
            style = "Heading2" if name == "title" else "Summary"
            [block] = printed.blocks
            words = block.words
            yield Paragraph((printed.tag,), style, None, words, words, inline=True, lead=lead)
            continue
        is_limit = isinstance(name, int)
        for number, block in enumerate(printed.blocks):
            controls = _controls(printed, block.block.label, number)
            style = "Limit" if is_limit else "Clause" if printed.is_clause else "Note"
            depth = None
            if block.block.style != "p":
                style, depth = "Item", block.block.depth
            elif printed.is_clause and not number:
                depth = 0
            elif printed.is_clause:
                style = "ClauseText"
            lead = "Exception: " if is_limit and not number else ""
            yield Paragraph(
                controls,
                style,
                depth,
                block.words,
                block.words,
                cell=tables and is_limit,
                lead=lead,
            )


def _controls(printed: PrintedField, label: str, number: int) -> tuple[str, ...]:
    key = printed.blocks[number].key
    if key == printed.key:
        return (printed.tag,)
    return (printed.tag, f"{printed.tag}.{label}")


# --- a book as a Word file ------------------------------------------------------------------------


def word_book(book: Book, *, tracked: bool, marks: str = "controls") -> bytes:
    """Return the file: with its edits as tracked changes, or as if nobody had tracked them. `marks`
    are `controls`, `bookmarks`, or none.
    """
    count = iter(range(1, 1 << 20))
    body = _level([*enumerate(book.paragraphs)], 0, book, tracked, marks, count)
    comments = "".join(
        f'<w:comment w:id="{number}" w:author="{escape(who)}" w:date="2026-04-02T09:00:00Z">'
        f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p></w:comment>"
        for number, (_, who, words) in enumerate(book.comments)
    )
    more: dict[str, str | bytes] = {}
    if book.properties:
        more["_rels/.rels"] = relations(
            ("officeDocument", "word/document.xml", ""),
            ("custom-properties", "docProps/custom.xml", ""),
        )
        more["docProps/custom.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
            'docPropsVTypes">'
            + "".join(
                f'<property name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
                for name, value in book.properties.items()
            )
            + "</Properties>"
        )
    return word_file(body, more, numbering=NUMBERING, comments=comments)


Numbered = Sequence[tuple[int, Paragraph]]


def _level(
    paragraphs: Numbered, level: int, book: Book, tracked: bool, marks: str, count: Iterator[int]
) -> str:
    out = []

    def control(each: tuple[int, Paragraph]) -> tuple[str, str]:
        paragraph = each[1]
        if paragraph.inline or level >= len(paragraph.controls):
            return "", ""
        return paragraph.controls[level], paragraph.moved

    for (tag, _), run in groupby(paragraphs, control):
        several = [*run]
        if not tag:
            out += [_paragraph(at, each, book, tracked, marks, count) for at, each in several]
            continue
        inner = _level(several, level + 1, book, tracked, marks, count)
        if not inner:
            continue
        if several[0][1].cell and level == 0:
            gone = tracked and several[0][1].new is None
            row = '<w:trPr><w:del w:id="0" w:author="Ada Example"/></w:trPr>' if gone else ""
            out.append(
                f"<w:tbl><w:tr>{row}<w:tc>{_control(tag, inner, marks)}</w:tc></w:tr></w:tbl>"
            )
        else:
            out.append(_control(tag, inner, marks))
    return "".join(out)


def _control(tag: str, inner: str, marks: str) -> str:
    if not marks:
        return inner
    if marks == "bookmarks":
        name = re.sub("[^A-Za-z0-9]", "_", tag)
        number = int(hashlib.sha256(f"{tag}{inner}".encode()).hexdigest()[:7], 16)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="t_{name}"/>{inner}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inner}'
        "</w:sdtContent></w:sdt>"
    )


def _paragraph(
    at: int, each: Paragraph, book: Book, tracked: bool, marks: str, count: Iterator[int]
) -> str:
    if not tracked and (each.new is None or each.moved == "from"):
        return ""
    number = ""
    if each.depth is not None:
        number = f'<w:numPr><w:ilvl w:val="{each.depth}"/><w:numId w:val="1"/></w:numPr>'
    by = f'w:id="{next(count)}" w:author="{each.author}" w:date="2026-04-02T09:00:00Z"'
    end = ""
    if tracked and (each.came or each.moved == "to"):
        end = f"<w:rPr><w:{'moveTo' if each.moved else 'ins'} {by}/></w:rPr>"
    elif tracked and (each.new is None or each.moved == "from"):
        end = f"<w:rPr><w:{'moveFrom' if each.moved else 'del'} {by}/></w:rPr>"
    words = _words(each, by) if tracked else _run(each.new or "")
    for id_, (place, _, _) in enumerate(book.comments):
        if place == at:
            words = (
                f'<w:commentRangeStart w:id="{id_}"/>{words}<w:commentRangeEnd w:id="{id_}"/>'
                f'<w:r><w:commentReference w:id="{id_}"/></w:r>'
            )
    if each.inline:
        words = _control(each.controls[0], words, marks)
    lead = _run(each.lead)
    if lead and marks:
        lock = '<w:sdtPr><w:lock w:val="sdtContentLocked"/></w:sdtPr>'
        lead = f"<w:sdt>{lock}<w:sdtContent>{lead}</w:sdtContent></w:sdt>"
    return f'<w:p><w:pPr><w:pStyle w:val="{each.style}"/>{number}{end}</w:pPr>{lead}{words}</w:p>'


def _run(words: str, tag: str = "t") -> str:
    if not words:
        return ""
    return f'<w:r><w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r>'


def _words(each: Paragraph, by: str) -> str:
    """Return the words with what came and went, as Word tracks it."""
    if each.moved:
        kind = "moveFrom" if each.moved == "from" else "moveTo"
        return f"<w:{kind} {by}>{_run(each.words)}</w:{kind}>"
    if each.came:
        return f"<w:ins {by}>{_run(each.new or '')}</w:ins>"
    if each.new is None:
        return f"<w:del {by}>{_run(each.words, 'delText')}</w:del>"
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (each.words, each.new))
    out = []
    for code in Indel.opcodes(old, new):
        went = "".join(old[code.src_start : code.src_end])
        came = "".join(new[code.dest_start : code.dest_end])
        if code.tag == "equal":
            out.append(_run(went))
            continue
        out.append(f"<w:del {by}>{_run(went, 'delText')}</w:del>" if went else "")
        out.append(f"<w:ins {by}>{_run(came)}</w:ins>" if came else "")
    return "".join(out)


__all__ = ["Book", "Paragraph", "book_of", "part", "word_book"]
