"""Days and moments: the one form in which they are written, and those that nothing may carry."""

from __future__ import annotations

import datetime
from pathlib import Path

import click
import pytest

from govkit.procedures.log.filing import AHEAD

from .command_tree import commands, words_of
from .conftest import Run, commit
from .register import A, B, log, refused, state

CLOCK = "2026-03-01T12:00:00Z"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKnXVXVCoZ0n8nWOrJjKL0dNwZAvSXjKqq8l+uJ0xZ0O"
REASON = ("--reason", "We agreed on it.")

READERS = {
    "release plan",
    "release verify",
    "release signers",
    "status",
    "where",
    "today",
    "calendar",
    "form answer",
    "form parse",
    "report annual",
    "site",
    "terms change",
    "audit",
    "receipt write",
    "bulletin",
    "letters",
    "propose ballots",
    "propose remind",
    "diff",
}
WRITERS: dict[str, tuple[str, ...]] = {
    "found": ("--again", *REASON),
    "amend": ("charter", *REASON),
    "take-over": (
        "EXA-DUE-01",
        "--adopted-at",
        "x",
        "--adopted-on",
        "2026-01-01",
        "--evidence",
        "x",
    ),
    "member add": ("new-society", "--name", "New", "--kind", "organisation"),
    "seal": ("--key", "key"),
    "witness": ("--key", "key"),
    "sign": ("01", "--key", "key"),
    "evidence": ("2026-001", "example-society-01", "--key", "key"),
    "correct": ("7", "object", *REASON),
    "countersign": (A, "--seen", "x", "--key", "key"),
    "member import": ("members.csv",),
    "member end": (A, "--asked"),
    "member file": (A,),
    "attendance": ("first-meeting",),
    "member key add": (A, KEY),
    "member key end": (A, "k1"),
    "call open": ("--title", "x", "--asks", "x", "--inputs-by", "2026-10-10"),
    "call move": ("draft", "--to", "2026-10-10", "--reason", "x"),
    "call add": ("https://example.org/study", "--title", "x"),
    "call join": ("2026-001",),
    "call close": (),
    "propose open": ("EXA-DUE-01", "--title", "x", "--proposer", A),
    "propose revise": ("2026-001",),
    "propose last-call": ("2026-001",),
    "propose notice": ("2026-001", "--moved", "--to", "2026-04-10", "--reason", "x"),
    "propose withdraw": ("2026-001", *REASON),
    "propose act": ("waiver", "2026-001", *REASON),
    "answer": ("2026-001", A, "--reply", "x"),
    "comment add": ("--member", A, "--text", "Too long."),
    "comment dispose": ("1", "--action", "not-accepted", "--reply", "No."),
    "erase": ("2026-001/comments/0001", "--yes"),
    "consent": (A, "2026-001", "consent"),
    "intake": ("--yes",),
    "decide": ("2026-001", "--apply"),
    "release cut": ("provisions",),
    "release sign": ("provisions/1.0.0", "--key", "key"),
    "release publish": ("provisions/1.0.0", "--key", "key"),
}
LIKE_ANOTHER = {
    "comment import",
    "minutes import",
    "comment collect",
    "comment publish",
    "comment hold-back",
    "comment restore",
}
"""They file with what `comment add`, `comment dispose` and `propose act` file with."""

WITHOUT_ENTRY = {"form file"}
"""It puts a submission on a branch; that counts from the entry on that `intake` makes."""


def later(clock: str, by: datetime.timedelta) -> str:
    moment = datetime.datetime.fromisoformat(clock.replace("Z", "+00:00")) + by
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def test_every_command_that_can_be_told_the_time_reads_only_or_is_held_to_the_clock() -> None:
    told = {
        " ".join(words_of(each))
        for each in commands()
        if not isinstance(each.command, click.Group)
        and any(parameter.name == "now" for parameter in each.command.params)
    }
    assert told == READERS | WRITERS.keys() | LIKE_ANOTHER | WITHOUT_ENTRY


@pytest.fixture
def discussed(govkit: Run, founded: Path) -> Path:
    """An open proposal with a comment, all committed."""
    done = govkit(founded, "comment", "add", *WRITERS["comment add"], "--by", A, clock=CLOCK)
    assert done.returncode == 0, done.stderr
    commit(founded)
    return founded


def test_nothing_is_written_with_a_moment_to_come_or_before_the_newest_entry(
    govkit: Run, discussed: Path
) -> None:
    before = state(discussed)
    ahead = later(CLOCK, AHEAD + datetime.timedelta(seconds=1))
    for name, words in WRITERS.items():
        call = (*name.split(), *words, *(() if name == "release cut" else ("--by", A)))
        refused(govkit(discussed, *call, "--now", ahead, clock=CLOCK), "is still to come")
        refused(
            govkit(discussed, *call, "--now", "2026-03-01T11:59:59Z", clock=CLOCK),
            "the newest entry of the log was made at 2026-03-01T12:00:00Z, and now it is "
            "2026-03-01T11:59:59Z",
        )
    assert state(discussed) == before


def test_two_honest_clocks_may_be_five_minutes_apart(govkit: Run, founded: Path) -> None:
    say = ("consent", A, "2026-001", "consent", "--by", A)
    done = govkit(founded, *say, "--now", later(CLOCK, AHEAD), clock=CLOCK)
    assert done.returncode == 0, done.stderr
    assert f"{log(founded)[-1].recorded_at:%H:%M}" == "12:05"


def test_a_clock_that_is_behind_is_told_with_both_moments_and_the_way_out(
    govkit: Run, founded: Path
) -> None:
    number = log(founded)[-1].seq
    done = govkit(
        founded, "consent", A, "2026-001", "consent", "--by", A, clock="2020-01-01T00:00:00Z"
    )
    refused(
        done,
        "the newest entry of the log was made at 2026-02-10T12:00:00Z, and now it is "
        "2020-01-01T00:00:00Z",
    )
    assert b"Set the clock of this machine right. If it is right, entry" in done.stderr
    assert f"`git log -- governance/log/{number:06d}.yaml`".encode() in done.stderr


def test_reading_may_be_asked_as_at_any_moment(govkit: Run, founded: Path) -> None:
    for moment in ("1990-01-01T00:00:00Z", "2090-01-01T00:00:00Z"):
        for words in (("status", "2026-001"), ("where",), ("audit",), ("calendar",)):
            assert govkit(founded, *words, "--now", moment, clock=CLOCK).returncode in (0, 1)


# --- what is said to have happened ----------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("consent", A, "2026-001", "consent", "--said-at", "2026-03-01T12:00:01Z"),
        ("consent", A, "2026-001", "consent", "--received", "2026-03-01T12:00:01Z"),
        ("comment", "add", *WRITERS["comment add"], "--received", "2026-03-01T12:01Z"),
        ("comment", "add", *WRITERS["comment add"], "--received", "2026-03-02"),
        ("member", "key", "end", A, "k1", "--compromised-since", "2026-03-02"),
        (
            "take-over",
            "EXA-DUE-01",
            "--adopted-at",
            "x",
            "--evidence",
            "x",
            "--for",
            A,
            "--for",
            B,
            "--adopted-on",
            "2026-03-02",
        ),
    ],
    ids=lambda words: " ".join(words[:2]) + words[-2],
)
def test_what_happened_is_not_still_to_come(
    words: tuple[str, ...], govkit: Run, founded: Path
) -> None:
    before = state(founded)
    done = govkit(founded, *words, "--by", A, clock=CLOCK)
    assert done.returncode == 2, done.stdout
    assert (
        b"still to come" in done.stderr
        or b"not come yet" in done.stderr
        or b"and now it is" in done.stderr
    )
    assert state(founded) == before


# --- the one form ---------------------------------------------------------------------------------

NO_DAYS = (
    "20260310",
    "2026-W10-2",
    "2026-069",
    "2026-03",
    "2026-3-10",
    "26-03-10",
    " 2026-03-10",
    "2026-03-10 ",
    "2026-03-10\n",
    "+2026-03-10",
    "2026/03/10",
    "10.03.2026",
    "2026-03-10T00:00:00Z",
    "٢٠٢٦-٠٣-١٠",
    "２０２６-03-10",
    "2026-02-30",
    "0000-01-01",
    "2026‑03‑10",
    "today",
    "",
)
NO_MOMENTS = (
    "2026-03-10",
    "2026-03-10T12:00Z",
    "2026-03-10T12:00",
    "2026-03-10T12Z",
    "2026-03-10 12:00:00Z",
    "2026-03-10T12:00:00",
    "2026-03-10T12:00:00z",
    "2026-03-10t12:00:00Z",
    "2026-03-10T12:00:00+00:00",
    "2026-03-10T12:00:00-00:00",
    "2026-03-10T12:00:00.5Z",
    "2026-03-10T12:00:00,5Z",
    "20260310T120000Z",
    "2026-W10-2T12:00:00Z",
    "2026-03-10T24:00:00Z",
    "2026-03-10T23:59:60Z",
    "2026-03-10T1٢:00:00Z",
    "2026-02-30T12:00:00Z",
    "now",
    "",
)
DAYS = {
    ("check", "--today"): "",
    ("release", "plan", "provisions", "--dated"): "",
    ("release", "cut", "provisions", "--effective"): "",
    ("release", "cut", "provisions", "--commence"): "EXA-DUE-01=",
    ("call", "open", *WRITERS["call open"], "--plan"): "draft=",
    ("take-over", "X", "--adopted-at", "x", "--evidence", "x", "--adopted-on"): "",
    ("new", "event", "--date"): "",
}


@pytest.mark.parametrize(("words", "before"), DAYS.items(), ids=lambda each: each[-12:])
def test_a_day_has_one_form(
    words: tuple[str, ...], before: str, govkit: Run, coalition: Path
) -> None:
    for day in NO_DAYS:
        done = govkit(coalition, *words, f"{before}{day}")
        assert done.returncode == 2, (day, done.stdout)
        assert b"2026-03-10" in done.stderr or b"=2027-01-31" in done.stderr, done.stderr


@pytest.mark.parametrize("words", [("where", "--now"), ("consent", A, "1", "consent", "--said-at")])
def test_a_moment_has_one_form(words: tuple[str, ...], govkit: Run, coalition: Path) -> None:
    for moment in NO_MOMENTS:
        done = govkit(coalition, *words, moment)
        assert done.returncode == 2, (moment, done.stdout)
        assert b"Write it in UTC, as 2026-03-10T12:00:00Z." in done.stderr, done.stderr


def test_when_a_comment_came_is_a_moment_or_a_day(govkit: Run, coalition: Path) -> None:
    for word in {*NO_DAYS, *NO_MOMENTS} - {
        "2026-03-10T12:00Z",
        "2026-03-10T00:00:00Z",
        "2026-03-10",
    }:
        for words in (("comment", "add"), ("consent", A, "1", "consent")):
            done = govkit(coalition, *words, "--received", word)
            assert done.returncode == 2, word
            said = done.stderr.decode()
            assert "as 2026-03-10T09:00Z, or as a day: 2026-03-10" in said, (word, said)


def test_since_when_a_key_is_stolen_is_a_day_or_a_moment(govkit: Run, coalition: Path) -> None:
    for word in ({*NO_DAYS} & {*NO_MOMENTS}) | {"20260310", "2026-03-10T12:00Z"}:
        done = govkit(coalition, "member", "key", "end", A, "k1", "--compromised-since", word)
        assert done.returncode == 2, word
        assert b"Write it as 2026-03-10 or 2026-03-10T12:00:00Z" in done.stderr, done.stderr
