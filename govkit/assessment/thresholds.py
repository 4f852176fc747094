"""Numbers in terms against the bounds of a clause: a number is compared, and not judged.

A clause leaves a number to the platform within bounds. Terms whose number is within them meet it.
One that is up to twice as bad meets it partly: half of the least, or double of the most.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, get_args

from govkit.records.assessments import StatedNumber, Threshold
from govkit.records.base import TIMES

Standing = Literal["met", "partly", "outside", "not-comparable"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)

_HOURS = {"hours": 1, "days": 24, "weeks": 7 * 24, "months": 30 * 24, "years": 365 * 24}
_WORKING_DAYS_OF_WEEK = 5
"""A month is taken for 30 days and a year for 365 where units differ."""


class Compared(NamedTuple):
    """A stated number, what it was compared with, and how it stands."""

    threshold: Threshold
    stated: StatedNumber
    standing: Standing


def threshold_of(name: str, parameter: Any) -> Threshold | None:
    """Return the bounds of a blank, or None where it is no number or nobody is served by it."""
    if parameter.type == "text":
        return None
    low, high = parameter.minimum, parameter.maximum
    if parameter.favours == "longer":
        least = parameter.default if low is None else low
        return Threshold(
            parameter=name, unit=parameter.type, met_from=least, partly_from=max(1, least // 2)
        )
    if parameter.favours == "shorter":
        most = parameter.default if high is None else high
        return Threshold(parameter=name, unit=parameter.type, met_to=most, partly_to=2 * most)
    if low is None and high is None:
        return None
    return Threshold(parameter=name, unit=parameter.type, met_from=low, met_to=high)


def standing_of(threshold: Threshold, stated: StatedNumber) -> Standing:
    """Return how a stated number stands to the bounds; times in another unit are brought to it."""
    value, scale = _in_one_unit(threshold.unit, stated)
    if value is None:
        return "not-comparable"
    if _within(value, threshold.met_from, threshold.met_to, scale):
        return "met"
    partly = (threshold.partly_from, threshold.partly_to)
    if partly != (None, None) and _within(value, *partly, scale):
        return "partly"
    return "outside"


def compared(thresholds: tuple[Threshold, ...], numbers: dict[str, StatedNumber]) -> list[Compared]:
    """Return each stated number with how it stands, in the order of the thresholds."""
    return [
        Compared(each, numbers[each.parameter], standing_of(each, numbers[each.parameter]))
        for each in thresholds
        if each.parameter in numbers
    ]


def threshold_words(threshold: Threshold) -> str:
    """Return the bounds in words: `reply_days: met from 3 days, partly from 1`."""
    parts = []
    for name, word in (("met", "met"), ("partly", "partly")):
        low, high = getattr(threshold, f"{name}_from"), getattr(threshold, f"{name}_to")
        limits = [f"from {low}"] if low is not None else []
        limits += [f"up to {high}"] if high is not None else []
        if limits:
            parts.append(f"{word} {' and '.join(limits)}")
    return f"{threshold.parameter} ({threshold.unit}): {', '.join(parts)}"


def _in_one_unit(unit: str, stated: StatedNumber) -> tuple[int | None, int]:
    """Return the stated number and by how much the bounds are multiplied to compare with it.

    All in whole numbers, so that no rounding decides.
    """
    if unit == stated.unit:
        return stated.value, 1
    if unit not in TIMES or stated.unit not in TIMES:
        return None, 1
    own, other = (_fifths_of_hour(each) for each in (unit, stated.unit))
    return stated.value * other, own


def _fifths_of_hour(unit: str) -> int:
    if unit == "working-days":
        return 7 * 24  # five of them are a week
    return _HOURS[unit] * _WORKING_DAYS_OF_WEEK


def _within(value: int, low: int | None, high: int | None, scale: int) -> bool:
    return (low is None or value >= low * scale) and (high is None or value <= high * scale)
