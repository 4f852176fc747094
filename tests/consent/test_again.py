"""A decision reckoned again: the same from the same records, whatever came later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govkit.consent.recount import Recount, RecountResult
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.workspace import open_workspace
from tests.release.verifying import scene

DECISION = "governance/proposals/2026-001/decision.yaml"
POSITION = "governance/proposals/2026-001/positions/c-example-01.yaml"


@pytest.fixture(scope="module")
def _told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = scene.found(tmp_path_factory.mktemp("told"))
    scene.adopt(root)
    return root


@pytest.fixture
def root(_told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_told, tmp_path / "agora"))


def again(root: Path) -> RecountResult:
    corpus = open_workspace(root).corpus
    found = Recount(corpus).again(corpus.by_path[DECISION])
    assert found is not None
    return found


def _log(root: Path, filing: Filing) -> None:
    file_all(
        root,
        [filing],
        by=scene.A,
        received_at=scene.CUT,
        received_basis="registrar",
        recorded_at=Stamp(scene.CUT, scene.CUT),
    )


def test_its_records_give_it(root: Path) -> None:
    assert (again(root).differs, again(root).unknown) == ((), ())


def test_what_was_filed_afterwards_does_not_matter(root: Path) -> None:
    late = POSITION.replace("c-example", "example-market")
    data = (root / POSITION).read_bytes().replace(b"c-example", b"example-market")
    _log(root, Filing(late, data, "position"))
    assert (again(root).differs, again(root).unknown) == ((), ())


def test_a_position_that_was_taken_out(root: Path) -> None:
    (root / POSITION).unlink()
    said = again(root).differs
    assert said[0] == (
        "positions/c-example-01, which it rests on, is gone, or the log does not have it before "
        "the decision"
    )
    assert "it says `adopted`, and its records give `not-adopted`" in said


def test_a_decision_that_leaves_a_position_out(root: Path) -> None:
    """Somebody counts without one that was filed before, as if it had always been so."""
    lines = (root / DECISION).read_text(encoding="utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if "record: positions/c-example-01" in line)
    del lines[at : at + 2]
    (root / DECISION).write_text("\n".join(lines), encoding="utf-8")
    scene.log_done_again(root)
    assert again(root).differs == ("positions/c-example-01 was filed before it, and is left out",)


def test_a_position_that_was_changed_and_logged_a_second_time(root: Path) -> None:
    was = (root / POSITION).read_bytes()
    data = was.replace(b"position: consent", b"position: abstain")
    assert data != was
    _log(root, Filing(POSITION, data, "position", was=was))
    found = again(root)
    assert found.unknown == ()
    assert "positions/c-example-01 is not as it was when it was decided" in found.differs


def test_a_decision_that_the_log_has_in_other_words(root: Path) -> None:
    scene.change(
        root / DECISION, lambda data: data.replace(b"outcome: adopted", b"outcome: blocked", 1)
    )
    assert again(root).differs[0].startswith("it is not as number ")
