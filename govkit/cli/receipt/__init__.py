"""`govkit receipt`: what shows a person that their words were taken in, and its proof."""

from __future__ import annotations

import click

from govkit.cli.groups import Commands

COMMANDS = {
    "write": "Write the receipt for an entry of the log, with its proof.",
    "verify": "Check a receipt that somebody has, without the repository.",
}

_EPILOG = """Examples:
  govkit receipt 12                       the same as: govkit receipt write 12
  govkit receipt 12-19 -o ../receipts     a file for each
  govkit receipt verify receipt-000012.txt

With a receipt and the root fingerprint of the coalition anybody can prove, offline,
that these words were taken in. A mail that was never taken in shows in no log: who
got no receipt asks the coordinators for it.
"""


class ReceiptCommands(Commands):
    """The commands of `govkit receipt`; a number alone asks for its receipt."""

    told = COMMANDS
    package = "govkit.cli.receipt"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a number for what it is: nobody types `write` before it."""
        if args and args[0][:1].isdigit():
            args = ["write", *args]
        return super().resolve_command(ctx, args)


@click.group("receipt", cls=ReceiptCommands, epilog=_EPILOG)
def receipt() -> None:
    """Write the receipts of what was filed, and check one."""
