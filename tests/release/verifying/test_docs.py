"""docs/verify.md is true: somebody with the PDF and a clone can follow it to the end, offline."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from string import Template
from typing import Any

from govkit.log.coordinators import genesis_of
from govkit.log.heads import seals_of
from govkit.log.signed_statements import root_fingerprint
from govkit.workspace import open_workspace
from tests.command import started
from tests.release.verifying import scene

PAGE = (Path(__file__).parents[3] / "docs/verify.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def test_a_reader_can_follow_the_page_to_the_end(adopted: Path, tmp_path: Path) -> None:
    root = adopted
    with scene.each_book_printed_once():
        scene.release(root, formats=("md", "pdf"))
    desk = tmp_path / "desk"
    desk.mkdir()
    scene.git(desk, "clone", "-q", "--no-hardlinks", str(root), "texts")
    shutil.copytree(root.parent / "dist", desk / "dist")
    printed = desk / "dist/provisions/1.0.0-draft.1"
    shutil.copyfile(printed / "provisions.pdf", desk / "provisions.pdf")
    shutil.rmtree(root.parent)  # nothing is left but the clone, the folder and the PDF
    corpus = open_workspace(desk / "texts").corpus
    head, entry = seals_of(corpus).newest, scene.by_tag(desk / "texts").head
    genesis = genesis_of(corpus)
    assert head is not None
    assert entry is not None
    assert genesis is not None
    known = {
        "ROOT": root_fingerprint(genesis),
        "HEAD": head.checkpoint.short,
        "ENTRY": f"{entry.seq}:{entry.digest}",
        "NUMBER": "7",
    }
    said = ""
    for block in BLOCKS:
        done = typed(block.replace("1.1.0", "1.0.0-draft.1"), desk / "texts", known)
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        said += done.stdout + done.stderr
    assert "the PDF: it is provisions.pdf of provisions/1.0.0-draft.1, byte for byte" in said
    assert said.count('Good "release@govkit" signature for ') == 2
    assert 'Good "git" signature for a-example' in said
    assert 'Good "publication@govkit" signature for a-example' in said
    assert "provisions.pdf: OK" in said
    assert 'Good "head@govkit" signature for a-example' in said
    assert scene.git(desk / "texts", "status", "--porcelain") == ""


def typed(block: str, folder: Path, known: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Type what a block of the page shows, in a folder; `known` are variables of the shell."""
    how: dict[str, Any] = {
        "cwd": folder,
        "env": os.environ | scene.PERSON | known | {"NO_COLOR": "1"},
        "capture_output": True,
        "text": True,
        "stdin": subprocess.DEVNULL,
    }
    lines = block.splitlines()
    if all(line.startswith(".venv/bin/govkit ") and " > " not in line for line in lines):
        done = [started([sys.executable, "-m", *arguments(line, known)], **how) for line in lines]
        assert [each.returncode for each in done] == [0] * len(done), done
        said, complained = (
            "".join(each) for each in zip(*((e.stdout, e.stderr) for e in done), strict=True)
        )
        return subprocess.CompletedProcess([block], 0, said, complained)
    script = block.replace(".venv/bin/govkit", f"{sys.executable} -m govkit")
    return subprocess.run(["bash", "-euo", "pipefail", "-c", script], check=False, **how)


def arguments(line: str, known: dict[str, str]) -> list[str]:
    return ["govkit", *shlex.split(Template(line).safe_substitute(known))[1:]]


def test_the_page_names_every_thing_that_is_looked_at() -> None:
    from govkit.release.verifying.check_result import SUBJECTS

    for subject in SUBJECTS.values():
        if subject not in ("the folder", "the manifest", "the history"):
            assert subject in PAGE, subject
