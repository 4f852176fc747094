"""Promises of the whole suite: a bare machine, the same examples on every run, no network.

And what makes it quick: temporary folders lie in memory, modules are not searched for garbage, and
what a test's clone needed goes away with the test.
"""

import gc
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
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
    the administrator of the machine tells git is left out, too. Modules are compiled once: images
    of containers forbid Python to keep them, and then each process compiles all of govkit.
    """
    for name in set(os.environ) - set(_KEPT):
        if not name.startswith(_KEPT_KINDS) or name == "PYTHONDONTWRITEBYTECODE":
            del os.environ[name]
    sys.dont_write_bytecode = False
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    ours = {"maintenance.auto": "false"}  # a commit starts a second git for it
    if ROOT.stat().st_uid != os.geteuid():  # as in a container; else git opens no folder of others
        ours["safe.directory"] = str(ROOT)
    os.environ["GIT_CONFIG_COUNT"] = str(len(ours))
    for number, (key, value) in enumerate(ours.items()):
        os.environ |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}


_be_a_bare_machine()  # before any module keeps the environment as it was

_MEMORY = Path("/dev/shm")
_ENOUGH = 2 << 30
"""Bytes that have to be free in memory, else temporary files lie where they lie anyway."""
_OF_A_RUN = re.compile(r"govkit-tests-([0-9]+)-")


def _folder_in_memory() -> Path | None:
    """Make the folder for all temporary files of this run, which test workers take over.

    It goes away at the end of a run without a failure; here go those of runs that are over.
    """
    if "TMPDIR" in os.environ:  # somebody has chosen, or this is a worker
        return None
    try:
        if shutil.disk_usage(_MEMORY).free < _ENOUGH or os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC:
            return None  # some tests put a program of their own there, and start it
        for each in _MEMORY.iterdir():
            run = _OF_A_RUN.match(each.name)
            if run and each.stat().st_uid == os.geteuid() and not Path("/proc", run[1]).exists():
                shutil.rmtree(each, ignore_errors=True)
        made = tempfile.mkdtemp(prefix=f"govkit-tests-{os.getpid()}-", dir=_MEMORY)
    except OSError:
        return None
    os.environ["TMPDIR"] = tempfile.tempdir = made
    return Path(made)


_OF_THIS_RUN = _folder_in_memory()

settings.register_profile("house", derandomize=True, database=None, deadline=None)
settings.load_profile("house")

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # Begun in the background of a script, where a shell has it ignored, and children would inherit
    # that: a command that is told to end would not.
    signal.signal(signal.SIGINT, signal.default_int_handler)

connect = socket.socket.connect


def pytest_collection_finish() -> None:
    """Read the same file once, and leave alone what was imported.

    Searching all of it for garbage slows every test.
    """
    if "govkit.workspace" in sys.modules:
        from tests.command import read_once

        read_once()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(exitstatus: int) -> None:
    """Take the folder of this run away, unless a test that failed left something to look at."""
    if _OF_THIS_RUN is not None and exitstatus != pytest.ExitCode.TESTS_FAILED:
        shutil.rmtree(_OF_THIS_RUN, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Take away what git was shown in place of the clones of this test.

    Else it stays as long as the process, and each command looks through the folders of all.
    """
    clone = sys.modules.get("govkit.store.clone")
    if clone is not None and clone._STAND_INS:
        from tests.command import forget_stand_ins

        forget_stand_ins()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_to_this_machines_own_files(self: socket.socket, address: Any) -> None:
        assert self.family == socket.AF_UNIX, f"a test tried to reach {address!r}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_to_this_machines_own_files)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return one browser for all tests of this worker: Playwright can't be started twice."""
    from tests.chromium import launched

    with launched() as browser:
        yield browser
