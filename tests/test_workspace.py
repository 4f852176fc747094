"""Opening a folder: what is a record, which day it is printed with, and what a change can cause."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from govkit.corpus.documents import document_of
from govkit.records.kinds import kind_of_path
from govkit.source.reading import read_record
from govkit.workspace import open_workspace

TODAY = datetime.date(2026, 1, 1)
GIT = ["git", "-c", "user.name=Example", "-c", "user.email=example@example.org"]
DATE = {"GIT_COMMITTER_DATE": "2026-03-10T23:30:00-0500"}
CHARTER = """\
schema_version: 1
id: example
name: An example coalition
languages: {authoritative: en, others: []}
id_prefixes: {provision: EXA, recommendation: ERC, principle: EPR}
coordinators: {ids: [], threshold: 1}
"""


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [*GIT, *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | DATE
    )


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    put(tmp_path, "governance/charter.yaml", CHARTER)
    put(tmp_path, "registers/terms/user.yaml", "term: user\nstatus: draft\ndefinition: A person.\n")
    put(tmp_path, "registers/odd/old.yaml", "misplaced: yes\n")
    put(tmp_path, "registers/terms/README.md", "Terms.\n")
    (tmp_path / "registers/terms/old-link.yaml").symlink_to("user.yaml")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "Begin")
    return tmp_path


def put(root: Path, path: str, text: str) -> None:
    full = root / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(text)


def found(texts: Path, since: str | None = None) -> set[tuple[str, str]]:
    report = open_workspace(texts).check(TODAY, since)
    return {(f.path.rsplit("/", 1)[-1], f.rule) for f in report.findings if f.rule != "schema-line"}


def test_the_edition_is_the_day_of_the_commit_that_holds_exactly_these_records(texts: Path) -> None:
    assert open_workspace(texts).edition == "2026-03-11"
    put(texts, "docs/x.md", "not governed\n")
    put(texts, "registers/terms/README.md", "no record\n")
    assert open_workspace(texts).edition == "2026-03-11"
    put(texts, "registers/terms/new.yaml", "term: new\n")
    assert open_workspace(texts).edition is None


def test_a_folder_that_was_only_touched_keeps_its_edition(texts: Path) -> None:
    os.utime(texts / "registers/terms/user.yaml", (0, 0))
    assert open_workspace(texts).edition == "2026-03-11"


def test_outside_a_repository_there_is_no_edition(tmp_path: Path) -> None:
    put(tmp_path, "governance/charter.yaml", CHARTER)
    assert open_workspace(tmp_path / "governance").edition is None


def test_since_leaves_out_what_stood_there_before(texts: Path) -> None:
    assert found(texts) == {("old.yaml", "misplaced-file"), ("old-link.yaml", "not-a-file")}
    assert found(texts, "HEAD") == set()


def test_since_keeps_a_new_link_pipe_or_misplaced_file(texts: Path) -> None:
    (texts / "registers/terms/new-link.yaml").symlink_to("/etc/passwd")
    os.mkfifo(texts / "registers/terms/pipe.yaml")
    put(texts, "registers/odd/new.yaml", "misplaced: too\n")
    assert found(texts, "HEAD") == {
        ("new-link.yaml", "not-a-file"),
        ("pipe.yaml", "not-a-file"),
        ("new.yaml", "misplaced-file"),
    }


def test_since_keeps_a_record_that_became_a_link(texts: Path) -> None:
    path = texts / "registers/terms/user.yaml"
    path.unlink()
    path.symlink_to("/etc/passwd")
    assert ("user.yaml", "not-a-file") in found(texts, "HEAD")


def test_progress_is_told_in_hundreds(texts: Path) -> None:
    for number in range(250):
        put(texts, f"registers/terms/t{number}.yaml", "term: t\n")
    told: list[tuple[int, int]] = []
    open_workspace(texts, lambda done, of: told.append((done, of)))
    assert told == [(100, 255), (200, 255)]


def test_records_read_in_batches_are_as_each_by_itself(texts: Path) -> None:
    """More than two batches, one of which a large record ends early; some can't be read."""
    for number in range(120):
        put(texts, f"registers/terms/t{number}.yaml", f"term: t{number}\nstatus: draft\n")
    put(texts, "registers/terms/t30.yaml", f"term: {'long ' * 20_000}\n")
    put(texts, "registers/terms/t60.yaml", "term: [unclosed\n")
    workspace = open_workspace(texts)
    documents = {document.path: document for document in workspace.corpus.documents}
    assert len(workspace.files) > 120
    for path, data in workspace.files.items():
        kind = kind_of_path(path)
        assert kind is not None
        assert documents[path] == document_of(path, kind, *read_record(path, kind, data), data), (
            path
        )
    assert documents["registers/terms/t60.yaml"].record is None
