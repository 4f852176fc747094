"""Folders that are made once a run, whatever the number of test workers.

A scene that takes seconds to play is played by the worker that needs it first, and read or copied
by all. Each worker has a folder for temporary files of its own, in the one of the run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of this name, which `make` has filled. Nobody changes it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, made = base / f"shared-{name}", base / f"shared-{name}.made"
    with (base / f"shared-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of a worker that failed half-way
            folder.mkdir()
            make(folder)
            _pack(folder)
            made.touch()
    return folder


def _pack(folder: Path) -> None:
    """Put all that each clone holds into one file, so that a copy of it has half the files."""
    for objects in [*folder.rglob("objects")]:
        if (objects.parent / "HEAD").is_file():
            words = ["git", f"--git-dir={objects.parent}", "repack", "-a", "-d", "-n", "-q"]
            subprocess.run(words, check=True)
