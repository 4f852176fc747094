"""The redline of a whole, in the story of Agora: who asked for a change, and who agreed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def beginning(root: Path) -> str:
    words = ["git", "rev-list", "--max-parents=0", "HEAD"]
    return subprocess.run(
        words, cwd=root, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_who_asked_stands_beside_a_change_and_that_nothing_is_decided_yet(
    govkit: Run, played: Path
) -> None:
    done = govkit(played, "diff", "--whole", beginning(played), ".", "--format", "md")
    assert done.returncode == 0, done.stderr
    (note,) = [line for line in done.stdout.splitlines() if "asked for by comment 6" in line][1:]
    assert note.startswith("> Class 8, new or removed \u00b7 Platform\u2019s duty: tighter")
    assert note.endswith("Proposal 2026-001 \u00b7 asked for by comment 6 \u00b7 Not decided yet")


def test_after_the_decision_it_says_who_agreed_and_who_dissented(
    govkit: Run, played: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(played, tmp_path / "agora"))
    moment = ("--now", "2026-06-15T12:00:00Z")
    done = govkit(root, "decide", "2026-001", "--apply", "--by", "a-example", *moment)
    assert done.returncode == 0, done.stdout + done.stderr
    text = govkit(root, "diff", "--whole", beginning(root), ".", "--format", "md").stdout
    assert "Dissented: Example Chat Ltd" in text
    assert re.search(r"Agreed: .*Example Digital Rights Society", text)
    assert "No dissent" in text
    assert "Not decided yet" not in text
