"""`govkit amend`: what the coalition decides about its own charter and policies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.source.record_bytes import record_bytes

from .conftest import CHARTER, DAY, Run, change, commit, git, report
from .register import (
    BY_A,
    BY_B,
    MEMBERS,
    NOW,
    A,
    B,
    checked,
    found,
    key_of,
    listed,
    log,
    open_proposal,
    record,
    refused,
    signs,
    state,
)

C = "third-society"
POLICY = "governance/policies/substance.yaml"
ACT = "governance/acts/01.yaml"
BOTH = ("--who", A, "--who", B, "--reason", "It was too hard.", *BY_A)
PERIODS = {"comment": "P30D", "last_call": "P14D"}


@pytest.fixture
def coalition_of_two(repository: Path) -> Path:
    """A coalition of two coordinators with one policy, founded, with a third member."""
    data = record_bytes("policy", {"title": "Rough consensus", "periods": PERIODS}, POLICY)
    (repository / POLICY).parent.mkdir()
    (repository / POLICY).write_bytes(data)
    with (repository / CHARTER).open("a") as file:
        file.write("policies: {substance: {classes: [1, 2, 3, 4, 5, 6, 7, 8]}}\n")
    listed(repository, C, state="enrolled")
    found(repository)
    return repository


def with_key_of_third(run: Run, folder: Path) -> None:
    """Let a key of the third member begin, by act 01."""
    new = ("--file", f"{key_of(folder, C)}.pub", *BY_A)
    assert run(folder, "member", "key", "add", C, *new).returncode == 0
    signs(run, folder, "01", A, B, C)


def words_of(findings: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(each["path"], each["rule"]) for each in findings]


def test_a_founding_binds_the_first_policies(coalition_of_two: Path) -> None:
    genesis = record(coalition_of_two, "governance/genesis.yaml", "genesis")
    policy = record(coalition_of_two, POLICY, "policy")
    assert [(each.id, each.digest) for each in genesis.policies] == [
        ("substance", digest_for("policy", policy))
    ]


def test_a_policy_changes_by_an_act_that_names_both_words(
    govkit: Run, coalition_of_two: Path
) -> None:
    before = record(coalition_of_two, POLICY, "policy")
    change(coalition_of_two, POLICY, "P30D", "P20D")
    done = report(govkit(coalition_of_two, "amend", "substance", *BOTH, "--format", "json"))
    act = record(coalition_of_two, ACT, "coalition-act")
    after = record(coalition_of_two, POLICY, "policy")
    assert after.periods.comment == "P20D"
    assert (act.kind, act.path, act.by, act.coordinators) == ("policy", POLICY, (A, B), None)
    assert (act.before, act.after) == (digest_for("policy", before), digest_for("policy", after))
    assert act.signatures == ()
    assert [(entry.kind, entry.path) for entry in log(coalition_of_two)[-2:]] == [
        ("act", ACT),
        ("policy", POLICY),
    ]
    assert done["changed"] == ["periods"]
    assert (done["act"], done["signers"], done["missing"]) == (ACT, [], [A, B])
    words = " ".join(checked(govkit, coalition_of_two, *DAY).stdout.decode().split())
    assert f"this act does not count yet: it names {A}, {B}, who have not signed it" in words
    assert "Each of them signs: `govkit sign 01 --by MEMBER --key FILE`" in words
    signs(govkit, coalition_of_two, "01", A, B)
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0


def test_who_files_an_act_may_sign_it_at_once(govkit: Run, coalition_of_two: Path) -> None:
    change(coalition_of_two, POLICY, "P30D", "P20D")
    key = ("--key", str(key_of(coalition_of_two, A)))
    words = ("amend", "substance", *BOTH, *key, "--format", "json")
    done = report(govkit(coalition_of_two, *words))
    assert (done["signers"], done["missing"]) == ([A], [B])
    last = ("sign", "1", "--by", B, "--key", str(key_of(coalition_of_two, B)), "--format", "json")
    signed = report(govkit(coalition_of_two, *last))
    assert (signed["signers"], signed["missing"], signed["needed"]) == ([A, B], [], 2)
    assert signed["statement"].startswith("govkit act statement 1\n\nWe change a policy.\n")


def test_an_edit_of_the_charter_or_a_policy_without_an_act_stops_the_merge(
    govkit: Run, coalition_of_two: Path
) -> None:
    change(coalition_of_two, POLICY, "P30D", "P20D")
    change(coalition_of_two, CHARTER, "threshold: 2", "threshold: 1")
    done = report(checked(govkit, coalition_of_two, *DAY, "--format", "json"))
    assert words_of(done["findings"]) == [
        (CHARTER, "amended-without-act"),
        (POLICY, "amended-without-act"),
    ]
    assert {each["stops"] for each in done["findings"]} == {"merge"}


def test_a_new_policy_takes_an_act_too(govkit: Run, coalition_of_two: Path) -> None:
    path = "governance/policies/lazy.yaml"
    data = record_bytes("policy", {"title": "Lazy consensus", "periods": PERIODS}, path)
    (coalition_of_two / path).write_bytes(data)
    done = report(checked(govkit, coalition_of_two, *DAY, "--format", "json"))
    assert words_of(done["findings"]) == [(path, "amended-without-act")]
    assert govkit(coalition_of_two, "amend", path, *BOTH, cwd=coalition_of_two).returncode == 0
    assert record(coalition_of_two, ACT, "coalition-act").before is None
    signs(govkit, coalition_of_two, "01", A, B)
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0


def test_who_coordinates_next_is_decided_by_those_who_coordinate(
    govkit: Run, coalition_of_two: Path
) -> None:
    """Whoever writes themselves into the charter can't decide about it, nor write it down."""
    with_key_of_third(govkit, coalition_of_two)
    change(coalition_of_two, CHARTER, f"- {B}", f"- {C}")
    was = state(coalition_of_two)
    alone = ("amend", "charter", "--reason", "I take over.")
    refused(govkit(coalition_of_two, *alone, "--by", C, *BY_A[2:]), "is no coordinator")
    refused(govkit(coalition_of_two, *alone, *BY_A), "takes 2 coordinators, and 1 agrees")
    refused(
        govkit(coalition_of_two, *alone, "--who", A, "--who", C, *BY_A),
        f"{C} did not coordinate before this act",
    )
    assert state(coalition_of_two) == was
    done = govkit(coalition_of_two, "amend", "charter", *BOTH)
    assert done.returncode == 0, done.stderr
    assert f"From now on {A}, {C} coordinate, and an act takes 2" in done.stdout.decode()
    act = record(coalition_of_two, "governance/acts/02.yaml", "coalition-act")
    assert (act.kind, act.coordinators.ids) == ("coordinators", (A, C))
    # Names that somebody typed make nobody a coordinator.
    refused(govkit(coalition_of_two, "amend", "substance", "--reason", "x", "--by", C), "is no co")
    signs(govkit, coalition_of_two, "02", A, B)
    # From here on the new ones decide, and the old one no more.
    change(coalition_of_two, POLICY, "P30D", "P20D")
    refused(govkit(coalition_of_two, "amend", "substance", *BOTH), f"{B} did not coordinate")
    both = ("--who", A, "--who", C, "--reason", "Too long.", *BY_A)
    assert govkit(coalition_of_two, "amend", "substance", *both).returncode == 0
    refused(
        govkit(coalition_of_two, "sign", "03", "--key", str(key_of(coalition_of_two, B)), *BY_B),
        f"`{B}` is not asked to sign this act",
    )
    signs(govkit, coalition_of_two, "03", A, C)
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0


def test_a_coordinator_leaves_once_the_charter_names_them_no_more(
    govkit: Run, coalition_of_two: Path
) -> None:
    with_key_of_third(govkit, coalition_of_two)
    leaves = ("member", "end", B, "--asked", *BY_A)
    refused(govkit(coalition_of_two, *leaves), "is a coordinator")
    assert b"govkit amend charter" in govkit(coalition_of_two, *leaves).stderr
    change(coalition_of_two, CHARTER, f"- {B}", f"- {C}")
    refused(govkit(coalition_of_two, *leaves), "is a coordinator")  # an edit alone ends nothing
    assert govkit(coalition_of_two, "amend", "charter", *BOTH).returncode == 0
    refused(govkit(coalition_of_two, *leaves), "is a coordinator")  # nor does an act unsigned
    signs(govkit, coalition_of_two, "02", A, B)
    assert govkit(coalition_of_two, *leaves).returncode == 0
    assert record(coalition_of_two, f"{MEMBERS}/{B}.yaml", "member").state == "ended"
    signs(govkit, coalition_of_two, "03", A, B)
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0


def test_two_ids_of_one_person_are_not_two_coordinators(
    govkit: Run, coalition_of_two: Path
) -> None:
    for id in (A, B):
        change(
            coalition_of_two,
            f"{MEMBERS}/{id}.yaml",
            "state: enrolled",
            "state: enrolled\nperson: one-person",
        )
    change(coalition_of_two, POLICY, "P30D", "P20D")
    refused(govkit(coalition_of_two, "amend", "substance", *BOTH), "takes 2 coordinators, and 1")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f"    - {B}\n", "", "would have 1 coordinator, and an act would take 2"),
        (f"- {B}", f"- {A}", "would have 1 coordinator,"),
        ("threshold: 2", "threshold: 0", "can't be read"),
        ("threshold: 2", "threshold: 3", "an act would take 3"),
        (f"- {B}", "- nobody", "there is no member `nobody`"),
        (f"- {B}", "- sleeper", "sleeper is listed"),
        ("name: Example", "name: [Example", "can't be read"),
    ],
)
def test_a_charter_that_could_not_hold_is_refused(
    old: str, new: str, words: str, govkit: Run, coalition_of_two: Path
) -> None:
    listed(coalition_of_two, "sleeper")
    change(coalition_of_two, CHARTER, old, new)
    done = govkit(coalition_of_two, "amend", "charter", *BOTH)
    refused(done, words)


def test_what_is_no_own_rule_or_did_not_change_is_refused(
    govkit: Run, coalition_of_two: Path
) -> None:
    refused(govkit(coalition_of_two, "amend", "substanse", *BOTH), "Did you mean `substance`?")
    refused(govkit(coalition_of_two, "amend", f"{MEMBERS}/{A}.yaml", *BOTH), "neither the charter")
    refused(govkit(coalition_of_two, "amend", "../charter.yaml", *BOTH), "neither the charter")
    refused(govkit(coalition_of_two, "amend", "charter", *BOTH), "nothing to decide")
    change(coalition_of_two, POLICY, "P30D", "P20D")
    hidden = govkit(coalition_of_two, "amend", "charter", *BOTH[:5], "a\u202eb", *BY_A)
    refused(hidden, "--reason can't be taken")
    (coalition_of_two / POLICY).unlink()
    refused(govkit(coalition_of_two, "amend", POLICY, *BOTH), f"there is no {POLICY}")


def test_a_coalition_that_is_forming_edits_its_charter_freely(
    govkit: Run, repository: Path
) -> None:
    change(repository, CHARTER, "ids: []", f"ids: [{A}]")
    refused(govkit(repository, "amend", "charter", "--reason", "x", *BY_A), "is forming")
    assert checked(govkit, repository, *DAY).returncode == 0


def test_a_founding_anew_begins_the_own_rules_anew(govkit: Run, coalition_of_two: Path) -> None:
    change(coalition_of_two, POLICY, "P30D", "P20D")
    assert govkit(coalition_of_two, "amend", "substance", *BOTH).returncode == 0
    signs(govkit, coalition_of_two, "01", A, B)
    again = ("found", "--again", "--reason", "Keys were lost.", *BY_A)
    assert govkit(coalition_of_two, *again).returncode == 0
    named = report(checked(govkit, coalition_of_two, *DAY, "--format", "json"))["findings"]
    assert words_of(named) == [("governance/genesis.yaml", "log-rewritten")]
    assert "the coalition was founded again: main (commit" in named[0]["message"]
    commit(coalition_of_two)  # as those do who agree that it begins again
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0
    change(coalition_of_two, POLICY, "P20D", "P25D")
    assert govkit(coalition_of_two, "amend", "substance", *BOTH).returncode == 0
    signs(govkit, coalition_of_two, "02", A, B)
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0


def test_acts_are_listed_and_audited(govkit: Run, coalition_of_two: Path) -> None:
    change(coalition_of_two, POLICY, "P30D", "P20D")
    assert govkit(coalition_of_two, "amend", "substance", *BOTH).returncode == 0
    signs(govkit, coalition_of_two, "01", A, B)
    listed_ = govkit(coalition_of_two, "list", "coalition-act").stdout.decode()
    assert "policy, substance: It was too hard." in listed_
    audited = report(govkit(coalition_of_two, "audit", "--now", NOW, "--format", "json"))
    line = next(each for each in audited["rules"] if each["rule"] == "own rules changed by act")
    assert (line["looked_at"], line["missing"]) == (
        "1 act of the coalition about itself: policy 1",
        [],
    )
    change(coalition_of_two, POLICY, "P20D", "P10D")
    audited = report(govkit(coalition_of_two, "audit", "--now", NOW, "--format", "json"))
    line = next(each for each in audited["rules"] if each["rule"] == "own rules changed by act")
    assert line["missing"] == [f"{POLICY}: this policy differs from what the coalition agreed"]


def test_what_is_open_is_named(govkit: Run, coalition_of_two: Path) -> None:
    open_proposal(coalition_of_two)
    change(coalition_of_two, POLICY, "P30D", "P20D")
    done = govkit(coalition_of_two, "amend", "substance", *BOTH)
    assert done.returncode == 0, done.stderr
    assert "goes on under the words before: 2026-001" in done.stdout.decode()


def test_what_was_withdrawn_is_open_no_more(govkit: Run, coalition_of_two: Path) -> None:
    open_proposal(coalition_of_two)
    done = govkit(
        coalition_of_two,
        "propose",
        "withdraw",
        "2026-001",
        "--reason",
        "Not now.",
        "--who",
        A,
        "--who",
        B,
        *BY_A,
    )
    assert done.returncode == 0, done.stderr
    change(coalition_of_two, POLICY, "P30D", "P20D")
    done = govkit(coalition_of_two, "amend", "substance", *BOTH, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["open"] == []


def test_an_act_whose_words_before_are_in_no_commit_is_filed_all_the_same(
    govkit: Run, coalition_of_two: Path
) -> None:
    change(coalition_of_two, POLICY, "P30D", "P20D")
    git(coalition_of_two, "commit", "-qam", "Edit it first")
    done = report(govkit(coalition_of_two, "amend", "substance", *BOTH, "--format", "json"))
    assert done["changed"] == []
    signs(govkit, coalition_of_two, "01", A, B)
    assert checked(govkit, coalition_of_two, *DAY).returncode == 0
