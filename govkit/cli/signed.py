"""What is printed after a coordinator has signed a founding or an act, and who is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govkit.procedures.log.signatures import SignedRecord


def signed_words(done: SignedRecord, by: str) -> list[str]:
    """Return what was signed, in its words, and who has not signed yet."""
    said = "You sign these words" if done.filing is not None else "You had signed these words"
    enough = len(done.signed) >= done.needed
    return [
        f"{said}, as {by}, with the key {done.key}:",
        "",
        *(f"  {line}".rstrip() for line in done.statement.splitlines()),
        "",
        f"Signed by {len(done.signed)} of {done.needed} that it takes: {', '.join(done.signed)}.",
        f"Not signed yet: {', '.join(done.missing)}."
        if done.missing and not enough
        else "All signatures that it takes are there.",
        f"Look at the change in {done.path}, commit it, and share it.",
    ]


def signed_as_json(done: SignedRecord, by: str) -> dict[str, object]:
    """Return the same for programs."""
    return {
        "signed": done.path,
        "by": by,
        "key": done.key,
        "statement": done.statement,
        "signers": list(done.signed),
        "missing": list(done.missing),
        "needed": done.needed,
        "changed": done.filing is not None,
    }
