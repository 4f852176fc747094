"""Two states compared: only what differs is read, and the answer is that of reading everything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govkit.corpus.changes.compare import changes_between
from govkit.workspace import open_workspace
from govkit.workspace.comparison import StateComparison, compare
from govkit.workspace.states import state_of_folder

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
D1 = "provisions/due-process/EXA-DUE-01-notice.yaml"
USER = "registers/terms/user.yaml"
FRAME = ("governance/charter.yaml", "registers/terms/", "/instrument.yaml")


def edited(tmp_path: Path, path: str, old: str, new: str) -> Path:
    folder = tmp_path / "edited"
    shutil.copytree(BASE, folder)
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def compared(old: Path, new: Path) -> StateComparison:
    return compare(state_of_folder(old, old), state_of_folder(new, old))


EDITS = {
    "a word": (D1, "must give the reasons", "must give some reasons"),
    "a force": (D1, "must give the reasons", "should give the reasons"),
    "a definition": (USER, "definition: ", "definition: Here, "),
    "a misspelling": (D1, "restriction with the notice", "restricton with the notice"),
}


@pytest.mark.parametrize("case", EDITS)
def test_the_answer_is_that_of_reading_everything(tmp_path: Path, case: str) -> None:
    new = edited(tmp_path, *EDITS[case])
    whole = changes_between(open_workspace(BASE).corpus, open_workspace(new).corpus)
    assert compared(BASE, new).changes == whole
    back = changes_between(open_workspace(new).corpus, open_workspace(BASE).corpus)
    assert compared(new, BASE).changes == back


def test_only_what_differs_and_the_frame_is_read(tmp_path: Path) -> None:
    found = compared(BASE, edited(tmp_path, *EDITS["a word"]))
    read = {document.path for document in found.after.documents}
    assert {path for path in read if not any(part in path for part in FRAME)} == {D1}


def test_what_rests_on_a_definition_is_listed_and_not_read(tmp_path: Path) -> None:
    found = compared(BASE, edited(tmp_path, *EDITS["a definition"]))
    (change,) = found.changes.changes
    assert "EXA-DUE-01" in change.affects
    assert D1 not in {document.path for document in found.after.documents}
