"""A disclosure: the salt and the words behind a commitment, in a file that can be taken out.

A record has the commitment alone, so its digest holds whether this file is there or not. It has the
number of its record: `names/0012.yaml` discloses what `comments/0012.yaml` holds.
"""

from typing import Annotated, ClassVar

from govkit.records.base import Record
from govkit.records.references import OWN
from govkit.records.scalars import Line, Text, shaped

Salt = Annotated[str, *shaped(r"[0-9a-f]{64}", "32 random bytes, as 64 of 0-9 a-f"), OWN]


class Disclosure(Record):
    """Who commented and is no member, or the reason of a position that is not to be printed."""

    KIND: ClassVar[str] = "disclosure"

    salt: Salt
    name: Line | None = None
    affiliation: Line | None = None
    reason: Text | None = None
