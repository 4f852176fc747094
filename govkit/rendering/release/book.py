"""The book of a release: the texts in the words of the manifest's state, with their standing."""

from __future__ import annotations

from dataclasses import replace

from govkit.release.release import Release
from govkit.rendering.book import book_of
from govkit.rendering.document import Attachment, Document
from govkit.rendering.release.umbrella import umbrella_document

MANIFEST = "manifest.yaml"


def book_of_release(release: Release) -> Document:
    """Return the book, or the list of the books that a release of several holds.

    Raises `GovkitError` where its instrument can't be read.
    """
    instrument = release.manifest.instrument
    if instrument is None:
        return umbrella_document(release)
    document = book_of(release.corpus, instrument, release=release)
    return document


def with_manifest(document: Document, release: Release) -> Document:
    """Return the document such that its PDF carries the manifest."""
    kind = "application/yaml"
    manifest = Attachment(
        MANIFEST, release.messages["release.manifest-file"], kind, release.manifest_bytes
    )
    return replace(document, attached=(manifest,))
