"""The state of a release: the commit that last changed its manifest, opened like a folder.

Everything that a release is made from comes from here, never from the folder on disk.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import filterfalse
from pathlib import Path
from typing import cast

from govkit.corpus.copies import read_copy
from govkit.corpus.documents import document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import GovkitError, WrongUse, listed
from govkit.records.kinds import CHARTER_PATH, RELEASES, is_copy, kind_of_path, release_of_path
from govkit.records.releases import Manifest
from govkit.release.manifest import (
    FOREWORD,
    MANIFEST,
    RECORD_FOLDERS,
    RECORDS,
    SIGNATURES,
    SUMS,
    UMBRELLA,
    ReleaseName,
    name_of,
    slug_of,
)
from govkit.source.folder_contents import fault_of_entry, is_hidden, is_record
from govkit.source.gate import LIMIT
from govkit.source.reading import read_record
from govkit.store import commit_names, committed_files, objects, refs, worktree
from govkit.workspace import Workspace
from govkit.workspace.states import document_at


@dataclass(frozen=True)
class CommitState:
    """A commit, opened: `workspace` as if it were checked out, `data` the bytes of every file.

    `data` has the files below `releases/` too, and those that are no records.
    """

    commit: str
    workspace: Workspace
    data: Mapping[str, bytes]

    @property
    def root(self) -> Path:
        """Return the governed folder, which may be a folder of the repository."""
        return self.workspace.root

    @property
    def corpus(self) -> Corpus:
        """Return all documents, releases included."""
        return self.workspace.corpus

    @cached_property
    def texts(self) -> Corpus:
        """Return the documents that a release is made from: all but those of releases."""
        corpus = self.workspace.corpus
        kept = [each for each in corpus.documents if not each.path.startswith(f"{RELEASES}/")]
        return corpus_of([*kept, *corpus.copies])

    @cached_property
    def records(self) -> dict[str, bytes]:
        """Return the bytes of every file that `RECORDS` lists, by path.

        What discloses words is in no list: it may be taken out, and the release still holds.
        """
        return {
            path: data
            for path, data in self.data.items()
            if _is_governed(path) and kind_of_path(path) != "disclosure"
        }

    @cached_property
    def tree(self) -> str:
        """Return git's id of the tree of the governed folders, releases left out."""
        return objects.tree_of_folders(self.root, self.commit, RECORD_FOLDERS)


def lost_releases(
    root: Path, corpus: Corpus, paths: Container[str], tags: Mapping[str, str]
) -> list[ReleaseName]:
    """Return the releases that have a tag, and whose folder is not among some paths.

    `tags` are those of releases, each with its commit. A tag never set on a release is none.
    """
    found = []
    slugs = {UMBRELLA, *(slug_of(each.id) for each in corpus.of_kind("instrument"))}
    for tag, commit in tags.items():
        with suppress(WrongUse):  # a tag of something else
            name = name_of(tag)
            manifest = name.place(MANIFEST)
            if name.slug in slugs and manifest not in paths:
                found += [name] * (manifest in committed_files.governed_files(root, commit))
    return sorted(found)


def lost_in(state: CommitState) -> list[ReleaseName]:
    """Return the releases whose tag this history holds, and whose folder the state does not."""
    return lost_releases(state.root, state.corpus, state.data, refs.release_tags(state.root))


@dataclass(frozen=True)
class OpenedRelease:
    """A release that was cut: its state, its manifest, and what lies beside it by now.

    `at` is the commit from which it was looked for; `folder` are the files of the release there, by
    name (`SHA256SUMS`, `signatures/one.sig`).
    """

    name: ReleaseName
    at: str
    state: CommitState
    manifest: Manifest
    folder: Mapping[str, bytes]

    @property
    def manifest_bytes(self) -> bytes:
        """Return the manifest as it is written."""
        return self.folder[MANIFEST]

    @property
    def sums(self) -> bytes:
        """Return SHA256SUMS, which is what is signed; empty where it is missing."""
        return self.folder.get(SUMS, b"")

    @property
    def records(self) -> bytes:
        """Return RECORDS as it is written; empty where it is missing."""
        return self.folder.get(RECORDS, b"")

    @property
    def foreword(self) -> str | None:
        """Return what a person says at the head of the notes, or None."""
        data = self.folder.get(FOREWORD)
        return None if data is None else data.decode("utf-8", errors="replace")

    @property
    def signatures(self) -> dict[str, str]:
        """Return the signatures by the ids of those who say that they signed."""
        return {
            name.removeprefix(f"{SIGNATURES}/").removesuffix(".sig"): data.decode(
                "ascii", errors="replace"
            )
            for name, data in sorted(self.folder.items())
            if name.startswith(f"{SIGNATURES}/")
        }


def snapshot_of(root: Path, commit: str, like: CommitState | None = None) -> CommitState:
    """Open a commit, given by its full id; what is as in another one, `like`, is not read again."""
    blobs = committed_files.governed_files(root, commit)
    before = committed_files.governed_files(root, like.commit) if like else {}
    known_data = like.data if like else {}
    data = {
        path: known_data[path]
        for path, blob in blobs.items()
        if path in known_data and before.get(path) == blob
    }
    same = set(data)
    wanted = {p: b.id for p, b in blobs.items() if b.what == "file" and p not in same}
    read = committed_files.blob_bytes(root, wanted.values())
    data |= {path: read[id] for path, id in wanted.items()}
    files = {path: each for path, each in data.items() if is_record(path, "file")}
    others = {path: blob.what for path, blob in blobs.items() if path not in files}
    known = like.corpus.by_path if like else {}
    documents = [
        known[path]
        if path in same and path in known
        else document_at(path, each if len(each) <= LIMIT else None)
        for path, each in files.items()
        if not is_copy(path)
    ]
    for path, what in others.items():
        fault = fault_of_entry(path, what)
        if fault:
            documents.append(document_of(path, None, None, (fault,)))
    charter = corpus_of(documents).charter
    # Of which kind a copy is, the forms of ids in the charter say.
    copies = like.corpus.copies if like and CHARTER_PATH in same else ()
    copied = {each.path: each for each in copies if each.path in same}
    documents += [
        copied[path] if path in copied else read_copy(path, files[path], charter)
        for path in files
        if is_copy(path)
    ]
    return CommitState(commit, Workspace(root, files, others, corpus_of(documents)), data)


def open_release(root: Path, name: ReleaseName, at: str | None = None) -> OpenedRelease:
    """Open a release: from its tag, else as it stands in HEAD; or from the commit `at` (full id).

    Raises `WrongUse` where there is no such release, `GovkitError` where its manifest can't be
    read, `IncompleteHistory` in a clone that lacks its state.
    """
    at = at or _place_of(root, name)
    folder = files_at(root, at, name)
    if MANIFEST not in folder:
        names = _names(root, at)
        raise WrongUse(
            f"there is no release {name} here",
            f"{listed(names)} If others made it: `git pull` brings a candidate, `git fetch --tags` "
            "what is published.",
            typed=str(name),
            known=names,
        )
    manifest = manifest_in(name, folder[MANIFEST])
    commit = objects.last_change(root, at, name.place(MANIFEST))
    assert commit is not None, "a file that is there was put there once"
    return OpenedRelease(name, at, snapshot_of(root, commit), manifest, folder)


def _place_of(root: Path, name: ReleaseName) -> str:
    tag = f"refs/tags/{name.tag}"
    return commit_names.resolve(root, tag if objects.ref(root, tag) else "HEAD")


def _names(root: Path, commit: str) -> list[str]:
    paths = committed_files.governed_files(root, commit)
    return sorted({name for path in paths if (name := release_of_path(path))})


def files_at(root: Path, commit: str, name: ReleaseName) -> dict[str, bytes]:
    """Return the files in the folder of a release in a commit, by their names in that folder."""
    start = f"{name.folder}/"
    blobs = committed_files.governed_files(root, commit)
    ids = {
        path.removeprefix(start): blob.id
        for path, blob in blobs.items()
        if path.startswith(start) and blob.what == "file"
    }
    data = committed_files.blob_bytes(root, ids.values())
    return {file: data[id] for file, id in ids.items()}


def manifest_in(name: ReleaseName, data: bytes) -> Manifest:
    """Return the manifest in these bytes. Raises `GovkitError` where it is not that of the name."""
    record, faults = read_record(name.place(MANIFEST), "manifest", data)
    manifest = cast("Manifest | None", record)
    if manifest is None:
        why = f": {faults[0].message}" if faults else ""
        raise GovkitError(
            f"the manifest of {name} can't be read{why}",
            "Put it back as it was made: `git log` on it shows when it changed.",
        )
    return manifest


def _is_governed(path: str) -> bool:
    return path.split("/", 1)[0] in RECORD_FOLDERS


def differing_files(root: Path, commit: str) -> list[str]:
    """Return the governed files on disk that differ from a commit, sorted by path."""
    committed = committed_files.governed_files(root, commit)
    # Nothing reads what is hidden, so it says nothing about the texts.
    entries = {path: what for path, what in worktree.list_entries(root) if not is_hidden(path)}
    files = {
        path: worktree.read_bytes(root, path) for path, what in entries.items() if what == "file"
    }
    # A file over the limit is read in part only, so its size decides whether it is compared.
    ids = committed_files.blob_ids(root, files, {path: blob.id for path, blob in committed.items()})
    found = set()
    for path in filterfalse(is_hidden, committed.keys() | entries.keys()):
        blob, what = committed.get(path), entries.get(path)
        if (
            blob is None
            or what != blob.what
            or (what == "file" and blob.size < worktree.MAX_BYTES and ids[path] != blob.id)
        ):
            found.add(path)
    return sorted(found)
