"""The register of adoptions: an entry is made of a statement, and of a true one only."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from govkit.adoption.statement import Edition, as_json
from govkit.errors import GovkitError
from govkit.procedures.adoption.adoption_register import entry_of, register_adoption
from govkit.procedures.adoption.platform_terms import adopted_from
from govkit.source.reading import read_record
from govkit.source.writing import formatted
from govkit.workspace import open_workspace

BASE = Path(__file__).resolve().parents[1] / "rules/_base"
NOW = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small coalition."""
    return Path(shutil.copytree(BASE, tmp_path / "texts"))


def statement(folder: Path, **changed: object) -> Path:
    corpus = open_workspace(folder).corpus
    axes = {axis: words[-1] for axis, words in corpus.charter.axes.items()}  # type: ignore[union-attr]
    profile = (
        f"service: 'Example: a \"forum\"'\noperator: 'no'\nplatform: {json.dumps(axes)}\n"
        "provisions: [EXA-DUE-01, EXA-DUE-02]\n"
    )
    adopted = adopted_from(corpus, "p", profile.encode(), Edition())
    path = folder.parent / "adoption.json"
    path.write_bytes(as_json({**adopted.statement, **changed}))
    return path


def test_an_entry_is_written_that_the_check_finds_well(folder: Path) -> None:
    path = register_adoption(open_workspace(folder), statement(folder), "forum", NOW)
    assert path == "registers/adoptions/forum.yaml"
    data = (folder / path).read_bytes()
    record, findings = read_record(path, "adoption", data)
    assert record is not None
    assert findings == ()
    assert formatted(path, "adoption", data).data == data
    found = open_workspace(folder).check(NOW.date()).findings
    assert [each for each in found if each.path == path] == []


def test_a_statement_that_is_not_true_is_not_entered(folder: Path) -> None:
    with pytest.raises(GovkitError) as refused:
        register_adoption(open_workspace(folder), statement(folder, level="full"), "forum", NOW)
    assert "it says full, and it is nothing" in refused.value.message
    assert not (folder / "registers/adoptions").exists()


def test_an_entry_is_never_overwritten(folder: Path) -> None:
    register_adoption(open_workspace(folder), statement(folder), "forum", NOW)
    with pytest.raises(GovkitError):
        register_adoption(open_workspace(folder), statement(folder), "forum", NOW)


def test_what_was_left_out_stands_in_the_entry(folder: Path) -> None:
    value = json.loads(statement(folder).read_text())
    value["provisions"][0]["taken"] = "left-out"
    assert "left_out:\n  - EXA-DUE-01\n" in entry_of(value)
