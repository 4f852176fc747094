"""Builds the files of a release again, from its state in git, and compares them with what is there.

Nothing is written. A signer does it before signing, and whoever verifies does it too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from govkit.records.releases import Manifest
from govkit.release.manifest import DamagedManifest, read_sums
from govkit.release.verifying.books import Level, RebuiltFile, of_books, of_other_tools, other_tools
from govkit.release.verifying.check_result import CheckResult
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.rendering.tools import fonts_of, tools_of
from govkit.source.archives import NoArchive, files_in
from govkit.source.pdf_reading import NoPDF
from govkit.store import downloads
from govkit.workspace.releases.states import OpenedRelease
from govkit.workspace.releases.values import Progress, built, release_of, unseen
from govkit.workspace.releasing.pdfs import words_of


def rebuilt(
    opened: OpenedRelease,
    found: ReleaseEvidence,
    level: Level,
    files: Mapping[str, Path],
    progress: Progress = unseen,
) -> Iterator[CheckResult]:
    """Build each file again and look whether it is the same; `files` are those at hand, by name.

    By its bytes each is held against SHA256SUMS; where programs differ, bytes say nothing, and that
    is said. By its text, it is held against the file at hand.
    """
    others = other_programs(opened.manifest)
    if level == "bytes" and others:
        yield of_other_tools(others)
        return
    compared = _by_bytes if level == "bytes" else _by_text
    yield from of_books(found, level, list(compared(opened, files, progress)))


def other_programs(manifest: Manifest) -> tuple[tuple[str, str, str], ...]:
    """Return each program or font that is another one here: its name, that of then, that of here.

    Raises `GovkitError` where a library is missing.
    """
    formats = sorted({name.rpartition(".")[2] for name in manifest.artefacts})
    fonts = {each.name: each.sha256 for each in manifest.fonts}
    return other_tools(
        {**manifest.tools, **fonts}, {**tools_of(formats), **dict(fonts_of(formats, fonts))}
    )


def programs_in_words(manifest: Manifest) -> str:
    """Return which programs are others here, in words; empty where none is."""
    return "; ".join(
        f"{name} {here} here, {then} there" for name, then, here in other_programs(manifest)
    )


def differing(opened: OpenedRelease, progress: Progress = unseen) -> list[str]:
    """Return the names of the files that have other bytes than SHA256SUMS says, built again."""
    several = _by_bytes(opened, {}, progress)
    return [each.name for each in several if each.difference]


def _by_bytes(
    opened: OpenedRelease, _: Mapping[str, Path], progress: Progress
) -> Iterator[RebuiltFile]:
    try:
        listed = read_sums(opened.sums)
    except DamagedManifest:
        return  # the list of files has failed already
    for name, data in built(release_of(opened), progress):
        same = sha256(data).hexdigest() == listed.get(name)
        yield RebuiltFile(name, "" if same else "has other bytes than those that were signed")


def _by_text(
    opened: OpenedRelease, files: Mapping[str, Path], progress: Progress
) -> Iterator[RebuiltFile]:
    for name, data in built(release_of(opened), progress):
        if name in files:
            yield RebuiltFile(name, difference(name, downloads.read(files[name]), data))
        else:
            yield RebuiltFile(name, None)


# --- by the words ---------------------------------------------------------------------------------


def difference(name: str, there: bytes, again: bytes) -> str:
    """Return where two files of one name do not say the same; empty where they do.

    A PDF by the words of its pages and its headings, JSON by its values, an archive by its files;
    anything else by its bytes.
    """
    if there == again:
        return ""
    if name.endswith(".pdf"):
        return _difference_of_pdf(there, again)
    if name.endswith(".json"):
        return "" if _json(there) == _json(again) else "holds other values"
    if name.endswith(".tar"):
        try:
            return "" if files_in(there) == files_in(again) else "holds other files"
        except NoArchive as reason:
            return f"can't be compared: {reason}"
    lines = zip(there.split(b"\n"), again.split(b"\n"), strict=False)
    at = next((at for at, (a, b) in enumerate(lines, 1) if a != b), None)
    return f"differs from line {at} on" if at else "is longer or shorter"


def _difference_of_pdf(there: bytes, again: bytes) -> str:
    try:
        one, other = words_of(there), words_of(again)
    except NoPDF as reason:
        return f"can't be compared: {reason}"
    if one.headings != other.headings:
        return "has other headings"
    # Where a page ends may differ with the programs; the words and their order may not.
    left, right = (re.sub(r"\W+", " ", " ".join(each.pages)).split() for each in (one, other))
    if left == right:
        return ""
    at = next(
        (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    return f"has other words: “{' '.join(left[at : at + 6])}” is “{' '.join(right[at : at + 6])}”"


def _json(data: bytes) -> object:
    try:
        found: object = json.loads(data)
    except ValueError:
        return data
    return found
