"""A long file that a person named, line by line: in memory there is one line at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from govkit.store.worktree import require_plain_file, unreadable

_CHUNK = 1 << 20


def lines_of(path: Path, longest: int) -> Iterator[bytes]:
    """Yield the lines of a file with their line feeds; of a longer one its first `longest` bytes.

    Raises `WrongUse` where it is no plain file, or can't be read.
    """
    try:
        require_plain_file(path)
        with path.open("rb", buffering=_CHUNK) as file:
            while line := file.readline(longest + 2):
                if line.endswith(b"\n") or len(line) < longest + 2:
                    yield line
                    continue
                end = b""
                while rest := file.readline(_CHUNK):
                    if rest.endswith(b"\n"):
                        end = b"\n"
                        break
                yield line + end
    except OSError as error:
        raise unreadable(path, error) from None
