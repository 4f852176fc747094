"""How answers become a score, in versions: an old evaluation keeps the profile that it was made by.

Version 1. A `met` has all points and a `partly` half of them. Terms that are silent give nothing,
and terms that contradict give nothing: the report counts the two apart. `not-found-here` has no
points, since not found is not no, and `not-applicable` has none: neither is counted.
"""

from __future__ import annotations

from govkit.errors import WrongUse
from govkit.records.assessments import ScoreProfile

_FIRST = ScoreProfile.model_construct(
    version="1",
    points={"met": 100, "partly": 50, "silent": 0, "contradicts": 0},
    weights={"must": 3, "must-not": 3, "should": 1, "should-not": 1, "may": 0, "declares": 0},
    coverage_floor=60,
    grades={"A": 80, "B": 60, "C": 40, "D": 20, "E": 0},
)
SCORE_PROFILES = {each.version: each for each in (_FIRST,)}
NEWEST = "1"


def score_profile(version: str) -> ScoreProfile:
    """Return the profile of a version. Raises `WrongUse` where there is none."""
    if version not in SCORE_PROFILES:
        known = ", ".join(SCORE_PROFILES)
        raise WrongUse(f"there is no score profile {version}", f"There are: {known}.")
    return SCORE_PROFILES[version]
