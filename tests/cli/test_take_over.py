"""`govkit take-over`: texts that a body adopted before its register began."""

from __future__ import annotations

from pathlib import Path

from .conftest import D1, DAY, V1, Run, change, report
from .register import BY_A, A, B, found, log, record, refused, state

TERMS = ("platform", "user", "restriction")
SHOWS = (
    "--adopted-at",
    "Example assembly, third meeting",
    "--adopted-on",
    "2019-11-25",
    "--evidence",
    "Minutes of the meeting, item 4.",
)
BOTH = ("--who", A, "--who", B)


def test_texts_of_the_past_are_adopted_by_one_entry_without_a_path(
    govkit: Run, repository: Path
) -> None:
    found(repository)
    take = ("take-over", "EXA-DUE-01", *TERMS, *SHOWS, *BOTH, *BY_A)
    done = report(govkit(repository, *take, "--format", "json"))
    assert done["resting"] == []
    entry = log(repository)[-1]
    assert (entry.kind, entry.path, entry.digest) == ("taken-over", None, None)
    assert entry.taken_over is not None
    assert [unit.id for unit in entry.taken_over.units] == ["EXA-DUE-01", *TERMS]
    assert (entry.taken_over.adopted_at, str(entry.taken_over.adopted_on)) == (
        "Example assembly, third meeting",
        "2019-11-25",
    )
    assert (entry.taken_over.by, entry.taken_over.signatures) == ((A, B), ())
    assert record(repository, D1, "provision").status == "adopted"
    checked = report(govkit(repository, "check", *DAY, "--format", "json"))
    assert [each for each in checked["findings"] if each["stops"] == "merge"] == []


def test_what_was_taken_over_changes_by_a_decision_alone(govkit: Run, repository: Path) -> None:
    found(repository)
    take = ("take-over", "EXA-PRV-01", "platform", "user", *SHOWS, *BOTH, *BY_A)
    assert govkit(repository, *take).returncode == 0
    change(repository, V1, "at any time", "once a year")
    checked = report(govkit(repository, "check", *DAY, "--format", "json"))
    assert (V1, "adopted-without-decision") in [
        (each["path"], each["rule"]) for each in checked["findings"]
    ]
    refused(govkit(repository, *take), "was adopted already, before this register began")


def test_terms_that_nobody_adopted_are_named(govkit: Run, repository: Path) -> None:
    found(repository)
    done = govkit(repository, "take-over", "EXA-DUE-01", *SHOWS, *BOTH, *BY_A)
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.decode().split())
    assert "used and were never adopted: platform, restriction, user." in said
    assert "taken-over\n" in done.stdout.decode()


def test_what_stands_against_it_is_said_and_nothing_is_written(govkit: Run, founded: Path) -> None:
    was = state(founded)
    take = ("take-over", "EXA-PRV-01")
    refused(govkit(founded, *take, *SHOWS, *BY_A), "takes 2 coordinators, and 1 agrees")
    refused(govkit(founded, *take, *SHOWS, "--who", "nobody", *BY_A), "nobody did not coordinate")
    refused(govkit(founded, "take-over", "EXA-PRV-10", *SHOWS, *BOTH, *BY_A), "Did you mean")
    refused(govkit(founded, "take-over", A, *SHOWS, *BOTH, *BY_A), "there is no text")
    refused(
        govkit(founded, "take-over", "EXA-DUE-01", *SHOWS, *BOTH, *BY_A),
        "part of the proposal 2026-001",
    )
    later = (*SHOWS[:3], "2026-03-02", *SHOWS[4:])
    refused(govkit(founded, *take, *later, *BOTH, *BY_A), "2026-03-02 has not come yet")
    assert state(founded) == was


def test_a_coalition_that_is_forming_takes_nothing_over(govkit: Run, repository: Path) -> None:
    refused(govkit(repository, "take-over", "EXA-PRV-01", *SHOWS, *BY_A), "no coordinators yet")


def test_a_text_that_can_t_be_read_whole_is_not_taken_over(govkit: Run, repository: Path) -> None:
    found(repository)
    change(repository, V1, "at any time", "at **any** time")
    refused(govkit(repository, "take-over", "EXA-PRV-01", *SHOWS, *BOTH, *BY_A), "can't be read")
