"""Git, in repositories of every sort, and in some that would like to run a program."""

import os
import subprocess
from pathlib import Path

import pytest

from govkit.errors import GovkitError, IncompleteHistory, WrongUse
from govkit.store import commit_names, committed_files, refs, repository

GIT = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
DATE = {"GIT_COMMITTER_DATE": "2026-03-10T23:30:00-0500", "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z"}


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


def put(folder: Path, path: str, text: str) -> None:
    full = folder / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text)


def make(folder: Path, *options: str) -> Path:
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main", *options)
    put(folder, "governance/charter.yaml", "a: 1\n")
    put(folder, "registers/terms/a.yaml", "term: a\n")
    put(folder, "docs/x.md", "not governed\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Begin")
    return folder


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    return make(tmp_path / "repo")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for top in ("governance", "registers")
        for path in sorted((folder / top).rglob("*.yaml"))
    }


def test_a_revision_is_resolved_to_a_full_object_id(repo: Path) -> None:
    head = git(repo, "rev-parse", "HEAD")
    git(repo, "tag", "-a", "v1", "-m", "one")
    assert {commit_names.resolve(repo, name) for name in ("HEAD", "main", "v1", head[:8])} == {head}


@pytest.mark.parametrize(
    "name",
    ["nothing", "--output=/tmp/x", "-h", "", "HEAD:docs/x.md", "main..main", "@{u}", "a b", "\n"],
)
def test_a_name_that_is_no_commit_is_wrong_use_and_never_an_option(repo: Path, name: str) -> None:
    with pytest.raises(WrongUse, match=r"there is no commit named|names a blob, and no commit"):
        commit_names.resolve(repo, name)
    assert git(repo, "status", "--porcelain") == ""


def test_governed_files_of_a_commit_with_their_sizes(repo: Path) -> None:
    head = commit_names.resolve(repo, "HEAD")
    found = committed_files.governed_files(repo, head)
    assert {path: blob.size for path, blob in found.items()} == {
        "governance/charter.yaml": 5,
        "registers/terms/a.yaml": 8,
    }
    data = committed_files.blob_bytes(repo, [blob.id for blob in found.values()])
    assert data[found["registers/terms/a.yaml"].id] == b"term: a\n"


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_blob_ids_are_gits_own(tmp_path: Path, form: str) -> None:
    repo = make(tmp_path / "repo", f"--object-format={form}")
    head = commit_names.resolve(repo, "HEAD")
    committed = {path: blob.id for path, blob in committed_files.governed_files(repo, head).items()}
    assert committed_files.blob_ids(repo, files_of(repo)) == committed


def test_a_folder_inside_a_repository_counts_paths_from_itself(tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q", "-b", "main")
    put(outer, "texts/governance/charter.yaml", "a: 1\n")
    git(outer, "add", "-A")
    git(outer, "commit", "-qm", "Begin")
    head = commit_names.resolve(outer / "texts", "HEAD")
    assert list(committed_files.governed_files(outer / "texts", head)) == [
        "governance/charter.yaml"
    ]


def test_a_linked_work_tree_is_a_repository(repo: Path, tmp_path: Path) -> None:
    git(repo, "worktree", "add", "-q", str(tmp_path / "linked"), "-b", "other")
    assert repository.is_repository(tmp_path / "linked")
    assert commit_names.head(tmp_path / "linked") == commit_names.head(repo)


def test_the_merge_base_is_the_last_common_commit(repo: Path) -> None:
    begin = git(repo, "rev-parse", "HEAD")
    git(repo, "switch", "-qc", "other")
    put(repo, "registers/terms/b.yaml", "term: b\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Add b")
    git(repo, "switch", "-q", "main")
    assert commit_names.merge_base(repo, commit_names.resolve(repo, "other")) == begin


def test_a_commit_is_what_it_has_in_common_with_itself_and_git_is_not_asked(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = commit_names.resolve(repo, "HEAD")
    monkeypatch.setattr(commit_names, "start", None)
    assert commit_names.merge_base(repo, head, head) == head


def test_histories_with_nothing_in_common_are_wrong_use(repo: Path) -> None:
    git(repo, "switch", "-q", "--orphan", "alone")
    git(repo, "commit", "-q", "--allow-empty", "-m", "Alone")
    with pytest.raises(WrongUse, match="no history in common"):
        commit_names.merge_base(repo, commit_names.resolve(repo, "main"))


def test_a_shallow_clone_gives_no_partial_answer(repo: Path, tmp_path: Path) -> None:
    begin = git(repo, "rev-parse", "HEAD")
    git(repo, "commit", "-q", "--allow-empty", "-m", "Go on")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repo}", "shallow")
    assert repository.is_shallow(tmp_path / "shallow")
    with pytest.raises(IncompleteHistory) as raised:
        commit_names.resolve(tmp_path / "shallow", begin)
    assert "fetch-depth: 0" in raised.value.hint


def test_a_clone_without_its_blobs_gives_no_partial_answer(repo: Path, tmp_path: Path) -> None:
    head = commit_names.resolve(repo, "HEAD")
    blob = committed_files.governed_files(repo, head)["registers/terms/a.yaml"].id
    (repo / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(IncompleteHistory, match="the history here is incomplete"):
        committed_files.blob_bytes(repo, [blob])


def test_the_day_of_a_commit_is_counted_in_utc(repo: Path) -> None:
    head = commit_names.head(repo)
    assert head == git(repo, "rev-parse", "HEAD")
    assert repository.day_of(repo, head) == "2026-03-11"


def test_without_a_repository_or_a_commit_there_is_no_head(tmp_path: Path) -> None:
    assert commit_names.head(tmp_path) is None
    git(tmp_path, "init", "-q")
    assert commit_names.head(tmp_path) is None
    assert repository.ignored_paths(tmp_path) == frozenset()
    assert refs.branch_heads(tmp_path) == []


def test_paths_that_are_not_utf8_and_odd_ones_survive(repo: Path) -> None:
    odd = os.fsdecode(b"registers/terms/\xff name\n.yaml")
    put(repo, odd, "term: odd\n")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Add an odd name")
    head = commit_names.resolve(repo, "HEAD")
    assert odd in committed_files.governed_files(repo, head)


def test_a_link_in_a_commit_is_named_as_one(repo: Path) -> None:
    (repo / "registers/terms/link.yaml").symlink_to("a.yaml")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Add a link")
    head = commit_names.resolve(repo, "HEAD")
    found = committed_files.governed_files(repo, head)
    assert found["registers/terms/link.yaml"].what == "link"
    assert found["registers/terms/a.yaml"].what == "file"


def test_no_program_that_a_repository_names_is_run(repo: Path, tmp_path: Path) -> None:
    trap, mark = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch '{mark}'\n")
    trap.chmod(0o755)
    programs = (
        "core.fsmonitor",
        "filter.trap.clean",
        "filter.trap.smudge",
        "diff.external",
        "gpg.program",
        "core.pager",
        "core.sshCommand",
        "uploadpack.packObjectsHook",
    )
    for key in programs:
        git(repo, "config", key, str(trap))
    git(repo, "config", "log.showSignature", "true")
    hooks = repo / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / name).write_text(trap.read_text())
        (hooks / name).chmod(0o755)
    put(repo, ".gitattributes", "*.yaml filter=trap diff=trap\n")
    mark.unlink(missing_ok=True)
    head = commit_names.resolve(repo, "HEAD")
    later = git(repo, "commit-tree", "-p", head, "-m", "Go on", f"{head}^{{tree}}")
    mark.unlink(missing_ok=True)
    assert commit_names.merge_base(repo, later) == head
    repository.ignored_paths(repo)
    found = committed_files.governed_files(repo, head)
    committed_files.blob_bytes(repo, [blob.id for blob in found.values()])
    refs.branch_heads(repo)
    assert repository.day_of(repo, head) == "2026-03-11"
    assert not mark.exists()


def test_replaced_objects_are_not_believed(repo: Path) -> None:
    head = commit_names.resolve(repo, "HEAD")
    before = committed_files.governed_files(repo, head)
    put(repo, "registers/terms/a.yaml", "term: forged\n")
    git(repo, "commit", "-qam", "Forge")
    git(repo, "replace", head, "HEAD")
    git(repo, "reset", "-q", "--hard", head)
    assert committed_files.governed_files(repo, head) == before


def test_variables_that_point_git_elsewhere_are_not_followed(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = commit_names.resolve(repo, "HEAD")
    other = make(tmp_path / "other")
    git(other, "commit", "-q", "--allow-empty", "-m", "Other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert commit_names.resolve(repo, "HEAD") == head


def test_a_new_repository_has_no_commit_and_no_hooks(tmp_path: Path) -> None:
    repository.create(tmp_path)
    assert repository.is_repository(tmp_path)
    assert not (tmp_path / ".git/hooks").exists()
    with pytest.raises(WrongUse):
        commit_names.resolve(tmp_path, "HEAD")


def test_git_that_is_not_there_is_said_in_a_sentence(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GovkitError, match="git is not installed"):
        repository.ignored_paths(repo)


def test_no_git_that_lies_among_the_texts_is_run(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(repo, "git", f"#!/bin/sh\ntouch '{tmp_path}/mark'\n")
    (repo / "git").chmod(0o755)
    head = commit_names.head(repo)
    monkeypatch.setenv("PATH", f".::{os.environ['PATH']}")
    monkeypatch.chdir(repo)
    assert commit_names.head(repo) == head
    assert not (tmp_path / "mark").exists()


def test_gigabytes_packed_in_git_are_not_read(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(repo, "registers/terms/large.yaml", "x" * 3_000)
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "Add")
    monkeypatch.setattr(committed_files, "LARGEST", 2_000)
    with pytest.raises(GovkitError, match="far too large for texts"):
        committed_files.governed_files(repo, commit_names.resolve(repo, "HEAD"))
