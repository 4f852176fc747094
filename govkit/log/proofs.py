"""A proof that an entry is in the sealed log, as text that others can read, too.

The layout is that of C2SP's tlog-proof: index, hashes, head, signatures. An index counts from 0, so
the entry with number 12 has the index 11. The signatures are SSHSIG, for which C2SP has no letter
of its own, so they stand under the type 0xff, which is kept for such.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterator
from typing import NamedTuple

from govkit.log.checkpoints import OF_HEADS, OF_WITNESSES, Checkpoint
from govkit.log.keys import armour
from govkit.log.merkle import root_by_inclusion
from govkit.records.log import LogHead
from govkit.source.public_keys import NoPublicKey
from govkit.source.ssh_signatures import NoSignature, signature_of

FORMAT = "c2sp.org/tlog-proof@v1"
_OTHER_TYPE = b"\xff"


class InclusionProof(NamedTuple):
    """The hashes, of 32 bytes each, that lead from an entry to the root of a head."""

    seq: int
    hashes: tuple[bytes, ...]

    def leads_to(self, checkpoint: Checkpoint, leaf: bytes) -> bool:
        """Say whether the entry with this leaf hash is in the log that a head is over."""
        root = root_by_inclusion(leaf, self.seq - 1, checkpoint.size, self.hashes)
        return root == checkpoint.root


def proof_text(proof: InclusionProof, head: LogHead, extra: bytes) -> str:
    """Return a proof with its head, and what else is needed to understand it (`extra`)."""
    lines = [
        FORMAT,
        f"extra {base64.b64encode(extra).decode()}",
        f"index {proof.seq - 1}",
        *(base64.b64encode(each).decode() for each in proof.hashes),
        "",
        head.checkpoint.rstrip("\n"),
        "",
        *_signature_lines(head),
    ]
    return "\n".join(lines) + "\n"


def extra_of(proof: str) -> bytes | None:
    """Return the bytes that stand in a proof as `extra`, or None where there are none."""
    first, _, rest = proof.partition("\n")
    line = rest.partition("\n")[0]
    if first != FORMAT or not line.startswith("extra "):
        return None
    try:
        return base64.b64decode(line.removeprefix("extra "), validate=True)
    except ValueError:
        return None


def _signature_lines(head: LogHead) -> Iterator[str]:
    for seal in head.seals:
        yield _signature_line(seal.by, OF_HEADS, seal.signature)
    for witness in head.witnesses:
        seen = struct.pack(">Q", int(witness.seen_at.timestamp()))
        name = witness.by or witness.name or ""
        yield _signature_line(name, OF_WITNESSES, witness.signature, seen)


def _signature_line(name: str, purpose: str, signature: str, before: bytes = b"") -> str:
    """Return a line of a signed note; a witness's signature has the moment (`before`) with it."""
    spoken = "-".join(name.replace("+", "-").split())
    try:
        public = signature_of(armour(signature)).public
    except (NoSignature, NoPublicKey):
        public = ""  # what is no signature is found where it is verified, not where it is printed
    key = f"{spoken}\n".encode() + _OTHER_TYPE + f"{purpose} {public}".encode()
    try:
        blob = base64.b64decode("".join(signature.split()))
    except ValueError:
        blob = b""
    raw = hashlib.sha256(key).digest()[:4] + before + blob
    return f"— {spoken} {base64.b64encode(raw).decode()}"
