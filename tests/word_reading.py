"""A reader of Word files for tests: what a person sees after accepting or rejecting all changes.

It knows nothing of the writer: it follows the format. Labels are counted as a word processor counts
them, a paragraph whose end is gone runs on into the next one.
"""

import io
import zipfile
from dataclasses import dataclass, field
from typing import Literal
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
View = Literal["accepted", "rejected"]
_GONE = {"accepted": ("del", "moveFrom"), "rejected": ("ins", "moveTo")}


@dataclass
class Shown:
    """A paragraph as it is shown: label, words, style, and the controls that it stands in."""

    words: str = ""
    label: str = ""
    style: str = ""
    tags: tuple[str, ...] = ()
    bookmarks: list[str] = field(default_factory=list)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of the package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shown(data: bytes, view: View = "accepted") -> list[Shown]:
    """The paragraphs of the body, those of tables too; what is empty is left out."""
    parts = parts_of(data)
    reader = _Reader(_numbers(parts), view)
    reader.read(ElementTree.fromstring(parts["word/document.xml"]).find(f"{W}body"), ())
    return [each for each in reader.found if each.words.strip() or each.label]


def words_of(data: bytes, tag: str, view: View = "accepted") -> list[str]:
    """The lines in the control of a field, with their labels but for the first one."""
    lines = [each for each in shown(data, view) if tag in each.tags]
    return [
        f"{each.label} {each.words}".strip() if at and each.label else each.words
        for at, each in enumerate(lines)
    ]


def comments_of(data: bytes) -> list[tuple[str, str, str]]:
    """Author, words, and the words that each comment is about."""
    parts = parts_of(data)
    if "word/comments.xml" not in parts:
        return []
    body = ElementTree.fromstring(parts["word/document.xml"])
    found = []
    for comment in ElementTree.fromstring(parts["word/comments.xml"]):
        number, open_, about = comment.get(f"{W}id"), False, ""
        for each in body.iter():
            if each.get(f"{W}id") == number and each.tag == f"{W}commentRangeStart":
                open_ = True
            elif each.get(f"{W}id") == number and each.tag == f"{W}commentRangeEnd":
                open_ = False
            elif open_ and each.tag in (f"{W}t", f"{W}delText"):
                about += each.text or ""
        lines = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment)
        found.append((comment.get(f"{W}author") or "", "\n".join(lines), about))
    return found


class _Reader:
    def __init__(self, numbers, view: View) -> None:
        self.numbers, self.gone, self.found = numbers, _GONE[view], []
        self.kept = _GONE["rejected" if view == "accepted" else "accepted"]
        self.open: Shown | None = None
        self.counts: dict[str, list[int]] = {}
        self.begun: set[tuple[str, str]] = set()

    def read(self, within, tags) -> None:
        for each in within:
            name = each.tag.removeprefix(W)
            if name == "p":
                self.paragraph(each, tags)
            elif name == "sdt":
                self.read(each.find(f"{W}sdtContent"), (*tags, *_tag(each)))
            elif name == "tr":
                change = each.find(f"{W}trPr/{W}{self.gone[0]}")
                if change is None:
                    self.read(each, tags)
            elif name in ("tbl", "tc", "body"):
                self.read(each, tags)

    def paragraph(self, element, tags) -> None:
        now = self.open or Shown(tags=tags)
        # The end that stays gives the paragraph its properties.
        style = element.find(f"{W}pPr/{W}pStyle")
        now.style = "" if style is None else style.get(f"{W}val")
        now.words += self.words(element, now)
        now.tags = tuple(dict.fromkeys((*now.tags, *tags)))
        end = element.find(f"{W}pPr/{W}rPr")
        if end is not None and any(end.find(f"{W}{kind}") is not None for kind in self.gone):
            self.open = now
            return
        self.open = None
        number = element.find(f"{W}pPr/{W}numPr")
        if number is not None:
            now.label = self.label(number)
        self.found.append(now)

    def words(self, within, now: Shown) -> str:
        text = ""
        for each in within:
            name = each.tag.removeprefix(W)
            if name in self.gone or name == "pPr":
                continue
            if name in ("t", "delText"):
                text += each.text or ""
            elif name in ("br", "tab"):
                text += "\n" if name == "br" else "\t"
            elif name == "bookmarkStart":
                now.bookmarks.append(each.get(f"{W}name"))
            elif name == "sdt":
                now.tags = (*now.tags, *_tag(each))
                text += self.words(each.find(f"{W}sdtContent"), now)
            elif name not in ("instrText", "rPr", "sdtPr"):
                text += self.words(each, now)
        return text

    def label(self, number) -> str:
        level = int(number.find(f"{W}ilvl").get(f"{W}val"))
        id = number.find(f"{W}numId").get(f"{W}val")
        abstract, starts, levels = self.numbers[id]
        counts = self.counts.setdefault(abstract, [0] * 9)
        if level in starts and (id, level) not in self.begun:
            self.begun.add((id, level))
            counts[level] = starts[level] - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        kind, text = levels[level]
        return text.replace(f"%{level + 1}", _numeral(kind, counts[level]))


def _tag(sdt) -> tuple[str, ...]:
    tag = sdt.find(f"{W}sdtPr/{W}tag")
    return () if tag is None else (tag.get(f"{W}val"),)


def _numbers(parts):
    root = ElementTree.fromstring(parts["word/numbering.xml"])
    levels = {
        each.get(f"{W}abstractNumId"): [
            (level.find(f"{W}numFmt").get(f"{W}val"), level.find(f"{W}lvlText").get(f"{W}val"))
            for level in each.iter(f"{W}lvl")
        ]
        for each in root.iter(f"{W}abstractNum")
    }
    found = {}
    for each in root.iter(f"{W}num"):
        abstract = each.find(f"{W}abstractNumId").get(f"{W}val")
        starts = {
            int(own.get(f"{W}ilvl")): int(own.find(f"{W}startOverride").get(f"{W}val"))
            for own in each.iter(f"{W}lvlOverride")
        }
        found[each.get(f"{W}numId")] = (abstract, starts, levels[abstract])
    return found


def _numeral(kind: str, number: int) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind == "lowerRoman":
        signs = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
        numeral = ""
        for value, sign in signs:
            count, number = divmod(number, value)
            numeral += sign * count
        return numeral
    return str(number)
