"""Answers to a score, with its arithmetic: points by weight, coverage, and how firm it is.

A score says nothing without its coverage, and under the floor of the profile it has no grade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govkit.records.assessments import AnswerValue, Criterion, ScoreProfile


class ScoreRow(NamedTuple):
    """One criterion in the score: its value, and why it is not counted where it is not."""

    criterion: str
    value: AnswerValue | None
    weight: int
    points: int | None
    why_not: str = ""


class Sensitivity(NamedTuple):
    """What the score would be if something that is not sure were otherwise."""

    what: str
    points: float


class Score(NamedTuple):
    """The score of an evaluation; `points` of a hundred, None where nothing counts."""

    points: float | None
    grade: str | None
    coverage: float
    floor: int
    why_no_grade: str
    counts: Mapping[str, int]
    sensitivity: tuple[Sensitivity, ...]
    rows: tuple[ScoreRow, ...]
    profile: str


Final = Mapping[str, AnswerValue | None]
"""The value of each criterion on which there is one."""


def score_of(
    criteria: tuple[Criterion, ...],
    final: Final,
    profile: ScoreProfile,
    left_out: Mapping[str, str],
    *,
    is_empty: bool = False,
) -> Score:
    """Return the score. `left_out` says why a criterion does not count, as being stale."""
    rows = tuple(_rows(criteria, final, profile, left_out))
    asked = sum(row.weight for row in rows if row.why_not not in _NOT_ASKED)
    counted = [row for row in rows if row.points is not None]
    weight = sum(row.weight for row in counted)
    coverage = round(100 * weight / asked, 1) if asked else 0.0
    points = None if is_empty else _mean(counted)
    why = _why_no_grade(points, coverage, profile, is_empty)
    grade = None if why or points is None else _grade(points, profile)
    counts: dict[str, int] = {
        value: sum(row.value == value for row in rows)
        for value in (*profile.points, "not-found-here", "not-applicable")
    }
    lines = () if points is None else tuple(_sensitivity(rows, counted))
    return Score(
        points, grade, coverage, profile.coverage_floor, why, counts, lines, rows, profile.version
    )


NOT_APPLICABLE, OTHER_SERVICE = "not applicable", "for other services"
_NOT_ASKED = (NOT_APPLICABLE, OTHER_SERVICE)


def _rows(
    criteria: tuple[Criterion, ...],
    final: Final,
    profile: ScoreProfile,
    left_out: Mapping[str, str],
) -> Iterator[ScoreRow]:
    for each in criteria:
        value = final.get(each.of)
        weight = profile.weights.get(each.force, 0)
        why = left_out.get(each.of, "")
        if not why and value is None:
            why = "not answered"
        elif not why and value == "not-applicable":
            why = NOT_APPLICABLE
        elif not why and value is not None and value not in profile.points:
            why = "not found is not no"
        points = None if why or value is None else profile.points[value]
        yield ScoreRow(each.of, value, weight, points, why)


def _mean(rows: list[ScoreRow]) -> float | None:
    weight = sum(row.weight for row in rows)
    if not weight:
        return None
    return round(sum(row.weight * (row.points or 0) for row in rows) / weight, 1)


def _why_no_grade(
    points: float | None, coverage: float, profile: ScoreProfile, is_empty: bool
) -> str:
    if is_empty:
        return "no document of the set has words of terms"
    if points is None:
        return "no answer counts"
    if coverage < profile.coverage_floor:
        return f"coverage is {coverage:g}, and a grade asks for {profile.coverage_floor}"
    return ""


def _grade(points: float, profile: ScoreProfile) -> str | None:
    reached = [(least, grade) for grade, least in profile.grades.items() if points >= least]
    return max(reached)[1] if reached else None


def _sensitivity(rows: tuple[ScoreRow, ...], counted: list[ScoreRow]) -> Iterator[Sensitivity]:
    open_ = [row for row in rows if row.points is None and row.why_not not in _NOT_ASKED]
    if open_:
        for what, points in (("all that is open were `contradicts`", 0), ("… `met`", 100)):
            mean = _mean([*counted, *(row._replace(points=points) for row in open_)])
            if mean is not None:
                yield Sensitivity(what.replace("…", "all that is open were"), mean)
    for points in (25, 75):
        others = [r._replace(points=points) if r.value == "partly" else r for r in counted]
        mean = _mean(others)
        if mean is not None and any(row.value == "partly" for row in counted):
            yield Sensitivity(f"`partly` gave {points} points", mean)
    same = _mean([row._replace(weight=1) for row in counted])
    if same is not None:
        yield Sensitivity("all criteria weighed the same", same)
