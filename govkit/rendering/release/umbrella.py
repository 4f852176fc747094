"""The page of a release of several books: which versions it holds, and their manifests."""

from __future__ import annotations

from govkit.release.adoption_record import AdoptionRecords
from govkit.release.manifest import slug_of
from govkit.release.release import Release
from govkit.rendering.document import Document, Paragraph, Section, Table
from govkit.rendering.release.colophon import colophon
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.spans import Code, Words
from govkit.rendering.typography import curled


def umbrella_document(release: Release) -> Document:
    """Return the list of the versions that the release holds."""
    said = release.messages
    manifest = release.manifest
    front = front_of_page(release, f"all-{manifest.version}", curled(manifest.title))
    head = (
        said["release.book"],
        said["release.title"],
        said["release.version"],
        said["release.manifest"],
    )
    rows = []
    for held in manifest.holds:
        book = release.corpus.find(("instrument",), held.instrument)
        title = curled(book.title) if book else ""
        rows.append(
            (
                (Code(slug_of(held.instrument)),),
                (Words(title),),
                (Words(held.version),),
                (Code(held.manifest),),
            )
        )
    blocks = (Paragraph((Words(said["release.held"]),)), Table(head, tuple(rows)))
    sections = (
        Section("back", "holds", "", said["release.holds"], blocks),
        *colophon(release, AdoptionRecords({})),
    )
    return Document(front, sections)
