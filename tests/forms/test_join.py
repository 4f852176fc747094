"""`govkit member join`, without a host: a mail, or a branch; and `form file --push`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from govkit.cli.main import _run
from tests.cli.conftest import GOVKIT, git
from tests.forms.conftest import body, event
from tests.terminals import open_terminal

ASKED = ("--name", "New Society", "--kind", "organisation", "--group", "academia")


@pytest.fixture(autouse=True)
def _person(monkeypatch: pytest.MonkeyPatch, texts: Path) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana Silva")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.org")
    monkeypatch.chdir(texts.parent)


def run(texts: Path, *words: str) -> int:
    return _run(["-C", str(texts), *words])


def test_it_goes_on_a_branch_that_changes_nothing_here(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(texts, "member", "join", *ASKED, "--country", "in", "--on-branch") == 0
    branch = git(texts, "for-each-ref", "--format=%(refname:short)", "refs/heads/form")
    assert f"git push origin {branch}" in capsys.readouterr().out.replace("\n  ", " ")
    made = git(texts, "show", f"{branch}:governance/members/new-society.yaml")
    assert "country: IN\nstate: listed\n" in made
    assert git(texts, "status", "--porcelain") == ""
    assert git(texts, "rev-parse", "HEAD") == git(texts, "rev-parse", f"{branch}~")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--name", "New Society"), "--kind, --group are needed here"),
        ((*ASKED[:5], "nobody"), "no stakeholder group `nobody`"),
        ((*ASKED, "--country", "XX"), "is no country code"),
        ((*ASKED, "--represents", "example-society"), "none of its people"),
        ((*ASKED, "--on-branch", "-o", "x.eml"), "--on-branch writes no mail"),
        ((*ASKED, "--by", "nobody"), "does not say who hands in"),
        (("--name", "New\nstate: enrolled", *ASKED[2:]), "more than one line"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_written(
    texts: Path, words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(texts.parent.rglob("*"))
    assert run(texts, "member", "join", *words) == 2
    said = capsys.readouterr().err.replace("\n       ", " ")
    assert says in said
    assert "three dots" not in said
    assert [path for path in sorted(texts.parent.rglob("*")) if path not in before] == []


def test_at_a_terminal_it_asks_and_writes_a_mail(texts: Path) -> None:
    import subprocess

    host, terminal = open_terminal()
    os.write(host, b"New Society\norganisation\nacademia\n\n")
    done = subprocess.run(
        [str(GOVKIT), "-C", str(texts), "member", "join", "-o", "join.eml"],
        cwd=texts.parent,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        timeout=60,
        check=False,
    )
    os.close(terminal)
    said = os.read(host, 100_000).decode()
    os.close(host)
    assert done.returncode == 0, said
    mail = (texts.parent / "join.eml").read_text()
    assert "To: comments@example.org\n" in mail
    assert "### Which stakeholder group?\n\nacademia\n" in mail


def test_a_branch_of_a_form_is_pushed_when_told(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = texts.parent / "shared.git"
    git(texts, "clone", "-q", "--bare", ".", str(bare))
    (texts.parent / "event.json").write_text(json.dumps(event(body("change"))))
    name = str(texts.parent / "event.json")
    assert run(texts, "form", "file", name, "--push") == 2
    assert "no remote" in capsys.readouterr().err
    assert git(texts, "branch", "--format=%(refname)") == "refs/heads/main"
    git(texts, "remote", "add", "origin", str(bare))
    assert run(texts, "form", "file", name, "--push", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert git(bare, "rev-parse", answer["branch"]) == answer["commit"]
    git(texts, "remote", "set-url", "origin", "https://github.com/example/texts.git")
    assert run(texts, "form", "file", name) == 0
    said = capsys.readouterr().out.replace("\n  ", " ")
    assert f"https://github.com/example/texts/pull/new/{answer['branch']}" in said
    assert "was there already" in said
