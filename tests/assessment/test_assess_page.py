"""The commands of docs/assess.md, one after the other: two researchers evaluate one service."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest

from govkit.assessment.answer_rules import RULES as OF_ANSWERS
from govkit.assessment.evaluation_state import RULES as OF_EVALUATIONS
from govkit.cli.main import govkit
from govkit.source.csv_grid import write_csv
from govkit.source.xlsx_grid import read_xlsx, write_xlsx

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/assess.md").read_text(encoding="utf-8")
FOLDER = "assessments/pier/2026-10-10"
NOTICE = "Pier sends you a notice within 100 hours when it restricts your account."
ADS = "A notice holds no advertising."


def boxes(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the invented coalition with the set of the page, in which one stands."""
    agora = Path(shutil.copytree(ROOT / "examples/agora", tmp_path / "agora"))
    (agora / FOLDER / "texts").mkdir(parents=True)
    (agora / FOLDER / "set.yaml").write_text(boxes("yaml")[0], encoding="utf-8")
    (agora / FOLDER / "texts/terms.txt").write_text(boxes("text")[0], encoding="utf-8")
    monkeypatch.chdir(agora)
    return agora


def run(line: str) -> int:
    answer = govkit.main(shlex.split(line)[1:], "govkit", standalone_mode=False)
    return answer if isinstance(answer, int) else 0


def filled(rows: list[list[str]], coder: str) -> list[list[str]]:
    """Return a form as its coder fills it in."""
    head = rows[0]
    answers: dict[str, dict[str, str]] = {
        "AGP-NTC-01(a)": {
            "value": "partly",
            "document": "terms",
            "quote": NOTICE,
            "says": "for",
            "numbers": "notice_hours: 100 hours",
            "reason": "100 hours, and 72 are the most.",
            "minutes": "4",
        },
        "AGP-NTC-01(b)": {"value": "silent", "looked for": "facts; rule", "in documents": "terms"},
        "AGP-NTC-01(c)": {"value": "met", "document": "terms", "quote": ADS, "says": "for"},
    }
    if coder == "b":
        answers["AGP-NTC-01(b)"] |= {
            "value": "Not found here",
            "rests on missing": "complaint page",
        }
    made = [head]
    for row in rows[1:]:
        cells = dict(zip(head, row, strict=False)) | answers[row[0]]
        made.append([cells.get(name, "") for name in head])
    return made


def fill(coder: str) -> None:
    if coder == "a":
        rows = [list(row.cells) for row in read_xlsx(Path("a-answers.xlsx").read_bytes())]
        data = write_xlsx("Answers", filled(rows, coder), [20] * len(rows[0]))
        Path("a-answers.xlsx").write_bytes(data)
    else:
        text = Path("b-answers.csv").read_text(encoding="utf-8-sig")
        Path("b-answers.csv").write_bytes(
            write_csv(filled(list(csv.reader(text.splitlines())), coder))
        )


def settle(folder: Path) -> None:
    path = folder / FOLDER / "reconciled.yaml"
    text = path.read_text(encoding="utf-8")
    open_ = "      b-coder: not-found-here\n"
    settled = "    final: not-found-here\n    follows: b-coder\n    by: [a-coder, b-coder]\n"
    settled += "    reason: The complaint page is not in the set.\n"
    assert open_ in text
    path.write_text(text.replace(open_, open_ + settled), encoding="utf-8")


def test_the_page_can_be_followed_from_its_first_command_to_its_last(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = [line for box in boxes("sh") for line in box.splitlines()]
    lines = [line for line in every if " import " not in line]  # test_importing has those
    assert len(lines) >= 12
    for line in lines:
        expected = 1 if " reconcile " in line else 0
        for coder in ("a", "b"):
            if f"assess answers {FOLDER} {coder}-" in line:
                fill(coder)
        assert run(line) == expected, (line, capsys.readouterr().err)
        if expected:
            settle(folder)
            assert run(line) == 0
    said = capsys.readouterr().out
    assert "3 criteria, frozen in assessments/pier/2026-10-10/evaluation.yaml" in said
    assert "per cent  0.667" in said
    assert "AGP-NTC-01(b)  silent   not-found-here" in said
    assert "Pier, 2026-10-10: feedback" in said
    assert "75 of 100, grade B" in said
    assert "coverage 66.7 of 100 (floor 60)" in said


def test_every_rule_stands_on_the_page() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    rules = OF_ANSWERS | OF_EVALUATIONS
    assert {name: rows.get(name) for name in rules} == rules
