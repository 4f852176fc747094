"""Starts the real command in a process of its own, without loading its modules anew each time.

A test of a command starts it many times, and nine tenths of such a start are imports and what is
built at first use. So each test worker keeps one process that has done both and does nothing; for
each call it forks a child, which takes over arguments, folder, environment and the three streams,
and runs `govkit.cli.main.main` to its end. What the interpreter itself reads at its start
(PYTHON…, the locale) can't be set that way: with such variables, and for any other program,
`started` does what `subprocess.run` does. Tests about starting, killing and
imports use `subprocess` itself.
"""

from __future__ import annotations

import atexit
import contextvars
import datetime
import gc
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

_READ_AT_START = re.compile(r"PYTHON|LC_|LANG|TZ$|LD_|DYLD_|MALLOC")
_KNOWN = {
    "cwd",
    "env",
    "stdin",
    "input",
    "capture_output",
    "text",
    "timeout",
    "check",
    "stdout",
    "stderr",
    "streams",
    "clock",
}

_AT_START = dict(os.environ)

Words = Sequence[str | bytes | Path]


def started(words: Words, **how: Any) -> subprocess.CompletedProcess[Any]:
    """Do what `subprocess.run` does, with the same arguments; faster where it starts govkit.

    For govkit only: `streams` has, by the number of a stream, the file that it is, or None: closed;
    `clock` is what the clock of the machine says, as 2026-03-10T12:00:00Z.
    """
    arguments = _arguments_of_govkit(words)
    environment = {
        os.fsdecode(k): os.fsdecode(v) for k, v in (how.get("env") or os.environ).items()
    }
    if arguments is None or not _KNOWN.issuperset(how) or _is_read_at_start(environment):
        # A process of its own reads the machine's clock: only a test that sets none can have one.
        assert how.pop("clock", None) is None, words
        return subprocess.run([*words], **{"check": False} | how)
    return _forked(words, arguments, environment, how)


def _arguments_of_govkit(words: Words) -> list[str] | None:
    given = [os.fsdecode(word) for word in words]
    if given[:1] and Path(given[0]) == Path(sys.executable).with_name("govkit"):
        return given[1:]
    return given[3:] if given[:3] == [sys.executable, "-m", "govkit"] else None


def _is_read_at_start(environment: Mapping[str, str]) -> bool:
    return any(
        _READ_AT_START.match(name) and environment.get(name) != _AT_START.get(name)
        for name in environment.keys() | _AT_START.keys()
    )


def _forked(
    words: Words, arguments: list[str], environment: dict[str, str], how: dict[str, Any]
) -> subprocess.CompletedProcess[Any]:
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        if how.get("input") is not None:
            said = how["input"]
            given.write(said.encode() if isinstance(said, str) else said)
            given.seek(0)
        code = _keeper().call(
            {
                "arguments": arguments,
                "folder": os.fspath(how.get("cwd") or Path.cwd()),
                "environment": environment,
                "seconds": how.get("timeout") or 600,
                "streams": how.get("streams", {}),
                "clock": how.get("clock"),
            },
            [given.fileno(), out.fileno(), err.fileno()],
        )
        answers = [_read(out), _read(err)]
    if how.get("text"):
        answers = [answer.decode().replace("\r\n", "\n") for answer in answers]
    done = subprocess.CompletedProcess([*words], code, *answers)
    if how.get("check"):
        done.check_returncode()
    return done


def _read(file: IO[bytes]) -> Any:
    file.seek(0)
    return file.read()


class _Keeper:
    """The process that has everything imported, and the line to it."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self.owner = os.getpid()
        atexit.register(self.end)

    def call(self, asked: dict[str, Any], streams: list[int]) -> int:
        """Run one command, and return the number with which it ended."""
        with tempfile.TemporaryFile() as paper:
            paper.write(json.dumps(asked).encode())
            paper.flush()
            socket.send_fds(self.line, [b"go"], [paper.fileno(), *streams])
            answer = self.line.recv(64)
        if not answer:
            raise AssertionError("the process that starts govkit for the tests has ended")
        code = int(answer)
        if code == 1 << 16:
            raise subprocess.TimeoutExpired(asked["arguments"], asked["seconds"])
        return code

    def end(self) -> None:
        if os.getpid() == self.owner:
            self.line.close()
            self.process.wait()


_KEPT: list[_Keeper] = []


def _keeper() -> _Keeper:
    if not _KEPT or _KEPT[0].owner != os.getpid():
        _KEPT[:] = [_Keeper()]
    return _KEPT[0]


# --- the other side -------------------------------------------------------------------------------


def _keep(line: socket.socket) -> None:
    """Wait for calls, and fork a child for each; end with the one who asks."""
    while True:
        said, streams, _, _ = socket.recv_fds(line, 16, 4)
        if not said:
            return
        paper, *three = streams
        with os.fdopen(paper, "rb") as file:
            file.seek(0)
            asked = json.loads(file.read())
        child = os.fork()
        if child == 0:
            os._exit(_become(asked, three))
        for stream in three:
            os.close(stream)
        line.send(str(_end_of(child, asked["seconds"])).encode())


def _end_of(child: int, seconds: float) -> int:
    """Return a child's exit code, or minus its signal; 65536 if it took too long."""
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(child, 0)
    late = signal.setitimer(signal.ITIMER_REAL, 0)[0] == 0
    code = os.waitstatus_to_exitcode(status)
    return 1 << 16 if late and code == -signal.SIGKILL else code


def _become(asked: dict[str, Any], streams: list[int]) -> int:
    """Be the command: these arguments, this folder, this environment, these streams.

    It ends without taking down what was imported, which costs more than most commands.
    """
    from govkit.cli import session
    from govkit.cli.main import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    if asked["clock"] is not None:
        moment = datetime.datetime.fromisoformat(asked["clock"].replace("Z", "+00:00"))
        session._clock = lambda _: moment
    for number, place in asked["streams"].items():
        _replace(int(number), place)
    tempfile.tempdir = None  # the folder for temporary files is looked up anew
    sys.argv = ["govkit", *asked["arguments"]]
    sys.stdin, sys.stdout, sys.stderr = (
        None
        if asked["streams"].get(str(number), "") is None
        else os.fdopen(number, mode, errors=how)
        for number, mode, how in ((0, "r", None), (1, "w", None), (2, "w", "backslashreplace"))
    )
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001  a crash shows its traceback and ends with 1, as ever
        traceback.print_exc()
        return 1
    finally:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    raise AssertionError("main ends by leaving")


def _replace(stream: int, place: str | None) -> None:
    """Put a file in the place of a stream, or close it."""
    os.close(stream)
    if place is not None:
        opened = os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
        assert opened == stream, "the lowest free number is taken"


def _import_everything() -> None:
    import pkgutil

    import govkit

    for module in pkgutil.walk_packages(govkit.__path__, "govkit."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    proving = "cryptography.hazmat.primitives.asymmetric.ed25519"
    for name in ("git", "mistune", "openpyxl", "pydantic", "ruamel.yaml", "weasyprint", proving):
        import_module(name)


@cache
def build_everything() -> None:
    """Build what commands build at first use and keep: validators, patterns, lists of words.

    All of it comes from govkit's own files, and none from a folder of texts; where the commands
    worked is forgotten.
    """
    import_module("git")
    contextvars.copy_context().run(_build)


def _build() -> None:
    from contextlib import redirect_stderr, redirect_stdout

    from govkit.cli.main import _run
    from govkit.records.base import Part

    kinds: list[type[Part]] = [Part]
    for kind in kinds:
        kinds += kind.__subclasses__()
        kind.model_rebuild()
    unread = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(unread), redirect_stderr(unread):
        texts = Path(folder) / "texts"
        shutil.copytree(Path(__file__).parent / "rules/_base", texts)
        for words in ("check", f"render INS-provisions -o {folder}/book.html", "show EXA-DUE-01"):
            assert _run(["-C", str(texts), *words.split()]) == 0
        assert _run(["chek"]) == 2


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    with socket.socket(fileno=int(sys.argv[1])) as line:
        _import_everything()
        build_everything()
        gc.collect()
        gc.freeze()
        _keep(line)
