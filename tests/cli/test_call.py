"""`govkit call`: the dates of a cycle, promised, moved and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run, change, report
from .register import A, log, record, refused, state

CYCLE = (
    "--title",
    "Model provisions",
    "--asks",
    "What should the terms of a platform say?",
    "--inputs-by",
    "2026-10-10",
    "--promise",
    "draft=2026-10-30",
    "--promise",
    "comments=2026-11-30",
    "--promise",
    "draft:2=2026-12-10",
    "--promise",
    "decision=2026-12-30",
)
PATH = "governance/calls/2026-001.yaml"


def at(day: str) -> tuple[str, ...]:
    return ("--by", A, "--now", f"{day}T14:00:00Z")


def test_the_cycle_of_the_founding_document_is_promised(govkit: Run, founded: Path) -> None:
    done = govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    assert done.returncode == 0, done.stderr
    call = record(founded, PATH, "call")
    assert f"{call.closes:%Y-%m-%dT%H:%MZ}" == "2026-10-11T12:00Z"
    assert [(each.step, each.revision, str(each.by)) for each in call.plan] == [
        ("draft", 1, "2026-10-30"),
        ("comments", 1, "2026-11-30"),
        ("draft", 2, "2026-12-10"),
        ("decision", 1, "2026-12-30"),
    ]
    assert log(founded)[-1].kind == "call"
    assert b"The call 2026-001 is open until the end of 2026-10-10" in done.stdout


CLOCK = "2027-11-12T16:00:00Z"
"""What the machine's clock says at the end of the cycle, whenever the test runs."""


def test_its_real_slips_are_written_beside_the_promises(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    late = ("--reason", "Inputs came late.")
    moves = [
        ("draft", "2026-11-04", "2026-10-30"),
        ("draft:2", "2026-12-26", "2026-12-10"),
        ("decision", "2027-11-12", "2026-12-30"),
    ]
    for step, to, day in moves:
        done = govkit(founded, "call", "move", step, "--to", to, *late, *at(day), clock=CLOCK)
        assert done.returncode == 0, done.stderr
    call = record(founded, PATH, "call")
    assert [(each.step, each.revision, str(each.to)) for each in call.moves] == [
        ("draft", 1, "2026-11-04"),
        ("draft", 2, "2026-12-26"),
        ("decision", 1, "2027-11-12"),
    ]
    assert str(call.plan[0].by) == "2026-10-30"
    assert call.moves[0].because == "Inputs came late."
    log(founded)


def test_a_call_is_closed_after_its_last_day(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    close = ("call", "close", "--input", "example-index")
    early = govkit(founded, *close, "--by", A, "--now", "2026-10-11T11:59:59Z")
    refused(early, "stay open until the end of 2026-10-10")
    refused(
        govkit(founded, "call", "close", "--input", "exmple-index", *at("2026-10-12")),
        "no initiative `exmple-index`",
    )
    done = report(govkit(founded, *close, *at("2026-10-11"), "--format", "json"))
    assert done["call"] == "2026-001"
    assert record(founded, PATH, "call").inputs == ("example-index",)
    log(founded)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--promise", "draft=2026-10-01"), "before inputs on 2026-10-10"),
        (("--promise", "comments=2026-11-01", "--promise", "draft=2026-11-30"), "before draft"),
        (("--promise", "draft=2026-10-30", "--promise", "draft=2026-10-31"), "two dates"),
        (("--promise", "drafts=2026-10-30"), "is no step"),
        (("--promise", "draft:0=2026-10-30"), "is no step"),
        (("--promise", "inputs=2026-10-30"), "--inputs-by"),
        (("--promise", "draft"), "is no day"),
        (("--inputs-by", "2026-01-01"), "has passed already"),
        (("--title", " "), "it is empty"),
        (("--asks", "a\u200bb"), "can't see"),
        (("--asks", "Write to me@example.net"), "a mail address"),
    ],
)
def test_dates_and_words_that_can_not_be_are_refused(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    before = state(founded)
    usual = {"--title": "T", "--asks": "Q", "--inputs-by": "2026-10-10"}
    base = [word for each in usual.items() if each[0] not in words for word in each]
    refused(govkit(founded, "call", "open", *base, *words, *at("2026-09-10")), says)
    assert state(founded) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("last-call", "--to", "2026-12-01"), "promises no date for last-call"),
        (("draft", "--to", "2026-10-30"), "already"),
        (("draft", "--to", "2026-09-01"), "has passed"),
        (("inputs", "--to", "2026-10-01"), "longer, never shorter"),
        (("comments", "--to", "2026-11-29"), "longer, never shorter"),
        (("draft", "--to", "2026-11-04", "--call", "2026-002"), "Did you mean `2026-001`"),
    ],
)
def test_a_move_that_can_not_be_is_refused(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    before = state(founded)
    done = govkit(founded, "call", "move", *words, "--reason", "why", *at("2026-09-20"))
    refused(done, says)
    assert state(founded) == before


def test_the_next_call_has_the_next_number_and_has_to_be_named(govkit: Run, founded: Path) -> None:
    for number in ("2026-001", "2026-002"):
        done = report(
            govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"), "--format", "json")
        )
        assert done["call"] == number
    move = ("call", "move", "draft", "--to", "2026-11-04", "--reason", "why")
    refused(govkit(founded, *move, *at("2026-09-20")), "not clear which call")
    assert govkit(founded, *move, "--call", "2026-002", *at("2026-09-20")).returncode == 0


def test_comments_in_the_file_stay(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    change(founded, PATH, "plan:\n", "# As the founding document says.\nplan:\n")
    move = ("call", "move", "draft", "--to", "2026-11-04", "--reason", "why")
    assert govkit(founded, *move, *at("2026-09-20")).returncode == 0
    assert "# As the founding document says.\nplan:\n" in (founded / PATH).read_text()
