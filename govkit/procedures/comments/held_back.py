"""The act by which comments are held back, or shown again."""

from __future__ import annotations

from govkit.consultation.consultation import FiledComment
from govkit.errors import WrongUse
from govkit.records.enumerations import HoldBackGround
from govkit.records.proposals import Act


def held_back_act(
    filed: FiledComment, ground: HoldBackGround | None, by: tuple[str, ...], reason: str
) -> Act:
    """Return the act about a comment; without a ground it is shown again.

    Raises `WrongUse` where it is held back already or is not, or where the reason says its words.
    """
    held = filed.held
    if ground is None and held is None:
        raise WrongUse(f"comment {filed.name} is not held back", "Nothing was changed.")
    if ground is not None and held is not None:
        raise WrongUse(
            f"comment {filed.name} is {held.words} already",
            "`govkit comment restore` shows it again. Nothing was changed.",
        )
    words = " ".join((filed.comment.comment or "").split())
    if ground is not None and words and words.casefold() in " ".join(reason.split()).casefold():
        raise WrongUse(
            "the reason has the words in it that are to be held back, and it is published",
            "Say why without them. Nothing was changed.",
        )
    return Act(
        kind="hold-back" if ground else "restore",
        by=by,
        reason=reason,
        comments=(f"comments/{filed.name}",),
        ground=ground,
    )
