"""`govkit take-over`: texts that a body adopted before its register began."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

import click

from govkit.cli.act_options import people_option
from govkit.cli.asking import in_one_line, in_words
from govkit.cli.comment.options import dry_run_option
from govkit.cli.keys import OwnKey, signing_options
from govkit.cli.output import formerly
from govkit.cli.registrar import Registrar, registrar_options
from govkit.cli.session import DayType

_EPILOG = """Examples:
  govkit take-over EXA-DUE-01 EXA-DUE-02 personal-data --who one-society \\
      --who other-society --adopted-at "Example assembly, third meeting" \\
      --adopted-on 2019-11-25 --evidence "Minutes of the meeting, item 4." \\
      --key ~/.ssh/id_ed25519 --signature other-society.sig

For a body with a past. The texts are taken over in the words that stand in
their files now. This stands for the decision that govkit has not seen, and is
printed as "adopted before this register began". It is possible once for each
text, before its first decision here, and takes as many coordinators as any act
of the coalition. Take the defined terms over with the texts that use them.

Everybody whom it names signs the words first. --statement prints them. The others
send what `ssh-keygen -Y sign -n act@govkit` wrote; give it with --signature.
"""


def _each_once(ctx: click.Context, param: click.Parameter, ids: tuple[str, ...]) -> tuple[str, ...]:
    for id in ids:
        if ids.count(id) > 1:
            raise click.BadParameter(f"{id} is given twice. Write it once.")
    return ids


def _resting(terms: tuple[str, ...]) -> list[str]:
    """Return what follows from terms that the texts use and that nobody adopted."""
    if not terms:
        return []
    return [
        f"These terms are used and were never adopted: {', '.join(terms)}. If such a definition is "
        "edited, the texts no longer have the words that were adopted. Take the terms over, too."
    ]


@click.command("take-over", epilog=_EPILOG, context_settings=formerly(for_="who"))
@click.argument("ids", metavar="ID...", nargs=-1, required=True, callback=_each_once)
@click.option(
    "--adopted-at", required=True, metavar="TEXT", help="The body, and its meeting or ballot."
)
@click.option(
    "--adopted-on", required=True, type=DayType(None), help="The day on which it adopted the texts."
)
@click.option("--evidence", required=True, metavar="TEXT", help="What shows it, as the minutes.")
@people_option("A coordinator who agrees")
@partial(signing_options, several=True)
@click.option(
    "--signature",
    "signatures",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file that ssh-keygen wrote for another one, whose name ends in .sig.",
)
@click.option(
    "--statement", is_flag=True, help="Print the words that are signed, and nothing else."
)
@dry_run_option
@registrar_options
def take_over(
    registrar: Registrar,
    ids: tuple[str, ...],
    adopted_at: str,
    adopted_on: datetime.date,
    evidence: str,
    people: tuple[str, ...],
    own: OwnKey,
    signatures: tuple[Path, ...],
    statement: bool,
    dry_run: bool,
) -> None:
    """Take over texts that a body adopted before its register began."""
    from govkit.procedures.coalition.earlier_adoptions import (
        EarlierAdoption,
        prepare_earlier_adoptions,
        sign_earlier_adoptions,
    )
    from govkit.procedures.log.filing import AddedEntry
    from govkit.store.worktree import read_named

    with registrar.writing() as (workspace, by):
        agreed = tuple(dict.fromkeys(people or (by,)))
        past = EarlierAdoption(
            in_one_line(adopted_at, "--adopted-at"),
            adopted_on,
            in_words(evidence, "--evidence"),
            agreed,
        )
        done = prepare_earlier_adoptions(workspace, ids, past, registrar.now)
        if statement:
            click.echo(done.statement, nl=False)
            return
        if dry_run:
            named = [unit.id for unit in done.entry.units]
            words = [
                f"Would take over {', '.join(named)}. To be signed by: {', '.join(agreed)}.",
                *_resting(done.resting),
                "Nothing was written.",
            ]
            registrar.say(
                words,
                (),
                units=named,
                agreed=list(agreed),
                resting=list(done.resting),
                dry_run=True,
            )
            return
        keys = own.all(workspace.root) if own.asked else []
        made = [read_named(each).decode("ascii", errors="replace") for each in signatures]
        past_signed = sign_earlier_adoptions(workspace, done, keys, made, registrar.now)
        further = AddedEntry("taken-over", {"taken_over": past_signed})
        entries = registrar.file(workspace, done.filings, by, further=[further])
    units = [unit.id for unit in done.entry.units]
    words = [
        f"Taken over, as adopted on {adopted_on} by {done.entry.adopted_at}: {', '.join(units)}."
    ]
    words += _resting(done.resting)
    registrar.say(words, entries, units=units, agreed=list(agreed), resting=list(done.resting))
