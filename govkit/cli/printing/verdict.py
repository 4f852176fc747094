"""What was looked at, for people: what failed, what holds, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from govkit.cli.printing.screen import width, wrapped
from govkit.cli.printing.words import number_of, visible

if TYPE_CHECKING:
    from govkit.release.verifying.check_result import CheckResult, CheckVerdict

_WIDTH = 88
_HEADINGS = (
    ("fails", "Failed", "red"),
    ("holds", "Holds", "green"),
    ("not-checked", "Not checked", "yellow"),
)


def verdict_lines(
    name: str, source: str, verdict: CheckVerdict, failed: str, first: str = ""
) -> Iterator[str]:
    """Yield the lines of a verdict. `failed` says what to do with a thing that does not hold.

    `first` is what a reader has to know before all else.
    """

    yield click.style(visible(name), bold=True) + f", from {visible(source)}"
    for line in _wrapped(visible(first), "", "") if first else ():
        yield click.style(line, fg="yellow", bold=True)
    for state, heading, colour in _HEADINGS:
        looks = [look for look in verdict.looks if look.state == state]
        if looks:
            yield ""
            yield click.style(heading, fg=colour, bold=True)
            for look in looks:
                yield from _look(look)
    wrong = len(verdict.of("fails"))
    unseen = len(verdict.of("not-checked"))
    yield ""
    if wrong:
        yield click.style(f"{number_of(wrong, 'thing')} failed. {failed}", fg="red")
    else:
        yield click.style("Nothing failed.", fg="green") + (
            f" {number_of(unseen, 'thing')} could not be looked at; they stand above."
            * (unseen > 0)
        )


def _look(look: CheckResult) -> Iterator[str]:
    from govkit.release.verifying.check_result import SUBJECTS

    yield from _wrapped(f"{SUBJECTS[look.subject]}: {visible(look.message)}", "  - ", "    ")
    if look.place:
        yield f"    in {visible(look.place)}"
    if look.help:
        yield from _wrapped(visible(look.help), "    ", "    ")


def _wrapped(words: str, first: str, then: str) -> list[str]:
    return wrapped(words, width(_WIDTH), first, then)
