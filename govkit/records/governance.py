"""Who decides, and in which words: the charter, the members, and the translations."""

import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, WithJsonSchema

from govkit.records.base import Part, Record
from govkit.records.codes import Country, Language
from govkit.records.kinds import MemberState, Status
from govkit.records.numbers import OneOrMore
from govkit.records.references import (
    OWN,
    As,
    Free,
    Group,
    InstrumentRef,
    MemberRef,
    PolicyRef,
    ReleaseRef,
    TermRef,
    TranslatedRef,
)
from govkit.records.scalars import (
    Address,
    AnyId,
    ClauseId,
    Day,
    Digest,
    Line,
    Many,
    Moment,
    NormativeText,
    Number,
    Period,
    QuietDays,
    Slug,
    Text,
    YesNo,
    shaped,
    whole_number,
)

SchemaVersion = Annotated[
    Literal["1"],
    BeforeValidator(lambda value: str(whole_number(value))),
    WithJsonSchema({"enum": [1, "1"]}),
]
"""The number of the record format."""
AreaCode = Annotated[str, *shaped(r"[A-Z][A-Z0-9]{1,7}", "an area: two to eight capitals, as DUE")]
IdPrefix = Annotated[str, *shaped(r"[A-Za-z][A-Za-z0-9]{0,11}", "a prefix of an id, as EXA"), OWN]
Folder = Annotated[
    str, *shaped(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", "a folder below the root, as provisions/principles")
]
IdForm = Annotated[
    str,
    *shaped(
        r"(?:[A-Za-z0-9.-]|\{prefix\}|\{area\}|\{nn\}|\{own\})+",
        "an id form of {prefix}, {area}, {nn} or {own}, as {prefix}-{area}-{nn}",
    ),
]
Host = Annotated[str, *shaped(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", "the name of a host, as example.org")]
MailAddress = Annotated[
    str, *shaped(r"[^\s@<>]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", "a mail address, as list@example.org")
]


class Languages(Part):
    """The one language that decides, and the others there are translations in."""

    authoritative: Language
    others: Many[Language] = ()


class Area(Part):
    """An area of provisions, with its folder below `provisions/`."""

    folder: Annotated[Slug, OWN]
    title: Line


class PolicyFor(Part):
    """Which classes of change a policy decides."""

    classes: Many[Number]


class Coordinators(Part):
    """Who coordinates, and how many of them it takes."""

    ids: Many[Annotated[MemberRef, As("coordinator")]] = ()
    threshold: OneOrMore


class EscalationBody(Part):
    """Who decides about an objection that was passed on, and how many of its members it takes."""

    body: Annotated[MemberRef, As("escalate-to")]
    threshold: OneOrMore


class Intake(Part):
    """The coalition's own mail hosts and the addresses where it takes comments."""

    hosts: Many[Host] = ()
    addresses: Many[MailAddress] = ()


class Calendar(Part):
    """Days of the year that do not count, and how often the mailing list is told what is new."""

    quiet: Many[QuietDays] = ()
    bulletin: Period | None = None


class IdPrefixes(Part):
    """The first group of the ids of each kind."""

    provision: IdPrefix
    recommendation: IdPrefix
    principle: IdPrefix


class IdForms(Part):
    """Other forms of ids, for a body that keeps its own."""

    provision: Annotated[IdForm, OWN] = "{prefix}-{area}-{nn}"
    recommendation: Annotated[IdForm, OWN] = "{prefix}-{nn}"
    principle: Annotated[IdForm, OWN] = "{prefix}-{nn}"


class Charter(Record):
    """What holds for the whole coalition. Everything that is its own stands here, not in code."""

    KIND: ClassVar[str] = "charter"

    schema_version: SchemaVersion
    id: Annotated[Slug, OWN]
    name: Line
    status: Status = "draft"
    purpose: Text | None = None
    languages: Languages
    id_prefixes: IdPrefixes
    id_form: IdForms = IdForms.model_construct()
    areas: dict[AreaCode, Area] = {}
    rights: dict[Annotated[Slug, OWN], Line] = {}
    axes: dict[Annotated[Slug, OWN], Many[Annotated[Slug, OWN]]] = {}
    parties: Many[Annotated[TermRef, As("party")]] = ()
    requires: Many[
        Literal["addressee", "beneficiary", "rights", "category", "summary", "burden"]
    ] = ()
    instruments: Annotated[dict[InstrumentRef, Annotated[Folder, OWN]], As("instrument")] = {}
    force_words: Literal["plain", "capitals", "statute"] = "plain"
    one_force: YesNo = True
    groups: dict[Annotated[Slug, OWN], Line] = {}
    state_names: dict[Status, Line] = {}
    policies: Annotated[dict[PolicyRef, PolicyFor], As("policy")] = {}
    bump: Literal["by-class", "by-conformity", "calendar"] = "by-class"
    formats: Many[Literal["md", "html", "pdf", "docx", "json"]] = ()
    free_to_change: Many[Line] = ()
    apply_within: Period = "P14D"
    home: Address | None = None
    """The coalition's own site."""
    repository: Address | None = None
    """Where these texts and their history lie."""
    licence: Line | None = None
    """Under which terms the texts may be used, by name."""
    coordinators: Coordinators
    intake: Intake = Intake.model_construct()
    list_archive: Address | None = None
    escalate_to: EscalationBody | None = None
    calendar: Calendar = Calendar.model_construct()


class Mandate(Part):
    """The time that a member speaks for a stakeholder group."""

    group: Group
    since: Day
    until: Day | None = None

    def runs_on(self, day: datetime.date) -> bool:
        """Say whether it runs on a day; the last one belongs to it."""
        return self.since <= day and (self.until is None or day <= self.until)


class Account(Part):
    """An account on a host of code or mail that is the member's."""

    host: Host
    name: Line
    since: Day
    until: Day | None = None

    def runs_on(self, day: datetime.date) -> bool:
        """Say whether it is the member's on a day; the last one belongs to it."""
        return self.since <= day and (self.until is None or day <= self.until)


Channel = Literal["address", "account", "in-person"]
"""How a key came: from the address or the account on record, or handed over."""


class Key(Part):
    """A public key that a member signs with."""

    id: Annotated[Slug, OWN]
    public: Line
    since: Day
    until: Day | None = None
    compromised_since: Moment | None = None


class Member(Record):
    """A member, in public facts only. Private data lives outside the repository."""

    KIND: ClassVar[str] = "member"

    name: Line
    kind: Literal["individual", "organisation", "representative"]
    represents: MemberRef | None = None
    lead: YesNo = False
    person: Annotated[AnyId, Free("whoever has the same word is one person")] | None = None
    country: Country | None = None
    state: MemberState
    """Listed: named by a founding document, not enrolled; counted nowhere."""
    terms: Many[Mandate] = ()
    accounts: Many[Account] = ()
    keys: Many[Key] = ()
    note: Text | None = None


class TranslatedClause(Part):
    """A clause in another language, bound to the words that it translates."""

    text: NormativeText
    conditions: Many[NormativeText] = ()
    exceptions: Many[NormativeText] = ()
    source_digest: Digest


class Translation(Record):
    """A text, book or term in another language. It never changes what was consented to.

    The `clauses` of a book are those of its preamble and interpretation, and `parts` the titles of
    its parts, by their ids.
    """

    KIND: ClassVar[str] = "translation"

    of: TranslatedRef
    base: ReleaseRef | None = None
    source_digest: Digest
    title: Line
    definition: NormativeText | None = None
    clauses: dict[
        Annotated[ClauseId, Free("a clause of the original; `translation-clauses` looks it up")],
        TranslatedClause,
    ] = {}
    parts: dict[
        Annotated[Slug, Free("a part of the original; `translation-clauses` looks it up")], Line
    ] = {}
    translated_by: Line | None = None
    """Who translated, as they wish to be named; null where nobody answers for it."""
    reviewed_by: MemberRef | None = None
