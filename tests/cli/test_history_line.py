"""`govkit history`: through renames, merges, squashes and releases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import D1, V1, Run, change
from .past import ANA, BEA, CAI, begin, changes, classes, commit, edit, git

PLATFORM = "registers/terms/platform.yaml"
FR = "translations/fr/platform.yaml"


# --- files that move -----------------------------------------------------------------------------


def test_a_file_is_followed_through_new_names_and_folders(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    other = "provisions/privacy/EXA-DUE-01-told-first.yaml"
    git(coalition, "mv", D1, other)
    change(coalition, other, "begins", "starts")
    commit(coalition, "Move and change")
    last = "provisions/privacy/EXA-DUE-01.yaml"
    git(coalition, "mv", other, last)
    commit(coalition, "Move alone")
    assert classes(changes(govkit, coalition)) == [3, 8]
    listed = changes(govkit, coalition, "--all")
    assert [(each["old_path"], each["path"]) for each in listed] == [
        (other, last),
        (D1, other),
        (None, D1),
    ]


@pytest.mark.parametrize("changed", [False, True], ids=["same bytes", "other words"])
def test_a_file_that_once_had_a_name_without_the_id(
    changed: bool, coalition: Path, govkit: Run
) -> None:
    odd = "provisions/due-process/notice.yaml"
    (coalition / D1).rename(coalition / odd)
    begin(coalition)
    git(coalition, "mv", odd, D1)
    if changed:
        change(coalition, D1, "begins", "starts")
    commit(coalition, "Give it its name")
    assert classes(changes(govkit, coalition)) == ([3, 8] if changed else [8])
    assert changes(govkit, coalition)[-1]["path"] == odd


def test_another_text_that_took_the_place_of_a_file_is_not_the_same(
    coalition: Path, govkit: Run
) -> None:
    """EXA-DUE-01-b.yaml says inside that it is another text."""
    shutil.copy(coalition / V1, coalition / "provisions/due-process/EXA-DUE-01-b.yaml")
    begin(coalition)
    edit(coalition, "at any time", "always", path="provisions/due-process/EXA-DUE-01-b.yaml")
    assert classes(changes(govkit, coalition)) == [8]


def test_a_book_is_known_by_the_id_inside_wherever_it_lies(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "In doubt", "If in doubt", path="provisions/instrument.yaml")
    (coalition / "provisions/book").mkdir()
    git(coalition, "mv", "provisions/instrument.yaml", "provisions/book/instrument.yaml")
    commit(coalition, "Move the book")
    listed = changes(govkit, coalition, "--all", id="INS-provisions")
    assert [each["class"] for each in listed] == [0, 3, 8]
    assert listed[0]["old_path"] == "provisions/instrument.yaml"
    assert classes(changes(govkit, coalition, id="INS-principles")) == [8]


def test_a_text_that_becomes_one_of_another_kind_is_new(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "mv", V1, "recommendations/EXA-PRV-01-export.yaml")
    text = (coalition / "recommendations/EXA-PRV-01-export.yaml").read_text()
    (coalition / "recommendations/EXA-PRV-01-export.yaml").write_text(text)
    commit(coalition, "Make it a recommendation")
    listed = changes(govkit, coalition, id="EXA-PRV-01")
    assert [(each["what"], each["class"]) for each in listed] == [("new", 8), ("new", 8)]


def test_a_text_that_was_removed_is_found_by_its_id(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    (coalition / V1).unlink()
    commit(coalition, "Take it out", BEA)
    listed = changes(govkit, coalition, id="EXA-PRV-01")
    assert [(each["what"], each["class"], each["authors"]) for each in listed] == [
        ("removed", 8, [BEA]),
        ("new", 8, [ANA]),
    ]


# --- merges --------------------------------------------------------------------------------------


def test_a_merge_is_one_change_by_those_who_wrote_it(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "begins", "starts", author=BEA)
    edit(coalition, "where the law forbids it", "where a court forbids it", author=CAI)
    edit(coalition, "at any time", "always", path=V1, author="Somebody Else")
    git(coalition, "switch", "-q", "main")
    git(coalition, "merge", "-q", "--no-ff", "-m", "Merge the draft", "draft", day="2026-04-01")
    merge, _ = changes(govkit, coalition)
    assert (merge["merge"], merge["date"]) == (True, "2026-04-01")
    assert merge["authors"] == [BEA, CAI]
    assert [clause["id"] for clause in merge["clauses"]] == ["a"]


def test_changes_of_both_sides_are_each_listed_once(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "forbids it", "forbids that", author=BEA)
    git(coalition, "switch", "-q", "main")
    edit(coalition, "give the reasons", "give all reasons", author=CAI)
    git(coalition, "merge", "-q", "--no-ff", "-m", "Merge", "draft")
    listed = changes(govkit, coalition)
    assert [(each["authors"], [clause["id"] for clause in each["clauses"]]) for each in listed] == [
        ([BEA], ["a"]),
        ([CAI], ["b"]),
        ([ANA], ["a", "b"]),
    ]


def test_the_main_line_merged_into_a_draft_names_its_authors(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "at any time", "always", path=V1, author=BEA)
    git(coalition, "switch", "-q", "main")
    edit(coalition, "begins", "starts", author=CAI)
    git(coalition, "switch", "-q", "draft")
    git(coalition, "merge", "-q", "--no-ff", "-m", "Merge main", "main", author=BEA)
    assert [each["authors"] for each in changes(govkit, coalition)] == [[CAI], [ANA]]


def test_words_that_the_merge_itself_put_in_are_of_who_merged(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "at any time", "always", path=V1, author=BEA)
    git(coalition, "switch", "-q", "main")
    git(coalition, "merge", "-q", "--no-ff", "--no-commit", "draft")
    edit(coalition, "begins", "starts", message="Merge, and more", author=CAI)
    merge, _ = changes(govkit, coalition)
    assert (merge["merge"], merge["authors"]) == (True, [CAI])


def test_a_squash_is_one_change(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "begins", "starts", author=BEA)
    edit(coalition, "starts", "sets in", author=BEA)
    git(coalition, "switch", "-q", "main")
    git(coalition, "merge", "-q", "--squash", "draft")
    commit(coalition, "Squash", CAI)
    listed = changes(govkit, coalition)
    assert [(each["authors"], each["merge"]) for each in listed] == [([CAI], False), ([ANA], False)]


# --- releases ------------------------------------------------------------------------------------


def test_each_change_names_the_release_that_held_it_first(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "tag", "provisions/v1.0.0")
    edit(coalition, "begins", "starts")
    edit(coalition, "forbids it", "forbids that")
    git(coalition, "tag", "-a", "-m", "two", "provisions/v2.0.0")
    git(coalition, "tag", "not-a-release")
    edit(coalition, "give the reasons", "give all reasons")
    commit(coalition, "Nothing of this text")
    git(coalition, "switch", "-qc", "elsewhere")
    git(coalition, "tag", "recommendations/v9.0.0")
    assert [each["release"] for each in changes(govkit, coalition)] == [
        None,
        "provisions/v2.0.0",
        "provisions/v2.0.0",
        "provisions/v1.0.0",
    ]
    # A definition stands in no book of its own: the first release of any book holds it.
    assert changes(govkit, coalition, id="user")[0]["release"] == "provisions/v1.0.0"


def test_a_release_that_this_branch_does_not_hold_is_not_named(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    commit(coalition)
    git(coalition, "tag", "provisions/v1.0.0")
    git(coalition, "switch", "-q", "main")
    assert changes(govkit, coalition)[0]["release"] is None
