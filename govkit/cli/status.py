"""`govkit status`: how a proposal stands, with the sum that anyone can do again."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.option_pairs import refuse_beside, require_beside
from govkit.cli.output import STANDARD_OUTPUT, format_option, say_json, write_files
from govkit.cli.position_options import cast_by_option, no_name_option, withdraws_option
from govkit.cli.printing.screen import echo
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.statement import write_statement
from govkit.cli.unread import say_unread
from govkit.cli.waiting import echo_waiting
from govkit.errors import WrongUse
from govkit.records.enumerations import STANCES
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.consent.status import Status
    from govkit.corpus.whole import Corpus

_EPILOG = """Examples:
  govkit status                          every open proposal
  govkit status 2026-003                 one, with the sum for each text
  govkit status 2026-003 --format json   the same for a program
  govkit status 2026-003 --format pdf -o status.pdf
                                         a page of it, with a bar for each text
  govkit status 2026-003 --now 2026-06-01T12:00:00Z
                                         as it stood, or will stand, at a moment
  govkit status 2026-003 --statement example-society --position consent
                                         write the text that a member signs without govkit

Silence is never shown as consent: who said nothing is listed as not heard.
"""


@click.command(epilog=_EPILOG)
@click.argument("proposal", required=False)
@click.option(
    "--statement",
    "member",
    metavar="MEMBER",
    help="Write the text that this member signs: of the position named here, else of their last.",
)
@click.option(
    "--position", type=click.Choice(STANCES), help="With --statement: what the member says."
)
@click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="ID",
    help="Only for this text; once for each. Default: all of the revision.",
)
@click.option(
    "--reason", metavar="WORDS", help="In the member's own words. Needed for a reservation."
)
@cast_by_option
@withdraws_option
@no_name_option
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file for a statement, a page or a PDF. Default of a statement: "
    "MEMBER-PROPOSAL-statement.txt.",
)
@now_option
@format_option("text", "json", "html", "pdf")
@pass_session
def status(
    session: Session,
    /,
    proposal: str | None,
    member: str | None,
    output: Path | None,
    now: datetime.datetime | None,
    format_: str,
    **said: Any,
) -> None:
    """Say how a proposal stands: what is required, given, missing, and who objects."""
    if member is not None and proposal is not None:
        of_pages = {"--format": format_ != "text"}
        refuse_beside(of_pages, "--statement", "What is signed is text.")
        write_statement(session, proposal, member, output, said)
        return
    if member is None and not any(said.values()) and format_ in ("text", "json"):
        formats = "--format html or pdf, or --statement MEMBER"
        require_beside({"-o": output}, formats, "What is shown goes into a file by `>`.")
    page = member is None and format_ in ("html", "pdf")
    if member is not None or (output is not None and not page) or any(said.values()):
        raise WrongUse(
            "a statement is one member's, about one proposal",
            "Name both: `govkit status PROPOSAL --statement MEMBER`.",
        )
    corpus = session.workspace().corpus
    say_unread(corpus)
    now = now or now_in_utc()
    from govkit.consent.status import Statuses
    from govkit.proposals.unsigned_acts import unsigned_acts
    from govkit.round.states import open_dockets
    from govkit.workspace.dockets import docket_named

    dockets = [docket_named(corpus, proposal)] if proposal else open_dockets(corpus, now)
    shown = list(map(Statuses(corpus, now).of, dockets))
    if format_ in ("html", "pdf"):
        _write_page(corpus, shown, now, format_, output)
        return
    waiting = [e for e in unsigned_acts(corpus, now) if proposal in (None, e.proposal)]
    if format_ == "json":
        from govkit.cli.printing.decision_json import standing_as_json

        found = [standing_as_json(corpus, each, now) for each in shown]
        first = found[0] if proposal else {"proposals": found}
        answer = {"version": 1, **first, "waiting": [each._asdict() for each in waiting]}
        say_json(answer)
        return
    from govkit.cli.printing.decision import standing_as_text

    if not shown:
        click.echo("No proposal is open. `govkit propose open` opens one.")
    for each in shown:
        echo(standing_as_text(corpus, each, now).splitlines())
    echo_waiting(waiting)


def _write_page(
    corpus: Corpus, shown: list[Status], now: datetime.datetime, format_: str, output: Path | None
) -> None:
    """Write the page of the one proposal that is named."""
    from govkit.rendering.standing import standing_page

    if len(shown) != 1:
        ids = ", ".join(each.docket.proposal.id for each in shown)
        raise WrongUse(
            "a page is about one proposal",
            f"Name it: `govkit status PROPOSAL`. Open: {ids or 'none'}.",
        )
    if format_ == "pdf" and output is None:
        raise WrongUse("a PDF is a file", "Say where it goes: -o FILE, as -o status.pdf.")
    document = standing_page(corpus, shown[0], now)
    name = f"{document.front.id}.{format_}"
    to = str(output) if output is not None else STANDARD_OUTPUT
    write_files(to, [(name, written(document, format_))])
