"""A value without end, written by somebody who means no good, does not fill the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import DAY, V1, Run, change

LONG = 50_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: EXA-PRV-01", "id: " + "A" * LONG),
        ("id: EXA-PRV-01", "id: EXA-PRV-" + "0" * LONG + "1"),
        ("between: [privacy, due-process]", "between: [" + "a" * LONG + ", due-process]"),
        ("between: [privacy, due-process]", "between: [privacy, " + "a b " * LONG + "]"),
    ],
)
def test_a_value_without_end_is_not_printed_whole(
    repository: Path, govkit: Run, old: str, new: str
) -> None:
    change(repository, V1, old, new)
    for form in ("json", "text"):
        done = govkit(repository, "check", "--format", form, *DAY)
        assert done.returncode == 1
        assert len(done.stdout) < 40_000
    found = json.loads(govkit(repository, "check", "--format", "json", *DAY).stdout)["findings"]
    assert any("\u2026" in json.dumps(each, ensure_ascii=False) for each in found)


def test_a_word_without_end_is_not_said_again_whole(repository: Path, govkit: Run) -> None:
    word = "x" * 5000
    for words in (
        ["show"],
        ["history"],
        ["blame"],
        ["impact"],
        ["explain"],
        ["diff"],
        ["render"],
        ["fmt"],
        ["list"],
        ["status"],
        ["help"],
        [],
        ["check"],
        ["list", "--right"],
        ["check", "--since"],
        ["list", "--format"],
        ["explain", "policy:a"],
        ["release", "notes"],
        ["--" + word],
    ):
        done = govkit(repository, *words, word)
        assert done.returncode in (1, 2, 3), words
        assert b"xxx" in done.stderr, words
        assert word.encode() not in done.stdout + done.stderr, words
        assert len(done.stderr) < 2000, words
