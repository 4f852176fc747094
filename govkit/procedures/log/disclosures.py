"""Words that a record holds by a commitment alone, filed in a file of their own beside it."""

from __future__ import annotations

from typing import Any

from govkit.corpus.commitments import commitment_of, path_of_disclosure
from govkit.procedures.log.filing import Filing
from govkit.records.comments import Comment
from govkit.records.disclosures import Disclosure
from govkit.records.positions import Position
from govkit.source.record_bytes import record_bytes


def withhold_author(path: str, comment: Comment, salt: bytes) -> tuple[Comment, tuple[Filing, ...]]:
    """Return a comment that is to be filed at a path, and the filing of what discloses its author.

    One who is no member stands in the record by a commitment; there is nothing to disclose of a
    member, or of one who gave no name. `salt` are 32 random bytes that nothing else has.
    """
    author = comment.author
    if author.name is None and author.affiliation is None:
        return comment, ()
    words: dict[str, Any] = {"name": author.name, "affiliation": author.affiliation}
    disclosure = Disclosure(salt=salt.hex(), **words)
    hidden = {"name": None, "affiliation": None, "commitment": commitment_of(disclosure)}
    record = comment.model_copy(update={"author": author.model_copy(update=hidden)})
    return record, (disclosure_filing(path, disclosure),)


def withhold_reason(
    path: str, position: Position, salt: bytes
) -> tuple[Position, tuple[Filing, ...]]:
    """Return a position whose reason is not to be printed, and the filing of what discloses it."""
    if position.reason is None:
        return position, ()
    disclosure = Disclosure(salt=salt.hex(), reason=position.reason)
    withheld = {"reason": None, "reason_withheld": commitment_of(disclosure)}
    return position.model_copy(update=withheld), (disclosure_filing(path, disclosure),)


def disclosure_filing(path: str, disclosure: Disclosure) -> Filing:
    """Return the filing of a disclosure, beside the record at a path. The log has no entry of it.

    An entry would bind the file, so that it could never be taken out again.
    """
    place = path_of_disclosure(path)
    return Filing(place, record_bytes("disclosure", disclosure, place), None)
