"""`govkit assess criteria`: the questions that clauses put to real terms."""

from __future__ import annotations

import click

from govkit.cli.output import format_option, output_option, say_json, write_answer
from govkit.cli.session import Session, pass_session

_EPILOG = """Examples:
  govkit assess criteria --level core
  govkit assess criteria MCP-DUE-02 MCP-DUE-03
  govkit assess criteria --level core --format json
  govkit assess criteria --level core --format csv -o criteria.csv

One for each clause that binds the platform. A number is compared with the bounds of its blank.
"""


@click.command(epilog=_EPILOG)
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--level", metavar="LEVEL", help="Only the texts of this level of the book.")
@format_option("text", "json", "csv")
@output_option("output")
@pass_session
def criteria(
    session: Session, texts: tuple[str, ...], level: str | None, format_: str, output: str | None
) -> None:
    """Show the questions that clauses put to real terms."""
    from govkit.assessment.criteria import CriteriaWanted, criteria_digest, criteria_of
    from govkit.assessment.score_profiles import NEWEST, score_profile
    from govkit.assessment.thresholds import threshold_words

    workspace = session.workspace()
    wanted = CriteriaWanted(level=level or "", texts=texts)
    found = criteria_of(workspace.corpus, wanted, score_profile(NEWEST))
    if format_ == "json":
        rows = [each.model_dump(mode="json", exclude_none=True) for each in found]
        say_json({"version": 1, "digest": criteria_digest(found), "criteria": rows})
    elif format_ == "csv":
        from govkit.source.csv_grid import write_csv

        head = ("criterion", "question", "numbers", "may contradict", "weight", "digest")
        lines = [
            (
                each.of,
                each.question,
                "; ".join(map(threshold_words, each.thresholds)),
                ", ".join(each.polarity_words),
                str(each.weight),
                each.digest,
            )
            for each in found
        ]
        write_answer(output, "criteria", "csv", write_csv([head, *lines]))
    else:
        lines_ = []
        for each in found:
            lines_ += [f"{each.of}  [{each.force}, weight {each.weight}]", f"  {each.question}"]
            lines_ += [f"  number: {threshold_words(each_)}" for each_ in each.thresholds]
            lines_ += [f"  note: {each.guidance}"] if each.guidance else []
        lines_.append(f"{len(found)} criteria, {criteria_digest(found)}")
        write_answer(output, "criteria", "text", ("\n".join(lines_) + "\n").encode())
