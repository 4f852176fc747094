"""Records that got another number: what names them, or binds them by digest, is written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govkit.corpus.commitments import commitment_of, path_of_disclosure
from govkit.corpus.record_digests import committed_in, digest_for
from govkit.procedures.log.filing import with_values
from govkit.records.comments import Comment
from govkit.records.corrections import Correction
from govkit.records.disclosures import Disclosure
from govkit.records.evidence import Evidence
from govkit.records.kinds import COPY, kind_of_path
from govkit.records.positions import Position
from govkit.records.proposals import Act
from govkit.source.reading import read_record
from govkit.workspace.log_divergence import LogDivergence

_NAMING = ("position", "evidence", "correction", "comment", "act")
"""The kinds of records that name others of their proposal by a number."""


def digest_in(path: str, kind: str, data: bytes) -> str | None:
    """Return the digest that an entry of a kind has for the bytes of a file; None for no record."""
    of = kind_of_path(path)
    if of is None or of == COPY:
        return None
    record: Any = read_record(path, of, data)[0]
    return None if record is None else digest_for(kind, record)


def with_new_names(contents: Mapping[str, bytes], renamed: Mapping[str, str]) -> dict[str, bytes]:
    """Return records of mine that name others of mine, as those are called now.

    `contents` are the bytes of my records by path, `renamed` gives the new path of each that has
    one. What somebody named in their own clone was what stood there, so it is mine.
    """
    names = {_name(old): _name(new) for old, new in renamed.items()}
    digests: dict[str | None, str | None] = {}
    found = dict(contents)
    # Positions first: the digest of one stands in what shows it, and in its correction.
    for path, data in sorted(contents.items(), key=lambda each: (_rank(each[0]), each[0])):
        kind = kind_of_path(path) or ""
        if kind not in _NAMING:
            continue
        record = read_record(path, kind, data)[0]
        changes = _changes(path, record, names)
        for key in ("digest", "right_digest"):
            if isinstance(record, (Evidence, Correction)) and getattr(record, key, None) in digests:
                changes[key] = digests[getattr(record, key)]
        if changes:
            found[path] = with_values(path, data, changes)
        if isinstance(record, Position):
            digests[digest_in(path, "position", data)] = digest_in(path, "position", found[path])
    return found


def renamed_disclosures(
    sides: LogDivergence, contents: Mapping[str, bytes], renamed: Mapping[str, str]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield what discloses words of my renamed records: where it lay, its new place, its bytes."""
    for old, new in renamed.items():
        record = read_record(new, kind_of_path(new) or "", contents[new])[0]
        place = path_of_disclosure(old)
        for data in sides.candidates(place):
            words = read_record(place, "disclosure", data)[0]
            if isinstance(words, Disclosure) and commitment_of(words) == committed_in(record):
                yield place, path_of_disclosure(new), data
                break


def _rank(path: str) -> int:
    return ("/positions/" not in path) + ("/corrections/" in path)


def _changes(path: str, record: object, names: Mapping[str, str]) -> dict[str, Any]:
    folder = path.rsplit("/", 2)[0]

    def new(name: str | None) -> str:
        return names.get(f"{folder}/{name}", "").removeprefix(f"{folder}/")

    if isinstance(record, Evidence):
        shown = new(record.position)
        # Whatever is renamed without its position shows a position that has its name still.
        stem = shown.rpartition("/")[2]
        return (
            {"position": shown} if shown and path.rpartition("/")[2].startswith(f"{stem}-") else {}
        )
    if isinstance(record, (Position, Correction)):
        named = {key: new(getattr(record, key, None)) for key in ("corrects", "right")}
        return {key: name for key, name in named.items() if name}
    if isinstance(record, Act):
        lists = {"objections": record.objections, "comments": record.comments}
        moved = {key: [new(each) or each for each in had] for key, had in lists.items()}
        return {key: now for key, now in moved.items() if tuple(now) != lists[key]}
    if isinstance(record, Comment) and record.refers_to:
        short = [new(each) or each for each in record.refers_to]
        return {"refers_to": short} if tuple(short) != record.refers_to else {}
    return {}


def _name(path: str) -> str:
    return path.removesuffix(".yaml")
