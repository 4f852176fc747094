"""What a Word file says of its styles and of the numbers of its lists."""

from __future__ import annotations

import re
from typing import NamedTuple

from govkit.source.list_numbers import Level
from govkit.source.packed_xml import Attributes, PartReader

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc [1-9]", re.IGNORECASE)
_LONGEST_CHAIN = 20
_MOST_KNOWN = 10_000
_NO_OUTLINE = 9
"""The level of plain words (ECMA-376, w:outlineLvl)."""


def value_of(given: Attributes, name: str = "val") -> str:
    """Return an attribute by its name without the namespace; empty where it is not there."""
    return next((text for key, text in given.items() if key.rpartition(" ")[2] == name), "")


def is_on(given: Attributes) -> bool:
    """Say whether a switch is on: it is, where it says nothing."""
    return value_of(given) not in ("0", "false", "off", "none")


def number_in(text: str, otherwise: int = 0) -> int:
    """Return a number as a part writes it; a longer one than any program writes is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def heading_level(given: Attributes) -> int:
    """Return the level of a heading, from 1, that an outline level says; 0 for plain words."""
    outline = number_in(value_of(given), _NO_OUTLINE)
    return outline + 1 if outline < _NO_OUTLINE else 0


class Numbered(NamedTuple):
    """Which list a paragraph is an item of, and how deep, from 0; None where it says nothing."""

    list: str | None = None
    depth: int | None = None


class Letters(NamedTuple):
    """How letters are set: raised, lowered or neither, and whether they are hidden or struck."""

    align: str = ""
    hidden: bool = False
    struck: bool = False


class _Style:
    def __init__(self) -> None:
        self.align: str | None = None
        self.hidden: bool | None = None
        self.struck: bool | None = None
        self.name = self.based_on = ""
        self.level: int | None = None
        self.list: str | None = None
        self.depth: int | None = None

    def take(self, name: str, given: Attributes) -> None:
        match name:
            case "name":
                self.name = value_of(given)
            case "basedOn":
                self.based_on = value_of(given)
            case "outlineLvl":
                self.level = heading_level(given)
            case "numId":
                self.list = value_of(given)
            case "ilvl":
                self.depth = number_in(value_of(given))
            case "vertAlign":
                self.align = value_of(given)
            case "vanish":
                self.hidden = is_on(given)
            case "strike" | "dstrike":
                self.struck = is_on(given)


class Styles(PartReader):
    """The styles of paragraphs, by id."""

    most = 200_000

    def __init__(self) -> None:
        """Have read nothing yet."""
        self._styles: dict[str, _Style] = {}
        self._open: _Style | None = None
        self._usual = ""
        self._known: dict[tuple[str, str], Letters] = {}

    def begin(self, name: str, given: Attributes) -> None:
        """Take what a style says."""
        if name == "style":
            self._open = self._styles.setdefault(value_of(given, "styleId"), _Style())
            if value_of(given, "type") == "paragraph" and value_of(given, "default") in (
                "1",
                "true",
            ):
                self._usual = value_of(given, "styleId")
        elif self._open is not None:
            self._open.take(name, given)

    def letters(self, run: str, paragraph: str) -> Letters:
        """Return how letters are set in the style of a run, in a paragraph of a style."""
        known = self._known.get((run, paragraph))
        if known is None:
            chain = [*(self._chain(run) if run else ()), *self._chain(paragraph)]
            align = next((style.align for style in chain if style.align is not None), "")
            hidden = next((style.hidden for style in chain if style.hidden is not None), False)
            struck = next((style.struck for style in chain if style.struck is not None), False)
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[run, paragraph] = Letters(align, hidden, struck)
        return known

    def end(self, name: str) -> None:
        """Close a style."""
        if name == "style":
            self._open = None

    def _chain(self, id: str) -> list[_Style]:
        """Return a style and those that it is based on."""
        chain: list[_Style] = []
        id = id or self._usual
        while id in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[id])
            id = self._styles[id].based_on
        return chain

    def heading(self, id: str) -> int:
        """Return the level of a heading in this style, from 1; 0 for plain words."""
        for style in self._chain(id):
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
            if style.name.lower() == "title":
                return 1
            if style.level is not None:
                return style.level
        return 0

    def is_contents(self, id: str) -> bool:
        """Say whether this is the style of a line of the contents, which a program writes."""
        return any(_CONTENTS.fullmatch(style.name) for style in self._chain(id))

    def numbered(self, id: str) -> Numbered:
        """Return which list a style makes an item of."""
        chain = self._chain(id)
        return Numbered(
            next((style.list for style in chain if style.list is not None), None),
            next((style.depth for style in chain if style.depth is not None), None),
        )


class _Levels:
    def __init__(self) -> None:
        self.levels: dict[int, Level] = {}
        self.by_style: dict[str, int] = {}
        self.link = ""


def _said_of(level: Level, name: str, given: Attributes) -> Level:
    """Return a level with what one more element says of it."""
    match name:
        case "start":
            return level._replace(start=number_in(value_of(given), 1))
        case "numFmt":
            return level._replace(form=value_of(given))
        case "lvlText":
            return level._replace(text=value_of(given)[:100])
        case "lvlRestart":
            return level._replace(restarts=value_of(given) != "0")
        case "isLgl":
            return level._replace(legal=is_on(given))
    return level


class Lists(PartReader):
    """The lists of a Word file: how each level of each is numbered."""

    most = 200_000

    def __init__(self) -> None:
        """Have read nothing yet."""
        self._abstract: dict[str, _Levels] = {}
        self._linked: dict[str, str] = {}
        self._of: dict[str, str] = {}
        self._own: dict[str, _Levels] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._open: _Levels | None = None
        self._id = self._num = ""
        self._at = 0

    def begin(self, name: str, given: Attributes) -> None:
        """Take what a list says."""
        match name:
            case "abstractNum":
                self._id = value_of(given, "abstractNumId")
                self._open = self._abstract.setdefault(self._id, _Levels())
            case "num":
                self._num = value_of(given, "numId")
                self._open = self._own.setdefault(self._num, _Levels())
            case "abstractNumId":
                self._of[self._num] = value_of(given)
            case "styleLink":
                self._linked[value_of(given)] = self._id
            case "startOverride":
                self._starts.setdefault(self._num, {})[self._at] = number_in(value_of(given), 1)
            case "lvlOverride":
                self._at = number_in(value_of(given, "ilvl"))
            case _:
                self._level(name, given)

    def _level(self, name: str, given: Attributes) -> None:
        if self._open is None:
            return
        if name == "numStyleLink":
            self._open.link = value_of(given)
            return
        if name == "lvl":
            self._at = number_in(value_of(given, "ilvl"))
            self._open.levels[self._at] = Level(text="")
            return
        level = self._open.levels.get(self._at)
        if level is not None:
            self._open.levels[self._at] = _said_of(level, name, given)
            if name == "pStyle":
                self._open.by_style[value_of(given)] = self._at

    def end(self, name: str) -> None:
        """Close a list."""
        if name in ("abstractNum", "num"):
            self._open = None

    def levels(self, list_: str) -> dict[int, Level]:
        """Return the levels of a list, by depth from 0; none where there is no such list."""
        base = self._base(list_)
        own = self._own.get(list_, _Levels()).levels
        found = {**(base.levels if base else {}), **own}
        for depth, start in self._starts.get(list_, {}).items():
            found[depth] = found.get(depth, Level())._replace(start=start)
        return found

    def _base(self, list_: str) -> _Levels | None:
        base = self._abstract.get(self._of.get(list_, ""))
        if base is not None and base.link:
            return self._abstract.get(self._linked.get(base.link, ""), base)
        return base

    def depth_of_style(self, list_: str, style: str) -> int:
        """Return at which depth a style stands in a list."""
        base = self._base(list_)
        return base.by_style.get(style, 0) if base else 0

    def counted_as(self, list_: str) -> str:
        """Return what a list is counted under: several go on counting where one stopped."""
        return self._of.get(list_, list_)

    def restarts(self, list_: str) -> dict[int, int]:
        """Return at which depths a list begins to count anew, with the number that it begins at."""
        return self._starts.get(list_, {})
