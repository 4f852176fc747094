"""What has ended is ended: a proposal that lapsed, and one that is about to."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from govkit.checks.run import findings_of
from govkit.workspace import open_workspace
from tests.examples.conftest import Run
from tests.examples.test_attacks import A, said

SOON = "2026-09-10T12:00:00Z"
LAPSED = "2026-10-01T12:00:00Z"
COMMENT = ("comment", "add", "--member", "example-chat", "--unit", "AGP-NTC-01", "--text", "Late.")


def test_a_proposal_that_lapsed_takes_no_comment_and_decides_nothing(
    played: Path, tmp_path: Path, govkit: Run
) -> None:
    agora = Path(shutil.copytree(played, tmp_path / "agora"))
    when = ("--by", A, "--now", LAPSED)
    assert "no proposal is open" in said(govkit, agora, *COMMENT, *when, ends=2)
    named = (*COMMENT, "--proposal", "2026-001", *when)
    words = "2026-001 lapsed: nobody took it further, on 2026-09-19, so it takes no comments any"
    assert words in said(govkit, agora, *named, ends=2)
    assert words in said(govkit, agora, *named, "--dry-run", ends=2)
    decided = said(govkit, agora, "decide", "2026-001", "--apply", *when)
    assert "it lapsed on 2026-09-19, so nothing is decided" in decided
    # What came before is filed, and marked.
    said(govkit, agora, *named, "--received", "2026-08-01T12:00Z", ends=0)


def test_two_weeks_before_a_proposal_lapses_everybody_is_told(played: Path, govkit: Run) -> None:
    assert "It lapses on 2026-09-19, if nobody takes it further." in said(
        govkit, played, "status", "2026-001", "--now", SOON, ends=0
    )
    assert "it lapses, if nobody takes it further" in said(
        govkit, played, "today", "--now", SOON, ends=0
    )
    day = datetime.date(2026, 9, 10)
    found = findings_of(open_workspace(played).corpus, day)
    assert any("there is no decision; it lapses on 2026-09-19" in each.message for each in found)
