"""Whose word a form is, on which words, and when: what becomes of it, and what is asked back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import yaml

from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.source.record_bytes import record_bytes
from tests.cli.conftest import commit
from tests.comments.proposal_folder import FOLDER
from tests.forms.conftest import Answered, body, event

CALLED = datetime.datetime(2026, 4, 10, 12, tzinfo=datetime.UTC)


def records(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [yaml.safe_load(text) for text in found["files"].values()]


def test_a_position_to_all_and_another_to_a_single_text(answered: Answered) -> None:
    found = answered(
        event(body("position", others="EXA-DUE-02: object: Ten days\n- EXA-PRV-01: stand aside"))
    )
    said = {
        unit["id"]: (each["position"]["position"], each["position"].get("reason"))
        for each in records(found)
        for unit in each["position"]["units"]
    }
    assert said == {
        "EXA-DUE-01": ("consent", None),
        "EXA-DUE-02": ("object", "Ten days"),
        "EXA-PRV-01": ("stand-aside", None),
    }
    assert len(found["files"]) == 3


def test_a_position_is_known_by_its_code_too(answered: Answered) -> None:
    found = answered(event(body("position", proposal="k7f3-9q22", texts="exa-due-01")))
    [said] = records(found)
    assert said["position"]["revision"] == 2
    assert [unit["id"] for unit in said["position"]["units"]] == ["EXA-DUE-01"]
    assert said["position"]["units"][0]["after"].startswith("sha256:")


def test_who_represents_a_member_speaks_for_it(answered: Answered) -> None:
    for speaks_for in ("", "Example Society (invented)"):
        [said] = records(answered(event(body("position", speaks_for=speaks_for), "cleo")))
        assert said["position"]["member"] == "example-society"
        assert said["position"]["cast_by"] == "cleo-example"
        assert said["arrival"]["account"] == "cleo"


def test_an_account_of_two_members_says_for_whom(answered: Answered) -> None:
    [said] = records(answered(event(body("position", speaks_for="other-society"), "bo")))
    assert said["position"]["member"] == "other-society"


def test_anybody_comments_under_the_name_of_the_account(answered: Answered) -> None:
    [said] = records(answered(event(body("comment", speaks_for="Zed Ltd"), "zoe")))
    assert said["comment"]["author"] == {"name": "zoe", "affiliation": "Zed Ltd"}
    [own] = records(answered(event(body("comment", speaks_for="myself"), "zoe")))
    assert own["comment"]["author"] == {"name": "zoe"}


def test_support_in_a_comment_is_no_position(answered: Answered) -> None:
    found = answered(event(body("comment", comment="We fully support this text.")))
    [said] = records(found)
    assert "position" not in said
    assert "reads like a position" in found["answer"]


def test_a_mail_address_is_taken_out_of_a_comment(answered: Answered) -> None:
    found = answered(event(body("comment", comment="Write to me@example.net, please.")))
    assert "me@example.net" not in str(found)
    assert "mail address was taken out" in found["answer"]


def test_the_same_form_a_second_time_waits_already(answered: Answered, texts: Path) -> None:
    sent = event(body("position"))
    [(path, text)] = answered(sent, texts)["files"].items()
    (texts / path).parent.mkdir()
    (texts / path).write_text(text)
    commit(texts)
    assert "waits to be taken in" in answered(sent, texts)["answer"]


def test_after_the_close_a_position_is_late_and_a_comment_is_kept_as_late(
    answered: Answered, texts: Path
) -> None:
    path = f"{FOLDER}/notices/01.yaml"
    notice = {"kind": "last-call", "revision": 2, "closes": "2026-05-01T12:00:00Z"}
    notice |= {"digest": "sha256:" + "ab" * 32}
    file_all(
        texts,
        [Filing(path, record_bytes("notice", notice, path), "notice")],
        by="other-society",
        received_at=CALLED,
        received_basis="registrar",
        recorded_at=Stamp(CALLED, CALLED),
    )
    commit(texts)
    in_time = answered(event(body("position"), created_at="2026-05-01T11:59:59Z"), texts)
    assert "files" in in_time
    late = answered(event(body("position"), created_at="2026-05-01T12:00:00Z"), texts)
    assert "The time for positions on 2026-003 ended on 1 May 2026" in late["answer"]
    assert "files" not in late
    comment = answered(event(body("comment"), created_at="2026-05-01T12:00:00Z"), texts)
    assert "kept as late" in comment["answer"]
    assert "files" in comment
