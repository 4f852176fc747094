"""The mail that hands a change in: the redline as text, page and PDF, and the patch."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from govkit.cli.output import file_at
from govkit.cli.printing.changes import changes_as_text
from govkit.cli.printing.screen import wrapped
from govkit.cli.printing.words import visible
from govkit.correspondence.mail import WIDTH
from govkit.records.patches import Patch
from govkit.rendering.changed_words import changes_in_words
from govkit.rendering.changes import document_of_changes
from govkit.rendering.formats import written
from govkit.source.patch_mail import PatchLetter, mail_with_patch
from govkit.store.clone import clone_of
from govkit.workspace.edited_texts import EditedTexts

_TAKEN_IN = """\
For coordinators: save this mail as a file, and run
    govkit intake FILE.eml
It shows the change whole, checks it, and puts it on a branch of its own.
It merges nothing, and it is no position.
"""


def place_of_mail(root: Path, output: str | None, name: str) -> Path:
    """Return the file of the mail; by default it stands beside the repository, not in it."""
    clone = clone_of(root)
    beside = (clone.top if clone is not None else root).parent
    return file_at(output, f"{name}.eml") or beside / f"{name}.eml"


def _in_columns(text: str) -> Iterator[str]:
    """Yield the lines of a text as a mail has them, what goes on indented as it was."""
    for line in text.rstrip().splitlines():
        lead = line[: len(line) - len(line.lstrip())]
        yield from wrapped(line.strip(), WIDTH, lead, lead) or [""]


def mail_bytes(
    edits: EditedTexts,
    patch: Patch,
    who: str,
    to: Sequence[str],
    name: str,
    open_: Sequence[str],
    now: datetime.datetime,
) -> bytes:
    """Return the mail. `open_` are sentences about what is not finished; `name` is for files."""
    compared = edits.comparison
    changes = changes_in_words(compared.before, compared.after, compared.changes)
    old = patch.release or f"{patch.commit[:12]}"
    document = document_of_changes(compared.after, old, name, changes)
    plain = click.unstyle(changes_as_text(changes, marks=False))
    made_for = (
        f"{patch.release}, commit {patch.commit}" if patch.release else (f"commit {patch.commit}")
    )
    text = "\n\n".join(
        [
            patch.message.split("\n")[0],
            *map(visible, open_),
            f"Made for: {made_for}",
            "Words in [-brackets with a minus-] were taken out, words in\n"
            "[+brackets with a plus+] put in. The attached PDF shows the same to print.",
            "\n".join(_in_columns(plain)),
            _TAKEN_IN,
        ]
    )
    letter = PatchLetter(
        who,
        tuple(to),
        patch.message.split("\n")[0],
        name,
        text,
        written(document, "html"),
        written(document, "pdf"),
    )
    return mail_with_patch(letter, patch, now)
