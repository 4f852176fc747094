"""A commit that govkit makes: the refs together, the person's own work left alone, kills mended."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from govkit.errors import GovkitError, WrongUse
from govkit.store import commit_transactions, objects
from govkit.store.clone_lock import LANDING, state_folder_of
from govkit.store.commit_transactions import PendingCommit

NOW = datetime.datetime(2026, 6, 20, 12, tzinfo=datetime.UTC)
MAIN, TAG = "refs/heads/main", "refs/tags/provisions/v1.0.0"
NEW = "releases/provisions/1.0.0/manifest.yaml"
OLD = "releases/provisions/1.0.0/signatures/a.sig"
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(root: Path, *words: str, **more: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=root, check=True, capture_output=True, env=os.environ | ALONE | more
    )
    return done.stdout.decode().strip()


@pytest.fixture(params=["sha1", "sha256"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A governed folder inside a repository, with something staged and something edited."""
    for name, value in ALONE.items():
        monkeypatch.setenv(name, value)
    repo = tmp_path / "repo"
    repo.mkdir()
    git(repo, "init", "-q", "-b", "main", f"--object-format={request.param}")
    git(repo, "config", "user.name", "E. Example")
    git(repo, "config", "user.email", "e@example.org")
    root = repo / "texts"
    for path in ("governance/charter.yaml", "provisions/a.yaml", OLD):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("old\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "begin")
    (root / "provisions/staged.yaml").write_text("staged\n")
    git(repo, "add", "-A")
    (root / "provisions/a.yaml").write_text("edited\n")
    return root


MINE = "M texts/provisions/a.yaml\nA  texts/provisions/staged.yaml"


def prepared(root: Path, *, tag: bool = True) -> PendingCommit:
    head = git(root, "rev-parse", "HEAD")
    tree = objects.write_tree(root, head, {NEW: b"new\r\n", OLD: None})
    commit = objects.write_commit(root, tree, head, objects.person(root), NOW, "Cut it")
    body = objects.tag_bytes(commit, "provisions/v1.0.0", objects.person(root), NOW, "Words")
    staged, final = root.parent.parent / ".govkit-final", root.parent.parent / "final"
    staged.mkdir()
    (staged / "book.md").write_text("book")
    final.mkdir()
    (final / "older.md").write_text("older")
    landing = PendingCommit(MAIN, head, commit, (NEW, OLD), staged=str(staged), final=str(final))
    return landing._replace(tag=TAG, tag_id=objects.write_tag(root, body)) if tag else landing


def hold_whole(root: Path, landing: PendingCommit) -> None:
    """Hold that everything is in place, and that what the person had under way still is."""
    assert git(root, "rev-parse", MAIN, TAG).split() == [landing.new, landing.tag_id]
    assert git(root, "status", "--porcelain") == MINE
    assert (root / NEW).read_bytes() == b"new\r\n"
    assert not (root / OLD).exists()
    assert [path.name for path in (root.parent.parent / "final").iterdir()] == ["book.md"]
    assert not (root.parent.parent / ".govkit-final").exists()
    assert not (state_folder_of(root) / LANDING).exists()


def hold_nothing(root: Path, landing: PendingCommit) -> None:
    assert git(root, "rev-parse", MAIN) == landing.old
    assert git(root, "tag") == ""
    assert git(root, "status", "--porcelain") == MINE
    assert [path.name for path in (root.parent.parent / "final").iterdir()] == ["older.md"]
    assert not (root.parent.parent / ".govkit-final").exists()
    assert not (state_folder_of(root) / LANDING).exists()


def test_a_commit_and_a_tag_come_together_and_leave_the_persons_work_alone(root: Path) -> None:
    landing = prepared(root)
    commit_transactions.land(root, landing, "a reason")
    hold_whole(root, landing)
    assert git(root, "fsck", "--strict") == ""
    assert git(root, "log", "-1", "--format=%an <%ae> %ct %s") == (
        "E. Example <e@example.org> 1781956800 Cut it"
    )
    assert git(root, "cat-file", "-t", TAG) == "tag"
    assert git(root, "reflog", "-1", "--format=%gs", "main") == "a reason"


def test_no_filter_and_no_hook_of_the_repository_runs(root: Path) -> None:
    stolen = root.parent.parent / "stolen"
    (root.parent / ".gitattributes").write_text("* filter=evil\n")
    git(root, "config", "filter.evil.clean", f"touch {stolen}; cat")
    hook = root.parent / ".git/hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {stolen}-by-hook\n")
    hook.chmod(0o755)
    commit_transactions.land(root, prepared(root), "a reason")
    assert not stolen.exists()


def test_where_the_branch_moved_meanwhile_nothing_is_changed(root: Path) -> None:
    landing = prepared(root)
    moved = git(root, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "somebody else")
    git(root, "update-ref", MAIN, moved)
    with pytest.raises(GovkitError, match="git says"):
        commit_transactions.land(root, landing, "a reason")
    hold_nothing(root, landing._replace(old=moved))


def test_where_the_tag_is_there_already_the_branch_does_not_move(root: Path) -> None:
    landing = prepared(root)
    git(root, "tag", "provisions/v1.0.0")
    with pytest.raises(GovkitError, match="git says"):
        commit_transactions.land(root, landing, "a reason")
    git(root, "tag", "-d", "provisions/v1.0.0")
    hold_nothing(root, landing)


# --- what a kill leaves ---------------------------------------------------------------------------


def test_what_was_only_noted_is_taken_back(root: Path) -> None:
    landing = prepared(root)
    commit_transactions.note(root, landing)
    assert commit_transactions.recover(root) == "taken back"
    hold_nothing(root, landing)
    assert commit_transactions.recover(root) is None


def test_what_was_only_begun_is_taken_back(root: Path) -> None:
    landing = prepared(root)
    commit_transactions.note(root, landing._replace(new="", paths=(), tag="", tag_id=""))
    assert commit_transactions.recover(root) == "taken back"
    hold_nothing(root, landing)


@pytest.mark.parametrize("name", [MAIN, TAG])
def test_one_ref_without_the_other_is_finished(root: Path, name: str) -> None:
    """Git sets the refs of a transaction one by one, so a kill of git itself can come between."""
    landing = prepared(root)
    commit_transactions.note(root, landing)
    git(root, "update-ref", name, landing.new if name == MAIN else landing.tag_id)
    assert commit_transactions.recover(root) == "finished"
    hold_whole(root, landing)


@pytest.mark.parametrize("lock", ["HEAD.lock", f"{MAIN}.lock", f"{TAG}.lock", "index.lock"])
def test_locks_of_a_killed_git_are_taken_away(
    root: Path, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit_transactions, "_STALE_AFTER", 0.01)
    landing = prepared(root)
    commit_transactions.note(root, landing)
    git(root, "update-ref", MAIN, landing.new)
    file = root.parent / ".git" / lock
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("")
    assert commit_transactions.recover(root) == "finished"
    assert not file.exists()
    hold_whole(root, landing)


def test_later_commits_on_top_do_not_hinder_the_finishing(root: Path) -> None:
    landing = prepared(root)
    commit_transactions.note(root, landing)
    git(root, "update-ref", MAIN, landing.new)
    later = git(root, "commit-tree", f"{landing.new}^{{tree}}", "-p", landing.new, "-m", "later")
    git(root, "update-ref", MAIN, later)
    assert commit_transactions.recover(root) == "finished"
    assert git(root, "rev-parse", MAIN, TAG).split() == [later, landing.tag_id]
    assert git(root, "status", "--porcelain") == MINE


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(root: Path) -> None:
    landing = prepared(root)
    commit_transactions.note(root, landing)
    git(root, "update-ref", MAIN, landing.new)
    (root / NEW).parent.mkdir(parents=True, exist_ok=True)
    (root / NEW).write_text("of somebody\n")
    assert commit_transactions.recover(root) == "finished"
    assert (root / NEW).read_text() == "of somebody\n"


def test_a_note_that_nobody_can_read_is_left_alone(root: Path) -> None:
    (state_folder_of(root)).mkdir(parents=True)
    (state_folder_of(root) / LANDING).write_text("{")
    with pytest.raises(GovkitError, match="can't be read, so it is left alone"):
        commit_transactions.recover(root)
    assert (state_folder_of(root) / LANDING).read_text() == "{"


@pytest.mark.parametrize(
    "forged",
    [
        {"staged": "/srv/somebody"},
        {"final": "/srv/somebody"},
        {"branch": "refs/heads/../../../precious"},
        {"tag": "precious"},
        {"new": "--all"},
    ],
)
def test_a_note_of_somebody_else_takes_nothing_away(root: Path, forged: dict[str, str]) -> None:
    """A `.git` that did not come by clone may hold one; what it names would be moved or deleted."""
    precious = root.parent.parent / "somebody"
    precious.mkdir()
    landing = prepared(root)
    values = {name: each.replace("/home", str(root.parent.parent)) for name, each in forged.items()}
    commit_transactions.note(root, landing._replace(**values))
    with pytest.raises(GovkitError, match="so it is left alone"):
        commit_transactions.recover(root)
    assert precious.is_dir()


# --- names and trees ------------------------------------------------------------------------------


def test_a_person_without_a_name_is_told_how_to_say_it(root: Path) -> None:
    git(root, "config", "--unset", "user.name")
    with pytest.raises(WrongUse, match="git does not know your name") as told:
        objects.person(root)
    assert 'git config --global user.name "Your Name"' in told.value.hint


def test_the_tree_of_some_folders_is_the_one_that_git_would_write(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    folders = ("governance", "provisions", "recommendations")
    index = {"GIT_INDEX_FILE": str(root.parent.parent / "index-of-the-test")}
    for folder in ("governance", "provisions"):
        git(root, "read-tree", f"--prefix={folder}/", f"{head}:texts/{folder}", **index)
    expected = git(root, "write-tree", **index)
    assert objects.tree_of_folders(root, head, folders) == expected
    landing = prepared(root)
    assert objects.tree_of_folders(root, landing.new, folders) == expected
