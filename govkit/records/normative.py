"""The small grammar of normative texts: paragraphs, lists, and a few inline marks.

This is the only parser of clauses, definitions, preambles, conditions and exceptions; digests are
taken from its value and the writers print from it. It looks like Markdown, and whatever Markdown
would read otherwise is a flaw, so that a text means the same on a code host as in a book. The
grammar stands in docs/normative-text.md.
"""

from __future__ import annotations

import re

from govkit.patterns import lazy_regex
from govkit.records.inline import read_words
from govkit.records.wording import SPACES, Block, Flaw, Run, Wording, fold

__all__ = ["MARKER", "SPACES", "Block", "Flaw", "Run", "Wording", "fold", "label", "read"]

MARKER = lazy_regex(r"(?:\((a?[a-z]|[ivxlc]{2,8}|[0-9]{1,3}|A?[A-Z])\)|(-)) ")
"""What begins an item: any label that some list can have, so `(EU) ` or `(2022) ` begins none."""

MAX_LEVELS = 4

_LINE_START = lazy_regex(
    r"(?P<heading>\#{1,6}(?:\s|$))"
    r"|(?P<quote>>)"
    r"|(?P<bullet>[*+](?:\s|$)|-\t|[\u2022\u2023\u2043\u25a0-\u25ff\u27a2\u00b7\uf0b7]"
    r"|[\u2010-\u2014][ \u00a0])"
    r"|(?P<number>\d{1,9}[.)](?:\s|$))"
    r"|(?P<rule>(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|[=-]+[ \t]*)$)"
    r"|(?P<fence>```|~~~)"
    r"|(?P<table>\||[-:][-: \t]*\|)"
)
LINE_FLAWS = {
    "heading": ("a line that begins with # is a heading", "Put the heading into the title."),
    "quote": ("a line that begins with > is a quotation", "Write the words without >, or as \\>."),
    "bullet": ("a list begins with `- ` or `(a) ` here", "Write `- ` or `(a) ` instead."),
    "number": ("a list with `1.` is renumbered by Markdown", "Write `(1) `, `(2) `, … instead."),
    "rule": ("a line of only -, _, * or = is a rule or a heading", "Delete the line."),
    "fence": ("a block of code has no place in this text", "Delete the ``` or ~~~."),
    "table": ("a table has no place in this text", "Write a list of items instead."),
}

_NUMERAL = r"(?:x{1,3}(?:ix|iv|v?i{0,3})|ix|iv|vi{0,3}|i{1,3})"
_LETTER = rf"(?:[A-Za-z]|{_NUMERAL}|[0-9]{{1,2}})"
LIKE_ITEM = lazy_regex(
    rf"(?P<label>(?!e\. ?g\.|i\. ?e\.)(?:[A-Za-z]|{_NUMERAL})[.)](?=[ \t\u00a0])"
    rf"|[0-9]{{1,2}}\)(?=[^\W\d_])"
    rf"|(?!\([sS]\)he)\({_LETTER}(?:\.\)|\)(?:\u00a0|\t|[.,:;](?=\s)|(?=[^\W\d_]))))"
    r"|(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})+\.?\)?(?=[ \t\u00a0]))"
    r"|(?P<sign>-(?=[^\W\d_])|o(?=[ \t])|[\u2190-\u21ff\u2794-\u27be])"
)
"""What begins an item in the documents of lawyers and of word processors, and in none of records:
`a) `, `i. `, `(a)x`, `(a), `, `1.1 `, `o `, `\u2192`. YAML and Markdown join such lines to one."""
_BEFORE_ITEM = lazy_regex(r"(?:[:;.,]|\b(?:and|or))\s*\Z|\A\s*\Z")


def item_meant(found: re.Match[str]) -> str:
    """Return the marker that a `LIKE_ITEM` was typed for."""
    if found["sign"]:
        return "-"
    if found["number"]:
        return "(1)"
    return f"({re.sub(r'[^A-Za-z0-9]', '', found.group())})"


_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")


def read(text: str) -> Wording:
    """Return the value of a normative text; what is outside the grammar comes back as flaws."""
    body = text.rstrip(" \t\n")
    if "\n" not in body and (body[:1].isalpha() or not _begins_oddly(text)):
        runs, flaws = read_words(text, 0, len(body))
        if text[:1] in (" ", "\t"):
            flaws.append(Flaw(_INDENTED, _LEFT_EDGE, 0, 1))
        return Wording((Block("p", 0, "", runs),) if runs else (), tuple(flaws))
    return _Blocks(text).read()


def _begins_oddly(text: str) -> bool:
    line = text.split("\n", 1)[0]
    return bool(MARKER.match(line) or _LINE_START.match(line))


def label(style: str, number: int) -> str:
    """Return the label of the `number`th item, from 1, of a list of this style."""
    if style == "1":
        return str(number)
    if style == "i":
        tens, ones = divmod(number, 10)
        return "c" * (tens // 10) + _ROMAN_TENS[tens % 10] + _ROMAN[ones]
    first = "a" if style == "a" else "A"
    if number > 26:
        return chr(ord(first) + (number - 27) // 26) + chr(ord(first) + (number - 27) % 26)
    return chr(ord(first) + number - 1)


def _style_of(first: str) -> str:
    """Return the style of the list whose first marker this is."""
    if first in ("-", "i"):
        return first
    if first.isdigit():
        return "1"
    return "A" if first.isupper() else "a"


class _List:
    """A list whose items are being read."""

    __slots__ = ("count", "first", "style", "words_column")

    def __init__(self, style: str, first: tuple[int, int]) -> None:
        self.style = style
        self.count = 0
        self.first = first
        self.words_column = 0


_INDENTED = "this line is indented, which Markdown reads as code"
_EMPTY_LINE = " Leave a line empty before the list."
_LEFT_EDGE = "Begin the line at the left edge of the text."


_NO_LIST = "no list begins with"
_ONE_ITEM = "this list has only one item"
_UNCLEAR = "it is not clear whether this line belongs to the item"
_OF_LABELS = (_ONE_ITEM, _UNCLEAR)


class _Blocks:
    """Finds paragraphs and items, line by line; a block is a stretch of whole lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.flaws: list[Flaw] = []
        self.lists: list[_List] = []
        self.open: tuple[str, int, str, int] | None = None  # style, depth, label, start
        self.end = 0
        self.like: list[Flaw] = []
        """What looks like an item of another form. One at the beginning alone is no list."""

    def read(self) -> Wording:
        at = 0
        for line in self.text.split("\n"):
            if not line.strip(" \t"):
                self.finish()
            else:
                self.line(line, at)
                self.end = at + len(line)
            at += len(line) + 1
        self.finish()
        self.close_lists(0)
        if len(self.like) > 1 or (self.like and self.like[0].start > 0):
            self.flaws += self.like
        flaws = sorted(self.flaws, key=lambda flaw: flaw.start)
        if any(flaw.message.startswith(_NO_LIST) for flaw in flaws):
            # Where the first label is wrong, what follows from it is not said too.
            flaws = [flaw for flaw in flaws if flaw.message not in _OF_LABELS]
        return Wording(tuple(self.blocks), tuple(flaws))

    def flaw(self, message: str, help: str, start: int, end: int) -> None:
        self.flaws.append(Flaw(message, help, start, end))

    def finish(self) -> None:
        """End the open block and read its words."""
        if self.open is None:
            return
        style, depth, label_, start = self.open
        runs, flaws = read_words(self.text, start, self.end)
        self.blocks.append(Block(style, depth, label_, runs))
        self.flaws += flaws
        self.open = None

    def line(self, line: str, at: int) -> None:
        indent = len(line) - len(line.lstrip(" "))
        if line[indent] in SPACES:
            what = "a tab" if line[indent] == "\t" else "a no-break space"
            message = f"{what} stands at the beginning of the line"
            self.flaw(message, "Use spaces.", at, at + indent + 1)
        marker = MARKER.match(line, indent) if line[indent] in "(-" else None
        if marker:
            if self.open is not None and not self.lists:
                message = "a list begins here without an empty line before it"
                help = (
                    "Put an empty line before the list. If this is no list, "
                    "let the line begin with another word."
                )
                self.flaw(message, help, at + indent, at + marker.end())
            self.item(line, at, indent, marker)
        elif not self.like_item(line, at, indent):
            self.words(line, at, indent)

    def words(self, line: str, at: int, indent: int) -> None:
        if self.open is None:
            self.paragraph(line, at, indent)
        else:
            self.continued(line, at, indent)

    def like_item(self, line: str, at: int, indent: int) -> bool:
        """Read a line that begins as an item does elsewhere, and say whether it is one."""
        found = LIKE_ITEM.match(line, indent) if "\n" in self.text else None
        if found is None:
            return False
        if not found.group().endswith(")") and not _BEFORE_ITEM.search(self.text[:at]):
            return False  # a sentence or a number that begins there, as `2.5 million`
        help = f"Write `{item_meant(found)} `, with one space after it, in place of "
        help += f"`{found.group().strip()}`, and each item so."
        help += " Begin it at the left edge." if indent and not self.lists else ""
        if self.open is not None and not self.lists:
            help += _EMPTY_LINE
        known = len(self.flaws)
        self.words(line, at, indent)
        del self.flaws[known:]
        start = at + indent
        self.like.append(Flaw(LINE_FLAWS["bullet"][0], help, start, start + len(found.group())))
        return True

    def item(self, line: str, at: int, indent: int, marker: re.Match[str]) -> None:
        self.finish()
        start, end = at + indent, at + marker.end()
        level = indent // 4 + 1
        if indent % 4 or level > len(self.lists) + 1 or level > MAX_LEVELS:
            levels = f"at most {MAX_LEVELS} levels"
            self.flaw(
                "this item stands at no level of the list",
                f"Indent items by 0, 4, 8 or 12 spaces, one level at a time ({levels}).",
                start,
                end,
            )
            level = min(level, len(self.lists) + 1, MAX_LEVELS)
        self.close_lists(level)
        given = marker[1] or "-"
        if len(self.lists) < level:
            self.lists.append(_List(_style_of(given), (start, end)))
        current = self.lists[-1]
        current.count += 1
        expected = "-" if current.style == "-" else label(current.style, current.count)
        if given != expected:
            self.wrong_label(given, expected, current.count, start, end)
        current.words_column = marker.end()
        self.open = (current.style, level, given, end)
        self.first_words(line, marker.end(), at, start)

    def first_words(self, line: str, column: int, at: int, start: int) -> None:
        """Check what follows a marker that begins at `start`."""
        if line[column : column + 1].isalpha():
            return
        words = line[column:]
        if not words.strip(SPACES):
            help = "Write the words on the line of the marker, or delete it."
            self.flaw("this item has no words", help, start, at + column)
        elif words[0] in SPACES:
            help = "Leave one space after the marker."
            self.flaw("more than one space follows the marker", help, start, at + column + 1)
        elif MARKER.match(words):
            help = "Begin the inner list on a line of its own, four spaces deeper."
            self.flaw("two markers stand on one line", help, start, at + column)
        self.line_start(line, column, at)

    def wrong_label(self, given: str, expected: str, count: int, start: int, end: int) -> None:
        shown = "- " if expected == "-" else f"({expected})"
        if count == 1:
            help = "Begin it with (a), (i), (1), (A) or -."
            self.flaw(f"{_NO_LIST} ({given})", help, start, end)
        else:
            help = f"Write {shown} here, or put a paragraph between two lists."
            self.flaw(f"the next item of this list is {shown}", help, start, end)

    def close_lists(self, level: int) -> None:
        """Close the lists below `level`; one of a single item is a flaw."""
        while len(self.lists) > level:
            closed = self.lists.pop()
            if closed.count == 1:
                help = "Write it as a sentence, or add the other items."
                self.flaw(_ONE_ITEM, help, *closed.first)

    def paragraph(self, line: str, at: int, indent: int) -> None:
        depth = 0
        if indent:
            depths = [
                level for level, list_ in enumerate(self.lists, 1) if list_.words_column == indent
            ]
            if len(depths) == 1:
                depth = depths[0]
            else:
                help = _LEFT_EDGE
                if self.lists:
                    help = "Begin it exactly under the words of its item, or at the left edge."
                message = "two items have their words here" if depths else _INDENTED
                self.flaw(message, help, at, at + indent)
        self.close_lists(depth)
        self.open = ("p", depth, "", at + indent)
        self.line_start(line, indent, at)

    def continued(self, line: str, at: int, indent: int) -> None:
        assert self.open is not None
        depth = self.open[1]
        if depth == 0:
            if indent:
                self.flaw(_INDENTED, _LEFT_EDGE, at, at + indent)
        elif not (depth - 1) * 4 < indent <= self.lists[depth - 1].words_column:
            help = "Indent it as the words of its item, or put an empty line before it."
            self.flaw(_UNCLEAR, help, at, at + len(line))
        self.line_start(line, indent, at, "" if self.lists else _EMPTY_LINE)

    def line_start(self, line: str, column: int, at: int, before: str = "") -> None:
        """Check what begins a line; `before` is what a list that begins here needs too."""
        if line[column : column + 1].isalpha():
            return
        found = _LINE_START.match(line, column)
        if found and found.lastgroup:
            message, help = LINE_FLAWS[found.lastgroup]
            if found.lastgroup == "bullet" and "\n" not in self.text.strip():
                message, help = f"`{found.group().strip()}` begins no list here", "Delete it."
            elif found.lastgroup in ("bullet", "number"):
                help += before
            self.flaw(message, help, at + found.start(), at + max(found.end(), found.start() + 1))
