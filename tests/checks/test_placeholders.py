"""Placeholders of lawyers: a gap that somebody left is found, and a usual word is none."""

from pathlib import Path

import pytest

from govkit.workspace import open_workspace
from tests.rules.conftest import TODAY, lay

TEXT = "provisions/due-process/EXA-DUE-02-complaint.yaml"
WORDS = "The platform must not ask a fee for a complaint."


def found(folder: Path, words: str) -> list[str]:
    lay(folder)
    text = (folder / TEXT).read_text(encoding="utf-8")
    assert WORDS in text
    (folder / TEXT).write_text(text.replace(WORDS, words), encoding="utf-8")
    findings = open_workspace(folder).check(TODAY).findings
    return [each.found for each in findings if each.rule == "placeholder"]


@pytest.mark.parametrize(
    "gap",
    [
        "[\u25cf]",
        "[\u2022]",
        "[__]",
        "____",
        "XXX",
        "[xx]",
        "[OPEN]",
        "[NTD: check]",
        "??",
        "tbd",
        "t.b.d.",
        "TBC",
        "[insert the sum]",
    ],
)
def test_a_gap_in_a_duty_is_found(tmp_path: Path, gap: str) -> None:
    words = f'"The platform must not ask more than {gap} for it."'
    assert found(tmp_path / "coalition", words) == [gap]


def test_a_number_to_come_is_found(tmp_path: Path) -> None:
    assert found(tmp_path / "coalition", "The platform must answer in XX days.") == ["XX"]


@pytest.mark.parametrize(
    "words",
    [
        "The platform must open [\u2026] it.",
        "The platform must use XXL type?",
        "Part XX must stand.",
    ],
)
def test_a_usual_word_is_no_gap(tmp_path: Path, words: str) -> None:
    assert found(tmp_path / "coalition", f'"{words}"') == []
