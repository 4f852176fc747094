"""`govkit history`: each change of one record, newest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from govkit.cli.naming import one_record
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.session import Session, pass_session
from govkit.errors import IncompleteHistory

if TYPE_CHECKING:
    from govkit.corpus.changes.history import HistoryStep
    from govkit.workspace.past import RecordHistory

_EPILOG = """Examples:
  govkit history MCP-DUE-03                the whole life of a text
  govkit history MCP-DUE-03 --redline      with the words put in and taken out
  govkit history "MCP-DUE-03(a)"           what changed this clause
  govkit history personal-data --limit 3   the last three changes of a definition
  govkit history term:user                 where two kinds have the same slug
  govkit history MCP-DUE-03 --format json

Words in [-brackets with a minus-] were taken out, words in [+brackets with a plus+] put in.
docs/history.md explains what is listed.
"""


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="ID")
@format_option("text", "json")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the N newest changes.")
@click.option("--redline", is_flag=True, help="Show under each change the words that changed.")
@click.option("--all", "all_", is_flag=True, help="List changes of the file's form alone, too.")
@pass_session
def history(
    session: Session, id_: str, format_: str, limit: int | None, redline: bool, all_: bool
) -> None:
    """List each change of one record: what it did, when, by whom, in which release.

    ID is an id, a clause, a title, or the path of a file; also of a record that was removed.
    """
    past, steps, more = steps_asked_for(session, id_, limit, with_form=all_)
    if format_ == "json":
        from govkit.cli.printing.past_json import history_as_data

        say_json(history_as_data(past, steps, more=more, redline=redline))
    else:
        from govkit.cli.printing.history import history_as_text

        echo(history_as_text(past, steps, more=more, redline=redline).splitlines())
    say_where_it_ends(past)


def steps_asked_for(
    session: Session, asked: str, limit: int | None, *, with_form: bool
) -> tuple[RecordHistory, list[HistoryStep], bool]:
    """Return the past of a record, its newest steps, and whether there are more of them."""
    from govkit.corpus.changes.history import steps_of
    from govkit.workspace.past import read_past

    with one_record(session.folder(), asked):
        past = read_past(session.folder(), asked)
    wanted = (
        step
        for step in steps_of(past.moments)
        if step.verb != "cut"
        and (with_form or not step.is_form_only)
        and (not past.clause or touches(step, past.clause))
    )
    steps = list(wanted if limit is None else islice(wanted, limit + 1))
    if past.cut is not None and not steps:
        raise IncompleteHistory(
            "this clone holds only the newest part of the history, and no change of "
            f"`{past.name.id}` is in it",
            "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
        )
    more = limit is not None and len(steps) > limit
    return past, steps[:limit], more


def touches(step: HistoryStep, clause: str) -> bool:
    """Say whether a step changed this clause; the first and the last of the record always did."""
    if step.change is None or step.verb != "changed":
        return step.verb != "form"
    return any(each.id == clause for each in step.change.clauses) or any(
        each.field.startswith(f"clauses.{clause}.") for each in step.change.fields
    )


def say_where_it_ends(past: RecordHistory) -> None:
    """Say it plainly where the clone holds only a part of the history."""
    if past.cut is not None:
        click.echo(
            click.style("note: ", fg="yellow", bold=True)
            + f"this clone holds the history only back to {past.cut.day} "
            f"({past.cut.commit[:7]}). Earlier changes are not known here.\n"
            + click.style("help: ", fg="cyan")
            + "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
            err=True,
        )
