"""`govkit take-over`: texts that a body adopted before its register began."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.seals import private_file

from .conftest import D1, DAY, V1, Run, change, report
from .register import BY_A, A, B, checked, found, key_of, log, record, refused, state

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


def signed(folder: Path) -> tuple[str, ...]:
    """Both coordinators agree, and sign at one machine."""
    return (*BOTH, *(word for id in (A, B) for word in ("--key", str(key_of(folder, id)))))


def test_texts_of_the_past_are_adopted_by_one_entry_without_a_path(
    govkit: Run, repository: Path
) -> None:
    found(repository)
    take = ("take-over", "EXA-DUE-01", *TERMS, *SHOWS, *signed(repository), *BY_A)
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
    assert entry.taken_over.by == (A, B)
    assert [seal.by for seal in entry.taken_over.signatures] == [A, B]
    assert record(repository, D1, "provision").status == "adopted"
    found_ = report(checked(govkit, repository, *DAY, "--format", "json"))
    assert [each for each in found_["findings"] if each["stops"] == "merge"] == []


def test_a_dry_run_says_what_would_be_taken_over_and_asks_for_no_signature(
    govkit: Run, repository: Path
) -> None:
    found(repository)
    was = state(repository)
    take = ("take-over", "EXA-DUE-01", *SHOWS, *BOTH, *BY_A, "--dry-run")
    done = govkit(repository, *take)
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.decode().split())
    assert f"Would take over EXA-DUE-01. To be signed by: {A}, {B}." in told
    assert "These terms are used and were never adopted: " in told
    assert "Nothing was written." in told
    assert state(repository) == was
    refused(govkit(repository, "take-over", "EXA-DUE-09", *take[2:]), "EXA-DUE-09")


def test_nobody_speaks_of_the_past_for_another(govkit: Run, repository: Path) -> None:
    found(repository)
    was = state(repository)
    take = ("take-over", "EXA-DUE-01", *TERMS, *SHOWS, *BOTH, *BY_A)
    mine = ("--key", str(key_of(repository, A)))
    refused(govkit(repository, *take, *mine), f"not signed yet by {B}, and whoever is named signs")
    words = repository.parent / "past.txt"
    words.write_bytes(govkit(repository, *take, "--statement").stdout)
    assert words.read_text().startswith("govkit take-over statement 1\n\nThese texts were adopted")
    line = ("ssh-keygen", "-q", "-Y", "sign", "-n", "act@govkit", "-f")
    subprocess.run([*line, str(private_file(repository.parent, "x")), str(words)], check=True)
    theirs = ("--signature", f"{words}.sig")
    refused(govkit(repository, *take, *mine, *theirs), "is none of the keys that count here")
    Path(theirs[1]).unlink()
    subprocess.run([*line, str(key_of(repository, B)), str(words)], check=True)
    other = tuple("Another assembly" if word == SHOWS[1] else word for word in take)
    refused(govkit(repository, *other, *mine, *theirs), "it is over other words")
    assert state(repository) == was
    assert govkit(repository, *take, *mine, *theirs).returncode == 0


def test_what_was_taken_over_changes_by_a_decision_alone(govkit: Run, repository: Path) -> None:
    found(repository)
    take = ("take-over", "EXA-PRV-01", "platform", "user", *SHOWS, *signed(repository), *BY_A)
    assert govkit(repository, *take).returncode == 0
    change(repository, V1, "at any time", "once a year")
    found_ = report(checked(govkit, repository, *DAY, "--format", "json"))
    assert (V1, "adopted-without-decision") in [
        (each["path"], each["rule"]) for each in found_["findings"]
    ]
    refused(govkit(repository, *take), "was adopted already, before this register began")


def test_terms_that_nobody_adopted_are_named(govkit: Run, repository: Path) -> None:
    found(repository)
    done = govkit(repository, "take-over", "EXA-DUE-01", *SHOWS, *signed(repository), *BY_A)
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
