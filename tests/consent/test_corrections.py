"""Corrections in the sum: what counts while one waits, what makes it count, and what never does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from govkit.consent.counting import Counting
from govkit.records.governance import Charter
from govkit.round.rounds import Round

from .building import ONE, TWO, Table, agreed, day, member, policy
from .test_cases import with_key


def stances(table: Table, who: str = "dia", id: str = ONE) -> list[str]:
    """What counts of one person about a text."""
    return [voice.said for voice in table.unit(id=id).voices if voice.member == who]


CAUTIOUS = (
    ("consent", "stand-aside", "stand-aside"),
    ("stand-aside", "consent", "stand-aside"),
    ("abstain", "stand-aside", "stand-aside"),
    ("consent", "consent-with-reservation", "consent-with-reservation"),
    ("consent", "object", "object"),
    ("object", "consent", "object"),
)


@pytest.mark.parametrize(("wrong", "right", "counts"), CAUTIOUS)
def test_the_more_cautious_counts_until_a_second_coordinator_has_seen_it(
    wrong: str, right: str, counts: str
) -> None:
    table = agreed()
    slip = table.say("dia", wrong, reason="Words.")
    name = table.correct(slip, right, seen=False, reason="Words.")
    assert stances(table) == [counts]
    aside = {each.record for each in table.decide().reported}
    assert len(aside & {slip, name}) == 1, "both are shown"
    assert any("corrections/01 is not confirmed" in each for each in table.decide().warnings)
    table.vouched[table.filed["evidence"][-1].id] = (table.vouched["evidence/ada-01-01"][0],)
    assert stances(table) == [right]
    assert [each.record for each in table.decide().rejected] == [slip]


def test_text_by_text_and_nothing_is_taken_for_a_yes_that_only_one_of_them_gives() -> None:
    table = agreed(units=(ONE, TWO))
    slip = table.say("dia", "consent")
    table.correct(slip, "consent", seen=False, units=(TWO,))
    assert (stances(table, id=ONE), stances(table, id=TWO)) == ([], ["consent"])
    [about] = [each for each in table.decide().reported if each.record == slip]
    assert about.cause.startswith(f"{ONE}: corrections/01 is not confirmed")
    other = agreed(units=(ONE, TWO))
    slip = other.say("dia", "consent", units=(ONE,))
    other.correct(slip, "object", seen=False, units=(TWO,), reason="No.")
    assert (stances(other, id=ONE), stances(other, id=TWO)) == ([], ["object"])


def test_a_correction_that_waits_takes_no_objection_back() -> None:
    """The objection is older, and neither of the two words after it is sure."""
    for wrong, right in (("consent", "withdraw"), ("withdraw", "consent")):
        table = agreed()
        table.say("dia", "object", 1, reason="Words.")
        slip = table.say("dia", wrong, 2)
        table.correct(slip, right, 3, seen=False, confirms_withdrawal=True)
        assert table.decide().outcome == "blocked"


def test_an_objection_with_a_reason_goes_before_one_without() -> None:
    table = agreed()
    slip = table.say("dia", "object")
    right = table.correct(slip, "object", seen=False, reason="Words.")
    [objection] = table.unit().objections
    assert (objection.position, objection.state) == (right, "unanswered")


def test_what_shows_the_right_words_has_to_be_as_sure_as_what_shows_the_wrong_ones() -> None:
    table = agreed()
    key = with_key(table)
    slip = table.say("dia", "object", reason="Words.")
    table.sign(slip, key)
    right = table.correct(slip, "consent", 3)
    assert stances(table) == ["object"], "two coordinators do not correct what a member signed"
    [cause] = Counting(table.docket(), day(60)).causes(right)
    assert f"what shows {right} is E1, and what shows {slip} is E3" in cause.why
    assert "Dia signs the right words" in cause.words
    table.sign(right, key, 4)
    assert stances(table) == ["consent"]


def test_a_signature_of_another_member_says_nothing_of_what_a_member_said() -> None:
    table = agreed()
    slip = table.say("fay", "object", reason="Words.")
    key = with_key(table)  # that of Dia
    right = table.correct(slip, "consent", 3, who="dia", level="E0")
    table.sign(right, key, 3)
    assert stances(table, "fay") == ["object"]
    table.show(right, "E1", 4)
    assert (stances(table, "fay"), stances(table, "dia")) == ([], ["consent"])


def test_nobody_corrects_by_the_words_of_one_who_may_not_speak_for_the_member() -> None:
    table = agreed()
    slip = table.say("dia", "object", reason="Words.")
    table.correct(slip, "consent", by="fay")
    assert stances(table) == ["object"]


def test_where_there_is_one_coordinator_the_member_confirms() -> None:
    table = agreed()
    coordinators = {"ids": ["ada"], "threshold": 1}
    plain = table.charter.model_dump(mode="json", exclude_unset=True, by_alias=True)
    table.charter = Charter.model_validate(plain | {"coordinators": coordinators})
    slip = table.say("dia", "object", reason="Words.")
    table.vouched = {}
    right = table.correct(slip, "consent", seen=False)
    assert stances(table) == ["object"], "the word of one is not enough to take another's away"
    table.show(right, "E1c", 3, seen=False)
    assert stances(table) == ["consent"]


def test_what_is_right_is_in_time_when_what_was_wrong_was() -> None:
    """The slip was found after the close; what the member said had come before."""
    table = agreed()
    slip = table.say("dia", "consent", 43)
    table.correct(slip, "object", 46, reason="Words.")
    assert table.decide().outcome == "blocked"
    assert table.decide().late == ()


# --- comments and dates ---------------------------------------------------------------------------


def test_both_comments_wait_for_an_answer_until_somebody_has_seen_the_right_one() -> None:
    table = agreed()
    wrong, right = table.comment("dia"), table.comment("dia", comment="Other words.")
    name = table.put_right(wrong, right)
    assert table.decide().unanswered == (wrong, right)
    table.vouch(name)
    assert table.decide().unanswered == (right,)


def test_a_challenge_and_an_answer_that_were_written_down_wrongly_count_no_more() -> None:
    table = agreed(policy())
    objection = table.say("dia", "object", reason="Words.")
    wrong = table.comment("dia", about=objection, answered=20, author_reply="satisfied")
    right = table.comment("dia", about=objection)
    assert table.unit().objections[0].state == "satisfied"
    table.vouch(table.put_right(wrong, right))
    assert table.unit().objections[0].state == "unanswered"


def test_a_last_call_with_a_mistyped_day_is_put_right_and_never_under_the_policy() -> None:
    table = Table()
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent")
    table.notice("last-call", 30, closes=90)
    table.notice("last-call", 31, closes=46)
    later = table.filed["notices"].pop()
    assert later.entry is not None
    came = later.entry.model_copy(update={"received_at": day(30)})
    table.filed["notices"].append(replace(later, entry=came))
    name = table.put_right("notices/01", "notices/02", 31)
    assert Round(table.docket(), day(60)).dates.closes == day(90)
    table.vouch(name, 31.5)
    assert Round(table.docket(), day(60)).dates.closes == day(46)
    assert Round(table.docket(), day(60)).last_call_needed == day(45)


def test_of_an_organisation_and_of_who_speaks_for_it_the_more_cautious_counts() -> None:
    """Written down for the organisation, and it was said for oneself: one voice, and one place."""
    for wrong, right in (("withdraw", "abstain"), ("abstain", "withdraw")):
        table = agreed(policy(min_evidence={"consent": "E1", "object": "E0", "comment": "E0"}))
        table.members |= {
            "lab": member("business", kind="organisation"),
            "gus": member("business", kind="representative", represents="lab"),
        }
        table.say("lab", "consent", by="gus")
        slip = table.say("lab", wrong, by="gus")
        table.correct(slip, right, who="gus", by="gus", seen=False)
        [said] = [each.said for each in table.unit().voices if each.name == "lab"]
        assert said == "abstain"
