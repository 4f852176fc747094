"""What a file that came back asks for: edits, words without a place, comments."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.proposals.suggestions.fields import PrintedField
from govkit.proposals.suggestions.returned import Placement
from govkit.source.marked_docx import WordComment


class SuggestedEdit(NamedTuple):
    """One edit: what it does (`reworded`, `added`, `taken-out`, `moved`), of which record, where in
    it, as `(a)` or `title`, and the words before and after. `authors` are those of the tracked
    changes in it; `remarks` what has to be told about it.
    """

    what: str
    id: str
    path: str
    place: str
    old: str
    new: str
    authors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class UnplacedWords(NamedTuple):
    """Words of the file that became no edit: where they stand, and why."""

    words: str
    near: str
    why: str


class PlacedComment(NamedTuple):
    """A comment with the record and clause that it is about, where they are known."""

    comment: WordComment
    id: str
    clause: str
    blanks: Mapping[str, str] | None = None
    """The values that are printed there for blanks, by name."""


@dataclass
class Suggestion:
    """What a file asks for. `files` are the new bytes of records, by path."""

    files: dict[str, bytes] = field(default_factory=dict)
    edits: list[SuggestedEdit] = field(default_factory=list)
    unplaced: list[UnplacedWords] = field(default_factory=list)
    comments: list[PlacedComment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    placement: Placement = field(default_factory=Placement)


class Texts(NamedTuple):
    """The records of a state with their bytes, and which words are printed around them.

    `before` are the records as the file was printed from; `now` as they stand; `data` the bytes of
    these, by path. `language` is that of the words of force, `preset` the charter's choice.
    """

    before: Sequence[Document]
    now: Sequence[Document]
    data: Mapping[str, bytes]
    is_printed: Callable[[str], bool]
    language: str
    preset: str
    today: datetime.date
    whole: bool = True
    """Whether the file was printed from all clauses of its texts."""


def name_of(each: PrintedField) -> str:
    """Return a field as people name it: `AGP-CMP-01(b)`, `AGP-CMP-01, title`."""
    names = {"conditions": "condition", "exceptions": "exception"}
    id = each.document.id
    if each.clause and each.keys[-1] == "text":
        return f"{id}({each.clause})"
    if each.clause and isinstance(each.keys[-1], int):
        return f"{id}({each.clause}), {names[str(each.keys[-2])]} {each.keys[-1] + 1}"
    if each.clause:
        return f"{id}({each.clause}), {each.keys[-1]}"
    return f"{id}, {each.keys[-1]}"
