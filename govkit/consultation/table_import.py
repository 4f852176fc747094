"""A comment table taken in: new comments, answers to filed ones, and all that is wrong with it.

The whole table is read before anything is said, so that a person mends it once. Nothing in it
changes a comment that was filed: a row with a number can only bring its answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from govkit.consultation.answering import AnswerInput, same_answer, unanswered_comments
from govkit.consultation.comment_table import READ_BACK, TYPES, Line, Table, author_cell, cells_of
from govkit.consultation.consultation import Consultation, FiledComment
from govkit.consultation.drafting import (
    CommentInput,
    DraftComment,
    author_in,
    draft_comment,
    withhold_comment,
)
from govkit.consultation.observations import NotUnderstood, read_cell
from govkit.consultation.sanitising import sanitise
from govkit.errors import GovkitError, WrongUse
from govkit.records.comments import Author, Comment
from govkit.records.enumerations import CommentSource, CommentType
from govkit.source.grids import unquoted
from govkit.source.nearest import advice, nearest

NO_WORDS = "Proposed words, without a comment."
"""The comment of a row that only proposes words."""

_GENERAL = frozenset(("", "-", "all", "general", "whole", "whole document", "ge"))
_TYPES: dict[str, CommentType] = {
    "": "general",
    "ge": "general",
    "general": "general",
    "te": "substantive",
    "technical": "substantive",
    "substantive": "substantive",
    "ed": "editorial",
    "editorial": "editorial",
}


@dataclass(frozen=True)
class RowRemark:
    """Something to tell about a row: what is wrong or noteworthy, and what to do."""

    row: int
    message: str
    help: str = ""


@dataclass
class ImportPlan:
    """What a table amounts to. With a fault in it, nothing of it may be filed.

    `new` are the rows that become comments, `answered` the filed comments with their answers.
    """

    new: list[tuple[int, DraftComment]] = field(default_factory=list)
    answered: list[tuple[FiledComment, Comment]] = field(default_factory=list)
    remarks: list[RowRemark] = field(default_factory=list)
    faults: list[RowRemark] = field(default_factory=list)


@dataclass(frozen=True)
class ImportContext:
    """How a table is taken in: for which consultation, by whom, and what its rows leave open.

    Without `answering` no answer is taken, and a row that has one is a fault. With `only_answers`
    a row without a number is one.
    """

    consultation: Consultation
    source: CommentSource = "attachment"
    author: Author | None = None
    answering: AnswerInput | None = None
    only_answers: bool = False
    relayed_by: str | None = None

    def plan(self, table: Table) -> ImportPlan:
        """Return what the table amounts to."""
        plan = ImportPlan()
        if table.unread:
            plan.remarks.append(
                RowRemark(0, f"columns that are not read: {', '.join(table.unread)}")
            )
        seen: dict[int, int] = {}
        for line in table.lines:
            try:
                self._take(line, plan, seen)
            except NotUnderstood as wrong:
                plan.faults.append(RowRemark(line.number, wrong.message, wrong.help))
            except GovkitError as failed:
                plan.faults.append(RowRemark(line.number, failed.message, advice(failed)))
        missing = [
            each.name for each in unanswered_comments(self.consultation) if each.number not in seen
        ]
        if self.only_answers and missing and not plan.faults:
            names = ", ".join(missing)
            plan.remarks.append(RowRemark(0, f"not in the table, and without an answer: {names}"))
        return plan

    def _take(self, line: Line, plan: ImportPlan, seen: dict[int, int]) -> None:
        if line.cell("number"):
            self._take_answer(line, plan, seen)
        elif self.only_answers:
            raise WrongUse(
                "this row has no number, so it answers no comment",
                "New comments are taken in by `govkit comment import`.",
            )
        elif not line.cell("comment") and not line.cell("change"):
            plan.remarks.append(RowRemark(line.number, "left out: the row has no comment"))
        else:
            self._take_new(line, plan)

    # --- rows with a number ---------------------------------------------------------------------

    def _take_answer(self, line: Line, plan: ImportPlan, seen: dict[int, int]) -> None:
        filed = self._filed(line)
        if filed.number in seen:
            raise WrongUse(
                f"comment {filed.name} stands in row {seen[filed.number]} already",
                "Keep one row for each comment.",
            )
        seen[filed.number] = line.number
        if self._came_out_since(line, filed):
            plan.remarks.append(
                RowRemark(
                    line.number,
                    f"comment {filed.name} was published after this table was exported: read it, "
                    f"and answer it by `govkit comment dispose {filed.number}`",
                )
            )
            return
        self._held_unchanged(line, filed)
        answer = read_cell(line.cell("observations"))
        if answer is None:
            if filed.comment.disposition is not None and "observations" in line.cells:
                plan.remarks.append(
                    RowRemark(line.number, f"comment {filed.name} keeps its answer")
                )
        elif not same_answer(filed.comment, answer):
            if self.answering is None:
                raise WrongUse(
                    "this row answers a comment, and nobody is named who answers",
                    "Name the coordinator with --by.",
                )
            plan.answered.append((filed, self.answering.answered(filed, answer)))

    def _filed(self, line: Line) -> FiledComment:
        number = line.cell("number").lstrip("#").strip()
        if not number.isdecimal() or len(number) > 9:
            raise WrongUse(
                f"`{line.cell('number')}` is no number of a comment",
                "Leave the cell empty for a new comment; numbers are given when it is filed.",
            )
        return self.consultation.comment(int(number))

    def _held_unchanged(self, line: Line, filed: FiledComment) -> None:
        """Hold that a row says what was filed; spaces and line ends make no difference."""
        key = self._column_changed(line, filed)
        if key is not None:
            raise WrongUse(
                f"comment {filed.name} was filed with other words in the column of its {key}",
                "A filed comment is never changed. Put back what was exported; a new comment "
                "goes into a new row without a number.",
            )

    def _column_changed(self, line: Line, filed: FiledComment) -> str | None:
        cells = cells_of(self.consultation, filed)
        # A table may have been exported before the comment was held back.
        before = cells_of(self.consultation, replace(filed, held=None))
        for key in READ_BACK:
            if key in ("number", "observations") or key not in line.cells:
                continue
            ways = _ways_to_read(line.cell(key))
            if cells[key].split() not in ways and before[key].split() not in ways:
                return key
        return None

    def _came_out_since(self, line: Line, filed: FiledComment) -> bool:
        """Say whether a row was exported before the author of its comment let it be published."""
        comment = filed.comment
        if comment.withheld is None or comment.publication == "asked":
            return False
        asked = withhold_comment(comment, self.consultation.group_of(comment))
        was = replace(filed, comment=asked, words=None)
        return self._column_changed(line, filed) is not None and not self._column_changed(line, was)

    # --- rows without one -------------------------------------------------------------------------

    def _take_new(self, line: Line, plan: ImportPlan) -> None:
        known = self._known(line)
        if known is not None:
            plan.remarks.append(
                RowRemark(line.number, f"left out: it is comment {known.name} already")
            )
            return
        if line.cell("observations"):
            raise WrongUse(
                "this row is a new comment and has an answer already",
                "Take the comments in first, then answer them in an exported table.",
            )
        one = draft_comment(self.consultation, self._given(line))
        plan.remarks += [RowRemark(line.number, remark) for remark in one.remarks]
        plan.new.append((line.number, one))

    def _given(self, line: Line) -> CommentInput:
        unit, clause = self._place(line)
        words = line.cell("comment") or NO_WORDS
        return CommentInput(
            author=self._author(line),
            comment=words,
            source=self.source,
            revision=self._revision(line),
            unit=unit,
            clause=clause,
            quote=line.cell("paragraph") or None,
            type=self._type(line),
            proposed_text=line.cell("change") or None,
            part=line.part or f"row {line.number}",
            relayed_by=self.relayed_by,
        )

    def _author(self, line: Line) -> Author:
        if line.cell("author"):
            return author_in(self.consultation, line.cell("author"))
        if self.author is None:
            raise WrongUse(
                "nobody is named as the author of this comment",
                "Fill the column Author in, or name one author for all with --member or --name.",
            )
        return self.author

    def _revision(self, line: Line) -> int:
        words = line.cell("revision").casefold().removeprefix("rev").strip(" .-")
        if not words:
            return self.consultation.number
        if not words.isdecimal() or len(words) > 6:
            raise WrongUse(
                f"`{line.cell('revision')}` is no number of a revision", "Write it as 2."
            )
        return self.consultation.revision(int(words))

    def _type(self, line: Line) -> CommentType:
        words = line.cell("type").casefold().strip(" .")
        if words not in _TYPES:
            near = nearest(words, [each for each in _TYPES if each])
            raise WrongUse(
                f"`{line.cell('type')}` is no type of comment",
                (f"Did you mean {near}? " if near else "")
                + f"Write {', '.join(TYPES.values())} for general, substantive or editorial.",
            )
        return _TYPES[words]

    def _place(self, line: Line) -> tuple[str | None, str | None]:
        """Return the text and clause that a cell names, as `EXA-DUE-01(a)`, `EXA-DUE-01, (a)`."""
        cell = line.cell("clause")
        if cell.casefold() in _GENERAL:
            return None, None
        units = self.consultation.units(self._revision(line))
        for id in sorted(units, key=len, reverse=True):
            rest = cell[len(id) :]
            if cell.casefold().startswith(id.casefold()) and not rest[:1].isalnum():
                clause = _clause_in(rest)
                return id, clause
        self.consultation.unit(self._revision(line), cell.split("(")[0].split(",")[0].strip())
        raise AssertionError(cell)

    @cached_property
    def _by_words(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[FiledComment]]:
        """Return the filed comments by their words, and the words that they propose."""
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[FiledComment]] = {}
        for filed in self.consultation.comments:
            comment = filed.comment
            key = _words(comment.comment or ""), _words(comment.proposed_text or "")
            found.setdefault(key, []).append(filed)
        return found

    def _known(self, line: Line) -> FiledComment | None:
        """Return the filed comment that a row says again, or None."""
        words = sanitise(line.cell("comment") or NO_WORDS).text
        key = _words(words), _words(sanitise(line.cell("change")).text)
        alike = self._by_words.get(key, ())
        return next(
            (
                each
                for each in alike
                if self._same_author(line, each) and self._same_place(line, each)
            ),
            None,
        )

    def _same_place(self, line: Line, filed: FiledComment) -> bool:
        """Say whether a row may be about what a comment is about: "Why?" is said of many clauses.

        The words that a comment lies over may be in no text any more, and were found once.
        """
        if not line.part:  # of a table each row is told by its words; its cells may be filled later
            return True
        here = draft_comment(self.consultation, self._given(line)).comment.target
        there = filed.comment.target
        return None in (here.unit, there.unit) or (here.unit, here.quote) == (
            there.unit,
            there.quote,
        )

    def _same_author(self, line: Line, filed: FiledComment) -> bool:
        author = (
            author_in(self.consultation, line.cell("author"))
            if line.cell("author")
            else (self.author)
        )
        return author == filed.author or line.cell("author") == author_cell(filed)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _ways_to_read(cell: str) -> tuple[list[str], list[str]]:
    """Return the words of a cell, and without the apostrophe that keeps it from being a formula.

    Who opens an exported CSV and saves it as a spreadsheet makes the apostrophe a sign of the text.
    """
    return sanitise(cell).text.split(), sanitise(unquoted(cell)).text.split()


def _clause_in(rest: str) -> str | None:
    """Return the clause in what stands behind the id of a text, or None where nothing does."""
    words = rest.strip(" ,;:.")
    for name in ("clause", "subclause", "cl.", "paragraph", "para", "item", "lit."):
        if words.casefold().startswith(name):
            words = words[len(name) :]
            break
    words = words.strip(" ,;:.")
    if not words:
        return None
    return words.split(")")[0].strip("( ") if words.startswith("(") else words.strip("() ")
