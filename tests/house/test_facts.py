"""Each named fact of a round has one function that derives it; whoever else asks, calls that.

Two rooms that each looked at the raw fields once gave two answers: a comment was late in a table,
and in time in the decision.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple, get_args

import pytest

from govkit.round.states import StateName
from tests.house.test_imports import MODULES
from tests.house.trees import nodes_of


class Fact(NamedTuple):
    """Where a fact is derived, how one sees that somebody derives it anew, and where that is meant.

    `elsewhere` has the places that ask another question of the same fields, and that question.
    """

    derived: str
    derives: Callable[[ast.AST], bool]
    elsewhere: dict[str, str] = {}


@cache
def all_nodes() -> dict[str, tuple[ast.AST, ...]]:
    return {name: nodes_of(path) for name, path in MODULES.items()}


def attributes(node: ast.AST) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def orders(*names: str) -> Callable[[ast.AST], bool]:
    """A comparison by order with one of these fields, as `now < dates.closes`."""

    def derives(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Compare)
            and any(isinstance(each, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for each in node.ops)
            and any(
                isinstance(each, ast.Attribute) and each.attr in names
                for each in (node.left, *node.comparators)
            )
        )

    return derives


def asks_both(first: str, second: str) -> Callable[[ast.AST], bool]:
    """One condition on two fields, as `disposition is None and publication != "withdrawn"`."""
    return lambda node: (
        isinstance(node, ast.BoolOp)
        and {first, second} <= set().union(*map(attributes, node.values))
        and any(isinstance(each, ast.Compare) for each in node.values)
    )


def reads(of: str, name: str) -> Callable[[ast.AST], bool]:
    """The field of something, as `policy.periods.lapse`."""
    return lambda node: (
        isinstance(node, ast.Attribute)
        and node.attr == name
        and ast.unparse(node).endswith(f"{of}.{name}")
    )


def begins_with(word: str) -> Callable[[ast.AST], bool]:
    return lambda node: (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "startswith"
        and any(isinstance(each, ast.Constant) and each.value == word for each in node.args)
    )


def lists_states(node: ast.AST) -> bool:
    """A condition that a state is one of several, which are written out."""
    return isinstance(node, ast.Compare) and any(
        isinstance(each, ast.Tuple | ast.List | ast.Set)
        and len(found := [one.value for one in each.elts if isinstance(one, ast.Constant)]) > 1
        and isinstance(node.left, ast.Attribute)
        and node.left.attr == "name"
        and set(found) <= set(get_args(StateName))
        for each in node.comparators
    )


FACTS = {
    "late: a comment that came after its time": Fact(
        "round.comment_periods.is_late",
        orders("comment_until"),
        {"checks.process": "is the time as long as the policy says?"},
    ),
    "closed: the last call is over": Fact(
        "round.rounds.Round",
        orders("closes"),
        {
            "round.comment_periods": "does a last call take this comment?",
            "consent.decide": "why is a decision not final yet?",
            "checks.process": "is the time as long as the policy says?",
            "assessment.evaluation_state": "has the time of the company ended?",
        },
    ),
    "answered: a comment that waits for no answer": Fact(
        "records.comments.is_unanswered", asks_both("disposition", "publication")
    ),
    "on the roll: a mandate or an account that runs on a day": Fact(
        "records.governance.runs_on",
        lambda node: (
            isinstance(node, ast.BoolOp)
            and orders("since")(node.values[0])
            and {"since", "until"} <= attributes(node)
        ),
    ),
    "open, running, over: the states that a step begins from": Fact(
        "round.states.state_of", lists_states
    ),
    "lapsed: nobody took a proposal further": Fact(
        "round.states.state_of",
        reads("periods", "lapse"),
        {
            "consent.policy_text": "what does the policy say, in words?",
            "log.unlikely_days": "which day is further away than any proposal takes?",
        },
    ),
    "adopted: an outcome that brings the words into the texts": Fact(
        "records.decisions.ADOPTED", begins_with("adopted")
    ),
}
"""What is asked of a round, by the word for it."""


def names_in(nodes: tuple[ast.AST, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_a_fact_is_derived_in_one_place(fact: Fact) -> None:
    home, _, name = fact.derived.rpartition(".")
    assert name in names_in(all_nodes()[f"govkit.{home}"])
    again = {
        module.removeprefix("govkit.")
        for module, nodes in all_nodes().items()
        for node in nodes
        if fact.derives(node)
    }
    assert again - {home} == fact.elsewhere.keys()


DERIVED = {
    "is_late": "round.comment_periods",
    "announced_dates": "round.comment_periods",
    "comment_periods": "round.rounds",
    "replaced_records": "round.corrections",
    "standing_notices": "round.corrections",
    "every_pair": "round.rounds",
    "is_about": "round.rounds",
    "challenged": "round.rounds",
    "decided_by": "round.docket",
    "roll_of": "round.roll",
    "may_speak": "round.roll",
    "voice_of": "round.roll",
    "state_of": "round.states",
    "open_dockets": "round.states",
    "docket_of": "round.docket",
    "is_unanswered": "records.comments",
    "runs_on": "records.governance",
    "adoptions_of": "consent.adoption",
    "objections_of": "consent.objections",
    "evidence_of": "consent.evidence",
}


@pytest.mark.parametrize(("name", "home"), DERIVED.items())
def test_no_other_function_has_its_name_but_one_that_asks_it(name: str, home: str) -> None:
    found = [
        (module.removeprefix("govkit."), node)
        for module, nodes in all_nodes().items()
        for node in nodes
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    assert home in {module for module, _ in found}
    for module, node in found:
        asks = name in attributes(node) | {
            each.id for each in ast.walk(node) if isinstance(each, ast.Name)
        }
        assert module == home or asks, f"{module}.{name} derives what {home}.{name} does"
