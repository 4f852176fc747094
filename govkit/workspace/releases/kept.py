"""Whether the folder still holds what was released: each release, and the headings of its book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from govkit.checks.arrangement import rearranged
from govkit.corpus.books import slug_of_book
from govkit.corpus.documents import Document
from govkit.errors import GovkitError, WrongUse
from govkit.findings import Finding
from govkit.source.gate import LIMIT
from govkit.store import committed_files, refs
from govkit.workspace import Workspace

if TYPE_CHECKING:
    from govkit.release.manifest import ReleaseName


def not_as_released(workspace: Workspace) -> tuple[Finding, ...]:
    """Return what was released and is gone, and headings that are not those of the last release.

    The tags of git alone know of it. Where there is no git, or it can't be read, nothing is said: a
    check reads files, and holds without git.
    """
    try:
        return tuple(_not_as_released(workspace))
    except GovkitError:
        return ()


def _not_as_released(workspace: Workspace) -> Iterator[Finding]:
    if not refs.has_release_tags(workspace.root):
        return  # nearly always; then what knows releases is not even imported
    from govkit.release.manifest import MANIFEST
    from govkit.workspace.releases.states import lost_releases

    tags = refs.release_tags(workspace.root)
    for lost in lost_releases(workspace.root, workspace.corpus, workspace.files, tags):
        yield Finding(
            "release-changed",
            f"{lost} was released, and its folder is gone",
            lost.place(MANIFEST),
            stops="merge",
            id=str(lost),
            help=f"{lost.put_back} Commit it.",
        )
    for book in workspace.corpus.of_kind("instrument"):
        let_stand = {entry.rule for entry in getattr(book.record, "suppress", ())}
        newest = next(
            (each for each in _releases(tags) if each.slug == slug_of_book(book.id)), None
        )
        if newest is not None and book.record is not None and "heading-changed" not in let_stand:
            old = _book_at(workspace, book, tags[newest.tag])
            for each in rearranged(old, book, workspace.corpus):
                yield replace(each, rule="heading-changed")


def _releases(tags: Mapping[str, str]) -> Iterator[ReleaseName]:
    """Yield the releases that tags are of, newest first."""
    from govkit.release.manifest import name_of

    for tag in tags:
        with suppress(WrongUse):
            yield name_of(tag)


def _book_at(workspace: Workspace, book: Document, commit: str) -> Document | None:
    blob = committed_files.governed_files(workspace.root, commit).get(book.path)
    if blob is None or blob.what != "file" or blob.size > LIMIT:
        return None
    from govkit.workspace.states import document_at

    return document_at(book.path, committed_files.blob_bytes(workspace.root, {blob.id})[blob.id])
