"""What a platform says of a change of its terms: a file of its own, beside the two versions."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from govkit.records.base import Part, Record
from govkit.records.scalars import Address, Day, Line, Many, Text

PassageKind = Literal["bargain", "house-rule", "protective-rule", "explanation"]
UserSide = Literal["loses", "slightly", "gains", "neither"]


class PassageAnswer(Part):
    """What one changed passage is, and what it does to the user: asked where words can't tell."""

    passage: Line
    """The passage, by the sign that the new sheet gives it; or an adopted clause, EXA-DUE-01(a)."""
    is_: PassageKind | None = Field(default=None, alias="is")
    """A bargain term; a house rule; one that protects other people; a slip or an explanation."""
    user: UserSide | None = None
    """What the user loses or gains by it."""
    means: Text | None = None
    """What it means for the user, in plain words: it stands in the notice."""


class ChangeOfTerms(Record):
    """A change of a platform's terms: its days, its reasons, its places, and what is answered."""

    KIND: ClassVar[str] = "change-of-terms"

    takes_effect: Day | None = None
    """The planned day. Nothing for the first possible one."""
    draft_on: Day | None = None
    """The day on which a draft is laid out for comments. Nothing for today."""
    notice_on: Day | None = None
    """The day on which the notice goes out. Nothing for the first possible one."""
    because: Literal["law", "danger"] | None = None
    """Why it can't wait: a law or binding order demands it, or a serious and present danger."""
    why: Text | None = None
    """Which law, order or danger, and why it could not wait: it stands in the notice."""
    reasons: Text | None = None
    """What the change is to achieve: it stands in the notice."""
    new_terms: Address | None = None
    former_terms: Address | None = None
    redline: Address | None = None
    """Where the comparison of both texts stands."""
    answer_at: Line | None = None
    """Where the user agrees or refuses."""
    leave_at: Line | None = None
    """Where the user leaves, and takes content and data out."""
    comments_at: Line | None = None
    """Where comments on a draft arrive."""
    also: Many[Literal["reaches-back", "function", "transfer"]] = ()
    """What goes with it: a rule for what was there before, the end of a function, a transfer."""
    passages: Many[Annotated[PassageAnswer, Field()]] = ()
