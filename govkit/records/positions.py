"""What a member says to exact words. What shows that they said it is a record of its own."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Part, Record
from govkit.records.enumerations import Stance
from govkit.records.references import OWN, As, MemberRef, PositionRef, UnitRef
from govkit.records.scalars import Digest, Instant, Many, Number, Text, YesNo, shaped

Signature = Annotated[str, *shaped(r"[A-Za-z0-9+/=\s-]{1,20000}", "a signature in base64"), OWN]


class Pair(Part):
    """The words before and after of one text, which the position is given to."""

    id: Annotated[UnitRef, As("unit")]
    before: Digest | None
    after: Digest | None


class SeenHead(Part):
    """The newest entry of the log when the words were said: it binds the whole log before it."""

    seq: Number
    digest: Digest


class Publish(Part):
    """What may be printed. The file itself is public in any case."""

    name: YesNo = True
    reason: YesNo = True


NOT_PRINTED = "The reason is not printed, as the member asked."


class Position(Record):
    """What a member says to exact words: consents, reserves, stands aside, objects, abstains."""

    KIND: ClassVar[str] = "position"

    member: Annotated[MemberRef, As("given-by")]
    """In whose name."""
    cast_by: Annotated[MemberRef, As("given-by")]
    """Who said it: the member itself, or one who represents it."""
    capacity: Literal["individual", "organisation", "representative"]
    revision: Number
    position: Stance
    reason: Text | None = None
    """Asked for where somebody objects or reserves."""
    reason_withheld: Digest | None = None
    """The salted digest of a reason that is not to be published."""
    confirms_withdrawal: YesNo = False
    """The member was asked, and says that the earlier objection is withdrawn."""
    corrects: PositionRef | None = None
    """The position that was written down wrongly, in whose place this one is given."""
    units: Many[Pair]
    claimed_at: Instant | None = None
    """When the member says that they said it. It decides nothing."""
    head: SeenHead | None = None
    """The newest entry of the log that the member had seen."""
    publish: Publish = Publish.model_construct()

    @property
    def printed_reason(self) -> str | None:
        """Return the reason as prints have it; a sentence where it is not to be printed."""
        given = self.reason_withheld is not None or self.reason is not None
        hidden = self.reason_withheld is not None or not self.publish.reason
        return NOT_PRINTED if given and hidden else self.reason

    @property
    def committed(self) -> str | None:
        """Return the commitment to a reason that is not to be printed."""
        return self.reason_withheld

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the ids of the texts, each once.

        A text has a pair for each case that was shown: one where another proposal is applied first.
        """
        return tuple(dict.fromkeys(pair.id for pair in self.units))
