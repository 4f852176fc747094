"""`govkit label verify`: the statement against the texts, the terms against the statement."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session

if TYPE_CHECKING:
    from govkit.adoption.label_check import StaleClause
    from govkit.procedures.adoption.label_verification import LabelVerdict

_EPILOG = """Examples:
  govkit label verify dist                     all that `govkit adopt` wrote there
  govkit label verify adoption.json --terms terms.html
  govkit label verify adoption.json --terms their-terms.docx --format json

It takes the folder of the texts, with its history: the edition that the statement names is opened
there. Nothing is fetched: save the page of the terms first.

How it ends: 0 true, 1 not true, 2 wrong use, 3 the world failed. A label that is stale is true of
the words that it names; what changed since is said.
"""


@click.command(epilog=_EPILOG)
@click.argument("what", type=click.Path(path_type=Path), metavar="FILE|FOLDER")
@click.option(
    "--terms",
    "pages",
    multiple=True,
    metavar="FILE",
    help="The terms to look at: a page, a Word file, a PDF or text. Default: those beside it.",
)
@format_option("text", "json")
@pass_session
def verify(session: Session, what: Path, pages: tuple[str, ...], format_: str) -> int:
    """Say clause by clause whether a label is true of the terms beside it."""
    from govkit.cli.foreign_files import read_one
    from govkit.procedures.adoption.label_verification import files_beside, verified

    found = files_beside(what, [Path(page) for page in pages])
    texts = [(path.name, read_one(path)) for path in found.pages]
    verdict = verified(session.workspace(), found, texts)
    if format_ == "json":
        say_json(verdict.as_data())
    else:
        _say(verdict)
    return 0 if verdict.is_true else 1


def _say(verdict: LabelVerdict) -> None:
    for name in verdict.pages:
        click.echo(f"{visible(name)}:")
        for each in verdict.of_page(name):
            clause = f"{each.text}({each.id})" if each.text else each.id
            place = " ".join(filter(None, (each.number, clause)))
            click.echo(f"  {_WORDS[each.found]:<10} {visible(place)}")
            if each.owed:
                click.echo(f"             owed:   {visible(each.owed)} …")
            if each.stands:
                click.echo(f"             stands: {visible(each.stands)} …")
    for fault in verdict.faults:
        click.echo(f"statement: {visible(fault.where)}: it says {visible(fault.said)}")
        click.echo(f"             and it is {visible(fault.true)}")
    for stale in verdict.stale:
        click.echo(f"stale: {visible(_stale(stale))}")
    for note in verdict.notes:
        click.echo(f"note: {visible(note)}")
    true = number_of(verdict.true_count, "clause")
    click.echo(f"{true} as stated; {number_of(verdict.false_count, 'thing')} not so.")
    click.echo("The label is true." if verdict.is_true else "The label is not true.")


def _stale(stale: StaleClause) -> str:
    is_term = stale.id == "definition"
    name = f"the definition of {stale.text}" if is_term else f"{stale.text}({stale.id})"
    about = [stale.change, stale.protection and f"the user's protection is {stale.protection}"]
    said = "; ".join(filter(None, about))
    return f"{name} was {stale.what} since" + (f" ({said})" if said else "")


_WORDS = {
    "true": "true",
    "changed": "CHANGED",
    "missing": "MISSING",
    "added": "ADDED",
    "taken-back": "TAKEN BACK",
}
