"""`govkit history`: what can't be read, where history ends, hostile and mistaken input."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import D1, USER, Run, change
from .past import ANA, BEA, asked, begin, changes, commit, edit, git

PLATFORM = "registers/terms/platform.yaml"
FR = "translations/fr/platform.yaml"


# --- what can't be read --------------------------------------------------------------------------


def test_a_state_that_cant_be_read_is_named_and_the_gap_is_compared(
    coalition: Path, govkit: Run
) -> None:
    first = begin(coalition)
    broken = edit(coalition, "clauses:", "clauses: [", message="Break it")
    edit(coalition, "clauses: [", "clauses:", message="Mend it")
    mended = changes(govkit, coalition, "--all")
    assert [(each["what"], each["class"]) for each in mended] == [
        ("form", 0),
        ("unread", None),
        ("new", 8),
    ]
    assert mended[1]["commit"] == broken
    assert mended[1]["unread"]
    edit(coalition, "clauses:", "clauses: [", message="Break it again")
    change(coalition, D1, "clauses: [", "clauses:")
    edit(coalition, "begins", "starts", message="Mend it otherwise")
    newest = changes(govkit, coalition)[0]
    assert newest["class"] == 3
    assert newest["compared_with"] == mended[0]["commit"]
    assert first != mended[0]["commit"]
    said = govkit(coalition, "history", "EXA-DUE-01").stdout.decode()
    assert "can't be read: " in said
    assert f"Compared with {mended[0]['commit'][:7]}, the last state that can be read." in said


def test_a_text_that_was_never_readable_and_is_gone(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "clauses:", "clauses: [")
    begin(coalition)
    (coalition / D1).unlink()
    commit(coalition)
    assert [each["what"] for each in changes(govkit, coalition)] == ["removed", "unread"]


def test_a_file_that_was_too_large_to_read(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    text = (coalition / D1).read_text()
    (coalition / D1).write_text(text + "# " + "x" * (1 << 20) + "\n")
    commit(coalition)
    (coalition / D1).write_text(text)
    commit(coalition)
    listed = changes(govkit, coalition, "--all")
    assert [each["what"] for each in listed] == ["form", "unread", "new"]
    assert "larger than 1 MiB" in listed[1]["unread"]


def test_a_link_in_the_place_of_the_text_is_no_text(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    (coalition / D1).unlink()
    (coalition / D1).symlink_to("/etc/passwd")
    commit(coalition)
    assert [each["what"] for each in changes(govkit, coalition)] == ["removed", "new"]


# --- where the history ends ----------------------------------------------------------------------


@pytest.fixture
def shallow(coalition: Path, tmp_path: Path) -> Path:
    """A clone of the newest two of three commits; the second changed EXA-DUE-01."""
    begin(coalition)
    edit(coalition, "begins", "starts", day="2026-02-01")
    edit(coalition, "starts", "sets in", day="2026-03-01")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{coalition}", "shallow")
    return tmp_path / "shallow"


def test_a_shallow_clone_says_where_it_ends_and_claims_nothing_about_it(
    shallow: Path, govkit: Run
) -> None:
    found = asked(govkit, shallow, "history", "EXA-DUE-01", note=True)
    assert [(each["date"], each["what"]) for each in found["changes"]] == [
        ("2026-03-01", "changed")
    ]
    assert found["complete"] is False
    assert found["known_since"]["date"] == "2026-02-01"
    done = govkit(shallow, "history", "EXA-DUE-01")
    assert done.returncode == 0
    assert "back to 2026-02-01" in done.stderr.decode()
    assert "git fetch --unshallow" in done.stderr.decode()


def test_a_shallow_clone_that_knows_no_change_ends_with_3(shallow: Path, govkit: Run) -> None:
    done = govkit(shallow, "history", "EXA-DUE-02")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "no change of `EXA-DUE-02` is in it" in done.stderr.decode()


def test_outside_a_repository_there_is_no_history(coalition: Path, govkit: Run) -> None:
    done = govkit(coalition, "history", "EXA-DUE-01")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "is in no git repository" in done.stderr.decode()


# --- hostile and mistaken input ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("EXA-DUE-1", "Did you mean `EXA-DUE-01`?"),
        ("", "there is no record ``"),
        ("nothing-like-it-at-all", "`govkit list` shows all records."),
        ("../../etc/passwd", "there is no record"),
        ("member:user", "Did you mean `user`?"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
    ],
)
def test_an_unknown_id_ends_with_2_and_a_way_out(
    name: str, said: str, coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    done = govkit(coalition, "history", "--", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


@pytest.mark.parametrize("name", ["--upload-pack=x", "--output=x", "-x", "--all-the-rest"])
def test_an_id_that_looks_like_an_option_is_none(name: str, coalition: Path, govkit: Run) -> None:
    begin(coalition)
    before = sorted(coalition.rglob("*"))
    for words in ((name,), ("--", name)):
        done = govkit(coalition, "history", *words)
        assert (done.returncode, done.stdout) == (2, b"")
    assert sorted(coalition.rglob("*")) == before


def test_a_slug_of_two_kinds_has_to_be_told_apart(coalition: Path, govkit: Run) -> None:
    shutil.copy(
        coalition / "registers/sources/example-act.yaml", coalition / "registers/sources/user.yaml"
    )
    begin(coalition)
    done = govkit(coalition, "history", "user")
    assert done.returncode == 2
    assert "Say which: source:user, term:user." in done.stderr.decode()
    assert changes(govkit, coalition, id="term:user")[0]["path"] == USER


def test_what_a_terminal_would_obey_is_shown_and_not_sent(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    odd = "provisions/due-process/EXA-DUE-01-\x1b[31mred.yaml"
    git(coalition, "mv", D1, odd)
    change(coalition, odd, "begins", "starts")
    commit(coalition, "A \x1b]0;title\x07 subject", "Mallory \x1b[2J\x9b31m")
    done = govkit(coalition, "history", "EXA-DUE-01", "--redline")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout
    said = done.stdout.decode()
    assert "by Mallory \\x1b[2J\\x9b31m" in said
    assert "EXA-DUE-01-\\x1b[31mred.yaml" in said
    assert changes(govkit, coalition)[0]["authors"] == ["Mallory \x1b[2J\x9b31m"]


def test_an_author_whose_name_is_not_utf8(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "begins", "starts", author="Rene")
    raw = subprocess.run(
        ["git", "cat-file", "commit", "HEAD"], cwd=coalition, check=True, capture_output=True
    ).stdout.replace(b"Rene", b"Ren\xe9")
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=coalition,
        check=True,
        capture_output=True,
        input=raw,
    )
    git(coalition, "reset", "-q", "--hard", made.stdout.decode().strip())
    assert changes(govkit, coalition)[0]["authors"] == ["Ren\ufffd"]
    done = govkit(coalition, "history", "EXA-DUE-01")
    assert done.returncode == 0
    assert "by Ren\\udce9" in done.stdout.decode()


def test_settings_of_a_repository_change_nothing(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "begins", "starts", author=BEA)
    git(coalition, "switch", "-q", "main")
    git(coalition, "merge", "-q", "--no-ff", "-m", "Merge", "draft")
    before = govkit(coalition, "history", "EXA-DUE-01", "--format", "json").stdout
    for key, value in (
        ("log.showRoot", "false"),
        ("log.diffMerges", "off"),
        ("log.date", "iso"),
        ("color.ui", "always"),
        ("diff.renames", "copies"),
        ("format.pretty", "oneline"),
        ("log.decorate", "full"),
        ("core.abbrev", "5"),
        ("i18n.logOutputEncoding", "latin1"),
    ):
        git(coalition, "config", key, value)
    assert govkit(coalition, "history", "EXA-DUE-01", "--format", "json").stdout == before


def test_a_coalition_in_a_sub_folder_of_a_repository(
    tmp_path: Path, coalition: Path, govkit: Run
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "Begin")
    edit(coalition, "begins", "starts", author=BEA)
    assert [each["authors"] for each in changes(govkit, coalition)] == [[BEA], [ANA]]
    assert [each["path"] for each in changes(govkit, coalition / "provisions")] == [D1, D1]


def test_a_repository_with_longer_ids(coalition: Path, govkit: Run) -> None:
    git(coalition, "init", "-q", "-b", "main", "--object-format=sha256")
    commit(coalition, "Begin")
    second = edit(coalition, "begins", "starts")
    assert len(second) == 64
    assert [each["commit"] == second for each in changes(govkit, coalition)] == [True, False]
