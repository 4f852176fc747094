"""A proof that a record is in a platform's log, which whoever has it can check alone.

The layout is that of C2SP's tlog-proof, as of the coalition's own log: the record as `extra`, its
index from 0, the hashes, and the head.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import NamedTuple

from govkit.adoption.acceptance.lines import LONGEST, origin_of, read_line
from govkit.errors import WrongUse
from govkit.log.checkpoints import Checkpoint, checkpoint_of
from govkit.log.merkle import MerkleEdge, leaf_hash, root_by_inclusion
from govkit.log.proofs import FORMAT, extra_of

_MOST_HASHES = 64


class AcceptanceProof(NamedTuple):
    """A record, its place from 0, the hashes that lead to the root, and the head."""

    line: bytes
    place: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def holds(self) -> bool:
        """Say whether the record is in the log that the head is over."""
        leaf = leaf_hash(self.line)
        root = root_by_inclusion(leaf, self.place, self.checkpoint.size, self.hashes)
        return root == self.checkpoint.root

    @property
    def text(self) -> str:
        """Return it as the text of a file."""
        lines = [
            FORMAT,
            f"extra {base64.b64encode(self.line).decode()}",
            f"index {self.place}",
            *(base64.b64encode(each).decode() for each in self.hashes),
            "",
            self.checkpoint.text,
        ]
        return "\n".join(lines)


def proof_of(lines: Iterable[bytes], seq: int) -> AcceptanceProof:
    """Return the proof of a record by its number. Raises `WrongUse` where it is not there."""
    edge = MerkleEdge(marked=seq - 1)
    origin, found = None, b""
    for number, line in enumerate(lines):
        bare = line.removesuffix(b"\n")
        if number == 0:
            origin = origin_of(bare)
            continue
        if number == seq:
            found = bare
        edge.append(leaf_hash(bare))
    if origin is None:
        raise WrongUse("this is no acceptance log", "Its first line names the format.")
    if not found:
        raise WrongUse(f"the log has no record {seq}", f"It has {len(edge)}.")
    root, path = edge.root_and_path()
    return AcceptanceProof(found, seq - 1, path, Checkpoint(origin, len(edge), root))


def is_proof(data: bytes) -> bool:
    """Say whether a file begins as a proof does."""
    return data.startswith(FORMAT.encode())


def read_proof(data: bytes) -> AcceptanceProof:
    """Return a proof from the bytes of its file. Raises `WrongUse`."""
    bad = WrongUse("this proof can't be read", "`govkit acceptance prove` writes one.")
    try:
        text = data.decode("ascii")
        line = extra_of(text)
        head, _, checkpoint = text.partition("\n\n")
        rows = head.split("\n")[2:]
        index = int(rows[0].removeprefix("index "))
        hashes = tuple(base64.b64decode(each, validate=True) for each in rows[1:])
        found = AcceptanceProof(line or b"", index, hashes, checkpoint_of(checkpoint))
    except (ValueError, IndexError):
        raise bad from None
    sizes = {len(each) for each in (*hashes, found.checkpoint.root)}
    if line is None or len(line) > LONGEST or sizes != {32} or len(hashes) > _MOST_HASHES:
        raise bad
    if read_line(line) is None or found.text != text:
        raise bad
    return found
