"""Agreement between coders, held against two packages that compute nothing else."""

import random

import pytest

from govkit.assessment.agreement import ac1, agreement_of, alpha, kappa, percent
from govkit.records.assessments import ANSWER_VALUES

ORACLES = [
    (1, 2, 12, 0.75000, 0.68421, 0.69058, 0.70419),
    (2, 2, 30, 0.56667, 0.44993, 0.45757, 0.48590),
    (3, 2, 48, 0.64583, 0.56939, 0.57094, 0.57668),
    (4, 2, 120, 0.67500, 0.59491, 0.59592, 0.61301),
    (5, 3, 20, 0.51667, None, 0.41921, 0.42208),
    (6, 3, 60, 0.56111, None, 0.46440, 0.47566),
    (7, 4, 40, 0.63333, None, 0.55339, 0.56184),
    (8, 2, 5, 0.40000, 0.25000, 0.20588, 0.30556),
]
"""Seed, coders, criteria, and what irrCAC 0.4.4 (per cent, kappa, AC1 over the whole scale) and
krippendorff 0.9.0 (alpha) give for the table of that seed. They bring a numerical library of a
hundred megabytes with them, so their figures stand here in their place."""


def rows_of(seed: int, coders: int, count: int) -> list[tuple[str, ...]]:
    draw = random.Random(seed)
    rows = []
    for _ in range(count):
        first = draw.choices(ANSWER_VALUES, (5, 3, 4, 2, 6, 1))[0]
        others = (
            first if draw.random() < 0.6 else draw.choice(ANSWER_VALUES) for _ in range(coders - 1)
        )
        rows.append((first, *others))
    return rows


@pytest.mark.parametrize(
    ("seed", "coders", "count", "share", "cohen", "krippendorff", "gwet"), ORACLES
)
def test_the_figures_are_those_of_the_packages(
    seed: int,
    coders: int,
    count: int,
    share: float,
    cohen: float | None,
    krippendorff: float,
    gwet: float,
) -> None:
    rows = rows_of(seed, coders, count)
    found = (percent(rows), alpha(rows), ac1(rows))
    assert found == pytest.approx((share, krippendorff, gwet), abs=1e-4)
    assert cohen is None or kappa(rows) == pytest.approx(cohen, abs=1e-4)


def test_the_interval_holds_the_figure_and_is_the_same_again() -> None:
    values = [(f"EXA-1({n})", row) for n, row in enumerate(rows_of(3, 2, 48))]
    found = agreement_of(("a", "b"), values)
    assert found == agreement_of(("a", "b"), values)
    for each in found.measures:
        assert each.low is not None
        assert each.value is not None
        assert each.high is not None
        assert -1 <= each.low < each.value < each.high <= 1
    assert len(found.differing) == 48 - round(48 * (found.measure("per cent").value or 0))


def test_where_chance_cannot_be_told_there_is_no_figure() -> None:
    found = agreement_of(("a", "b"), [(f"EXA-1({n})", ("met", "met")) for n in range(5)])
    assert [(each.name, each.value) for each in found.measures] == [
        ("per cent", 1.0),
        ("kappa", None),
        ("alpha", None),
        ("AC1", 1.0),
    ]
    assert all(each.value is None for each in agreement_of(("a", "b"), []).measures)


def test_three_coders_have_no_kappa() -> None:
    values = [("EXA-1(a)", ("met", "met", "silent"))]
    assert [each.name for each in agreement_of(("a", "b", "c"), values).measures] == [
        "per cent",
        "alpha",
        "AC1",
    ]
