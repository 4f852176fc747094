"""Where members are from, as a picture: a tile for each country, by regional group.

No land is drawn: each country has the same room, whatever its size, and no border is judged. Which
country is of which group, and why, is in `records.regional_groups` (decision 67).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from govkit.languages.catalogue import Messages
from govkit.records.regional_groups import REGIONAL_GROUPS, countries_of

_TILE = 40
_ROW = 13
_HEAD = 34
_WIDTH = _TILE * _ROW
_STYLE = (
    "text{font:15px system-ui,sans-serif;fill:#525252}"
    ".h{font-size:17px;font-weight:700;fill:#1a1a1a}"
    "rect{fill:#eef1f5;stroke:#fff;stroke-width:3}.on rect{fill:#1d3f6e}"
    ".on text{fill:#fff;font-weight:700}"
    "@media (prefers-color-scheme:dark){text{fill:#b3b9c2}.h{fill:#e8e6e1}"
    "rect{fill:#262c35;stroke:#14171c}.on rect{fill:#a9c7f2}.on text{fill:#14171c}}"
)


def map_of(said: Messages, members: Mapping[str, int]) -> bytes:
    """Return the picture (SVG); `members` counts by the code of a country."""
    pieces: list[str] = []
    top = 0
    for region in REGIONAL_GROUPS:
        codes = countries_of(region)
        count = sum(members.get(code, 0) for code in codes)
        title = f"{said[f'annual.regions.{region}']}: {count}"
        pieces.append(f'<text class="h" x="2" y="{top + 22}">{escape(title)}</text>')
        pieces += _tiles(codes, members, top + _HEAD)
        top += _HEAD + _TILE * -(-len(codes) // _ROW) + 12
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" '
        f'width="{_WIDTH}" height="{top}"><title>{escape(said["site.map"])}</title>'
        f"<style>{_STYLE}</style>"
    )
    return f"{head}{''.join(pieces)}</svg>\n".encode()


def _tiles(codes: tuple[str, ...], members: Mapping[str, int], top: int) -> Iterator[str]:
    for at, code in enumerate(codes):
        left, down = at % _ROW * _TILE, top + at // _ROW * _TILE
        count = members.get(code, 0)
        words = f"{code} {count}" if count > 1 else code
        on = ' class="on"' if count else ""
        yield (
            f'<g{on}><rect x="{left}" y="{down}" width="{_TILE}" height="{_TILE}" rx="6"/>'
            f'<text x="{left + _TILE / 2:g}" y="{down + 25}" text-anchor="middle">{words}</text>'
            "</g>"
        )
