"""`govkit blame`: which change gave each clause its present words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import click

from govkit.cli.history import say_where_it_ends
from govkit.cli.naming import one_record
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.session import Session, pass_session
from govkit.errors import GovkitError, IncompleteHistory, WrongUse

if TYPE_CHECKING:
    from govkit.corpus.changes.origins import WordsOrigin
    from govkit.workspace.past import RecordHistory

_EPILOG = """Examples:
  govkit blame MCP-DUE-03
  govkit blame "MCP-DUE-03(a)"          one clause
  govkit blame personal-data            a definition by its slug
  govkit blame MCP-DUE-03 --format json

A change of the file's form alone gives no words, and is never named. What changed beside the words
(who is bound, how strongly) is listed by `govkit history ID`.
"""


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="ID")
@format_option("text", "json")
@pass_session
def blame(session: Session, id_: str, format_: str) -> None:
    """Say which change gave each clause of a record its present words."""
    from govkit.workspace.past import read_past

    with one_record(session.folder(), id_):
        past = read_past(session.folder(), id_)
    origins = _origins(past)
    if past.cut is not None and all(past.moments[o.moment].version.is_cut for o in origins):
        raise IncompleteHistory(
            "this clone holds only the newest part of the history, and nothing of "
            f"`{past.name.id}` was changed in it",
            "Fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.",
        )
    if format_ == "json":
        from govkit.cli.printing.past_json import blame_as_data

        say_json(blame_as_data(past, origins))
    else:
        from govkit.cli.printing.history import blame_as_text

        echo(blame_as_text(past, origins).splitlines())
    say_where_it_ends(past)


def _origins(past: RecordHistory) -> tuple[WordsOrigin, ...]:
    """Return the origins of the parts. Raises an error where the record has no words now."""
    from govkit.corpus.changes.history import step_of
    from govkit.corpus.changes.origins import origins_of

    newest = past.moments[-1].document if past.moments else None
    if newest is None:
        raise WrongUse(
            f"`{past.name.id}` was removed, so it has no present words",
            f"`govkit history {past.name.id}` says when, and by whom.",
        )
    if newest.record is None:
        raise GovkitError(f"{newest.path} can't be read", "Run `govkit check` and mend it first.")
    origins = origins_of(past.moments, cache(lambda at: step_of(past.moments, at)))
    if not past.clause:
        return origins
    found = tuple(o for o in origins if o.part.kind == "clause" and o.part.id == past.clause)
    if not found:
        raise WrongUse(
            f"{past.name.id} has no clause ({past.clause}) now",
            f'`govkit history "{past.name.id}({past.clause})"` says what became of it.',
        )
    return found
