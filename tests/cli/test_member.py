"""`govkit member`: joining, countersigning, leaving, and keys."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from govkit.log.amendments import not_ended, own_rules
from govkit.log.coordination import keys_of
from govkit.log.entries import valid_entries
from govkit.log.periods import instant_of
from govkit.procedures.log.filing import with_values
from govkit.records.governance import Key
from govkit.workspace import open_workspace
from tests.seals import pair_of, private_file, public_of

from .conftest import CHARTER, Run, change, report
from .register import (
    BY_A,
    MEMBERS,
    NOW,
    A,
    B,
    found,
    key_changed,
    key_of,
    listed,
    log,
    record,
    refused,
    signs,
    state,
)

WAIVER = ("waiver", "2026-001", "--who", A, "--who", B, "--reason", "All have agreed.")
ACT = "governance/acts/01.yaml"
JSON = ("--now", NOW, "--format", "json")
LATER = "2026-03-05T12:00:00Z"

NEW = (
    "member",
    "add",
    "new-group",
    "--name",
    "New Group (invented)",
    "--kind",
    "organisation",
    "--group",
    "academia",
)
PATH = f"{MEMBERS}/new-group.yaml"


def test_one_coordinator_takes_a_member_in_whose_voice_counts_after_seven_days(
    govkit: Run, founded: Path
) -> None:
    done = govkit(founded, *NEW, "--account", "code.example.org:newgroup", *BY_A)
    assert done.returncode == 0, done.stderr
    assert "counts from 2026-03-08 on" in done.stdout.decode()
    member = record(founded, PATH, "member")
    assert (member.state, member.name) == ("enrolled", "New Group (invented)")
    assert [(term.group, str(term.since)) for term in member.terms] == [("academia", "2026-03-08")]
    assert [(each.host, each.name) for each in member.accounts] == [
        ("code.example.org", "newgroup")
    ]
    assert [(entry.kind, entry.by) for entry in log(founded)[-1:]] == [("member", A)]


def test_the_mandate_begins_by_the_signature_of_a_second_coordinator(
    govkit: Run, founded: Path
) -> None:
    assert govkit(founded, *NEW, *BY_A).returncode == 0
    refused(govkit(founded, *NEW, "--second", B, *BY_A), "No such option")
    seen = ("countersign", "new-group", "--seen", "Their mail.", "--key")
    mine = (*seen, str(key_of(founded, A)), *BY_A)
    refused(govkit(founded, *mine), f"{A} filed this record")
    day_after = ("--by", B, "--now", "2026-03-02T12:00:00Z")
    done = govkit(founded, *seen, str(key_of(founded, B)), *day_after)
    assert done.returncode == 0, done.stderr
    assert "Their voice counts from 2026-03-02 on." in done.stdout.decode()
    member = record(founded, PATH, "member")
    assert [str(term.since) for term in member.terms] == ["2026-03-02"]
    assert [(entry.kind, entry.by) for entry in log(founded)[-3:]] == [
        ("member", A),
        ("member", B),
        ("countersigned", B),
    ]


def test_one_who_was_only_listed_is_enrolled_with_their_file_kept(
    govkit: Run, founded: Path
) -> None:
    listed(founded, "old-group", terms=[], note="Listed in a founding document.")
    with (founded / f"{MEMBERS}/old-group.yaml").open("a") as file:
        file.write("# A comment of the editors.\n")
    done = govkit(founded, "member", "add", "old-group", "--group", "academia", *BY_A)
    assert done.returncode == 0, done.stderr
    text = (founded / f"{MEMBERS}/old-group.yaml").read_text()
    assert "state: enrolled" in text
    assert "# A comment of the editors." in text
    assert "note: Listed in a founding document." in text
    log(founded)


NO_ENTRY = "the log has no entry for this record"
ACCOUNT = {"host": "code.example.org", "name": "new", "since": "2026-01-10"}


@pytest.mark.parametrize(
    ("more", "stops"),
    [
        ({"terms": []}, False),
        ({}, True),
        ({"terms": [], "accounts": [ACCOUNT]}, True),
        ({"terms": [], "state": "enrolled"}, True),
    ],
    ids=["asks to join", "a mandate", "an account", "enrolled"],
)
def test_who_asks_to_join_is_listed_without_an_entry_and_without_a_voice(
    govkit: Run, founded: Path, more: dict[str, Any], stops: bool
) -> None:
    listed(founded, "new-society", **more)
    found = report(govkit(founded, "check", "--format", "json"))["findings"]
    path = "governance/members/new-society.yaml"
    assert (NO_ENTRY in [each["message"] for each in found if each["path"] == path]) is stops


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "--name is needed"),
        (("--name", "X"), "--kind is needed"),
        (("--name", "X", "--kind", "organisation"), "--group is needed"),
        (("--name", "X", "--kind", "organisation", "--group", "acadmia"), "mean `academia`"),
        (("--name", "X", "--kind", "representative", "--group", "academia"), "represents"),
        (
            ("--name", "X", "--kind", "organisation", "--group", "academia", "--account", "x"),
            "is no account",
        ),
        (("--name", "a\u202eb", "--kind", "organisation", "--group", "academia"), "can't see"),
        (
            ("--name", "x@example.org", "--kind", "organisation", "--group", "academia"),
            "a mail address",
        ),
        (
            ("--name", "X", "--kind", "organisation", "--group", "academia", "--country", "India"),
            "country",
        ),
        (
            ("--name", "X", "--kind", "organisation", "--group", "academia", "--country", "XX"),
            "this is not a country code of ISO 3166",
        ),
        (
            ("--name", "X", "--kind", "organisation", "--group", "academia", "--first-day", "soon"),
            "is no day",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_written(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    before = state(founded)
    refused(govkit(founded, "member", "add", "someone", *words, *BY_A), says)
    assert state(founded) == before


def test_a_name_that_can_not_be_a_file_is_refused(govkit: Run, founded: Path) -> None:
    refused(govkit(founded, *NEW[:2], "../../x", *NEW[3:], *BY_A), "can't name a member")


def test_a_member_who_asks_to_leave_has_left(govkit: Run, founded: Path) -> None:
    assert govkit(founded, *NEW, *BY_A).returncode == 0
    end = ("member", "end", "new-group", "--asked", *BY_A, "--format", "json")
    done = report(govkit(founded, *end))
    assert (done["signers"], done["missing"]) == ([], [A, B, "new-group"])
    member = record(founded, PATH, "member")
    assert (member.state, str(member.terms[0].until)) == ("ended", "2026-03-08")
    assert still_here(founded) == {"new-group"}
    signs(govkit, founded, "01", A)
    assert still_here(founded) == {"new-group"}, "one coordinator says what another wants"
    says = govkit(founded, "sign", "01", "--statement").stdout.decode()
    assert "The member has asked for it." in says.splitlines()
    signs(govkit, founded, "01", B)
    assert still_here(founded) == set()
    refused(govkit(founded, "member", "end", "new-group", "--asked", *BY_A), "ended already")


def still_here(folder: Path) -> frozenset[str]:
    """The members whose records say that they left, and who have not."""
    corpus = open_workspace(folder).corpus
    return not_ended(corpus, own_rules(corpus), valid_entries(corpus))


def test_a_member_with_a_key_asks_by_a_signature(govkit: Run, founded: Path) -> None:
    key = {"id": "k1", "public": public_of("new-group"), "since": "2026-01-10"}
    listed(founded, "new-group", state="enrolled", keys=[key])
    key_changed(founded, "new-group", pair_of("new-group"))
    assert govkit(founded, "member", "end", "new-group", "--asked", *BY_A).returncode == 0
    signs(govkit, founded, "02", A)
    assert still_here(founded) == {"new-group"}
    signs(govkit, founded, "02", "new-group")
    assert still_here(founded) == set()


def test_to_end_somebody_elses_membership_takes_the_threshold(govkit: Run, founded: Path) -> None:
    assert govkit(founded, *NEW, *BY_A).returncode == 0
    end = ("member", "end", "new-group", *BY_A, "--reason", "It does not exist any more.")
    refused(govkit(founded, *end), "takes 2 coordinators, and 1 agrees")
    refused(govkit(founded, *end, "--with", A), "takes 2 coordinators, and 1 agrees")
    refused(govkit(founded, *end, "--with", "new-group"), "is no coordinator")
    refused(govkit(founded, *end[:5], "--with", B), "a reason is needed")
    assert govkit(founded, *end, "--with", B).returncode == 0
    act = record(founded, "governance/acts/01.yaml", "coalition-act")
    assert (act.kind, act.by, act.path) == ("end-member", (A, B), PATH)
    entries = log(founded)[-2:]
    assert [entry.kind for entry in entries] == ["act", "member"]
    assert (act.before, act.after) == (log(founded)[-3].digest, entries[1].digest)


def test_a_coordinator_is_taken_off_the_charter_first(govkit: Run, founded: Path) -> None:
    refused(govkit(founded, "member", "end", B, "--asked", *BY_A), "is a coordinator")


# --- keys -----------------------------------------------------------------------------------------


@pytest.fixture
def pub(tmp_path: Path) -> str:
    path = tmp_path / "key"
    command = [
        "ssh-keygen",
        "-q",
        "-t",
        "ed25519",
        "-N",
        "",
        "-C",
        "a@example.org",
        "-f",
        str(path),
    ]
    subprocess.run(command, check=True)
    return path.with_suffix(".pub").read_text().strip()


def add_key(run: Run, folder: Path, *words: str, by: str = A) -> dict[str, Any]:
    return report(run(folder, "member", "key", "add", *words, "--by", by, *JSON))


def keys_that_count(folder: Path, id: str) -> list[str]:
    corpus = open_workspace(folder).corpus
    return [*keys_of(corpus).holding(id, instant_of(LATER))]


def test_a_key_of_a_coordinator_takes_the_old_one_and_another_coordinator(
    govkit: Run, founded: Path
) -> None:
    new = private_file(founded.parent / "keys", f"{B} k2")
    done = add_key(govkit, founded, B, "--file", f"{new}.pub", "--id", "k2", by=B)
    assert (done["key"], done["act"], done["missing"]) == ("k2", ACT, [B, A])
    act = record(founded, ACT, "coalition-act")
    assert (act.kind, act.path, act.key.public) == (
        "key",
        f"{MEMBERS}/{B}.yaml",
        public_of(f"{B} k2"),
    )
    assert [each.id for each in record(founded, f"{MEMBERS}/{B}.yaml", "member").keys] == [
        "k1",
        "k2",
    ]
    assert keys_that_count(founded, B) == ["k1"], "what the record shows decides nothing"
    says = govkit(founded, "sign", "01", "--statement").stdout.decode()
    for line in (f"Key of: {B}", f"Key: k2 {public_of(f'{B} k2')}", "It begins: 2026-03-01"):
        assert line in says.splitlines()
    signs(govkit, founded, "01", B)
    assert keys_that_count(founded, B) == ["k1"], "the new key has to sign, too"
    signing = ("sign", "01", "--by", B, "--key", str(new), "--now", NOW)
    assert govkit(founded, *signing).returncode == 0
    assert keys_that_count(founded, B) == ["k1"], "its owner alone is one person"
    check = " ".join(govkit(founded, "check").stdout.decode().split())
    assert f"takes the signatures of 2 of the coordinators {A}, {B}, and has 1" in check
    signs(govkit, founded, "01", A)
    assert keys_that_count(founded, B) == ["k1", "k2"]
    assert b"signature-missing" not in govkit(founded, "check").stdout


STOLEN = ("--compromised-since", "2026-03-02", "--reason", "The laptop was stolen.")
THEN = ("--now", "2026-03-04T12:00:00Z")


def test_a_second_key_of_a_coordinator_replaces_a_stolen_one(govkit: Run, founded: Path) -> None:
    """Two coordinators of two: the other one and the key that was kept elsewhere."""
    second, third = (private_file(founded.parent / "keys", f"{B} {k}") for k in ("k2", "k3"))
    add_key(govkit, founded, B, "--file", f"{second}.pub")
    signs(govkit, founded, "01", A, B)
    assert govkit(founded, "sign", "01", "--by", B, "--key", str(second), *THEN).returncode == 0
    end = ("member", "key", "end", B, "k1", *STOLEN, "--by", A, *THEN)
    assert govkit(founded, *end).returncode == 0
    new = ("member", "key", "add", B, "--file", f"{third}.pub", "--by", A, *THEN)
    assert govkit(founded, *new).returncode == 0
    for act, several in (("02", (second,)), ("03", (second, third))):
        signs(govkit, founded, act, A, now=THEN[1])
        for key in several:
            signing = ("sign", act, "--by", B, "--key", str(key), *THEN)
            assert govkit(founded, *signing).returncode == 0
    assert keys_that_count(founded, B) == ["k2", "k3"]


def test_a_stolen_only_key_of_two_coordinators_can_not_bring_its_successor(
    govkit: Run, founded: Path
) -> None:
    """Else the thief, who has it too, could: it takes founding again."""
    new = private_file(founded.parent / "keys", f"{B} k2")
    add = ("member", "key", "add", B, "--file", f"{new}.pub", "--by", A, *THEN)
    assert govkit(founded, *add).returncode == 0
    signs(govkit, founded, "01", A, B, now=THEN[1])
    assert govkit(founded, "sign", "01", "--by", B, "--key", str(new), *THEN).returncode == 0
    assert keys_that_count(founded, B) == ["k1", "k2"]
    end = ("member", "key", "end", B, "k1", *STOLEN, "--by", A, *THEN)
    assert govkit(founded, *end).returncode == 0
    signs(govkit, founded, "02", A, B, now=THEN[1])
    assert keys_that_count(founded, B) == []


def test_a_coordinator_alone_lets_no_key_of_another_begin(govkit: Run, founded: Path) -> None:
    """They made the pair themselves, so its possession is easily proved."""
    mine = private_file(founded.parent / "keys", f"{B} k2")
    add_key(govkit, founded, B, "--file", f"{mine}.pub")
    signs(govkit, founded, "01", A)
    signing = ("sign", "01", "--by", B, "--key", str(mine), "--now", NOW)
    assert govkit(founded, *signing).returncode == 0
    assert keys_that_count(founded, B) == ["k1"]


@pytest.mark.parametrize("others", [(B,), ()])
def test_a_first_key_of_a_member_takes_two_coordinators(
    others: tuple[str, ...], govkit: Run, founded: Path
) -> None:
    assert govkit(founded, *NEW, *BY_A).returncode == 0
    key = private_file(founded.parent / "keys", "new-group")
    add_key(govkit, founded, "new-group", "--file", f"{key}.pub", "--channel", "in-person")
    signs(govkit, founded, "01", "new-group", A, *others)
    assert keys_that_count(founded, "new-group") == (["k1"] if others else [])


def test_a_later_key_of_a_member_takes_the_old_one(govkit: Run, founded: Path) -> None:
    assert govkit(founded, *NEW, *BY_A).returncode == 0
    for number, name in enumerate(("new-group", "new-group k2"), 1):
        key = private_file(founded.parent / "keys", name)
        add_key(govkit, founded, "new-group", "--file", f"{key}.pub")
        signs(govkit, founded, f"0{number}", A, *([B] if number == 1 else []))
        for each in ("new-group", name):
            file = str(private_file(founded.parent / "keys", each))
            signing = ("sign", f"0{number}", "--by", "new-group", "--key", file, "--now", NOW)
            assert govkit(founded, *signing).returncode == 0
    assert keys_that_count(founded, "new-group") == ["k1", "k2"]


def test_a_signature_of_somebody_without_govkit_is_laid_in(govkit: Run, founded: Path) -> None:
    assert govkit(founded, *NEW, *BY_A).returncode == 0
    key = private_file(founded.parent / "keys", "new-group")
    add_key(govkit, founded, "new-group", "--file", f"{key}.pub")
    signs(govkit, founded, "01", A, B)
    words = founded.parent / "act-01.txt"
    words.write_bytes(govkit(founded, "sign", "01", "--statement").stdout)
    made = ("-Y", "sign", "-q", "-n", "act@govkit", "-f", str(key), str(words))
    subprocess.run(["ssh-keygen", *made], check=True)
    lay = ("sign", "01", "--by", "new-group", "--signature")
    other = private_file(founded.parent / "keys", "somebody")
    wrong = founded.parent / "wrong.txt"
    wrong.write_bytes(words.read_bytes() + b" ")
    subprocess.run(["ssh-keygen", *made[:-1], str(wrong)], check=True)
    refused(govkit(founded, *lay, f"{wrong}.sig"), "it is over other words")
    refused(govkit(founded, *lay, str(other)), "this signature does not count")
    assert keys_that_count(founded, "new-group") == []
    assert govkit(founded, *lay, f"{words}.sig", "--now", NOW).returncode == 0
    assert keys_that_count(founded, "new-group") == ["k1"]


@pytest.mark.parametrize("signers", [(A,), (A, B)])
def test_a_key_ends_by_the_same_signatures(
    signers: tuple[str, ...], govkit: Run, founded: Path
) -> None:
    stolen = ("--compromised-since", "2026-02-02", "--reason", "The laptop was stolen.")
    done = report(govkit(founded, "member", "key", "end", B, "k1", *stolen, *BY_A, *JSON[-2:]))
    assert (done["key"], done["act"]) == ("k1", ACT)
    [key] = record(founded, f"{MEMBERS}/{B}.yaml", "member").keys
    assert (str(key.until), key.compromised_since) == ("2026-03-01", "2026-02-02")
    signs(govkit, founded, "01", *signers)
    assert keys_that_count(founded, B) == ([] if len(signers) > 1 else ["k1"])
    log(founded)
    again = govkit(founded, "member", "key", "end", B, "k1", *BY_A)
    if len(signers) > 1:
        refused(again, "ended already")
    else:
        refused(again, f"act 01 about the key k1 of {B} waits already")
        assert b"`govkit sign 01 --by MEMBER --key FILE`" in again.stderr
    refused(govkit(founded, "member", "key", "end", B, "k7", *BY_A), "no key `k7`")
    again = ("member", "key", "add", A, public_of(B), *BY_A)
    refused(govkit(founded, *again), f"the key k1 of {B} already")


def test_a_key_that_waits_is_not_begun_again_and_one_that_no_act_began_is_not_ended(
    govkit: Run, founded: Path
) -> None:
    key = key_of(founded, f"{B} k2")
    add_key(govkit, founded, B, "--file", f"{key}.pub")
    before = state(founded)
    again = govkit(founded, "member", "key", "add", B, "--file", f"{key}.pub", *BY_A)
    refused(again, f"act 01 about the key k2 of {B} waits already")
    assert b"`govkit sign 01 --by MEMBER --key FILE`" in again.stderr
    assert state(founded) == before
    public, since = public_of("somebody"), datetime.date(2026, 1, 1)
    path = f"{MEMBERS}/{A}.yaml"
    keys = [*record(founded, path, "member").keys, Key(id="k7", public=public, since=since)]
    (founded / path).write_bytes(with_values(path, (founded / path).read_bytes(), {"keys": keys}))
    refused(
        govkit(founded, "member", "key", "end", A, "k7", *BY_A),
        f"no act that counts began the key k7 of {A}, so there is none to end",
    )


def test_an_act_that_waits_is_named_with_those_who_sign_and_the_line_to_type(
    govkit: Run, founded: Path
) -> None:
    add_key(govkit, founded, B, "--file", f"{key_of(founded, f'{B} k2')}.pub")
    assert govkit(founded, "propose", "act", *WAIVER, *BY_A).returncode == 0
    key = "Act 01 waits for signatures: the new key k2 of other-society has not signed it itself"
    line = f"Each of {B}, {A}: govkit sign 01 --by MEMBER --key FILE"
    for command in ("status", "where"):
        done = govkit(founded, command, "--now", NOW)
        words = " ".join(done.stdout.decode().split())
        assert key in words
        assert line in words
        assert "Act 2026-001/acts/01 waits for signatures: it names" in words
        found = report(govkit(founded, command, "--now", NOW, "--format", "json"))["waiting"]
        assert [each["act"] for each in found] == ["01", "2026-001/acts/01"]
    one = report(govkit(founded, "status", "2026-001", "--now", NOW, "--format", "json"))
    assert [each["act"] for each in one["waiting"]] == ["2026-001/acts/01"]
    signs(govkit, founded, "2026-001/acts/01", A, B)
    one = report(govkit(founded, "status", "2026-001", "--now", NOW, "--format", "json"))
    assert one["waiting"] == []


def test_where_the_founding_names_no_key_the_way_out_is_told(govkit: Run, repository: Path) -> None:
    found(repository, keys=False)
    key = key_of(repository, B)
    add_key(govkit, repository, B, "--file", f"{key}.pub")
    signing = ("sign", "01", "--by", A, "--key", str(key_of(repository, A)), "--now", NOW)
    done = govkit(repository, *signing)
    refused(done, f"{A} had no key that counted when {ACT} was recorded")
    assert b"The founding names no key, so no act can be signed." in done.stderr
    assert b"govkit found --again" in done.stderr


def test_a_short_key_of_rsa_is_refused_with_the_length_that_it_takes(
    govkit: Run, founded: Path
) -> None:
    key = rsa.generate_private_key(65537, 2048).public_key()
    public = key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    done = govkit(founded, "member", "key", "add", B, public, *BY_A)
    refused(done, "this is no sound key of the kind ssh-rsa; one of RSA has 3072 to 8192 bits")


def test_what_is_no_public_key_is_refused(govkit: Run, founded: Path, pub: str) -> None:
    before = state(founded)
    private = str(founded.parent / "key")
    refused(govkit(founded, "member", "key", "add", B, "--file", private, *BY_A), "private key")
    refused(govkit(founded, "member", "key", "add", B, pub[:40], *BY_A), "can't be taken")
    refused(govkit(founded, "member", "key", "add", B, *BY_A), "a key is needed")
    refused(govkit(founded, "member", "key", "add", B, "--file", "none.pub", *BY_A), "read", 3)
    assert state(founded) == before


def test_a_comment_inside_a_part_that_changes_stops_the_command(
    govkit: Run, founded: Path, pub: str
) -> None:
    path = f"{MEMBERS}/{A}.yaml"
    change(founded, path, "  - id: k1\n", "  # the old laptop\n  - id: k1\n")
    before = state(founded)
    refused(govkit(founded, "member", "key", "add", A, pub, *BY_A), "without losing a comment")
    assert state(founded) == before


def test_help_has_examples(govkit: Run) -> None:
    for words in (("add",), ("end",), ("key", "add"), ("key", "end")):
        assert b"Examples:" in govkit(None, "member", *words, "--help").stdout


def test_a_charter_that_can_not_be_read_stops_everything(govkit: Run, founded: Path) -> None:
    change(founded, CHARTER, "name:", "nmae:")
    refused(govkit(founded, *NEW, *BY_A), "can't be read", 3)


def test_the_log_goes_forward_only(govkit: Run, founded: Path) -> None:
    refused(govkit(founded, *NEW, "--by", A, "--now", "2026-01-01T12:00:00Z"), "goes forward only")
    refused(govkit(founded, *NEW, "--by", A, "--now", "yesterday"), "is no moment")
