"""An adopted text goes by a decision of the members, whatever its author calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from govkit.cli.printing.words import outcome_in_words
from govkit.records.decisions import Outcome
from tests.seals import seal_log

from .conftest import FORM, WARNING, Folder

LAST_CALL = "2026-04-20T12:00:00Z"
HEARD = ("--now", "2026-04-21T12:00:00Z")
DECIDED = "2026-05-20T12:00:00Z"
BOOK = "provisions/instrument.yaml"
MEMBERS = ("example-digital-rights-society", "example-readers-union", "example-network-lab")
STONE = "withdrawn: {reason: superseded by AGP-NTC-02, on: 2026-03-01}\n"
NEVER_ADOPTED = (
    ("status", "2026-001"),
    ("decide", "2026-001"),
    ("list", "provision"),
    ("where",),
    ("show", "AGP-NTC-03"),
    ("show", "AGP-NTC-03", "--format", "html"),
    ("history", "AGP-NTC-03"),
    ("release", "plan", "provisions"),
)
"""What tells people about a text that was withdrawn."""


def superseded(folder: Folder) -> None:
    folder.change(WARNING, "status: adopted", "status: superseded\nsuperseded_by: AGP-NTC-02")
    folder.change(FORM, "status: adopted", "status: adopted\nsupersedes: [AGP-NTC-03]")
    folder.change(BOOK, "AGP-NTC-02, AGP-NTC-03]", "AGP-NTC-02]")


def errors(folder: Folder) -> list[tuple[str, str, str]]:
    """The path, rule and help of each error of a check, once the log is sealed."""
    seal_log(folder.path)
    answer = folder.run("check", "--today", "2026-05-20", "--format", "json")
    return [
        (each["path"], each["rule"], each["help"])
        for each in json.loads(answer.stdout)["findings"]
        if each["level"] == "error"
    ]


def test_a_text_called_superseded_by_hand_is_still_adopted(adopted: Folder) -> None:
    superseded(adopted)
    ((path, rule, help),) = errors(adopted)
    assert (path, rule) == (WARNING, "adopted-without-decision")
    assert "Only the members can withdraw" in help
    assert "`govkit propose open`" in help


@pytest.mark.parametrize("how", ["withdrawn", "superseded"])
def test_a_text_goes_by_a_decision_and_nothing_stays_behind(
    adopted: Folder, how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "paper.txt"
    (tmp_path / "agora-private").mkdir()
    paper.write_text("They agree.", encoding="utf-8")
    if how == "superseded":
        superseded(adopted)
    else:
        words = adopted.text(WARNING)
        adopted.write(WARNING, words.replace("status: adopted", "status: withdrawn", 1) + STONE)
    adopted.open("AGP-NTC-03")
    unit = adopted.units()["AGP-NTC-03"]
    assert (unit["after"], unit["cause"]) == ("null", "withdrawn: superseded by AGP-NTC-02")
    adopted.git("checkout", "-q", "--", BOOK)
    assert errors(adopted) == []
    adopted.commit()
    adopted.done("propose", "last-call", "2026-001", "--now", LAST_CALL)
    for member in MEMBERS:
        adopted.done("consent", member, "2026-001", "consent", "--source", str(paper), *HEARD)
    adopted.vouched(HEARD[1])
    monkeypatch.setenv("COLUMNS", "60")
    said = adopted.run("decide", "2026-001", "--apply", "--now", DECIDED)
    assert max(map(len, said.stdout.splitlines())) <= 60
    assert said.returncode == 0, said.stdout + said.stderr
    assert "AGP-NTC-03 is withdrawn." in said.stdout
    assert "status adopted" not in said.stdout
    assert adopted.read(WARNING)["status"] == "withdrawn"
    assert adopted.read(WARNING)["withdrawn"]["reason"] == "superseded by AGP-NTC-02"
    adopted.commit()
    assert errors(adopted) == []
    monkeypatch.setenv("COLUMNS", "200")
    for words in NEVER_ADOPTED:
        said = adopted.run(*words)
        about = [line for line in said.stdout.splitlines() if "AGP-NTC-03" in line]
        # A proposal that only withdraws has the word of its text in every line.
        shown = said.stdout.splitlines() if words[1:] == ("2026-001",) else about
        assert about, (words, said.stderr)
        assert not [line for line in shown if "adopted" in line.lower()], words
    plan = adopted.run("release", "plan", "provisions").stdout
    assert "AGP-NTC-03      529bd1ad6714  withdrawn by 2026-001" in plan
    words = json.loads(adopted.run("status", "2026-001", "--format", "json").stdout)["units"][0]
    assert (words["outcome"], words["withdraws"]) == ("adopted", True)


def test_a_text_is_not_proposed_to_go_without_a_reason(adopted: Folder) -> None:
    words = adopted.text(WARNING).replace("status: adopted", "status: withdrawn", 1)
    for stone in ("", "withdrawn: {reason: '[insert why]', on: 2026-03-01}\n"):
        adopted.write(WARNING, words + stone)
        said = adopted.run(
            "propose", "open", "AGP-NTC-03", "--title", "T", "--proposer", MEMBERS[0]
        )
        assert said.returncode == 2, said.stdout
        assert "AGP-NTC-03 is to go, and nothing says why" in said.stderr


class Decided(NamedTuple):
    """What has an outcome."""

    outcome: Outcome
    withdraws: bool


@pytest.mark.parametrize(
    ("outcome", "withdraws", "ended", "words"),
    [
        ("adopted", False, False, "adopted"),
        ("adopted-with-dissent", True, False, "withdrawal agreed with dissent"),
        ("not-adopted", True, False, "withdrawal not agreed"),
        ("blocked", True, False, "blocked"),
        # A proposal that was withdrawn or has lapsed: nothing was adopted, and nothing reads so.
        ("adopted", False, True, "enough to adopt it"),
        ("adopted-with-reservations", False, True, "enough to adopt it with reservations"),
        ("adopted-with-dissent", True, True, "enough to withdraw it with dissent"),
        ("not-adopted", False, True, "not adopted"),
    ],
)
def test_nothing_reads_as_adopted_that_was_not(
    outcome: Outcome, withdraws: bool, ended: bool, words: str
) -> None:
    assert outcome_in_words(Decided(outcome, withdraws), over=ended) == words
