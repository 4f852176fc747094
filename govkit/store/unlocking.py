"""One passphrase a command: an SSH agent of the command's own, which ends with it.

`ssh-add` asks for the passphrase on the terminal, so no line of ours ever sees it. The agent holds
that one key, at a socket in a private folder, and goes when the command does: it watches a program
that ends with our end of a pipe, and forgets the key after some minutes in any case.
"""

from __future__ import annotations

import base64
import binascii
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from govkit.errors import WrongUse
from govkit.store.signing import TIMEOUT, TIMEOUT_FOR_A_PERSON, keygen_environment
from govkit.store.temporary import new_folder
from govkit.store.worktree import require_plain_file

KEPT = 600
"""Seconds after which the agent forgets the key, whatever became of the command."""
_MAGIC = b"openssh-key-v1\0"
_HEAD = 16_384


@contextmanager
def unlocked(key: Path) -> Iterator[str]:
    """Yield the socket of an agent that holds a key, whose passphrase is asked for once.

    It is empty where none is needed or can be had: the key has no passphrase, nobody can be asked,
    or no agent is installed. Then ssh-keygen asks each time, or says what is wrong. Raises
    `WrongUse` for a wrong passphrase.
    """
    with ExitStack() as stack:
        socket = ""
        if sys.stdin.isatty() and has_passphrase(key):
            with suppress(FileNotFoundError):
                socket = str(stack.enter_context(_agent()))
        if socket:
            done = _call(["ssh-add", "-q", str(key.resolve())], socket, TIMEOUT_FOR_A_PERSON)
            if done.returncode != 0:
                raise WrongUse(f"{key} could not be opened with that passphrase", "Try again.")
        yield socket


def has_passphrase(key: Path) -> bool:
    """Say whether a private key is protected by a passphrase; False for what is no such file."""
    try:
        require_plain_file(key)
        with key.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, WrongUse):
        return False
    body = re.sub(rb"-----[^\n]*|\s", b"", head)
    with suppress(binascii.Error):
        data = base64.b64decode(body[: len(body) // 4 * 4])
        if data.startswith(_MAGIC):
            length = int.from_bytes(data[len(_MAGIC) :][:4])
            return data[len(_MAGIC) + 4 :][:length] != b"none"
    return b"ENCRYPTED" in head


@contextmanager
def _agent() -> Iterator[Path]:
    with new_folder() as folder:
        socket = Path(folder) / "agent"
        # The agent watches the program that it starts, and ends with it. That one ends with our end
        # of the pipe, also where this process is killed.
        watched = ("sh", "-c", "echo; exec cat")
        with subprocess.Popen(
            ["ssh-agent", "-a", str(socket), "-t", str(KEPT), *watched],
            env=keygen_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdout.readline()  # the socket is there by then
            try:
                yield socket
            finally:
                _call(["ssh-add", "-q", "-D"], str(socket), TIMEOUT)
                process.stdin.close()


def _call(words: list[str], socket: str, seconds: int) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        words,
        env=keygen_environment() | {"SSH_AUTH_SOCK": socket},
        capture_output=True,
        timeout=seconds,
        check=False,
    )
