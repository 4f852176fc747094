"""`govkit calendar`: the cycle of the founding document, planned, run with its slips, and shown."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from govkit.log.periods import end_of_day
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.records.log import EntryKind
from govkit.source.record_bytes import record_bytes

from .conftest import CHARTER, Run, change
from .register import AFTER, A, found, refused
from .test_call import CYCLE, at

PROPOSAL = "governance/proposals/2026-001"
PLANNED = [
    ("inputs", 1, "2026-10-10"),
    ("draft", 1, "2026-10-30"),
    ("comments", 1, "2026-11-30"),
    ("draft", 2, "2026-12-10"),
    ("decision", 1, "2026-12-30"),
]


@pytest.fixture
def founded(repository: Path) -> Path:
    """A coalition that is founded, and has no proposal yet."""
    found(repository)
    return repository


def file(folder: Path, path: str, kind: EntryKind, record: dict[str, Any], day: str) -> None:
    moment = datetime.datetime.fromisoformat(f"{day}T15:00:00+00:00")
    file_all(
        folder,
        [Filing(path, record_bytes(kind, record, path), kind)],
        by=A,
        received_at=moment,
        received_basis="registrar",
        recorded_at=Stamp(moment, moment),
    )


def revision(folder: Path, number: int, opened: str, until: str) -> None:
    file(
        folder,
        f"{PROPOSAL}/rev-{number}/revision.yaml",
        "revision",
        {
            "units": [{"id": "EXA-DUE-01", "before": None, "after": AFTER, "class": 8, "floor": 8}],
            "change": AFTER,
            "code": f"aaaa-bbb{number}",
            "opened": datetime.datetime.fromisoformat(f"{opened}T15:00:00+00:00"),
            "comment_until": end_of_day(datetime.date.fromisoformat(until)),
        },
        opened,
    )


def shown(govkit: Run, folder: Path, day: str) -> list[dict[str, Any]]:
    done = govkit(
        folder, "calendar", "call:2026-001", "--now", f"{day}T20:00:00Z", "--format", "json"
    )
    assert done.returncode == 0, done.stderr
    [calendar] = json.loads(done.stdout)["calendars"]
    return list(calendar["dates"])


def states(govkit: Run, folder: Path, day: str) -> list[str]:
    return [each["state"] for each in shown(govkit, folder, day)]


def test_the_cycle_of_the_founding_document_is_run_with_its_real_slips(
    govkit: Run, founded: Path
) -> None:
    """Draft on 4 November, second draft on 26 December, final on 12 November of the next year."""
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    dates = shown(govkit, founded, "2026-09-11")
    assert [(each["step"], each["revision"], each["promised"]) for each in dates] == PLANNED
    assert {each["state"] for each in dates} == {"planned"}

    assert states(govkit, founded, "2026-11-01")[:2] == ["kept", "missed"]
    file(
        founded,
        f"{PROPOSAL}/proposal.yaml",
        "proposal",
        {"id": "2026-001", "title": "Model provisions", "proposer": A, "call": "2026-001"},
        "2026-11-04",
    )
    revision(founded, 1, "2026-11-04", "2026-11-30")
    assert states(govkit, founded, "2026-11-05") == ["kept", "late", *["planned"] * 3]

    late = ("--reason", "Many comments came on the last days.")
    govkit(
        founded,
        "call",
        "move",
        "draft:2",
        "--to",
        "2026-12-26",
        *late,
        *at("2026-12-10"),
        clock="2026-12-10T15:00:00Z",
    )
    revision(founded, 2, "2026-12-26", "2027-01-26")
    after = shown(govkit, founded, "2026-12-27")
    assert [each["state"] for each in after] == ["kept", "late", "kept", "kept", "planned"]
    assert (after[3]["promised"], after[3]["day"]) == ("2026-12-10", "2026-12-26")
    [move] = after[3]["moves"]
    assert (move["from"], move["to"]) == ("2026-12-10", "2026-12-26")
    assert move["because"] == "Many comments came on the last days."

    assert states(govkit, founded, "2027-01-15")[-1] == "missed"
    decided(founded, "2027-11-12")
    last = shown(govkit, founded, "2027-11-13")[-1]
    assert (last["state"], last["done"]) == ("late", "2027-11-12T15:00:00Z")
    printed = govkit(founded, "calendar", "call:2026-001", "--now", "2027-11-13T20:00:00Z").stdout
    assert printed.decode().splitlines() == [
        "Call 2026-001  Model provisions",
        "          promised    moved to",
        "inputs    2026-10-10              kept",
        "draft     2026-10-30              late: 2026-11-04",
        "comments  2026-11-30              kept",
        "draft 2   2026-12-10  2026-12-26  kept",
        "decision  2026-12-30              late: 2027-11-12",
        "draft 2: moved from 2026-12-10 to 2026-12-26, because: Many comments came on the last "
        "days.",
    ]


def decided(folder: Path, day: str) -> None:
    unit: dict[str, Any] = {
        "id": "EXA-DUE-01",
        "before": None,
        "after": AFTER,
        "policy": "substance",
        "outcome": "adopted",
        "required": {},
        "given": {},
        "missing": {},
    }
    file(
        folder,
        f"{PROPOSAL}/decision.yaml",
        "decision",
        {
            "proposal": "2026-001",
            "revision": 2,
            "head": AFTER,
            "outcome": "adopted",
            "now": datetime.datetime.fromisoformat(f"{day}T15:00:00+00:00"),
            "units": [unit],
            "inputs": [],
        },
        day,
    )


def test_a_date_that_passed_without_its_event_says_what_to_do(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    done = govkit(founded, "calendar", "--now", "2026-11-01T12:00:00Z").stdout.decode()
    assert "draft     2026-10-30  missed" in done
    assert "comments  2026-11-30  in 30 days" in done
    assert "Passed, and nothing came: draft. Tell everybody a new date: `govkit call move`." in done


# --- as a calendar file ---------------------------------------------------------------------------


def ics(govkit: Run, folder: Path) -> list[str]:
    """The lines of the calendar, folded ones joined."""
    done = govkit(folder, "calendar", "--format", "ics", "--now", "2026-10-01T12:00:00Z")
    assert all(len(line) <= 75 for line in done.stdout.split(b"\r\n"))
    assert b"\n" not in done.stdout.replace(b"\r\n", b"")
    return done.stdout.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_file_is_as_rfc_5545_asks(govkit: Run, founded: Path) -> None:
    title = "Terms; words, plain \u2014 " + "\u4e2d\u6587" * 20
    assert CYCLE[0] == "--title"
    govkit(founded, "call", "open", "--title", title, *CYCLE[2:], *at("2026-09-10"))
    lines = ics(govkit, founded)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 6
    assert "UID:call-2026-001-draft-2@example.govkit" in lines
    assert "DTSTART;VALUE=DATE:20261210" in lines
    assert "DTEND;VALUE=DATE:20261211" in lines
    said = title.replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{said}: draft 2 (2026-001)" in lines
    assert len({line for line in lines if line.startswith("UID:")}) == 6
    assert "UID:event-first-meeting@example.govkit" in lines


def test_a_date_that_was_moved_keeps_its_uid_and_counts_on(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    before = ics(govkit, founded)
    assert before == ics(govkit, founded)
    govkit(
        founded,
        "call",
        "move",
        "draft",
        "--to",
        "2026-11-04",
        "--reason",
        "Late, sadly.",
        *at("2026-09-20"),
    )
    after = ics(govkit, founded)
    at_ = before.index("UID:call-2026-001-draft-1@example.govkit")
    assert before[at_ + 1 : at_ + 5] == [
        "DTSTAMP:20260910T140000Z",
        "DTSTART;VALUE=DATE:20261030",
        "DTEND;VALUE=DATE:20261031",
        "SEQUENCE:0",
    ]
    assert after[at_ : at_ + 5] == [
        "UID:call-2026-001-draft-1@example.govkit",
        "DTSTAMP:20260920T140000Z",
        "DTSTART;VALUE=DATE:20261104",
        "DTEND;VALUE=DATE:20261105",
        "SEQUENCE:1",
    ]
    assert after[at_ + 6].endswith("Moved from 2026-10-30 to 2026-11-04: Late\\, sadly.")


# --- a plan ---------------------------------------------------------------------------------------


def policy(folder: Path) -> None:
    path = "governance/policies/substance.yaml"
    record = {"title": "Substance", "periods": {"comment": "P30D", "last_call": "P14D"}}
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(record_bytes("policy", record, path))
    change(
        folder,
        CHARTER,
        "one_force: true",
        "one_force: true\n"
        "policies: {substance: {classes: [5, 6, 7, 8]}}\n"
        "calendar: {quiet: [12-20/01-06]}",
    )


def test_a_cycle_is_planned_by_the_policy_and_leaves_out_the_quiet_days(
    govkit: Run, repository: Path
) -> None:
    """From 30 November: 19 days to the 19th of December, the other 11 from the 7th of January."""
    policy(repository)
    done = govkit(repository, "calendar", "--plan", "--start", "2026-11-30", "--format", "json")
    assert json.loads(done.stdout) == {
        "version": 1,
        "policy": "substance",
        "plan": [
            {"step": "draft", "day": "2026-11-30"},
            {"step": "comments", "day": "2027-01-17"},
            {"step": "last-call", "day": "2027-01-31"},
            {"step": "decision", "day": "2027-02-07"},
        ],
    }
    for day in ("9999-12-31", "9989-12-31", "9700-01-01"):
        refused(govkit(repository, "calendar", "--plan", "--start", day), day)
    words = govkit(repository, "calendar", "--plan", "--start", "2026-11-30").stdout.decode()
    assert "Quiet days do not count: 12-20/01-06." in words
    assert "govkit call open --promise draft=2026-11-30 --promise comments=2027-01-17" in words
    file = govkit(
        repository, "calendar", "--plan", "--start", "2026-11-30", "--format", "ics"
    ).stdout
    assert file.count(b"BEGIN:VEVENT") == 4


def test_a_wrong_call_says_what_is_right(govkit: Run, repository: Path) -> None:
    refused(govkit(repository, "calendar", "--plan"), "--plan --start 2026-10-30")
    refused(govkit(repository, "calendar", "--start", "2026-10-30"), "--plan --start")
    refused(govkit(repository, "calendar", "2026-001"), "One of: first-meeting.")
    plan = ("calendar", "--plan", "--start", "2026-10-30")
    refused(govkit(repository, *plan), "names no policy")
    policy(repository)
    refused(govkit(repository, *plan, "--policy", "substanse"), "Did you mean `substance`?")
    empty = govkit(repository, "calendar")
    assert empty.stdout.startswith(b"No call and no proposal has a date yet.")
