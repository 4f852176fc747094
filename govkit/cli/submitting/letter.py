"""What the mail that hands a change in takes from this door: its place, and the redline as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from govkit.cli.output import file_at
from govkit.cli.printing.changes import changes_as_text
from govkit.cli.printing.screen import wrapped
from govkit.correspondence.mail import WIDTH
from govkit.procedures.proposals.submission_route import beside_repository
from govkit.rendering.changed_words import changes_in_words
from govkit.workspace.edited_texts import EditedTexts


def place_of_mail(root: Path, output: str | None, name: str) -> Path:
    """Return the file of the mail; by default it stands beside the repository, not in it."""
    return file_at(output, f"{name}.eml") or beside_repository(root, f"{name}.eml")


def redline_as_text(edits: EditedTexts) -> str:
    """Return the redline of what is handed in, as the lines of a mail."""
    compared = edits.comparison
    changes = changes_in_words(compared.before, compared.after, compared.changes)
    return "\n".join(_in_columns(click.unstyle(changes_as_text(changes, marks=False))))


def _in_columns(text: str) -> Iterator[str]:
    """Yield the lines of a text as a mail has them, what goes on indented as it was."""
    for line in text.rstrip().splitlines():
        lead = line[: len(line) - len(line.lstrip())]
        yield from wrapped(line.strip(), WIDTH, lead, lead) or [""]
