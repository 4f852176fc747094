"""`govkit review`: what a change does, on one page of Markdown for whoever looks at it."""

from __future__ import annotations

import datetime

import click

from govkit.cli.output import file_at, output_option
from govkit.cli.session import Session, pass_session, today_in_utc, today_option

_EPILOG = """Examples:
  govkit review                                   since this branch left main
  govkit review --since origin/main -o review.md
  govkit review --since origin/main > summary.md

The page holds at most 60,000 bytes, as a comment on a code host does, and says what
it had no room for. It is safe to show there, whatever stands in the texts.

How it ends: 0 printed, whatever was found; 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--since",
    metavar="REV",
    help="Compare with the merge base of REV and HEAD. Default: the main branch.",
)
@today_option
@output_option("target")
@pass_session
def review(
    session: Session, since: str | None, today: datetime.date | None, target: str | None
) -> None:
    """Print what a change does: redlines, classes, consent needed, remarks.

    For each text: its words before and after, which class the change has and which way it goes,
    what its author has to answer, whom it concerns, and what consent it needs.
    """
    from govkit.cli.plain_diff import put
    from govkit.cli.printing.review import review_as_markdown
    from govkit.workspace.review import review_of

    to = file_at(target, "review.md")
    found = review_of(session.workspace(), since, today or today_in_utc())
    put(review_as_markdown(found).encode("utf-8", "replace"), to)
