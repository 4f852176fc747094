"""The README that `govkit init` writes: its commands, typed in order, lead to a proposal."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from govkit.round.docket import docket_of
from govkit.workspace import open_workspace
from tests.command import started
from tests.examples.conftest import Run

BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
AUTHOR = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@agora.example"}
COMMITTER = {"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@agora.example"}


@pytest.fixture
def texts(tmp_path: Path, govkit: Run) -> Path:
    assert govkit(tmp_path, "init", "texts", "--yes").returncode == 0
    return tmp_path / "texts"


def commands(texts: Path) -> list[list[str]]:
    """The commands of the README, a list of words each."""
    blocks = BLOCK.findall((texts / "README.md").read_text(encoding="utf-8"))
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def typed(texts: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Do what a command says; a key gets no passphrase here, where nobody can be asked for one."""
    if words[0] == "govkit":
        words = [sys.executable, "-m", *words]
    if words[0] == "ssh-keygen":
        words = [*words, "-q", "-N", ""]
    return started(
        words,
        cwd=texts,
        env=os.environ | AUTHOR | COMMITTER | {"NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def purpose(texts: Path, words: str) -> None:
    charter = texts / "governance/charter.yaml"
    text = charter.read_text(encoding="utf-8")
    charter.write_text(
        re.sub(r"purpose: \|\n(?:  .*\n|\n)+", f"purpose: {words}\n", text), encoding="utf-8"
    )


def test_the_commands_of_the_readme_lead_to_a_sealed_proposal(texts: Path, govkit: Run) -> None:
    steps = commands(texts)
    assert [words[:2] for words in steps if words[1] == "found"], "nothing is founded"
    purpose(texts, "Fair terms.")
    for words in steps:
        done = typed(texts, words)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
    (proposal,) = open_workspace(texts).corpus.of_kind("proposal")
    assert docket_of(open_workspace(texts).corpus, proposal.id) is not None
    checked = govkit(texts, "check")
    assert checked.returncode == 0, checked.stdout


def test_the_words_of_the_example_are_not_founded(texts: Path, govkit: Run) -> None:
    """The first step of the README, left out."""
    steps = commands(texts)
    found = next(i for i, words in enumerate(steps) if words[:2] == ["govkit", "found"])
    for words in steps[:found]:
        assert typed(texts, words).returncode == 0, words
    done = govkit(texts, *steps[found][1:])
    assert done.returncode == 2
    assert "still has the words of the example as its purpose" in done.stderr


def test_founding_without_keys_says_what_comes_first(texts: Path, govkit: Run) -> None:
    purpose(texts, "Fair terms.")
    steps = commands(texts)
    for words in steps:
        if words[:3] == ["govkit", "member", "add"]:
            assert typed(texts, words).returncode == 0, words
    done = govkit(texts, "found", "--coordinator", "ada", "--coordinator", "ben", "--by", "ada")
    assert done.returncode == 2
    assert "ada and ben have no key" in done.stderr
    assert "ssh-keygen -t ed25519 -f ../ada-key" in " ".join(done.stderr.split())
