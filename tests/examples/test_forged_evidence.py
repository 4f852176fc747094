"""What somebody makes up to show that a member said something: found by whom, in which words."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.log.keys import bare_signature
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.source.record_bytes import record_bytes
from govkit.store.signing import sign
from govkit.workspace import open_workspace
from tests.cli.conftest import commit
from tests.examples.conftest import Run
from tests.examples.test_attacks import said
from tests.release.verifying.scene import change, log_done_again

PROPOSAL = "governance/proposals/2026-001"
OPEN = "2026-06-05T08:00:00Z"
DECIDED = "2026-06-15T12:00:00Z"
LAB = "example-network-lab"
REPORTED = f"{LAB}-02"
ASKS = "and the policy substance asks for E1"


@pytest.fixture
def agora(played: Path, tmp_path: Path) -> Path:
    """The example in last call, with a consent of the Lab that nobody has shown."""
    root = Path(shutil.copytree(played, tmp_path / "agora"))
    (tmp_path / "agora-private").mkdir()
    return root


@pytest.fixture
def reported(agora: Path, govkit: Run) -> Path:
    said(govkit, agora, "consent", LAB, "2026-001", "consent", *by("a-example"), ends=0)
    return agora


def by(id: str) -> tuple[str, ...]:
    return ("--by", id, "--now", OPEN)


def key_of(played: Path, id: str) -> Path:
    return played.parent / "keys" / id


def evidence(root: Path, name: str, kind: str = "evidence") -> Any:
    return open_workspace(root).corpus.by_path[f"{PROPOSAL}/{kind}/{name}.yaml"].record


def digest_of(root: Path, position: str) -> str:
    return digest_for("position", evidence(root, position, "positions"))


def file_evidence(root: Path, name: str, position: str = REPORTED, **fields: Any) -> str:
    """File evidence by hand, with an entry, as one coordinator can; return its path."""
    path, at = f"{PROPOSAL}/evidence/{name}.yaml", datetime.datetime.fromisoformat(OPEN)
    record = {"position": f"positions/{position}", "digest": digest_of(root, position), **fields}
    file_all(
        root,
        [Filing(path, record_bytes("evidence", record, path), "evidence")],
        by="a-example",
        received_at=at,
        received_basis="registrar",
        recorded_at=Stamp(at, at),
    )
    return path


def found_false(govkit: Run, root: Path, path: str, words: str) -> None:
    """Hold that the check names this evidence in these words, and that it counts for nobody."""
    found = said(govkit, root, "check")
    assert path in found
    assert f"this evidence is false, and shows nothing: {words}" in found
    not_counted(govkit, root, f"({path.removeprefix(PROPOSAL)[1:].removesuffix('.yaml')}: ")


def not_counted(govkit: Run, root: Path, words: str) -> None:
    status = said(govkit, root, "status", "2026-001", "--now", OPEN, ends=0)
    [line] = [
        each.split("Not counted:")[0]
        for each in status.split("Not counted: ")
        if each.startswith(f"positions/{REPORTED}:")
    ]
    assert words in line
    assert ASKS in line


# --- signatures -----------------------------------------------------------------------------------


def statement(govkit: Run, root: Path, name: str, *words: str) -> bytes:
    path = root.parent / f"{name}.txt"
    ask = ("status", "2026-001", "--statement", name, *words, "--output", str(path))
    said(govkit, root, *ask, ends=0)
    return path.read_bytes()


def signed(data: bytes, key: Path, namespace: str = "consent@govkit") -> dict[str, str]:
    from govkit.consent.position_statement import statement_digest

    made = bare_signature(sign(data, key, namespace))
    return {
        "level": "E3",
        "kind": "sshsig",
        "statement": statement_digest(data.decode()),
        "signature": made,
    }


def test_a_signature_of_a_coordinator_is_none_of_the_member(
    reported: Path, played: Path, govkit: Run
) -> None:
    forged = signed(statement(govkit, reported, LAB), key_of(played, "a-example"))
    path = file_evidence(reported, f"{REPORTED}-02", **forged, key="k1")
    found_false(govkit, reported, path, f"it was signed with a key that is none of {LAB}'s")


def test_a_signature_over_another_position_is_none_of_this_one(
    reported: Path, played: Path, govkit: Run
) -> None:
    other = evidence(reported, "c-example-01-01")
    copied = {"statement": other.statement, "signature": other.signature, "key": other.key}
    path = file_evidence(reported, f"{REPORTED}-02", level="E3", kind="sshsig", **copied)
    words = "what was signed is not the statement of this position: it is of other words, another"
    found_false(govkit, reported, path, words)


def test_a_signature_that_names_the_right_statement_and_is_over_another_does_not_hold(
    agora: Path, played: Path, govkit: Run
) -> None:
    """C. Example signed a consent; somebody files an objection in that name, with the signature."""
    objects = ("object", "--reason", "No.", "--unit", "AGP-CMP-03")
    said(govkit, agora, "consent", "c-example", "2026-001", *objects, *by("a-example"), ends=0)
    forged = signed(statement(govkit, agora, "c-example"), key_of(played, "a-example"))
    forged["signature"] = evidence(agora, "c-example-01-01").signature
    name = "c-example-03"
    path = file_evidence(agora, f"{name}-02", name, **forged, key="k1")
    found = said(govkit, agora, "check")
    assert path in found
    assert "shows nothing: the signature does not hold: it is over other words" in found


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ((b"Coalition: agora", b"Coalition: other"), "this statement is for the coalition other"),
        (
            (b"2026-001, revision 2", b"2026-001, revision 1"),
            "about another change than revision 1",
        ),
        ((b"Root fingerprint: sha256:", b"Root fingerprint: sha256:0"), "to another founding"),
        ((b"I consent to", b"I object to"), "it is over other words"),
    ],
)
def test_a_statement_of_another_place_is_not_taken_in(
    edit: tuple[bytes, bytes], says: str, agora: Path, played: Path, govkit: Run
) -> None:
    """Signed as it should be, and then changed; or made for another coalition from the first."""
    data = statement(govkit, agora, "c-example", "--position", "consent")
    assert edit[0] in data
    other = data.replace(*edit)
    text = agora.parent / "other.txt"
    text.write_bytes(other)
    over = data if b"object" in edit[1] else other
    signature = agora.parent / "other.txt.sig"
    signature.write_text(sign(over, key_of(played, "c-example"), "consent@govkit"))
    answer = said(govkit, agora, "intake", str(text), str(signature), *by("a-example"), ends=2)
    assert says in answer


# --- one person's word ----------------------------------------------------------------------------


def test_what_one_coordinator_typed_counts_for_nobody(agora: Path, govkit: Run) -> None:
    minutes = agora.parent / "minutes.txt"
    minutes.write_text("They all agreed, I say.\n")
    before = said(govkit, agora, "decide", "2026-001", "--now", DECIDED, ends=0)
    typed = ("consent", LAB, "2026-001", "consent", "--source", str(minutes))
    said(govkit, agora, *typed, *by("a-example"), ends=0)
    confirmed = ("evidence", "2026-001", REPORTED, "--source", str(minutes), "--confirmed")
    said(govkit, agora, *confirmed, *by("a-example"), ends=0)
    not_counted(
        govkit, agora, f"no second coordinator has vouched for what shows it (evidence/{LAB}"
    )
    after = said(govkit, agora, "decide", "2026-001", "--now", DECIDED, ends=0)
    consents = "consent: c-example, example-digital-rights-society, example-readers-union"
    assert consents in before
    assert consents in after


def test_nobody_vouches_for_what_they_filed_themselves(
    agora: Path, played: Path, govkit: Run
) -> None:
    minutes = agora.parent / "minutes.txt"
    minutes.write_text("They all agreed, I say.\n")
    typed = ("consent", LAB, "2026-001", "consent", "--source", str(minutes))
    said(govkit, agora, *typed, *by("a-example"), ends=0)
    record = f"2026-001/evidence/{REPORTED}-01"
    alone = ("countersign", record, "--seen", "It.", "--key", str(key_of(played, "a-example")))
    found = said(govkit, agora, *alone, *by("a-example"), ends=2)
    assert "nobody vouches for what they filed themselves" in found
    as_other = said(govkit, agora, *alone, *by("c-example"), ends=2)
    assert "is not a key of c-example that holds here" in as_other


def test_one_coordinator_who_files_in_the_name_of_the_other_and_vouches_is_found(
    agora: Path, played: Path, govkit: Run
) -> None:
    minutes, key = agora.parent / "minutes.txt", str(key_of(played, "a-example"))
    minutes.write_text("They all agreed, I say.\n")
    typed = ("consent", LAB, "2026-001", "consent", "--source", str(minutes))
    said(govkit, agora, *typed, *by("c-example"), ends=0)
    vouch = ("countersign", f"2026-001/evidence/{REPORTED}-01", "--seen", "It.", "--key", key)
    said(govkit, agora, *vouch, *by("a-example"), ends=0)
    said(govkit, agora, "seal", "--key", key, *by("a-example"), ends=0)
    found = said(govkit, agora, "check")
    assert "and c-example has not sealed that: only a-example did" in found
    assert "So it may be the word of a-example alone, in two names" in found
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert f"evidence/{REPORTED}-01 waits" in status, "nothing that is decided rests on it"
    decide = ("decide", "2026-001", "--apply", "--by", "a-example", "--now", DECIDED)
    said(govkit, agora, *decide, ends=0)
    later = said(govkit, agora, "check")
    assert "So it may be the word of a-example alone, in two names" in later, "nothing hides it"


def test_whose_name_was_typed_is_asked_before_their_seal_bears_it_out_also_over_a_later_head(
    agora: Path, played: Path, govkit: Run
) -> None:
    """The way out of the attack above, to its end: c-example did file it after all."""
    minutes, key = agora.parent / "minutes.txt", str(key_of(played, "a-example"))
    minutes.write_text("They all agreed, I say.\n")
    typed = ("consent", LAB, "2026-001", "consent", "--source", str(minutes))
    said(govkit, agora, *typed, *by("c-example"), ends=0)
    vouch = ("countersign", f"2026-001/evidence/{REPORTED}-01", "--seen", "It.", "--key", key)
    said(govkit, agora, *vouch, *by("a-example"), ends=0)
    said(govkit, agora, "seal", "--key", key, *by("a-example"), ends=0)
    commit(agora)
    again = ("consent", LAB, "2026-001", "consent", "--again")
    said(govkit, agora, *again, *by("a-example"), ends=0)
    said(govkit, agora, "seal", "--key", key, *by("a-example"), "--yes", ends=0)
    own = ("seal", "--key", str(key_of(played, "c-example")), *by("c-example"))
    asked = said(govkit, agora, *own, ends=2)
    assert "stand in the name of c-example, and no seal of c-example covers them yet" in asked
    assert f"evidence {PROPOSAL}/evidence/{REPORTED}-01.yaml" in asked
    assert "If one is not, do not seal: somebody wrote in your name." in asked
    assert "in two names" in said(govkit, agora, "check")
    said(govkit, agora, *own, "--yes", ends=0)
    assert "in two names" not in said(govkit, agora, "check", ends=0)


def test_an_account_of_another_member_shows_nothing(reported: Path, govkit: Run) -> None:
    event = {"host": "code.example", "account": "somebody", "event": "17", "arrived": OPEN}
    path = file_evidence(reported, f"{REPORTED}-02", level="E2", kind="account", account=event)
    words = f"the account somebody at code.example was none of {LAB}'s on 2026-06-05"
    found_false(govkit, reported, path, words)


# --- altered and moved ----------------------------------------------------------------------------


def test_evidence_that_was_altered_after_its_entry_is_named_and_counts_no_more(
    agora: Path, govkit: Run
) -> None:
    path = f"{PROPOSAL}/evidence/example-readers-union-02-01.yaml"
    change(agora / path, lambda data: data.replace(b"kind: paper", b"kind: meeting"))
    found = said(govkit, agora, "check")
    assert f"{path}:1:1" in found
    assert "this record is not as number" in found
    status = said(govkit, agora, "status", "2026-001", "--now", DECIDED, ends=0)
    assert "Not counted: positions/example-readers-union-02: nothing shows it yet (E0)" in status


def test_evidence_of_another_position_shows_nothing_under_this_one(
    reported: Path, govkit: Run
) -> None:
    """What two have seen for the Lab's first consent is put under a second one."""
    other = evidence(reported, f"{LAB}-01-01")
    shown = {"level": other.level, "kind": other.kind, "source": other.source}
    moved = {"digest": other.digest}
    path = file_evidence(reported, f"{REPORTED}-02", **shown | moved)
    found_false(govkit, reported, path, f"it is of other words than those of positions/{REPORTED}")


def test_evidence_that_names_a_position_from_the_place_of_another_shows_nothing(
    reported: Path, govkit: Run
) -> None:
    shown = {"level": "E1", "kind": "meeting", "source": digest_of(reported, REPORTED)}
    path = file_evidence(reported, f"{LAB}-01-09", **shown)
    found_false(
        govkit,
        reported,
        path,
        f"it says that it shows positions/{REPORTED}, and has the place of another position's",
    )


def test_a_log_written_anew_does_not_fit_what_a_member_had_signed_to_have_seen(
    agora: Path, govkit: Run
) -> None:
    """The whole log is made to fit an earlier moment of receipt; the statement has the old head."""
    entry = next(agora.glob("governance/log/00001*.yaml"))
    change(entry, lambda data: data.replace(b"T12:00:00Z", b"T12:00:01Z"))
    log_done_again(agora)
    found = said(govkit, agora, "check")
    assert "c-example had seen another number" in found
    assert "somebody showed two histories, or the log was written anew" in found
