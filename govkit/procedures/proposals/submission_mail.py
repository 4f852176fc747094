"""The mail that hands a change in: the redline as text, page and PDF, and the patch."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from govkit.procedures.proposals.submission import patch_of
from govkit.rendering.changed_words import changes_in_words
from govkit.rendering.changes import document_of_changes
from govkit.rendering.formats import written
from govkit.source.patch_mail import PatchLetter, mail_with_patch, parted, require_address
from govkit.workspace.edited_texts import EditedTexts

_TAKEN_IN = """\
For coordinators: save this mail as a file, and run
    govkit intake FILE.eml
It shows the change whole, checks it, and puts it on a branch of its own.
It merges nothing, and it is no position.
"""


def recipients_of(edits: EditedTexts, who: str, named: str | None = None) -> tuple[str, ...]:
    """Return whom the mail is for. Raises `WrongUse` where no mail goes from or to there."""
    require_address(parted(who)[1])
    charter = edits.workspace.corpus.charter
    if named:
        return (require_address(named),)
    return tuple(map(str, charter.intake.addresses)) if charter is not None else ()


def mail_bytes(
    edits: EditedTexts,
    message: str,
    people: Sequence[str],
    name: str,
    redline: str,
    now: datetime.datetime,
    open_: Sequence[str] = (),
) -> bytes:
    """Return the mail; `people` are who sends it, and whom it is for.

    `redline` is the redline as lines for a screen, as the door prints it; `open_` are sentences
    about what is not finished; `name` is for files. Raises `WrongUse` for what is no text.
    """
    who, *to = people
    patch = patch_of(edits, message)
    compared = edits.comparison
    changes = changes_in_words(compared.before, compared.after, compared.changes)
    old = patch.release or f"{patch.commit[:12]}"
    document = document_of_changes(compared.after, old, name, changes)
    made_for = (
        f"{patch.release}, commit {patch.commit}" if patch.release else (f"commit {patch.commit}")
    )
    text = "\n\n".join(
        [
            patch.message.split("\n")[0],
            *open_,
            f"Made for: {made_for}",
            "Words in [-brackets with a minus-] were taken out, words in\n"
            "[+brackets with a plus+] put in. The attached PDF shows the same to print.",
            redline,
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
