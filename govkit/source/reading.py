"""One file, from its bytes to a record or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from govkit.cache import NO_CACHE, Cache
from govkit.findings import Finding
from govkit.patterns import lazy_regex
from govkit.records.base import Record
from govkit.records.kinds import KINDS
from govkit.source.doubts import load_meant
from govkit.source.gate import Unreadable, admit, place_of
from govkit.source.kept_data import found_data, keep_data, key_of
from govkit.source.loader import Spots, load
from govkit.source.validation import validate

File = tuple[str, str, bytes]
"""A file to read: its path, its kind, its bytes."""


def read_record(path: str, kind: str, data: bytes) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return the record of a file, or None and why it can't be read.

    `path` is relative to the root; `kind` is a name in `kinds.KINDS`. Findings carry a place where
    the fault is in the writing, and a route where it is in the data.
    """
    (read,) = read_records([(path, kind, data)])
    return read


def read_records(
    files: list[File], cache: Cache = NO_CACHE
) -> list[tuple[Record | None, tuple[Finding, ...]]]:
    """Do the same for several files. What is in the `cache` is not parsed again.

    All of them are loaded before the first is validated. The two are large programs, and going from
    one to the other for every file takes a sixth longer than reading a batch.
    """
    loaded = [_kept_or_loaded(*file, cache) for file in files]
    read: list[tuple[Record | None, tuple[Finding, ...]]] = []
    for (path, kind, source), (data, seen) in zip(files, loaded, strict=True):
        if data is _UNREADABLE:
            read.append((None, seen))
        else:
            record, faults = validate(kind, data, path)
            if record is None:
                named = kind_in_first_line(source)
                if named in KINDS and named != kind and validate(named, data, path)[0] is not None:
                    faults, seen = (_of_other_kind(path, kind, named),), ()
            read.append((record, (*faults, *seen)))
    return read


def _kept_or_loaded(
    path: str, kind: str, data: bytes, cache: Cache
) -> tuple[Any, tuple[Finding, ...]]:
    if cache is NO_CACHE:
        return _loaded(path, kind, data)
    key = key_of(path, kind, data)
    found = found_data(cache, path, key)
    if found is not None:
        return found, ()
    loaded, seen = _loaded(path, kind, data)
    if loaded is not _UNREADABLE and not seen:
        keep_data(cache, path, key, loaded)
    return loaded, seen


def _loaded(path: str, kind: str, data: bytes) -> tuple[Any, tuple[Finding, ...]]:
    """Return the plain data of a file and what is seen in its text; or no data, and why."""
    joiners = kind == "translation"
    try:
        text = admit(data, joiners=joiners)
        return load_meant(text, kind, joiners=joiners), tuple(remarks_on_text(text, kind, path))
    except Unreadable as fault:
        return _UNREADABLE, (as_finding(fault, path),)


_UNREADABLE: Any = object()


def _of_other_kind(path: str, kind: str, named: str) -> Finding:
    """Return the finding of a file that stands in the folder of another kind."""
    return Finding(
        "misplaced-file",
        f"this is a {named}, and here stand {KINDS[kind].many}",
        path,
        stops="merge",
        expected=named,
        found=kind,
        help=f"Move the file to {KINDS[named].folder}/.",
    )


MOST_ADDRESSES = 20
"""Mail addresses that are reported for one file; a list of thousands is not told one by one."""

_MAIL_ADDRESS = lazy_regex(r"(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
ADDRESS_REMOVED = "[mail address removed]"
_KINDS_OF_KEY = ("sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com")
"""Kinds of public keys that look like mail addresses."""

_BEFORE_A_MESSAGE_ID = lazy_regex(r"\bmessage_id:[ ]*[\"']?<$")
"""A Message-ID looks like a mail address, and names a mail."""

_HOLDS_DATA = lazy_regex(r"^[ \t]*[^#\s]", re.MULTILINE)
_SCHEMA_LINE = lazy_regex(r"# yaml-language-server: \$schema=(\S*/)?([a-z-]+)\.schema\.json[ ]*\n")


def kind_in_first_line(data: bytes) -> str | None:
    """Return the kind whose schema the first line of a file names, or None."""
    named = _SCHEMA_LINE.match(data[:500].decode("utf-8", errors="replace"))
    return named[2] if named else None


def remarks_on_text(text: str, kind: str, path: str) -> Iterator[Finding]:
    """Yield what is seen in the text of a file and not in its data."""
    named = _SCHEMA_LINE.match(text)
    if (not named or named[2] != kind) and _HOLDS_DATA.search(text):
        depth = path.count("/")
        line = f"# yaml-language-server: $schema={'../' * depth}schemas/{kind}.schema.json"
        yield Finding(
            "schema-line",
            "the first line does not name the schema of this kind",
            path,
            expected=line,
            help="Run `govkit fmt`: it puts the line in. Editors check with it.",
        )
    if "@" in text:
        for found in islice(_mail_addresses(text), MOST_ADDRESSES):
            yield Finding(
                "mail-address",
                "a mail address stands in a public record",
                path,
                place=place_of(text, found.start(), len(found.group())),
                stops="merge",
                found=found.group(),
                help="Take it out; private data never enters the repository. If it was pushed, "
                "tell a coordinator: it has to leave the history too.",
            )


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
