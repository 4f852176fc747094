"""Two releases compared, whichever they are: the sum by class and direction, then the notes."""

from __future__ import annotations

from dataclasses import replace

from govkit.release.notes import Notes, notes_of
from govkit.release.release import Release
from govkit.rendering.document import Document, Fact, Facts
from govkit.rendering.release import note_words, words
from govkit.rendering.release.edition import front_of_page, proof_of
from govkit.rendering.release.notes import changes_sections
from govkit.rendering.spans import Words
from govkit.rendering.typography import curled


def comparison_document(old: Release, new: Release) -> Document:
    """Return what changed from one release of a book to another one."""
    said = new.messages
    front = front_of_page(new, "comparison", curled(new.manifest.title))
    older, newer = (words.version(said, each.manifest.version) for each in (old, new))
    title = said.say("redline.from-to", old=older, new=newer)
    notes = _notes(old, new)
    facts = Facts(
        (
            *(
                Fact(name, (Words(f"{each.manifest.version}, {each.messages.date(each.day)}"),))
                for name, each in ((said["notes.earlier"], old), (said["notes.later"], new))
            ),
            Fact(
                said["notes.asked"],
                (Words(note_words.bump_of(said, notes.changes.bump if notes.changes else None)),),
            ),
            *proof_of(new),
        )
    )
    front = replace(
        front, title=f"{front.title}: {title}", notice=said["notes.compared"], facts=facts, draft=""
    )
    return Document(front, tuple(changes_sections(new, notes)))


def _notes(old: Release, new: Release) -> Notes:
    adoptions = new.adoptions
    return notes_of(old.corpus, new.corpus, new.manifest.instrument, adoptions)
