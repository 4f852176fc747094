"""`govkit history`: each change of a record, once, with its class, day, author and release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import CHARTER, D1, D2, V1, Run, change
from .past import ANA, BEA, asked, begin, changes, classes, commit, edit, git

PLATFORM = "registers/terms/platform.yaml"
FR = "translations/fr/platform.yaml"


def test_each_change_is_listed_newest_first_with_all_that_is_asked(
    coalition: Path, govkit: Run
) -> None:
    first = begin(coalition)
    second = edit(
        coalition,
        "must tell the user",
        "should tell the user",
        message="Soften the notice",
        author=BEA,
        day="2026-02-10",
    )
    assert changes(govkit, coalition) == [
        {
            "commit": second,
            "date": "2026-02-10",
            "authors": [BEA],
            "subject": "Soften the notice",
            "merge": False,
            "release": None,
            "what": "changed",
            "class": 5,
            "class_name": "force",
            "floor": 5,
            "declared": None,
            "direction": {"platform_duty": "looser", "user_protection": "weaker"},
            "fields": [],
            "clauses": [
                {
                    "id": "a",
                    "class": 5,
                    "reasons": ["the row of force words differs: must -> should"],
                }
            ],
            "path": D1,
            "old_path": D1,
            "compared_with": None,
            "unread": None,
        },
        {
            "commit": first,
            "date": "2026-01-01",
            "authors": [ANA],
            "subject": "Begin",
            "merge": False,
            "release": None,
            "what": "new",
            "class": 8,
            "class_name": "new or removed",
            "floor": 8,
            "declared": None,
            "direction": {"platform_duty": "tighter", "user_protection": "stronger"},
            "fields": [],
            "clauses": [
                {"id": "a", "class": 8, "reasons": ["new"]},
                {"id": "b", "class": 8, "reasons": ["new"]},
            ],
            "path": D1,
            "old_path": None,
            "compared_with": None,
            "unread": None,
        },
    ]


def test_the_day_is_the_committers_and_counted_in_utc(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    change(coalition, D1, "begins", "starts")
    git(coalition, "add", "-A")
    git(coalition, "commit", "-qm", "Late", day="2026-03-10T23:30:00-0500")
    assert changes(govkit, coalition)[0]["date"] == "2026-03-11"


def test_text_for_people(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    second = edit(
        coalition,
        "must tell the user",
        "should tell the user",
        author=BEA,
        message="Soften the notice",
        day="2026-02-10",
    )
    git(coalition, "tag", "provisions/v1.0.0")
    said = govkit(
        coalition, "history", "EXA-DUE-01", "--limit", "1", "--redline", COLUMNS="80"
    ).stdout.decode()
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
        ("changed", None, ["name"]),
        ("new", None, []),
    ]


def test_the_charter_has_a_history(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    edit(coalition, "one_force: true", "one_force: false", path=CHARTER)
    assert changes(govkit, coalition, id="charter")[0]["fields"] == ["one_force"]


def test_a_translation_is_named_by_its_kind_or_path(coalition: Path, govkit: Run) -> None:
    begin(coalition)
    for name in ("translation:platform", FR):
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
