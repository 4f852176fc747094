"""How a folder here becomes a coalition: `_base`, with the files of one case laid over it.

`<rule>/fires` and `<rule>/silent` hold only what differs from `_base`. A rule that compares with an
earlier state has in them `before` (what both sides began from), `other` (the other branch) and
`after` (the folder that is checked), each laid over `_base` and committed in a real repository.
"""

from __future__ import annotations

import datetime
import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from govkit.findings import WHOLE_FILE, Finding
from govkit.workspace import Report, open_workspace

from .process_cases import MAKERS

HERE = Path(__file__).resolve().parent
BASE = HERE / "_base"
TODAY = datetime.date(2026, 3, 1)
collect_ignore = [each.name for each in HERE.iterdir() if each.is_dir()]
"""Pytest looks for tests in none of the folders of the cases, of which there are a thousand."""
NOT_LAID = ("expected.txt", "also.txt", "made.txt")
SOURCE = "registers/sources/example-act.yaml"
INITIATIVE = "registers/initiatives/example-index.yaml"


class Case(NamedTuple):
    """One folder of files for one rule: `what` is `fires` or `silent`."""

    rule: str
    what: str

    @property
    def folder(self) -> Path:
        return HERE / self.rule / self.what

    @property
    def compares(self) -> bool:
        return (self.folder / "after").is_dir()

    def expected(self) -> list[str]:
        return (self.folder / "expected.txt").read_text(encoding="utf-8").splitlines()

    def also(self) -> dict[str, str]:
        """The other rules that may speak here, each with the reason why they have to."""
        file = self.folder / "also.txt"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return dict(line.split(": ", 1) for line in lines)

    def lay(self, folder: Path) -> None:
        """Lay the coalition of this case into a folder that is not there yet."""
        lay(folder, *([self.folder / "after"] if self.compares else [self.folder]))
        make(self, folder)

    def report(self, folder: Path) -> Report:
        """Lay the case, and check it."""
        if self.compares:
            self.commit_history(folder)
            return open_workspace(folder).check(TODAY, "other")
        self.lay(folder)
        return open_workspace(folder).check(TODAY)

    def commit_history(self, folder: Path) -> None:
        """Make a repository: `before` on both branches, then `other` on one, `after` on ours."""
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        commit(folder, self.folder / "before")
        git(folder, "branch", "other")
        if (self.folder / "other").is_dir():
            git(folder, "checkout", "-q", "other")
            commit(folder, self.folder / "other")
            git(folder, "checkout", "-q", "main")
        commit(folder, self.folder / "after")


def lay(folder: Path, *overlays: Path) -> None:
    """Copy `_base` into the folder, and over it the overlays, byte by byte."""
    for source in (BASE, *overlays):
        if source.is_dir():
            shutil.copytree(
                source, folder, symlinks=True, dirs_exist_ok=True,
                ignore=shutil.ignore_patterns(*NOT_LAID),
            )


def commit(folder: Path, overlay: Path) -> None:
    """Make the folder `_base` with one overlay, whatever it was before, and commit it."""
    for inside in folder.iterdir():
        if inside.name != ".git":
            shutil.rmtree(inside)
    lay(folder, overlay)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", overlay.name)


def git(folder: Path, *words: str) -> str:
    person = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


# --- what can't be kept in git, or is too large to be kept there --------------------------------


def make(case: Case, folder: Path) -> None:
    """Make the files of a case that are not in its folder; its `made.txt` says which."""
    maker = _MAKERS.get(case)
    if maker:
        maker(folder)


def _padded(size: int) -> Callable[[Path], None]:
    def grow(folder: Path) -> None:
        data = (folder / SOURCE).read_bytes()
        (folder / SOURCE).write_bytes(data + b"#" * (size - len(data) - 1) + b"\n")

    return grow


def _listed(items: int) -> Callable[[Path], None]:
    def grow(folder: Path) -> None:
        text = (folder / INITIATIVE).read_text(encoding="utf-8")
        many = "covers:\n" + "- x\n" * items
        (folder / INITIATIVE).write_text(
            text.replace("covers: [terms of service]\n", many), encoding="utf-8"
        )

    return grow


def _pipe_and_socket(folder: Path) -> None:
    os.mkfifo(folder / "registers/terms/pipe.yaml")
    # A socket's address is short, so it is named from inside its folder.
    here = Path.cwd()
    os.chdir(folder / "registers/terms")
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.yaml")
    finally:
        os.chdir(here)


def _without_charter(folder: Path) -> None:
    (folder / "governance/charter.yaml").unlink()


_MAKERS = {
    Case("no-charter", "fires"): _without_charter,
    Case("file-too-large", "fires"): _padded((1 << 20) + 1),
    Case("file-too-large", "silent"): _padded(1 << 20),
    Case("too-many-parts", "fires"): _listed(100_000),
    Case("too-many-parts", "silent"): _listed(99_900),
    Case("not-a-file", "fires"): _pipe_and_socket,
    **{Case(*name): maker for name, maker in MAKERS.items()},
}


# --- what a test looks at -----------------------------------------------------------------------


def shown(finding: Finding) -> str:
    """One line for one finding, as in `expected.txt`."""
    place = finding.place or WHOLE_FILE
    where = f"{finding.path}:{place.line}:{place.column}"
    return f"{where} {finding.level} {finding.rule}: {finding.message}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet, in no repository."""
    return tmp_path / "coalition"
