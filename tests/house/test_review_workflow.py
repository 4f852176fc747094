"""The workflow that comments on a pull request, read and then really run on hostile artefacts.

`gh` is a program that answers from a file as the host's interface does, and writes down what it is
asked to change.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.house.workflow_steps import read, run_step

WORKFLOW = read("workflows/review.yml")
[JOB] = WORKFLOW["jobs"].values()
[STEP] = JOB["steps"]
MARK = "<!-- govkit review -->"
COMMIT, OTHER = "a1" * 20, "b2" * 20
OWN = {"id": 7, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nold"}
GH = """\
#!{python}
import json, pathlib, sys
place = pathlib.Path({place!r})
host = json.loads((place / "host.json").read_text())
words = sys.argv[2:]
assert sys.argv[1] == "api" and not any(word.startswith("@") for word in words)
method = words[words.index("--method") + 1] if "--method" in words else "GET"
path = next(word for word in words if word.startswith("repos/")).split("?")[0]
if method != "GET":
    with (place / "changes").open("a") as file:
        file.write(json.dumps([method, path, json.load(sys.stdin)]) + "\\n")
elif path.endswith("/zip"):
    sys.stdout.buffer.write((place / "artefact.zip").read_bytes())
else:
    assert "--slurp" in words and "--paginate" in words
    print(json.dumps(host[path.removeprefix("repos/example/texts/")]))
"""


# --- what it says -------------------------------------------------------------------------------


def test_it_runs_after_the_check_of_a_pull_request_and_may_only_comment() -> None:
    assert WORKFLOW["on"] == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}
    assert read("workflows/check.yml")["name"] == "check"
    assert WORKFLOW["permissions"] == {}
    assert JOB["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert JOB["if"] == "github.event.workflow_run.event == 'pull_request'"
    assert 0 < int(JOB["timeout-minutes"]) <= 10


def test_it_checks_nothing_out_and_takes_two_numbers_of_the_event() -> None:
    assert "uses" not in STEP
    assert "${{" not in STEP["run"]
    assert STEP["env"] == {
        "GH_TOKEN": "${{ github.token }}",
        "RUN": "${{ github.event.workflow_run.id }}",
        "COMMIT": "${{ github.event.workflow_run.head_sha }}",
    }


# --- what it does -------------------------------------------------------------------------------


class Host:
    """What the host has: one pull request, whose check left one artefact."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.pulls = [{"number": 5, "head": {"sha": COMMIT}}]
        self.artefacts = [{"id": 3, "name": "review", "expired": False, "size_in_bytes": 900}]
        self.comments: list[dict[str, Any]] = []
        self.files: list[tuple[str, bytes]] = [("review.md", b"## What this change does\n")]
        (place / "gh").write_text(GH.format(python=sys.executable, place=str(place)))
        (place / "gh").chmod(0o755)
        (place / "work").mkdir()

    def run(self, run: str = "11", commit: str = COMMIT, raw: bytes | None = None) -> str:
        pages = {
            "pulls": [self.pulls[:1], self.pulls[1:]],
            "actions/runs/11/artifacts": [{"artifacts": self.artefacts}],
            "issues/5/comments": [self.comments],
        }
        (self.place / "host.json").write_text(json.dumps(pages))
        (self.place / "artefact.zip").write_bytes(raw if raw is not None else packed(*self.files))
        done = run_step(
            STEP,
            self.place / "work",
            PATH=f"{self.place}{os.pathsep}{os.environ['PATH']}",
            GITHUB_REPOSITORY="example/texts",
            RUN=run,
            COMMIT=commit,
        )
        assert "Traceback" not in done.stderr
        assert list((self.place / "work").iterdir()) == []  # nothing is unpacked
        return done.stdout + done.stderr

    def changes(self) -> list[tuple[str, str, str]]:
        file = self.place / "changes"
        lines = file.read_text().splitlines() if file.exists() else []
        found = [json.loads(line) for line in lines]
        return [(method, path, given["body"]) for method, path, given in found]


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as file:
        for name, words in files:
            file.writestr(name, words)
    return data.getvalue()


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


def test_the_first_review_is_a_comment_and_later_ones_replace_it(host: Host) -> None:
    host.comments = [{"id": 1, "user": {"login": "someone"}, "body": "Hello"}]
    assert host.run() == ""
    [(method, path, body)] = host.changes()
    assert (method, path) == ("POST", "repos/example/texts/issues/5/comments")
    assert body.startswith(f"{MARK}\nMade by a program from the files of this pull request")
    assert body.endswith("\n\n## What this change does\n")
    host.comments += [OWN, OWN | {"id": 8}]
    host.run()
    assert host.changes()[1:] == [("PATCH", "repos/example/texts/issues/comments/7", body)]
    host.comments = [OWN | {"body": body}]
    assert "says so already" in host.run()
    assert len(host.changes()) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"id": 2, "user": {"login": "someone"}, "body": f"{MARK}\nmine"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "another workflow's"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": f"quoted: {MARK}"},
    ],
)
def test_a_comment_of_somebody_else_is_left_alone(host: Host, other: dict[str, Any]) -> None:
    host.comments = [other]
    host.run()
    assert [method for method, *_ in host.changes()] == ["POST"]


def test_the_pull_request_is_the_one_whose_newest_commit_was_checked(host: Host) -> None:
    host.pulls = [{"number": 4, "head": {"sha": OTHER}}, {"number": 5, "head": {"sha": COMMIT}}]
    host.run()
    assert len(host.changes()) == 1
    for pulls in (
        [{"number": 5, "head": {"sha": OTHER}}],  # pushed to again meanwhile, or closed
        [{"number": 5, "head": {"sha": COMMIT}}, {"number": 6, "head": {"sha": COMMIT}}],
    ):
        host.pulls = pulls
        assert "no comment" in host.run()
    assert len(host.changes()) == 1


LONG = b"x" * 60_001
HOSTILE = {
    "no file": packed(),
    "two files": packed(("review.md", b"a"), ("b.md", b"b")),
    "another name": packed(("README.md", b"a")),
    "a way out of the folder": packed(("../review.md", b"a")),
    "an absolute path": packed(("/etc/review.md", b"a")),
    "a folder": packed(("review.md/", b"")),
    "too long": packed(("review.md", LONG)),
    "no text": packed(("review.md", b"\xff\xfe")),
    "another compression": packed(("review.md", b"a"), method=zipfile.ZIP_BZIP2),
    "no archive": b"#!/bin/sh\ntouch stolen\n",
    "nothing": b"",
    "a damaged file": packed(("review.md", b"words"), method=zipfile.ZIP_STORED).replace(
        b"words", b"swords"[:5]
    ),
    "a length that lies": packed(("review.md", LONG)).replace(
        len(LONG).to_bytes(4, "little"), (9).to_bytes(4, "little")
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_anything_but_one_short_markdown_file_is_no_comment(host: Host, name: str) -> None:
    assert "no comment" in host.run(raw=HOSTILE[name])
    assert host.changes() == []


@pytest.mark.parametrize(
    "artefacts",
    [
        [],
        [{"id": 3, "name": "review", "expired": True, "size_in_bytes": 9}],
        [{"id": 3, "name": "$(touch stolen)", "expired": False, "size_in_bytes": 9}],
        [{"id": 3, "name": "review", "expired": False, "size_in_bytes": 900_000}],
        [{"id": n, "name": "review", "expired": False, "size_in_bytes": 9} for n in (3, 4)],
    ],
)
def test_another_artefact_is_no_comment(host: Host, artefacts: list[dict[str, Any]]) -> None:
    host.artefacts = artefacts
    assert "no comment" in host.run()
    assert host.changes() == []


@pytest.mark.parametrize(
    ("run", "commit"),
    [("", COMMIT), ("../5", COMMIT), ("11?x=y", COMMIT), ("11", ""), ("11", "HEAD"), ("-x", "-y")],
)
def test_an_event_without_a_run_or_a_commit_is_refused(host: Host, run: str, commit: str) -> None:
    assert "names no run and no commit" in host.run(run, commit)
    assert host.changes() == []


def test_a_forged_review_calls_nobody_and_shows_no_picture(host: Host) -> None:
    words = (
        f"{MARK} @everyone fixes #1, GH-2 ![x](https://example.org/x.png) <img src=x> "
        '<a href="https://example.org">k</a> <a id="change-a">ok</a> <del>a</del> www.example.org '
        "<script>alert(1)</script>"
    )
    host.files = [("review.md", words.encode())]
    host.run()
    [(_, _, body)] = host.changes()
    made = body.removeprefix(f"{MARK}\n")
    for sign in ("@e", "#1", "GH-2", "![", "://", "www.", "<img", "<a href", "<script", "<!--"):
        assert sign not in made
    assert '<a id="change-a">ok</a> <del>a</del>' in made


def test_what_grows_too_long_for_a_comment_is_none(host: Host) -> None:
    host.files = [("review.md", b"@a" * 29_000)]
    assert "no comment" in host.run()
    assert host.changes() == []
