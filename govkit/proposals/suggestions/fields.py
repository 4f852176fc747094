"""The fields of the texts as they are printed: the words of each block, and the mark it stands in.

The marks are those of docs/word-format.md. Quotation marks are straight here, as in the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from govkit.corpus.documents import Document
from govkit.findings import Keys
from govkit.records import normative
from govkit.records.kinds import TEXT_KINDS
from govkit.records.normative import Block, Run, Wording
from govkit.records.wording import STRAIGHT, fold
from govkit.source.docx_marks import key_of

NOTES = ("rationale", "guidance")


class PrintedBlock(NamedTuple):
    """A paragraph or item of a field: the key of its mark, and its words in print."""

    key: str
    words: str
    block: Block


class PrintedField:
    """One field of one record.

    `tag` is its mark, `keys` lead to it in the file, `source` is what stands there. `clause` is the
    id of the clause that it belongs to, empty for a field of the whole text.
    """

    def __init__(
        self, document: Document, tag: str, keys: Keys, source: str, clause: str, blanks: Blanks
    ) -> None:
        """Take a field as it stands in a record."""
        self.document, self.tag, self.keys, self.source = document, tag, keys, source
        self.clause, self.blanks = clause, blanks
        self.key = key_of(tag)

    @property
    def is_line(self) -> bool:
        """Return whether it is one line of plain words, as a title."""
        return self.keys in (("title",), ("summary",))

    @property
    def is_clause(self) -> bool:
        """Return whether it holds the words of a clause, and not of a limit or remark to it."""
        return len(self.keys) == 3 and self.keys[-1] == "text" and self.keys[0] == "clauses"

    @cached_property
    def wording(self) -> Wording:
        """Return what it says."""
        if self.is_line:
            run = Run("text", self.source, "", 0, len(self.source))
            return Wording((Block("p", 0, "", (run,)),))
        return normative.read(self.source)

    @cached_property
    def blocks(self) -> tuple[PrintedBlock, ...]:
        """Return its blocks with the words that are printed."""
        found = []
        way: tuple[str, ...] = ()
        for block in self.wording.blocks:
            label = () if block.style in ("p", "-") else (block.label,)
            way = (*way[: max(block.depth - (block.style != "p"), 0)], *label)
            if block.style == "p" and not block.depth:
                way = ()
            tag = ".".join((self.tag, *way)) if "#" not in self.tag else self.tag
            found.append(PrintedBlock(key_of(tag), printed(block.runs, self.blanks), block))
        return tuple(found)

    @cached_property
    def words(self) -> str:
        """Return all its words."""
        return "\n".join(block.words for block in self.blocks)


Blanks = Mapping[str, str]
"""The values that are printed for blanks, by name."""


def printed(runs: Iterable[Run], blanks: Blanks) -> str:
    """Return the words of a block as they are printed."""
    return straight("".join(printed_run(run, blanks) for run in runs))


def printed_run(run: Run, blanks: Blanks) -> str:
    """Return the words of a run as they are printed: a blank in brackets."""
    if run.kind == "param":
        return f"[{blanks.get(run.target, run.target.replace('_', ' '))}]"
    return run.words


def straight(words: str) -> str:
    """Return words with straight quotation marks and single spaces."""
    return fold(words.translate(STRAIGHT))


def blanks_of(record: Any) -> dict[str, str]:
    """Return the values that are printed for the blanks of a record."""
    parameters = getattr(record, "parameters", None) or {}
    return {name: str(each.default) for name, each in parameters.items()}


def fields_of(document: Document) -> Iterator[PrintedField]:
    """Yield the fields of a record that a Word file has marks for, in the order of print."""
    record: Any = document.record
    if record is None or document.kind not in (*TEXT_KINDS, "instrument", "term"):
        return
    blanks = blanks_of(record)
    if document.kind == "term":
        if getattr(record, "definition", None):
            tag = f"term:{document.id}#definition"
            yield PrintedField(document, tag, ("definition",), record.definition, "", blanks)
        return
    of_whole = ("title", "summary") if document.kind in TEXT_KINDS else ("title",)
    for name in of_whole:
        if getattr(record, name, None):
            words = getattr(record, name)
            yield PrintedField(document, f"{document.id}#{name}", (name,), words, "", blanks)
    for said in document.said:
        tag = f"{document.id}.{said.clause}"
        if said.keys[-1] != "text":
            tag += f"#{said.keys[-2]}.{said.keys[-1]}"
        yield PrintedField(document, tag, said.keys, said.text, said.clause, blanks)
    yield from _notes(document, record, blanks)


def _notes(document: Document, record: Any, blanks: Blanks) -> Iterator[PrintedField]:
    """Yield the rationale and the guidance, as far as they are written in the plain grammar."""
    if document.kind not in TEXT_KINDS:
        return
    for at, clause in enumerate(record.clauses):
        if getattr(clause, "guidance", None):
            tag = f"{document.id}.{clause.id}#guidance"
            keys = ("clauses", at, "guidance")
            yield PrintedField(document, tag, keys, clause.guidance, clause.id, blanks)
    for name in NOTES:
        if getattr(record, name, None):
            words = getattr(record, name)
            yield PrintedField(document, f"{document.id}#{name}", (name,), words, "", blanks)
