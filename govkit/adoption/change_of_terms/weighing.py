"""What the change of each adopted clause amounts to: its class and which way it goes for the user.

The project's own comparison says so, of the text as the platform had it and as it has it then. Of
a blank its parameter says whom a higher number serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from govkit.adoption.change_of_terms.clause_changes import ClauseOnPage
from govkit.adoption.change_of_terms.new_wording import NewWording, old_wording, wording_of
from govkit.adoption.choices import Choices, bounds_in_words
from govkit.adoption.deviations import changes_of
from govkit.adoption.drafting import ClauseSource, sources_of
from govkit.corpus.changes.direction import together
from govkit.corpus.changes.values import Change, Class, Direction, Protection
from govkit.corpus.documents import Document, document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.languages.voice import voice_words
from govkit.records import normative

What = Literal["blanks", "reworded", "left-out", "moved"]
_BLANK = re.compile(r"\{(\w+)\}")


class ChangedBlank(NamedTuple):
    """A blank with another number. `bounds` are those that the number is out of, or empty."""

    text: str
    name: str
    old: str
    new: str
    meaning: str
    unit: str
    protection: Protection
    bounds: str = ""


class TouchedClause(NamedTuple):
    """An adopted clause that the change touches, in the platform's own number."""

    text: str
    id: str
    number: str
    what: What
    class_: Class
    direction: Direction
    reasons: tuple[str, ...]
    old: str
    new: str
    blanks: tuple[ChangedBlank, ...] = ()
    wording: NewWording | None = None

    @property
    def name(self) -> str:
        """Return the clause as it is cited: EXA-DUE-01(a)."""
        return f"{self.text}({self.id})"


def touched_clauses(choices: Choices, clauses: Sequence[ClauseOnPage]) -> list[TouchedClause]:
    """Return the adopted clauses that are not as they were, in the order of print."""
    changed = [each for each in clauses if each.unit.kind == "clause" and each.state in _TOUCHED]
    keys = {(each.unit.text, each.unit.id) for each in changed}
    return list(_Weighing(choices, changed, sources_of(choices, keys)).touched())


_TOUCHED = ("changed", "gone", "moved")


Weight = tuple[tuple[str, str], tuple[Class, Direction, tuple[str, ...]]]
"""A clause by its text and id, with its class, its direction, and why."""


def _of_clauses(change: Change) -> Iterator[Weight]:
    """Yield the weight of each clause of a change, its limits with it."""
    for clause in change.clauses:
        route = f"clauses.{clause.id}."
        ways = [each.direction for each in change.fields if each.field.startswith(route)]
        direction = together([clause.direction, *ways])
        yield (change.id, clause.id), (clause.class_, direction, clause.reasons)


class _Weighing:
    def __init__(
        self,
        choices: Choices,
        changed: Sequence[ClauseOnPage],
        sources: Mapping[tuple[str, str], ClauseSource],
    ) -> None:
        self.choices, self.changed, self.sources = choices, changed, sources
        words = voice_words(choices.corpus.language.split("-")[0])
        units = words.units if words else {}
        self.wordings = {
            key: wording_of(each, sources[key], units)
            for each in changed
            if each.state == "changed"
            for key in [(each.unit.text, each.unit.id)]
        }
        self.weights = dict(self._weights())

    def touched(self) -> Iterator[TouchedClause]:
        for each in self.changed:
            key = (each.unit.text, each.unit.id)
            wording = self.wordings.get(key)
            blanks = tuple(self._blanks(each.unit.text, wording))
            what: What = "reworded"
            if each.state == "moved":
                what = "moved"
            elif each.state == "gone":
                what = "left-out"
            elif blanks:
                what = "blanks"
            class_, direction, reasons = self.weights.get(key, (2, Direction(), ()))
            if blanks:
                direction = _of_blanks(blanks)
            old, new = (" ".join(b.text for b in side) for side in (each.old, each.new))
            yield TouchedClause(
                *key, each.unit.number, what, class_, direction, reasons, old, new, blanks, wording
            )

    # --- blanks -----------------------------------------------------------------------------------

    def _blanks(self, text: str, wording: NewWording | None) -> Iterator[ChangedBlank]:
        document = next(each for each in self.choices.texts if each.id == text)
        parameters: Any = getattr(document.record, "parameters", {})
        for name, new in (wording.blanks or {}).items() if wording else ():
            old, parameter = self.choices.value_of(text, name), parameters[name]
            if old != new:
                meaning = " ".join(parameter.meaning.split())
                yield ChangedBlank(
                    text, name, old, new, meaning, parameter.type,
                    _protection(parameter, old, new), _out_of(parameter, new),
                )  # fmt: skip

    # --- the project's own comparison -------------------------------------------------------------

    def _weights(self) -> Iterator[Weight]:
        ids = {each.unit.text for each in self.changed if each.state != "moved"}
        if not ids:
            return
        old, new = (self._corpus(ids, is_new=is_new) for is_new in (False, True))
        for change in changes_of(old, new, ids):
            if not change.clauses or change.id not in {d.id for d in new.documents}:
                yield from self._of_whole(change.id, change.class_, old)
            yield from _of_clauses(change)

    def _of_whole(self, id: str, class_: Class, old: Corpus) -> Iterator[Weight]:
        """Yield the weight of each clause of a provision that went as a whole: one by one."""
        document = next(each for each in old.documents if each.id == id)
        for clause in getattr(document.record, "clauses", ()):
            rest = tuple(
                each for each in getattr(document.record, "clauses", ()) if each is not clause
            )
            if not rest:
                continue
            alone = corpus_of(
                [*(d for d in old.documents if d is not document), _with_clauses(document, rest)]
            )
            for change in changes_of(old, alone, {id}):
                for key, (_, direction, reasons) in _of_clauses(change):
                    yield key, (class_, direction, reasons)

    def _corpus(self, ids: set[str], *, is_new: bool) -> Corpus:
        documents = []
        for each in self.choices.corpus.documents:
            if each.id in ids and each in self.choices.texts:
                clauses = tuple(self._clauses(each, is_new=is_new))
                if clauses:
                    documents.append(_with_clauses(each, clauses))
            else:
                documents.append(each)
        return corpus_of(documents)

    def _clauses(self, document: Document, *, is_new: bool) -> Iterator[Any]:
        gone = {
            each.unit.id
            for each in self.changed
            if each.unit.text == document.id and each.state == "gone"
        }
        record: Any = document.record
        for clause in record.clauses:
            if not self.choices.takes(document, clause) or (is_new and clause.id in gone):
                continue
            deviation = self.choices.changed.get((document.id, clause.id))
            if deviation is not None and deviation.left_out is not None:
                continue
            source = self.sources.get((document.id, clause.id))
            if source is not None:
                wording = self.wordings.get((document.id, clause.id)) if is_new else None
                yield self._set(document.id, clause, wording or old_wording(source))
            else:
                yield clause

    def _set(self, text: str, clause: Any, wording: NewWording) -> Any:
        """Return a clause in other words, with numbers in the place of its blanks."""
        values = dict(wording.blanks or {})

        def filled(words: str) -> str:
            return _BLANK.sub(
                lambda name: values.get(name[1]) or self.choices.value_of(text, name[1]), words
            )

        update = {
            "text": filled(wording.text),
            "conditions": tuple(map(filled, wording.conditions)),
            "exceptions": tuple(map(filled, wording.exceptions)),
        }
        return clause.model_copy(update=update)


def _with_clauses(document: Document, clauses: tuple[Any, ...]) -> Document:
    record: Any = document.record
    new = record.model_copy(update={"clauses": clauses})
    return document_of(document.path, document.kind, new, ())


def reads_as_clause(wording: NewWording) -> bool:
    """Say whether the words of a clause fit the grammar of clauses."""
    several = (wording.text, *wording.conditions, *wording.exceptions)
    return bool(wording.text) and not any(normative.read(each).flaws for each in several)


def _protection(parameter: Any, old: str, new: str) -> Protection:
    favours = getattr(parameter, "favours", None)
    if favours not in ("longer", "shorter") or not (old.isdigit() and new.isdigit()):
        return "unclear"
    return "stronger" if (int(new) > int(old)) == (favours == "longer") else "weaker"


def _of_blanks(blanks: Sequence[ChangedBlank]) -> Direction:
    duties = {"stronger": "tighter", "weaker": "looser"}
    return together(
        Direction(duties.get(each.protection, "unclear"), each.protection)  # type: ignore[arg-type]
        for each in blanks
    )


def _out_of(parameter: Any, value: str) -> str:
    low, high = getattr(parameter, "minimum", None), getattr(parameter, "maximum", None)
    if not value.isdigit():
        return ""
    is_out = (low is not None and int(value) < low) or (high is not None and int(value) > high)
    return bounds_in_words(parameter) if is_out else ""
