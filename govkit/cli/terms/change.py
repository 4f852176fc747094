"""`govkit terms change`: two versions of a platform's terms, and all that the change needs."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.filled_in import say_mistakes
from govkit.cli.output import files_option, formats_meant, write_files, write_output_file
from govkit.cli.printing.words import number_of, visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.several import printed_option
from govkit.errors import WrongUse
from govkit.source.text_blocks import blocks_of_lines

if TYPE_CHECKING:
    from govkit.procedures.adoption.terms_change import ChangeKit
    from govkit.rendering.plain_redline import NamedText

_FORMATS = ("md", "html", "docx", "pdf")
_EPILOG = """Examples:
  govkit terms change old.html new.html --adopted dist --new-sheet change.yaml
  govkit terms change old.html new.html --adopted dist --sheet change.yaml -o kit
  govkit terms change old.docx new.docx --adopted adoption.json --format docx,pdf -o kit

OLD and NEW are whole versions of the terms: pages, Word files, PDFs, Markdown or text. The
statement is what `govkit adopt` wrote. Nothing is fetched, sent or published.

How it ends: 0 written, 1 a day that is too early or a statement that is not true, 2 wrong use, 3
the world failed. What you still have to say is said; until then it counts as against the user.
"""


@click.command(epilog=_EPILOG)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--adopted",
    "statement",
    metavar="FILE|FOLDER",
    required=True,
    help="What was adopted: the statement that `govkit adopt` wrote, or the folder it is in.",
)
@click.option(
    "--sheet", metavar="FILE", help="What the platform says of the change: days, reasons, answers."
)
@click.option(
    "--new-sheet", metavar="PATH", help="Write such a sheet to fill in, and nothing else."
)
@now_option
@printed_option(_FORMATS, "md,html,docx")
@files_option("output")
@pass_session
def change(
    session: Session,
    old: str,
    new: str,
    statement: str,
    sheet: str | None,
    new_sheet: str | None,
    now: datetime.datetime | None,
    formats: tuple[str, ...],
    output: str,
) -> int:
    """Say what a change of terms asks for, and write the notice, redline and calendar."""
    from govkit.adoption.choices import ProfileRefused
    from govkit.procedures.adoption.terms_change import change_kit, kit_files, read_sheet
    from govkit.records.terms_change import ChangeOfTerms

    if new_sheet is not None and Path(new_sheet).exists():
        raise WrongUse(f"{new_sheet} is there already", "Name another file, or move that one away.")
    data = _read(Path(sheet)) if sheet is not None else b""
    try:
        said = ChangeOfTerms() if sheet is None else read_sheet(sheet, data)
    except ProfileRefused as refused:
        say_mistakes(refused, data, "sheet")
        return 1
    if new_sheet is not None:  # a day that is too early is no matter yet
        said = said.model_copy(update={"takes_effect": None, "notice_on": None, "draft_on": None})
    path = _statement_at(Path(statement))
    versions = _versions(old, new)
    today = (now or now_in_utc()).date()
    kit = change_kit(session.workspace(), (path.name, _read(path)), versions, said, today)
    if new_sheet is not None:
        _write_sheet(kit, new_sheet)
        return 0
    meant = tuple(formats_meant(formats, _FORMATS, output))
    write_files(output, list(kit_files(kit, meant)))
    _say(kit)
    return 0


def _read(path: Path) -> bytes:
    from govkit.store.worktree import read_named

    return read_named(path)


def _statement_at(path: Path) -> Path:
    from govkit.procedures.adoption.platform_terms import STATEMENT

    found = path / STATEMENT if path.is_dir() else path
    if not found.exists():
        raise WrongUse(f"there is no {found}", "Name the statement, or the folder it is in.")
    return found


def _versions(old: str, new: str) -> tuple[NamedText, NamedText]:
    from govkit.cli.foreign_files import read_pair
    from govkit.rendering.plain_redline import NamedText

    first, second = read_pair(Path(), (old, new))
    texts = []
    for file in (first, second):
        if file.notes:
            click.echo(f"note: {visible(file.name)}: {'; '.join(file.notes)}.", err=True)
        if not file.text.strip():
            raise WrongUse(f"{visible(file.name)} holds no words", "Save the page with its text.")
        blocks = file.blocks or blocks_of_lines(file.text)
        texts.append(NamedText(visible(file.name), file.text, file.digest, blocks, file.notes))
    return texts[0], texts[1]


def _write_sheet(kit: ChangeKit, target: str) -> None:
    from govkit.procedures.adoption.new_change_sheet import new_sheet

    write_output_file(Path(target), new_sheet(kit.change).encode())
    click.echo(target)
    click.echo(f"Next: fill it in, then the same command with --sheet {visible(target)}")


def _say(kit: ChangeKit) -> None:
    change, plan = kit.change, kit.change.plan
    clauses = [each for each in change.items if each.clause is not None]
    own = len(change.items) - len(clauses)
    click.echo(
        f"{number_of(len(clauses), 'adopted clause')} touched, and "
        f"{number_of(own, 'other passage')} changed."
    )
    asked = number_of(len(change.requirements), "thing")
    click.echo(f"Your terms ask for {asked}: see change. The change takes effect on {plan.effect};")
    click.echo(f"the first possible day is {plan.first}, with a notice on {plan.notice}.")
    for item in change.open_items[:_MOST_SAID]:
        click.echo(f"open: {item.key} counts as against the user until you answer (--new-sheet).")
    if len(change.open_items) > _MOST_SAID:
        click.echo(f"open: {len(change.open_items) - _MOST_SAID} more; change lists all.")
    if kit.notice.to_write:
        click.echo(f"The notice has {number_of(kit.notice.to_write, 'place')} to be written yet.")
    click.echo(_LABEL[kit.label.state])
    for note in kit.notes:
        click.echo(f"note: {visible(note)}")
    click.echo(str(change.terms.choices.corpus.messages["adopt.no-advice"]))


_MOST_SAID = 10
_LABEL = {
    "same": "The label stays true.",
    "page": "Put the label in after/ in the place of the old one on that day; it is true of NEW.",
    "drafted": "NEW is not to the letter what the new label says: take after/terms for it.",
    "none": "What is taken in then can't be stated: adopt anew.",
}
