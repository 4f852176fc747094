"""Where each group stands about a text, as signs: a voice each, with colour and without."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

import click

from govkit.cli.printing.screen import columns_of, width
from govkit.consent.counted_voices import CountedVoices
from govkit.consent.decision import UnitDecision
from govkit.rendering.bars import ASCII, LOOKS, MOST_SIGNS, SIGNS, scaled
from govkit.rendering.spans import Look

_COLOURS: Mapping[Look, str] = {
    "full": "green",
    "hatched": "yellow",
    "crossed": "red",
    "lined": "blue",
    "empty": "bright_black",
}
_SAID = {
    "agree": "agrees",
    "conditional": "with reservation",
    "object": "objects",
    "abstain": "abstains or stands aside",
    "not-heard": "not heard, never a consent",
}


def key_to_signs() -> Iterator[str]:
    """Yield what each sign says."""
    signs = _signs()
    named = [f"{_drawn(look, 1, signs)} {_SAID[stand]}" for stand, look in LOOKS.items()]
    yield from _in_lines(["Voices:", *named], "  ")


def bar_lines(unit: UnitDecision) -> Iterator[str]:
    """Yield the groups of a text with their voices."""
    signs = _signs()
    yield from _in_lines([_piece(each, signs) for each in unit.stands], "    ")


def _piece(stands: CountedVoices, signs: Mapping[Look, str]) -> str:
    parts = tuple((LOOKS[stand], count) for stand, count in stands.named)
    total = sum(stands.counts)
    drawn = "".join(_drawn(look, count, signs) for look, count in scaled(parts))
    return f"{stands.group} {drawn}" + (f" ({total})" if total > MOST_SIGNS else "")


def _in_lines(pieces: Sequence[str], indent: str) -> Iterator[str]:
    """Yield pieces, none of them broken, as many to a line as the screen has room for."""
    line = ""
    for piece in pieces:
        if line and columns_of(f"{line}  {piece}") > width():
            yield line
            line = ""
        line = f"{line}  {piece}" if line else indent + piece
    if line:
        yield line


def _drawn(look: Look, count: int, signs: Mapping[Look, str]) -> str:
    return click.style(signs[look] * count, fg=_COLOURS[look])


def _signs() -> Mapping[Look, str]:
    """Return the signs that the terminal, or the file that is written to, has letters for."""
    try:
        "".join(SIGNS.values()).encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return SIGNS
