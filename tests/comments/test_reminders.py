"""`govkit propose remind`: who was not heard gets one mail on each day that the policy names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.log.periods import instant_of
from govkit.procedures.proposals import member_ballots, reminders
from govkit.proposals.calendar import dates_of
from govkit.rendering.promised_dates import as_calendar
from govkit.workspace import open_workspace
from tests.proposing.conftest import AGORA

from .conftest import COORDINATOR, Run, as_json, ok
from .proposal_folder import FOLDER, PROPOSAL, write
from .test_member_ballots import ADDRESSES, flat, read

BEGUN = "2026-04-10T12:00:00Z"
"""The last call then ends with 24 April anywhere on earth: at noon of the 25th in UTC."""
EARLY, SEVEN, TWO, OVER = (f"2026-04-{day}T13:00:00Z" for day in (12, 18, 23, 25))
THREE = sorted(ADDRESSES)


@pytest.fixture
def commented(texts: Path) -> Path:
    """The private folder where a proposal had its comments, with reminders in its policy.

    One of them would lie before the last call was announced.
    """
    policy, charter = (texts / "governance" / each for each in ("policies/p.yaml", "charter.yaml"))
    policy.parent.mkdir(exist_ok=True)
    words = (AGORA / "governance/policies/substance.yaml").read_text(encoding="utf-8")
    policy.write_text(f"{words}remind: [2, 7, 40]\n", encoding="utf-8")
    rules = charter.read_text(encoding="utf-8")
    charter.write_text(f"{rules}policies:\n  p: {{classes: [5, 6, 7, 8]}}\n", encoding="utf-8")
    record = open_workspace(texts).corpus.by_path["governance/policies/p.yaml"].record
    assert record is not None
    named = {"id": PROPOSAL, "title": "Earlier notice", "proposer": "example-society"}
    named |= {"policies": [{"id": "p", "digest": digest_for("policy", record)}]}
    write(texts, f"{FOLDER}/proposal.yaml", "proposal", named)
    private = texts.parent / "texts-private"
    lines = [f"{member},{address}\n" for member, address in ADDRESSES.items()]
    private.joinpath("addresses.csv").write_text("".join(lines), encoding="utf-8")
    return private


@pytest.fixture
def desk(commented: Path, run: Run) -> Path:
    """The same in last call."""
    ok(run("last-call", PROPOSAL, "--now", BEGUN, of="propose"))
    return commented


def remind(run: Run, now: str, *words: str) -> Any:
    """What the command answers at a moment."""
    said = (*words, "--now", now, "--format", "json")
    return as_json(run("remind", PROPOSAL, *said, of="propose", by=None))


def reminded(answer: Any) -> list[str]:
    return [each["member"] for each in answer["reminders"]]


def to_do(run: Run, now: str) -> list[tuple[str | None, str]]:
    """What `govkit today` says about reminders."""
    shown = as_json(run("--now", now, "--format", "json", of="today", by=None))
    return [(each["due"], each["what"]) for each in shown["tasks"] if each["kind"] == "remind"]


def test_each_day_of_the_policy_is_one_reminder_and_no_more(desk: Path, run: Run) -> None:
    early = remind(run, EARLY)
    assert (early["due"], reminded(early)) == (None, [])
    assert early["later"] == [
        {"days": 7, "from": "2026-04-18T12:00:00Z"},
        {"days": 2, "from": "2026-04-23T12:00:00Z"},
    ]
    assert reminded(remind(run, SEVEN, "--dry-run")) == THREE
    assert not (desk / "outbox").exists()
    assert reminded(remind(run, SEVEN)) == THREE
    for again in (SEVEN, "2026-04-22T13:00:00Z"):
        answer = remind(run, again, "-o", f"{desk.parent / 'elsewhere'}")
        assert (reminded(answer), answer["reminded"]) == ([], THREE)
    for each in (desk / "outbox").iterdir():
        each.unlink()  # a mail program has sent them
    assert reminded(remind(run, SEVEN)) == []
    assert reminded(remind(run, TWO)) == THREE
    assert reminded(remind(run, TWO)) == []
    over = run("remind", PROPOSAL, "--now", OVER, of="propose", by=None)
    assert "There is one only in a last call" in ok(over)


def test_a_day_that_passed_is_over_and_a_moved_close_brings_none_back(desk: Path, run: Run) -> None:
    assert remind(run, TWO)["due"] == {"days": 2, "from": "2026-04-23T12:00:00Z"}
    moved = ("--move", "--to", "2026-05-10", "--reason", "A holiday.", "--now", TWO)
    ok(run("notice", PROPOSAL, *moved, of="propose"))
    assert reminded(remind(run, "2026-05-04T13:00:00Z")) == THREE  # that of seven days, late
    assert reminded(remind(run, "2026-05-09T13:00:00Z")) == []  # that of two days was written


def test_the_mail_is_the_ballot_and_says_what_was_not_heard(desk: Path, run: Run) -> None:
    said = ("example-institute", PROPOSAL, "consent", "--unit", "EXA-DUE-01")
    reported = ok(run(*said, "--received", EARLY, "--now", EARLY, of="consent"))
    assert "does not count" in reported.lower()
    answer = remind(run, SEVEN)
    assert reminded(answer) == THREE
    mails = {each["member"]: read(Path(each["file"]).read_bytes()) for each in answer["reminders"]}
    mail = mails["example-institute"]
    assert (mail["To"], mail["From"]) == ("i@institute.example", "comments@example.org")
    assert mail["Subject"] == (
        "[2026-003 r2] Earlier notice: reminder: where do you stand? Until 2026-04-24"
    )
    words = flat(mail)
    assert "not heard from you yet about these words of: EXA-DUE-02, EXA-PRV-01." in words
    assert "of: EXA-DUE-01, EXA-DUE-02, EXA-PRV-01." in flat(mails["other-society"])
    assert "the end of Friday 24 April 2026, anywhere on earth" in words
    assert "[ ] consent" in words
    assert [each.get_filename() for each in mail.iter_attachments()] == ["redline-2026-003-r2.pdf"]


def test_who_was_heard_gets_none_and_a_draft_that_waits_for_them_is_named(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = remind(run, SEVEN)
    said = ("example-institute", PROPOSAL, "consent", "--source", desk / "addresses.csv")
    ok(run(*said, "--received", SEVEN, "--now", SEVEN, of="consent"))
    answer = remind(run, TWO, "--dry-run")
    file = written["reminders"][0]["file"]
    assert answer["spoken"] == [file]
    stale = (
        f"2026-003: example-institute needs no reminder any more, and the draft {Path(file).name}"
    )
    assert [what for _, what in to_do(run, TWO) if what.startswith(stale)]
    asked = ("--dry-run", "--format", "json", "--server", "mail.example:25")
    monkeypatch.setattr("govkit.cli.send.now_in_utc", lambda: instant_of(TWO))
    drafts = as_json(run(*asked, of="send", by=None))["drafts"]
    held = {Path(each["draft"]).name: each for each in drafts if each["state"] == "held-back"}
    assert [*held] == [Path(file).name]
    assert held[Path(file).name]["fault"] == "example-institute was heard since it was written"
    monkeypatch.setattr("govkit.cli.send.now_in_utc", lambda: instant_of(OVER))
    late = as_json(run(*asked, of="send", by=None))["drafts"]
    assert {each["state"] for each in late} == {"held-back"}
    assert {each["fault"] for each in late} == {"the time of 2026-003, revision 2, is over"}
    # Once the last call is over, no draft is of use.
    assert len(to_do(run, OVER)) == 3
    assert reminded(answer) == ["example-society", "other-society"]


def test_interrupted_at_any_write_nobody_gets_two_and_everybody_one(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    left = [0]

    def counted(real: Callable[..., None]) -> Callable[..., None]:
        def write(*words: Any) -> None:
            left[0] -= 1
            if left[0] == -1:
                raise Killed
            real(*words)

        return write

    monkeypatch.setattr(member_ballots, "redline_to_attach", lambda *_: b"%PDF-")
    for name in ("add_row", "write_output"):
        monkeypatch.setattr(reminders, name, counted(getattr(reminders, name)))
    for stop in range(9):  # three members: a note, the draft, a note
        (desk / "reminded.jsonl").unlink(missing_ok=True)
        for each in desk.glob("outbox/*"):
            each.unlink()
        left[0] = stop
        with pytest.raises(Killed):
            remind(run, SEVEN)
        before = {each.name for each in desk.glob("outbox/*")}
        after = {Path(each["file"]).name for each in remind(run, SEVEN)["reminders"]}
        assert not before & after
        assert len(before | after) == 3
        rows = [json.loads(line) for line in (desk / "reminded.jsonl").read_text().splitlines()]
        assert all("@" not in str(row) for row in rows)
        assert reminded(remind(run, SEVEN)) == []


def test_today_and_the_calendar_name_them_when_they_are_due(desk: Path, run: Run) -> None:
    assert [due for due, _ in to_do(run, EARLY)] == ["2026-04-18T12:00:00Z", "2026-04-23T12:00:00Z"]
    (due, what), later = to_do(run, SEVEN)
    assert due is None
    assert (
        what == f"2026-003: remind who was not heard, 7 days before the close: {', '.join(THREE)}"
    )
    remind(run, SEVEN)
    assert to_do(run, SEVEN) == [later]
    shown = ok(run(PROPOSAL, "--now", SEVEN, of="calendar", by=None))
    assert "Reminders to those not heard: 2026-04-17, 2026-04-22." in shown
    corpus = open_workspace(desk.parent / "texts").corpus
    assert corpus.charter is not None
    ics = as_calendar(corpus.charter, dates_of(corpus, instant_of(SEVEN)), (), corpus.messages)
    assert b"UID:proposal-2026-003-reminder-7@example.govkit" in ics
    answer = as_json(run(PROPOSAL, "--now", SEVEN, "--format", "json", of="calendar", by=None))
    assert answer["calendars"][0]["reminders"][1] == {"days": 2, "from": "2026-04-23T12:00:00Z"}


def test_a_member_with_two_addresses_gets_two_drafts_and_one_without_is_named(
    desk: Path, run: Run
) -> None:
    lines = "other-society,o@other.example\nother-society,p@other.example\n"
    (desk / "addresses.csv").write_text(lines, encoding="utf-8")
    done = run("remind", PROPOSAL, "--now", SEVEN, of="propose", by=None)
    assert done.returncode == 1
    assert "No address on record: example-society" in done.stdout
    mails = [read(each.read_bytes()) for each in sorted(desk.glob("outbox/*.eml"))]
    assert {each["To"] for each in mails} == {"o@other.example", "p@other.example"}


def test_without_days_in_the_policy_there_is_none(texts: Path, run: Run) -> None:
    done = run("remind", PROPOSAL, "--now", "2026-03-20T12:00:00Z", of="propose", by=None)
    assert "on the days that its policy names" in ok(done)
    assert COORDINATOR not in done.stdout
