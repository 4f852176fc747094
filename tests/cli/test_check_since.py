"""`govkit check --since`: what a change can have caused, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import (
    CHARTER,
    D1,
    D2,
    DAY,
    RECORDS,
    SOURCE,
    USER,
    V1,
    Run,
    change,
    commit,
    git,
    report,
    rules,
    spoil,
)


def since(folder: Path, govkit: Run, revision: str = "start") -> subprocess.CompletedProcess[bytes]:
    return govkit(folder, "check", "--format", "json", *DAY, f"--since={revision}")


@pytest.fixture
def faulty(repository: Path) -> Path:
    """Two old faults stand on `main`: one in EXA-PRV-01, and one in the source."""
    change(repository, V1, "between: [privacy, due-process]", "between: [privacy, safety]")
    change(repository, SOURCE, "kind: binding", "kind: law")
    commit(repository)
    git(repository, "tag", "-f", "start")
    return repository


def test_since_keeps_what_is_in_a_changed_file(faulty: Path, govkit: Run) -> None:
    change(faulty, V1, "take out a copy", "take away a copy")
    done = since(faulty, govkit)
    found = [(V1, "evidence-unanswered"), (V1, "not-in-charter")]
    assert (done.returncode, rules(done)) == (1, found)
    assert report(done)["summary"] == {"records": RECORDS, "errors": 1, "warnings": 0, "advice": 1}


def test_since_says_how_many_findings_it_left_out(faulty: Path, govkit: Run) -> None:
    done = govkit(faulty, "check", "--since", "start")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("2 findings elsewhere left out")


def test_since_looks_at_the_folder_and_not_only_at_commits(faulty: Path, govkit: Run) -> None:
    """Changed, staged and new files count alike."""
    spoil(faulty, D1)
    git(faulty, "add", D1)
    spoil(faulty, D2)
    (faulty / "registers/terms/fee.yaml").write_text("term: fee\n")
    assert {path for path, _ in rules(since(faulty, govkit))} == {
        D1,
        D2,
        "registers/terms/fee.yaml",
    }


def test_since_keeps_a_file_that_links_to_what_was_removed(repository: Path, govkit: Run) -> None:
    (repository / "registers/issues/silent-removal.yaml").unlink()
    commit(repository)
    done = since(repository, govkit)
    assert rules(done) == [("registers/responses/example-notices.yaml", "unknown-reference")]


def test_since_keeps_a_file_that_links_to_what_was_changed(repository: Path, govkit: Run) -> None:
    change(repository, D2, "  - id: b\n", "  - id: c\n")
    change(
        repository,
        "recommendations/EXR-01-published-figures.yaml",
        "(ref:EXA-DUE-01)",
        "(ref:EXA-DUE-02(a))",
    )
    commit(repository)
    git(repository, "tag", "-f", "start")
    change(repository, D2, "  - id: a\n", "  - id: d\n")
    paths = [path for path, rule in rules(since(repository, govkit)) if rule == "unknown-clause"]
    assert "recommendations/EXR-01-published-figures.yaml" in paths


def test_since_keeps_a_text_that_uses_a_term_by_way_of_another(
    repository: Path, govkit: Run
) -> None:
    """EXA-DUE-02 marks `restriction`, whose definition uses `platform`; EXA-PRV-01 is bound too."""
    for path in (D2, V1, "registers/issues/silent-removal.yaml"):
        change(repository, path, "title: ", "title: TBD ")
    commit(repository)
    git(repository, "tag", "-f", "start")
    change(repository, "registers/terms/platform.yaml", "Whoever runs", "Everybody who runs")
    kept = {path for path, _ in rules(since(repository, govkit))}
    assert kept == {D2, V1, "translations/fr/platform.yaml"}


def test_since_keeps_everything_where_the_charter_changed(faulty: Path, govkit: Run) -> None:
    change(faulty, CHARTER, "title: Privacy", "title: Private life")
    assert rules(since(faulty, govkit)) == [(V1, "not-in-charter"), (SOURCE, "unknown-word")]


@pytest.mark.parametrize("name", ["registers/terms/fee.yml", "registers/terms/list.txt"])
def test_since_keeps_a_new_file_that_is_no_record(name: str, repository: Path, govkit: Run) -> None:
    (repository / name).touch()
    assert [path for path, _ in rules(since(repository, govkit))] == [name]


def test_since_keeps_a_link_that_came_in(repository: Path, govkit: Run) -> None:
    (repository / "registers/terms/fee.yaml").symlink_to("user.yaml")
    commit(repository)
    assert rules(since(repository, govkit)) == [("registers/terms/fee.yaml", "not-a-file")]


def test_since_finds_an_id_that_a_new_file_takes_from_an_old_one(
    repository: Path, govkit: Run
) -> None:
    """Wherever the new file stands in the order of names, the finding is kept."""
    for name in ("EXA-PRV-01-a.yaml", "EXA-PRV-01-z.yaml"):
        shutil.copy(repository / V1, repository / f"provisions/privacy/{name}")
        done = since(repository, govkit)
        assert rules(done) == [(f"provisions/privacy/{name}", "duplicate-id")]
        (repository / f"provisions/privacy/{name}").unlink()


def test_since_finds_a_text_that_a_new_line_lists_a_second_time(
    repository: Path, govkit: Run
) -> None:
    for path in ("provisions/instrument.yaml", "recommendations/instrument.yaml"):
        change(repository, path, "items: [", "items: [EXP-01, ")
        assert rules(since(repository, govkit)) == [(path, "listed-twice")]
        git(repository, "checkout", "-q", path)


def test_since_keeps_a_rationale_that_links_to_what_was_removed(
    repository: Path, govkit: Run
) -> None:
    change(repository, V1, "balancing:", "rationale: See [the act](term:act).\nbalancing:")
    act = repository / "registers/terms/act.yaml"
    shutil.copy(repository / USER, act)
    commit(repository)
    git(repository, "tag", "-f", "start")
    act.unlink()
    done = since(repository, govkit)
    assert rules(done) == [(V1, "unknown-reference")]
    assert "It was removed: put it back" in done.stdout.decode()


def test_since_takes_the_merge_base_and_not_the_tip(repository: Path, govkit: Run) -> None:
    """What changed on the other branch alone is none of mine."""
    git(repository, "checkout", "-q", "-b", "other")
    change(repository, V1, "title: ", "title: TBD ")
    commit(repository)
    git(repository, "checkout", "-q", "main")
    change(repository, D2, "title: ", "title: TBD ")
    commit(repository)
    assert rules(since(repository, govkit, "other")) == [(D2, "placeholder")]


@pytest.mark.parametrize("revision", ["nowhere", "start..main", "", "HEAD^{tree}", "start\n"])
def test_an_unknown_revision_ends_with_2(revision: str, repository: Path, govkit: Run) -> None:
    done = since(repository, govkit, revision)
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert "there is no commit named" in said or "names a tree, and no commit" in said


@pytest.mark.parametrize("revision", ["--output=taken", "--all", "-h", "--help"])
def test_a_revision_that_looks_like_an_option_is_none(
    revision: str, repository: Path, govkit: Run
) -> None:
    before = sorted(str(path) for path in repository.rglob("*"))
    done = since(repository, govkit, revision)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sorted(str(path) for path in repository.rglob("*")) == before


def test_a_history_that_is_cut_short_ends_with_3(
    repository: Path, tmp_path: Path, govkit: Run
) -> None:
    first = git(repository, "rev-parse", "HEAD")
    spoil(repository, D1)
    commit(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(shallow))
    for revision in (first, "HEAD~1"):
        done = since(shallow, govkit, revision)
        assert (done.returncode, done.stdout) == (3, b"")
        assert "fetch-depth: 0" in done.stderr.decode()


def test_since_outside_a_repository_is_no_traceback(coalition: Path, govkit: Run) -> None:
    done = since(coalition, govkit)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "is in no git repository" in done.stderr.decode()


def test_since_in_a_sub_folder_of_a_repository(
    tmp_path: Path, coalition: Path, govkit: Run
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    change(coalition, V1, "title: ", "title: TBD ")
    commit(tmp_path)
    change(coalition, D2, "title: ", "title: TBD ")
    assert rules(since(coalition, govkit, "main")) == [(D2, "placeholder")]
