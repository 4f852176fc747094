"""The workflow that checks every push and pull request, read and then really run."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ZEROS = "0" * 40


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    text = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    # The base loader leaves every scalar as text; else `on` would be read as a truth value.
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return loaded


@pytest.fixture(scope="module")
def job(workflow: dict[str, Any]) -> dict[str, Any]:
    jobs = list(workflow["jobs"].values())
    assert len(jobs) == 1
    only: dict[str, Any] = jobs[0]
    return only


@pytest.fixture(scope="module")
def check_step(job: dict[str, Any]) -> dict[str, Any]:
    steps = [step for step in job["steps"] if "govkit check" in step.get("run", "")]
    assert len(steps) == 1
    step: dict[str, Any] = steps[0]
    return step


# --- what it says -------------------------------------------------------------------------------


def test_runs_on_every_push_and_pull_request(workflow: dict[str, Any]) -> None:
    assert workflow["on"] == {"push": "", "pull_request": ""}


def test_the_token_can_only_read(workflow: dict[str, Any], job: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in job


def test_checkout_brings_the_whole_history_and_leaves_no_token_behind(job: dict[str, Any]) -> None:
    [checkout] = [s for s in job["steps"] if s.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_id_with_the_version_beside(path: Path) -> None:
    uses = [line.strip() for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(uses) >= 2
    for line in uses:
        assert re.fullmatch(r"- uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_the_tests_run_with_every_python_that_is_promised() -> None:
    text = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=yaml.BaseLoader)
    [job] = loaded["jobs"].values()
    assert loaded["permissions"] == {"contents": "read"}
    assert "permissions" not in job
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert 0 < int(job["timeout-minutes"]) <= 30


def test_the_hooks_for_developers_run_what_lint_runs() -> None:
    """They use the tools of .venv, so each line has to name a program that is there."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]]
    programs = {entry.split()[0].removeprefix(".venv/bin/") for entry in entries}
    assert programs == {"ruff", "mypy", "govkit"}
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]


def test_sets_up_the_way_the_readme_does(job: dict[str, Any]) -> None:
    assert [step["run"] for step in job["steps"] if "run" in step][:1] == ["make setup"]


def test_a_hanging_run_is_ended(job: dict[str, Any]) -> None:
    assert 0 < int(job["timeout-minutes"]) <= 30


def test_the_base_comes_through_the_environment(check_step: dict[str, Any]) -> None:
    base = "${{ github.event.pull_request.base.sha || github.event.before }}"
    assert check_step["env"] == {"BASE": base}
    assert check_step["shell"] == "bash"


def test_nothing_else_of_the_event_reaches_a_shell(
    workflow: dict[str, Any], job: dict[str, Any], check_step: dict[str, Any]
) -> None:
    assert "env" not in workflow
    assert "env" not in job
    for step in job["steps"]:
        assert "${{" not in step.get("run", "")
        assert "${{" not in str(step.get("with", ""))
        assert "GITHUB_EVENT_PATH" not in step.get("run", "")
        assert step is check_step or "env" not in step


# --- what it does -------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, and in place of govkit a program that writes down how it was called."""
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "first")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "second")
    stub = tmp_path / ".venv/bin/govkit"
    stub.parent.mkdir(parents=True)
    stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >calls\nexit "${STUB_EXIT:-0}"\n')
    stub.chmod(0o755)
    return tmp_path


def git(folder: Path, *words: str) -> str:
    person = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def run_step(
    folder: Path, step: dict[str, Any], base: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the step as the runner does: its own bash options, BASE in the environment."""
    script = folder / ".git/step.sh"
    script.write_text(step["run"], encoding="utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder,
        env={**os.environ, "BASE": base, **more},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def called_with(folder: Path) -> list[str]:
    return (folder / "calls").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("event", ["a pull request's base", "a normal push"])
def test_compares_with_a_base_that_is_there(
    repository: Path, check_step: dict[str, Any], event: str
) -> None:
    base = git(repository, "rev-parse", "HEAD^")
    assert run_step(repository, check_step, base).returncode == 0
    assert called_with(repository) == ["check", "--format", "github", "--since", base]


@pytest.mark.parametrize(
    "base",
    [
        pytest.param(ZEROS, id="a branch's first push"),
        pytest.param("0" * 64, id="a branch's first push, longer ids"),
        pytest.param("1234567890" * 4, id="before a forced push, and gone"),
        pytest.param("", id="an event with neither"),
        pytest.param("HEAD", id="a name instead of an id"),
        pytest.param("--batch-all-objects", id="like an option"),
        pytest.param("--output=stolen", id="like an option with a value"),
        pytest.param("$(touch stolen)", id="like a command"),
        pytest.param('"; touch stolen; "', id="like the end of a quotation"),
        pytest.param(ZEROS + "\n--since", id="an id and a second line"),
    ],
)
def test_checks_everything_where_there_is_no_base(
    repository: Path, check_step: dict[str, Any], base: str
) -> None:
    done = run_step(repository, check_step, base)
    assert (done.returncode, done.stderr) == (0, "")
    assert called_with(repository) == ["check", "--format", "github"]
    assert not (repository / "stolen").exists()


def test_an_id_that_names_no_commit_is_no_base(
    repository: Path, check_step: dict[str, Any]
) -> None:
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    assert run_step(repository, check_step, tree).returncode == 0
    assert called_with(repository) == ["check", "--format", "github"]


@pytest.mark.parametrize("base", ["HEAD^", ZEROS], ids=["with a base", "without"])
@pytest.mark.parametrize("code", [1, 3])
def test_the_step_fails_as_govkit_fails(
    repository: Path, check_step: dict[str, Any], base: str, code: int
) -> None:
    base = base if base == ZEROS else git(repository, "rev-parse", base)
    assert run_step(repository, check_step, base, STUB_EXIT=str(code)).returncode == code
