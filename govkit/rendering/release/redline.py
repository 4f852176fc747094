"""The redline of a release against the version that it is compared with."""

from __future__ import annotations

from dataclasses import replace

from govkit.corpus.changes.values import Changes
from govkit.release.notes import book_changes
from govkit.release.release import Release
from govkit.rendering import change_phrases
from govkit.rendering.changes import document_of_changes
from govkit.rendering.document import Document, Fact, Words
from govkit.rendering.release import words
from govkit.rendering.release.edition import front_of_page
from govkit.rendering.typography import curled


def redline_document(release: Release) -> Document:
    """Return every change of every text, in full. The release is compared with another one."""
    manifest, previous = release.manifest, release.previous
    assert previous is not None
    changes = book_changes(previous, release.corpus, manifest.instrument)
    # From a draft to adopted words, status and words change in one step, as they should.
    together = tuple(replace(change, mixed=False) for change in changes.changes)
    changes = replace(changes, changes=together)
    old, new = (words.version(str(each)) for each in (manifest.compared_with, manifest.version))
    document = document_of_changes(release.corpus, old, new, changes)
    title = f"{words.REDLINE}: {curled(manifest.title)}"
    front = front_of_page(release, f"redline-{manifest.version}", title, _facts(old, new, changes))
    notice = f"{front.notice} {change_phrases.PREVAILS}"
    return replace(document, front=replace(front, notice=notice))


def _facts(old: str, new: str, changes: Changes) -> tuple[Fact, ...]:
    count = str(len(changes.changes)) if changes.changes else change_phrases.NOTHING
    return (
        Fact(change_phrases.FROM, (Words(old),)),
        Fact(change_phrases.TO, (Words(new),)),
        Fact(change_phrases.HOW_MANY, (Words(count),)),
        Fact(change_phrases.NEXT_VERSION, (Words(change_phrases.bump_in_words(changes.bump)),)),
    )
