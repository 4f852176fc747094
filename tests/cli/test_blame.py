"""`govkit blame`: which change gave each part of a record its present words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .conftest import D1, D2, USER, V1, Run, change
from .past import ANA, BEA, CAI, asked, begin, commit, edit, git


def parts(govkit: Run, folder: Path, id: str = "EXA-DUE-01") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(govkit, folder, "blame", id)["parts"]
    return found


def givers(govkit: Run, folder: Path, id: str = "EXA-DUE-01") -> dict[str, tuple[str, Any]]:
    """Return the short message of the commit that gave each part its words, and the class."""
    return {each["id"]: (each["subject"], each["class"]) for each in parts(govkit, folder, id)}


def test_each_part_names_the_change_that_gave_it_its_words(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(
        coalition,
        "give the reasons",
        "give all reasons",
        message="All reasons",
        author=BEA,
        day="2026-02-10",
    )
    edit(coalition, "default: 14", "default: 20", message="Longer", author=CAI)
    assert givers(govkit, coalition) == {
        "title": ("Begin", 8),
        "a": ("Begin", 8),
        "b": ("All reasons", 3),
        "notice_days": ("Longer", 6),
    }
    [clause] = [each for each in parts(govkit, coalition) if each["id"] == "b"]
    assert (clause["part"], clause["date"], clause["authors"], clause["known"]) == (
        "clause",
        "2026-02-10",
        [BEA],
        True,
    )
    assert clause["words"] == (
        "The platform must give all reasons for the restriction with the notice."
    )


def test_text_for_people_fits_the_screen(coalition: Path, govkit: Run) -> None:
    first = begin(coalition)[:7]
    change(coalition, D1, "title: Notice", "title: A notice")
    said = govkit(coalition, "blame", "EXA-DUE-01", COLUMNS="80").stdout.decode()
    gap = " " * 62
    assert said == (
        "EXA-DUE-01  A notice before a restriction\n"
        f"provision, in {D1}\n"
        "\n"
        "PART           COMMITTED           CLASS         AUTHOR       WORDS\n"
        "title          not committed yet   3 clarifying  -            A notice before a\n"
        f"{gap}restriction\n"
        f"(a)            2026-01-01 {first}  8 new         Ana Example  The platform must\n"
        f"{gap}tell the user of a\n"
        f"{gap}restriction at\n"
        f"{gap}least …\n"
        f"(b)            2026-01-01 {first}  8 new         Ana Example  The platform must\n"
        f"{gap}give the reasons\n"
        f"{gap}for the\n"
        f"{gap}restriction with …\n"
        f"{{notice_days}}  2026-01-01 {first}  8 new         Ana Example  14 days\n"
    )


def test_a_change_of_form_gives_no_words(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(
        coalition,
        "text: The platform must give the reasons",
        "text: >-\n      The platform must give\n      the reasons",
        message="Wrap it",
    )
    git(coalition, "mv", D1, "provisions/due-process/EXA-DUE-01.yaml")
    commit(coalition, "Rename it")
    assert {subject for subject, _ in givers(govkit, coalition).values()} == {"Begin"}


def test_who_is_bound_and_how_strongly_are_no_words(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "category: procedural", "category: substantive", message="Another category")
    assert {subject for subject, _ in givers(govkit, coalition).values()} == {"Begin"}


def test_conditions_and_exceptions_are_words_of_their_clause(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "where the law forbids it", "where a court forbids it", message="A court")
    assert givers(govkit, coalition)["a"][0] == "A court"


def test_words_that_went_and_came_back_are_of_who_brought_them_back(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    edit(coalition, "begins", "starts", message="Away")
    edit(coalition, "starts", "begins", message="Back")
    assert givers(govkit, coalition)["a"][0] == "Back"


def test_a_merge_gives_the_words_of_its_branch_and_names_who_wrote_them(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "begins", "starts", author=BEA)
    git(coalition, "switch", "-q", "main")
    git(coalition, "merge", "-q", "--no-ff", "-m", "Merge", "draft")
    [clause] = [each for each in parts(govkit, coalition) if each["id"] == "a"]
    assert (clause["subject"], clause["authors"], clause["merge"]) == ("Merge", [BEA], True)


def test_a_withdrawn_clause_names_who_withdrew_it(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    text = (coalition / D2).read_text()
    start = text.index("  - id: b\n")
    end = text.index("parameters:")
    gone = "  - id: b\n    withdrawn: {reason: it is said elsewhere, on: 2026-02-01}\n"
    (coalition / D2).write_text(text[:start] + gone + text[end:])
    commit(coalition, "Withdraw (b)")
    assert givers(govkit, coalition, "EXA-DUE-02")["b"] == ("Withdraw (b)", 8)
    assert "(withdrawn)" in govkit(coalition, "blame", "EXA-DUE-02").stdout.decode()


def test_a_definition(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "has an account on", "uses", path=USER, message="Wider")
    assert givers(govkit, coalition, "user") == {"term": ("Begin", 7), "definition": ("Wider", 7)}


def test_a_book(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "owed fair", "owed clear", path="provisions/instrument.yaml", message="Clear")
    found = givers(govkit, coalition, "INS-provisions")
    assert found == {"title": ("Begin", 8), "p1": ("Clear", 3), "i1": ("Begin", 8)}


def test_a_record_that_binds_nobody_is_told_by_its_fields(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(
        coalition,
        "title: First",
        "title: The first",
        path="registers/events/first-meeting.yaml",
        message="Name it",
    )
    found = givers(govkit, coalition, "first-meeting")
    assert found["title"] == ("Name it", None)
    assert found["kind"] == ("Begin", None)


def test_words_from_a_state_that_cant_be_read_are_shown_at_the_next_one(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    change(coalition, D1, "begins", "starts")
    broken = edit(coalition, "clauses:", "clauses: [", message="Change and break")
    edit(coalition, "clauses: [", "clauses:", message="Mend")
    assert givers(govkit, coalition)["a"] == ("Mend", 3)
    assert asked(govkit, coalition, "blame", "EXA-DUE-01")["unread"] == [
        {"commit": broken, "path": D1}
    ]
    assert (
        "can't be read in this version" in govkit(coalition, "blame", "EXA-DUE-01").stdout.decode()
    )


def test_a_text_that_was_removed_has_no_present_words(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    (coalition / V1).unlink()
    done = govkit(coalition, "blame", "EXA-PRV-01")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "was removed" in done.stderr.decode()


def test_a_text_that_cant_be_read_now(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    change(coalition, D1, "clauses:", "clauses: [")
    done = govkit(coalition, "blame", "EXA-DUE-01")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "Run `govkit check` and mend it first." in done.stderr.decode()


def test_a_shallow_clone_names_no_change_that_it_does_not_know(
    coalition: Path, tmp_path: Path, govkit: Run
) -> None:
    begin(coalition)
    edit(coalition, "give the reasons", "give all reasons", message="All", day="2026-02-01")
    edit(coalition, "begins", "starts", message="Start", day="2026-03-01")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{coalition}", "shallow")
    found = asked(govkit, tmp_path / "shallow", "blame", "EXA-DUE-01", note=True)
    assert found["complete"] is False
    assert [
        (each["id"], each["known"], each["subject"], each["date"]) for each in found["parts"]
    ] == [
        ("title", False, "", None),
        ("a", True, "Start", "2026-03-01"),
        ("b", False, "", None),
        ("notice_days", False, "", None),
    ]
    done = govkit(tmp_path / "shallow", "blame", "EXA-DUE-01")
    assert "by 2026-02-01       -             not known" in done.stdout.decode()
    assert "git fetch --unshallow" in done.stderr.decode()
    done = govkit(tmp_path / "shallow", "blame", "EXA-DUE-02")
    assert (done.returncode, done.stdout) == (3, b"")


@pytest.mark.parametrize("name", ["--upload-pack=x", "EXA-DUE-1"])
def test_a_wrong_name_ends_with_2(name: str, coalition: Path, govkit: Run) -> None:
    begin(coalition)
    assert govkit(coalition, "blame", "--", name).returncode == 2
    assert govkit(coalition, "blame", name).returncode == 2


def test_outside_a_repository_nothing_is_known(coalition: Path, govkit: Run) -> None:
    done = govkit(coalition, "blame", "EXA-DUE-01")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "is in no git repository" in done.stderr.decode()


def test_a_hostile_author_can_move_nothing(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "begins", "starts", author=f"{ANA}\x1b[2J\x07")
    done = govkit(coalition, "blame", "EXA-DUE-01")
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout
