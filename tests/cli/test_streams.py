"""Streams that are closed or full, readers who leave, and what the system says no to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import started

from .command_tree import commands, words_of
from .conftest import GOVKIT, Run

FULL = "/dev/full"


COMMANDS = tuple(words_of(each) for each in commands())


def answer(
    folder: Path, *words: str, streams: dict[int, str | None], **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run govkit with these files in the place of its streams."""
    return started([str(GOVKIT), *words], cwd=folder, streams=streams, env=os.environ | more)


def held(done: subprocess.CompletedProcess[bytes], said: str) -> None:
    """Hold that a command ended with 3 and one sentence, and with nothing that it half said."""
    assert (done.returncode, done.stdout) == (3, b""), done
    lines = done.stderr.decode().splitlines()
    assert [line[:6] for line in lines] == ["error:", "help: "], done.stderr
    assert said in lines[0]


def test_every_command_is_looked_at() -> None:
    assert len(COMMANDS) > 50
    assert ("release", "cut") in COMMANDS
    assert ("member", "key", "end") in COMMANDS


STREAMS = ("standard input", "standard output", "")


def test_no_command_begins_while_a_stream_is_closed(coalition: Path) -> None:
    """What is opened next would be the stream, and an answer would land in a record or a lock.

    The streams are closed by turns: each is for a third of the commands, whose start is one piece.
    """
    for number, words in enumerate(COMMANDS):
        stream = number % len(STREAMS)
        name = STREAMS[stream]
        done = answer(coalition, *words, streams={stream: None})
        if name:
            held(done, f"the {name} of this command is closed")
        assert (done.returncode, done.stdout) == (3, b""), words


def test_no_command_takes_an_answer_for_given_that_a_full_disk_did_not_take(
    coalition: Path,
) -> None:
    """By turns an answer and a complaint: every command says both with one piece."""
    for number, words in enumerate(COMMANDS):
        if number % 2:
            assert answer(coalition, *words, "--nonsense", streams={2: FULL}).returncode == 3, words
        else:
            done = answer(coalition, *words, "--help", streams={1: FULL})
            held(done, "no room is left on the disk")


ANSWERS = [
    "",
    "check",
    "check --format json",
    "list",
    "where",
    "audit",
    "show EXA-DUE-01",
    "doctor",
    "impact EXA-DUE-01",
    "render provisions --format md -o -",
    "schema provision",
    "explain empty-text",
    "completion bash",
    "fmt --check",
    "--version",
]


def test_an_answer_that_a_full_disk_does_not_take_is_an_error(coalition: Path) -> None:
    for words in ANSWERS:
        held(answer(coalition, *words.split(), streams={1: FULL}), "no room is left on the disk")


def test_what_went_wrong_is_said_although_nothing_else_can_be(coalition: Path) -> None:
    done = answer(coalition, "show", "nobody", streams={1: FULL})
    assert done.returncode == 2
    assert b"nobody" in done.stderr


def test_half_an_answer_is_taken_out_of_the_file(coalition: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk that gets full in the middle of an answer."""
    target = tmp_path / "answers.json"
    target.write_text("what was there\n")
    for number in range(200):
        (coalition / f"registers/terms/wrong-{number}.yml").touch()
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 8; exec '{GOVKIT}' check --format json >>'{target}'"],
        cwd=coalition,
        env=os.environ,  # without it comes what a library has put behind Python's back: COLUMNS
        capture_output=True,
        check=False,
    )
    held(done, "the file would be larger than the system allows")
    assert target.read_text() == "what was there\n"


@pytest.mark.parametrize(("command", "code"), [("list", "0"), ("check", "1")])
def test_a_command_ends_alike_however_much_of_its_answer_is_read(
    command: str, code: str, coalition: Path
) -> None:
    for number in range(900):
        (coalition / f"registers/terms/wrong-{number}.yml").touch()
    said = subprocess.run(
        [
            "bash",
            "-c",
            f"'{GOVKIT}' {command} | true; echo ${{PIPESTATUS[0]}}; "
            f"'{GOVKIT}' {command} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}",
        ],
        cwd=coalition,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said.stdout.split(), said.stderr) == ([code, code], "")


# --- what the system says no to -------------------------------------------------------------------

LONG = "n" * 300


def test_a_folder_that_is_taken_away_under_a_command(coalition: Path) -> None:
    gone = coalition / "gone"
    for words in ("list", "check", "fmt", "init", "release list", "show EXA-DUE-01"):
        gone.mkdir()
        line = f"rmdir '{gone}'; exec '{GOVKIT}' {words}"
        done = subprocess.run(["bash", "-c", line], cwd=gone, capture_output=True, check=False)
        held(done, "the folder in which you are was taken away")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-C", LONG, "check"), "longer than the system allows"),
        (("-C", "circle", "check"), "a link there leads back to itself"),
        (("init", "circle"), "a link there leads back to itself"),
        (("init", LONG), "longer than the system allows"),
        (("render", "provisions", "-o", LONG), "longer than the system allows"),
        (("render", "provisions", "-o", "circle"), "something stands there already"),
        (("render", "provisions", "-o", "note/a"), "a file stands where a folder should be"),
    ],
    ids=lambda each: each if isinstance(each, str) else each[0],
)
def test_a_place_that_the_system_does_not_know(
    words: tuple[str, ...], said: str, coalition: Path, govkit: Run
) -> None:
    (coalition / "circle").symlink_to("circle")
    (coalition / "note").write_text("words\n")
    held(govkit(None, *words, cwd=coalition), said)


def test_too_many_open_files(repository: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"ulimit -n 8; exec '{GOVKIT}' check"],
        cwd=repository,
        capture_output=True,
        check=False,
    )
    held(done, "too many files are open at once")
