"""`govkit receipt write`: the receipt for one entry of the log, or for several."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from govkit.cli.option_pairs import refuse_beside
from govkit.cli.output import format_option, output_option, say_json, write_files
from govkit.cli.printing.words import visible
from govkit.cli.registrar import now_option
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.errors import WrongUse

_EPILOG = """Examples:
  govkit receipt 12
  govkit receipt 12-19 23 -o ../receipts

A receipt holds the words as they were filed, the exact texts, how it stands, and the
proof that the entry is in the sealed log; so seal first (govkit seal). Send it as a
file: a mailer that wraps its lines breaks the proof. It belongs to the person, so it
is written outside the repository.
"""
_NUMBERS = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")
_MOST = 1000


@click.command(epilog=_EPILOG)
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@output_option("output")
@now_option
@format_option("text", "json")
@pass_session
def write(
    session: Session,
    numbers: tuple[str, ...],
    output: str | None,
    now: datetime.datetime | None,
    format_: str,
) -> None:
    """Write the receipt for an entry of the log, with its proof.

    NUMBER is the number of an entry in the log, or a span of them, as 12-19.
    """
    from govkit.workspace.receipts import WordsGone, receipts_for

    asked = _numbers(numbers)
    workspace = session.workspace()
    if output is None and len(asked) > 1 and format_ == "text":
        raise WrongUse(
            f"these are {len(asked)} receipts, each a file of its own",
            "Name the folder to put them in: -o ../receipts",
        )
    if output is not None:
        in_json = {"--format json": format_ == "json"}
        refuse_beside(in_json, "-o", "A receipt in a file is text, so that it can be checked.")
        _require_outside(Path(output), workspace.root)
    written = []
    for each in receipts_for(workspace, asked, now or now_in_utc()):
        if isinstance(each, WordsGone):
            click.echo(visible(f"No receipt: {each.message}. {each.hint}"), err=True)
        else:
            written.append(each)
    if output is not None:
        write_files(
            output, [(f"receipt-{each.entry.seq:06d}.txt", each.text.encode()) for each in written]
        )
    elif format_ == "json":
        found = [{"number": each.entry.seq, "receipt": each.text} for each in written]
        say_json({"version": 1, "receipts": found})
    else:
        click.echo(written[0].text, nl=False)


def _numbers(typed: tuple[str, ...]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for each in typed:
        fits = _NUMBERS.fullmatch(each)
        if fits is None:
            raise WrongUse(
                f"`{each}` is no number of the log",
                "Write it as 12, or a span as 12-19. Each command that files something prints it.",
            )
        first, last = int(fits[1]), int(fits[2] or fits[1])
        if last < first or last - first >= _MOST:
            raise WrongUse(
                f"`{each}` is no span that can be written",
                f"Write the lower number first, and at most {_MOST} at once.",
            )
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def _require_outside(path: Path, root: Path) -> None:
    if path.resolve().is_relative_to(root.resolve()):
        raise WrongUse(
            f"{path} is in the repository, and a receipt belongs to the person it is for",
            "Name a place outside it, as -o ../receipts",
        )
