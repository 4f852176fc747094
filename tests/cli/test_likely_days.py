"""A day whose year is plainly wrong is asked about, or refused with the way out."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from govkit.cli import asking
from govkit.cli.main import _run

from .conftest import Run
from .register import BY_A, B, refused, state

CALL = ("call", "open", "--title", "T", "--asks", "Q")
MEMBER = ("member", "add", "new-society", "--name", "X", "--kind", "organisation")
FAR = "2062-04-20 is more than 364 days away"
EARLY = "1926-03-01 is before the coalition was founded, on 2026-02-01"
LINES = [
    ((*CALL, "--inputs-by", "2062-04-20"), f"--inputs-by: {FAR}"),
    ((*CALL, "--inputs-by", "2026-04-20", "--promise", "draft=2062-04-20"), f"--promise: {FAR}"),
    (("propose", "last-call", "2026-001", "--closes", "2062-04-20"), f"--closes: {FAR}"),
    (
        ("propose", "notice", "2026-001", "--move", "--to", "2062-04-20", "--reason", "R"),
        f"--to: {FAR}",
    ),
    ((*MEMBER, "--group", "academia", "--first-day", "1926-03-01"), f"--first-day: {EARLY}"),
    ((*MEMBER, "--group", "academia", "--first-day", "2062-04-20"), f"--first-day: {FAR}"),
    (("member", "end", B, "--asked", "--last-day", "1926-03-01"), f"--last-day: {EARLY}"),
    (("member", "key", "end", B, "k1", "--last-day", "1926-03-01"), f"--last-day: {EARLY}"),
]


@pytest.mark.parametrize(("words", "says"), LINES, ids=[says for _, says in LINES])
def test_a_wrong_year_is_refused_where_nobody_can_be_asked(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    before = state(founded)
    done = govkit(founded, *words, *BY_A)
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
