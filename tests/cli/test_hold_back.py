"""In a founded coalition a comment is held back when both coordinators have signed, not before."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run, report
from .register import BY_A, A, B, refused, signs

HOLD = ("comment", "hold-back", "1", "--ground", "attack", "--reason", "It calls names.")
TABLE = ("comment", "table", "--format", "json")


def test_a_comment_is_held_back_when_both_have_signed(govkit: Run, founded: Path) -> None:
    said = ("comment", "add", "--name", "C. Example", "--text", "The clerk is a liar.")
    assert govkit(founded, *said, *BY_A).returncode == 0
    done = govkit(founded, *HOLD, "--who", A, "--who", B, *BY_A)
    assert done.returncode == 0, done.stderr
    assert b"Comment 0001 of 2026-001 is to be held back, by " in done.stdout
    assert b"It counts when signed. Not signed yet:" in done.stdout
    assert b"Words to send to C. Example when all have signed:" in done.stdout
    [before] = report(govkit(founded, *TABLE))["comments"]
    assert (before["comment"], before["held_back"]) == ("The clerk is a liar.", None)
    found = govkit(founded, "check").stdout
    assert b"this act does not count yet: it names" in found
    signs(govkit, founded, "2026-001/acts/01", A, B)
    [after] = report(govkit(founded, *TABLE))["comments"]
    assert (after["comment"], after["held_back"]["ground"]) == (None, "attack")
    assert "liar" not in govkit(founded, "comment", "report", "--format", "md").stdout.decode()
    right = ("correct", "2026-001/comments/0001", "--group", "academia", "--reason", "The group.")
    refused(govkit(founded, *right, *BY_A), "is held back, and what you write now would be shown")
    assert "liar" not in govkit(founded, "comment", "table").stdout.decode()
