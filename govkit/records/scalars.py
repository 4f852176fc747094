"""The small types that fields are made of: texts, slugs, numbers, dates.

A plain YAML scalar reaches a record as its characters; the *field* decides what it is. So a text
field takes `20.1`, `no` or `2024` as written, and a number field reads digits. Each type here also
gives the JSON Schema that an editor uses, and that schema accepts exactly what the reader accepts.

An editor does not see characters: its YAML parser makes a number of `1.0` and of `1e3`, and no
pattern tells them from `1` and `1000`. So where a word is meant, what YAML takes for a number or a
truth value has to stand in quotes; and a number field takes every way in which YAML writes one
in digits that people read.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, PlainValidator, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from govkit.patterns import lazy_regex
from govkit.records.slips import likely_date, likely_number, likely_word
from govkit.records.written import PlainScalar, Written, is_bare, yaml_number

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
RECORD_ID = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
CLAUSE_ID = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
PARAMETER_NAME = r"[a-z][a-z0-9_]*"
NUMBER = r"0|-?[1-9][0-9]{0,14}"
DIGEST = r"sha256:[0-9a-f]{64}"

ANY_SCALAR = ["string", "number", "boolean"]
"""YAML gives an editor `2024` as a number and `true` as a truth value; in a text both are text."""

LARGEST = 10**15 - 1
W = r"[ \t\n\u00a0\u202f]"
"""The white space that the gate lets through."""
NOT_W = r"[^ \t\n\u00a0\u202f]"

END_OF_TIME = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
"""A moment after every other, where all that there is counts; any period can be added to it."""

T = TypeVar("T")


def refusal(
    rule: str, message: str, expected: str = "", likely: str = "", help: str = ""
) -> PydanticCustomError:
    """Return the error of pydantic's that becomes a finding: its rule, and what is told."""
    # The message is filled in by hand: pydantic's own templates would read braces in it.
    said = {"message": message, "expected": expected, "likely": likely, "help": help}
    return PydanticCustomError(rule, "{message}", said)


def whole(pattern: str) -> str:
    """Return the pattern that holds a text from end to end, in Python as in an editor.

    Python's `$` fits before a last line feed too.
    """
    return f"^(?:{pattern})$(?!\\n)"


LONGEST_TEXT = 100_000
"""Characters of a text: forty pages."""
MOST_LINES = 5_000
LONGEST_WORD = 2_000
"""Characters without a place to break the line: as many as an address may have."""


def _text(value: Any) -> str:
    if type(value) is str:
        if value and not value.isspace():
            return value if len(value) <= LONGEST_WORD else _printable(value)
        raise refusal("empty-text", "a text is expected here, and it is empty")
    if isinstance(value, PlainScalar):
        return str(value)
    if isinstance(value, Written):
        raise refusal(value.fault, "", help=value.help)
    raise refusal("wrong-type", "a text is expected here", "a text")


def _printable(text: str) -> str:
    """Return a text that can be set on pages in a time that grows as the text does."""
    if len(text) > LONGEST_TEXT:
        raise refusal(
            "wrong-value",
            f"this text has {len(text):,} characters, and at most {LONGEST_TEXT:,} are read",
            "less here; long material goes into a source that the record names",
        )
    lines = text.count("\n")
    if lines > MOST_LINES:
        raise refusal(
            "wrong-value",
            f"this text has {lines:,} lines, and at most {MOST_LINES:,} are read",
            "less here; long material goes into a source that the record names",
        )
    long = unbroken(text)
    if long is not None:
        length = long[1] - long[0]
        why = "" if text.isascii() else "; a no-break space joins words to one"
        raise _spanned(
            f"a word of {length:,} characters stands here, and no line can hold it{why}",
            "usual spaces between the words",
            long,
        )
    gap = text.find(" " * LONGEST_WORD)
    if gap >= 0:
        span = max(gap - 1, 0), gap + LONGEST_WORD  # with the letter before: spaces have no place
        raise _spanned(f"{LONGEST_WORD:,} spaces stand here in a row", "one space", span)
    return text


def unbroken(text: str) -> tuple[int, int] | None:
    """Return where the first word stands that is too long for a line; None where there is none."""
    start = 0
    for word in _SPACE_OR_UNSPACED.split(text):
        if len(word) > LONGEST_WORD:
            return start, start + len(word)
        start += len(word) + 1
    return None


UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
"""Scripts without spaces between words, as Chinese and Thai: a line is broken inside them."""
_SPACE_OR_UNSPACED = lazy_regex(rf"[ \t\n{UNSPACED}]")


def _spanned(message: str, expected: str, span: tuple[int, int]) -> PydanticCustomError:
    context = {"message": message, "expected": expected, "span": span}
    return PydanticCustomError("wrong-value", "{message}", context)


def line_of(value: Any) -> str:
    """Return a text of one line. Raises the error of pydantic's that becomes a finding."""
    text = _text(value)
    if "\n" in text.strip():
        raise refusal("wrong-value", "this text has to stand on one line", "a text of one line")
    return text


def _characters(value: Any, expected: str) -> str:
    if not isinstance(value, str):
        raise refusal("wrong-type", f"{expected} is expected here", expected)
    return str(value)


def shaped(pattern: str, expected: str, cut: str = "") -> list[Any]:
    """Return the pydantic metadata of a word that has to fit `pattern` as a whole.

    `expected` describes it in a few words, with an example; `cut` says what to do where a # cut
    something off that may belong to it.
    """
    return [PlainValidator(_word(pattern, expected, cut)), WithJsonSchema(word_schema(pattern))]


def _word(pattern: str, expected: str, cut: str = "") -> Callable[[Any], str]:
    shape = lazy_regex(pattern)

    def read(value: Any) -> str:
        if type(value) is str and shape.fullmatch(value):
            return value  # as nearly always
        text = _characters(value, expected)
        if cut and isinstance(value, Written) and value.cut:
            message = f"a # after a space begins a comment, so `{value.cut}` is cut off"
            raise refusal("wrong-value", message, help=f"{cut} {_OWN_LINE}")
        if not shape.fullmatch(text):
            likely = likely_word(text, shape.fullmatch)
            raise refusal("wrong-value", f"this is not {expected}", expected, likely)
        if is_bare(value):
            raise refusal(
                "wrong-type",
                f"without quotes, YAML programs take {text} for something else than a word",
                f'"{text}", in quotes',
            )
        return text

    return read


_OWN_LINE = "If it is a comment, give it its own line."


def word_schema(pattern: str) -> dict[str, Any]:
    """Return the JSON Schema of a word that has to fit `pattern` as a whole."""
    return {"type": "string", "pattern": whole(pattern)}


def whole_number_schema(least: int, digits: str) -> dict[str, Any]:
    """Return the JSON Schema of a whole number from `least` on, or its `digits` in quotes."""
    in_yaml = {"type": "integer", "minimum": least, "maximum": LARGEST}
    return {"anyOf": [in_yaml, word_schema(digits)]}


def whole_number(value: Any) -> int:
    """Return the number that a value of a record is, or raise what pydantic makes an error of."""
    if type(value) is int:
        return value
    text = _characters(value, "a whole number")
    if _NUMBER.fullmatch(text):
        return int(text)
    number = _yaml_number(value)
    if number is None or abs(number) > LARGEST:
        expected, likely = "a whole number, as 6", likely_number(text)
        raise refusal("wrong-type", "a whole number is expected here", expected, likely)
    return number


def _yaml_number(value: Any) -> int | None:
    """Return the whole number that YAML makes of a value without quotes, if it makes one."""
    number = yaml_number(value) if is_bare(value) else None
    if number is not None and abs(number) <= LARGEST and _OF_PROGRAMS.search(value):
        message = f"`{value}` is how programs write {number}, and people would read another number"
        help = f"Write `{number}`; or the number that was meant."
        raise refusal("number-notation", message, help=help)
    return number


_OF_PROGRAMS = lazy_regex("[bBoOxX_]")
"""Binary, octal and hexadecimal digits, and digits in groups: `0x10`, `1_000`."""


_NUMBER = lazy_regex(NUMBER)


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _characters(value, "true or false")
    if is_bare(value):
        text = text.lower()
    if text not in ("true", "false"):
        raise refusal("wrong-type", "true or false is expected here", "true or false")
    return text == "true"


def iso(instant: datetime.date) -> str:
    """Return a day, or an instant in UTC, as records have it: 2026-03-10, 2026-03-10T12:00:00Z."""
    return instant.isoformat().replace("+00:00", "Z")


_A_DATE = lazy_regex(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?Z)?)?")


def _calendar(read: Callable[[str], T], shape: str, expected: str) -> Callable[[Any], T]:
    form = lazy_regex(shape)

    def checked(value: Any) -> T:
        if isinstance(value, datetime.date):
            value = iso(value)
        text = _characters(value, expected)
        if form.fullmatch(text):
            return read(text)
        message = f"this is not {expected}"
        if _A_DATE.fullmatch(text):
            message = f"there is no such day or time as {text}"
            if expected.startswith("a time") and likely_date(text) == text:
                message = f"the time of the day is missing behind {text}"
        likely = likely_date(text)
        likely = likely if likely != text and form.fullmatch(likely) else ""
        raise refusal("wrong-value", message, expected, likely)

    return checked


def _partial(value: Any) -> str:
    if is_bare(value):
        year = _yaml_number(value)
        value = str(year) if year is not None and year >= _FIRST_YEAR else ""
    return _partial_date(value)


def _instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


_FIRST_YEAR = 1000
"""The first that has four digits; to an editor `0999` without quotes is the number 999."""
_YEAR_SCHEMA = {"type": "integer", "minimum": _FIRST_YEAR, "maximum": 9999}
_YEAR = r"(?:(?!0000)[0-9]{4})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_FOURTH = r"(?:0[48]|[2468][048]|[13579][26])"
_DAY_OF_MONTH = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DAY = rf"(?:{_YEAR}-{_DAY_OF_MONTH}|(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29)"
"""A day that there is: the pattern knows leap years, since an editor has nothing but patterns."""
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
PARTIAL_DATE = rf"{_DAY}|{_YEAR}(?:-{_MONTH})?"
_INSTANT = rf"{_DAY}T{_CLOCK}Z"
_MOMENT = rf"{_DAY}(?:T{_CLOCK}Z)?"
_OFFSET = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
_LOCAL_MOMENT = rf"{_DAY}(?:T{_CLOCK}{_OFFSET})?"
_partial_date = _calendar(str, PARTIAL_DATE, "a year, month or day, as 2026, 2026-03 or 2026-03-10")

Text = Annotated[
    str,
    PlainValidator(_text),
    WithJsonSchema({"type": ANY_SCALAR, "maxLength": LONGEST_TEXT, "pattern": f"^(?:{W}*{NOT_W})"}),
]
"""Any text that is not empty: a rationale, a note. CommonMark where the page says so."""

NormativeText = Text
"""A text that can be consented to; its grammar is read by `normative.read`."""

Line = Annotated[
    str,
    PlainValidator(line_of),
    WithJsonSchema(
        {
            "type": ANY_SCALAR,
            "maxLength": LONGEST_TEXT,
            "pattern": whole(rf"{W}*{NOT_W}(?:[^\n]*{NOT_W})?{W}*"),
        }
    ),
]
"""A text of one line: a title, a name, a locator."""

Slug = Annotated[str, *shaped(SLUG, "a slug: small letters, digits and hyphens, as personal-data")]
RecordId = Annotated[str, *shaped(RECORD_ID, "an id: letters and digits in groups, as EXA-DUE-01")]
ClauseId = Annotated[str, *shaped(CLAUSE_ID, "a clause id: letters and digits, as a or 01")]
_ANY_ID = rf"{RECORD_ID}|{SLUG}"
AnyId = Annotated[str, *shaped(_ANY_ID, "an id or a slug")]
_any_id = _word(_ANY_ID, "an id, a slug or a date")


_LIKE_A_DATE = "[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?"
_LIKE_DATE = lazy_regex(_LIKE_A_DATE)


def _id_or_date(value: Any) -> str:
    dated = is_bare(value) or isinstance(value, datetime.date)
    if dated or (isinstance(value, str) and _LIKE_DATE.fullmatch(value)):
        return _partial(value)
    return _any_id(value)


ParameterName = Annotated[
    str, *shaped(PARAMETER_NAME, "a parameter name: small letters, digits and _, as notice_days")
]
Digest = Annotated[str, *shaped(DIGEST, "a digest: sha256: and 64 of 0-9 a-f")]
Period = Annotated[
    str,
    *shaped(
        r"P(?:[0-9]{1,4}D|[0-9]{1,3}W|[0-9]{1,3}M|[0-9]{1,2}Y)", "a period, as P14D for 14 days"
    ),
]


def _for_everybody(address: str) -> str:
    from govkit.records.web_hosts import is_for_everybody  # few records have an address

    if not is_for_everybody(address):
        raise refusal(
            "wrong-value",
            "this address leads to one machine or one network, and nobody else can open it",
            "a web address that everybody can open",
            help="Write the address at which it stands in public, as https://example.org/page.",
        )
    return address


Address = Annotated[
    str,
    *shaped(
        r'https?://[^\s<>"]{3,2000}',
        "a web address that begins with https://",
        "Delete the space before it, if it belongs to the address.",
    ),
    AfterValidator(_for_everybody),
]
Symbol = Annotated[
    str,
    *shaped(
        r"[A-Za-z0-9][A-Za-z0-9 ./()-]{0,60}",
        "a document symbol",
        "Delete the #, if the rest belongs to the symbol: a symbol holds none.",
    ),
]
_DAY_OF_YEAR = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
QuietDays = Annotated[
    str, *shaped(rf"{_DAY_OF_YEAR}/{_DAY_OF_YEAR}", "two days of the year, as 12-20/01-06")
]
_FEWER_DIGITS = "|".join(
    f"[1-9][0-9]{{{digits - 1}}}/[1-9][0-9]{{{digits},3}}" for digits in (1, 2, 3)
)
_AS_MANY = "|".join(f"[0-9]{{{digits}}}/[0-9]{{{digits}}}(?![0-9])" for digits in (1, 2, 3, 4))
_LARGER = "|".join(f"{digit}[0-9]*/\\1[{digit + 1}-9][0-9]*" for digit in range(9))
_SHARE = rf"{_FEWER_DIGITS}|(?=[1-9][0-9]*/[1-9])(?={_AS_MANY})([0-9]*)(?:/\1|{_LARGER})"
"""`part/whole`, the part no larger: of fewer digits, or the first that differs is smaller."""
Share = Annotated[str, *shaped(_SHARE, "a share of the whole, as 2/3; no decimal point")]
"""An exact fraction. A decimal point would round, and a vote must not turn on rounding."""
Number = Annotated[
    int, PlainValidator(whole_number), WithJsonSchema(whole_number_schema(-LARGEST, NUMBER))
]
YesNo = Annotated[
    bool,
    PlainValidator(_yes_or_no),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}),
]
Day = Annotated[
    datetime.date,
    PlainValidator(_calendar(datetime.date.fromisoformat, _DAY, "a day, as 2026-03-10")),
    WithJsonSchema(word_schema(_DAY)),
]
PartialDate = Annotated[
    str,
    PlainValidator(_partial),
    WithJsonSchema({"anyOf": [_YEAR_SCHEMA, word_schema(PARTIAL_DATE)]}),
]
IdOrDate = Annotated[
    str,
    PlainValidator(_id_or_date),
    WithJsonSchema(
        {"anyOf": [_YEAR_SCHEMA, word_schema(rf"{PARTIAL_DATE}|(?!{_LIKE_A_DATE}$)(?:{_ANY_ID})")]}
    ),
]
Moment = Annotated[
    str,
    PlainValidator(_calendar(str, _MOMENT, "a day, or a time in UTC as 2026-03-10T12:00Z")),
    WithJsonSchema(word_schema(_MOMENT)),
]
LocalMoment = Annotated[
    str,
    PlainValidator(
        _calendar(
            str,
            _LOCAL_MOMENT,
            "a day, or a time with its distance from UTC, as 2026-03-10T17:00+03:00",
        )
    ),
    WithJsonSchema(word_schema(_LOCAL_MOMENT)),
]
"""When people meet: the hour as the clock on the wall shows it, and how far that is from UTC."""
Instant = Annotated[
    datetime.datetime,
    PlainValidator(
        _calendar(_instant, _INSTANT, "a time in UTC, with its day, as 2026-03-10T12:00:00Z")
    ),
    WithJsonSchema(word_schema(_INSTANT)),
]
"""A point in time. A day alone is none: a command makes the end of the day of it, anywhere on
earth."""


def is_words(metadata: Iterable[Any]) -> bool:
    """Say whether a field with this metadata holds words: a text, or a line of it."""
    return any(getattr(each, "func", None) in (_text, line_of) for each in metadata)


Many = Annotated[tuple[T, ...], Strict(False)]
"""A list. Files give lists, records keep tuples, so that nobody can change them."""
