"""The workflow that publishes the package, read; and what stops a version that is not ready."""

from __future__ import annotations

import subprocess
import tomllib

from govkit import __version__
from tests.house.workflow_steps import ROOT, read

WORKFLOW = read("workflows/publish.yml")
BUILD, PUBLISH = WORKFLOW["jobs"].values()


def test_a_person_approves_and_the_index_knows_the_workflow_by_its_identity() -> None:
    assert WORKFLOW["on"] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    assert WORKFLOW["permissions"] == {}
    assert BUILD["permissions"] == {"contents": "read"}
    assert "environment" not in BUILD
    assert PUBLISH["permissions"] == {"id-token": "write"}
    assert PUBLISH["environment"] == "pypi"
    assert PUBLISH["needs"] == "build"
    assert "secrets" not in (ROOT / ".github/workflows/publish.yml").read_text("utf-8")


def test_the_job_that_publishes_runs_nothing_of_the_repository() -> None:
    assert [step["uses"].split("@")[0] for step in PUBLISH["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


def test_what_is_built_is_tried_as_anybody_can_try_it() -> None:
    [step] = [step for step in BUILD["steps"] if "run" in step]
    assert step["run"] == 'make package VERSION="${TAG#v}"'
    assert step["env"] == {"TAG": "${{ github.ref_name }}"}
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (ROOT / package["readme"]).read_text("utf-8").startswith("# govkit\n")


def test_a_tag_of_another_version_builds_nothing() -> None:
    for wanted in ("99.0.0", "$(touch stolen)"):
        done = subprocess.run(
            ["sh", "scripts/package.sh", ".venv/bin", wanted],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr == f"package: this is version {__version__}, and the tag says {wanted}\n"
        assert not (ROOT / "stolen").exists()
