"""`govkit site`: whole or not at all, the same bytes each time, and nobody else's file is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

NOW = ("--now", "2026-04-01T12:00:00Z")


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_second_run_writes_nothing_an_edit_little_and_no_file_of_others_is_lost(
    coalition: Path, tmp_path: Path, govkit: Run
) -> None:
    out = tmp_path / "out"
    done = govkit(coalition, "site", "-o", str(out), "--language", "es", *NOW)
    assert done.returncode == 0, done.stderr
    assert {each.name for each in out.iterdir()} & {"es", "fr"} == {"es"}
    done = govkit(coalition, "site", "-o", str(out), *NOW)
    assert done.returncode == 0, done.stderr
    first = files_in(out)
    assert "fr/index.html" in first
    listed = json.loads(first["site.json"])["files"]
    assert set(listed) == first.keys() - {"site.json"}
    node = (out / "glossary.html").stat().st_ino
    again = govkit(coalition, "site", "-o", str(out), "--format", "json", *NOW)
    assert json.loads(again.stdout)["written"] == 0
    assert files_in(out) == first
    text = next((coalition / "provisions/due-process").glob("EXA-DUE-01*.yaml"))
    text.write_text(text.read_text().replace("title: ", "title: Another ", 1))
    edited = json.loads(govkit(coalition, "site", "-o", str(out), "--format", "json", *NOW).stdout)
    assert 0 < edited["written"] < edited["files"]
    assert b"Another " in (out / "texts/exa-due-01.html").read_bytes()
    assert (out / "glossary.html").stat().st_ino == node
    (out / "texts/diary.txt").write_text("mine")
    done = govkit(coalition, "site", "-o", str(out))
    assert (done.returncode, b"texts/diary.txt" in done.stderr) == (2, True)
    assert (out / "texts/diary.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--address", "example.org"), b"is no address of a site"),
        (("--address", "https://[x"), b"is no address of a site"),
        (("--language", "tlh"), b"there are no words of this program in tlh"),
        (("-o", "provisions/site"), b"lies among the records"),
        (("-o", "papers"), b"holds other files than those of a site"),
    ],
)
def test_wrong_use(coalition: Path, govkit: Run, options: tuple[str, ...], why: bytes) -> None:
    (coalition / "papers").mkdir()
    (coalition / "papers/diary.txt").write_text("mine")
    before = files_in(coalition)
    said = [str(coalition / each) if each[0] in ".p" else each for each in options]
    done = govkit(coalition, "site", *said)
    assert done.returncode == 2
    assert why in done.stderr
    assert files_in(coalition) == before
