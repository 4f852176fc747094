"""`govkit comment`: what people say about a proposal, and the answers to it."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "add": "File one comment that you type in, or that stands in a file.",
    "import": "Take in a comment table (CSV, XLSX) or a free mail.",
    "collect": "Take in what changed in a shared document or pad.",
    "publish": "Record what the author of a personal mail wants to become of it.",
    "dispose": "Answer comments: one by number, or many from a table.",
    "table": "Show the comment table, or write it for a spreadsheet.",
    "report": "Print the consultation report: every comment and its answer.",
}
_MODULES = {"import": "import_"}

_EPILOG = """\b
Examples:
  govkit comment table                                    what came, what waits for an answer
  govkit comment add --member example-society --unit EXA-DUE-01 --text "Too long."
  govkit comment import comments.xlsx
  govkit comment import mail.txt --free --name "A. Example"
  govkit comment dispose 12 --action accepted-in-part --reply "Twenty days now."
  govkit comment report --format pdf
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
        command: click.Command = getattr(import_module(f"govkit.cli.comment.{module}"), module)
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
            ctx.fail(f"There is no command `comment {args[0]}`.{hint}")
        return super().resolve_command(ctx, args)


@click.group("comment", cls=Commands, epilog=_EPILOG)
def comment() -> None:
    """Take in comments on a proposal, answer them, print them."""
