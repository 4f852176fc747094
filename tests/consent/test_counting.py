"""Why a position does not count: the same that `decide` does, said in words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.consent.counting import SUPERSEDED, Counting
from govkit.records.policies import Policy
from tests.consent.building import ONE, TWO, Table, agreed, day, member, policy
from tests.consent.test_properties import POLICIES, Event, played, scripts

SPEAKS = ("consent", "consent-with-reservation", "stand-aside", "abstain")


def why(table: Table, name: str, on: float = 60) -> list[str]:
    return [cause.words for cause in Counting(table.docket(), day(on)).causes(name)]


@settings(max_examples=150)
@given(st.sampled_from(POLICIES), scripts)
def test_what_has_no_cause_is_what_decide_counts(rule: Policy, script: list[Event | str]) -> None:
    table, _ = played(rule, script)
    docket = table.docket()
    counting = Counting(docket, day(60))
    counted, refused = set(), set()
    for filed in docket.positions:
        causes = counting.causes(filed.id)
        for pair in filed.record.units:
            said = (pair.id, filed.record.member, filed.record.position)
            bad = any(not cause.units or pair.id in cause.units for cause in causes)
            (refused if bad else counted).add(said)
    voices = {
        (unit.id, voice.member, voice.said)
        for unit in table.decide(60).units
        for voice in unit.voices
        if voice.said in SPEAKS
    }
    assert {each for each in counted if each[2] in SPEAKS} == voices


def test_each_cause_names_its_texts_unless_it_is_true_of_all() -> None:
    table = Table(policy(), (ONE, TWO))
    first = table.say("ada", "consent", 2)
    table.say("ada", "abstain", 3, units=(TWO,))
    [cause] = Counting(table.docket(), day(4)).causes(first)
    assert (cause.units, cause.why) == ((TWO,), SUPERSEDED.why)
    weak = table.say("ben", "consent", 3, level="E0")
    [cause] = Counting(table.docket(), day(4)).causes(weak)
    assert (cause.units, cause.why) == (
        (),
        "nothing shows it yet (E0), and the policy substance asks for E1",
    )


def test_what_a_member_can_do_fits_what_is_wrong() -> None:
    table = agreed()
    table.members["society"] = member("business", kind="organisation")
    table.members["new"] = member("business", since="2026-04-01")
    cases = {
        table.say("new", "consent", 31): "Whoever is enrolled when the next revision is opened",
        table.say("society", "consent", 31, by="ada"): "society has to say it, or name who speaks",
        table.say("dia", "consent", 50): "Two coordinators can reopen the last call",
        table.say("dia", "consent", 31, revision=7): "Give a position to the words of revision 1",
    }
    for name, remedy in cases.items():
        [words] = why(table, name)
        assert remedy in words
