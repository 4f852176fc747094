"""`govkit intake MAILS --dkim-key FILE`: mails that their sender's domain signed are E2."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from govkit.records.scalars import END_OF_TIME
from govkit.release.verifying.positions import of_positions
from govkit.source.mail_signatures import digest_of_key
from govkit.store import private
from govkit.workspace import open_workspace
from govkit.workspace.kept_mails import mail_faults
from govkit.workspace.kept_sources import kept_sources
from tests.ballots.messages import mark
from tests.ballots.signing import rsa_key, signed

if TYPE_CHECKING:
    from govkit.release.verifying.evidence import ReleaseEvidence

from .conftest import Run, report
from .register import BY_A, BY_B, PROPOSAL, A, B, key_of, record, refused, state
from .test_ballots import BLOCK, ballot, mails

NAME = "2026a._domainkey.society.example"
EVIDENCE = f"{PROPOSAL}/evidence/{A}-01-01.yaml"
SEEN = ("--seen", "The mail, and the key of its domain.")


@pytest.fixture
def desk(founded: Path) -> Path:
    """The coalition with its private folder, and the address of a member whose domain signs."""
    folder = founded.parent / f"{founded.name}-private"
    folder.mkdir(mode=0o700)
    (folder / "addresses.csv").write_text(f"{A},a@society.example\n{B},b@b.example\n")
    return founded


def key_file(folder: Path, record: str = rsa_key()[1]) -> tuple[str, str]:
    path = folder.parent / f"{NAME}.txt"
    path.write_text(f"{record}\n")
    return ("--dkim-key", str(path))


def sealed_ballot() -> bytes:
    """A ballot that the domain signed, and that our host received."""
    head, _, mail = ballot(mark(BLOCK, "consent"), "a@society.example").partition(b"\r\n")
    return head + b"\r\n" + signed(mail)


def level(folder: Path) -> tuple[str, str]:
    """How sure the position is, and what is missing."""
    from govkit.consent.evidence import evidence_of
    from govkit.workspace.dockets import docket_named

    docket = docket_named(open_workspace(folder).corpus, "2026-001")
    [filed] = docket.positions
    best = evidence_of(docket, filed, END_OF_TIME).best
    assert best is not None
    return best.level, best.lacks


def verified(folder: Path, decision: str) -> list[tuple[str, str]]:
    """What `release verify` finds wrong with the mails behind a release of this decision."""
    corpus = open_workspace(folder).corpus
    found = SimpleNamespace(
        corpus=corpus,
        manifest=SimpleNamespace(units=[SimpleNamespace(adopted_by=decision)]),
        kept=kept_sources(folder, corpus),
        mail_faults=mail_faults(folder, corpus),
    )
    looks = of_positions(cast("ReleaseEvidence", found))
    return [(each.place, each.message) for each in looks if each.state == "fails"]


def test_a_signed_mail_is_e2_once_a_second_coordinator_has_looked(govkit: Run, desk: Path) -> None:
    place = mails(desk, sealed_ballot())
    done = govkit(desk, "intake", place, *key_file(desk), "--yes", *BY_A)
    assert done.returncode == 0, done.stderr
    assert b"the mail, signed by society.example (DKIM), filed as E2" in done.stdout
    shown = record(desk, EVIDENCE, "evidence")
    assert (shown.level, shown.mail.domain, shown.mail.selector) == (
        "E2",
        "society.example",
        "2026a",
    )
    assert shown.mail.key == digest_of_key(rsa_key()[1])
    assert private.kept_key(desk, shown.source) == rsa_key()[1]
    assert level(desk) == ("E0", "no second coordinator has seen what it rests on")
    what = f"2026-001/evidence/{A}-01-01"
    key = ("--key", str(key_of(desk, B)))
    said = govkit(desk, "countersign", what, *SEEN, *key, *BY_B)
    assert said.returncode == 0, said.stderr
    assert f"Compare: dig +short TXT {NAME}" in said.stdout.decode()
    assert level(desk) == ("E2", "")


def test_whoever_made_up_key_and_mail_speaks_for_nobody(govkit: Run, desk: Path) -> None:
    place = mails(desk, sealed_ballot())
    assert govkit(desk, "intake", place, *key_file(desk), "--yes", *BY_A).returncode == 0
    what = f"2026-001/evidence/{A}-01-01"
    before = state(desk)
    own = govkit(desk, "countersign", what, *SEEN, "--key", str(key_of(desk, A)), *BY_A)
    refused(own, f"{A} filed this record, and nobody vouches for what they filed themselves")
    assert state(desk) == before
    assert level(desk)[0] == "E0"


def test_the_second_needs_the_mail_and_the_key(govkit: Run, desk: Path) -> None:
    place = mails(desk, sealed_ballot())
    assert govkit(desk, "intake", place, *key_file(desk), "--yes", *BY_A).returncode == 0
    kept = desk.parent / f"{desk.name}-private" / "sources"
    [source] = kept.iterdir()
    words = ("countersign", f"2026-001/evidence/{A}-01-01", *SEEN)
    words = (*words, "--key", str(key_of(desk, B)), *BY_B)
    (source / "dkim-key").write_text(rsa_key("another")[1] + "\n")
    refused(govkit(desk, *words), "is not the one that the record names")
    audit = govkit(desk, "audit", "--format", "json", "--now", BY_A[-1])
    said = next(each for each in report(audit)["rules"] if each["rule"] == "private sources")
    assert said["missing"] == [
        f"{EVIDENCE}: the key that is kept beside the mail is not the one that the record names"
    ]
    [look] = verified(desk, f"{PROPOSAL}/decision.yaml")
    assert look == (EVIDENCE, said["missing"][0].removeprefix(f"{EVIDENCE}: "))
    assert verified(desk, "governance/proposals/2026-002/decision.yaml") == []
    source.rename(kept / "away")
    refused(govkit(desk, *words), "the mail and the key of its domain are not in the private")


def test_without_a_key_it_is_e1_and_the_key_is_named(govkit: Run, desk: Path) -> None:
    done = govkit(desk, "intake", mails(desk, sealed_ballot()), "--dry-run", *BY_A)
    assert f"filed as E1: no key was given for {NAME}" in done.stdout.decode()
    other = key_file(desk, rsa_key("another")[1])
    done = govkit(desk, "intake", mails(desk), *other, "--yes", *BY_A, "--format", "json")
    [row] = report(done)["mails"]
    assert (row["became"], row["level"]) == ("taken", "E1")
    assert row["unsigned"] == "its head is not the one that was signed, or the key is another"
    assert record(desk, EVIDENCE, "evidence").mail.domain is None


def test_a_file_that_is_no_key_is_refused_before_anything_is_read(govkit: Run, desk: Path) -> None:
    place = mails(desk, sealed_ballot())
    option = key_file(desk, "nothing")
    refused(govkit(desk, "intake", place, *option, "--yes", *BY_A), "is no key of a domain")
    refused(govkit(desk, "intake", "--yes", *option, *BY_A), "are for mails only")
