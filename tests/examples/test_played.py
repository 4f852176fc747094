"""The example's round, played by the real command: what comes out, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
STORY: Any = yaml.load(
    (ROOT / "examples/agora/cycle/cycle.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
PROPOSAL = "2026-001"
NTC, CMP = "AGP-NTC-01", "AGP-CMP-01"
EARLY, DECIDED, APPLIED = "2026-06-08T12:00:00Z", "2026-06-15T12:00:00Z", "2026-06-16T12:00:00Z"
BY = ("--by", "a-example", "--now", APPLIED)

Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after the last call, before the decision is applied. Not to be changed."""
    folder = tmp_path_factory.mktemp("played")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/cycle.py"), "--keep", str(folder), "--not-applied"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return folder / "agora"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    folder = tmp_path / "agora"
    shutil.copytree(played, folder)
    return folder


def govkit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "govkit", "-C", str(folder), *words],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def status(folder: Path, now: str = DECIDED) -> dict[str, Any]:
    return answer(govkit(folder, "status", PROPOSAL, "--now", now, "--format", "json"))


# --- the sum --------------------------------------------------------------------------------------


def test_the_outcome_is_that_of_the_story(played: Path) -> None:
    found = status(played)
    expected = STORY["expected"]
    assert found["outcome"] == expected["outcome"]
    assert found["provisional"] is False
    assert {unit["id"]: unit["outcome"] for unit in found["units"]} == {
        id: unit["outcome"] for id, unit in expected["units"].items()
    }
    for unit in found["units"]:
        assert unit["not_heard"] == expected["not_heard"]
        story = expected["units"][unit["id"]]
        assert [each["member"] for each in unit["objections"]] == story.get("objections", [])
        assert unit["stale"] == story.get("stale", [])


def test_the_json_has_what_the_contract_says(played: Path) -> None:
    found = status(played)
    assert set(found) >= {"outcome", "provisional", "units", "rejected", "late", "would_change"}
    for unit in found["units"]:
        assert set(unit) >= {"id", "outcome", "required", "given", "missing", "stale",
                             "not_heard", "objections"}  # fmt: skip
        for each in unit["objections"]:
            assert set(each) >= {"member", "state", "reason"}
    assert answer(
        govkit(played, "decide", PROPOSAL, "--now", DECIDED, "--format", "json")
    ) == found  # fmt: skip


def test_before_the_time_of_intake_is_over_it_is_provisional_and_ends_with_1(played: Path) -> None:
    assert status(played, EARLY)["provisional"] is True
    assert govkit(played, "decide", PROPOSAL, "--now", EARLY).returncode == 1
    assert govkit(played, "decide", PROPOSAL, "--now", DECIDED).returncode == 0


def test_dissent_and_silence_are_shown_as_what_they_are(played: Path) -> None:
    shown = govkit(played, "status", PROPOSAL, "--now", DECIDED).stdout
    assert "objects: example-chat (answered; adopted with this dissent): A contract" in shown
    assert "not heard: example-ombuds-office" in shown
    assert "not heard, whole groups: public-bodies" in shown


def test_without_the_top_up_the_changed_text_is_not_adopted(agora: Path) -> None:
    """As it stood before the Readers' Union was asked again."""
    found = status(agora, "2026-06-03T12:00:00Z")
    (unit,) = [each for each in found["units"] if each["id"] == CMP]
    assert unit["outcome"] not in ("adopted", "adopted-with-dissent")
    assert "example-readers-union" in unit["stale"]


# --- applying -------------------------------------------------------------------------------------


def adopted_text(folder: Path, id: str) -> str:
    (path,) = folder.glob(f"provisions/*/{id}*.yaml")
    return path.read_text(encoding="utf-8")


def test_applying_puts_the_decided_words_in_their_place(agora: Path) -> None:
    before = status(agora)
    done = govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert done.returncode == 0, done.stderr
    for unit in before["units"]:
        shown = answer(govkit(agora, "show", unit["id"], "--format", "json"))
        assert (shown["status"], shown["digest"]) == ("adopted", unit["after"])
    after = answer(govkit(agora, "status", PROPOSAL, "--now", APPLIED, "--format", "json"))
    assert after["state"] == "applied"
    decision = (agora / f"governance/proposals/{PROPOSAL}/decision.yaml").read_text("utf-8")
    assert "outcome: adopted-with-dissent" in decision


def test_applying_twice_changes_nothing(agora: Path) -> None:
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    before = {path: path.read_bytes() for path in agora.rglob("*.yaml")}
    done = govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert "applied already" in done.stdout
    assert {path: path.read_bytes() for path in agora.rglob("*.yaml")} == before


def test_words_that_are_lost_after_applying_are_put_back(agora: Path) -> None:
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    (path,) = agora.glob(f"provisions/*/{NTC}*.yaml")
    whole = path.read_bytes()
    path.unlink()
    assert govkit(agora, "decide", PROPOSAL, "--apply", *BY).returncode == 0
    (again,) = agora.glob(f"provisions/*/{NTC}*.yaml")
    assert again.read_bytes() == whole


def refused(agora: Path, words: str) -> None:
    before = {path: path.read_bytes() for path in agora.rglob("*.yaml")}
    done = govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert done.returncode == 1, done.stdout + done.stderr
    assert words in done.stderr
    assert {path: path.read_bytes() for path in agora.rglob("*.yaml")} == before


def test_a_draft_with_other_words_than_decided_is_not_thrown_away(agora: Path) -> None:
    (path,) = agora.glob(f"provisions/*/{NTC}*.yaml")
    path.write_text(path.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
    refused(agora, "has other words than revision 2")


def test_a_coalition_that_is_forming_adopts_nothing(agora: Path) -> None:
    (agora / "governance/genesis.yaml").unlink()
    refused(agora, "the coalition is forming")


def test_a_broken_log_stops_it(agora: Path) -> None:
    path = agora / f"governance/proposals/{PROPOSAL}/positions/example-chat-01.yaml"
    path.write_text(path.read_text("utf-8").replace("consent", "abstain"), "utf-8")
    refused(agora, "the log does not hold")


def test_a_copy_with_other_words_than_decided_stops_it(agora: Path) -> None:
    path = agora / f"governance/proposals/{PROPOSAL}/rev-2/after/{NTC}.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
    refused(agora, "does not have the decided words")


def test_what_is_not_over_is_not_applied(agora: Path) -> None:
    done = govkit(agora, "decide", PROPOSAL, "--apply", "--by", "a-example", "--now", EARLY)
    assert done.returncode == 1
    assert "taken in until" in done.stderr
    assert not (agora / f"governance/proposals/{PROPOSAL}/decision.yaml").exists()


def test_only_a_coordinator_applies(agora: Path) -> None:
    done = govkit(agora, "decide", PROPOSAL, "--apply", "--by", "example-chat", "--now", APPLIED)
    assert done.returncode == 2
    assert "coordinator" in done.stderr


# --- where, and what is not there -----------------------------------------------------------------


def test_where_says_what_is_in_consultation_and_what_is_adopted(agora: Path) -> None:
    def states(now: str) -> dict[str, str]:
        texts = answer(govkit(agora, "where", "--now", now, "--format", "json"))["texts"]
        return {each["id"]: each["state"] for each in texts}

    assert states(DECIDED)[NTC] == "in consultation"
    assert states(DECIDED)["AGP-NTC-02"] == "draft"
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert states(APPLIED)[NTC] == "adopted"


def test_an_unknown_proposal(played: Path) -> None:
    done = govkit(played, "status", "2026-002")
    assert done.returncode == 2
    assert "Did you mean `2026-001`?" in done.stderr


def test_where_nothing_is_open_status_says_so(agora: Path) -> None:
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    done = govkit(agora, "status", "--now", APPLIED)
    assert done.stdout.startswith("No proposal is open.")
