"""`govkit fmt` as people call it, and ended in the middle of its work."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.corpus.beginnings import first_files
from govkit.source import writing

TERM = "registers/terms/platform.yaml"
SOURCE = "registers/sources/example-act.yaml"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A governed folder in the common form."""
    root = tmp_path / "our texts"
    for path, data in first_files("Example Coalition", "EXA").items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def untidy(root: Path, path: str) -> bytes:
    """Write a record with four spaces, curved quotes and no first line; return its tidy bytes."""
    tidy = (root / path).read_bytes()
    lines = tidy.decode().split("\n")[1:]
    (root / path).write_text("\n".join(line.replace("  ", "    ") + " " for line in lines))
    return tidy


def state(root: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(root)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_tidy_folder_stays_as_it_is(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(texts)
    assert _run(["-C", str(texts), "fmt"]) == 0
    assert capsys.readouterr().out == "23 files in the common form already.\n"
    assert state(texts) == before


def test_files_in_the_common_form_are_known_without_a_round_trip(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(writing, "laid_out", lambda text: pytest.fail("a round trip"))
    assert _run(["-C", str(texts), "fmt", "--check"]) == 0
    assert "23 files in the common form already" in capsys.readouterr().out


def test_an_untidy_file_is_mended_and_said_to_be(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tidy = untidy(texts, TERM)
    assert _run(["-C", str(texts), "fmt"]) == 0
    assert (texts / TERM).read_bytes() == tidy
    assert capsys.readouterr().out == (
        f"{TERM}\n"
        "  spaces at the ends of lines taken off\n"
        "  indents and spaces\n"
        "  the first line, which names the schema\n"
        "1 file changed, 22 files in the common form already.\n"
    )


def test_check_writes_nothing_and_ends_with_one(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    untidy(texts, TERM)
    before = state(texts)
    assert _run(["-C", str(texts), "fmt", "--check"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{TERM}\n")
    assert out.endswith("1 file would change, 22 files in the common form already.\n")
    assert state(texts) == before
    assert _run(["-C", str(texts), "fmt", "--check", SOURCE]) == 0


def test_diff_writes_nothing_and_shows_the_lines(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (texts / TERM).read_text()
    (texts / TERM).write_text(text.replace("term: platform\n", "term:   platform\r\n"), newline="")
    before = state(texts)
    assert _run(["-C", str(texts), "fmt", "--diff"]) == 0
    assert _run(["-C", str(texts), "fmt", "--diff", "--check"]) == 1
    out = capsys.readouterr().out
    assert f"--- a/{TERM}\n+++ b/{TERM}\n" in out
    assert "-term:   platform\\r\n+term: platform\n" in out
    assert state(texts) == before


def test_a_file_that_is_refused_is_left_and_the_others_are_mended(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tidy = untidy(texts, TERM)
    (texts / SOURCE).write_text("kind: study\nkind: case\n")
    assert _run(["-C", str(texts), "fmt"]) == 1
    assert (texts / TERM).read_bytes() == tidy
    assert (texts / SOURCE).read_text() == "kind: study\nkind: case\n"
    printed = capsys.readouterr()
    assert printed.err == (
        f"left as it is: {SOURCE}:2:1: the key `kind` stands here a second time in the same place\n"
        "help: Keep one of the two, here or in line 1.\n"
    )
    assert printed.out.endswith(
        "1 file changed, 1 file left as it is, 21 files in the common form already.\n"
    )


def test_only_the_files_that_are_named_are_mended(texts: Path) -> None:
    tidy_term, _ = untidy(texts, TERM), untidy(texts, SOURCE)
    source = (texts / SOURCE).read_bytes()
    assert _run(["-C", str(texts), "fmt", "registers/terms"]) == 0
    assert (texts / TERM).read_bytes() == tidy_term
    assert (texts / SOURCE).read_bytes() == source


def test_paths_are_read_from_the_folder_where_one_stands(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidy = untidy(texts, TERM)
    monkeypatch.chdir(texts / "registers" / "terms")
    assert _run(["fmt", "platform.yaml", "../../registers/terms/./platform.yaml"]) == 0
    assert (texts / TERM).read_bytes() == tidy


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("registers/terms/nothing.yaml", "is not there"),
        ("../elsewhere.yaml", "is outside the governed folder"),
        ("README.md", "is no record, and holds none"),
        ("registers/terms/link.yaml", "is no record, and holds none"),
        ("schemas", "is not there"),
    ],
)
def test_a_path_that_is_no_record_is_wrong_use(
    texts: Path, capsys: pytest.CaptureFixture[str], path: str, reason: str
) -> None:
    (texts.parent / "elsewhere.yaml").write_text("a: b\n")
    (texts / "registers/terms/link.yaml").symlink_to(texts.parent / "elsewhere.yaml")
    assert _run(["-C", str(texts), "fmt", path]) == 2
    assert reason in capsys.readouterr().err


def test_outside_a_governed_folder_it_is_wrong_use(tmp_path: Path) -> None:
    assert _run(["-C", str(tmp_path), "fmt"]) == 2


def test_the_mode_of_a_file_stays(texts: Path) -> None:
    untidy(texts, TERM)
    (texts / TERM).chmod(0o640)
    assert _run(["-C", str(texts), "fmt"]) == 0
    assert (texts / TERM).stat().st_mode & 0o777 == 0o640


def test_hostile_names_and_words_are_shown_and_not_obeyed(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (texts / "registers/terms/a\x1b[2J.yaml").write_text("term: x\x1b[2J\n")
    assert _run(["-C", str(texts), "fmt"]) == 1
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert "registers/terms/a\\x1b[2J.yaml" in printed.err


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.15, 0.3, 0.5])
def test_ended_at_any_moment_every_file_is_old_or_new_and_whole(texts: Path, moment: float) -> None:
    paths = [f"registers/terms/t{number}.yaml" for number in range(60)]
    old = "term:    x\nstatus:   draft\ndefinition: A thing.\n"
    new = (
        "# yaml-language-server: $schema=../../schemas/term.schema.json\n"
        "term: x\nstatus: draft\ndefinition: A thing.\n"
    )
    for path in paths:
        (texts / path).write_text(old)
    child = subprocess.Popen(
        [sys.executable, "-m", "govkit", "-C", str(texts), "fmt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdout is not None
    os.read(child.stdout.fileno(), 1)  # the first file is written
    time.sleep(moment)
    child.send_signal(signal.SIGKILL)
    child.stdout.close()
    child.wait()
    found = [(texts / path).read_text() for path in paths]
    assert set(found) <= {old, new}
    assert _run(["-C", str(texts), "fmt"]) == 0
    assert {(texts / path).read_text() for path in paths} == {new}
