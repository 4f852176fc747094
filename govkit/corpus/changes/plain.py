"""Two texts outside a coalition: the class that the change can't be under, and its evidence.

The texts are read as paragraphs and list items; where a line ends in a paragraph says nothing.
"""

from __future__ import annotations

import re
from collections import Counter

from govkit.corpus.changes.lexicon import lexicon_of_text
from govkit.corpus.changes.prose import ProseChange, prose_change
from govkit.patterns import lazy_regex
from govkit.records.normative import Block, Run, Wording, fold

_ADDRESS = "\u2325"
"""Stands in the place of each address of a link."""
# An address in brackets behind the words of a link, and one that stands alone. A full stop or
# bracket at its end belongs to the sentence.
_LINKED = lazy_regex(
    r"(?<=\]\()[^\s()]+(?:\([^\s()]*\)[^\s()]*)*(?=\)|\s)"
    r"|\b(?:https?|mailto|ftp):[^\s<>\"\u201c\u201d\]]*[^\s<>\"\u201c\u201d\].,;:!?()'\u2019]"
)
_ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:\([A-Za-z0-9]{1,5}\)|[A-Za-z0-9]{1,4}[.)]|[-*+•>]|#{1,6})\s"
)


def plain_texts_change(old: str, new: str, language: str) -> ProseChange:
    """Return what the step from one text to another amounts to.

    `language` is a code as `en`; it decides about misspellings and words of force. The floor is 0
    where only white space differs.
    """
    before, after = (blocks_of(_LINKED.sub(_ADDRESS, text)) for text in (old, new))
    change = prose_change(before, after, lexicon_of_text(language, old, new))
    return _with_addresses(change, _LINKED.findall(old), _LINKED.findall(new))


def _with_addresses(change: ProseChange, old: list[str], new: list[str]) -> ProseChange:
    """Return a change with what became of addresses, which are no words: alone they are class 1."""
    if old == new:
        return change
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    count = max(gone.total(), come.total(), 1)
    reason = "an address of a link differs" if count == 1 else f"{count} addresses of links differ"
    return change._replace(floor=max(change.floor, 1), reasons=(*change.reasons, reason))


def blocks_of(text: str) -> Wording:
    """Return a text as paragraphs and items, the white space in each folded.

    A block ends at an empty line and where a line begins as an item, a heading or a quotation does.
    """
    blocks: list[Block] = []
    lines: list[str] = []
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        if (not line.strip() or _ITEM.match(line)) and lines:
            blocks.append(_block(lines))
            lines = []
        if line.strip():
            lines.append(line)
    return Wording(tuple(blocks))


def _block(lines: list[str]) -> Block:
    item = _ITEM.match(lines[0])
    depth = len(item["indent"].expandtabs(4)) // 2 + 1 if item else 0
    words = fold(" ".join(lines))
    return Block("-" if item else "p", depth, "", (Run("text", words, "", 0, len(words)),))
