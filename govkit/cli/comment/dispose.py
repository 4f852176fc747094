"""`govkit comment dispose`: answer comments, one by number or many from a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.comment.options import dry_run_option, numbers_there, proposal_option
from govkit.cli.output import say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import Registrar, registrar_options
from govkit.errors import WrongUse
from govkit.languages.catalogue import messages
from govkit.records.enumerations import ACTIONS, AUTHOR_REPLIES

if TYPE_CHECKING:
    from govkit.cli.comment.desk import Desk
    from govkit.records.comments import Comment


_EPILOG = """Examples:
  govkit comment dispose 12 --action accepted --result 3:EXA-DUE-01
  govkit comment dispose 12 --action not-accepted --reply "The law asks for thirty days."
  govkit comment dispose 12 --author-reply not-satisfied
  govkit comment dispose --from answered.xlsx

Every answer but `accepted` needs a reply, since its author reads it. In a table, write the
answer into the last column, as: Accepted in part (revision 3, EXA-DUE-01): Twenty days now.
"""


@click.command("dispose", epilog=_EPILOG)
@click.argument("number", type=click.IntRange(1), shell_complete=numbers_there, required=False)
@click.option("--action", type=click.Choice(ACTIONS), help="What becomes of the comment.")
@click.option("--reply", metavar="WORDS", help="What its author is told.")
@click.option("--result", metavar="REV:ID", help="Where the text changes, as 3:EXA-DUE-01.")
@click.option(
    "--author-reply", type=click.Choice(AUTHOR_REPLIES), help="What the author says to the answer."
)
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A comment table (CSV, XLSX) with answers in its last column.",
)
@click.option("--anew", is_flag=True, help="Answer anew what has an answer; the log keeps both.")
@proposal_option
@dry_run_option
@registrar_options
def dispose(
    registrar: Registrar,
    *,
    number: int | None,
    table: Path | None,
    anew: bool,
    proposal: str | None,
    dry_run: bool,
    **said: Any,
) -> int:
    """Answer comments: one by number, or many from a table."""
    from govkit.cli.comment.desk import opened

    _held_options(number, table, said)
    desk = opened(registrar, proposal, dry_run=dry_run)
    if table is not None:
        return _from_table(desk, table, anew)
    assert number is not None
    filed = desk.consultation.comment(number)
    comment = _answered(desk, number, said, anew)
    if desk.dry_run:
        click.echo(f"Would answer comment {filed.name}. Nothing was written.")
        return 0
    from govkit.procedures.comments.filing import file_answers

    [entry] = file_answers(desk.workspace, [(filed, comment)], desk.receipt)
    _say(desk, filed.name, comment, entry.seq)
    return 0


def _held_options(number: int | None, table: Path | None, said: dict[str, Any]) -> None:

    given = [name for name in ("action", "reply", "result", "author_reply") if said[name]]
    if (number is None) == (table is None):
        raise WrongUse(
            "a number and a table are both given"
            if number
            else "nothing says which comment is answered",
            "Give the number of one comment, or a table with --from.",
        )
    if table is not None and given:
        raise WrongUse("the table holds the answers", f"Leave --{given[0].replace('_', '-')} out.")
    if table is None and not said["action"] and not said["author_reply"]:
        raise WrongUse(
            "nothing says what becomes of the comment",
            f"Give --action ({', '.join(ACTIONS)}), or --author-reply.",
        )
    if not said["action"] and (said["reply"] or said["result"]):
        raise WrongUse("a reply is given and no --action", f"One of: {', '.join(ACTIONS)}.")


def _answered(desk: Desk, number: int, said: dict[str, Any], anew: bool) -> Comment:

    from govkit.consultation.answering import AnswerInput, result_in, with_author_reply
    from govkit.consultation.observations import Observation

    filed = desk.consultation.comment(number)
    if said["action"]:
        result = result_in(said["result"]) if said["result"] else None
        answer = Observation(said["action"], said["reply"], result)
        answered = AnswerInput(desk.consultation, desk.who, desk.registrar.now, anew).answered(
            filed, answer
        )
        filed = replace(filed, comment=answered)
    if said["author_reply"]:
        return with_author_reply(filed, said["author_reply"])
    return filed.comment


def _say(desk: Desk, name: str, comment: Comment, entry: int) -> None:
    from govkit.consultation.observations import as_cell

    assert comment.disposition is not None
    if desk.registrar.as_json:
        say_json(
            {
                "version": 1,
                "proposal": desk.consultation.proposal.id,
                "answered": [int(name)],
                "action": comment.disposition.action,
                "reply": comment.disposition.reply,
                "author_reply": comment.author_reply,
                "log_entry": entry,
            }
        )
        return
    from govkit.consultation.answering import unanswered_comments

    cell = visible(as_cell(messages("en"), comment.disposition))
    click.echo(f"Comment {name}: {cell} (log entry {entry})")
    if comment.author_reply:
        click.echo(f"  Its author: {comment.author_reply.replace('-', ' ')}")
    if comment.author_reply == "satisfied" and comment.refers_to:
        place = f"{desk.consultation.proposal.id}/comments/{name}"
        click.echo(
            "  If it is about an objection, that is settled once another coordinator who has"
        )
        click.echo(f"  seen it vouches for it: govkit countersign {place} --seen WORDS --key FILE")
    left = [each for each in unanswered_comments(desk.consultation) if each.name != name]
    click.echo(f"{number_of(len(left), 'comment')} still without an answer.")


def _from_table(desk: Desk, file: Path, anew: bool) -> int:
    from govkit.cli.comment.tables import filed_from_table, table_in
    from govkit.consultation.table_import import ImportContext

    data, table = table_in(file)
    taking = ImportContext(desk.consultation, only_answers=True)
    return filed_from_table(desk, taking, table, data, str(file), anew)
