"""One act of one user about one text of terms, as a platform keeps it: a line of its own log."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from govkit.records.base import Record
from govkit.records.codes import Language
from govkit.records.scalars import Digest, Instant

AcceptanceAct = Literal["asked", "agreed", "refused", "withdrew"]
AcceptanceChannel = Literal["web", "app", "mail", "message", "phone", "paper", "in-person"]
_HEX = r"^[0-9a-f]{64}$"


class AcceptanceRecord(Record):
    """A line of an acceptance log. docs/acceptance.md says how its bytes are written."""

    KIND: ClassVar[str] = "acceptance-record"

    seq: Annotated[int, Field(ge=1)]
    """Its number in the log, from 1."""
    user: Annotated[str, Field(pattern=_HEX)]
    """The user's pseudonym: a keyed hash, of which the platform alone has the key."""
    text: Digest
    """The digest of the terms, as the bytes that the user was shown or sent."""
    act: AcceptanceAct
    """What happened: the question was put, or the user agreed, refused, or took it back."""
    at: Instant
    """When, in UTC, to the second."""
    channel: AcceptanceChannel
    """By which way."""
    language: Language
    """The language in which it was shown."""
    notice: Digest | None
    """The digest of the notice or question that came with it; null where there was none."""
    chain: Annotated[str, Field(pattern=_HEX)]
    """SHA-256 of the line before, without its end."""
