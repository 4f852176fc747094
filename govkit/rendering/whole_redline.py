"""The redline of a whole: each book in its order, with what went in its place and what came.

Beside each changed text and clause stands a note: class, direction, who asked, who agreed, who
dissented. Before the books a schedule lists every change, the heaviest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from govkit.corpus.books import items_of
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.documents import Document as Record
from govkit.corpus.redline.compare import redline
from govkit.corpus.whole import Corpus
from govkit.records.kinds import NUMBERED_KINDS
from govkit.release.change_origins import ChangeOrigin
from govkit.rendering import change_phrases, phrases
from govkit.rendering.changed_words import changes_in_words, clause_texts
from govkit.rendering.changes import (
    clause_note,
    section_of_change,
    sections_of_unread,
    ways_in_words,
)
from govkit.rendering.document import (
    Block,
    Clause,
    Document,
    Fact,
    Facts,
    Front,
    MarginNote,
    Paragraph,
    Section,
    Table,
)
from govkit.rendering.places import anchor_of
from govkit.rendering.plain_redline import legend, tracked_legend
from govkit.rendering.redline import paragraphs_of
from govkit.rendering.release.people import People
from govkit.rendering.spans import Code, Pointer, Spans, Words
from govkit.rendering.tracked import tracked_line, tracked_paragraphs
from govkit.rendering.typography import curled

_NOTHING: Spans = (Words(""),)


@dataclass(frozen=True)
class WholeRedline:
    """Two states, whole, and what changed between them.

    `old` and `new` name the states as they are printed, with version and day. `origins` say for
    texts by their ids who asked and who decided. `only` are the ids of the books and texts that are
    printed; empty, they are all of those books that anything changed in. `tracked` is for a format
    with tracked changes (`rendering/tracked`).
    """

    before: Corpus
    after: Corpus
    old: str
    new: str
    changes: Changes
    origins: Mapping[str, ChangeOrigin]
    only: frozenset[str] = frozenset()
    tracked: bool = False

    def document(self) -> Document:
        """Return the whole as a document."""
        return _Whole(self).document()


class _Whole:
    def __init__(self, asked: WholeRedline) -> None:
        self.asked = asked
        self.said = asked.after.messages
        self.changes = changes_in_words(asked.before, asked.after, asked.changes)
        self.by_id = {(each.kind, each.id): each for each in self.changes.changes}
        self.shown: set[tuple[str, str]] = set()
        self.paragraphs = tracked_paragraphs if asked.tracked else paragraphs_of

    def document(self) -> Document:
        books = [section for id in self._books() for section in self._book(id)]
        rest = [
            section_of_change(each, self.said, marks=False, tracked=self.asked.tracked)
            for each in self.changes.changes
            if (each.kind, each.id) not in self.shown
        ]
        said = self.said
        explained = Paragraph((Words(said["changes.explained"]),))
        signs = tracked_legend(said) if self.asked.tracked else legend(said)
        sections = (
            Section("back", "schedule", "", said["changes.schedule"], tuple(self._schedule())),
            *sections_of_unread(self.changes, said),
            Section("back", "legend", "", "", (explained, *signs)),
            *books,
            *([Section("back", "rest", "", said["changes.rest"], (), tuple(rest))] if rest else ()),
        )
        return Document(self._front(), sections)

    def _front(self) -> Front:
        said, asked = self.said, self.asked
        charter = asked.after.charter
        titles = [self._record(id) for id in self._books()]
        books = "; ".join(curled(each.title) for each in titles if each)
        named: Mapping[Any, str] = charter.state_names if charter else {}
        states = {
            named.get(each.status) or said[f"book.statuses.{each.status}"]
            for each in titles
            if each
        }
        facts = [
            (said["changes.book"], Words(books)),
            (said["changes.from"], Words(asked.old)),
            (said["changes.to"], Words(asked.new)),
            (said["book.status"], Words("; ".join(sorted(states)))),
            (said["changes.how-many"], Words(str(len(self.changes.changes)))),
            (
                said["changes.next-version"],
                Words(change_phrases.bump_in_words(said, self.changes.bump)),
            ),
        ]
        shown = tuple(Fact(name, (span,)) for name, span in facts if span.text)
        return Front(
            id="changes",
            anchor="head",
            issuer=curled(charter.name) if charter else "",
            title=said["changes.whole-title"],
            notice=said["changes.prevails"],
            facts=Facts(shown),
            language=asked.after.language,
            of=said["general.of"],
            has_margin=True,
        )

    # --- the schedule -----------------------------------------------------------------------------

    def _schedule(self) -> Iterator[Block]:
        said = self.said
        if not self.changes.changes:
            yield Paragraph((Words(said["changes.nothing"]),))
            return
        head = (
            "changes.number",
            "changes.text",
            "changes.class",
            "changes.direction",
            "changes.asked",
        )
        rows = tuple(
            tuple(self._row(number, change))
            for number, change in enumerate(self.changes.changes, 1)
        )
        # A column that nothing stands in would make the others narrow, and the schedule long.
        kept = [at for at in range(len(head)) if any(row[at] != _NOTHING for row in rows)]
        yield Table(
            tuple(said[head[at]] for at in kept),
            tuple(tuple(row[at] for at in kept) for row in rows),
        )

    def _row(self, number: int, change: Change) -> Iterator[Spans]:
        said = self.said
        name = change.id if change.kind in NUMBERED_KINDS else said[f"changes.kinds.{change.kind}"]
        yield (Words(str(number)),)
        yield (Pointer(_anchor(change), (Words(name),)), Words(f" {curled(change.title)}"))
        yield (Words(change_phrases.class_of_change(said, change)),)
        yield (Words("; ".join(ways_in_words(change.direction, said))),)
        origin = self.asked.origins.get(change.id)
        yield (Words("; ".join(self._asked(origin)) if origin else ""),)

    # --- the notes in the margin ------------------------------------------------------------------

    def _note(self, change: Change) -> MarginNote:
        lines = [
            phrases.capital(self.said["changes.class"])
            + f" {change_phrases.class_of_change(self.said, change)}",
            *ways_in_words(change.direction, self.said),
        ]
        origin = self.asked.origins.get(change.id)
        if origin:
            lines += [*self._asked(origin), *self._decided(origin)]
        return _beside(lines)

    def _asked(self, origin: ChangeOrigin) -> Iterator[str]:
        yield self.said.say("changes.proposal", proposal=origin.proposal)
        if origin.comments:
            yield self.said.counted(
                "changes.asked-by", len(origin.comments), numbers=self.said.several(origin.comments)
            )

    def _decided(self, origin: ChangeOrigin) -> Iterator[str]:
        said = self.said
        if origin.decided is None:
            yield said["changes.not-decided"]
            return
        people = People(self.asked.after, origin.decided)
        for key, members in (("agreed", origin.agreed), ("dissented", origin.dissented)):
            if members:
                names = said.several(list(dict.fromkeys(map(people.name, members))))
                yield said.say(f"changes.{key}", names=names)
        if not origin.dissented:
            yield said["changes.no-dissent"]

    # --- the books --------------------------------------------------------------------------------

    def _books(self) -> list[str]:
        """Return the books that the changes touch, in the order of their ids."""
        touched = {change.id for change in self.changes.changes}
        return [
            document.id
            for document in sorted(
                (*self.asked.after.of_kind("instrument"), *self._gone_books()),
                key=lambda document: document.id,
            )
            if {document.id, *_held(document)} & touched
        ]

    def _gone_books(self) -> list[Record]:
        there = {document.id for document in self.asked.after.of_kind("instrument")}
        return [each for each in self.asked.before.of_kind("instrument") if each.id not in there]

    def _record(self, id: str) -> Record | None:
        kinds = ("instrument",)
        return self.asked.after.find(kinds, id) or self.asked.before.find(kinds, id)

    def _book(self, id: str) -> Iterator[Section]:
        document = self._record(id)
        assert document is not None
        only = self.asked.only
        if not only or id in only:
            yield self._text(id, "instrument")
        before = self.asked.before.find(("instrument",), id)
        texts = _merged(_held(before) if before else [], _held(document))
        yield from (self._text(each, "") for each in texts if not only or each in only)

    def _text(self, id: str, kind: str) -> Section:
        kinds = (kind,) if kind else NUMBERED_KINDS
        old, new = self.asked.before.find(kinds, id), self.asked.after.find(kinds, id)
        document = new or old
        if document is None:
            absent = Paragraph((Words(self.said.say("book.absent", id=id)),))
            return Section("text", anchor_of(id), id, "", (absent,))
        change = self.by_id.get((str(document.kind), id))
        self.shown.add((str(document.kind), id))
        blocks = tuple(self._blocks(old, new, change))
        number = "" if kind else id
        anchor = _anchor(change) if change else anchor_of(id)
        return Section("text", anchor, number, curled(document.title), blocks)

    def _blocks(
        self, old: Record | None, new: Record | None, change: Change | None
    ) -> Iterator[Block]:
        if change is not None:
            yield self._note(change)
            yield from self._fields(change)
        before, after = clause_texts(old, self.said), clause_texts(new, self.said)
        of_clause = {each.id: each for each in change.clauses} if change else {}
        for id in _merged(list(before), list(after)):
            (was, _), (is_, force) = before.get(id, ("", "")), after.get(id, ("", ""))
            changed, note = of_clause.get(id), None
            if changed is not None and self.asked.tracked:
                note = clause_note(changed, self.said)
            elif changed is not None and len(of_clause) > 1:
                of_class = change_phrases.of_class(self.said, changed.class_)
                ways = ways_in_words(changed.direction, self.said)
                note = _beside([phrases.capital(of_class), *ways])
            bound = self.said[f"book.forces.{force}"] if force else ""
            text = (new or old).id  # type: ignore[union-attr]
            blocks = self.paragraphs(redline(was, is_), self.said)
            yield Clause(
                f"change-{anchor_of(text, id)}",
                f"({id})",
                bound,
                (),
                blocks,
                note=note,
                field=f"{text}.{id}",
            )
        if change is not None:
            yield from self._digests(change)

    def _digests(self, change: Change) -> Iterator[Facts]:
        named = (("changes.before", change.before), ("changes.after", change.after))
        facts = [Fact(self.said[name], (Code(digest),)) for name, digest in named if digest]
        if facts:
            yield Facts(tuple(facts))

    def _fields(self, change: Change) -> Iterator[Block]:
        """Yield the title and fields that differ; words of clauses stand in the text itself."""
        facts = []
        titles = [each for each in change.clauses if each.id == "title"]
        sides = [(self.said["changes.title-of-text"], each.old, each.new) for each in titles]
        sides += [
            (each.field, change_phrases.as_text(each.old), change_phrases.as_text(each.new))
            for each in change.fields
        ]
        for name, was, is_ in sides:
            found = redline(was, is_)
            if self.asked.tracked:
                facts.append(Fact(name, tracked_line(found, self.said), is_tracked=True))
                continue
            spans: list[Any] = []
            for paragraph in paragraphs_of(found, self.said):
                spans += [*((Words(" "),) if spans else ()), *paragraph.spans]
            facts.append(Fact(name, tuple(spans)))
        if facts:
            yield Facts(tuple(facts))


def _beside(lines: list[str]) -> MarginNote:
    return MarginNote(tuple((Words(line),) for line in lines))


def _anchor(change: Change) -> str:
    return f"change-{anchor_of(change.id)}"


def _held(book: Record) -> list[str]:
    """Return the ids of the texts of a book in its order."""
    return list(items_of(getattr(book.record, "parts", ())))


def _merged(old: list[str], new: list[str]) -> list[str]:
    """Return the newer order, with what went behind what stood before it."""
    merged = list(new)
    for at, id in enumerate(old):
        if id not in merged:
            before = [each for each in old[:at] if each in merged]
            merged.insert(merged.index(before[-1]) + 1 if before else 0, id)
    return merged
