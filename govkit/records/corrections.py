"""A correction: that something was written down wrongly, what is right, and why. Both stay."""

from __future__ import annotations

from typing import Annotated, ClassVar

from govkit.records.base import Record
from govkit.records.references import As, CorrectedRef
from govkit.records.scalars import Digest, Instant, Text


class Correction(Record):
    """That a coordinator wrote down wrongly what somebody said, or a date, and what is right."""

    KIND: ClassVar[str] = "correction"

    corrects: Annotated[CorrectedRef, As("corrects")]
    digest: Digest
    """The digest of the record that is wrong, so that no other words are corrected."""
    right: Annotated[CorrectedRef, As("right")]
    """The record that holds what is right; it has its own entry in the log. Where only the moment
    was wrong, it is the same record."""
    right_digest: Digest
    received_at: Instant | None = None
    """When it really came, where another moment was written down."""
    reason: Text
    """How the mistake came about. It is published."""
