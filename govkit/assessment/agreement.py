"""How far coders agree beyond chance, with intervals: per cent, kappa, alpha, AC1.

Sources: J. Cohen 1960 (kappa, two coders); K. Krippendorff, Content Analysis, 4th ed., ch. 12
(alpha, nominal); K. L. Gwet 2008 (AC1). The categories are those of the scale, whether they were
used or not. The intervals are percentiles of a bootstrap over criteria, from a fixed seed: the same
answers give the same bytes.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

from govkit.records.assessments import ANSWER_VALUES

Row = tuple[str, ...]
"""The values of one criterion, in the order of the coders."""

RESAMPLES = 1_000
SEED = 20_261
FEWEST = 10
"""Under so many criteria an interval says little, and a report says so."""


class Coefficient(NamedTuple):
    """A measure with its interval of 95 per cent; None where it can't be told."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None


class Agreement(NamedTuple):
    """How far coders agree: over how many criteria, and by which measures."""

    coders: tuple[str, ...]
    compared: int
    measures: tuple[Coefficient, ...]
    differing: tuple[tuple[str, Row], ...]
    """The criteria in which they differ, each with the value of each coder."""

    def measure(self, name: str) -> Coefficient:
        """Return one of the measures by its name."""
        return next(each for each in self.measures if each.name == name)


def agreement_of(coders: Sequence[str], values: Sequence[tuple[str, Row]]) -> Agreement:
    """Return the agreement over the criteria that all coders answered."""
    rows = [row for _, row in values]
    names: dict[str, Callable[[Sequence[Row]], float | None]] = {
        "per cent": percent,
        **({"kappa": kappa} if len(coders) == 2 else {}),
        "alpha": alpha,
        "AC1": ac1,
    }
    samples = list(_samples(rows))
    measures = tuple(_with_interval(name, of, rows, samples) for name, of in names.items())
    differing = tuple((of, row) for of, row in values if len(set(row)) > 1)
    return Agreement(tuple(coders), len(rows), measures, differing)


def percent(rows: Sequence[Row]) -> float | None:
    """Return the share of pairs of coders that gave one value."""
    pairs = [one == other for row in rows for one, other in combinations(row, 2)]
    return sum(pairs) / len(pairs) if pairs else None


def kappa(rows: Sequence[Row]) -> float | None:
    """Return Cohen's kappa of two coders; None where both gave one value throughout."""
    observed = percent(rows)
    if observed is None:
        return None
    first, second = (Counter(row[at] for row in rows) for at in (0, 1))
    chance = sum(first[value] * second[value] for value in ANSWER_VALUES) / len(rows) ** 2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def alpha(rows: Sequence[Row]) -> float | None:
    """Return Krippendorff's alpha for nominal data; None where only one value was given."""
    counts = Counter(value for row in rows for value in row)
    total = sum(counts.values())
    observed = percent(rows)
    if observed is None or len(counts) < 2:
        return None
    pairs = total * total - sum(count * count for count in counts.values())
    expected = pairs / (total * (total - 1))
    return 1 - (1 - observed) / expected


def ac1(rows: Sequence[Row]) -> float | None:
    """Return Gwet's AC1 over the whole scale."""
    observed = percent(rows)
    if observed is None:
        return None
    counts = Counter(value for row in rows for value in row)
    total = sum(counts.values())
    shares = [counts[value] / total for value in ANSWER_VALUES]
    chance = sum(share * (1 - share) for share in shares) / (len(ANSWER_VALUES) - 1)
    return (observed - chance) / (1 - chance)


def _samples(rows: Sequence[Row]) -> list[list[Row]]:
    if len(rows) < 2:
        return []
    draw = random.Random(SEED)  # noqa: S311 - a resample is no secret, and has to be the same again
    return [draw.choices(rows, k=len(rows)) for _ in range(RESAMPLES)]


def _with_interval(
    name: str,
    of: Callable[[Sequence[Row]], float | None],
    rows: Sequence[Row],
    samples: list[list[Row]],
) -> Coefficient:
    value = of(rows)
    found = sorted(each for each in map(of, samples) if each is not None)
    if value is None or len(found) < RESAMPLES // 2:
        return Coefficient(name, _rounded(value))
    low, high = found[int(0.025 * len(found))], found[int(0.975 * len(found)) - 1]
    return Coefficient(name, _rounded(value), _rounded(low), _rounded(high))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0
