"""The three streams of a command: one that is closed, a disk that is full, a reader who has left.

A command runs to its end whatever becomes of what it says: what a stream does not take is dropped,
and looked at when all is done. So nothing stops half-way in the middle of its work, and the number
with which it ends does not hang on how much of the answer was read.
"""

from __future__ import annotations

import fcntl
import io
import os
import select
import stat
import sys
from typing import Any, NamedTuple, TextIO

from govkit.errors import GovkitError, in_plain_words

_NAMES = ("standard input", "standard output", "standard error")


def hold_open() -> None:
    """Raise `GovkitError` where one of the streams is closed.

    The next file that is opened would take its place, and what is printed would be written there.
    """
    for name, stream in zip(_NAMES, (sys.stdin, sys.stdout, sys.stderr), strict=True):
        if stream is None:
            raise GovkitError(
                f"the {name} of this command is closed",
                "Start it without `<&-` or `>&-`; /dev/null stands for nothing. "
                "Nothing was changed.",
            )


class Streams(NamedTuple):
    """What is printed, and what is said beside it."""

    answers: Outlet
    remarks: Outlet

    def lost(self) -> GovkitError | None:
        """Return why something that was said did not arrive, if that is no reader who left."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        failure = self.answers.failure or self.remarks.failure
        if failure is None:
            return None
        if self.answers.failure is not None:
            self.answers.take_back()
        return GovkitError(
            f"the answer can't be written: {in_plain_words(failure)}",
            "Make room, or let it be written elsewhere. What a command changes in the folder is "
            "changed before it answers: `git status` shows it.",
        )


def guarded() -> Streams:
    """Put both streams that are written to under guard; they are open."""
    answers, sys.stdout = _guarded(sys.stdout)
    remarks, sys.stderr = _guarded(sys.stderr)
    return Streams(answers, remarks)


def _guarded(stream: TextIO) -> tuple[Outlet, TextIO]:
    stream.flush()
    outlet = Outlet(stream.fileno(), "w", closefd=False)
    outlet.before = stream
    return outlet, io.TextIOWrapper(
        io.BufferedWriter(outlet),
        stream.encoding,
        stream.errors,
        line_buffering=bool(stream.line_buffering),
    )


class Outlet(io.FileIO):
    """A stream that takes all that it is given. `failure` is why something did not arrive."""

    failure: OSError | None = None
    before: TextIO | None = None
    """The stream as it was, which closes the file when nobody holds it any more."""
    _deaf = False
    _written = 0
    _begun: int | None = None

    def write(self, data: Any, /) -> int:
        """Write what the other end takes; from the first failure on, drop it."""
        if not self._deaf:
            try:
                return self._taken(data)
            except BrokenPipeError:
                self._deaf = True  # the reader has left, as `| head` does: nothing is wrong
            except OSError as error:
                self._deaf, self.failure = True, error
        return len(data)

    def _taken(self, data: Any) -> int:
        if self._begun is None:
            self._begun = _end_of(self.fileno())
        while (count := super().write(data)) is None:
            select.select([], [self], [])  # somebody has set it not to wait
        self._written += count
        return count

    def take_back(self) -> None:
        """Take half an answer out of a file, unless somebody else wrote there too."""
        here = self.fileno()
        if self._begun is None or not stat.S_ISREG(os.fstat(here).st_mode):
            return
        if os.fstat(here).st_size == self._begun + self._written:
            os.ftruncate(here, self._begun)
            os.lseek(here, self._begun, os.SEEK_SET)


def _end_of(stream: int) -> int:
    """Return where the next byte goes, if the stream is a file."""
    if not stat.S_ISREG(os.fstat(stream).st_mode):
        return 0
    if fcntl.fcntl(stream, fcntl.F_GETFL) & os.O_APPEND:
        return os.fstat(stream).st_size
    return os.lseek(stream, 0, os.SEEK_CUR)
