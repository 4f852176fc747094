"""Labels as numbers that a word processor counts, and that equal the permanent ids.

Where letters follow each other the count goes on by itself. Where one is left out, or a list begins
in the middle, an instance of the list with its own start says so. A label that nothing counts, as
(a-1), is the fixed text of its level.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from govkit.records.normative import label
from govkit.rendering.word.xml import DECLARATION, NAMES, said

LEVELS = 6
DASHES = 1
"""The list whose items have a dash."""
_ROMAN = [label("i", number) for number in range(1, 31)]
_LABEL = re.compile(r"(?P<open>\(?[a-z]?(?=\d)|\(?)(?P<core>[A-Za-z]{1,6}|\d{1,4})(?P<close>[).])")
_INDENT, _WIDER = 567, 794
_ROOM = 4
"""Signs of a label that have room in the usual indent, as many as `(ix)` has."""
_USUAL = ("lowerLetter", "lowerRoman", "decimal", "upperLetter", "lowerLetter", "lowerRoman")


class Label(NamedTuple):
    """How a label is counted: the kind of numeral, its pattern, and its value."""

    kind: str
    pattern: str
    value: int


class _Run(NamedTuple):
    """The list that a level is counted in by now, and the last label there."""

    number: int
    label: Label


def counted(typed: str, *, is_first: bool, level: int) -> Label | None:
    """Return a label as a word processor counts it; None where it can't."""
    found = _LABEL.fullmatch(typed)
    if found is None:
        return None
    core, pattern = found["core"], f"{found['open']}%{{}}{found['close']}"
    if core.isdecimal():
        return Label("decimal", pattern, int(core)) if core == str(int(core)) else None
    # (i) begins a row of Roman numerals below a clause, and is the ninth letter at its edge.
    if level and core in _ROMAN and (len(core) > 1 or (core == "i" and is_first)):
        return Label("lowerRoman", pattern, _ROMAN.index(core) + 1)
    if len(core) == 1:
        kind = "lowerLetter" if core.islower() else "upperLetter"
        return Label(kind, pattern, ord(core.lower()) - 96)
    return None


class Numbering:
    """Gives each labelled paragraph its list and level, and writes the part of the package."""

    def __init__(self) -> None:
        """Begin with the list of dashes and the usual list of clauses."""
        self._kinds: dict[tuple[str, ...], int] = {}
        self._lists: list[tuple[int, int, int]] = [(0, 0, 0)]
        self._at: list[_Run | None] = [None] * LEVELS
        self._abstract(tuple(f"{kind}|(%{at})" for at, kind in enumerate(_USUAL, 1)))

    def begin(self) -> None:
        """Begin the clauses of another text, or the list of another note."""
        self._at = [None] * LEVELS

    def place(self, label: str, level: int, *, alone: bool = False) -> str:
        """Return the `w:numPr` of a paragraph with a label. `alone` counts from nothing else."""
        level = min(level, LEVELS - 1)
        run = self._at[level]
        read = counted(label, is_first=run is None, level=level)
        # (v), (x) and other single letters go on with the row that they stand in.
        core = label.strip("().")
        if level and run and run.label.kind == "lowerRoman" and core in _ROMAN:
            read = Label("lowerRoman", run.label.pattern, _ROMAN.index(core) + 1)
        number = self._fixed(label, level) if read is None else self._counted(read, level, alone)
        self._at[level + 1 :] = [None] * (LEVELS - level - 1)
        if read is not None:
            self._at[level] = _Run(number, read)
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def _counted(self, label: Label, level: int, alone: bool) -> int:
        run, above = self._at[level], self._at[level - 1] if level else None
        if run and not alone and run.label == label._replace(value=label.value - 1):
            return run.number
        usual = label.kind == _USUAL[level] and label.pattern == "(%{})"
        if run is None and above and not alone and usual and label.value == 1:
            return above.number
        kinds = [f"{kind}|(%{at})" for at, kind in enumerate(_USUAL, 1)]
        kinds[level] = f"{label.kind}|{label.pattern.format(level + 1)}"
        return self._list(self._abstract(tuple(kinds)), level, label.value)

    def _fixed(self, label: str, level: int) -> int:
        kinds = [f"{kind}|(%{at})" for at, kind in enumerate(_USUAL, 1)]
        kinds[level] = f"decimal|{label.replace('%', '')}"
        return self._list(self._abstract(tuple(kinds)), level, 1)

    def _abstract(self, kinds: tuple[str, ...]) -> int:
        return self._kinds.setdefault(kinds, len(self._kinds) + 1)

    def _list(self, abstract: int, level: int, start: int) -> int:
        self._lists.append((abstract, level, start))
        return len(self._lists)

    def part(self, styles: tuple[str, ...], dash: str) -> str:
        """Return the part; `styles` are those of the levels of clauses, `dash` is the sign."""
        abstracts = [_abstract(0, [("bullet", dash)] * LEVELS, ())]
        for kinds, number in self._kinds.items():
            levels = [(kind, text) for kind, _, text in (each.partition("|") for each in kinds)]
            abstracts.append(_abstract(number, levels, styles if number == 1 else ()))
        lists = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            + (
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>'
                "</w:lvlOverride>"
                if start
                else ""
            )
            + "</w:num>"
            for number, (abstract, level, start) in enumerate(self._lists, 1)
        )
        return f"{DECLARATION}<w:numbering {NAMES}>{''.join(abstracts)}{lists}</w:numbering>"


def _abstract(number: int, levels: list[tuple[str, str]], styles: tuple[str, ...]) -> str:
    rows = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        + (f'<w:pStyle w:val="{styles[at]}"/>' if at < len(styles) else "")
        + f'<w:lvlText w:val="{said(text)}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_indent(at, text)}</w:pPr></w:lvl>"
        for at, (kind, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">'
        f'<w:nsid w:val="{0x10000000 + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{rows}</w:abstractNum>'
    )


def _indent(level: int, text: str) -> str:
    # `%1` stands for as many signs as it has.
    hanging = _INDENT if len(text) <= _ROOM else _WIDER
    return f'<w:ind w:left="{_INDENT * level + hanging}" w:hanging="{hanging}"/>'
