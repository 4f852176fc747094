"""`govkit diff --whole`: the books from end to end, each change in its place, notes beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import D1, D2, USER, Run, change, commit, git, report

STRONG, WEAK = "must give the reasons", "should give the reasons"


@pytest.fixture
def edited(repository: Path) -> Path:
    """The small coalition with one clause weaker, one title and one definition changed."""
    change(repository, D1, STRONG, WEAK)
    change(repository, D1, "  - id: b\n    force: must", "  - id: b\n    force: should")
    change(repository, D2, "title:", "title: A")
    change(repository, USER, "person", "natural person")
    commit(repository)
    git(repository, "tag", "-a", "-m", "a release", "provisions/v1.0.0")
    return repository


def told(run: Run, folder: Path, *words: str) -> str:
    done = run(folder, "diff", "--whole", *words, COLUMNS="88")
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_every_clause_stands_there_and_the_changed_ones_with_their_class(
    govkit: Run, edited: Path
) -> None:
    text = told(govkit, edited, "start", "provisions/1.0.0")
    head, _, rest = text.partition("Schedule of changes")
    assert re.search(r"From: commit [0-9a-f]{12} of ", head)
    assert re.search(r"To: provisions/v1\.0\.0, commit [0-9a-f]{12} of ", head)
    schedule, _, books = rest.partition("\n\n")
    classes = re.findall(r"^ *\d+\. .*? \u00b7 (\d)", schedule, re.MULTILINE)
    assert classes == sorted(classes, reverse=True)
    assert len(classes) == 3
    assert "Force of (b): [-must-] [+should+]" in books
    assert "[-must-] [+should+] give the reasons" in " ".join(books.split())
    assert books.count("(a) ") >= 3  # texts in which nothing changed are printed, too
    assert "clauses." not in text
    assert not re.search(r"\{[a-z_]+\}", text)
    assert "Other changes" in books
    assert "](term:" not in text


@pytest.mark.parametrize(
    ("format_", "note"),
    [
        ("md", "> Class 5, force \u00b7 Platform\u2019s duty: looser"),
        ("html", '<aside class="margin"><p>Class 5, force<br>Platform\u2019s duty: looser<br>'),
    ],
)
def test_the_note_stands_before_what_it_is_about(
    govkit: Run, edited: Path, format_: str, note: str
) -> None:
    page = told(govkit, edited, "start", "HEAD", "EXA-DUE-01", "--format", format_)
    assert note in page
    before, _, after = page.partition(note)
    assert "EXA-DUE-01" in before
    assert "give the reasons" in after


def test_a_blank_is_printed_with_its_value_and_unit(govkit: Run, repository: Path) -> None:
    change(repository, D1, "at least {notice_days}", "no less than {notice_days}")
    for words in (("diff", "start"), ("diff", "--whole", "start")):
        shown = " ".join(govkit(repository, *words).stdout.decode().split())
        assert re.search(r"\[-at least-\] \[\+no less than\+\] \[\d+ days\] before", shown)
        assert not re.search(r"\{[a-z_]+\}", shown)


def test_a_book_that_neither_side_has_is_no_book(govkit: Run, repository: Path) -> None:
    for words in (
        ("diff", "--whole", "start", ".", "INS-provision"),
        ("diff", "start", "INS-provision"),
        ("diff", "INS-provision"),
        ("history", "INS-provision"),
    ):
        done = govkit(repository, *words)
        assert (done.returncode, done.stdout) == (2, b""), words
        assert b"Did you mean `INS-provisions`?" in done.stderr, words
    for name in ("INS-provisions", "ins-provisions"):
        assert govkit(repository, "diff", "start", name).returncode == 0


def test_what_is_printed_is_what_the_schedule_counts(govkit: Run, edited: Path) -> None:
    text = told(govkit, edited, "start", "HEAD", "EXA-DUE-01")
    assert "Changes: 1\n" in text
    assert "EXA-DUE-02" not in text.partition("Schedule of changes")[2]
    book = told(govkit, edited, "start", "HEAD", "INS-provisions")
    assert "Changes: 2\n" in book
    for id in ("EXA-DUE-01", "EXA-DUE-02"):
        assert f"\n{id} " in book


def test_where_nothing_changed_it_says_so(govkit: Run, repository: Path) -> None:
    assert "No text differs." in told(govkit, repository, "start")


def test_json_says_which_clauses_differ_in_marks_alone(govkit: Run, edited: Path) -> None:
    answer = report(govkit(edited, "diff", "--whole", "start", "HEAD", "--format", "json"))
    clauses = [clause for each in answer["changes"] for clause in each["clauses"]]
    assert {clause["marks_only"] for clause in clauses} == {False}


@pytest.mark.parametrize("other", [("--plain", "a", "b"), ("--since", "start")])
def test_it_goes_without_the_options_for_other_questions(
    govkit: Run, repository: Path, other: tuple[str, ...]
) -> None:
    done = govkit(repository, "diff", "--whole", *other)
    assert done.returncode == 2
    assert f"--whole goes without {other[0]}" in done.stderr.decode()
