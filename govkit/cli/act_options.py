"""The options of the commands that file an act: who does it, and about which texts."""

from __future__ import annotations

from collections.abc import Callable

import click

from govkit.cli.output import Decorated

units_option = click.option(
    "--unit", "units", multiple=True, metavar="ID", help="Only about this text."
)


def people_option(who: str) -> Callable[[Decorated], Decorated]:
    """Return the option that names whom an act is of; `who` begins its help."""
    return click.option(
        "--who",
        "people",
        multiple=True,
        metavar="MEMBER",
        help=f"{who}; once for each. Default: who writes it down.",
    )
