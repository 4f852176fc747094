"""Signatures with SSH keys, made and proved by `ssh-keygen -Y`, each for one purpose only.

The purpose (the *namespace*) is part of what is signed, so a signature over a release never stands
for one over a founding. Everything runs in a private folder that is thrown away, with a fixed
environment: no agent is asked, no window opens, no program named by a file is run.

`_holds` is the one place where a signature is proved; a verifier of our own would go there.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from govkit.errors import GovkitError, WrongUse, in_plain_words
from govkit.store.git_calls import programs_path
from govkit.store.temporary import new_folder

RELEASE = "release@govkit"
NOT_REBUILT = "release-not-rebuilt@govkit"
"""For a coordinator who signs a release without having built it again."""
GENESIS = "genesis@govkit"
ACT = "act@govkit"
TAG = "git"
"""What git itself uses for the signatures of tags."""

TIMEOUT = 60
"""Seconds after which ssh-keygen is ended where nobody has to type."""
TIMEOUT_FOR_A_PERSON = 300
"""Seconds that a person has to type the words of a key, or to touch a token."""
LONGEST = 16_384
"""Characters of an armoured signature; the largest key that is taken needs about 3,000."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_TOKEN_KINDS = (b"sk-ssh-ed25519@openssh.com", b"sk-ecdsa-sha2-nistp256@openssh.com")
_HASHES = (b"sha256", b"sha512")
_SIGNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")


class Envelope(NamedTuple):
    """What an armoured signature says about itself. Nothing of it is proved yet."""

    public: str
    """The public key that it was made with: kind and base64."""
    namespace: str


def sign(data: bytes, key: Path, namespace: str) -> str:
    """Return the armoured signature of `data`, made with the private key in the file `key`.

    Which public key that is, `envelope_of` says: the file beside it whose name ends in `.pub` may
    be another key's. Raises `WrongUse` where the file is no private key that can be used,
    `GovkitError` where ssh-keygen is missing or fails.
    """
    require_private(key)
    with new_folder() as name:
        file = Path(name) / "data"
        file.write_bytes(data)
        answer = _run(
            ["-Y", "sign", "-q", "-f", str(key.resolve()), "-n", namespace, "data"],
            Path(name),
            for_a_person=True,
        )
        made = Path(name) / "data.sig"
        if answer.returncode != 0 or not made.is_file():
            raise _no_signature(key, answer.stderr.decode(errors="replace"))
        return made.read_text(encoding="ascii")


def verify(
    data: bytes, signature: str, signers: Sequence[tuple[str, str]], namespace: str
) -> str | None:
    """Return the id of the signer whose key made this signature of `data`, or None.

    `signers` are ids with their public keys, an id as often as it has keys. None also where the
    signature was made for another namespace, or has anything before, in or behind it that does not
    belong there. Raises `GovkitError` where ssh-keygen is missing or does not answer.
    """
    envelope = envelope_of(signature)
    if envelope is None or envelope.namespace != namespace:
        return None
    ids = [id for id, public in signers if _bare(public) == envelope.public]
    return ids[0] if ids and _holds(data, signature, envelope.public, namespace) else None


def allowed_signers(signers: Iterable[tuple[str, str]], namespaces: Sequence[str]) -> str:
    """Return the file by which `ssh-keygen -Y verify` knows who may sign, a key on each line.

    `signers` are ids with their public keys. Raises `ValueError` for an id that the format can't
    hold.
    """
    lines = []
    for id, public in signers:
        if not _SIGNER.fullmatch(id):
            raise ValueError(f"no id of a signer: {id!r}")
        lines.append(f'{id} namespaces="{",".join(namespaces)}" {_bare(public)}\n')
    return "".join(sorted(set(lines)))


def _bare(public: str) -> str:
    return " ".join(public.split()[:2])


def _holds(data: bytes, signature: str, public: str, namespace: str) -> bool:
    """Say whether this is a signature of `data` by this key for this namespace."""
    with new_folder() as name:
        folder = Path(name)
        (folder / "signers").write_text(
            allowed_signers([("signer", public)], [namespace]), encoding="ascii"
        )
        (folder / "signature").write_text(signature, encoding="ascii")
        answer = _run(
            ["-Y", "verify", "-f", "signers", "-I", "signer", "-n", namespace, "-s", "signature"],
            folder,
            given=data,
        )
    return answer.returncode == 0


# --- the envelope ---------------------------------------------------------------------------------


def envelope_of(signature: str) -> Envelope | None:
    """Return what an armoured signature says about itself, or None where it is no sound one.

    Strict: one armour and nothing around it, exact lengths, no byte behind the end, SHA-256 or
    SHA-512; a signature from a security token says that it was touched.
    """
    blob = _unarmoured(signature)
    fields = _fields(blob[10:]) if blob is not None and blob[:10] == b"SSHSIG\0\0\0\1" else None
    if fields is None or len(fields) != 5:
        return None
    public, namespace, reserved, hash, made = fields
    kind = (_fields(public) or [b""])[0]
    if reserved or hash not in _HASHES or not namespace or not kind or not _is_made(kind, made):
        return None
    words = kind.decode("ascii", errors="replace")
    return Envelope(
        f"{words} {base64.b64encode(public).decode()}", namespace.decode("ascii", errors="replace")
    )


def _unarmoured(signature: str) -> bytes | None:
    """Return the bytes in the armour, or None where it is not just as ssh-keygen writes it."""
    lines = signature.removesuffix("\n").split("\n")
    if len(signature) > LONGEST or len(lines) < 3 or (lines[0], lines[-1]) != (_BEGIN, _END):
        return None
    body = "".join(lines[1:-1])
    try:
        blob = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
    # Base64 can write the same bytes in several ways; one signature must not be several texts.
    return blob if base64.b64encode(blob).decode() == body else None


def _fields(data: bytes) -> list[bytes] | None:
    """Return the fields of some bytes, each with four bytes of length; None where that fails."""
    found, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 4 + length > len(data):
            return None
        found.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def _is_made(kind: bytes, made: bytes) -> bool:
    """Say whether the innermost part has its form: kind and signature.

    From a token there are five bytes more; the first says whether somebody touched it.
    """
    if kind in _TOKEN_KINDS:
        return len(_fields(made[:-5]) or ()) == 2 and made[-5] & 1 == 1
    return len(_fields(made) or ()) == 2


# --- ssh-keygen -----------------------------------------------------------------------------------


def _run(
    arguments: list[str], folder: Path, given: bytes = b"", for_a_person: bool = False
) -> subprocess.CompletedProcess[bytes]:
    limit = TIMEOUT_FOR_A_PERSON if for_a_person else TIMEOUT
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],
            cwd=folder,
            env=_environment(),
            input=given,
            capture_output=True,
            timeout=limit,
            check=False,
            # Without a terminal of its own it can't ask there for a passphrase, and wait for an
            # answer.
            start_new_session=not (for_a_person and sys.stdin.isatty()),
        )
    except FileNotFoundError:
        raise GovkitError(
            "ssh-keygen is not installed, and signatures are made and proved with it",
            "Run `make setup`, or install it: apt-get install openssh-client.",
        ) from None
    except subprocess.TimeoutExpired:
        raise GovkitError(
            f"ssh-keygen did not answer within {limit} seconds", "Try again. Nothing was signed."
        ) from None


def _environment() -> dict[str, str]:
    """Return the little that ssh-keygen needs: no agent, no window that asks, no other language."""
    kept = {name: os.environ[name] for name in ("HOME", "TERM") if name in os.environ}
    return kept | {
        "PATH": programs_path(),
        "LC_ALL": "C",
        "SSH_ASKPASS_REQUIRE": "never",
        "TZ": "UTC",
    }


def require_private(key: Path) -> None:
    """Raise `WrongUse` where a file is certainly no private key; ssh-keygen is not asked."""
    example = "Name the file of your private key, as --key ~/.ssh/id_ed25519."
    if not key.is_file():
        raise WrongUse(f"there is no key at {key}", example)
    try:
        with key.open("rb") as file:
            head = file.read(16_384)
    except OSError as error:
        raise WrongUse(f"{key} can't be read: {in_plain_words(error)}", example) from None
    if b"PRIVATE KEY-----" in head:
        return
    if re.match(rb"(?:ssh-|ecdsa-|sk-)\S+ ", head):
        private = key.with_suffix("")
        near = f" It is probably {private}." if key.suffix == ".pub" and private.is_file() else ""
        raise WrongUse(
            f"{key} is a public key, and only the private key of the pair can sign",
            f"The private key is in the file without .pub at its end.{near}",
        )
    raise WrongUse(f"{key} is no private SSH key", example)


def _no_signature(key: Path, said: str) -> GovkitError:
    """Return why no signature came out, in plain words; `said` is ssh-keygen's own."""
    if "incorrect passphrase" in said or "passphrase" in said:
        if sys.stdin.isatty():
            return WrongUse(f"that is not the passphrase of {key}", "Try again.")
        return WrongUse(
            f"{key} is protected by a passphrase, and there is no terminal to type it on",
            "Run the command yourself in a terminal; govkit passes no passphrase on.",
        )
    if "UNPROTECTED" in said or "bad permissions" in said:
        return WrongUse(
            f"others on this machine can read {key}, so ssh-keygen does not use it",
            f"Run: chmod 600 {key}",
        )
    if "invalid format" in said or "libcrypto" in said or "load public key" in said:
        return WrongUse(
            f"{key} is no private SSH key that ssh-keygen can read",
            "Is the file whole? A new pair is made by: ssh-keygen -t ed25519",
        )
    sentence = said.strip().splitlines()[-1] if said.strip() else "it gave no reason"
    return GovkitError(
        f"ssh-keygen did not sign with {key}: {sentence}",
        "Is a security token plugged in? Nothing was signed.",
    )
