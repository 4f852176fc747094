"""A Word file of ours that comes back: its paragraphs with their marks before and after the tracked
changes, its comments, and what it says of the state that it was printed from.

Nothing is run and nothing is fetched; the limits are those of `docx_reading`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from govkit.source.docx_lists import value_of
from govkit.source.docx_marks import MarkedPassage, MarkedWords, key_of
from govkit.source.docx_reading import WordParts, with_parts
from govkit.source.docx_words import FileStyles, PartWords
from govkit.source.packed_xml import Attributes, PartReader
from govkit.source.text_blocks import STRUCK_NOTE, TextBlock

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_PROPERTIES = 200
_LONGEST = 300


class WordComment(NamedTuple):
    """A comment in the margin: its author and day as the program wrote them (`day` as 2026-03-10,
    empty where it says none), its words, and the comment that it replies to (its id, or empty).

    `key` is the mark under which the words stand that it is about, `quote` are these words, and
    `around` the whole paragraph.
    """

    id: str
    author: str
    day: str
    words: str
    key: str = ""
    quote: str = ""
    around: str = ""
    replies_to: str = ""


class MarkedFile(NamedTuple):
    """What was read. `after` are the paragraphs with all tracked changes accepted, `before` with
    all rejected; `keys` all marks that the file has; `beside` words in notes and at the edges of
    pages, after and before; `authors` who made tracked changes; `properties` what the file says of
    itself; `notes` clauses about its reading. `marks_alone` says that a field without a mark was
    left out by whoever sent it, and not taken out.
    """

    after: tuple[MarkedPassage, ...]
    before: tuple[MarkedPassage, ...]
    keys: frozenset[str]
    comments: tuple[WordComment, ...]
    beside: tuple[tuple[TextBlock, ...], tuple[TextBlock, ...]]
    authors: tuple[str, ...]
    properties: dict[str, str]
    notes: tuple[str, ...]
    marks_alone: bool = False


def read_marked(data: bytes) -> MarkedFile:
    """Return a Word file with its marks. Raises `NotText` where it is none that can be read."""
    return with_parts(data, _read)


def _read(parts: WordParts) -> MarkedFile:
    blocks, readers = parts.blocks(of_body=MarkedWords)
    after = readers[0]
    assert isinstance(after, MarkedWords)
    tracked = sum(reader.tracked for reader in readers) + after.form_changes
    old_blocks, before = blocks, after
    if tracked:
        old_blocks, old = parts.blocks(rejected=True, of_body=MarkedWords)
        assert isinstance(old[0], MarkedWords)
        before = old[0]
    margin = _Margin(parts.styles)
    parts.read("comments", margin)
    threads = _Threads()
    parts.read("commentsExtended", threads)
    about = _Properties()
    parts.read_beside("custom-properties", about)
    marks = _MarkNames()
    parts.read("customXml", marks)
    notes = [each for each in parts.remarks(readers) if not _SAID_OTHERWISE.match(each)]
    if after.form_changes:
        notes.append("changes of form alone, as of a style, change no word and were left out")
    if any(reader.struck for reader in readers):
        notes.append("words that are struck through by hand count as taken out")
    named = marks.keys
    return MarkedFile(
        tuple(_named(each, named) for each in after.passages),
        tuple(_named(each, named) for each in before.passages),
        frozenset(named.get(key, key) for key in (*after.keys, *before.keys)),
        tuple(_placed(margin, threads, after, before, named)),
        (tuple(_beside(blocks, after)), tuple(_beside(old_blocks, before))),
        tuple(dict.fromkeys((*after.authors, *before.authors))),
        about.values,
        tuple(notes),
    )


_SAID_OTHERWISE = re.compile(
    rf"it holds [0-9]+ tracked|not read: comments$|{re.escape(STRUCK_NOTE)}"
)
"""Notes on what is taken in here: tracked changes, comments, and words struck through by hand."""


def _beside(blocks: list[TextBlock], of: MarkedWords) -> list[TextBlock]:
    own = {id(each.block) for each in of.passages}
    return [block for block in blocks if id(block) not in own]


def _named(passage: MarkedPassage, named: dict[str, str]) -> MarkedPassage:
    if not any(piece.key in named for piece in passage.pieces):
        return passage
    pieces = tuple(piece._replace(key=named.get(piece.key, piece.key)) for piece in passage.pieces)
    return passage._replace(pieces=pieces)


def _placed(
    margin: _Margin,
    threads: _Threads,
    after: MarkedWords,
    before: MarkedWords,
    named: dict[str, str],
) -> list[WordComment]:
    found = []
    ids = {para: each.id for each in margin.comments for para in margin.paragraphs[each.id]}
    for comment in margin.comments:
        key, quote, around = _under(comment.id, after)
        if not quote:
            old = _under(comment.id, before)
            key, quote = key or old[0], old[1]
            around = around or old[2]
        own = margin.paragraphs[comment.id]
        parent = next((ids.get(threads.parents.get(para, ""), "") for para in own[-1:]), "")
        found.append(
            comment._replace(key=named.get(key, key), quote=quote, around=around, replies_to=parent)
        )
    return found


def _under(id_: str, words: MarkedWords) -> tuple[str, str, str]:
    """Return the mark, the words and the paragraph that a comment lies over."""
    quotes: list[str] = []
    key = around = ""
    for passage in words.passages:
        pieces = [piece for piece in passage.pieces if id_ in piece.comments]
        if pieces:
            key = key or next((piece.key for piece in pieces if piece.key), "")
            around = around or passage.text
            quotes.append("".join(piece.text for piece in pieces).strip())
    if not key:
        key = words.commented.get(id_, "")
    return key, "\n".join(filter(None, quotes)), around


class _Margin(PartWords):
    """The comments of a file, each with its words."""

    def __init__(self, of: FileStyles) -> None:
        super().__init__(of)
        self.comments: list[WordComment] = []
        self.paragraphs: dict[str, list[str]] = {}
        self._comment = WordComment("", "", "", "")

    def begin(self, name: str, given: Attributes) -> None:
        if name == "comment":
            day = _DAY.match(value_of(given, "date"))
            self.blocks = []
            self._comment = WordComment(
                value_of(given, "id"),
                " ".join(value_of(given, "author").split())[:_LONGEST],
                day.group() if day else "",
                "",
            )
            self.paragraphs[self._comment.id] = []
        elif name == "p" and (paragraph := value_of(given, "paraId")):
            self.paragraphs.setdefault(self._comment.id, []).append(paragraph)
        super().begin(name, given)

    def end(self, name: str) -> None:
        super().end(name)
        if name == "comment":
            words = "\n\n".join(block.text for block in self.blocks)
            self.comments.append(self._comment._replace(words=words))
            self.blocks = []


class _Threads(PartReader):
    """Which comment replies to which, by the last paragraph of each."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def begin(self, name: str, given: Attributes) -> None:
        if name == "commentEx" and (parent := value_of(given, "paraIdParent")):
            self.parents[value_of(given, "paraId")] = parent


class _Properties(PartReader):
    """What a file says of itself by name."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._name = ""

    def begin(self, name: str, given: Attributes) -> None:
        if name == "property" and len(self.values) < _MOST_PROPERTIES:
            self._name = value_of(given, "name")[:_LONGEST]
            self.values[self._name] = ""

    def words(self, text: str) -> None:
        if self._name:
            self.values[self._name] = (self.values[self._name] + text)[:_LONGEST]

    def end(self, name: str) -> None:
        if name == "property":
            self._name = ""
            self.values = {key: value.strip() for key, value in self.values.items()}


class _MarkNames(PartReader):
    """The marks whose bookmark says them in a shorter name."""

    most = 200_000

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}

    def begin(self, name: str, given: dict[str, Any]) -> None:
        if name == "mark":
            short = value_of(given, "bookmark").removeprefix("t_")
            whole = key_of(value_of(given, "tag"))
            if short != whole and len(whole) <= _LONGEST:
                self.keys[short] = whole
