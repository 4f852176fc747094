"""What the adopted provisions ask for because of a change, each by its clause and its blank.

Which clause asks for what stands with the provisions (`on_change`); which number, in the platform's
own terms. Those that stand before the change decide, also about a change of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govkit.adoption.change_of_terms.kinds import ChangedItem
from govkit.adoption.terms import PlatformTerms, TermsClause
from govkit.records.texts import ChangeDuty


class Requirement(NamedTuple):
    """One thing that a clause asks for: `value` and `unit` are its time, `of` what calls for it.

    `is_reworded` says that the platform changed the words of the clause, so that it has to be read.
    """

    asks: str
    clause: TermsClause
    value: int | None
    unit: str
    runs: str
    of: tuple[str, ...]
    is_reworded: bool = False

    @property
    def name(self) -> str:
        """Return its clause as it is cited: EXA-DUE-01(a)."""
        return f"{self.clause.text}({self.clause.id})"


def requirements_of(
    terms: PlatformTerms,
    items: Sequence[ChangedItem],
    because: str | None = None,
    also: Sequence[str] = (),
) -> tuple[Requirement, ...]:
    """Return what the terms ask for, in their order; `also` are kinds that go with the change."""
    calling = [(each.key, each.kinds) for each in items]
    calling += [(name, frozenset((name,))) for name in also]
    return tuple(_requirements(terms, calling, because))


Calling = Sequence[tuple[str, frozenset[str]]]


def _requirements(
    terms: PlatformTerms, calling: Calling, because: str | None
) -> Iterator[Requirement]:
    duties = {
        (text.id, duty.clause): duty
        for text in terms.choices.texts
        for duty in getattr(text.record, "on_change", ())
    }
    for clause in terms.clauses():
        duty = duties.get((clause.text, clause.id))
        if duty is None:
            continue
        of = tuple(key for key, kinds in calling if _is_asked(duty, kinds, because))
        if of:
            value, unit = _time(terms, clause, duty, because)
            runs = duty.runs or ""
            yield Requirement(
                duty.asks, clause, value, unit, runs, of, clause.deviation is not None
            )


def _is_asked(duty: ChangeDuty, kinds: frozenset[str], because: str | None) -> bool:
    if not kinds & set(duty.of):
        return False
    if duty.only and because not in duty.only:
        return False
    return because not in duty.unless and not (
        "favourable" in duty.unless and "favourable" in kinds
    )


def _time(
    terms: PlatformTerms, clause: TermsClause, duty: ChangeDuty, because: str | None
) -> tuple[int | None, str]:
    if duty.time is None or because in duty.at_once:
        return None, ""
    value = terms.choices.value_of(clause.text, duty.time)
    document = terms.document(clause.text)
    parameters: Any = getattr(document.record, "parameters", {}) if document else {}
    return (int(value) if value.isdigit() else None), parameters[duty.time].type
