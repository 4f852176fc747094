"""A redline of two whole texts as a document of its own: for mails, annexes, and signatures.

It names both texts with their digests and says that they prevail over it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import Redline, is_unseen
from govkit.rendering import phrases
from govkit.rendering.document import (
    Block,
    Code,
    Deleted,
    Document,
    Fact,
    Facts,
    Front,
    Inserted,
    Item,
    Items,
    MovedFrom,
    MovedTo,
    Paragraph,
    Section,
    Span,
    Words,
)
from govkit.rendering.redline import paragraphs_of

_HEAD = "head"
_TEXT = "changes"
_LEGEND = "legend"
_LONGEST_LINE = 120
"""A text with a longer line was not broken into lines by hand: each line is a paragraph."""


class NamedText(NamedTuple):
    """A text with the name that it is printed under.

    `digest` is `sha256:` and 64 hexadecimal digits of what the caller holds, as the bytes of a
    file; without it, that of the text in UTF-8 is taken.
    """

    name: str
    text: str
    digest: str = ""

    @property
    def printed_digest(self) -> str:
        """Return the digest that is printed."""
        return self.digest or f"sha256:{hashlib.sha256(self.text.encode()).hexdigest()}"


def plain_redline(
    old: NamedText, new: NamedText, *, language: str = "en", day: str = ""
) -> Document:
    """Return the redline from one text to another as a document.

    `language` is that of the texts (BCP 47). `day` is printed where the caller gives one.
    """
    found = redline(_in_paragraphs(old.text), _in_paragraphs(new.text))
    sections = (
        Section("back", _LEGEND, "", phrases.REDLINE_LEGEND, legend(found)),
        Section("back", _TEXT, "", phrases.REDLINE_OF, tuple(_changes(found))),
    )
    return Document(_front(old, new, found, language, day), sections)


def legend(found: Redline | None = None) -> tuple[Block, ...]:
    """Return the blocks that explain the signs of a redline; those of moves only where any is."""
    words: tuple[Span, ...] = (Words(phrases.WORDS),)
    sign: tuple[Span, ...] = (Words(phrases.PARAGRAPH),)
    lines: list[tuple[Span, ...]] = [
        (Deleted(words, phrases.DELETED), Words(f" {phrases.LEGEND_DELETED}")),
        (Inserted(words, phrases.INSERTED), Words(f" {phrases.LEGEND_INSERTED}")),
    ]
    if found is None or found.moved:
        lines.append(
            (
                MovedFrom(words, phrases.MOVED_FROM),
                Words(f" {phrases.AND} "),
                MovedTo(words, phrases.MOVED_TO),
                Words(f": {phrases.LEGEND_MOVED}"),
            )
        )
    lines.append((*sign, Words(f" {phrases.LEGEND_PARAGRAPH}")))
    lines.append((Words(phrases.REDLINE_SPACES),))
    return (Items(tuple(Item(phrases.DASH, (Paragraph(line),)) for line in lines)),)


def _front(old: NamedText, new: NamedText, found: Redline, language: str, day: str) -> Front:
    facts = [
        Fact(phrases.REDLINE_OLD, (Words(old.name),)),
        Fact(phrases.DIGEST, (Code(old.printed_digest),)),
        Fact(phrases.REDLINE_NEW, (Words(new.name),)),
        Fact(phrases.DIGEST, (Code(new.printed_digest),)),
        Fact(phrases.REDLINE_COUNT, (Words(_counted(found)),)),
    ]
    edition = ", ".join((phrases.REDLINE, phrases.in_words(day))) if day else phrases.REDLINE
    return Front(
        id="redline",
        anchor=_HEAD,
        issuer=phrases.REDLINE,
        title=phrases.from_to(old.name, new.name),
        symbol="",
        status="",
        draft="",
        notice=phrases.REDLINE_PREVAILS,
        edition=edition,
        day=day,
        digest="",
        facts=Facts(tuple(facts)),
        language=language,
        contents="",
        of=phrases.OF,
    )


def _counted(found: Redline) -> str:
    """Return how many stretches were deleted, inserted, replaced and moved, in words."""
    moved = {at for pair in found.moved for at in pair}
    counts = dict.fromkeys(("delete", "insert", "replace"), 0)
    for at, operation in enumerate(found.operations):
        if operation.op in counts and at not in moved and not is_unseen(operation):
            counts[operation.op] += 1
    return phrases.changes(counts, len(found.moved))


def _changes(found: Redline) -> Iterator[Block]:
    if found.is_empty:
        yield Paragraph((Words(phrases.REDLINE_NOTHING),))
    yield from paragraphs_of(found)


def _in_paragraphs(text: str) -> str:
    """Return a text with an empty line between its paragraphs, and one kind of line end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(len(line) > _LONGEST_LINE for line in lines):
        return "\n\n".join(line for line in lines if line.strip())
    return "\n".join(lines)
