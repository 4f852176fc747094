"""`govkit calendar`: what was promised, moved and kept; and the plan of a cycle to come."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option
from govkit.cli.printing.screen import echo
from govkit.cli.registrar import now_option
from govkit.cli.session import DayType, Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.corpus.whole import Corpus
    from govkit.proposals.calendar import PromisedDates
    from govkit.records.policies import Policy

_EPILOG = """Examples:
  govkit calendar                        every call and proposal, and what meetings come
  govkit calendar 2026-001               the call or the proposal of this number
  govkit calendar call:2026-001          where both have it
  govkit calendar event:first-meeting --format ics > meeting.ics
  govkit calendar --format ics > dates.ics
                                         for any calendar program
  govkit calendar --plan --start 2026-10-30
                                         the earliest dates of a new cycle
  govkit calendar --plan --start 2026-10-30 --policy editorial

A date means the end of its day anywhere on earth: noon of the next in UTC.
A date is kept, late, or missed; one that was moved says from when, and why.
"""


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="[CALL|PROPOSAL|EVENT]", required=False)
@click.option("--plan", "plan_", is_flag=True, help="Plan a cycle by the periods of a policy.")
@click.option("--start", type=DayType(), help="With --plan: the day on which the draft is there.")
@click.option(
    "--policy",
    metavar="POLICY",
    help="With --plan: which policy. Default: that of the highest class.",
)
@now_option
@format_option("text", "json", "ics")
@pass_session
def calendar(
    session: Session,
    id_: str | None,
    plan_: bool,
    start: datetime.date | None,
    policy: str | None,
    now: datetime.datetime | None,
    format_: str,
) -> None:
    """Show the dates that were promised, moved and kept; or plan a cycle."""
    if plan_ != (start is not None) or (policy is not None and not plan_) or (plan_ and id_):
        raise WrongUse(
            "a plan needs the day on which it begins, and nothing else but a policy",
            "Write: govkit calendar --plan --start 2026-10-30.",
        )
    corpus = session.workspace().corpus
    if corpus.charter is None:
        raise WrongUse("the charter can't be read", "`govkit check` says why.")
    if start is not None:
        _show_plan(corpus, policy, start, format_)
        return
    say_unread(corpus)
    moment = now or now_in_utc()
    found, meetings = _chosen(corpus, id_, moment)
    from govkit.cli.printing import dates as printing
    from govkit.rendering.promised_dates import as_calendar

    if format_ == "json":
        click.echo(printing.as_json(found, meetings, moment), nl=False)
    elif format_ == "ics":
        click.echo(as_calendar(corpus.charter, found, meetings, corpus.messages), nl=False)
    else:
        if id_ is None:  # a reader looks for what comes; programs take all
            meetings = [each for each in meetings if printing.is_to_come(each, moment)]
        echo(printing.as_words(found, meetings, moment, corpus.messages).splitlines())


def _chosen(
    corpus: Corpus, id: str | None, now: datetime.datetime
) -> tuple[Sequence[PromisedDates], Sequence[Document]]:
    """Return the calls and proposals, and the events, that are asked for; or all."""
    from govkit.proposals.calendar import dates_of
    from govkit.rendering.registers import in_print_order

    every = dates_of(corpus, now)
    meetings = in_print_order(corpus.of_kind("event"))[::-1]
    if id is None:
        return every, meetings
    kind, _, number = id.rpartition(":")
    found = [each for each in every if each.id == number and kind in ("", each.kind)]
    met = [each for each in meetings if each.id == number and kind in ("", "event")]
    if not found and not met:
        known = sorted({*(each.id for each in every), *(each.id for each in meetings)})
        raise WrongUse(
            f"there is no call, proposal or event `{id}` with a date", typed=number, known=known
        )
    return found, met


def _show_plan(corpus: Corpus, slug: str | None, start: datetime.date, format_: str) -> None:
    from govkit.cli.printing import dates as printing
    from govkit.proposals.calendar import plan_cycle

    charter = corpus.charter
    assert charter is not None
    name, policy = _policy(corpus, slug)
    steps = plan_cycle(policy, start, charter.calendar.quiet)
    if format_ == "json":
        click.echo(printing.plan_as_json(name, steps), nl=False)
    elif format_ == "ics":
        click.echo(printing.plan_as_ics(charter, name, steps), nl=False)
    else:
        echo(printing.plan_as_words(name, policy, steps, charter.calendar.quiet).splitlines())


def _policy(corpus: Corpus, slug: str | None) -> tuple[str, Policy]:
    """Return a policy that a person names, or the one that decides what is new."""
    from govkit.records.policies import Policy

    found = {
        document.id: document.record
        for document in corpus.of_kind("policy")
        if isinstance(document.record, Policy)
    }
    charter = corpus.charter
    assert charter is not None
    highest = {max(each.classes, default=0): name for name, each in charter.policies.items()}
    name = slug or (highest[max(highest)] if highest else "")
    if name in found:
        return name, found[name]
    raise WrongUse(
        f"there is no policy `{name}` that can be read" if name else "the charter names no policy",
        typed=name,
        known=sorted(found),
    )
