"""The workflow that answers forms, read and then really run: from an event to evidence.

`gh` is a program that answers as the host's interface does, over a real repository: what it is
asked to write there is written with git.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.main import _run
from govkit.procedures.forms.lists import old_lists
from govkit.records.forms import FORMS, IssueForm
from govkit.source.form_lists import list_of, options_of, with_list
from govkit.workspace import open_workspace
from tests.cli.conftest import git as plain_git
from tests.command import started
from tests.forms.conftest import DUE, body, event, scene
from tests.house.workflow_steps import ROOT, git, read, run_step

__all__ = ["scene"]
WORKFLOW = read("workflows/forms.yml")
READ, ANSWER = WORKFLOW["jobs"]["read"], WORKFLOW["jobs"]["answer"]
ACTION = read("actions/form/action.yml")
[STEP] = ANSWER["steps"]
READING = ACTION["runs"]["steps"][0]
MARK = "<!-- govkit form -->"
NOW = "2026-03-20T12:00:00Z"
SH = """\
#!/bin/sh
case "$*" in
*/zip) exec cat {place}/artefact.zip ;;
*"--slurp repos/example/texts/actions/runs/11/artifacts"*) exec cat {place}/artefacts ;;
*) exec {python} {place}/host.py "$@" ;;
esac
"""
GH = """\
import json, os, pathlib, subprocess, sys
place = pathlib.Path({place!r})
words = sys.argv[2:]
assert sys.argv[1] == "api" and not any(word.startswith("@") for word in words)
method = words[words.index("--method") + 1] if "--method" in words else "GET"
path = next(word for word in words if word.startswith("repos/")).split("?")[0]
path = path.removeprefix("repos/example/texts/")
def git(*words, given=None, **more):
    done = subprocess.run(["git", "-C", place / "texts", *words], input=given, check=True,
                          capture_output=True, env=os.environ | more)
    return done.stdout.decode().strip()
if method == "GET":
    if path.startswith("git/commits/"):
        print(json.dumps(dict(tree=dict(sha=git("rev-parse", path[12:] + "^{{tree}}")))))
        sys.exit()
    assert "--slurp" in words and "--paginate" in words
    if path.startswith("git/matching-refs/"):
        found = git("for-each-ref", "--format=%(refname)", "refs/" + path[18:]).split()
        print(json.dumps([[dict(ref=each) for each in found]]))
    else:
        print((place / "comments").read_text())
    sys.exit()
given = json.load(sys.stdin)
with (place / "changes").open("a") as file:
    file.write(json.dumps([method, path, given]) + "\\n")
if path == "git/trees":
    index = str(place / "index")
    git("read-tree", given["base_tree"], GIT_INDEX_FILE=index)
    for each in given["tree"]:
        assert (each["mode"], each["type"]) == ("100644", "blob")
        blob = git("hash-object", "-w", "--stdin", given=each["content"].encode())
        git("update-index", "--add", "--cacheinfo", "100644," + blob + "," + each["path"],
            GIT_INDEX_FILE=index)
    print(json.dumps(dict(sha=git("write-tree", GIT_INDEX_FILE=index))))
elif path == "git/commits":
    who = dict(GIT_AUTHOR_NAME=given["author"]["name"], GIT_AUTHOR_EMAIL=given["author"]["email"],
               GIT_COMMITTER_NAME="GitHub", GIT_COMMITTER_EMAIL="noreply@github.com")
    words = ("-p", given["parents"][0], "-m", given["message"])
    sha = git("commit-tree", given["tree"], *words, **who)
    print(json.dumps(dict(sha=sha)))
elif path == "git/refs":
    git("update-ref", given["ref"], given["sha"], "")
    print("{{}}")
"""


# --- what it says -------------------------------------------------------------------------------


def test_it_runs_for_issues_and_each_job_has_the_least_rights() -> None:
    assert WORKFLOW["on"] == {"issues": {"types": ["opened", "edited"]}}
    assert WORKFLOW["permissions"] == {}
    assert READ["permissions"] == {"contents": "read"}
    assert ANSWER["permissions"] == {"actions": "read", "contents": "write", "issues": "write"}
    assert ANSWER["needs"] == "read"
    for job in (READ, ANSWER):
        assert 0 < int(job["timeout-minutes"]) <= 15


def test_the_job_that_may_write_checks_nothing_out_and_takes_two_numbers() -> None:
    assert "uses" not in STEP
    assert "${{" not in STEP["run"]
    assert STEP["env"] == {
        "GH_TOKEN": "${{ github.token }}",
        "RUN": "${{ github.run_id }}",
        "ISSUE": "${{ github.event.issue.number }}",
    }


def test_of_the_event_nothing_reaches_a_shell() -> None:
    for step in (*ACTION["runs"]["steps"], *READ["steps"]):
        assert "${{" not in step.get("run", "")
        assert "github.event." not in str(step.get("with", "")) + str(step.get("env", ""))
    [checkout] = [s for s in READ["steps"] if s.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    assert READ["if"] == "startsWith(github.event.issue.body, '### ')"


@pytest.mark.parametrize("name", FORMS)
def test_the_pages_of_the_host_have_the_fields_that_are_read(name: str) -> None:
    form, page = FORMS[name], read(f"ISSUE_TEMPLATE/{name}.yml")
    fields = [each for each in page["body"] if each["type"] != "markdown"]
    assert page["name"] == form.title
    assert page["labels"] == ["form", name]
    assert [(each["id"], each["attributes"]["label"]) for each in fields] == [
        (field.name, field.label) for field in form.fields
    ]
    for each, field in zip(fields, form.fields, strict=True):
        listed = bool(field.none_of_list)
        kind = "dropdown" if field.choices or listed else "input" if field.one_line else "textarea"
        assert each["type"] == ("checkboxes" if field.boxes else kind)
        if field.boxes:
            assert [box["required"] for box in each["attributes"]["options"]] == ["true"]
            continue
        if listed:
            assert each["attributes"]["options"][0] == field.none_of_list
            assert (each["attributes"].get("multiple") == "true") == field.many
        else:
            assert tuple(each["attributes"].get("options", ())) == field.choices
        assert (each.get("validations") == {"required": "true"}) == field.needed
    theirs = ROOT / f"govkit/source/examples/github/ISSUE_TEMPLATE/{name}.yml"
    ours = (ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text()
    bare = ours.encode() if list_of(form) is None else with_list(ours.encode(), options(form))
    assert theirs.read_text() == (bare or b"").decode().replace("MCP-DUE-03", "EXA-DUE-01")


def options(form: IssueForm) -> tuple[str, ...]:
    """The answers in the list of a form while there are no texts."""
    field = list_of(form)
    return () if field is None else options_of(field, ())


def test_the_lists_of_texts_are_as_the_texts_are() -> None:
    old = old_lists(ROOT, open_workspace(ROOT).corpus)
    assert old == [], "run `govkit form lists`"


# --- what it does -------------------------------------------------------------------------------


class Host:
    """A host with one repository, to which somebody sends a form."""

    def __init__(self, place: Path, scene: Path) -> None:
        self.place, self.texts = place, place / "texts"
        shutil.copytree(scene, self.texts, symlinks=True)
        (place / "texts-private").mkdir(mode=0o700)
        (place / "work").mkdir()
        (place / "bin").mkdir()
        (place / "host.py").write_text(GH.format(place=str(place)))
        (place / "bin/gh").write_text(SH.format(python=sys.executable, place=str(place)))
        (place / "bin/gh").chmod(0o755)
        self.comments: list[dict[str, Any]] = []
        self.sha = git(self.texts, "rev-parse", "HEAD")

    def step(self, sent: dict[str, Any]) -> bytes:
        """Run the first job on an event as it stands, and return the file that it leaves."""
        (self.place / "event.json").write_text(json.dumps(sent))
        done = run_step(
            READING,
            self.texts,
            GOVKIT=str(Path(sys.executable).with_name("govkit")),
            GITHUB_EVENT_PATH=str(self.place / "event.json"),
            RUNNER_TEMP=str(self.place),
        )
        assert done.returncode == 0, done.stderr
        assert plain_git(self.texts, "status", "--porcelain") == ""
        return (self.place / "govkit/form.json").read_bytes()

    def read(self, sent: dict[str, Any]) -> bytes | None:
        """Do what the first job does, in this process, which is faster."""
        event_, left = self.place / "event.json", self.place / "form.json"
        event_.write_text(json.dumps(sent))
        left.unlink(missing_ok=True)
        words = ("form", "answer", str(event_), "-o", str(left))
        assert _run(["-C", str(self.texts), *words]) == 0
        return left.read_bytes() if left.exists() else None

    def answer(self, *files: tuple[str, bytes], issue: str = "17", raw: bytes | None = None) -> str:
        """Run the second job on an artefact, and return what it says."""
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, words in files:
                packed.writestr(name, words)
        (self.place / "artefact.zip").write_bytes(data.getvalue() if raw is None else raw)
        left = {"id": 3, "name": "form", "expired": False, "size_in_bytes": 900}
        listed = [{"artifacts": [left] if files or raw else []}]
        (self.place / "artefacts").write_text(json.dumps(listed))
        (self.place / "comments").write_text(json.dumps([self.comments]))
        done = run_step(
            STEP,
            self.place / "work",
            PATH=f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            GITHUB_REPOSITORY="example/texts",
            GITHUB_SERVER_URL="https://github.com",
            GITHUB_SHA=self.sha,
            RUN="11",
            ISSUE=issue,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert list((self.place / "work").iterdir()) == []
        return done.stdout + done.stderr

    def run(self, sent: dict[str, Any]) -> str:
        """Run both jobs, and return what the page below the issue says."""
        left = self.read(sent)
        said = self.answer(*([("form.json", left)] if left else []))
        bodies = [given["body"] for _, path, given in self.changes() if "comments" in path]
        return bodies[-1] if bodies else said

    def changes(self) -> list[Any]:
        """What was asked of the host, in order."""
        file = self.place / "changes"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def branches(self) -> list[str]:
        return git(
            self.texts, "for-each-ref", "--format=%(refname:short)", "refs/heads/form"
        ).split()

    def govkit(self, *words: str, code: int = 0) -> str:
        """Run govkit as a coordinator in the repository."""
        program = str(Path(sys.executable).with_name("govkit"))
        by = {"GOVKIT_MEMBER": "other-society", "NO_COLOR": "1"}
        done = started(
            [program, "-C", str(self.texts), *words],
            cwd=self.place,
            env=os.environ | by,
            capture_output=True,
            text=True,
            check=False,
            clock=NOW,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return str(done.stdout)


@pytest.fixture
def host(scene: Path, tmp_path: Path) -> Host:
    return Host(tmp_path, scene)


def test_who_has_only_a_browser_changes_comments_and_speaks_and_a_coordinator_merges(
    host: Host,
) -> None:
    for number, form in ((17, "change"), (18, "comment"), (19, "position")):
        first_job = host.step if form == "position" else host.read
        left = first_job(event(body(form), number=number))
        assert left is not None
        host.answer(("form.json", left), issue=str(number))
    made = host.branches()
    assert [each.split("-")[0] for each in made] == ["form/17", "form/18", "form/19"]
    pages = [given["body"] for method, path, given in host.changes() if "comments" in path]
    for branch, page in zip(made, pages, strict=True):
        assert page.startswith(MARK)
        assert f"https://github.com/example/texts/pull/new/{branch})" in page
        git(host.texts, "merge", "-q", "--no-ff", "-m", f"Take in {branch}", branch)
    assert "before it starts." in (host.texts / DUE).read_text()
    author = git(host.texts, "log", "-1", "--format=%an <%ae>", made[0])
    assert author == "ana <1234+ana@users.noreply.github.com>"
    said = host.govkit("intake", "--yes", "--now", NOW)
    assert "from ana at github.com, 2026-03-15T08:00:00Z" in said
    assert "Taken in: 2. Refused: 0." in said
    folder = host.texts / "governance/proposals/2026-003"
    evidence = (folder / "evidence/example-society-01-01.yaml").read_text()
    assert "level: E2\nkind: account\n" in evidence
    assert "event: https://github.com/example/texts/issues/19\n" in evidence
    assert "arrived: 2026-03-15T08:00:00Z\n" in evidence
    assert [path.name for path in (folder / "comments").iterdir()] == ["0001.yaml"]
    assert not [*(folder / "submissions").iterdir()] if (folder / "submissions").exists() else True


def test_one_who_joins_and_an_initiative(host: Host) -> None:
    for number, form in ((17, "join"), (18, "initiative")):
        left = host.read(event(body(form), "zoe", number=number))
        assert left is not None
        host.answer(("form.json", left), issue=str(number))
    for branch in host.branches():
        git(host.texts, "merge", "-q", "--no-ff", "-m", f"Take in {branch}", branch)
    page = next(given["body"] for _, path, given in host.changes() if "17/comments" in path)
    command = re.search(r"(?m)^    govkit (member add .*)$", page)
    assert command is not None
    host.govkit(*command[1].split(), "--now", NOW)
    member = (host.texts / "governance/members/new-society-invented.yaml").read_text()
    assert "state: enrolled" in member
    assert "name: zoe" in member
    assert "Asked to join by the account zoe at github.com" in member
    host.govkit("list", "initiative")


def test_a_bad_form_gets_an_answer_and_no_branch(host: Host) -> None:
    page = host.run(event(body("position"), "zoe"))
    assert "nothing was made of it" in page
    assert "not enrolled" in page
    assert host.branches() == []
    assert [path for _, path, _ in host.changes()] == ["issues/17/comments"]


def test_a_mended_form_gets_another_branch_and_the_same_comment(host: Host) -> None:
    first = host.run(event(body("change", now="It must never.")))
    host.comments = [
        {"id": 7, "user": {"login": "somebody"}, "body": f"{MARK}\nforged"},
        {"id": 8, "user": {"login": "github-actions[bot]"}, "body": first},
    ]
    sent = event(body("change"), action="edited", changes={"body": {"from": "x"}})
    page = host.run(sent)
    method, path, _ = host.changes()[-1]
    assert (method, path) == ("PATCH", "issues/comments/8")
    [branch] = host.branches()
    host.comments[1]["body"] = page
    before = host.changes()
    assert "says so already" in host.answer(("form.json", host.read(sent) or b""))
    assert host.changes() == before
    assert host.branches() == [branch]


def test_an_issue_that_is_no_form_is_left_alone(host: Host) -> None:
    assert "no form" in host.run(event("### Hello\n\nI would like to join."))
    assert host.changes() == []


GOOD = {
    "version": 1,
    "answer": "Fine.",
    "branch": "form/17-0123abcd",
    "message": "Say it better",
    "author": {"name": "ana", "email": "ana@users.noreply.github.com"},
    "files": {"provisions/a/EXA-DUE-09-x.yaml": "id: x\n"},
}
FILE = "id: x\n"
FORGED: dict[str, dict[str, Any]] = {
    "the workflow": {"files": {".github/workflows/forms.yml": FILE}},
    "a folder above": {"files": {"provisions/../.github/x.yaml": FILE}},
    "a hidden folder": {"files": {"provisions/.git/config.yaml": FILE}},
    "the charter": {"files": {"governance/charter.yaml": FILE}},
    "the log": {"files": {"governance/log/000001.yaml": FILE}},
    "a position": {"files": {"governance/proposals/2026-003/positions/a-01.yaml": FILE}},
    "a program": {"files": {"govkit/__init__.py": FILE}},
    "a line end in a path": {"files": {"provisions/a.yaml\n": FILE}},
    "no file": {"files": {}},
    "files that are a list": {"files": ["provisions/a.yaml"]},
    "a file that is none": {"files": {"provisions/a.yaml": None}},
    "a NUL": {"files": {"provisions/a.yaml": "a\0"}},
    "fifty-one files": {"files": {f"provisions/a{n}.yaml": FILE for n in range(51)}},
    "the main branch": {"branch": "main"},
    "the branch of another issue": {"branch": "form/18-0123abcd"},
    "a branch with a path": {"branch": "form/17-0123abcd/../../main"},
    "another commit": {"commit": "0" * 40},
    "an option for a commit": {"commit": "--output=stolen"},
    "a message without end": {"message": "x" * 30_000},
    "an author of many parts": {"author": {"name": "a", "email": "b", "date": "1970"}},
    "an author who is none": {"author": "root"},
}


@pytest.fixture
def is_branch(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], bool]:
    """The judgement of the second job about what it would write, taken from its script."""
    monkeypatch.setenv("GITHUB_REPOSITORY", "example/texts")
    monkeypatch.setenv("GITHUB_SHA", "a1" * 20)
    script: dict[str, Any] = {"issue": "17"}
    exec(STEP["run"].partition("\nrun, issue, sha = ")[0], script)
    judged: Callable[[dict[str, Any]], bool] = script["is_branch"]
    return judged


@pytest.mark.parametrize("name", FORGED)
def test_what_no_form_brings_is_no_branch(
    name: str, is_branch: Callable[[dict[str, Any]], bool]
) -> None:
    said = GOOD | {"commit": "a1" * 20}
    assert is_branch(said)
    assert not is_branch(said | FORGED[name])


def test_of_what_no_form_brings_nothing_is_written(host: Host) -> None:
    said = GOOD | {"commit": host.sha}
    forged = json.dumps(said | FORGED["the workflow"]).encode()
    assert "no branch, no answer" in host.answer(("form.json", forged))
    assert host.changes() == []
    assert host.branches() == []
    host.answer(("form.json", json.dumps(said).encode()))
    assert host.branches() == [said["branch"]]


def test_an_artefact_that_is_something_else_is_left_alone(host: Host) -> None:
    good = json.dumps(GOOD | {"commit": host.sha}).encode()
    for files in (
        [("../form.json", good)],
        [("form.json", good), ("more", b"")],
        [("form.json", b"[]")],
        [("form.json", b'{"answer": 1}')],
        [("form.json", b"\xff")],
        [("form.json", b'"' + b"x" * 1_000_001 + b'"')],
    ):
        assert "no answer" in host.answer(*files)
    assert "no answer" in host.answer(raw=b"no archive")
    assert host.changes() == []


def test_an_answer_calls_nobody_and_shows_no_picture(host: Host) -> None:
    words = "@everybody #1 GH-2 ![p](http://x.example/p.png) <script>x</script> <del>old</del>"
    host.answer(("form.json", json.dumps({"answer": words}).encode()))
    [(_, _, given)] = host.changes()
    assert given["body"] == (
        f"{MARK}\n@\u200beverybody #\u200b1 GH-\u200b2 !\\[p](http:\u200b//x.example/p.png) "
        "&lt;script>x&lt;/script> <del>old</del>"
    )
