"""What a platform has taken in after a change: its choices then, and the terms that they give.

A blank within its bounds is another choice; any other change of a clause is a deviation, with the
words of the new page, and stands in the statement with its class and direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from govkit.adoption.change_of_terms.new_wording import NewWording
from govkit.adoption.change_of_terms.weighing import ChangedBlank, TouchedClause, reads_as_clause
from govkit.adoption.choices import Choices, ProfileRefused, choices_of
from govkit.adoption.drafting import terms_of
from govkit.adoption.page_check import PageFinding, page_findings
from govkit.adoption.printed_words import printed_units
from govkit.adoption.terms import PlatformTerms
from govkit.records.adoption import AdoptionProfile, Deviation


class AdoptionAfter(NamedTuple):
    """What is taken in after a change. `terms` are none where it can't be stated; `why` says so.

    `findings` are what on the new page is not as these terms have it.
    """

    terms: PlatformTerms | None
    findings: tuple[PageFinding, ...] = ()
    why: str = ""

    @property
    def is_on_page(self) -> bool:
        """Say whether the new page bears these terms, so that its label would be true."""
        return self.terms is not None and not self.findings


def adoption_after(
    choices: Choices, touched: Sequence[TouchedClause], reason: str
) -> PlatformTerms | str:
    """Return the terms that the choices after a change give; or why they can't be stated."""
    fault = ""
    for with_blanks in (True, False):
        profile = _profile_after(choices, touched, reason, with_blanks=with_blanks)
        try:
            return terms_of(choices_of(profile, choices.corpus, "after"))
        except ProfileRefused as refused:
            fault = refused.findings[0].message
    return fault


def held_against_page(terms: PlatformTerms, frame: list[str], page: str) -> tuple[PageFinding, ...]:
    """Return what on a page is not as some terms have it; `frame` are those of section 1."""
    units = tuple(printed_units(terms, frame))
    return tuple(each for each in page_findings(units, page) if each.found != "true")


def _profile_after(
    choices: Choices, touched: Sequence[TouchedClause], reason: str, *, with_blanks: bool
) -> AdoptionProfile:
    filled = _blanks_after(choices, touched) if with_blanks else {}
    blanks = {text: dict(values) for text, values in choices.profile.blanks.items()}
    for (text, name), value in filled.items():
        blanks.setdefault(text, {})[name] = value
    named = {each.name for each in touched if not _is_filled(each, filled)}
    gone = _whole_texts(choices, touched)
    kept = [
        each
        for each in choices.profile.deviations
        if each.clause not in named and each.clause.partition("(")[0] not in gone
    ]
    added = [
        *(Deviation(clause=text, left_out=reason) for text in sorted(gone)),
        *_deviations(choices, touched, filled, gone, reason),
    ]
    return choices.profile.model_copy(update={"blanks": blanks, "deviations": (*kept, *added)})


def _blanks_after(
    choices: Choices, touched: Sequence[TouchedClause]
) -> Mapping[tuple[str, str], str]:
    """Return the blanks that are another number now in every clause in which they stand."""
    found: dict[tuple[str, str], dict[str, ChangedBlank]] = {}
    for each in touched:
        for blank in each.blanks:
            found.setdefault((each.text, blank.name), {})[each.id] = blank
    gone = {(each.text, each.id) for each in touched if each.what == "left-out"}
    filled = {}
    for (text, name), clauses in found.items():
        document = next(each for each in choices.texts if each.id == text)
        used = {said.clause for said, run in document.blanks if run.target == name}
        used = {
            each for each in used if (text, each) not in gone and _is_taken(choices, text, each)
        }
        values = {blank.new for blank in clauses.values()}
        if (
            used <= set(clauses)
            and len(values) == 1
            and not any(b.bounds for b in clauses.values())
        ):
            filled[text, name] = values.pop()
    return filled


def _is_taken(choices: Choices, text: str, id: str) -> bool:
    document = next(each for each in choices.texts if each.id == text)
    clause = next(each for each in getattr(document.record, "clauses", ()) if each.id == id)
    deviation = choices.changed.get((text, id))
    return choices.takes(document, clause) and not (deviation and deviation.left_out)


def _is_filled(each: TouchedClause, filled: Mapping[tuple[str, str], str]) -> bool:
    if each.what == "moved":
        return True
    return bool(each.blanks) and all((each.text, blank.name) in filled for blank in each.blanks)


def _whole_texts(choices: Choices, touched: Sequence[TouchedClause]) -> set[str]:
    """Return the provisions of which every clause that stood in the terms is gone."""
    gone: dict[str, set[str]] = {}
    for each in touched:
        if each.what == "left-out":
            gone.setdefault(each.text, set()).add(each.id)
    whole = set()
    for text, ids in gone.items():
        document = next(each for each in choices.texts if each.id == text)
        clauses = getattr(document.record, "clauses", ())
        if {each.id for each in clauses if _is_taken(choices, text, each.id)} <= ids:
            whole.add(text)
    return whole


def _deviations(
    choices: Choices,
    touched: Sequence[TouchedClause],
    filled: Mapping[tuple[str, str], str],
    whole: set[str],
    reason: str,
) -> Iterator[Deviation]:
    for each in touched:
        if each.text in whole or _is_filled(each, filled):
            continue
        if each.what == "left-out" or each.wording is None:
            yield Deviation(clause=each.name, left_out=reason)
        else:
            yield _reworded(choices, each, each.wording, filled, reason)


def _reworded(
    choices: Choices,
    each: TouchedClause,
    wording: NewWording,
    filled: Mapping[tuple[str, str], str],
    reason: str,
) -> Deviation:
    wording = _with_numbers(each, wording, filled)
    if not reads_as_clause(wording):
        wording = NewWording(each.new, (), ())
    document = next(text for text in choices.texts if text.id == each.text)
    record = next(c for c in getattr(document.record, "clauses", ()) if c.id == each.id)
    had = choices.changed.get((each.text, each.id))
    limits = {}
    for name in ("conditions", "exceptions"):
        now = getattr(wording, name)
        if now != tuple(getattr(record, name)) or (had and getattr(had, name) is not None):
            limits[name] = now
    return Deviation(clause=each.name, text=wording.text, reason=reason, **limits)


def _with_numbers(
    each: TouchedClause, wording: NewWording, filled: Mapping[tuple[str, str], str]
) -> NewWording:
    """Return the words with a number in the place of a blank that can't be filled in with it."""
    text, conditions, exceptions = wording[:3]
    for blank in each.blanks:
        if (each.text, blank.name) not in filled:
            sign = f"{{{blank.name}}}"
            text = text.replace(sign, blank.new)
            conditions = tuple(words.replace(sign, blank.new) for words in conditions)
            exceptions = tuple(words.replace(sign, blank.new) for words in exceptions)
    return NewWording(text, conditions, exceptions)
