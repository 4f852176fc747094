"""What became of a clause that somebody holds on paper, for a terminal and for programs."""

from __future__ import annotations

from typing import Any

from govkit.cli.printing.redline import redline_as_text
from govkit.corpus.redline.compare import redline
from govkit.workspace.printed_clauses import PrintedClause


def printed_as_text(printed: PrintedClause) -> str:
    """Return in words whether the printed words still stand, and else what changed since."""
    named = f"{printed.id}({printed.clause})"
    if printed.stands:
        return f"\nYou hold these words: the code {printed.digits} is theirs, and they still stand."
    if printed.then is None:
        return (
            f"\nNo known state of {named} has the code {printed.digits}. Look again at the six "
            "signs; if they are right, this folder's history does not reach so far, or the page is "
            "no print of these texts."
        )
    day = printed.until.day if printed.until else ""
    since = f"It was changed on {day}" if day else "The change is in no commit yet"
    if printed.now is None:
        return f"\nThe clause that you hold is no more. {since}. It said:\n\n{printed.then}"
    return (
        f"\nYou hold other words than today's. {since}. What changed since:\n\n"
        f"{redline_as_text(redline(printed.then, printed.now), whole=False)}"
    )


def printed_as_data(printed: PrintedClause) -> dict[str, Any]:
    """Return the same as plain data: `stands` is `same`, `changed`, `gone` or `unknown`."""
    standing = "same" if printed.stands else "changed"
    if not printed.stands and printed.then is None:
        standing = "unknown"
    elif printed.now is None:
        standing = "gone"
    return {
        "clause": printed.clause,
        "code": printed.digits,
        "stands": standing,
        "then": printed.then,
        "now": printed.now,
        "until": (printed.until.day or None) if printed.until else None,
    }
