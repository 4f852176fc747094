"""`govkit fmt`: put files into the common form, and change no word."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.naming import files_named
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.records.kinds import is_copy, kind_of_path
from govkit.source.folder_contents import is_record
from govkit.store import worktree
from govkit.store.journal import Write

if TYPE_CHECKING:
    from govkit.source.writing import FormattedFile, NotFormatted

_EPILOG = """Examples:
  govkit fmt                    every record of the folder
  govkit fmt provisions/        those below a folder
  govkit fmt --check            write nothing, list what would change
  govkit fmt --diff             write nothing, show what would change

What it mends: the first line that names the schema, line ends, indents and
spaces, curved quotation marks, letters typed with their accent apart, quotes
around a text that a # would cut off, and lists that YAML would run together.
What it can't keep whole it leaves as it is, and says why.

How it ends: 0 done, 1 a file was refused, or --check found something, 2 wrong use.
"""


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; list what would change, if any.")
@click.option("--diff", is_flag=True, help="Write nothing; show the lines that would change.")
@pass_session
def fmt(session: Session, paths: tuple[str, ...], check: bool, diff: bool) -> int:
    """Put files into the common form, and change no word.

    Comments and the order of keys stay. The data, and the digest of every text, are compared before
    anything is written, all files or none. Without PATH: all records.
    """
    from govkit.corpus.rewriting import safely_formatted
    from govkit.source.writing import NotFormatted

    root = worktree.root_above(session.folder())
    records = list(_records(root, session.folder(), paths))
    changed: list[tuple[Write, FormattedFile]] = []
    refused = 0
    for path in records:
        data = worktree.read_bytes(root, path)
        try:
            done = safely_formatted(path, kind_of_path(path) or "", data)
        except NotFormatted as reason:
            refused += 1
            _tell_refused(path, reason)
            continue
        if done.data == data:
            continue
        changed.append((Write(path, data, done.data), done))
    if changed and not (check or diff):
        from govkit.procedures.log.filing import write_as_one

        write_as_one(root, [write for write, _ in changed], now_in_utc())
    for write, done in changed:
        _tell_changed(write.path, write.before or b"", done, diff)
    click.echo(_sum(len(records), len(changed), refused, would=check or diff), err=diff)
    return 1 if refused or (check and changed) else 0


def _records(root: Path, folder: Path, paths: tuple[str, ...]) -> Iterator[str]:
    """Yield the records that are meant, each once, in order. Raises `WrongUse` for any other.

    The texts that belong to a proposal stay as they were copied.
    """
    entries = worktree.list_entries(root)
    known = {entry.path for entry in entries if is_record(*entry) and not is_copy(entry.path)}
    if not paths:
        yield from sorted(known)
        return
    yield from sorted(
        {path for given in paths for path in files_named(root, folder, given, known, _RECORDS)}
    )


_RECORDS = "Records are .yaml files in the folder of their kind, not hidden or ignored by git."


def _tell_changed(path: str, data: bytes, done: FormattedFile, diff: bool) -> None:
    if diff:
        click.echo(_difference(path, data, done.data), nl=False)
        return
    click.echo(click.style(visible(path), bold=True))
    for change in done.changes:
        click.echo(f"  {visible(change)}")


def _difference(path: str, old: bytes, new: bytes) -> str:
    before, after = (
        data.decode().replace("\r", "\\r").splitlines(keepends=True) for data in (old, new)
    )
    lines = difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")
    return "".join(
        f"{visible(line[:-1])}\n"
        if line.endswith("\n")
        else f"{visible(line)}\n\\ No newline at end of file\n"
        for line in lines
    )


def _tell_refused(path: str, reason: NotFormatted) -> None:
    place = f":{reason.place.line}:{reason.place.column}" if reason.place else ""
    click.echo(
        click.style("left as it is: ", fg="red", bold=True)
        + f"{visible(path)}{place}: {visible(reason.message)}",
        err=True,
    )
    if reason.help:
        click.echo(f"{click.style('help:', fg='cyan')} {visible(reason.help)}", err=True)


def _sum(records: int, changed: int, refused: int, *, would: bool) -> str:
    """Return one line that says how many files were changed, left, and already in the form."""
    same = records - changed - refused
    words = "would change" if would else "changed"
    parts = [f"{number_of(changed, 'file')} {words}"] if changed else []
    parts += (
        [
            f"{number_of(refused, 'file')} left as it is"
            if refused == 1
            else f"{refused:,} files left as they are"
        ]
        if refused
        else []
    )
    parts += [f"{number_of(same, 'file')} in the common form already"] if same or not parts else []
    return ", ".join(parts) + "."
