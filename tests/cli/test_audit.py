"""`govkit audit`: each line says what was looked at, and all that is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from govkit.source.record_bytes import record_bytes
from tests.rules.register import EXPORT, ZERO, Register

from .conftest import CHARTER, Run, change
from .register import BY_A, refused

NOW = ("--now", "2026-03-01T12:00:00Z")


def lines(govkit: Run, folder: Path, code: int = 1) -> dict[str, Any]:
    done = govkit(folder, "audit", "--format", "json", *NOW)
    assert done.returncode == code, done.stderr
    return {each["rule"]: each for each in json.loads(done.stdout)["rules"]}


def test_a_forming_coalition_reads_what_it_still_needs(govkit: Run, coalition: Path) -> None:
    found = lines(govkit, coalition)
    assert found["open membership"]["kept"]
    assert found["open membership"]["looked_at"] == "1 member: 1 enrolled, 0 listed, 0 ended"
    assert found["open archive"]["missing"] == [
        "the charter names no archive of the list (`list_archive`)"
    ]
    assert found["roll and groups"]["missing"] == ["nobody speaks for the group academia"]
    assert found["founding and coordinators"]["missing"] == [
        "the coalition is forming: it was not founded, and can adopt nothing",
        "0 coordinators, and an act takes 2",
    ]
    assert found["log"] == {
        "rule": "log",
        "kept": True,
        "missing": [],
        "looked_at": "0 entries of the log",
    }


def test_what_no_other_task_mends_is_asked_for_by_today_last_and_with_its_command(
    govkit: Run, founded: Path
) -> None:
    path = "governance/proposals/2026-001/notices/01.yaml"
    said = {
        "kind": "moved",
        "revision": 1,
        "comment_until": "2026-04-20T12:00:00Z",
        "because": "Easter.",
    }
    (founded / path).parent.mkdir()
    (founded / path).write_bytes(record_bytes("notice", said, path))
    found = json.loads(govkit(founded, "today", "--format", "json", *NOW).stdout)["tasks"]
    asked = [each for each in found if each["kind"] == "audit"]
    assert asked == found[-len(asked) :]
    [archive] = [each for each in asked if "`list_archive`" in each["what"]]
    assert archive["command"] == "govkit amend charter --reason WORDS"
    [mail] = [each for each in asked if each["what"].endswith("announced: 2026-001/01")]
    named = "govkit propose notice 2026-001 --announcement 01 --message-id '<…>'"
    assert mail["command"] == named
    assert any(named in each for each in lines(govkit, founded)["open archive"]["missing"])
    words = govkit(founded, "today", *NOW).stdout.decode()
    assert words.count("No hurry: `govkit audit` misses") == 1


def decided(folder: Path, **unit: int) -> Register:
    """A coalition in which nothing is missing: founded, with an open archive and a decision."""
    register = Register(folder, "2026-001")
    change(folder, CHARTER, "ids: []\n  threshold: 2", "ids: [example-society]\n  threshold: 1")
    change(folder, CHARTER, "intake:", "list_archive: https://lists.example.org/archive\nintake:")
    register.put(
        "governance/members/an-academic.yaml",
        "member",
        {
            "name": "Invented",
            "kind": "individual",
            "state": "enrolled",
            "terms": [{"group": "academia", "since": "2025-01-10"}],
        },
    )
    register.found()
    register.propose()
    made = register.revision(path=EXPORT, old="at any time", new="at once", before=None, **unit)
    register.put(
        f"{register.folder}/positions/an-academic-01.yaml",
        "position",
        {
            "member": "an-academic",
            "cast_by": "an-academic",
            "capacity": "individual",
            "revision": 1,
            "position": "object",
            "units": [{name: made[name] for name in ("id", "before", "after")}],
        },
        "position",
    )
    position = f"{register.folder}/positions/an-academic-01.yaml"
    shown = {
        "position": "positions/an-academic-01",
        "digest": register.record_digest(position, "position"),
        "level": "E1",
        "kind": "meeting",
        "source": ZERO,
    }
    path = f"{register.folder}/evidence/an-academic-01-01.yaml"
    register.put(path, "evidence", shown, "evidence")
    register.put(
        f"{register.folder}/notices/02.yaml",
        "notice",
        {
            "kind": "last-call",
            "revision": 1,
            "closes": "2025-05-10T12:00:00Z",
            "message_id": "<last-call@example.org>",
        },
        "notice",
        "2025-04-10T12:00:00Z",
    )
    # The objection has no reason, and was asked for one: it is printed, and stops nothing.
    register.decide_rightly("2025-06-01T12:00:00Z")
    register.change(EXPORT, "status: draft", "status: adopted")
    register.change(EXPORT, "at any time", "at once")
    register.seal()
    return register


def test_a_coalition_that_keeps_its_rules(govkit: Run, coalition: Path) -> None:
    decided(coalition)
    found = lines(govkit, coalition, 0)
    assert found["dissent reflected"]["looked_at"] == "1 decision, 1 objection"
    assert found["adopted words"]["looked_at"] == "1 adopted text, each against its decision"
    assert found["log"]["looked_at"].startswith("7 entries of the log, the newest is number 7, sha")
    done = govkit(coalition, "audit", *NOW)
    assert done.stdout.decode().endswith("All 14 rules are kept, as far as the records show.\n")


def test_a_decided_revision_with_a_milder_class_than_its_texts_give_is_named(
    govkit: Run, coalition: Path
) -> None:
    """A new text that somebody called editorial, and that was decided as such."""
    register = decided(coalition, **{"class": 1, "floor": 1})
    place = f"{register.folder}/rev-1/revision.yaml"
    assert (
        f"{place}: the floor of EXA-PRV-01 is 1, and its texts give class 8, new or removed"
        in lines(govkit, coalition)["log"]["missing"]
    )


def test_an_objection_that_the_decision_leaves_out_is_named(govkit: Run, coalition: Path) -> None:
    register = decided(coalition)
    register.change(
        f"{register.folder}/decision.yaml", '"member": "an-academic"', '"member": "example-society"'
    )
    found = lines(govkit, coalition)
    assert found["dissent reflected"]["missing"] == [
        "2026-001: the objection of an-academic to EXA-PRV-01 is not in the decision"
    ]
    assert not found["log"]["kept"]
    assert not found["adopted words"]["kept"]


def test_a_comment_without_an_answer_and_an_announcement_without_a_mail_are_named(
    govkit: Run, coalition: Path
) -> None:
    register = decided(coalition)
    register.comment()
    register.put(
        f"{register.folder}/notices/01.yaml", "notice", {"kind": "opening", "revision": 1}, "notice"
    )
    register.seal()
    found = lines(govkit, coalition)
    assert found["every comment answered"]["looked_at"] == "1 comment, 0 answered"
    assert found["every comment answered"]["missing"] == [
        "2026-001/comments/0001: this comment has no answer, and its proposal is decided"
    ]
    assert found["open archive"]["missing"] == [
        "nothing names the mail of the announcement 2026-001/notices/01: `govkit propose notice "
        "2026-001 --announcement 01 --message-id '<…>'`"
    ]
    words = govkit(coalition, "audit", *NOW).stdout.decode()
    assert "open archive  missing\n" in words
    assert words.endswith("2 rules of 14 not kept in full.\n")


def test_an_announcement_names_its_mail_once_and_its_digest_stays(
    govkit: Run, repository: Path
) -> None:
    register = decided(repository)
    place = f"{register.folder}/notices/01.yaml"
    schema = "# yaml-language-server: $schema=../../../../schemas/notice.schema.json"
    register.write(place, f"{schema}\nkind: opening\nrevision: 1\n")
    register.log(place, "notice", "notice", "2025-05-02T12:00:00Z")
    said = ("propose", "notice", "2026-001", "--message-id")
    refused(govkit(repository, *said, "1@lists.example", *BY_A), "is no Message-ID")
    refused(govkit(repository, *said, "<1@l.example>", "--move", *BY_A), "goes with none of")
    before = lines(govkit, repository)
    checked = govkit(repository, "check", "--format", "json").stdout
    done = govkit(repository, *said, "<1@l.example>", "--announcement", "1", *BY_A)
    assert done.returncode == 0, done.stderr
    after = lines(govkit, repository)
    assert (before["open archive"]["kept"], after["open archive"]["kept"]) == (False, True)
    assert after["log"] == before["log"]
    assert govkit(repository, "check", "--format", "json").stdout == checked
    again = govkit(repository, *said, "<2@l.example>", "--announcement", "01", *BY_A)
    refused(again, "the announcement 01 of 2026-001 names its mail already")
    refused(govkit(repository, *said, "<2@l.example>", *BY_A), "names its mail")
