"""`govkit release build`: make the files of a release again, beside its signatures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.release.requests import folder_of, folder_option, name_argument
from govkit.cli.session import Progress, Session, pass_session

if TYPE_CHECKING:
    from govkit.release.manifest import ReleaseName

_EPILOG = """Examples:
  govkit release build provisions/v1.1.0           into dist/provisions/1.1.0
  govkit release build provisions/v1.1.0 -o out    into out/provisions/1.1.0

Everything is made from the tag, and has to have the bytes that SHA256SUMS names. The
signatures are put beside. Where the programs of this machine are others than those of
the release, the bytes are others too: then nothing is written, and it says which.
How it ends: 0 made, 1 other bytes came out, 2 wrong use, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@name_argument
@folder_option
@format_option("text", "json")
@pass_session
def build(session: Session, name: ReleaseName, folder: Path | None, format_: str) -> None:
    """Make the files of a release again from its tag, and lay them beside its signatures."""
    from govkit.procedures.releases.reprint import remake
    from govkit.workspace.releases.states import open_release

    root = session.workspace_root()
    with Progress("Making") as progress:
        made = remake(open_release(root, name), folder_of(root, folder), progress.making)
    if format_ == "json":
        answer = {
            "version": 1,
            "release": str(name),
            "folder": str(made.folder),
            "files": list(made.files),
        }
        say_json(answer)
        return
    click.echo(f"Made {name} again: {len(made.files)} files, with the bytes that were signed.")
    click.echo(f"They are in {made.folder}.")
