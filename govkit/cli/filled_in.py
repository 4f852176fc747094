"""What is wrong in a file that somebody filled in: a profile, or the sheet of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkit.cli.printing.words import number_of

if TYPE_CHECKING:
    from govkit.adoption.choices import ProfileRefused

_MOST = 50
"""How many mistakes are shown; all are counted."""


def say_mistakes(refused: ProfileRefused, data: bytes, what: str) -> None:
    """Show each mistake with its line; `data` is the file, and `what` it is called."""
    from govkit.cli.printing.as_text import finding_as_text
    from govkit.procedures.adoption.platform_terms import in_order

    lines = data.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    for finding in in_order(refused.findings)[:_MOST]:
        click.echo(finding_as_text(finding, lines), nl=False, err=True)
    found = number_of(len(refused.findings), "mistake")
    click.echo(f"{found} in the {what}; nothing was written.", err=True)
