"""`release notes`, `release compare` and `render --release`, on a real clone with two drafts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from govkit.release.manifest import name_of
from tests.command import started
from tests.release.verifying import scene

FIRST, SECOND = name_of("provisions/1.0.0-draft.1"), name_of("provisions/1.0.0-draft.2")
WARNING = "provisions/notices/AGP-NTC-03-warning.yaml"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Agora: a published draft, a duty that became a recommendation, and the next draft."""
    root = scene.found(tmp_path_factory.mktemp("two drafts"))
    scene.cut(root, FIRST, ("md",))
    for member in (scene.A, scene.C):
        scene.sign(root, member, FIRST, rebuild=False)
    scene.publish(root, FIRST)
    scene.change(root / WARNING, lambda data: data.replace(b"force: must", b"force: should", 1))
    scene.commit(root, "Ask for less")
    scene.cut(root, SECOND, ("md",), scene.PUBLISHED)
    return root


def govkit(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return started(
        [sys.executable, "-m", "govkit", "-C", str(root), *words],
        check=False,
        capture_output=True,
        text=True,
    )


def said(root: Path, *words: str) -> str:
    done = govkit(root, *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_notes_of_a_release_are_those_in_its_folder(clone: Path) -> None:
    found = said(clone, "release", "notes", "provisions/1.0.0-draft.2")
    assert "Compared with: Version 1.0.0-draft.1" in found
    assert "## Weakens the protection of users" in found
    assert "- Clause (a): its force went from MUST to SHOULD." in found
    printed = clone.parent / "dist/provisions/1.0.0-draft.2/notes.md"
    # The file ends with how to check it, the screen does not.
    assert printed.read_text(encoding="utf-8").startswith(found.partition("## Contents")[0])
    assert found.partition('<a id="glance">')[2].strip() in printed.read_text(encoding="utf-8")
    # The table of the texts knows the release before.
    assert "| 1.0.0-draft.1 | 20 June 2026 | Came in |" in found
    assert "| 1.0.0-draft.2 | 20 June 2026 | Changed |" in found


def test_notes_of_what_would_be_released_now(clone: Path, tmp_path: Path) -> None:
    words = ("release", "notes", "provisions", "--draft", "--dated", "2026-07-01")
    found = said(clone, *words)
    assert "This is a preview. Nothing of it was released." in found
    assert "its force went from MUST to SHOULD" in found
    assert 'released: "2026-07-01"' in found
    data = json.loads(said(clone, *words, "--format", "json"))
    assert data["release"]["preview"] is True
    assert data["compared_with"] == "1.0.0-draft.1"
    assert [(each["id"], each["lead"]) for each in data["changes"]] == [("AGP-NTC-03", "weakens")]
    target = tmp_path / "notes.html"
    assert said(clone, *words, "--format", "html", "-o", str(target)) == f"{target}\n"
    assert "went from MUST to SHOULD" in target.read_text(encoding="utf-8")


def test_two_releases_compared_and_back_again(clone: Path) -> None:
    there = said(clone, "release", "compare", "provisions/1.0.0-draft.1", "1.0.0-draft.2")
    assert "| Force (class 5) | 1 | – | – | – | 1 |" in there
    assert "From Version 1.0.0-draft.1 to Version 1.0.0-draft.2" in there
    back = said(clone, "release", "compare", "provisions/v1.0.0-draft.2", "v1.0.0-draft.1")
    assert "| Force (class 5) | – | 1 | – | – | 1 |" in back
    assert "its force went from SHOULD to MUST" in back
    words = ("release", "compare", "provisions/1.0.0-draft.1", "1.0.0-draft.2", "--format", "json")
    data = json.loads(said(clone, *words))
    row = {"class": 5, "weaker": 1, "stronger": 0, "unclear": 0, "none": 0, "all": 1}
    assert data["summary"] == [row]


def test_a_book_is_printed_again_as_it_was_released(clone: Path, tmp_path: Path) -> None:
    words = ("render", "provisions", "--format", "md", "-o", str(tmp_path))
    again = said(clone, *words, "--release", "1.0.0-draft.2")
    assert again == f"{tmp_path / 'provisions-1.0.0-draft.2.md'}\n"
    printed = clone.parent / "dist/provisions/1.0.0-draft.2/provisions.md"
    assert (tmp_path / "provisions-1.0.0-draft.2.md").read_bytes() == printed.read_bytes()
    said(clone, *words, "--release", "v1.0.0-draft.1")
    old = (tmp_path / "provisions-1.0.0-draft.1.md").read_text(encoding="utf-8")
    assert "version 1.0.0-draft.1" in old
    # The folder says `should` by now; the release said `must`.
    section = old.partition("### AGP-NTC-03")[2].partition("### ")[0]
    assert "**(a)** **MUST**" in section


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ("release", "notes"),
            "there are 3 books, and each has its own releases",
            "Name one: principles, provisions, recommendations.",
        ),
        (
            ("release", "notes", "provisions/9.0.0"),
            "there is no release provisions/9.0.0 here",
            "One of: ",
        ),
        (
            ("release", "notes", "provisions", "--since", "nine"),
            "'nine' is no version",
            "A version has three numbers",
        ),
        (
            ("release", "notes", "provision"),
            "there is no book `provision`",
            "Did you mean `provisions`?",
        ),
        (
            ("release", "compare", "provisions/1.0.0-draft.1", "principles/1.0.0"),
            "provisions/1.0.0-draft.1 and principles/1.0.0 are releases of two books",
            "Compare two versions of the same book",
        ),
        (
            ("release", "compare", "provisions", "1.0.0"),
            "'provisions' names no release",
            "A release has the name of its book and its version",
        ),
        (
            ("render", "all", "--release", "1.0.0"),
            "each book has its own versions, so --release needs the name of one",
            "govkit render provisions --release 1.0.0",
        ),
        (
            (
                "render",
                "provisions",
                "--format",
                "md",
                "--release",
                "1.0.0-draft.1",
                "--without",
                "guidance",
                "-o",
                "provisions-1.0.0-draft.1.md",
            ),
            "provisions-1.0.0-draft.1.md is the name of the whole",
            "the file is then provisions-1.0.0-draft.1.without-guidance.md. Nothing was written.",
        ),
        (
            ("render", "AGP-NTC-01", "--release", "1.0.0"),
            "there is no book `AGP-NTC-01`",
            "Books: principles, provisions, recommendations.",
        ),
    ],
)
def test_wrong_use_is_said_with_the_way_out(
    clone: Path, words: tuple[str, ...], message: str, hint: str
) -> None:
    done = govkit(clone, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"error: {message}" in done.stderr
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
