"""docs/comments.md and privacy.md are true: each command runs, in order; help has examples."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from govkit.cli.comment import COMMANDS, CommentCommands
from tests.comments.conftest import Run, entries, ok
from tests.comments.test_collect import CHANGED, SAME
from tests.comments.test_mail import MAIL

DOCS = Path(__file__).parents[2] / "docs"


def lines_of(page: str) -> list[str]:
    """Return the commands that a page shows."""
    text = (DOCS / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


FILES = {
    "words.txt": "The text is clear.\n",
    "comments.csv": "Author,Clause,Comment\nexample-institute,EXA-DUE-02(a),How many days?\n",
    "mail.txt": MAIL,
    "pad.txt": CHANGED,
    "pad-opening.txt": SAME,
    "personal.txt": "Between us: a good text.\n",
}


def test_every_command_of_the_page_runs(texts: Path, run: Run, tmp_path: Path) -> None:
    for name, words in FILES.items():
        (tmp_path / "desk" / name).write_text(words, encoding="utf-8")
    lines = lines_of("comments.md")
    assert len(lines) > 15
    for line in lines:
        program, *words = shlex.split(line)
        if program == "govkit":
            if line.startswith("govkit comment publish"):
                asked = [row for row in ok(run("table")).splitlines() if "(not shown" in row]
                words[2] = asked[0].split()[0].lstrip("0")
            ok(run(*words[1:], of=words[0], by=None))
        else:
            subprocess.run([program, *words], cwd=texts, check=True)
    kinds = [entry.kind for entry in entries(texts)]
    assert kinds.count("disposition") == 2
    assert kinds.count("comment") >= 10


def test_every_command_about_privacy_runs_and_the_name_is_gone(texts: Path, run: Run) -> None:
    lines = lines_of("privacy.md")
    assert len(lines) == 5
    for line in lines:
        _, of, *words = shlex.split(line)
        said = ok(run(*words, of=of))
    assert "A. Example" not in said
    assert said.count("(a person who asked to be left out); ; academia") == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_with_examples(name: str) -> None:
    context = click.Context(click.Command("x"))
    command = CommentCommands("comment").get_command(context, name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == COMMANDS[name]
    assert f"govkit comment {name}" in (command.epilog or "")
    assert "Examples:" in (command.epilog or "")


def test_a_misspelt_command_gets_the_nearest(run: Run) -> None:
    from govkit.cli.main import govkit

    with pytest.raises(click.UsageError, match="Did you mean `dispose`"):
        govkit.main(["comment", "dispos"], standalone_mode=False)
