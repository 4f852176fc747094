"""docs/forms.md is true: each command runs, in order, on events that a host sends."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from pathlib import Path
from typing import Any

from tests.cli.conftest import git
from tests.command import started
from tests.forms.conftest import body, event

PAGE = Path(__file__).parents[2] / "docs/forms.md"
PERSON = {
    f"GIT_{who}_{what}": f"x@{what}.example"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


def run(texts: Path, *words: str, code: int = 0) -> str:
    done = started(
        [str(Path(sys.executable).with_name("govkit")), "-C", str(texts), *words],
        cwd=texts.parent,
        env=os.environ | PERSON | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        clock="2026-03-20T12:00:00Z",
    )
    assert done.returncode == code, done.stdout + done.stderr
    return str(done.stdout if code != 2 else done.stderr)


def test_every_command_of_the_page_runs(texts: Path) -> None:
    (texts.parent / "event.json").write_text(json.dumps(event(body("change"))))
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line)[1:]
        here = ("event.json", "join.eml")
        run(texts, *(str(texts.parent / each) if each in here else each for each in words))
    made = git(texts, "for-each-ref", "--format=%(refname:short)", "refs/heads/form").split()
    assert [each.rsplit("-", 1)[0] for each in made] == ["form/17", "form/join"]
    assert git(texts, "status", "--porcelain") == ""


def parsed(texts: Path, data: str, code: int = 0) -> dict[str, Any]:
    (texts.parent / "form.md").write_text(data)
    said = run(texts, "form", "parse", str(texts.parent / "form.md"), "--format", "json", code=code)
    found: dict[str, Any] = json.loads(said)
    return found


def test_parse_says_what_a_form_means_and_writes_nothing(texts: Path) -> None:
    found = parsed(texts, json.dumps(event(body("position", texts="EXA-DUE-02"))))
    assert (found["form"], found["faults"]) == ("position", [])
    assert found["sender"]["account"] == "ana"
    assert found["sender"]["at"] == "2026-03-15T08:00:00Z"
    assert found["fields"]["texts"] == "EXA-DUE-02"
    assert found["told"] == ["example-society consents: EXA-DUE-02."]
    assert found["next"] == ["govkit intake"]
    [path] = found["files"]
    assert not (texts / path).exists()
    text = parsed(texts, body("join"))
    assert text["sender"] is None
    assert text["files"] == ["governance/members/new-society-invented.yaml"]
    empty = parsed(texts, body("join", name="", group=""), code=1)
    assert empty["faults"] == [
        "`Name of the member` is empty.",
        "`Which stakeholder group?` is empty.",
    ]
    # A position without an account would be somebody's word about another.
    assert "which account wrote this" in parsed(texts, body("position"), code=1)["faults"][0]
    (texts.parent / "form.md").write_text("Hello.")
    assert "none of the forms" in run(texts, "form", "parse", str(texts.parent / "form.md"), code=2)


def test_a_form_is_read_beside_the_committed_texts_alone(texts: Path) -> None:
    (texts.parent / "event.json").write_text(json.dumps(event(body("change"))))
    with (texts / "registers/terms/user.yaml").open("a") as file:
        file.write("# a note\n")
    said = run(texts, "form", "file", str(texts.parent / "event.json"), code=2)
    assert "edits here that are not committed: registers/terms/user.yaml" in said
