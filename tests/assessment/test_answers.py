"""What is wrong with the answers of a coder, and how numbers are compared."""

from typing import Any

import pytest

from govkit.assessment.answer_rules import RULES, CodedTexts, answer_findings
from govkit.assessment.criteria import criteria_digest, set_digest
from govkit.assessment.filled_quotes import with_places
from govkit.assessment.score_profiles import score_profile
from govkit.assessment.scoring import score_of
from govkit.assessment.thresholds import standing_of, threshold_of
from govkit.records.assessments import CodedAnswer, Coding, DocumentSet, Evaluation, StatedNumber
from govkit.records.base import NumberParameter
from govkit.source.validation import validate

TEXT = "We send you a notice within 30 hours.\n\nWe may close an account without notice.\n"
OF = "EXA-DUE-01(a)"


def record(kind: str, data: dict[str, Any]) -> Any:
    made, findings = validate(kind, data, "a.yaml")
    assert made is not None, findings
    return made


SET: DocumentSet = record(
    "document-set",
    {
        "service": "Kiosk",
        "day": "2026-01-10",
        "documents": [
            {"id": "terms", "type": "Terms of Service"},
            {"id": "rules", "type": "Community Guidelines", "state": "missing"},
        ],
        "links_not_in_set": [{"text": "appeals page", "from": "terms"}],
    },
)
EVALUATION: Evaluation = record(
    "evaluation",
    {
        "book": "provisions",
        "coders": ["a-coder"],
        "begun": "2026-01-10T09:00:00Z",
        "criteria": [
            {
                "of": OF,
                "digest": f"sha256:{'0' * 64}",
                "question": "Do the terms promise this?",
                "force": "must",
                "thresholds": [
                    {"parameter": "hours", "unit": "hours", "met_to": "24", "partly_to": "48"}
                ],
                "polarity_words": ["without notice"],
                "weight": "3",
            }
        ],
    },
)


def found(answers: list[dict[str, Any]], texts: dict[str, str] | None = None) -> list[str]:
    data = {
        "coder": "a-coder",
        "criteria": criteria_digest(EVALUATION.criteria),
        "documents": set_digest(SET),
        "answers": answers,
    }
    against = CodedTexts(EVALUATION, SET, {"terms": TEXT} if texts is None else texts)
    return [each.rule for each in answer_findings(record("coding", data), against, "a.yaml")]


def quote(exact: str, says: str = "for", document: str = "terms") -> dict[str, Any]:
    return {"document": document, "exact": exact, "says": says}


NOTICE = quote("We send you a notice within 30 hours.")
NUMBER = {"hours": {"value": "30", "unit": "hours"}}
PARTLY = {"value": "partly", "quotes": [NOTICE], "numbers": NUMBER, "reason": "Late."}
SEARCH = [{"words": ["notice"], "documents": ["terms"], "hits": "0"}]


@pytest.mark.parametrize(
    ("answer", "rules"),
    [
        (PARTLY, []),
        ({}, ["answer-open"]),
        (PARTLY | {"value": "met"}, ["number-against-value"]),
        (PARTLY | {"value": "met", "numbers": {}}, ["number-missing"]),
        (PARTLY | {"numbers": {"days": {"value": "1", "unit": "days"}}}, ["number-unknown"]),
        (PARTLY | {"numbers": {"hours": {"value": "3", "unit": "days"}}}, ["number-against-value"]),
        (PARTLY | {"quotes": []}, ["answer-without-quote"]),
        (PARTLY | {"reason": None}, ["answer-without-reason"]),
        (PARTLY | {"quotes": [quote("Kiosks open at dawn.")]}, ["quote-not-in-text"]),
        (
            PARTLY | {"quotes": [quote("We send you a notice within 72 hours.")]},
            ["quote-only-alike"],
        ),
        (PARTLY | {"quotes": [NOTICE, quote("x", document="other")]}, ["document-unknown"]),
        (
            PARTLY | {"quotes": [quote("We may close an account without notice.")]},
            ["hint-in-quote"],
        ),
        ({"value": "silent"}, ["answer-without-search"]),
        ({"value": "silent", "search_log": SEARCH}, []),
        ({"value": "silent", "search_log": [SEARCH[0] | {"hits": "2"}]}, ["silent-with-hits"]),
        (
            {"value": "silent", "search_log": SEARCH, "rests_on_missing": ["rules"]},
            ["silent-on-missing"],
        ),
        (
            {
                "value": "not-found-here",
                "search_log": SEARCH,
                "rests_on_missing": ["rules", "appeals page"],
            },
            [],
        ),
        (
            {"value": "not-found-here", "search_log": SEARCH, "rests_on_missing": ["terms"]},
            ["missing-unknown"],
        ),
        ({"value": "contradicts", "quotes": [NOTICE], "reason": "No."}, ["answer-without-quote"]),
        ({"value": "not-applicable"}, ["answer-without-reason"]),
    ],
    ids=str,
)
def test_a_rule_says_what_is_wrong_with_an_answer(answer: dict[str, Any], rules: list[str]) -> None:
    assert found([{"criterion": OF} | answer]) == rules
    assert set(rules) <= RULES.keys()


def test_answers_to_something_else_are_named() -> None:
    other = {"criterion": "EXA-DUE-09(z)"} | PARTLY
    assert found([other, {"criterion": OF} | PARTLY]) == ["criterion-unknown"]
    assert found([{"criterion": OF} | PARTLY] * 2) == ["answer-twice"]
    assert found([]) == ["answer-open"]


def test_an_empty_set_is_named_and_has_no_score() -> None:
    assert found([{"criterion": OF} | PARTLY], {"terms": " \n"})[0] == "set-empty"
    final: Any = {OF: "met"}
    score = score_of(EVALUATION.criteria, final, score_profile("1"), {}, is_empty=True)
    assert (score.points, score.grade) == (None, None)
    assert score.why_no_grade == "no document of the set has words of terms"


@pytest.mark.parametrize(
    ("values", "points", "grade", "coverage"),
    [
        (["met", "met", "silent"], 66.7, "B", 100.0),
        (["met", "not-found-here", "not-applicable"], 100.0, None, 50.0),
        (["partly", "contradicts", "not-applicable"], 25.0, "D", 100.0),
        ([None, None, None], None, None, 0.0),
    ],
)
def test_not_found_is_no_no_and_lowers_the_coverage(
    values: list[Any], points: float | None, grade: str | None, coverage: float
) -> None:
    first = EVALUATION.criteria[0]
    criteria = tuple(first.model_copy(update={"of": f"EXA-DUE-01({n})"}) for n in "abc")
    final = dict(zip((each.of for each in criteria), values, strict=True))
    score = score_of(criteria, final, score_profile("1"), {})
    assert (score.points, score.grade, score.coverage) == (points, grade, coverage)
    assert (score.grade is None) == bool(score.why_no_grade)


@pytest.mark.parametrize(
    ("favours", "low", "high", "stated", "standing"),
    [
        ("longer", 6, None, "6 months", "met"),
        ("longer", 6, None, "1 years", "met"),
        ("longer", 6, None, "3 months", "partly"),
        ("longer", 6, None, "2 months", "outside"),
        ("longer", 6, None, "50 percent", "not-comparable"),
        ("shorter", 1, 30, "900 days", "met"),
        ("shorter", 1, 30, "901 days", "partly"),
        ("shorter", 1, 30, "61 months", "outside"),
        ("unclear", 2, 4, "5 months", "outside"),
        ("unclear", 2, 4, "3 months", "met"),
    ],
)
def test_a_number_is_compared(
    favours: Any, low: int, high: int | None, stated: str, standing: str
) -> None:
    parameter = NumberParameter.model_construct(
        type="months", default=5, minimum=low, maximum=high, favours=favours, meaning="x"
    )
    threshold = threshold_of("x", parameter)
    assert threshold is not None
    value, unit_ = stated.split()
    number = StatedNumber.model_construct(value=int(value), unit=unit_)
    assert standing_of(threshold, number) == standing


def test_a_quote_gets_its_place_and_the_words_of_the_text() -> None:
    answer = CodedAnswer.model_validate(
        {"criterion": OF, "quotes": (quote("we may  close an account"),)}
    )
    coding = Coding.model_construct(coder="a", criteria="", documents="", answers=(answer,))
    whole = with_places(coding, {"terms": TEXT}).answers[0].quotes[0]
    assert whole.exact == "We may close an account"
    assert TEXT[slice(*(whole.position or ()))] == whole.exact
    assert whole.suffix == "without notice."
