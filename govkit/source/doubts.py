"""What YAML reads without a word and a person did not mean: refused, with the way out.

A clause pasted at the end of a file falls into the text below `guidance: |`; `"C:\\temp"` holds a
tab. Neither is an error of YAML. In records that keep the words of others (a comment, a position)
such lines stand as they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govkit.patterns import lazy_regex
from govkit.source.gate import Unreadable, place_of
from govkit.source.key_lines import first_key_line, is_spaced
from govkit.source.loader import Doubt, load
from govkit.source.remedies.places import at_column, cut_and_put, ends_of_groups, ends_of_lists
from govkit.source.remedies.trying import LONGEST, likelier
from govkit.source.validation import fields_at, keys_of_words, validate

_WORDS_OF_OTHERS = ("comment", "position", "submission")
_MADE = {
    "0": "the sign NUL",
    "a": "a bell",
    "b": "a backspace",
    "t": "a tab",
    "v": "a vertical tab",
    "f": "a form feed",
    "r": "a carriage return",
    "e": "the sign ESC",
    " ": "a space",
    "N": "a line break",
    "L": "a line break",
    "P": "a line break",
    "_": "a no-break space",
    "\t": "a tab",
}
_MISFITS = ("unknown-key", "missing-key", "wrong-type")


def load_meant(text: str, kind: str, *, joiners: bool = False) -> Any:
    """Return the data of a record, or raise `Unreadable` with the likeliest remedy.

    As `loader.load`, and beside that refuses what is most likely not meant.
    """
    doubts: list[Doubt] = []
    try:
        data = load(text, joiners=joiners, doubts=doubts)
    except Unreadable as fault:
        raise likelier(fault, text, kind, joiners=joiners) from None
    if doubts:
        for _, unmeant in faults_of_doubts(text, kind, doubts):
            raise unmeant
    return data


def faults_of_doubts(
    text: str, kind: str, doubts: list[Doubt]
) -> Iterator[tuple[Doubt, Unreadable]]:
    """Yield the doubts about a text that stand for what nobody meant, each with its fault."""
    if kind in _WORDS_OF_OTHERS:
        return
    keys = first_key_line(text, doubts, kind)
    for doubt in doubts:
        if doubt.what == "escape":
            yield doubt, _escape(text, doubt)
        elif keys and doubt is keys[0][0]:
            yield doubt, _key_in_text(text, kind, keys)
        elif doubt.what == "bracket" or (
            doubt.what == "comment" and doubt.word in keys_of_words(kind)
        ):
            yield doubt, _cut(text, doubt)


def _cut(text: str, doubt: Doubt) -> Unreadable:
    """Return the fault of words that stand behind a #, in place of the value or of a part of it."""
    if doubt.what == "bracket":
        lost = "what stands behind it is cut off"
        help = "Delete the # if the words belong to the list; else give the comment its own line."
    elif text[doubt.opened] in "|>":
        lost = f"its words are no part of `{doubt.word}`"
        help = "Put its words below, into the text; or give the comment its own line above the key."
    else:
        lost = f"`{doubt.word}` holds no words"
        help = "Put the words with their # in double quotes; or, for none, write null before the #."
        if not text[doubt.start + 1].isdigit():
            help = "Delete the # if its words are the text; or, for none, write null before the #."
    return Unreadable(
        "comment-after-text",
        f"the # begins a comment here, so {lost}",
        place_of(text, doubt.start),
        help,
    )


def _escape(text: str, doubt: Doubt) -> Unreadable:
    sign = text[doubt.start + 1]
    return Unreadable(
        "control-character",
        f"`\\{sign}` in double quotes is an escape, and makes {_MADE[sign]}",
        place_of(text, doubt.start, 2),
        "Delete the backslash; or, if it belongs to the text, write \\\\ in its place (in a clause "
        "\\\\\\\\).",
    )


def _key_in_text(text: str, kind: str, keys: list[tuple[Doubt, str]]) -> Unreadable:
    lines = text.split("\n")
    doubt, key = keys[0]
    first = text.count("\n", 0, doubt.start)
    last = text.count("\n", 0, len(text[: doubt.end].rstrip()))
    opened = text.count("\n", 0, doubt.opened)
    line = lines[first]
    column = len(line) - len(line.lstrip())
    slips = []
    for at, (each, meant) in enumerate(keys, start=first):
        typed = text[each.at : each.after]
        if typed != f"{meant}:" or not is_spaced(text, each):
            before, _, after = lines[at].partition(typed)
            slips.append(f"`{meant}: ` in place of `{typed}`")
            lines[at] = f"{before}{meant}: {after.lstrip()}".rstrip()
    way = next(_ways_out(lines, (first, last), opened, key, kind), "") or (
        "If it is a key, move its lines out of the text, and indent them as the other keys there."
    )
    if slips:
        way += f" Write {', '.join(slips)}."
    return Unreadable(
        "key-in-text",
        f"`{text[doubt.start : doubt.after].strip()}` looks like a key, and stands inside the "
        f"text that begins at line {opened + 1}",
        place_of(text, doubt.start + column, len(line) - column),
        f"{way} If it belongs to the text, let another word begin the line.",
    )


def _ways_out(
    lines: list[str], run: tuple[int, int], opened: int, word: str, kind: str
) -> Iterator[str]:
    """Yield how lines that fell into a text get out of it; each was tried."""
    if sum(map(len, lines)) > LONGEST:
        return
    first, last = run
    moved = lines[first : last + 1]
    named = "this line" if first == last else f"lines {first + 1} to {last + 1}"
    for column in _columns(lines, opened):
        if _fits([*lines[:first], *at_column(moved, column), *lines[last + 1 :]], kind):
            spaces = "no space" if column == 0 else f"{column} spaces"
            which = "it" if first == last else "the first"
            yield f"Move {named} to the left, so that {which} is indented by {spaces}."
    yield from _into_lists(lines, run, word, kind)
    if moved[0].lstrip().startswith("- "):
        for name in fields_at(kind, {}, ()):
            begun = [f"{name}:", *at_column(moved, 2)]
            if _fits([*lines[:first], *begun, *lines[last + 1 :]], kind):
                yield (
                    f"Write `{name}:` into a line above, indented by no space, and move {named} "
                    "to the left, so that the `-` is indented by 2 spaces."
                )


def _into_lists(lines: list[str], run: tuple[int, int], word: str, kind: str) -> Iterator[str]:
    """Yield how lines are put at the end of a list or group that is there; each was tried."""
    first, last = run
    moved = lines[first : last + 1]
    rest = [*lines[:first], *lines[last + 1 :]]
    begun = ""
    if moved[0].lstrip().startswith("{"):
        begun, moved = "Write `- ` before it. ", [f"- {moved[0].lstrip()}", *moved[1:]]

    def fits(end: int, column: int, lines: list[str]) -> bool:
        return _fits([*rest[: end + 1], *at_column(lines, column), *rest[end + 1 :]], kind)

    for end, column in ends_of_lists(rest, word):
        if fits(end, column, moved):
            yield begun + cut_and_put(first, last, end, column)
    for end, column in ends_of_groups(rest, word) if _ENTRY.match(moved[0]) else ():
        if fits(end, column, moved):
            yield cut_and_put(first, last, end, column, item=False)
    if moved[0].strip() == f"{word}:" and last > first:
        items = moved[1:]
        found = re.match(r"[ ]*-[ ]+\{?([a-z_]+):", items[0])
        for end, column in ends_of_lists(rest, found[1]) if found else ():
            if fits(end, column, items):
                yield f"{cut_and_put(first + 1, last, end, column)} Delete line {first + 1}."


_ENTRY = lazy_regex(r"[ ]*[\w-]+:[ ]+\{")


def _columns(lines: list[str], opened: int) -> list[int]:
    """Return the columns of the keys that enclose a text, the nearest first."""
    lowest = len(lines[opened]) - len(lines[opened].lstrip(" -"))
    columns = [lowest]
    for line in reversed(lines[:opened]):
        for column in (len(line) - len(line.lstrip(" -")), len(line) - len(line.lstrip(" "))):
            if line.strip() and column < lowest:
                lowest = column
                columns.append(column)
    return columns


def _fits(lines: list[str], kind: str) -> bool:
    try:
        data = load("\n".join(lines))
    except Unreadable:
        return False
    return not any(fault.rule in _MISFITS for fault in validate(kind, data, "")[1])
