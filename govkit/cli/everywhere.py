"""The options that may stand before a command or after it: the folder, and the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from govkit.cli.output import with_safe_output
from govkit.cli.session import Session

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FOLDER, COLOURS = "govkit.folder", "govkit.colours"
"""Where a context keeps what was given, at whatever place of the line."""

_SAID_ONCE = {FOLDER: "-C names the folder", COLOURS: "--color says when colours are used"}
_Command = TypeVar("_Command", bound=click.Command)


def _keep(key: str, ctx: click.Context, value: str | None) -> None:
    if value is None:
        return
    if key in ctx.meta and not ctx.resilient_parsing:
        ctx.fail(f"{_SAID_ONCE[key]}, and it is given twice. Leave one of the two out.")
    ctx.meta[key] = value
    take_session(ctx)


def take_session(ctx: click.Context) -> None:
    """Let this command, and those below it, work in the folder and the colours given so far."""
    ctx.obj = Session.from_options(ctx.meta.get(FOLDER, "."), ctx.meta.get(COLOURS, "auto"))
    here: click.Context | None = ctx
    while here is not None:  # why a command ends is said by the first of them
        here.color = ctx.obj.colours
        here = here.parent


def _folders(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(typed, type="dir")]


def _options(*, hidden: bool) -> list[click.Option]:
    return [
        click.Option(
            ["-C", "in_folder"],
            metavar="DIR",
            hidden=hidden,
            expose_value=False,
            callback=lambda ctx, _, value: _keep(FOLDER, ctx, value),
            shell_complete=_folders,
            help="Work as if you stood in this folder, of a coalition's texts or any below.",
        ),
        click.Option(
            ["--color", "in_colours"],
            type=click.Choice(["auto", "always", "never"]),
            hidden=hidden,
            expose_value=False,
            callback=lambda ctx, _, value: _keep(COLOURS, ctx, value),
            help="Use colours. Default: auto, on a terminal, unless NO_COLOR is set.",
        ),
    ]


class NearestChoice(click.Choice[str]):
    """A word out of some, the nearest of which is named where another one is typed."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Leave the word as it is: what options were called formerly is no matter of values."""
        return super().normalize_choice(choice, None)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what is wrong, and which words there are."""
        from govkit.source.nearest import question

        said = super().get_invalid_choice_message(value, ctx)
        return f"{said} {question(str(value).casefold(), list(self.choices))}".rstrip()


def _as_laid_out(epilog: str) -> str:
    """Mark each paragraph, so that click leaves its lines as they were written."""
    return "\n\n".join(f"\b\n{each}" for each in epilog.split("\n\n")) if epilog else ""


def with_options(command: _Command, *, hidden: bool = True) -> _Command:
    """Give a command the options, once. Below `govkit` itself they are taken, and not listed.

    Where it takes one of some words, a wrong one is answered with the nearest.
    """
    for param in command.params:
        if type(param.type) is click.Choice:
            param.type = NearestChoice(param.type.choices)
    if all(param.name != "in_folder" for param in command.params):
        command.params += _options(hidden=hidden)
        with_safe_output(command)
        command.epilog = _as_laid_out(command.epilog or "")
    return command
