"""A group of commands of which each is imported only when it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import ClassVar

import click

_MANY = 12
"""More commands than this are not all named in one sentence."""


class Group(click.Group):
    """A group of commands that refuses an option of one value that is given twice."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, with its arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        if name and command and not isinstance(command, click.Group):
            called = command.context_class(command, parent=ctx, info_name=name)
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
