"""Runs the real command in another process, without loading its modules anew each time.

A test of a command starts it many times, and nine tenths of such a start are imports and what is
built at first use. So each test worker keeps one process that has done both; for each call it takes
over arguments, folder, environment and the three streams, runs `govkit.cli.main.main` to its end,
and forgets what that left behind. A child is forked for what can't be taken back, or has to be
done anew: a closed stream, or a print of the same pages as before. What the interpreter itself
reads at its start (PYTHON…, the locale) can't be set that way: with such variables, and for any
other program, `started` does what `subprocess.run` does. Tests about starting, killing and imports
use `subprocess` itself.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govkit.cache import Cache
    from govkit.corpus.documents import Document
    from govkit.rendering.document import Document as Pages
    from govkit.source.reading import File

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
    "anew",
}

_AT_START = dict(os.environ)

Words = Sequence[str | bytes | Path]


def started(words: Words, **how: Any) -> subprocess.CompletedProcess[Any]:
    """Do what `subprocess.run` does, with the same arguments; faster where it starts govkit.

    For govkit only: `streams` has, by the number of a stream, the file that it is, or None: closed;
    `clock` is what the clock of the machine says, as 2026-03-10T12:00:00Z; with `anew`, pages that
    were printed before are printed again.
    """
    arguments = _arguments_of_govkit(words)
    environment = {
        os.fsdecode(k): os.fsdecode(v) for k, v in (how.get("env") or os.environ).items()
    }
    assert arguments is None or _KNOWN.issuperset(how), how.keys() - _KNOWN
    if arguments is None or _is_read_at_start(environment):
        # A process of its own reads the machine's clock: only a test that sets none can have one.
        assert how.pop("clock", None) is None, words
        how.pop("anew", None)
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
                "streams": how.get("streams", {}),
                "clock": how.get("clock"),
                "anew": how.get("anew", False),
            },
            how.get("timeout") or 600,
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
                start_new_session=True,  # so that it ends with all that it started
            )
        self.owner = os.getpid()
        atexit.register(self.end)

    def call(self, asked: dict[str, Any], seconds: float, streams: list[int]) -> int:
        """Run one command, and return the number with which it ended."""
        with tempfile.TemporaryFile() as paper:
            paper.write(json.dumps(asked).encode())
            paper.flush()
            self.line.settimeout(seconds)
            socket.send_fds(self.line, [b"go"], [paper.fileno(), *streams])
            try:
                answer = self.line.recv(64)
            except TimeoutError:
                os.killpg(self.process.pid, signal.SIGKILL)
                _KEPT.clear()
                raise subprocess.TimeoutExpired(asked["arguments"], seconds) from None
        if not answer:
            raise AssertionError("the process that runs govkit for the tests has ended")
        return int(answer)

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
    """Wait for calls, and answer each; end with the one who asks."""
    idle = _open_files()
    while True:
        said, streams, _, _ = socket.recv_fds(line, 16, 4)
        if not said:
            return
        paper, *three = streams
        with os.fdopen(paper, "rb") as file:
            file.seek(0)
            asked = json.loads(file.read())
        code = (_in_a_child if asked["streams"] or asked["anew"] else _here)(asked, three)
        for stream in three:
            os.close(stream)
        gc.enable()
        if _open_files() > idle:  # a file that is held by a circle may be locked
            gc.collect()
        line.send(str(code).encode())


def _open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def _in_a_child(asked: dict[str, Any], streams: list[int]) -> int:
    """Run the command in a child, and return its exit code, or minus its signal.

    It ends without taking down what was imported, which costs more than most commands.
    """
    child = os.fork()
    if child == 0:
        _print_anew()
        code = _run_command(asked, streams)
        atexit._run_exitfuncs()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _here(asked: dict[str, Any], streams: list[int]) -> int:
    """Run the command in this process, and be afterwards as before."""
    from govkit.cli import session

    kept = [os.dup(number) for number in range(3)]
    own, clock = dict(os.environ), session._clock
    try:
        return contextvars.copy_context().run(_run_command, asked, streams)
    finally:
        for number, stream in enumerate(kept):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
        os.environ.clear()
        os.environ.update(own)
        os.chdir("/")
        session._clock = clock
        _forget()


def _forget() -> None:
    """Forget what the store keeps for the life of a process: which clones it has looked at."""
    forget_answers()
    forget_stand_ins()


def forget_answers() -> None:
    """Forget what the store was asked and keeps the answer of, as the files of a commit."""
    for each in _kept_by_the_store():
        each.cache_clear()


def forget_stand_ins() -> None:
    """Take away the folders that git is shown in place of those of clones."""
    from govkit.store import clone

    for folder, _ in clone._STAND_INS.values():
        folder.cleanup()
    clone._STAND_INS.clear()


@cache
def _kept_by_the_store() -> list[Any]:
    return [
        each
        for name, module in sys.modules.items()
        if name.startswith("govkit.store.")
        for each in vars(module).values()
        if hasattr(each, "cache_clear")
    ]


def _run_command(asked: dict[str, Any], streams: list[int]) -> int:
    """Be the command: these arguments, this folder, this environment, these streams."""
    from govkit.cli import session
    from govkit.cli.main import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
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
        else open(number, mode, errors=how, closefd=False)  # noqa: SIM115
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


_PRINTS: dict[str, bytes] = {}


def _print_once() -> None:
    """Print the same document once: a book takes seconds, and its bytes depend on nothing else."""
    from govkit.rendering import pdf

    printed = pdf.as_pdf

    def as_pdf(document: Pages) -> bytes:
        words = repr(document)
        if words not in _PRINTS:
            _PRINTS[words] = printed(document)
        return _PRINTS[words]

    pdf.as_pdf = as_pdf


def _print_anew() -> None:
    _PRINTS.clear()


_MOST_KEPT = 4_000
"""Files that are kept in mind, and digests of records; a few kilobytes each."""
READS_ANEW = False
"""For a test that counts what one command reads: then nothing is kept from the one before."""


def read_once() -> None:
    """Read the same file once, and hash the same record once, for all commands of a process.

    What a file says depends on its path, its kind and its bytes alone; of which kind a copy is, the
    charter says as well. Most tests begin with the same twenty files, and a third of the time of a
    command is spent on them. Documents never change, so that all may have the same one.
    """
    from govkit import workspace
    from govkit.cache import NO_CACHE
    from govkit.corpus import copies, record_digests
    from govkit.workspace import states

    known: dict[File, Document] = {}
    read = workspace._documents_of

    def documents_of(batch: list[File], cache: Cache = NO_CACHE) -> Iterator[Document]:
        if READS_ANEW or cache is not NO_CACHE:
            return read(batch, cache)
        if len(known) > _MOST_KEPT:
            known.clear()
        anew = [file for file in batch if file not in known]
        known.update(zip(anew, read(anew, cache), strict=True))
        return iter([known[file] for file in batch])

    workspace._documents_of = documents_of
    _keep_answers(copies.read_copy, lambda path, data, charter: (path, data, id(charter)))
    _keep_answers(states.document_at, lambda path, data: (path, data))
    _keep_answers(record_digests.digest_for, lambda kind, record: (kind, id(record)))


def _keep_answers(function: Any, key: Callable[..., tuple[Any, ...]]) -> None:
    """Have a function of govkit answer the same question once, wherever it was imported."""
    known: dict[tuple[Any, ...], tuple[tuple[Any, ...], Any]] = {}

    @wraps(function)
    def answered(*asked: Any) -> Any:
        if READS_ANEW:
            return function(*asked)
        if len(known) > _MOST_KEPT:
            known.clear()
        named = key(*asked)
        if named not in known:
            # What was asked about stays, or its id could become that of another record.
            known[named] = asked, function(*asked)
        return known[named][1]

    for name, module in [*sys.modules.items()]:
        own = vars(module) if name.startswith("govkit.") or name == "govkit" else {}
        if own.get(function.__name__) is function:
            setattr(module, function.__name__, answered)


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
        _print_once()
        read_once()
        gc.collect()
        gc.freeze()
        _keep(line)
