"""The document: the one tree that every printed format is written from.

It is pure data. It knows no record, no Markdown and no page; the writers know nothing else. Every
word that a reader sees stands here, the words of the frame too ("Definitions", "not verified"), so
that no two formats say different things and no style sheet holds a word. Numbers with legal weight
are labels that came from the records; nothing here is counted.

An `anchor` is a permanent address inside a book: `mcp-due-03` for a text, `mcp-due-03-a` for its
clause (a), `mcp-due-03-a.ii` for item (ii) of that clause, `term-user`, `source-eu-dsa` and
`part-due-process` for what stands around the texts.

A `field` says which field of a record the words are, as docs/word-format.md has it: `MCP-DUE-03.a`,
`MCP-DUE-03.a#conditions.0`, `MCP-DUE-03#title`. It is empty where the words are in no record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from govkit.rendering.spans import Span

End = Literal["", "kept", "inserted", "deleted"]

# --- blocks that running text is made of --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    `end` is set in a redline that is tracked (`rendering/tracked`), and says what became of the end
    of the paragraph: the spans are then those of both texts to the character.
    """

    spans: tuple[Span, ...]
    end: End = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list. `label` is printed as it stands: `(a)`, `1.`, or a dash."""

    label: str
    blocks: tuple[Prose, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose items carry their own labels."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Subhead:
    """A heading inside a rationale or guidance; never in the contents. `end` as in a paragraph."""

    spans: tuple[Span, ...]
    end: End = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation set off from the text."""

    blocks: tuple[Prose, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines that are printed as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A line across the page."""


Prose = Paragraph | Items | Subhead | Quote | CodeBlock | ThematicBreak

# --- blocks that a book is made of --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a text: what it is about, and the words."""

    name: str
    spans: tuple[Span, ...]
    field: str = ""
    is_tracked: bool = False
    """What changed in it is both texts to the character, as in a paragraph with an `end`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The lines about a text that stand below its title.

    `usual` says how the clauses below bind, where they say nothing else (`Clause.differs`).
    """

    facts: tuple[Fact, ...]
    usual: Fact | None = None


@dataclass(frozen=True, slots=True)
class MarginNote:
    """Short lines about what follows, in the margin where a page has room for one."""

    lines: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition or an exception of a clause; part of the normative text."""

    name: str
    blocks: tuple[Prose, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Rationale or guidance. Its title says that it is no part of the text."""

    title: str
    blocks: tuple[Prose, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause.

    `label` is its permanent id in brackets, `force` the word that says how it binds (empty for the
    paragraph of a preamble), `remarks` what stands beside the force: who is bound, who is
    protected, where its scope is its own. `differs` is what of all this is not as the head of its
    text says for its clauses; None where no head says anything. A page shows that alone; a file
    that people edit says the whole beside each clause, as each can be sent alone.
    """

    anchor: str
    label: str
    force: str
    remarks: tuple[tuple[Span, ...], ...]
    blocks: tuple[Prose, ...]
    limits: tuple[Limit, ...] = ()
    guidance: Aside | None = None
    note: MarginNote | None = None
    field: str = ""
    differs: tuple[tuple[Span, ...], ...] | None = None
    language: str = ""
    """Where it is another one than that of the document: a BCP 47 code."""
    state: str = ""
    """In words, what a reader has to know of these words as a translation."""
    is_behind: bool = False
    """It is a translation of earlier words of the original."""
    digest: str = ""
    """The beginning of the digest of the original's words, where that is printed beside."""
    code: str = ""
    """The digits by which a reader of paper sees whether these words still stand (print_codes)."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A clause, and beside it its translation."""

    original: Clause
    translated: Clause


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A clause or text that is no more: its label and one sentence. The label is never reused."""

    anchor: str
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A headed list of short lines: blanks to fill in, sources, related texts.

    A `running` one can stand in one paragraph, where a page has to be short: no line of it is a
    sentence.
    """

    title: str
    lines: tuple[tuple[Span, ...], ...]
    running: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term with its forms, its definition, and what that rests on."""

    anchor: str
    term: str
    forms: str
    blocks: tuple[Prose, ...]
    listings: tuple[Listing, ...] = ()
    field: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as one would cite it: its short name, its kind, and the full reference."""

    anchor: str
    short: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words: a heading for each column, and rows of as many cells, each of spans.

    Without headings its first row is a row as any other. `ends` is set in a redline that is
    tracked, and says of each row whether it came or went.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    ends: tuple[End, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage in which something changed: a bar stands in its margin.

    `label` is printed beside it: its number in the schedule of changes.
    """

    anchor: str
    label: str
    blocks: tuple[Prose | Table, ...]
    note: MarginNote | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Blocks that were written before (`rendering/written_texts`): what each of two writers made.

    No other writer knows it.
    """

    html: str
    markdown: tuple[str, ...]


Block = (
    Prose
    | Facts
    | MarginNote
    | Clause
    | SideBySide
    | Withdrawn
    | Listing
    | Aside
    | Definition
    | Citation
    | Table
    | Marked
    | Written
)

# --- the whole ----------------------------------------------------------------------------------

Role = Literal["front", "part", "text", "back", "comment"]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed piece of the document: blocks, and sections below it.

    `number` is the permanent id of a text and empty elsewhere. `role` says what the section is:
    matter before or after the parts (`front`, `back`), a `part`, one `text`, or one `comment`.
    Without number and title it has no heading of its own: the head of the document is its heading.
    """

    role: Role
    anchor: str
    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    field: str = ""
    """That of its title."""
    language: str = ""
    """Where it is another one than that of the document: a BCP 47 code."""
    address: str = ""
    """Where on the coalition's site it stands; printed as a picture that a phone reads."""

    @property
    def is_headed(self) -> bool:
        """Return whether the section has a heading, and so a line in the contents."""
        return bool(self.number or self.title)


@dataclass(frozen=True, slots=True)
class Front:
    """The head of the document.

    `issuer` is the coalition, `notice` what a reader must know first (that nobody has consented to
    a draft), `language` a BCP 47 code, `contents` the heading of the contents, `of` the word
    between the number of a page and the number of pages. `day` is the day of the edition, or empty
    where the folder holds changes that no commit has; `edition` says so in words. `digest` covers
    the frame of the book, its preamble and interpretation; it is empty where the frame has none.
    Without the word `contents` no contents are printed. `skip` are the words of the link over them.
    `selection` says in words what is left out on request, and `book` is the name of the book that
    this is, or is taken from. `imprint` is what a program is told about the release: names, as
    `version`, with their values; empty outside a release. `is_short` says that pages are to be
    saved. `commit` is the one that holds exactly what is printed, or empty. `author` is who is said
    to have made the changes of a redline.
    """

    id: str
    anchor: str
    issuer: str
    title: str
    facts: Facts
    language: str
    symbol: str = ""
    status: str = ""
    draft: str = ""
    notice: str = ""
    edition: str = ""
    day: str = ""
    digest: str = ""
    contents: str = ""
    of: str = ""
    skip: str = ""
    selection: str = ""
    book: str = ""
    imprint: tuple[tuple[str, str], ...] = ()
    is_short: bool = False
    commit: str = ""
    author: str = ""
    field: str = ""
    has_margin: bool = False
    """Notes stand beside the text: the margin is wide."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a PDF carries inside. `description` says to a reader what it is."""

    name: str
    description: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What a program is told about a record. No page shows it.

    `anchor` is its place in the document. `digest` is empty where it has none. Each of `clauses`
    holds what docs/json.md says, in the words of the source and not as they are typeset.
    """

    kind: str
    id: str
    title: str
    status: str
    digest: str
    path: str
    anchor: str
    clauses: tuple[Mapping[str, Any], ...] = ()
    summary: str = ""
    burden: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry that was written before (`rendering/written_texts`), as JSON."""

    id: str
    digest: str
    json: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, in print order. Its contents are its own headings (`headings`).

    `index` is for programs: the records that it is printed from, in print order. `attached` are
    files that a PDF carries, in this order; other formats can't carry any.
    """

    front: Front
    sections: tuple[Section, ...]
    index: tuple[Entry | WrittenEntry, ...] = ()
    attached: tuple[Attachment, ...] = ()
