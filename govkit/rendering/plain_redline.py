"""A redline of two whole texts as a document of its own: for mails, annexes, and signatures.

It names both texts with their digests and says that they prevail over it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.redline.compare import redline
from govkit.corpus.redline.operations import Redline, is_unseen
from govkit.languages.catalogue import Messages, messages
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
    said = messages(language)
    found = redline(_in_paragraphs(old.text), _in_paragraphs(new.text))
    sections = (
        Section("back", _LEGEND, "", said["redline.legend"], legend(said, found)),
        Section("back", _TEXT, "", said["redline.of"], tuple(_changes(said, found))),
    )
    return Document(_front(said, old, new, found, language, day), sections)


def legend(said: Messages, found: Redline | None = None) -> tuple[Block, ...]:
    """Return the blocks that explain the signs of a redline; those of moves only where any is."""
    words: tuple[Span, ...] = (Words(said["redline.words"]),)
    sign: tuple[Span, ...] = (Words(phrases.PARAGRAPH),)
    lines: list[tuple[Span, ...]] = [
        (Deleted(words, said["redline.deleted"]), Words(f" {said['redline.legend-deleted']}")),
        (Inserted(words, said["redline.inserted"]), Words(f" {said['redline.legend-inserted']}")),
    ]
    if found is None or found.moved:
        lines.append(
            (
                MovedFrom(words, said["redline.moved-from"]),
                Words(f" {said['general.and']} "),
                MovedTo(words, said["redline.moved-to"]),
                Words(f": {said['redline.legend-moved']}"),
            )
        )
    lines.append((*sign, Words(f" {said['redline.legend-paragraph']}")))
    lines.append((Words(said["redline.spaces"]),))
    return (Items(tuple(Item(phrases.DASH, (Paragraph(line),)) for line in lines)),)


def _front(
    said: Messages, old: NamedText, new: NamedText, found: Redline, language: str, day: str
) -> Front:
    facts = [
        Fact(said["redline.old"], (Words(old.name),)),
        Fact(said["book.digest"], (Code(old.printed_digest),)),
        Fact(said["redline.new"], (Words(new.name),)),
        Fact(said["book.digest"], (Code(new.printed_digest),)),
        Fact(said["redline.count"], (Words(_counted(said, found)),)),
    ]
    edition = (
        ", ".join((said["redline.redline"], said.date(day))) if day else said["redline.redline"]
    )
    return Front(
        id="redline",
        anchor=_HEAD,
        issuer=said["redline.redline"],
        title=said.say("redline.from-to", old=old.name, new=new.name),
        symbol="",
        status="",
        draft="",
        notice=said["redline.prevails"],
        edition=edition,
        day=day,
        digest="",
        facts=Facts(tuple(facts)),
        language=language,
        contents="",
        of=said["general.of"],
    )


def _counted(said: Messages, found: Redline) -> str:
    """Return how many stretches were deleted, inserted, replaced and moved, in words."""
    moved = {at for pair in found.moved for at in pair}
    counts = dict.fromkeys(("delete", "insert", "replace"), 0)
    for at, operation in enumerate(found.operations):
        if operation.op in counts and at not in moved and not is_unseen(operation):
            counts[operation.op] += 1
    return phrases.changes(said, counts, len(found.moved))


def _changes(said: Messages, found: Redline) -> Iterator[Block]:
    if found.is_empty:
        yield Paragraph((Words(said["redline.nothing"]),))
    yield from paragraphs_of(found, said)


def _in_paragraphs(text: str) -> str:
    """Return a text with an empty line between its paragraphs, and one kind of line end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(len(line) > _LONGEST_LINE for line in lines):
        return "\n\n".join(line for line in lines if line.strip())
    return "\n".join(lines)
