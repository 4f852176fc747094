"""A patch as it travels by mail: each text whole, before and after, and what it was made for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from govkit.records.base import Part
from govkit.records.scalars import Many

MOST_FILES = 200
LARGEST_FILE = 1 << 20
_Words = Annotated[str, Field(max_length=LARGEST_FILE)]


class PatchedFile(Part):
    """A file before and after, as text; None where it is not there."""

    path: Annotated[str, Field(min_length=1, max_length=300)]
    before: _Words | None
    after: _Words | None


class Patch(Part):
    """A change of some texts that somebody hands in.

    `coalition` is the id of the charter that it was made under, `commit` the full id of the commit
    that holds the words before, `release` the release that this one rests on, `message` what its
    author says of it.
    """

    version: Literal[1]
    coalition: Annotated[str, Field(min_length=1, max_length=100)]
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
    release: Annotated[str, Field(max_length=100)] | None
    message: Annotated[str, Field(min_length=1, max_length=20_000)]
    files: Annotated[Many[PatchedFile], Field(min_length=1, max_length=MOST_FILES)]
