"""Questions to a person, on a terminal only; a program is told which option to name instead."""

from __future__ import annotations

import datetime
import sys
from typing import TYPE_CHECKING

import click

from govkit.cli.session import GivenDay, days_given
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govkit.corpus.whole import Corpus


def on_terminal() -> bool:
    """Say whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


class KeyAnswers:
    """Answers of one key each, to several questions; Enter is `later`, Ctrl-C stops."""

    def __init__(self) -> None:
        self._typed = ""

    def answer(self, question: str, keys: Mapping[str, str]) -> str:
        """Ask, and return what the key means that is pressed. Raises `click.Abort`."""
        click.echo(f"  {question} ", nl=False)
        meant = {**keys, "\r": "later", "\x03": "stop"}
        while (pressed := meant.get(self._key())) is None:
            continue
        click.echo(pressed)
        if pressed == "stop":
            raise click.Abort
        return pressed

    def _key(self) -> str:
        """Return the next key; a terminal may hand over several at once."""
        self._typed = self._typed or click.getchar().lower()
        key, self._typed = self._typed[:1], self._typed[1:]
        return key


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


_SURE = "govkit.sure"


def _note_sure(ctx: click.Context, _: click.Parameter, given: bool) -> None:
    ctx.meta[_SURE] = given


sure_option = click.option(
    "--sure",
    is_flag=True,
    expose_value=False,
    callback=_note_sure,
    help="A date that looks wrong is meant as it is typed.",
)


def require_likely_days(
    corpus: Corpus, now: datetime.datetime, days: Iterable[GivenDay] | None = None
) -> None:
    """Ask about each of these days, those of the command line, whose year is plainly wrong.

    Raises `WrongUse` where it is not meant so, or where nobody can be asked.
    """
    found = days_given() if days is None else [*days]
    if not found:
        return
    from govkit.log.unlikely_days import why_unlikely

    for named, day, use in found:
        if why := why_unlikely(corpus, day, now.date(), use):
            _require_meant(f"{named}: {why}")


def require_likely_record(corpus: Corpus, path: str, now: datetime.datetime) -> None:
    """Ask about each day of a file that is filed as it stands; raises as above."""
    from govkit.log.unlikely_days import unlikely_days

    document = corpus.by_path.get(path)
    for each in unlikely_days(corpus, document, now.date()) if document else ():
        _require_meant(f"{path}, {'.'.join(map(str, each.route.keys))}: {each.why}")


def _require_meant(doubt: str) -> None:
    ctx = click.get_current_context(silent=True)
    if ctx is None or ctx.meta.get(_SURE):
        return
    if on_terminal() and click.confirm(f"{doubt}. Is it meant so?"):
        return
    raise WrongUse(doubt, "Look at the year. If it is meant so, add --sure. Nothing was written.")


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
