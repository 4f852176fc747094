"""The page of a white paper: what came in about it by its call, and how to say something."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import BASE

from .reading import broken_links, site_of

PAPER = """\
title: Reasons
status: draft
version: "0.1"
authors: [{name: Ana Example}]
call: {call}
abstract: On reasons.
body: |
  ## Why

  Words.
"""
CALL = """\
title: Reasons, please
asks: What is missing?
opened: 2026-03-01T12:00:00Z
closes: 2026-05-01T12:00:00Z
"""
INPUT = """\
kind: link
title: "A study <img src=x>"
body: Example University
address: {address}
"""


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def test_a_paper_shows_what_came_in_by_its_call(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "texts"))
    put(folder, "registers/papers/reasons.yaml", PAPER.replace("{call}", "2026-001"))
    put(folder, "registers/papers/alone.yaml", PAPER.replace("{call}", "null"))
    put(folder, "governance/calls/2026-001.yaml", CALL)
    given = INPUT.format(address="https://example.org/study")
    put(folder, "governance/calls/2026-001/inputs/0123456789ab.yaml", given)
    files = site_of(folder)
    assert broken_links(files) == []
    page = files["registers/papers/reasons.html"].decode()
    assert 'href="https://example.org/study"' in page
    assert "A study &lt;img" in page
    assert 'href="../../consultations/call-2026-001.html"' in page
    alone = files["registers/papers/alone.html"].decode()
    assert 'id="inputs"' not in alone
    assert 'href="../../take-part.html"' in alone[alone.index('id="take-part-here"') :]
