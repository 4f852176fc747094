"""The report on evaluations on the screen, as a table for office programs, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from govkit.assessment.day_found import all_asked, asked_differently, changes_between
from govkit.cli.output import json_text
from govkit.cli.printing.table import table
from govkit.cli.printing.words import visible
from govkit.rendering.assessment_report import facts_of, quoted_words, remedy_words
from govkit.source.csv_grid import write_csv
from govkit.source.xlsx_grid import write_xlsx

if TYPE_CHECKING:
    from govkit.assessment.day_found import ClauseFound, DayFound
    from govkit.procedures.assessment.evaluation_days import EvaluationDays

_HEAD = (
    "SERVICE",
    "DAY",
    "STATE",
    "CRITERION",
    "FORCE",
    "VALUE",
    "COUNTS NOT BECAUSE",
    "FOR",
    "AGAINST",
    "LOOKED FOR",
    "REASONS",
    "ADOPT",
    "IN PLACE OF",
)
_WIDTHS = (14, 12, 12, 16, 10, 14, 20, 50, 50, 24, 50, 16, 50)


def as_text(found: Sequence[EvaluationDays]) -> str:
    """Return the report for a screen."""
    lines: list[str] = []
    for each in found:
        lines += [visible(each.shown.name), *_facts(each.shown), ""]
    days = [each.shown for each in found] if len(found) > 1 else _answered(found[0])
    if days:
        lines += [*_side_by_side(days), ""]
    for each in found:
        lines += _changes(each)
    if len(found) == 1:
        lines += [line for clause in found[0].shown.clauses for line in _clause(clause)]
    return click.unstyle("\n".join(lines).rstrip("\n") + "\n")


def _answered(found: EvaluationDays) -> list[DayFound]:
    return [each for each in found.days if each.is_shown or each is found.shown]


def _facts(day: DayFound) -> Iterator[str]:
    for name, words in facts_of(day):
        yield f"  {name + ':':<13} {visible(words)}"


def _side_by_side(days: Sequence[DayFound]) -> list[str]:
    head = ["CLAUSE", *(visible(each.name) for each in days)]
    rows = [
        [of, *((c.word if (c := day.clause(of)) else "not asked") for day in days)]
        for of in all_asked(days)
    ]
    lines = table(head, rows).splitlines()
    other = asked_differently(days)
    if other:
        lines.append(f"Asked in other words, so not to be compared: {', '.join(other)}.")
    return lines


def _changes(found: EvaluationDays) -> Iterator[str]:
    for old, new in pairwise([each for each in found.days if each.is_shown]):
        yield visible(f"{new.papers.documents.service}, from {old.day} to {new.day}:")
        for each in changes_between(old, new):
            other = " (the clause has other words since)" if each.other_words else ""
            yield f"  {each.of}: {each.before} became {each.after}{other}"
        yield ""


def _clause(found: ClauseFound) -> Iterator[str]:
    if found.value is None:
        return
    yield f"{found.criterion.of}: {found.word}"
    for each in found.quotes:
        yield f"  {each.says}: {visible(quoted_words(each))}"
    for who, words in found.reasons:
        yield f"  {visible(who)}: {visible(' '.join(words.split()))}"
    if found.remedy:
        yield f"  Remedy: {visible(remedy_words(found.remedy))}"


# --- for programs --------------------------------------------------------------------------------


def as_table(found: Sequence[EvaluationDays], format_: str) -> bytes:
    """Return a row for each clause of each day that has answers, as CSV or XLSX."""
    days = {day.papers.folder: day for each in found for day in _answered(each)}
    rows = [_HEAD, *(_row(day, each) for day in days.values() for each in day.clauses)]
    return write_csv(rows) if format_ == "csv" else write_xlsx("Answers", rows, _WIDTHS)


def _row(day: DayFound, found: ClauseFound) -> tuple[str, ...]:
    quotes = [" | ".join(q.exact for q in found.said(which)) for which in ("for", "against")]
    remedy = found.remedy
    return (
        day.papers.documents.service,
        day.day,
        day.state,
        found.criterion.of,
        found.criterion.force,
        found.value or "",
        found.why_not_counted,
        *quotes,
        "; ".join(found.searched),
        " | ".join(f"{who}: {' '.join(words.split())}" for who, words in found.reasons),
        remedy.adopt if remedy else "",
        " | ".join(q.exact for q in remedy.replaces) if remedy else "",
    )


def as_json(found: Sequence[EvaluationDays]) -> str:
    """Return the evaluations of each service as JSON."""
    services = [
        {
            "service": each.shown.papers.documents.service,
            "shown": each.shown.day,
            "days": [_day(day) for day in each.days],
        }
        for each in found
    ]
    return json_text({"version": 1, "services": services})


def _day(day: DayFound) -> dict[str, object]:
    score, evaluation = day.score, day.papers.evaluation
    first, last = day.coded()
    measures = day.agreement.measures if day.agreement else ()
    return {
        "day": day.day,
        "state": day.state,
        "superseded_by": day.superseded_by or None,
        "invented": day.papers.documents.invented,
        "book": evaluation.book,
        "release": evaluation.release,
        "commit": evaluation.commit,
        "coders": list(evaluation.coders),
        "coded": [first, last] if first else None,
        "points": score.points,
        "grade": score.grade,
        "why_no_grade": score.why_no_grade or None,
        "coverage": score.coverage,
        "floor": score.floor,
        "agreement": {each.name: each.value for each in measures} or None,
        "stale": list(day.stale),
        "clauses": [_clause_data(each) for each in day.clauses],
    }


def _clause_data(found: ClauseFound) -> dict[str, object]:
    remedy = found.remedy
    return {
        "criterion": found.criterion.of,
        "digest": found.criterion.digest,
        "force": found.criterion.force,
        "value": found.value,
        "why_not_counted": found.why_not_counted or None,
        "quotes": [
            {"document": q.document, "exact": q.exact, "says": q.says} for q in found.quotes
        ],
        "looked_for": list(found.searched),
        "reasons": [{"who": who, "words": words} for who, words in found.reasons],
        "remedy": {"adopt": remedy.adopt, "replaces": [q.exact for q in remedy.replaces]}
        if remedy
        else None,
    }
