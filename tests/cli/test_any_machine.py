"""The same words come out whatever the machine has told its programs."""

from pathlib import Path

import pytest

from .conftest import Run
from .past import begin, edit

NO_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    "machine",
    [
        NO_LOCALE,
        {"LANG": "tr_TR", "TZ": "Odd/Place"},
        {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "TERM": "dumb", "USER": "nobody-here"},
        {"COLUMNS": "-7"},
        {"COLUMNS": "wide"},
    ],
    ids=lambda machine: next(iter(machine)),
)
def test_the_same_is_printed(coalition: Path, govkit: Run, machine: dict[str, str]) -> None:
    begin(coalition)
    edit(coalition, "must tell the user", "should tell “the user”", message="Weich und größer")
    words = ("history", "EXA-DUE-01", "--redline")
    done, usual = govkit(coalition, *words, **machine), govkit(coalition, *words)
    assert "Weich und größer" in usual.stdout.decode()
    assert (done.returncode, done.stdout, done.stderr) == (0, usual.stdout, b"")
