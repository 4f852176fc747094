"""The small grammar of normative texts: paragraphs, lists, and a few inline marks.

This is the only parser of clauses, definitions, preambles, conditions and exceptions; digests are
taken from its value and the writers print from it. It looks like Markdown, and whatever Markdown
would read otherwise is a flaw, so that a text means the same on a code host as in a book. The
grammar stands in docs/normative-text.md.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SPACES = " \t\n\u00a0\u202f"
"""The white space that is folded inside a block; other Unicode spaces are refused by the gate."""


class Run(NamedTuple):
    """A stretch of words of one kind.

    `kind` is `text`, `em`, `code`, `term`, `ref` or `param`. `words` has its white space folded;
    `target` is the slug of a term, the target of a ref, or the name of a parameter. `start` and
    `end` are character indexes into the text.
    """

    kind: str
    words: str
    target: str
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph or a list item.

    `style` is `p` for a paragraph, or the style of the item's list: `-`, `a`, `i`, `1` or `A`.
    `depth` is 0 outside lists, else the level of the item (a further paragraph has its item's).
    `label` is what stands in the brackets; it is printed and never hashed.
    """

    style: str
    depth: int
    label: str
    runs: tuple[Run, ...]


class Flaw(NamedTuple):
    """Where a text leaves the grammar: what is wrong, what to do, and the characters meant."""

    message: str
    help: str
    start: int
    end: int


class Wording(NamedTuple):
    """What a normative text says: its blocks in order, and its flaws."""

    blocks: tuple[Block, ...]
    flaws: tuple[Flaw, ...] = ()

    def runs(self, kind: str) -> list[Run]:
        """Return the runs of one kind, in order."""
        return [run for block in self.blocks for run in block.runs if run.kind == kind]

    def labels(self) -> set[tuple[str, ...]]:
        """Return the way of labels to each list item, as ("a", "ii")."""
        found: set[tuple[str, ...]] = set()
        way: list[str] = []
        for block in self.blocks:
            if block.style == "p":
                way = way[: block.depth]
                continue
            way = [*way[: block.depth - 1], block.label]
            found.add(tuple(way))
        return found


MARKER = re.compile(r"(?:\((a?[a-z]|[ivxlc]{2,8}|[0-9]{1,3}|A?[A-Z])\)|(-)) ")
"""What begins an item: any label that some list can have, so `(EU) ` or `(2022) ` begins none."""

MAX_LEVELS = 4

_REF_TARGET = re.compile(r"([A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)((?:\([A-Za-z0-9-]+\))*)")
_SPECIAL = re.compile(r"[\\*`\[\]{<&!~]")
_SPECIAL_OR_ADDRESS = re.compile(
    r"[\\*`\[\]{<&!~]|(?<!\w)(?i:https?://|ftp://|mailto:|www\.)"
)
_ESCAPABLE = frozenset("\\*`[]{}()<>&_#-+.!|~:\"'")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)", re.DOTALL)
_PARAMETER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_CODE = re.compile(r"`([^`\n]+)`(?!`)")
_EMPHASIS = re.compile(r"\*([^*`\[\]{}\\<>]+)\*(?!\*)")
_STRUCK = re.compile(r"~(?=\S)[^~]*(?<=\S)~")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_TAG = re.compile(r"<[A-Za-z/!?]")
_TERM_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_LINE_START = re.compile(
    r"(?P<heading>\#{1,6}(?:\s|$))"
    r"|(?P<quote>>)"
    r"|(?P<bullet>[*+](?:\s|$)|-\t)"
    r"|(?P<number>\d{1,9}[.)](?:\s|$))"
    r"|(?P<rule>(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,}|[=-]+[ \t]*)$)"
    r"|(?P<fence>```|~~~)"
    r"|(?P<table>\||[-:][-: \t]*\|)"
)
_LINE_FLAWS = {
    "heading": ("a line that begins with # is a heading", "Put the heading into the title."),
    "quote": ("a line that begins with > is a quotation", "Write the words without >, or as \\>."),
    "bullet": ("a list begins with `- ` or `(a) ` here", "Write `- ` or `(a) ` instead."),
    "number": ("a list with `1.` is renumbered by Markdown", "Write `(1) `, `(2) `, … instead."),
    "rule": ("a line of only -, _, * or = is a rule or a heading", "Delete the line."),
    "fence": ("a block of code has no place in this text", "Delete the ``` or ~~~."),
    "table": ("a table has no place in this text", "Write a list of items instead."),
}


_SOME_SPACE = re.compile(f"[{SPACES}]+")
_HARD_BREAK = re.compile(r"  \n|\\\n")
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:", re.DOTALL)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")


_PLAIN_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;'()%/\"-]*")
"""Words that no mark can stand in; half of all texts, so they go by a short way."""


def read(text: str) -> Wording:
    """Return the value of a normative text; what is outside the grammar comes back as flaws."""
    body = text.rstrip(" \t\n")
    if _PLAIN_WORDS.fullmatch(body) and "  " not in body and "www." not in body.lower():
        return Wording((Block("p", 0, "", (Run("text", body, "", 0, len(body)),)),))
    if "\n" not in body and (body[:1].isalpha() or not _begins_oddly(body)):
        inline = _Inline(text, 0, len(body))
        runs = inline.runs()
        if text[:1] in (" ", "\t"):
            inline.flaw(_INDENTED, _LEFT_EDGE, 0, 1)
        return Wording((Block("p", 0, "", runs),) if runs else (), tuple(inline.flaws))
    return _Blocks(text).read()


def _begins_oddly(line: str) -> bool:
    return bool(MARKER.match(line) or _LINE_START.match(line))


def fold(words: str) -> str:
    """Fold each run of white space into one space, and take it off both ends."""
    return _SOME_SPACE.sub(" ", words).strip(" ")


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


def _is_letter(character: str) -> bool:
    """Say whether this is part of a word: a letter, a digit, or a vowel sign of an Indic script."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


class _List:
    """A list whose items are being read."""

    __slots__ = ("count", "first", "style", "words_column")

    def __init__(self, style: str, first: tuple[int, int]) -> None:
        self.style = style
        self.count = 0
        self.first = first
        self.words_column = 0


_INDENTED = "this line is indented, which Markdown reads as code"
_LEFT_EDGE = "Begin the line at the left edge of the text."


class _Blocks:
    """Finds paragraphs and items, line by line; a block is a stretch of whole lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.flaws: list[Flaw] = []
        self.lists: list[_List] = []
        self.open: tuple[str, int, str, int] | None = None  # style, depth, label, start
        self.end = 0

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
        return Wording(tuple(self.blocks), tuple(sorted(self.flaws, key=lambda flaw: flaw.start)))

    def flaw(self, message: str, help: str, start: int, end: int) -> None:
        self.flaws.append(Flaw(message, help, start, end))

    def finish(self) -> None:
        """End the open block and read its words."""
        if self.open is None:
            return
        style, depth, label_, start = self.open
        inline = _Inline(self.text, start, self.end)
        self.blocks.append(Block(style, depth, label_, inline.runs()))
        self.flaws.extend(inline.flaws)
        self.open = None

    def line(self, line: str, at: int) -> None:
        indent = len(line) - len(line.lstrip(" "))
        if line[indent] in SPACES:
            what = "a tab" if line[indent] == "\t" else "a no-break space"
            message = f"{what} stands at the beginning of the line"
            self.flaw(message, "Use spaces.", at, at + indent + 1)
        marker = MARKER.match(line, indent)
        if marker:
            if self.open is not None and not self.lists:
                message = "a list begins here without an empty line before it"
                help = (
                    "Put an empty line before the list. If this is no list, "
                    "let the line begin with another word."
                )
                self.flaw(message, help, at + indent, at + marker.end())
            self.item(line, at, indent, marker)
        elif self.open is None:
            self.paragraph(line, at, indent)
        else:
            self.continued(line, at, indent)

    def item(self, line: str, at: int, indent: int, marker: re.Match[str]) -> None:
        self.finish()
        start, end = at + indent, at + marker.end()
        level = indent // 4 + 1
        if indent % 4 or level > len(self.lists) + 1 or level > MAX_LEVELS:
            levels = f"at most {MAX_LEVELS} levels"
            self.flaw(
                "this item stands at no level of the list",
                f"Indent items by 0, 4, 8 or 12 spaces, one level at a time ({levels}).",
                start, end,
            )  # fmt: skip
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
            self.flaw(f"no list begins with ({given})", help, start, end)
        else:
            help = f"Write {shown} here, or put a paragraph between two lists."
            self.flaw(f"the next item of this list is {shown}", help, start, end)

    def close_lists(self, level: int) -> None:
        """Close the lists below `level`; one of a single item is a flaw."""
        while len(self.lists) > level:
            closed = self.lists.pop()
            if closed.count == 1:
                help = "Write it as a sentence, or add the other items."
                self.flaw("this list has only one item", help, *closed.first)

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
            self.flaw(
                "it is not clear whether this line belongs to the item", help, at, at + len(line)
            )
        self.line_start(line, indent, at)

    def line_start(self, line: str, column: int, at: int) -> None:
        found = _LINE_START.match(line, column)
        if found and found.lastgroup:
            message, help = _LINE_FLAWS[found.lastgroup]
            self.flaw(message, help, at + found.start(), at + max(found.end(), found.start() + 1))


class _Inline:
    """Reads the words of one block: the stretch `start` to `end` of the text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        # White space at both ends of a block says nothing.
        while start < end and text[start] in SPACES:
            start += 1
        while end > start and text[end - 1] in SPACES:
            end -= 1
        self.text = text
        self.start = start
        self.end = end
        self.flaws: list[Flaw] = []
        self.found: list[Run] = []
        self.pieces: list[str] = []
        self.piece_start = start

    def runs(self) -> tuple[Run, ...]:
        text, at, end = self.text, self.start, self.end
        lowered = text.lower()
        addressed = "://" in lowered or "www." in lowered or "mailto:" in lowered
        search = (_SPECIAL_OR_ADDRESS if addressed else _SPECIAL).search
        while special := search(text, at, end):
            self.pieces.append(text[at : special.start()])
            at = self.special(special.group(), special.start())
        self.pieces.append(text[at:end])
        self.end_text(end)
        broken = "\n" in text and _HARD_BREAK.search(text, self.start, end)
        if broken:
            help = "Delete the spaces or the backslash at the end of the line."
            self.flaw("Markdown would break the line here", help, *broken.span())
        return tuple(self.found)

    def flaw(self, message: str, help: str, start: int, end: int) -> None:
        self.flaws.append(Flaw(message, help, start, end))

    def end_text(self, at: int) -> None:
        words = "".join(self.pieces)
        if "  " in words or "\n" in words or "\t" in words or not words.isascii():
            words = _SOME_SPACE.sub(" ", words)
        if words:
            self.found.append(Run("text", words, "", self.piece_start, at))
        self.pieces.clear()

    def add(self, kind: str, words: str, target: str, start: int, end: int) -> int:
        self.end_text(start)
        self.found.append(Run(kind, words, target, start, end))
        self.piece_start = end
        return end

    def literal(self, words: str, end: int) -> int:
        self.pieces.append(words)
        return end

    def special(self, sign: str, at: int) -> int:
        """Read what begins at a special sign; return where to go on."""
        if len(sign) > 1:
            help = "Name the source in `grounds` or `mappings`; this text holds no outside links."
            self.flaw("a web address has no place in this text", help, at, at + len(sign))
            return self.literal(sign, at + len(sign))
        read = _READERS.get(sign)
        return read(self, at) if read else self.literal(sign, at + 1)

    def backslash(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if at + 1 < self.end and following in _ESCAPABLE:
            return self.literal(following, at + 2)
        if at + 1 >= self.end or following != "\n":
            self.flaw("a backslash stands here alone", "Write \\\\ for a backslash.", at, at + 1)
        return self.literal("\\", at + 1)

    def star(self, at: int) -> int:
        found = _EMPHASIS.match(self.text, at, self.end)
        if found and self.stands_apart(found):
            inner = self.plain_words(*found.span(1))
            if inner is not None:
                return self.add("em", inner, "", at, found.end())
            return self.literal(found.group(), found.end())
        if self.text.startswith("**", at):
            help = "Write *words* for emphasis."
            self.flaw("bold print has no place in this text", help, at, at + 2)
            return self.literal("**", at + 2)
        self.flaw(
            "a * stands here alone", "Write \\* for a star, *words* for emphasis.", at, at + 1
        )
        return self.literal("*", at + 1)

    def stands_apart(self, found: re.Match[str]) -> bool:
        """Say whether the stars touch letters inside and none outside: no reader differs then."""
        start, end = found.span()
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        return (
            _is_letter(found[1][0])
            and _is_letter(found[1][-1])
            and not (_is_letter(before) or before in "*_")
            and not (_is_letter(after) or after == "_")
        )

    def plain_words(self, start: int, end: int) -> str | None:
        """Return the words inside a mark, or None and a flaw where they hold other marks."""
        inner = _Inline(self.text, start, end)
        runs = inner.runs()
        self.flaws += inner.flaws
        if any(run.kind != "text" for run in runs):
            help = "Take the other marks out of it."
            self.flaw("the words inside this mark have to be plain words", help, start, end)
        elif not inner.flaws:
            return runs[0].words
        return None

    def tick(self, at: int) -> int:
        found = _CODE.match(self.text, at, self.end)
        if found and found[1] == found[1].strip():
            return self.add("code", found[1], "", at, found.end())
        self.flaw("a ` stands here alone", "Write `words` for code, \\` for the sign.", at, at + 1)
        end = at + 1
        while self.text[end : end + 1] == "`" and end < self.end:
            end += 1
        return self.literal(self.text[at:end], end)

    def bracket(self, at: int) -> int:
        found = _DEFINITION.match(self.text, at, self.end) if at == self.start else None
        if found:
            help = "Use `grounds` for sources, or write \\[ for the sign."
            self.flaw("a link definition has no place in this text", help, *found.span())
            return self.literal("[", at + 1)
        found = _LINK.match(self.text, at, self.end)
        if found:
            return self.link(found, at)
        opened = _LINK_OPENING.match(self.text, at, self.end)
        if opened:
            self.flaw(_NO_TARGET, _TARGETS, at, opened.end())
        return self.literal("[", at + 1)

    def link(self, found: re.Match[str], at: int) -> int:
        words, target = found[1], found[2]
        scheme, _, name = target.partition(":")
        fits = (scheme == "term" and _TERM_SLUG.fullmatch(name)) or (
            scheme == "ref" and _REF_TARGET.fullmatch(name)
        )
        if not fits:
            self.flaw(_NO_TARGET, _TARGETS, at, found.end())
        elif not words.strip(SPACES) or words != words.strip(SPACES):
            help = "Put the words between [ and ], without a space at either end."
            self.flaw("the words of this link are missing, or a space stands beside them", help,
                      at, found.end())  # fmt: skip
        else:
            plain = self.plain_words(*found.span(1))
            if plain is not None:
                return self.add(scheme, plain, name, at, found.end())
        return self.literal(found.group(), found.end())

    def closing(self, at: int) -> int:
        if self.text.startswith("](", at) and at + 1 < self.end:
            self.flaw(_NO_TARGET, _TARGETS, at, at + 2)
        return self.literal("]", at + 1)

    def brace(self, at: int) -> int:
        found = _PARAMETER.match(self.text, at, self.end)
        if found:
            return self.add("param", "", found[1], at, found.end())
        help = "Write {notice_days} for a parameter, \\{ for the sign."
        self.flaw("this is no parameter", help, at, at + 1)
        return self.literal("{", at + 1)

    def less(self, at: int) -> int:
        if _TAG.match(self.text, at, self.end):
            help = "Write \\< for the sign; use words instead of HTML."
            self.flaw("HTML and addresses in < > have no place in this text", help, at, at + 2)
        return self.literal("<", at + 1)

    def ampersand(self, at: int) -> int:
        found = _ENTITY.match(self.text, at, self.end)
        if found:
            help = "Write the character itself, or \\& for the sign."
            self.flaw(f"Markdown reads {found.group()} as another character", help, *found.span())
        return self.literal("&", at + 1)

    def exclamation(self, at: int) -> int:
        if self.text.startswith("![", at):
            help = "Describe it in words, or write \\! for the sign."
            self.flaw("a picture has no place in this text", help, at, at + 2)
        return self.literal("!", at + 1)

    def tilde(self, at: int) -> int:
        if self.text.startswith("~~", at):
            help = "Delete the words, or write \\~ for the sign."
            self.flaw("Markdown would strike these words out", help, at, at + 2)
            return self.literal("~~", at + 2)
        struck = _STRUCK.match(self.text, at, self.end)
        if struck:
            help = "Write \\~ for the sign."
            self.flaw("some readers would strike these words out", help, *struck.span())
        return self.literal("~", at + 1)


_NO_TARGET = "this link leads nowhere that a text may point to"
_TARGETS = "Write [words](term:slug) or [words](ref:ID), or \\[ for the sign."
_LINK_OPENING = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]\(", re.DOTALL)
_READERS = {
    "\\": _Inline.backslash,
    "*": _Inline.star,
    "`": _Inline.tick,
    "[": _Inline.bracket,
    "]": _Inline.closing,
    "{": _Inline.brace,
    "<": _Inline.less,
    "&": _Inline.ampersand,
    "!": _Inline.exclamation,
    "~": _Inline.tilde,
}
