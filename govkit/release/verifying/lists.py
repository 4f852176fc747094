"""SHA256SUMS and RECORDS: every file once, none too many, each byte as it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from govkit.errors import GovkitError
from govkit.log.amendments import GENESIS_PATH
from govkit.records.releases import Manifest
from govkit.release.manifest import (
    MANIFEST,
    RECORDS,
    SUMS,
    DamagedManifest,
    lines_of,
    merkle_root,
    name_of,
    read_records,
    read_sums,
    slug_of,
)
from govkit.release.verifying.check_result import CheckResult, fails, not_checked, or_holds
from govkit.release.verifying.evidence import OWN, ReleaseEvidence

AGAIN = "Get the release again, from another place if need be. Do not use this copy."
_SHOWN = 20


def of_lists(found: ReleaseEvidence) -> Iterator[CheckResult]:
    """Look at the manifest's own words, at SHA256SUMS, and at RECORDS."""
    yield from or_holds(
        "manifest", f"it is that of {found.name}, dated {found.manifest.dated}", _manifest(found)
    )
    yield from _sums(found)
    yield from _records(found)
    yield from _held(found)


def _held(found: ReleaseEvidence) -> Iterator[CheckResult]:
    """Look at the releases that this one holds: each by the digest of its manifest."""
    if not found.manifest.holds:
        return
    if found.held is None:
        yield not_checked(
            "manifest",
            "whether the releases that it holds are the ones that it means",
            "In a clone, name the tag in place of the folder.",
        )
        return
    looks = []
    for each in found.manifest.holds:
        name = f"{slug_of(each.instrument)}/{each.version}"
        data = found.held.get(name)
        if data is None or f"sha256:{sha256(data).hexdigest()}" != each.manifest:
            said = "is not here" if data is None else "has another manifest now"
            looks.append(
                fails(
                    "manifest",
                    f"releases/{name}/{MANIFEST}",
                    f"{name}, which this release holds, {said}",
                    AGAIN,
                )
            )
    names = ", ".join(f"{slug_of(each.instrument)}/{each.version}" for each in found.manifest.holds)
    yield from or_holds("manifest", f"it holds {names}, each in the words that it means", looks)
    yield not_checked(
        "manifest", f"the releases that it holds: {names}", "Verify each by its own name."
    )


def _manifest(found: ReleaseEvidence) -> Iterator[CheckResult]:
    said = f"{slug_of(found.manifest.instrument)}/{found.manifest.version}"
    try:
        same = name_of(said) == found.name
    except GovkitError:
        same = False
    if not same:
        yield fails(
            "manifest",
            found.at(MANIFEST),
            f"it is the manifest of another release: it says {said}, and this is {found.name}",
            "Somebody put one release in the place of another. " + AGAIN,
        )
    if found.tree is not None and found.manifest.tree != found.tree:
        yield fails(
            "manifest",
            found.at(MANIFEST),
            f"it names the tree {found.manifest.tree[:12]}…, and the texts in git are the tree "
            f"{found.tree[:12]}…",
            "The texts were exchanged after the release was cut. " + AGAIN,
        )


# --- SHA256SUMS -----------------------------------------------------------------------------------


def _sums(found: ReleaseEvidence) -> Iterator[CheckResult]:
    try:
        listed = read_sums(found.sums)
    except DamagedManifest as damaged:
        yield fails("sums", found.at(SUMS), damaged.message, AGAIN)
        return
    looks = [*_listed(found, listed), *_own(found, listed)]
    if found.built is None:
        yield from or_holds("sums", f"{SUMS} names {len(listed)} files", looks)
        return
    looks += _built(found, listed)
    yield from or_holds("sums", f"{len(listed)} files are as {SUMS} has them, none more", looks)


def _listed(found: ReleaseEvidence, listed: dict[str, str]) -> Iterator[CheckResult]:
    """Hold the names in the list against those that the manifest has."""
    for name in (MANIFEST, RECORDS):
        if name not in listed:
            yield fails("sums", found.at(SUMS), f"it does not list {name}", AGAIN)
    built, named = set(listed) - set(OWN), set(found.manifest.artefacts)
    for name in sorted(named - built):
        yield fails(
            "sums", found.at(SUMS), f"the manifest names {name}, and the list does not", AGAIN
        )
    for name in sorted(built - named):
        yield fails("sums", found.at(SUMS), f"it lists {name}, and the manifest does not", AGAIN)


def _own(found: ReleaseEvidence, listed: dict[str, str]) -> Iterator[CheckResult]:
    for name in OWN:
        data = found.own.get(name)
        if name in listed and data is None:
            yield fails("sums", found.at(name), f"{name} is missing", AGAIN)
        elif data is not None and name not in listed:
            yield fails("sums", found.at(name), f"{name} is not in the list that was signed", AGAIN)
        elif data is not None and sha256(data).hexdigest() != listed[name]:
            yield fails("sums", found.at(name), f"{name} was changed after it was signed", AGAIN)


def _built(found: ReleaseEvidence, listed: dict[str, str]) -> Iterator[CheckResult]:
    built = found.built or {}
    for name in sorted(set(listed) - set(OWN)):
        if name not in built:
            yield fails("sums", found.at(name), f"{name} is missing", AGAIN)
        elif built[name] != listed[name]:
            yield fails("sums", found.at(name), f"{name} was changed after it was signed", AGAIN)
    for name in sorted(set(built) - set(listed)):
        yield fails(
            "sums",
            found.at(name),
            f"{name} is in no list that was signed",
            "It is no part of the release. Take it away, or get the release again.",
        )


# --- RECORDS --------------------------------------------------------------------------------------


def _records(found: ReleaseEvidence) -> Iterator[CheckResult]:
    data = found.own.get(RECORDS, b"")
    try:
        listed = read_records(data)
    except DamagedManifest as damaged:
        yield fails("records", found.at(RECORDS), damaged.message, AGAIN)
        return
    looks = [*_root(found, data, found.manifest), *_each(found, listed)]
    here = sum(path in found.data for path in listed)
    yield from or_holds("records", f"{here:,} files are as {RECORDS} has them", looks)
    if not found.whole and here < len(listed):
        yield not_checked(
            "records",
            f"{len(listed) - here:,} files are not here, but in a clone",
            "In a clone of the repository, name the tag in place of the folder.",
        )


def _root(found: ReleaseEvidence, data: bytes, manifest: Manifest) -> Iterator[CheckResult]:
    lines = lines_of(data)
    if len(lines) != manifest.records:
        yield fails(
            "records",
            found.at(RECORDS),
            f"it lists {len(lines)} files, and the manifest says {manifest.records}",
            AGAIN,
        )
    if merkle_root(lines) != manifest.merkle_root:
        yield fails(
            "records",
            found.at(RECORDS),
            "it does not have the root of the manifest",
            "The list was changed after the release was cut. " + AGAIN,
        )


def _each(found: ReleaseEvidence, listed: dict[str, str]) -> Iterator[CheckResult]:
    """Hold each file against the list; after some, only the number of the others is said."""
    wrong = list(_wrong(found, listed))
    for path, message in wrong[:_SHOWN]:
        yield fails("records", path, message, AGAIN)
    if len(wrong) > _SHOWN:
        yield fails("records", found.at(RECORDS), f"and {len(wrong) - _SHOWN} more", AGAIN)


def _wrong(found: ReleaseEvidence, listed: dict[str, str]) -> Iterator[tuple[str, str]]:
    for path in sorted(found.data.keys() | listed.keys()):
        if path not in listed:
            yield path, "this file is in no list of the release: it was added afterwards"
        elif path not in found.data:
            if found.whole or path == GENESIS_PATH:
                yield path, "this file was part of the release and is gone"
        elif sha256(found.data[path]).hexdigest() != listed[path]:
            yield path, "this file is not as it was when the release was cut"
