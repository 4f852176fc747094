"""The heads of a log in a folder, and what commands say of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from govkit.log.heads import LogSeals, path_of_head, seals_of
from govkit.records.log import LogHead
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace

from .conftest import Run
from .register import log, record

UNSEALED = "sealed by no coordinator"


def seals(folder: Path) -> LogSeals:
    return seals_of(open_workspace(folder).corpus)


def head(folder: Path, size: int | None = None) -> LogHead:
    """The head at a number, or at the newest one."""
    found: LogHead = record(folder, path_of_head(size or len(log(folder))), "log-head")
    return found


def put(folder: Path, head: LogHead, size: int) -> None:
    path = path_of_head(size)
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(record_bytes("log-head", head, path))


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a command says, on one line."""
    return " ".join((done.stdout + done.stderr).decode().split())


def checked(govkit: Run, folder: Path, *words: str) -> str:
    return said(govkit(folder, "check", *words))
