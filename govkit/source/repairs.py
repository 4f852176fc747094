"""What `fmt` mends in the way a record is written, before its layout: quotes, comments, lists.

Each repair takes the text of a file and gives the text with places rewritten, and adds a line for
each to what the author is told. No word changes: after each repair the file is loaded again, and
the values that were not announced have to be what they were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from govkit.findings import Finding, Keys
from govkit.patterns import lazy_regex
from govkit.records import normative
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.slips import IN_QUOTES, around_whole, at_one_end
from govkit.records.wording import STRAIGHT
from govkit.source.comments import Scalar, rewritten, scalars
from govkit.source.gate import Unreadable, place_of
from govkit.source.layout import NotFormatted, column_of, in_brackets
from govkit.source.loader import Spots, load
from govkit.source.validation import validate

_CURVED = lazy_regex("[\u2018\u2019\u201c\u201d]")
OF_OTHER_LANGUAGES = lazy_regex("[\u201a\u201e\u00ab\u00bb\u2039\u203a]")
"""Quotation marks that no English text has: a text with one of them is left as it is."""
_ESCAPE = lazy_regex(r"\\(u201[89cdCD]|U0000201[89cdCD]|.)", re.DOTALL)
_NUMBER_SIGN = lazy_regex(r"(?:[ \t]+#[0-9][^#]*)+")
"""Numbers as in `Complaint #1 and #2`, which are no remark."""
_SIGNS = lazy_regex(r"[\x00-/:-@\[-`{-\x7f]")
"""Every character of ASCII that is no letter and no digit: what YAML is made of."""

_ADDRESSES = ("address", "minutes", "list_archive", "home", "repository")
_NO_WORDS = frozenset((*_ADDRESSES, "at", "public", "source_digest"))
_GRAMMAR_FIELDS = frozenset(("text", "definition", "conditions", "exceptions"))


class Edit(NamedTuple):
    """A place of the text that is rewritten, and the value that it gives afterwards."""

    start: int
    end: int
    new: str
    keys: Keys = ()
    value: str = ""
    told: str = ""


class RepairedText(NamedTuple):
    """A text, and what was mended in it so far, a line for each."""

    text: str
    changes: tuple[str, ...]


def composed(text: str, changes: tuple[str, ...] = ()) -> RepairedText:
    """Write each letter as one character (NFC). The text need not load yet."""
    if unicodedata.is_normalized("NFC", text):
        return RepairedText(text, changes)
    lines = text.split("\n")
    changed = [at for at, line in enumerate(lines, 1) if not unicodedata.is_normalized("NFC", line)]
    after = unicodedata.normalize("NFC", text)
    if _SIGNS.findall(after) != _SIGNS.findall(text):
        # Such as a stroke that stands alone behind a >, and would make another sign of it.
        raise NotFormatted(
            "a letter and its accent apart can't be joined here without changing a sign beside it",
            "Type the letter again as one character.",
        )
    told = (f"line {at}: letters and their accents joined" for at in changed)
    return RepairedText(after, (*changes, *told))


def quotes_put_in(text: str, changes: tuple[str, ...], kind: str, path: str) -> RepairedText:
    """Put a text in quotes where a # stands behind it, and the # too if it belongs to the text."""
    spots: Spots = {}
    data = load(text, spots)
    edits = []
    for keys in _routes("comment-after-text", kind, data, path):
        if not in_brackets(text, spots, keys):
            edits.append(_with_quotes(text, spots, keys))
    return _applied(text, changes, data, edits)


def _with_quotes(text: str, spots: Spots, keys: Keys) -> Edit:
    """Return the text in quotes with its # where that is a number sign; else stop and ask.

    What stands behind another # may be words or a remark, and only the author knows.
    """
    spot = spots[keys]
    end = text.find("\n", spot.end)
    rest = text[spot.end : end if end >= 0 else len(text)].rstrip()
    if spot.style or not _NUMBER_SIGN.fullmatch(rest):
        raise NotFormatted(
            "a # after a space cuts this text off: what follows is read as a comment",
            "If it belongs to the text, put the whole in one pair of double quotes. If it is a "
            "comment, put it on a line of its own above.",
            _line_of(text, spot.end + len(rest) - len(rest.lstrip())),
        )
    words = spot.value + rest
    source = (text[spot.start : spot.end] + rest).replace("\\", "\\\\").replace('"', '\\"')
    line = text.count("\n", 0, spot.start) + 1
    told = f"line {line}: `{_short(words)}` put in quotes, so that its # begins no comment"
    return Edit(spot.start, spot.end + len(rest), f'"{source}"', keys, words, told)


def quotes_straightened(text: str, changes: tuple[str, ...]) -> RepairedText:
    """Make typographic quotation marks straight in every value that holds words."""
    if not _CURVED.search(text) and "\\" not in text:
        return RepairedText(text, changes)
    spots: Spots = {}
    data = load(text, spots)
    edits = []
    for scalar in scalars(text, spots):
        if _has_words(scalar) and _CURVED.search(scalar.words):
            if OF_OTHER_LANGUAGES.search(scalar.words):
                continue  # one mark of a pair would be made straight, and the other not
            if at_one_end(scalar.words):
                continue  # a quotation that nobody closed: the author has to say where it ends
            if around_whole(scalar.words) and IN_QUOTES.isdisjoint(scalar.route):
                raise NotFormatted(
                    "quotation marks stand around the whole text, and would become part of it",
                    "Delete them, at the beginning and at the end.",
                    _line_of(text, scalar.start),
                )
            new = _straight_source(text[scalar.start : scalar.end], scalar.style)
            line = text.count("\n", 0, scalar.start) + 1
            straight = scalar.words.translate(STRAIGHT)
            told = f"line {line}: curved quotation marks made straight"
            edits.append(Edit(scalar.start, scalar.end, new, scalar.route, straight, told))
    return _applied(text, changes, data, edits)


def _has_words(scalar: Scalar) -> bool:
    names = [step for step in scalar.route if isinstance(step, str)]
    return not scalar.is_key and names[-1:] != [] and names[-1] not in _NO_WORDS


def _straight_source(source: str, style: str) -> str:
    if style == '"':
        inner = _ESCAPE.sub(_straight_escape, source[1:-1])
        return '"' + re.sub("[\u201c\u201d]", '\\\\"', inner).translate(STRAIGHT) + '"'
    if style == "'":
        inner = re.sub("[\u2018\u2019]", "''", source[1:-1])
        return "'" + inner.translate(STRAIGHT) + "'"
    straight = source.translate(STRAIGHT)
    if not style and straight[:1] in ("'", '"'):
        return "'" + straight.replace("'", "''") + "'"
    return straight


def _straight_escape(found: re.Match[str]) -> str:
    if len(found[1]) == 1:
        return found.group()
    return "'" if found[1][-1] in "89" else '\\"'


def spaces_taken_off(text: str, changes: tuple[str, ...], kind: str) -> RepairedText:
    """Take spaces off the ends of lines, where they are no sign of a line break."""
    spots: Spots = {}
    data = load(text, spots)
    found = scalars(text, spots)
    edits, at = [], 0
    for ending in re.finditer(r"[ \t]+$", text, re.MULTILINE):
        while at < len(found) and found[at].end <= ending.start():
            at += 1
        scalar = found[at] if at < len(found) and found[at].start <= ending.start() else None
        if scalar is None or not _space_means(text, scalar, ending.start(), ending.end(), kind):
            edits.append(Edit(ending.start(), ending.end(), ""))
    after = rewritten(text, (edit[:3] for edit in edits))
    if edits and _squeezed(load(after)) != _squeezed(data):
        raise NotFormatted(
            "spaces at the end of a line can't be taken off here without changing a value",
            "Take them off by hand.",
        )
    told = ("spaces at the ends of lines taken off",) if edits else ()
    return RepairedText(after, (*changes, *told))


def _space_means(text: str, scalar: Scalar, start: int, end: int, kind: str) -> bool:
    """Say whether a space at the end of a line is part of what is written.

    In CommonMark two spaces before a further line break it; after a backslash in double quotes the
    space itself is meant. In quotes and plain texts the round trip drops the rest.
    """
    if scalar.style == '"':
        return text[start - 1] == "\\"
    if scalar.style != "|" or in_grammar(kind, scalar.route):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    follows = text[end + 1 : text.find("\n", end + 1)].strip() if end < scalar.end - 1 else ""
    return text[start:end] != " " and bool(line.strip() and follows)


def _squeezed(data: Any) -> Any:
    def words_of(_: Keys, text: str) -> str:
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))

    return _mapped(data, words_of)


def lists_below_a_bar(text: str, changes: tuple[str, ...], kind: str, path: str) -> RepairedText:
    """Put a text of several paragraphs or items below `|`, with the lines as they were written."""
    spots: Spots = {}
    data = load(text, spots)
    routes = list(_routes("folded-list", kind, data, path))
    edits = [_below_a_bar(text, spots, keys) for keys in routes]
    if not edits:
        return RepairedText(text, changes)
    after = rewritten(text, (edit[:3] for edit in edits))
    new_spots: Spots = {}
    new = load(after, new_spots)
    for keys, edit in zip(routes, edits, strict=True):
        _require_list(text, kind, edit, spots[keys].value, new_spots[keys].value, keys)
    if _without(new, routes) != _without(data, routes):
        raise NotFormatted("a list can't be put below | without changing another value", _BY_HAND)
    still = [*_routes("wrong-value", kind, new, path), *_routes("folded-list", kind, new, path)]
    for keys, edit in zip(routes, edits, strict=True):
        if keys in still:
            raise NotFormatted(
                "this text has several lines, and only one fits here",
                "Write it on one line.",
                _line_of(text, edit.start),
            )
    return RepairedText(after, (*changes, *(edit.told for edit in edits)))


_BY_HAND = "Write | after the key and the text below it, as it is to be read."


def _below_a_bar(text: str, spots: Spots, keys: Keys) -> Edit:
    spot = spots[keys]
    told = f"line {text.count(chr(10), 0, spot.start) + 1}: the text put below |, line by line"
    if spot.style == ">":
        header = text[spot.start : text.find("\n", spot.start)].replace(">", "|", 1)
        header = re.sub(r"^\|([0-9]*)[-+]?([0-9]*)", r"|\1\2", header)
        return Edit(spot.start, text.find("\n", spot.start), header, keys, told=told)
    if in_brackets(text, spots, keys):
        raise NotFormatted(
            "a text of several paragraphs stands between { } or [ ]",
            "Write each key of this part on a line of its own, and the text below |.",
            _line_of(text, spot.start),
        )
    end = text.find("\n", spot.end)
    rest = text[spot.end : end if end >= 0 else len(text)]
    indent = "\n" + " " * (column_of(text, spots, keys) + 2)
    lines = "".join(indent + line if line else "\n" for line in _lines(text, spot))
    return Edit(spot.start, spot.end + len(rest), "|" + rest.rstrip() + lines, keys, told=told)


def _lines(text: str, spot: Any) -> list[str]:
    """Return the lines of a text in quotes, or without, as the author wrote them."""
    inner = text[spot.start : spot.end]
    inner = inner[1:-1] if spot.style else inner
    if "\n" not in inner or (spot.style == '"' and "\\" in inner):
        return [line.rstrip(" \t") for line in spot.value.rstrip("\n").split("\n")]
    if spot.style == "'":
        inner = inner.replace("''", "'")
    return [line.strip(" \t") for line in inner.strip().split("\n")]


def _require_list(text: str, kind: str, edit: Edit, old: str, new: str, keys: Keys) -> None:
    place = _line_of(text, edit.start)
    if new.split() != old.split():
        raise NotFormatted("this text can't be put below | without changing it", _BY_HAND, place)
    flaws = normative.read(new).flaws if in_grammar(kind, keys) else ()
    if flaws:
        message = f"line by line this text would not fit: {flaws[0].message}"
        raise NotFormatted(message, flaws[0].help, place)


def in_grammar(kind: str, keys: Keys) -> bool:
    """Say whether a value is a normative text, with the small grammar of its own."""
    names = [step for step in keys if isinstance(step, str)]
    if kind not in (*NORMATIVE_KINDS, "translation") or not names or names[0] == "parts":
        return False
    return names[-1] in _GRAMMAR_FIELDS


def _routes(rule: str, kind: str, data: Any, path: str) -> Iterator[Keys]:
    found: tuple[Finding, ...] = validate(kind, data, path)[1]
    for finding in found:
        if finding.rule == rule and not finding.route.at_key:
            yield finding.route.keys


def _applied(text: str, changes: tuple[str, ...], data: Any, edits: list[Edit]) -> RepairedText:
    after = rewritten(text, (edit[:3] for edit in edits))
    announced = {edit.keys: edit.value for edit in edits}
    expected = _mapped(data, lambda keys, words: announced.get(keys, words))
    try:
        same = load(after) == expected
    except Unreadable:
        same = False
    if not same:
        line = _line_of(text, edits[0].start)
        raise NotFormatted(
            "this text can't be put in quotes without changing it",
            "Put the whole text in double quotes by hand.",
            line,
        )
    return RepairedText(after, (*changes, *(edit.told for edit in edits)))


def _mapped(data: Any, change: Callable[[Keys, str], str], keys: Keys = ()) -> Any:
    """Return the data with each text replaced by what `change` makes of its keys and words."""
    if isinstance(data, dict):
        return {key: _mapped(value, change, (*keys, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_mapped(value, change, (*keys, at)) for at, value in enumerate(data)]
    return change(keys, data) if isinstance(data, str) else data


def _without(data: Any, routes: list[Keys]) -> Any:
    left_out = frozenset(routes)
    return _mapped(data, lambda keys, words: "" if keys in left_out else words)


def _line_of(text: str, at: int) -> Any:
    return place_of(text, at)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:57] + "..."
