"""What an id in a field stands for, said once: in the type of the field.

Rules, schemas, back-links, `impact` and whatever else follows ids read it here, through
`corpus.fields`. A field that looks as if it held an id and says nothing fails a test, so a new one
can't be forgotten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler

from govkit.records.kinds import NORMATIVE_KINDS, TEXT_KINDS
from govkit.records.scalars import (
    PARAMETER_NAME,
    PARTIAL_DATE,
    RECORD_ID,
    AnyId,
    IdOrDate,
    RecordId,
    Slug,
    shaped,
)

ProposalId = Annotated[str, *shaped(r"[0-9]{4}-[0-9]{3,}", "a year and a number, as 2026-003")]


@dataclass(frozen=True, slots=True)
class Names:
    """The id of another record, which has to be there and of one of these `kinds`.

    `place` makes the id of the other record from what is written, where a record is named by its
    place. What fits `unless` as a whole is no id. `once` stands on parties, which a text repeats
    from clause to clause: each is followed where it is first named. `before_name` says that the
    name of something inside the other record follows the id, behind a full stop.
    """

    kinds: tuple[str, ...]
    place: str = ""
    unless: str = ""
    once: bool = False
    before_name: bool = False

    def key(self, written: str, proposal: str) -> str:
        """Return the id that is meant, or an empty text where what is written is no id."""
        if self.before_name:
            return written.rpartition(".")[0]
        if not (self.unless or self.place):
            return written
        if self.unless and re.fullmatch(self.unless, written):
            return ""
        return self.place.format(key=written, proposal=proposal) if self.place else written

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> Any:
        """Say in the schema of the field what it refers to."""
        return handler(core) | {"x-refers-to": list(self.kinds)}


@dataclass(frozen=True, slots=True)
class As:
    """In which capacity a record is named, where that is not the name of the field.

    `beside` is the field of the same part that says so.
    """

    role: str = ""
    beside: str = ""


ROLES: dict[str, str] = {
    "about": "is about it",
    "adapts": "takes it in with changes",
    "addressee": "binds this party",
    "adopts": "takes it in",
    "alongside": "is proposed alongside it",
    "answered-by": "is answered by it",
    "attended": "was attended by it",
    "author": "was written by it",
    "base": "is a translation of it",
    "beneficiary": "protects this party",
    "book": "takes texts of it in",
    "by": "was done by it",
    "call": "answers this call",
    "case": "weighs rights as this case does",
    "conflicts-with": "is in conflict with it",
    "coordinator": "has it as a coordinator",
    "corrects": "corrects it",
    "decided": "was the meeting that took it",
    "declared": "says what its change means",
    "discussed": "was the meeting that discussed it",
    "disposed-by": "was answered by it",
    "editor": "is edited by it",
    "endorser": "is endorsed by it",
    "escalate-to": "brings to it what stays open",
    "founding-member": "names it as one of the first members",
    "given-by": "was given by it",
    "ground": "names it as a ground",
    "grounded-in": "is grounded in it",
    "held-back": "holds it back, or shows it again",
    "input": "takes it as an input",
    "input-from": "comes from this member",
    "instrument": "names it as one of the books",
    "item": "holds it in the order of the book",
    "leaves-out": "leaves it out",
    "let-stand-by": "has a finding that was let stand by it",
    "level": "names it in a level",
    "linked-blank": "has a time that has to fit one of it",
    "mapping": "says that it corresponds to it",
    "member": "begins or ends a key of it",
    "monitored-by": "is monitored by it",
    "objections": "answers it, or says that it is settled",
    "party": "names it as a party",
    "policy": "is decided under it",
    "position": "shows how sure it is",
    "procedural-for": "is the procedure for it",
    "proposer": "is proposed by it",
    "prose": "speaks of it in an explanation",
    "published": "was published in it",
    "raised-in": "was raised in it",
    "recorded-by": "was recorded by it",
    "ref": "refers to it",
    "refers-to": "comes back to it",
    "relayed-by": "was passed on by it",
    "represents": "represents it",
    "responds-to": "responds to it",
    "reviewed-by": "was reviewed by it",
    "right": "has it in the place of what was wrong",
    "see": "points to it",
    "see-also": "points to it",
    "source": "has it as its source",
    "superseded-by": "is replaced by it",
    "supersedes": "replaces it",
    "term": "uses the term",
    "translates": "translates it",
    "unit": "is about it",
    "verified-by": "was looked up by it, or rests on a source that was",
}
"""How one record rests on another, in words that follow its name, by the role of a reference."""


@dataclass(frozen=True, slots=True)
class InCharter:
    """A word that the charter rules, in its list of this name."""

    list: str

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> Any:
        """Say in the schema of the field which list of the charter its words are from."""
        return handler(core) | {"x-in-charter": self.list}


@dataclass(frozen=True, slots=True)
class Free:
    """It looks like an id and is followed nowhere: `why` says the reason.

    On a field that holds a whole part or record, nothing in that is followed.
    """

    why: str


OWN = Free("a name that is given here")
AS_IT_WAS = Free("kept as it was; a digest in the log or the release binds it")

Party = Annotated[Slug, Names(("term",), once=True), InCharter("parties")]
TermRef = Annotated[Slug, Names(("term",))]
SourceRef = Annotated[Slug, Names(("source",))]
SourceOrDate = Annotated[IdOrDate, Names(("source",), unless=PARTIAL_DATE)]
MemberRef = Annotated[Slug, Names(("member",))]
PersonRef = Annotated[AnyId, Names(("member",), unless="coordinators|editors")]
"""Who answers for something: a member, or the coordinators or the editors as such."""
PolicyRef = Annotated[Slug, Names(("policy",))]
IssueRef = Annotated[Slug, Names(("issue",))]
InitiativeRef = Annotated[Slug, Names(("initiative",))]
InstrumentRef = Annotated[RecordId, Names(("instrument",))]
TextRef = Annotated[RecordId, Names(TEXT_KINDS)]
BlankRef = Annotated[
    str,
    *shaped(
        rf"(?:{RECORD_ID})\.{PARAMETER_NAME}", "a blank of a provision, as EXA-DUE-01.notice_days"
    ),
    Names(("provision",), before_name=True),
]
UnitRef = Annotated[AnyId, Names(NORMATIVE_KINDS)]
"""Any text whose words can be consented to; in a proposal also one that only the proposal has."""
TranslatedRef = Annotated[AnyId, Names(NORMATIVE_KINDS), As("translates")]
ProposalRef = Annotated[ProposalId, Names(("proposal",))]
CallRef = Annotated[ProposalId, Names(("call",), place="calls/{key}")]
DecisionRef = Annotated[ProposalId, Names(("decision",), place="{key}/decision")]
"""The decision about a proposal, by the number of the proposal."""
FiledCommentRef = Annotated[
    str,
    *shaped(
        r"[0-9]{4}-[0-9]{3,}/comments/[0-9]{4,}",
        "a comment on a proposal, as 2026-003/comments/0012",
    ),
    Names(("comment",)),
]
ReleaseRef = Annotated[
    str,
    *shaped(
        r"[a-z0-9]+(?:-[a-z0-9]+)*/[0-9]+\.[0-9]+\.[0-9]+(?:-draft\.[0-9]+)?",
        "a release, as provisions/1.0.0",
    ),
    Names(("manifest",)),
]
FiledRef = Annotated[
    str,
    *shaped(
        r"(?:positions/[a-z0-9-]+-[0-9]{2,}|comments/[0-9]{4,})",
        "a position or comment of this proposal, as positions/example-01 or comments/0012",
    ),
    Names(("position", "comment"), place="{proposal}/{key}"),
]
PositionRef = Annotated[
    str,
    *shaped(
        r"positions/[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{2,}",
        "a position of this proposal, as positions/example-01",
    ),
    Names(("position",), place="{proposal}/{key}"),
]
CommentRef = Annotated[
    str,
    *shaped(r"comments/[0-9]{4,}", "a comment of this proposal, as comments/0012"),
    Names(("comment",), place="{proposal}/{key}"),
]
CorrectedRef = Annotated[
    str,
    *shaped(
        r"(?:positions/[a-z0-9]+(?:-[a-z0-9]+)*-[0-9]{2,}|comments/[0-9]{4,}|notices/[0-9]{2,})",
        "a position, comment or notice of this proposal, as positions/example-01",
    ),
    Names(("position", "comment", "notice"), place="{proposal}/{key}"),
]
Right = Annotated[Slug, InCharter("rights")]
Group = Annotated[Slug, InCharter("groups")]
Axis = Annotated[Slug, InCharter("axes")]
