"""SSH signatures: what holds, what does not and why, and that ssh-keygen says so too."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.source import ssh_signatures
from govkit.source.public_keys import NoPublicKey
from govkit.source.ssh_fields import fields_of, in_fields
from govkit.source.ssh_signatures import (
    NoSignature,
    TokenUse,
    require_signer,
    signature_of,
    signer_of,
)
from tests.source import ssh_agreement
from tests.source.ssh_signing import (
    EC,
    ED,
    KINDS,
    ORDER,
    PURPOSE,
    RSA,
    SK_EC,
    SK_ED,
    Pair,
    armoured,
    known,
    pair,
    signed,
    unarmoured,
)
from tests.store.keys import new_key, public

DATA = b"0000  manifest.yaml\n"
ROSA, AMADOU = known(ED), pair(ED, random.Random("amadou"))
SIGNERS = [("amadou", AMADOU.public), ("rosa", f"{ROSA.public} a comment")]
SIGNATURE = signed(ROSA, DATA)


def refused(text: str, by: Pair = ROSA, data: bytes = DATA, namespace: str = PURPOSE) -> str:
    """The sentence by which a signature is refused, where it should be rosa's."""
    with pytest.raises(NoSignature) as reason:
        require_signer(data, text, [("rosa", by.public)], namespace)
    return str(reason.value)


# --- beside ssh-keygen ----------------------------------------------------------------------------


def test_500_good_signatures_hold_and_500_turned_ones_do_not_as_ssh_keygen_says() -> None:
    good, turned = ssh_agreement.cases()
    assert len(good) == len(turned) == 500
    assert [case.what for case in good if not ssh_agreement.ours(case)] == []
    assert [case.what for case in turned if ssh_agreement.ours(case)] == []
    # Each kind of key, and each way of turning once; `python -m tests.source.ssh_agreement` asks
    # about all of them.
    some = [*good[:5], *(turned[at * 5 + at % 5] for at in range(len(ssh_agreement.TURNS)))]
    assert [case.what for case in some if ssh_agreement.theirs(case)] == [
        f"good {kind}" for kind in KINDS
    ]


@pytest.mark.parametrize("kind", [("ed25519",), ("ecdsa", "-b", "256"), ("rsa", "-b", "3072")])
def test_what_ssh_keygen_signs_holds(tmp_path: Path, kind: tuple[str, ...]) -> None:
    key = new_key(tmp_path, "key", "-t", *kind)
    (tmp_path / "data").write_bytes(DATA)
    command = ["ssh-keygen", "-Y", "sign", "-q", "-f", str(key), "-n", PURPOSE, "data"]
    subprocess.run(command, cwd=tmp_path, check=True)
    text = (tmp_path / "data.sig").read_text()
    assert signer_of(DATA, text, [("they", public(key))], PURPOSE) == "they"
    assert signature_of(text)[:2] == (public(key), PURPOSE)
    assert armoured(unarmoured(text)) == text


def _with_a_zero_before(proper: bytes) -> bytes:
    return in_fields(*(b"\0" + field for field in fields_of(proper) or ()))


def _with_the_order_added(proper: bytes) -> bytes:
    s = int.from_bytes(proper[32:], "little") + ORDER
    return proper[:32] + s.to_bytes(32, "little")


@pytest.mark.parametrize(
    ("what", "by", "turn"),
    [
        ("words behind the armour", known(ED), lambda text: text + "Kind regards\n"),
        ("a space in a line", known(ED), lambda text: text.replace("U1NI", "U1N I")),
        ("a part that should be empty", known(ED), {"reserved": b"x"}),
        ("another text of a number (Ed25519)", known(ED), {"turned": _with_the_order_added}),
        ("another text of a number (ECDSA)", known(EC), {"turned": _with_a_zero_before}),
        ("a token that nobody touched", known(SK_ED), {"token": bytes(5)}),
    ],
)
def test_govkit_refuses_what_ssh_keygen_lets_pass(what: str, by: Pair, turn: Any) -> None:
    text = turn(signed(by, DATA)) if callable(turn) else signed(by, DATA, **turn)
    assert by_ssh_keygen(what, by, text)
    assert refused(text, by)


def test_an_rsa_key_of_2048_bits_is_too_short() -> None:
    short = pair(RSA, random.Random(), bits=2048)
    text = signed(short, DATA)
    assert by_ssh_keygen("short", short, text)
    with pytest.raises(NoPublicKey, match="no sound key"):
        signature_of(text)
    assert "make one by `ssh-keygen -t ed25519`" in refused(text, short)


def by_ssh_keygen(what: str, by: Pair, text: str) -> bool:
    keys = (("rosa", ssh_agreement.key_of(by)),)
    return ssh_agreement.theirs(ssh_agreement.Case(what, DATA, text, PURPOSE, "rosa", keys))


# --- who, what for, over what ---------------------------------------------------------------------


def test_the_signer_is_found_among_several() -> None:
    assert signer_of(DATA, SIGNATURE, SIGNERS, PURPOSE) == "rosa"


def test_other_words_have_no_signer() -> None:
    assert signer_of(DATA + b"\n", SIGNATURE, SIGNERS, PURPOSE) is None
    assert "over other words" in refused(SIGNATURE, data=DATA + b"\n")


def test_a_key_that_is_nobodys_has_no_signer() -> None:
    other = signed(known(EC), DATA)
    assert signer_of(DATA, other, SIGNERS, PURPOSE) is None
    assert "none of the keys that count here" in refused(other)


@pytest.mark.parametrize("other", ["genesis@govkit", "act@govkit", "git", "release"])
def test_a_signature_of_one_purpose_never_stands_for_another(other: str) -> None:
    assert f"here it takes {other}: sign" in refused(SIGNATURE, namespace=other)


def test_the_purpose_written_over_does_not_hold() -> None:
    forged = armoured(unarmoured(SIGNATURE).replace(b"release@govkit", b"genesis@govkit"))
    assert signature_of(forged).namespace == "genesis@govkit"
    assert "was itself changed" in refused(forged, namespace="genesis@govkit")


def test_another_key_written_over_does_not_hold() -> None:
    forged = armoured(unarmoured(SIGNATURE).replace(ROSA.blob, AMADOU.blob))
    assert signature_of(forged).public == AMADOU.public
    assert signer_of(DATA, forged, SIGNERS, PURPOSE) is None


# --- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "says"),
    [
        (lambda blob: b"X" + blob[1:], "no SSH signature"),
        (lambda blob: blob[:9] + b"\2" + blob[10:], "only version 1"),
        (lambda blob: blob + b"\0", "something was added"),
        (lambda blob: blob + in_fields(b""), "something was added"),
        (lambda blob: blob[:-1], "a part of it is missing"),
        (lambda blob: blob[:10], "a part of it is missing"),
        (lambda blob: blob.replace(b"sha512", b"sha384"), "another digest"),
        (lambda blob: blob.replace(PURPOSE.encode(), b"release\033[2Jabc"), "for which purpose"),
        (lambda blob: blob.replace(PURPOSE.encode(), bytes(14)), "for which purpose"),
    ],
)
def test_an_envelope_out_of_form(turn: Callable[[bytes], bytes], says: str) -> None:
    assert says in refused(armoured(turn(unarmoured(SIGNATURE))))


LINES = SIGNATURE.splitlines()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "all between the lines"),
        (LINES[0], "all between the lines"),
        (f"From: x\n{SIGNATURE}", "nothing before"),
        (f"{SIGNATURE}more\n", "nothing before"),
        (f"{SIGNATURE}\n", "nothing before"),
        (SIGNATURE * 2, "missing or was changed"),
        (SIGNATURE.replace("SSH SIGNATURE", "PGP SIGNATURE"), "all between the lines"),
        (SIGNATURE.replace("\n", "\r\n"), "the ends of its lines"),
        ("A" * 100_000, "too long"),
        ("\n".join((LINES[0], LINES[-1])), "missing or was changed"),
        ("\n".join((LINES[0], "", *LINES[1:])), "missing or was changed"),
        ("\n".join((LINES[0], "".join(LINES[1:-1]), LINES[-1])), "missing or was changed"),
        ("\n".join((*LINES[:2], LINES[2][:9], *LINES[3:])), "missing or was changed"),
        (
            SIGNATURE.replace(LINES[1][:4], f"{LINES[1][:2]}é{LINES[1][3]}"),
            "missing or was changed",
        ),
    ],
)
def test_the_armour_is_as_ssh_keygen_writes_it(text: str, says: str) -> None:
    assert says in refused(text)


def test_the_same_bytes_in_another_base64_are_no_second_signature() -> None:
    text = signed(ROSA, DATA, "git")
    last = text.splitlines()[-2]
    assert last.endswith("=")
    at = len(last.rstrip("=")) - 1
    other = text.replace(last, last[:at] + chr(ord(last[at]) + 1) + last[at + 1 :])
    assert signer_of(DATA, text, SIGNERS, "git") == "rosa"
    assert "changed on the way" in refused(other, namespace="git")


@pytest.mark.parametrize("kind", [SK_ED, SK_EC])
def test_a_token_has_to_say_that_it_was_touched(kind: str) -> None:
    by = known(kind)
    for flags in (1, 5):
        text = signed(by, DATA, token=bytes([flags]) + b"\0\0\1\2")
        assert require_signer(DATA, text, [("rosa", by.public)], PURPOSE) == "rosa"
        assert signature_of(text).token == TokenUse(flags, 258)
    for flags in (0, 4):
        text = signed(by, DATA, token=bytes([flags]) + b"\0\0\1\2")
        assert "somebody touched it" in refused(text, by)


def test_what_a_token_says_is_part_of_what_it_signs() -> None:
    blob = unarmoured(signed(known(SK_ED), DATA))
    assert "was itself changed" in refused(armoured(blob[:-1] + b"\10"), known(SK_ED))


@pytest.mark.parametrize(
    ("kind", "algorithm", "says"),
    [
        (RSA, "ssh-rsa", "SHA-1"),
        (RSA, "rsa-sha2-256", "over other words"),
        (RSA, ED, "in another way"),
        (SK_ED, ED, "in another way"),
        (EC, SK_EC, "in another way"),
        (SK_EC, "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "in another way"),
    ],
)
def test_a_key_signs_in_the_way_of_its_kind(kind: str, algorithm: str, says: str) -> None:
    assert says in refused(signed(known(kind), DATA, algorithm=algorithm), known(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_signature_proper_has_its_length(kind: str) -> None:
    by = known(kind)
    for turned in (lambda proper: proper[:-1], lambda proper: proper + b"\0", lambda _: b""):
        assert refused(signed(by, DATA, turned=turned), by)


def test_an_ecdsa_signature_is_two_numbers_above_zero() -> None:
    for numbers in (
        (b"\0", b"\1"),
        (b"\1",),
        (b"\1", b"\1", b"\1"),
        (b"\xff", b"\1"),
        (b"", b"\1"),
    ):
        text = signed(known(EC), DATA, turned=lambda _, numbers=numbers: in_fields(*numbers))  # type: ignore[misc]
        assert "two numbers" in refused(text, known(EC))


def test_a_key_hidden_in_the_name_of_a_kind_is_refused() -> None:
    hidden = ROSA._replace(kind=ROSA.public, fields=())
    assert "not written as it should be" in refused(signed(hidden, DATA))


@given(
    st.binary(max_size=300).flatmap(lambda b: st.sampled_from((b.decode("latin-1"), armoured(b))))
)
def test_no_text_is_more_than_refused(text: str) -> None:
    assert signer_of(DATA, text, SIGNERS, PURPOSE) is None


@pytest.mark.parametrize("kind", [ED, EC, RSA, SK_EC])
@given(share=st.floats(0, 1), put=st.binary(max_size=6), less=st.integers(0, 6))
def test_no_bytes_changed_within_leave_it_whole(
    kind: str, share: float, put: bytes, less: int
) -> None:
    signers = [("they", known(kind).public)]
    blob = unarmoured(_of_a_kind(kind))
    at = int(share * len(blob))
    turned = blob[:at] + put + blob[at + less :]
    assert (signer_of(DATA, armoured(turned), signers, PURPOSE) == "they") is (turned == blob)


@cache
def _of_a_kind(kind: str) -> str:
    return signed(known(kind), DATA)


# --- what it costs --------------------------------------------------------------------------------


def test_one_operation_with_one_key_and_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    proved = []
    real = ssh_signatures.loaded

    def counted(key: str) -> object:
        proved.append(key)
        return real(key)

    monkeypatch.setattr(ssh_signatures, "loaded", counted)
    monkeypatch.setattr(subprocess, "Popen", None)
    many = [(f"m{at}", pair(ED, random.Random(at)).public) for at in range(60)]
    assert signer_of(DATA, SIGNATURE, [*many, *SIGNERS], PURPOSE) == "rosa"
    assert proved == [ROSA.public]
    assert signer_of(DATA, SIGNATURE, many, PURPOSE) is None
    assert signer_of(DATA, SIGNATURE, SIGNERS, "git") is None
    assert len(proved) == 1
