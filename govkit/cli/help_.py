"""`govkit help`: what a command does, as its `--help` says it."""

from __future__ import annotations

import click

_EPILOG = """Examples:
  govkit help
  govkit help check
  govkit help release cut    as `govkit release cut --help`
"""


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    at = _context(ctx.find_root(), ctx.params.get("words") or ())
    names = at.command.list_commands(at) if isinstance(at.command, click.Group) else []
    return [name for name in names if name.startswith(incomplete)]


@click.command("help", epilog=_EPILOG)
@click.argument("words", metavar="[COMMAND]...", nargs=-1, shell_complete=_complete)
@click.pass_context
def help_(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Say what govkit or one of its commands does, with examples."""
    click.echo(_context(ctx.find_root(), words).get_help())


def _context(at: click.Context, words: tuple[str, ...]) -> click.Context:
    """Return the context of the command that the words name; ends as for an unknown command."""
    for word in words:
        if not isinstance(at.command, click.Group):
            at.fail(f"`{at.command_path}` has no commands of its own, so no `{word}`.")
        name, command, _ = at.command.resolve_command(at, [word])
        assert command is not None
        at = click.Context(command, parent=at, info_name=name)
    return at
