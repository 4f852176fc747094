"""What -o never takes the place of: a record, a file that git tracks, an input, git's own files."""

import os
from pathlib import Path

import click
import pytest

from .command_tree import commands, words_of
from .conftest import Run, commit

WITH_OUTPUT = {
    " ".join(words_of(at)): at
    for at in commands()
    if any("--output" in each.opts for each in at.command.params)
}
RECORD = "registers/terms/user.yaml"


def least(at: click.Context) -> list[str]:
    """Return the fewest words that a command can be called with."""
    words = []
    for each in at.command.params:
        if each.required:
            typed = "1" if isinstance(each.type, click.IntRange) else "book/1.0.0"
            typed = each.type.choices[0] if isinstance(each.type, click.Choice) else typed
            words += [typed] if isinstance(each, click.Argument) else [each.opts[0], typed]
    return words


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_no_command_writes_its_answer_over_what_it_did_not_print(
    repository: Path, govkit: Run
) -> None:
    (repository / "notes.txt").write_text("written by a person\n")
    commit(repository)
    os.mkfifo(repository / "pipe")
    before = all_bytes(repository)
    places = {
        RECORD: "lies among the records",
        "provisions/new": "lies among the records",
        "Provisions/": "lies among the records",
        "notes.txt": "git tracks it",
        ".git/config": "in a folder of git's own",
        ".git/": "in a folder of git's own",
        "../coalition/.GIT/objects/": "in a folder of git's own",
        "pipe": "is no plain file",
        "/dev/null": "is no plain file",
    }
    for name, at in WITH_OUTPUT.items():
        # One place shows that a command asks; the places themselves are the same for all.
        for place, said in places.items() if name == "coverage" else [(RECORD, places[RECORD])]:
            words = (*words_of(at), *least(at), "-o", place)
            done = govkit(repository, *words, cwd=repository)
            assert done.returncode == 2, (name, place)
            answer = " ".join(done.stderr.decode().split())
            assert said in answer or "the folder to put the files in" in answer, (name, answer)
    assert all_bytes(repository) == before


def test_a_folder_takes_no_file_where_git_tracks_one_of_that_name(
    repository: Path, govkit: Run
) -> None:
    kept = ("changes.md", "dist/all.md", "coverage-all.csv")
    (repository / "dist").mkdir()
    for name in kept:
        (repository / name).write_text("written by a person\n")
    (repository / "dist/examples.md").write_text("written by a person\n")
    commit(repository)
    for words in (
        ("diff", "start", "--format", "md", "-o", "./"),
        ("coverage", "--format", "csv", "-o", "."),
        ("render", "all", "--format", "md", "-o", "dist/all.md"),
    ):
        done = govkit(repository, *words, cwd=repository)
        assert (done.returncode, b"git tracks it" in done.stderr) == (2, True), (words, done)
    (repository / "changes.md").unlink()
    done = govkit(repository, "diff", "start", "--format", "md", "-o", "./", cwd=repository)
    assert done.returncode == 0, done.stderr


def test_a_file_that_is_compared_is_not_written(tmp_path: Path, govkit: Run) -> None:
    (tmp_path / "old.md").write_text("The user may appeal.\n")
    (tmp_path / "changes.md").write_text("The user may not appeal.\n")
    (tmp_path / "link.md").symlink_to("changes.md")
    words = ("diff", "--plain", "old.md", "changes.md", "--format", "md", "-o")
    for place in ("changes.md", "./", str(tmp_path / "old.md"), "link.md"):
        for folder, cwd in ((None, tmp_path), (tmp_path, tmp_path)):
            done = govkit(folder, *words, place, cwd=cwd)
            assert (done.returncode, b"is read by this command" in done.stderr) == (2, True), place
    assert (tmp_path / "changes.md").read_text() == "The user may not appeal.\n"
    assert govkit(None, *words, "to-sign.md", cwd=tmp_path).returncode == 0
    assert govkit(None, *words, "to-sign.md", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("name", ["bare.git", "worktree-git"])
def test_a_bare_repository_takes_no_file_whatever_its_name(
    tmp_path: Path, govkit: Run, name: str
) -> None:
    for folder in ("objects", "refs"):
        (tmp_path / name / folder).mkdir(parents=True)
    (tmp_path / name / "HEAD").write_text("ref: refs/heads/main\n")
    for file in ("a.md", "b.md"):
        (tmp_path / file).write_text(file)
    words = ("diff", "--plain", "a.md", "b.md", "-o", f"{name}/refs/x.md")
    done = govkit(None, *words, cwd=tmp_path)
    assert (done.returncode, b"git's own" in done.stderr) == (2, True), done.stderr
