"""The mail of a last call names the objections that stand, with their reasons."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run, as_json, ok
from .proposal_folder import PROPOSAL
from .test_reminders import BEGUN, commented

__all__ = ["commented"]
SAID = ("--received", "2026-03-20T12:00:00Z", "--now", BEGUN)
NONE = "It has no answer yet. Nothing is adopted over an objection that has a reason and no answer."


def mail(run: Run) -> str:
    words = ("last-call", PROPOSAL, "--now", BEGUN, "--dry-run", "--format", "json")
    return " ".join(as_json(run(*words, of="propose"))["mail"]["body"].split())


def test_each_objection_that_stands_has_its_reason(commented: Path, run: Run) -> None:
    assert "Objections that stand" not in mail(run)
    for member, unit, reason in (
        ("example-institute", "EXA-DUE-01", "Ten days are too short."),
        ("example-society", "EXA-PRV-01", "It costs too much."),
    ):
        words = ("object", "--unit", unit, "--reason", reason)
        ok(run(member, PROPOSAL, *words, *SAID, of="consent"))
    assert (
        f"1. Example Institute (invented) objects to EXA-DUE-01: Ten days are too short. {NONE} "
        f"2. Example Society (invented) objects to EXA-PRV-01: It costs too much. {NONE} "
    ) in mail(run)


def test_an_answer_stands_by_an_objection_that_was_said_again(commented: Path, run: Run) -> None:
    """Without another reason it is the same objection, and what answers it answers it still."""
    words = ("--unit", "EXA-DUE-01", *SAID)
    first = ("object", "--reason", "Ten days are too short.", *words)
    ok(run("example-institute", PROPOSAL, *first, of="consent"))
    refers = ("--refers-to", "positions/example-institute-01", "--text", "See my objection.")
    ok(run("add", "--member", "example-institute", *refers, *SAID))
    reply = ("--reply", "A week is the rule elsewhere.", "--now", BEGUN)
    ok(run("dispose", "1", "--action", "not-accepted", *reply))
    assert "A week is the rule elsewhere." in mail(run)
    ok(run("example-institute", PROPOSAL, "object", *words, of="consent"))
    assert "A week is the rule elsewhere." in mail(run)
