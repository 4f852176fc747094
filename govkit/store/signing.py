"""Signatures with SSH keys, made by `ssh-keygen -Y sign`, each for one purpose only.

The purpose (the *namespace*) is part of what is signed, so a signature over a release never stands
for one over a founding. Everything runs in a private folder that is thrown away, with a fixed
environment: no window opens, no program named by a file is run, and an agent is asked only where
the person says so. Reading and proving signatures is `source.ssh_signatures`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from govkit.errors import GovkitError, WrongUse, in_plain_words
from govkit.store.git_calls import programs_path
from govkit.store.temporary import new_folder

TAG = "git"
"""What git itself uses for the signatures of tags."""

TIMEOUT = 60
"""Seconds after which ssh-keygen is ended where nobody has to type."""
TIMEOUT_FOR_A_PERSON = 300
"""Seconds that a person has to type the words of a key, or to touch a token."""
_SIGNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")


def sign(data: bytes, key: Path, namespace: str, agent: bool = False, own: str = "") -> str:
    """Return the armoured signature of `data`, made with the private key in the file `key`.

    Which public key that is, the signature says: the file beside it whose name ends in `.pub` may
    be another key's. With `agent`, the file may be the public key, and the person's SSH agent
    signs. `own` is the socket of the command's own agent, which has the key. Raises `WrongUse`
    where the file is no key that can be used, `GovkitError` where ssh-keygen is missing or fails.
    """
    socket = os.environ.get("SSH_AUTH_SOCK", "") if agent else own
    if agent and not socket:
        raise WrongUse(
            "no SSH agent runs here: SSH_AUTH_SOCK is not set",
            'Start one: eval "$(ssh-agent)" and ssh-add FILE. Or name the private key, without '
            "--agent.",
        )
    if not agent:
        require_private(key)
    elif not key.is_file():
        raise WrongUse(f"there is no key at {key}", "Name the file of the key that the agent has.")
    with new_folder() as name:
        file = Path(name) / "data"
        file.write_bytes(data)
        answer = _run(
            ["-Y", "sign", "-q", "-f", str(key.resolve()), "-n", namespace, "data"],
            Path(name),
            for_a_person=True,
            socket=socket,
        )
        made = Path(name) / "data.sig"
        if answer.returncode != 0 or not made.is_file():
            raise _no_signature(key, answer.stderr.decode(errors="replace"))
        return made.read_text(encoding="ascii")


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


# --- ssh-keygen -----------------------------------------------------------------------------------


def _run(
    arguments: list[str],
    folder: Path,
    given: bytes = b"",
    for_a_person: bool = False,
    socket: str = "",
) -> subprocess.CompletedProcess[bytes]:
    limit = TIMEOUT_FOR_A_PERSON if for_a_person else TIMEOUT
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],
            cwd=folder,
            env=keygen_environment() | ({"SSH_AUTH_SOCK": socket} if socket else {}),
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
            "ssh-keygen is not installed, and signatures are made with it",
            "Run `make setup`, or install it: apt-get install openssh-client.",
        ) from None
    except subprocess.TimeoutExpired:
        raise GovkitError(
            f"ssh-keygen did not answer within {limit} seconds", "Try again. Nothing was signed."
        ) from None


def keygen_environment() -> dict[str, str]:
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
    if "agent refused" in said or "agent contains no" in said or "from agent" in said:
        return WrongUse(
            f"the SSH agent did not sign with {key}", "Does it hold the key? `ssh-add -l` lists."
        )
    sentence = said.strip().splitlines()[-1] if said.strip() else "it gave no reason"
    return GovkitError(
        f"ssh-keygen did not sign with {key}: {sentence}",
        "Is a security token plugged in? Nothing was signed.",
    )
