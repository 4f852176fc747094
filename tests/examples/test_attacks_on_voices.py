"""Whose voice counts for what, changed by one person alone: who says so, in which words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.workspace import open_workspace
from tests.examples.conftest import Run
from tests.examples.test_attacks import AFTER, DECIDED, A, C, log_member, said
from tests.release.verifying.scene import change, log_done_again
from tests.seals import private_file

LATER = "2026-06-11T12:00:00Z"
MEMBERS = "governance/members"
CHAT = "example-chat"
SOCIETY = "example-digital-rights-society"
MANDATE = b"since: 2026-01-12, until: null}\naccounts"
NOT_AGREED = "no second coordinator has vouched for it"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(played, tmp_path / "agora"))


@pytest.fixture
def keys(played: Path) -> Path:
    return played.parent / "keys"


def edit(root: Path, id: str, old: bytes, new: bytes) -> None:
    change(root / f"{MEMBERS}/{id}.yaml", lambda data: data.replace(old, new, 1))


def seal(govkit: Run, root: Path, key: Path, by: str = A) -> None:
    said(govkit, root, "seal", "--yes", "--key", str(key), "--by", by, "--now", LATER, ends=0)


CHANGED = pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        pytest.param(SOCIETY, b"group: civil-society", b"group: public-bodies", id="a group"),
        pytest.param(CHAT, MANDATE, MANDATE.replace(b"01-12", b"06-01"), id="a later mandate"),
        pytest.param(CHAT, b"state: enrolled", b"state: listed", id="only listed"),
        pytest.param(CHAT, b"name: example-chat,", b"name: mine,", id="an account"),
        pytest.param("example-market", b"represents: null", b"represents: example-chat", id="for"),
        pytest.param("example-market", b"person: null", b"person: example-chat", id="a person"),
    ],
)


@CHANGED
def test_what_a_voice_rests_on_is_edited_and_logged_by_one_coordinator(
    id: str, old: bytes, new: bytes, agora: Path, keys: Path, govkit: Run
) -> None:
    """With an entry and a seal of their own, as one coordinator can."""
    edit(agora, id, old, new)
    log_member(agora, id)
    seal(govkit, agora, keys / A)
    words = (
        f"says what the voice of {id} rests on (group, mandate, person, accounts), and {A} alone"
    )
    assert f"{words} says it: {NOT_AGREED}" in said(govkit, agora, "check")


@CHANGED
def test_what_a_voice_rests_on_is_edited_without_an_entry(
    id: str, old: bytes, new: bytes, agora: Path, govkit: Run
) -> None:
    """As in a pull request that somebody merges without looking."""
    edit(agora, id, old, new)
    found = said(govkit, agora, "check")
    assert "this record is not as the founding has it" in found
    assert f"{MEMBERS}/{id}.yaml" in found


def test_an_objector_whose_mandate_is_made_to_begin_later_is_missed(
    agora: Path, keys: Path, govkit: Run
) -> None:
    """The objection falls off the roll; nothing is decided so, and audit and a release say it."""
    edit(agora, CHAT, MANDATE, MANDATE.replace(b"01-12", b"06-01"))
    log_member(agora, CHAT)
    seal(govkit, agora, keys / A)
    assert NOT_AGREED in said(govkit, agora, "audit", "--now", LATER)
    decide = ("decide", "2026-001", "--apply", "--by", A, "--now", DECIDED)
    assert NOT_AGREED in said(govkit, agora, *decide)


def test_a_second_coordinator_who_looks_at_it_makes_it_hold(
    agora: Path, keys: Path, govkit: Run
) -> None:
    edit(agora, CHAT, b"name: example-chat,", b"name: example-chat-2,")
    assert f"`govkit member file {CHAT}`" in said(govkit, agora, "check")
    said(govkit, agora, "member", "file", CHAT, *AFTER, ends=0)
    seal(govkit, agora, keys / A)
    assert NOT_AGREED in said(govkit, agora, "check")
    again = said(govkit, agora, "member", "file", CHAT, *AFTER, ends=2)
    assert "has the record of example-chat as it stands" in again
    vouch = ("countersign", CHAT, "--seen", "Their mail.", "--key", str(keys / C), "--by", C)
    said(govkit, agora, *vouch, "--now", LATER, ends=0)
    seal(govkit, agora, keys / C, C)
    said(govkit, agora, "check", ends=0)


def test_what_is_no_part_of_a_voice_is_edited_freely(agora: Path, govkit: Run) -> None:
    edit(agora, CHAT, b"country: IE", b"country: FR")
    said(govkit, agora, "check", ends=0)


# --- members whom somebody brings in --------------------------------------------------------------


def sock(root: Path) -> None:
    known = (root / f"{MEMBERS}/{CHAT}.yaml").read_text(encoding="utf-8")
    made = known.replace("Example Chat Ltd", "Zed").replace(f"name: {CHAT},", "name: zed,")
    (root / f"{MEMBERS}/zed.yaml").write_text(made, encoding="utf-8")


def test_a_member_without_an_entry_is_none(agora: Path, govkit: Run) -> None:
    sock(agora)
    assert "the log has no entry for this record" in said(govkit, agora, "check")


def test_a_member_whom_one_coordinator_brings_in_with_a_mandate_of_before(
    agora: Path, keys: Path, govkit: Run
) -> None:
    sock(agora)
    log_member(agora, "zed")
    seal(govkit, agora, keys / A)
    words = f"the voice of zed rests on (group, mandate, person, accounts), and {A} alone says it"
    assert words in said(govkit, agora, "check")


def test_a_member_whom_one_coordinator_takes_in_waits_and_is_moved_by_nobody_alone(
    agora: Path, keys: Path, govkit: Run
) -> None:
    add = ("member", "add", "zed", "--name", "Zed", "--kind", "individual", "--group", "academia")
    said(govkit, agora, *add, *AFTER, ends=0)
    seal(govkit, agora, keys / A)
    said(govkit, agora, "check", ends=0)
    vouch = ("countersign", "zed", "--seen", "Their mail.", "--key", str(keys / C), "--by", C)
    said(govkit, agora, *vouch, *AFTER[2:], ends=0)
    seal(govkit, agora, keys / C, C)
    said(govkit, agora, "check", ends=0)
    edit(agora, "zed", b"academia", b"business")
    log_member(agora, "zed")
    seal(govkit, agora, keys / A)
    assert NOT_AGREED in said(govkit, agora, "check")


def test_a_group_that_is_moved_within_the_act_about_a_key(
    agora: Path, keys: Path, tmp_path: Path, govkit: Run
) -> None:
    """The others sign the act about the key; its digests hold another group, too."""
    add = ("member", "add", "zed", "--name", "Zed", "--kind", "individual", "--group", "academia")
    said(govkit, agora, *add, *AFTER, ends=0)
    key = private_file(tmp_path, "zed")
    said(govkit, agora, "member", "key", "add", "zed", "--file", f"{key}.pub", *AFTER, ends=0)
    edit(agora, "zed", b"academia", b"business")
    record = open_workspace(agora).corpus.by_path[f"{MEMBERS}/zed.yaml"].record
    assert record is not None
    after = b"after: " + digest_for("member", record).encode()
    act = agora / "governance/acts/01.yaml"
    change(act, lambda data: re.sub(rb"after: sha256:\w+", after, data))
    log_done_again(agora)
    for by, own in ((A, keys / A), (C, keys / C), ("zed", key)):
        said(govkit, agora, "sign", "01", "--key", str(own), "--by", by, *AFTER[2:], ends=0)
    seal(govkit, agora, keys / A)
    assert NOT_AGREED in said(govkit, agora, "check")


def test_a_member_who_joins_gets_a_key_and_leaves_is_named_for_nothing(
    agora: Path, keys: Path, tmp_path: Path, govkit: Run
) -> None:
    """All by its commands: taken in, vouched for, a key, the end; in the end nothing is left."""

    def does(day: int, *words: str) -> None:
        said(govkit, agora, *words, "--now", f"2026-06-{day:02d}T08:00:00Z", ends=0)

    key = private_file(tmp_path, "zed")
    add = ("member", "add", "zed", "--name", "Zed", "--kind", "individual", "--group", "academia")
    does(5, *add, "--account", "code.agora.example:zed", "--by", A)
    does(5, "seal", "--yes", "--key", str(keys / A), "--by", A)
    does(6, "countersign", "zed", "--seen", "Mail.", "--key", str(keys / C), "--by", C)
    does(7, "member", "key", "add", "zed", "--file", f"{key}.pub", "--by", A)
    for by, own in ((A, keys / A), (C, keys / C), ("zed", key)):
        does(7, "sign", "01", "--by", by, "--key", str(own))
    does(20, "member", "end", "zed", "--asked", "--last-day", "2026-06-20", "--by", A)
    for by, own in ((A, keys / A), ("zed", key)):
        does(20, "sign", "02", "--by", by, "--key", str(own))
    does(21, "seal", "--yes", "--key", str(keys / A), "--by", A)
    said(govkit, agora, "check", ends=0)


def test_a_member_of_the_founding_whose_record_is_taken_out(agora: Path, govkit: Run) -> None:
    (agora / f"{MEMBERS}/{CHAT}.yaml").unlink()
    words = f"{MEMBERS}/{CHAT}.yaml is gone, and the founding names {CHAT}"
    assert words in said(govkit, agora, "check")
