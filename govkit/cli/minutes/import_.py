"""`govkit minutes import`: what filled-in minutes say, shown, and filed on a person's yes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import on_terminal
from govkit.cli.comment.options import dry_run_option, received_at, received_option
from govkit.cli.output import say_json
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import Registrar, entry_as_json, registrar_options
from govkit.errors import WrongUse
from govkit.source.grids import NoTable
from govkit.source.text_blocks import NotText

if TYPE_CHECKING:
    from govkit.procedures.proposals.minutes import FiledMinutes, MinutesPlan
    from govkit.proposals.minutes import Minutes
    from govkit.source.grids import Row

_EPILOG = """Examples:
  govkit minutes import minutes.docx --dry-run
  govkit minutes import minutes.docx --received 2026-04-03
  govkit minutes import minutes.md --meeting first-meeting --yes

Shows what the minutes say, and asks before anything is filed; elsewhere --yes says so. Positions
are filed with the minutes as what shows them (E1), and count once another coordinator has vouched
for them. Who was there is added to the entry of the meeting and filed. Decisions are only shown:
they follow from positions. What was filed before is not filed again. With one wrong row nothing is
written, and every wrong row is named. The file is kept in the private folder.
"""


@click.command("import", epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--meeting", "event", metavar="EVENT", help="The entry of the meeting. Default: as it says."
)
@click.option("--yes", is_flag=True, help="File what the minutes say without asking.")
@received_option
@dry_run_option
@registrar_options
def import_(
    registrar: Registrar,
    *,
    file: Path,
    event: str | None,
    yes: bool,
    received: datetime.datetime | None,
    dry_run: bool,
) -> int:
    """Take in what minutes say: positions, and who was there."""
    from govkit.cli.comment.desk import bytes_of_file
    from govkit.cli.naming import record_named
    from govkit.procedures.proposals import minutes as filing
    from govkit.proposals.minutes import read_minutes

    data = bytes_of_file(file)
    tables = _tables(file, data)
    with registrar.writing() as (workspace, by):
        receipt = registrar.receipt(by, received_at(received, registrar.now))
        minutes = read_minutes(tables, filing.names_for_minutes(workspace, registrar.now))
        if minutes is None:
            raise WrongUse(
                f"{file} has none of the tables of the form for minutes",
                "`govkit minutes form` writes it; its headings have to stay as they are.",
            )
        if minutes.faults:
            return _refused(registrar, file, minutes)
        named = event or minutes.event
        entry = record_named(workspace, registrar.session.folder(), named).record if named else None
        plan = filing.plan_minutes(workspace, minutes, entry, receipt)
        _say(registrar, _told(minutes, plan))
        files = not dry_run and not plan.is_empty and (yes or _asked(registrar))
        done = filing.file_minutes(workspace, plan, str(file), data, receipt) if files else None
        _end(registrar, minutes, plan, done)
    return 0


def _tables(file: Path, data: bytes) -> list[tuple[Row, ...]]:
    """Return the tables of a file. Raises `WrongUse` for one that can't be read."""
    from govkit.rendering.markdown_blocks import blocks_of_markdown
    from govkit.source.docx_grid import tables_of_blocks
    from govkit.source.foreign_text import PDF, text_in

    try:
        if data.startswith(PDF):
            raise NotText("is a PDF, and tables can't be told in it", "Name the file it came from.")
        found = text_in(data)
        return tables_of_blocks(found.blocks or blocks_of_markdown(found.text))
    except NotText as reason:
        what, help_ = reason.args
        raise WrongUse(f"{file} {what}", help_) from None
    except NoTable as fault:
        raise WrongUse(f"{file}: {fault.message}", fault.help) from None


def _refused(registrar: Registrar, file: Path, minutes: Minutes) -> int:
    if registrar.as_json:
        say_json({"version": 1, "faults": [each._asdict() for each in minutes.faults]})
        return 1
    for each in minutes.faults:
        where = f"{file}, table {each.table}, row {each.row}: "
        head = click.style("error: ", fg="red", bold=True)
        click.echo(head + visible(where + each.message), err=True)
        click.echo(click.style("help:  ", fg="cyan") + visible(each.help), err=True)
    what = number_of(len(minutes.faults), "row is", "rows are")
    click.echo(f"{what} wrong, so nothing was written. Mend the file, and run it again.", err=True)
    return 1


def _told(minutes: Minutes, plan: MinutesPlan) -> Iterator[str]:
    if minutes.has_list:
        yield f"Present: {', '.join(minutes.present) or 'guests only'}."
        if not plan.came:
            yield "  Not filed: that needs an entry of the meeting (`govkit new event`), named with"
            yield "  --meeting, and a coalition that was founded."
    known = {(each.row, each.member) for each in plan.known}
    for said in minutes.positions:
        texts = f" on {', '.join(said.units)}" if said.units else ""
        mark = "; on record already" if (said.row, said.member) in known else ""
        yield f"Position on {said.proposal}{texts}: {said.member}, {said.stance}{mark}"
        if said.reason:
            yield f"    {' '.join(said.reason.split())}"
    for each in minutes.decisions:
        about = f" ({each.about})" if each.about else ""
        yield f"Decision in the minutes{about}: {' '.join(each.words.split())}"
    if minutes.decisions:
        yield "  No decision is filed from minutes. `govkit decide PROPOSAL` says what is decided."


def _asked(registrar: Registrar) -> bool:
    if registrar.as_json or not on_terminal():
        return False
    return click.confirm("\nFile the positions and who was there?", default=False)


def _end(
    registrar: Registrar, minutes: Minutes, plan: MinutesPlan, done: FiledMinutes | None
) -> None:
    if registrar.as_json:
        say_json(_as_json(minutes, plan, done))
        return
    if plan.is_empty:
        _say(registrar, ["The minutes bring nothing new. Nothing was written."])
    elif done is None:
        _say(registrar, ["", "Nothing was written. --yes files it, or a yes on a terminal."])
    else:
        for each in done.positions:
            _say(registrar, ["", *each.receipts, "", *each.verdicts, *each.notes])
        if plan.attendance is not None:
            _say(registrar, ["", "Who was there is filed with the entry of the meeting."])
        numbers = [str(each.seq) for each in done.entries]
        _say(registrar, [f"Numbers in the log: {', '.join(numbers)}."])
        _say(
            registrar, ["Another coordinator who has seen the minutes vouches: govkit countersign"]
        )


def _as_json(minutes: Minutes, plan: MinutesPlan, done: FiledMinutes | None) -> dict[str, Any]:
    return {
        "version": 1,
        "event": minutes.event or None,
        "present": minutes.present,
        "positions": [each._asdict() for each in minutes.positions],
        "decisions": [each._asdict() for each in minutes.decisions],
        "known": [each._asdict() for each in plan.known],
        "attendance": list(plan.came) if plan.attendance is not None else None,
        "filed": done is not None,
        "entries": [entry_as_json(each) for each in done.entries] if done is not None else [],
    }


def _say(registrar: Registrar, lines: Any) -> None:
    if not registrar.as_json:
        for line in lines:
            click.echo(fitted(visible(line)))
