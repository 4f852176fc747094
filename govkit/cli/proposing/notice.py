"""`govkit propose notice`: the promised dates of a proposal, and moving one with the reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.asking import sure_option
from govkit.cli.output import formerly
from govkit.cli.proposing.desk import Step, step_options
from govkit.cli.registrar import Registrar
from govkit.cli.session import DayType
from govkit.errors import WrongUse
from govkit.languages.catalogue import messages

if TYPE_CHECKING:
    from govkit.procedures.proposals.announcements import Deadline

_EPILOG = """Examples:
  govkit propose notice 2026-003
  govkit propose notice 2026-003 --move --to 2026-04-20 --reason "two holidays lie between"
  govkit propose notice 2026-003 --message-id "<20260310.1@lists.example>"

Without --move: all dates that were promised, and for each one that passed
without its event the words to send. With --move: the running time (comments,
or the last call) gets a later end. A promised time is never made shorter.
With --message-id: the mail of the newest announcement that names none yet, or of
--announcement; so that everybody finds it in the archive of the list.
"""


@click.command(epilog=_EPILOG, context_settings=formerly(because="reason", moved="move"))
@click.argument("proposal")
@click.option("--move", "moved", is_flag=True, help="Move the running date.")
@click.option("--to", "to", type=DayType(), help="The new last day.")
@click.option("--reason", "because", metavar="WORDS", help="Why. It is published.")
@click.option("--message-id", metavar="<ID>", help="The Message-ID of the mail, in < and >.")
@click.option(
    "--announcement", metavar="NUMBER", help="With --message-id: which announcement, as 02."
)
@sure_option
@step_options
def notice(
    step: Step,
    proposal: str,
    moved: bool,
    to: datetime.date | None,
    because: str | None,
    message_id: str | None,
    announcement: str | None,
) -> None:
    """Show the promised dates, move one with the reason, or name the mail that announced one."""
    if announcement and not message_id:
        raise WrongUse("--announcement is for --message-id", "Add it, or leave this out.")
    if message_id:
        if moved or to is not None or because:
            raise WrongUse(
                "--message-id goes with none of --move, --to, --reason", "Write it alone."
            )
        _name_mail(step, proposal, announcement, message_id)
        return
    if not moved:
        if to is not None or because:
            raise WrongUse("--to and --reason are for --move", "Add --move, or leave them out.")
        _show(step.registrar, proposal)
        return
    if to is None or not because:
        raise WrongUse(
            "a date is moved to another one, with the reason",
            'Write: --move --to 2026-04-20 --reason "…".',
        )
    from govkit.correspondence.announcements import deadline_in_words
    from govkit.procedures.proposals.announcements import prepare_moved_date as announced
    from govkit.source.record_bytes import instant_text

    with step.at_desk() as (workspace, by):
        done = announced(workspace, proposal, to, because, step.letter, step.registrar.now)
        assert done.until is not None
        lines = [f"Moved to {deadline_in_words(messages('en'), done.until)}."]
        step.file(workspace, by, done, lines, proposal=proposal, until=instant_text(done.until))


def _name_mail(step: Step, proposal: str, number: str | None, message_id: str) -> None:
    from govkit.procedures.proposals.announcements import named_mail

    with step.at_desk() as (workspace, by):
        name, filing = named_mail(workspace, proposal, number, message_id)
        step.registrar.file(workspace, [filing], by)
    step.registrar.say(
        [f"The announcement {name} of {proposal} names its mail: {message_id}.", "Commit it."],
        (),
        proposal=proposal,
        announcement=name,
        message_id=message_id,
    )


def _show(registrar: Registrar, proposal: str) -> None:
    from govkit.procedures.proposals.announcements import deadlines_of, missed_deadlines
    from govkit.source.record_bytes import instant_text

    found = deadlines_of(registrar.session.workspace(), proposal, registrar.now)
    late = list(missed_deadlines(found))
    dates = [
        {
            "what": each.what,
            "call": each.call,
            "until": instant_text(each.promise.until),
            "mark": each.promise.mark,
            "moved": len(each.promise.moves),
            "draft": each.draft() if each in late else None,
        }
        for each in found
    ]
    registrar.say(list(_lines(found, late)), (), proposal=proposal, dates=dates)


def _lines(found: Sequence[Deadline], late: Sequence[Deadline]) -> Iterator[str]:
    yield "Promised dates:"
    for each in found:
        where = f" (call {each.call})" if each.call else ""
        count = len(each.promise.moves)
        moves = f", moved {'once' if count == 1 else f'{count} times'}" if count else ""
        yield f"  {each.promise.day}  {each.promise.mark:<8} {each.what}{where}{moves}"
    for each in late:
        yield ""
        yield "This date passed without its event. Say so, with the words:"
        yield f"  {each.draft()}"
        yield f"  {each.command()}"
