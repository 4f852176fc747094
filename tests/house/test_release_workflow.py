"""The workflow that builds and attaches a release on its tag, read and then really run."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / ".github/workflows/release.yml"


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return loaded


def step(workflow: dict[str, Any], job: str, name: str) -> dict[str, Any]:
    [found] = [each for each in workflow["jobs"][job]["steps"] if each.get("name") == name]
    return dict(found)


def test_it_runs_on_tags_of_releases_alone(workflow: dict[str, Any]) -> None:
    assert workflow["on"] == {"push": {"tags": ["*/v*"]}}


def test_a_job_may_do_only_what_it_needs(workflow: dict[str, Any]) -> None:
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["attach"]["permissions"] == {
        "contents": "write",
        "id-token": "write",
        "attestations": "write",
    }


def test_a_person_approves_before_anything_is_attached(workflow: dict[str, Any]) -> None:
    attach = workflow["jobs"]["attach"]
    assert attach["needs"] == "build"
    assert attach["environment"] == "release"
    assert "environment" not in workflow["jobs"]["build"]


def test_the_job_that_may_write_runs_no_code_of_the_repository(workflow: dict[str, Any]) -> None:
    steps = workflow["jobs"]["attach"]["steps"]
    assert not any("checkout" in each.get("uses", "") for each in steps)
    assert not any("govkit" in each.get("run", "") for each in steps)


def test_actions_are_pinned_by_commit_id_with_the_version_beside() -> None:
    lines = [line.strip() for line in FILE.read_text(encoding="utf-8").splitlines()]
    uses = [line for line in lines if "uses:" in line]
    assert len(uses) == 5
    for line in uses:
        assert re.fullmatch(r"- uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_nothing_of_the_event_reaches_a_shell_but_the_name_of_the_tag(
    workflow: dict[str, Any],
) -> None:
    assert "env" not in workflow
    for job in workflow["jobs"].values():
        assert "env" not in job
        for each in job["steps"]:
            assert "${{" not in each.get("run", "")
            for name, value in each.get("env", {}).items():
                assert (name, value) in {
                    ("TAG", "${{ github.ref_name }}"),
                    ("GH_TOKEN", "${{ github.token }}"),
                }


def test_the_token_is_not_kept_and_all_tags_come_as_they_are(workflow: dict[str, Any]) -> None:
    checkout = workflow["jobs"]["build"]["steps"][0]
    assert checkout["with"] == {
        "ref": "${{ github.event.repository.default_branch }}",
        "fetch-depth": "0",
        "persist-credentials": "false",
    }


@pytest.mark.parametrize("job", ["build", "attach"])
def test_a_hanging_run_is_ended(workflow: dict[str, Any], job: str) -> None:
    assert 0 < int(workflow["jobs"][job]["timeout-minutes"]) <= 60


# --- what it does ---------------------------------------------------------------------------------


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as the runner does."""
    file = folder / "step.sh"
    file.write_text(script, encoding="utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with a tag of a release, and in place of govkit a program that notes its calls."""
    person = ("-c", "user.name=x", "-c", "user.email=x")
    for words in (
        ("init", "-q", "-b", "main"),
        ("commit", "-q", "--allow-empty", "-m", "one"),
        ("tag", "-a", "-m", "x", "provisions/v1.0.0"),
        ("commit", "-q", "--allow-empty", "-m", "two"),
    ):
        subprocess.run(["git", *person, *words], cwd=tmp_path, check=True)
    stub = tmp_path / ".venv/bin/govkit"
    stub.parent.mkdir(parents=True)
    stub.write_text(
        '#!/bin/sh\necho "$@" >>calls\n[ "$2" != "$STUB_FAILS" ] || exit 1\n'
        "mkdir -p built/provisions/1.0.0\n"
    )
    stub.chmod(0o755)
    return tmp_path


def test_it_goes_to_the_tag_itself(workflow: dict[str, Any], clone: Path) -> None:
    script = step(workflow, "build", "Go to the tag")["run"]
    assert run(clone, script, TAG="provisions/v1.0.0").returncode == 0
    said = subprocess.run(
        ["git", "log", "-1", "--format=%s"], cwd=clone, capture_output=True, check=True
    )
    assert said.stdout == b"one\n"


@pytest.mark.parametrize(
    "tag",
    [
        "v1.0.0",
        "provisions/v1.0",
        "../v1.0.0",
        "--orphan/v1.0.0",
        "a b/v1.0.0",
        "$(touch stolen)",
        "provisions/v1.0.0\nmain",
        "Provisions/v1.0.0",
        "provisions/v1.0.0-rc.1",
        "",
    ],
)
def test_a_tag_of_another_form_goes_no_further(
    tag: str, workflow: dict[str, Any], clone: Path
) -> None:
    done = run(clone, step(workflow, "build", "Go to the tag")["run"], TAG=tag)
    assert done.returncode == 1
    assert "is no name of a release" in done.stdout
    assert not (clone / "stolen").exists()


def test_it_verifies_first_and_builds_then(workflow: dict[str, Any], clone: Path) -> None:
    script = step(workflow, "build", "Verify and build")["run"]
    assert run(clone, script, TAG="provisions/v1.0.0", STUB_FAILS="no").returncode == 0
    assert (clone / "calls").read_text().splitlines() == [
        "release verify provisions/v1.0.0 --no-rebuild",
        "release build provisions/v1.0.0 -o built",
    ]
    assert (clone / "files/release").is_dir()


@pytest.mark.parametrize("fails", ["verify", "build"])
def test_where_one_of_the_two_fails_nothing_is_handed_on(
    fails: str, workflow: dict[str, Any], clone: Path
) -> None:
    script = step(workflow, "build", "Verify and build")["run"]
    assert run(clone, script, TAG="provisions/v1.0.0", STUB_FAILS=fails).returncode == 1
    assert not (clone / "files/release").exists()


def test_the_packed_folder_has_the_same_bytes_each_time(
    workflow: dict[str, Any], tmp_path: Path
) -> None:
    script = step(workflow, "attach", "Look at the files and pack them")["run"]
    packed = []
    for name in ("one", "two"):
        release = tmp_path / name / "release"
        release.mkdir(parents=True)
        (release / "a.md").write_text("a")
        digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
        (release / "SHA256SUMS").write_text(f"{digest}  a.md\n")
        assert run(tmp_path / name, script).returncode == 0
        packed.append((tmp_path / name / "whole-release.tar").read_bytes())
    assert packed[0] == packed[1]
    (tmp_path / "one/release/a.md").write_text("b")
    assert run(tmp_path / "one", script).returncode == 1
