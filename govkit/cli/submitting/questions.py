"""What is asked of one who hands a change in: a sentence, a name, what it does to duties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from govkit.cli.asking import on_terminal
from govkit.cli.printing.words import visible
from govkit.corpus.changes.values import Change
from govkit.errors import WrongUse
from govkit.procedures.proposals.submission import (
    ChangeAnswer,
    declaration_of,
    known_answers,
    known_person,
)
from govkit.proposals.blockers import Blocked, Blocker
from govkit.proposals.submission import require_sentence
from govkit.workspace import Workspace


def sentence(said: str | None, proposed: str, *, asks: bool) -> str:
    """Return the sentence of the author, or the one that follows from what changed."""
    if said is None and asks:
        click.echo(
            "In one sentence: what did you change, and why? Enter takes the one in brackets."
        )
        said = click.prompt(" ", default=proposed, prompt_suffix="")
    return require_sentence(proposed if said is None else said)


def person(root: Path, typed: str | None, *, asks: bool) -> str:
    """Return who hands it in, as `Name <mail>`. Raises `WrongUse` where nobody says it."""
    who = known_person(root, typed)
    if who is not None:
        return who
    if not asks:
        raise WrongUse(
            "a commit names its author, and git does not know you",
            'Say it: --by "Ana Silva <ana@example.org>"; or once for all: git config --global '
            "user.name, and user.email. Both are public for good.",
        )
    click.echo("A commit names its author. Your name and address are public for good.")
    name, address = click.prompt("Your name"), click.prompt("Your mail address")
    return known_person(root, f"{name} <{address}>") or ""


def may_ask(as_json: bool) -> bool:
    """Say whether somebody can be asked."""
    return on_terminal() and not as_json


def answered(workspace: Workspace, owing: list[Change], reason: str) -> Iterator[tuple[str, bytes]]:
    """Ask about each change what it does to duties, and yield the files in which it is declared.

    What was answered for an earlier state of the edit is not asked again.
    """
    for change in owing:
        known_reason, known = known_answers(workspace, change.id)
        said: dict[str, ChangeAnswer] = {}
        click.echo(f"\n{change.id}: only its author can say whether a duty of anybody changes.")
        for span in change.unanswered:
            if span in known:
                said[span] = known[span]
                continue
            changes = click.confirm(f"  {visible(span)}: does a duty change with it?", default=None)
            said[span] = ChangeAnswer(changes, click.prompt("  Why? One sentence"))
        why = known_reason or click.prompt(
            f"  Why is {change.id} changed? The notes of the release print it", default=reason
        )
        yield declaration_of(change, why, said)


def unanswered(owing: list[Change]) -> Blocked:
    """Return what stops a change whose author was not asked, with the way to answer."""
    stops = []
    for each in owing:
        asked = [f"`{span}`" for span in each.unanswered]
        words = f", for {', '.join(asked)}" if asked else ""
        stops.append(
            Blocker(
                each.id,
                f"only its author can say whether a duty changes{words}",
                f"govkit new change {each.id}",
            )
        )
    return Blocked(
        "questions about duties are not answered",
        stops,
        "Each of these commands writes a sheet; fill it in, and run this again. Or run this on a "
        "terminal, which asks; or add --draft. Nothing was changed.",
    )
