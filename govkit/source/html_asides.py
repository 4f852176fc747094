"""What stands beside the text of a page: menus, banners of consent, and what nobody sees.

It is not dropped, since a guess may be wrong: it is compared in a section of its own.
"""

from __future__ import annotations

import re
from typing import Literal

_MENUS = frozenset(("nav", "menu"))
_EDGES = frozenset(("header", "footer"))
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar")
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_BANNER = re.compile(
    r"(?:^|\s)(?:onetrust-(?:consent|banner|pc)|cybotcookiebot|usercentrics|qc-cmp|didomi-|truste"
    r"|cookie[-_]?(?:banner|bar|consent|popup|modal|dialog|law-info)|cc-(?:window|banner)"
    r"|consent[-_]?(?:banner|manager|modal|popup|dialog)|gdpr[-_]?(?:banner|popup))",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

Beside = Literal["menu", "hidden"]
Depth = tuple[int, int]
"""In how many lists and in how many tables."""


def aside_of(tag: str, named: dict[str, str], *, in_section: bool) -> Beside | None:
    """Return what an element holds that is no part of the text, by what it says of itself."""
    if tag in _VOID or tag in ("html", "body"):
        return None
    if "hidden" in named or _UNSEEN.search(named.get("style", "")):
        return "hidden"
    if tag == "dialog" and "open" not in named:
        return "hidden"
    named_so = _BANNER.search(named.get("id", "")) or _BANNER.search(named.get("class", ""))
    at_edge = tag in _EDGES and not in_section
    by_role = named.get("role", "").strip().lower() in _ROLES and tag != "main"
    return "menu" if named_so or at_edge or by_role or tag in _MENUS or tag == "dialog" else None


class Aside:
    """An element of a page that stands beside its text, and where it ends."""

    def __init__(self, tag: str, part: Beside, depth: Depth, start: int) -> None:
        """Begin at a depth of lists and tables, where so many blocks have been read."""
        self.tag, self.part, self.depth, self.start = tag, part, depth, start
        self.opened = 1

    def ends_before(self, tag: str, depth: Depth, is_block: bool) -> bool:
        """Say whether an element that begins ends it, though nothing says so."""
        if self.tag == "p":
            return is_block
        alike = (("td", "th"), ("dt", "dd"), ("li",), ("tr",), ("option",))
        if self.tag in ("td", "th") and tag == "tr":
            return depth == self.depth
        return depth == self.depth and any(self.tag in each and tag in each for each in alike)

    def ends_with(self, tag: str, depth: Depth, is_block: bool) -> bool:
        """Say whether the end of an element ends it."""
        if tag == self.tag:
            self.opened -= 1
            return self.opened <= 0
        if self.tag == "p":
            return is_block
        out = depth[0] < self.depth[0] or depth[1] < self.depth[1]
        return out or (self.tag in ("td", "th") and tag == "tr" and depth == self.depth)
