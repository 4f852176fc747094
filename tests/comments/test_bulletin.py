"""`govkit bulletin`: what the mailing list is told, since when, and how often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, as_json, ok
from .proposal_folder import PROPOSAL
from .test_member_ballots import read
from .test_reminders import BEGUN, SEVEN, commented

__all__ = ["commented"]
LIST = ("--list", "list@example.org")


def bulletin(run: Run, now: str, *words: str) -> Any:
    return as_json(run(*words, "--now", now, "--format", "json", of="bulletin", by=None))


def told(answer: Any) -> list[tuple[str, str]]:
    return [(each["kind"], each["at"]) for each in answer["news"]]


def test_it_tells_what_is_open_until_when_and_what_happened(commented: Path, run: Run) -> None:
    early = ok(
        run("--since", "2026-02-01", "--now", "2026-03-11T12:00:00Z", of="bulletin", by=None)
    )
    assert early.startswith("Subject: Example Coalition (invented): what is open, and what is new")
    words = " ".join(early.split())
    assert (
        "1. Proposal 2026-003, Earlier notice, revision 2: comments until the end of Wednesday 8 "
        "April 2026, anywhere on earth (12:00 UTC on 9 April)."
    ) in words
    assert "2026-02-01: Proposal 2026-003 was opened for comments: Earlier notice, revi" in words
    assert "2026-03-10: Proposal 2026-003 has a new revision" in words
    ok(run("last-call", PROPOSAL, "--now", BEGUN, of="propose"))
    # The first bulletin tells from the day on which the log began.
    assert bulletin(run, SEVEN)["since"] == "2026-04-10T00:00:00Z"
    moved = ("--move", "--to", "2026-05-10", "--reason", "A holiday.", "--now", SEVEN)
    ok(run("notice", PROPOSAL, *moved, of="propose"))
    later = bulletin(run, "2026-05-01T12:00:00Z", "--since", "2026-04-01")
    assert told(later) == [("last-call", BEGUN), ("moved", SEVEN)]
    [open_] = later["open"]
    assert (open_["kind"], open_["until"]) == ("last-call", "2026-05-11T12:00:00Z")
    assert bulletin(run, "2026-05-01T12:00:00Z", "--since", "2026-04-01") == later
    # What came after that moment is not told.
    assert told(bulletin(run, "2026-04-15T12:00:00Z", "--since", "2026-04-01")) == told(later)[:1]
    over = bulletin(run, "2026-06-20T12:00:00Z", "--since", "2026-06-01")
    assert (over["open"], over["news"]) == ([], [])
    assert "Nothing happened in this time." in over["mail"]["body"]


def test_a_draft_is_noted_and_the_next_one_begins_where_it_ended(
    commented: Path, run: Run, texts: Path
) -> None:
    refused = run("--now", BEGUN, of="bulletin", by=None)
    assert refused.returncode == 2
    assert "the log has no entry yet" in refused.stderr
    first = bulletin(run, BEGUN, "--since", "2026-03-01", *LIST)
    mail = read(Path(first["draft"]).read_bytes())
    assert (mail["To"], mail["From"]) == ("list@example.org", "comments@example.org")
    assert Path(first["draft"]).parent == commented / "outbox"
    assert bulletin(run, SEVEN)["since"] == BEGUN
    assert "1 mail to send" in ok(run("--dry-run", of="send", by=None))
    charter = texts / "governance/charter.yaml"
    charter.write_text(charter.read_text().replace("  addresses: [comments@example.org]\n", ""))
    assert "It has no sender" in ok(run("--now", SEVEN, *LIST, of="bulletin", by=None))


@pytest.mark.parametrize(
    ("now", "due"), [(BEGUN, "2026-04-24T12:00:00Z"), ("2026-04-24T13:00:00Z", None)]
)
def test_today_names_it_as_often_as_the_charter_says(
    commented: Path, run: Run, texts: Path, now: str, due: str | None
) -> None:
    def tasks() -> list[tuple[str | None, str]]:
        shown = as_json(run("--now", now, "--format", "json", of="today", by=None))
        return [
            (each["due"], each["command"]) for each in shown["tasks"] if each["kind"] == "bulletin"
        ]

    assert tasks() == []
    charter = texts / "governance/charter.yaml"
    charter.write_text(f"{charter.read_text()}calendar:\n  bulletin: P14D\n", encoding="utf-8")
    assert tasks() == [(None, "govkit bulletin --list ADDRESS")]
    bulletin(run, BEGUN, "--since", "2026-03-01", *LIST)
    assert tasks() == [(due, "govkit bulletin --list ADDRESS")]
