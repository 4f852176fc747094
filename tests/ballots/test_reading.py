"""What mails come to, read one by one: the mark of the sender, or a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.consultation.quotation import QuotedLine, quoted_lines, unquoted_lines
from govkit.correspondence import ballots
from govkit.correspondence.ballot_blocks import may_hold_ballot
from govkit.correspondence.ballots import read_ballot
from govkit.source.mail import read_mail

from .messages import CASES, DESK, Case, block, eml


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_mail_comes_to_what_a_person_reads_in_it(case: Case) -> None:
    found = read_ballot(read_mail(case.raw), DESK)
    assert (found.sort, found.stance, found.doubt) == (case.sort, case.stance, case.doubt)
    if case.sort == "position":
        assert (found.texts, found.form) == (case.texts, DESK.forms["k7f3-9q2m"])
        assert found.member == "example-society"
        assert case.reason is None or found.reason == case.reason
        assert tuple(found.comments) == case.comments


def test_own_words_are_found() -> None:
    asked = [case for case in CASES if case.own is not None]
    read = {case.name: read_ballot(read_mail(case.raw), DESK).own for case in asked}
    wrong = {case.name: read[case.name] for case in asked if read[case.name] != case.own}
    assert len(asked) >= 40
    assert wrong == {}


def test_a_mail_without_a_ballot_is_read_alike_without_looking_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mails = [read_mail(case.raw) for case in CASES]
    without = [mail for mail in mails if not may_hold_ballot(mail.text)]
    assert len(without) >= 10
    for mail in mails:
        own = [line for line in quoted_lines(mail.text) if line.kind == "own"]
        assert [*unquoted_lines(mail.text)] == own
    quick = [read_ballot(mail, DESK) for mail in without]
    monkeypatch.setattr(ballots, "may_hold_ballot", lambda _: True)
    assert quick == [read_ballot(mail, DESK) for mail in without]


def test_how_often_lines_were_quoted_is_told_only_where_a_ballot_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def counted(text: str) -> tuple[QuotedLine, ...]:
        looked.append(len(text))
        return quoted_lines(text)

    monkeypatch.setattr(ballots, "quoted_lines", counted)
    long = "The keeper tells each user within a day.\n" * 1_700
    assert read_ballot(read_mail(eml(long)), DESK).sort == "free"
    assert looked == []
    read_ballot(read_mail(eml(f"{long}{block()}")), DESK)
    assert len(looked) == 1


def test_a_member_is_known_by_a_sentence_with_an_old_code_too() -> None:
    found = read_ballot(read_mail(eml("I consent to 2026-003 a1b2-c3d4")), DESK)
    assert (found.doubt, found.member) == ("old-revision", "example-society")


def test_there_are_enough_mails_and_each_has_its_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80


HOSTILE = {
    "brackets in brackets in From": b"From: " + b"(" * 3_000 + b"\n\nx",
    "many addresses in From": b"From: " + b"a@b.example," * 20_000 + b"\n\nx",
    "a sign without end in HTML": eml("<![" * 1_000, kind="text/html"),
    "quotations in quotations": eml("\n".join(">" * (at % 300) for at in range(2_000))),
    "the block begun a thousand times": eml("-=-=-= reply between these lines =-=-=-\n" * 1_000),
    "boxes without end": eml(block() + "\n" + "[x] consent " * 20_000),
    "a date beyond all years": eml(
        "x", "Received: by mx.agora.example; Mon, 1 Jan 99999 0:0 +9999"
    ),
    "a charset that is none": eml("x", kind='text/plain; charset="\0"'),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_read_like_any_other_and_is_no_position(raw: bytes) -> None:
    assert read_ballot(read_mail(raw), DESK).sort in ("query", "free")


@given(st.binary(max_size=400), st.text(max_size=400))
def test_no_mail_stops_the_reading(raw: bytes, words: str) -> None:
    for data in (raw, eml(words), eml(raw)):
        found = read_ballot(read_mail(data), DESK)
        assert found.sort != "position"
