"""The ground of a decision: what the sum rested on beside what was filed about the proposal.

Members come and go, and the charter changes. So that a decision can be done again in ten years from
the files alone, it keeps these as they were. The decision names its digest among its inputs.
"""

from typing import ClassVar

from govkit.records.base import Part, Record
from govkit.records.governance import Charter, Member
from govkit.records.references import AS_IT_WAS
from govkit.records.scalars import AnyId, Day, Digest, Many, Slug


class MeetingHeld(Part):
    """A meeting, and which members were there; null where nobody had vouched for that."""

    day: Day
    attended: Many[Slug] | None = ()


class DecisionBasis(Record):
    """The charter, the members, the adopted words and the meetings, as they were."""

    KIND: ClassVar[str] = "ground"
    KEPT: ClassVar[str] = AS_IT_WAS.why

    charter: Charter
    """Without its mail addresses: they decide nothing."""
    members: dict[Slug, Member]
    bases: dict[AnyId, Digest | None] = {}
    """The adopted words of each text of the proposal; null for one that was never adopted."""
    meetings: Many[MeetingHeld] = ()
