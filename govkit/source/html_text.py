"""The words of a page of HTML as plain text, with `>` before what it quotes. Nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

_BLOCKS = frozenset(
    (
        *("p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "hr", "pre", "section"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "article", "header", "footer", "main", "dt", "dd"),
    )
)
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))
_DECLARATION = re.compile(r"<!(?!--)[^>]{0,200}>?")
"""What Word puts into its pages, as `<![endif]>`; the parser stops at one that is cut off."""
_DEEPEST = 30
_OTHERWISE = frozenset(
    (
        "s",
        "del",
        "strike",
        "input",
        "select",
        "textarea",
        "button",
        "bdo",
        "object",
        "iframe",
        "svg",
    )
)
"""What shows words otherwise than they stand there: struck through, ticked, turned around."""
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through|opacity\s*:\s*0"
    r"|font-size\s*:\s*0|(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em|;|\s|$)|text-indent\s*:\s*-"
    r"|position\s*:\s*(?:absolute|fixed)|content\s*:|(?<![-\w])color\s*:\s*(?:transparent|white|#f{3}\b"
    r"|#f{6}\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)|(?:bidi-override|transform\s*:)",
    re.IGNORECASE,
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_QUOTES = frozenset(
    (
        "gmail_quote",
        "gmail_attr",
        "yahoo_quoted",
        "moz-cite-prefix",
        "protonmail_quote",
        "tutanota_quote",
        "zmail_extra",
        "outlookmessageheader",
        "appendonsend",
        "divrplyfwdmsg",
        "mail-editor-reference-message-container",
        "ms-outlook-mobile-reference-message",
    )
)
"""Classes and ids by which mail programs mark where a quoted mail begins."""
_RULE_ABOVE = re.compile(r"border-top\s*:\s*solid\s+#(?:e1e1e1|b5c4df)", re.IGNORECASE)
"""The line that Outlook draws above a quoted mail."""


class PageText(NamedTuple):
    """The words of a page. `quoted_from` is how many lines with words stand above the first mark
    of a mail program that a quoted mail begins; None where there is none.

    `exact` says that a reader sees just these words: nothing hidden, struck through or filled in.
    """

    text: str
    quoted_from: int | None = None
    exact: bool = True


def read_page(page: str) -> PageText:
    """Return the words of a page, a line for each block, and whether they can be relied on."""
    reader = _Reader()
    reader.feed(_DECLARATION.sub("", page))
    reader.close()
    text = reader.text()
    exact = reader.exact and _TURNS.search(text) is None
    return PageText(text, reader.quoted_from, exact)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._unseen = 0
        self._as_typed = 0
        self.exact = True
        self.quoted_from: int | None = None

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
        self._look(tag, {name: value or "" for name, value in attrs})
        self._as_typed += tag == "pre"
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
        if tag == "pre":
            self._as_typed = max(self._as_typed - 1, 0)

    def _look(self, tag: str, named: dict[str, str]) -> None:
        """Note where a quotation begins, and what shows words otherwise than they stand there."""
        style = named.get("style", "")
        if tag in _OTHERWISE or "hidden" in named or _HIDES.search(style):
            self.exact = False
        marks = f"{named.get('class', '')} {named.get('id', '')}".casefold().split()
        quotes = _RULE_ABOVE.search(style) or not _QUOTES.isdisjoint(marks)
        if self.quoted_from is None and quotes:
            self.quoted_from = sum(1 for each in self._lines if each.strip(" >"))

    def handle_data(self, data: str) -> None:
        """Take words; line ends between them are blanks, but where the page keeps them."""
        if self._unseen:
            self.exact = self.exact and _HIDES.search(data) is None
            return
        first, *more = data.split("\n") if self._as_typed else [data]
        self._line.append(first)
        for each in more:
            self._end_line()
            self._line.append(each)

    def _marks(self) -> str:
        return "> " * self._quoted

    def _end_line(self) -> None:
        words = " ".join("".join(self._line).split())
        self._line.clear()
        if words:
            self._lines.append(self._marks() + words)
