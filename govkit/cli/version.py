"""`govkit version`: which govkit this is."""

from __future__ import annotations

import click

from govkit import __version__

_EPILOG = """Example:
  govkit version
"""


@click.command(epilog=_EPILOG)
def version() -> None:
    """Print which version of govkit this is."""
    click.echo(f"govkit {__version__}")
