"""The workflow that checks every push and pull request, read and then really run."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.workflow_steps import ROOT, git, read, run_step

ZEROS = "0" * 40
GITHUB = ROOT / ".github"
ACTION = read("actions/check/action.yml")
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}
FIND, CHECK, SAY, LISTS = STEPS.values()


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    return read("workflows/check.yml")


@pytest.fixture(scope="module")
def job(workflow: dict[str, Any]) -> dict[str, Any]:
    jobs = list(workflow["jobs"].values())
    assert len(jobs) == 1
    only: dict[str, Any] = jobs[0]
    return only


# --- what it says -------------------------------------------------------------------------------


def test_runs_on_every_push_and_pull_request(workflow: dict[str, Any]) -> None:
    assert workflow["on"] == {"push": "", "pull_request": ""}


def test_the_token_can_only_read(workflow: dict[str, Any], job: dict[str, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in job


def test_checkout_brings_the_whole_history_and_leaves_no_token_behind(job: dict[str, Any]) -> None:
    [checkout] = [s for s in job["steps"] if s.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}


PINNED = sorted([*GITHUB.glob("workflows/*.yml"), *GITHUB.glob("actions/*/action.yml")])


@pytest.mark.parametrize("path", PINNED, ids=lambda path: path.relative_to(GITHUB).as_posix())
def test_actions_are_pinned_by_commit_id_with_the_version_beside(path: Path) -> None:
    uses = [line.strip() for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    for line in uses:
        own = line in ("- uses: $/.github/actions/check", "- uses: $/.github/actions/form")
        owner = "(?:actions|pypa)"
        pin = rf"- uses: {owner}/[a-z-]+@[0-9a-f]{{40}} # v\d+\.\d+\.\d+"
        assert own or re.fullmatch(pin, line), line


def test_one_action_has_one_version_everywhere() -> None:
    text = "".join(path.read_text("utf-8") for path in PINNED)
    found = dict(re.findall(r"uses: ([a-z-]+/[a-z-]+)@(.*)", text))
    assert len(found) == len(set(re.findall(r"uses: ([a-z-]+/[a-z-]+@.*)", text)))


def test_the_tests_run_with_every_python_that_is_promised() -> None:
    loaded = read("workflows/test.yml")
    [job] = loaded["jobs"].values()
    assert loaded["permissions"] == {"contents": "read"}
    assert "permissions" not in job
    assert job["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    always, weekly = (step for step in job["steps"] if "run" in step)
    assert (always["run"], "if" in always) == (".ci/run", False)
    assert weekly["run"] == 'make test PYTEST="-m slow"'
    assert weekly["if"] == "github.event_name == 'schedule'"
    assert "schedule" in loaded["on"]
    assert 0 < int(job["timeout-minutes"]) <= 30


def test_the_hooks_for_developers_run_what_lint_runs() -> None:
    """They use the tools of .venv, so each line has to name a program that is there."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]]
    programs = {entry.split()[0].removeprefix(".venv/bin/") for entry in entries}
    assert programs == {"ruff", "mypy", "govkit"}
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]


def test_sets_up_the_way_the_readme_does_and_then_uses_the_action(job: dict[str, Any]) -> None:
    *_, setup, action = job["steps"]
    assert setup["run"] == "make setup"
    assert action == {"uses": "$/.github/actions/check", "with": {"govkit": ".venv/bin/govkit"}}


def test_a_hanging_run_is_ended(job: dict[str, Any]) -> None:
    assert 0 < int(job["timeout-minutes"]) <= 30


def test_of_the_event_one_commit_reaches_a_shell_and_through_the_environment(
    workflow: dict[str, Any], job: dict[str, Any]
) -> None:
    assert "env" not in workflow
    assert "env" not in job
    base = "${{ github.event.pull_request.base.sha || github.event.before }}"
    compared = {"GOVKIT": "${{ inputs.govkit }}", "BASE": "${{ steps.base.outputs.commit }}"}
    assert [step["env"] for step in STEPS.values()] == [
        {"BASE": base},
        compared,
        compared,
        {"GOVKIT": "${{ inputs.govkit }}"},
    ]
    for step in (*ACTION["runs"]["steps"], *job["steps"]):
        assert "${{" not in step.get("run", "")
        assert "GITHUB_EVENT_PATH" not in step.get("run", "")
        assert "github.event." not in str(step.get("with", ""))


def test_what_the_next_workflow_takes_is_what_this_one_leaves() -> None:
    left = [step["with"] for step in ACTION["runs"]["steps"] if "uses" in step]
    review = next(each for each in left if each["name"] == "review")
    assert review["path"] == "${{ runner.temp }}/govkit/review.md"
    script = (GITHUB / "workflows/review.yml").read_text("utf-8")
    assert '"review"' in script
    assert '"review.md"' in script


# --- what it does -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "ends", "warns"), [(0, 0, False), (1, 0, True), (2, 0, False), (3, 0, False)]
)
def test_an_old_list_in_the_forms_is_told_and_stops_nothing(
    tmp_path: Path, code: int, ends: int, warns: bool
) -> None:
    assert "github.event_name == 'push'" in LISTS["if"]
    program = tmp_path / "govkit"
    program.write_text(f'#!/bin/sh\n[ "$*" = "form lists --check" ] && exit {code}\nexit 9\n')
    program.chmod(0o755)
    (tmp_path / "texts").mkdir()
    done = run_step(LISTS, tmp_path / "texts", GOVKIT=str(program))
    assert done.returncode == ends
    assert ("::warning::" in done.stdout) == warns


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, and in place of govkit a program that writes down how it was called."""
    folder = tmp_path / "texts"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "first")
    git(folder, "commit", "-q", "--allow-empty", "-m", "second")
    stub = tmp_path / "bin/govkit"
    stub.parent.mkdir()
    stub.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$*${GITHUB_STEP_SUMMARY:+ with a summary}" >>calls\n'
        'for last; do :; done\n[ "$1" = check ] || echo "said" >"$last"\nexit "${STUB_EXIT:-0}"\n'
    )
    stub.chmod(0o755)
    return folder


def run_action(folder: Path, base: str, **more: str) -> list[int]:
    """Run the steps after each other, as the host does; return how each ended."""
    place = folder.parent
    output = place / "output"
    output.touch()
    common = {
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(place / "summary"),
        "RUNNER_TEMP": str(place),
        "GOVKIT": str(place / "bin/govkit"),
    }
    done = run_step(FIND, folder, **common, BASE=base)
    assert (done.returncode, done.stderr) == (0, "")
    found = dict(line.split("=", 1) for line in output.read_text().splitlines())
    assert set(found) <= {"commit"}
    codes = []
    for step in (CHECK, SAY)[: 1 + bool(found)]:
        done = run_step(step, folder, **common, **more, BASE=found.get("commit", ""))
        codes.append(done.returncode)
    return codes


def called_with(folder: Path) -> list[str]:
    return (folder / "calls").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("event", ["a pull request's base", "a normal push"])
def test_compares_with_a_base_that_is_there(repository: Path, event: str) -> None:
    base = git(repository, "rev-parse", "HEAD^")
    assert run_action(repository, base) == [0, 0]
    assert (repository.parent / "summary").read_text() == "said\n"
    assert sorted(path.name for path in (repository.parent / "govkit").iterdir()) == [
        "preview.pdf",
        "review.md",
    ]
    check, review, preview = called_with(repository)
    assert check == f"check --format github --since {base}"  # the review has the remarks
    assert review.startswith(f"review --since {base} -o ")
    assert preview.startswith(f"diff {base} --format pdf -o ")


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
def test_checks_everything_where_there_is_no_base(repository: Path, base: str) -> None:
    assert run_action(repository, base) == [0]
    assert called_with(repository) == ["check --format github with a summary"]
    assert not (repository / "stolen").exists()


def test_an_id_that_names_no_commit_is_no_base(repository: Path) -> None:
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    assert run_action(repository, tree) == [0]


@pytest.mark.parametrize("base", ["HEAD^", ZEROS], ids=["with a base", "without"])
@pytest.mark.parametrize("code", [1, 3])
def test_the_step_fails_as_govkit_fails(repository: Path, base: str, code: int) -> None:
    base = base if base == ZEROS else git(repository, "rev-parse", base)
    assert set(run_action(repository, base, STUB_EXIT=str(code))) == {code}


# --- the events of the host, on real texts -------------------------------------------------------

EVENTS = {
    "a push": {"before": "HEAD^", "after": "HEAD", "forced": False},
    "a first push": {"before": ZEROS, "after": "HEAD", "created": True},
    "a forced push": {"before": "1234567890" * 4, "after": "HEAD", "forced": True},
    "a tag": {"before": ZEROS, "ref": "refs/tags/provisions/v1.0.0"},
    "a fork": {
        "pull_request": {
            "title": "$(touch stolen) `touch stolen` ${{ github.token }}",
            "base": {"sha": "HEAD^", "ref": "main"},
            "head": {"sha": "HEAD", "ref": "x;touch${IFS}stolen", "repo": {"fork": True}},
        }
    },
}


def base_of(event: dict[str, Any]) -> str:
    """Work out `github.event.pull_request.base.sha || github.event.before`."""
    return str(event.get("pull_request", {}).get("base", {}).get("sha") or event.get("before", ""))


def event_in(folder: Path, name: str) -> dict[str, Any]:
    """Return an event with the commits of a repository."""
    event = json.dumps(EVENTS[name])
    for revision in ("HEAD^", "HEAD"):
        event = event.replace(f'"{revision}"', json.dumps(git(folder, "rev-parse", revision)))
    found: dict[str, Any] = json.loads(event)
    return found


@pytest.mark.parametrize("name", EVENTS)
def test_each_event_of_the_host_is_answered(name: str, repository: Path) -> None:
    steps = run_action(repository, base_of(event_in(repository, name)))
    assert steps == ([0, 0] if name in ("a push", "a fork") else [0])
    assert not (repository / "stolen").exists()


NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"
FIVE_MISTAKES = {
    "unknown-key": ("status: draft", "status: draft\ncolour: red"),
    "unknown-word": ("force: must", "force: mst"),
    "avoided-force-word": ("must tell", "shall tell"),
    "unknown-reference": ("to: EXP-01", "to: EXP-99"),
    "vague-time": ("must give the", "must promptly give the"),
}
"""By the rule that speaks: two of shape, three of words, one of them only an advice."""


@pytest.mark.parametrize("name", ["a first push", "a fork"])
def test_on_real_texts_the_summary_has_five_remarks_on_five_mistakes(
    name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "texts"
    shutil.copytree(ROOT / "tests/rules/_base", folder, symlinks=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    text = (folder / NOTICE).read_text("utf-8")
    for was, is_ in FIVE_MISTAKES.values():
        text = text.replace(was, is_, 1)
    (folder / NOTICE).write_text(text, "utf-8")
    git(folder, "commit", "-q", "-a", "-m", "$(touch stolen)")
    (tmp_path / "bin").symlink_to(Path(sys.executable).parent)
    is_fork = name == "a fork"
    codes = run_action(folder, base_of(event_in(folder, name)))
    assert codes == ([1, 0] if is_fork else [1])
    summary = (tmp_path / "summary").read_text("utf-8")
    lines = text.split("\n")
    told = re.findall(rf"{NOTICE}:(\d+):\d+ \| ([a-z-]+) \|", summary)
    assert {rule: lines[int(line) - 1] for line, rule in told} == {
        rule: next(line for line in lines if is_.split("\n")[-1] in line)
        for rule, (_, is_) in FIVE_MISTAKES.items()
    }
    assert summary.startswith("## What this change does" if is_fork else "### govkit check")
    assert not is_fork or (tmp_path / "govkit/preview.pdf").read_bytes().startswith(b"%PDF")
    assert not (folder / "stolen").exists()
