"""Draws docs/pictures/states.svg from the table of states: `python scripts/states.py > FILE`.

A test holds the picture equal to what this prints, so it can't say anything else than the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.round.states import FINAL, STEPS, StateName, Transition

ROW: tuple[StateName, ...] = ("draft", "comment", "last-call", "decided", "applied", "released")
SIDE: dict[StateName, int] = {"lapsed": 30, "withdrawn": 310}
"""The side exits, each a bar with the place of its upper edge."""

TOP, HIGH, WIDE, APART = 150, 50, 110, 155
BAR = 40


def left(state: StateName) -> int:
    """Return the left edge of a state in the row."""
    return 30 + ROW.index(state) * APART


def picture() -> str:
    """Return the picture, as SVG."""
    width, height = left(ROW[-1]) + WIDE + 30, SIDE["withdrawn"] + BAR + 30
    said = ". ".join(f"{each.begin} to {each.end}: {each.event}" for each in STEPS)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="t d" font-family="sans-serif" font-size="13">',
        '<title id="t">The states of a proposal</title>',
        f'<desc id="d">{said}.</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        '<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#333333"/></marker></defs>',
        *(line for state in ROW for line in box(state, left(state), TOP, WIDE, HIGH)),
        *(line for state in SIDE for line in bar(state)),
        *(line for step in STEPS for line in arrow(step)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def bar(state: StateName) -> list[str]:
    """Return a side exit: as wide as all the states from which a step leads to it."""
    begins = [step.begin for step in STEPS if step.end == state]
    start, end = left(begins[0]), left(begins[-1]) + WIDE
    return box(state, start, SIDE[state], end - start, BAR)


def box(state: StateName, x: int, y: int, wide: int, high: int) -> list[str]:
    """Return a box with the name of a state; a final one has a thick edge."""
    edge = 3 if state in FINAL else 1
    return [
        f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="8" fill="#fbf8f1" '
        f'stroke="#5c4f2a" stroke-width="{edge}"/>',
        f'<text x="{x + wide // 2}" y="{y + high // 2 + 5}" text-anchor="middle">'
        f"{state.replace('-', ' ')}</text>",
    ]


def arrow(step: Transition) -> Iterator[str]:
    """Yield the line of a step with its event."""
    x, low = left(step.begin), TOP + HIGH
    if step.end in SIDE:
        at, up = x + 30, SIDE[step.end] < TOP
        begin, end = (TOP, SIDE[step.end] + BAR) if up else (low, SIDE[step.end])
        yield from drawn(
            f"M{at} {begin}V{end}",
            at + 6,
            (begin + end) // 2 + (0 if up else 35),
            step.event,
            "start",
        )
    elif step.begin == step.end:
        at = x + 70
        yield from drawn(
            f"M{at} {TOP}C{at} {TOP - 50} {at + 35} {TOP - 50} {at + 35} {TOP}",
            at + 18,
            TOP - 44,
            step.event,
        )
    elif ROW.index(step.end) < ROW.index(step.begin):
        steps = ROW.index(step.begin) - ROW.index(step.end)
        start, stop, deep = x + 60 + 20 * (steps > 1), left(step.end) + 90 - 20 * (steps > 1), 25
        down = low + deep + 40 * (steps - 1)
        path = f"M{start} {low}C{start} {down} {stop} {down} {stop} {low}"
        yield from drawn(path, (start + stop) // 2, low + (down - low) * 3 // 4 - 5, step.event)
    else:
        middle = TOP + HIGH // 2
        yield from drawn(
            f"M{x + WIDE} {middle}H{left(step.end)}",
            x + WIDE + (APART - WIDE) // 2,
            middle - 8,
            step.event,
        )


def drawn(path: str, x: int, y: int, event: str, anchor: str = "middle") -> Iterator[str]:
    """Yield a line and the word beside it, small enough for the gap between two boxes."""
    yield f'<path d="{path}" fill="none" stroke="#333333" stroke-width="1.5" marker-end="url(#a)"/>'
    yield f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="10">{event}</text>'


if __name__ == "__main__":
    print(picture(), end="")
