"""`govkit members balance`: how many members there are of each group and region, and who lacks."""

from __future__ import annotations

import click

from govkit.cli.list_ import readable_charter
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread

_EPILOG = """Examples:
  govkit members balance
  govkit members balance --format json

Counted are members who have enrolled, as they sit today. Regions are the regional groups of the
United Nations, by the country on record; nothing private is looked at.
"""


@click.command("balance", epilog=_EPILOG)
@format_option("text", "json")
@pass_session
def balance(session: Session, format_: str) -> None:
    """Say how many members there are of each group and region, and from where nobody is."""
    from govkit.cli.printing.balance import balance_as_data, balance_tables
    from govkit.round.balance import balance_on, members_of

    corpus = session.workspace().corpus
    charter = readable_charter(corpus)
    say_unread(corpus, ("member",))
    found = balance_on(members_of(corpus), now_in_utc().date())
    if format_ == "json":
        say_json({"version": 1, **balance_as_data(charter, found)})
    else:
        echo(balance_tables(charter, found, corpus.messages))
