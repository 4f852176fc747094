"""Which version gave each part of a record the words that it has now.

The parts of a text are its title, its clauses and its blanks; of a term its definition; of a record
that binds nobody each of its fields. The words of a clause are its text, its conditions and its
exceptions, in the form that is hashed: so where a line ends, or how the file is written, never
counts. Who is bound, and how strongly, is no word; the history of the record shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from govkit.corpus.changes.around import lists_of
from govkit.corpus.changes.canonical import plain
from govkit.corpus.changes.history import HistoryStep, RecordMoment
from govkit.corpus.changes.prose import literal
from govkit.corpus.changes.values import Class
from govkit.corpus.changes.written import words_of
from govkit.corpus.documents import Document, NormativeText
from govkit.corpus.text_digests import hashed_words
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.normative import Wording


class OriginPart(NamedTuple):
    """A part of a record: `kind` is `title`, `definition`, `clause`, `blank` or `field`.

    `value` is what is compared between versions, `words` what a person reads. Both are empty for a
    clause that was withdrawn.
    """

    kind: str
    id: str
    value: Any
    words: str


class WordsOrigin(NamedTuple):
    """A part as it is now, and the moment that gave it its words, by its place in the row.

    `class_` is the class that the change of this part had then; None where that is not known.
    """

    part: OriginPart
    moment: int
    class_: Class | None


def origins_of(
    moments: Sequence[RecordMoment], step_at: Callable[[int], HistoryStep]
) -> tuple[WordsOrigin, ...]:
    """Return the parts of the newest moment, in the order of the record, each with its origin.

    The newest moment has a record. `step_at` gives the step of a moment; it is asked only for the
    moments that gave words. Moments that can't be read give none: the next one that can is named.
    """
    newest = moments[-1].document
    assert newest is not None
    parts = list(parts_of(newest))
    open_parts = {(part.kind, part.id): part.value for part in parts}
    found: dict[tuple[str, str], int] = {}
    holder = len(moments) - 1
    for at in range(len(moments) - 2, -1, -1):
        document = moments[at].document
        if document is not None and document.record is None:
            continue
        older = _values(document)
        for key, value in list(open_parts.items()):
            if key not in older or older[key] != value:
                found[key] = holder
                del open_parts[key]
        holder = at
        if not open_parts:
            break
    found |= dict.fromkeys(open_parts, holder)
    return tuple(_origin(part, found[part.kind, part.id], step_at) for part in parts)


def _values(document: Document | None) -> Mapping[tuple[str, str], Any]:
    if document is None:
        return {}
    return {(part.kind, part.id): part.value for part in parts_of(document)}


def _origin(part: OriginPart, moment: int, step_at: Callable[[int], HistoryStep]) -> WordsOrigin:
    return WordsOrigin(part, moment, _class_of(part, step_at(moment)))


def _class_of(part: OriginPart, step: HistoryStep) -> Class | None:
    """Return the class of the change of one part; that of the whole where the record was new."""
    if step.change is not None and step.verb != "new":
        for clause in step.change.clauses:
            if part.kind in ("clause", "definition") and clause.id == part.id:
                return clause.class_
        for field in step.change.fields:
            if field.field == ("parameters" if part.kind == "blank" else part.id):
                return field.class_
    return step.class_


def parts_of(document: Document) -> Iterator[OriginPart]:
    """Yield the parts of a document that has a record, in the order of the record."""
    kind = document.kind or ""
    if kind not in NORMATIVE_KINDS:
        fields: dict[str, Any] = plain(document.record) or {}
        for name, value in fields.items():
            yield OriginPart("field", name, value, _shown(value))
        return
    record: Any = document.record
    name = "term" if kind == "term" else "title"
    title = getattr(record, name)
    yield OriginPart("title", name, hashed_words(literal(title)), title)
    said = {text.keys: text for text in document.said}
    if kind == "term" and ("definition",) in said:
        yield _part("definition", "definition", [said[("definition",)]])
    for field in lists_of(kind):
        for at, clause in enumerate(getattr(record, field)):
            if getattr(clause, "withdrawn", None) is not None:
                yield OriginPart("clause", clause.id, None, "")
            else:
                yield _part("clause", clause.id, list(_of_clause(field, at, said)))
    for name, blank in getattr(record, "parameters", {}).items():
        yield OriginPart("blank", name, plain(blank), f"{blank.default} {blank.type}")


def _of_clause(field: str, at: int, said: Mapping[Any, NormativeText]) -> Iterator[NormativeText]:
    for keys, text in said.items():
        if keys[:2] == (field, at):
            yield text


def _part(kind: str, id: str, texts: list[NormativeText]) -> OriginPart:
    # Which of the fields holds the words is one thing, what they say another: both count.
    value = [[text.keys[2:], hashed_words(text.wording)] for text in texts]
    return OriginPart(kind, id, value, " ".join(map(_words, (text.wording for text in texts))))


def _words(wording: Wording) -> str:
    return " ".join(words_of(block) for block in wording.blocks)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return "" if value is None else " ".join(str(value).split())
