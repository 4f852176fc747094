"""Three promises of the whole suite: a bare machine, the same examples on every run, no network."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
_KEPT = ("PATH", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
_KEPT_KINDS = ("PYTHON", "PYTEST", "COV", "DYLD_", "NIX_")
"""What a program needs to start, and what tells Python and pytest how to run."""


def _be_a_bare_machine() -> None:
    """Take from the environment all that a person, a machine or a test worker has put into it.

    No home, no name, no locale, no width of a terminal: a test that needs one of them says so. What
    the administrator of the machine tells git is left out, too.
    """
    for name in set(os.environ) - set(_KEPT):
        if not name.startswith(_KEPT_KINDS):
            del os.environ[name]
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    if ROOT.stat().st_uid != os.geteuid():  # as in a container; else git opens no folder of others
        os.environ |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
                       "GIT_CONFIG_VALUE_0": str(ROOT)}  # fmt: skip


_be_a_bare_machine()  # before any module keeps the environment as it was

settings.register_profile("house", derandomize=True, database=None, deadline=None)
settings.load_profile("house")

connect = socket.socket.connect


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_to_this_machines_own_files(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX, f"a test tried to reach {address!r}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_to_this_machines_own_files)
