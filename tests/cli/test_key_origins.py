"""A member's key that came from the address or the account on record, where an act takes three."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.seals import private_file, public_of

from .conftest import Run, change, git
from .register import MEMBERS, NOW, A, B, C, found, key_of, listed, record, refused, signs, state
from .test_member import keys_that_count

D = "new-group"
ACT = "governance/acts/01.yaml"
ACCOUNT = {"host": "code.example.org", "name": "newgroup", "since": "2026-01-10"}
EVENT = ("--event", "issues/17", "--received", "2026-02-28T09:00Z", "--account")
OWN = "code.example.org:newgroup"


@pytest.fixture
def three(repository: Path) -> Path:
    """Three coordinators, all of whom an act takes, and a member with an account and no key."""
    listed(repository, D, state="enrolled", accounts=[ACCOUNT])
    found(repository, ids=(A, B, C), threshold=3)
    (repository.parent / f"{repository.name}-private").mkdir()
    return repository


def mail(folder: Path, words: str = public_of(D)) -> Path:
    """What the member sent, as a mailer saves it."""
    file = folder.parent / "mail.eml"
    coded = base64.encodebytes(f"My key:\n{words}\n".encode()).decode()
    file.write_text(
        "From: somebody@example.org\nMIME-Version: 1.0\nContent-Type: text/plain\n"
        f"Content-Transfer-Encoding: base64\n\n{coded}"
    )
    return file


def add(run: Run, folder: Path, *words: str, by: str = A) -> None:
    file = private_file(folder.parent / "keys", D)
    done = run(
        folder, "member", "key", "add", D, "--file", f"{file}.pub", *words, "--by", by, "--now", NOW
    )
    assert done.returncode == 0, done.stderr


def test_a_key_by_the_address_on_record_takes_two_who_have_seen_the_mail(
    govkit: Run, three: Path
) -> None:
    add(govkit, three, "--source", str(mail(three)))
    change = record(three, ACT, "coalition-act").key
    assert change.channel == "address"
    says = govkit(three, "sign", "01", "--statement").stdout.decode()
    line = f"It came by mail from the address on record. Digest of the mail: {change.source}"
    assert line in says.splitlines()
    signs(govkit, three, "01", D, A)
    assert keys_that_count(three, D) == [], "one coordinator can write a mail"
    signs(govkit, three, "01", A)
    assert keys_that_count(three, D) == [], "the same one twice is one"
    signs(govkit, three, "01", B)
    assert keys_that_count(three, D) == ["k1"]
    assert b"signature-missing" not in govkit(three, "check").stdout


@pytest.mark.parametrize("how", [(), ("--channel", "in-person"), ("--channel", "address")])
def test_a_key_that_nothing_shows_takes_as_many_as_an_act(
    how: tuple[str, ...], govkit: Run, three: Path
) -> None:
    add(govkit, three, *how)
    signs(govkit, three, "01", D, A, B)
    assert keys_that_count(three, D) == []
    signs(govkit, three, "01", C)
    assert keys_that_count(three, D) == ["k1"]


def test_a_key_by_the_account_on_record_takes_two_who_have_looked(govkit: Run, three: Path) -> None:
    add(govkit, three, *EVENT, OWN)
    says = govkit(three, "sign", "01", "--statement").stdout.decode().splitlines()
    assert "It came from the account on record: newgroup at code.example.org" in says
    signs(govkit, three, "01", D, A)
    assert keys_that_count(three, D) == []
    signs(govkit, three, "01", B)
    assert keys_that_count(three, D) == ["k1"]


def test_a_key_that_the_clone_names_signs_where_that_is_asked_for(govkit: Run, three: Path) -> None:
    git(three, "config", "govkit.key", str(key_of(three, A)))
    add(govkit, three)
    assert record(three, ACT, "coalition-act").signatures == ()
    end = ("member", "end", D, "--asked", "--by", A, "--now", NOW)
    assert govkit(three, *end, "--sign").returncode == 0
    [seal] = record(three, "governance/acts/02.yaml", "coalition-act").signatures
    assert (seal.by, seal.key) == (A, "k1")


def test_a_key_of_a_coordinator_is_not_made_easier_by_a_mail(govkit: Run, three: Path) -> None:
    """Whoever reads the mails of a coordinator would else take their seat, with one other."""
    new = private_file(three.parent / "keys", f"{B} k2")
    words = ("--source", str(mail(three, public_of(f"{B} k2"))), "--by", A, "--now", NOW)
    done = govkit(three, "member", "key", "add", B, "--file", f"{new}.pub", *words)
    assert done.returncode == 0, done.stderr
    signing = ("sign", "01", "--by", B, "--key", str(new), "--now", NOW)
    assert govkit(three, *signing).returncode == 0
    signs(govkit, three, "01", A, C)
    assert keys_that_count(three, B) == ["k1"]


def test_the_mail_has_to_hold_the_key(govkit: Run, three: Path) -> None:
    before = state(three)
    file = f"{key_of(three, D)}.pub"
    words = ("member", "key", "add", D, "--file", file, "--by", A, "--now", NOW, "--source")
    other = mail(three, public_of("somebody"))
    refused(govkit(three, *words, str(other)), "the key does not stand in this mail")
    both = (*words, str(mail(three)), *EVENT, OWN)
    refused(govkit(three, *both), "a key comes in one way")
    refused(govkit(three, *words, str(mail(three)), "--channel", "account"), "comes in one way")
    refused(govkit(three, *words[:-1], "--account", OWN), "--account, --event and --received go")
    refused(govkit(three, *words[:-1], *EVENT, "newgroup"), "is no account")
    assert state(three) == before


def test_the_account_of_another_shows_no_key(govkit: Run, three: Path) -> None:
    before = state(three)
    words = ("member", "key", "add", D, "--file", f"{key_of(three, D)}.pub", "--by", A)
    done = govkit(three, *words, "--now", NOW, *EVENT, "code.example.org:mine")
    refused(done, f"the account mine at code.example.org was none of {D}'s on 2026-02-28")
    assert state(three) == before


def test_an_account_that_one_coordinator_laid_into_the_record_shows_no_key(
    govkit: Run, three: Path
) -> None:
    """The day before, and dated back: then the log knows when the record was changed."""
    path = f"{MEMBERS}/{D}.yaml"
    change(three, path, "newgroup", "mine")
    filed = ("member", "file", D, "--by", A, "--now", "2026-02-27T12:00:00Z")
    assert govkit(three, *filed).returncode == 0
    words = ("member", "key", "add", D, "--file", f"{key_of(three, D)}.pub", "--by", A)
    done = govkit(three, *words, "--now", NOW, *EVENT, "code.example.org:mine")
    refused(done, f"the record of {D} was changed less than seven days before that")


def test_an_act_that_names_a_foreign_account_is_judged_without_it(govkit: Run, three: Path) -> None:
    """What the command refuses, somebody can still write into a file of their own."""
    add(govkit, three, *EVENT, OWN)
    signs(govkit, three, "01", D, A, B)
    assert keys_that_count(three, D) == ["k1"]
    change(three, f"{MEMBERS}/{D}.yaml", "newgroup", "mine")
    assert keys_that_count(three, D) == []
    says = " ".join(govkit(three, "check").stdout.decode().split())
    assert f"and has 2; the account newgroup at code.example.org was none of {D}'s" in says


def test_a_stolen_key_is_ended_by_the_address_on_record(govkit: Run, three: Path) -> None:
    add(govkit, three, "--source", str(mail(three)))
    signs(govkit, three, "01", D, A, B)
    stolen = ("--compromised-since", "2026-03-01", "--reason", "The laptop was stolen.")
    words = ("--source", str(mail(three, "My laptop was stolen.")), "--by", B, "--now", NOW)
    done = govkit(three, "member", "key", "end", D, "k1", *stolen, *words)
    assert done.returncode == 0, done.stderr
    signs(govkit, three, "02", B)
    assert keys_that_count(three, D) == ["k1"]
    signs(govkit, three, "02", A)
    assert keys_that_count(three, D) == []
