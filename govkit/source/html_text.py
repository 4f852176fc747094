"""The words of a page of HTML as plain text, with `>` before what it quotes. Nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section")
)
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))
_DECLARATION = re.compile(r"<!(?!--)[^>]{0,200}>?")
"""What Word puts into its pages, as `<![endif]>`; the parser stops at one that is cut off."""
_DEEPEST = 30


def text_of_html(page: str) -> str:
    """Return the words of a page, a line for each block."""
    reader = _Reader()
    reader.feed(_DECLARATION.sub("", page))
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._unseen = 0

    def text(self) -> str:
        """Return what was read so far; never more than one empty line in a row."""
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a quotation, or what nobody sees."""
        if tag in _UNSEEN:
            self._unseen += 1
        if tag in _BLOCKS:
            self._end_line()
        if tag in ("p", "blockquote", "hr"):
            self._lines.append(self._marks().rstrip())
        if tag == "blockquote":
            self._quoted = min(self._quoted + 1, _DEEPEST)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        if tag in _BLOCKS:
            self._end_line()
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)

    def handle_data(self, data: str) -> None:
        """Take words; line ends between them are blanks."""
        if not self._unseen:
            self._line.append(data)

    def _marks(self) -> str:
        return "> " * self._quoted

    def _end_line(self) -> None:
        words = " ".join("".join(self._line).split())
        self._line.clear()
        if words:
            self._lines.append(self._marks() + words)
