"""Tables in files: read by what they are, and filed whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from govkit.cli.comment.word_files import table_of_word_file
from govkit.cli.output import json_text, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.consultation.answering import AnswerInput
from govkit.consultation.comment_table import Table, read_table
from govkit.consultation.table_import import ImportContext, ImportPlan
from govkit.correspondence.letters import letter_as_json
from govkit.correspondence.replies import replies_to
from govkit.errors import WrongUse
from govkit.procedures.comments.filing import file_comments
from govkit.procedures.letters.addressees import Addressees
from govkit.source.csv_grid import read_csv
from govkit.source.docx_reading import is_word_file
from govkit.source.grids import MOST_BYTES, NoTable, Row
from govkit.source.mail_attachments import is_mail, word_files_in
from govkit.source.xlsx_grid import read_xlsx


def table_in(file: Path, desk: Desk | None = None, *, named: bool = False) -> tuple[bytes, Table]:
    """Return the bytes of a file and the comment table in it; raises `WrongUse` without one.

    Of a Word file that is the first table with its headings; with a `desk`, where there is none,
    the comments in its margin; `named` says that one author is known for all of them.
    """
    data, rows = grid_in(file)
    if rows is None:
        return data, table_of_word_file(file, data, desk, named)
    with read_as_table(file):
        return data, read_table(rows)


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
    with read_as_table(file):
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


@contextmanager
def read_as_table(file: Path) -> Iterator[None]:
    """Say in which row of a file it is no table, as `WrongUse`."""
    try:
        yield
    except NoTable as fault:
        where = f", row {fault.row}" if fault.row else ""
        raise WrongUse(f"{file}{where}: {fault.message}", fault.help) from None


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
    else:
        _file(desk, plan, data)
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


def _file(desk: Desk, plan: ImportPlan, data: bytes) -> None:
    drafts = [each for _, each in plan.new]
    letters = replies_to(desk.consultation, drafts, Addressees(desk.workspace).said_to)
    filed = (
        file_comments(desk.workspace, desk.consultation, drafts, desk.receipt, data, plan.answered)
        if drafts or plan.answered
        else ()
    )
    if desk.registrar.as_json:
        say_json(
            _answer(desk)
            | {
                "comments": [filed_as_json(desk.consultation, each) for each in filed],
                "answered": [filed.number for filed, _ in plan.answered],
                "remarks": with_rows(plan.remarks),
                "letters": [letter_as_json(each) for each in letters],
            }
        )
        return
    say_filed(desk.consultation, filed, with_rows(plan.remarks))
    if plan.answered:
        names = ", ".join(filed.name for filed, _ in plan.answered)
        click.echo(f"Answered {number_of(len(plan.answered), 'comment')}: {names}")
    if not plan.new and not plan.answered:
        click.echo("The table brings nothing new. Nothing was written.")
    for line in drafted_or_shown(desk.workspace, desk.consultation.proposal.id, letters):
        click.echo(visible(line))


def _counted(plan: ImportPlan) -> str:
    return (
        f"{number_of(len(plan.new), 'new comment')} and {number_of(len(plan.answered), 'answer')}"
    )
