"""The redline of a release against the version that it is compared with."""

from __future__ import annotations

from dataclasses import replace

from govkit.corpus.changes.values import Changes
from govkit.languages.catalogue import Messages
from govkit.release.notes import book_changes
from govkit.release.release import Release
from govkit.rendering import change_phrases
from govkit.rendering.changes import document_of_changes
from govkit.rendering.document import Document, Fact
from govkit.rendering.release import words
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.spans import Words
from govkit.rendering.typography import curled


def redline_document(release: Release, *, tracked: bool = False) -> Document:
    """Return every change of every text, in full. The release is compared with another one.

    `tracked` is for a format with tracked changes (`rendering/tracked`).
    """
    said = release.messages
    manifest, previous = release.manifest, release.previous
    assert previous is not None
    changes = book_changes(previous, release.corpus, manifest.instrument)
    # From a draft to adopted words, status and words change in one step, as they should.
    together = tuple(replace(change, mixed=False) for change in changes.changes)
    changes = replace(changes, changes=together)
    old, new = (
        words.version(said, str(each)) for each in (manifest.compared_with, manifest.version)
    )
    document = document_of_changes(
        release.corpus, old, new, changes, marks=not tracked, tracked=tracked
    )
    title = f"{said['release.redline']}: {curled(manifest.title)}"
    front = front_of_page(
        release, f"redline-{manifest.version}", title, _facts(old, new, changes, said)
    )
    notice = f"{front.notice} {said['changes.prevails']}"
    return replace(document, front=replace(front, notice=notice))


def _facts(old: str, new: str, changes: Changes, said: Messages) -> tuple[Fact, ...]:
    count = str(len(changes.changes)) if changes.changes else said["changes.nothing"]
    return (
        Fact(said["changes.from"], (Words(old),)),
        Fact(said["changes.to"], (Words(new),)),
        Fact(said["changes.how-many"], (Words(count),)),
        Fact(
            said["changes.next-version"], (Words(change_phrases.bump_in_words(said, changes.bump)),)
        ),
    )
