"""`govkit init`: make a new governed folder, with one example of each record."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from govkit.cli.asking import on_terminal
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session, today_in_utc
from govkit.errors import WrongUse
from govkit.records.kinds import GOVERNED_FOLDERS, KINDS, PAPERS
from govkit.store import new_folder, worktree

_NAME = "Example Coalition"
_PREFIX = "EXA"
_LEVELS = ("E1", "E2", "E3")
_ASKED = """\
What has to show that a member consented?
  E1  minutes, a letter or a mail, seen by two coordinators: right for a small coalition
  E2  an account of the member on the host of the texts
  E3  the member's own signature: every member needs a key"""
HOSTING = ".github/"
"""The folder of the code host, which reads it only at the top of a repository."""

_EPILOG = """Examples:
  govkit init                                  here
  govkit init texts --name "Our Coalition" --prefix OUR
  govkit init texts --yes                      ask nothing

Makes the charter, the three books, and one invented example of each record; pages
for people who take part, and workflows for a code host; a git repository if there
is none, and no commit. Files that are there are kept.
"""


@click.command(epilog=_EPILOG)
@click.argument("directory", default=".", metavar="[DIR]")
@click.option("--name", metavar="NAME", help=f"The coalition's name. Default: {_NAME}.")
@click.option(
    "--prefix", help=f"What every id begins with: capitals and digits. Default: {_PREFIX}."
)
@click.option(
    "--min-evidence",
    "level",
    type=click.Choice(_LEVELS),
    help="How sure a consent has to be: E1 minutes or letters that two coordinators saw, E2 an "
    f"account, E3 the member's signature. Default: {_LEVELS[0]}.",
)
@click.option("--yes", is_flag=True, help="Ask nothing, take the defaults.")
@pass_session
def init(
    session: Session,
    /,
    directory: str,
    name: str | None,
    prefix: str | None,
    level: str | None,
    yes: bool,
) -> None:
    """Make a new governed folder, with one example of each record.

    Either all is written or nothing. DIR is made if it is not there; a folder that is governed
    already, or that is inside one, is left as it is.
    """
    from govkit.corpus.beginnings import first_files
    from govkit.source.schema import schema_text

    root = _free_folder(session.folder() / directory)
    if on_terminal() and not yes:
        if name is None:
            name = click.prompt("The coalition's name", default=_NAME)
        if prefix is None:
            prefix = click.prompt("What every id begins with", default=_PREFIX)
        if level is None:
            click.echo(_ASKED)
            level = click.prompt(
                "How sure a consent has to be", type=click.Choice(_LEVELS), default=_LEVELS[0]
            )
    files = first_files(
        _line(_NAME if name is None else name),
        _capitals(_PREFIX if prefix is None else prefix),
        level or _LEVELS[0],
    )
    files |= {
        f"schemas/{kind}.schema.json": schema_text(kind).encode() for kind in (*KINDS, *PAPERS)
    }
    kept = [path for path in files if _may_be_there(path) and (root / path).is_file()]
    is_top = new_folder.is_top(root)
    files = {
        path: data
        for path, data in files.items()
        if path not in kept and (is_top or not path.startswith(HOSTING))
    }
    _refuse_clash(root, files)
    records = sum(1 for path in files if path.endswith(".yaml"))

    def prove(folder: Path) -> None:
        _prove(folder, records)

    new_repository = new_folder.found(root, files, prove)
    _tell(root, records, kept, new_repository)


def _free_folder(folder: Path) -> Path:
    root = Path(os.path.realpath(folder))
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{folder} is a file", "Name a folder, or one that is to be made.")
    governed = worktree.find_root(root)
    if governed is not None:
        where = "is a governed folder already" if governed == root else f"is inside {governed}"
        raise WrongUse(
            f"{folder} {where}",
            "`govkit new` adds a record there. A second coalition needs a folder of its own.",
        )
    return root


def _may_be_there(path: str) -> bool:
    """Say whether a repository often has such a file: one that is there is kept, ours left out."""
    return "/" not in path or path.startswith(HOSTING)


def _line(name: str) -> str:
    from govkit.source.scaffolds import NameRefused, one_line

    try:
        return one_line(name)
    except NameRefused as reason:
        raise WrongUse(f"this name can't be taken: {reason}", "Give another with --name.") from None


def _capitals(prefix: str) -> str:
    if re.fullmatch(r"[A-Z][A-Z0-9]{1,11}", prefix):
        return prefix
    raise WrongUse(
        f"`{prefix}` is no prefix of ids",
        "Give two to twelve capitals and digits, the first a letter, as --prefix EXA.",
    )


def _refuse_clash(root: Path, files: dict[str, bytes]) -> None:
    clashes = new_folder.in_the_way(root, files)
    if clashes:
        shown = ", ".join(clashes[:5]) + (", …" if len(clashes) > 5 else "")
        raise WrongUse(
            f"something stands in the way in {root}: {shown}",
            "Move it away, or choose another folder. Nothing was changed.",
        )


def _prove(folder: Path, records: int) -> None:
    """Check the new folder before it stands in its place: what is wrong comes from the name."""
    from govkit.workspace import open_workspace

    report = open_workspace(folder).check(today_in_utc())
    for finding in report.findings:
        raise WrongUse(
            f"this name or prefix can't be taken: {finding.message}", "Give another one."
        )
    assert report.records == records, "a record was made where none is read"


_WHAT = {
    "governance": "the charter, four policies, and one member",
    "provisions": "the principles and the provisions, one of each, and their books",
    "recommendations": "one recommendation, and its book",
    "registers": "terms, a source, an issue, a response, an initiative, an event",
    "translations": "one translation",
    "schemas": "what an editor checks the files with",
    HOSTING.rstrip("/"): "checks, one comment below a change, and forms, on a code host",
}


def _tell(root: Path, records: int, kept: list[str], new_repository: bool) -> None:
    click.echo(f"Made {visible(str(root))}: {number_of(records, 'record')}, all of them examples.")
    others = ("schemas", *([HOSTING.rstrip("/")] if (root / HOSTING).is_dir() else ()))
    for folder in (*(top for top in GOVERNED_FOLDERS if top in _WHAT), *others):
        click.echo(f"  {folder + '/':<17} {_WHAT[folder]}")
    if new_repository:
        click.echo("A git repository was made too; nothing is committed yet.")
    for path in kept:
        click.echo(f"{path} was there and is kept.")
    if ".gitattributes" in kept:
        click.echo("Add this line to it, so that texts are the same everywhere: * text=auto eol=lf")
    click.echo("\nNext:")
    if root != Path.cwd():
        click.echo(f"  cd {_quoted(_near(root))}")
    click.echo("  govkit check              all is well, for now")
    click.echo("  edit governance/charter.yaml, then replace the examples one by one")
    click.echo("  govkit new provision      write the next text")
    if "README.md" not in kept:
        click.echo("  README.md                 the way to the founding and the first proposal")


def _near(root: Path) -> str:
    here = Path.cwd()
    return str(root.relative_to(here)) if root.is_relative_to(here) else str(root)


def _quoted(path: str) -> str:

    return visible(shlex.quote(path))
