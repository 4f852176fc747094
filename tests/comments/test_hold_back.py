"""A comment is held back by two coordinators: counted, shown as held, its words nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.comments.conftest import Run, as_json, comment, entries, ok

WORDS = "The clerk A. Example lives in Invented Street 4 and is a liar."
BOTH = ("--who", "example-society", "--who", "other-society")
WHY = "It says where a private person lives."
HOLD = ("hold-back", "1", "--ground", "personal-data", "--reason", WHY)
HELD = "held back: personal data, by example-society and other-society on "


@pytest.fixture(autouse=True)
def _commented(run: Run) -> None:
    ok(
        run(
            "add",
            "--name",
            "B. Example",
            "--group",
            "academia",
            "--unit",
            "EXA-DUE-01",
            "--text",
            WORDS,
            "--proposed",
            "A liar keeps no record.",
            "--received",
            "2026-04-02",
        )
    )


def test_two_coordinators_hold_a_comment_back_and_no_table_or_report_has_its_words(
    texts: Path, run: Run
) -> None:
    said = " ".join(ok(run(*HOLD, *BOTH)).split())
    assert "Comment 0001 of 2026-003 is held back, by example-society and other-society." in said
    assert "To B. Example:" in said
    assert "The ground: personal data." in said
    assert "liar" not in said
    for words in (["table"], ["table", "--format", "csv"], ["table", "--format", "html"]):
        shown = ok(run(*words))
        assert HELD in shown
        assert "liar" not in shown
    report = ok(run("report", "--format", "md"))
    written = "".join(file.read_text("utf-8") for file in Path.cwd().rglob("*.md")) or report
    assert "Held back: personal data, by example-society and other-society on " in written
    assert WHY in written
    assert "liar" not in written
    [found] = as_json(run("table", "--format", "json"))["comments"]
    assert (found["comment"], found["proposed_text"]) == (None, None)
    assert found["held_back"]["ground"] == "personal-data"
    assert found["held_back"]["by"] == ["example-society", "other-society"]
    assert comment(texts, 1).comment == WORDS, "the record stays as the log binds it"
    assert [each.kind for each in entries(texts)][-1] == "act"


def test_held_back_it_is_counted_and_waits_for_no_answer(run: Run) -> None:
    ok(run(*HOLD, *BOTH))
    assert "1 comment: 1 held back." in ok(run("table"))
    assert ok(run("table", "--waiting")) == "No comment is there to show.\n"
    ok(run("restore", "1", "--reason", "The street is invented.", *BOTH))
    assert "1 comment: 1 waiting for an answer." in ok(run("table"))
    assert WORDS in ok(run("table"))


def test_it_may_have_an_answer_which_is_printed(run: Run) -> None:
    ok(run(*HOLD, *BOTH))
    ok(run("dispose", "1", "--action", "not-accepted", "--reply", "Records are kept."))
    shown = ok(run("table", "--format", "csv"))
    assert HELD in shown
    assert "Records are kept." in shown


def test_a_table_that_was_exported_before_is_taken_in(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "comments.csv"
    file.write_text(ok(run("table", "--format", "csv")), encoding="utf-8")
    ok(run(*HOLD, *BOTH))
    ok(run("dispose", "--from", file))


def test_one_coordinator_alone_holds_nothing_back(texts: Path, run: Run) -> None:
    done = run(*HOLD)
    assert done.returncode == 2
    assert "the act `hold-back` would not count: it takes two coordinators" in done.stderr
    assert "held back" not in ok(run("table"))
    assert not (texts / "governance/proposals/2026-003/acts").exists()


def test_a_member_who_coordinates_nothing_is_no_second_coordinator(run: Run) -> None:
    done = run(*HOLD, "--who", "example-society", "--who", "example-institute")
    assert done.returncode == 2
    assert "it takes two coordinators" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hold-back", "9", "--ground", "spam", "--reason", "No."), "has no comment 0009"),
        (("hold-back", "1", "--ground", "rude", "--reason", "No."), "'rude' is not one of"),
        (
            ("hold-back", "1", "--ground", "spam", "--reason", f"They write: {WORDS}"),
            "the reason has the words in it that are to be held back",
        ),
        (("restore", "1", "--reason", "No."), "comment 0001 is not held back"),
    ],
)
def test_what_can_not_be_held_back_says_why(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words, *BOTH)
    assert done.returncode == 2
    assert said in done.stderr


def test_twice_is_once(run: Run) -> None:
    ok(run(*HOLD, *BOTH))
    done = run(*HOLD, *BOTH)
    assert done.returncode == 2
    assert f"comment 0001 is {HELD}" in done.stderr
