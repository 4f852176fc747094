"""A position, a comment and a decision by procedures alone, as a second door would file them."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.consultation.consultation import consultation_of
from govkit.consultation.drafting import CommentInput, author_of, draft_comment
from govkit.errors import WrongUse
from govkit.log.coordinators import require_coordinator
from govkit.procedures.comments.filing import file_comments
from govkit.procedures.log.filing import Stamp
from govkit.procedures.log.register import FilingReceipt, open_register
from govkit.procedures.proposals.decision import NotApplied, file_decision
from govkit.procedures.proposals.evidence import EvidenceInput, docket_asked
from govkit.procedures.proposals.filed_positions import file_positions
from govkit.procedures.proposals.positions import PositionInput, prepare_position
from govkit.workspace import Workspace

Run = Callable[..., subprocess.CompletedProcess[str]]

PROPOSAL = "2026-001"
BY, MEMBER = "a-example", "example-ombuds-office"
SAID, DECIDED = "2026-06-14T12:00:00Z", "2026-06-16T12:00:00Z"
WORDS = "Three days are enough."


def receipt(now: str, by: str = BY) -> FilingReceipt:
    at = datetime.datetime.fromisoformat(now)
    return FilingReceipt(by, at, Stamp(at, at))


def position(workspace: Workspace, receipt: FilingReceipt) -> None:
    new = prepare_position(
        workspace, PositionInput(member=MEMBER, proposal=PROPOSAL, stance="consent")
    )
    done = file_positions(workspace, PROPOSAL, [new], lambda _: EvidenceInput(), receipt)
    assert done.receipts[2] == f"{MEMBER} consents."
    assert not done.counts, "it came after the close"


def comment(workspace: Workspace, receipt: FilingReceipt) -> None:
    consultation = consultation_of(workspace.corpus, PROPOSAL)
    author = author_of(consultation, MEMBER, None, None, None)
    assert author is not None
    given = CommentInput(author=author, comment=WORDS, unit="AGP-NTC-01", source="form")
    [filed] = file_comments(workspace, consultation, [draft_comment(consultation, given)], receipt)
    assert filed.comment.comment == WORDS


def decision(workspace: Workspace, receipt: FilingReceipt) -> None:
    done = file_decision(workspace, docket_asked(workspace, PROPOSAL), receipt)
    assert done.decision.outcome == "adopted-with-dissent"
    assert done.application.texts


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_another_door_files_the_same_bytes_as_the_command_line(
    played: Path, govkit: Run, tmp_path: Path
) -> None:
    typed = Path(shutil.copytree(played, tmp_path / "typed"))
    called = Path(shutil.copytree(played, tmp_path / "called"))
    said = ("--member", MEMBER, "--unit", "AGP-NTC-01", "--text", WORDS, "--proposal", PROPOSAL)
    for act, now, words in (
        (position, SAID, ("consent", MEMBER, PROPOSAL, "consent")),
        (comment, SAID, ("comment", "add", *said)),
        (decision, DECIDED, ("decide", PROPOSAL, "--apply")),
    ):
        with open_register(called, receipt(now).stamp) as workspace:
            require_coordinator(workspace.corpus, BY)
            act(workspace, receipt(now))
        done = govkit(typed, *words, "--by", BY, "--now", now)
        assert done.returncode == 0, done.stderr
        assert state(called) == state(typed), words[0]


def test_no_door_files_what_came_before_its_proposal(played: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "agora"))
    early = receipt(SAID)
    early = FilingReceipt(BY, early.received_at - datetime.timedelta(days=900), early.stamp)
    with (
        open_register(folder, early.stamp) as workspace,
        pytest.raises(WrongUse, match="is before revision 2 of proposal 2026-001 was opened"),
    ):
        comment(workspace, early)


def test_no_door_decides_before_the_time_is_over(played: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "agora"))
    early = receipt("2026-06-08T12:00:00Z")
    with open_register(folder, early.stamp) as workspace, pytest.raises(NotApplied):
        decision(workspace, early)
    assert state(folder) == state(played)


def test_a_procedure_needs_nothing_of_the_command_line() -> None:
    names = [name for name in globals() if not name.startswith("_")]
    modules = {getattr(globals()[name], "__module__", "") for name in names}
    wanted = sorted(module for module in modules if module.startswith("govkit."))
    code = f"import sys, {', '.join(wanted)}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "govkit.procedures.log.register" in loaded
    assert not [name for name in loaded if name == "click" or name.startswith("govkit.cli")]
