"""The commits of a repository as values: from git's own answer, and from odd ones."""

import os
import subprocess
from pathlib import Path

import pytest

from govkit.errors import GovkitError, IncompleteHistory
from govkit.store import committed_files, repository
from govkit.store.commits import Commit, brought_in, first_holders, main_line, parsed

GIT = ["git", "-c", "user.name=Ana Example", "-c", "user.email=ana@example.org"]
DATE = {"GIT_COMMITTER_DATE": "2026-03-10T23:30:00-0500", "GIT_CONFIG_GLOBAL": os.devnull}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GIT, *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | DATE,
    )
    return done.stdout.strip()


def put(folder: Path, path: str, text: str | None) -> None:
    full = folder / path
    full.parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        full.unlink()
    else:
        full.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", f"Change {path}")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    put(folder, "registers/terms/a.yaml", "term: a\n")
    return folder


def test_commits_newest_first_with_their_files(repo: Path) -> None:
    put(repo, "registers/terms/b.yaml", "term: b\n")
    put(repo, "registers/terms/a.yaml", None)
    third, second, first = repository.commits(repo)
    assert (first.author, first.day, first.subject) == (
        "Ana Example",
        "2026-03-11",
        "Change registers/terms/a.yaml",
    )
    assert (first.parents, second.parents) == ((), (first.id,))
    [added], [gone] = second.files, third.files
    assert (added.path, added.old) == ("registers/terms/b.yaml", None)
    assert (gone.path, gone.new, gone.old) == ("registers/terms/a.yaml", None, first.files[0].new)
    assert committed_files.blob_bytes(repo, [added.new or ""]) == {added.new: b"term: b\n"}
    assert committed_files.blob_sizes(repo, [added.new or ""]) == {added.new: 8}


def test_a_link_is_no_file_and_becomes_one(repo: Path) -> None:
    (repo / "registers/terms/l.yaml").symlink_to("a.yaml")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Link")
    (repo / "registers/terms/l.yaml").unlink()
    put(repo, "registers/terms/l.yaml", "term: l\n")
    file, link, _ = repository.commits(repo)
    assert (link.files[0].old, link.files[0].new) == (None, None)
    assert file.files[0].old is None
    assert file.files[0].new is not None


def test_odd_paths_and_messages_pass_for_nothing_else(repo: Path) -> None:
    odd = os.fsdecode(b"registers/terms/:100644 \x01\xff\nx.yaml")
    (repo / odd).write_text("term: x\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "--allow-empty", "-m", ":100644 100644 a b M\x01")
    git(repo, "commit", "-q", "--allow-empty", "--allow-empty-message", "-m", "")
    empty, commit, _ = repository.commits(repo)
    assert (empty.files, empty.subject) == ((), "")
    assert [file.path for file in commit.files] == [odd]
    assert commit.subject == ":100644 100644 a b M\x01"


def test_a_merge_is_compared_with_its_first_parent(repo: Path) -> None:
    git(repo, "switch", "-qc", "side")
    put(repo, "registers/terms/b.yaml", "term: b\n")
    git(repo, "switch", "-q", "main")
    put(repo, "registers/terms/c.yaml", "term: c\n")
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    commits = repository.commits(repo)
    line = main_line(commits)
    assert [commit.subject for commit in line] == [
        "Merge",
        "Change registers/terms/c.yaml",
        "Change registers/terms/a.yaml",
    ]
    assert [file.path for file in line[0].files] == ["registers/terms/b.yaml"]
    assert [each.subject for each in brought_in(commits, line)[line[0].id]] == [
        "Change registers/terms/b.yaml"
    ]


def test_a_merge_that_the_main_line_had_nothing_beside_stays_on_the_line(repo: Path) -> None:
    """git log with paths would follow the side alone and lose the merge."""
    git(repo, "switch", "-qc", "side")
    put(repo, "registers/terms/b.yaml", "term: b\n")
    git(repo, "switch", "-q", "main")
    git(repo, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert [commit.subject for commit in main_line(repository.commits(repo))] == [
        "Merge",
        "Change registers/terms/a.yaml",
    ]


def test_a_folder_inside_a_repository_counts_paths_from_itself(repo: Path) -> None:
    put(repo, "texts/registers/terms/b.yaml", "term: b\n")
    inner, outer = repository.commits(repo / "texts")
    assert [file.path for file in inner.files] == ["registers/terms/b.yaml"]
    assert outer.files == ()


def test_without_a_commit_there_are_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    assert repository.commits(tmp_path) == []
    assert main_line([]) == []


def test_outside_a_repository_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(GovkitError, match="is in no git repository"):
        repository.commits(tmp_path)


def test_the_end_of_a_shallow_clone_is_marked(repo: Path, tmp_path: Path) -> None:
    put(repo, "registers/terms/b.yaml", "term: b\n")
    put(repo, "registers/terms/c.yaml", "term: c\n")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repo}", "shallow")
    assert [commit.is_cut for commit in repository.commits(tmp_path / "shallow")] == [False, True]
    assert [commit.is_cut for commit in repository.commits(repo)] == [False, False, False]


def test_sizes_of_what_is_not_in_the_clone(repo: Path) -> None:
    assert committed_files.blob_sizes(repo, []) == {}
    with pytest.raises(IncompleteHistory, match="the history here is incomplete"):
        committed_files.blob_sizes(repo, ["0" * 40])


def test_no_program_that_a_repository_names_is_run(repo: Path, tmp_path: Path) -> None:
    trap, mark = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    trap.chmod(0o755)
    for key in (
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "core.pager",
        "core.fsmonitor",
        "gpg.program",
        "pager.log",
    ):
        git(repo, "config", key, str(trap))
    git(repo, "config", "log.showSignature", "true")
    (repo / ".gitattributes").write_text("*.yaml diff=trap\n")
    mark.unlink(missing_ok=True)
    assert len(repository.commits(repo)) == 1
    assert not mark.exists()


def commit(id: str, *parents: str) -> Commit:
    return Commit(id, parents, "2026-01-01", "Ana Example", "", ())


def test_the_first_tag_that_holds_a_step_is_found_through_branches() -> None:
    """e is a merge of d, which a tag stands on, and of c."""
    commits = [
        commit("e", "c", "d"),
        commit("d", "b"),
        commit("c", "b"),
        commit("b", "a"),
        commit("a"),
    ]
    line = main_line(commits)
    assert [each.id for each in line] == ["e", "c", "b", "a"]
    tags = [("newest", "e"), ("on the side", "d"), ("later on b", "b"), ("first on b", "b")]
    assert first_holders(commits, line, tags) == ["newest", "newest", "first on b", "first on b"]
    assert first_holders(commits, line, tags[:2]) == [
        "newest",
        "newest",
        "on the side",
        "on the side",
    ]
    assert first_holders(commits, line, [("lost", "x")]) == [None] * 4


def test_what_came_in_with_an_earlier_merge_did_not_come_in_again() -> None:
    commits = [
        commit("m2", "m1", "s2"),
        commit("s2", "s1"),
        commit("m1", "a", "s1"),
        commit("s1", "a"),
        commit("a"),
    ]
    found = brought_in(commits, main_line(commits))
    assert {id: [each.id for each in side] for id, side in found.items()} == {
        "m1": ["s1"],
        "m2": ["s2"],
    }


def test_an_empty_answer_holds_no_commit() -> None:
    assert parsed(b"", frozenset()) == []
