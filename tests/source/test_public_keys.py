"""A public key is taken as ssh-keygen makes it, and not otherwise."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest

from govkit.source.public_keys import NoPublicKey, public_key


def made(folder: Path, *kind: str) -> str:
    path = folder / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", *kind, "-N", "", "-C", "somebody@example.org", "-f", str(path)],
        check=True,
    )
    return path.with_suffix(".pub").read_text()


@pytest.mark.parametrize("kind", [("ed25519",), ("ecdsa", "-b", "256"), ("rsa", "-b", "3072")])
def test_a_key_of_ssh_keygen_is_taken_without_its_comment(
    tmp_path: Path, kind: tuple[str, ...]
) -> None:
    text = made(tmp_path, *kind)
    assert public_key(text) == " ".join(text.split()[:2])


@pytest.mark.parametrize("kind", [("ecdsa", "-b", "384"), ("rsa", "-b", "2048")])
def test_a_kind_or_length_that_is_not_taken(tmp_path: Path, kind: tuple[str, ...]) -> None:
    with pytest.raises(NoPublicKey):
        public_key(made(tmp_path, *kind))


def packed(*fields: bytes) -> str:
    data = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    return base64.b64encode(data).decode()


ED = b"ssh-ed25519"
SK = b"sk-ssh-ed25519@openssh.com"


def test_a_key_on_a_token_is_taken() -> None:
    text = f"{SK.decode()} {packed(SK, bytes(32), b'ssh:')}"
    assert public_key(text) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "one line"),
        ("ssh-ed25519", "one line"),
        ("ssh-ed25519 AAAA\nssh-ed25519 AAAA", "one line"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA", "private key"),
        ("ssh-dss AAAA", "not taken"),
        ("ssh-ed25519 A*AA", "no base64"),
        ("ssh-ed25519 AAA", "no base64"),
        ("ssh-ed25519 " + "A" * 5000, "one line"),
        (f"ssh-ed25519 {packed(ED, bytes(31))}", "no sound key"),
        (f"ssh-ed25519 {packed(ED, bytes(33))}", "no sound key"),
        (f"ssh-ed25519 {packed(ED, bytes(32), b'more')}", "no sound key"),
        (f"ssh-ed25519 {packed(b'ssh-rsa', bytes(32))}", "inside"),
        (f"ssh-ed25519 {packed(ED, bytes(32))[:40]}", "end of the key is missing"),
        ("ssh-ed25519 " + base64.b64encode(b"\0\0\0\0").decode(), "inside"),
        (f"{SK.decode()} {packed(SK, bytes(32), b'web:')}", "no sound key"),
        (f"{SK.decode()} {packed(SK, bytes(32))}", "no sound key"),
        (
            f"ecdsa-sha2-nistp256 "
            f"{packed(b'ecdsa-sha2-nistp256', b'nistp256', bytes([4]) + bytes(64))}",
            "no sound key",
        ),
        (f"ssh-rsa {packed(b'ssh-rsa', bytes([3]), bytes([0]) + bytes([255]) * 383)}", "no sound"),
    ],
)
def test_what_is_no_sound_key_is_refused_in_plain_words(text: str, says: str) -> None:
    with pytest.raises(NoPublicKey, match=says):
        public_key(text)
