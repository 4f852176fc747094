"""Signatures by SSH keys: what holds, what does not, and what is said where none can be made."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

import pytest

from govkit.errors import GovkitError, WrongUse
from govkit.store import signing
from tests.store.keys import new_key, public

DATA = b"0000  manifest.yaml\n"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("rosa", "amadou"):
        new_key(folder, name)
    new_key(folder, "ec", "-t", "ecdsa", "-b", "256")
    new_key(folder, "rsa", "-t", "rsa", "-b", "3072")
    new_key(folder, "secret", "-N", "words of a key")
    return folder


@pytest.fixture(scope="module")
def signature(keys: Path) -> str:
    return signing.sign(DATA, keys / "rosa", signing.RELEASE)


@pytest.fixture(scope="module")
def signers(keys: Path) -> list[tuple[str, str]]:
    return [("amadou", public(keys / "amadou")), ("rosa", public(keys / "rosa") + " a comment")]


def test_the_signer_is_found_among_several(signature: str, signers: list[tuple[str, str]]) -> None:
    assert signing.verify(DATA, signature, signers, signing.RELEASE) == "rosa"


@pytest.mark.parametrize("name", ["ec", "rsa"])
def test_every_kind_of_key_that_is_taken_signs(keys: Path, name: str) -> None:
    made = signing.sign(DATA, keys / name, signing.GENESIS)
    signers = [("they", public(keys / name))]
    assert signing.verify(DATA, made, signers, signing.GENESIS) == "they"
    assert signing.envelope_of(made) == (public(keys / name), signing.GENESIS)


def test_other_words_have_no_signer(signature: str, signers: list[tuple[str, str]]) -> None:
    assert signing.verify(DATA + b"\n", signature, signers, signing.RELEASE) is None


def test_a_key_that_is_nobodys_has_no_signer(keys: Path, signers: list[tuple[str, str]]) -> None:
    made = signing.sign(DATA, keys / "ec", signing.RELEASE)
    assert signing.verify(DATA, made, signers, signing.RELEASE) is None


@pytest.mark.parametrize(
    "other", [signing.GENESIS, signing.NOT_REBUILT, signing.ACT, signing.TAG, "release"]
)
def test_a_signature_of_one_purpose_never_stands_for_another(
    signature: str, signers: list[tuple[str, str]], other: str
) -> None:
    assert signing.verify(DATA, signature, signers, other) is None


def test_the_purpose_written_over_does_not_hold(
    signature: str, signers: list[tuple[str, str]]
) -> None:
    body = base64.b64decode("".join(signature.splitlines()[1:-1]))
    turned = body.replace(b"release@govkit", b"genesis@govkit")
    assert turned != body
    forged = _armoured(turned)
    assert signing.envelope_of(forged) is not None
    assert signing.verify(DATA, forged, signers, signing.GENESIS) is None


def test_another_key_written_over_does_not_hold(
    keys: Path, signature: str, signers: list[tuple[str, str]]
) -> None:
    body = base64.b64decode("".join(signature.splitlines()[1:-1]))
    rosa, amadou = (base64.b64decode(public(keys / name).split()[1]) for name in ("rosa", "amadou"))
    forged = _armoured(body.replace(rosa, amadou))
    assert signing.envelope_of(forged) == (public(keys / "amadou"), signing.RELEASE)
    assert signing.verify(DATA, forged, signers, signing.RELEASE) is None


def _armoured(body: bytes) -> str:
    text = base64.b64encode(body).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(("-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""))


@pytest.mark.parametrize(
    ("what", "turn"),
    [
        ("a byte behind the end", lambda body: body + b"\0"),
        ("a byte short", lambda body: body[:-1]),
        ("another version", lambda body: body[:9] + b"\2" + body[10:]),
        ("another magic word", lambda body: b"X" + body[1:]),
        ("another hash", lambda body: body.replace(b"sha512", b"sha999")),
        ("nothing", lambda body: b""),
    ],
)
def test_an_envelope_out_of_form_is_none(signature: str, what: str, turn) -> None:  # type: ignore[no-untyped-def]
    body = base64.b64decode("".join(signature.splitlines()[1:-1]))
    assert signing.envelope_of(_armoured(body)) is not None
    assert signing.envelope_of(_armoured(turn(body))) is None, what


@pytest.mark.parametrize(
    "turn",
    [
        lambda text: "From: x\n" + text,
        lambda text: text + "more\n",
        lambda text: text + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("SSH SIGNATURE", "PGP SIGNATURE"),
        lambda text: "",
        lambda text: "A" * 100_000,
    ],
)
def test_nothing_may_stand_around_the_armour(signature: str, turn) -> None:  # type: ignore[no-untyped-def]
    assert signing.envelope_of(turn(signature)) is None


@pytest.mark.parametrize(("flags", "sound"), [(1, True), (5, True), (0, False), (4, False)])
def test_a_token_has_to_say_that_it_was_touched(flags: int, sound: bool) -> None:
    def field(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    kind = b"sk-ssh-ed25519@openssh.com"
    key = field(kind) + field(b"k" * 32) + field(b"ssh:")
    made = field(kind) + field(b"s" * 64) + bytes([flags]) + b"\0\0\0\7"
    body = b"SSHSIG\0\0\0\1" + b"".join(map(field, (key, b"release@govkit", b"", b"sha512", made)))
    assert (signing.envelope_of(_armoured(body)) is not None) is sound


def test_outsiders_get_a_file_that_their_own_ssh_keygen_takes(
    tmp_path: Path, signature: str, signers: list[tuple[str, str]]
) -> None:
    (tmp_path / "signers").write_text(signing.allowed_signers(signers, [signing.RELEASE]))
    (tmp_path / "sig").write_text(signature)
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-s", "sig", "-I", "rosa"]

    def said(namespace: str, data: bytes) -> int:
        return subprocess.run(
            [*command, "-n", namespace], cwd=tmp_path, input=data, capture_output=True, check=False
        ).returncode

    assert said("release@govkit", DATA) == 0
    assert said("release@govkit", DATA + b"x") != 0
    assert said("genesis@govkit", DATA) != 0


def test_an_id_that_would_add_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="no id of a signer"):
        signing.allowed_signers([("rosa\nmallory", "ssh-ed25519 AAAA")], [signing.RELEASE])


# --- no signature can be made ---------------------------------------------------------------------


def test_no_such_key(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="there is no key at"):
        signing.sign(DATA, tmp_path / "gone", signing.RELEASE)


def test_the_public_key_in_place_of_the_private_one(keys: Path) -> None:
    with pytest.raises(WrongUse, match="is a public key") as wrong:
        signing.sign(DATA, keys / "rosa.pub", signing.RELEASE)
    assert f"It is probably {keys / 'rosa'}." in wrong.value.hint


def test_a_file_that_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all\n")
    with pytest.raises(WrongUse, match="is no private SSH key"):
        signing.sign(DATA, tmp_path / "letter", signing.RELEASE)


def test_a_key_that_is_cut_short(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "cut").write_text((keys / "rosa").read_text()[:120])
    (tmp_path / "cut").chmod(0o600)
    with pytest.raises(WrongUse, match="that ssh-keygen can read"):
        signing.sign(DATA, tmp_path / "cut", signing.RELEASE)


def test_a_key_that_others_can_read(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "open").write_text((keys / "rosa").read_text())
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(WrongUse, match="others on this machine can read") as wrong:
        signing.sign(DATA, tmp_path / "open", signing.RELEASE)
    assert wrong.value.hint.startswith("Run: chmod 600")


def test_a_passphrase_and_no_terminal(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123
    with pytest.raises(WrongUse, match="protected by a passphrase, and there is no terminal"):
        signing.sign(DATA, keys / "secret", signing.RELEASE)


def test_no_window_asks_and_no_agent_signs(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "askpass"
    program.write_text(f"#!/bin/sh\ntouch {asked}\necho 'words of a key'\n")
    program.chmod(0o755)
    for name, value in {
        "SSH_ASKPASS": str(program),
        "SSH_ASKPASS_REQUIRE": "force",
        "DISPLAY": ":0",
        "SSH_AUTH_SOCK": str(tmp_path / "agent"),
        "SSH_SK_PROVIDER": str(program),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123
    with pytest.raises(WrongUse, match="passphrase"):
        signing.sign(DATA, keys / "secret", signing.RELEASE)
    assert not asked.exists()


def test_a_machine_without_ssh_keygen(
    tmp_path: Path,
    keys: Path,
    signature: str,
    signers: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GovkitError, match="ssh-keygen is not installed") as failed:
        signing.sign(DATA, keys / "rosa", signing.RELEASE)
    assert "openssh-client" in failed.value.hint
    with pytest.raises(GovkitError, match="ssh-keygen is not installed"):
        signing.verify(DATA, signature, signers, signing.RELEASE)
