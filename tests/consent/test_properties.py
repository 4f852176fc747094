"""What holds for every input: order, more consent, and objections that nobody answered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.consent.decide import decide
from govkit.consent.decision import as_json
from govkit.records.decisions import ADOPTED, BEST_FIRST
from govkit.records.policies import Policy
from govkit.records.positions import Pair, Position
from govkit.source.loader import load
from govkit.source.scaffolds import example_policies
from govkit.source.validation import validate
from tests.consent.building import FOUR, GROUPS, ONE, THREE, TWO, Table, day, member, policy, words

UNITS = (ONE, TWO, THREE)
STANCES = ("consent", "consent-with-reservation", "stand-aside", "object", "abstain", "withdraw")
LESS_EVIDENCE = {"consent": "E1", "object": "E1", "comment": "E0"}


def examples() -> Iterator[Policy]:
    for name, text in example_policies().items():
        record, _ = validate("policy", load(text), name)
        assert isinstance(record, Policy)
        data = record.model_dump(by_alias=True) | {"min_evidence": LESS_EVIDENCE}
        yield Policy.model_validate(data)
    for rule in ("block", "escalate", "adopt-with-dissent"):
        yield policy(objection={"unresolved": rule}, consents={"total": 1})
    yield policy(cap=None)
    yield policy(cap={"per": "organisation", "votes": 2})


POLICIES = tuple(examples())

Event = dict[str, Any]
WHO = ("ada", "ben", "cem", "dia", "eva", "society", "gus", "hal")

said = st.fixed_dictionaries(
    {
        "who": st.sampled_from(WHO),
        "by": st.sampled_from(("self", "gus", "hal")),
        "position": st.sampled_from(STANCES),
        "on": st.sampled_from((1, 3, 8, 43, 44)),
        "units": st.sets(st.sampled_from(UNITS), min_size=1).map(lambda s: tuple(sorted(s))),
        "reason": st.sampled_from((None, "Words.")),
        "confirms": st.booleans(),
        "answered": st.sampled_from((None, None, "none", "satisfied", "not-satisfied")),
        "level": st.sampled_from(("E1", "E1", "E2", "E0")),
        "seen": st.sampled_from((True, True, True, False)),
        "raised": st.sampled_from((None, None, 5, 41)),
    }
)
others = st.sampled_from(
    ("open", "open-editorial", "challenge", "escalation", "waiver", "override", "reopen", "move")
)
scripts = st.lists(st.one_of(said, said, said, others), max_size=14)


def played(rule: Policy, script: list[Event | str]) -> tuple[Table, list[tuple[Event, str]]]:
    """A table on which a script was played, and the positions of it with their names."""
    table = Table(rule, UNITS, endorsers=["ada", "cem"])
    table.members["society"] = member("business", kind="organisation")
    for who, lead in (("gus", "false"), ("hal", "true")):
        table.members[who] = member(
            "business", kind="representative", represents="society", lead=lead
        )
    table.members["zoe"] = member("government")
    positions = []
    for event in script:
        if isinstance(event, str):
            other(table, event)
        else:
            positions.append((event, spoken(table, event)))
    table.last_call(30, 44)
    return table, positions


def other(table: Table, event: str) -> None:
    if event.startswith("open"):
        after = {id: pair[1] for id, pair in table.units.items()}
        after[ONE] = words(f"revision {len(table.filed['revisions']) + 1}")
        edit = 1 if event == "open-editorial" else 5
        table.open(after, on=9, EXA_DUE_01={"edit": edit})
    elif event == "challenge":
        table.comment("fay", 10, challenge=True, answered=12)
    elif event == "move":
        table.notice("moved", 46, closes=50)
    else:
        table.act(event, "ada", "cem", on=20)


def spoken(table: Table, event: Event) -> str:
    by = event["who"] if event["by"] == "self" else event["by"]
    more: dict[str, Any] = {"confirms_withdrawal": event["confirms"]}
    if event["reason"]:
        more["reason"] = event["reason"]
    name = table.say(
        event["who"],
        event["position"],
        event["on"],
        by=by,
        units=event["units"],
        level="E0",
        **more,
    )
    table.show(name, event["level"], event["on"], seen=event["seen"])
    if event["raised"]:
        table.show(name, "E1", max(event["raised"], event["on"]))
    if event["answered"]:
        reply = {} if event["answered"] == "none" else {"author_reply": event["answered"]}
        table.comment(event["who"], event["on"], about=name, answered=event["on"] + 2, **reply)
    return name


@settings(max_examples=150)
@given(st.sampled_from(POLICIES), scripts, st.randoms(use_true_random=False))
def test_the_order_in_which_files_are_read_does_not_matter(
    rule: Policy, script: list[Event | str], chance: random.Random
) -> None:
    docket = played(rule, script)[0].docket()
    shuffled = {
        name: tuple(chance.sample(getattr(docket, name), len(getattr(docket, name))))
        for name in ("positions", "comments", "acts")
    }
    members = list(docket.members.items())
    chance.shuffle(members)
    other_way = replace(docket, members=dict(members), **shuffled)
    first, second = as_json(decide(docket, day(70))), as_json(decide(other_way, day(70)))
    assert _sorted(first) == _sorted(second)


def _sorted(value: Any) -> Any:
    """Lists of what was put aside follow the order of the log, which acts do not stand in here."""
    value["rejected"].sort(key=lambda each: each["record"])
    value["late"].sort(key=lambda each: each["record"])
    value["unanswered"].sort()
    return value


@settings(max_examples=300)
@given(st.sampled_from(POLICIES), scripts, st.sampled_from(sorted(GROUPS)), st.booleans())
def test_one_more_consent_by_somebody_who_said_nothing_never_worsens_an_outcome(
    rule: Policy, script: list[Event | str], group: str, organisation: bool
) -> None:
    table, _ = played(rule, script)
    kind = "organisation" if organisation else "individual"
    table.members["zoe"] = member(group, kind=kind)
    before = table.decide(70)
    table.say("zoe", "consent", 42)
    after = table.decide(70)
    for was, now in zip(before.units, after.units, strict=True):
        assert BEST_FIRST.index(now.outcome) <= BEST_FIRST.index(was.outcome), (was, now)
    assert BEST_FIRST.index(after.outcome) <= BEST_FIRST.index(before.outcome)


@settings(max_examples=300)
@given(st.sampled_from(POLICIES), scripts)
def test_no_input_gives_adopted_over_a_reasoned_objection_that_nobody_answered(
    rule: Policy, script: list[Event | str]
) -> None:
    """Told by the script alone, without a look at what `decide` made of it."""
    table, positions = played(rule, script)
    decision = table.decide(70)
    reopened = "reopen" in script and "move" in script
    for unit in decision.units:
        if any(stands(unit.id, at, positions, reopened) for at in range(len(positions))):
            assert unit.outcome not in ADOPTED
            assert decision.outcome not in ADOPTED


def stands(unit: str, at: int, positions: list[tuple[Event, str]], reopened: bool) -> bool:
    """Whether a position surely is a reasoned objection to a text that nothing took away."""
    event, _ = positions[at]
    own = event["by"] in ("self", event["who"])
    if not event["raised"] and (event["level"] == "E0" or not event["seen"]):
        return False  # nobody but one coordinator has seen what shows it
    if not own or event["position"] != "object" or unit not in event["units"]:
        return False
    if not event["reason"] or event["answered"] or (event["on"] >= 44 and not reopened):
        return False
    later = [
        each
        for each, _ in positions[at + 1 :]
        if unit in each["units"] and _same_body(each, event["who"])
    ]
    return not any(each["position"] in ("withdraw", "object") or each["confirms"] for each in later)


def _same_body(event: Event, who: str) -> bool:
    body = {"society", "gus", "hal"}
    return event["who"] == who or {event["who"], who} <= body


# --- how much work it is --------------------------------------------------------------------------


class Counted(tuple[Pair, ...]):
    """The texts of a position, counting how often one of them is looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Pair]:
        for pair in super().__iter__():
            Counted.looks += 1
            yield pair


def large(members: int, units: int, records: int) -> Table:
    table = Table(policy(), ())
    table.members = {
        f"m{number:03d}": member(sorted(GROUPS)[number % 4]) for number in range(members)
    }
    table.open({f"EXA-DUE-{number:03d}": words(str(number)) for number in range(units)})
    for _ in range(records):
        for who in table.members:
            table.say(who, "consent")
    table.last_call()
    for filed in table.filed["positions"]:
        record: Position = filed.record
        counted = record.model_copy(update={"units": Counted(record.units)})
        object.__setattr__(filed, "record", counted)
    return table


@pytest.mark.parametrize(
    ("members", "units", "records"), [(6, 20, 5), (12, 20, 5), (6, 40, 5), (6, 20, 10)]
)
def test_each_binding_of_each_record_is_looked_at_a_fixed_number_of_times(
    members: int, units: int, records: int
) -> None:
    table = large(members, units, records)
    Counted.looks = 0
    assert table.decide().outcome == "adopted"
    bindings = members * units * records
    # Once when the words are folded, and one more per record to see that they are ours.
    assert Counted.looks == bindings + members * records


def test_a_unit_more_is_no_look_more_at_the_records_of_others() -> None:
    table = large(6, 20, 2)
    Counted.looks = 0
    table.decide()
    before = Counted.looks
    table.open({**{id: pair[1] for id, pair in table.units.items()}, FOUR: words("four")}, on=31)
    Counted.looks = 0
    table.decide()
    assert Counted.looks == before
