"""The marks that say which words are which field: content controls, bookmarks, and their names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from govkit.rendering.word.xml import Box, Element, paragraphs_in, said

_LONGEST = 40
"""Signs that the name of a bookmark has at most."""
_OTHER = re.compile("[^A-Za-z0-9]")
_WHOLE = '<w:docPartObj><w:docPartGallery w:val="Quick Parts"/></w:docPartObj>'
"""Says that a control is made of whole blocks. Without it LibreOffice 7.4 takes one that holds one
paragraph for a control inside of it, and shows the links in it as the codes of their fields."""


class Marks:
    """Gives each mark its number, and each tag the name of its bookmark."""

    def __init__(self) -> None:
        """Begin with none."""
        self.tags: dict[str, str] = {}
        """The tag of each bookmark, by its name."""
        self._names: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._used: dict[str, int] = {}
        self._next = 0

    def number(self) -> int:
        """Return the next number; none is given twice in a file."""
        self._next += 1
        return self._next

    def name(self, kind: str, of: str) -> str:
        """Return the name of a bookmark: always the same for the same kind and thing."""
        key = kind, of
        if key not in self._names:
            name = f"{kind}{_OTHER.sub('_', of)}"
            if len(name) > _LONGEST or name.casefold() in self._taken:
                name = f"{name[:29]}_{hashlib.sha256(of.encode()).hexdigest()[:10]}"
            self._taken.add(name.casefold())
            self._names[key] = name
        return self._names[key]

    def bookmark(self, name: str) -> tuple[str, str]:
        """Return the beginning and the end of a bookmark."""
        number = self.number()
        begin = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return begin, f'<w:bookmarkEnd w:id="{number}"/>'

    def of_field(self, tag: str) -> tuple[str, str]:
        """Return the bookmark around the words of a field; nothing where they stand a second time.

        A name marks one place in a file.
        """
        if self._used.setdefault(tag, 0):
            return "", ""
        self._used[tag] += 1
        name = self.name("t_", tag)
        self.tags[name] = tag
        return self.bookmark(name)

    def boxed(self, tag: str, alias: str, inner: Sequence[Element]) -> list[Element]:
        """Return blocks in a content control with their bookmark; without a tag, as they are."""
        paragraphs = paragraphs_in(inner)
        if not tag or not paragraphs:
            return list(inner)
        begin, end = self.of_field(tag)
        paragraphs[0].around(begin, "")
        paragraphs[-1].around("", end)
        return [Box(self._properties(tag, alias) + _WHOLE, inner)]

    def marked(self, tag: str, inner: Sequence[Element]) -> list[Element]:
        """Return blocks with their bookmark alone."""
        paragraphs = paragraphs_in(inner)
        if tag and paragraphs:
            begin, end = self.of_field(tag)
            paragraphs[0].around(begin, "")
            paragraphs[-1].around("", end)
        return list(inner)

    def inside(self, tag: str, alias: str, runs: str) -> str:
        """Return runs of a paragraph in a content control with their bookmark."""
        if not tag:
            return runs
        begin, end = self.of_field(tag)
        return (
            f"<w:sdt><w:sdtPr>{self._properties(tag, alias)}</w:sdtPr>"
            f"<w:sdtContent>{begin}{runs}{end}</w:sdtContent></w:sdt>"
        )

    def _properties(self, tag: str, alias: str) -> str:
        return (
            f'<w:alias w:val="{said(alias)}"/><w:tag w:val="{said(tag)}"/>'
            f'<w:id w:val="{self.number()}"/>'
        )


def alias_of(tag: str) -> str:
    """Return the name that a word processor shows at a frame: `MCP-DUE-03 (a)(i)`."""
    of, _, inside = tag.partition("#")
    id, *labels = of.split(".")
    name = f"{id} {''.join(f'({label})' for label in labels)}".strip()
    field, _, number = inside.partition(".")
    if not field:
        return name
    return f"{name} {field} {int(number) + 1}" if number.isdigit() else f"{name} {field}"
