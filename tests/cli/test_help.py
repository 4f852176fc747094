"""What `--help` says is true: its lines, its examples, and how a wrong line is answered."""

import re
import shlex
from pathlib import Path

import click
import pytest

from govkit.cli.groups import Commands, Group
from govkit.cli.main import govkit as program
from govkit.cli.printing.redline import redline_as_text
from govkit.corpus.redline.compare import redline

from .command_tree import commands
from .conftest import Run

EVERY = {at.command_path: at for at in commands()}
GROUPS = {path: at for path, at in EVERY.items() if isinstance(at.command, click.Group)}


def examples(at: click.Context) -> list[list[str]]:
    """Return the lines that help shows as examples, as a shell hands them over."""
    text = re.sub(r"\\\n\s*", "", at.command.epilog or "")
    block = text.partition("Example")[2].split("\n\b")[0]
    lines = re.findall(r"^ +(?:eval \"\$\()?(govkit\b.*)$", block, re.MULTILINE)
    shown = [re.split(r"\s{2,}| > ", line)[0] for line in lines]
    return [
        shlex.split(re.sub(r"(^govkit completion \w+)\)\"$", r"\1", line))[1:] for line in shown
    ]


@pytest.mark.parametrize("path", EVERY)
def test_each_help_has_examples_and_each_of_them_can_be_typed(path: str) -> None:
    shown = examples(EVERY[path])
    assert shown
    for words in shown:
        parsed(words)


def parsed(words: list[str]) -> dict[str, object]:
    """Read a line as the command would, and return its options; nothing is run."""
    at = program.make_context("govkit", list(words))
    while isinstance(at.command, click.Group) and (rest := [*at._protected_args, *at.args]):
        name, command, rest = at.command.resolve_command(at, rest)
        assert command is not None
        if {"--help", "-h"} & set(rest):
            break
        at = command.make_context(name, rest, parent=at)
    return at.params


@pytest.mark.parametrize("path", GROUPS)
def test_the_help_of_a_group_has_each_command_with_its_own_line(path: str) -> None:
    at = GROUPS[path]
    assert isinstance(at.command, Group)
    said = " ".join(at.get_help().split())
    for name in at.command.list_commands(at):
        command = at.command.get_command(at, name)
        assert command is not None
        assert command.help is not None
        first = " ".join(command.help.split("\n\n")[0].split())
        assert f"{name} {first}" in said
        if isinstance(at.command, Commands):
            assert at.command.told[name] == first


@pytest.mark.parametrize("path", EVERY)
def test_each_option_says_in_a_sentence_what_it_is_for(path: str) -> None:
    for param in EVERY[path].command.params:
        if isinstance(param, click.Option):
            assert param.help, param.opts
            assert param.help[0].isupper() or param.help[0] in "`-", param.help
            assert param.help.endswith("."), param.help
            assert len(param.help) <= 140, param.help


@pytest.mark.parametrize("path", ["govkit diff", "govkit history"])
def test_help_shows_the_marks_that_are_printed(path: str) -> None:
    printed = redline_as_text(redline("one two three", "four"), colours=False)
    said = EVERY[path].get_help()
    for mark in ("[-", "-]", "[+", "+]"):
        assert mark in printed
    for words in ("[-brackets with a minus-]", "[+brackets with a plus+]"):
        assert words in said


@pytest.mark.parametrize("path", EVERY)
def test_help_shows_no_mark_that_is_for_the_layout(path: str) -> None:
    assert "\\b" not in EVERY[path].get_help()


def test_help_is_a_command_too(govkit: Run) -> None:
    assert govkit(None, "help").stdout == govkit(None, "--help").stdout
    asked = govkit(None, "help", "release", "plan")
    assert asked.returncode == 0
    assert asked.stdout == govkit(None, "release", "plan", "--help").stdout
    assert b"no commands of its own" in govkit(None, "help", "check", "plan").stderr
    wrong = govkit(None, "help", "relase")
    assert wrong.returncode == 2
    assert b"Did you mean `release`?" in wrong.stderr


def test_version_is_a_command_too(govkit: Run) -> None:
    assert govkit(None, "version").stdout == govkit(None, "--version").stdout != b""


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("chekc", "There is no command `chekc`. Did you mean `check`?"),
        ("release publsh", "There is no command `release publsh`. Did you mean `publish`?"),
        ("member key ad", "There is no command `member key ad`. Did you mean `add`?"),
        ("propose widthdraw 2026-001", "Did you mean `withdraw`?"),
        ("call frobnicate", "There are: open, move, add, join, close."),
        ("list --statsu draft", "--status"),
    ],
)
def test_a_wrong_line_shows_the_usage_and_what_was_meant(
    govkit: Run, line: str, answer: str
) -> None:
    done = govkit(None, *line.split())
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.startswith("Usage: govkit ")
    assert answer in said
    assert len(said.splitlines()) <= 5


@pytest.mark.parametrize(
    "line",
    [
        "-C {} list",
        "list -C {}",
        "-C{} list",
        "release list -C {}",
        "release -C {} list",
        "member -C {} key add --help",
    ],
)
def test_the_folder_stands_before_a_command_or_after_it(
    govkit: Run, coalition: Path, line: str
) -> None:
    there = f"no governed folder here: {coalition.parent}"
    done = govkit(None, *line.format(coalition.parent).split())
    if "--help" not in line:
        assert there.encode() in done.stderr
    assert govkit(None, *line.format(coalition).split()).returncode in (0, 3)


def test_colours_are_asked_for_before_a_command_or_after_it(govkit: Run, coalition: Path) -> None:
    asked = govkit(None, "--color", "always", "list", "-C", str(coalition)).stdout
    assert b"\x1b[" in asked
    assert govkit(coalition, "list", "--color", "always").stdout == asked
    assert b"\x1b[" in govkit(coalition, "show", "--color", "always", "nobody").stderr
    assert b"\x1b[" not in govkit(coalition, "list").stdout
    assert b"\x1b[" in govkit(coalition, "list", CLICOLOR_FORCE="1").stdout
    assert b"\x1b[" not in govkit(coalition, "list", CLICOLOR_FORCE="1", NO_COLOR="1").stdout


@pytest.mark.parametrize(
    "line", ["-C . list -C .", "release -C . list -C .", "--color never list --color never"]
)
def test_the_folder_and_the_colours_are_given_once(govkit: Run, line: str) -> None:
    done = govkit(None, *line.split())
    assert done.returncode == 2
    assert b"given twice" in done.stderr
