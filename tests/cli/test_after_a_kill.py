"""A command that is killed while it writes leaves nothing behind that the next one does not mend.

Those that file with the log, and those of a release, are killed in tests/workspace and
tests/release; here stand the others.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.records.kinds import KINDS
from govkit.source.schema import schema_text
from tests.killing import in_a_child

from .conftest import D1, D2, USER, git

POINTS = 10

COMMANDS = {
    "fmt": ("fmt",),
    "new": ("new", "provision", "--area", "DUE", "--title", "A title", "--part", "due-process"),
    "render": ("render", "provisions", "--format", "md,json", "-o", "out"),
    "schema": ("schema", "--write"),
}


@pytest.fixture(autouse=True, scope="module")
def _schemas_made_once() -> None:
    """Have the children inherit the schemas, of which each would make all thirty."""
    for kind in KINDS:
        schema_text(kind)


def points_of(do: Callable[[], object], most: int = POINTS) -> list[int]:
    """Some points of a run, from its first effect to its last."""
    many = in_a_child(do, None)
    return sorted({round(at * (many - 1) / (most - 1)) for at in range(most)})


def run(folder: Path, *words: str) -> Callable[[], None]:
    """What runs a command in a folder, in a child: it ends well."""

    def do() -> None:
        os.chdir(folder)
        assert _run(list(words)) == 0

    return do


def left(folder: Path) -> list[str]:
    """What govkit hid and did not take away, in git's folder too."""
    return sorted(path.name for path in folder.rglob("*") if path.name.startswith(".govkit"))


@pytest.fixture(params=["git", "no git"])
def untidy(request: pytest.FixtureRequest, coalition: Path) -> Path:
    """A folder with three files that are not in the common form, and one old schema."""
    for path in (D1, D2, USER):
        text = (coalition / path).read_text()
        (coalition / path).write_text(text.replace("\n", "\r\n"))
    (coalition / "schemas").mkdir(exist_ok=True)
    (coalition / "schemas/term.schema.json").write_text("{}\n")
    if request.param == "git":
        git(coalition, "init", "-q", "-b", "main")
    return coalition


@pytest.mark.parametrize("name", COMMANDS)
def test_the_next_command_mends_it(name: str, untidy: Path, tmp_path: Path) -> None:
    words = COMMANDS[name]
    here = tmp_path / "here" / "texts"

    def again() -> None:
        shutil.rmtree(here.parent, ignore_errors=True)
        shutil.copytree(untidy, here)

    def state() -> dict[str, bytes]:
        return {
            path.relative_to(here).as_posix(): path.read_bytes()
            for path in here.rglob("*")
            if path.is_file() and not {".git", ".govkit"} & {*path.parts}
        }

    again()
    before = state()
    # Git's folder is one more place to write to, and all the rest is the same without it.
    points = points_of(run(here, *words), POINTS if (untidy / ".git").exists() else POINTS // 2)
    whole = state()
    assert whole != before
    for point in points:
        again()
        in_a_child(run(here, *words), point)
        in_a_child(run(here, "list"), None)
        assert [each for each in left(here.parent) if each != ".govkit"] == [], point
        if name in ("fmt", "new"):
            assert state() in (before, whole), point
        if state() != whole:
            in_a_child(run(here, *words), None)
        assert state() == whole, point


@pytest.mark.parametrize("where", [".", "texts", "far/away/texts"])
def test_a_new_folder_is_made_by_the_next_who_tries(where: str, tmp_path: Path) -> None:
    here = tmp_path / "here"

    def again() -> None:
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        (here / "README.md").write_text("mine\n")

    def made() -> list[str]:
        return sorted(
            path.relative_to(here).as_posix()
            for path in here.rglob("*")
            if ".git" not in path.parts
        )

    again()
    points = points_of(run(here, "init", where), POINTS if where == "." else POINTS // 2)
    whole = made()
    for point in points:
        again()
        in_a_child(run(here, "init", where), point)
        if not (here / where / "governance/charter.yaml").exists():
            in_a_child(run(here, "init", where), None)
        else:
            in_a_child(run(here / where, "list"), None)
        assert made() == whole, point
        assert (here / "README.md").read_text() == "mine\n"


def test_what_a_living_command_writes_is_left_alone(
    untidy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govkit.store import unfinished

    place = untidy / "dist" / ".govkit-book"
    place.parent.mkdir()
    unfinished.sit_at(untidy)
    with unfinished.noted(place):
        place.write_text("half a book")
        in_a_child(run(untidy, "list"), None)
        assert place.exists()
        place.unlink()
    assert not unfinished.is_there(untidy)


def test_a_note_names_nothing_but_what_govkit_hid(untidy: Path, tmp_path: Path) -> None:
    """A repository that somebody else made may hold notes of its own."""
    from govkit.store import unfinished
    from govkit.store.clone_lock import state_folder_of

    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    notes = state_folder_of(untidy) / "unfinished"
    notes.mkdir(parents=True)
    (notes / "a").write_text(str(mine))
    (notes / "b").write_text(str(tmp_path / ".govkit-x/../mine.txt"))
    (notes / "c").symlink_to(mine)
    unfinished.clear(untidy)
    assert mine.read_text() == "mine"
