"""--foreword: people's own words that stand before what is printed, as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from govkit.errors import WrongUse

foreword_option = click.option(
    "--foreword",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A text in Markdown, in your own words, for the head of what is printed.",
)


def foreword_in(path: Path | None) -> bytes | None:
    """Return the bytes of a foreword, or None. Raises `WrongUse` where they are no plain text."""
    from govkit.source.gate import Unreadable, admit
    from govkit.store.worktree import read_named

    if path is None:
        return None
    data = read_named(path)
    try:
        admit(data)
    except Unreadable as fault:
        raise WrongUse(f"the foreword can't be read: {fault.message}", fault.help) from None
    return data
