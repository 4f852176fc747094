"""`govkit translate in`: a worklist that came back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.foreign_tables import read_as_table
from govkit.cli.printing.words import beginning, visible
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import GovkitError, WrongUse
from govkit.source.grids import MOST_BYTES
from govkit.source.worklist_rows import read_mark

if TYPE_CHECKING:
    from govkit.source.worklist_rows import WorkRow

_EPILOG = """Examples:
  govkit translate in work.xlsx --dry-run
  govkit translate in work.xlsx --translator "A. Example"
  govkit translate in work.po

A row comes in where its translation has other words than before, or where it is behind and marked
as done. If its original changed meanwhile, the words are taken in and stand as behind; if somebody
else translated it meanwhile, theirs stay, and the row is named. A translation that changed has to
be reviewed anew.
"""
_SAID = {
    "new": "translated",
    "changed": "changed",
    "fits": "found to fit",
    "behind": "taken in, and behind: the original changed meanwhile",
    "conflict": "left out: somebody else translated it meanwhile, and theirs stays",
    "gone": "left out: there is no such text, or its mark is damaged",
    "same": "as before",
    "empty": "empty",
}
_NAMED = ("behind", "conflict", "gone")


@click.command("in", epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--translator", metavar="NAME", help="Who translated, as they wish to be named.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@pass_session
def in_(session: Session, file: Path, translator: str | None, dry_run: bool) -> int:
    """Take in a worklist that came back, and say what became of each row."""
    from govkit.cli.translate.asked import language_meant
    from govkit.procedures.texts.translations import take_in

    workspace = session.workspace()
    rows = _rows_in(session.folder() / file)
    for language in {mark.language for row in rows if (mark := read_mark(row.mark))}:
        language_meant(workspace.corpus, language)
    done = take_in(workspace, rows, translator, now_in_utc(), dry_run=dry_run)
    counted: Counter[str] = Counter(each.outcome for each in done.rows)
    for outcome, words in _SAID.items():
        if counted[outcome]:
            click.echo(f"{counted[outcome]:>6,}  {words}")
    for each in done.rows:
        if each.outcome in _NAMED:
            said = beginning(" ".join(each.row.words.split()), 60)
            click.echo(f"{visible(each.row.place)}: {_SAID[each.outcome]}: {visible(said)}")
    for path in done.paths:
        click.echo(f"{'Would write' if dry_run else 'Wrote'} {visible(path)}")
    if not done.paths:
        click.echo("Nothing is new in it. Nothing was written.")
    lost = counted["conflict"] + counted["gone"]
    if lost:
        click.echo(f"The words that were left out are still in {file}.", err=True)
    return 1 if lost else 0


def _rows_in(path: Path) -> list[WorkRow]:
    from govkit.source import worklist_files as files
    from govkit.store.worktree import read_named

    readers = {
        "xlsx": files.rows_of_xlsx,
        "docx": files.rows_of_docx,
        "xliff": files.rows_of_xliff,
        "po": files.rows_of_po,
    }
    format_ = files.ENDINGS.get(path.suffix.lower())
    data = read_named(path, MOST_BYTES + 1)
    if format_ is None:
        raise WrongUse(
            f"{path.name} ends as no worklist does",
            f"It has to end as: {', '.join(files.ENDINGS)}.",
        )
    try:
        with read_as_table(visible(path.name)):
            return readers[format_](data)
    except files.NoToolkit:
        raise GovkitError(
            f"{format_.upper()} needs a library that is not installed", files.INSTALL
        ) from None
