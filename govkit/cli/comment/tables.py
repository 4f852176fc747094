"""Tables in files: read by what they are, and filed whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click

from govkit.cli.comment.desk import Desk, bytes_of_file
from govkit.cli.comment.telling import (
    comment_as_json,
    drafted_or_shown,
    fault_as_json,
    filed_as_json,
    say_faults,
    say_filed,
    say_letters,
    say_remarks,
    with_rows,
)
from govkit.cli.comment.word_files import comments_in, margin_table, table_of_word_file
from govkit.cli.foreign_files import STANDARD_INPUT
from govkit.cli.foreign_tables import read_as_table
from govkit.cli.output import json_text, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.suggesting.returned_files import ReturnedFile, read_returned
from govkit.consultation.answering import AnswerInput
from govkit.consultation.comment_table import Table, read_table
from govkit.consultation.table_import import ImportContext, ImportPlan
from govkit.correspondence.letters import Letter, letter_as_json
from govkit.correspondence.replies import replies_to
from govkit.errors import WrongUse
from govkit.procedures.comments.filing import NumberedComment, file_comments
from govkit.procedures.letters.addressees import Addressees
from govkit.source.csv_grid import read_csv
from govkit.source.docx_reading import is_word_file
from govkit.source.grids import MOST_BYTES, Row
from govkit.source.mail_attachments import is_mail, word_files_in
from govkit.source.xlsx_grid import read_xlsx


def table_in(file: Path, desk: Desk | None = None, *, named: bool = False) -> tuple[bytes, Table]:
    """Return the bytes of a file and the comment table in it; raises `WrongUse` without one.

    Of a Word file that is the first table with its headings; with a `desk`, where there is none,
    the comments in its margin, as those in a text `{>>like this<<}`; `named` says that one author
    is known for all of them.
    """
    try:
        data, rows = grid_in(file)
        if rows is None:
            return data, table_of_word_file(file, data, desk, named)
        with read_as_table(str(file)):
            return data, read_table(rows)
    except WrongUse:
        marked = _marked_up(file, desk, named) if desk is not None else None
        if marked is None:
            raise
        return marked


def _marked_up(file: Path, desk: Desk, named: bool) -> tuple[bytes, Table] | None:
    """Return the comments that are marked in a text or mail, None where none are."""
    if str(file) == STANDARD_INPUT:  # it is read once
        return None
    with suppress(WrongUse):
        returned = read_returned(Path(), str(file))
        return _of_margin(returned, desk, named)
    return None


def _of_margin(returned: ReturnedFile, desk: Desk, named: bool) -> tuple[bytes, Table] | None:
    if is_word_file(returned.data):
        return None
    comments = comments_in(returned.marked, desk.workspace)
    table = margin_table(comments, desk.consultation, named=named)
    return (returned.data, table) if table.lines else None


def grid_in(file: Path) -> tuple[bytes, tuple[Row, ...] | None]:
    """Return the bytes of a file and its rows, None for a Word file, which may have many tables.

    Raises `WrongUse` where it holds no table.
    """
    data = bytes_of_file(file, MOST_BYTES)
    if is_mail(data):
        data = _word_file_of(file, data)
    if is_word_file(data):
        return data, None
    packed = data.startswith(b"PK") or file.suffix.lower() in (".xlsx", ".xlsm")
    with read_as_table(str(file)):
        return data, read_xlsx(data) if packed else read_csv(data)


def _word_file_of(file: Path, mail: bytes) -> bytes:
    """Return the one Word file that a mail carries. Raises `WrongUse` where there is not one."""
    files = word_files_in(mail)
    if len(files) == 1:
        return files[0].data
    named = ", ".join(visible(each.name) for each in files)
    raise WrongUse(
        f"{file} carries {number_of(len(files), 'Word file')}{named and f': {named}'}"
        if files
        else f"{file} is a mail, and carries no Word file",
        "Save the file that is meant, and name it. Comments in free words: "
        "`govkit comment import FILE --free`.",
    )


def filed_from_table(
    desk: Desk, taking: ImportContext, table: Table, data: bytes, file: str, anew: bool
) -> int:
    """File what a table brings: new comments and answers. With one wrong row nothing is written."""
    answering = AnswerInput(desk.consultation, desk.who, desk.registrar.now, anew)
    plan = replace(taking, answering=answering).plan(table)
    if plan.faults:
        if desk.registrar.as_json:
            click.echo(json_text(_answer(desk) | {"faults": [*map(fault_as_json, plan.faults)]}))
        else:
            say_faults(plan.faults, file)
        return 1
    desk.require_begun(draft for _, draft in plan.new)
    if desk.dry_run:
        _say_dry(desk, plan)
        return 0
    filed = file_plan(desk, plan, data)
    if desk.registrar.as_json:
        say_json(_answer(desk) | filed.as_json(desk))
    else:
        filed.say(desk)
    return 0


def _answer(desk: Desk) -> dict[str, Any]:
    return {"version": 1, "proposal": desk.consultation.proposal.id}


def _say_dry(desk: Desk, plan: ImportPlan) -> None:
    letters = replies_to(
        desk.consultation, (each for _, each in plan.new), Addressees(desk.workspace).said_to
    )
    if desk.registrar.as_json:
        say_json(
            _answer(desk)
            | {
                "dry_run": True,
                "comments": [comment_as_json(each.comment) for _, each in plan.new],
                "answered": [filed.number for filed, _ in plan.answered],
                "remarks": with_rows(plan.remarks),
                "letters": [letter_as_json(each) for each in letters],
            }
        )
        return
    say_remarks(with_rows(plan.remarks))
    click.echo(f"Would file {_counted(plan)}. Nothing was written.")
    say_letters(letters)


class FiledPlan(NamedTuple):
    """What of a table was filed: the comments, and the letters that they ask for."""

    plan: ImportPlan
    filed: tuple[NumberedComment, ...]
    letters: tuple[Letter, ...]

    def as_json(self, desk: Desk) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "comments": [filed_as_json(desk.consultation, each) for each in self.filed],
            "answered": [filed.number for filed, _ in self.plan.answered],
            "remarks": with_rows(self.plan.remarks),
            "letters": [letter_as_json(each) for each in self.letters],
        }

    def say(self, desk: Desk) -> None:
        """Say it to a person, and draft the letters."""
        plan = self.plan
        say_filed(desk.consultation, self.filed, with_rows(plan.remarks))
        if plan.answered:
            names = ", ".join(filed.name for filed, _ in plan.answered)
            click.echo(f"Answered {number_of(len(plan.answered), 'comment')}: {names}")
        if not plan.new and not plan.answered:
            click.echo("The table brings nothing new. Nothing was written.")
        proposal = desk.consultation.proposal.id
        for line in drafted_or_shown(desk.workspace, proposal, self.letters):
            click.echo(visible(line))


def file_plan(desk: Desk, plan: ImportPlan, data: bytes) -> FiledPlan:
    """File what a table without faults brings, as one act; `data` is kept privately."""
    drafts = [each for _, each in plan.new]
    letters = replies_to(desk.consultation, drafts, Addressees(desk.workspace).said_to)
    filed = (
        file_comments(desk.workspace, desk.consultation, drafts, desk.receipt, data, plan.answered)
        if drafts or plan.answered
        else ()
    )
    return FiledPlan(plan, filed, tuple(letters))


def _counted(plan: ImportPlan) -> str:
    return (
        f"{number_of(len(plan.new), 'new comment')} and {number_of(len(plan.answered), 'answer')}"
    )
