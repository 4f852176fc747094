"""The registers around the texts: terms, sources, issues, responses, events, papers and more."""

from typing import Annotated, ClassVar, Literal

from govkit.records.base import Authority, Part, Record, Tombstone, Verified
from govkit.records.codes import Country, Jurisdiction
from govkit.records.kinds import PaperStatus, Status
from govkit.records.references import (
    As,
    CallRef,
    DecisionRef,
    FiledCommentRef,
    Free,
    IssueRef,
    MemberRef,
    SourceOrDate,
    SourceRef,
    TermRef,
    TextRef,
)
from govkit.records.scalars import (
    Address,
    Day,
    Line,
    LocalMoment,
    Many,
    NormativeText,
    PartialDate,
    Text,
    shaped,
)

Place = Annotated[Jurisdiction, Free("a country, a union of countries, or a name in words")]


class Term(Record):
    """A defined term. Its definition is normative: a change asks for consent."""

    KIND: ClassVar[str] = "term"

    term: Line
    plural: Line | None = None
    aliases: Many[Line] = ()
    status: Status
    definition: NormativeText
    grounds: Many[Authority] = ()
    see: Many[TermRef] = ()
    withdrawn: Tombstone | None = None
    rationale: Text | None = None


class Source(Record):
    """A law, case, standard or study that texts rest on or correspond to."""

    KIND: ClassVar[str] = "source"

    kind: Literal["binding", "soft", "standard", "guidance", "case", "study", "project"]
    version: Line | None = None
    binds: Literal["states", "platforms", "business-relations"] | None = None
    title: Line
    short: Line
    issuer: Line | None = None
    jurisdiction: Place | None = None
    date: PartialDate | None = None
    number: Line | None = None
    case_id: Line | None = None
    """ECLI, application, docket or file number, neutral or reporter citation."""
    locator_form: Line | None = None
    address: Address | None = None
    accessed: Day | None = None
    licence: Line | None = None
    verified: Verified = Verified.model_construct()
    note: Text | None = None


class Issue(Record):
    """A legal issue of online platforms, and what answers it."""

    KIND: ClassVar[str] = "issue"

    title: Line
    summary: Text
    raised_in: Many[SourceRef] = ()
    answered_by: Many[TextRef] = ()
    none: Text | None = None
    """Why there is no answer yet; otherwise at least one response or text answers the issue."""


class Response(Record):
    """What a platform or government did, or could do, about a legal issue."""

    KIND: ClassVar[str] = "response"

    title: Line
    issue: Annotated[IssueRef, As("responds-to")]
    actor: Literal["platform", "government", "other"]
    who: Line
    jurisdiction: Place | None = None
    stage: Literal["existing", "pending", "possible"]
    source: SourceRef | None = None
    locator: Line | None = None
    note: Text | None = None


class Organisation(Part):
    """An organisation in an initiative, exactly as published."""

    as_published: Line
    country: Line | None = None


class Initiative(Record):
    """An existing project on due diligence, on the evaluation of terms, or around them."""

    KIND: ClassVar[str] = "initiative"

    title: Line
    by: Line | None = None
    year: PartialDate | None = None
    kind: Literal["due-diligence", "evaluation", "network", "standard"]
    address: Address | None = None
    organisations: Many[Organisation] = ()
    published: SourceOrDate | None = None
    covers: Many[Line] = ()
    note: Text | None = None


TimeZone = Annotated[
    str,
    *shaped(
        r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_+-]*[0-9]{0,2}){0,2}",
        "the name of a time zone, as Europe/Istanbul",
    ),
]


class Event(Record):
    """A meeting or webinar."""

    KIND: ClassVar[str] = "event"

    title: Line
    starts: LocalMoment
    ends: LocalMoment | None = None
    time_zone: Annotated[TimeZone, Free("a time zone by its name")] | None = None
    """What the clocks at the place go by, in words; the hours themselves say how far from UTC."""
    place: Line | None = None
    country: Country | None = None
    address: Address | None = None
    """Where one takes part by the web, or reads about it."""
    kind: Literal["meeting", "webinar"]
    agenda: Many[Line] = ()
    attended: Many[MemberRef] = ()
    minutes: Address | None = None
    decided: Many[DecisionRef] = ()
    """The decisions that the minutes tell of, by the numbers of their proposals."""
    discussed: Many[FiledCommentRef] = ()
    """The comments that the minutes answer or bring."""
    note: Text | None = None


class PaperAuthor(Part):
    """Who wrote a paper, by the name that is printed; and the member that they are or belong to."""

    name: Line
    member: Annotated[MemberRef, As("author")] | None = None


class Paper(Record):
    """A white paper. It binds nobody, and nobody consents to it."""

    KIND: ClassVar[str] = "paper"

    title: Line
    status: PaperStatus
    version: Line
    date: PartialDate | None = None
    authors: Many[PaperAuthor]
    about: Many[IssueRef] = ()
    """The legal issues that it is about."""
    sources: Many[Annotated[SourceRef, As("source")]] = ()
    call: CallRef | None = None
    """The call for inputs by which comments on it come in."""
    address: Address | None = None
    abstract: Text
    body: Text
    """CommonMark, headings from ## on; without HTML and pictures."""
    note: Text | None = None
