"""What each deviation of a platform amounts to: its class and which way it goes.

The project's own comparison says so: the text as it stands, and the text with the platform's words
in their place.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from govkit.adoption.choices import Choices
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.changes.values import NO_DIRECTION, Change, Class, Direction
from govkit.corpus.documents import Document, document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.records.adoption import Deviation


class WeighedDeviation(NamedTuple):
    """A deviation with its class, its direction, and why it has that class."""

    text: str
    clause: str
    deviation: Deviation
    class_: Class
    direction: Direction
    reasons: tuple[str, ...]


def weighed(choices: Choices) -> tuple[WeighedDeviation, ...]:
    """Return each deviation of a platform as a change of the text, in the order of the profile."""
    return tuple(
        _weighed(choices, text, clause, deviation)
        for (text, clause), deviation in choices.changed.items()
    )


def _weighed(choices: Choices, id: str, clause: str, deviation: Deviation) -> WeighedDeviation:
    document = next(text for text in choices.texts if text.id == id)
    old = choices.corpus
    new = _with(old, document, changed_text(document, clause, deviation))
    change = next((each for each in changes_of(old, new, {id}) if each.id == id), None)
    if change is None:
        return WeighedDeviation(id, clause, deviation, 0, NO_DIRECTION, ())
    reasons = tuple(reason for each in change.clauses for reason in each.reasons)
    return WeighedDeviation(id, clause, deviation, change.class_, change.direction, reasons)


def changed_text(document: Document, clause: str, deviation: Deviation) -> Document | None:
    """Return a text with a platform's words in it; None where the whole is left out."""
    if not clause:
        return None
    record: Any = document.record
    clauses = []
    for each in record.clauses:
        if each.id != clause:
            clauses.append(each)
        elif deviation.left_out is None:
            given = {
                name: value
                for name in ("text", "conditions", "exceptions")
                if (value := getattr(deviation, name)) is not None
            }
            clauses.append(each.model_copy(update=given))
    return document_of(
        document.path, document.kind, record.model_copy(update={"clauses": tuple(clauses)}), ()
    )


def _with(corpus: Corpus, old: Document, new: Document | None) -> Corpus:
    kept = [each for each in corpus.documents if each is not old]
    return corpus_of([*kept, *([new] if new is not None else [])])


def changes_of(old: Corpus, new: Corpus, ids: Collection[str]) -> tuple[Change, ...]:
    """Return what changed in some texts and terms, compared with all that the comparison asks."""
    return changes_between(_around(old, ids), _around(new, ids)).changes if ids else ()


def _around(corpus: Corpus, ids: Collection[str]) -> Corpus:
    """Return a corpus of what a comparison of texts needs: they, terms, books, the charter."""
    kinds = ("term", "instrument", "charter")
    return corpus_of([each for each in corpus.documents if each.kind in kinds or each.id in ids])
