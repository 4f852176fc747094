"""A passphrase is asked for once a command, and what holds the key ends with the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from govkit.store import signing, unlocking
from govkit.store.unlocking import has_passphrase
from tests.terminals import open_terminal

from .keys import new_key

WORDS = "words of a key"
SIGNS_THREE_TIMES = """
import sys
from pathlib import Path
from govkit.procedures.log.signatures import SigningKey, unlock_once
from govkit.errors import GovkitError
try:
    with unlock_once(SigningKey(Path(sys.argv[1]))) as key:
        made = {key.signature(b"x", each) for each in ("act@govkit", "head@govkit", "git")}
    print("signed", len(made), Path(key.socket).exists())
except GovkitError as wrong:
    print(wrong.message)
"""


def typed(key: Path, words: str) -> tuple[str, int]:
    """What a command says that signs three times, and how often it asked for the passphrase."""
    host, terminal = open_terminal()
    process = subprocess.Popen(
        [sys.executable, "-c", SIGNS_THREE_TIMES, str(key)],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: _take(terminal),
    )
    os.close(terminal)
    asked, said = 0, b""
    while b"passphrase" not in said:
        said += os.read(host, 1024)
    os.write(host, f"{words}\n".encode())
    told = process.communicate(timeout=60)[0].decode()
    while True:
        try:
            more = os.read(host, 1024)
        except OSError:
            break
        if not more:
            break
        said += more
    os.close(host)
    asked = said.count(b"Enter passphrase") + said.count(b"Bad passphrase")
    return told, asked


def _take(terminal: int) -> None:
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def test_one_passphrase_signs_three_times_and_nothing_is_kept(tmp_path: Path) -> None:
    told, asked = typed(new_key(tmp_path, "secret", "-N", WORDS), WORDS)
    assert (told.strip(), asked) == ("signed 3 False", 1)


def test_whether_a_key_has_a_passphrase_stands_in_its_file(tmp_path: Path) -> None:
    for name, more, expected in (
        ("plain", (), False),
        ("secret", ("-N", WORDS), True),
        ("old", ("-N", WORDS, "-t", "rsa", "-m", "PEM", "-b", "3072"), True),
    ):
        assert has_passphrase(new_key(tmp_path, name, *more)) is expected, name
    (tmp_path / "letter").write_text("Dear all\n")
    assert not has_passphrase(tmp_path / "letter")
    assert not has_passphrase(tmp_path / "gone")


def test_without_a_terminal_no_agent_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123
    with unlocking.unlocked(new_key(tmp_path, "secret", "-N", WORDS)) as socket:
        assert socket == ""


def test_where_no_agent_is_installed_each_signature_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key(tmp_path, "secret", "-N", WORDS)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(signing, "programs_path", lambda: str(tmp_path))
    with unlocking.unlocked(key) as socket:
        assert socket == ""
