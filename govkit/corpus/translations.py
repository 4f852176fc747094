"""How far a translation is: each clause current, behind its original, or missing.

A translation is bound clause by clause to the digest of the words that it renders (`text_digests`).
Where the original changes, its clause is behind; nothing is ever rendered anew by a program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, cast

from govkit.corpus.documents import Document
from govkit.corpus.text_digests import FRAME, clause_digests
from govkit.corpus.whole import Corpus
from govkit.records.governance import Translation
from govkit.records.kinds import NORMATIVE_KINDS

ClauseState = Literal["current", "behind", "missing"]
STATES: tuple[ClauseState, ...] = ("current", "behind", "missing")
DEFINITION = ""
"""The name of the definition of a term, beside clauses, which have ids."""
TO_BE_WRITTEN = "[insert"
"""How words begin that have still to be written, in a sheet that `new` made."""


class Words(NamedTuple):
    """The words of a clause: its text, and its conditions and exceptions in their order."""

    text: str
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return every text of it in one row."""
        return (self.text, *self.conditions, *self.exceptions)


class ClauseStanding(NamedTuple):
    """A clause of the original, with what a translation has of it.

    `id` is `DEFINITION` for that of a term. `digest` is that of the original's clause now, `bound`
    the one that the translation names, empty where it has no such clause.
    """

    id: str
    force: str
    original: Words
    digest: str
    translated: Words | None
    bound: str

    @property
    def state(self) -> ClauseState:
        """Return how far it is."""
        if self.translated is None:
            return "missing"
        return "current" if self.bound == self.digest else "behind"


@dataclass(frozen=True)
class Standing:
    """A translation beside its original, clause by clause in the original's order.

    `document` is None where there is no translation; `digest` is that of the original, or None
    where it can't have one. `extra` are clauses that the original has not (any more).
    """

    language: str
    original: Document
    document: Document | None
    digest: str | None
    clauses: tuple[ClauseStanding, ...]
    extra: tuple[str, ...] = ()

    @property
    def record(self) -> Translation | None:
        """Return the translation as a record."""
        return cast("Translation | None", self.document.record if self.document else None)

    @property
    def title(self) -> str:
        """Return the translated title, or an empty text."""
        return _written(self.record.title) if self.record else ""

    @property
    def is_title_behind(self) -> bool:
        """Say whether something beside the clauses changed: the title, a blank or a definition."""
        return self.record is not None and self.record.source_digest != self.digest

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the number of clauses by state, each state named."""
        counted = Counter(clause.state for clause in self.clauses)
        return {state: counted[state] for state in STATES}

    @property
    def state(self) -> str:
        """Return how far the whole is: that of its worst clause, or else who looked at it.

        `missing` where nothing is there, `behind`, `incomplete`, `unreviewed` or `reviewed`.
        """
        counts = self.counts
        if self.record is None:
            return "missing"
        if counts["behind"]:
            return "behind"
        if counts["missing"] or not self.title:
            return "incomplete"
        return "reviewed" if self.record.reviewed_by else "unreviewed"

    def clause(self, id: str) -> ClauseStanding | None:
        """Return one clause by its id."""
        return next((clause for clause in self.clauses if clause.id == id), None)


def clauses_in_force(document: Document) -> Iterator[Any]:
    """Yield the clauses of a text or book that have words, in print order."""
    record: Any = document.record
    if document.kind == "instrument":
        for field in FRAME:
            yield from getattr(record, field)
    else:
        yield from (each for each in getattr(record, "clauses", ()) if each.withdrawn is None)


def parts_of(parts: Iterable[Any]) -> Iterator[Any]:
    """Yield the parts of a book and those inside them, in print order."""
    for part in parts:
        yield part
        yield from parts_of(part.parts)


def standing_of(corpus: Corpus, original: Document, language: str) -> Standing:
    """Return how far the translation of a record is; the record can be read."""
    found = corpus.by_path.get(f"translations/{language}/{original.id}.yaml")
    document = found if found is not None and isinstance(found.record, Translation) else None
    record = cast("Translation | None", document.record if document else None)
    digest = corpus.digests.of(original)
    clauses = tuple(_clauses(original, record, digest or ""))
    known = {clause.id for clause in clauses}
    extra = tuple(id for id in record.clauses if id not in known) if record else ()
    return Standing(language, original, document, digest, clauses, extra)


def _clauses(
    original: Document, record: Translation | None, digest: str
) -> Iterator[ClauseStanding]:
    if original.kind == "term":
        words = Words(cast(Any, original.record).definition or "")
        text = _written(record.definition or "") if record else ""
        bound = record.source_digest if record and text else ""
        yield ClauseStanding(DEFINITION, "", words, digest, Words(text) if text else None, bound)
        return
    digests = dict(clause_digests(original))
    for clause in clauses_in_force(original):
        has = record.clauses.get(clause.id) if record else None
        own = _words(has) if has else None
        if own is not None and not all(map(_written, own.all)):
            own = None
        yield ClauseStanding(
            clause.id,
            getattr(clause, "force", ""),
            _words(clause),
            digests[clause.id],
            own,
            has.source_digest if has else "",
        )


def _words(clause: Any) -> Words:
    return Words(
        clause.text,
        tuple(getattr(clause, "conditions", ())),
        tuple(getattr(clause, "exceptions", ())),
    )


def _written(text: str) -> str:
    """Return a text, or an empty one where it has still to be written."""
    return "" if TO_BE_WRITTEN in text else text


def translatable(corpus: Corpus) -> list[Document]:
    """Return what can be translated, sorted by id: what is in use and can be read."""
    return sorted(
        (
            document
            for document in corpus.of_kind(*NORMATIVE_KINDS)
            if document.record is not None and document.status not in ("withdrawn", "superseded")
        ),
        key=lambda document: (document.kind == "term", document.id),
    )


def languages_of(corpus: Corpus) -> tuple[str, ...]:
    """Return the languages that the charter has translations in."""
    return tuple(corpus.charter.languages.others) if corpus.charter else ()
