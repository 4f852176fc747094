"""`govkit render`, the real command in a real folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, small_texts: Mapping[str, str]) -> Path:
    for path, text in small_texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "govkit", *words],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"NO_COLOR": "1"},
        )

    return command


def test_a_book_as_markdown_and_pdf_into_dist(run: Run, folder: Path) -> None:
    done = run("render", "provisions")
    assert (done.returncode, done.stdout) == (0, "dist/provisions.md\ndist/provisions.pdf\n")
    assert (folder / "dist/provisions.md").read_bytes().startswith(b"---\n")
    assert (folder / "dist/provisions.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert sorted(path.name for path in (folder / "dist").iterdir()) == [
        "provisions.md", "provisions.pdf",
    ]  # fmt: skip


def test_all_books_in_one_format_into_a_folder(run: Run, folder: Path) -> None:
    done = run("render", "all", "--format", "md", "-o", "deep/print")
    assert (done.returncode, done.stdout) == (0, "deep/print/provisions.md\n")
    assert (folder / "deep/print/provisions.md").exists()


def test_the_whole_id_is_a_name_too(run: Run) -> None:
    done = run("render", "INS-provisions", "provisions", "--format", "md,md")
    assert (done.returncode, done.stdout) == (0, "dist/provisions.md\n")


def test_an_unknown_book(run: Run) -> None:
    done = run("render", "provision")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no book `provision`" in done.stderr
    assert "Did you mean `provisions`?" in done.stderr


def test_an_unknown_format(run: Run) -> None:
    done = run("render", "provisions", "--format", "md,docx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`docx` is no format. There are: md, pdf." in done.stderr


def test_an_error_in_a_text_of_the_book_stops_it(run: Run, folder: Path) -> None:
    path = "provisions/due-process/EXA-DUE-02-repair.yaml"
    (folder / path).write_text("id: EXA-DUE-02\ntitle: [\n", encoding="utf-8")
    done = run("render", "provisions")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"1 error stops the print; the first: {path}:")
    assert not (folder / "dist").exists()


def test_an_instrument_that_cannot_be_read_stops_it(run: Run, folder: Path) -> None:
    (folder / "provisions/instrument.yaml").write_text("id: [\n", encoding="utf-8")
    done = run("render", "provisions")
    assert done.returncode == 1
    assert "provisions/instrument.yaml:" in done.stderr


def test_an_error_elsewhere_stops_nothing(run: Run, folder: Path) -> None:
    path = "provisions/due-process/EXA-DUE-03-unprinted.yaml"
    (folder / path).write_text("id: [", encoding="utf-8")
    assert run("render", "provisions", "--format", "md").returncode == 0


def test_a_folder_that_cannot_be_written(run: Run, folder: Path) -> None:
    (folder / "taken").write_text("a file")
    done = run("render", "provisions", "--format", "md", "-o", "taken/below")
    assert (done.returncode, done.stdout) == (3, "")
    assert "can't be written" in done.stderr
