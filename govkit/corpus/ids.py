"""How permanent ids look in this coalition: the charter's prefixes, areas and forms."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from govkit.patterns import lazy_regex

if TYPE_CHECKING:
    from govkit.records.governance import Charter

_OWN = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"
_LEADING_ID = lazy_regex(r"[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*-\d{2,}(?![A-Za-z0-9])")
INSTRUMENT = lazy_regex(r"INS-[a-z0-9]+(?:-[a-z0-9]+)*")


class IdForm(NamedTuple):
    """How the ids of one kind are made."""

    kind: str
    form: str
    prefix: str
    areas: tuple[str, ...]

    def pattern(self) -> str:
        """Return a regular expression that fits the ids; groups `area` and `nn` where given."""
        areas = "|".join(sorted(map(re.escape, self.areas), key=len, reverse=True)) or "(?!)"
        parts = {
            "{prefix}": re.escape(self.prefix),
            "{area}": f"(?P<area>{areas})",
            "{nn}": r"(?P<nn>\d{2,})",
            "{own}": _OWN,
        }
        pieces = re.split(r"(\{[a-z]+\})", self.form)
        made = "".join(parts.get(piece, re.escape(piece)) for piece in pieces)
        # A part may stand twice in a form; a group may not.
        for name in ("area", "nn"):
            first, named, rest = made.partition(f"(?P<{name}>")
            made = first + named + rest.replace(f"(?P<{name}>", "(?:")
        return made

    def alike(self) -> str:
        """Return a regular expression for what begins as an id of this form, whatever follows."""
        made = re.escape(self.form.replace("{prefix}", self.prefix))
        return (
            made.replace(re.escape("{area}"), "[A-Z][A-Z0-9]*")
            .replace(re.escape("{nn}"), r"\d+")
            .replace(re.escape("{own}"), _OWN)
        )

    def area_of(self, id: str) -> str | None:
        """Return the area in an id of this form, or None where it has none."""
        found = self.match(id)
        return found.groupdict().get("area") if found else None

    def match(self, id: str) -> re.Match[str] | None:
        """Return how an id fits this form, or None where it does not."""
        return _regex(self).fullmatch(id)

    def example(self) -> str:
        """Return an id of this form, to show in a message."""
        area = self.areas[0] if self.areas else "AREA"
        return self.make(area, 1, own="1")

    def make(self, area: str, number: int, own: str = "") -> str:
        """Return the id with this area and number."""
        return (
            self.form.replace("{prefix}", self.prefix)
            .replace("{area}", area)
            .replace("{nn}", f"{number:02d}")
            .replace("{own}", own)
        )


@cache
def _regex(form: IdForm) -> re.Pattern[str]:
    return re.compile(form.pattern())


def id_forms(charter: Charter) -> dict[str, IdForm]:
    """Return the form of the ids of each kind that the charter numbers."""
    areas = tuple(sorted(charter.areas))
    return {
        kind: IdForm(
            kind, getattr(charter.id_form, kind), getattr(charter.id_prefixes, kind), areas
        )
        for kind in ("provision", "recommendation", "principle")
    }


def mentions(charter: Charter, *, alike: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds an id as a whole word in running text.

    Forms without a fixed beginning would fit any word, so only forms with a prefix count. `alike`
    is for a pattern that also finds what begins as an id and has another area, or fewer digits.
    """
    forms = [form for form in id_forms(charter).values() if "{prefix}" in form.form]
    each = sorted(re.sub(r"\?P<\w+>", "?:", form.pattern()) for form in forms)
    each += sorted(form.alike() for form in forms) if alike else []
    return re.compile(rf"(?<![\w-])(?:{'|'.join(each)})(?![\w-])")


def id_in_name(name: str) -> str:
    """Return the id that a file's name begins with, or the whole name."""
    found = _LEADING_ID.match(name)
    return found.group() if found else name


def begins_with_id(name: str) -> bool:
    """Say whether a file's name begins with an id."""
    return _LEADING_ID.match(name) is not None


def id_inside(data: bytes) -> str:
    """Return the value of the key `id` in a file that may be broken, or an empty text."""
    found = re.search(rb"^id:[ ]*[\"']?([A-Za-z0-9.-]+)[\"']?[ ]*(?:#.*)?\r?$", data, re.MULTILINE)
    return found[1].decode("ascii") if found else ""
