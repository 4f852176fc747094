"""The signature of a mail's domain: what is asked of it, and the sentence where it falls short."""

from __future__ import annotations

import base64
import datetime
import time

import pytest

from govkit.source.mail_signatures import (
    NoDomainKey,
    NoMailSignature,
    digest_of_key,
    domain_keys,
    proved_signature,
)
from tests.ballots.messages import ALICE, eml
from tests.ballots.signing import FIELDS, ed25519_key, rsa_key, signed

CAME = datetime.datetime(2026, 6, 1, 10, 0, 5, tzinfo=datetime.UTC)
NAME = "2026a._domainkey.society.example"
KEYS = {NAME: rsa_key()[1]}
PLAIN = eml("I consent to 2026-003 k7f3-9q2m\r\n\r\nKind regards\r\n")
AT = int(CAME.timestamp())


def cause(raw: bytes, sender: str = ALICE, keys: dict[str, str] = KEYS) -> str:
    with pytest.raises(NoMailSignature) as caught:
        proved_signature(raw, sender, CAME, keys)
    return str(caught.value)


@pytest.mark.parametrize("canonical", ["relaxed/relaxed", "simple/simple", "relaxed/simple"])
def test_a_signature_of_the_senders_domain_holds(canonical: str) -> None:
    done = proved_signature(signed(PLAIN, canonical=canonical), ALICE, CAME, KEYS)
    assert done == ("society.example", "2026a", KEYS[NAME])
    assert done.key_digest == digest_of_key(KEYS[NAME])


def test_so_does_one_with_a_small_key_of_the_newer_kind() -> None:
    raw = signed(PLAIN, ed25519_key(), algorithm="ed25519-sha256")
    assert proved_signature(raw, ALICE, CAME, {NAME: ed25519_key()[1]}).domain == "society.example"
    assert "of another kind" in cause(raw)
    assert "of another kind" in cause(signed(PLAIN), keys={NAME: ed25519_key()[1]})


def test_it_holds_as_saved_with_other_ends_of_lines() -> None:
    assert proved_signature(signed(PLAIN).replace(b"\r\n", b"\n"), ALICE, CAME, KEYS)


def test_what_hosts_add_above_the_signature_changes_nothing() -> None:
    raw = b"Received: by mx.agora.example; Mon, 1 Jun 2026 10:00:05 +0000\r\n" + signed(PLAIN)
    assert proved_signature(raw, ALICE, CAME, KEYS)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"I consent", b"I object", "its words are not those that were signed"),
        (b"regards\r\n", b"regards\r\n-- \r\nTo leave this list: ...\r\n", "its words are not"),
        (b"Subject: Re: ", b"Subject: [agora] Re: ", "its head is not the one that was signed"),
        (b"Date: Mon, 1 Jun", b"Date: Tue, 2 Jun", "its head is not the one"),
        (b"Message-ID: <one@", b"Message-ID: <two@", "its head is not the one"),
        (b"From: Alice", b"From: Alicia", "its head is not the one"),
        (b"To: <", b"Subject: Other\r\nTo: <", "it has 2 lines Subject, not one"),
        (b"To: <", b"From: b@library.example\r\nTo: <", "it has 2 lines From, not one"),
        (b"To: <", b"X-Odd: a\rFrom: b@library.example\r\nTo: <", "its lines are not as mail"),
        (b"Kind regards", b"Kind" + b" " * 300 + b"regards", "its lines are not as mail hosts"),
        (b"v=1; ", b"v=1; v=1; ", "its DKIM signature can't be read"),
        (b"2026a", b"2026b", "no key was given for 2026b._domainkey.society.example"),
    ],
)
def test_a_mail_that_was_changed(old: bytes, new: bytes, says: str) -> None:
    raw = signed(PLAIN)
    assert old in raw
    assert cause(raw.replace(old, new, 1)).startswith(says)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"l": "31"}, "its signature covers a part of the words only (`l=`)"),
        ({"l": "0"}, "its signature covers a part of the words only (`l=`)"),
        ({"x": str(AT - 1)}, "its signature had expired when the mail came"),
        ({"t": str(AT + 40_000)}, "its signature is of a later time than the mail"),
        ({"x": "soon"}, "the times of its signature can't be read"),
        ({"algorithm": "rsa-sha1"}, "its signature uses rsa-sha1, and only SHA-256 is taken"),
        ({"domain": "library.example"}, "it was signed by library.example, and not by the sender"),
        ({"domain": "example"}, "it was signed by example, and not by the sender's domain"),
        ({"domain": "mail.society.example"}, "it was signed by mail.society.example, and not"),
        ({"domain": "ciety.example"}, "it was signed by ciety.example, and not"),
        ({"key": rsa_key("other")}, "its head is not the one that was signed, or the key"),
    ],
)
def test_a_signature_that_is_not_as_asked(more: dict[str, str], says: str) -> None:
    assert cause(signed(PLAIN, **more)).startswith(says)


@pytest.mark.parametrize("field", ["date", "subject", "message-id"])
def test_each_line_that_is_read_has_to_be_signed(field: str) -> None:
    fields = tuple(each for each in FIELDS if each != field.encode())
    assert cause(signed(PLAIN, fields=fields)) == f"its signature leaves out {field.title()}"


def test_an_end_after_the_mail_came_is_none_however_late_it_is_looked_at() -> None:
    long_ago = datetime.datetime(2020, 6, 1, tzinfo=datetime.UTC)
    at = int(long_ago.timestamp())
    raw = signed(PLAIN, t=str(at - 5), x=str(at + 5))
    assert proved_signature(raw, ALICE, long_ago, KEYS)


def test_a_domain_above_the_senders_may_sign() -> None:
    raw = PLAIN.replace(b"alice@society.example", b"alice@staff.society.example")
    assert proved_signature(signed(raw), "alice@staff.society.example", CAME, KEYS)


def test_of_several_signatures_one_is_enough() -> None:
    other = {"2026a._domainkey.list.example": rsa_key("list")[1]}
    both = signed(signed(PLAIN), rsa_key("list"), domain="list.example")
    assert proved_signature(both, ALICE, CAME, KEYS | other).domain == "society.example"
    footer = signed(signed(PLAIN) + b"-- \r\nA list\r\n", rsa_key("list"), domain="list.example")
    assert cause(footer, keys=KEYS | other) == "its words are not those that were signed"
    assert cause(PLAIN) == "it has no DKIM signature"


def test_a_key_of_one_domain_shows_nothing_about_another() -> None:
    forged = signed(PLAIN, rsa_key("mallory"))
    keys = {"2026a._domainkey.mallory.example": rsa_key("mallory")[1]}
    assert cause(forged, keys=keys).startswith("no key was given for 2026a._domainkey.society")


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("v=DKIM1; p=", "the domain has withdrawn the key"),
        (KEYS[NAME] + "; t=y", "the domain only tests the key (`t=y`)"),
        (KEYS[NAME] + "; h=sha1", "the key is not for SHA-256"),
        (KEYS[NAME] + "; s=tlsrpt", "the key is not for mail"),
        (KEYS[NAME][:80], f"the key given for {NAME} can't be read"),
        ("v=DKIM1; k=rsa; p=AAAA", f"the key given for {NAME} can't be read"),
        ("v=DKIM1; k=odd; p=AAAA", f"the key given for {NAME} can't be read"),
        ("v=DKIM2; p=AAAA", f"the key given for {NAME} can't be read"),
    ],
    ids=["withdrawn", "in tests", "for SHA-1", "not for mail", "cut", "short", "odd", "of later"],
)
def test_a_key_that_is_not_for_this(key: str, says: str) -> None:
    assert cause(signed(PLAIN), keys={NAME: key}) == says


def test_a_short_key_shows_nothing() -> None:
    modulus = ((1 << 1000) + 9).to_bytes(126)
    der = b"\x30\x81\x85\x02\x7e" + modulus + b"\x02\x03\x01\x00\x01"
    short = base64.b64encode(der).decode()
    said = cause(signed(PLAIN), keys={NAME: f"v=DKIM1; p={short}"})
    assert said == "the key has 1001 bits; 1024 is the least"


def test_another_border_between_parts_hides_no_words() -> None:
    words = b"I can't consent.\r\n--x\r\n\r\nI consent to 2026-003 k7f3-9q2m\r\n--x--\r\n"
    fields = tuple(each for each in FIELDS if each != b"content-type")
    raw = signed(eml(words), fields=fields)
    assert proved_signature(raw, ALICE, CAME, KEYS)
    other = raw.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="x"')
    assert cause(other) == "what says how its parts are read (Content-Type) is not signed"


def test_a_hostile_signature_takes_no_long_time() -> None:
    begin = time.monotonic()
    blanks = b"DKIM-Signature: v=1; b=" + b"\r\n " * 50_000 + b"\r\n" + PLAIN
    assert "too long to be one" in cause(blanks)
    assert "its lines" in cause(signed(PLAIN) + b" " * 3_000_000)
    assert time.monotonic() - begin < 5


# --- a file with keys -----------------------------------------------------------------------------


def test_keys_are_read_as_dig_prints_them_or_by_the_name_of_the_file() -> None:
    key = KEYS[NAME]
    printed = f'; <<>> DiG\n{NAME}.\t3600\tIN\tTXT\t"{key[:60]}" "{key[60:]}"\n'
    assert domain_keys(printed, "keys.txt") == KEYS
    assert domain_keys(printed, f"{NAME}.txt") == KEYS
    assert domain_keys(f"{key}\n", f"{NAME}.txt") == KEYS
    assert domain_keys(f'"{key[:60]}"\n"{key[60:]}"\n', NAME) == KEYS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (KEYS[NAME], "it does not say whose key it is"),
        ("", "it is empty"),
        (f'{NAME}. TXT "v=spf1 -all"', "it has no `p=`"),
        (f'{NAME}. TXT "p=AA"\n{NAME}. TXT "p=BB"', f"it has two keys for {NAME}"),
    ],
)
def test_a_file_that_names_no_key(text: str, says: str) -> None:
    with pytest.raises(NoDomainKey, match=says.replace(".", r"\.")):
        domain_keys(text, "key.txt")
