"""The cases that a body runs into, one test each, named as a coordinator would name them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from govkit.consent.counting import Counting
from govkit.consent.decide import decide
from govkit.consent.decision import unit_as_json
from govkit.consent.evidence import evidence_of
from govkit.proposals.reaffirmation import EarlierPosition, offers_of, offers_to
from govkit.records.governance import Coordinators, EscalationBody, Member
from govkit.records.positions import NOT_PRINTED
from govkit.round.filed_records import FiledRecord
from tests.consent.building import (
    FIVE,
    FOUR,
    ONE,
    THREE,
    TWO,
    Table,
    agreed,
    day,
    member,
    policy,
    words,
)
from tests.source.ssh_signing import Pair, known, pair

ALL_FIVE = (ONE, TWO, THREE, FOUR, FIVE)


def states(table: Table, on: float = 60, id: str = ONE) -> dict[str, str]:
    """The state of each objection to a text, by member."""
    return {each.member: each.state for each in table.unit(on, id).objections}


# --- the words change -----------------------------------------------------------------------------


def test_text_changes_after_consent_and_the_consent_is_stale() -> None:
    table = agreed()
    table.open({ONE: words("other words")}, on=40)
    table.last_call(70, 84)
    unit = table.unit(100)
    assert unit.outcome == "not-adopted"
    assert unit.stale == ("ada", "ben", "cem")
    assert unit.not_heard == ("dia", "eva", "fay")
    assert "ada giving a position to the words as they stand now" in [
        change.words for change in table.decide(100).would_change
    ]


def test_of_five_texts_one_changes_and_the_consents_to_the_other_four_stand() -> None:
    table = agreed(units=ALL_FIVE)
    after = {id: words(f"{id} as proposed") for id in ALL_FIVE}
    table.open(after | {THREE: words("other words")}, on=40)
    table.last_call(70, 84)
    decision = table.decide(100)
    assert {unit.id: unit.outcome for unit in decision.units} == {
        ONE: "adopted",
        TWO: "adopted",
        THREE: "not-adopted",
        FOUR: "adopted",
        FIVE: "adopted",
    }
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent", 72, units=(THREE,))
    assert {unit.outcome for unit in table.decide(100).units} == {"adopted"}


def edited(edit: int | None) -> Table:
    table = agreed()
    table.open({ONE: words("with a full stop")}, on=35, EXA_DUE_01={"edit": edit})
    table.last_call(66, 80)
    return table


def test_an_editorial_edit_carries_the_consents() -> None:
    unit = edited(1).unit(100)
    assert (unit.outcome, unit.stale) == ("adopted", ())
    assert [voice.member for voice in unit.voices if voice.carried] == ["ada", "ben", "cem"]


def test_an_editorial_edit_that_one_member_challenges_makes_the_consents_stale_again() -> None:
    table = edited(1)
    table.comment("fay", 41, challenge=True, answered=43)
    assert table.unit(100).stale == ("ada", "ben", "cem")


def test_a_challenge_after_its_time_changes_nothing() -> None:
    table = edited(1)
    table.comment("fay", 42, challenge=True, answered=43)
    assert table.unit(100).outcome == "adopted"


def test_an_edit_that_is_no_editorial_one_carries_nothing() -> None:
    for edit in (3, 5, None):
        assert edited(edit).unit(100).stale == ("ada", "ben", "cem")


def test_the_adopted_words_were_changed_by_another_proposal_and_every_consent_is_stale() -> None:
    table = Table(units=())
    table.open({ONE: words("new")}, EXA_DUE_01={"before": words("old")})
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent")
    table.last_call()
    table.bases = {ONE: words("old")}
    assert table.unit().outcome == "adopted"
    table.bases = {ONE: words("changed meanwhile")}
    unit = table.unit()
    assert unit.outcome == "not-adopted"
    assert "no longer those that this revision changes" in unit.why[0]


def alongside(base: str) -> Table:
    """One of two open proposals on one text: `old` becomes `mine`, or after the other `both`."""
    table = Table(units=(), alongside=["2026-002"])
    other = {"proposal": "2026-002", "before": words("theirs"), "after": words("both")}
    table.open({ONE: words("mine")}, EXA_DUE_01={"before": words("old"), "alternatives": [other]})
    pairs = [(ONE, words("old"), words("mine")), (ONE, words("theirs"), words("both"))]
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent", pairs=pairs)
    table.last_call()
    table.bases = {ONE: words(base)}
    return table


def test_two_open_proposals_on_one_text_end_in_the_same_words_and_no_consent_is_stale() -> None:
    first, second = alongside("old").unit(), alongside("theirs").unit()
    assert (first.outcome, first.after, first.stale) == ("adopted", words("mine"), ())
    assert (second.outcome, second.after, second.stale) == ("adopted", words("both"), ())
    # The other proposal, after this one, begins with these words and ends in the same.
    assert alongside("somebody else's").unit().outcome == "not-adopted"


def test_who_consented_to_one_of_the_two_orders_only_is_stale_in_the_other() -> None:
    table = alongside("theirs")
    table.say("dia", "consent", pairs=[(ONE, words("old"), words("mine"))])
    assert table.unit().stale == ("dia",)


def test_the_same_text_proposed_again_carries_no_consent() -> None:
    """A position lies in its proposal; put into another one, no entry of the log knows it there."""
    table, other = Table(), agreed()
    for filed in other.filed["positions"]:
        table.filed["positions"].append(type(filed)(filed.id, filed.record, None))
    table.last_call()
    decision = table.decide()
    assert decision.outcome == "not-adopted"
    assert {each.cause for each in decision.rejected} == {
        "it is not in the log, so nobody can say when it came"
    }


def offered(new: Table, *before: Table, who: str = "ada") -> list[tuple[str, str, str]]:
    """What a member may say again: the text, the proposal where it was said, and what."""
    said = [
        EarlierPosition(table.proposal["id"], filed)
        for table in (*before, new)
        for filed in table.filed["positions"]
    ]
    revision = new.filed["revisions"][-1].record
    return [
        (each.pair.id, each.said.proposal, each.said.filed.record.position)
        for each in offers_to(who, new.proposal["id"], revision.units, said)
    ]


def test_what_was_said_about_the_same_words_in_an_earlier_proposal_is_offered_and_not_counted() -> (
    None
):
    before, now = agreed(id="2026-001"), Table()
    now.last_call()
    assert offered(now, before) == [(ONE, "2026-001", "consent")]
    assert offered(now, before, who="dia") == []
    assert now.unit().given_by_group == (("academia", 0), ("business", 0), ("civil-society", 0))
    assert [member for member, _ in offers_of(now.docket(), said_of(before, now), day(31))] == [
        "ada",
        "ben",
        "cem",
    ]
    assert not [*offers_of(now.docket(), said_of(before, now), day(44))]  # the call has closed
    assert not [*offers_of(now.docket(), said_of(before, now), day(0.5))]  # not yet said then


def said_of(*tables: Table) -> list[EarlierPosition]:
    return [
        EarlierPosition(each.proposal["id"], filed)
        for each in tables
        for filed in each.filed["positions"]
    ]


def test_to_other_words_before_or_after_nothing_is_offered() -> None:
    before = agreed(id="2026-001")
    after, begins = Table(units=()), Table(units=())
    after.open({ONE: words("other words")})
    begins.open({ONE: words(f"{ONE} as proposed")}, EXA_DUE_01={"before": words("old")})
    other_text = Table(units=())
    other_text.open({TWO: words(f"{ONE} as proposed")})
    assert [offered(now, before) for now in (after, begins, other_text)] == [[], [], []]


def test_the_words_of_an_earlier_revision_come_back_and_may_be_affirmed_again() -> None:
    table = agreed(units=(ONE, TWO))
    assert offered(table) == []  # it stands
    table.open({ONE: words("other words"), TWO: words(f"{TWO} as proposed")}, on=40)
    table.say("ada", "abstain", 41, units=(ONE,))
    table.open({ONE: words(f"{ONE} as proposed"), TWO: words(f"{TWO} as proposed")}, on=50)
    assert table.unit(60).stale == ("ada",)
    assert offered(table) == [(ONE, "2026-003", "consent")]
    assert offered(table, who="ben") == []  # nothing was said since: it stands by itself
    table.say("ada", "stand-aside", 51, units=(ONE,))
    assert offered(table) == []


def test_what_was_taken_back_is_not_offered_and_the_last_word_is() -> None:
    before, now = agreed(id="2026-001"), Table()
    before.say("ada", "withdraw", 2)
    assert offered(now, before) == []
    before.say("ben", "object", 2, reason="Too short.")
    assert offered(now, before, who="ben") == [(ONE, "2026-001", "object")]


def test_what_the_log_does_not_have_in_these_words_is_not_offered() -> None:
    before, now = agreed(id="2026-001"), Table()
    before.filed["positions"] = [
        type(each)(each.id, each.record, each.entry, intact=False)
        for each in before.filed["positions"]
    ]
    assert offered(now, before) == []


def test_a_renamed_file_with_the_same_id_keeps_the_binding_and_a_new_id_does_not() -> None:
    table = agreed()
    table.filed["positions"] = [
        type(each)(f"positions/renamed-{number:02d}", each.record, each.entry)
        for number, each in enumerate(table.filed["positions"])
    ]
    table.filed["evidence"] = []
    for each in table.filed["positions"]:
        table.show(each.id, "E1")
    assert table.unit().outcome == "adopted"
    table.open({TWO: words(f"{ONE} as proposed")}, on=35)
    table.last_call(66, 80)
    assert table.unit(100, TWO).outcome == "not-adopted"


# --- who is on the roll ---------------------------------------------------------------------------


def test_a_member_who_leaves_after_consenting_counts_and_is_marked() -> None:
    table = agreed()
    table.members["ben"] = member("civil-society", until="2026-03-20")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert decision.warnings == ("ben has left since; what they said counts, and is marked",)
    assert [voice.member for voice in decision.units[0].voices if voice.left] == ["ben"]


def test_the_group_that_empties_is_warned_about() -> None:
    table = agreed()
    for who in ("cem", "dia"):
        table.members[who] = member("academia", until="2026-03-20")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert "the group academia has no member any more" in decision.warnings


def test_who_left_before_the_opening_is_not_on_the_roll() -> None:
    table = agreed()
    table.members["ben"] = member("civil-society", until="2026-03-09")
    decision = table.decide()
    assert decision.outcome == "not-adopted"
    assert decision.rejected == (
        ("positions/ben-02", "ben was no member when this revision was opened"),
    )


def test_who_joined_after_the_opening_may_comment_and_the_next_revision_includes_them() -> None:
    table = agreed()
    table.members["ben"] = member("civil-society", since="2026-03-11")
    decision = table.decide()
    assert decision.outcome == "not-adopted"
    assert "the next revision includes them" in decision.rejected[0].cause
    table.open({ONE: words(f"{ONE} as proposed")}, on=35)
    table.last_call(66, 80)
    assert table.unit(100).outcome == "adopted"


def test_a_listed_member_is_counted_nowhere() -> None:
    table = agreed()
    table.members["ben"] = member("civil-society", state="listed")
    decision = table.decide()
    assert decision.units[0].roll == 5
    assert decision.rejected == (("positions/ben-02", "ben is listed and has not enrolled"),)


# --- several voices -------------------------------------------------------------------------------


def test_of_two_records_by_one_member_the_last_received_counts() -> None:
    table = agreed()
    table.say("cem", "abstain", 2)
    unit = table.unit()
    assert unit.outcome == "not-adopted"
    assert unit.why == ("2 of 3 consents", "1 of 2 stakeholder groups")
    table.say("cem", "consent", 2.5)
    assert table.unit().outcome == "adopted"


def test_a_later_consent_does_not_take_an_objection_back_until_that_is_confirmed() -> None:
    table = agreed()
    table.say("dia", "object", 2, reason="Too short.")
    table.say("dia", "consent", 3)
    unit = table.unit()
    assert unit.outcome == "blocked"
    assert unit.objections[0].asks
    assert "dia is asked whether a later position withdraws it" in unit.why[0]
    table.say("dia", "consent", 4, confirms_withdrawal=True)
    unit = table.unit()
    assert (unit.outcome, states(table)) == ("adopted", {"dia": "withdrawn"})
    assert unit.given_by_group == (("academia", 2), ("business", 0), ("civil-society", 2))


def test_two_ids_of_one_person_are_one_voice() -> None:
    table = Table()
    table.members["ada-two"] = member("academia", person="ada")
    for who in ("ada", "ada-two", "ben"):
        table.say(who, "consent")
    unit = table.unit()
    assert unit.why[0] == "2 of 3 consents"
    table.say("cem", "consent")
    assert table.unit().outcome == "adopted"


def body(table: Table) -> None:
    """An organisation with two who represent it; the second one leads."""
    table.members["society"] = member("civil-society", kind="organisation")
    for who, lead in (("gus", "false"), ("hal", "true")):
        table.members[who] = member(
            "civil-society", kind="representative", represents="society", lead=lead
        )


def test_where_representatives_of_one_organisation_differ_the_most_cautious_counts() -> None:
    table = agreed()
    body(table)
    table.say("hal", "consent", 2)
    table.say("society", "stand-aside", 3, by="gus")
    said = {voice.name: voice.said for voice in table.unit().voices}
    assert said["society"] == "stand-aside"
    assert table.unit().roll == 7
    assert unit_as_json(table.unit())["representatives"] == [
        {
            "organisation": "society",
            "counts": "stand-aside",
            "said": [
                {"member": "gus", "position": "stand-aside"},
                {"member": "hal", "position": "consent"},
            ],
        }
    ]


def test_until_the_one_who_leads_has_settled_it() -> None:
    table = agreed()
    body(table)
    table.say("society", "stand-aside", 3, by="gus")
    table.say("hal", "consent", 4)
    said = {voice.name: voice.said for voice in table.unit().voices}
    assert said["society"] == "consent"


def test_the_lead_settles_no_objection_but_may_withdraw_it() -> None:
    table = agreed()
    body(table)
    table.say("society", "object", 3, by="gus", reason="No.")
    table.say("society", "consent", 4, by="hal")
    assert table.unit().outcome == "blocked"
    table.say("society", "withdraw", 5, by="hal")
    assert states(table) == {"society": "withdrawn"}
    assert table.unit().outcome == "adopted"


def test_one_organisation_has_one_voice_however_many_represent_it() -> None:
    table = Table()
    body(table)
    for who in ("society", "gus", "hal"):
        table.say(who, "consent")
    assert table.unit().why[0] == "1 of 3 consents"


def test_nobody_speaks_for_a_member_whom_they_do_not_represent() -> None:
    table = agreed()
    body(table)
    table.say("society", "object", 2, by="fay", reason="No.")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert decision.rejected == (("positions/society-04", "fay may not speak for society"),)


# --- objections -----------------------------------------------------------------------------------


def objected(rule: str = "escalate", reason: str | None = "Too short.") -> tuple[Table, str]:
    table = agreed(policy(objection={"reason_grace": "P7D", "unresolved": rule}))
    more = {"reason": reason} if reason else {}
    return table, table.say("dia", "object", 5, **more)


def test_an_objection_and_then_an_edit_and_the_objection_stands() -> None:
    table, _ = objected()
    table.open({ONE: words("other words")}, on=40)
    table.last_call(70, 84)
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent", 71)
    assert (table.unit(100).outcome, states(table, 100)) == ("blocked", {"dia": "unanswered"})


@pytest.mark.parametrize(
    ("new", "edit", "state"),
    [
        (f"{ONE} as proposed", None, "overruled"),
        ("a slip put right", 1, "overruled"),
        ("other words", None, "unanswered"),
    ],
)
@pytest.mark.parametrize("how", ["by an act", "in a comment"])
def test_an_answer_counts_for_the_words_that_it_was_given_to(
    new: str, edit: int | None, state: str, how: str
) -> None:
    table, name = objected("adopt-with-dissent")
    if how == "by an act":
        table.act("answer", "cem", on=20, objections=(name,))
    else:
        table.comment("dia", 6, about=name, answered=20)
    table.open({ONE: words(new)}, 40, **{ONE.replace("-", "_"): {"edit": edit}})
    assert states(table, 60) == {"dia": state}
    table.act("answer", "cem", on=61, objections=(name,))
    assert states(table, 62) == {"dia": "overruled"}


def test_an_answer_that_points_to_the_next_revision_is_one_to_its_words() -> None:
    table, name = objected("adopt-with-dissent")
    answer = {"action": "accepted", "by": "cem", "at": "2026-03-20T12:00:00Z"}
    table.comment("dia", 6, about=name, disposition=answer | {"result": {"revision": 2}})
    table.open({ONE: words("other words")}, on=40)
    assert states(table, 60) == {"dia": "overruled"}
    table.open({ONE: words("others again")}, on=50)
    assert states(table, 60) == {"dia": "unanswered"}


def left_before_the_next_revision(after: str) -> tuple[Table, str]:
    """Dia objects with a reason, is no member any more, and then the second revision opens."""
    table, objection = objected("block")
    table.members["dia"] = member("academia", until="2026-04-01")
    table.open({ONE: after}, on=40)
    table.last_call(70, 84)
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent", 71)
    return table, objection


def test_the_objection_of_one_who_left_goes_with_the_same_words_and_asks_for_an_answer() -> None:
    table, objection = left_before_the_next_revision(words(f"{ONE} as proposed"))
    assert (table.unit(100).outcome, states(table, 100)) == ("blocked", {"dia": "unanswered"})
    assert objection not in [each.record for each in table.decide(100).rejected]
    assert table.unit(100).roll == 5


def test_once_answered_it_is_printed_and_blocks_no_more_whatever_the_policy_says() -> None:
    table, objection = left_before_the_next_revision(words(f"{ONE} as proposed"))
    table.comment("dia", 72, about=objection, answered=73)
    unit = table.unit(100)
    assert (unit.outcome, unit.why) == ("adopted-with-dissent", ("dia dissents",))
    assert [(each.member, each.reason) for each in unit.objections] == [("dia", "Too short.")]


def test_one_who_left_can_take_the_objection_back() -> None:
    table, _ = left_before_the_next_revision(words(f"{ONE} as proposed"))
    table.say("dia", "withdraw", 72)
    assert (table.unit(100).outcome, states(table, 100)) == ("adopted", {"dia": "withdrawn"})


def test_the_objection_of_one_who_left_does_not_go_over_to_other_words() -> None:
    table, objection = left_before_the_next_revision(words("other words"))
    assert (table.unit(100).outcome, states(table, 100)) == ("adopted", {})
    assert objection in [each.record for each in table.decide(100).rejected]


def test_an_objection_of_one_who_left_that_is_too_weak_is_reported() -> None:
    table = agreed()
    table.say("dia", "object", 5, reason="Too short.", level="E0")
    table.members["dia"] = member("academia", until="2026-04-01")
    table.open({ONE: words(f"{ONE} as proposed")}, on=40)
    decision = table.decide(100)
    assert [each.record for each in decision.reported] == ["positions/dia-04"]
    assert states(table, 100) == {}


OFF_THE_ROLL = {
    "never enrolled": member("academia", state="listed"),
    "left before the proposal was opened": member("academia", until="2026-02-01"),
    "left before this revision was opened": member("academia", until="2026-04-01"),
    "joined after it was opened": member("academia", since="2026-04-20"),
}


@pytest.mark.parametrize("who", OFF_THE_ROLL.values(), ids=OFF_THE_ROLL.keys())
def test_who_sits_on_no_roll_objects_to_nothing(who: Member) -> None:
    table, _ = left_before_the_next_revision(words(f"{ONE} as proposed"))
    table.say("dia", "withdraw", 71)
    table.members["gus"] = who
    name = table.say("gus", "object", 72, reason="No.")
    assert (table.unit(100).outcome, states(table, 100)) == ("adopted", {"dia": "withdrawn"})
    assert name in [each.record for each in table.decide(100).rejected]


def test_who_joined_after_the_opening_and_left_before_the_next_one_objects_to_nothing() -> None:
    table = agreed()
    table.members["gus"] = member("academia", since="2026-03-20", until="2026-04-01")
    table.say("gus", "object", 12, reason="No.")
    table.open({ONE: words(f"{ONE} as proposed")}, on=40)
    assert states(table, 100) == {}


@pytest.mark.parametrize("more", [{}, {"confirms_withdrawal": True}])
def test_one_who_left_objects_to_nothing_anew(more: dict[str, Any]) -> None:
    table, _ = left_before_the_next_revision(words(f"{ONE} as proposed"))
    table.say("dia", "withdraw", 72)
    name = table.say("dia", "object", 73, **more)
    assert (table.unit(100).outcome, states(table, 100)) == ("adopted", {"dia": "withdrawn"})
    assert name in [each.record for each in table.decide(100).rejected]


def test_an_objection_to_a_text_that_left_blocks_no_more_and_is_shown() -> None:
    table = agreed(units=(ONE, TWO))
    table.say("dia", "object", 5, units=(TWO,), reason="Too short.")
    assert table.decide().outcome == "blocked"
    table.open({ONE: words(f"{ONE} as proposed")}, on=40)
    table.last_call(70, 84)
    decision = table.decide(100)
    assert decision.outcome == "adopted"
    assert [(each.member, each.unit, each.reason) for each in decision.left] == [
        ("dia", TWO, "Too short.")
    ]


def test_an_unanswered_objection_blocks_under_every_rule() -> None:
    for rule in ("block", "escalate", "adopt-with-dissent"):
        table, _ = objected(rule)
        assert table.unit().outcome == "blocked"
        assert table.unit().why == ("the objection of dia has no answer yet",)


def test_an_objection_that_was_answered_and_not_satisfied_goes_by_the_policy() -> None:
    outcomes = {}
    for rule in ("block", "escalate", "adopt-with-dissent"):
        table, name = objected(rule)
        table.comment("dia", 5, about=name, answered=20, author_reply="not-satisfied")
        outcomes[rule] = (table.unit().outcome, states(table)["dia"])
    assert outcomes == {
        "block": ("blocked", "answered"),
        "escalate": ("blocked", "answered"),
        "adopt-with-dissent": ("adopted-with-dissent", "overruled"),
    }


def test_a_coordinator_answers_an_objection_in_their_own_name() -> None:
    outcomes = {}
    for rule in ("block", "escalate", "adopt-with-dissent"):
        table, name = objected(rule)
        table.act("answer", "cem", on=20, objections=(name,))
        assert states(table, 19) == {"dia": "unanswered"}
        outcomes[rule] = (table.unit().outcome, states(table)["dia"])
    assert outcomes == {
        "block": ("blocked", "answered"),
        "escalate": ("blocked", "answered"),
        "adopt-with-dissent": ("adopted-with-dissent", "overruled"),
    }


def test_who_does_not_coordinate_answers_nothing_and_an_answer_names_an_objection() -> None:
    table, name = objected("adopt-with-dissent")
    consent = table.say("ada", "consent", 31)
    table.act("answer", "fay", on=20, objections=(name,))
    table.act("answer", "cem", on=32, objections=(consent,))
    assert states(table) == {"dia": "unanswered"}
    assert table.decide().rejected == (
        ("acts/01", "it takes a coordinator"),
        ("acts/02", "it names no objection of this proposal"),
    )


@pytest.mark.parametrize(
    ("by", "state"),
    [
        pytest.param(("dia",), "satisfied", id="its author"),
        pytest.param(("ada", "cem"), "satisfied", id="two coordinators"),
        pytest.param(("cem",), "answered", id="one coordinator"),
        pytest.param(("ben",), "answered", id="another member"),
    ],
)
def test_who_may_say_that_the_author_of_an_objection_is_satisfied(
    by: tuple[str, ...], state: str
) -> None:
    table, name = objected("block")
    table.act("answer", "cem", on=20, objections=(name,))
    table.act("settlement", *by, on=25, objections=(name,))
    assert states(table) == {"dia": state}


def test_a_new_reason_asks_for_a_new_answer_and_a_new_settlement() -> None:
    table, name = objected("block")
    table.act("answer", "cem", on=20, objections=(name,))
    table.act("settlement", "dia", on=21, objections=(name,))
    table.say("dia", "object", 35, reason="And too vague.")
    assert states(table) == {"dia": "unanswered"}


BOARD = EscalationBody(body="board", threshold=2)


def answered(body: EscalationBody | None = BOARD) -> tuple[Table, str]:
    """Dia objects, was answered, and is not satisfied; gil, hal and old have a seat in the body."""
    table, name = objected("escalate")
    table.charter = table.charter.model_copy(update={"escalate_to": body})
    for id, until in (("gil", None), ("hal", None), ("old", "2026-03-20")):
        table.members[id] = member(
            "academia", until=until, kind="representative", represents="board"
        )
    table.act("answer", "cem", on=20, objections=(name,))
    return table, name


def rule(table: Table, objection: str, *by: str, on: float = 24, how: str = "dismisses") -> None:
    table.act("ruling", *by, on=on, objections=(objection,), ruling=how)


def test_an_escalation_ends_no_blocking_and_says_who_has_to_decide() -> None:
    table, name = answered()
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    decision, unit = table.decide(), table.unit()
    assert (unit.outcome, states(table)) == ("blocked", {"dia": "escalated"})
    assert unit.why == ("the objection of dia was passed on to board, which has not decided yet",)
    assert decision.pending == ("board has to decide about the objection of dia",)
    assert "the ruling of board: 2 of its members sign it; at present these are gil, hal" in [
        each.words for each in decision.would_change
    ]


@pytest.mark.parametrize(
    ("how", "outcome", "state"),
    [("dismisses", "adopted-with-dissent", "dismissed"), ("upholds", "blocked", "upheld")],
)
def test_the_body_that_the_charter_names_decides(how: str, outcome: str, state: str) -> None:
    table, name = answered()
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    rule(table, name, "gil", "hal", how=how)
    decision = table.decide()
    assert (decision.outcome, states(table)) == (outcome, {"dia": state})
    assert (decision.rejected, decision.pending) == ((), ())


@pytest.mark.parametrize(
    ("by", "fault"),
    [
        pytest.param(("ada", "cem"), "and has 0", id="two coordinators who are not of it"),
        pytest.param(("gil",), "and has 1", id="one of its members alone"),
        pytest.param(("gil", "cem"), "and has 1", id="one of its members and a coordinator"),
        pytest.param(("gil", "old"), "and has 1", id="one whose mandate ended"),
        pytest.param(("board",), "and has 0", id="the body itself, which others represent"),
    ],
)
def test_nobody_else_decides_about_an_objection(by: tuple[str, ...], fault: str) -> None:
    table, name = answered()
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    rule(table, name, *by)
    why = f"it takes 2 of the members of board (gil, hal), {fault}"
    assert table.decide().rejected == (("acts/03", why),)
    assert states(table) == {"dia": "escalated"}


def test_one_person_with_two_seats_is_one() -> None:
    table, name = answered()
    for id in ("gil", "hal"):
        table.members[id] = table.members[id].model_copy(update={"person": "one-person"})
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    rule(table, name, "gil", "hal")
    assert states(table) == {"dia": "escalated"}


def test_a_ruling_before_anybody_asked_for_it_decides_nothing() -> None:
    table, name = answered()
    rule(table, name, "gil", "hal", on=21)
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    why = "two coordinators had not passed on all that it is about"
    assert table.decide().rejected == (("acts/02", why),)
    assert states(table) == {"dia": "escalated"}


def test_of_two_rulings_about_the_same_words_the_first_stands() -> None:
    table, name = answered()
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    rule(table, name, "gil", "hal", how="upholds")
    table.act("escalation", "ada", "cem", on=25, objections=(name,))
    rule(table, name, "gil", "hal", on=26)
    why = "acts/03 decided about the same objection to the same words before"
    assert table.decide().rejected == (("acts/05", why),)
    assert states(table) == {"dia": "upheld"}


def test_other_words_have_to_be_passed_on_anew() -> None:
    table, name = answered()
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    rule(table, name, "gil", "hal", on=24)
    table.open({ONE: words("other words")}, on=40)
    assert states(table) == {"dia": "unanswered"}
    table.act("answer", "cem", on=41, objections=(name,))
    assert states(table) == {"dia": "answered"}
    table.act("escalation", "ada", "cem", on=42, objections=(name,))
    rule(table, name, "gil", "hal", on=44)
    assert states(table) == {"dia": "dismissed"}


def test_where_the_charter_names_no_body_nothing_is_passed_on_and_that_is_said() -> None:
    table, name = answered(body=None)
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    decision = table.decide()
    why = "the charter named no body that decides about objections (`escalate_to`)"
    assert decision.rejected == (("acts/02", why),)
    assert (decision.outcome, states(table)) == ("blocked", {"dia": "answered"})
    assert any("govkit amend charter" in each.words for each in decision.would_change)


def test_nothing_is_passed_on_that_nobody_answered() -> None:
    table, name = objected("escalate")
    table.charter = table.charter.model_copy(update={"escalate_to": BOARD})
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    assert states(table) == {"dia": "unanswered"}


def test_one_coordinator_alone_escalates_nothing() -> None:
    table, name = answered()
    table.act("escalation", "ada", "fay", on=22, objections=(name,))
    decision = table.decide()
    assert decision.outcome == "blocked"
    assert decision.rejected == (("acts/02", "it takes two coordinators"),)


def test_an_act_is_judged_by_the_rules_of_when_it_was_logged() -> None:
    table, name = answered()
    table.act("escalation", "ada", "cem", on=22, objections=(name,))
    rule(table, name, "gil", "hal")
    acts = ("acts/01", "acts/02", "acts/03")
    then = {
        "coordinating": dict.fromkeys(acts, ("ada", "cem")),
        "bodies": dict.fromkeys(acts, BOARD),
    }
    later = table.charter.model_copy(
        update={"coordinators": Coordinators(ids=("fay", "gil"), threshold=2), "escalate_to": None}
    )
    assert decide(table.docket(charter=later, **then), day(60)).outcome == "adopted-with-dissent"
    never = then | {"coordinating": {"acts/01": ("cem",), "acts/02": ("fay", "gil")}}
    assert decide(table.docket(charter=later, **never), day(60)).rejected == (
        ("acts/02", "it takes two coordinators"),
        ("acts/03", "two coordinators had not passed on all that it is about"),
    )


def test_an_answer_is_to_the_objectors_own_comment_and_not_to_somebody_elses() -> None:
    table, name = objected("adopt-with-dissent")
    table.comment("eva", 5, about=name, answered=20, author_reply="satisfied")
    assert states(table) == {"dia": "unanswered"}


def test_an_objector_who_is_satisfied_blocks_no_more_and_does_not_count_as_consent() -> None:
    table = Table()
    name = table.say("cem", "object", 5, reason="Too short.")
    for who in ("ada", "ben"):
        table.say(who, "consent")
    table.comment("cem", 5, about=name, answered=20, author_reply="satisfied")
    table.last_call()
    unit = table.unit()
    assert (unit.outcome, states(table)) == ("not-adopted", {"cem": "satisfied"})
    assert unit.why == ("2 of 3 consents", "1 of 2 stakeholder groups")
    assert "cem" not in unit.not_heard


def test_after_a_withdrawal_the_member_is_not_heard_and_not_consenting() -> None:
    table, _ = objected()
    table.say("dia", "withdraw", 6)
    unit = table.unit()
    assert (unit.outcome, states(table)) == ("adopted", {"dia": "withdrawn"})
    assert "dia" in unit.not_heard


def test_an_objection_without_a_reason_blocks_until_the_time_for_the_reason_is_over() -> None:
    table, _ = objected(reason=None)
    assert states(table, 11) == {"dia": "reason-asked"}
    assert table.unit(11).outcome == "blocked"
    assert states(table, 12) == {"dia": "no-reason"}
    assert table.unit(60).outcome == "adopted-with-dissent"


def test_a_reason_that_comes_later_makes_it_block_again() -> None:
    table, _ = objected(reason=None)
    table.say("dia", "object", 20, reason="Too short.")
    assert states(table) == {"dia": "unanswered"}


def test_a_new_reason_asks_for_a_new_answer() -> None:
    table, name = objected("adopt-with-dissent")
    table.comment("dia", 5, about=name, answered=20)
    assert states(table) == {"dia": "overruled"}
    table.say("dia", "object", 25, reason="And too vague.")
    assert states(table) == {"dia": "unanswered"}


def test_a_reason_that_is_not_published_counts_as_one_and_a_sentence_stands_for_it() -> None:
    table, _ = objected(reason=None)
    table.say("dia", "object", 6, reason_withheld=words("salted"))
    unit = table.unit()
    assert (unit.outcome, unit.objections[0].reason) == ("blocked", NOT_PRINTED)


# --- time -----------------------------------------------------------------------------------------


def test_a_late_consent_is_not_counted_and_is_kept_as_late() -> None:
    table = Table()
    for who in ("ada", "ben"):
        table.say(who, "consent")
    table.last_call()
    table.say("cem", "consent", 44)
    decision = table.decide()
    assert decision.outcome == "not-adopted"
    assert decision.late == (("positions/cem-03", "consent of cem: received after the close"),)


def test_a_late_objection_blocks_nothing_and_is_kept_as_late() -> None:
    table = agreed()
    table.say("dia", "object", 44.001, reason="Too short.")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert decision.late == (("positions/dia-04", "object of dia: received after the close"),)


def test_coordinators_reopen_with_a_reason_and_what_was_late_counts() -> None:
    table = agreed()
    table.say("dia", "object", 45, reason="Too short.")
    table.notice("moved", 46, closes=50)
    assert table.decide().outcome == "adopted"  # a close that has passed can't be moved alone
    table.act("reopen", "ada", "cem", on=46)
    assert table.decide().outcome == "blocked"


def test_what_came_in_time_counts_though_it_is_logged_after_the_close() -> None:
    table = agreed()
    table.say("dia", "object", 43.9, recorded=47, reason="Too short.")
    assert table.decide(46).outcome == "adopted"
    assert table.decide(46).provisional
    assert table.decide(48).outcome == "blocked"


# --- the member's own signature -------------------------------------------------------------------

SIGNED = {"min_evidence": {"consent": "E3", "object": "E3", "comment": "E0"}}


def with_key(table: Table, **more: str) -> Pair:
    """Give Dia a key."""
    made = known("ssh-ed25519")
    key = {"id": "k1", "public": made.public, "since": "2026-01-10", **more}
    table.members["dia"] = member("academia", keys=[key])
    return made


def test_a_signature_over_the_statement_of_the_position_is_e3() -> None:
    table = Table(policy(consents={"total": 1}, **SIGNED))
    name = table.say("dia", "consent", level="E0")
    table.sign(name, with_key(table))
    table.last_call()
    assert table.decide().outcome == "adopted"


def test_a_key_that_was_replaced_holds_for_what_came_before_its_end() -> None:
    table = Table(policy(consents={"total": 1}, **SIGNED))
    key = with_key(table, until="2026-03-11")  # it ends, everywhere, at noon of the 12th
    table.last_call()
    name = table.say("dia", "consent", level="E0")
    table.sign(name, key, 2)
    assert why(table, name) == "the key k1 had ended"
    table.sign(name, key, 1.99, recorded=9)
    assert table.decide().outcome == "adopted"


def test_a_key_that_was_stolen_holds_for_what_was_logged_before() -> None:
    table = agreed(policy(min_evidence={"consent": "E1", "object": "E3", "comment": "E0"}))
    key = with_key(table, compromised_since="2026-03-15T12:00:00Z")
    name = table.say("dia", "object", 4, recorded=4.9, reason="No.", level="E0")
    table.sign(name, key, 4, recorded=5)
    assert why(table, name) == "the key k1 is not safe since 2026-03-15T12:00:00Z"
    assert table.decide().outcome == "adopted"
    table.sign(name, key, 4, recorded=4.9)
    assert table.decide().outcome == "blocked"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"signer": pair("ssh-ed25519", random.Random(1))}, "a key that is none of dia's"),
        ({"key": "k9"}, "it was signed with the key k1, and says k9"),
        ({"statement": "of other words"}, "it is over other words, or was itself changed"),
        ({"digest": words("other")}, "what was signed is not the statement of this position"),
        ({"namespace": "release@govkit"}, "it was made for the purpose release@govkit"),
        ({"signature": "QUJD"}, "the signature can't be read: inside its armour is no SSH"),
        ({"signature": None}, "it has no signature"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_signature_that_does_not_hold_shows_nothing(change: dict[str, Any], says: str) -> None:
    table = Table(policy(consents={"total": 1}, **SIGNED))
    name = table.say("dia", "consent", level="E0")
    key = with_key(table)
    table.sign(name, change.pop("signer", key), **change)
    table.last_call()
    assert says in why(table, name)
    assert table.decide().outcome == "not-adopted"


def test_a_key_below_two_names_is_nobodys() -> None:
    table = Table(policy(consents={"total": 1}, **SIGNED))
    name = table.say("dia", "consent", level="E0")
    key = with_key(table)
    table.members["eva"] = member("business", keys=table.members["dia"].keys)
    table.sign(name, key)
    assert why(table, name) == "the key k1 of dia stands below another name, too, so it is nobody's"


def test_what_is_filed_to_show_one_position_shows_no_other() -> None:
    table = Table()
    one, other = table.say("dia", "consent"), table.say("dia", "object", 2, level="E0")
    shown = table.show(one, "E1")
    filed = table.filed["evidence"][-1]
    moved = filed.record.model_copy(update={"position": other})
    table.filed["evidence"][-1] = FiledRecord(shown, moved, filed.entry)
    assert (
        why(table, other)
        == f"it says that it shows {other}, and has the place of another position's"
    )
    stem = other.removeprefix("positions/")
    table.filed["evidence"][-1] = FiledRecord(f"evidence/{stem}-09", moved, filed.entry)
    assert why(table, other) == f"it is of other words than those of {other}"


def why(table: Table, position: str) -> str:
    """Why what was filed last to show a position is false."""
    docket = table.docket()
    filed = next(each for each in docket.positions if each.id == position)
    return evidence_of(docket, filed, day(60)).judged[-1].fault


def test_an_author_who_is_no_member_is_rejected_with_the_cause() -> None:
    table = agreed()
    table.say("nobody", "object", 2, reason="No.")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert [each.cause for each in decision.rejected] == ["there is no member nobody"]


def test_a_date_that_the_member_claims_decides_nothing() -> None:
    table = agreed()
    table.say("dia", "object", 45, reason="No.", claimed_at="2026-03-12T12:00:00Z")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert [each.record for each in decision.late] == ["positions/dia-04"]


def test_what_is_received_in_the_future_is_rejected() -> None:
    table = agreed()
    table.say("dia", "object", 40, reason="No.")
    decision = table.decide(39)
    assert decision.outcome == "adopted"
    assert decision.rejected == (("positions/dia-04", "its time of receipt lies in the future"),)


def test_a_record_that_was_changed_after_it_was_logged_is_rejected() -> None:
    table = agreed()
    last = table.filed["positions"].pop()
    table.filed["positions"].append(type(last)(last.id, last.record, last.entry, intact=False))
    decision = table.decide()
    assert decision.outcome == "not-adopted"
    assert decision.rejected == (("positions/cem-03", "it was changed after it was logged"),)


# --- groups and evidence --------------------------------------------------------------------------


def test_a_group_smaller_than_its_quorum_is_a_named_cause_and_needs_a_waiver() -> None:
    rule = policy(consents={"total": 3, "groups": {"government": 1}})
    table = agreed(rule)
    unit = table.unit()
    assert unit.outcome == "inquorate"
    assert unit.why == ("the group government has too few members for its quorum",)
    assert [change.words for change in table.decide().would_change] == [
        "a waiver by two coordinators for government"
    ]
    table.act("waiver", "ada", "cem", on=45)
    assert table.unit().outcome == "adopted"


def test_where_the_policy_says_so_no_waiver_helps() -> None:
    rule = policy(consents={"total": 3, "groups": {"government": 1}}, vacant_group="block")
    table = agreed(rule)
    table.act("waiver", "ada", "cem", on=45)
    assert table.unit().outcome == "inquorate"


def test_only_stand_asides_in_a_group_are_heard_and_are_no_consent() -> None:
    rule = policy(consents={"total": 3, "groups": {"business": 1}})
    table = agreed(rule)
    for who in ("eva", "fay"):
        table.say(who, "stand-aside", 3)
    unit = table.unit()
    assert unit.outcome == "not-adopted"
    assert unit.why == ("0 of 1 consents from business",)
    assert unit.groups_not_heard == ("government",)


def test_evidence_that_is_too_weak_is_kept_as_reported_and_not_counted() -> None:
    table = Table(policy(min_evidence={"consent": "E2", "object": "E1", "comment": "E0"}))
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent", level="E2")
    table.last_call()
    assert table.unit().outcome == "adopted"
    table.say("dia", "consent", 2, level="E1")
    table.say("eva", "object", 2, level="E0", reason="No.")
    decision = table.decide()
    assert decision.outcome == "adopted"
    assert decision.reported == (
        ("positions/dia-04", "E1 is too weak for the policy substance"),
        ("positions/eva-05", "E0 is too weak for the policy substance"),
    )
    table.say("eva", "object", 3, level="E1", reason="No.")
    assert table.decide().outcome == "blocked"


def test_evidence_can_rise_and_the_position_counts_from_its_own_time() -> None:
    table = agreed(policy(consents={"total": 4}))
    name = table.say("dia", "consent", 3, level="E0")
    assert table.decide().outcome == "not-adopted"
    table.show(name, "E1", 50)
    assert table.decide(49).outcome == "not-adopted"
    assert table.decide(51).outcome == "adopted"


@pytest.mark.parametrize(
    ("level", "more", "says"),
    [
        ("E1", {"level": "E2"}, "evidence of the kind `meeting` is never E2"),
        ("E1", {"source": None}, "it names no source that the coordinators keep"),
        ("E2", {"account": None}, "it names no account"),
        ("E1", {"kind": "mail", "level": "E2"}, "it says nothing about the signature of the mail"),
        (
            "E1",
            {"kind": "mail", "level": "E2", "mail": {"raw": words("x"), "domain": "a.example"}},
            "it says nothing about the signature of the mail",
        ),
        (
            "E1",
            {"kind": "mail", "mail": {"raw": words("another mail")}},
            "the mail that it names is not the source that the coordinators keep",
        ),
    ],
)
def test_what_evidence_claims_is_worth_nothing_by_itself(
    level: str, more: dict[str, Any], says: str
) -> None:
    table = Table()
    name = table.say("dia", "consent", level="E0")
    table.show(name, level, claimed=more.pop("level", level), **more)
    assert why(table, name) == says


@pytest.mark.parametrize(("filed_as", "worth"), [("E0", 0), ("E1", 1), ("E1c", 1), ("E3", 1)])
def test_a_signature_is_worth_no_more_than_it_was_filed_as(filed_as: str, worth: int) -> None:
    table = Table(policy(consents={"total": 1}))
    name = table.say("dia", "consent", level="E0")
    table.sign(name, with_key(table), claimed=filed_as)
    assert sum(given for _, given in table.unit().given_by_group) == worth
    signed = policy(consents={"total": 1}, **SIGNED)
    table.policies["substance"] = signed
    assert sum(given for _, given in table.unit().given_by_group) == (filed_as == "E3")


def test_what_an_account_did_may_be_filed_as_less_and_is_worth_that() -> None:
    table = Table(policy(consents={"total": 1}))
    name = table.say("dia", "consent", level="E0")
    table.show(name, "E2", claimed="E1")
    assert (why(table, name), table.unit().outcome) == ("", "adopted")


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"account": "eva"}, "the account eva at code.example.org was none of dia's on 2026-03-11"),
        ({"host": "other.example"}, "the account dia at other.example was none of dia's on"),
        ({"arrived": "2025-03-11T12:00:00Z"}, "was none of dia's on 2025-03-11"),
        ({"arrived": "2026-03-12T12:00:00Z"}, "it came after it was written down"),
    ],
)
def test_only_an_account_on_the_members_record_shows_something(
    event: dict[str, str], says: str
) -> None:
    table = Table()
    name = table.say("dia", "consent", level="E2")
    assert why(table, name) == ""
    right = {"account": "dia", "host": "code.example.org", "event": "17"}
    table.show(name, "E2", account=right | {"arrived": "2026-03-11T12:00:00Z"} | event)
    assert says in why(table, name)


# --- comments -------------------------------------------------------------------------------------


def test_a_comment_after_the_close_is_marked_late_and_never_dropped() -> None:
    table = agreed()
    table.comment("fay", 44)
    decision = table.decide()
    assert decision.late == (
        ("comments/0001", "a comment received after the close; to be answered or carried over"),
    )
    assert not decision.provisional


def test_a_comment_at_the_very_end_of_the_time_is_late() -> None:
    table = Table()
    names = [table.comment("fay", on, answered=40) for on in (29.999, 30)]
    assert [each.record for each in table.decide().late] == names[1:]


def test_nobody_makes_comments_late_by_moving_a_date_to_an_earlier_one() -> None:
    table = agreed()
    name = table.comment("fay", 42)
    table.notice("moved", 43, closes=41)
    assert table.decide().unanswered == (name,)
    table = Table()
    name = table.comment("fay", 20)
    table.notice("moved", 21, comment_until=19)
    assert table.decide().unanswered == (name,)


def test_a_close_that_has_passed_is_moved_for_comments_only_where_two_reopen() -> None:
    table = agreed()
    name = table.comment("fay", 46)
    table.notice("moved", 47, closes=50)
    assert [each.record for each in table.decide().late] == [name]
    table.act("reopen", "ada", "cem", on=48)
    assert table.decide().unanswered == (name,)


def test_a_second_opening_notice_makes_no_comment_late_that_was_promised_its_time() -> None:
    table = agreed()
    name = table.comment("fay", 20)
    table.notice("opening", 5, comment_until=10)
    assert (table.decide().late, table.decide().unanswered) == ((), (name,))


def test_a_comment_in_time_without_an_answer_keeps_the_decision_provisional() -> None:
    table = agreed()
    name = table.comment("fay", 20)
    decision = table.decide()
    assert (decision.provisional, decision.unanswered) == (True, (name,))
    assert decision.pending == ("comments without an answer: comments/0001",)


def test_a_comment_by_personal_mail_is_counted_while_its_author_is_asked() -> None:
    table = agreed()
    table.comment("fay", 20, publication="asked", comment=None, withheld=words("salted"))
    assert table.decide().unanswered == ("comments/0001",)
    table.filed["comments"].clear()
    table.comment("fay", 20, publication="withdrawn", comment=None, withheld=words("salted"))
    assert table.decide().unanswered == ()


def test_a_reply_to_an_earlier_revision_is_taken_against_that_revision() -> None:
    table = agreed()
    table.open({ONE: words("other words")}, on=40)
    table.last_call(70, 84)
    table.comment("fay", 41, target={"revision": 1})
    decision = table.decide(100)
    assert decision.unanswered == ("comments/0001",)
    assert decision.late == ()


def test_a_reservation_is_one_only_if_the_member_marks_it_and_never_an_objection() -> None:
    table = agreed()
    table.say("dia", "consent-with-reservation", 2, reason="If the time is kept.")
    unit = table.unit()
    assert (unit.outcome, unit.why) == ("adopted-with-reservations", ("dia has a reservation",))


# --- classes --------------------------------------------------------------------------------------


def two_policies() -> Table:
    from tests.consent.building import charter

    table = Table(units=())
    table.charter = charter(easy=[1, 2, 3], substance=[4, 5, 6, 7, 8])
    table.policies["easy"] = policy(consents={"total": 1, "groups": {}})
    table.open(
        {ONE: words("a"), TWO: words("b")},
        EXA_DUE_01={"class": 3, "floor": 3},
        EXA_DUE_02={"class": 3, "floor": 6},
    )
    table.say("ada", "consent")
    table.last_call()
    return table


def test_each_text_is_decided_by_the_policy_of_its_class_and_the_floor_rules() -> None:
    decision = two_policies().decide()
    assert {unit.id: (unit.policy, unit.outcome) for unit in decision.units} == {
        ONE: ("easy", "adopted"),
        TWO: ("substance", "not-adopted"),
    }
    assert decision.outcome == "not-adopted"


def test_a_class_is_lowered_by_two_approvers_from_two_groups() -> None:
    table = two_policies()
    table.act("override", "ada", "ben", on=2, units=(TWO,))
    assert table.unit(id=TWO).policy == "substance"
    table.act("override", "ada", "cem", on=2, units=(TWO,))
    assert (table.unit(id=TWO).policy, table.unit(id=TWO).outcome) == ("easy", "adopted")


def test_a_policy_that_is_not_the_one_the_proposal_was_opened_under_decides_nothing() -> None:
    table = agreed()
    table.policies = {}
    unit = table.unit()
    assert unit.outcome == "not-adopted"
    assert "no policy for class 6" in unit.why[0]


def test_before_the_close_and_the_end_of_intake_the_decision_is_provisional() -> None:
    table = agreed()
    assert table.decide(43).pending == ("the last call is open until 2026-04-23T12:00:00Z",)
    assert table.decide(44).pending == ("what came in time is taken in until 2026-04-30T12:00:00Z",)
    assert table.decide(51).pending == ()
    assert Table().decide(5).pending == ("the last call was not announced yet",)


def test_nothing_is_decided_before_the_date() -> None:
    assert day(44) == agreed().docket().notices[0].record.closes


# --- a statement that was held back ---------------------------------------------------------------


def seen(table: Table, number: int) -> dict[str, Any]:
    """That the one who speaks had seen the log up to an entry."""
    return {"head": {"seq": number, "digest": words(f"entry {number}")}}


def test_a_signed_consent_that_was_held_back_undoes_nothing_that_came_since() -> None:
    table = agreed()
    early = seen(table, table.seq)
    table.say("dia", "stand-aside")
    table.say("dia", "consent", 5, **early)
    assert {voice.member: voice.said for voice in table.unit().voices}["dia"] == "stand-aside"
    table.say("dia", "consent", 6, **seen(table, table.seq))
    assert {voice.member: voice.said for voice in table.unit().voices}["dia"] == "consent"


@pytest.mark.parametrize("held_back", ["stand-aside", "abstain", "withdraw"])
def test_nothing_but_an_objection_undoes_what_was_said_since(held_back: str) -> None:
    table = agreed()
    early = seen(table, table.seq)
    table.say("dia", "consent", 3)
    table.say("dia", held_back, 5, **early)
    assert {voice.member: voice.said for voice in table.unit().voices}["dia"] == "consent"


def test_a_signed_consent_to_earlier_words_that_was_held_back_takes_no_newer_one_away() -> None:
    table = Table()
    first = [(ONE, *table.units[ONE])]
    table.open({ONE: words("other words")}, on=20)
    early = seen(table, table.seq)
    table.say("dia", "consent", 21)
    table.say("dia", "consent", 22, revision=1, pairs=first, **early)
    assert (table.unit().stale, [each.said for each in table.unit().voices]) == ((), ["consent"])


def test_of_two_that_were_held_back_one_does_not_shield_the_other() -> None:
    table = agreed()
    early = seen(table, table.seq)
    table.say("dia", "stand-aside", 3)
    late = seen(table, table.seq)
    table.say("dia", "abstain", 5, **early)
    table.say("dia", "consent", 6, **late)
    assert {voice.member: voice.said for voice in table.unit().voices}["dia"] == "consent"


def test_a_signed_withdrawal_that_was_held_back_leaves_a_later_objection_alone() -> None:
    table = agreed()
    early = seen(table, table.seq)
    table.say("dia", "object", 3, reason="Thirty days are too long.")
    for late in ({"position": "withdraw"}, {"position": "consent", "confirms_withdrawal": True}):
        table.say("dia", on=5, **late, **early)  # type: ignore[arg-type]
        assert states(table) == {"dia": "unanswered"}
    table.say("dia", "withdraw", 6, **seen(table, table.seq))
    assert states(table) == {"dia": "withdrawn"}


def test_a_signed_objection_stands_whatever_its_author_said_since() -> None:
    table = agreed()
    early = seen(table, table.seq)
    table.say("dia", "consent", 3)
    table.say("dia", "object", 5, reason="Thirty days are too long.", **early)
    assert states(table) == {"dia": "unanswered"}
    assert table.unit().outcome == "blocked"


def test_a_held_back_statement_says_why_it_does_not_count() -> None:
    table = agreed()
    early = seen(table, table.seq)
    objection = table.say("dia", "object", 3, reason="Thirty days are too long.")
    withdrawal = table.say("dia", "withdraw", 5, **early)
    (cause,) = Counting(table.docket(), day(10)).causes(withdrawal)
    assert cause.why.startswith(f"dia signed it before {objection} came")
    assert "--statement dia --position withdraw" in cause.remedy
