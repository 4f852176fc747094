"""`govkit comment table`: show the comment table, or write it for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from govkit.cli.comment.options import proposal_option
from govkit.cli.output import (
    file_at,
    format_meant,
    format_option,
    json_text,
    output_option,
    write_output_file,
)
from govkit.cli.printing.words import beginning, number_of
from govkit.cli.session import Session, pass_session
from govkit.errors import WrongUse
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.consultation.consultation import Consultation, FiledComment

_EPILOG = """Examples:
  govkit comment table                                    on the terminal
  govkit comment table --waiting                          what has no answer yet
  govkit comment table --format xlsx -o comments.xlsx     to answer in a spreadsheet
  govkit comment table --format docx -o comments.docx     the same table in Word
  govkit comment table --format csv --unit EXA-DUE-01

The columns are those of the comment templates of standards bodies. Write answers into the last
column but one, and take them in with `govkit comment dispose --from FILE`. A cell that a
spreadsheet would take for a formula is written so that it stays text. Without -o, xlsx and docx go
into dist/.
"""


_FORMATS = ("text", "csv", "xlsx", "docx", "md", "html", "json")


@click.command("table", epilog=_EPILOG)
@click.option("--waiting", is_flag=True, help="Only comments without an answer.")
@click.option("--unit", metavar="ID", help="Only comments on this text.")
@format_option(*_FORMATS)
@output_option("output")
@proposal_option
@pass_session
def table(
    session: Session,
    waiting: bool,
    unit: str | None,
    format_: str,
    output: str | None,
    proposal: str | None,
) -> None:
    """Show the comment table, or write it for a spreadsheet."""
    from govkit.consultation.consultation import consultation_of

    consultation = consultation_of(session.workspace().corpus, proposal)
    comments = _chosen(consultation, waiting, unit)
    format_ = format_meant(format_, _FORMATS, output)
    if format_ == "text":
        data = _as_text(consultation, comments).encode()
    else:
        data = _written(consultation, comments, format_)
    name = f"comments-{consultation.proposal.id}.{'txt' if format_ == 'text' else format_}"
    file = file_at(output or ("dist/" if format_ in ("xlsx", "docx") else None), name)
    if file is None:
        click.echo(data.decode("utf-8-sig"), nl=False)
        return
    if format_ == "text":
        data = click.unstyle(data.decode()).encode()
    write_output_file(file, data)
    click.echo(str(file))


def _chosen(
    consultation: Consultation, waiting: bool, unit: str | None
) -> tuple[FiledComment, ...]:
    from govkit.consultation.answering import unanswered_comments

    chosen = unanswered_comments(consultation) if waiting else consultation.comments
    if unit is None:
        return chosen
    known = {
        id.casefold()
        for number in range(1, consultation.number + 1)
        for id in consultation.units(number)
    }
    if unit.casefold() not in known:
        consultation.unit(consultation.number, unit)
        raise WrongUse(f"no revision has a text `{unit}`", "`govkit comment table` shows all.")
    return tuple(
        each for each in chosen if (each.comment.target.unit or "").casefold() == unit.casefold()
    )


def _written(consultation: Consultation, comments: tuple[FiledComment, ...], format_: str) -> bytes:
    from govkit.consultation.comment_table import COLUMNS, table_rows

    if format_ == "csv":
        from govkit.source.csv_grid import write_csv

        return write_csv(table_rows(consultation, comments))
    if format_ == "xlsx":
        from govkit.source.xlsx_grid import write_xlsx

        widths = [column.width for column in COLUMNS]
        return write_xlsx("Comments", table_rows(consultation, comments), widths)
    if format_ == "json":
        return json_text(_as_json(consultation, comments)).encode()
    from govkit.rendering.comment_report import table_page_of

    return written(table_page_of(consultation, comments), format_)


_FIRST = 200
"""Characters of a comment that the table on the screen shows; a file has the whole."""


def _as_text(consultation: Consultation, comments: tuple[FiledComment, ...]) -> str:
    from govkit.cli.printing.table import table as columns
    from govkit.consultation.comment_counts import count_comments
    from govkit.consultation.comment_table import cells_of

    if not comments:
        return "No comment is there to show.\n"
    rows = []
    for filed in comments:
        cells = cells_of(consultation, filed)
        answer = filed.comment.disposition.action if filed.comment.disposition else "-"
        marks = "late" if filed.late else ""
        rows.append(
            (
                filed.name,
                cells["author"],
                cells["clause"] or "whole",
                cells["type"],
                answer,
                marks,
                beginning(" ".join(cells["comment"].split()), _FIRST),
            )
        )
    sums = count_comments(consultation, comments)
    kinds = [
        (sums.waiting, "waiting for an answer"),
        (sums.late, "late"),
        (sums.asked, "not shown"),
        (sums.held, "held back"),
    ]
    said = ", ".join(f"{count} {name}" for count, name in kinds if count)
    head = ("NO.", "FROM", "ABOUT", "TYPE", "ANSWER", "MARK", "COMMENT")
    summed = number_of(sums.total, "comment") + (f": {said}." if said else ".")
    return columns(head, rows) + summed + "\n"


def _as_json(consultation: Consultation, comments: tuple[FiledComment, ...]) -> dict[str, Any]:
    return {
        "version": 1,
        "proposal": consultation.proposal.id,
        "revision": consultation.number,
        "comments": [_comment(consultation, each) for each in comments],
    }


def _comment(consultation: Consultation, filed: FiledComment) -> dict[str, Any]:
    from govkit.cli.comment.telling import comment_as_json
    from govkit.consultation.comment_table import clause_of, words_of
    from govkit.source.record_bytes import plain

    comment, held = filed.comment, filed.held
    shown = bool(words_of(filed))
    public = shown and comment.publication == "public"
    about = comment_as_json(comment)
    if held is not None:
        about["quote"] = None
    return about | {
        "number": filed.number,
        "path": filed.path,
        "received_at": plain(filed.received_at),
        "late": filed.late,
        "author": plain(filed.author) if public and not filed.is_left_out else None,
        "left_out": filed.is_left_out,
        "group": consultation.group_of(comment, filed.received_at) or None,
        "clause": clause_of(consultation, comment) or None,
        "comment": words_of(filed) or None,
        "proposed_text": comment.proposed_text if shown else None,
        "disposition": plain(comment.disposition),
        "author_reply": comment.author_reply,
        "held_back": None if held is None else {**held._asdict(), "on": held.on.isoformat()},
    }
