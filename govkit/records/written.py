"""Scalars that keep how they were written. Knows no pydantic: the loader is used at every start."""

from __future__ import annotations

from typing import Any, Literal

from govkit.patterns import lazy_regex

Fault = Literal["comment-after-text", "folded-list"]


class Written(str):
    """A scalar whose characters are fine but whose way of writing would mislead in a text field.

    The loader makes one where a comment follows a plain value (`Complaint #1` loses its number) or
    where YAML would join the lines of a list. Fields for single words read it as a plain string.
    """

    __slots__ = ("cut", "fault", "help")
    fault: Fault
    help: str
    cut: str
    """What a `#` cut off that looks like a part of the value: `#2`, and not `# a remark`."""

    def __new__(cls, value: str, fault: Fault, help: str = "", cut: str = "") -> Written:
        """Make the scalar and keep what is wrong with the way it is written, and the way out."""
        scalar = super().__new__(cls, value)
        scalar.fault = fault
        scalar.help = help
        scalar.cut = cut
        return scalar


class PlainScalar(str):
    """A scalar without quotes that YAML programs take for a number or a truth value: `1.0`, `True`.

    A text takes its characters; a word such as a slug has to be in quotes then.
    """

    __slots__ = ()


_DIGITS = r"[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)"
_POINT = r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
_NO_NUMBER = r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
_TRUTH = r"true|True|TRUE|false|False|FALSE"
GUESSED = rf"{_DIGITS}|{_POINT}|{_NO_NUMBER}|{_TRUTH}"
"""What YAML 1.2 takes for no text, as the programs read it that editors use."""
_GUESSED = lazy_regex(GUESSED)
_ONLY_DIGITS = lazy_regex(_DIGITS)
_WITH_POINT = lazy_regex(_POINT)
_BASES = {"0b": 2, "0o": 8, "0x": 16}


def guessed(text: str) -> bool:
    """Say whether YAML 1.2, as the programs read it that editors use, takes this for no text."""
    return _GUESSED.fullmatch(text) is not None


def is_other(key: str) -> bool:
    """Say whether a key without quotes has other characters in an editor: `true`, `1e3`.

    A whole number stays one, and a key is compared by its characters.
    """
    return guessed(key) and _ONLY_DIGITS.fullmatch(key) is None


def is_bare(value: Any) -> bool:
    """Say whether a value stands without quotes and is no text for an editor."""
    if isinstance(value, Written):
        return value.fault == "comment-after-text" and not value.help and guessed(value)
    return isinstance(value, PlainScalar)


def yaml_number(text: str) -> int | None:
    """Return the whole number that YAML makes of these characters, if it makes one."""
    text = text.replace("_", "")
    sign, digits = (-1 if text[:1] == "-" else 1), text.lstrip("+-")
    if _ONLY_DIGITS.fullmatch(text):
        base = _BASES.get(digits[:2], 10)
        digits = digits[2:] if base != 10 else digits
        return sign * int(digits, base) if 0 < len(digits) <= _MOST_DIGITS else None
    number = float(text) if _WITH_POINT.fullmatch(text) else 0.5
    return int(number) if number.is_integer() else None


_MOST_DIGITS = 400
"""Python reads no longer numbers in one go, and no field takes one."""
