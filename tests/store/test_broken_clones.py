"""Clones of which something is missing or damaged: one true sentence, and never half an answer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.errors import GovkitError, IncompleteHistory
from govkit.store import commit_names, committed_files, objects, refs, repository, tags
from tests.store.test_repository import git, make, put

NOWHERE = "1" * 40 + "\n"


@pytest.fixture(scope="module")
def _story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = make(tmp_path_factory.mktemp("story") / "repo")
    git(repo, "tag", "-a", "provisions/v1.0.0", "-m", "one")
    for number in range(3):
        put(repo, "registers/terms/a.yaml", f"term: {number}\n")
        git(repo, "commit", "-qam", f"Go on {number}")
    return repo


@pytest.fixture
def repo(_story: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_story, tmp_path / "repo"))


def file_of(repo: Path, name: str) -> Path:
    id = git(repo, "rev-parse", name)
    return repo / ".git/objects" / id[:2] / id[2:]


def gone(name: str) -> Callable[[Path], None]:
    return lambda repo: file_of(repo, name).unlink()


def turned(name: str) -> Callable[[Path], None]:
    """One byte of an object is another one."""

    def turn(repo: Path) -> None:
        file = file_of(repo, name)
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.chmod(0o644)
        file.write_bytes(data)

    return turn


def emptied(repo: Path) -> None:
    file = file_of(repo, "HEAD:registers/terms/a.yaml")
    file.chmod(0o644)
    file.write_bytes(b"")


def pack(repo: Path) -> Path:
    git(repo, "repack", "-adq")
    file = next((repo / ".git/objects/pack").glob("*.pack"))
    file.chmod(0o644)
    return file


def cut_pack(repo: Path) -> None:
    file = pack(repo)
    file.write_bytes(file.read_bytes()[:200])


def holds(place: str, words: str) -> Callable[[Path], None]:
    def write(repo: Path) -> None:
        (repo / ".git" / place).parent.mkdir(parents=True, exist_ok=True)
        (repo / ".git" / place).write_text(words)

    return write


def swapped(repo: Path) -> None:
    """A file stands under the id of another one."""
    file = file_of(repo, "HEAD:registers/terms/a.yaml")
    file.unlink()
    shutil.copyfile(file_of(repo, "HEAD:governance/charter.yaml"), file)


BROKEN = {
    "the newest commit is missing": gone("HEAD"),
    "an older commit is missing": gone("HEAD~1"),
    "a tree is missing": gone("HEAD^{tree}"),
    "a tree below is missing": gone("HEAD:registers"),
    "a file is missing": gone("HEAD:registers/terms/a.yaml"),
    "a commit was changed": turned("HEAD"),
    "a tree was changed": turned("HEAD:registers"),
    "a file was changed": turned("HEAD:registers/terms/a.yaml"),
    "a file is empty": emptied,
    "a file is another one": swapped,
    "the pack was cut": cut_pack,
    "the index of the pack is missing": lambda repo: pack(repo).with_suffix(".idx").unlink(),
    "the branch says nothing": holds("refs/heads/main", "nothing\n"),
    "the branch stands for nothing": holds("refs/heads/main", NOWHERE),
    "the tag is missing": gone("provisions/v1.0.0"),
    "the tag stands for nothing": holds("refs/tags/provisions/v1.0.0", NOWHERE),
    "the tag says nothing": holds("refs/tags/provisions/v1.0.0", "x"),
    "the list of refs is damaged": holds("packed-refs", "rubbish here\n"),
    "the end of a shallow clone is damaged": holds("shallow", "\x01\n"),
}


def everything(repo: Path) -> None:
    """Ask all that the commands ask of the past."""
    head = commit_names.head(repo)
    assert head is not None
    repository.commits(repo)
    for commit in (head, commit_names.resolve(repo, "HEAD~2")):
        found = committed_files.governed_files(repo, commit)
        committed_files.blob_sizes(repo, [blob.id for blob in found.values()])
        committed_files.blob_bytes(repo, [blob.id for blob in found.values()])
    refs.release_tags(repo)
    tags.tag_of(repo, "provisions/v1.0.0")
    objects.last_change(repo, head, "governance/charter.yaml")


def test_a_sound_clone_answers(repo: Path) -> None:
    everything(repo)
    commit_names.require_whole(repo)


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_missing_or_damaged_is_said_in_one_sentence(repo: Path, kind: str) -> None:
    BROKEN[kind](repo)
    with pytest.raises(IncompleteHistory, match=r"^the history here is incomplete: ") as raised:
        everything(repo)
    assert "\n" not in raised.value.message
    assert raised.value.hint
    if kind not in ("a file was changed", "a file is empty", "a file is another one"):
        with pytest.raises(IncompleteHistory):  # doctor's question; it does not read the files
            commit_names.require_whole(repo)


@pytest.mark.parametrize(
    ("place", "words", "message"),
    [
        ("HEAD", "hello\n", "is damaged, so git does not know it"),
        ("HEAD", "", "is damaged, so git does not know it"),
        ("config", "[core\nx", "settings of this clone can't be read"),
        ("index", "DIRCgarbage", "list of what is staged"),
        ("index", "", "list of what is staged"),
    ],
)
def test_a_git_folder_that_git_can_not_read(
    repo: Path, place: str, words: str, message: str
) -> None:
    holds(place, words)(repo)
    with pytest.raises(GovkitError, match=message):
        repository.ignored_paths(repo)


def test_a_branch_without_a_commit_is_no_damage(repo: Path) -> None:
    holds("HEAD", "ref: refs/heads/new\n")(repo)
    assert commit_names.head(repo) is None
    assert repository.commits(repo) == []


def test_a_clone_with_a_filter_is_told_apart(repo: Path, tmp_path: Path) -> None:
    git(repo, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=tree:0", f"file://{repo}", "partial")
    with pytest.raises(IncompleteHistory) as raised:
        repository.commits(tmp_path / "partial")
    assert "without --filter" in raised.value.hint


@pytest.mark.parametrize(("name", "kind"), [("HEAD^{tree}", "tree"), ("HEAD:docs/x.md", "blob")])
def test_a_tag_of_something_else_than_a_commit_is_named_for_what_it_is(
    repo: Path, name: str, kind: str
) -> None:
    git(repo, "tag", "-f", "-a", "odd", "-m", "odd", name)
    git(repo, "tag", "-f", "-a", "odd2", "-m", "a tag of a tag", "odd")
    for tag in ("odd", "odd2"):
        assert not commit_names.is_commit(repo, tag)
        with pytest.raises(GovkitError, match=f"`{tag}` names a {kind}, and no commit"):
            commit_names.resolve(repo, tag)


def test_a_tag_of_a_tag_of_a_commit_is_that_commit(repo: Path) -> None:
    git(repo, "tag", "-a", "twice", "-m", "a tag of a tag", "provisions/v1.0.0")
    assert commit_names.resolve(repo, "twice") == git(repo, "rev-parse", "HEAD~3")
