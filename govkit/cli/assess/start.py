"""`govkit assess start`: criteria are frozen, and each coder gets a sheet."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.cli.assess.evaluation_given import evaluation_argument, showing_what_is_wrong
from govkit.cli.printing.words import visible
from govkit.cli.session import Session, now_in_utc, pass_session

_EPILOG = """Examples:
  govkit assess start assessments/kiosk/2026-01-10 --coder a-coder --coder b-coder
  govkit assess start assessments/kiosk/2026-01-10 MCP-DUE-02 --coder a-coder --coder b-coder
  govkit assess start assessments/kiosk/2026-01-10 --level core --coder a-coder --coder b-coder \\
      --service-is "size=small function=social model=commercial"

The folder holds the terms already: `govkit assess import` puts them there.
"""


@click.command(epilog=_EPILOG)
@evaluation_argument
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option(
    "--coder",
    "coders",
    multiple=True,
    required=True,
    metavar="NAME",
    help="A coder, by a short name in small letters; two people code, so it is given twice.",
)
@click.option("--level", metavar="LEVEL", help="Only the texts of this level of the book.")
@click.option(
    "--release",
    "version",
    metavar="VERSION",
    help="Take the words of this release. Default: the texts as they are in the folder.",
)
@click.option(
    "--service-is",
    "axes",
    metavar="PROFILE",
    help="What the service is, as `size=large function=social`; it decides which criteria apply.",
)
@pass_session
@showing_what_is_wrong
def start(
    session: Session,
    evaluation: str,
    texts: tuple[str, ...],
    coders: tuple[str, ...],
    level: str | None,
    version: str | None,
    axes: str | None,
) -> None:
    """Begin an evaluation: freeze its criteria, and give each coder a sheet."""
    from govkit.assessment.criteria import CriteriaWanted
    from govkit.corpus.profile import profile_of
    from govkit.procedures.assessment.beginning import begin, require_names
    from govkit.procedures.assessment.evaluation_papers import folder_inside
    from govkit.workspace.adopted import adoption_source

    require_names(coders)
    workspace = session.workspace()
    folder = folder_inside(workspace.root, Path(evaluation))
    source = adoption_source(workspace, version)
    charter = source.corpus.charter
    platform = profile_of(axes, charter).axes if axes and charter else {}
    begun = begin(
        workspace.root,
        folder,
        source,
        CriteriaWanted(level=level or "", texts=texts),
        coders,
        platform,
        now_in_utc(),
    )
    click.echo(f"{len(begun.criteria)} criteria, frozen in {visible(folder)}/evaluation.yaml")
    first = visible(coders[0])
    click.echo(f"Next: govkit assess form {visible(folder)} --coder {first} -o answers.xlsx")
