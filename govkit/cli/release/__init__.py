"""`govkit release`: versions of the books that coordinators sign and anyone can check."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "plan": "Say what a release would hold, what stops it, and which version it has.",
    "cut": "Build a release and commit it as a candidate, to be signed.",
    "sign": "Build a candidate again, and sign it as a coordinator.",
    "publish": "Publish a candidate that enough coordinators have signed.",
    "build": "Make the files of a release again from its tag, and lay them beside its signatures.",
    "verify": "Verify a release, offline, and say what was not looked at.",
    "signers": "Print who could sign a release, as ssh-keygen reads it (allowed_signers).",
    "notes": "Print what changed since the release before, or since another one.",
    "compare": "Say what changed from one release of a book to another one.",
    "list": "List all releases: their state, their days, who signed.",
}
_MODULES = {"list": "list_"}

_EPILOG = """\b
Examples, in the order of the work:
  govkit release plan provisions          what is in it, what stops it, which version
  govkit release cut provisions           build it, and commit it as a candidate
  govkit release sign provisions/1.1.0 --key ~/.ssh/id_ed25519
  govkit release publish provisions/1.1.0 --key ~/.ssh/id_ed25519
  govkit release verify provisions/v1.1.0
  govkit release list

\b
A release is named by its book and its version, as provisions/1.1.0.
"""


class Commands(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command, from the file of its name."""
        if name not in COMMANDS:
            return None
        module = _MODULES.get(name, name)
        command: click.Command = getattr(import_module(f"govkit.cli.release.{module}"), module)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where the one that was asked for is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from govkit.source.validation import nearest

            near = nearest(args[0], list(COMMANDS))
            hint = f" Did you mean `{near}`?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command `release {args[0]}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group("release", cls=Commands, epilog=_EPILOG)
def release() -> None:
    """Make releases that prove themselves, tell what changed, and check them."""
