"""The two invented services of examples/agora: every state, and what is found when broken."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from govkit.assessment.evaluation_state import STATES
from govkit.assessment.quotes import digests_of
from govkit.cli.main import govkit

ROOT = Path(__file__).resolve().parents[2]
AGORA = ROOT / "examples/agora"
MAY = "2026-05-01T12:00:00+00:00"
STATE = {
    "kiosk/2026-01-10": "final",
    "kiosk/2026-04-10": "feedback",
    "kiosk/2026-07-10": "draft",
    "harbour/2026-01-15": "revealed",
    "harbour/2026-04-15": "reconciled",
    "harbour/2026-07-15": "sealed",
}


@pytest.fixture
def in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    from govkit.cli import session

    moment = datetime.datetime.fromisoformat(MAY)
    monkeypatch.setattr(session, "_clock", lambda _: moment)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(AGORA, tmp_path / "agora"))


def asked(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    line = ["-C", str(root), "assess", *words, "--format", "json"]
    code = govkit.main(line, "govkit", standalone_mode=False)
    return (code if isinstance(code, int) else 0), json.loads(capsys.readouterr().out)


def status(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> tuple[int, Any]:
    return asked(root, capsys, "status", str(root / "assessments" / name))


def test_every_state_is_there(in_may: None, capsys: pytest.CaptureFixture[str]) -> None:
    for name, state in STATE.items():
        code, found = status(AGORA, capsys, name)
        assert (code, found["state"], found["findings"]) == (0, state, [])
        newest = max(each for each in STATE if each[:3] == name[:3])
        assert found["superseded_by"] == ("" if name == newest else f"assessments/{newest}")
        stale = {"AGP-NTC-01(c)": "the clause has other words"}
        assert found["stale"] == (stale if name == "harbour/2026-01-15" else {})
    assert set(STATE.values()) == set(STATES)


def test_the_scores_move_with_the_terms(capsys: pytest.CaptureFixture[str]) -> None:
    points = {}
    for name in STATE:
        _, found = asked(AGORA, capsys, "score", str(AGORA / "assessments" / name))
        points[name] = (found["points"], found["grade"], found["coverage"])
    assert points == {
        "kiosk/2026-01-10": (40.0, "C", 75.0),
        "kiosk/2026-04-10": (58.1, "C", 77.5),
        "kiosk/2026-07-10": (None, None, 0.0),
        "harbour/2026-01-15": (0.0, "E", 82.4),
        "harbour/2026-04-15": (48.5, "C", 100.0),
        "harbour/2026-07-15": (None, None, 0.0),
    }


BROKEN = [
    ("coding/a-coder.yaml", "value: partly", "value: met", "seal-broken"),
    ("coding/b-coder.yaml", "within 40 days", "within 4 days", "seal-broken"),
    (
        "reconciled.yaml",
        "    final: partly\n    follows: a-coder\n    by:",
        "    by:",
        "final-open",
    ),
    ("reconciled.yaml", "    final: partly\n", "    final: met\n", "final-follows-nobody"),
    ("reconciled.yaml", "      b-coder: silent", "      b-coder: partly", "final-other-values"),
    (
        "feedback.yaml",
        "    reason: The style guide is not in the set. What it says of notices is not known.\n",
        "",
        "feedback-unanswered",
    ),
    ("feedback.yaml", "answer_changed: true", "answer_changed: false", "feedback-value"),
]


@pytest.mark.parametrize(("file", "old", "new", "rule"), BROKEN, ids=[row[3] for row in BROKEN])
def test_what_was_changed_after_is_named(
    copy: Path,
    in_may: None,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    rule: str,
) -> None:
    path = copy / "assessments/kiosk/2026-01-10" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, found = status(copy, capsys, "kiosk/2026-01-10")
    assert code == 1
    assert rule in {each["rule"] for each in found["findings"]}


def test_without_the_texts_a_quote_is_held_to_its_digest(
    copy: Path, in_may: None, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copy / "assessments/kiosk/2026-01-10"
    shutil.rmtree(folder / "texts")
    assert status(copy, capsys, "kiosk/2026-01-10")[0] == 0
    path = folder / "coding/a-coder.yaml"
    text = path.read_text(encoding="utf-8")
    assert digests_of("We answer within 40 days.")[0] in text
    path.write_text(text.replace("We answer within 40", "We answer within 4"), encoding="utf-8")
    _, found = status(copy, capsys, "kiosk/2026-01-10")
    assert "quote-not-in-text" in {each["rule"] for each in found["findings"]}
