"""What changed in the clauses of a unit, matched by their ids: words, force, parties, limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from govkit.corpus.changes import direction as towards
from govkit.corpus.changes.around import ComparisonContext, lists_of
from govkit.corpus.changes.prose import EMPTY, is_only_marks, prose_change
from govkit.corpus.changes.protected import forces_of, row_of_force
from govkit.corpus.changes.rules import rules_for
from govkit.corpus.changes.values import NO_DIRECTION, ClauseChange, Direction, FieldChange, weight
from govkit.corpus.changes.written import written
from govkit.corpus.documents import Document
from govkit.corpus.text_digests import canonical_clause
from govkit.records.normative import Wording


class _Side(NamedTuple):
    """One state of a clause: the part of the record, its hashed form, and its wordings by name."""

    part: Any
    hashed: Mapping[str, Any]
    text: Wording
    limits: Mapping[str, tuple[Wording, ...]]

    @property
    def is_live(self) -> bool:
        return getattr(self.part, "withdrawn", None) is None


def _sides(name: str, document: Document) -> dict[str, _Side]:
    said = {text.keys: text for text in document.said}
    found = {}
    for at, part in enumerate(getattr(document.record, name)):
        text = said.get((name, at, "text"))
        limits = {
            limit: tuple(said[(name, at, limit, n)].wording for n in range(len(texts)))
            for limit in ("conditions", "exceptions")
            if (texts := getattr(part, limit, ()))
        }
        hashed = (
            canonical_clause(at, part, said)
            if name == "clauses"
            else {"force": getattr(part, "force", "")}
        )
        found[part.id] = _Side(part, hashed, text.wording if text else EMPTY, limits)
    return found


def clause_changes(
    old: Document, new: Document, around: ComparisonContext
) -> Iterator[tuple[list[FieldChange], ClauseChange]]:
    """Yield each clause that differs, with its structured fields that do.

    The definition of a term counts as a clause of its own, without fields.
    """
    for name in lists_of(new.kind or ""):
        yield from _in_list(name, old, new, around)
    if new.kind == "term":
        for clause in _definition(old, new, around):
            yield [], clause


def _in_list(
    name: str, old: Document, new: Document, around: ComparisonContext
) -> Iterator[tuple[list[FieldChange], ClauseChange]]:
    before, after = _sides(name, old), _sides(name, new)
    for id in (*after, *(id for id in before if id not in after)):
        was, is_ = before.get(id), after.get(id)
        if was is None or is_ is None or was.is_live != is_.is_live:
            clause = _come_or_gone(id, was, is_, around)
            if clause is not None:
                yield [], clause
            continue
        fields = list(_clause_fields(f"{name}.{id}", was, is_, new.kind or "", around))
        clause = _clause(id, was, is_, fields, around)
        if clause is not None:
            yield fields, clause


def _come_or_gone(
    id: str, old: _Side | None, new: _Side | None, around: ComparisonContext
) -> ClauseChange | None:
    """Return the change of a clause that is new or gone; a tombstone counts as gone."""
    was = old if old is not None and old.is_live else None
    is_ = new if new is not None and new.is_live else None
    side = is_ or was
    if side is None:
        return None
    way = _way(side.part, around.platform, put_in=is_ is not None)
    return _lone(id, side.text, 8, way, is_ is not None)


def _clause_fields(
    route: str, old: _Side, new: _Side, kind: str, around: ComparisonContext
) -> Iterator[FieldChange]:
    rules = rules_for(kind)
    top = route.split(".", 1)[0]
    for name in ("force", "addressee", "beneficiary", "applies_to"):
        was, is_ = old.hashed.get(name), new.hashed.get(name)
        if was != is_:
            class_ = int(rules[f"{top}.*.{name}"].class_)
            yield FieldChange(
                f"{route}.{name}", was, is_, class_, _way_of(name, old, new, was, is_, around)
            )
    for name in ("conditions", "exceptions"):
        was, is_ = old.hashed.get(name), new.hashed.get(name)
        if was != is_:
            class_ = _class_of_limits(old.limits.get(name, ()), new.limits.get(name, ()), around)
            texts = [[written(w) for w in side.limits.get(name, ())] for side in (old, new)]
            # Below class 5 no duty moves, so there is no direction to speak of (docs/changes.md).
            bound = towards.bound_by(new.part, around.platform)
            way = towards.of_limits(was or (), is_ or (), bound) if class_ >= 5 else NO_DIRECTION
            yield FieldChange(f"{route}.{name}", texts[0], texts[1], class_, way)
    was, is_ = (getattr(side.part, "guidance", None) for side in (old, new))
    if _folded(was) != _folded(is_):
        yield FieldChange(f"{route}.guidance", was, is_, 1)


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


def _way_of(
    name: str, old: _Side, new: _Side, was: Any, is_: Any, around: ComparisonContext
) -> Direction:
    before, after = (towards.bound_by(side.part, around.platform) for side in (old, new))
    if name == "force":
        return towards.of_force(was or "", is_ or "", after)
    if name == "applies_to":
        return towards.of_scope(was, is_, around.axes, [after])
    # Where both sides of a duty changed, each is judged alone.
    other = "beneficiary" if name == "addressee" else "addressee"
    return towards.of_parties(before, after._replace(**{other: getattr(before, other)}))


def _class_of_limits(
    old: tuple[Wording, ...], new: tuple[Wording, ...], around: ComparisonContext
) -> int:
    """Return 1 where each differing condition or exception differs provably in spelling only."""
    if len(old) != len(new):
        return 6
    floors = [
        prose_change(was, is_, around.lexicon).floor for was, is_ in zip(old, new, strict=True)
    ]
    # Spelling may be editorial in a condition too: a typo should not ask for a full round
    # (decision 16).
    return 1 if max(floors, default=6) <= 1 else 6


def _clause(
    id: str, old: _Side, new: _Side, fields: list[FieldChange], around: ComparisonContext
) -> ClauseChange | None:
    prose = prose_change(old.text, new.text, around.lexicon)
    if prose.floor == 0 and not fields:
        return None
    class_ = max([prose.floor, *(weight(field.class_) for field in fields)])
    ways = [_way_of_prose(old, new, prose.floor, fields, around)]
    reasons = (*prose.reasons, *(f"{field.field} changed" for field in fields))
    marks_only = not fields and is_only_marks(old.text, new.text)
    return ClauseChange(
        id,
        class_,
        written(old.text),
        written(new.text),
        prose.evidence,
        reasons,
        towards.together(ways),
        marks_only,
        parties=_parties(new.part),
    )


def _parties(part: Any) -> tuple[str, ...]:
    """Return who owes what to whom, in words that are the same where it is the same."""
    sides = [getattr(part, name, ()) for name in ("addressee", "beneficiary")]
    return (getattr(part, "force", ""), *(", ".join(sorted(side)) for side in sides))


def _way_of_prose(
    old: _Side, new: _Side, floor: int, fields: list[FieldChange], around: ComparisonContext
) -> Direction:
    """Return the direction of the words; where the force field moved too, it says it for both."""
    if floor < 5 or any(field.field.endswith(".force") for field in fields):
        return NO_DIRECTION
    # Where a link or a mark leads elsewhere, the words alone can't tell which way.
    if floor > 5 or old.part is None:
        return towards.UNCLEAR
    language = around.lexicon.language
    was, is_ = (row_of_force(written(side.text, marks=False), language) for side in (old, new))
    before, after = (towards.bound_by(side.part, around.platform) for side in (old, new))
    return towards.of_row(was, is_, forces_of(language), before, after)


def _definition(old: Document, new: Document, around: ComparisonContext) -> Iterable[ClauseChange]:
    was, is_ = (document.said[0].wording if document.said else EMPTY for document in (old, new))
    prose = prose_change(was, is_, around.lexicon)
    if prose.floor == 0:
        return
    # A definition reaches every text that uses the word: no class between proved spelling and 7.
    class_ = 1 if prose.floor == 1 else 7
    way = towards.UNCLEAR if class_ == 7 else NO_DIRECTION
    yield ClauseChange(
        "definition", class_, written(was), written(is_), prose.evidence, prose.reasons, way
    )


def lone_clauses(
    document: Document, around: ComparisonContext, *, put_in: bool
) -> Iterator[ClauseChange]:
    """Yield the clauses of a unit that is new as put in, of one that was removed as taken out."""
    wordings = {said.keys: said.wording for said in document.said}
    if document.kind == "term":
        yield _lone("definition", wordings[("definition",)], 7, towards.UNCLEAR, put_in)
        return
    for name in lists_of(document.kind or ""):
        for at, part in enumerate(getattr(document.record, name)):
            if getattr(part, "withdrawn", None) is None:
                way = _way(part, around.platform, put_in)
                yield _lone(part.id, wordings[(name, at, "text")], 8, way, put_in)


def _way(part: Any, platform: str, put_in: bool) -> Direction:
    has_parties = hasattr(part, "addressee")
    return towards.of_clause(part, platform, put_in=put_in) if has_parties else towards.UNCLEAR


def _lone(id: str, wording: Wording, class_: int, way: Direction, put_in: bool) -> ClauseChange:
    words = written(wording)
    old, new = ("", words) if put_in else (words, "")
    reason = "new" if put_in else "removed"
    return ClauseChange(id, class_, old, new, (), (reason,), way)
