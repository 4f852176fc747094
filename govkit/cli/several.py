"""Options that take several words, each from a known list, as `md,pdf`; and given again, more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

Words = tuple[str, ...]


def words_of(known: Sequence[str], what: str) -> Callable[..., Words]:
    """Return the callback of an option that may be given several times.

    It gives each word once, in the order of `known`, and says which words there are.
    """
    there = ", ".join(known)

    def read(ctx: click.Context, param: click.Parameter, values: Words) -> Words:
        asked = [part.strip() for value in values for part in value.split(",") if part.strip()]
        for word in asked:
            if word not in known:
                raise click.BadParameter(f"`{word}` is no {what}. There are: {there}.", ctx, param)
        if values and not asked:
            raise click.BadParameter(f"name at least one of: {there}.", ctx, param)
        return tuple(word for word in known if word in asked)

    return read


def printed_option(known: Sequence[str], usual: str) -> Callable[[Callable[..., Any]], Any]:
    """Give a command --format for what it prints, as `md,pdf`; it comes as `formats`."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        callback=words_of(known, "format"),
        default=[usual],
        show_default=True,
        metavar="FORMAT[,FORMAT]",
        help=f"What to print: {', '.join(known)}.",
    )
