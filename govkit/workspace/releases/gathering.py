"""Gathers a release from a clone, a downloaded folder or a PDF, and judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, cast

from govkit.corpus.copies import read_copy
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import GovkitError, WrongUse
from govkit.log.amendments import GENESIS_PATH
from govkit.log.chain import NewestEntry
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG, path_of_entry
from govkit.log.heads import HEADS
from govkit.records.kinds import RELEASES, is_copy
from govkit.records.log import LogEntry
from govkit.records.releases import Manifest, Publication
from govkit.release.manifest import (
    FOREWORD,
    MANIFEST,
    PUBLISHED,
    RECORDS,
    SIGNATURES,
    SUMS,
    ReleaseName,
    name_of,
    slug_of,
)
from govkit.release.published import Successor, successors_of
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.release.verifying.known_values import LatestLog
from govkit.release.verifying.tags import TagObject
from govkit.source.archives import NoArchive, files_in
from govkit.source.folder_contents import is_record
from govkit.source.gate import LIMIT
from govkit.source.pdf_reading import NoPDF
from govkit.source.reading import read_record
from govkit.store import commit_names, committed_files, downloads, objects, refs
from govkit.store.tags import tag_of
from govkit.workspace import read_documents
from govkit.workspace.kept_mails import mail_faults
from govkit.workspace.kept_sources import kept_sources
from govkit.workspace.releases.states import OpenedRelease, manifest_in, open_release
from govkit.workspace.releasing.pdfs import attached

EVIDENCE = "evidence.tar"
LAID_OUT = "dist"
"""The folder below which releases are printed, each by its name."""
ACTS = "governance/acts/"
_BESIDE = (MANIFEST, RECORDS, SUMS, FOREWORD, PUBLISHED)


# --- from a clone ---------------------------------------------------------------------------------


def found_in_clone(opened: OpenedRelease) -> ReleaseEvidence:
    """Return a release as the clone has it; no built file is at hand."""
    state = opened.state
    return ReleaseEvidence(
        opened.name,
        opened.manifest,
        publication_in(opened.name, opened.folder),
        opened.folder,
        state.texts,
        state.records,
        whole=True,
        tree=state.tree,
        held={
            path.removeprefix(f"{RELEASES}/").removesuffix(f"/{MANIFEST}"): data
            for path, data in state.data.items()
            if path.startswith(f"{RELEASES}/") and path.endswith(f"/{MANIFEST}")
        },
    )


def with_private_sources(found: ReleaseEvidence, root: Path) -> ReleaseEvidence:
    """Return a release of a clone with what the private folder of this machine shows of it.

    Every source is read for that, so only who looks at the positions asks for it.
    """
    corpus = found.corpus
    return replace(found, kept=kept_sources(root, corpus), mail_faults=mail_faults(root, corpus))


def publication_in(name: ReleaseName, own: Mapping[str, bytes]) -> Publication | None:
    """Return the word that a release was published; None where there is none that can be read."""
    data = own.get(PUBLISHED)
    if data is None:
        return None
    return cast("Publication | None", read_record(name.place(PUBLISHED), "publication", data)[0])


def tag_found(root: Path, name: ReleaseName) -> TagObject | None:
    """Return the tag of a release as it lies in git; None where there is none."""
    tag = tag_of(root, name.tag)
    if tag is None:
        return None
    return TagObject(
        tag.commit, tag.name, tag.payload, tag.signature, _publishes(root, name, tag.commit)
    )


def _publishes(root: Path, name: ReleaseName, commit: str | None) -> bool:
    """Say whether a commit is the one that brought the word about the publication."""
    if commit is None or objects.kind_and_size(root, commit)[0] != "commit":
        return False
    path = name.place(PUBLISHED)
    here = objects.bytes_at(root, commit, [path]).get(path)
    parent = objects.first_parent(root, commit)
    before = objects.bytes_at(root, parent, [path]).get(path) if parent else None
    return here is not None and here != before


def today_of(root: Path, manifest: Manifest, number: int = 0) -> LatestLog | None:
    """Return what HEAD says; None where nothing is committed.

    Up to a `number` behind the release's newest entry, the whole log is read.
    """
    commit = commit_names.head(root)
    if commit is None:
        return None
    blobs = committed_files.governed_files(root, commit)
    entry = path_of_entry(manifest.newest_entry.seq) if manifest.newest_entry else ""
    # Which entries are about acts, only the entries say; where there is no act, none is needed.
    acts = any(path.startswith(ACTS) for path in blobs)
    later = number > (manifest.newest_entry.seq if manifest.newest_entry else 0)
    read = (ACTS, f"{LOG}/") if acts or later else (ACTS, f"{HEADS}/")
    ids = {
        path: blob.id
        for path, blob in blobs.items()
        if path in (GENESIS_PATH, entry)
        or (path.startswith(read) and is_record(path, blob.what) and blob.size <= LIMIT)
    }
    data = committed_files.blob_bytes(root, ids.values())
    corpus = corpus_of_files({path: data[id] for path, id in ids.items()})
    document = corpus.by_path.get(entry)
    record = document.record if document else None
    head = NewestEntry(record.seq, entry_digest(record)) if isinstance(record, LogEntry) else None
    return LatestLog(
        corpus,
        head or (NewestEntry(manifest.newest_entry.seq, "") if manifest.newest_entry else None),
    )


def successors_in_clone(root: Path, name: ReleaseName) -> tuple[Successor, ...]:
    """Return the releases after one, as HEAD and the tags of a clone have them."""
    commit = commit_names.head(root)
    blobs = committed_files.governed_files(root, commit) if commit else {}
    ids = {
        path: blob.id
        for path, blob in blobs.items()
        if path.startswith(f"{RELEASES}/{name.slug}/")
        and path.endswith((MANIFEST, PUBLISHED))
        and is_record(path, blob.what)
        and blob.size <= LIMIT
    }
    data = committed_files.blob_bytes(root, ids.values())
    corpus = corpus_of_files({path: data[id] for path, id in ids.items()})
    return successors_of(name, corpus, tagged_releases(root))


def tagged_releases(root: Path) -> tuple[ReleaseName, ...]:
    """Return the releases that a tag of this clone names, in this history or beside it."""
    found = []
    for tag in refs.all_tags(root):
        with suppress(WrongUse):  # a tag of something else
            found += [name_of(tag)] if "/v" in tag else []
    return tuple(found)


def successors_beside(folder: Path, name: ReleaseName) -> tuple[Successor, ...]:
    """Return the releases after one that lie in folders beside its own, as they themselves say."""
    files: dict[str, bytes] = {}
    others: list[Path] = []
    with suppress(OSError):
        others = sorted(folder.absolute().parent.iterdir())
    for other in others:
        if other != folder.absolute() and is_release_folder(other):
            with suppress(GovkitError):
                manifest = downloads.read(other / MANIFEST)
                own = name_in(manifest)
                published = downloads.read(other / PUBLISHED)
                files |= {own.place(MANIFEST): manifest, own.place(PUBLISHED): published}
    return successors_of(name, corpus_of_files(files))


# --- from a folder --------------------------------------------------------------------------------


class DownloadedRelease(NamedTuple):
    """A folder with a release in it. `fault` says what is wrong with its evidence."""

    found: ReleaseEvidence
    fault: str
    data: Mapping[str, Path]


def is_release_folder(folder: Path) -> bool:
    """Say whether a folder holds a release as it is downloaded."""
    return folder.is_dir() and (folder / SUMS).exists() and (folder / MANIFEST).exists()


def found_in_folder(folder: Path) -> DownloadedRelease:
    """Return a release as it lies in a folder; what travels with it stands for the clone.

    Raises `GovkitError` where the folder or its manifest can't be read.
    """
    files = downloads.files_below(folder)
    own = {
        name: downloads.read(path)
        for name, path in files.items()
        if name in _BESIDE or name.startswith(f"{SIGNATURES}/")
    }
    name = _asked(folder) or name_in(own.get(MANIFEST, b""))
    manifest = manifest_in(name, own.get(MANIFEST, b""))
    built = {name: path for name, path in files.items() if name not in own}
    data, fault = _evidence(built.get(EVIDENCE))
    return DownloadedRelease(
        ReleaseEvidence(
            name,
            manifest,
            publication_in(name, own),
            own,
            corpus_of_files(data),
            data,
            whole=False,
            built={each: downloads.sha256_of(path) for each, path in built.items()},
            place=str(folder),
        ),
        fault,
        built,
    )


def _asked(folder: Path) -> ReleaseName | None:
    """Return the release that a folder is laid out for, as dist/provisions/1.1.0; else None."""
    path = folder.absolute()
    if path.parent.parent.name != LAID_OUT:
        return None
    try:
        return name_of(f"{path.parent.name}/{path.name}")
    except WrongUse:
        return None


def name_in(manifest: bytes) -> ReleaseName:
    """Return the release that a manifest itself says it is of. Raises `GovkitError`."""
    record, faults = read_record("releases/any/0.0.0/manifest.yaml", "manifest", manifest)
    if not isinstance(record, Manifest):
        why = f": {faults[0].message}" if faults else ""
        raise GovkitError(f"the manifest can't be read{why}", "Get the release again.")
    return name_of(f"{slug_of(record.instrument)}/{record.version}")


def _evidence(path: Path | None) -> tuple[dict[str, bytes], str]:
    if path is None:
        return {}, f"{EVIDENCE} is missing, so nothing in it could be looked at"
    try:
        return files_in(downloads.read(path)), ""
    except NoArchive as reason:
        return {}, str(reason)


def corpus_of_files(data: Mapping[str, bytes]) -> Corpus:
    """Return the corpus of some files by path; what is no record is left out."""
    files = {
        path: each for path, each in data.items() if is_record(path, "file") and len(each) <= LIMIT
    }
    documents = list(read_documents((p, each) for p, each in files.items() if not is_copy(p)))
    charter = corpus_of(documents).charter
    documents += [read_copy(path, files[path], charter) for path in files if is_copy(path)]
    return corpus_of(documents)


# --- from a PDF -----------------------------------------------------------------------------------


class PrintedPDF(NamedTuple):
    """A PDF of a release: the manifest that is attached to it, and the digest of its bytes."""

    file: Path
    name: ReleaseName
    manifest: bytes
    sha256: str


def read_pdf(file: Path) -> PrintedPDF:
    """Return what a PDF says about the release that it belongs to. Raises `GovkitError`."""
    data = downloads.read(file)
    try:
        manifests = attached(data, MANIFEST)
    except NoPDF as reason:
        raise GovkitError(
            f"{file} is no PDF that can be read: {reason}", "Get the PDF again."
        ) from None
    if not manifests:
        raise GovkitError(
            f"{file} has no manifest attached to it, so it does not say which release it is of",
            "Only the PDFs of a release have one. Get the PDF from where the release is published.",
        )
    if len(manifests) > 1:
        raise GovkitError(
            f"{file} has {len(manifests)} files named {MANIFEST} attached, and a PDF of a release "
            "has one: somebody changed it",
            "Do not use this copy. Get the PDF from where the release is published.",
        )
    manifest = manifests[0]
    return PrintedPDF(file, name_in(manifest), manifest, sha256(data).hexdigest())


def opened_in(root: Path, name: ReleaseName) -> OpenedRelease | None:
    """Return a release as a clone has it; None where the clone does not know it."""
    try:
        return open_release(root, name)
    except WrongUse:
        return None
