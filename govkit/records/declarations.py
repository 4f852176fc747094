"""What the author of a change says about it: its class, and span by span whether a duty changes."""

from typing import Annotated, ClassVar

from pydantic import Field

from govkit.records.base import Part, Record
from govkit.records.numbers import ChangeClass
from govkit.records.references import As, UnitRef
from govkit.records.scalars import Digest, Line, Many, Text, shaped

YesOrNo = Annotated[str, *shaped(r"yes|no", "yes or no")]


class Answer(Part):
    """One place that changed, and whether a duty changes with it."""

    span: Line
    changes_a_duty: YesOrNo
    why: Text


class Declaration(Record):
    """The author's class for one change. It holds for this pair of texts only."""

    KIND: ClassVar[str] = "declaration"

    of: Annotated[UnitRef, As("declared")]
    before: Digest | None
    after: Digest | None
    class_: Annotated[ChangeClass, Field(alias="class")]
    reason: Text
    answers: Many[Answer] = ()
