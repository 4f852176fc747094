"""The prose on deciding is printed from the policies, so the two can't differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govkit.consent.policy_text import period_in_words, policy_in_words
from govkit.records.policies import Policy
from govkit.workspace import open_workspace
from tests.consent.building import GROUPS, policy
from tests.consent.test_example_policies import example

ROOT = Path(__file__).parents[2]


def test_rough_consensus_in_words() -> None:
    assert policy_in_words(example("rough-consensus")) == (
        "The words are announced to everybody, and comments are open for at least 30 days. A new "
        "revision opens a new time for comments. Every comment receives an answer. A last call of "
        "at least 14 days follows. It is never closed early. What came in time is still taken in "
        "during the seven days after the close. A proposal that nobody takes further for 90 days "
        "has lapsed.\n\n"
        "Those who were members when the revision was opened take part. The text is adopted if at "
        "least three members consent, from at least two stakeholder groups, and if no objection "
        "blocks it.\n\n"
        "An objection blocks until it is withdrawn or answered to its author's satisfaction. If it "
        "is answered and its author is not satisfied, two coordinators may, with reasons, pass it "
        "to the body that the charter names. That body upholds or dismisses it; until then it "
        "blocks. A dismissed objection is printed with the text as dissent. An "
        "objection without a reason is asked for one, and stops blocking after seven days; it "
        "stays published.\n\n"
        'Silence is not consent. A stakeholder group that said nothing is printed as "not heard". '
        "One organisation has one voice, whoever speaks for it. A consent is counted once two "
        "coordinators have seen what it is recorded from. An objection is counted once two "
        "coordinators have seen what it is recorded from. A consent holds over an editorial edit, "
        "unless a member says within seven days that the edit changes the meaning. Where a group "
        "has too few members, two coordinators may waive this, with reasons.\n"
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "quorum-per-group",
            "The text is adopted if at least one member of Academia consents; if "
            "at least one member of Business consents; if at least two members of Civil society "
            "consent, and if no objection blocks it.",
        ),
        (
            "majorities-by-class",
            "at least two thirds of the votes cast of Academia are in favour; "
            "if at least one member of Academia votes in favour; if more than half of the votes "
            "cast of Business are in favour",
        ),
        (
            "majorities-by-class",
            "more than half of the active members take part, as many being "
            "active as came on average to the last three meetings; if two members from other "
            "organisations stand behind the proposal beside its author",
        ),
        ("lazy-consensus", "The text is adopted if no objection blocks it."),
        (
            "lazy-consensus",
            "Silence is printed as what it is: how many were heard, and that nobody objected.",
        ),
    ],
)
def test_what_each_example_asks_for_is_said(name: str, said: str) -> None:
    assert said in policy_in_words(example(name), GROUPS)


def test_lazy_consensus_never_says_that_silence_agrees() -> None:
    assert "agree" not in policy_in_words(example("lazy-consensus"))


CHANGES = [
    {"periods": {"comment": "P31D", "last_call": "P14D", "intake": "P7D", "lapse": "P90D"}},
    {"periods": {"comment": "P30D", "last_call": "P15D", "intake": "P7D", "lapse": "P90D"}},
    {"periods": {"comment": "P30D", "last_call": "P14D", "intake": "P8D", "lapse": "P90D"}},
    {"periods": {"comment": "P30D", "last_call": "P14D", "intake": "P7D", "lapse": "P1Y"}},
    {"restart": {"comment": "never"}},
    {"consents": {"total": 4, "groups": {"at_least": 2}}},
    {"consents": {"total": 3, "groups": {"at_least": 3}}},
    {"consents": {"total": 3, "groups": {"academia": 1}}},
    {"majority": {"academia": {"at_least": "2/3"}}},
    {"majority": {"academia": {"more_than": "2/3"}}},
    {"majority": {"academia": {"at_least": "2/3", "min_yes": 1}}},
    {"quorum": {"of": "roll", "at_least": "1/2"}},
    {"quorum": {"of": "active", "at_least": "1/2", "active": {"meetings": 2}}},
    {"endorsers": {"count": 1, "other_than": "proposer"}},
    {"endorsers": {"count": 1}},
    {"cap": None},
    {"cap": {"votes": 2}},
    {"silence": "no-objection"},
    {"min_evidence": {"consent": "E3", "object": "E1"}},
    {"min_evidence": {"consent": "E1", "object": "E0"}},
    {"objection": {"reason_grace": "P8D", "unresolved": "escalate"}},
    {"objection": {"reason_grace": "P7D", "unresolved": "block"}},
    {"objection": {"reason_grace": "P7D", "unresolved": "adopt-with-dissent"}},
    {"editorial": {"carry": "false"}},
    {"editorial": {"challenge": "P8D"}},
    {"vacant_group": "block"},
    {"remind": [1]},
    {"remind": [2, 7]},
]


def test_whatever_changes_a_decision_changes_the_prose() -> None:
    made = [policy_in_words(policy(**change)) for change in ({}, *CHANGES)]
    assert len(set(made)) == len(made)
    touched = {name for change in CHANGES for name in change}
    # A title and a note say nothing by themselves, and these two have one value only.
    rest = {"suppress", "title", "note", "roll", "early_close"}
    assert touched | rest == set(Policy.model_fields), json.dumps(sorted(touched))


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("P14D", "14 days"),
        ("P1D", "one day"),
        ("P2W", "two weeks"),
        ("P1M", "one month"),
        ("P1Y", "one year"),
    ],
)
def test_a_period_in_words(period: str, said: str) -> None:
    assert period_in_words(period) == said


def test_the_policies_of_the_coalition_are_those_that_its_charter_names() -> None:
    corpus = open_workspace(ROOT).corpus
    charter = corpus.charter
    assert charter is not None
    assert {document.id for document in corpus.of_kind("policy")} == set(charter.policies)
    for document in corpus.of_kind("policy"):
        assert isinstance(document.record, Policy)
        assert policy_in_words(document.record, charter.groups)
