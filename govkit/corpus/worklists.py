"""Worklists for translators: what is to be translated, as rows; and what rows that came back say.

A row is bound to the words of the original that the translator saw, and to the translation that
was there then. So nothing is lost where either changed meanwhile: words come in bound to what they
were made from, and stand as behind; words that somebody else changed are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.translations import (
    DEFINITION,
    ClauseStanding,
    Standing,
    Words,
    clauses_in_force,
    parts_of,
    standing_of,
    translatable,
)
from govkit.corpus.whole import Corpus
from govkit.source.worklist_rows import (
    RowMark,
    WorkRow,
    as_cell,
    as_text,
    folded_words,
    mark_of,
    read_mark,
    state_of_words,
)

Outcome = Literal["new", "changed", "fits", "same", "empty", "behind", "conflict", "gone"]
"""What became of a row. `fits`: old words that a translator found right beside new originals;
`behind`: taken in, and the original changed meanwhile; `conflict`: somebody else translated it
meanwhile; `gone`: the original has no such text any more. The last two are not taken in."""

_FIELDS = ("conditions", "exceptions")


class TakenRow(NamedTuple):
    """A row that came back, what became of it, and the words as they are written."""

    row: WorkRow
    outcome: Outcome
    id: str
    part: str
    words: str
    mark: RowMark


# --- out ------------------------------------------------------------------------------------------


def rows_of(standing: Standing) -> Iterator[WorkRow]:
    """Yield the rows of a record and its translation; one without a digest has none."""
    if standing.digest is None:
        return
    id, language = standing.original.id, standing.language
    original: Any = standing.original.record
    behind = "behind" if standing.is_title_behind else "current"

    def row(place: str, state: str, words: str, own: str, digest: str, note: str = "") -> WorkRow:
        own = as_cell(own)
        mark = mark_of(language, digest, own)
        return WorkRow(place, state, state == "current", as_cell(words), own, note, mark)

    title = standing.title
    note = _TITLE_BEHIND if behind == "behind" else ""
    state = behind if title else "missing"
    yield row(f"{id}#title", state, standing.original.title, title, standing.digest, note)
    for clause in standing.clauses:
        place = f"{id}.{clause.id}" if clause.id != DEFINITION else f"{id}#definition"
        own = clause.translated or Words("")
        yield row(place, clause.state, clause.original.text, own.text, clause.digest, _note(clause))
        for field in _FIELDS:
            there = getattr(own, field)
            for at, words in enumerate(getattr(clause.original, field)):
                said = there[at] if at < len(there) else ""
                state = clause.state if said else "missing"
                yield row(f"{place}#{field}.{at}", state, words, said, clause.digest)
    for part in parts_of(getattr(original, "parts", ())):
        own_title = standing.record.parts.get(part.id, "") if standing.record else ""
        state = "current" if own_title else "missing"
        yield row(f"{id}#parts.{part.id}", state, part.title, own_title, standing.digest)


_TITLE_BEHIND = (
    "Something beside the clauses changed: the title, a blank, a source, or a definition that the "
    "text uses. Look at the title; mark it as done if it still fits."
)


def _note(clause: ClauseStanding) -> str:
    force = f"Force: {clause.force}." if clause.force else ""
    behind = "The original changed; the translation is of its earlier words."
    return " ".join(filter(None, (force, behind if clause.state == "behind" else "")))


# --- in -------------------------------------------------------------------------------------------


def taken_rows(corpus: Corpus, rows: Iterable[WorkRow]) -> list[TakenRow]:
    """Return what each row says. A row without a mark that can be read is `gone`, too."""
    known = {document.id: document for document in translatable(corpus)}
    standings: dict[tuple[str, str], Standing] = {}
    found = []
    for row in rows:
        id, part = _place(row.place)
        mark = read_mark(row.mark)
        document = known.get(id)
        if mark is None or document is None:
            found.append(TakenRow(row, "gone", id, part, "", mark or RowMark("", "", "")))
            continue
        key = (mark.language, id)
        if key not in standings:
            standings[key] = standing_of(corpus, document, mark.language)
        found.append(_taken(row, id, part, mark, standings[key]))
    return found


def _place(place: str) -> tuple[str, str]:
    """Return the id of a place and what stands behind it: `PRN-01`, `.a#exceptions.0`."""
    place = place.strip()
    at = min((at for sign in ".#" if (at := place.find(sign)) > 0), default=len(place))
    return place[:at], place[at:]


def _taken(row: WorkRow, id: str, part: str, mark: RowMark, standing: Standing) -> TakenRow:
    now = {each.place: each for each in rows_of(standing)}.get(row.place.strip())
    if now is None:
        return TakenRow(row, "gone", id, part, "", mark)
    there = read_mark(now.mark)
    assert there is not None, now.mark
    words = as_text(row.words, now.original)
    said, is_there = folded_words(words), folded_words(now.words)
    outcome: Outcome
    if not said:
        outcome = "empty"
    elif said == is_there:
        fits = row.is_done and now.state == "behind"
        outcome = "same" if not fits else "fits" if mark.digest == there.digest else "behind"
    elif mark.was != state_of_words(now.words):
        outcome = "conflict"
    elif mark.digest != there.digest:
        outcome = "behind"
    else:
        outcome = "changed" if is_there else "new"
    return TakenRow(row, outcome, id, part, words, mark)


def values_with(
    values: Mapping[str, Any], taken: Sequence[TakenRow], original: Document
) -> dict[str, Any]:
    """Return the plain data of a translation with the rows that are taken in.

    All rows are of this record. A clause is bound to the words that its row was made from.
    """
    after: dict[str, Any] = dict(values)
    after["clauses"] = {id: dict(clause) for id, clause in (values.get("clauses") or {}).items()}
    after["parts"] = dict(values.get("parts") or {})
    written = [each for each in taken if each.outcome in ("new", "changed", "behind", "fits")]
    for each in written:
        _put(after, each, original)
    for name in ("clauses", "parts"):
        if not after[name]:
            del after[name]
        else:
            after[name] = _in_order(after[name], name, original)
    if any(each.outcome in ("new", "changed") for each in written) and after.get("reviewed_by"):
        after["reviewed_by"] = None  # these words nobody has compared yet
    return after


def _put(after: dict[str, Any], each: TakenRow, original: Document) -> None:
    place, _, inside = each.part.partition("#")
    if not place:
        if inside.startswith("parts."):
            after["parts"][inside.removeprefix("parts.")] = each.words
            return
        if each.outcome != "fits":
            after[inside] = each.words
        after["source_digest"] = each.mark.digest
        return
    id = place.removeprefix(".")
    clause = after["clauses"].get(id) or _begun(original, id, each.mark.digest)
    after["clauses"][id] = clause
    if not inside:
        clause["source_digest"] = each.mark.digest
    if each.outcome == "fits":
        return  # its lines stay as they are
    if not inside:
        clause["text"] = each.words
        return
    field, at = inside.split(".")
    texts = list(clause.get(field) or ())
    texts += [_TO_WRITE] * (int(at) + 1 - len(texts))
    texts[int(at)] = each.words
    clause[field] = texts


_TO_WRITE = "[insert the words]"


def _begun(original: Document, id: str, digest: str) -> dict[str, Any]:
    clause = next(each for each in clauses_in_force(original) if each.id == id)
    begun: dict[str, Any] = {"text": _TO_WRITE}
    for field in _FIELDS:
        texts = getattr(clause, field, ())
        if texts:
            begun[field] = [_TO_WRITE] * len(texts)
    return {**begun, "source_digest": digest}


def _in_order(values: dict[str, Any], name: str, original: Document) -> dict[str, Any]:
    record: Any = original.record
    several = parts_of(record.parts) if name == "parts" else clauses_in_force(original)
    first = [each.id for each in several if each.id in values]
    return {id: values[id] for id in (*first, *(id for id in values if id not in first))}
