"""A decision reckoned again: the same from the same records, whatever came later."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govkit.consent.again import Again, Reckoning
from govkit.workspace import open_workspace
from govkit.workspace.filing import Filing, file_all
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


def again(root: Path) -> Again:
    corpus = open_workspace(root).corpus
    found = Reckoning(corpus).again(corpus.by_path[DECISION])
    assert found is not None
    return found


def test_its_records_give_it(root: Path) -> None:
    assert (again(root).differs, again(root).unknown) == ((), ())


def test_what_was_filed_afterwards_does_not_matter(root: Path) -> None:
    late = POSITION.replace("c-example", "example-market")
    data = (root / POSITION).read_bytes().replace(b"c-example", b"example-market")
    file_all(root, [Filing(late, data, "position")], by=scene.A, received_at=scene.CUT,
             received_basis="registrar", recorded_at=scene.CUT)  # fmt: skip
    assert (again(root).differs, again(root).unknown) == ((), ())


def test_a_position_that_was_taken_out(root: Path) -> None:
    (root / POSITION).unlink()
    said = " ".join(again(root).differs)
    assert "it says `adopted`, and its records give `not-adopted`" in said
    assert "the records that it was made from: its records give something else" in said


def test_a_position_that_was_changed_later_by_the_log_is_not_known(root: Path) -> None:
    was = (root / POSITION).read_bytes()
    data = was.replace(b"position: consent", b"position: abstain")
    assert data != was
    file_all(root, [Filing(POSITION, data, "position", was=was)], by=scene.A,
             received_at=scene.CUT, received_basis="registrar", recorded_at=scene.CUT)  # fmt: skip
    found = again(root)
    assert found.differs == ()
    assert found.unknown == (
        "positions/c-example-01 was changed after the decision, as the log says",
    )


def test_a_decision_that_the_log_has_in_other_words(root: Path) -> None:
    scene.change(
        root / DECISION, lambda data: data.replace(b"outcome: adopted", b"outcome: blocked", 1)
    )
    assert again(root).differs[0].startswith("it is not as number ")
