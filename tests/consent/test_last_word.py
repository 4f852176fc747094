"""Which word of a member is the last: by receipt, by what they had seen, or in doubt."""

from __future__ import annotations

import random
from typing import Any

import pytest

from govkit.consent.counting import SUPERSEDED, Counting
from govkit.records.policies import Policy
from tests.consent.building import ONE, Table, agreed, day, member, policy, words
from tests.source.ssh_signing import ED, Pair, pair

DIA: Pair = pair(ED, random.Random("dia"))
KEPT = words("a mail")
MAIL = {"kind": "mail", "source": KEPT, "mail": {"received_by": "mx.example.org", "raw": KEPT}}
NO_MORE_THAN_TYPED: Policy = policy(min_evidence={"consent": "E0", "object": "E0"})


def voice(table: Table, who: str = "dia") -> str | None:
    return {each.member: each.said for each in table.unit().voices}.get(who)


def doubts(table: Table) -> list[str]:
    return [each for each in table.decide().warnings if "the last word of" in each]


def causes(table: Table, position: str) -> list[str]:
    return [each.words for each in Counting(table.docket(), day(20)).causes(position)]


def say_signed(table: Table, position: str, received: float, recorded: float, seen: int) -> str:
    """Dia signs a statement that names the newest entry that she had seen."""
    key = {"id": "k1", "public": DIA.public, "since": "2026-01-10"}
    table.members["dia"] = member("academia", keys=[key])
    head = {"seq": seen, "digest": words(f"entry {seen}")}
    name = table.say("dia", position, received, recorded=recorded, level="E0", head=head)
    table.sign(name, DIA, received, recorded)
    return name


# --- in doubt -------------------------------------------------------------------------------------


def test_no_older_consent_wins_by_an_earlier_receipt_that_a_coordinator_types() -> None:
    table = agreed()
    consent = table.say("dia", "consent", 5)
    aside = table.say("dia", "stand-aside", 3, recorded=6)
    assert voice(table) == "stand-aside"
    (doubt,) = doubts(table)
    assert doubt.startswith(f"{ONE}: nobody can tell which is the last word of dia: {consent} ")
    assert f"The more cautious counts, {aside}. Ask dia:" in doubt
    assert causes(table, aside) == []
    assert causes(table, consent) == [doubt.removeprefix(f"{ONE}: ") + "."]


def test_a_consent_that_lay_on_a_desk_does_not_undo_what_came_after_it() -> None:
    table = agreed()
    table.say("dia", "stand-aside", 5)
    consent = table.say("dia", "consent", 3, recorded=6)
    assert voice(table) == "stand-aside"
    assert len(doubts(table)) == 1
    assert "nobody can tell which is the last word" in causes(table, consent)[0]


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("consent", "consent-with-reservation", "consent-with-reservation"),
        ("consent-with-reservation", "consent", "consent-with-reservation"),
        ("abstain", "stand-aside", "stand-aside"),
        ("stand-aside", "abstain", "stand-aside"),
        ("consent", "withdraw", None),
        ("withdraw", "consent", None),
        ("consent", "object", "object"),
        ("object", "consent", "object"),
    ],
)
def test_of_two_in_doubt_the_more_cautious_counts(
    first: str, second: str, counts: str | None
) -> None:
    table = agreed()
    table.say("dia", first, 5)
    table.say("dia", second, 3, recorded=6)
    assert voice(table) == counts
    assert len(doubts(table)) == 1


def test_what_the_member_answers_ends_the_doubt() -> None:
    table = agreed()
    table.say("dia", "consent", 5)
    table.say("dia", "stand-aside", 3, recorded=6)
    table.say("dia", "consent", 7)
    assert (voice(table), doubts(table)) == ("consent", [])


def test_an_answer_that_is_said_to_have_come_between_the_two_settles_nothing() -> None:
    table = agreed()
    table.say("dia", "consent", 5)
    table.say("dia", "stand-aside", 3, recorded=6)
    table.say("dia", "abstain", 4, recorded=7)
    table.say("dia", "consent", 4, recorded=8)
    assert voice(table) == "stand-aside"
    assert len(doubts(table)) == 1


def test_an_earlier_withdrawal_takes_no_objection_back_that_was_filed_before_it() -> None:
    table = agreed()
    objection = table.say("dia", "object", 5, reason="Thirty days are too long.")
    withdrawal = table.say("dia", "withdraw", 3, recorded=6)
    assert [each.state for each in table.unit().objections] == ["unanswered"]
    assert f"The more cautious counts, {objection}" in causes(table, withdrawal)[0]
    table.say("dia", "withdraw", 7)
    assert [each.state for each in table.unit().objections] == ["withdrawn"]


def test_an_objection_filed_once_more_opens_no_way_for_an_earlier_withdrawal() -> None:
    table = agreed()
    table.say("dia", "object", 5, reason="Thirty days are too long.")
    table.say("dia", "object", 2, recorded=6, reason="Thirty days are too long.")
    table.say("dia", "withdraw", 3, recorded=7)
    assert [each.state for each in table.unit().objections] == ["unanswered"]


def test_a_head_that_somebody_typed_without_a_signature_settles_nothing() -> None:
    table = agreed()
    table.say("dia", "stand-aside", 5)
    head = {"seq": table.seq, "digest": words("entry")}
    table.say("dia", "consent", 3, recorded=6, head=head)
    assert voice(table) == "stand-aside"
    assert len(doubts(table)) == 1


# --- not in doubt ---------------------------------------------------------------------------------


def test_a_signed_statement_that_has_seen_the_other_word_is_later_whatever_the_receipts() -> None:
    table = agreed()
    table.say("dia", "stand-aside", 5)
    say_signed(table, "consent", 3, 6, seen=table.seq)
    assert (voice(table), doubts(table)) == ("consent", [])


def test_the_same_said_twice_is_in_no_doubt() -> None:
    table = agreed()
    table.say("dia", "consent", 5)
    again = table.say("dia", "consent", 3, recorded=6)
    assert (voice(table), doubts(table)) == ("consent", [])
    assert causes(table, again) == [SUPERSEDED.words]


def test_a_consent_to_earlier_words_that_lay_on_a_desk_makes_no_newer_one_stale() -> None:
    table = Table()
    first = [(ONE, *table.units[ONE])]
    table.open({ONE: words("other words")}, on=20)
    table.say("dia", "consent", 21)
    table.say("dia", "consent", 5, recorded=22, revision=1, pairs=first)
    assert (table.unit().stale, voice(table), doubts(table)) == ((), "consent", [])


def test_where_an_own_host_received_both_mails_and_two_vouch_the_receipts_decide() -> None:
    table = agreed()
    consent = table.say("dia", "consent", 5, level="E0")
    table.show(consent, "E1", 5, **MAIL)
    aside = table.say("dia", "stand-aside", 3, recorded=6, level="E0")
    table.show(aside, "E1", 3, 6, **MAIL)
    assert (voice(table), doubts(table)) == ("consent", [])
    assert causes(table, aside) == [SUPERSEDED.words]


@pytest.mark.parametrize("without", ["the other mail", "a second coordinator", "an own host"])
def test_one_mail_alone_settles_nothing(without: str) -> None:
    table = agreed(NO_MORE_THAN_TYPED)
    consent = table.say("dia", "consent", 5, level="E0")
    if without != "the other mail":
        table.show(consent, "E1", 5, **MAIL)
    aside = table.say("dia", "stand-aside", 3, recorded=6, level="E0")
    shown: dict[str, Any] = {"kind": "mail"} if without == "an own host" else MAIL
    table.show(aside, "E1", 3, 6, seen=without != "a second coordinator", **shown)
    assert voice(table) == "stand-aside"
    assert len(doubts(table)) == 1


# --- one body -------------------------------------------------------------------------------------


def test_the_lead_settles_only_what_they_surely_said_last() -> None:
    table = agreed()
    table.members["society"] = member("academia", kind="organisation")
    for who, leads in (("gus", "false"), ("hal", "true")):
        table.members[who] = member(
            "academia", kind="representative", represents="society", lead=leads
        )
    table.say("society", "stand-aside", 5, by="gus")
    table.say("society", "consent", 3, by="hal", recorded=6)
    assert voice(table, "society") == "stand-aside"
    table.say("society", "consent", 7, by="hal")
    assert voice(table, "society") == "consent"
