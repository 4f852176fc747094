"""Two texts outside a coalition: the class that the change can't be under, and its evidence.

The texts are read as paragraphs and list items; where a line ends in a paragraph says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from govkit.corpus.changes.evidence import differing
from govkit.corpus.changes.lexicon import lexicon_of_text
from govkit.corpus.changes.prose import ProseChange, prose_change, prose_floor
from govkit.corpus.changes.protected import (
    force_alike,
    forces_of,
    met,
    protected_words,
    row_of_force,
)
from govkit.corpus.changes.values import Duty
from govkit.corpus.redline.paragraphs import without_what_stays
from govkit.languages.words import LANGUAGES
from govkit.patterns import lazy_regex
from govkit.records.normative import Block, Run, Wording, fold

HIGHEST_OF_WORDS = 5
"""The highest class that words without marks can't be under: that of force."""
_ADDRESS = "\u2325"
"""Stands in the place of each address of a link."""
# An address in brackets behind the words of a link, and one that stands alone. A full stop or
# bracket at its end belongs to the sentence.
_LINKED = lazy_regex(
    r"(?<=\]\()[^\s()]+(?:\([^\s()]*\)[^\s()]*)*(?=\)|\s)"
    r"|\b(?:https?|mailto|ftp):[^\s<>\"\u201c\u201d\]]*[^\s<>\"\u201c\u201d\].,;:!?()'\u2019]"
)
_IN_LINKED = ("](", "http:", "https:", "mailto:", "ftp:")
"""One of these is in each address; looking for them is many times quicker."""
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:\([A-Za-z0-9]{1,5}\)|[A-Za-z0-9]{1,4}[.)]|[-*+•>]|#{1,6})\s"
)
_BULLET = re.compile(r"^[*•](?=\s+(?:[^\W\d]|[`\[(*]+[^\W\d]))")
_STRESSED = re.compile(r"(?<![\w*_])(\*?)_(?=[^\W_])([^_*]+)(?<=[^\W_])_(?![\w*_])")


def plain_texts_change(old: str, new: str, language: str) -> ProseChange:
    """Return what the step from one text to another amounts to.

    `language` is a code as `en`; it decides about misspellings and words of force. The floor is 0
    where only white space differs.
    """
    lexicon = lexicon_of_text(language, old, new)
    old, new = without_what_stays(old, new)
    change = prose_change(*_without_addresses(old, new), lexicon)
    return _with_addresses(change, old, new)


def plain_texts_floor(old: str, new: str, language: str, *, moved: bool = False) -> int:
    """Return the class alone that the same step can't be under.

    Where words `moved`, the row of force words tells no more than whether any came or went.
    """
    lexicon = lexicon_of_text(language, old, new)
    old, new = without_what_stays(old, new)
    change = prose_floor(*_without_addresses(old, new), lexicon)
    floor = _with_addresses(change, old, new).floor
    if moved and protected_words(language) is not None:
        before, after = (
            Counter(force_alike(words, language) for words in row_of_force(text, language))
            for text in (old, new)
        )
        floor = min(floor, 3) if before == after else floor
    return floor


def _without_addresses(old: str, new: str) -> tuple[Wording, Wording]:
    return blocks_of(_LINKED.sub(_ADDRESS, old)), blocks_of(_LINKED.sub(_ADDRESS, new))


class Sides(NamedTuple):
    """A changed passage as it was and as it is; one that was put in or taken out has an empty side.

    `replaced` are the stretches that stand in the place of others, where they are known.
    """

    old: str
    new: str
    replaced: tuple[tuple[str, str], ...] | None = None


def passage_changes(
    passages: Sequence[Sides], old: str, new: str, language: str
) -> tuple[ProseChange, ...]:
    """Return what each changed passage of two texts amounts to. `old` and `new` are the texts."""
    lexicon = lexicon_of_text(language, old, new)
    found = {
        sides: prose_change(blocks_of(sides.old), blocks_of(sides.new), lexicon, sides.replaced)
        # A row of a table, or a line that was taken out everywhere, is looked at once.
        for sides in dict.fromkeys(passages)
    }
    return tuple(found[sides] for sides in passages)


def duty_of(old: str, new: str, change: ProseChange, language: str) -> Duty | None:
    """Return which way a change of words goes: whether they bind more, or less.

    A text that stands alone does not say who is bound, so only words of force that came, went or
    gave place to another tell; anything else that bears on the meaning is unclear.
    """
    if change.floor < 3:
        return None
    forces = forces_of(language)
    before, after = row_of_force(old, language), row_of_force(new, language)
    ways: list[Duty] = []
    for was, is_ in differing(before, after, key=lambda words: force_alike(words, language)):
        steps = [_BINDS.get(forces.get(words, "") if words else "none", -1) for words in (was, is_)]
        known = min(steps) >= 0 and steps[0] != steps[1] and max(steps) > 0
        ways.append("unclear" if not known else "tighter" if steps[1] > steps[0] else "looser")
    found = set(ways)
    if not found:
        return "unclear" if change.evidence else None
    if found >= {"tighter", "looser"}:
        return "tighter and looser"
    return found.pop() if len(found) == 1 else "unclear"


def languages_beside(passages: Sequence[tuple[str, str]], language: str) -> Counter[str]:
    """Return in how many changed passages words of another language stand, and none of the one that
    was named. In those nothing that binds is seen.
    """
    own = language.partition("-")[0]
    others = [code for code in LANGUAGES if code not in (own, "any")]
    found: Counter[str] = Counter()
    for sides in passages[:_MOST_LOOKED_AT]:
        text = " ".join(sides)
        if met(text, own):
            continue
        hits = {code: len({words for _, words in met(text, code)}) for code in others}
        best = max(hits, key=hits.__getitem__)
        if hits[best] >= _SURELY:
            found[best] += 1
    return found


Taken = Literal["", "by-words", "unknown"]
"""How a language was taken: it was named, or there was no doubt; or its words told; or nothing
did.
"""


def language_of(texts: Iterable[str], otherwise: str) -> tuple[str, Taken]:
    """Return in which language texts are, by the words of each that bear on the meaning.

    Another language than `otherwise` needs more than twice as many different ones.
    """
    begin = "\n\n".join(text[:_LOOKED_AT] for text in texts)
    hits = {code: len(set(met(begin, code))) for code in LANGUAGES if code != "any"}
    best = max(hits, key=hits.__getitem__)
    if hits[best] >= _SURELY and hits[best] > 2 * hits[otherwise]:
        return best, "by-words"
    silent = not hits[otherwise] and len(begin.split()) > _MANY
    return otherwise, "unknown" if silent else ""


_LOOKED_AT = 20_000
"""Letters of each text that are looked at for its language."""
_MANY = 60
"""Words in which a text says something of a duty, a limit or a time, if it is read aright."""
_SURELY = 3
"""Different words that bear on the meaning; one or two are often spelt alike in two languages."""
_MOST_LOOKED_AT = 200

_BINDS = {"none": 0, "may": 0, "should": 1, "should-not": 1, "must": 2, "must-not": 2}
"""How much words of each force bind; none do as little as a permission."""


def _with_addresses(change: ProseChange, old: str, new: str) -> ProseChange:
    """Return a change with what became of addresses, which are no words: alone they are class 1."""
    reasons = addresses_differ(old, new)
    if not reasons:
        return change
    return change._replace(floor=max(change.floor, 1), reasons=(*change.reasons, *reasons))


def addresses_differ(old: str, new: str) -> tuple[str, ...]:
    """Return in one sentence how many addresses of links differ; nothing where none does."""
    before, after = _addresses(old), _addresses(new)
    if before == after:
        return ()
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    count = max(gone.total(), come.total(), 1)
    return ("an address of a link differs" if count == 1 else f"{count} addresses of links differ",)


def _addresses(text: str) -> list[str]:
    return _LINKED.findall(text) if any(sign in text for sign in _IN_LINKED) else []


def blocks_of(text: str) -> Wording:
    """Return a text as paragraphs and items, the white space in each folded.

    A block ends at an empty line, behind a heading, and where a line begins as an item, a heading
    or a quotation does.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        if lines and (not line.strip() or _ITEM.match(line) or lines[0].startswith("#")):
            blocks.append(_block(lines))
            lines = []
        if line.strip():
            lines.append(line)
    return Wording(tuple(blocks))


def _block(lines: list[str]) -> Block:
    item = _ITEM.match(lines[0])
    depth = len(item["indent"].expandtabs(4)) // 2 + 1 if item else 0
    # Two ways to write one thing in Markdown: an item of a list, and words that are stressed.
    words = _BULLET.sub("-", fold(" ".join(lines)))
    if "_" in words:
        words = _STRESSED.sub(r"\1*\2*\1", words)
    return Block("-" if item else "p", depth, "", (Run("text", words, "", 0, len(words)),))
