"""Two promises of the whole suite: the same examples on every run, and no network."""

import socket
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, database=None, deadline=None)
settings.load_profile("house")

connect = socket.socket.connect


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_to_this_machines_own_files(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX, f"a test tried to reach {address!r}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_to_this_machines_own_files)
