"""`govkit assess own`: terms that `govkit adopt` wrote, by their statement and their words."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, pass_session

_EPILOG = """Examples:
  govkit assess own dist                     all that `govkit adopt` wrote there
  govkit assess own dist --format json

For terms with a statement alone: a clause that stands there whole, in its words, with numbers
within its bounds is met. It ends with 1 where something is not; people answer that.
"""


@click.command(epilog=_EPILOG)
@click.argument("adopted", metavar="ADOPTED")
@format_option("text", "json")
@pass_session
def own(session: Session, adopted: str, format_: str) -> int:
    """Assess terms that `govkit adopt` wrote, by their statement and their words."""
    from govkit.cli.foreign_files import read_one
    from govkit.procedures.adoption.label_verification import files_beside
    from govkit.procedures.assessment.own_terms import own_answers

    files = files_beside(Path(adopted), [])
    texts = [(path.name, read_one(path)) for path in files.pages]
    found = own_answers(session.workspace(), files, texts)
    met = sum(each.is_met for each in found)
    if format_ == "json":
        rows = [{**each._asdict(), "met": each.is_met} for each in found]
        say_json({"version": 1, "met": met, "asked": len(found), "answers": rows})
    else:
        for each in found:
            click.echo(f"{each.criterion}  {visible(each.why) or f'met, by {each.number}'}")
        click.echo(f"{met} of {len(found)} criteria met")
    return 0 if met == len(found) else 1
