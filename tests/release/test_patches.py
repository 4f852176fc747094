"""Releases after releases: a reissue, a correction of an older version, what is said of each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.release import scene
from tests.release.conftest import Ask
from tests.release.scene import A, B, commit, git
from tests.shared import made_once

JULY = ("--now", "2026-07-20T12:00:00Z")
AUGUST = ("--now", "2026-08-20T12:00:00Z")
MD = ("--formats", "md")
BRING = ("restore", "--source=main", "--staged", "--worktree", "--", "governance", "releases")


@pytest.fixture(scope="module")
def _second(_published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1.1.0 is published, too: a title in a source was mended, and the version chosen higher."""

    def make(folder: Path) -> None:
        root = Path(shutil.copytree(_published, folder, dirs_exist_ok=True)) / "coalition"
        scene.written(root, "title: ", "title: The ", "registers/sources")
        commit(root, "Mend the title of a source")
        scene.released(root, scene.name_of("provisions/1.1.0"), scene.DAY.replace(month=7))

    return made_once(tmp_path_factory, "release-second", make)


@pytest.fixture
def first(_published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_published, tmp_path / "all")) / "coalition"


@pytest.fixture
def second(_second: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_second, tmp_path / "all")) / "coalition"


def signed_and_published(root: Path, ask: Ask, name: str, *more: str) -> None:
    """Sign and publish as the coordinators do, through the commands."""
    for member in (A, B):
        key = ("--key", str(scene.key_of(root, member)), "--by", member)
        told = ask(root, "release", "sign", name, *key, *more)
        assert told.code == 0, told.err
    told = ask(root, "release", "publish", name, "--key", str(scene.key_of(root, A)), *more)
    assert told.code == 0, told.err


def standings(root: Path, ask: Ask) -> dict[str, str]:
    rows = ask(root, "release", "list", "--format", "json").data["releases"]
    return {row["release"]: row["state"] for row in rows}


# --- superseded -----------------------------------------------------------------------------------


def test_verify_says_first_that_a_release_is_superseded_and_by_what(second: Path, ask: Ask) -> None:
    told = ask(second, "release", "verify", "provisions/v1.0.0", "--no-rebuild")
    assert told.code == 0
    first, said = told.out.splitlines()[:2]
    assert first.startswith("provisions/1.0.0, from the clone")
    assert said.startswith("It is superseded: there is provisions/1.1.0 (published 2026-07-20).")
    newest = ask(second, "release", "verify", "provisions/v1.1.0", "--no-rebuild")
    assert "superseded" not in newest.out


def test_a_folder_says_that_it_is_superseded_where_a_newer_one_lies_beside_it(
    second: Path, ask: Ask, tmp_path: Path
) -> None:
    shutil.copytree(second / "dist", tmp_path / "dist")
    told = ask(tmp_path, "release", "verify", str(tmp_path / "dist/provisions/1.0.0"))
    assert told.code == 0, told.out
    assert told.out.splitlines()[1].startswith("It is superseded: there is provisions/1.1.0 (publ")
    shutil.rmtree(tmp_path / "dist/provisions/1.1.0")
    told = ask(tmp_path, "release", "verify", str(tmp_path / "dist/provisions/1.0.0"))
    assert "superseded" not in told.out
    assert "nobody can say what came before or after" in told.out


def test_the_list_and_verify_say_the_same_of_each_release(second: Path, ask: Ask) -> None:
    def both(newer: str) -> None:
        for name, state in {"provisions/1.0.0": "superseded", "provisions/1.1.0": newer}.items():
            assert standings(second, ask)[name] == state
            told = ask(second, "release", "verify", name, "--no-rebuild", "--format", "json")
            assert told.data["standing"] == state
            assert told.code == int(state == "does-not-hold")

    both("valid")
    git(second, "tag", "-f", "provisions/v1.1.0", "provisions/v1.1.0^{commit}")
    both("does-not-hold")
    told = ask(second, "release", "list")
    assert "provisions/1.1.0  does not hold" in told.out
    assert "provisions/1.1.0: it is no tag that anybody signed, but a bare name." in told.out


# --- a reissue ------------------------------------------------------------------------------------


def test_a_reissue_is_a_patch_without_a_changed_text(first: Path, ask: Ask) -> None:
    told = ask(first, "release", "cut", "provisions", *JULY, *MD)
    assert told.code == 1
    assert "--reissue" in told.err
    told = ask(first, "release", "plan", "provisions", "--reissue", *JULY)
    assert told.code == 0, told.out
    told = ask(first, "release", "cut", "provisions", "--reissue", *JULY, *MD)
    assert told.code == 0, told.err
    assert told.out.startswith("Cut provisions/1.0.1 as a candidate")
    signed_and_published(first, ask, "provisions/1.0.1", *JULY)
    told = ask(first, "release", "verify", "provisions/v1.0.1")
    assert told.code == 0, told.out
    assert standings(first, ask) == {"provisions/1.0.0": "superseded", "provisions/1.0.1": "valid"}
    notes = (first / "dist/provisions/1.0.1/notes.md").read_text(encoding="utf-8")
    assert "No text of this book differs from the earlier release." in notes


def test_other_words_or_a_higher_version_are_no_reissue(first: Path, ask: Ask) -> None:
    words = ("release", "cut", "provisions/1.1.0", "--reissue")
    told = ask(first, *words, *JULY, *MD)
    assert (told.code, "a reissue raises the last number alone: 1.0.1" in told.err) == (1, True)
    scene.written(first, "title: ", "title: The ", "registers/sources")
    commit(first, "Mend the title of a source")
    told = ask(first, "release", "cut", "provisions", "--reissue", *JULY, *MD)
    assert told.code == 1
    assert "texts changed since 1.0.0, so this is no reissue: example-act" in told.err
    told = ask(first, "release", "cut", "all", "--reissue", *JULY, *MD)
    assert told.code == 2


def test_what_was_never_released_is_not_issued_again(first: Path, ask: Ask) -> None:
    told = ask(first, "release", "plan", "recommendations", "--reissue", *JULY)
    assert "nothing was released yet that could be issued again" in told.out


# --- an older version -----------------------------------------------------------------------------


def test_an_older_version_is_corrected_from_a_branch(second: Path, ask: Ask) -> None:
    git(second, "switch", "-q", "-c", "provisions-1.0", "provisions/v1.0.0")
    scene.written(second, "title: ", "title: A ", "registers/sources")
    commit(second, "Mend the title of a source in the older version")
    cut = ("release", "cut", "provisions/1.0.1", "--branch", "provisions-1.0", *AUGUST, *MD)
    told = ask(second, *cut)
    assert told.code == 3
    assert "the log on the main branch has entries that are not on this branch" in told.err
    assert " ".join(("git", *BRING)) in " ".join(told.err.split())
    git(second, *BRING)
    commit(second, "Bring the register and the releases of main")
    told = ask(second, *cut)
    assert told.code == 0, told.err
    manifest = (second / "releases/provisions/1.0.1/manifest.yaml").read_text(encoding="utf-8")
    assert "supersedes: 1.0.0\ncompared_with: 1.0.0\n" in manifest
    signed_and_published(second, ask, "provisions/1.0.1", "--branch", "provisions-1.0", *AUGUST)
    wanted = {
        "provisions/1.0.0": "superseded",
        "provisions/1.0.1": "superseded",
        "provisions/1.1.0": "valid",
    }
    assert standings(second, ask) == wanted
    git(second, "switch", "-q", "main")
    git(second, "merge", "-q", "-s", "ours", "--no-commit", "provisions-1.0")
    git(second, "restore", "--source=provisions-1.0", "--staged", "--worktree", *BRING[-3:])
    commit(second, "Bring the register and the releases of provisions-1.0")
    assert standings(second, ask) == wanted
    assert ask(second, "check", "--today", "2026-08-20").code == 0
    told = ask(second, "release", "list")
    rows = [" ".join(line.split()) for line in told.out.splitlines()]
    assert rows[1:] == [
        "provisions/1.0.0 superseded by 1.1.0 2026-06-20 2026-06-20 until 2026-07-20 2 of 2 yes",
        "provisions/1.0.1 superseded by 1.1.0 2026-08-20 2026-08-20 until 2026-08-20 2 of 2 yes",
        "provisions/1.1.0 valid 2026-07-20 from 2026-07-20 2 of 2 yes",
    ]
    told = ask(second, "release", "verify", "provisions/v1.0.1")
    assert told.code == 0, told.out
    told = ask(second, "release", "plan", "provisions", "--reissue", *AUGUST)
    assert told.out.startswith("provisions/1.1.1 ")


def test_newer_words_are_no_correction_of_an_older_version(second: Path, ask: Ask) -> None:
    told = ask(second, "release", "plan", "provisions/1.0.0", *AUGUST)
    assert "1.0.0 is published already" in told.out
    told = ask(second, "release", "plan", "provisions/1.0.2", *AUGUST)
    assert "1.0.2 leaves versions out. After 1.0.0 comes 1.0.1" in told.out
    told = ask(second, "release", "plan", "provisions/0.9.0", *AUGUST)
    assert "0.9.0 does not come after 1.1.0" in told.out
