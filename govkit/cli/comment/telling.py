"""What the commands about comments say when something was filed, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.printing.words import number_of, visible
from govkit.consultation.anchor_status import anchor_status_of
from govkit.consultation.consultation import Consultation
from govkit.consultation.table_import import RowRemark
from govkit.correspondence.letters import Letter, letter_lines
from govkit.procedures.comments.filing import NumberedComment
from govkit.procedures.letters.owed import draft_letters
from govkit.records.comments import Comment

if TYPE_CHECKING:
    from govkit.workspace import Workspace

MOST = 20
"""Lines of one kind that a person is shown."""


def about(comment: Comment) -> str:
    """Return what a comment is about, in a few words."""
    target = comment.target
    words = f"revision {target.revision}"
    if target.unit:
        words = f"{target.unit}, {words}"
    if target.quote:
        quote = target.quote if len(target.quote) <= 60 else f"{target.quote[:57]}..."
        words += f', "{quote}"'
    return words


def say_filed(
    consultation: Consultation, filed: Sequence[NumberedComment], remarks: Iterable[str] = ()
) -> None:
    """Say which comments were filed, and what is to be known about them."""
    for each in filed[:MOST]:
        click.echo(
            f"Filed comment {each.number:04d} of proposal {consultation.proposal.id}: "
            f"{visible(about(each.comment))} (log entry {each.entry.seq})"
        )
        if consultation.is_late(each.comment.target.revision, each.entry.received_at):
            until = consultation.times[each.comment.target.revision - 1].comment_until
            click.echo(
                f"  It is late: comments were open until {until:%Y-%m-%d %H:%M} UTC. It is kept, "
                "marked as late, and gets an answer."
            )
    if len(filed) > MOST:
        late = [
            each
            for each in filed
            if consultation.is_late(each.comment.target.revision, each.entry.received_at)
        ]
        click.echo(
            f"… and {len(filed) - MOST:,} more, up to {filed[-1].number:04d}: "
            f"{len(filed):,} comments in all, {len(late):,} of them late."
        )
    say_remarks(remarks)


def say_remarks(remarks: Iterable[str]) -> None:
    """Say what a person should look at."""
    remarks = list(remarks)
    for remark in remarks[:MOST]:
        click.echo(click.style("note: ", fg="yellow") + visible(remark), err=True)
    if len(remarks) > MOST:
        more = len(remarks) - MOST
        click.echo(f"… and {more:,} more notes; --format json has them all.", err=True)


def say_letters(letters: Sequence[Letter], as_json: bool = False) -> None:
    """Show the words that a coordinator may send; JSON has them in the answer."""
    for line in () if as_json else letter_lines(tuple(letters)):
        click.echo(visible(line))


def drafted_or_shown(
    workspace: Workspace, proposal: str, letters: Sequence[Letter]
) -> Iterator[str]:
    """Draft the letters to members with an address on record; yield where, and the others."""
    files, rest = draft_letters(workspace, proposal, letters) if letters else ((), ())
    if files:
        yield ""
        yield f"Letters to send: {len(files)}, in {files[0].parent}"
    yield from letter_lines(rest)


def with_rows(remarks: Iterable[RowRemark]) -> list[str]:
    """Return remarks about the rows of a table as lines."""
    return [f"row {each.row}: {each.message}" if each.row else each.message for each in remarks]


def say_faults(faults: Sequence[RowRemark], file: str) -> None:
    """Say what is wrong with a table; nothing of it was written."""
    for fault in faults:
        where = f"{file}, row {fault.row}: " if fault.row else f"{file}: "
        click.echo(
            click.style("error: ", fg="red", bold=True) + visible(where + fault.message), err=True
        )
        if fault.help:
            click.echo(click.style("help:  ", fg="cyan") + visible(fault.help), err=True)
    click.echo(
        f"{number_of(len(faults), 'row is', 'rows are')} wrong, so nothing was written. "
        "Mend the file and run the command again.",
        err=True,
    )


def fault_as_json(fault: RowRemark) -> dict[str, Any]:
    """Return what is wrong with a row."""
    return {"row": fault.row or None, "message": fault.message, "help": fault.help or None}


def filed_as_json(consultation: Consultation, each: NumberedComment) -> dict[str, Any]:
    """Return a filed comment: where it is, what it is about, how it is marked."""
    revision = each.comment.target.revision
    now = anchor_status_of(consultation, each.comment.target)
    return comment_as_json(each.comment) | {
        "now": {name: value or None for name, value in now._asdict().items()} if now else None,
        "number": each.number,
        "path": each.path,
        "late": consultation.is_late(revision, each.entry.received_at),
        "log_entry": each.entry.seq,
    }


def comment_as_json(comment: Comment) -> dict[str, Any]:
    """Return what a comment is about, and how it is published. Words only if they are public."""
    target = comment.target
    return {
        "revision": target.revision,
        "unit": target.unit,
        "quote": target.quote,
        "anchored_by": target.anchored_by,
        "type": comment.type,
        "publication": comment.publication,
    }
