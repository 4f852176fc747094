"""The example's round, played by the real command: what comes out, and what is refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from govkit.consent.recount import Recount, RecountResult
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.periods import instant_of
from govkit.records.decision_basis import DecisionBasis
from govkit.round.docket import docket_of
from govkit.workspace import open_workspace
from scripts.cycle import Stage, finish
from tests.command import started
from tests.vouching import vouch_for_all

ROOT = Path(__file__).parents[2]
STORY: Any = yaml.load(
    (ROOT / "examples/agora/cycle/cycle.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)
PROPOSAL = "2026-001"
NTC, CMP = "AGP-NTC-01", "AGP-CMP-01"
EARLY, DECIDED, APPLIED = "2026-06-08T12:00:00Z", "2026-06-15T12:00:00Z", "2026-06-16T12:00:00Z"
BY = ("--by", "a-example", "--now", APPLIED)

BAR = "    academia █  business ×–  civil-society ██"
SAID = (
    "Academia: agree 1; Business: object 1, abstain or stand aside 1; Civil society: agree 2; "
    "Public bodies: not heard 1; Technical community: not heard 1"
)

Call = Callable[..., subprocess.CompletedProcess[str]]


def test_the_story_brings_its_own_name(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    said = subprocess.run(
        ["git", "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"],
        cwd=tmp_path,
        env=stage.environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert said.startswith("A. Example <a@agora.example> ")


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    folder = tmp_path / "agora"
    shutil.copytree(played, folder)
    return folder


def govkit(folder: Path, *words: str, clock: str | None = None) -> subprocess.CompletedProcess[str]:
    return started(
        [sys.executable, "-m", "govkit", "-C", str(folder), *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
        clock=clock,
    )


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def status(folder: Path, now: str = DECIDED) -> dict[str, Any]:
    return answer(govkit(folder, "status", PROPOSAL, "--now", now, "--format", "json"))


def test_the_release_at_its_end_is_signed_published_and_proved(
    played: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(played.parent, tmp_path, dirs_exist_ok=True, symlinks=True)
    finish(Stage(tmp_path, started), STORY, formats="md")
    told = (played.parent / "told.txt").read_text(encoding="utf-8") + capsys.readouterr().out
    assert told.count("Nothing failed.") == 3, "the tag, the folder, and a receipt"
    assert "and seen by Example Observatory" in told
    changed = told.partition("What if somebody changes the record")[2]
    for found in (
        "this record is not as number 17 of the log has it (position)",
        "the key k1 is another one than the log knows, so it was put in its place",
        "is logged again here, as number 67: number 17 alone counts",
    ):
        assert found in " ".join(changed.split())
    listed = answer(govkit(tmp_path / "agora", "release", "list", "--format", "json"))
    [release] = listed["releases"]
    assert (release["release"], release["state"]) == ("provisions/1.0.0", "valid")
    assert sorted(release["signed"]) == ["a-example", "c-example"]


# --- the sum --------------------------------------------------------------------------------------


def test_the_outcome_is_that_of_the_story(played: Path) -> None:
    found = status(played)
    expected = STORY["expected"]
    assert found["outcome"] == expected["outcome"]
    assert found["provisional"] is False
    assert {unit["id"]: unit["outcome"] for unit in found["units"]} == {
        id: unit["outcome"] for id, unit in expected["units"].items()
    }
    for unit in found["units"]:
        assert unit["not_heard"] == expected["not_heard"]
        story = expected["units"][unit["id"]]
        assert [each["member"] for each in unit["objections"]] == story.get("objections", [])
        assert unit["stale"] == story.get("stale", [])


def test_the_json_has_what_the_contract_says(played: Path) -> None:
    found = status(played)
    assert set(found) >= {"outcome", "provisional", "units", "rejected", "late", "would_change"}
    for unit in found["units"]:
        assert set(unit) >= {
            "id",
            "outcome",
            "required",
            "given",
            "missing",
            "stale",
            "not_heard",
            "objections",
        }
        for each in unit["objections"]:
            assert set(each) >= {"member", "state", "reason"}
    assert found.pop("waiting") == [], "who has to sign is no part of the sum"
    assert answer(govkit(played, "decide", PROPOSAL, "--now", DECIDED, "--format", "json")) == found


def test_before_the_time_of_intake_is_over_it_is_provisional_and_ends_with_1(played: Path) -> None:
    assert status(played, EARLY)["provisional"] is True
    assert govkit(played, "decide", PROPOSAL, "--now", EARLY).returncode == 1
    assert govkit(played, "decide", PROPOSAL, "--now", DECIDED).returncode == 0


def test_dissent_and_silence_are_shown_as_what_they_are(played: Path) -> None:
    shown = govkit(played, "status", PROPOSAL, "--now", DECIDED).stdout
    assert "objects: example-chat (answered; decided with this dissent): A contract" in shown
    assert "not heard: example-ombuds-office" in shown
    assert "not heard, whole groups: public-bodies" in shown


def test_a_bar_for_each_text_shows_where_every_group_stands(
    played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("status", PROPOSAL, "--now", DECIDED)
    units = status(played)["units"]
    for unit in units:
        counts = [sum(each.values()) for each in unit["by_group"].values()]
        assert sum(counts) == unit["roll"], unit["id"]
        said = sum(len(each) for each in unit["positions"].values()) + len(unit["objections"])
        silent = sum(each["not-heard"] for each in unit["by_group"].values())
        assert silent == unit["roll"] - said, unit["id"]
    monkeypatch.setenv("COLUMNS", "60")
    text = govkit(played, *asked).stdout
    assert BAR in text.splitlines()
    assert max(map(len, text.splitlines())) <= 60
    assert text.count("Voices:") == 1
    monkeypatch.setenv("PYTHONIOENCODING", "ascii:replace")
    assert BAR.translate(str.maketrans("█▒×–·", "#~x-.")) in govkit(played, *asked).stdout
    monkeypatch.delenv("PYTHONIOENCODING")
    page = govkit(played, *asked, "--format", "html").stdout
    assert page.count('<svg class="bar" role="img"') == 5 + sum(
        1 + len(unit["by_group"]) for unit in units
    )
    assert f"<title>{SAID}</title>" in page
    assert "Example Chat" not in page, "a page to hand round names groups only"
    file = tmp_path / "status.pdf"
    assert govkit(played, *asked, "--format", "pdf", "-o", str(file)).returncode == 0
    assert file.read_bytes().startswith(b"%PDF-")
    refused = govkit(played, "status", "--now", DECIDED, "--format", "html", "-o", str(file))
    assert refused.returncode == 2


def test_without_the_top_up_the_changed_text_is_not_adopted(agora: Path) -> None:
    """As it stood before the Readers' Union was asked again."""
    found = status(agora, "2026-06-03T12:00:00Z")
    (unit,) = [each for each in found["units"] if each["id"] == CMP]
    assert unit["outcome"] not in ("adopted", "adopted-with-dissent")
    assert "example-readers-union" in unit["stale"]


# --- what does not count --------------------------------------------------------------------------

OPEN = "2026-06-06T08:00:00Z"
"""After everything of the story, and before the last call closes."""
LAB = "example-network-lab"


def receipt(folder: Path, now: str, *words: str) -> tuple[str, dict[str, Any]]:
    """Write a position down, and return the receipt and the whole answer."""
    (folder.parent / f"{folder.name}-private").mkdir(exist_ok=True)
    at = ("--by", "a-example", "--now", now, "--format", "json")
    found = answer(govkit(folder, "consent", words[0], PROPOSAL, *words[1:], *at))
    return "\n".join([*found["receipt"], *found["verdicts"]]), found


def key_of(played: Path, coordinator: str = "c-example") -> Path:
    return played.parent / "keys" / coordinator


def vouched(folder: Path, played: Path) -> None:
    """The second coordinator vouches for what the first one filed."""
    vouch_for_all(folder, "c-example", key_of(played), instant_of(OPEN))


@pytest.fixture
def paper(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "letter.txt").write_text("Invented.", encoding="utf-8")
    return ("--source", str(tmp_path / "letter.txt"))


def test_a_position_that_counts_has_a_receipt_that_says_nothing_else(
    agora: Path, played: Path
) -> None:
    said, found = receipt(agora, OPEN, "c-example", "consent", "--key", str(key_of(played)))
    assert found["counts"] is True
    assert "As things stand, this counts." in said
    assert "not count" not in said
    society = "example-digital-rights-society"  # two speak for it, and one leads it
    not_counted = {each["record"]: each for each in status(agora)["not_counted"]}
    other = not_counted[f"positions/{society}-01"]
    assert f"{society} has one voice, and positions/{society}-02 counts for it" in other["why"]


@pytest.mark.parametrize(
    ("now", "words", "shown", "why", "remedy"),
    [
        (
            "2026-06-08T12:00:00Z",
            (LAB, "consent"),
            True,
            "it was received after the close of the last call",
            "Two coordinators can reopen",
        ),
        (
            OPEN,
            (LAB, "consent"),
            False,
            "nothing shows it yet (E0), and the policy substance asks for E1",
            "--source FILE",
        ),
        (
            OPEN,
            (LAB, "consent", "--revision", "1", "--unit", CMP),
            True,
            "it is about other words than those of revision 2",
            "give a position to the words",
        ),
        (
            OPEN,
            ("example-chat", "consent"),
            True,
            "no second coordinator has vouched for what shows it (evidence/example-chat-03-01)",
            "`govkit countersign 2026-001/evidence/example-chat-03-01",
        ),
        (
            OPEN,
            ("example-chat", "withdraw"),
            False,
            "to take an objection back the policy substance asks for E1",
            "a coordinator files it: `govkit evidence`",
        ),
    ],
)
def test_the_receipt_of_a_position_that_does_not_count_says_why_and_what_can_be_done(
    agora: Path,
    paper: tuple[str, str],
    now: str,
    words: tuple[str, ...],
    shown: bool,
    why: str,
    remedy: str,
) -> None:
    said, found = receipt(agora, now, *words, *(paper if shown else ()))
    assert found["counts"] is False
    told, line = [each for each in said.split("\n") if "this does not count" in each]
    assert told in found["receipt"]
    assert "govkit " not in told
    assert why in line
    assert remedy in said.split(line)[1].split("\n")[1]
    later = status(agora, DECIDED if now > OPEN else OPEN)
    record = found["entries"][0]["path"].split(f"{PROPOSAL}/")[1].removesuffix(".yaml")
    known = [*later["not_counted"], *later["late"], *later["reported"]]
    assert record in [each["record"] for each in known]


def test_one_who_joined_after_the_opening_is_told_when_they_are_asked(
    agora: Path, paper: tuple[str, str]
) -> None:
    words = (
        "--name",
        "Newcomer (invented)",
        "--kind",
        "organisation",
        "--group",
        "civil-society",
        "--by",
        "a-example",
        "--now",
        OPEN,
    )
    done = govkit(agora, "member", "add", "newcomer", *words)
    assert done.returncode == 0, done.stderr
    said, _ = receipt(agora, OPEN, "newcomer", "consent", *paper)
    assert "joined after this revision was opened; the next revision includes them" in said
    assert "Whoever is enrolled when the next revision is opened is asked then" in said


def test_a_consent_of_one_who_objects_counts_only_when_the_objection_is_withdrawn(
    agora: Path, played: Path, paper: tuple[str, str]
) -> None:
    receipt(agora, OPEN, "example-chat", "consent", *paper)
    vouched(agora, played)
    known = {each["record"]: each for each in status(agora, DECIDED)["not_counted"]}
    found = known["positions/example-chat-03"]
    assert found["why"] == "the objection in positions/example-chat-02 stands"
    assert "--withdraws-objection" in found["remedy"]


def test_an_objection_with_which_its_author_is_content_does_not_stand_for_anybody(
    agora: Path, played: Path, paper: tuple[str, str]
) -> None:
    comments = agora / f"governance/proposals/{PROPOSAL}/comments"
    (number,) = [
        each.stem
        for each in sorted(comments.iterdir())
        if "positions/example-chat" in each.read_text("utf-8")
    ]
    done = govkit(
        agora,
        "comment",
        "dispose",
        number,
        "--proposal",
        PROPOSAL,
        "--author-reply",
        "satisfied",
        "--by",
        "a-example",
        "--now",
        OPEN,
    )
    assert done.returncode == 0, done.stderr
    # One coordinator's word about the author settles nothing.
    mail = ("--seen", "The mail of Chat.", "--key", str(key_of(played, "c-example")))
    answer = ("countersign", f"{PROPOSAL}/comments/{number}", *mail, "--by", "c-example")
    done = govkit(agora, *answer, "--now", OPEN)
    assert done.returncode == 0, done.stderr
    _, found = receipt(agora, OPEN, "example-chat", "consent", *paper)
    assert found["notes"] == []
    vouched(agora, played)
    known = [each["record"] for each in status(agora, DECIDED)["not_counted"]]
    assert "positions/example-chat-03" not in known


# --- one question, one answer ---------------------------------------------------------------------

AFTER_CLOSE = "2026-06-08T12:00:00Z"


@pytest.mark.parametrize(
    ("revision", "received", "late"),
    [
        ("2", "2026-05-15T11:59:59Z", False),
        ("2", "2026-05-15T12:00:00Z", True),  # at its end the time is over
        ("2", "2026-05-16T12:00:00Z", True),  # neither comments nor a last call were open
        ("2", OPEN, False),  # the mail of the last call asks for comments, too
        ("1", "2026-05-01T12:00:00Z", False),  # while revision 2 was open
        ("2", "2026-06-07T12:00:00Z", True),
    ],
)
def test_a_comment_is_late_or_waits_for_an_answer_wherever_one_looks(
    agora: Path, revision: str, received: str, late: bool
) -> None:
    done = govkit(
        agora,
        "comment",
        "add",
        "--proposal",
        PROPOSAL,
        "--name",
        "E. Example",
        "--text",
        "A remark.",
        "--source",
        "form",
        "--revision",
        revision,
        "--received",
        received,
        "--by",
        "a-example",
        "--now",
        AFTER_CLOSE,
        "--format",
        "json",
    )
    [made] = answer(done)["comments"]
    listed = answer(govkit(agora, "comment", "table", "--proposal", PROPOSAL, "--format", "json"))
    [shown] = [each for each in listed["comments"] if each["number"] == made["number"]]
    record, found = f"comments/{made['number']:04d}", status(agora)
    assert (made["late"], shown["late"]) == (late, late)
    assert (record in [each["record"] for each in found["late"]]) is late
    assert (record in found["unanswered"], found["provisional"]) == (not late, not late)


def test_a_personal_mail_that_is_published_after_the_close_came_when_it_came(agora: Path) -> None:
    (agora.parent / f"{agora.name}-private").mkdir(mode=0o700)
    by = ("--by", "a-example", "--now", AFTER_CLOSE, "--format", "json")
    said = ("--name", "E. Example", "--group", "academia", "--text", "A remark.")
    mail = (*said, "--channel", "personal-mail", "--received", OPEN)
    [made] = answer(govkit(agora, "comment", "add", "--proposal", PROPOSAL, *mail, *by))["comments"]
    number = str(made["number"])
    public = (number, "--as", "without-name")
    answer(govkit(agora, "comment", "publish", "--proposal", PROPOSAL, *public, *by))
    listed = answer(govkit(agora, "comment", "table", "--proposal", PROPOSAL, "--format", "json"))
    [shown] = [each for each in listed["comments"] if each["number"] == made["number"]]
    found, record = status(agora), f"comments/{made['number']:04d}"
    assert (made["late"], shown["late"]) == (False, False)
    assert record not in [each["record"] for each in found["late"]]
    assert record in found["unanswered"]


def test_an_answer_that_the_log_does_not_have_is_none_wherever_one_looks(agora: Path) -> None:
    path = sorted((agora / f"governance/proposals/{PROPOSAL}/comments").iterdir())[0]
    text = path.read_text("utf-8")
    assert "\n  by: a-example\n" in text
    path.write_text(text.replace("\n  by: a-example\n", "\n  by: c-example\n"), "utf-8")
    listed = answer(govkit(agora, "comment", "table", "--proposal", PROPOSAL, "--format", "json"))
    [shown] = [each for each in listed["comments"] if each["number"] == int(path.stem)]
    assert shown["disposition"] is None
    assert f"comments/{path.stem}" in status(agora)["unanswered"]


def test_a_receipt_says_that_a_position_was_filed_after_the_intake(agora: Path) -> None:
    (agora.parent / "agora-private").mkdir()
    said = govkit(
        agora,
        "consent",
        "example-ombuds-office",
        PROPOSAL,
        "consent",
        "--source",
        str(ROOT / "LICENSE"),
        "--received",
        "2026-05-20T12:00Z",
        "--by",
        "a-example",
        "--now",
        DECIDED,
    )
    assert said.returncode == 0, said.stderr
    assert "It was filed after the time of intake, which ended 2026-06-" in said.stdout


# --- applying -------------------------------------------------------------------------------------


def adopted_text(folder: Path, id: str) -> str:
    (path,) = folder.glob(f"provisions/*/{id}*.yaml")
    return path.read_text(encoding="utf-8")


def test_applying_puts_the_decided_words_in_their_place(agora: Path) -> None:
    before = status(agora)
    done = govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert done.returncode == 0, done.stderr
    for unit in before["units"]:
        shown = answer(govkit(agora, "show", unit["id"], "--format", "json"))
        assert (shown["status"], shown["digest"]) == ("adopted", unit["after"])
    after = answer(govkit(agora, "status", PROPOSAL, "--now", APPLIED, "--format", "json"))
    assert after["state"] == "applied"
    decision = (agora / f"governance/proposals/{PROPOSAL}/decision.yaml").read_text("utf-8")
    assert "outcome: adopted-with-dissent" in decision
    whole = answer(govkit(agora, "diff", "--whole", "HEAD", "--format", "json"))
    (origin,) = (each["origin"] for each in whole["changes"] if each["id"] == "AGP-CMP-01")
    assert (origin["proposal"], origin["comments"]) == (PROPOSAL, ["1", "5"])
    assert (origin["decided"], origin["dissented"]) == (True, ["example-chat"])
    assert "c-example" in origin["agreed"]
    page = govkit(agora, "diff", "--whole", "HEAD", "AGP-CMP-01", "--format", "md").stdout
    assert "Dissented: Example Chat Ltd" in page


def test_a_decision_on_the_clock_is_of_the_second(agora: Path) -> None:
    """A clock knows parts of a second, and no record does."""
    clock = APPLIED.replace("Z", ".654321Z")
    shown = answer(govkit(agora, "decide", PROPOSAL, "--format", "json", clock=clock))
    assert shown["now"] == APPLIED
    done = govkit(agora, "decide", PROPOSAL, "--apply", "--by", "a-example", clock=clock)
    assert done.returncode == 0, done.stderr
    decision = (agora / f"governance/proposals/{PROPOSAL}/decision.yaml").read_text("utf-8")
    assert f"now: {APPLIED}" in decision
    after = answer(govkit(agora, "status", PROPOSAL, "--format", "json", clock=clock))
    assert (after["decided"], after["now"], after["doubts"]) == (APPLIED, APPLIED, [])


def test_applying_twice_changes_nothing(agora: Path) -> None:
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    before = {path: path.read_bytes() for path in agora.rglob("*.yaml")}
    done = govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert "applied already" in done.stdout
    assert {path: path.read_bytes() for path in agora.rglob("*.yaml")} == before


def test_words_that_are_lost_after_applying_are_put_back(agora: Path) -> None:
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    (path,) = agora.glob(f"provisions/*/{NTC}*.yaml")
    whole = path.read_bytes()
    path.unlink()
    assert govkit(agora, "decide", PROPOSAL, "--apply", *BY).returncode == 0
    (again,) = agora.glob(f"provisions/*/{NTC}*.yaml")
    assert again.read_bytes() == whole


def refused(agora: Path, words: str) -> None:
    before = {path: path.read_bytes() for path in agora.rglob("*.yaml")}
    done = govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert done.returncode == 1, done.stdout + done.stderr
    assert words in done.stderr
    assert {path: path.read_bytes() for path in agora.rglob("*.yaml")} == before


def test_a_draft_with_other_words_than_decided_is_not_thrown_away(agora: Path) -> None:
    (path,) = agora.glob(f"provisions/*/{NTC}*.yaml")
    path.write_text(path.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
    refused(agora, "has other words than revision 2")


def test_a_coalition_that_is_forming_adopts_nothing(agora: Path) -> None:
    (agora / "governance/genesis.yaml").unlink()
    refused(agora, "the coalition is forming")


def test_a_broken_log_stops_it(agora: Path) -> None:
    path = agora / f"governance/proposals/{PROPOSAL}/positions/example-chat-01.yaml"
    path.write_text(path.read_text("utf-8").replace("consent", "abstain"), "utf-8")
    refused(agora, "the log does not hold")


def test_a_copy_with_other_words_than_decided_stops_it(agora: Path) -> None:
    path = agora / f"governance/proposals/{PROPOSAL}/rev-2/after/{NTC}.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: New "), "utf-8")
    refused(agora, "does not have the decided words")


def test_what_is_not_over_is_not_applied(agora: Path) -> None:
    done = govkit(agora, "decide", PROPOSAL, "--apply", "--by", "a-example", "--now", EARLY)
    assert done.returncode == 1
    assert "taken in until" in done.stderr
    assert not (agora / f"governance/proposals/{PROPOSAL}/decision.yaml").exists()


def test_only_a_coordinator_applies(agora: Path) -> None:
    done = govkit(agora, "decide", PROPOSAL, "--apply", "--by", "example-chat", "--now", APPLIED)
    assert done.returncode == 2
    assert "coordinator" in done.stderr


# --- acts -----------------------------------------------------------------------------------------


def act(folder: Path, kind: str, *words: str) -> subprocess.CompletedProcess[str]:
    return govkit(
        folder,
        "propose",
        "act",
        kind,
        PROPOSAL,
        "--reason",
        "Because.",
        *words,
        "--by",
        "a-example",
        "--now",
        DECIDED,
    )


def test_where_the_charter_names_no_body_an_escalation_is_refused_with_the_way_out(
    agora: Path,
) -> None:
    done = act(agora, "escalation", "--who", "a-example", "--who", "c-example")
    assert done.returncode == 2
    assert "the charter names no body that decides about objections" in done.stderr
    assert "govkit amend charter" in " ".join(done.stderr.split())
    assert not (agora / f"governance/proposals/{PROPOSAL}/acts").exists()


def test_acts_are_filed_with_a_number_and_count_when_signed(agora: Path, played: Path) -> None:
    two = ("--who", "a-example", "--who", "c-example")
    assert act(agora, "waiver", *two).returncode == 0
    assert act(agora, "override", "--unit", CMP, *two).returncode == 0
    done = act(agora, "minority-statement", "--who", "example-chat")
    assert "in the log: act governance/proposals/2026-001/acts/03.yaml" in done.stdout
    assert rules(agora) == ["signature-missing", "signature-missing"]
    for number in ("01", "02"):
        for id in ("a-example", "c-example"):
            key = ("--key", str(played.parent / "keys" / id), "--by", id, "--now", DECIDED)
            assert govkit(agora, "sign", f"{PROPOSAL}/acts/{number}", *key).returncode == 0
    assert rules(agora) == []


def test_acts_that_would_not_count_are_not_filed(agora: Path) -> None:
    for kind, words, why in (
        ("waiver", ("--who", "a-example"), "it takes two coordinators"),
        ("override", ("--who", "example-chat"), "two stakeholder groups"),
        ("minority-statement", ("--who", "d-example"), "nobody on the roll"),
        (
            "reopen",
            ("--unit", "AGP-NTC-09", "--who", "a-example", "--who", "c-example"),
            "has no text `AGP-NTC-09`",
        ),
    ):
        done = act(agora, kind, *words)
        assert done.returncode == 2
        assert why in done.stderr
    assert not list(agora.glob("governance/proposals/*/acts/*"))


# --- afterwards -----------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    person = {
        f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **person}, check=True, capture_output=True
    )


@pytest.fixture
def applied(agora: Path) -> Path:
    """A copy in which the decision is applied and committed."""
    assert govkit(agora, "decide", PROPOSAL, "--apply", *BY).returncode == 0
    git(agora, "add", "-A")
    git(agora, "commit", "-q", "-m", "Adopt")
    return agora


def soften(folder: Path) -> None:
    """Edit an adopted text: a duty becomes a recommendation."""
    (path,) = folder.glob(f"provisions/*/{NTC}*.yaml")
    text = path.read_text("utf-8")
    new = text.replace("force: must\n", "force: should\n", 1).replace(" must send", " should send")
    assert new != text
    path.write_text(new, "utf-8")


def rules(folder: Path) -> list[str]:
    """The rules that a check names as errors, beside that of the seal which comes before a push."""
    found = answer(govkit(folder, "check", "--format", "json"))["findings"]
    errors = [each["rule"] for each in found if each["level"] == "error"]
    return [rule for rule in errors if rule != "log-unsealed"]


def test_an_adopted_text_can_not_change_without_consent(applied: Path) -> None:
    assert rules(applied) == []
    soften(applied)
    assert rules(applied) == ["adopted-without-decision"]


def test_an_edit_of_an_adopted_text_becomes_a_proposal(applied: Path) -> None:
    """The proposal keeps the edit, and the file has the adopted words again."""
    (path,) = applied.glob(f"provisions/*/{NTC}*.yaml")
    adopted = path.read_bytes()
    soften(applied)
    done = govkit(
        applied,
        "propose",
        "open",
        NTC,
        "--title",
        "Softer",
        "--proposer",
        "example-market",
        "--by",
        "a-example",
        "--now",
        "2026-07-01T12:00:00Z",
    )
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == adopted
    assert rules(applied) == []
    copy = applied / f"governance/proposals/2026-002/rev-1/after/{NTC}.yaml"
    assert "should send" in copy.read_text("utf-8")


# --- decided, and not adopted ---------------------------------------------------------------------

OPENING = ("propose", "open", NTC, "--title", "Softer", "--proposer", "example-market")
REFUSED = ("--by", "a-example", "--now", "2026-09-16T12:00:00Z")


@pytest.fixture
def not_adopted(applied: Path) -> Path:
    """A copy in which nobody consented to a second proposal, and that was decided."""
    soften(applied)
    (applied.parent / "agora-private").mkdir()
    for words, now in (
        (OPENING, "2026-06-17T12:00:00Z"),
        (("propose", "last-call", "2026-002"), "2026-08-03T12:00:00Z"),
    ):
        done = govkit(applied, *words, "--by", "a-example", "--now", now)
        assert done.returncode == 0, done.stderr
    done = govkit(
        applied,
        "decide",
        "2026-002",
        "--apply",
        "--by",
        "a-example",
        "--now",
        "2026-09-15T12:00:00Z",
    )
    assert done.returncode == 1, done.stderr
    assert "not adopted." in done.stdout
    assert "`govkit propose withdraw 2026-002 --reason WORDS`" in done.stdout
    return applied


def test_what_was_decided_and_not_adopted_is_revised_or_withdrawn(not_adopted: Path) -> None:
    ways = ("`govkit propose revise 2026-002`", "`govkit propose withdraw 2026-002 --reason WORDS`")
    status_ = govkit(not_adopted, "status", "2026-002", *REFUSED[2:]).stdout
    assert "decided: not adopted" in status_
    assert "not yet applied" not in status_
    assert "What would change it" not in status_
    twice = govkit(not_adopted, "decide", "2026-002", "--apply", *REFUSED)
    assert "recorded already" in twice.stdout
    assert "applied already" not in twice.stdout
    receipt = govkit(
        not_adopted,
        "consent",
        "example-market",
        "2026-002",
        "consent",
        "--source",
        str(ROOT / "LICENSE"),
        *REFUSED,
    ).stdout
    soften(not_adopted)
    opened = govkit(not_adopted, *OPENING, *REFUSED).stderr
    assert "proposed already, and not adopted" in opened
    for said in (status_, twice.stdout, receipt, opened):
        assert all(way in " ".join(said.split()) for way in ways), said


def test_after_its_withdrawal_the_same_words_can_be_proposed_again(not_adopted: Path) -> None:
    done = govkit(
        not_adopted,
        "propose",
        "withdraw",
        "2026-002",
        "--reason",
        "Again, later.",
        "--for",
        "example-market",
        *REFUSED,
    )
    assert done.returncode == 0, done.stderr
    soften(not_adopted)
    assert govkit(not_adopted, *OPENING, *REFUSED).returncode == 0


@pytest.mark.parametrize("became", ["is gone", "was changed since"])
def test_a_decision_whose_record_is_lost_is_decided_all_the_same(
    applied: Path, became: str
) -> None:
    path = applied / DECISION
    text = path.read_text("utf-8")
    if became == "is gone":
        path.unlink()
    else:
        path.write_text(text.replace("outcome: adopted-with-dissent", "outcome: adopted"), "utf-8")
    words = f"the record of the decision is not as the log has it: {DECISION} {became}"
    for call in (("status", PROPOSAL), ("decide", PROPOSAL)):
        done = govkit(applied, *call, *LATER[2:])
        said = " ".join(done.stdout.split()).lower()
        assert words.lower() in said
        assert "lapsed" not in said
        assert f"`git log -- {DECISION}`" in said
    done = govkit(applied, "decide", PROPOSAL, "--apply", *LATER)
    assert (done.returncode, words in " ".join(done.stderr.split())) == (1, True)
    found = answer(govkit(applied, "status", PROPOSAL, *LATER[2:], "--format", "json"))
    assert (found["state"], found["outcome"], found["revision"]) == ("decided", None, 2)
    path.write_text(text, "utf-8")
    assert status(applied, LATER[-1])["state"] == "applied"


# --- in ten years ---------------------------------------------------------------------------------

LATER = ("--by", "a-example", "--now", "2026-09-01T12:00:00Z")


DECISION = "governance/proposals/2026-001/decision.yaml"


def again(folder: Path) -> RecountResult:
    """The decision of the story, reckoned anew from its records."""
    corpus = open_workspace(folder).corpus
    found = Recount(corpus).again(corpus.by_path[DECISION])
    assert found is not None
    return found


def test_what_comes_later_does_not_change_the_sum_of_an_old_decision(applied: Path) -> None:
    """Members leave, policies and coordinators change, positions and comments come: same sum."""
    before = again(applied)
    assert (before.differs, before.unknown) == ((), ())
    assert before.record.outcome == "adopted-with-dissent"

    def done(*words: str) -> None:
        run = govkit(applied, *words, *LATER)
        assert run.returncode == 0, run.stderr

    coordinate = ("a-example", "c-example")
    positions = applied / "governance/proposals/2026-001/positions"
    spoke = next(
        name
        for name in sorted(each.stem.rpartition("-")[0] for each in positions.iterdir())
        if name not in coordinate
    )
    shown, json_ = as_it_was(applied)
    # Said to have left long before.
    done("member", "end", spoke, "--asked", "--last-day", "2026-03-01")
    policy = applied / "governance/policies/substance.yaml"
    policy.write_text(policy.read_text().replace("P14D", "P21D", 1), encoding="utf-8")
    both = ("--who", "a-example", "--who", "c-example", "--reason", "Two weeks were too short.")
    done("amend", "substance", *both)
    charter = applied / "governance/charter.yaml"
    text = charter.read_text()
    assert "calendar:" in text
    charter.write_text(re.sub(r"calendar:.*\n(?:  .*\n)*", "", text), encoding="utf-8")
    done("amend", "charter", *both)
    (applied.parent / f"{applied.name}-private").mkdir()
    source = applied.parent / "minutes.md"
    source.write_text("Invented minutes.", encoding="utf-8")
    done(
        "consent",
        "c-example",
        "2026-001",
        "object",
        "--reason",
        "Too late, I know.",
        "--source",
        str(source),
    )
    said, found = receipt(applied, LATER[-1], "c-example", "consent", "--source", str(source))
    assert found["counts"] is False
    assert "revision 2 was decided on 2026-06-16, before it was filed" in said
    done(
        "comment",
        "add",
        "--proposal",
        "2026-001",
        "--name",
        "E. Example",
        "--text",
        "Late.",
        "--channel",
        "form",
        "--type",
        "general",
    )
    done(
        "propose", "act", "minority-statement", "2026-001", "--who", "c-example", "--reason", "No."
    )
    assert again(applied) == before
    assert as_it_was(applied) == (shown, json_)
    late = status(applied, LATER[-1])["late"]
    assert [each["record"].split("/")[0] for each in late][-3:] == [
        "positions",
        "positions",
        "comments",
    ]
    assert all("filed after the decision of 2026-06-16" in each["cause"] for each in late[-3:])
    assert "is not in the decision" not in govkit(applied, "audit").stdout
    assert not [each for each in rules(applied) if each in ("copy-differs", "log-broken")]
    corpus = open_workspace(applied).corpus
    assert docket_of(corpus, "2026-001").members != ground(corpus).members  # type: ignore[union-attr]


def as_it_was(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """How the decision is shown, but for what is filed later."""
    found = status(folder, "2027-01-01T12:00:00Z")
    later = ("state", "since", "late")
    text = govkit(folder, "status", PROPOSAL, "--now", "2027-01-01T12:00:00Z").stdout.split("\n")
    return (
        [line for line in text[2:] if "filed after" not in line],
        {key: value for key, value in found.items() if key not in later},
    )


def ground(corpus: Corpus) -> DecisionBasis:
    record = corpus.by_path["governance/proposals/2026-001/ground.yaml"].record
    assert isinstance(record, DecisionBasis)
    assert record.charter.intake.addresses == ()
    return record


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("ground.yaml", "civil-society", "business", "is not what the decision rested on"),
        ("rev-2/revision.yaml", "code: ", "code: aaaa-aaaa #", "rev-2 is not as it was"),
    ],
)
def test_an_input_that_was_changed_after_the_decision_is_named(
    path: str, old: str, new: str, words: str, applied: Path
) -> None:
    file = applied / "governance/proposals/2026-001" / path
    file.write_text(file.read_text().replace(old, new, 1), encoding="utf-8")
    assert words in " ".join(again(applied).differs)


def test_an_input_that_is_gone_is_named(applied: Path) -> None:
    positions = applied / "governance/proposals/2026-001/positions"
    min(positions.glob("c-example-0*")).unlink()  # a folder gives its files in an order of its own
    assert again(applied).differs[0].startswith("positions/c-example-0")


@pytest.mark.parametrize(
    ("path", "edit", "words"),
    [
        ("ground.yaml", None, "on which this decision rests, is gone"),
        ("ground.yaml", ("A. Example", "B. Example"), "this is not what the decision rested on"),
        ("policies/substance.yaml", None, "the policy substance under which the proposal was"),
    ],
)
def test_what_a_decision_rests_on_is_missed_by_check(
    path: str, edit: tuple[str, str] | None, words: str, applied: Path
) -> None:
    file = applied / "governance/proposals/2026-001" / path
    if edit is None:
        file.unlink()
    else:
        file.write_text(file.read_text().replace(*edit), encoding="utf-8")
    done = govkit(applied, "check")
    assert (done.returncode, words in done.stdout) == (1, True), done.stdout


def test_what_was_kept_for_a_decision_is_held_against_the_log(applied: Path) -> None:
    """A registrar who forges the kept members, the decision and its entry is found all the same."""
    folder = applied / "governance/proposals/2026-001"
    kept = folder / "ground.yaml"
    corpus = open_workspace(applied).corpus
    old = digest_for("ground", corpus.by_path[f"{folder.relative_to(applied)}/ground.yaml"].record)
    text = kept.read_text()
    member = text.index("  a-example:")
    kept.write_text(
        text[:member]
        + text[member:].replace("academia", "business", 1).replace("civil-society", "business", 1),
        encoding="utf-8",
    )
    corpus = open_workspace(applied).corpus
    new = digest_for("ground", corpus.by_path[f"{folder.relative_to(applied)}/ground.yaml"].record)
    assert new != old
    decision = applied / DECISION
    was = digest_for("decision", corpus.by_path[DECISION].record)
    decision.write_text(decision.read_text().replace(old, new), encoding="utf-8")
    now = digest_for("decision", open_workspace(applied).corpus.by_path[DECISION].record)
    entry = max((applied / "governance/log").glob("*.yaml"))
    assert was in entry.read_text()
    entry.write_text(entry.read_text().replace(was, now), encoding="utf-8")
    assert again(applied).differs == (
        "governance/proposals/2026-001/ground.yaml has other words for a-example than the log had "
        "then",
    )


def test_a_text_amended_later_leaves_the_older_decision_applied(
    applied: Path, played: Path
) -> None:
    key = ("--key", str(key_of(played)))
    shown = as_it_was(applied)
    assert "Outcome: adopted with dissent" in "\n".join(shown[0])
    soften(applied)
    assert as_it_was(applied) == shown  # an edit in the folder is not what was adopted
    steps = (
        (
            ("propose", "open", NTC, "--title", "Softer", "--proposer", "example-market"),
            "2026-06-17T12:00:00Z",
        ),
        (
            (
                "propose",
                "withdraw",
                "2026-002",
                "--reason",
                "Too early.",
                "--for",
                "example-market",
            ),
            "2026-06-18T12:00:00Z",
        ),
        (("propose", "last-call", "2026-003"), "2026-08-03T12:00:00Z"),
        *(
            (
                ("consent", member, "2026-003", "consent", "--source", str(ROOT / "LICENSE")),
                "2026-08-05T12:00:00Z",
            )
            for member in ("example-market", "example-network-lab", "example-readers-union")
        ),
        *(
            (
                ("countersign", f"2026-003/evidence/{member}-01-01", "--seen", "It.", *key),
                "2026-08-05T13:00:00Z",
            )
            for member in ("example-market", "example-network-lab", "example-readers-union")
        ),
        (("decide", "2026-003", "--apply"), "2026-09-15T12:00:00Z"),
    )
    (applied.parent / "agora-private").mkdir()
    withdrawn = ("status", "2026-002", "--now", "2026-09-16T12:00:00Z")
    for words, now in steps:
        by = "c-example" if words[0] == "countersign" else "a-example"
        done = govkit(applied, *words, "--by", by, "--now", now)
        assert done.returncode == 0, done.stdout + done.stderr
        if words[1] == "withdraw":
            given_up = govkit(applied, *withdrawn).stdout
            soften(applied)
            again_ = govkit(
                applied, *steps[0][0], "--by", "a-example", "--now", "2026-07-01T12:00:00Z"
            )
            assert again_.returncode == 0, again_.stderr
    later = ("--now", "2026-09-16T12:00:00Z")
    for proposal in (PROPOSAL, "2026-003"):
        found = answer(govkit(applied, "status", proposal, *later, "--format", "json"))
        assert (found["state"], found["doubts"]) == ("applied", [])
        assert govkit(applied, "decide", proposal, *later).returncode == 0
    assert "should send" in adopted_text(applied, NTC)
    assert rules(applied) == []
    assert as_it_was(applied) == shown
    twice = govkit(applied, "decide", PROPOSAL, "--apply", "--by", "a-example", *later)
    assert "applied already" in twice.stdout
    assert "should send" in adopted_text(applied, NTC)
    assert "it was withdrawn on 2026-06-18, so nothing is decided" in given_up
    assert "the adopted words are no longer those" not in given_up
    assert govkit(applied, *withdrawn).stdout == given_up
    refused_ = govkit(applied, "decide", "2026-002", "--apply", "--by", "a-example", *later)
    assert (refused_.returncode, "it was withdrawn on" in refused_.stderr) == (1, True)


# --- what git does to a history -------------------------------------------------------------------


def test_a_squash_changes_nothing(agora: Path) -> None:
    before = status(agora)
    git(agora, "checkout", "-q", "--orphan", "squashed")
    git(agora, "add", "-A")
    git(agora, "commit", "-q", "-m", "Everything in one commit")
    assert status(agora) == before
    assert rules(agora) == []


def test_a_rewritten_past_that_drops_a_record_is_found(agora: Path) -> None:
    """As after a force push: the record and its commit are gone, the log is as it was."""
    (agora / f"governance/proposals/{PROPOSAL}/positions/example-chat-02.yaml").unlink()
    git(agora, "add", "-A")
    git(agora, "commit", "-q", "--amend", "-m", "Nothing happened")
    assert "log-broken" in rules(agora)
    refused(agora, "the log does not hold")


def test_a_rewritten_past_that_edits_a_text_is_found(agora: Path) -> None:
    path = agora / f"governance/proposals/{PROPOSAL}/rev-2/after/{NTC}.yaml"
    path.write_text(path.read_text("utf-8").replace("must send", "may send"), "utf-8")
    git(agora, "commit", "-q", "-a", "--amend", "-m", "Nothing happened")
    assert "copy-differs" in rules(agora)


# --- where, and what is not there -----------------------------------------------------------------


def test_where_says_what_is_in_consultation_and_what_is_adopted(agora: Path) -> None:
    def states(now: str) -> dict[str, str]:
        texts = answer(govkit(agora, "where", "--now", now, "--format", "json"))["texts"]
        return {each["id"]: each["state"] for each in texts}

    assert states(DECIDED)[NTC] == "in consultation"
    assert states(DECIDED)["AGR-01"] == "draft"
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    assert states(APPLIED)[NTC] == "adopted"


def test_an_unknown_proposal(played: Path) -> None:
    done = govkit(played, "status", "2026-002")
    assert done.returncode == 2
    assert "Did you mean `2026-001`?" in done.stderr


def test_where_nothing_is_open_status_says_so(agora: Path) -> None:
    govkit(agora, "decide", PROPOSAL, "--apply", *BY)
    done = govkit(agora, "status", "--now", APPLIED)
    assert done.stdout.startswith("No proposal is open.")
