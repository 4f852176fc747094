"""`govkit hook`: what git runs on the server that others push to."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {"update": "Refuse a push that rewrites the log, the main branch or a release."}

_EPILOG = """Examples:
  govkit hook update --help    how to switch it on, on the server

docs/hosting.md says what else to switch on, on a server of your own and elsewhere.
"""


class HookCommands(Commands):
    """The commands of `govkit hook`."""

    told = COMMANDS
    package = "govkit.cli.hook"


@click.group("hook", cls=HookCommands, epilog=_EPILOG)
def hook() -> None:
    """Keep the log whole on the server that others push to, as a hook of git."""
