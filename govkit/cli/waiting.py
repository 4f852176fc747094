"""Acts that wait for signatures, as `status` and `where` print them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from govkit.proposals.unsigned_acts import UnsignedAct


def echo_waiting(acts: Iterable[UnsignedAct]) -> None:
    """Print the acts that wait, each with the line to type."""
    from govkit.cli.printing.screen import fitted
    from govkit.cli.printing.words import visible

    for each in acts:
        click.echo(fitted(visible(each.words[0].upper() + each.words[1:])))
