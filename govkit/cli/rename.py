"""`govkit rename`: another id for a record or a clause, in every place that names it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.naming import one_record
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo, fitted
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, now_in_utc, pass_session, today_in_utc
from govkit.errors import WrongUse
from govkit.store import worktree
from govkit.store.journal import Write

if TYPE_CHECKING:
    from govkit.corpus.renaming import RenamedFile
    from govkit.workspace import Workspace
    from govkit.workspace.renaming import PlannedRenaming

_EPILOG = """Examples:
  govkit rename MCP-DUE-07 MCP-DUE-12           a draft gets another number
  govkit rename MCP-DUE-07 MCP-TRM-04           and another area: its file moves too
  govkit rename MCP-DUE-07.b MCP-DUE-07.d       a clause gets another letter
  govkit rename term:notice notification        the slug of a term, in every text that uses it
  govkit rename eu-dsa dsa --dry-run            show each line that would change

Changed is every place that names it: records, links, comments in files, names of
files, translations. What is adopted, released, withdrawn or in a proposal keeps its
name for good; where adopted words name what is renamed, the consent that this needs
is shown, and you are asked. All is written, or nothing.

How it ends: 0 done, 2 it may not be renamed so, 3 the world failed.
"""


@click.command(epilog=_EPILOG)
@click.argument("old", metavar="ID")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@format_option("text", "json")
@pass_session
def rename(session: Session, old: str, new: str, dry_run: bool, yes: bool, format_: str) -> None:
    """Give a draft, a term, a source or a clause another id, everywhere it is named.

    Layout and comments of the files stay. NEW is the new id; for a clause its letter is enough.
    """
    from govkit.workspace.renaming import name_meant, planned

    workspace = session.workspace()
    here = session.folder()
    with one_record(here, old):
        name = name_meant(workspace, old, new, worktree.within(workspace.root, here, old))
    plan = planned(workspace, name)
    _require_no_error(workspace, plan)
    if format_ == "json":
        _write(workspace, plan, dry_run, yes)
        say_json(_as_data(plan, dry_run))
        return
    echo(_as_text(plan).splitlines())
    _write(workspace, plan, dry_run, yes)
    count = number_of(len(plan.renaming.files), "file")
    click.echo(f"{count} would change." if dry_run else f"{count} changed.")
    if plan.costs and not dry_run:
        click.echo("Next: propose the change of the adopted words: `govkit propose open`.")


def _require_no_error(workspace: Workspace, plan: PlannedRenaming) -> None:
    from govkit.workspace.renaming import new_errors

    today = today_in_utc()
    found = new_errors(plan, workspace.check(today).findings, plan.after.check(today).findings)
    if found:
        first = found[0]
        raise WrongUse(
            f"with this name `govkit check` finds an error in {first.path}: {first.message}",
            f"{first.help} Nothing was written.".strip(),
        )


def _write(workspace: Workspace, plan: PlannedRenaming, dry_run: bool, yes: bool) -> None:
    if dry_run:
        return
    if plan.costs and not yes:
        asked = f"Adopted words of {number_of(len(plan.costs), 'text')} change. Go on?"
        if not on_terminal():
            raise WrongUse(
                f"adopted words change, and need consent: {_costing(plan)}",
                "Nothing was written. Look at it with --dry-run; with --yes it is done.",
            )
        if not click.confirm(asked):
            raise click.Abort
    from govkit.procedures.log.filing import write_as_one

    writes = []
    for file in plan.renaming.files:
        if file.new_path == file.path:
            writes.append(Write(file.path, file.before, file.after))
        else:
            worktree.require_free(workspace.root / file.new_path)
            writes += [Write(file.new_path, None, file.after), Write(file.path, file.before, None)]
    write_as_one(workspace.root, writes, now_in_utc())


def _costing(plan: PlannedRenaming) -> str:
    return ", ".join(each.change.id for each in plan.costs)


def _as_text(plan: PlannedRenaming) -> str:
    from govkit.cli.printing.table import table

    name = plan.renaming.name
    what = f"Clause {name.old} of {name.id}" if name.clause else name.old
    said = [f"{what} becomes {name.new} in:", ""]
    rows = [(file.path, _lines(file)) for file in plan.renaming.files]
    said.append(table(("file", "lines"), rows))
    for file in plan.renaming.files:
        if file.new_path != file.path:
            said.append(fitted(visible(f"{file.path} is then {file.new_path}"), "  "))
    for each in plan.costs:
        said.append(
            fitted(visible(f"{each.change.id} is adopted. Consent needed: {each.consent}"), "  ")
        )
    return "\n".join(said)


def _lines(file: RenamedFile) -> str:
    """Return the lines that change; of one in which the name stands more than once, how often."""
    counts = Counter(place.line for place in file.places)
    told = [f"{line}" if n == 1 else f"{line} ({n} times)" for line, n in counts.items()]
    return ", ".join(told) or "-"


def _as_data(plan: PlannedRenaming, dry_run: bool) -> dict[str, Any]:
    name = plan.renaming.name
    return {
        "record": name.document.id,
        "kind": name.document.kind,
        "clause": name.clause,
        "old": name.old,
        "new": name.new,
        "written": not dry_run,
        "files": [
            {
                "path": file.path,
                "new_path": file.new_path,
                "places": [{"line": place.line, "old": place.old} for place in file.places],
            }
            for file in plan.renaming.files
        ],
        "consent": [
            {"id": each.change.id, "class": each.change.class_, "needed": each.consent}
            for each in plan.costs
        ],
    }
