"""Fields and forms of a Word file: what they show, where that is no run of words."""

from __future__ import annotations

from collections.abc import Callable

from govkit.source.docx_lists import is_on, number_in, value_of
from govkit.source.docx_symbols import CHECKED, UNCHECKED
from govkit.source.packed_xml import Attributes

Add = Callable[[str], None]
RECKONED = "#"
"""Stands for a number that each program reckons anew, as that of a page."""
_RECKONED = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_LONGEST_ASKED = 200


class _Field:
    def __init__(self, asked: str = "") -> None:
        self.asked = asked
        self.shown = False

    @property
    def is_reckoned(self) -> bool:
        return self.shown and self.asked.strip().split(" ")[0].upper() in _RECKONED


class Fields:
    """The fields that are open, and the form field."""

    def __init__(self, add: Add) -> None:
        """`add` takes what a field shows."""
        self._add = add
        self._fields: list[_Field] = []
        self._form = ""
        self._entries: list[str] = []
        self._chosen = 0

    @property
    def is_reckoned(self) -> bool:
        """Return whether the words that follow are reckoned anew by each program."""
        return any(field.is_reckoned for field in self._fields)

    def asks(self, text: str) -> None:
        """Take what a field asks for."""
        if self._fields and not self._fields[-1].shown:
            self._fields[-1].asked = (self._fields[-1].asked + text)[:_LONGEST_ASKED]

    def begin(self, name: str, given: Attributes) -> None:
        """Take a sign of a field, or what a form says."""
        match name:
            case "fldSimple":
                self._fields.append(_Field(value_of(given, "instr")[:_LONGEST_ASKED]))
                self._show()
            case "fldChar":
                self._sign(value_of(given, "fldCharType"))
            case "checkBox" | "ddList":
                self._form, self._entries, self._chosen = name, [], 0
            case "default" | "checked" if self._form == "checkBox":
                self._chosen = int(is_on(given))
            case "default" | "result" if self._form == "ddList":
                self._chosen = number_in(value_of(given))
            case "listEntry" if self._form == "ddList":
                self._entries.append(value_of(given))

    def _sign(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._show()
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _show(self) -> None:
        self._fields[-1].shown = True
        if self._fields[-1].is_reckoned:
            self._add(RECKONED)

    def end(self, name: str) -> None:
        """End it: a box is ticked or not, of a list one entry is chosen."""
        if name == "fldSimple" and self._fields:
            self._fields.pop()
        elif name == self._form == "checkBox":
            self._add(CHECKED if self._chosen else UNCHECKED)
            self._form = ""
        elif name == self._form == "ddList":
            self._add("".join(self._entries[self._chosen :][:1]))
            self._form = ""
