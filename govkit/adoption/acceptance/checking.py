"""An acceptance log walked over once, line by line: what is wrong, and the root of its tree.

Whatever its length, no more is kept than the last line, the hashes of the right edge of the tree,
and the records of one second. What stood earlier can't come twice without time going back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from govkit.adoption.acceptance.lines import (
    LONGEST,
    ReadLine,
    is_instant,
    origin_of,
    read_line,
    why_no_head,
    why_no_line,
)
from govkit.log.checkpoints import Checkpoint
from govkit.log.merkle import MerkleEdge, leaf_hash


class LineFault(NamedTuple):
    """Something wrong: `line` counts those of the file from 1, `what` is a clause about it.

    `kind` is one of `head`, `record`, `number`, `chain`, `time`, `text`, `twice`, `end`, `root`.
    """

    line: int
    kind: str
    what: str


class LogSummary(NamedTuple):
    """What a log is, after it was walked over. `checkpoint` is none where it has no first line."""

    checkpoint: Checkpoint | None
    records: int
    faults: int
    acts: dict[str, int]


class LogCheck:
    """Checks a log as its lines come. `texts` are the known digests in hexadecimal, or none.

    `earlier` is a head that was given out before: the log has to begin with it.
    """

    def __init__(
        self, texts: Collection[bytes] | None = None, earlier: Checkpoint | None = None
    ) -> None:
        """Begin with an empty log."""
        self.texts, self.earlier = texts, earlier
        self.edge = MerkleEdge()
        self.origin: str | None = None
        self.faults = 0
        self.acts: dict[bytes, int] = {}
        self._before = b""
        self._at = b""
        self._number = 0
        self._second: set[tuple[bytes, bytes, bytes]] = set()

    def faults_of(self, lines: Iterable[bytes]) -> Iterator[LineFault]:
        """Yield what is wrong; `lines` have their line feeds."""
        number = 0
        for number, line in enumerate(lines, start=1):
            whole = line.endswith(b"\n")
            bare = line[:-1] if whole else line
            found = self._head(bare) if number == 1 else self._record(number, bare)
            for fault in found:
                self.faults += 1
                yield fault
            if not whole:
                self.faults += 1
                yield LineFault(number, "end", "is cut off: its line feed is missing")
            self._before = bare
        for fault in self._end(number):
            self.faults += 1
            yield fault

    def summary(self) -> LogSummary:
        """Return what the log is, once all lines have come."""
        checkpoint = None
        if self.origin is not None:
            checkpoint = Checkpoint(self.origin, len(self.edge), self.edge.root())
        acts = {name.decode(): count for name, count in sorted(self.acts.items())}
        return LogSummary(checkpoint, len(self.edge), self.faults, acts)

    def _head(self, line: bytes) -> Iterator[LineFault]:
        self.origin = origin_of(line)
        if self.origin is None:
            yield LineFault(1, "head", why_no_head(line))
        elif self.earlier is not None and self.earlier.origin not in ("", self.origin):
            yield LineFault(1, "head", f"names {self.origin}, and the head {self.earlier.origin}")

    def _record(self, number: int, line: bytes) -> Iterator[LineFault]:
        self.edge.append(leaf_hash(line))
        earlier = self.earlier
        size = len(self.edge)
        if earlier is not None and size == earlier.size and self.edge.root() != earlier.root:
            what = f"the first {size} records are not those of the head"
            yield LineFault(number, "root", what)
        read = read_line(line) if len(line) <= LONGEST else None
        if read is None:
            self._number += 1
            what = why_no_line(line) if len(line) <= LONGEST else "is longer than any record"
            yield LineFault(number, "record", what)
            return
        self.acts[read.act] = self.acts.get(read.act, 0) + 1
        yield from self._place(number, read)
        yield from self._said(number, read)

    def _place(self, number: int, read: ReadLine) -> Iterator[LineFault]:
        self._number += 1
        if read.seq != self._number:
            what = f"has the number {read.seq}, and {self._number} is next"
            if read.seq > self._number:
                what += f": {read.seq - self._number} missing before it"
            yield LineFault(number, "number", what)
            self._number = read.seq
        if read.chain.decode() != hashlib.sha256(self._before).hexdigest():
            what = "is chained to another line than the one before it, which was changed or put in"
            yield LineFault(number, "chain", what)

    def _said(self, number: int, read: ReadLine) -> Iterator[LineFault]:
        if self.texts is not None and read.text not in self.texts:
            what = f"names a text that was not given: sha256:{read.text[:12].decode()}…"
            yield LineFault(number, "text", what)
        if read.at != self._at:
            if not is_instant(read.at):
                yield LineFault(number, "time", f"{read.at.decode()} is no moment")
                return
            if read.at < self._at:
                what = f"was made at {read.at.decode()}, and the one before at {self._at.decode()}"
                yield LineFault(number, "time", what)
            self._at = max(read.at, self._at)
            self._second.clear()
        key = (read.user, read.text, read.act)
        if key in self._second:
            yield LineFault(number, "twice", "says what an earlier line of this second says")
        elif len(self._second) < _MOST_OF_A_SECOND:
            self._second.add(key)

    def _end(self, number: int) -> Iterator[LineFault]:
        if number == 0:
            yield LineFault(1, "head", "is missing: the file is empty")
        earlier, size = self.earlier, len(self.edge)
        if earlier is not None and size < earlier.size:
            what = f"is the last one, and the head counts {earlier.size} records: "
            yield LineFault(number, "end", f"{what}{earlier.size - size} are missing")


_MOST_OF_A_SECOND = 1_000_000
"""Records of one second of which one is known to come twice; the largest services stay below."""
