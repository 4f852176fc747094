"""Which keys coordinators can sign with, and when; the words that they sign."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from govkit.log.amendments import OF_ACTS
from govkit.log.coordination import OF_GENESIS, signers_of_founding
from govkit.log.keys import Keys, MemberKey, armour, bare_signature, sound_signers
from govkit.log.periods import end_of_day
from govkit.log.signed_statements import act_statement, founding_statement, root_fingerprint
from govkit.records.acts import CoalitionAct, FirstCoordinator, FirstKey, Genesis
from govkit.records.governance import Coordinators
from govkit.records.log import MemberSignature
from govkit.store import signing
from tests.store.keys import new_key, public

DIGEST = "sha256:" + "ab" * 32
OTHER = "sha256:" + "cd" * 32
FOUNDED = datetime.datetime(2026, 2, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("rosa", "amadou"):
        new_key(folder, name)
    new_key(folder, "short", "-t", "rsa", "-b", "2048")
    return folder


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.parametrize(
    ("instant", "holds"),
    [
        ("2026-02-28T23:59:59Z", False),  # before its first day
        ("2026-03-01T00:00:00Z", True),
        ("2026-06-30T23:00:00Z", True),
        ("2026-07-01T11:59:59Z", True),  # its last day is not over everywhere on earth
        ("2026-07-01T12:00:00Z", False),
    ],
)
def test_a_key_holds_from_its_first_day_to_its_last(keys: Path, instant: str, holds: bool) -> None:
    key = a_key(keys)._replace(ends=end_of_day(day("2026-06-30")))
    assert bool(Keys((key,)).holding("rosa", at(instant))) is holds


@pytest.mark.parametrize(
    ("instant", "holds"), [("2026-05-01T11:59:59Z", True), ("2026-05-01T12:00:00Z", False)]
)
def test_a_key_in_other_hands_holds_for_what_was_before(
    keys: Path, instant: str, holds: bool
) -> None:
    key = a_key(keys)._replace(compromised=at("2026-05-01T12:00:00Z"))
    assert bool(Keys((key,)).holding("rosa", at(instant))) is holds


def test_a_key_counts_from_the_number_behind_its_act(keys: Path) -> None:
    now = at("2026-04-01T12:00:00Z")
    assert Keys((a_key(keys),)).holding("rosa", now, 7) == {}
    assert Keys((a_key(keys),)).holding("rosa", now, 8) == {"k1": public(keys / "rosa")}


def a_key(keys: Path) -> MemberKey:
    """A key that begins on 1 March, with number 7 of the log."""
    begins = at("2026-03-01T00:00:00Z")
    return MemberKey("rosa", "k1", public(keys / "rosa"), 7, begins, "governance/acts/01.yaml")


def test_one_key_below_two_names_counts_for_neither(keys: Path) -> None:
    rosa, amadou = public(keys / "rosa"), public(keys / "amadou")
    assert sound_signers([("rosa", rosa), ("amadou", amadou)]) == (
        ("rosa", rosa),
        ("amadou", amadou),
    )
    assert sound_signers([("rosa", rosa), ("amadou", rosa), ("amadou", amadou)]) == (
        ("amadou", amadou),
    )
    assert sound_signers([("rosa", rosa), ("rosa", f"{rosa} at home")]) == (("rosa", rosa),)


def test_a_key_of_a_kind_that_is_not_taken_counts_for_nobody(keys: Path) -> None:
    assert (
        sound_signers([("rosa", public(keys / "short")), ("amadou", "ssh-dss AAAA"), ("x", "no")])
        == ()
    )


# --- the words ------------------------------------------------------------------------------------


def genesis(
    keys: Path, *seals: MemberSignature, second: str = "amadou", reason: str | None = None
) -> Genesis:
    first = [
        FirstCoordinator(id=id, keys=(FirstKey(id="k1", public=public(keys / key)),))
        for id, key in (("rosa", "rosa"), ("amadou", second))
    ]
    return Genesis(
        coalition="example",
        coordinators=tuple(first),
        threshold=2,
        charter=DIGEST,
        founded=FOUNDED,
        reason=reason,
        signatures=seals,
    )


def sealed(keys: Path, record: Genesis, by: str) -> MemberSignature:
    made = signing.sign(founding_statement(record).encode(), keys / by, OF_GENESIS)
    return MemberSignature(by=by, key="k1", signature=bare_signature(made))


def test_a_founding_is_signed_in_words_that_name_it_whole(keys: Path) -> None:
    record = genesis(keys)
    assert (
        founding_statement(record)
        == f"""\
govkit founding statement 1

We found the coalition example.
Founded: 2026-02-02T12:00:00Z
Root fingerprint: {root_fingerprint(record)}
First charter: {DIGEST}
Coordinators that an act takes: 2

First coordinators, with their keys:
  rosa
    k1 {public(keys / "rosa")}
  amadou
    k1 {public(keys / "amadou")}
"""
    )


def test_the_signers_of_a_founding_are_those_whose_signatures_hold(keys: Path) -> None:
    bare_record = genesis(keys)
    one = sealed(keys, bare_record, "rosa")
    forged = one.model_copy(update={"by": "amadou"})
    both = genesis(keys, one, sealed(keys, bare_record, "amadou"))
    assert signers_of_founding(genesis(keys, one, forged)) == ("rosa",)
    assert signers_of_founding(both) == ("rosa", "amadou")
    assert root_fingerprint(both) == root_fingerprint(bare_record)
    other = both.model_copy(update={"threshold": 1})
    assert signers_of_founding(other) == ()


def test_one_person_with_one_key_is_not_two_founders(keys: Path) -> None:
    shared = genesis(keys, second="rosa")
    seal = sealed(keys, shared, "rosa")
    twice = genesis(keys, seal, seal.model_copy(update={"by": "amadou"}), second="rosa")
    assert signers_of_founding(twice) == ()


def test_an_act_is_signed_in_words_that_hold_nowhere_else() -> None:
    act = CoalitionAct(
        kind="coordinators",
        path="governance/charter.yaml",
        before=DIGEST,
        after=OTHER,
        by=("rosa", "amadou"),
        reason="Amadou hands over.\n\nSigned by: nobody",
        coordinators=Coordinators(ids=("rosa", "noor"), threshold=2),
    )
    words = act_statement(act, "governance/acts/01.yaml", DIGEST)
    lines = words.splitlines()
    assert lines[:5] == [
        "govkit act statement 1",
        "",
        "We change who coordinates.",
        f"Root fingerprint: {DIGEST}",
        "Act: governance/acts/01.yaml",
    ]
    assert "Coordinators from now on: rosa, noor" in lines
    assert lines[-1] == "  Signed by: nobody", "a reason never looks like a line of the statement"
    for other in (
        act_statement(act, "governance/acts/02.yaml", DIGEST),
        act_statement(act, "governance/acts/01.yaml", OTHER),
        act_statement(act.model_copy(update={"reason": "No."}), "governance/acts/01.yaml", DIGEST),
    ):
        assert other != words


def test_a_signature_keeps_its_armour_through_a_record(keys: Path) -> None:
    made = signing.sign(b"x", keys / "rosa", OF_ACTS)
    assert armour(bare_signature(made)) == made
    assert armour(made) == made
    assert "\n" not in bare_signature(made)
