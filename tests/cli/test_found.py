"""`govkit found`: the first state of a coalition."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.corpus.record_digests import digest_for
from tests.seals import public_of
from tests.store.keys import new_key, public

from .conftest import CHARTER, Run, change, git, report
from .register import (
    BY_A,
    BY_C,
    A,
    B,
    C,
    checked,
    found,
    key_of,
    listed,
    log,
    record,
    refused,
    signs,
    state,
)

GENESIS = "governance/genesis.yaml"
BOTH = ("--coordinator", A, "--coordinator", B)


def test_a_founding_names_coordinators_charter_and_members_and_begins_the_log(
    govkit: Run, repository: Path
) -> None:
    listed(repository, B)
    refused(govkit(repository, "found", *BOTH, *BY_A), f"{B} has no key, and a founding is signed")
    assert not (repository / GENESIS).exists()
    done = govkit(repository, "found", *BOTH, "--without-keys", *BY_A)
    assert done.returncode == 0, done.stderr
    genesis, charter = (
        record(repository, GENESIS, "genesis"),
        record(repository, CHARTER, "charter"),
    )
    assert [each.id for each in genesis.coordinators] == [A, B]
    assert [[key.id for key in each.keys] for each in genesis.coordinators] == [["k1"], []]
    assert genesis.threshold == charter.coordinators.threshold == 2
    assert charter.coordinators.ids == (A, B)
    assert genesis.charter == digest_for("charter", charter)
    assert record(repository, f"governance/members/{B}.yaml", "member").state == "enrolled"
    assert [entry.kind for entry in log(repository)] == ["genesis", "charter", "member", "member"]
    text = done.stdout.decode()
    assert f"Root fingerprint: {digest_for('genesis', genesis)}" in text
    assert f"{B} has no key, and so can't sign this founding" in text
    assert f"Not signed yet: {A}." in text
    assert checked(govkit, repository, "--today", "2026-03-01").returncode == 0


def test_the_charter_keeps_its_other_words_and_comments(govkit: Run, repository: Path) -> None:
    listed(repository, B)
    change(repository, CHARTER, "coordinators:\n", "# Who keeps the register.\ncoordinators:\n")
    before = (repository / CHARTER).read_text()
    assert govkit(repository, "found", *BOTH, "--without-keys", *BY_A).returncode == 0
    after = (repository / CHARTER).read_text()
    assert after == before.replace("ids: []", f"ids:\n    - {A}\n    - {B}")


def test_a_second_founding_is_refused(govkit: Run, founded: Path) -> None:
    before = state(founded)
    refused(govkit(founded, "found", *BY_A), "was founded at 2026-02-01")
    assert state(founded) == before


def test_a_coalition_begins_again_with_a_reason(govkit: Run, founded: Path) -> None:
    old = digest_for("genesis", record(founded, GENESIS, "genesis"))
    refused(govkit(founded, "found", "--again", *BY_A), "needs a reason")
    done = govkit(founded, "found", "--again", "--reason", "The keys were lost.", *BY_A)
    assert done.returncode == 0, done.stderr
    genesis = record(founded, GENESIS, "genesis")
    assert (genesis.replaces, genesis.reason) == (old, "The keys were lost.")
    log(founded)


def test_what_stands_against_a_founding_is_said(govkit: Run, repository: Path) -> None:
    before = state(repository)
    refused(govkit(repository, "found", *BY_A), "nobody is named")
    refused(govkit(repository, "found", *BOTH, *BY_A), f"no member `{B}`")
    refused(govkit(repository, "found", "--coordinator", A, *BY_A), "would take 2")
    refused(govkit(repository, "found", "--reason", "x", *BY_A), "--again")
    refused(govkit(repository, "found", "--again", "--reason", "x", *BY_A), "no founding yet")
    assert state(repository) == before
    one = ("found", "--coordinator", A, "--threshold", "1")
    refused(govkit(repository, *one, "--by", B), "not among the coordinators")
    refused(govkit(repository, *one), "who writes in the register is not known")
    assert state(repository) == before


def test_who_writes_is_known_from_git_or_the_environment(govkit: Run, repository: Path) -> None:
    one = ("found", "--coordinator", A, "--threshold", "1", "--now", "2026-03-01T12:00:00Z")
    git(repository, "config", "govkit.member", A)
    assert report(govkit(repository, *one, "--format", "json"))["entries"][0]["by"] == A
    refused(govkit(repository, "member", "end", B, "--asked", GOVKIT_MEMBER=B), "is no coordinator")


def test_a_coalition_without_coordinators_says_how_to_begin(govkit: Run, repository: Path) -> None:
    refused(govkit(repository, "intake", *BY_A), "has no coordinators yet")
    assert "govkit found" in govkit(repository, "intake", *BY_A).stderr.decode()


def test_a_founding_says_whose_only_key_nobody_could_replace(govkit: Run, repository: Path) -> None:
    """Two coordinators, one of them with a second key that is kept elsewhere."""
    for id, ids in ((A, ("k1",)), (B, ("k1", "k2"))):
        several = [{"id": k, "public": public_of(f"{id} {k}"), "since": "2026-01-01"} for k in ids]
        listed(repository, id, keys=several)
    done = report(govkit(repository, "found", *BOTH, *BY_A, "--format", "json"))
    assert done["irreplaceable"] == [A]
    again = ("found", "--again", "--reason", "So.", *BY_A)
    words = " ".join(govkit(repository, *again).stdout.decode().split())
    assert f"If the only key of {A} is lost or stolen, nobody can replace it" in words
    listed(repository, C, keys=[{"id": "k1", "public": public_of(C), "since": "2026-01-01"}])
    third = ("--coordinator", C, "--threshold", "2", "--format", "json")
    done = report(govkit(repository, *again, *BOTH, *third))
    assert done["irreplaceable"] == []


def test_a_key_of_a_member_of_before_the_founding_begins_by_an_act(
    govkit: Run, repository: Path
) -> None:
    """The founding names those of its coordinators alone, and what it leaves out has a way on."""
    known = [{"id": "k1", "public": public_of(C), "since": "2026-01-01"}]
    listed(repository, C, keys=known, state="enrolled")
    found(repository)
    shown = checked(govkit, repository).stdout.decode()
    assert "the key k1 came by no act" in shown
    assert "`govkit member key add MEMBER --file FILE.pub`" in shown
    file = repository.parent / "c.pub"
    file.write_text(public_of(C) + "\n")
    done = govkit(repository, "member", "key", "add", C, "--file", str(file), *BY_A)
    assert done.returncode == 0, done.stderr
    signs(govkit, repository, "01", A, C)
    last = govkit(repository, "sign", "01", "--key", str(key_of(repository, C)), *BY_C)
    assert f"Not signed yet: {B}.\n" in last.stdout.decode()
    signs(govkit, repository, "01", B)
    again = govkit(repository, "member", "key", "add", C, "--file", str(file), *BY_A)
    refused(again, f"this is the key k1 of {C} already")
    assert "came by no act" not in checked(govkit, repository).stdout.decode()
    assert [
        key.id for key in record(repository, f"governance/members/{C}.yaml", "member").keys
    ] == ["k1"]


def test_first_coordinators_sign_the_founding_one_after_the_other(
    govkit: Run, repository: Path, tmp_path: Path
) -> None:
    listed(repository, B)
    keys = {id: new_key(tmp_path, id) for id in (A, B)}
    for id, key in keys.items():
        path = f"governance/members/{id}.yaml"
        text = (repository / path).read_text().partition("\nkeys:")[0]
        (repository / path).write_text(
            f"{text.rstrip()}\nkeys:\n  - {{id: k1, public: {public(key)}, since: 2026-01-01}}\n"
        )
    assert govkit(repository, "found", *BOTH, *BY_A).returncode == 0
    waits = govkit(repository, "today").stdout.decode()
    assert f"the founding is not signed yet by {A}, {B}" in waits
    root = digest_for("genesis", record(repository, GENESIS, "genesis"))

    refused(govkit(repository, "found", "--sign", *BY_A), "which key you sign with is not known")
    refused(govkit(repository, "found", "--key", str(keys[A]), *BY_A), "are for --sign only")
    refused(
        govkit(repository, "found", "--sign", "--key", str(keys[B]), *BY_A), f"is not a key of {A}"
    )
    refused(
        govkit(repository, "found", "--sign", "--key", str(keys[A]), "--by", "nobody"),
        "is not among the first coordinators",
    )

    first = govkit(repository, "found", "--sign", "--key", str(keys[A]), *BY_A)
    assert first.returncode == 0, first.stderr
    text = first.stdout.decode()
    assert "  We found the coalition example." in text
    assert f"  Root fingerprint: {root}" in text
    assert f"Not signed yet: {B}." in text
    refused(govkit(repository, "found", *BY_A), f"not signed yet by: {B}")

    second = govkit(repository, "found", "--sign", "--key", str(keys[B]), "--by", B)
    assert "All signatures that it takes are there." in second.stdout.decode()
    refused(govkit(repository, "found", *BY_A), "and all have signed it")
    signed = record(repository, GENESIS, "genesis")
    assert [seal.by for seal in signed.signatures] == [A, B]
    assert digest_for("genesis", signed) == root, "signatures never move the fingerprint"
    log(repository)  # and the log still fits

    before = state(repository)
    again = govkit(repository, "found", "--sign", "--key", str(keys[A]), *BY_A)
    assert "You had signed these words" in again.stdout.decode()
    assert state(repository) == before


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (CHARTER, "name: Example", "name: TBD Example", "`TBD` still has to be written"),
        (f"governance/members/{A}.yaml", "name: ", "name: TBD ", "`TBD` still has to be written"),
    ],
    ids=["in the charter", "in a member"],
)
def test_what_is_still_to_be_written_is_not_founded(
    path: str, old: str, new: str, words: str, govkit: Run, repository: Path
) -> None:
    one = ("found", "--coordinator", A, "--threshold", "1", *BY_A)
    change(repository, path, old, new)
    refused(govkit(repository, *one), words)
    assert not (repository / GENESIS).exists()


def test_a_forming_charter_with_coordinators_who_can_not_sign_is_named(
    govkit: Run, repository: Path
) -> None:
    """One has a key and the other has none; one has left."""
    listed(repository, B)
    change(repository, CHARTER, "ids: []", f"ids: [{A}, {B}]")
    words = f"the charter names {B} as a coordinator, and {B} has no key"
    assert words in checked(govkit, repository).stdout.decode()
    change(repository, f"governance/members/{A}.yaml", "state: enrolled", "state: ended")
    words = f"the charter names {A} as a coordinator, and this membership has ended"
    assert words in checked(govkit, repository).stdout.decode()
