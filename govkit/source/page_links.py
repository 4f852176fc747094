"""The links of a document as its reader sees them: their words, and where they lead.

Terms are several documents that refer to each other. Nothing is opened: an address is only noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from govkit.patterns import lazy_regex
from govkit.source.docx_reading import WordParts, with_parts
from govkit.source.packed_xml import Attributes, PartReader
from govkit.source.text_blocks import folded_words

MOST = 5_000
"""Links of one document that are taken."""
_LONGEST, _LONGEST_WORDS = 2_000, 200
_INLINE = lazy_regex(
    r"(?<!!)\[(?P<words>(?:[^\[\]\\]|\\.){1,500})\]"
    r"\(\s{0,3}<?(?P<address>(?:[^()\s<>]|\([^()\s]{0,200}\)){1,2000})>?(?:\s[^()]{0,300})?\)"
)
_LEADS = lazy_regex(r"(?i)https?://[^\s/]|//[^\s/]|/|\.{1,2}/|[\w%-]+(?:[./][\w%-]+)*(?:[?#]|\Z)")
_SCHEME = lazy_regex(r"(?i)[a-z][a-z0-9+.-]*:")


class PageLink(NamedTuple):
    """A link of a document: its words, and the address as it is written there."""

    words: str
    address: str


def links_of_markdown(text: str) -> tuple[PageLink, ...]:
    """Return the links of a Markdown text that lead to another document, each address once."""
    return _once(PageLink(each["words"], each["address"]) for each in _INLINE.finditer(text))


def links_of_page(page: str) -> tuple[PageLink, ...]:
    """Return the links of a page of HTML, likewise."""
    reader = _Links()
    reader.feed(page)
    reader.close()
    return _once(iter(reader.found))


def links_of_docx(data: bytes) -> tuple[PageLink, ...]:
    """Return the links of a Word file, likewise. Raises `NotText` for a damaged one."""
    return with_parts(data, _of_parts)


def _once(found: Iterator[PageLink]) -> tuple[PageLink, ...]:
    seen: dict[str, PageLink] = {}
    for each in found:
        address = each.address.strip().partition("#")[0]
        words = folded_words(each.words.replace("\n", " "))[:_LONGEST_WORDS].strip()
        if words and len(address) <= _LONGEST and address.isprintable() and _leads(address):
            seen.setdefault(address, PageLink(words, address))
        if len(seen) >= MOST:
            break
    return tuple(seen.values())


def _leads(address: str) -> bool:
    """Say whether an address leads to a document: no mail, no script, no place in this one."""
    scheme = _SCHEME.match(address)
    if scheme and scheme[0].lower() not in ("http:", "https:"):
        return False
    return bool(_LEADS.match(address))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PageLink] = []
        self._address = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._end()
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end()

    def handle_data(self, data: str) -> None:
        if self._address:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        if self._address and len(self.found) < 2 * MOST:
            self.found.append(PageLink("".join(self._words), self._address))
        self._address = ""
        self._words.clear()


def _of_parts(parts: WordParts) -> tuple[PageLink, ...]:
    targets = _Targets()
    reader = _WordLinks(targets.addresses)
    parts.read_main(reader, targets)
    return _once(iter(reader.found))


class _Targets(PartReader):
    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    def begin(self, name: str, given: Attributes) -> None:
        if name == "Relationship" and given.get("TargetMode") == "External":
            self.addresses[given.get("Id", "")] = given.get("Target", "")


class _WordLinks(PartReader):
    most = 2_000_000

    def __init__(self, addresses: dict[str, str]) -> None:
        self._addresses = addresses
        self._open: list[str] | None = None
        self._address = ""
        self.found: list[PageLink] = []

    def begin(self, name: str, given: Attributes) -> None:
        if name == "hyperlink":
            ids = [value for key, value in given.items() if key.rpartition(" ")[2] == "id"]
            self._address = self._addresses.get(ids[0], "") if ids else ""
            self._open = []

    def end(self, name: str) -> None:
        if name == "hyperlink" and self._open is not None:
            if self._address and len(self.found) < 2 * MOST:
                self.found.append(PageLink("".join(self._open), self._address))
            self._open = None

    def words(self, text: str) -> None:
        if self._open is not None:
            self._open.append(text)
