"""The evaluation of a service's terms: its documents, the answers of coders, and what came of them.

No record of these stands in the books or the log: each is a file of an evaluation, in the folder
`assessments/<service>/<day>/`, and is read on its own.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, PlainValidator, WithJsonSchema

from govkit.records.adoption import Words
from govkit.records.base import Part, Record, TimeUnit
from govkit.records.codes import Language
from govkit.records.numbers import Count, OneOrMore
from govkit.records.references import Free
from govkit.records.scalars import (
    ANY_SCALAR,
    Address,
    Day,
    Digest,
    Instant,
    Line,
    Many,
    ParameterName,
    Slug,
    Text,
    YesNo,
    line_of,
    refusal,
    shaped,
    whole_number,
    whole_number_schema,
)
from govkit.records.texts import AppliesTo, Force

AnswerValue = Literal["met", "partly", "silent", "not-found-here", "contradicts", "not-applicable"]
ANSWER_VALUES: tuple[AnswerValue, ...] = get_args(AnswerValue)
"""What the terms can say to a criterion, in the order in which reports have them."""

Unit = Literal[TimeUnit, "count", "percent"]
Coder = Annotated[Slug, Free("one who codes; `evaluation.yaml` names them")]
DocumentId = Annotated[Slug, Free("a document of the set; `quote-not-in-set` looks it up")]
CriterionName = Annotated[
    str,
    *shaped(
        r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*\([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\)",
        "a clause, as EXA-DUE-01(a)",
    ),
    Free("a clause; `criterion-stale` looks it up"),
]

LONGEST_QUOTE = 300
"""Characters of a quote: terms belong to their platform, and a short quote may be shown."""


# --- the documents --------------------------------------------------------------------------------


class SetDocument(Part):
    """One document of a service's terms, as it was fetched on a day."""

    id: DocumentId
    """Its name in quotes; its canonical text stands in `texts/<id>.txt`."""
    type: Line
    """In the words of Open Terms Archive, as Terms of Service or Community Guidelines."""
    role: Literal["main", "incorporated"] = "main"
    """`incorporated`: the main document makes it a part of the terms."""
    state: Literal["present", "empty", "missing"] = "present"
    """`empty`: what was fetched has no words of terms; `missing`: it could not be fetched."""
    source: Address | None = None
    path: Line | None = None
    """The file that it was imported from, below the folder or checkout that was named."""
    upstream_commit: Line | None = None
    """The commit of the archive that it was taken from."""
    fetched_at: Instant | None = None
    sha256_raw: Digest | None = None
    sha256_canonical: Digest | None = None
    canonicaliser: OneOrMore = 1
    """The version of the rules that made the canonical text."""
    language: Language | None = None
    territory: Line | None = None
    """Where it holds, where that is not everywhere."""
    audience: Line = "all"
    words: Count | None = None


class MissingLink(Part):
    """A page that a document of the set refers to and that is not in the set."""

    text: Line
    """The words of the link."""
    from_: Annotated[DocumentId, Field(alias="from")]
    address: Line | None = None
    position: Count | None = None
    """Where the link stands in the canonical text, in characters."""


class DocumentSet(Record):
    """The documents that are evaluated together: all terms of a service on one day."""

    KIND: ClassVar[str] = "document-set"

    service: Line
    """The name of the service."""
    operator: Line | None = None
    day: Day
    """The day of which the terms are."""
    invented: YesNo = False
    """No such service: its terms may be kept beside the set."""
    platform: dict[Slug, Words] = {}
    """What the service is, on each axis of the charter; it decides which criteria apply."""
    documents: Many[SetDocument] = ()
    links_not_in_set: Many[MissingLink] = ()
    follows: Day | None = None
    """The day of the evaluation before, of which answers were carried over."""


# --- the criteria ---------------------------------------------------------------------------------


class Threshold(Part):
    """The bounds of a number that the clause leaves to the platform; a number is compared.

    `met_from` and `partly_from` hold where more protects the user, `met_to` and `partly_to` where
    less does.
    """

    parameter: ParameterName
    unit: Unit
    met_from: Count | None = None
    partly_from: Count | None = None
    met_to: Count | None = None
    partly_to: Count | None = None


class Criterion(Part):
    """One question about terms, made from one clause that binds the platform."""

    of: CriterionName
    digest: Digest
    """The digest of the clause: with another one, the criterion is stale."""
    question: Text
    asks: Literal["promise", "practice", "both"] = "promise"
    """Terms show promises; what is done in practice they do not show."""
    force: Force
    applies_to: AppliesTo | None = None
    thresholds: Many[Threshold] = ()
    polarity_words: Many[Line] = ()
    """Words that, near the subject, ask whether the terms contradict."""
    weight: Count = 1
    guidance: Text | None = None


class Evaluation(Record):
    """One evaluation: which texts it asks about, by whom it is coded, and its criteria."""

    KIND: ClassVar[str] = "evaluation"

    book: Slug
    release: Line | None = None
    commit: Line | None = None
    """The commit of the texts, where they are no release."""
    coders: Annotated[Many[Coder], Field(min_length=1)]
    begun: Instant
    score_profile: Line = "1"
    """The version of the profile by which the score is made."""
    criteria: Many[Criterion] = ()


# --- the answers ----------------------------------------------------------------------------------


def _words_of_quote(value: Any) -> str:
    text = value if type(value) is str else line_of(value)
    if not text.strip():
        raise refusal("empty-text", "a quote is expected here, and it is empty")
    if len(text) > LONGEST_QUOTE:
        message = f"the quote has {len(text)} characters, and may have {LONGEST_QUOTE}"
        help = "Quote the words that decide; where two places do, make two quotes."
        raise refusal("quote-too-long", message, help=help)
    return text


QuotedWords = Annotated[
    str,
    PlainValidator(_words_of_quote),
    WithJsonSchema({"type": ANY_SCALAR, "maxLength": LONGEST_QUOTE, "pattern": r"^(?:[\s\S]*)$"}),
]


def _place(value: Any) -> tuple[int, int]:
    expected = "two numbers, as [120, 187]: where the words begin and where they have ended"
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refusal("wrong-value", "a place in a text is expected here", expected)
    start, end = whole_number(value[0]), whole_number(value[1])
    if not 0 <= start < end:
        raise refusal("wrong-value", f"{start} to {end} is no place in a text", expected)
    return start, end


_INDEX = whole_number_schema(0, "0|[1-9][0-9]{0,14}")
PlaceInText = Annotated[
    tuple[int, int],
    PlainValidator(_place),
    WithJsonSchema({"type": "array", "items": _INDEX, "minItems": 2, "maxItems": 2}),
]
"""A range of characters of a canonical text: where it begins, and the one behind its last."""


class Quote(Part):
    """Words of the terms that an answer rests on (W3C: TextQuoteSelector, TextPositionSelector).

    People give the words; the place and the digests are filled in when the answers are read.
    """

    document: DocumentId
    exact: QuotedWords
    prefix: Line | None = None
    suffix: Line | None = None
    position: PlaceInText | None = None
    sha256_exact: Digest | None = None
    sha256_normalised: Digest | None = None
    """Of the words in small letters, without signs, with single spaces."""
    says: Literal["for", "against"] = "for"
    """Whether the words speak for the protection that is asked for, or against it."""
    where: Line | None = None
    """In which part it stands, as summary: a summary and the body can differ."""


class SearchMade(Part):
    """What was looked for and how often it was found: what stands behind a `silent`."""

    words: Annotated[Many[Line], Field(min_length=1)]
    documents: Many[DocumentId] = ()
    hits: Count = 0


class StatedNumber(Part):
    """A number that the terms state for a blank of the clause."""

    value: Count
    unit: Unit


class CodedAnswer(Part):
    """What one coder found in the terms for one criterion; without a value it is still open."""

    criterion: CriterionName
    value: AnswerValue | None = None
    at: Instant | None = None
    minutes: Count | None = None
    quotes: Many[Quote] = ()
    numbers: dict[ParameterName, StatedNumber] = {}
    rests_on_missing: Many[Line] = ()
    """Documents or links that are not in the set and may hold the answer."""
    search_log: Many[SearchMade] = ()
    reason: Text | None = None


class Coding(Record):
    """The answers of one coder."""

    KIND: ClassVar[str] = "coding"

    coder: Coder
    criteria: Digest
    """The digest of the criteria that were answered."""
    documents: Digest
    """The digest of the document set that was read."""
    nonce: Annotated[str, *shaped(r"[0-9a-f]{64}", "32 random bytes, as 64 of 0-9 a-f")] | None = (
        None
    )
    """The random bytes of the seal; given when the answers are revealed."""
    answers: Many[CodedAnswer] = ()


class CodingSeal(Record):
    """That a coder has finished: a commitment to answers that nobody else has seen yet."""

    KIND: ClassVar[str] = "coding-seal"

    coder: Coder
    seal: Digest
    at: Instant


# --- what comes of them ---------------------------------------------------------------------------


class FinalAnswer(Part):
    """What the coders agreed on for one criterion, with what each had said."""

    criterion: CriterionName
    values: dict[Coder, AnswerValue]
    final: AnswerValue | None = None
    """Empty as long as the coders differ and have not talked."""
    follows: Coder | None = None
    """The coder whose quotes and numbers stand for it."""
    reason: Text | None = None
    """Needed where the coders differed."""
    by: Many[Coder] = ()


class Reconciliation(Record):
    """The answers of an evaluation after the coders talked about those in which they differed."""

    KIND: ClassVar[str] = "reconciliation"

    at: Instant
    answers: Many[FinalAnswer] = ()


class CompanyReply(Part):
    """What the company said to one answer, and what came of it."""

    criterion: CriterionName
    said: Text
    answer_changed: YesNo = False
    changed_to: AnswerValue | None = None
    reason: Text | None = None
    """Why the answer was changed, or stays."""


class CompanyFeedback(Record):
    """The time in which the company can say what is wrong, and all that it said."""

    KIND: ClassVar[str] = "company-feedback"

    opened: Instant
    closes: Instant
    sent_to: Line | None = None
    said: Text | None = None
    """What it said about the evaluation as a whole."""
    replies: Many[CompanyReply] = ()


class ScoreProfile(Record):
    """How answers become a score: points for a value, weights by force, and when there is none."""

    KIND: ClassVar[str] = "score-profile"

    version: Line
    points: dict[AnswerValue, Count]
    """Points of a hundred for a value; a value without points is not counted."""
    weights: dict[Force, Count]
    coverage_floor: Count = 60
    """Of a hundred of the weight: under it no grade is given."""
    grades: dict[Line, Count] = {}
    """The least points of each grade."""
