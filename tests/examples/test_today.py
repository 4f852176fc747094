"""`govkit today` along the story of Agora: what is to be done, by whom, until when."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from govkit.records.governance import Member
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.cli.conftest import git
from tests.examples.conftest import Run
from tests.seals import public_of

BOTH = ["a-example", "c-example"]


def tasks(run: Run, folder: Path, now: str, *words: str) -> list[dict[str, Any]]:
    done = run(folder, "today", "--now", now, "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["tasks"]
    return found


def kinds(found: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(each["kind"], each["due"]) for each in found]


def test_each_step_of_a_proposal_is_named_with_its_command(played: Path, govkit: Run) -> None:
    for now, kind, due, command in (
        ("2026-04-05T12:00:00Z", "step", None, "govkit propose last-call 2026-001"),
        ("2026-06-05T12:00:00Z", "step", "2026-06-06T12:00:00Z", "govkit status 2026-001"),
        ("2026-06-08T12:00:00Z", "take-in", "2026-06-13T12:00:00Z", "govkit intake"),
        ("2026-06-15T12:00:00Z", "decide", None, "govkit decide 2026-001 --apply"),
    ):
        found = [each for each in tasks(govkit, played, now) if each["kind"] == kind]
        assert [(each["due"], each["command"]) for each in found] == [(due, command)], now
        assert found[0]["who"] == BOTH


def test_mails_are_taken_in_from_the_folder_that_the_clone_knows(
    played: Path, tmp_path: Path, govkit: Run
) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "agora"))
    git(folder, "config", "govkit.mails", "../mails")
    found = tasks(govkit, folder, "2026-06-08T12:00:00Z")
    [step] = [each for each in found if each["kind"] == "take-in"]
    assert step["command"] == "govkit intake ../mails"


def test_who_was_not_heard_is_named_until_the_close_and_can_ask_for_their_own(
    played: Path, govkit: Run
) -> None:
    now = "2026-06-05T12:00:00Z"
    [silent] = [each for each in tasks(govkit, played, now) if each["kind"] == "position"]
    assert silent["who"] == ["example-ombuds-office", *BOTH]
    assert silent["what"] == (
        "2026-001: 1 member not heard yet: example-ombuds-office. "
        "A STANCE is consent, consent-with-reservation, stand-aside, object, abstain"
    )
    assert silent["due"] == "2026-06-06T12:00:00Z"
    statement = "--statement example-ombuds-office --position STANCE"
    assert silent["command"] == f"govkit status 2026-001 {statement}"
    own = tasks(govkit, played, now, "--for", "example-ombuds-office")
    assert own == [silent]
    assert tasks(govkit, played, now, "--for", "example-library-alliance") == []
    unknown = govkit(played, "today", "--for", "example-library")
    assert unknown.returncode == 2
    assert "Did you mean `example-library-alliance`?" in unknown.stderr


def test_what_one_coordinator_filed_waits_for_the_other(played: Path, govkit: Run) -> None:
    found = tasks(govkit, played, "2026-05-28T12:00:00Z")
    waiting = [each for each in found if each["kind"] == "vouch"]
    [(several, command)] = [
        (each["what"], each["command"]) for each in waiting if each["who"] == ["c-example"]
    ]
    assert len(waiting) == 1
    assert "positions/example-market-01, " in several
    assert command == "govkit countersign --waiting --key FILE"


def test_dates_beyond_the_days_asked_for_are_left_out(played: Path, govkit: Run) -> None:
    now = "2026-05-28T12:00:00Z"
    near = tasks(govkit, played, now, "--days", "2")
    assert all(each["due"] is None for each in near)
    far = tasks(govkit, played, now, "--days", "365")
    assert ("lapse", "2026-09-19T12:00:00Z") in kinds(far)
    assert len(far) > len(tasks(govkit, played, now)) > len(near)


def test_what_is_overdue_comes_first(played: Path, tmp_path: Path, govkit: Run) -> None:
    folder, now = Path(shutil.copytree(played, tmp_path / "agora")), "2026-06-05T12:00:00Z"
    said = ("comment", "add", "--member", "example-chat", "--text", "Who counts the days?")
    done = govkit(folder, *said, "--by", "a-example", "--now", now)
    assert done.returncode == 0, done.stderr
    done = govkit(folder, "today", "--now", "2026-06-15T12:00:00Z")
    lines = done.stdout.splitlines()
    assert lines[0] == "Overdue"
    assert lines[1].startswith("  - 2026-001: 1 comment to answer: ")
    assert lines.index("Waits now") > lines.index("Overdue")


def test_entries_that_nobody_sealed_and_mandates_that_begin_are_tasks(
    played: Path, tmp_path: Path, govkit: Run
) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "agora"))
    now = "2026-06-05T12:00:00Z"
    joins = ("member", "add", "example-school", "--name", "School", "--kind", "organisation")
    who = ("--by", "a-example", "--now", now)
    assert govkit(folder, *joins, "--group", "academia", *who).returncode == 0
    found = tasks(govkit, folder, now)
    assert found[0]["kind"] == "seal"
    assert found[0]["what"] == (
        "entry 65 of the log is sealed by no coordinator; seal before you push"
    )
    assert "to be done (govkit today):" in govkit(folder).stdout
    for key, here, line in (
        ("../id", "a-example", "govkit seal"),
        ("../id", "example-chat", "govkit seal --key FILE"),
        ("", "a-example", "govkit seal --key FILE"),
    ):
        git(folder, "config", "govkit.key", key)
        git(folder, "config", "govkit.member", here)
        assert tasks(govkit, folder, now)[0]["command"] == line
    begins = [each for each in found if each["about"] == "example-school"]
    assert [(each["kind"], each["due"]) for each in begins] == [("mandate", "2026-06-13T12:00:00Z")]
    assert "begins on 2026-06-12, or once a second coordinator" in begins[0]["what"]


def test_an_act_that_waits_is_a_task_of_each_who_can_sign_it_the_owner_of_the_key_too(
    played: Path, tmp_path: Path, govkit: Run
) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "agora"))
    now, member = "2026-06-05T12:00:00Z", "example-ombuds-office"
    key = tmp_path / "new.pub"
    key.write_text(f"{public_of(member)}\n")
    added = ("member", "key", "add", member, "--file", str(key), "--by", "a-example", "--now", now)
    done = govkit(folder, *added)
    assert done.returncode == 0, done.stderr
    number = json.loads(govkit(folder, "status", "--now", now, "--format", "json").stdout)
    [act] = number["waiting"]
    [task] = [
        each for each in tasks(govkit, folder, now, "--for", member) if each["kind"] == "sign"
    ]
    assert task["command"] == f"govkit sign {act['act']} --by {member} --key FILE"
    [whole] = [each for each in tasks(govkit, folder, now) if each["kind"] == "sign"]
    assert whole["command"] == f"govkit sign {act['act']} --by MEMBER --key FILE"
    assert {member, *BOTH} <= {*task["who"]} == {*act["awaited"]}


def test_keys_and_mandates_that_end_are_told_to_those_whose_they_are(
    played: Path, tmp_path: Path, govkit: Run
) -> None:
    folder = Path(shutil.copytree(played, tmp_path / "agora"))
    path = "governance/members/a-example.yaml"
    member = open_workspace(folder).corpus.by_path[path].record
    assert isinstance(member, Member)
    [key] = member.keys
    ends = key.model_copy(update={"until": open_day()})
    terms = tuple(each.model_copy(update={"until": open_day()}) for each in member.terms)
    changed = member.model_copy(update={"keys": (ends,), "terms": terms})
    (folder / path).write_bytes(record_bytes("member", changed, path))
    found = tasks(govkit, folder, "2026-06-05T12:00:00Z", "--for", "a-example")
    told = {each["kind"]: each["what"] for each in found}
    assert told["key"] == "the key k1 of a-example ends on 2026-06-15"
    assert told["mandate"] == "the mandate of a-example ends on 2026-06-15"


def open_day() -> Any:
    import datetime

    return datetime.date(2026, 6, 15)


def test_it_is_a_calendar_and_a_mail_too(played: Path, govkit: Run) -> None:
    words = ("today", "--now", "2026-06-05T12:00:00Z", "--format")
    calendar = govkit(played, *words, "ics").stdout
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:2026-001: the last call ends" in calendar.replace("\\,", ",")
    mail = govkit(played, *words, "mail").stdout
    assert mail.startswith("Subject: Agora (an invented example): to be done from 2026-06-05 on\n")
    assert max(map(len, mail.splitlines())) <= 96
    assert govkit(played, *words, "mail").stdout == mail


@pytest.mark.parametrize("days", ["-1", "99999", "soon"])
def test_a_number_of_days_that_is_none_is_refused(played: Path, govkit: Run, days: str) -> None:
    assert govkit(played, "today", "--days", days).returncode == 2


def test_decided_words_wait_for_a_release_and_what_stops_it_is_named(
    played: Path, tmp_path: Path, govkit: Run
) -> None:
    folder, now = Path(shutil.copytree(played, tmp_path / "agora")), "2026-06-15T12:00:00Z"
    done = govkit(folder, "decide", "2026-001", "--apply", "--by", "a-example", "--now", now)
    assert done.returncode == 0, done.stderr
    [task] = [each for each in tasks(govkit, folder, now) if each["kind"] == "release"]
    assert (task["about"], task["command"]) == ("provisions", "govkit release plan provisions")
    assert task["what"].endswith("no release of provisions has them yet; one can be cut")

    # What a decision rests on is moved by no later word.
    day = ("--received", "2026-05-20", "--reason", "Misread.", "--by", "a-example", "--now", now)
    refused = govkit(folder, "correct", "2026-001/positions/example-market-01", *day)
    assert refused.returncode == 2, refused.stdout

    (term,) = folder.glob("registers/terms/platform.yaml")
    term.write_text(term.read_text().replace("status: adopted", "status: draft"))
    book = "the words of 2026-001 are in their place, and no release of provisions can be cut: "
    first, second = (e for e in tasks(govkit, folder, now) if e["kind"] == "release")
    assert first["what"] == f"{book}a text in it is not adopted, platform; propose what is not"
    assert first["command"] == "govkit propose open platform --title WORDS --proposer MEMBER"
    assert second["what"].startswith(f"{book}adopted-text-removed (1 place: ")
    assert second["command"] == "govkit check"
