"""`govkit release`: releases that prove themselves, planned, made, signed, told and checked."""

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
}
_MODULES = {"list": "list_"}

_EPILOG = """\b
Examples:
  govkit release notes provisions                      of what would be released now
  govkit release notes provisions/1.1.0                of a release
  govkit release compare provisions/1.0.0 1.1.0        what lies between two releases

\b
A release has the name of its book and its version: provisions/1.1.0.
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
