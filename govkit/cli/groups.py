"""Groups of commands: what each command takes, and how one that nobody knows is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import ClassVar

import click

from govkit.cli.everywhere import with_options

_MANY = 12
"""More commands than this are not all named in one sentence."""


class Group(click.Group):
    """A group whose commands take the folder and the colours, too.

    It names the nearest command for one that nobody knows, and refuses an option of one value that
    is given twice.
    """

    group_class = type

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the work, which is that of the file."""
        return list(self.commands)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command, which takes the options that may stand anywhere."""
        command = self.command_named(ctx, name)
        if command is not None and ctx.resilient_parsing:
            from govkit.cli.completing import with_offers

            with_offers(command)
        return command and with_options(command)

    def command_named(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command as it was written."""
        return super().get_command(ctx, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with the whole first sentence of its help."""
        with formatter.section("Commands"):
            formatter.write_dl(self.told_of(ctx))

    def told_of(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return the name of each command, and what it does in a line."""
        return [
            (name, (command.help or "").partition("\n\n")[0])
            for name, command in self.commands.items()
        ]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where the one that was asked for is unknown."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from govkit.source.nearest import question

            asked = " ".join((*ctx.command_path.split()[1:], args[0]))
            few = f"There are: {', '.join(known)}."
            there = few if len(known) <= _MANY else f"`{ctx.command_path} --help` lists them."
            ctx.fail(f"There is no command `{asked}`. {question(args[0], known) or there}")
        name, command, rest = super().resolve_command(ctx, args)
        if name and command and not (ctx.resilient_parsing or isinstance(command, click.Group)):
            settings = command.context_settings
            called = command.context_class(command, parent=ctx, info_name=name, **settings)
            refuse_twice(command, called, rest)
        return name, command, rest

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the options of the group itself."""
        refuse_twice(self, ctx, args)
        return super().parse_args(ctx, args)


class Commands(Group):
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

    def command_named(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command, from the file of its name."""
        if name not in self.told:
            return None
        file = self.files.get(name, name)
        command: click.Command = getattr(import_module(f"{self.package}.{file}"), file)
        return command

    def told_of(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Return what the table says, without importing a command."""
        return list(self.told.items())


def refuse_twice(command: click.Command, ctx: click.Context, args: Sequence[str]) -> None:
    """Refuse an option that is given twice and can hold one value: click would keep the last.

    An option that takes several values says so by `multiple`; a plain flag means the same however
    often it is given.
    """
    if ctx.resilient_parsing:
        return
    _, _, order = command.make_parser(ctx).parse_args(args=list(args))
    for param, times in Counter(order).items():
        if times > 1 and isinstance(param, click.Option) and _holds_one(param):
            option = max(param.opts, key=len)
            ctx.fail(f"{option} is given {_TIMES.get(times, f'{times} times')}. Write it once.")


_TIMES = {2: "twice"}


def _holds_one(option: click.Option) -> bool:
    several = option.multiple or option.count or (option.is_flag and not option.secondary_opts)
    return not several
