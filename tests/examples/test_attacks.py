"""What one coordinator alone can write into the record, and who says so, in which words."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from govkit.corpus.record_digests import entry_digest
from govkit.log.entries import entries_of, path_of_entry
from govkit.records.log import LogEntry
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.examples.conftest import Run

PROPOSAL = "governance/proposals/2026-001"
OBJECTION = f"{PROPOSAL}/positions/example-chat-02.yaml"
DECIDED = "2026-06-15T12:00:00Z"
LATE = datetime.datetime(2026, 6, 10, 12, tzinfo=datetime.UTC)


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "agora"))


def entries(root: Path) -> list[LogEntry]:
    return [entry for _, entry in entries_of(open_workspace(root).corpus)]


def write(root: Path, entry: LogEntry) -> None:
    place = path_of_entry(entry.seq)
    (root / place).write_bytes(record_bytes("log-entry", entry, place))


def log_again(root: Path, path: str) -> None:
    """Log a record once more, received after the close, rightly bound to the entry before."""
    log = entries(root)
    first = next(each for each in log if each.path == path)
    write(
        root,
        first.model_copy(
            update={
                "seq": log[-1].seq + 1,
                "prev": entry_digest(log[-1]),
                "received_at": LATE,
                "recorded_at": LATE,
            }
        ),
    )


def said(govkit: Run, root: Path, *words: str, ends: int = 1) -> str:
    """What a command says, on one line."""
    done = govkit(root, *words)
    assert done.returncode == ends, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).split())


def test_an_objection_logged_again_after_the_close_stays_in_time(agora: Path, govkit: Run) -> None:
    log_again(agora, OBJECTION)
    words = (
        f"{OBJECTION} was logged as number 38 on 2026-05-27, and is logged again here, as number "
        "46: number 38 alone counts"
    )
    assert words in said(govkit, agora, "check")
    assert words in said(govkit, agora, "audit")
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert "Outcome: adopted with dissent" in status
    decide = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", DECIDED)
    assert words in said(govkit, agora, *decide)


def test_an_old_consent_logged_again_stands_behind_no_later_position(
    agora: Path, govkit: Run
) -> None:
    """The consent of example-chat to all three texts came before its objection to one of them."""
    before = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    log_again(agora, f"{PROPOSAL}/positions/example-chat-01.yaml")
    assert said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0) == before
    assert "example-chat-01.yaml was logged as number 37" in said(govkit, agora, "check")


@pytest.mark.parametrize("stays", [True, False])
def test_one_number_of_the_log_is_one_file(stays: bool, agora: Path, govkit: Run) -> None:
    right = agora / path_of_entry(len(entries(agora)))
    wrong = right.with_name(f"0{right.name}")
    shutil.copy(right, wrong)
    if not stays:
        right.unlink()
    words = f"the entry says that it is number {int(right.stem)}, and that is the file"
    for command in ("check", "audit"):
        found = said(govkit, agora, command)
        assert words in found
        assert wrong.name in found
