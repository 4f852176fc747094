"""The small types that fields are made of: texts, slugs, numbers, dates.

A plain YAML scalar reaches a record as its characters; the *field* decides what it is. So a text
field takes `20.1`, `no` or `2024` as written, and a number field reads digits. Each type here also
gives the JSON Schema that an editor uses, and that schema accepts what the reader accepts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import PlainValidator, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

Fault = Literal["comment-after-text", "folded-list"]


class Written(str):
    """A scalar whose characters are fine but whose way of writing would mislead in a text field.

    The loader makes one where a comment follows a plain value (`Complaint #1` loses its number) or
    where YAML would join the lines of a list. Fields for single words read it as a plain string.
    """

    __slots__ = ("fault",)
    fault: Fault

    def __new__(cls, value: str, fault: Fault) -> Written:
        """Make the scalar and keep what is wrong with the way it is written."""
        scalar = super().__new__(cls, value)
        scalar.fault = fault
        return scalar


SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
RECORD_ID = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
CLAUSE_ID = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
PARAMETER_NAME = r"[a-z][a-z0-9_]*"
NUMBER = r"0|-?[1-9][0-9]{0,14}"
DIGEST = r"sha256:[0-9a-f]{64}"

_ANY_SCALAR = ["string", "number", "boolean"]
"""YAML gives an editor `2024` as a number and `true` as a truth value; in a text both are text."""

T = TypeVar("T")


def _wrong(rule: str, message: str, expected: str = "") -> PydanticCustomError:
    # The message is filled in by hand: pydantic's own templates would read braces in it.
    return PydanticCustomError(rule, "{message}", {"message": message, "expected": expected})


def _text(value: Any) -> str:
    if type(value) is str:
        if value and not value.isspace():
            return value
        raise _wrong("empty-text", "a text is expected here, and it is empty")
    if isinstance(value, Written):
        raise _wrong(value.fault, "")
    raise _wrong("wrong-type", "a text is expected here", "a text")


def _line(value: Any) -> str:
    text = _text(value)
    if "\n" in text.strip():
        raise _wrong("wrong-value", "this text has to stand on one line", "a text of one line")
    return text


def _characters(value: Any, expected: str) -> str:
    if not isinstance(value, str):
        raise _wrong("wrong-type", f"{expected} is expected here", expected)
    return str(value)


def shaped(pattern: str, expected: str, schema: dict[str, Any] | None = None) -> list[Any]:
    """Return the pydantic metadata of a word that has to fit `pattern` as a whole.

    `expected` describes it in a few words, with an example.
    """
    fits = re.compile(pattern).fullmatch

    def read(value: Any) -> str:
        text = _characters(value, expected)
        if not fits(text):
            raise _wrong("wrong-value", f"this is not {expected}", expected)
        return text

    described = schema or {"type": _ANY_SCALAR, "pattern": f"^(?:{pattern})$"}
    return [PlainValidator(read), WithJsonSchema(described)]


def _number(value: Any) -> int:
    if type(value) is int:
        return value
    text = _characters(value, "a whole number")
    if not re.fullmatch(NUMBER, text):
        raise _wrong("wrong-type", "a whole number is expected here", "a whole number, as 6")
    return int(text)


def _class(value: Any) -> int:
    number = _number(value)
    if not 1 <= number <= 8:
        raise _wrong("wrong-value", "a class of change is expected here", "a number from 1 to 8")
    return number


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _characters(value, "true or false")
    if text not in ("true", "false"):
        raise _wrong("wrong-type", "true or false is expected here", "true or false")
    return text == "true"


def iso(instant: datetime.date) -> str:
    """Return a day, or an instant in UTC, as records have it: 2026-03-10, 2026-03-10T12:00:00Z."""
    return instant.isoformat().replace("+00:00", "Z")


def _calendar(read: Callable[[str], T], shape: str, expected: str) -> Callable[[Any], T]:
    fits = re.compile(shape).fullmatch

    def checked(value: Any) -> T:
        if isinstance(value, datetime.date):
            value = iso(value)
        text = _characters(value, expected)
        if fits(text):
            try:
                return read(text)
            except ValueError:
                pass
        raise _wrong("wrong-value", f"this is not {expected}", expected)

    return checked


def _partial(text: str) -> str:
    datetime.date.fromisoformat((text + "-01-01")[:10])
    return text


def _moment(text: str) -> str:
    datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return text


def _instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PARTIAL_DATE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_INSTANT = rf"{_DAY}T[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?Z"
_MOMENT = rf"{_DAY}(?:T[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?Z)?"

Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1})]
"""Any text that is not empty: a rationale, a note. CommonMark where the page says so."""

NormativeText = Text
"""A text that can be consented to; its grammar is read by `normative.read`."""

Line = Annotated[str, PlainValidator(_line), WithJsonSchema({"type": _ANY_SCALAR, "minLength": 1})]
"""A text of one line: a title, a name, a locator."""

SLUG_SCHEMA = {"type": _ANY_SCALAR, "pattern": f"^(?:{SLUG})$"}
Slug = Annotated[str, *shaped(SLUG, "a slug: small letters, digits and hyphens, as personal-data")]
RecordId = Annotated[str, *shaped(RECORD_ID, "an id: letters and digits in groups, as EXA-DUE-01")]
ClauseId = Annotated[str, *shaped(CLAUSE_ID, "a clause id: letters and digits, as a or 01")]
AnyId = Annotated[str, *shaped(rf"{RECORD_ID}|{SLUG}", "an id or a slug")]
Language = Annotated[
    str, *shaped(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a language code, as en or pt-BR")
]
ParameterName = Annotated[
    str, *shaped(PARAMETER_NAME, "a parameter name: small letters, digits and _, as notice_days")
]
Country = Annotated[str, *shaped(r"[A-Z]{2}", "a country code of two capitals, as IN")]
Digest = Annotated[str, *shaped(DIGEST, "a digest: sha256: and 64 of 0-9 a-f")]
Period = Annotated[
    str,
    *shaped(
        r"P(?:[0-9]{1,4}D|[0-9]{1,3}W|[0-9]{1,3}M|[0-9]{1,2}Y)", "a period, as P14D for 14 days"
    ),
]
Address = Annotated[
    str, *shaped(r'https?://[^\s<>"]{3,2000}', "a web address that begins with https://")
]
Symbol = Annotated[str, *shaped(r"[A-Za-z0-9][A-Za-z0-9 ./()-]{0,60}", "a document symbol")]
_DAY_OF_YEAR = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
QuietDays = Annotated[
    str, *shaped(rf"{_DAY_OF_YEAR}/{_DAY_OF_YEAR}", "two days of the year, as 12-20/01-06")
]
_SHARE = r"[1-9][0-9]{0,3}/[1-9][0-9]{0,3}"


def _share(value: Any) -> str:
    expected = "a share of the whole, as 2/3; no decimal point"
    text = _characters(value, expected)
    part, _, whole = text.partition("/")
    if not re.fullmatch(_SHARE, text) or int(part) > int(whole):
        raise _wrong("wrong-value", f"this is not {expected}", expected)
    return text


Share = Annotated[
    str,
    PlainValidator(_share),
    WithJsonSchema({"type": "string", "pattern": f"^(?:{_SHARE})$"}),
]
"""An exact fraction. A decimal point would round, and a vote must not turn on rounding."""
Number = Annotated[
    int,
    PlainValidator(_number),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": -(10**15) + 1, "maximum": 10**15 - 1},
                {"type": "string", "pattern": f"^(?:{NUMBER})$"},
            ]
        }
    ),
]
ChangeClass = Annotated[
    int,
    PlainValidator(_class),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 8},
                {"type": "string", "pattern": "^[1-8]$"},
            ]
        }
    ),
]
"""What an author may declare: from editorial (1) to new or removed (8)."""
YesNo = Annotated[
    bool,
    PlainValidator(_yes_or_no),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}),
]
Day = Annotated[
    datetime.date,
    PlainValidator(_calendar(datetime.date.fromisoformat, _DAY, "a day, as 2026-03-10")),
    WithJsonSchema({"type": "string", "pattern": f"^{_DAY}$"}),
]
PartialDate = Annotated[
    str,
    PlainValidator(
        _calendar(_partial, PARTIAL_DATE, "a year, month or day, as 2026, 2026-03 or 2026-03-10")
    ),
    WithJsonSchema(
        {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^{PARTIAL_DATE}$"}]}
    ),
]
Moment = Annotated[
    str,
    PlainValidator(_calendar(_moment, _MOMENT, "a day, or a time in UTC as 2026-03-10T12:00Z")),
    WithJsonSchema({"type": "string", "pattern": f"^{_MOMENT}$"}),
]
Instant = Annotated[
    datetime.datetime,
    PlainValidator(
        _calendar(_instant, _INSTANT, "a time in UTC, with its day, as 2026-03-10T12:00:00Z")
    ),
    WithJsonSchema({"type": "string", "pattern": f"^{_INSTANT}$"}),
]
"""A point in time. A day alone is none: a command makes the end of the day of it, anywhere on
earth."""


def is_words(metadata: Iterable[Any]) -> bool:
    """Say whether a field with this metadata holds words: a text, or a line of it."""
    return any(getattr(each, "func", None) in (_text, _line) for each in metadata)


Many = Annotated[tuple[T, ...], Strict(False)]
"""A list. Files give lists, records keep tuples, so that nobody can change them."""
