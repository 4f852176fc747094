"""The states of a proposal, computed from its records and a moment; the table has no dead end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from govkit.consent.decide import decide
from govkit.consent.decision import record_of
from govkit.records.decisions import Decision
from govkit.records.log import LogEntry
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import Round
from govkit.round.states import (
    FINAL,
    STEPS,
    ProposalState,
    StateName,
    ended_in_words,
    is_running,
    state_of,
)
from tests.consent.building import ONE, Table, agreed, charter, day, words

ROOT = Path(__file__).resolve().parents[2]


def name(table: Table, on: float) -> str:
    return state_of(table.docket(), day(on)).name


def decided(table: Table, on: float = 52, **more: bool) -> Docket:
    """The docket with its decision recorded on a day."""
    decision = decide(table.docket(), day(on))
    data = record_of(decision, words("head"), {}, {})
    entry = LogEntry(
        seq=900,
        kind="decision",
        received_at=day(on),
        recorded_at=day(on),
        received_basis="registrar",
        by="ada",
    )
    return table.docket(
        decision=FiledRecord("decision", Decision.model_validate(data), entry), **more
    )


def test_every_state_is_in_the_table_and_can_be_reached_from_the_draft() -> None:
    reached = {"draft"}
    for _ in STEPS:
        reached |= {step.end for step in STEPS if step.begin in reached}
    assert reached == set(get_args(StateName))


def test_no_state_is_a_dead_end_and_from_each_a_proposal_can_end() -> None:
    ends = set(FINAL)
    for _ in STEPS:
        ends |= {step.begin for step in STEPS if step.end in ends}
    assert ends == set(get_args(StateName))
    assert {step.begin for step in STEPS} == set(get_args(StateName)) - set(FINAL)


def test_each_step_says_what_makes_it_and_what_it_needs() -> None:
    assert len({(step.begin, step.event, step.end) for step in STEPS}) == len(STEPS)
    assert all(step.needs for step in STEPS)


def test_a_proposal_without_a_revision_is_a_draft() -> None:
    assert state_of(Table(units=()).docket(), day(0)) == ProposalState("draft", 0)


def test_from_comment_over_the_last_call_to_the_decision() -> None:
    table = agreed()
    assert state_of(table.docket(), day(29))[:4] == ProposalState("comment", 1, day(0), day(30))[:4]
    assert (
        state_of(table.docket(), day(30))[:4] == ProposalState("last-call", 1, day(30), day(44))[:4]
    )
    # The close alone decides nothing: somebody has to.
    assert name(table, 60) == "last-call"
    docket = decided(table)
    assert state_of(docket, day(51)).name == "last-call"
    assert state_of(docket, day(52))[:4] == ProposalState("decided", 1, day(52))[:4]
    assert state_of(decided(table, applied=True), day(60)).name == "applied"
    assert state_of(decided(table, applied=True, released=True), day(60)).name == "released"


def test_a_new_revision_leads_back_to_comment_with_a_time_of_its_own() -> None:
    table = agreed()
    table.open({ONE: words("other words")}, on=40)
    assert (
        state_of(table.docket(), day(41))[:4] == ProposalState("comment", 2, day(40), day(70))[:4]
    )
    assert state_of(decided(agreed(), applied=False), day(60)).name == "decided"


def test_a_decision_about_an_earlier_revision_decides_nothing_about_this_one() -> None:
    table = Table()
    table.last_call()
    docket = decided(table)
    table.open({ONE: words("other words")}, on=60)
    assert state_of(table.docket(decision=docket.decision), day(61)).name == "comment"


@pytest.mark.parametrize(
    ("by", "valid"),
    [(("eva",), True), (("ada", "cem"), True), (("ada",), False), (("fay", "ben"), False)],
    ids=["the proposer", "two coordinators", "one coordinator", "others"],
)
def test_who_may_withdraw_a_proposal(by: tuple[str, ...], valid: bool) -> None:
    table = agreed()
    table.act("withdrawal", *by, on=32)
    assert name(table, 31) == "last-call"
    assert name(table, 33) == ("withdrawn" if valid else "last-call")


def test_what_is_applied_can_not_be_withdrawn_any_more() -> None:
    table = agreed()
    table.act("withdrawal", "eva", on=56)
    assert state_of(decided(table), day(60)).name == "withdrawn"
    assert state_of(decided(table, applied=True), day(60)).name == "applied"


def test_a_proposal_that_nobody_takes_further_lapses() -> None:
    comment, call = Table(), agreed()
    assert (name(comment, 119), name(comment, 120)) == ("comment", "lapsed")
    assert (name(call, 133), name(call, 134)) == ("last-call", "lapsed")
    failed = Table()
    failed.last_call()
    assert state_of(decided(failed), day(141)).name == "decided"
    assert state_of(decided(failed), day(142)).name == "lapsed"
    assert state_of(decided(agreed()), day(400)).name == "decided"


def test_quiet_days_do_not_count_towards_the_lapse() -> None:
    table = Table()
    table.charter = charter(quiet=("04-09/04-18",))
    assert (name(table, 128), name(table, 130)) == ("comment", "lapsed")


def test_a_close_that_was_moved_in_time_holds() -> None:
    table = agreed()
    table.notice("moved", 40, closes=50)
    assert (
        state_of(table.docket(), day(45))[:4] == ProposalState("last-call", 1, day(30), day(50))[:4]
    )


def test_what_is_not_in_the_log_moves_nothing() -> None:
    table = Table()
    table.last_call()
    filed = table.filed["notices"].pop()
    table.filed["notices"].append(FiledRecord(filed.id, filed.record, None))
    assert name(table, 31) == "comment"


def test_a_decision_can_be_recorded_and_read_again() -> None:
    for table in (agreed(), Table()):
        table.say("dia", "object", 2, reason="Too short.")
        table.say("fay", "consent", 2, level="E0")
        table.last_call()
        docket = decided(table)
        assert docket.decision is not None
        record = docket.decision.record
        assert (record.outcome, record.revision) == ("blocked", 1)
        assert record.units[0].objections[0].reason == "Too short."
        assert record.reported[0].record.startswith("positions/fay")


def test_the_picture_of_the_states_is_made_from_the_table() -> None:
    """On drift: `python scripts/states.py > docs/pictures/states.svg`."""
    made = subprocess.run(
        [sys.executable, "scripts/states.py"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert made == (ROOT / "docs/pictures/states.svg").read_text(encoding="utf-8")


def test_a_date_moves_only_while_there_is_one() -> None:
    """Before the revision, without a last call, after the close: such a notice says why not."""
    without, over, before = Table(), agreed(), agreed()
    without.notice("moved", 10, closes=50)
    over.notice("moved", 45, closes=60)
    before.notice("moved", -2, closes=60)
    expected = {
        "no last call was announced before it": without,
        "the last call was over on": over,
        "revision 1 was opened after it": before,
    }
    for reason, table in expected.items():
        (why,) = Round(table.docket(), day(90)).notices_without_effect.values()
        assert why.startswith(reason)
    assert state_of(over.docket(), day(90)).until == day(44)
    assert not Round(agreed().docket(), day(90)).notices_without_effect


def test_it_is_said_in_time_when_a_proposal_lapses() -> None:
    call = state_of(agreed().docket(), day(119))
    assert call.lapses == day(134)
    assert call.lapses_soon(day(119)) is None
    assert call.lapses_soon(day(121)) == day(134)
    assert state_of(decided(agreed()), day(400)).lapses is None


def test_what_has_ended_says_so_and_what_runs_does_not() -> None:
    table = agreed()
    table.act("withdrawal", "eva", on=32)
    assert ended_in_words(state_of(table.docket(), day(33))).startswith("was withdrawn, on 2026-")
    lapsed = state_of(agreed().docket(), day(140))
    assert ended_in_words(lapsed).startswith("lapsed: nobody took it further, on ")
    running = [state_of(agreed().docket(), day(each)) for each in (10, 35, 100)]
    assert all(is_running(each) and not ended_in_words(each) for each in running)
    assert not is_running(lapsed)
