"""Small pieces of WordprocessingML as text: attributes, words, runs and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMES = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'


def said(text: str) -> str:
    """Return words for XML; a sign that XML forbids becomes the sign for a lost one."""
    return escape(_NO_XML.sub("\ufffd", text))


def run(text: str, style: str = "", more: str = "", tag: str = "t") -> str:
    """Return a run of words in a character style; `more` are properties that follow the style."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = f"<w:rPr>{named}{more}</w:rPr>" if named or more else ""
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{said(text)}</w:{tag}></w:r>'


def field_of(instruction: str, shown: str, style: str = "") -> str:
    """Return a field that a word processor computes, with what is shown until it does.

    None is marked as old (`w:dirty`): Word would ask about each file that it opens.
    """
    named = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return (
        f'<w:r>{named}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{named}<w:instrText xml:space="preserve"> {said(instruction)} </w:instrText></w:r>'
        f'<w:r>{named}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, style)}"
        f'<w:r>{named}<w:fldChar w:fldCharType="end"/></w:r>'
    )


@dataclass
class Par:
    """A paragraph before it is written: its style, its runs, and what its end and number are.

    `number` is its `w:numPr`, `end` what the mark at its end is (`<w:ins …/>`).
    """

    style: str
    content: str = ""
    number: str = ""
    end: str = ""

    def around(self, before: str, after: str) -> None:
        """Put something before and behind the words."""
        self.content = f"{before}{self.content}{after}"

    def xml(self) -> str:
        """Return the paragraph."""
        end = f"<w:rPr>{self.end}</w:rPr>" if self.end else ""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self.style}"/>{self.number}{end}</w:pPr>'
            f"{self.content}</w:p>"
        )


@dataclass
class Raw:
    """A table, or another block that is written as it is."""

    text: str

    def xml(self) -> str:
        """Return it."""
        return self.text


@dataclass
class Box:
    """A content control around whole blocks."""

    properties: str
    inner: Sequence[Element] = field(default_factory=tuple)

    def xml(self) -> str:
        """Return the control with what it holds."""
        return (
            f"<w:sdt><w:sdtPr>{self.properties}</w:sdtPr>"
            f"<w:sdtContent>{xml_of(self.inner)}</w:sdtContent></w:sdt>"
        )


Element = Par | Raw | Box


def xml_of(elements: Iterable[Element]) -> str:
    """Return elements, one behind the other."""
    return "".join(each.xml() for each in elements)


def paragraphs_in(elements: Iterable[Element]) -> list[Par]:
    """Return the paragraphs among elements, those inside controls too, in order."""
    found: list[Par] = []
    for each in elements:
        if isinstance(each, Par):
            found.append(each)
        elif isinstance(each, Box):
            found += paragraphs_in(each.inner)
    return found
