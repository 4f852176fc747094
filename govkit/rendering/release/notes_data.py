"""Notes and comparisons as JSON. The format is a contract: docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from govkit.corpus.whole import Corpus
from govkit.release.adoption_record import AdoptionRecord, AdoptionRecords
from govkit.release.notes import Note, Notes, history_of, notes_of
from govkit.release.release import Release
from govkit.rendering.release import note_words
from govkit.rendering.release.notes import counted
from govkit.rendering.release.people import People, plain

FORMAT_VERSION = 1


def notes_data(release: Release) -> bytes:
    """Return the notes of a release as one JSON object in UTF-8."""
    manifest, corpus = release.manifest, release.corpus
    adoptions = release.adoptions
    history = history_of((*release.earlier, manifest), corpus)
    notes = notes_of(release.previous, corpus, manifest.instrument, adoptions, history)
    value = {
        "version": FORMAT_VERSION,
        "release": {
            "instrument": manifest.instrument,
            "version": manifest.version,
            "dated": release.day,
            "preview": release.is_preview,
        },
        "compared_with": manifest.compared_with,
        "bump": notes.changes.bump if notes.changes else None,
        "summary": [_row(class_, counts) for class_, counts in counted(notes)],
        "changes": [_note(corpus, note) for note in notes.notes],
        "texts": list(_texts(adoptions)),
        "rules": list(notes.changes.others) if notes.changes else [],
        "unread": [each._asdict() for each in notes.changes.unread] if notes.changes else [],
        "history": _history(notes),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _row(class_: object, counts: tuple[int, int, int, int]) -> dict[str, Any]:
    names = ("weaker", "stronger", "unclear", "none")
    return {"class": class_, **dict(zip(names, counts, strict=True)), "all": sum(counts)}


def _note(corpus: Corpus, note: Note) -> dict[str, Any]:
    said = corpus.messages
    change = note.change
    return {
        "id": change.id,
        "kind": change.kind,
        "title": change.title,
        "lead": note.lead,
        "class": change.class_,
        "floor": change.floor,
        "declared": change.declared,
        "unanswered": list(change.unanswered),
        "bump": change.bump,
        "direction": change.direction._asdict(),
        "conformity": change.conformity,
        "before": change.before,
        "after": change.after,
        "affects": list(change.affects),
        "sentences": list(note_words.sentences(said, change)),
        "decision": _decision(corpus, note.adoption),
    }


def _decision(corpus: Corpus, adoption: AdoptionRecord | None) -> dict[str, Any] | None:
    if adoption is None or adoption.resolved is None or adoption.decided is None:
        return None
    people = People(corpus, adoption.resolved)
    return {
        "proposal": adoption.resolved.id,
        "outcome": adoption.decided.outcome,
        "withdraws": adoption.decided.withdraws,
        "day": adoption.resolved.record.now.date().isoformat(),
        "consents_by_group": dict(adoption.decided.given.by_group),
        "dissents": [
            {"name": people.name(member), "reason": plain(reason) if reason else None}
            for member, reason in adoption.dissents
        ],
        "groups_not_heard": list(adoption.groups_not_heard),
    }


def _texts(adoptions: AdoptionRecords) -> Iterator[dict[str, Any]]:
    for adoption in adoptions.by_id.values():
        yield {
            "id": adoption.id,
            "digest": adoption.unit.digest,
            "adopted_by": adoption.unit.adopted_by,
            "outcome": adoption.decided.outcome if adoption.decided else None,
            "withdraws": bool(adoption.decided and adoption.decided.withdraws),
        }


def _history(notes: Notes) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "version": each.version,
            "day": each.day,
            "what": each.what,
            "class": each.number,
        }
        for each in notes.history
    ]
