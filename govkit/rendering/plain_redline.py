"""A redline of two whole texts as a document of its own: for mails, annexes, and signatures.

On its first page stand who compared what and when, the class and the way of the whole, and the
schedule of changes; then the text, with a bar beside each passage that changed. It names both texts
with their digests and says that they prevail over it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from govkit.corpus.changes.plain import HIGHEST_OF_WORDS, Taken, languages_beside, plain_texts_floor
from govkit.corpus.redline.compare import redline_of_blocks
from govkit.corpus.redline.operations import Redline, is_unseen
from govkit.languages.catalogue import Messages, messages
from govkit.rendering import change_phrases, phrases
from govkit.rendering.document import (
    Block,
    Document,
    Fact,
    Facts,
    Front,
    Item,
    Items,
    Paragraph,
    Section,
)
from govkit.rendering.marked_passages import anchors_of, blocks_of_passages
from govkit.rendering.passages import Passage, passages_of
from govkit.rendering.schedule import Entry, is_asked, overall_way, schedule_of, schedule_table, way
from govkit.rendering.spans import Code, Deleted, Inserted, MovedFrom, MovedTo, Span, Words
from govkit.rendering.tracked_passages import (
    TrackedPassage,
    anchors_of_tracked,
    blocks_of_tracked,
    tracked_passages,
)
from govkit.source.text_blocks import TextBlock, blocks_of_lines, without_struck
from govkit.source.typed_labels import with_typed_labels

_HEAD = "head"
_SCHEDULE = "schedule"
_TEXT = "changes"
_LEGEND = "legend"
_RULE = "_" * 28


class NamedText(NamedTuple):
    """A text with the name that it is printed under.

    `digest` is `sha256:` and 64 hexadecimal digits of what the caller holds, as the bytes of a
    file; without it, that of the text in UTF-8 is taken. `blocks` are what a reader sees of the
    text; without them, its paragraphs. `notes` are clauses about how it was read.
    """

    name: str
    text: str
    digest: str = ""
    blocks: tuple[TextBlock, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def printed_digest(self) -> str:
        """Return the digest that is printed."""
        return self.digest or f"sha256:{hashlib.sha256(self.text.encode()).hexdigest()}"


@dataclass(frozen=True)
class Comparison:
    """Two texts compared: what every format of a redline prints.

    `floor` is the class that the step from one whole text to the other can't be under, `schedule`
    the entries of the first page, `passages` both texts in one, paragraph by paragraph.
    `language`, `taken`, `day` and `by` are as in `compared`.
    """

    said: Messages
    old: NamedText
    new: NamedText
    floor: int
    schedule: tuple[Entry, ...]
    passages: tuple[Passage, ...]
    found: Redline
    language: str
    day: str
    by: str
    taken: Taken = ""

    @property
    def facts(self) -> Facts:
        """Return the lines of the first page."""
        return Facts(tuple(_facts(self)))

    @property
    def none_because(self) -> str:
        """Return in a sentence why there is no difference; empty where there is one."""
        if self.schedule:
            return ""
        same = self.old.printed_digest == self.new.printed_digest
        more = "" if same and not self.old.digest else f" {self._why(same)}"
        return f"{self.said['redline.nothing']}{more}"

    def _why(self, same: bool) -> str:
        if same:
            return self.said["redline.same-bytes"]
        noted = self.old.notes or self.new.notes
        return self.said["redline.not-compared" if noted else "redline.only-signs"]


def compared(
    old: NamedText,
    new: NamedText,
    *,
    language: str = "en",
    taken: Taken = "",
    day: str = "",
    by: str = "",
) -> Comparison:
    """Compare two texts. `language` is theirs (BCP 47), `taken` how it was found where nobody named
    it; `by` is who compared, `day` when, as an ISO date; both are printed where they are given.
    """
    said = messages(language)
    old, new = (
        text if text.blocks else text._replace(blocks=blocks_of_lines(text.text))
        for text in (old, new)
    )
    blocks = with_typed_labels(old.blocks, new.blocks)
    old, new = old._replace(blocks=blocks[0]), new._replace(blocks=blocks[1])
    found, places = redline_of_blocks(*blocks)
    passages = tuple(passages_of(found, blocks, places, said))
    schedule = schedule_of(passages, old.text, new.text, language, said)
    floor = max((entry.change.floor for entry in schedule), default=0)
    if floor < HIGHEST_OF_WORDS:
        moved = bool(found.moved) or any(entry.kind == "moved" for entry in schedule)
        texts = without_struck(old.text), without_struck(new.text)
        floor = max(floor, plain_texts_floor(*texts, language, moved=moved))
    return Comparison(said, old, new, floor, schedule, passages, found, language, day, by, taken)


def plain_redline(
    old: NamedText, new: NamedText, *, language: str = "en", day: str = "", by: str = ""
) -> Document:
    """Return the redline from one text to another as a document; see `compared`."""
    return document_of_comparison(compared(old, new, language=language, day=day, by=by))


def document_of_comparison(
    comparison: Comparison, *, only_changes: bool = False, tracked: bool = False
) -> Document:
    """Return a comparison as a document; with `only_changes`, without the passages that did not
    change; `tracked` is for a format with tracked changes, and prints both texts whole.
    """
    said = comparison.said
    sections: list[Section] = []
    whole = _tracked(comparison) if tracked else []
    if comparison.schedule:
        anchors = anchors_of_tracked(whole) if tracked else anchors_of(comparison.passages)
        table = schedule_table(comparison.schedule, said, anchors)
        blocks = (table, _to_sign(said))
        sections.append(Section("back", _SCHEDULE, "", said["redline.schedule"], blocks))
        explained = tracked_legend(said) if tracked else legend(said, comparison.found)
        sections.append(Section("back", _LEGEND, "", said["redline.legend"], explained))
    if tracked and not comparison.none_because:
        text = tuple(blocks_of_tracked(whole, comparison.schedule, said))
    else:
        text = tuple(_text(comparison, only_changes))
    sections.append(Section("back", _TEXT, "", said["redline.of"], text))
    return Document(_front(comparison), tuple(sections))


def _tracked(comparison: Comparison) -> list[TrackedPassage]:
    blocks = (comparison.old.blocks, comparison.new.blocks)
    return tracked_passages(comparison.found, blocks, comparison.passages, comparison.said)


def _to_sign(said: Messages) -> Facts:
    names = ("answered-by", "day", "signature")
    return Facts(tuple(Fact(said[f"redline.{name}"], (Words(_RULE),)) for name in names))


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


def tracked_legend(said: Messages) -> tuple[Block, ...]:
    """Return what says how a redline with tracked changes is read."""
    return (Paragraph((Words(said["redline.tracked"]),)),)


def _facts(comparison: Comparison) -> Iterator[Fact]:
    said, floor = comparison.said, comparison.floor
    for name, text in (("old", comparison.old), ("new", comparison.new)):
        yield Fact(said[f"redline.{name}"], (Words(text.name),))
        yield Fact(said["book.digest"], (Code(text.printed_digest),))
        if text.notes:
            yield Fact(said["redline.read"], (Words("; ".join(text.notes)),))
    if comparison.by:
        yield Fact(said["redline.by"], (Words(comparison.by),))
    if comparison.day:
        yield Fact(said["redline.on"], (Words(said.date(comparison.day)),))
    open_ = [entry for entry in comparison.schedule if is_asked(entry)]
    asked = len({each.span for entry in open_ for each in entry.change.evidence})
    asked += sum(not entry.change.evidence for entry in open_)
    class_ = change_phrases.class_in_words(said, floor)
    if asked and floor < 5:
        class_ = said.counted("changes.not-answered", asked, number=floor)
    yield Fact(said["changes.class"], (Words(class_),))
    if duty := overall_way(comparison.schedule):
        yield Fact(said["redline.way"], (Words(way(duty, said)),))
    if comparison.taken:
        taken = said.say(f"redline.{comparison.taken}", language=comparison.language)
        yield Fact(said["redline.language"], (Words(taken),))
    changed = [(each.old, each.new) for each in comparison.passages if each.is_changed]
    for code, count in sorted(languages_beside(changed, comparison.language).items()):
        told = said.counted("redline.looks-like", count, language=code)
        yield Fact(said["redline.language"], (Words(told),))
    yield Fact(said["redline.count"], (Words(_counted(comparison)),))


def _front(comparison: Comparison) -> Front:
    said, day = comparison.said, comparison.day
    edition = (
        ", ".join((said["redline.redline"], said.date(day))) if day else said["redline.redline"]
    )
    return Front(
        id="redline",
        anchor=_HEAD,
        issuer=said["redline.redline"],
        title=said.say("redline.from-to", old=comparison.old.name, new=comparison.new.name),
        notice=said["redline.prevails"],
        edition=edition,
        day=day,
        facts=comparison.facts,
        author=comparison.by,
        language=comparison.language,
        of=said["general.of"],
    )


def _counted(comparison: Comparison) -> str:
    """Return how many entries and passages there are, and how many pieces of words were deleted,
    inserted, replaced and moved in them.
    """
    said, found = comparison.said, comparison.found
    moved = {at for pair in found.moved for at in pair}
    counts = dict.fromkeys(("delete", "insert", "replace"), 0)
    for at, operation in enumerate(found.operations):
        if operation.op in counts and at not in moved and not is_unseen(operation):
            counts[operation.op] += 1
    pieces = phrases.changes(said, counts, len(found.moved))
    if not comparison.schedule:
        return pieces
    passages = sum(len(entry.numbers) for entry in comparison.schedule)
    return said.say(
        "redline.counted",
        entries=said.counted("redline.entries", len(comparison.schedule)),
        passages=said.counted("redline.passages", passages),
        pieces=pieces,
    )


def _text(comparison: Comparison, only_changes: bool) -> Iterator[Block]:
    if comparison.none_because:
        yield Paragraph((Words(comparison.none_because),))
    if comparison.schedule or not only_changes:
        yield from blocks_of_passages(
            comparison.passages, comparison.said, only_changes=only_changes
        )
