"""Where a clone is: what `.git` may lead to, and what it may not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.errors import GovkitError
from govkit.store import commit_names, repository
from govkit.store.clone import clone_of
from govkit.store.clone_lock import locked, state_folder_of
from govkit.store.worktree import list_entries
from tests.store.test_repository import git, make


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return make(tmp_path / "repo")


def folder(place: Path, kept: str) -> Path:
    """A folder with texts, whose `.git` is a file with these words."""
    (place / "governance").mkdir(parents=True)
    (place / "governance/charter.yaml").write_text("a: 1\n")
    (place / ".git").write_text(kept)
    return place


def test_a_git_file_that_leads_to_the_clone_of_another_folder_is_not_followed(
    repo: Path, tmp_path: Path
) -> None:
    alien = folder(tmp_path / "alien", f"gitdir: {repo}/.git\n")
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "other")
    copied = folder(tmp_path / "copied", (tmp_path / "linked/.git").read_text())
    for each in (alien, copied):
        with pytest.raises(GovkitError, match="belongs to another folder"):
            commit_names.head(each)
    link = tmp_path / "link"
    link.mkdir()
    (link / ".git").symlink_to(repo / ".git")
    with pytest.raises(GovkitError, match="belongs to another folder"):
        state_folder_of(link)


def test_a_folder_that_keeps_its_git_folder_apart_is_followed(repo: Path, tmp_path: Path) -> None:
    """As `git clone --separate-git-dir` leaves it."""
    git(tmp_path, "clone", "-q", f"--separate-git-dir={tmp_path}/apart", str(repo), "other")
    head = git(repo, "rev-parse", "HEAD")
    assert commit_names.head(tmp_path / "other") == head
    assert clone_of(tmp_path / "other/governance") == (
        tmp_path / "other",
        tmp_path / "apart",
        tmp_path / "apart",
    )


@pytest.mark.parametrize(("key", "value"), [("core.worktree", "../repo"), ("core.bare", "true")])
def test_a_git_folder_that_says_that_it_belongs_elsewhere_is_not_followed(
    repo: Path, tmp_path: Path, key: str, value: str
) -> None:
    git(tmp_path, "clone", "-q", f"--separate-git-dir={tmp_path}/apart", str(repo), "my other")
    git(tmp_path, "config", "-f", "apart/config", key, value)
    with pytest.raises(GovkitError, match="belongs to another folder") as raised:
        commit_names.head(tmp_path / "my other")
    assert f"git config core.worktree '{tmp_path}/my other' - or" in raised.value.hint


def test_a_git_folder_that_names_its_work_tree_is_followed(repo: Path, tmp_path: Path) -> None:
    (repo / ".git").rename(tmp_path / "apart")
    (repo / ".git").write_text("gitdir: ../apart\n")
    git(repo, "config", "core.worktree", str(repo))
    assert commit_names.head(repo) == git(repo, "rev-parse", "HEAD")
    assert clone_of(repo / "governance") == (repo, tmp_path / "apart", tmp_path / "apart")


def test_a_git_file_that_leads_nowhere_is_no_clone_and_nothing_is_made_there(
    tmp_path: Path,
) -> None:
    lost = folder(tmp_path / "lost", f"gitdir: {tmp_path}/gone\n")
    assert clone_of(lost) is None
    assert repository.ignored_paths(lost) == frozenset()
    with locked(lost, "now"):
        assert not (tmp_path / "gone").exists()


def test_a_git_folder_that_takes_its_history_from_elsewhere_is_refused(
    repo: Path, tmp_path: Path
) -> None:
    other = make(tmp_path / "other")
    (other / ".git/commondir").write_text(f"{repo}/.git\n")
    with pytest.raises(GovkitError, match="takes its history from"):
        commit_names.head(other)


@pytest.mark.parametrize("name", ["objects", "refs", "logs", "config", "index", "packed-refs"])
def test_no_part_of_a_clone_is_a_link(repo: Path, tmp_path: Path, name: str) -> None:
    part = repo / ".git" / name
    part.touch()
    part.rename(tmp_path / "elsewhere")
    part.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(GovkitError, match=f"{name} is a link or no plain file"):
        commit_names.head(repo)


@pytest.mark.parametrize("name", ["HEAD", "index", "config", "shallow", "packed-refs"])
def test_a_pipe_in_a_clone_does_not_block(repo: Path, name: str) -> None:
    (repo / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(repo / ".git" / name)
    with pytest.raises(GovkitError, match="no plain file"):
        repository.ignored_paths(repo)


@pytest.mark.parametrize(
    "name",
    [
        "objects/info/alternates",
        "refs/heads/other",
        "objects/11/1" + 37 * "1",
        "logs/HEAD",
        "objects/pack/pack-1.idx",
        "info/exclude",
    ],
)
@pytest.mark.parametrize("blocks", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_nothing_that_blocks_is_below_a_clone(
    repo: Path, name: str, blocks: Callable[[Path], None]
) -> None:
    path = repo / ".git" / name
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks(path)
    with pytest.raises(GovkitError, match=f"{name} is no plain file"):
        commit_names.head(repo)


@pytest.mark.parametrize("folder", ["", "registers", "provisions/.hidden"])
def test_rules_of_what_is_ignored_that_block_are_named(repo: Path, folder: str) -> None:
    (repo / folder).mkdir(parents=True, exist_ok=True)
    os.mkfifo(repo / folder / ".gitignore")
    with pytest.raises(GovkitError, match=r"\.gitignore is no plain file"):
        list_entries(repo)


@pytest.mark.parametrize(
    "name", ["logs/HEAD", "logs/refs/heads", "refs/heads", "objects/pack", "govkit"]
)
def test_nothing_is_written_through_a_link_in_a_clone(
    repo: Path, tmp_path: Path, name: str
) -> None:
    part = repo / ".git" / name
    outside = tmp_path / "outside"
    if part.exists():
        part.rename(outside)
    else:
        outside.mkdir()
    part.symlink_to(outside)
    with pytest.raises(GovkitError, match="is a link"), locked(repo, "now"):
        pass


def test_a_clone_in_a_folder_with_files_named_like_a_repository_is_the_clone(repo: Path) -> None:
    """A bare repository among the texts is no clone: git is told where the clone is."""
    head = git(repo, "rev-parse", "HEAD")
    git(repo, "clone", "-q", "--bare", ".", "inner")
    git(repo / "inner", "update-ref", "-d", "refs/heads/main")
    assert commit_names.head(repo / "inner") == head


def test_what_is_checked_out_is_read_without_git_where_it_lies_open(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    named = repository.named
    monkeypatch.setattr(
        commit_names, "named", lambda *word: (asked.append(word[1]), named(*word))[1]
    )
    id = git(repo, "rev-parse", "HEAD").strip()
    assert (commit_names.head(repo), asked) == (id, [])
    git(repo, "checkout", "-q", "--detach")
    assert (commit_names.head(repo), asked) == (id, [])
    git(repo, "checkout", "-q", "main")
    git(repo, "gc", "-q")
    assert (commit_names.head(repo), asked) == (id, ["HEAD^{commit}"])
