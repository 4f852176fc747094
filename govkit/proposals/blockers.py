"""What stops a step of a proposal: all of it at once, each with the way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govkit.errors import GovkitError
from govkit.proposals.losses import Loss


class Blocker(NamedTuple):
    """One thing that stops the step.

    `about` is a text, a clause or a comment; `why` one sentence; `help` what to do, in lines that
    stay as they are.
    """

    about: str
    why: str
    help: str = ""


class Blocked(GovkitError):
    """A step that was not taken, since something has to be answered first. Nothing was changed."""

    exit_code = 1

    def __init__(self, message: str, stops: Iterable[Blocker], hint: str = "") -> None:
        """Keep each reason."""
        super().__init__(message, hint)
        self.stops = tuple(stops)


FIRST_WORDS = 12
"""How many words of a lost clause are shown."""


def losses_stop(losses: Sequence[Loss], number: int) -> Blocked:
    """Return what stops a revision that would lose words that nobody named."""
    count = "one text or clause" if len(losses) == 1 else f"{len(losses)} texts and clauses"
    them = "it" if len(losses) == 1 else "them"
    return Blocked(
        f"revision {number} would lose {count} of revision {number - 1}, and nobody named {them}",
        _stops(losses),
        "Put back what was lost by mistake. What is meant is named, with the reason. Nothing was "
        "changed.",
    )


def _stops(losses: Sequence[Loss]) -> Iterator[Blocker]:
    for loss in losses:
        yield Blocker(str(loss), _why(loss), _help(loss))


def _why(loss: Loss) -> str:
    words = loss.words.split()
    shown = " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
    what = "the text" if loss.clause is None else "the clause"
    if loss.how == "gone":
        said = f"{what} is missing: “{shown}”"
    else:
        said = f"other words stand in its place. Lost: “{shown}”"
    return said + (f" Its words stand in {loss.now_in} now." if loss.now_in else "")


def _help(loss: Loss) -> str:
    if loss.now_in is None:
        return f"--drop '{loss}' --reason 'why it is dropped'"
    same = loss.now_in.unit == loss.unit
    if same:
        return f"--merged '{loss}' into '{loss.now_in}' --reason 'why'"
    return f"--moved '{loss}' to '{loss.now_in}' --reason 'why'"
