"""`govkit history`: each change of a record, once, with its class, day, author and release."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import CHARTER, D1, D2, USER, V1, Run, change
from .past import ANA, BEA, CAI, asked, begin, commit, edit, git

PLATFORM = "registers/terms/platform.yaml"
FR = "translations/fr/EXA-DUE-01.yaml"


def changes(govkit: Run, folder: Path, *words: str, id: str = "EXA-DUE-01") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked(govkit, folder, "history", id, *words)["changes"]
    return found


def classes(listed: list[dict[str, Any]]) -> list[Any]:
    return [each["class"] for each in listed]


def test_each_change_is_listed_newest_first_with_all_that_is_asked(
    coalition: Path, govkit: Run
) -> None:
    first = begin(coalition)
    second = edit(
        coalition, "must tell the user", "should tell the user", message="Soften the notice",
        author=BEA, day="2026-02-10",
    )  # fmt: skip
    assert changes(govkit, coalition) == [
        {
            "commit": second, "date": "2026-02-10", "authors": [BEA],
            "subject": "Soften the notice", "merge": False, "release": None,
            "what": "changed", "class": 5, "class_name": "force", "floor": 5, "declared": None,
            "direction": {"platform_duty": "looser", "user_protection": "weaker"},
            "fields": [],
            "clauses": [
                {"id": "a", "class": 5,
                 "reasons": ["the row of force words differs: must -> should"]}
            ],
            "path": D1, "old_path": D1, "compared_with": None, "unread": None,
        },
        {
            "commit": first, "date": "2026-01-01", "authors": [ANA],
            "subject": "Begin", "merge": False, "release": None,
            "what": "new", "class": 8, "class_name": "new or removed", "floor": 8, "declared": None,
            "direction": {"platform_duty": "tighter", "user_protection": "stronger"},
            "fields": [],
            "clauses": [{"id": "a", "class": 8, "reasons": ["new"]},
                        {"id": "b", "class": 8, "reasons": ["new"]}],
            "path": D1, "old_path": None, "compared_with": None, "unread": None,
        },
    ]  # fmt: skip


def test_the_day_is_the_committers_and_counted_in_utc(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    change(coalition, D1, "begins", "starts")
    git(coalition, "add", "-A")
    git(coalition, "commit", "-qm", "Late", day="2026-03-10T23:30:00-0500")
    assert changes(govkit, coalition)[0]["date"] == "2026-03-11"


def test_text_for_people(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    second = edit(coalition, "must tell the user", "should tell the user", author=BEA,
                  message="Soften the notice", day="2026-02-10")  # fmt: skip
    git(coalition, "tag", "provisions/v1.0.0")
    said = govkit(coalition, "history", "EXA-DUE-01", "--limit", "1", "--redline").stdout.decode()
    assert said == (
        "EXA-DUE-01  Notice before a restriction\n"
        f"provision, in {D1}\n"
        "\n"
        f"2026-02-10  {second[:7]}  class 5, force: (a)\n"
        "    platform's duty: looser · user's protection: weaker\n"
        "    by Bea Example · first in provisions/v1.0.0\n"
        "    Soften the notice\n"
        "    (a)\n"
        "        The platform [-must-] [+should+] tell the user of a"
        "\n"
        "        [restriction](term:restriction) at least {notice_days} days before it\n"
        "        begins.\n"
        "\n"
        "1 change shown; there are more.\n"
    )


def test_a_change_of_form_alone_is_left_out_unless_all_are_asked_for(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    edit(coalition, "status: draft", 'status: "draft"   # as yet', message="Tidy")
    assert classes(changes(govkit, coalition)) == [8]
    listed = changes(govkit, coalition, "--all")
    assert [(each["what"], each["class"]) for each in listed] == [("form", 0), ("new", 8)]
    assert (
        "the form of the file alone"
        in govkit(coalition, "history", "EXA-DUE-01", "--all").stdout.decode()
    )


def test_a_limit_counts_what_is_listed_and_says_that_there_is_more(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    edit(coalition, "begins", "starts")
    edit(coalition, "status: draft", 'status: "draft"')
    edit(coalition, "starts", "begins")
    found = asked(govkit, coalition, "history", "EXA-DUE-01", "--limit", "2")
    assert (classes(found["changes"]), found["more"]) == ([3, 3], True)
    found = asked(govkit, coalition, "history", "EXA-DUE-01", "--limit", "3")
    assert (classes(found["changes"]), found["more"]) == ([3, 3, 8], False)


def test_redlines_join_to_the_old_and_the_new_words(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "at least {notice_days}\n      days", "no less than {notice_days}\n      days")
    [clause] = changes(govkit, coalition, "--redline")[0]["clauses"]
    old = "".join(old for _, old, _ in clause["operations"])
    new = "".join(new for _, _, new in clause["operations"])
    assert old.endswith("at least {notice_days} days before it begins.")
    assert new == old.replace("at least", "no less than")


def test_what_is_not_committed_yet_comes_first(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    change(coalition, D1, "where the law forbids it", "where a court forbids it")
    first, second = changes(govkit, coalition)
    assert (first["commit"], first["date"], first["authors"]) == (None, None, [])
    assert [clause["id"] for clause in first["clauses"]] == ["a"]
    assert second["class"] == 8
    assert "not committed yet  class" in govkit(coalition, "history", "EXA-DUE-01").stdout.decode()


def test_a_text_that_was_never_committed(coalition: Path, govkit: Run) -> None:
    (coalition / D2).rename(coalition.parent / "aside.yaml")
    begin(coalition)
    (coalition.parent / "aside.yaml").rename(coalition / D2)
    [only] = changes(govkit, coalition, id="EXA-DUE-02")
    assert (only["commit"], only["what"], only["class"]) == (None, "new", 8)


def test_before_the_first_commit_the_work_folder_is_all(coalition: Path, govkit: Run) -> None:
    git(coalition, "init", "-q", "-b", "main")
    found = asked(govkit, coalition, "history", "EXA-DUE-01")
    assert [each["what"] for each in found["changes"]] == ["new"]
    assert found["complete"] is True


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
        (other, last), (D1, other), (None, D1),
    ]  # fmt: skip


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
        ("removed", 8, [BEA]), ("new", 8, [ANA]),
    ]  # fmt: skip


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
    assert [
        (each["authors"], [clause["id"] for clause in each["clauses"]]) for each in listed
    ] == [([BEA], ["a"]), ([CAI], ["b"]), ([ANA], ["a", "b"])]  # fmt: skip


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
        None, "provisions/v2.0.0", "provisions/v2.0.0", "provisions/v1.0.0",
    ]  # fmt: skip
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


# --- other kinds ---------------------------------------------------------------------------------


def test_a_definition_that_a_text_uses_is_of_class_7_when_it_comes(
    coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    assert classes(changes(govkit, coalition, id="user")) == [7]


def test_a_definition_that_nobody_uses_yet_is_an_addition(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    fee = coalition / "registers/terms/fee.yaml"
    fee.write_text("term: fee\nstatus: draft\ndefinition: Money that a person pays.\n")
    assert classes(changes(govkit, coalition, id="fee")) == [4]
    commit(coalition)
    edit(coalition, "ask a fee for", "ask a [fee](term:fee) for", path=D2)
    edit(coalition, "that a person pays", "that somebody pays", path="registers/terms/fee.yaml")
    assert classes(changes(govkit, coalition, id="fee")) == [7, 4]


def test_a_member_has_changes_without_a_class(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    member = "governance/members/example-society.yaml"
    edit(coalition, "name: ", "name: The ", path=member)
    listed = changes(govkit, coalition, id="example-society")
    assert [(each["what"], each["class"], each["fields"]) for each in listed] == [
        ("changed", None, ["name"]), ("new", None, []),
    ]  # fmt: skip


def test_the_charter_has_a_history(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "one_force: true", "one_force: false", path=CHARTER)
    assert changes(govkit, coalition, id="charter")[0]["fields"] == ["one_force"]


def test_a_translation_is_named_by_its_kind_or_path(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    for name in ("translation:EXA-DUE-01", FR):
        [only] = changes(govkit, coalition, id=name)
        assert only["path"] == FR


def test_a_status_that_moves_is_of_class_s(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "status: draft", "status: trial")
    newest = changes(govkit, coalition)[0]
    assert (newest["class"], newest["fields"]) == ("S", ["status"])


# --- classes as they were then -------------------------------------------------------------------


def test_a_misspelling_is_proved_by_the_texts_as_they_were_then(
    coalition: Path, govkit: Run
) -> None:
    """What is written wrong in two texts is not proved to be wrong, whatever was mended later."""
    change(coalition, D1, "before it begins", "before it begins, without excepton")
    begin(coalition)
    edit(coalition, "excepton", "exception")
    assert classes(changes(govkit, coalition)) == [1, 8]
    edit(coalition, "exception", "excepton")
    edit(coalition, "at any time", "at any time, without excepton", path=V1)
    edit(coalition, "excepton", "exception")
    edit(coalition, "excepton", "exception", path=V1)
    assert classes(changes(govkit, coalition))[0] == 3


def test_the_charter_of_that_day_says_whom_a_text_binds(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "must tell the user", "should tell the user")
    edit(coalition, "parties: [platform, user]", "parties: [user, platform]", path=CHARTER)
    assert changes(govkit, coalition)[0]["direction"]["platform_duty"] == "looser"


def digest(govkit: Run, folder: Path, id: str) -> str:
    done = govkit(folder, "show", f"provision:{id}", "--format", "json")
    found: str = json.loads(done.stdout)["digest"]
    return found


@pytest.mark.parametrize(
    "place", ["governance/changes", "governance/proposals/2026-001/rev-1/changes"]
)
def test_a_class_that_the_author_declared_for_these_words_holds(
    place: str, coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    before = digest(govkit, coalition, "EXA-DUE-01")
    edit(coalition, "begins", "starts", message="Declared")
    after = digest(govkit, coalition, "EXA-DUE-01")
    edit(coalition, "starts", "sets in", message="Not declared")
    edit(coalition, "Whoever runs", "Everybody who runs", path=PLATFORM)
    (coalition / place).mkdir(parents=True)
    (coalition / place / "EXA-DUE-01.yaml").write_text(
        f"of: EXA-DUE-01\nbefore: {before}\nafter: {after}\nclass: 6\nreason: Other days count.\n"
    )
    commit(coalition, "Declare it")
    newest, declared, first = changes(govkit, coalition)
    assert (newest["class"], newest["declared"]) == (3, None)
    assert (declared["class"], declared["floor"], declared["declared"]) == (6, 3, 6)
    assert first["class"] == 8
    assert (
        "class 6, scope (declared 6, not under 3): (a)"
        in govkit(coalition, "history", "EXA-DUE-01").stdout.decode()
    )


# --- what can't be read --------------------------------------------------------------------------


def test_a_state_that_cant_be_read_is_named_and_the_gap_is_compared(
    coalition: Path, govkit: Run
) -> None:
    first = begin(coalition)
    broken = edit(coalition, "clauses:", "clauses: [", message="Break it")
    edit(coalition, "clauses: [", "clauses:", message="Mend it")
    mended = changes(govkit, coalition, "--all")
    assert [(each["what"], each["class"]) for each in mended] == [
        ("form", 0), ("unread", None), ("new", 8),
    ]  # fmt: skip
    assert mended[1]["commit"] == broken
    assert mended[1]["unread"]
    edit(coalition, "clauses:", "clauses: [", message="Break it again")
    change(coalition, D1, "clauses: [", "clauses:")
    edit(coalition, "begins", "starts", message="Mend it otherwise")
    newest = changes(govkit, coalition)[0]
    assert newest["class"] == 3
    assert newest["compared_with"] == mended[0]["commit"]
    assert first != mended[0]["commit"]
    said = govkit(coalition, "history", "EXA-DUE-01").stdout.decode()
    assert "can't be read: " in said
    assert f"Compared with {mended[0]['commit'][:7]}, the last state that can be read." in said


def test_a_text_that_was_never_readable_and_is_gone(coalition: Path, govkit: Run) -> None:
    change(coalition, D1, "clauses:", "clauses: [")
    begin(coalition)
    (coalition / D1).unlink()
    commit(coalition)
    assert [each["what"] for each in changes(govkit, coalition)] == ["removed", "unread"]


def test_a_file_that_was_too_large_to_read(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    text = (coalition / D1).read_text()
    (coalition / D1).write_text(text + "# " + "x" * (1 << 20) + "\n")
    commit(coalition)
    (coalition / D1).write_text(text)
    commit(coalition)
    listed = changes(govkit, coalition, "--all")
    assert [each["what"] for each in listed] == ["form", "unread", "new"]
    assert "larger than 1 MiB" in listed[1]["unread"]


def test_a_link_in_the_place_of_the_text_is_no_text(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    (coalition / D1).unlink()
    (coalition / D1).symlink_to("/etc/passwd")
    commit(coalition)
    assert [each["what"] for each in changes(govkit, coalition)] == ["removed", "new"]


# --- where the history ends ----------------------------------------------------------------------


@pytest.fixture
def shallow(coalition: Path, tmp_path: Path) -> Path:
    """A clone of the newest two of three commits; the second changed EXA-DUE-01."""
    begin(coalition)
    edit(coalition, "begins", "starts", day="2026-02-01")
    edit(coalition, "starts", "sets in", day="2026-03-01")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{coalition}", "shallow")
    return tmp_path / "shallow"


def test_a_shallow_clone_says_where_it_ends_and_claims_nothing_about_it(
    shallow: Path, govkit: Run
) -> None:
    found = asked(govkit, shallow, "history", "EXA-DUE-01", note=True)
    assert [(each["date"], each["what"]) for each in found["changes"]] == [
        ("2026-03-01", "changed")
    ]
    assert found["complete"] is False
    assert found["known_since"]["date"] == "2026-02-01"
    done = govkit(shallow, "history", "EXA-DUE-01")
    assert done.returncode == 0
    assert "back to 2026-02-01" in done.stderr.decode()
    assert "git fetch --unshallow" in done.stderr.decode()


def test_a_shallow_clone_that_knows_no_change_ends_with_3(shallow: Path, govkit: Run) -> None:
    done = govkit(shallow, "history", "EXA-DUE-02")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "no change of `EXA-DUE-02` is in it" in done.stderr.decode()


def test_outside_a_repository_there_is_no_history(coalition: Path, govkit: Run) -> None:
    done = govkit(coalition, "history", "EXA-DUE-01")
    assert (done.returncode, done.stdout) == (3, b"")
    assert "is in no git repository" in done.stderr.decode()


# --- hostile and mistaken input ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("EXA-DUE-1", "Did you mean `EXA-DUE-01`?"),
        ("exa-due-01", "Did you mean `EXA-DUE-01`?"),
        ("", "there is no record ``"),
        ("nothing-like-it-at-all", "`govkit list` shows all records."),
        ("../../etc/passwd", "there is no record"),
        ("member:user", "Did you mean `user`?"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
    ],
)
def test_an_unknown_id_ends_with_2_and_a_way_out(
    name: str, said: str, coalition: Path, govkit: Run
) -> None:
    begin(coalition)
    done = govkit(coalition, "history", "--", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


@pytest.mark.parametrize("name", ["--upload-pack=x", "--output=x", "-x", "--all-the-rest"])
def test_an_id_that_looks_like_an_option_is_none(name: str, coalition: Path, govkit: Run) -> None:
    begin(coalition)
    before = sorted(coalition.rglob("*"))
    for words in ((name,), ("--", name)):
        done = govkit(coalition, "history", *words)
        assert (done.returncode, done.stdout) == (2, b"")
    assert sorted(coalition.rglob("*")) == before


def test_a_slug_of_two_kinds_has_to_be_told_apart(coalition: Path, govkit: Run) -> None:
    shutil.copy(coalition / "registers/sources/example-act.yaml",
                coalition / "registers/sources/user.yaml")  # fmt: skip
    begin(coalition)
    done = govkit(coalition, "history", "user")
    assert done.returncode == 2
    assert "Say which: source:user, term:user." in done.stderr.decode()
    assert changes(govkit, coalition, id="term:user")[0]["path"] == USER


def test_what_a_terminal_would_obey_is_shown_and_not_sent(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    odd = "provisions/due-process/EXA-DUE-01-\x1b[31mred.yaml"
    git(coalition, "mv", D1, odd)
    change(coalition, odd, "begins", "starts")
    commit(coalition, "A \x1b]0;title\x07 subject", "Mallory \x1b[2J\x9b31m")
    done = govkit(coalition, "history", "EXA-DUE-01", "--redline")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout
    said = done.stdout.decode()
    assert "by Mallory \\x1b[2J\\x9b31m" in said
    assert "EXA-DUE-01-\\x1b[31mred.yaml" in said
    assert changes(govkit, coalition)[0]["authors"] == ["Mallory \x1b[2J\x9b31m"]


def test_an_author_whose_name_is_not_utf8(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "begins", "starts", author="Rene")
    raw = subprocess.run(
        ["git", "cat-file", "commit", "HEAD"], cwd=coalition, check=True, capture_output=True
    ).stdout.replace(b"Rene", b"Ren\xe9")
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=coalition, check=True, capture_output=True, input=raw,
    )  # fmt: skip
    git(coalition, "reset", "-q", "--hard", made.stdout.decode().strip())
    assert changes(govkit, coalition)[0]["authors"] == ["Ren\ufffd"]
    done = govkit(coalition, "history", "EXA-DUE-01")
    assert done.returncode == 0
    assert "by Ren\\udce9" in done.stdout.decode()


def test_settings_of_a_repository_change_nothing(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    git(coalition, "switch", "-qc", "draft")
    edit(coalition, "begins", "starts", author=BEA)
    git(coalition, "switch", "-q", "main")
    git(coalition, "merge", "-q", "--no-ff", "-m", "Merge", "draft")
    before = govkit(coalition, "history", "EXA-DUE-01", "--format", "json").stdout
    for key, value in (
        ("log.showRoot", "false"), ("log.diffMerges", "off"), ("log.date", "iso"),
        ("color.ui", "always"), ("diff.renames", "copies"), ("format.pretty", "oneline"),
        ("log.decorate", "full"), ("core.abbrev", "5"), ("i18n.logOutputEncoding", "latin1"),
    ):  # fmt: skip
        git(coalition, "config", key, value)
    assert govkit(coalition, "history", "EXA-DUE-01", "--format", "json").stdout == before


def test_a_coalition_in_a_sub_folder_of_a_repository(
    tmp_path: Path, coalition: Path, govkit: Run
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "Begin")
    edit(coalition, "begins", "starts", author=BEA)
    assert [each["authors"] for each in changes(govkit, coalition)] == [[BEA], [ANA]]
    assert [each["path"] for each in changes(govkit, coalition / "provisions")] == [D1, D1]


def test_a_repository_with_longer_ids(coalition: Path, govkit: Run) -> None:
    git(coalition, "init", "-q", "-b", "main", "--object-format=sha256")
    commit(coalition, "Begin")
    second = edit(coalition, "begins", "starts")
    assert len(second) == 64
    assert [each["commit"] == second for each in changes(govkit, coalition)] == [True, False]
