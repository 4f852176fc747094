"""What a normative text says, as a value: blocks, and in each block runs of words.

Digests are taken from this value and the writers print from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.patterns import lazy_regex

SPACES = " \t\n\u00a0\u202f"
"""The white space that is folded inside a block; other Unicode spaces are refused by the gate."""


class Run(NamedTuple):
    """A stretch of words of one kind.

    `kind` is `text`, `em`, `code`, `term`, `ref` or `param`. `words` has its white space folded;
    `target` is the slug of a term, the target of a ref, or the name of a parameter. `start` and
    `end` are character indexes into the text.
    """

    kind: str
    words: str
    target: str
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph or a list item.

    `style` is `p` for a paragraph, or the style of the item's list: `-`, `a`, `i`, `1` or `A`.
    `depth` is 0 outside lists, else the level of the item (a further paragraph has its item's).
    `label` is what stands in the brackets; it is printed and never hashed.
    """

    style: str
    depth: int
    label: str
    runs: tuple[Run, ...]


class Flaw(NamedTuple):
    """Where a text leaves the grammar: what is wrong, what to do, and the characters meant."""

    message: str
    help: str
    start: int
    end: int


class Wording(NamedTuple):
    """What a normative text says: its blocks in order, and its flaws."""

    blocks: tuple[Block, ...]
    flaws: tuple[Flaw, ...] = ()

    def runs(self, kind: str) -> list[Run]:
        """Return the runs of one kind, in order."""
        return [run for block in self.blocks for run in block.runs if run.kind == kind]

    def labels(self) -> set[tuple[str, ...]]:
        """Return the way of labels to each list item, as ("a", "ii")."""
        return {way for way, block in self._ways() if block.style != "p"}

    def below(self, way: tuple[str, ...]) -> list[Block]:
        """Return the blocks of the list item at a way of labels; all where there is none."""
        return [block for at, block in self._ways() if at[: len(way)] == way]

    def items(self) -> dict[tuple[str, ...], str]:
        """Return the words of each list item by the way of labels to it, as ("a", "ii").

        A further paragraph of an item belongs to its words, a list below it does not.
        """
        found: dict[tuple[str, ...], list[str]] = {}
        for way, block in self._ways():
            if way:
                words = "".join(run.words or f"{{{run.target}}}" for run in block.runs)
                found.setdefault(way, []).append(words)
        return {way: " ".join(words) for way, words in found.items()}

    def _ways(self) -> Iterator[tuple[tuple[str, ...], Block]]:
        way: tuple[str, ...] = ()
        for block in self.blocks:
            label = () if block.style == "p" else (block.label,)
            way = (*way[: block.depth - len(label)], *label)
            yield way, block


STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
"""The quotation marks that a digest reads as straight ones, and no others."""
_SOME_SPACE = lazy_regex(f"[{SPACES}]+")


def fold(words: str) -> str:
    """Fold each run of white space into one space, and take it off both ends."""
    if "  " not in words and words.isascii() and words.isprintable():
        return words.strip(" ")  # nothing to fold, which is quicker seen than done
    return _SOME_SPACE.sub(" ", words).strip(" ")
