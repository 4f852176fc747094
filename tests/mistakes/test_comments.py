"""Mistakes in a comment on a proposal and its answer, which people write and edit by hand too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import commit
from tests.comments.proposal_folder import FOLDER, coalition_with_proposal

from .test_mistakes import HERE, as_before, hold_cure

COMMENT = f"{FOLDER}/comments/0001.yaml"
CASES: list[dict[str, Any]] = yaml.load(
    (HERE / "of-comments/comments.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A coalition with an open proposal, and one comment on it."""
    root = coalition_with_proposal(tmp_path_factory.mktemp("comments") / "coalition")
    (root / COMMENT).parent.mkdir()
    (root / COMMENT).write_bytes((HERE / "of-comments/0001.yaml").read_bytes())
    commit(root)
    return root


@pytest.fixture
def root(committed: Path) -> Iterator[Path]:
    yield from as_before(committed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_mistake_in_a_comment_has_one_remark_and_what_it_says_cures_it(
    case: dict[str, Any],
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "100")
    hold_cure(case, COMMENT, root, capsys)
