"""Questions to a person, on a terminal only; a program is told which option to name instead."""

from __future__ import annotations

import sys

import click

from govkit.errors import WrongUse


def on_terminal() -> bool:
    """Say whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def needed(value: str | None, option: str, question: str, hint: str = "") -> str:
    """Return the value of an option, or ask for it. Raises `WrongUse` where nobody can be asked."""
    if value:
        return value
    if on_terminal():
        answer: str = click.prompt(question)
        return answer
    raise WrongUse(f"{option} is needed here: {question}", hint or f"Add {option} and its value.")


again_option = click.option(
    "--again", is_flag=True, help="The same words were filed within a day, and are said again."
)


def require_again(known: str, again: bool) -> None:
    """Ask whether words are filed a second time; `known` says where they are, empty for nowhere.

    Raises `WrongUse` where they are not, or where nobody can be asked: a command that was typed
    twice, or whose answer was lost, files nothing twice.
    """
    if not known or again:
        return
    if on_terminal() and click.confirm(f"{known} says just this already. File it once more?"):
        return
    raise WrongUse(
        f"{known} says just this already, filed within a day",
        "Nothing was written. If it was said a second time, add --again.",
    )


def in_words(text: str, option: str) -> str:
    """Return the paragraphs that a person gave with an option. Raises `WrongUse`."""
    from govkit.source.scaffolds import NameRefused, paragraphs

    try:
        return paragraphs(text)
    except NameRefused as reason:
        raise WrongUse(f"{option} can't be taken: {reason}", "Write it otherwise.") from None


def in_one_line(text: str, option: str) -> str:
    """Return the one line that a person gave with an option. Raises `WrongUse`."""
    from govkit.source.scaffolds import NameRefused, one_line

    try:
        return one_line(text)
    except NameRefused as reason:
        raise WrongUse(f"{option} can't be taken: {reason}", "Write it otherwise.") from None
