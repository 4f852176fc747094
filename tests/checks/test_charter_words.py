"""Words of the charter: one that is missing there is said there, and not in each record."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.workspace import open_workspace
from tests.rules.conftest import TODAY, lay

CHARTER = "governance/charter.yaml"
NOTICE = "provisions/due-process/EXA-DUE-01-notice.yaml"
REQUIRED = "required-by-charter"
COMPLAINT = "provisions/due-process/EXA-DUE-02-complaint.yaml"


def found(folder: Path, rule: str = "not-in-charter") -> list[tuple[str, str, str]]:
    findings = open_workspace(folder).check(TODAY).findings
    return [(each.path, each.message, each.help) for each in findings if each.rule == rule]


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path / "coalition")
    return tmp_path / "coalition"


@pytest.mark.parametrize(
    ("old", "new", "word", "name"),
    [
        ("  due-process: Due process\n", "", "due-process", "rights"),
        ("parties: [platform, user]", "parties: [user]", "platform", "parties"),
        ("  sizes: [small, large]\n", "", "sizes", "axes"),
    ],
)
def test_a_word_that_several_files_use_is_missed_in_the_charter(
    old: str, new: str, word: str, name: str, folder: Path
) -> None:
    scope = "applies_to: {sizes: [small]}\nclauses:\n"
    change(folder, COMPLAINT, "clauses:\n", scope)
    change(folder, CHARTER, old, new)
    [(path, message, help)] = found(folder)
    assert path == CHARTER
    assert message.startswith(f"`{word}` is not in `{name}`, and ")
    assert help == f"Put `{word}` in; or take it out of these files first."


def test_a_value_of_an_axis_is_missed_there(folder: Path) -> None:
    change(folder, NOTICE, "sizes: [large]", "sizes: [huge]")
    change(folder, COMPLAINT, "clauses:\n", "applies_to: {sizes: [huge]}\nclauses:\n")
    assert [(path, message.split(",")[0]) for path, message, _ in found(folder)] == [
        (CHARTER, "`huge` is not in `sizes`")
    ]


def test_a_slip_in_several_files_stays_a_slip_of_these_files(folder: Path) -> None:
    for path in (NOTICE, COMPLAINT):
        change(folder, path, "rights: [due-process]", "rights: [due-proces]")
    assert len(found(folder)) == 2
    assert {help.split("?")[0] for _, _, help in found(folder)} == {"Did you mean `due-process`"}


def test_a_charter_asks_for_summaries_and_for_burdens_where_a_duty_binds_the_smallest(
    folder: Path,
) -> None:
    """The provision on notice is for large platforms alone, so it owes nobody a burden."""
    asked = "requires: [addressee, beneficiary, rights, category, summary, burden]"
    change(folder, CHARTER, "requires: [addressee, beneficiary, rights, category]", asked)
    said = {(path.rpartition("/")[2][:10], words) for path, words, _ in found(folder, REQUIRED)}
    burden = "`burden` is not named here: a duty binds the smallest platforms"
    ids = ("EXA-DUE-01", "EXA-DUE-02", "EXA-PRV-01")
    assert said == {
        *((id, "`summary` is not named here") for id in ids),
        *((id, burden) for id in ids[1:]),
    }
