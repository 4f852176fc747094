"""`govkit assess score`: the score with its coverage, never a grade without enough of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.cli.assess.evaluation_given import evaluation_argument, papers_of, showing_what_is_wrong
from govkit.cli.output import format_option, say_json
from govkit.cli.session import Session, pass_session

if TYPE_CHECKING:
    from govkit.assessment.scoring import Score

_EPILOG = """Examples:
  govkit assess score assessments/kiosk/2026-01-10
  govkit assess score assessments/kiosk/2026-01-10 --explain
  govkit assess score assessments/kiosk/2026-01-10 --format json

Only what the coders agree on counts. What is not applicable or stale is left out; what was not
found is not counted as a no, and lowers the coverage.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@click.option("--explain", "explained", is_flag=True, help="Show what each answer gives.")
@format_option("text", "json")
@pass_session
@showing_what_is_wrong
def score(session: Session, evaluation: str, explained: bool, format_: str) -> None:
    """Give the score of an evaluation with its coverage and its arithmetic."""
    from govkit.assessment.evaluation_score import evaluation_score

    workspace, read = papers_of(session, evaluation)
    found = evaluation_score(read.papers, workspace.corpus)
    if format_ == "json":
        say_json({"version": 1, **score_data(found)})
        return
    for line in score_lines(found):
        click.echo(line)
    if explained:
        _explain(found)


def score_data(found: Score) -> dict[str, object]:
    """Return a score for programs."""
    data = found._asdict()
    data["sensitivity"] = [each._asdict() for each in found.sensitivity]
    data["rows"] = [each._asdict() for each in found.rows]
    return data


def score_lines(found: Score) -> list[str]:
    """Return a score in a few lines."""
    points = "no score" if found.points is None else f"{found.points:g} of 100"
    grade = f"no grade: {found.why_no_grade}" if found.grade is None else f"grade {found.grade}"
    lines = [f"{points}, {grade}", f"coverage {found.coverage:g} of 100 (floor {found.floor})"]
    lines.append(", ".join(f"{value} {count}" for value, count in found.counts.items()))
    lines += [f"  if {each.what}: {each.points:g}" for each in found.sensitivity]
    return lines


def _explain(found: Score) -> None:
    from govkit.cli.printing.table import table

    rows = [
        (
            each.criterion,
            each.value or "-",
            str(each.weight),
            each.why_not or f"{each.weight} x {each.points}",
        )
        for each in found.rows
    ]
    click.echo(table(("CRITERION", "VALUE", "WEIGHT", "COUNTS"), rows), nl=False)
    counted = [each for each in found.rows if each.points is not None]
    total = sum(each.weight * (each.points or 0) for each in counted)
    weight = sum(each.weight for each in counted)
    click.echo(f"{total} points over a weight of {weight}, by profile {found.profile}.")
