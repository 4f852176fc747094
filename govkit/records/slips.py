"""What was most likely meant by a word, a number or a date that does not have its form.

A guess is only ever shown, as "did you mean"; nothing is read by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from govkit.patterns import lazy_regex

_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-")
)
_AROUND = " \t\u00a0'\"`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a()[]{}<>.,;:"
_DIGITS = str.maketrans("OoIlS", "00115")
"""Letters that are typed for a digit."""


NOTHING = frozenset(("", "-", "\u2013", "n/a", "nil", "no", "none", "null", "nothing"))
"""What people write where there is nothing to write, in small letters."""


def plainer(text: str) -> str:
    """Return a word without what a keyboard or a word processor puts in: quotes, other hyphens."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip(_AROUND)


def likely_word(text: str, fits: Callable[[str], Any]) -> str:
    """Return the word of a fitting form that was most likely meant, or an empty text."""
    plain = plainer(text)
    linked = _LINKED.fullmatch(text)
    if linked or "://" in plain:  # two addresses can't be made one
        return next((word for word in (linked[1] if linked else plain,) if fits(word)), "")
    several = [part.strip() for part in re.split(r",|;|/|&|\band\b", plain) if part.strip()]
    if len(several) > 1 and all(map(fits, several)):
        return f"[{', '.join(several)}]"
    ids = [word for word in plain.split() if _WHOLE_ID.fullmatch(word)]
    if ids and len(plain.split()) > 1:
        return _of_ids(ids, plain.split()) if all(map(fits, ids)) else ""
    joined = re.sub(r"[\s_]+", "-", plain)
    digits = plain.translate(_DIGITS) if re.search("[0-9]", plain) else ""
    of_clause = re.sub(r"(?:\([A-Za-z0-9-]+\))+$", "", text)
    name = joined.lower() if " " in plain and not digits else ""
    for word in (plain, name, joined, plain.lower(), joined.lower(), digits, of_clause):
        if word and word != text and fits(word):
            return word
    return ""


_LINKED = lazy_regex(r"\[[^\[\]]*\]\((https?://[^\s()]+)\)")
_WHOLE_ID = lazy_regex(r"[A-Z]{2,}(?:-[A-Z]+)*-[0-9]+")


def _of_ids(ids: list[str], words: list[str]) -> str:
    """Return what words with whole ids among them mean: several items, or an id with its title."""
    if len(ids) == len(words):
        return ", ".join(ids)
    return ids[0] if len(ids) == 1 and words[0] == ids[0] else ""


def likely_number(text: str) -> str:
    """Return the whole number that was most likely meant, or an empty text."""
    digits = re.sub(r"(?<=[0-9])[,.' \u00a0\u202f](?=[0-9]{3}\b)", "", plainer(text))
    digits = re.sub(r"(?i)^(?:rev(?:ision)?|no|nr|v)[-. ]*(?=[0-9]+$)", "", digits)
    begun = re.match(r"(-?[0-9]+)(?:\.0+)?(?![0-9.,])", digits)
    if re.fullmatch(r"[0-9OoIl]+", digits) and re.search("[0-9]", digits):
        begun = re.match(r"([0-9]+)$", digits.translate(_DIGITS))
    return str(int(begun[1])) if begun and len(begun[1]) < 15 else ""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def likely_date(text: str) -> str:
    """Return a date as records have it that was most likely meant; not where it may be two."""
    plain = plainer(text)
    plain = plain.translate(_DIGITS) if re.fullmatch(r"[0-9OolI./-]+", plain) else plain
    named = re.fullmatch(
        r"(?:([0-9]{1,2})\.? )?([A-Za-z]{3,9})\.?(?: ([0-9]{1,2}),?)? ([0-9]{4})", plain
    )
    if named and named[2][:3].lower() in _MONTHS:
        month = _MONTHS.index(named[2][:3].lower()) + 1
        day = named[1] or named[3]
        return f"{named[4]}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    later = re.fullmatch(
        r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}[:.][0-9]{2}(?::[0-9]{2})?)Z?", plain
    )
    if later:
        return f"{later[1]}T{later[2].replace('.', ':')}Z"
    begun = re.fullmatch(
        r"([0-9]{4})(?:[-./]([0-9]{1,2})[-./]([0-9]{1,2})|([0-9]{2})([0-9]{2}))", plain
    )
    if begun:
        two, three = begun[2] or begun[4], begun[3] or begun[5]
        return f"{begun[1]}-{int(two):02d}-{int(three):02d}"
    ended = re.fullmatch(r"([0-9]{1,2})([-./])([0-9]{1,2})[-./]([0-9]{4})", plain)
    if ended is None:
        return plain if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2})?", plain) else ""
    first, second = int(ended[1]), int(ended[3])
    if ended[2] != "." and first <= 12 and second <= 12 and first != second:
        return ""  # a day and a month that can be read either way
    day_of, month = (second, first) if ended[2] != "." and second > 12 else (first, second)
    return f"{ended[4]}-{month:02d}-{day_of:02d}"


_PAIRS = {
    "\u201c": "\u201d\u201c",
    "\u201d": "\u201d\u201c",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u2039": "\u203a",
    "\u2018": "\u2019\u2018",
    "\u201a": "\u2018\u2019",
    '"': '"',
    "'": "'",
    "\u300c": "\u300d",
    "\uff02": "\uff02",
}
"""Each mark that opens a quotation in some language, and those that may close it."""


IN_QUOTES = frozenset(
    ("aliases", "as_published", "at", "how", "name", "plural", "quote", "short", "term", "title")
)
"""Fields whose words can be a name as a whole, and a name can stand in quotation marks."""


def around_whole(text: str) -> str:
    """Return the two quotation marks that stand around a whole text, or an empty text."""
    words = text.strip()
    closing = _PAIRS.get(words[:1], "")
    if len(words) < 3 or not closing or words[-1] not in closing:
        return ""
    inner = words[1:-1]
    single = words[0] in "'\u2018\u201a"  # an apostrophe looks like the mark that closes
    if words[0] in inner or (not single and words[-1] in inner):
        return ""
    return f"{words[0]} {words[-1]}"


def at_one_end(text: str) -> str:
    """Return a double quotation mark that begins or ends a text and has no other, or nothing."""
    words = text.strip()
    marks: list[str] = _DOUBLE.findall(words)
    if len(marks) == 1 and marks[0] in (words[0], words[-1]):
        return marks[0]
    return ""


_DOUBLE = lazy_regex('["\u201c\u201d\u201e\u00ab\u00bb\uff02]')
