"""`govkit call`: a call for inputs, and every date that it promises."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import sure_option
from govkit.cli.comment.options import received_option
from govkit.cli.groups import Group
from govkit.cli.output import formerly
from govkit.cli.position_options import note_option
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import DayType
from govkit.errors import WrongUse
from govkit.records.enumerations import STEPS

if TYPE_CHECKING:
    from govkit.procedures.coalition.calls import PlannedStep


@click.group(
    cls=Group,
    epilog="""Examples:
  govkit call open --help       all that a call can promise
  govkit call move draft --to 2026-11-04 --reason "Two inputs came late."
  govkit call add https://example.org/study --title "A study of notices"
  govkit call close
""",
)
def call() -> None:
    """Open a call for inputs with its dates, take inputs, move a date, close it."""


def _plan(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, int, datetime.date], ...]:
    return tuple(_planned(ctx, param, value) for value in values)


def _planned(
    ctx: click.Context, param: click.Parameter, value: str
) -> tuple[str, int, datetime.date]:
    step, _, day = value.partition("=")
    name, revision = _step(step)
    if name == "inputs":
        raise click.BadParameter("The day for inputs is given with --inputs-by.")
    return name, revision, DayType().convert(day, param, ctx)


def _step(word: str) -> tuple[str, int]:
    name, _, number = word.partition(":")
    if name not in STEPS or not re.fullmatch("[1-9][0-9]?", number or "1"):
        raise click.BadParameter(
            f"`{word}` is no step. Steps: {', '.join(STEPS)}; draft:2 is the second draft."
        )
    return name, int(number or "1")


@call.command(
    "open",
    context_settings=formerly(plan="promise"),
    epilog="""Examples:
  govkit call open --title "Change of terms" --asks "How long before ..." \\
      --inputs-by 2026-10-10 --promise draft=2026-10-30 --promise comments=2026-11-30 \\
      --promise draft:2=2026-12-10 --promise decision=2026-12-30

A day means its end anywhere on earth: noon of the next day in UTC. Every date
is a promise; `govkit call move` changes one, with the reason.
""",
)
@click.option("--title", required=True, metavar="WORDS", help="What it is about, in a few words.")
@click.option("--asks", required=True, metavar="WORDS", help="What is asked, and from whom.")
@click.option(
    "--inputs-by", "inputs", type=DayType(), required=True, help="The last day for inputs."
)
@click.option(
    "--promise",
    "plan",
    multiple=True,
    callback=_plan,
    metavar="STEP=YYYY-MM-DD",
    help="A date that is promised. Steps: draft, comments, last-call, decision; "
    "draft:2 is the second draft. Once for each.",
)
@sure_option
@registrar_options
def open_(
    registrar: Registrar,
    title: str,
    asks: str,
    inputs: datetime.date,
    plan: tuple[tuple[str, int, datetime.date], ...],
) -> None:
    """Open a call for inputs, and promise its dates."""
    from govkit.procedures.coalition.calls import PlannedStep, prepare_call

    with registrar.writing() as (workspace, by):
        steps = [PlannedStep(*each) for each in plan]
        id, filing = prepare_call(workspace, title, asks, inputs, steps, registrar.now)
        entries = registrar.file(workspace, [filing], by)
    words = [
        f"The call {id} is open until the end of {inputs}, anywhere on earth.",
        *(f"Promised: {_named(PlannedStep(*each))} by {each[2]}." for each in plan),
        "Next: announce it, with all these dates: `govkit bulletin --list ADDRESS` drafts a mail.",
    ]
    registrar.say(words, entries, call=id)


def _named(step: PlannedStep) -> str:
    return step.name if step.revision == 1 else f"{step.name} {step.revision}"


@call.command(
    context_settings=formerly(because="reason"),
    epilog="""Examples:
  govkit call move draft --to 2026-11-04 --reason "Two inputs came late."
  govkit call move inputs --call 2026-001 --to 2026-10-17 --reason "A holiday lies between."

The first date stays in the record, beside the new one and the reason.
""",
)
@click.argument("step", metavar="STEP")
@click.option("--to", "to", type=DayType(), required=True, help="The new last day.")
@click.option("--reason", "because", required=True, metavar="WORDS", help="Why. It is published.")
@click.option("--call", "id_", metavar="CALL", help="Which call, as 2026-001. Not needed for one.")
@sure_option
@registrar_options
def move(registrar: Registrar, step: str, to: datetime.date, because: str, id_: str | None) -> None:
    """Move a promised date, with the reason."""
    from govkit.procedures.coalition.calls import PlannedStep, call_of, prepare_call_date

    name, revision = _step(step)
    with registrar.writing() as (workspace, by):
        id, record = call_of(workspace, id_, registrar.now)
        wanted = PlannedStep(name, revision, to)
        before, filing = prepare_call_date(workspace, id, record, wanted, because, registrar.now)
        entries = registrar.file(workspace, [filing], by)
    words = [
        f"Moved: {_named(wanted)} of the call {id}, from {before} to {to}.",
        "Next: announce the new date to everybody who was told the old one: `govkit bulletin "
        "--list ADDRESS` drafts the mail.",
    ]
    registrar.say(words, entries, call=id)


@call.command(
    epilog="""Examples:
  govkit call add mail.eml
  govkit call add https://example.org/study --title "A study of notices" --body "Example Institute"
  govkit call add registers/papers/study.pdf --title "A study" --member example-society
  govkit call add example-index               an initiative of the register

Nothing is fetched: an address is written down as you typed it. A mail goes to the
private folder; its subject is its title, unless --title gives other words, and its
sender is named where the address is on record. A file inside this folder stays
where it is, and its digest is kept; any other goes to the private folder. Do not
name people who are no members: --body names a body. What comes after the last day
is kept, and shown as late.
"""
)
@click.argument("what", metavar="WHAT")
@click.option("--call", "id_", metavar="CALL", help="Which call, as 2026-001. Not needed for one.")
@click.option("--title", metavar="WORDS", help="What it is called, in its own words.")
@click.option("--member", metavar="MEMBER", help="The member that it comes from.")
@click.option("--body", metavar="WORDS", help="The body that it comes from, which is no member.")
@click.option("--private", "hidden", is_flag=True, help="Keep a file in private, wherever it is.")
@note_option
@received_option
@sure_option
@registrar_options
def add(registrar: Registrar, what: str, id_: str | None, **said: Any) -> None:
    """File what answers a call: a mail, a link, a file or an initiative."""
    from govkit.procedures.coalition.call_inputs import InputWords, prepare_input
    from govkit.procedures.coalition.calls import call_of
    from govkit.procedures.log.register import file_received
    from govkit.proposals.call_inputs import is_late_input
    from govkit.store import private

    if said["member"] and said["body"]:
        raise WrongUse("--member and --body are both given", "Name one: whom it comes from.")
    with registrar.writing() as (workspace, by):
        id, record = call_of(workspace, id_, registrar.now)
        new = prepare_input(workspace, id, record, what, InputWords(**said), registrar.now)
        receipt = registrar.receipt(by, new.came, new.basis)
        try:
            entries = file_received(workspace.root, [new.filing], receipt)
        except BaseException:
            if new.record.source:
                private.forget(workspace.root, new.record.source)
            raise
    giver = new.record.member or new.record.body
    end = f", from {giver}." if giver else "."
    a = "an" if new.record.kind == "initiative" else "a"
    said_ = [f"Filed for the call {id}, as {a} {new.record.kind}: {new.record.title}{end}"]
    came = entries[0].received_at
    if is_late_input(record, came):
        said_.append(
            f"Received {came:%Y-%m-%d %H:%M} UTC, after the last day: it is kept, and marked as "
            "late. If it came before, take this back with git, and say when with --received."
        )
    registrar.say(said_, entries, call=id, input=new.id)


@call.command(
    epilog="""Examples:
  govkit call join 2026-003
  govkit call join 2026-003 --call 2026-001

For a proposal that was opened without `--call`. It keeps the dates of the call from then
on, and the inputs are shown with it. What was joined once stays joined.
"""
)
@click.argument("proposal")
@click.option("--call", "id_", metavar="CALL", help="Which call, as 2026-001. Not needed for one.")
@registrar_options
def join(registrar: Registrar, proposal: str, id_: str | None) -> None:
    """Join an open proposal to the call that it came from."""
    from govkit.procedures.coalition.calls import call_of, prepare_joining

    with registrar.writing() as (workspace, by):
        id, record = call_of(workspace, id_, registrar.now)
        filing = prepare_joining(workspace, id, record, proposal, registrar.now)
        entries = registrar.file(workspace, [filing], by)
    registrar.say(
        [f"{proposal} comes from the call {id}: {record.title}."],
        entries,
        call=id,
        proposal=proposal,
    )


@call.command(
    epilog="""Examples:
  govkit call close
  govkit call close --call 2026-001

What came in is filed with `govkit call add`; what comes later still can be, and is late.
"""
)
@click.option("--call", "id_", metavar="CALL", help="Which call, as 2026-001. Not needed for one.")
@registrar_options
def close(registrar: Registrar, id_: str | None) -> None:
    """Close a call after its last day, when all that came was looked through."""
    from govkit.procedures.coalition.calls import call_of, prepare_closing
    from govkit.proposals.call_inputs import counted_inputs, inputs_of

    with registrar.writing() as (workspace, by):
        id, record = call_of(workspace, id_, registrar.now)
        filing = prepare_closing(workspace, id, record, registrar.now)
        entries = registrar.file(workspace, [filing], by)
    came = inputs_of(workspace.corpus, id)
    said = f"The call {id} is closed, with {counted_inputs(came)}."
    registrar.say([said], entries, call=id, inputs=[each.id for each in came])
