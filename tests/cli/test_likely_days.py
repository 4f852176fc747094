"""A day whose year is plainly wrong is asked about, or refused with the way out."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from govkit.cli import asking
from govkit.cli.main import _run
from govkit.cli.session import DayType

from .command_tree import commands, words_of
from .conftest import Run, commit, git
from .register import BY_A, A, B, refused, state

CALL = ("call", "open", "--title", "T", "--asks", "Q")
OPEN = ("propose", "open", "--title", "T", "--proposer", A)
MEMBER = ("member", "add", "new-society", "--name", "X", "--kind", "organisation")
FAR = "2062-04-20 is more than 364 days away"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKnXVXVCoZ0n8nWOrJjKL0dNwZAvSXjKqq8l+uJ0xZ0O"
LASTING = "2126-04-20 is more than 10 years away"
EARLY = "1926-03-01 is before the coalition was founded, on 2026-02-01"
LINES = [
    ((*CALL, "--inputs-by", "2062-04-20"), f"--inputs-by: {FAR}"),
    ((*CALL, "--inputs-by", "2026-04-20", "--promise", "draft=2062-04-20"), f"--promise: {FAR}"),
    (("call", "move", "draft", "--to", "2062-04-20", "--reason", "R"), f"--to: {FAR}"),
    ((*OPEN, "--comment-until", "2062-04-20"), f"--comment-until: {FAR}"),
    (("propose", "revise", "2026-001", "--comment-until", "2062-04-20"), f"--comment-until: {FAR}"),
    (("propose", "last-call", "2026-001", "--closes", "2062-04-20"), f"--closes: {FAR}"),
    (
        ("propose", "notice", "2026-001", "--move", "--to", "2062-04-20", "--reason", "R"),
        f"--to: {FAR}",
    ),
    (("correct", "1", "--to", "2062-04-20", "--reason", "R"), f"--to: {FAR}"),
    ((*MEMBER, "--group", "academia", "--first-day", "1926-03-01"), f"--first-day: {EARLY}"),
    ((*MEMBER, "--group", "academia", "--first-day", "2062-04-20"), f"--first-day: {FAR}"),
    (("member", "end", B, "--asked", "--last-day", "1926-03-01"), f"--last-day: {EARLY}"),
    (("member", "key", "add", B, KEY, "--first-day", "1926-03-01"), f"--first-day: {EARLY}"),
    (("member", "key", "end", B, "k1", "--last-day", "1926-03-01"), f"--last-day: {EARLY}"),
    (
        ("member", "key", "end", B, "k1", "--compromised-since", "1926-03-01"),
        f"--compromised-since: {EARLY}",
    ),
    (("member", "import", "{folder}/../members.csv"), f"new-society, first day: {EARLY}"),
    (("member", "file", B), f"governance/members/{B}.yaml, terms.0.until: {LASTING}"),
    (("attendance", "far-meeting"), f"registers/events/far-meeting.yaml, starts: {FAR}"),
    (("new", "event", "--title", "T", "--date", "2062-04-20"), f"--date: {FAR}"),
    (("release", "cut", "provisions", "--dated", "2126-04-20"), f"--dated: {LASTING}"),
    (("release", "cut", "provisions", "--effective", "2126-04-20"), f"--effective: {LASTING}"),
    (
        ("release", "cut", "provisions", "--commence", "EXA-DUE-01=2126-04-20"),
        f"--commence EXA-DUE-01: {LASTING}",
    ),
]
READS = {
    ("check", "--today"),
    ("propose edit", "--today"),
    ("review", "--today"),
    ("calendar", "--start"),
    ("assess import", "--date"),  # terms may be of any day
    ("assess recheck", "--date"),
    ("assess screen", "--since"),  # of versions of any day
    ("assess screen", "--until"),
    ("release plan", "--dated"),
    ("release notes", "--dated"),
    ("events new", "--date"),  # `new event`, which is in the table
}


def test_every_day_that_an_act_takes_is_in_the_table() -> None:
    asked = {(" ".join(words_of(at)), option) for at in commands() for option in _days(at.command)}
    looked = {
        (" ".join(words_of(at)), option)
        for at in commands()
        for option in _days(at.command)
        if any(words[: len(words_of(at))] == words_of(at) and option in words for words, _ in LINES)
    }
    assert asked - looked == READS


def _days(command: click.Command) -> list[str]:
    """Return the options of a command that take a day of which it is asked whether it is meant."""
    return [
        each.opts[0]
        for each in command.params
        if isinstance(each.type, DayType) and each.type.use is not None
    ]


def test_a_wrong_year_is_refused_where_nobody_can_be_asked(govkit: Run, founded: Path) -> None:
    (founded.parent / "members.csv").write_text(
        "member,name,kind,group,first day\nnew-society,X,organisation,academia,1926-03-01\n"
    )
    meeting = "title: T\nstarts: 2062-04-20\nkind: meeting\n"
    (founded / "registers/events").mkdir(parents=True, exist_ok=True)
    (founded / "registers/events/far-meeting.yaml").write_text(meeting)
    record = founded / f"governance/members/{B}.yaml"
    text = re.sub(
        "(?m)^( *)since: (.*)$", r"\1since: \2\n\1until: 2126-04-20", record.read_text(), count=1
    )
    record.write_text(text)
    commit(founded)
    git(founded, "config", "user.name", "Test")
    git(founded, "config", "user.email", "test@example.org")
    before = state(founded)
    for words, says in LINES:
        by = () if words[0] in ("new", "release") else BY_A
        done = govkit(founded, *(each.format(folder=founded) for each in words), *by)
        refused(done, says)
        assert "If it is meant so, add --sure. Nothing was written." in done.stderr.decode()
    assert state(founded) == before


def test_a_day_that_is_meant_is_taken(govkit: Run, founded: Path) -> None:
    done = govkit(founded, *CALL, "--inputs-by", "2062-04-20", "--sure", *BY_A)
    assert done.returncode == 0, done.stderr
    assert b"until the end of 2062-04-20" in done.stdout


def test_the_last_day_that_is_likely_is_not_asked_about(govkit: Run, founded: Path) -> None:
    refused(govkit(founded, *CALL, "--inputs-by", "2027-03-01", *BY_A), "364 days away")
    assert govkit(founded, *CALL, "--inputs-by", "2027-02-28", *BY_A).returncode == 0


@pytest.mark.parametrize("answer", [True, False])
def test_a_person_is_asked(founded: Path, monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(asking, "on_terminal", lambda: True)
    monkeypatch.setattr(click, "confirm", confirm)
    before = state(founded)
    code = _run(["-C", str(founded), *CALL, "--inputs-by", "2062-04-20", *BY_A])
    [question] = asked
    assert question.startswith(f"--inputs-by: {FAR}")
    assert code == (0 if answer else 2)
    assert (state(founded) == before) is not answer
