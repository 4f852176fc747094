"""Versions: written, ordered, and which one may be the next."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from govkit.corpus.changes.values import Bump
from govkit.errors import WrongUse
from govkit.release.version import Version, VersionRule, newest, parse

DAY = datetime.date(2026, 11, 25)


def rule(
    last: str | None, asked: Bump, *, calendar: bool = False, by: str | None = None
) -> VersionRule:
    return VersionRule(parse(last) if last else None, asked, DAY, calendar, by)


@pytest.mark.parametrize("text", ["0.0.0", "1.10.0", "1.0.0-draft.2", "2026.11.25"])
def test_a_version_is_written_as_it_is_read(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.0",
        "1.0.0.0",
        "v1.0.0",
        "01.0.0",
        "1.0.0-draft",
        "1.0.0-draft.0",
        "1.0.0-rc.1",
        "1.0.0 ",
        "1.0.0\n",
        "-1.0.0",
        "1.0.0+x",
        "١.0.0",
        "1234567890.0.0",
    ],
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="is no version"):
        parse(text)


def test_a_draft_comes_before_its_version_and_numbers_count_as_numbers() -> None:
    line = [
        "0.9.0",
        "1.0.0-draft.2",
        "1.0.0-draft.10",
        "1.0.0",
        "1.0.1-draft.1",
        "1.0.1",
        "1.2.0",
        "1.10.0",
        "2.0.0-draft.1",
        "2.0.0",
        "2026.11.25",
    ]
    versions = [parse(each) for each in line]
    assert [str(each) for each in sorted([versions[-1], *versions[:-1]])] == line
    assert all(a < b and b > a and a <= b and b >= a and a != b for a, b in pairwise(versions))
    assert str(max(versions[:4])) == "1.0.0"
    assert newest(versions[:4]) == Version(1, 0, 0)
    assert newest([parse("1.0.0-draft.1")]) is None


@pytest.mark.parametrize(
    ("last", "asked", "expected"),
    [
        (None, "major", "1.0.0"),
        ("1.0.0", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "none", "1.2.4"),
    ],
)
def test_the_next_version_is_what_the_changes_ask_for(
    last: str | None, asked: Bump, expected: str
) -> None:
    assert str(rule(last, asked).next()) == expected
    assert rule(last, asked).fault(parse(expected), []) is None


def test_by_the_calendar_the_version_is_the_day() -> None:
    by_day = rule("2026.1.2", "major", calendar=True)
    assert str(by_day.next()) == "2026.11.25"
    assert by_day.fault(parse("2026.11.25"), []) is None
    assert "the day of the release" in (by_day.fault(parse("2026.11.24"), []) or "")
    again = rule("2026.11.25", "patch", calendar=True)
    assert "published already" in (again.fault(parse("2026.11.25"), [parse("2026.11.25")]) or "")


def test_a_version_that_is_too_low_is_refused_and_the_change_that_asks_for_more_is_named() -> None:
    fault = rule("1.2.0", "major", by="EXA-DUE-01").fault(parse("1.3.0"), [])
    assert fault == (
        "1.3.0 is too low. The changes since 1.2.0 ask for a major release, 2.0.0: "
        "the change of EXA-DUE-01 asks for it"
    )
    assert rule("1.2.0", "minor", by="X").fault(parse("1.2.1-draft.1"), [])


def test_a_version_may_be_higher_than_asked_but_leaves_none_out() -> None:
    patch = rule("1.2.0", "patch")
    assert [patch.fault(parse(each), []) for each in ("1.2.1", "1.3.0", "2.0.0")] == [None] * 3
    assert patch.fault(parse("1.2.2"), []) == (
        "1.2.2 leaves versions out. After 1.2.0 comes 1.2.1 or 1.3.0 or 2.0.0"
    )
    assert patch.fault(parse("3.0.0"), [])


def test_the_first_release_may_have_any_version() -> None:
    assert rule(None, "major").fault(parse("3.0.0"), []) is None


def test_an_older_version_is_refused() -> None:
    assert rule("2.0.0", "patch").fault(parse("1.9.0"), []) == (
        "1.9.0 does not come after 2.0.0, which is published"
    )


def test_the_number_of_a_draft_is_the_next() -> None:
    published = [parse("1.0.0"), parse("1.1.0-draft.1")]
    minor = rule("1.0.0", "minor")
    assert str(minor.next_draft(published)) == "1.1.0-draft.2"
    assert minor.fault(parse("1.1.0-draft.2"), published) is None
    assert minor.fault(parse("1.1.0-draft.3"), published) == (
        "the next draft of 1.1.0 is 1.1.0-draft.2"
    )
    assert "published already" in (minor.fault(parse("1.1.0-draft.1"), published) or "")
    assert str(rule("1.0.0", "major").next_draft(published)) == "2.0.0-draft.1"


def test_a_draft_goes_on_with_the_higher_version_that_was_begun() -> None:
    published = [parse("1.0.0"), parse("2.0.0-draft.1")]
    assert str(rule("1.0.0", "patch").next_draft(published)) == "2.0.0-draft.2"
    assert str(rule(None, "major").next_draft([parse("0.5.0-draft.1")])) == "0.5.0-draft.2"
    assert str(rule("2.0.0", "patch").next_draft([*published, parse("2.0.0")])) == "2.0.1-draft.1"
