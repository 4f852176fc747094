"""The options that say how an answer is printed, and where it goes. They mean one thing everywhere.

`-o` takes a file or a folder, by what it is: a folder that is there, or a name with a slash at its
end, takes the file under its usual name; anything else is the file itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from govkit.errors import WrongUse

Decorated = Callable[..., Any]


def format_option(*formats: str, default: str = "text") -> Callable[[Decorated], Decorated]:
    """Give a command --format, one of some formats."""
    return click.option(
        "--format", "format_", type=click.Choice(formats), default=default, show_default=True,
        help="How the answer is printed.",
    )  # fmt: skip


def output_option(name: str) -> Callable[[Decorated], Decorated]:
    """Give a command -o, for one file; it comes as the text that was typed, or None."""
    return click.option(
        "-o", "--output", name, metavar="PATH",
        help="The file to write, or the folder to put it in. Default: the answer is shown.",
    )  # fmt: skip


def files_option(name: str) -> Callable[[Decorated], Decorated]:
    """Give a command -o, for files that go into a folder; it comes as text, `dist` by default."""
    return click.option(
        "-o", "--output", name, default="dist", show_default=True, metavar="PATH",
        help="The folder to put the files in, or of a single one the file to write.",
    )  # fmt: skip


def file_at(typed: str | None, name: str) -> Path | None:
    """Return the file that `-o` names; `name` is what it is called in a folder."""
    if typed is None:
        return None
    return Path(typed) / name if _is_folder(typed) else Path(typed)


def files_at(typed: str, names: Sequence[str]) -> list[Path]:
    """Return where each of some files goes. Raises `WrongUse` where several would be one file.

    A name that ends as the single file does is that file, whether it is there or not.
    """
    names_a_file = Path(typed).suffix in {Path(name).suffix for name in names}
    if _is_folder(typed) or not (names_a_file or Path(typed).exists()):
        return [Path(typed) / name for name in names]
    if len(names) > 1:
        raise WrongUse(
            f"{typed} is one file, and there are {len(names)} to write",
            "Name a folder with -o, or ask for one format of one text.",
        )
    return [Path(typed)]


def _is_folder(typed: str) -> bool:
    return typed.endswith(("/", os.sep)) or Path(typed).is_dir()


def formerly(**names: str) -> dict[str, Any]:
    """Return the settings of a command whose options had other names: `formerly(on="last-day")`.

    Who has an old line in a script may go on using it; help and completion know the new name alone.
    """
    old = {name.strip("_"): new for name, new in names.items()}
    return {"token_normalize_func": lambda name: old.get(name, name)}
