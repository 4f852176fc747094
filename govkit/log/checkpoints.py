"""Heads of the log as text: what coordinators seal and witnesses sign, in three lines.

The layout is that of C2SP's tlog-checkpoint, and that of tlog-cosignature for witnesses, so that
programs of others can read them. Their signatures are SSHSIG, as all signatures here. The origin is
the root fingerprint of the founding, so a head of another coalition is never one of ours.
"""

from __future__ import annotations

import base64
import datetime
import re
from contextlib import suppress
from typing import NamedTuple

OF_HEADS = "head@govkit"
OF_WITNESSES = "witness@govkit"
"""The purposes of the two kinds of signature: that of a witness never stands for a seal."""


class Checkpoint(NamedTuple):
    """A head of the log: the coalition's root fingerprint, how many entries, the tree's root.

    `root` has 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return its three lines, each with its line feed: what a coordinator signs."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @property
    def short(self) -> str:
        """Return it as people compare it: the number and the root, as 131:abc…=."""
        return f"{self.size}:{base64.b64encode(self.root).decode()}"


def checkpoint_of(text: str) -> Checkpoint:
    """Return what three lines say that fit `records.log.CheckpointText`. Raises `ValueError`."""
    origin, size, root, end = text.split("\n")
    found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    # Base64 can write the same bytes in several ways; one head has one text.
    if end or found.text != text:
        raise ValueError(text)
    return found


def short_checkpoint(text: str) -> Checkpoint | None:
    """Return what `Checkpoint.short` wrote, with an empty origin; None for other words."""
    fits = re.fullmatch(r"([1-9][0-9]{0,8}):([A-Za-z0-9+/]{43}=)", text)
    if fits is None:
        return None
    found = Checkpoint("", int(fits[1]), base64.b64decode(fits[2]))
    return found if found.short == text else None


def checkpoint_in(text: str) -> Checkpoint | None:
    """Return the first head in a text: bare, or in a record, whatever stands around; else None."""
    lines = [line.strip() for line in text.splitlines()]
    for three in zip(lines, lines[1:], lines[2:], strict=False):
        with suppress(ValueError):
            return checkpoint_of("".join(f"{line}\n" for line in three))
    return None


def witnessed_text(checkpoint: str, seen_at: datetime.datetime) -> str:
    """Return what a witness signs who saw a head at a moment."""
    return f"cosignature/v1\ntime {int(seen_at.timestamp())}\n{checkpoint}"
