"""`govkit acceptance find`: what one user said to which version, by their pseudonym."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.acceptance.verify import digest_of_file, terms_option
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import visible
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.adoption.acceptance.lines import ReadLine

_EPILOG = """Examples:
  govkit acceptance find log.jsonl 5f1d…
  govkit acceptance find log.jsonl 5f1d… --terms terms-1.html --terms terms-2.html

The pseudonym has 64 of 0-9 a-f; its first 16 are enough. With --terms the versions have the names
of their files. How it ends: 0 found, 1 the log has nothing of this user, 2 wrong use.
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.argument("pseudonym", metavar="PSEUDONYM")
@terms_option
@format_option("text", "json")
def find(file: Path, pseudonym: str, pages: tuple[str, ...], format_: str) -> int:
    """Say which version of the terms a user accepted, by their pseudonym."""
    from govkit.adoption.acceptance.finding import acts_of, standing
    from govkit.adoption.acceptance.lines import LONGEST
    from govkit.store.line_files import lines_of

    if re.fullmatch(r"[0-9a-f]{16,64}", pseudonym) is None:
        raise WrongUse(
            f"{pseudonym[:80]} is no pseudonym", "It is 64 of 0-9 a-f; the first 16 are enough."
        )
    names = {digest_of_file(Path(page)): Path(page).name for page in pages}
    found = acts_of(lines_of(file, LONGEST), pseudonym.encode())
    if len({each.user for each in found}) > 1:
        raise WrongUse("several pseudonyms begin so", "Give more of it.")
    now = standing(found)
    if format_ == "json":
        say_json(
            {
                "version": 1,
                "acts": [_as_data(each) for each in found],
                "accepted": _as_data(now) if now else None,
            }
        )
        return 0 if found else 1
    for each in found:
        text = _name(each, names)
        click.echo(f"{each.at.decode()}  {each.act.decode():<8}  {text}  (record {each.seq})")
    if not found:
        click.echo("The log has nothing of this user.")
    elif now is None:
        click.echo("This user has accepted no version that stands.")
    else:
        click.echo(f"Accepted: {_name(now, names)}, since {now.at.decode()}.")
    return 0 if found else 1


def _name(each: ReadLine, names: dict[str, str]) -> str:
    digest = each.text.decode()
    return visible(names[digest]) if digest in names else f"sha256:{digest}"


def _as_data(each: ReadLine) -> dict[str, object]:
    return {
        "seq": each.seq,
        "at": each.at.decode(),
        "act": each.act.decode(),
        "text": f"sha256:{each.text.decode()}",
    }
