"""The four worked examples of policies, each with six decided cases.

A row is what was said, in the order of the log.
"""

from __future__ import annotations

import datetime

import pytest

from govkit.consent.decision import UnitDecision, given_counts, missing_counts, required_counts
from govkit.records.policies import Policy
from govkit.round.filed_records import Meeting
from govkit.source.loader import load
from govkit.source.scaffolds import example_policies
from govkit.source.validation import validate
from tests.consent.building import Table, member


def example(name: str) -> Policy:
    record, faults = validate("policy", load(example_policies()[name]), f"{name}.yaml")
    assert isinstance(record, Policy), faults
    return record


STANCES = {
    "+": "consent",
    "+r": "consent-with-reservation",
    "/": "stand-aside",
    "-": "object",
    "0": "abstain",
}


def decided(policy: str, said: str, act: str = "", **more: object) -> UnitDecision:
    """Decide: `said` is as "ada+ ben-", and a `!` behind an objection says that it was answered."""
    table = Table(example(policy), **more)  # type: ignore[arg-type]
    table.members["gus"] = member("business")
    for word in said.split():
        who, stance, answered = word[:3], word[3:].rstrip("!"), word.endswith("!")
        name = table.say(who, STANCES[stance], level="E2", reason="Words.")
        if answered:
            table.comment(who, about=name, answered=2)
    if act:
        table.act(act, "ada", "cem", on=3)
    table.last_call()
    return table.unit()


def test_there_are_four_examples_and_each_is_a_policy() -> None:
    assert sorted(example_policies()) == [
        "lazy-consensus",
        "majorities-by-class",
        "quorum-per-group",
        "rough-consensus",
    ]
    for name in example_policies():
        assert example(name).title


@pytest.mark.parametrize(
    ("case", "said", "outcome"),
    [
        ("three of two groups", "ada+ ben+ cem+", "adopted"),
        ("three of one group", "ada+ ben+", "not-adopted"),
        ("two of two groups", "ada+ cem+", "not-adopted"),
        ("one with a reservation", "ada+ ben+r cem+", "adopted-with-reservations"),
        ("one objects and nobody answers", "ada+ ben+ cem+ dia-", "blocked"),
        ("who stands aside stops nothing and adds nothing", "ada+ ben+ cem+ eva/", "adopted"),
    ],
)
def test_rough_consensus(case: str, said: str, outcome: str) -> None:
    assert decided("rough-consensus", said).outcome == outcome, case


@pytest.mark.parametrize(
    ("case", "said", "act", "outcome"),
    [
        ("every group has its quorum", "ada+ ben+ cem+ eva+", "", "adopted"),
        ("one is short of it", "ada+ cem+ eva+", "", "not-adopted"),
        ("a hundred of others do not help", "ada+ ben+ cem+ dia+", "", "not-adopted"),
        ("a group said nothing but stood aside", "ada+ ben+ cem+ eva/ fay/", "", "not-adopted"),
        (
            "a waiver is for a group that is too small, not for one that is silent",
            "ada+ ben+ cem+",
            "waiver",
            "not-adopted",
        ),
        (
            "answered, not satisfied, and this policy blocks",
            "ada+ ben+ cem+ eva+ dia-!",
            "escalation",
            "blocked",
        ),
    ],
)
def test_a_quorum_in_each_group(case: str, said: str, act: str, outcome: str) -> None:
    assert decided("quorum-per-group", said, act).outcome == outcome, case


ENDORSED = {"endorsers": ["ada", "cem"]}


@pytest.mark.parametrize(
    ("case", "said", "more", "outcome"),
    [
        ("both classes in favour", "cem+ dia+ eva+ fay+", ENDORSED, "adopted"),
        ("exactly half is not more than half", "cem+ dia+ eva+ fay-!", ENDORSED, "not-adopted"),
        (
            "two of three are more than half, and the dissent is printed",
            "cem+ dia+ eva+ fay-! gus+",
            ENDORSED,
            "adopted-with-dissent",
        ),
        ("one of two is less than two thirds", "cem+ dia-! eva+ fay+", ENDORSED, "not-adopted"),
        ("who abstains takes part and casts no vote", "cem+ eva+ fay0 gus0", ENDORSED, "adopted"),
        ("nobody stands behind the proposal", "cem+ dia+ eva+ fay+", {}, "not-adopted"),
    ],
)
def test_majorities_by_class(case: str, said: str, more: dict[str, object], outcome: str) -> None:
    assert decided("majorities-by-class", said, **more).outcome == outcome, case


def test_majorities_by_class_show_the_exact_shares() -> None:
    unit = decided("majorities-by-class", "cem+ dia-! eva+ fay-! gus+", **ENDORSED)
    assert required_counts(unit) == {
        "majority": {"academia": "at least 2/3", "business": "more than 1/2"},
        "yes": {"academia": 1, "business": 1},
        "quorum": "more than 7/2",
        "endorsers": 2,
    }
    assert given_counts(unit)["majority"] == {"academia": "1 of 2", "business": "2 of 3"}
    assert missing_counts(unit) == {"majority": {"academia": "1 more"}}
    assert unit.why == ("the share of yes from academia is 1/2, and 2/3 is needed",)


def test_the_quorum_counts_those_who_came_to_the_last_three_meetings() -> None:
    table = Table(example("majorities-by-class"), **ENDORSED)
    came = (("ada", "ben", "cem", "dia", "eva", "fay"), ("ada", "cem"), ("cem",), ("cem", "eva"))
    table.meetings = tuple(
        Meeting(datetime.date(2026, 1, number), frozenset(people))
        for number, people in enumerate(came, 1)
    )
    for who in ("cem", "eva"):
        table.say(who, "consent", level="E2")
    # The last three: two, one and two, so 5/3 are active, and half of that is 5/6.
    assert required_counts(table.unit())["quorum"] == "more than 5/6"
    assert table.unit().outcome == "adopted"
    table.meetings = table.meetings[:1]
    assert required_counts(table.unit())["quorum"] == "more than 3"
    unit = table.unit()
    assert (unit.outcome, unit.why) == ("inquorate", ("too few took part",))
    assert missing_counts(unit) == {"quorum": "2 more"}


def test_an_endorser_of_the_proposers_own_organisation_is_none() -> None:
    for other, outcome in (("ada", "adopted"), ("gus", "not-adopted")):
        table = Table(example("majorities-by-class"), endorsers=["cem", other])
        table.members["eva"] = member("business", kind="organisation")
        table.members["gus"] = member("business", kind="representative", represents="eva")
        for who in ("cem", "dia", "eva", "fay"):
            table.say(who, "consent", level="E2")
        assert table.unit().outcome == outcome


@pytest.mark.parametrize(
    ("case", "said", "outcome", "why"),
    [
        ("nobody says anything", "", "adopted", "0 of 7 heard, nobody objected"),
        ("some say yes", "ada+ eva+", "adopted", "2 of 7 heard, nobody objected"),
        ("one objects", "ada+ dia-", "blocked", "the objection of dia has no answer yet"),
        (
            "answered, not satisfied",
            "dia-!",
            "blocked",
            "the objection of dia was answered, and dia is not satisfied",
        ),
        ("one has a reservation", "dia+r", "adopted-with-reservations", "dia has a reservation"),
        ("one stands aside", "dia/", "adopted", "1 of 7 heard, nobody objected"),
    ],
)
def test_lazy_consensus(case: str, said: str, outcome: str, why: str) -> None:
    unit = decided("lazy-consensus", said)
    assert (unit.outcome, unit.why) == (outcome, (why,)), case
