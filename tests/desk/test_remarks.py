"""Comments stand beside the text that they are about, as far as they may be shown."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import GOVKIT
from tests.command import started
from tests.comments.proposal_folder import coalition_with_proposal

from .browsing import D1, Browser


@pytest.fixture
def discussed(tmp_path: Path) -> Path:
    """A coalition with an open proposal, and a comment on a clause with a script in it."""
    folder = coalition_with_proposal(tmp_path / "coalition")
    words = (
        *("--unit", "EXA-DUE-01", "--member", "example-institute", "--proposed", "Twenty days."),
        *("--text", "Too long. <script>alert(1)</script>", "--by", "other-society"),
    )
    done = started(
        [str(GOVKIT), "-C", str(folder), "comment", "add", *words, "--now", "2026-03-12T12:00:00Z"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_comments_stand_beside_the_text(discussed: Path) -> None:
    browser = Browser(discussed, lambda: datetime.datetime(2026, 3, 13, tzinfo=datetime.UTC))
    page = browser.page(D1)
    assert "example-institute" in page
    assert "Too long. &lt;script&gt;" in page
    assert "Twenty days." in page
    assert "Not answered yet" in page
    assert "Too long" not in browser.page("/text/provision/EXA-PRV-01")
