"""What is printed and written around the texts: `messages/*.json`, one file a language.

English has every message; where another language lacks one, the English one stands. A message holds
its blanks as `{name}`. Where a number decides its words, it has a form for each
kind of number: in English `one` and `other`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
"""The languages that have a file. All but English are drafts that want a native reader: they have
the words around printed texts, those of `OF_SITE` the frame of the website, and those of
`TRANSLATED` the frame of what is mailed."""
OF_SITE = ("en", "ar", "es", "fr")
"""The languages that the website is written in."""
TRANSLATED = ("en", "es", "fr")
"""The languages in which mails are written."""


def is_translated(language: str) -> bool:
    """Say whether mails are written in a language (BCP 47), or in the one that it begins with."""
    return language.split("-")[0] in TRANSLATED


def is_written(language: str) -> bool:
    """Say whether the website is written in a language (BCP 47), or the one it begins with."""
    return language.split("-")[0] in OF_SITE


class Messages:
    """The messages in one language."""

    def __init__(
        self, texts: Mapping[str, str], own: Iterable[str] = (), language: str = "en"
    ) -> None:
        """Take every message by its key, as `book.contents`; `own` are those of the language."""
        self._language = language
        self._texts = texts
        self._own = frozenset(own)
        self._groups: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: str) -> str:
        """Return a message as it stands."""
        return self._texts[key]

    def find(self, key: str) -> str | None:
        """Return a message as it stands, or None where there is none of that key."""
        return self._texts.get(key)

    def is_own(self, key: str) -> bool:
        """Say whether a message is of the language itself, and not the English one for it."""
        return key in self._own

    def with_borrowed(self, turn: Callable[[str], str]) -> Messages:
        """Return the messages, each that is borrowed from English turned."""
        texts = self._texts.items()
        found = {key: text if key in self._own else turn(text) for key, text in texts}
        return Messages(found, self._own, self._language)

    def group(self, key: str) -> dict[str, str]:
        """Return the messages below a key by the last part of theirs, in the order of the file."""
        begin = f"{key}."
        if key not in self._groups:  # each text of a book asks for the same ones
            self._groups[key] = {
                each.removeprefix(begin): text
                for each, text in self._texts.items()
                if each.startswith(begin)
            }
        return dict(self._groups[key])

    def say(self, key: str, **blanks: object) -> str:
        """Return a message with its blanks filled in."""
        return self._texts[key].format(**blanks)

    def counted(self, key: str, count: int, **blanks: object) -> str:
        """Return a message in the form that a number asks for; `{count}` is the number.

        A message that is borrowed from English has the forms of English.
        """
        language = self._language if f"{key}.other" in self._own else "en"
        form = form_of(language, count)
        if f"{key}.{form}" not in self._texts:
            form = "other"
        return self.say(f"{key}.{form}", count=count, **blanks)

    def several(self, words: Sequence[str]) -> str:
        """Return words in a row: `a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return f"{self['general.comma'].join(words[:-1])}{self['general.last']}{words[-1]}"

    def date(self, date: str) -> str:
        """Return a year, month or day as it is written in a sentence: `19 October 2022`."""
        year, *rest = date.split("-")
        if not rest:
            return year
        name = self[f"general.months.{int(rest[0])}"]
        if len(rest) == 1:
            alone = self.find(f"general.months-alone.{int(rest[0])}") or name
            return self.say("general.month", month=alone, year=year)
        return self.say("general.date", day=self._number(int(rest[1])), month=name, year=year)

    def weekday(self, day: datetime.date) -> str:
        """Return a day with its name, as `Thursday 9 April 2026`."""
        return self.say(
            "general.weekday",
            weekday=self[f"general.weekdays.{day.isoweekday()}"],
            date=self.date(day.isoformat()),
        )

    def day_of_year(self, day: datetime.date) -> str:
        """Return a day without its year, as `9 April`."""
        return self.say(
            "general.day", day=self._number(day.day), month=self[f"general.months.{day.month}"]
        )

    def _number(self, day: int) -> str:
        return self["general.first-day"] if day == 1 else str(day)

    def quantity(self, number: int, unit: str) -> str:
        """Return a number with its unit: `1 month`, `6 months`; a count has no unit."""
        key = f"general.units.{unit}"
        return self.counted(key, number) if f"{key}.other" in self._texts else str(number)


def form_of(language: str, count: int) -> str:
    """Return the form of words that a whole number asks for, by the rules of Unicode's CLDR.

    Languages that have no rule here are counted as English is.
    """
    begin, count = language.split("-")[0], abs(count)
    if begin in ("ja", "ko", "th", "zh"):
        return "other"
    if begin != "ru":
        return "one" if count == 1 else "other"
    ten, hundred = count % 10, count % 100
    if ten == 1 and hundred != 11:
        return "one"
    return "few" if 2 <= ten <= 4 and not 12 <= hundred <= 14 else "many"


@cache
def messages(language: str) -> Messages:
    """Return the messages in a language (BCP 47), or in the one that its code begins with."""
    codes = ("en", language.split("-")[0], language)
    every = {code: _texts(code) for code in codes if code in LANGUAGES}
    own = {key for code, texts in every.items() for key in texts if code in codes[1:]}
    found = {key: text for texts in every.values() for key, text in texts.items()}
    return Messages(found, own, language)


@cache
def _texts(code: str) -> Mapping[str, str]:
    file = files("govkit.languages").joinpath("messages", f"{code}.json")
    return dict(_flat(json.loads(file.read_bytes())))


def _flat(tree: Mapping[str, Any], way: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in tree.items():
        if isinstance(inner, str):
            yield way + name, inner
        else:
            yield from _flat(inner, f"{way}{name}.")
