"""The last call, a moved date, and the end of a proposal."""

from __future__ import annotations

import json

import pytest

from govkit.correspondence.ballots import BallotContext, forms_of, read_ballot
from govkit.correspondence.silence import says_that_silence_agrees
from govkit.source.mail import read_mail
from govkit.workspace import open_workspace

from .conftest import SOCIETY, Folder

AFTER = ("--now", "2026-04-14T12:00:00Z")


@pytest.fixture
def proposed(drafts: Folder) -> Folder:
    """Agora with one text open for comments until the end of 1 April."""
    drafts.open("AGP-NTC-01")
    drafts.commit()
    return drafts


def comment(folder: Folder, number: int = 1, answer: str = "", **more: str) -> None:
    """File a comment, as `govkit comment` does, and its answer where one is given."""
    import datetime
    from typing import Any

    from govkit.procedures.log.filing import Filing, Stamp, file_all
    from govkit.source.record_bytes import record_bytes

    at = datetime.datetime(2026, 3, 20, 12, tzinfo=datetime.UTC)
    path = f"governance/proposals/2026-001/comments/{number:04d}.yaml"
    record: dict[str, Any] = {
        "author": {"name": "E. Example (invented)"},
        "target": {"revision": 1, "unit": "AGP-NTC-01"},
        "comment": "Three days are long when a shop is closed.",
        "source": {"kind": "form"},
        **more,
    }
    was = (folder.path / path).read_bytes() if (folder.path / path).exists() else None
    if answer:
        record["disposition"] = {
            "action": "not-accepted",
            "reply": answer,
            "by": "a-example",
            "at": at,
        }
    kind = "disposition" if answer else "comment"
    file_all(
        folder.path,
        [Filing(path, record_bytes("comment", record, path), kind, was=was)],
        by="a-example",
        received_at=at,
        received_basis="registrar",
        recorded_at=Stamp(at, at),
    )


# --- the last call --------------------------------------------------------------------------------


def test_the_last_call_sets_the_close_by_the_policy(proposed: Folder) -> None:
    answer = proposed.done("propose", "last-call", "2026-001", *AFTER)
    assert answer["closes"] == "2026-04-29T12:00:00Z"
    notice = proposed.read("governance/proposals/2026-001/notices/02.yaml")
    assert notice == {
        "kind": "last-call",
        "revision": "1",
        "closes": "2026-04-29T12:00:00Z",
        "digest": answer["mail"]["digest"],
    }
    assert answer["mail"]["subject"] == "[2026-001 r1] A title: last call until 2026-04-28"
    body = " ".join(answer["mail"]["body"].split())
    assert "the end of Tuesday 28 April 2026, anywhere on earth" in body
    assert "Who says nothing is printed as not heard." in body
    assert "your name and your position will be public, for good" in body
    proposed.is_sound()


def test_the_boxes_of_a_last_call_are_read_when_they_come_back(proposed: Folder) -> None:
    body = proposed.done("propose", "last-call", "2026-001", *AFTER)["mail"]["body"]
    forms = forms_of(open_workspace(proposed.path).corpus)
    [code] = forms
    assert f"    I consent to 2026-001 {code}" in body.splitlines()
    assert "you can sign instead" in body
    marked = body.replace("[ ] object ", "[x] object ").replace("\n", "\n> ")
    mail = read_mail(f"From: a@a.example\n\nHello\n\n> {marked}".encode())
    found = read_ballot(mail, BallotContext(forms, {"a@a.example": ("a-example",)}))
    assert (found.sort, found.stance, found.form) == ("position", "object", forms[code])


def test_a_comment_without_an_answer_stops_it_and_is_named(proposed: Folder) -> None:
    comment(proposed)
    said = proposed.stopped("last-call", "2026-001", *AFTER)
    assert "a comment has no answer yet" in said
    assert "2026-001/comments/0001" in said
    assert "E. Example (invented) on AGP-NTC-01: “Three days are long when a shop is" in said
    comment(proposed, answer="The law gives three days.")
    mail = proposed.done("propose", "last-call", "2026-001", *AFTER)["mail"]
    assert "The one comment on this proposal has its answer." in " ".join(mail["body"].split())


def test_a_later_close_is_taken_and_an_earlier_one_refused(proposed: Folder) -> None:
    last_call = ("last-call", "2026-001", *AFTER, "--closes")
    said = proposed.refused(*last_call, "2026-04-20")
    assert "The earliest day is 2026-04-28." in said
    assert proposed.done("propose", *last_call, "2026-05-05")["closes"] == "2026-05-06T12:00:00Z"


def test_a_comment_that_its_author_withdrew_waits_for_no_answer(proposed: Folder) -> None:
    comment(proposed, publication="withdrawn")
    proposed.done("propose", "last-call", "2026-001", *AFTER)


def test_the_time_for_comments_is_kept(proposed: Folder) -> None:
    said = proposed.refused("last-call", "2026-001", "--now", "2026-03-20T12:00:00Z")
    assert "comments on 2026-001 are open until the end of Wednesday 1 April 2026" in said


def test_a_second_last_call_of_one_revision_is_none(proposed: Folder) -> None:
    proposed.done("propose", "last-call", "2026-001", *AFTER)
    assert "is in last call already" in proposed.refused("last-call", "2026-001", *AFTER)


POLICY = "governance/policies/substance.yaml"


def test_a_policy_that_was_changed_meanwhile_changes_nothing_for_what_is_open(
    proposed: Folder,
) -> None:
    expected = proposed.done("propose", "last-call", "2026-001", *AFTER, "--dry-run")
    proposed.change(POLICY, "last_call: P14D", "last_call: P1D")
    assert proposed.done("propose", "last-call", "2026-001", *AFTER, "--dry-run") == expected


def test_without_the_policy_that_was_kept_a_changed_one_is_named(proposed: Folder) -> None:
    (proposed.path / "governance/proposals/2026-001/policies/substance.yaml").unlink()
    proposed.change(POLICY, "total: 3", "total: 1")
    said = proposed.refused("last-call", "2026-001", *AFTER)
    assert "the policy `substance` has other words now than when 2026-001 was opened" in said


# --- a moved date ---------------------------------------------------------------------------------

MOVE = ("notice", "2026-001", "--move", "--reason", "Two holidays lie between.")
IN_TIME = ("--now", "2026-03-20T12:00:00Z")


def test_the_end_of_the_comments_is_moved_with_the_reason(proposed: Folder) -> None:
    answer = proposed.done("propose", *MOVE, "--to", "2026-04-10", *IN_TIME)
    notice = proposed.read("governance/proposals/2026-001/notices/02.yaml")
    assert notice["kind"] == "moved"
    assert notice["comment_until"] == "2026-04-11T12:00:00Z"
    assert notice["because"] == "Two holidays lie between."
    body = " ".join(answer["mail"]["body"].split())
    assert (
        "The end of the comments: moved from Wednesday 1 April 2026 to Friday 10 April 2026, "
        "because: Two holidays lie between."
    ) in body
    shown = proposed.run("propose", "notice", "2026-001", *IN_TIME).stdout
    assert "2026-04-10  planned  the end of the comments of revision 1, moved once" in shown
    said = proposed.refused("last-call", "2026-001", "--now", "2026-04-05T12:00:00Z")
    assert "the end of Friday 10 April 2026" in said


def test_the_close_of_a_last_call_is_moved(proposed: Folder) -> None:
    proposed.done("propose", "last-call", "2026-001", *AFTER)
    proposed.done("propose", *MOVE, "--to", "2026-05-05", "--now", "2026-04-20T12:00:00Z")
    notice = proposed.read("governance/proposals/2026-001/notices/03.yaml")
    assert notice["closes"] == "2026-05-06T12:00:00Z"
    said = proposed.refused(*MOVE, "--to", "2026-05-20", "--now", "2026-05-10T12:00:00Z")
    assert "closed on 2026-05-05" in said


def test_a_promised_time_is_never_made_shorter(proposed: Folder) -> None:
    said = proposed.refused(*MOVE, "--to", "2026-03-25", *IN_TIME)
    assert "This time can be made longer, never shorter." in said
    said = proposed.refused("notice", "2026-001", "--move", "--to", "2026-04-10", *IN_TIME)
    assert "with the reason" in said
    assert "are for --move" in proposed.refused("notice", "2026-001", "--to", "2026-04-10")


def test_a_date_of_the_call_that_passed_without_its_event_gets_its_words(drafts: Folder) -> None:
    drafts.done(
        "call",
        "open",
        "--title",
        "Notices",
        "--asks",
        "How long?",
        "--inputs-by",
        "2026-02-20",
        "--promise",
        "draft=2026-02-25",
        "--promise",
        "last-call=2026-04-05",
        "--now",
        "2026-02-02T12:00:00Z",
    )
    drafts.open("AGP-NTC-01", "--call", "2026-001")
    shown = drafts.run("propose", "notice", "2026-001", "--now", "2026-04-10T12:00:00Z").stdout
    assert "2026-02-25  late     the draft (call 2026-001)" in shown
    assert "2026-04-05  missed   the last call (call 2026-001)" in shown
    assert (
        "The last call: moved from Sunday 5 April 2026 to [insert the new date], because: "
        "[insert the reason]."
    ) in shown
    assert "govkit call move last-call --call 2026-001 --to YYYY-MM-DD" in shown
    answer = drafts.done("propose", "notice", "2026-001", "--now", "2026-04-10T12:00:00Z")
    assert [each["what"] for each in answer["dates"] if each["draft"]] == ["the last call"]


# --- the end --------------------------------------------------------------------------------------

WITHDRAW = ("withdraw", "2026-001", "--reason", "A law says it now.")


def test_the_proposer_withdraws(proposed: Folder) -> None:
    answer = proposed.done("propose", *WITHDRAW, "--who", SOCIETY, *AFTER)
    act = proposed.read("governance/proposals/2026-001/acts/01.yaml")
    assert act == {"kind": "withdrawal", "by": [SOCIETY], "reason": "A law says it now."}
    assert answer["mail"]["subject"] == "[2026-001 r1] A title: withdrawn"
    proposed.is_sound()
    said = proposed.refused("last-call", "2026-001", *AFTER)
    assert "2026-001 is withdrawn already" in said
    assert "was withdrawn" in proposed.refused("revise", "2026-001", *AFTER)
    assert "is withdrawn" in proposed.refused(*WITHDRAW, "--who", SOCIETY, *AFTER)
    proposed.open("AGP-NTC-01", at="2026-04-15T12:00:00Z")  # the same words can be proposed again


def test_two_coordinators_withdraw_and_one_does_not(proposed: Folder) -> None:
    said = proposed.refused(*WITHDRAW, *AFTER)
    assert "by who proposed it, or by two coordinators together" in said
    assert f"--who {SOCIETY}" in said
    proposed.done("propose", *WITHDRAW, "--who", "a-example", "--who", "c-example", *AFTER)


def test_it_is_withdrawn_from_last_call_too(proposed: Folder) -> None:
    proposed.done("propose", "last-call", "2026-001", *AFTER)
    proposed.done("propose", *WITHDRAW, "--who", SOCIETY, *AFTER)


def test_a_lapsed_proposal_is_called_so(proposed: Folder) -> None:
    proposed.clock = "2026-12-01T12:00:00Z"
    said = proposed.refused("last-call", "2026-001")
    assert "2026-001 is lapsed: nobody took it further in time" in said


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "letter",
    [
        "Silence means consent.",
        "If we do not hear from you by Friday, we take it that you agree.",
        "Unless we hear from you, you are taken to agree.",
        "No reply will be treated as approval.",
        "The text is deemed accepted unless somebody objects.",
        "Members who remain silent are counted as in favour.",
        "This will be adopted by tacit consent.",
        "If you don’t respond, your consent is assumed.",
        "Dear all,\nplease read it. Silence will be\ntaken as agreement.",
    ],
)
def test_a_letter_that_says_that_silence_agrees_is_found(letter: str) -> None:
    assert says_that_silence_agrees(letter)


@pytest.mark.parametrize(
    "letter",
    [
        "",
        "Silence is not consent.",
        "Please say whether you agree. We thank you.",
        "Nobody is taken to agree who does not reply.",
        "If you do not reply, you are printed as not heard.",
        "If you do not reply, that is never taken as consent.",
        "Please reply even if you agree.",
        "We do not work by tacit consent.",
        "No comment is lost. Every one is answered.",
    ],
)
def test_a_letter_that_does_not_is_left_alone(letter: str) -> None:
    assert says_that_silence_agrees(letter) is None


def test_each_command_explains_itself_with_examples(drafts: Folder) -> None:
    assert "last-call  every comment has its answer" in drafts.run("propose", "--help").stdout
    for step in ("open", "revise", "last-call", "notice", "withdraw"):
        said = drafts.run("propose", step, "--help").stdout
        assert "  Examples:\n    govkit propose" in said
        assert "--dry-run" in said


def test_dates_as_json_are_for_programs(proposed: Folder) -> None:
    answer = proposed.run("propose", "notice", "2026-001", *IN_TIME, "--format", "json")
    [date] = json.loads(answer.stdout)["dates"]
    assert date == {
        "what": "the end of the comments of revision 1",
        "call": None,
        "until": "2026-04-02T12:00:00Z",
        "mark": "planned",
        "moved": 0,
        "draft": None,
    }
