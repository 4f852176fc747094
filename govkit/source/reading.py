"""One file, from its bytes to a record or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from govkit.findings import Finding
from govkit.records.base import Record
from govkit.source.gate import Unreadable, admit, place_of
from govkit.source.loader import Spots, load
from govkit.source.validation import validate


def read_record(path: str, kind: str, data: bytes) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return the record of a file, or None and why it can't be read.

    `path` is relative to the root; `kind` is a name in `kinds.KINDS`. Findings carry a place where
    the fault is in the writing, and a route where it is in the data.
    """
    joiners = kind == "translation"
    try:
        text = admit(data, joiners=joiners)
        loaded = load(text, joiners=joiners)
    except Unreadable as fault:
        return None, (as_finding(fault, path),)
    record, faults = validate(kind, loaded, path)
    return record, (*faults, *_remarks(text, kind, path))


MOST_ADDRESSES = 20
"""Mail addresses that are reported for one file; a list of thousands is not told one by one."""

_MAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
ADDRESS_REMOVED = "[mail address removed]"
_KINDS_OF_KEY = ("sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com")
"""Kinds of public keys that look like mail addresses."""

_BEFORE_A_MESSAGE_ID = re.compile(r"\bmessage_id:[ ]*[\"']?<$")
"""A Message-ID looks like a mail address, and names a mail."""

_SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S*/)?([a-z-]+)\.schema\.json[ ]*\n")


def kind_in_first_line(data: bytes) -> str | None:
    """Return the kind whose schema the first line of a file names, or None."""
    named = _SCHEMA_LINE.match(data[:500].decode("utf-8", errors="replace"))
    return named[2] if named else None


def _remarks(text: str, kind: str, path: str) -> Iterator[Finding]:
    """Yield what is seen in the text of a file and not in its data."""
    named = _SCHEMA_LINE.match(text)
    if not named or named[2] != kind:
        depth = path.count("/")
        line = f"# yaml-language-server: $schema={'../' * depth}schemas/{kind}.schema.json"
        yield Finding(
            "schema-line", "the first line does not name the schema of this kind", path,
            expected=line, help="Run `govkit fmt`: it puts the line in. Editors check with it.",
        )  # fmt: skip
    if "@" in text:
        for found in islice(_mail_addresses(text), MOST_ADDRESSES):
            yield Finding(
                "mail-address", "a mail address stands in a public record", path,
                place=place_of(text, found.start(), len(found.group())), stops="merge",
                found=found.group(),
                help="Take it out; private data never enters the repository. If it was pushed, "
                "tell a coordinator: it has to leave the history too.",
            )  # fmt: skip


def _mail_addresses(text: str) -> Iterator[re.Match[str]]:
    for found in _MAIL_ADDRESS.finditer(text):
        before = text[max(found.start() - 40, 0) : found.start()]
        if found.group() not in _KINDS_OF_KEY and not _BEFORE_A_MESSAGE_ID.search(before):
            yield found


def without_addresses(text: str) -> tuple[str, int]:
    """Return a text in which every mail address is replaced by a remark, and how many were."""
    return _MAIL_ADDRESS.subn(ADDRESS_REMOVED, text)


def as_finding(fault: Unreadable, path: str) -> Finding:
    """Return the finding of an unreadable file."""
    return Finding(
        fault.rule, fault.message, path, place=fault.place, stops="merge", help=fault.help
    )


def spots_of(data: bytes) -> tuple[str, Spots]:
    """Return the text of a file and the place of every value in it.

    A second, slower parse, only for files that something is reported about. A file that does not
    load gives no spots.
    """
    spots: Spots = {}
    try:
        text = admit(data, joiners=True)
    except Unreadable:
        return data.decode("utf-8", errors="replace"), spots
    try:
        load(text, spots)
    except Unreadable:
        spots.clear()
    return text, spots
