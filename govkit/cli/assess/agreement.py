"""`govkit assess agreement`: how far the coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.cli.assess.evaluation_given import evaluation_argument, papers_of, showing_what_is_wrong
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session

if TYPE_CHECKING:
    from govkit.assessment.agreement import Agreement

_EPILOG = """Examples:
  govkit assess agreement assessments/kiosk/2026-01-10
  govkit assess agreement assessments/kiosk/2026-01-10 --format json

Behind each measure stands its interval of 95 per cent, from 1,000 resamples of a fixed seed.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@format_option("text", "json")
@pass_session
@showing_what_is_wrong
def agreement(session: Session, evaluation: str, format_: str) -> None:
    """Say how far the coders agree beyond chance."""
    from govkit.procedures.assessment.reconciliation import agreement_in

    _, read = papers_of(session, evaluation)
    found = agreement_in(read.papers)
    if format_ == "json":
        say_json(_as_data(found))
        return
    _say(found)


def _as_data(found: Agreement) -> dict[str, object]:
    return {
        "version": 1,
        "coders": list(found.coders),
        "criteria": found.compared,
        "measures": [each._asdict() for each in found.measures],
        "differing": [
            {"criterion": of, "values": dict(zip(found.coders, row, strict=True))}
            for of, row in found.differing
        ],
    }


def _say(found: Agreement) -> None:
    from govkit.assessment.agreement import FEWEST
    from govkit.cli.printing.table import table

    click.echo(f"{visible(', '.join(found.coders))}: {number_of(found.compared, 'answer')} each")
    rows = [
        (each.name, _shown(each.value), f"{_shown(each.low)} to {_shown(each.high)}")
        for each in found.measures
    ]
    click.echo(table(("MEASURE", "VALUE", "95 % INTERVAL"), rows), nl=False)
    if found.compared < FEWEST:
        click.echo(f"note: under {FEWEST} answers such figures say little.")
    if found.differing:
        click.echo(f"They differ in {len(found.differing)}:")
        differing = [(of, *row) for of, row in found.differing]
        head = ("CRITERION", *(visible(each).upper() for each in found.coders))
        click.echo(table(head, differing), nl=False)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
