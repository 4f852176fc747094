"""A change of a platform's terms as one value: what changes, what that asks for, and when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from govkit.adoption.change_of_terms.clause_changes import (
    ClauseOnPage,
    OldPage,
    old_page,
    pages_compared,
)
from govkit.adoption.change_of_terms.days import ChangePlan, PlannedDays, plan_of
from govkit.adoption.change_of_terms.kinds import ChangedItem, changed_items
from govkit.adoption.change_of_terms.page_pairs import PageBlock, page_blocks
from govkit.adoption.change_of_terms.requirements import Requirement, requirements_of
from govkit.adoption.change_of_terms.weighing import touched_clauses
from govkit.adoption.page_check import sentences_that_take_back
from govkit.adoption.printed_words import PrintedUnit
from govkit.adoption.terms import PlatformTerms
from govkit.corpus.changes.plain import language_of
from govkit.errors import WrongUse
from govkit.records.terms_change import ChangeOfTerms
from govkit.source.text_blocks import TextBlock


class _Fields(NamedTuple):
    terms: PlatformTerms
    sheet: ChangeOfTerms
    items: tuple[ChangedItem, ...]
    requirements: tuple[Requirement, ...]
    plan: ChangePlan
    not_there: tuple[PrintedUnit, ...]
    page: str


class TermsChange(_Fields):
    """A change. `terms` are those before it; `page` is the text of the new version.

    `not_there` are adopted clauses that do not stand in the old version as the statement says.
    """

    @cached_property
    def open_items(self) -> tuple[ChangedItem, ...]:
        """Return what the platform still has to answer."""
        return tuple(each for each in self.items if each.is_open)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Return everything that the change is, in the words of the provisions."""
        return frozenset(kind for each in self.items for kind in each.kinds)

    @property
    def weighty(self) -> tuple[ChangedItem, ...]:
        """Return what is more than a slip: what users are told."""
        return tuple(each for each in self.items if "significant" in each.kinds)

    def asked(self, name: str) -> Requirement | None:
        """Return what asks for something, by its key."""
        return next((each for each in self.requirements if each.asks == name), None)


class TermsBefore(NamedTuple):
    """The old version with the adopted clauses found on it."""

    terms: PlatformTerms
    page: OldPage
    taking_back: frozenset[str]


_LEAST = 0.5
"""At least so much of the adopted clauses has to stand in the old version."""
_SHORTEST = 0.1


def terms_before(
    terms: PlatformTerms, units: Sequence[PrintedUnit], blocks: Sequence[TextBlock], name: str
) -> TermsBefore:
    """Return the old version; `units` are those of the terms. Raises `WrongUse`."""
    page = old_page(units, page_blocks(blocks))
    clauses = [each for each in page.units if each.unit.kind == "clause"]
    there = sum(each.span is not None for each in clauses)
    if there < _LEAST * len(clauses):
        found = f"{there} of the {len(clauses)} clauses" if there else "none of the clauses"
        raise WrongUse(
            f"in {name} {found} of the statement stand{'s' if there in (0, 1) else ''}",
            "Give the statement of these terms, and the older version first. "
            "`govkit label verify` says clause by clause what stands there.",
        )
    return TermsBefore(terms, page, frozenset(_taking_back(page.blocks, units)))


def terms_change(
    before: TermsBefore,
    blocks: Sequence[TextBlock],
    sheet: ChangeOfTerms,
    today: datetime.date,
    name: str,
) -> TermsChange:
    """Return a change of terms. Raises `WrongUse`, and `TooEarly` where a planned day can't be."""
    terms, old = before.terms, before.page
    new = page_blocks(blocks)
    _require_terms(old.blocks, new, name)
    if [each.words for each in old.blocks] == [each.words for each in new]:
        raise WrongUse(
            f"{name} has the same words as the older version: nothing changes",
            "Give the older version first and the newer one behind it.",
        )
    choices = terms.choices
    compared = pages_compared(old, new, choices.corpus.messages)
    _require_language(compared.clauses, new, choices.corpus.language, name)
    units = [each.unit for each in old.units]
    back = [each for each in _taking_back(new, units) if each not in before.taking_back]
    items = tuple(
        changed_items(
            touched_clauses(choices, compared.clauses),
            compared.passages,
            {each.passage: each for each in sheet.passages},
            back,
            choices.corpus.language,
        )
    )
    _require_answers(sheet, items)
    asked = requirements_of(terms, items, sheet.because, sheet.also)
    days = PlannedDays(sheet.takes_effect, sheet.notice_on, sheet.draft_on)
    plan = plan_of(terms, asked, days, today)
    text = "\n\n".join(each.text for each in new)
    return TermsChange(terms, sheet, items, asked, plan, tuple(_not_there(compared.clauses)), text)


def _taking_back(blocks: Sequence[PageBlock], units: Sequence[PrintedUnit]) -> list[str]:
    return sentences_that_take_back(units, "\n\n".join(each.text for each in blocks))


def _not_there(clauses: Sequence[ClauseOnPage]) -> list[PrintedUnit]:
    return [c.unit for c in clauses if c.unit.kind == "clause" and c.state == "not-there"]


def _require_terms(old: Sequence[PageBlock], new: Sequence[PageBlock], name: str) -> None:
    sizes = [sum(len(each.words) for each in side) for side in (old, new)]
    if sizes[1] < _SHORTEST * sizes[0]:
        what = f"{sizes[1]} words" if sizes[1] else "no words"
        raise WrongUse(
            f"{name} holds {what}, and the older version {sizes[0]}: it is no version of these "
            "terms",
            "Save the page with the whole text, not a banner or a summary.",
        )


def _require_language(
    clauses: Sequence[ClauseOnPage], new: Sequence[PageBlock], language: str, name: str
) -> None:
    """Raise `WrongUse` where no clause stands in a version that reads like another language."""
    if any(each.state in ("same", "moved") for each in clauses if each.unit.kind == "clause"):
        return
    own = language.partition("-")[0]
    found, _ = language_of((each.text for each in new), own)
    if found != own:
        raise WrongUse(
            f"{name} reads like `{found}`, and the statement is in `{own}`",
            "Compare two versions in the language of the statement.",
        )


def _require_answers(sheet: ChangeOfTerms, items: Sequence[ChangedItem]) -> None:
    known = {each.key for each in items}
    for each in sheet.passages:
        if each.passage not in known:
            raise WrongUse(
                f"the sheet answers {each.passage}, and nothing of that name changes",
                "Its words may have been edited since. A new sheet has all that changes: "
                "--new-sheet.",
            )
