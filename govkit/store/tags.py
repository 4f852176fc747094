"""Tags as they lie in git: what they point at, what they say, and the signature below."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import NamedTuple

from govkit.store import objects

_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_LONGEST = 1 << 20


class Tag(NamedTuple):
    """A tag. `payload` are the bytes that were signed; it and `signature` are empty for a tag
    without an object of its own, which says nothing but where it points.

    `commit` is the full id of what it points at, None where that is no commit. `name` is the one
    inside the object.
    """

    commit: str | None
    name: str = ""
    payload: bytes = b""
    signature: str = ""

    @property
    def message(self) -> str:
        """Return what the tag says, without its head."""
        return self.payload.partition(b"\n\n")[2].decode("utf-8", errors="replace")


def tag_of(root: Path, name: str) -> Tag | None:
    """Return the tag of a short name, as provisions/v1.1.0; None where there is none."""
    id = objects.ref(root, f"refs/tags/{name}")
    if id is None:
        return None
    kind, size = objects.kind_and_size(root, id)
    if kind != "tag":
        return Tag(id if kind == "commit" else None)
    if size > _LONGEST:
        return Tag(None, payload=b"\n\n")
    payload, signature = parted(objects.tag_object(root, id))
    head = payload.partition(b"\n\n")[0].decode("utf-8", errors="replace")
    said = dict(line.split(" ", 1) for line in head.split("\n") if " " in line)
    found = said.get("object", "") if said.get("type") == "commit" else ""
    commit = found if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", found) else None
    return Tag(commit, said.get("tag", ""), payload, signature)


def parted(body: bytes) -> tuple[bytes, str]:
    """Return what was signed of the object of a tag, and the signature that stands below it."""
    at = body.find(b"\n" + _BEGIN)
    if at < 0:
        return body, ""
    return body[: at + 1], os.fsdecode(body[at + 1 :])
