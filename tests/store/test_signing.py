"""Signing with SSH keys: what outsiders prove it by, and what is said where it can't be done."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from govkit.errors import GovkitError, WrongUse
from govkit.release.manifest import NAMESPACE
from govkit.source.ssh_signatures import signer_of
from govkit.store import signing
from tests.store.keys import new_key, public

DATA = b"0000  manifest.yaml\n"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("rosa", "amadou"):
        new_key(folder, name)
    new_key(folder, "secret", "-N", "words of a key")
    return folder


@pytest.fixture(scope="module")
def signature(keys: Path) -> str:
    return signing.sign(DATA, keys / "rosa", NAMESPACE)


@pytest.fixture(scope="module")
def signers(keys: Path) -> list[tuple[str, str]]:
    return [("amadou", public(keys / "amadou")), ("rosa", public(keys / "rosa") + " a comment")]


def test_outsiders_get_a_file_that_their_own_ssh_keygen_takes(
    tmp_path: Path, signature: str, signers: list[tuple[str, str]]
) -> None:
    (tmp_path / "signers").write_text(signing.allowed_signers(signers, [NAMESPACE]))
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
        signing.allowed_signers([("rosa\nmallory", "ssh-ed25519 AAAA")], [NAMESPACE])


# --- no signature can be made ---------------------------------------------------------------------


def test_no_such_key(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="there is no key at"):
        signing.sign(DATA, tmp_path / "gone", NAMESPACE)


def test_the_public_key_in_place_of_the_private_one(keys: Path) -> None:
    with pytest.raises(WrongUse, match="is a public key") as wrong:
        signing.sign(DATA, keys / "rosa.pub", NAMESPACE)
    assert f"It is probably {keys / 'rosa'}." in wrong.value.hint


def test_a_file_that_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear all\n")
    with pytest.raises(WrongUse, match="is no private SSH key"):
        signing.sign(DATA, tmp_path / "letter", NAMESPACE)


def test_a_key_that_is_cut_short(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "cut").write_text((keys / "rosa").read_text()[:120])
    (tmp_path / "cut").chmod(0o600)
    with pytest.raises(WrongUse, match="that ssh-keygen can read"):
        signing.sign(DATA, tmp_path / "cut", NAMESPACE)


def test_a_key_that_others_can_read(tmp_path: Path, keys: Path) -> None:
    (tmp_path / "open").write_text((keys / "rosa").read_text())
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(WrongUse, match="others on this machine can read") as wrong:
        signing.sign(DATA, tmp_path / "open", NAMESPACE)
    assert wrong.value.hint.startswith("Run: chmod 600")


def test_a_passphrase_and_no_terminal(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123
    with pytest.raises(WrongUse, match="protected by a passphrase, and there is no terminal"):
        signing.sign(DATA, keys / "secret", NAMESPACE)


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
        signing.sign(DATA, keys / "secret", NAMESPACE)
    assert not asked.exists()


def test_a_machine_without_ssh_keygen_proves_and_does_not_sign(
    tmp_path: Path,
    keys: Path,
    signature: str,
    signers: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GovkitError, match="ssh-keygen is not installed") as failed:
        signing.sign(DATA, keys / "rosa", NAMESPACE)
    assert "openssh-client" in failed.value.hint
    assert signer_of(DATA, signature, signers, NAMESPACE) == "rosa"
