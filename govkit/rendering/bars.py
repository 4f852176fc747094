"""Bars that count voices: as a picture made of shapes alone, and as plain signs.

Each look differs by its shape, so that nothing hangs on colour; the words stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from govkit.consent.counted_voices import CountedVoices, Stand
from govkit.consent.decision import UnitDecision, given_counts, missing_counts, required_counts
from govkit.languages.catalogue import Messages
from govkit.rendering.document import Paragraph, Table
from govkit.rendering.phrases import capital
from govkit.rendering.spans import Bar, Look, Span, Words

LOOKS: Mapping[Stand, Look] = {
    "agree": "full",
    "conditional": "hatched",
    "object": "crossed",
    "abstain": "lined",
    "not-heard": "empty",
}
SIGNS: Mapping[Look, str] = {
    "full": "\u2588",
    "hatched": "\u2592",
    "crossed": "\u00d7",
    "lined": "\u2013",
    "empty": "\u00b7",
}
"""The signs of text. Where a terminal has no such letters, those of `ASCII` stand for them."""
ASCII: Mapping[Look, str] = {
    "full": "#",
    "hatched": "~",
    "crossed": "x",
    "lined": "-",
    "empty": ".",
}
NONE = "\u2013"
MOST_SIGNS = 20
"""As many signs at most stand for one group; of a larger one each stands for several voices."""
_COLOURS: Mapping[Look, str] = {
    "full": "#2e6fb0",
    "hatched": "#a9760a",
    "crossed": "#c0432f",
    "lined": "#6d7680",
    "empty": "#8a929b",
}
_HEIGHT, _WIDEST, _ALL, _GAP = 10.0, 9.0, 150.0, 5.0


# --- what they show -------------------------------------------------------------------------------


def bar_of(stands: Iterable[CountedVoices], said: Messages, names: Mapping[str, str]) -> Bar:
    """Return the bar of some groups, a part each; `names` are those of the groups."""
    every = [each for each in stands if each.named]
    words = [
        f"{names.get(each.group, each.group)}: "
        + ", ".join(f"{said[f'consent.stands.{stand}']} {count}" for stand, count in each.named)
        for each in every
    ]
    parts = tuple(tuple((LOOKS[stand], count) for stand, count in each.named) for each in every)
    return Bar(parts, "; ".join(words))


def legend(said: Messages) -> Paragraph:
    """Return what each look says."""
    spans: list[Span] = []
    for stand, look in LOOKS.items():
        words = said[f"consent.stands.{stand}"]
        spans += [Bar((((look, 1),),), words), Words(f"\u00a0{words}. ")]
    return Paragraph((*spans, Words(said["consent.stands-explained"])))


def groups_of(sum: UnitDecision) -> list[str]:
    """Return the groups on the roll that a decision about a text looked at, sorted."""
    return sorted({*sum.groups_not_heard, *(each.group for each in sum.stands)})


def stands_table(
    stands: Iterable[CountedVoices], said: Messages, names: Mapping[str, str]
) -> Table:
    """Return a row for each group of `names`: its bar, and the counts that the bar shows."""
    found = {each.group: each for each in stands}
    rows = []
    for group, name in names.items():
        each = found.get(group)
        drawn: Span = bar_of([each], said, names) if each is not None else Words(NONE)
        counts = each.counts if each is not None else (0,) * len(LOOKS)
        cells = (Words(str(count) if count else NONE) for count in counts)
        rows.append(((Words(name),), (drawn,), *((cell,) for cell in cells)))
    heads = (capital(said[f"consent.stands.{stand}"]) for stand in LOOKS)
    return Table((said["consent.group"], said["consent.voices"], *heads), tuple(rows))


def needed_table(sum: UnitDecision, said: Messages, names: Mapping[str, str]) -> Table:
    """Return what the policy asks for, what was given, and what is missing."""
    sides = [
        dict(_flat(side(sum), said, names))
        for side in (required_counts, given_counts, missing_counts)
    ]
    rows = (
        (name, needed, sides[1].get(name, "0"), sides[2].get(name, NONE))
        for name, needed in sides[0].items()
    )
    heads = (said[f"consent.{each}"] for each in ("measure", "required", "given", "missing"))
    return Table(tuple(heads), tuple(tuple((Words(cell),) for cell in row) for row in rows))


def _flat(
    side: Mapping[str, object], said: Messages, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for name, value in side.items():
        measure = said[f"consent.measures.{name}"]
        if isinstance(value, dict):
            for group, inner in value.items():
                yield f"{measure} {names.get(group, group)}", str(inner)
        else:
            yield measure, str(value)


# --- as signs -------------------------------------------------------------------------------------


def signs_of(parts: Iterable[tuple[Look, int]]) -> str:
    """Return one part of a bar as signs, a voice each, or fewer where there are too many."""
    return "".join(SIGNS[look] * count for look, count in scaled(tuple(parts)))


def scaled(parts: tuple[tuple[Look, int], ...]) -> Iterator[tuple[Look, int]]:
    """Yield the counts, made smaller together where they are too many; none of them vanishes."""
    total = sum(count for _, count in parts)
    if total <= MOST_SIGNS:
        yield from parts
        return
    room = [max(count * MOST_SIGNS // total, 1) for _, count in parts]
    # What is left over goes to those who lost the most of it.
    order = sorted(range(len(parts)), key=lambda at: -(parts[at][1] * MOST_SIGNS % total))
    for at in order[: max(MOST_SIGNS - sum(room), 0)]:
        room[at] += 1
    for (look, _), count in zip(parts, room, strict=True):
        yield look, count


# --- as a picture ---------------------------------------------------------------------------------


def as_svg(bar: Bar) -> str:
    """Return a bar as an inline picture with its words as the text alternative."""
    total = sum(count for part in bar.parts for _, count in part)
    step = min(_ALL / max(total, 1), _WIDEST)
    pieces: list[str] = []
    at = 0.5
    for part in bar.parts:
        for look, count in part:
            pieces += _cells(look, count, at, step)
            at += count * step
        at += _GAP
    width = max(at - _GAP, 0) + 0.5
    said = escape(bar.said)
    return (
        f'<svg class="bar" role="img" xmlns="http://www.w3.org/2000/svg" '
        f'width="{_n(width)}" height="{_n(_HEIGHT + 1)}" '
        f'viewBox="0 0 {_n(width)} {_n(_HEIGHT + 1)}" aria-label="{said}">'
        f"<title>{said}</title>{''.join(pieces)}</svg>"
    )


def _cells(look: Look, count: int, left: float, step: float) -> Iterator[str]:
    """Yield the shapes of one count: a box for each voice, and the mark inside it."""
    gap = 1 if step >= 4 else 0
    wide, colour = step - gap, _COLOURS[look]
    lefts = [left + number * step for number in range(count)]
    boxes = "".join(f"M{_n(x)} .5h{_n(wide)}v{_n(_HEIGHT)}h-{_n(wide)}z" for x in lefts)
    if look == "full":
        yield f'<path d="{boxes}" fill="{colour}"/>'
        return
    dashes = ' stroke-dasharray="2 1.5"' if look == "empty" else ""
    yield f'<path d="{boxes}" fill="none" stroke="{colour}" stroke-width=".8"{dashes}/>'
    marks = "".join(_mark(look, x, x + wide) for x in lefts)
    if marks:
        yield f'<path d="{marks}" fill="none" stroke="{colour}" stroke-width="1.4"/>'


def _mark(look: Look, left: float, right: float) -> str:
    up = f"M{_n(left)} {_n(_HEIGHT + 0.5)}L{_n(right)} .5"
    middle = (left + right) / 2
    marks = {
        # Two strokes: with one the mark would be half of a cross.
        "hatched": f"M{_n(left)} {_n(_HEIGHT * 0.55)}L{_n(middle)} .5{up}",
        "crossed": f"{up}M{_n(left)} .5L{_n(right)} {_n(_HEIGHT + 0.5)}",
        "lined": f"M{_n(left)} {_n(_HEIGHT / 2 + 0.5)}L{_n(right)} {_n(_HEIGHT / 2 + 0.5)}",
    }
    return marks.get(look, "")


def _n(number: float) -> str:
    """Return a number as short as it can be written, the same on every machine."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
