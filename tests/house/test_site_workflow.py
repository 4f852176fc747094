"""The workflow that builds and publishes the website, read and then really run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from shutil import copytree

from tests.cli.conftest import BASE
from tests.house.workflow_steps import ROOT, git, read, run_step

WORKFLOW = read("workflows/site.yml")
BUILD, PUBLISH = WORKFLOW["jobs"].values()
[STEP] = [step for step in BUILD["steps"] if step.get("name") == "Build the site"]


def test_it_builds_the_main_branch_and_publishes_only_where_somebody_asked_for_it() -> None:
    assert set(WORKFLOW["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert WORKFLOW["on"]["push"] == {"branches": ["main"]}
    assert BUILD["steps"][0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert PUBLISH["if"] == "vars.PUBLISH_SITE == 'yes'"
    assert "PUBLISH_SITE" in (ROOT / "docs/hosting.md").read_text("utf-8")


def test_a_job_may_do_only_what_it_needs() -> None:
    assert WORKFLOW["permissions"] == {}
    assert BUILD["permissions"] == {"contents": "read"}
    assert BUILD["steps"][0]["with"]["persist-credentials"] == "false"
    assert PUBLISH["permissions"] == {"pages": "write", "id-token": "write"}
    assert "secrets" not in (ROOT / ".github/workflows/site.yml").read_text("utf-8")


def test_the_job_that_publishes_runs_nothing_of_the_repository() -> None:
    assert PUBLISH["needs"] == "build"
    assert [step["uses"].split("@")[0] for step in PUBLISH["steps"]] == ["actions/deploy-pages"]
    assert PUBLISH["environment"]["name"] == "github-pages"


def test_the_step_that_builds_leaves_a_whole_site_where_the_next_takes_it(tmp_path: Path) -> None:
    folder = copytree(BASE, tmp_path / "texts")
    git(folder, "init", "-q", "-b", "main")
    (folder / ".venv/bin").mkdir(parents=True)
    (folder / ".venv/bin/govkit").symlink_to(Path(sys.executable).with_name("govkit"))
    (folder / ".git/info/exclude").write_text(".venv\n", "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "All texts")
    done = run_step(STEP, folder)
    assert done.returncode == 0, done.stderr
    [upload] = [step for step in BUILD["steps"] if "pages-artifact" in step.get("uses", "")]
    site = folder / upload["with"]["path"]
    listed = json.loads((site / "site.json").read_text("utf-8"))
    assert listed["commit"] == git(folder, "rev-parse", "HEAD")
    assert "index.html" in listed["files"]
    assert any(path.endswith(".pdf") for path in listed["files"])
    assert all((site / path).is_file() for path in listed["files"])
