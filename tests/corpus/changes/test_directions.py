"""Which way an edit goes: the table of docs/directions.md, line by line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from govkit.corpus.changes.direction import turned
from govkit.corpus.changes.values import Direction

from .conftest import CHARTER, FILES, FIRST_PATH, compared, only

PAGE = Path(__file__).resolve().parents[3] / "docs" / "directions.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| bound", "| ---"))
]
DRAFTED = "{term: %s, status: draft, definition: somebody}"
AROUND = FILES | {
    "governance/charter.yaml": CHARTER.replace("[platform, user]", "[platform, user, %s]")
    % "child, affected-person",
    **{f"registers/terms/{party}.yaml": DRAFTED % party for party in ("child", "affected-person")},
}
Clause = dict[str, Any]
Sides = tuple[dict[str, Any], dict[str, Any]]


def clause(bound: str, serves: str, force: str) -> Clause:
    sides = {"addressee": bound, "beneficiary": serves}
    named = {name: side.split(", ") for name, side in sides.items() if side not in ("nobody", "")}
    return {
        "id": "a",
        "force": force,
        **named,
        "text": "What this clause says holds within {some_days} days.",
        "applies_to": {"sizes": ["large"]},
    }


def record(*clauses: Clause, **parameter: Any) -> dict[str, Any]:
    days = {"type": "days", "default": 14, "meaning": "a time"} | parameter
    return {
        "id": "EXA-DUE-01",
        "title": "Reasons",
        "status": "draft",
        "rights": ["privacy"],
        "category": "substantive",
        "clauses": [*clauses, {"id": "z", "force": "declares", "text": "It is {some_days}."}][
            : max(1, len(clauses))
        ],
        "parameters": {"some_days": {k: v for k, v in days.items() if v is not None}},
        "rationale": "It is so.",
    }


def _one(old: Clause, new: Clause) -> Callable[[Clause], Sides]:
    return lambda given: (record(given | old), record(given | new))


def _blank(old: dict[str, Any], new: dict[str, Any], **both: Any) -> Callable[[Clause], Sides]:
    return lambda given: (record(given, **old, **both), record(given, **new, **both))


def _lone(given: Clause, *, first: bool) -> Sides:
    other = {"id": "z", "force": "declares", "text": "It is {some_days} days."}
    with_it, without = record(other, given), record(other)
    return (with_it, without) if first else (without, with_it)


ASKED, UNPAID = "if the user asks for it", "where nothing was paid for three whole years"
FORBIDDEN = "where the law forbids it"
BOTH_SIZES = {"applies_to": {"sizes": ["large", "small"]}}
LARGE = {"applies_to": {"sizes": ["large"]}}
SMALL = {"applies_to": {"sizes": ["small"]}}
EDITS: dict[str, Callable[[Clause], Sides]] = {
    "a condition put in": _one({}, {"conditions": [ASKED]}),
    "a condition taken out": _one({"conditions": [ASKED]}, {}),
    "an exception put in": _one({}, {"exceptions": [FORBIDDEN]}),
    "an exception taken out": _one({"exceptions": [FORBIDDEN]}, {}),
    "a condition in other words": _one(
        {"conditions": [ASKED]}, {"conditions": ["if a user has asked for it"]}
    ),
    "another condition in its place": _one({"conditions": [ASKED]}, {"conditions": [UNPAID]}),
    "a condition put in, an exception taken out": _one(
        {"exceptions": [FORBIDDEN]}, {"conditions": [ASKED]}
    ),
    "it covers small platforms too": _one(LARGE, BOTH_SIZES),
    "it covers small platforms no more": _one(BOTH_SIZES, LARGE),
    "it covers small platforms instead of large ones": _one(LARGE, SMALL),
    "it covers small platforms too, and adults alone": _one(
        LARGE, {"applies_to": {"sizes": ["large", "small"], "users": ["adult"]}}
    ),
    **{
        f"it becomes {force}": _one({}, {"force": force})
        for force in ("must", "must-not", "should", "should-not", "may")
    },
    "it becomes should, and an exception is taken out": _one(
        {"exceptions": [FORBIDDEN]}, {"force": "should"}
    ),
    "it becomes should, and a condition is put in": _one(
        {}, {"force": "should", "conditions": [ASKED]}
    ),
    "the clause is new": lambda given: _lone(given, first=False),
    "the clause is gone": lambda given: _lone(given, first=True),
    "the user is bound instead": _one({}, {"addressee": ["user"]}),
    "the user is bound too": _one({}, {"addressee": ["platform", "user"]}),
    "the platform is bound instead": _one({}, {"addressee": ["platform"]}),
    "it serves children too": _one({}, {"beneficiary": ["user", "child"]}),
    "it serves children no more": _one({}, {"beneficiary": ["user"]}),
    "it serves children instead": _one({}, {"beneficiary": ["child"]}),
    "14 days become 30, and nothing says what protects": _blank({}, {"default": 30}),
    "14 days become 30, what protects is set with it": _blank(
        {}, {"default": 30, "favours": "longer"}
    ),
    "at most 20 days become any number, shorter protects": _blank(
        {"maximum": 20}, {}, favours="shorter"
    ),
    **{
        f"{said}, {way} protects": _blank(old, new, favours=way)
        for way in ("shorter", "longer")
        for said, old, new in (
            ("14 days become 30", {}, {"default": 30}),
            ("14 days become 7", {}, {"default": 7}),
            ("at most 20 days become at most 60", {"maximum": 20}, {"maximum": 60}),
            ("at least 2 days become at least 5", {"minimum": 2}, {"minimum": 5}),
        )
    },
}


def way_between(old: dict[str, Any], new: dict[str, Any]) -> Direction:
    sides = (AROUND | {FIRST_PATH: yaml.safe_dump(side, sort_keys=False)} for side in (old, new))
    return only(compared(*sides)).direction


def judged(duty: str, protection: str) -> Direction:
    return Direction(*(None if way == "-" else way for way in (duty, protection)))  # type: ignore[arg-type]


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_an_edit_goes_the_way_that_was_judged(row: tuple[str, ...]) -> None:
    bound, serves, force, what, duty, protection = row
    assert way_between(*EDITS[what](clause(bound, serves, force))) == judged(duty, protection)


TURNS_ITS_OWN_DIRECTION = "14 days become 30, what protects is set with it"


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_the_edit_back_goes_the_other_way(row: tuple[str, ...]) -> None:
    bound, serves, force, what, duty, protection = row
    if what == TURNS_ITS_OWN_DIRECTION:
        return  # on the way back the older state does say what protects
    old, new = EDITS[what](clause(bound, serves, force))
    assert way_between(new, old) == turned(judged(duty, protection))


def test_the_table_is_long_enough_and_uses_every_edit() -> None:
    assert len(ROWS) >= 60
    assert {row[3] for row in ROWS} == set(EDITS)


def of_text(*clauses: Clause) -> Direction:
    """Return the direction where a text of these clauses covers small platforms, too."""
    old, new = (record(*(each | {"applies_to": None} for each in clauses)) for _ in range(2))
    for side in (old, new):
        for at, each in enumerate(side["clauses"]):
            each["id"] = "abc"[at]
            del each["applies_to"]
    return way_between(old | LARGE, new | BOTH_SIZES)


def test_a_text_that_covers_more_platforms_goes_the_ways_of_its_clauses() -> None:
    owed, allowed = clause("platform", "user", "must"), clause("platform", "platform", "may")
    asked, said = clause("user", "platform", "must"), clause("nobody", "nobody", "declares")
    assert of_text(owed) == of_text(owed, said) == Direction("tighter", "stronger")
    assert of_text(allowed) == Direction("looser", "weaker")
    assert of_text(owed, allowed) == Direction("tighter and looser", "stronger and weaker")
    assert of_text(owed, asked) == Direction("tighter", "stronger and weaker")
    assert of_text(said) == Direction("unclear", "unclear")


def test_a_word_of_force_that_the_clause_does_not_have_goes_no_clear_way() -> None:
    given = clause("platform", "user", "must")
    own, other = "The platform must tell a user who may ask.", "who should ask"
    said = given | {"text": own + " {some_days}"}
    weaker = given | {"text": own.replace("must", "should") + " {some_days}"}
    elsewhere = given | {"text": own.replace("who may ask", other) + " {some_days}"}
    assert way_between(record(said), record(weaker)) == Direction("looser", "weaker")
    assert way_between(record(said), record(elsewhere)) == Direction("unclear", "unclear")
