"""The commands of docs/platforms.md, one after the other, in a small coalition."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from govkit.cli.main import govkit

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/platforms.md").read_text(encoding="utf-8")
PROFILE = """\
service: Example
operator: Example Organisation
contact: the page Help
platform:
  users: [adult, child]
  sizes: large
  functions: [social, search]
provisions: [EXA-DUE-01, EXA-DUE-02]
"""


def lines() -> list[str]:
    """Return what stands in the boxes of the page: its commands on adoption."""
    boxes = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    every = [line for box in boxes for line in box.splitlines()]
    return [line for line in every if re.match(r"govkit (?:adopt|label|adoption|terms) ", line)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small coalition, in which one stands."""
    texts = Path(shutil.copytree(ROOT / "tests/rules/_base", tmp_path / "texts"))
    subprocess.run(["git", "init", "-q", str(texts)], check=True)
    monkeypatch.chdir(texts)
    return texts


def run(line: str) -> int:
    answer = govkit.main(line.split()[1:], "govkit", standalone_mode=False)
    return answer if isinstance(answer, int) else 0


def test_the_page_can_be_followed_from_its_first_command_to_its_last(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(lines()) >= 7
    for line in lines():
        if "--new-sheet" in line:
            _edit_terms(folder)
        # A PDF takes longer than all else here, and tests of its own.
        assert run(line.replace("docx,pdf", "docx")) == 0, (line, capsys.readouterr().err)
        if "--new-profile" in line:
            assert "# Why:" in (folder / "profile.yaml").read_text(encoding="utf-8")
            (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    said = capsys.readouterr().out
    assert "The label is true." in said
    assert "1 adoption." in said
    assert "1 adopted clause touched" in said


def _edit_terms(folder: Path) -> None:
    """Save the page of the terms as it is, and as it shall be."""
    page = (folder / "dist/terms.html").read_text(encoding="utf-8")
    (folder / "old.html").write_text(page, encoding="utf-8")
    (folder / "new.html").write_text(page.replace(" must ", " may ", 1), encoding="utf-8")


def test_a_statement_that_was_edited_gives_no_requirements(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    assert run("govkit adopt --profile profile.yaml --format html") == 0
    _edit_terms(folder)
    statement = folder / "dist/adoption.json"
    statement.write_text(statement.read_text(encoding="utf-8").replace('"whole"', '"adapted"', 1))
    assert run("govkit terms change old.html new.html --adopted dist") == 1
    assert (
        "adoption.json is not true: of EXA-DUE-01 it says taken adapted" in capsys.readouterr().err
    )
    (folder / "sheet.yaml").write_text("takes_efect: 2027-01-01\n", encoding="utf-8")
    assert run("govkit terms change old.html new.html --adopted dist --sheet sheet.yaml") == 1
    assert "sheet.yaml:1:" in capsys.readouterr().err
    assert not (folder / "kit").exists()


def test_what_is_not_so_ends_with_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    assert run("govkit adopt --profile profile.yaml --format md") == 0
    terms = folder / "dist/terms.md"
    terms.write_text(terms.read_text(encoding="utf-8").replace(" must ", " may ", 1))
    capsys.readouterr()
    assert run("govkit label verify dist") == 1
    said = capsys.readouterr().out
    assert "CHANGED" in said
    assert "The label is not true." in said
    (folder / "profile.yaml").write_text(PROFILE.replace("large", "huge"), encoding="utf-8")
    assert run("govkit adopt --profile profile.yaml") == 1
    assert "profile.yaml:6:" in capsys.readouterr().err
