"""The words of a page of HTML as blocks: headings, items with their numbers, tables by cell.

Its text is read and not its source. Nothing is run and nothing is fetched.
"""

from __future__ import annotations

from html.parser import HTMLParser

from govkit.source.list_numbers import BULLET, number_as
from govkit.source.text_blocks import NotText, Style, TextBlock, folded_words

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
        *("body", "thead", "tbody", "tfoot", "address", "option", *_HEADINGS),
    )
)
_UNREAD = frozenset(
    ("script", "style", "head", "template", "noscript", "textarea", "select", "svg")
)
_FORMS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "1": "decimal",
}
_DEEPEST = 100
_MOST_ENDLESS = 5
_DELETED = frozenset(("del", "s", "strike"))


class PageBlocks(HTMLParser):
    """Reads a page; feed it, close it, and take `blocks`."""

    def __init__(self) -> None:
        """Have read nothing yet."""
        super().__init__(convert_charrefs=True)
        self.blocks: list[TextBlock] = []
        self.deleted = False
        """Whether words stood there as deleted, which were left out."""
        self._words: list[str] = []
        self._unread = self._gone = self._as_typed = 0
        self._lists: list[tuple[str, int]] = []
        self._label = ""
        self._heading = 0
        self._tables: list[list[int]] = []
        self._count = self._endless = 0

    def close(self) -> None:
        """Take what is still open."""
        super().close()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, an item, a cell, or what is not read."""
        if tag in _UNREAD:
            self._unread += 1
        if self._unread:
            return
        if tag in _ENDS_BLOCK:
            self._end_block()
        named = {name: value or "" for name, value in attrs}
        self._begin_list(tag, named)
        self._begin_cell(tag)
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "br":
            self._words.append("\n")
        elif tag == "pre":
            self._as_typed += 1
        elif tag in _DELETED:
            self._gone += 1

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

    def _begin_cell(self, tag: str) -> None:
        if tag == "table" and len(self._tables) < _DEEPEST:
            self._count += 1
            self._tables.append([self._count, 0, 0])
        elif tag == "tr" and self._tables:
            self._tables[-1][1:] = [self._tables[-1][1] + 1, 0]
        elif tag in ("td", "th") and self._tables:
            self._tables[-1][2] += 1

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in _UNREAD:
            self._unread = max(self._unread - 1, 0)
        if self._unread:
            return
        if tag in _ENDS_BLOCK:
            self._end_block()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "table" and self._tables:
            self._tables.pop()
        elif tag in _HEADINGS:
            self._heading = 0
        elif tag == "pre":
            self._as_typed = max(self._as_typed - 1, 0)
        elif tag in _DELETED:
            self._gone = max(self._gone - 1, 0)

    def handle_data(self, data: str) -> None:
        """Take words; line ends between them are blanks, but where the page keeps them."""
        if self._unread:
            return
        if self._gone:
            self.deleted = self.deleted or bool(data.strip())
            return
        self._words.append(data if self._as_typed else data.replace("\n", " "))

    def _end_block(self) -> None:
        pieces = "".join(self._words).split("\n")
        self._words.clear()
        lines = [line for line in map(folded_words, pieces) if line]
        if self._heading or self._tables:
            lines = [" ".join(lines)] if lines else []
        for line in lines:
            self.blocks.append(self._block(line))

    def _block(self, text: str) -> TextBlock:
        style: Style = "words"
        depth = 0
        if self._label:
            text, style, depth = f"{self._label} {text}", "item", max(len(self._lists), 1)
            self._label = ""
        if self._tables:
            table, row, column = self._tables[-1]
            return TextBlock(text, "cell", 0, (table, max(row, 1), max(column, 1)))
        if self._heading:
            return TextBlock(text, "heading", self._heading)
        return TextBlock(text, style, depth)


def _number(text: str, otherwise: int) -> int:
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else otherwise


def read_html(page: str) -> PageBlocks:
    """Return a page that was read: its blocks, and whether words in it were deleted.

    Raises `NotText` for a page that is damaged all over.
    """
    reader = PageBlocks()
    reader.feed(page)
    reader.close()
    return reader
