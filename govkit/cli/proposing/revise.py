"""`govkit propose revise`: the next revision, with nothing lost on the way unnamed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import formerly
from govkit.cli.proposing.desk import Step, revision_options

if TYPE_CHECKING:
    from govkit.records.proposals import Dropped

_EPILOG = """Examples:
  govkit propose revise 2026-003
  govkit propose revise 2026-003 --from second-draft/
  govkit propose revise 2026-003 --drop "EXA-DUE-01(c)" --reason "the law says it already"
  govkit propose revise 2026-003 --merged "EXA-DUE-01(c)" into "EXA-DUE-01(b)" \\
      --reason "two sentences about one thing"
  govkit propose revise 2026-003 --drops dropped.yaml

Drafts: edit their files. Adopted texts: edit the file, or put the new texts into
a folder; what nobody edited stays as in the revision before.
Every text and clause of the revision before has to be there, or be named as
dropped, merged or moved, with the reason. A file for --drops holds a list:
  dropped:
    - {id: EXA-DUE-01, clause: c, because: the law says it already}
    - {id: EXA-DUE-02, into: [EXA-DUE-01], because: one text is enough}

How it ends: 0 opened, 1 stopped (something would be lost), 2 wrong use,
3 the folder or git failed.
"""


@click.command(epilog=_EPILOG, context_settings=formerly(because="reason"))
@click.argument("proposal")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--from",
    "folder",
    type=click.Path(),
    metavar="FOLDER",
    help="Take the new texts from this folder.",
)
@click.option(
    "--base",
    metavar="REV",
    help="Where the adopted words are. Default: the main branch, where yours left it.",
)
@click.option(
    "--drop",
    "drops",
    multiple=True,
    metavar="ID[(CLAUSE)]",
    help="What is left out on purpose. Once for each.",
)
@click.option(
    "--merged",
    nargs=3,
    multiple=True,
    metavar="ID[(CLAUSE)] into ID[(CLAUSE)]",
    help="What went into another text or clause.",
)
@click.option(
    "--moved",
    nargs=3,
    multiple=True,
    metavar="ID[(CLAUSE)] to ID[(CLAUSE)]",
    help="What stands elsewhere now.",
)
@click.option(
    "--reason",
    "because",
    multiple=True,
    metavar="WORDS",
    help="Why. One for all that is named, or one for each, in the same order.",
)
@click.option(
    "--drops",
    "file",
    type=click.Path(),
    metavar="FILE",
    help="A file that names what is left out, with the reasons.",
)
@revision_options
def revise(
    step: Step,
    proposal: str,
    ids: tuple[str, ...],
    folder: str | None,
    base: str | None,
    drops: tuple[str, ...],
    merged: tuple[tuple[str, str, str], ...],
    moved: tuple[tuple[str, str, str], ...],
    because: tuple[str, ...],
    file: str | None,
    both: str | None,
    comment_until: datetime.date | None,
) -> None:
    """Open the next revision of a proposal, from new edits.

    With ID: texts that come in beside those of the revision before.
    """
    from govkit.procedures.proposals.revision import RevisionInput, prepare_revision
    from govkit.workspace.texts_elsewhere import texts_of

    dropped = _named(drops, merged, moved, because, file)
    with step.at_desk() as (workspace, by):
        texts = texts_of(workspace, Path(folder)) if folder else []
        given = {id: data for _, id, data in texts_of(workspace, Path(both))} if both else {}
        request = RevisionInput(ids, dropped, tuple(texts), step.letter, comment_until, given)
        done = prepare_revision(workspace, proposal, request, Path.cwd(), base, step.registrar.now)
        step.file_revision(workspace, by, done)


def _named(
    drops: tuple[str, ...],
    merged: tuple[tuple[str, str, str], ...],
    moved: tuple[tuple[str, str, str], ...],
    because: tuple[str, ...],
    file: str | None,
) -> tuple[Dropped, ...]:
    from govkit.cli.proposing.dropping import dropped_in, dropped_on_the_line

    named = dropped_on_the_line(drops, merged, moved, because)
    return (*named, *(dropped_in(file) if file else ()))
