"""The common layout of a file: indents, spaces, line ends. No value and no comment changes.

ruamel.yaml makes one round trip; it is imported only here. It loses or moves a comment in some odd
places, so its answer is compared with what went in, and refused where they differ.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from govkit.patterns import lazy_regex
from govkit.source.comments import Scalar, YamlComment, comments, in_order, rewritten, scalars
from govkit.source.gate import Unreadable, place_of
from govkit.source.loader import Spots, load

_DOCUMENT_SIGN = lazy_regex(r"^(?:---|\.\.\.)(?:[ \t]+|$\n?)", re.MULTILINE)
_MARKER_LINE = lazy_regex(r"(?:\([A-Za-z0-9]{1,5}\)|-)[ ]")
_BREAKS_OFF_WITH = (
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What ruamel.yaml raises beside its own errors where a comment stands in an odd place."""

_WIDEST = 1 << 24
"""So wide that no line is ever broken."""


class NotFormatted(Exception):
    """A file that is left as it is, and why: a sentence, what to do, and the place if there is one.

    `place` counts lines and columns of the file as it was, from 1.
    """

    def __init__(self, message: str, help: str = "", place: Any = None) -> None:
        """Keep what a person has to be told."""
        super().__init__(message)
        self.message = message
        self.help = help
        self.place = place


def laid_out(text: str) -> str:
    """Return the text in the common layout. `text` has passed the gate and loads as a mapping.

    Raises `NotFormatted` where the data or the comments would not stay what and where they are.
    """
    before = _below_a_sign(_DOCUMENT_SIGN.sub("", text))
    spots: Spots = {}
    data = load(before, spots)
    after = _round_trip(_with_comments_aside(before, spots))
    after = _ended(_comments_aligned(before, spots, _signs_commented(before, spots, after)), data)
    _hold(text, before, spots, data, after)
    return after


def _hold(text: str, before: str, spots: Spots, data: Any, after: str) -> None:
    """Raise `NotFormatted` if something is lost or stands elsewhere."""
    new_spots: Spots = {}
    try:
        same = load(text) == data == load(after, new_spots)
    except Unreadable:
        same = False
    if not same:
        raise NotFormatted(
            "the layout can't be mended without changing a value",
            "Indent the file by hand: two spaces for each level.",
        )
    old, new = in_order(before, spots), in_order(after, new_spots)
    if old != new:
        same = 0
        while old[same : same + 1] == new[same : same + 1]:
            same += 1
        raise _lost(text, sum(1 for kind, _ in old[:same] if "comment" in kind))


def _lost(text: str, number: int) -> NotFormatted:
    """Return the refusal for the comment of this number, counted from 0."""
    spots: Spots = {}
    load(text, spots)
    found = comments(text, spots)
    comment = found[min(number, len(found) - 1)]
    return NotFormatted(
        f"the comment `{comment.words[:60]}` would be lost or moved",
        "Put it on a line of its own, above the key that it is about.",
        place_of(text, comment.start, len(comment.words)),
    )


def _round_trip(text: str) -> str:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML(pure=True)
    yaml.Resolver = _as_written()
    yaml.preserve_quotes = True
    yaml.width = _WIDEST
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = io.StringIO()
    try:
        yaml.dump(yaml.load(text), written)
    except (YAMLError, *_BREAKS_OFF_WITH) as error:
        raise NotFormatted(
            f"the layout can't be mended: {' '.join(str(error).split())[:100]}",
            "Put comments on lines of their own, and indent by two spaces for each level.",
        ) from None
    return _DOCUMENT_SIGN.sub("", written.getvalue())


@cache
def _as_written() -> Any:
    """Return a resolver to which every plain scalar is text, so that it stays as written."""
    from ruamel.yaml.nodes import MappingNode, SequenceNode
    from ruamel.yaml.resolver import VersionedResolver
    from ruamel.yaml.tag import Tag

    # A tag works out its name when it is first asked, so that three for all values are quicker.
    text, *others = (Tag(suffix=f"tag:yaml.org,2002:{each}") for each in ("str", "map", "seq"))
    tags = dict(zip((MappingNode, SequenceNode), others, strict=True))

    class AsWritten(VersionedResolver):
        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            return tags.get(kind, text)

    return AsWritten


def _below_a_sign(text: str) -> str:
    """Put a text that runs over several lines below `>-`, line by line as the author wrote it.

    Otherwise the round trip would join the lines to one. Left alone: what stands in { } or [ ], has
    escapes or a comment behind it, or would read otherwise below the sign.
    """
    spots: Spots = {}
    load(text, spots)
    edits = []
    for scalar in scalars(text, spots):
        lines = _wrapped_lines(text, scalar)
        if lines and not in_brackets(text, spots, scalar.route):
            indent = "\n" + " " * (column_of(text, spots, scalar.route) + 2)
            edits.append((scalar.start, scalar.end, ">-" + indent + indent.join(lines)))
    return rewritten(text, edits)


def _wrapped_lines(text: str, scalar: Scalar) -> list[str]:
    source = text[scalar.start : scalar.end]
    if scalar.is_key or scalar.style in ("|", ">") or "\n" not in source or "\n" in scalar.words:
        return []
    if text[scalar.end : scalar.end + 1] not in ("\n", "") or (
        scalar.style == '"' and "\\" in source
    ):
        return []
    inner = source[1:-1] if scalar.style else source
    lines = [line.strip(" \t") for line in inner.split("\n")]
    if scalar.style == "'":
        lines = [line.replace("''", "'") for line in lines]
    if not all(lines) or any(_MARKER_LINE.match(line) for line in lines):
        return []
    return lines if " ".join(lines) == scalar.words else []


def in_brackets(text: str, spots: Spots, route: tuple[str | int, ...]) -> bool:
    """Say whether a value stands between { } or [ ]."""
    above = (spots[route[:length]] for length in range(len(route)))
    return any(text[spot.start : spot.start + 1] in ("{", "[") for spot in above)


def column_of(text: str, spots: Spots, route: tuple[str | int, ...]) -> int:
    """Return the column, from 0, of the key of a value, or of the hyphen of an item."""
    spot = spots[route]
    begin = _line_start(text, spot.key_start)
    if isinstance(route[-1], str):
        return spot.key_start - begin
    return max(text.rfind("-", begin, spot.start) - begin, 0)


def _with_comments_aside(text: str, spots: Spots) -> str:
    """Put each line of comment at the left edge, where no text can swallow it on its way.

    And take off the comments behind | and >, which the round trip would lose.
    """
    lines_with_sign = {_line_start(text, sign) for sign in _block_signs(text, spots)}
    edits = []
    for comment in comments(text, spots):
        begin = _line_start(text, comment.start)
        if comment.alone:
            edits.append((begin, comment.start, ""))
        elif begin in lines_with_sign:
            edits.append((len(text[begin : comment.start].rstrip()) + begin, comment.end, ""))
    return rewritten(text, edits)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _signs_commented(before: str, spots: Spots, after: str) -> str:
    """Put the comments behind | and > where they were."""
    new_spots = _spots_of(after)
    old_signs, new_signs = _block_signs(before, spots), _block_signs(after, new_spots)
    if len(old_signs) != len(new_signs):
        return after
    edits = []
    for was, now in zip(old_signs, new_signs, strict=True):
        _, _, comment = before[was : before.find("\n", was)].partition("#")
        end = after.find("\n", now)
        if comment and end >= 0:
            edits.append((end, end, f"  #{comment.rstrip()}"))
    return rewritten(after, edits)


def _block_signs(text: str, spots: Spots) -> list[int]:
    return [scalar.start for scalar in scalars(text, spots) if scalar.style in ("|", ">")]


def _spots_of(text: str) -> Spots:
    """Return the places of a text's values; none where it does not load."""
    spots: Spots = {}
    try:
        load(text, spots)
    except Unreadable:
        spots.clear()
    return spots


def _comments_aligned(before: str, spots: Spots, after: str) -> str:
    """Indent each line of comment as the line that it stood with, above or below.

    The round trip leaves them at the left edge. If comments were lost, the text is returned as it
    is, to be refused.
    """
    old, new = comments(before, spots), comments(after, _spots_of(after))
    if len(old) != len(new):
        return after
    edits = []
    beside = zip(_indents_beside(before, old), _indents_beside(after, new), strict=True)
    for was, now, (old_indents, new_indents) in zip(old, new, beside, strict=True):
        if was.alone and now.alone:
            column = was.start - _line_start(before, was.start)
            if column in old_indents:
                column = new_indents[old_indents.index(column)]
            edits.append((_line_start(after, now.start), now.start, " " * column))
    return rewritten(after, edits)


def _indents_beside(text: str, found: list[YamlComment]) -> list[tuple[int, int]]:
    """Return the indents of the lines below and above each comment that are no comment."""
    lines = text.split("\n")
    above, below = _last_indents(lines), _last_indents(lines[::-1])[::-1]
    indents, number, at = [], 0, 0
    for comment in found:
        number += text.count("\n", at, comment.start)
        at = comment.start
        indents.append((below[number], above[number]))
    return indents


def _last_indents(lines: list[str]) -> list[int]:
    """Return for each line the indent of the last one before it that says something."""
    indents, last = [], 0
    for line in lines:
        indents.append(last)
        if _says(line):
            last = _indent(line)
    return indents


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _ended(text: str, data: Any) -> str:
    """End the text with one line feed, unless a value ends in several."""
    ended = text.rstrip("\n") + "\n"
    try:
        return ended if load(ended) == data else text
    except Unreadable:
        return text
