"""Every command of govkit, groups included, at every depth: what the tests of all of them walk."""

from collections.abc import Iterator

import click

from govkit.cli.main import govkit

TOP = click.Context(govkit, info_name="govkit", resilient_parsing=True)


def commands(at: click.Context = TOP) -> Iterator[click.Context]:
    """Yield a context for each command, that of a group before those below it."""
    yield at
    if isinstance(at.command, click.Group):
        for name in at.command.list_commands(at):
            command = at.command.get_command(at, name)
            assert command is not None
            below = click.Context(command, parent=at, info_name=name, resilient_parsing=True)
            yield from commands(below)


def words_of(at: click.Context) -> tuple[str, ...]:
    """Return the words that name a command, without the first one."""
    return tuple(at.command_path.split()[1:])
