"""`govkit propose open`: the edited texts become a proposal, and comments open."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from govkit.cli.output import formerly
from govkit.cli.proposing.desk import Step, revision_options

_EPILOG = """Examples:
  govkit propose open --title "Longer notice" --proposer example-society
  govkit propose open EXA-DUE-01 user --title "Who is a user" --proposer example-society
  govkit propose open --errata --proposer example-society
  govkit propose open --base main --title "Longer notice" --proposer example-society --dry-run

Edit the files of the texts first. What was adopted before is compared with your
edit; the edit goes into the proposal, and the adopted words back into the file.
A draft stays as it is. Where a change of adopted words is small, its author says
in governance/changes/<ID>.yaml what it does; the message shows what to write.

How it ends: 0 opened, 1 stopped by something that has to be answered first,
2 wrong use, 3 the folder or git failed.
"""


@click.command("open", epilog=_EPILOG, context_settings=formerly(from_="base"))
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--base",
    metavar="REV",
    help="Where the adopted words are. Default: the main branch, where yours left it.",
)
@click.option("--title", default="", metavar="WORDS", help="What it is about, in a few words.")
@click.option("--proposer", required=True, metavar="MEMBER", help="Who proposes it.")
@click.option(
    "--endorser",
    "endorsers",
    multiple=True,
    metavar="MEMBER",
    help="Who stands behind it. Once for each.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="POLICY",
    help="A policy to keep beside those that the classes of the changes ask for.",
)
@click.option("--errata", is_flag=True, help="Only what is provably editorial, all in one batch.")
@click.option(
    "--alongside",
    multiple=True,
    metavar="PROPOSAL",
    help="An open proposal that changes one of the same texts.",
)
@click.option("--call", metavar="CALL", help="The call for inputs that it comes from.")
@revision_options
def open_(
    step: Step,
    ids: tuple[str, ...],
    base: str | None,
    both: str | None,
    comment_until: datetime.date | None,
    **asked: Any,
) -> None:
    """Make a proposal of edited texts, and open it for comments.

    Without ID: all texts whose normative words were edited.
    """
    from govkit.procedures.proposals.opening import OpeningRequest, prepare_opening
    from govkit.workspace.texts_elsewhere import texts_of

    with step.at_desk() as (workspace, by):
        given = {id: data for _, id, data in texts_of(workspace, Path(both))} if both else {}
        request = OpeningRequest(
            ids=ids, comment_until=comment_until, letter=step.letter, both=given, **asked
        )
        done = prepare_opening(workspace, request, Path.cwd(), base, step.registrar.now)
        step.file_revision(workspace, by, done)
