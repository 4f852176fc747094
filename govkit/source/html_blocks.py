"""The words of a page of HTML as blocks: headings, items with their numbers, tables by cell.

Its text is read and not its source; menus, banners and what is hidden come behind it. Nothing is
run and nothing is fetched.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from govkit.source.html_asides import Aside, aside_of
from govkit.source.list_numbers import BULLET, number_as
from govkit.source.text_blocks import (
    NotText,
    Style,
    TextBlock,
    folded_words,
    lowered,
    raised,
    struck,
    with_struck_marked,
)

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ENDS_BLOCK = frozenset(
    (
        *("p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "caption", "blockquote", "hr"),
        *(
            "section",
            "article",
            "header",
            "footer",
            "main",
            "nav",
            "aside",
            "dt",
            "dd",
            "dl",
            "pre",
        ),
        *("figure", "figcaption", "form", "fieldset", "summary", "details", "address"),
        *("body", "thead", "tbody", "tfoot", "dialog", "menu", "option", *_HEADINGS),
    )
)
_SECTIONS = frozenset(("main", "article", "section"))
_UNREAD = frozenset(
    ("script", "style", "head", "template", "noscript", "textarea", "select", "svg")
)
_PICTURES = {
    **dict.fromkeys(("img", "svg", "canvas", "video"), "pictures"),
    **dict.fromkeys(("iframe", "frame", "object", "embed"), "frames"),
}
_FORMS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "1": "decimal",
}
_DEEPEST = 100
_MOST_ENDLESS = 5
_MOST_SPANNED = 1_000
_DELETED = frozenset(("del",))
_INSERTED = frozenset(("ins",))
_STRUCK = frozenset(("s", "strike"))
_ALONE = frozenset(("br", "hr", "img", "input", "wbr", "col"))
"""What has no end."""
_STRUCK_BY_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_SHIFTED = {"sup": 1, "sub": -1}
_ALIGNED = re.compile(r"vertical-align\s*:\s*(sup|sub)", re.IGNORECASE)


class PageBlocks(HTMLParser):
    """Reads a page; feed it, close it, and take `blocks`."""

    def __init__(self, *, rejected: bool = False) -> None:
        """Have read nothing yet; `rejected` takes what is marked as changed as it was before."""
        super().__init__(convert_charrefs=True)
        self.blocks: list[TextBlock] = []
        self.hidden: list[TextBlock] = []
        self.deleted = self.inserted = False
        """Whether words stood there as deleted, which were left out, or as inserted."""
        self.struck = False
        self.unread: set[str] = set()
        self._gone_tags = _INSERTED if rejected else _DELETED
        self._words: list[str] = []
        self._unseen: list[str] = []
        self._aside: Aside | None = None
        self._within = 0
        self._unread = self._gone = self._as_typed = self._shifted = 0
        self._shifts: dict[str, list[int]] = {}
        self._strikes: dict[str, list[bool]] = {}
        self._lists: list[tuple[str, int]] = []
        self._label = ""
        self._heading = 0
        self._tables: list[_Grid] = []
        self._count = self._endless = 0

    @property
    def in_order(self) -> tuple[TextBlock, ...]:
        """Return the text, then menus and banners, then what is hidden."""
        menus = [block for block in self.blocks if block.part]
        text = [block for block in self.blocks if not block.part]
        if not text:
            text, menus = [block._replace(part="") for block in menus], []
        return (*text, *menus, *self.hidden)

    def close(self) -> None:
        """Take what is still open."""
        super().close()
        self._end_block()
        self._end_aside()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, an item, a cell, or what is not read."""
        if tag in _PICTURES:
            self.unread.add(_PICTURES[tag])
        if tag in _UNREAD:
            self._unread += 1
        if self._unread:
            return
        named = {name: value or "" for name, value in attrs}
        self._begin_aside(tag, named)
        if tag in _ENDS_BLOCK:
            self._end_block()
        self._begin_list(tag, named)
        self._begin_cell(tag, named)
        if tag in _SHIFTED or tag == "span":
            style = _ALIGNED.search(named.get("style", ""))
            shift = _SHIFTED.get(tag) or (_SHIFTED[style[1].lower()] if style else 0)
            self._shifts.setdefault(tag, []).append(shift)
            self._shifted += shift
        self._begin_strike(tag, named)
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "br":
            self._words.append("\n")
        elif tag == "pre":
            self._as_typed += 1
        elif tag in self._gone_tags:
            self._gone += 1
        self.inserted = self.inserted or tag in _INSERTED

    def _begin_strike(self, tag: str, named: dict[str, str]) -> None:
        if tag == "p":
            self._strikes.pop(tag, None)  # it ends the one before it, with a sign or without
        if tag in _ALONE:
            return
        strikes = tag in _STRUCK or bool(_STRUCK_BY_STYLE.search(named.get("style", "")))
        if strikes or tag in self._strikes:
            self._strikes.setdefault(tag, []).append(strikes)

    def _end_strike(self, tag: str) -> None:
        if open_ := self._strikes.get(tag):
            open_.pop()
        if not open_:
            self._strikes.pop(tag, None)

    def _begin_aside(self, tag: str, named: dict[str, str]) -> None:
        """Take the beginning of what stands beside the text, and what ends it without a sign."""
        self._within += tag in _SECTIONS
        depth = len(self._lists), len(self._tables)
        if self._aside is not None and self._aside.ends_before(tag, depth, tag in _ENDS_BLOCK):
            self._end_block()
            self._end_aside()
        if self._aside is not None:
            self._aside.opened += tag == self._aside.tag
        elif part := aside_of(tag, named, in_section=self._within > 0):
            if tag in _ENDS_BLOCK:
                self._end_block()
            self._aside = Aside(tag, part, depth, len(self.blocks))

    def _end_aside(self) -> None:
        aside = self._aside
        if aside is not None:
            held = self.blocks[aside.start :]
            # The head of a page may hold the title of its text.
            if any(block.style == "heading" and block.depth == 1 for block in held):
                self.blocks[aside.start :] = [block._replace(part="") for block in held]
        self._aside = None

    def parse_starttag(self, i: int) -> int:
        """Count tags that never end: for each of them the parser reads the rest of the page."""
        return self._ended(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        """Do the same for the end of an element."""
        return self._ended(super().parse_endtag(i))

    def parse_html_declaration(self, i: int) -> int:
        """Do the same for a declaration."""
        return self._ended(super().parse_html_declaration(i))

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Do the same for a comment."""
        return self._ended(super().parse_comment(i, report))

    def _ended(self, end: int) -> int:
        self._endless += end < 0
        if self._endless > _MOST_ENDLESS:
            raise NotText(
                "is a damaged page: tags in it never end", "Save it again with a browser."
            )
        return end

    def _begin_list(self, tag: str, named: dict[str, str]) -> None:
        if tag == "ul" and len(self._lists) < _DEEPEST:
            self._lists.append(("bullet", 0))
        elif tag == "ol" and len(self._lists) < _DEEPEST:
            form = _FORMS.get(named.get("type", "1"), "decimal")
            self._lists.append((form, _number(named.get("start", ""), 1) - 1))
        elif tag == "li":
            form, count = self._lists[-1] if self._lists else ("bullet", 0)
            count = _number(named.get("value", ""), count + 1)
            if self._lists:
                self._lists[-1] = (form, count)
            self._label = BULLET if form == "bullet" else f"{number_as(form, count)}."

    def _begin_cell(self, tag: str, named: dict[str, str]) -> None:
        if tag == "table" and len(self._tables) < _DEEPEST:
            self._count += 1
            self._tables.append(_Grid(self._count))
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            spans = (_number(named.get(name, ""), 1) for name in ("colspan", "rowspan"))
            self._tables[-1].begin_cell(*spans)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in _UNREAD:
            self._unread = max(self._unread - 1, 0)
        if self._unread:
            return
        if tag in _ENDS_BLOCK:
            self._end_block()
        self._within -= tag in _SECTIONS and self._within > 0
        self._end_strike(tag)
        self._shifted -= (self._shifts.get(tag) or [0]).pop()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre":
            self._as_typed = max(self._as_typed - 1, 0)
        elif tag in self._gone_tags:
            self._gone = max(self._gone - 1, 0)
        depth = len(self._lists), len(self._tables)
        if self._aside is not None and self._aside.ends_with(tag, depth, tag in _ENDS_BLOCK):
            self._end_aside()

    def handle_data(self, data: str) -> None:
        """Take words; line ends between them are blanks, but where the page keeps them."""
        if self._unread:
            return
        if self._gone:
            self.deleted = self.deleted or bool(data.strip())
            return
        data = data if self._as_typed else data.replace("\n", " ")
        if self._shifted:
            before = self._words[-1] if self._words else ""
            data = raised(data, before) if self._shifted > 0 else lowered(data)
        if any(map(any, self._strikes.values())) and data.strip():
            self.struck = True
            data = struck(data)
        is_hidden = self._aside is not None and self._aside.part == "hidden"
        (self._unseen if is_hidden else self._words).append(data)

    def _end_block(self) -> None:
        unseen = folded_words(with_struck_marked("".join(self._unseen)).replace("\n", " "))
        self._unseen.clear()
        if unseen:
            self.hidden.append(TextBlock(unseen, part="hidden"))
        pieces = with_struck_marked("".join(self._words)).split("\n")
        self._words.clear()
        lines = [line for line in map(folded_words, pieces) if line]
        if self._heading or self._tables:
            lines = [" ".join(lines)] if lines else []
        for line in lines:
            block = self._block(line)
            self.blocks.append(block._replace(part="menu") if self._aside else block)

    def _block(self, text: str) -> TextBlock:
        style: Style = "words"
        depth, label = 0, self._label
        self._label = ""
        if label:
            text, style, depth = f"{label} {text}", "item", max(len(self._lists), 1)
        if self._tables:
            return TextBlock(text, "cell", 0, self._tables[-1].cell, label)
        if self._heading:
            return TextBlock(text, "heading", self._heading, label=label)
        return TextBlock(text, style, depth, label=label)


class _Grid:
    """A table: which cell is open, and which columns a cell of a row above reaches into."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._row = self._column = 0
        self._taken: dict[int, int] = {}

    @property
    def cell(self) -> tuple[int, int, int]:
        return self._number, max(self._row, 1), max(self._column, 1)

    def begin_row(self) -> None:
        self._row += 1
        self._column = 0
        self._taken = {at: left - 1 for at, left in self._taken.items() if left > 1}

    def begin_cell(self, columns: int, rows: int) -> None:
        self._column += 1
        while self._taken.get(self._column):
            self._column += 1
        first = self._column
        self._column += min(max(columns, 1), _MOST_SPANNED) - 1
        if rows > 1:
            self._taken |= dict.fromkeys(range(first, self._column + 1), rows)


def _number(text: str, otherwise: int) -> int:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else otherwise


def read_html(page: str, *, rejected: bool = False) -> PageBlocks:
    """Return a page that was read: its blocks, and whether words in it were deleted.

    Raises `NotText` for a page that is damaged all over.
    """
    reader = PageBlocks(rejected=rejected)
    reader.feed(page)
    reader.close()
    return reader
