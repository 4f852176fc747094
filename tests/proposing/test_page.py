"""docs/proposals.md: the commands that it shows run, in their order."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from .conftest import AGORA, Folder

PAGE = Path(__file__).resolve().parents[2] / "docs/proposals.md"
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
]
SAID_ONLY = re.findall(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
MOMENTS = {
    "open": "2026-03-02",
    "revise": "2026-04-14",
    "last-call": "2026-05-18",
    "notice": "2026-05-20",
    "withdraw": "2026-05-25",
}


def test_every_command_of_the_page_runs_in_its_order(drafts: Folder) -> None:
    drafts.put_over("draft-1")
    shutil.copytree(AGORA / "cycle/draft-2", drafts.path / "second-draft")
    assert len(COMMANDS) >= 8
    for line in COMMANDS:
        program, propose, step, *words = shlex.split(line)
        assert (program, propose) == ("govkit", "propose")
        at = ("--now", f"{MOMENTS[step]}T12:00:00Z")
        answer = drafts.run("propose", step, *words, *at, cwd=drafts.path)
        assert answer.returncode == 0, (line, answer.stderr)
    drafts.is_sound()


def test_what_is_named_on_the_page_is_written_as_the_command_takes_it(drafts: Folder) -> None:
    """The three ways to name a loss are read; the second draft with a loss is their case."""
    drafts.put_over("draft-1")
    drafts.open()
    drafts.put_over("draft-2-with-a-loss")
    lines = SAID_ONLY[0].splitlines()
    assert len(lines) == 3
    for line in lines:
        _, _, step, *words = shlex.split(line)
        drafts.done("propose", step, *words, "--now", "2026-04-14T12:00:00Z", "--dry-run")
