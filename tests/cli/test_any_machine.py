"""The same words come out whatever the machine has told its programs."""

import sys
from pathlib import Path

import pytest

from .conftest import Run
from .past import begin, edit

NO_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    "machine",
    [
        pytest.param(
            NO_LOCALE,
            marks=pytest.mark.skipif(
                not sys.prefix.isascii(), reason="no Python starts in such a folder then"
            ),
            id="no locale",
        ),
        {"LANG": "tr_TR", "TZ": "Odd/Place"},
        {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "TERM": "dumb", "USER": "nobody-here"},
        {"COLUMNS": "-7"},
        {"COLUMNS": "wide"},
    ],
    ids=lambda machine: next(iter(machine)) if isinstance(machine, dict) else None,
)
def test_the_same_is_printed(coalition: Path, govkit: Run, machine: dict[str, str]) -> None:
    begin(coalition)
    edit(coalition, "must tell the user", "should tell “the user”", message="Weich und größer")
    words = ("history", "EXA-DUE-01", "--redline")
    done, usual = govkit(coalition, *words, **machine), govkit(coalition, *words)
    assert "Weich und größer" in usual.stdout.decode()
    assert (done.returncode, done.stdout, done.stderr) == (0, usual.stdout, b"")
