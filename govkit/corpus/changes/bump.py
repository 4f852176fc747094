"""Which part of the version a change asks to raise, by the rule that the charter chose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from govkit.corpus.changes.values import Class, Conformity
from govkit.records.enumerations import BUMPS, Bump

# The table of docs/changes.md. Which of the rules holds, the charter says in `bump`.
_BY_CLASS: dict[Class, Bump] = {
    0: "none",
    1: "patch",
    2: "patch",
    3: "minor",
    4: "minor",
    5: "major",
    6: "major",
    7: "major",
    8: "major",
    "S": "none",
}


def bump_of(
    rule: Literal["by-class", "by-conformity", "calendar"],
    class_: Class,
    conformity: Conformity,
    *,
    light: bool,
) -> Bump:
    """Return what a change asks for.

    `light` says that a change of class 7 or 8 reaches no text, or only recommends to the platform.
    Under `calendar` the version is a date, and the bump by class is shown and binds nobody.
    """
    by_class = "minor" if light and class_ in (7, 8) else _BY_CLASS[class_]
    # Conformity is about duties; what bears on none (classes 0 to 2) keeps its bump.
    if rule != "by-conformity" or by_class in ("none", "patch"):
        return by_class
    return "minor" if conformity == "still conforms" else "major"


def highest(bumps: Iterable[Bump]) -> Bump:
    """Return the highest of some bumps, `none` where there are none."""
    return max(bumps, key=BUMPS.index, default="none")
