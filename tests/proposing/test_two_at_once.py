"""Two proposals opened in two clones with one number: one gets the next, and none is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from govkit.source.reading import read_record
from tests.seals import seal_log

from .conftest import OPENED, Folder

SECOND, FIRST = "governance/proposals/2026-002", "governance/proposals/2026-001"
LATER = "2026-03-03T12:00:00Z"
AGAIN = "2026-03-04T12:00:00Z"
RESUME = ("intake", "--resume", "--by", "c-example", "--now")


def cloned(of: Path, to: Path) -> Folder:
    subprocess.run(["git", "clone", "-q", str(of), str(to)], check=True)
    return Folder(to)


class Two:
    """A shared repository, and two clones with a proposal each that has not been pushed by B."""

    def __init__(self, folder: Folder, *then: str) -> None:
        shared = folder.path.parent / "shared.git"
        subprocess.run(["git", "clone", "-q", "--bare", str(folder.path), str(shared)], check=True)
        self.a, self.b = (cloned(shared, folder.path.parent / name / "agora") for name in "ab")
        self.a.open("AGP-NTC-01", title="Of A")
        self.a.commit()
        self.a.git("push", "-q", "origin", "main")
        self.b.open("AGP-CMP-01", title="Of B")
        if then:
            self.b.done(*then)
        self.b.commit()
        self.b.git("fetch", "-q")

    def brought_together(self) -> None:
        """What B does after a refused push, as the help says."""
        self.b.commit()
        self.b.git("-c", "pull.rebase=false", "pull", "-q", "--no-edit", "origin", "main")
        self.b.git("push", "-q", "origin", "main")
        self.a.git("pull", "-q", "--ff-only", "origin", "main")
        assert self.a.state() == self.b.state()


def record(folder: Folder, path: str, kind: str) -> object:
    return read_record(path, kind, (folder.path / path).read_bytes())[0]


def below(folder: Folder, place: str) -> set[str]:
    return {path.removeprefix(place) for path in folder.state() if path.startswith(f"{place}/")}


@pytest.fixture
def two(drafts: Folder) -> Two:
    return Two(drafts)


def test_the_one_that_was_not_pushed_gets_the_next_number_with_all_that_belongs_to_it(
    two: Two,
) -> None:
    mine = below(two.b, FIRST)
    done = two.b.done(*RESUME, LATER)
    assert done["renumbered"] == {"2026-001": "2026-002"}
    assert below(two.b, SECOND) == mine
    assert (two.b.path / FIRST / "proposal.yaml").read_bytes() == (
        two.a.path / FIRST / "proposal.yaml"
    ).read_bytes()
    assert record(two.b, f"{SECOND}/proposal.yaml", "proposal").id == "2026-002"  # type: ignore[attr-defined]
    assert record(two.b, f"{SECOND}/notices/01.yaml", "notice").digest is None  # type: ignore[attr-defined]
    two.brought_together()
    seal_log(two.a.path)
    found = two.a.run("check").stdout
    assert "governance/" not in found, found
    status = two.a.done("status", "2026-002", "--now", AGAIN)
    assert (status["title"], status["state"]) == ("Of B", "comment")


def test_a_second_run_and_one_that_was_killed_give_one_new_number(two: Two) -> None:
    told = two.b.run(*RESUME, LATER).stdout
    assert "Both of you opened 2026-001: yours is 2026-002 now" in told
    before = two.b.state()
    assert "together already" in two.b.run(*RESUME, AGAIN).stdout
    assert two.b.state() == before
    two.b.commit()
    assert "together already" in two.b.run(*RESUME, AGAIN).stdout


def test_after_a_pull_that_ended_in_a_conflict(two: Two) -> None:
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "pull", "-q", "--no-rebase"],
        cwd=two.b.path,
        check=False,
        capture_output=True,
    )
    assert b"<<<<<<<" in (two.b.path / FIRST / "proposal.yaml").read_bytes()
    assert two.b.done(*RESUME, LATER)["renumbered"] == {"2026-001": "2026-002"}
    two.b.commit()
    assert record(two.b, f"{SECOND}/proposal.yaml", "proposal").title == "Of B"  # type: ignore[attr-defined]
    assert record(two.b, f"{FIRST}/proposal.yaml", "proposal").title == "Of A"  # type: ignore[attr-defined]


def test_one_about_which_something_came_in_is_for_people_to_decide(drafts: Folder) -> None:
    words = ("comment", "add", "--name", "Ida Example", "--text", "Good.")
    two = Two(drafts, *words, "--now", "2026-03-02T13:00:00Z")
    before = two.b.state()
    answer = two.b.run(*RESUME, LATER)
    assert answer.returncode == 2
    assert "both of you opened 2026-001, and yours was told" in answer.stderr
    assert "comments/0001.yaml came in about it" in answer.stderr
    assert two.b.state() == before
    path = f"{FIRST}/proposal.yaml"
    two.b.done(*RESUME, LATER, "--mine", path)
    assert record(two.b, f"{SECOND}/comments/0001.yaml", "comment").comment == "Good."  # type: ignore[attr-defined]
    two.brought_together()


def test_mine_can_be_given_up(two: Two) -> None:
    path = f"{FIRST}/proposal.yaml"
    done = two.b.done(*RESUME, LATER, "--theirs", path)
    assert "the proposal 2026-001 of yours: given up, as you asked" in done["dropped"]
    two.brought_together()
    assert record(two.b, path, "proposal").title == "Of A"  # type: ignore[attr-defined]
    assert below(two.b, SECOND) == set()


def test_the_opening_moment_stays(two: Two) -> None:
    two.b.done(*RESUME, LATER)
    revision = record(two.b, f"{SECOND}/rev-1/revision.yaml", "revision")
    assert f"{revision.opened:%Y-%m-%dT%H:%M:%SZ}" == OPENED  # type: ignore[attr-defined]
