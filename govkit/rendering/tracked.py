"""From the operations of a redline to paragraphs that hold both texts to the character.

They are for a format that has tracked changes of its own: accepting all of them gives the new text,
rejecting all the old one. What `rendering/redline` gives is for the eye instead: it puts spaces
where brackets want them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from govkit.corpus.redline.operations import PARAGRAPH_END, Operation, Redline, is_unseen
from govkit.languages.catalogue import Messages
from govkit.rendering.document import End, Paragraph
from govkit.rendering.spans import Deleted, Inserted, MovedFrom, MovedTo, Span, Spans, Words

_WHITE = re.compile(r"\s+")
_Kind = Literal["kept", "deleted", "inserted", "from", "to"]
_END_OF: dict[_Kind, End] = {
    "kept": "kept",
    "deleted": "deleted",
    "from": "deleted",
    "inserted": "inserted",
    "to": "inserted",
}


class _Piece(NamedTuple):
    """Words of one or both texts; `move` is the number of the move that they belong to."""

    kind: _Kind
    text: str
    move: int = 0


def tracked_paragraphs(redline: Redline, said: Messages) -> tuple[Paragraph, ...]:
    """Return a redline as paragraphs, each with what became of its end.

    The end of the last paragraph is that of both texts, unless one of them is empty.
    """
    paragraphs = list(_paragraphs(_paired(list(_pieces(redline)))))
    old = "".join(each.old for each in redline.operations).strip()
    new = "".join(each.new for each in redline.operations).strip()
    if not old or not new:
        end: End = "inserted" if new else "deleted"
        return tuple(replace(each, end=end) for each in paragraphs if each.spans)
    return tuple(_with_own_ends(paragraphs))


def _pieces(redline: Redline) -> Iterator[_Piece]:
    moves = {at: (n, pair) for n, pair in enumerate(redline.moved) for at in pair}
    for at, operation in enumerate(redline.operations):
        op, old, new = operation
        if op == "equal" or is_unseen(operation):
            yield from _kept(old, new)
        elif at in moves:
            number, (gone, _) = moves[at]
            inside = redline.inside[number] if number < len(redline.inside) else ()
            yield from _moved(operation, inside, number + 1, is_from=at == gone)
        else:
            yield from _changed(old, new)


def _kept(old: str, new: str) -> Iterator[_Piece]:
    """Yield words of both texts; the space before or behind them may be in one of them alone."""
    words = new.strip()
    if not words and bool(old) != bool(new):
        yield _Piece("deleted" if old else "inserted", old or new)
        return
    if old == new or not words or PARAGRAPH_END.search(old) or PARAGRAPH_END.search(new):
        yield _Piece("kept", new)
        return
    sides = (old.partition(old.strip()), new.partition(words))
    for at in (0, 1, 2):
        was, is_ = (bool(side[at]) for side in sides)
        if at == 1 or (was and is_):
            yield _Piece("kept", sides[1][at])
        elif was or is_:
            yield _Piece("deleted" if was else "inserted", " ")


def _changed(old: str, new: str) -> Iterator[_Piece]:
    """Yield what went and what came; where both have as many paragraphs, one by one."""
    gone, come = PARAGRAPH_END.split(old), PARAGRAPH_END.split(new)
    if len(gone) == len(come) > 1:
        for number, (was, is_) in enumerate(zip(gone, come, strict=True)):
            if number:
                yield _Piece("kept", "\n\n")
            yield from (_Piece("deleted", was), _Piece("inserted", is_))
    else:
        yield from (_Piece("deleted", old), _Piece("inserted", new))


def _moved(
    operation: Operation, inside: tuple[Operation, ...], number: int, *, is_from: bool
) -> Iterator[_Piece]:
    """Yield what moved, at the place that it left or came to, with what changed on the way."""
    whole = operation.old if is_from else operation.new
    moved: _Kind = "from" if is_from else "to"
    other: _Kind = "deleted" if is_from else "inserted"
    sides = [(each.op, each.old if is_from else each.new) for each in inside]
    if "".join(text for _, text in sides).split() != whole.split():
        sides = [("equal", whole)]
    elif not sides[0][1][:1].isspace():
        yield _Piece(other, whole[: len(whole) - len(whole.lstrip())])
    for op, text in sides:
        yield _Piece(moved if op == "equal" else other, text, number if op == "equal" else 0)


def _paired(pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces cut at paragraphs, with moves that have as many pieces on both sides.

    A move without its other half is a deletion or an insertion.
    """
    cut: list[_Piece] = []
    for piece in pieces:
        for number, text in enumerate(PARAGRAPH_END.split(piece.text)):
            if number:
                cut.append(_Piece(piece.kind, "\n\n"))
            if text:
                cut.append(piece._replace(text=_WHITE.sub(" ", text)))
    counts = Counter((each.kind, each.move) for each in cut if each.move)
    uneven = {move for (_, move) in counts if counts["from", move] != counts["to", move]}
    return [
        _Piece("deleted" if each.kind == "from" else "inserted", each.text)
        if each.move in uneven
        else each
        for each in cut
    ]


def _paragraphs(pieces: list[_Piece]) -> Iterator[Paragraph]:
    spans: list[Span] = []
    seen: Counter[tuple[str, int]] = Counter()
    for piece in pieces:
        if piece.text == "\n\n":
            yield Paragraph(tuple(spans), _END_OF[piece.kind])
            spans = []
            continue
        seen[piece.kind, piece.move] += 1
        spans.append(_span(piece, f"move{piece.move}_{seen[piece.kind, piece.move]}"))
    yield Paragraph(tuple(spans), "kept")


def _span(piece: _Piece, name: str) -> Span:
    words: Spans = (Words(piece.text),)
    match piece.kind:
        case "kept":
            return words[0]
        case "deleted":
            return Deleted(words, "")
        case "inserted":
            return Inserted(words, "")
        case "from":
            return MovedFrom(words, name)
        case "to":
            return MovedTo(words, name)


_SIDES: dict[End, tuple[type, ...]] = {
    "deleted": (Deleted, MovedFrom),
    "inserted": (Inserted, MovedTo),
}


def _with_own_ends(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Have a paragraph that came or went whole do so with its own end, and not with that of the
    one before. The last paragraph keeps its end: nothing stands behind it to run on.
    """
    found = list(paragraphs)
    for at in range(len(found) - 2, 0, -1):
        kind, before = found[at - 1].end, found[at - 1]
        own = _SIDES.get(kind, ())
        if found[at].end == "kept" and own and _is_all(found[at].spans, own):
            found[at] = replace(found[at], end=kind)
            found[at - 1] = replace(before, end="kept")
    # An empty paragraph behind an end that goes is what the one before runs on into.
    kept = [
        each
        for at, each in enumerate(found)
        if each.spans or each.end != "kept" or (at and found[at - 1].end != "kept")
    ]
    return kept or found


def _is_all(spans: Spans, kinds: tuple[type, ...]) -> bool:
    return bool(spans) and all(isinstance(span, kinds) for span in spans)


def tracked_line(redline: Redline, said: Messages) -> Spans:
    """Return a redline of a short text in one line, ends of paragraphs as spaces."""
    spans: list[Span] = []
    space = Words(" ")
    for paragraph in tracked_paragraphs(redline, said):
        spans += paragraph.spans
        match paragraph.end:
            case "inserted":
                spans.append(Inserted((space,), ""))
            case "deleted":
                spans.append(Deleted((space,), ""))
            case _:
                spans.append(space)
    return tuple(spans[:-1])
