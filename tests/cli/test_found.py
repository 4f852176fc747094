"""`govkit found`: the first state of a coalition."""

from __future__ import annotations

from pathlib import Path

from govkit.corpus.record_digests import digest_for

from .conftest import CHARTER, Run, change, git, report
from .register import BY_A, A, B, listed, log, record, refused, state

GENESIS = "governance/genesis.yaml"
BOTH = ("--coordinator", A, "--coordinator", B)


def test_a_founding_names_coordinators_charter_and_members_and_begins_the_log(
    govkit: Run, repository: Path
) -> None:
    listed(repository, B)
    done = govkit(repository, "found", *BOTH, *BY_A)
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
    assert f"{B} has no key yet" in text
    assert govkit(repository, "check", "--today", "2026-03-01").returncode == 0


def test_the_charter_keeps_its_other_words_and_comments(govkit: Run, repository: Path) -> None:
    listed(repository, B)
    change(repository, CHARTER, "coordinators:\n", "# Who keeps the register.\ncoordinators:\n")
    before = (repository / CHARTER).read_text()
    assert govkit(repository, "found", *BOTH, *BY_A).returncode == 0
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
