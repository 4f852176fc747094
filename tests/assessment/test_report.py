"""The report on evaluations: what stands at its top, what it never shows, and its formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govkit.cli.main import govkit

AGORA = Path(__file__).resolve().parents[2] / "examples/agora"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    govkit.main(["-C", str(AGORA), "assess", "report", *words], "govkit", standalone_mode=False)
    return capsys.readouterr().out


def test_a_service_is_shown_with_its_remedies_and_over_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = said(capsys, "kiosk")
    assert "newer terms are in assessments/kiosk/2026-07-10" in text
    assert "77.5 of 100; a grade asks for 60" in text
    assert "AGP-NTC-01(c): contradicts became met" in text
    assert "Remedy: take in AGP-CMP-01(b) in place of “We answer within 40 days.”" in text


def test_each_cell_of_the_picture_has_its_word(capsys: pytest.CaptureFixture[str]) -> None:
    page = said(capsys, "kiosk", "harbour", "--format", "html")
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert picture.count("<rect") - 1 == 28
    assert picture.count("<text") == 28 + 14 + 4


def test_sealed_answers_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "harbour/2026-07-15", "--format", "json"))
    day = found["services"][0]["days"][-1]
    assert (day["state"], day["grade"], day["coded"]) == ("sealed", None, None)
    assert {each["value"] for each in day["clauses"]} == {None}
    assert not any(each["quotes"] for each in day["clauses"])


@pytest.mark.parametrize("named", ["kioskk", "kiosk/2026-01-11", "kiosk/x/y"])
def test_a_service_that_is_not_there_is_refused(
    named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["-C", str(AGORA), "assess", "report", named]
    assert govkit.main(line, "govkit", standalone_mode=False) == 2
    assert "kiosk" in capsys.readouterr().err
