"""The statement: what a member signs. Not YAML, but lines that a lawyer can read.

Rendered from the record alone, the same each time; how the file is written makes no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from govkit.corpus.record_digests import plain_text
from govkit.records.positions import Position

FORMAT = "govkit consent statement 1"

SAYS = {
    "consent": "I consent to these words.",
    "consent-with-reservation": "I consent to these words, with a reservation.",
    "stand-aside": "I stand aside: I do not consent, and I do not stand in the way.",
    "object": "I object to these words.",
    "abstain": "I abstain.",
    "withdraw": "I withdraw what I said about these words.",
}


def statement_of(position: Position, coalition: str, proposal: str, change: str) -> str:
    """Return the statement of a position, in lines that end with a line feed.

    `change` is the digest of the revision's change. Coalition, proposal and digest make it useless
    anywhere else.
    """
    return "\n".join(_lines(position, coalition, proposal, change)) + "\n"


def statement_digest(statement: str) -> str:
    """Return `sha256:` and the digest of a statement's bytes."""
    return "sha256:" + hashlib.sha256(statement.encode()).hexdigest()


def _lines(position: Position, coalition: str, proposal: str, change: str) -> Iterator[str]:
    yield FORMAT
    yield ""
    yield f"Coalition: {coalition}"
    yield f"Proposal: {proposal}, revision {position.revision}"
    yield f"Change: {change}"
    yield f"Member: {position.member}"
    yield f"Spoken by: {position.cast_by}, as {position.capacity}"
    yield f"Newest log entry seen: {position.head or 'none'}"
    yield ""
    yield SAYS[position.position]
    if position.confirms_withdrawal:
        yield "I confirm that my earlier objection is withdrawn."
    yield from _reason(position)
    yield ""
    yield "The words, before and after:"
    for pair in sorted(position.units, key=lambda each: (each.id, each.before or "")):
        yield f"  {pair.id}"
        yield f"    before {pair.before or 'nothing: it was never adopted'}"
        yield f"    after  {pair.after or 'nothing: it is withdrawn'}"


def _reason(position: Position) -> Iterator[str]:
    if position.reason is not None:
        yield ""
        yield "Reason:"
        # Each line is set in, so that no reason can look like a line of the statement.
        for line in plain_text(position.reason).split("\n"):
            yield f"  {line}".rstrip()
    if position.reason_withheld is not None:
        yield ""
        yield f"The reason is not published. Its digest: {position.reason_withheld}"
