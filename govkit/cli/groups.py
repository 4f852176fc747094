"""A group of commands of which each is imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar

import click

_MANY = 12
"""More commands than this are not all named in one sentence."""


class Commands(click.Group):
    """A group that knows its commands by a table, and imports one only when it is called.

    `told` has each command with the line that tells what it does, in the order of the work;
    `package` is where their files are, `files` the names of those that are not the command's own.
    """

    told: ClassVar[Mapping[str, str]] = {}
    package: ClassVar[str] = ""
    files: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.told)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command, from the file of its name."""
        if name not in self.told:
            return None
        file = self.files.get(name, name)
        command: click.Command = getattr(import_module(f"{self.package}.{file}"), file)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.told.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where the one that was asked for is unknown."""
        if args and args[0] not in self.told and not args[0].startswith("-"):
            from govkit.source.validation import nearest

            asked = " ".join((*ctx.command_path.split()[1:], args[0]))
            near = nearest(args[0], list(self.told))
            few = f"There are: {', '.join(self.told)}."
            there = few if len(self.told) <= _MANY else f"`{ctx.command_path} --help` lists them."
            ctx.fail(
                f"There is no command `{asked}`. {f'Did you mean `{near}`?' if near else there}"
            )
        return super().resolve_command(ctx, args)
