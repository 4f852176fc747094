"""The words of a Word file with the marks over them: content controls, bookmarks, comments, and who
made a tracked change.

Words are read as `docx_words` reads them; what is kept here beside is whose they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govkit.source.docx_lists import is_on, value_of
from govkit.source.docx_words import FileStyles, OpenParagraph, PartWords
from govkit.source.packed_xml import Attributes
from govkit.source.text_blocks import TextBlock, folded_words, is_struck

BOOKMARK = "t_"
"""Begins the name of a bookmark of ours; docs/word-format.md."""
LOCKED = "-"
"""Stands for the key of words that no field holds, and that Word lets nobody change."""
_LONGEST_TAG = 200
_AUTHORED = frozenset(("ins", "del", "moveFrom", "moveTo"))
_OF_FORM = ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange")


def key_of(tag: str) -> str:
    """Return what a tag and its bookmark have in common: letters, figures and `_`."""
    return re.sub(r"[^A-Za-z0-9]", "_", tag)


class MarkedPiece(NamedTuple):
    """Some words of a paragraph: under which mark they stand (a key, or empty), which comments lie
    over them, and who put them in or took them out, where that was tracked.
    """

    text: str
    key: str
    comments: frozenset[str]
    author: str


class MarkedPassage(NamedTuple):
    """A paragraph: its block without the label of its list, its pieces, and how it is set.

    `look` is its style, list and depth: two paragraphs that look alike are of one kind.
    """

    block: TextBlock
    pieces: tuple[MarkedPiece, ...]
    look: tuple[str, str, int]

    @property
    def text(self) -> str:
        """Return its words without the label that Word counts."""
        return words_of(self.pieces)


def words_of(pieces: tuple[MarkedPiece, ...] | list[MarkedPiece]) -> str:
    """Return the words of some pieces, folded as all words of a file are."""
    return folded_words("".join(piece.text for piece in pieces))


class MarkedWords(PartWords):
    """The paragraphs of the body with their marks.

    `keys` are all marks of the body in their order, also of those that hold no words any more;
    `form_changes` are tracked changes that change no word; `commented` says under which key the
    sign of a comment stands.
    """

    def __init__(self, of: FileStyles, *, rejected: bool = False) -> None:
        """Have read nothing yet; `rejected` takes tracked changes as rejected."""
        super().__init__(of, rejected=rejected)
        self.keys: dict[str, None] = {}
        self.commented: dict[str, str] = {}
        self.form_changes = 0
        self.authors: dict[str, None] = {}
        self._open: list[tuple[str, str]] = []
        self._controls: list[str] = []
        self._locked: set[str] = set()
        self._comments: set[str] = set()
        self._by: list[str] = []
        self._marks: list[MarkedPiece] = []
        self._marks_before: list[list[MarkedPiece]] = []
        self._carried_marks: list[MarkedPiece] = []
        self._closing: tuple[MarkedPiece, ...] = ()
        self._passages: dict[int, MarkedPassage] = {}

    @property
    def passages(self) -> list[MarkedPassage]:
        """Return the paragraphs of the body, in order; without those of notes."""
        found = (self._passages.get(id(block)) for block in self.blocks)
        return [each for each in found if each is not None]

    def _key(self) -> str:
        """Return the innermost mark; what is printed around the texts stands in locked controls."""
        if not self._locked.isdisjoint(self._controls):
            return LOCKED
        return next((key for _, key in reversed(self._open) if key), "")

    # --- what begins and ends --------------------------------------------------------------------

    def begin(self, name: str, given: Attributes) -> None:
        """An element begins."""
        if name in _AUTHORED:
            self._begin_change(given)
        elif name in _OF_FORM:
            self.form_changes += 1
        elif name == "sdt":
            self._controls.append(f"sdt{len(self._controls)}")
            self._open.append((self._controls[-1], ""))
        elif self._properties[-1:] == ["sdtPr"] and self._controls:
            self._of_control(name, given)
        elif name in ("bookmarkStart", "bookmarkEnd"):
            self._bookmark(name, given)
        elif name.startswith("comment"):
            self._comment(name, value_of(given, "id"))
        super().begin(name, given)

    def _begin_change(self, given: Attributes) -> None:
        author = value_of(given, "author")[:_LONGEST_TAG]
        if not self._properties:
            self._by.append(author)
        if author and (not self._properties or self._properties[-1] in ("rPr", "trPr")):
            self.authors[author] = None

    def _of_control(self, name: str, given: Attributes) -> None:
        """Take what a control says of itself: its mark, and whether its words are anybody's."""
        locked = name == "lock" and value_of(given) == "sdtContentLocked"
        if locked or (name == "showingPlcHdr" and is_on(given)):
            self._locked.add(self._controls[-1])
        elif name == "tag":
            self._name_control(value_of(given))

    def _bookmark(self, name: str, given: Attributes) -> None:
        of, named = f"b{value_of(given, 'id')}", value_of(given, "name")
        if name == "bookmarkEnd":
            self._shut(of)
        elif named.startswith(BOOKMARK) and len(named) <= _LONGEST_TAG:
            key = named.removeprefix(BOOKMARK)
            # LibreOffice writes a bookmark over several controls as two, and the first without its
            # end. Ours lie in each other or apart.
            self._open = [
                each
                for each in self._open
                if not each[0].startswith("b") or key.startswith(f"{each[1]}_")
            ]
            self._open.append((of, key))
            self.keys[key] = None

    def _comment(self, name: str, id: str) -> None:
        if name == "commentRangeStart":
            self._comments.add(id)
        elif name == "commentRangeEnd":
            self._comments.discard(id)
        elif name == "commentReference":
            self.commented.setdefault(id, self._key())

    def _name_control(self, tag: str) -> None:
        if 0 < len(tag) <= _LONGEST_TAG:
            at = next(i for i, (of, _) in enumerate(self._open) if of == self._controls[-1])
            self._open[at] = (self._controls[-1], key_of(tag))
            self.keys[key_of(tag)] = None

    def _shut(self, of: str) -> None:
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == of:
                del self._open[at]
                return

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _AUTHORED and not self._properties and self._by:
            self._by.pop()
        elif name == "sdt" and self._controls:
            self._locked.discard(self._controls[-1])
            self._shut(self._controls.pop())
        super().end(name)

    # --- words -----------------------------------------------------------------------------------

    def _add(self, text: str) -> None:
        before = len(self._pieces)
        super()._add(text)
        author = self._by[-1] if self._by else ""
        self._marks += [
            # What somebody struck through by hand is meant as taken out.
            MarkedPiece(
                "" if is_struck(piece) else piece, self._key(), frozenset(self._comments), author
            )
            for piece in self._pieces[before:]
        ]

    def _place(self, name: str, given: Attributes) -> None:
        if name == "p":
            self._marks_before.append(self._marks)
            self._marks = []
        super()._place(name, given)

    def _close(self, paragraph: OpenParagraph) -> None:
        marks = self._marks
        self._marks = self._marks_before.pop()
        if paragraph.joins_next:
            self._carried_marks += [*marks, MarkedPiece(" ", "", frozenset(), "")]
        else:
            self._closing = (*self._carried_marks, *marks)
            self._carried_marks = []
        super()._close(paragraph)

    def _block(self, paragraph: OpenParagraph, text: str) -> TextBlock:
        block = super()._block(paragraph, text)
        look = (paragraph.style, paragraph.list or "", paragraph.depth or 0)
        self._passages[id(block)] = MarkedPassage(block, self._closing, look)
        return block
