"""The working paper of a change of terms: what changes, what is asked for, the days, the label."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.adoption.change_of_terms.change import TermsChange
from govkit.adoption.change_of_terms.days import ChangeDay
from govkit.adoption.change_of_terms.kinds import ChangedItem
from govkit.adoption.change_of_terms.requirements import Requirement
from govkit.adoption.page_check import PageFinding
from govkit.rendering import change_phrases
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
    Table,
)
from govkit.rendering.icalendar import Event, icalendar
from govkit.rendering.phrases import DASH
from govkit.rendering.spans import Code, Span, Words
from govkit.rendering.typography import curled

_MOST_OF = 4
_SHOWN = 160
_KINDS = ("adverse", "favourable", "tightened", "house-rule", "significant")


class SheetFacts(NamedTuple):
    """What the first page of the paper says: names and digests of both versions and statements.

    `label` says what becomes of the label: `same`, `page`, `drafted` or `none`; `findings` are what
    the new version has otherwise than the new statement, `why` says why there is none.
    """

    old: tuple[str, str]
    new: tuple[str, str]
    before: str
    after: str
    label: str
    findings: Sequence[PageFinding] = ()
    why: str = ""
    deviations: int = 0


def sheet_document(change: TermsChange, facts: SheetFacts) -> Document:
    """Return the working paper as a document."""
    return _Sheet(change, facts).document()


class _Sheet:
    def __init__(self, change: TermsChange, facts: SheetFacts) -> None:
        self.change, self.facts = change, facts
        self.said = change.terms.choices.corpus.messages

    def say(self, name: str, /, **blanks: object) -> str:
        return self.said.say(f"adopt.change.sheet.{name}", **blanks)

    def document(self) -> Document:
        parts = (
            ("changes", self._changes()),
            ("open", self._open()),
            ("asked", self._asked()),
            ("days", [self._days()]),
            ("label", self._label()),
        )
        sections = tuple(
            Section("back", name, "", self.said[f"adopt.change.sheet.{name}"], tuple(blocks))
            for name, blocks in parts
        )
        return Document(self._front(), sections)

    def _front(self) -> Front:
        profile, said = self.change.terms.choices.profile, self.said
        return Front(
            id="change",
            anchor="head",
            issuer=profile.operator,
            title=self.say("title", service=profile.service),
            notice=f"{self.say('notice', service=profile.service)} {said['adopt.no-advice']}",
            facts=Facts(tuple(self._facts())),
            language=self.change.terms.choices.corpus.language,
            day=self.change.plan.notice.isoformat(),
            of=said["general.of"],
        )

    def _facts(self) -> Iterator[Fact]:
        plan, facts = self.change.plan, self.facts
        for name, (file, digest) in (("old", facts.old), ("new", facts.new)):
            yield self._fact(name, Words(f"{file} "), Code(digest))
        yield self._fact("notice", Words(self._date(plan.notice)))
        yield self._fact("first", Words(self._date(plan.first)))
        yield self._fact("effect", Words(self._date(plan.effect)))
        if self.change.sheet.because:
            yield self._fact(
                "because", Words(self.said[f"adopt.change.notice.{self.change.sheet.because}"])
            )
        yield self._fact("statement", Code(facts.before))
        if facts.after:
            yield self._fact("after", Code(facts.after))

    def _fact(self, name: str, *spans: Span) -> Fact:
        return Fact(self.said[f"adopt.change.sheet.facts.{name}"], spans)

    def _date(self, day: object) -> str:
        return self.said.date(str(day))

    # --- what changes -----------------------------------------------------------------------------

    def _changes(self) -> list[Block]:
        rows = [tuple((Words(curled(cell)),) for cell in self._row(i)) for i in self.change.items]
        if not rows:
            return [self._paragraph(self.say("no-changes"))]
        return [self._table(("place", "what", "class", "way", "kind"), rows)]

    def _row(self, item: ChangedItem) -> tuple[str, ...]:
        said = self.said
        way = item.protection or "–"
        kind = next((name for name in _KINDS if name in item.kinds), "any")
        if item.clause is not None:
            what = said[f"adopt.change.what.{item.clause.what}"]
            numbers = "; ".join(
                said.say("adopt.change.what.number", meaning=b.meaning, new=b.new, old=b.old)
                for b in item.clause.blanks
            )
            what = f"{what}: {numbers}" if numbers else what
            place = f"{item.clause.number} ({item.clause.name})"
        else:
            assert item.passage is not None
            what = f"{said[f'adopt.change.what.{item.passage.part}']}: {_short(item)}"
            place = item.key
        class_ = change_phrases.class_in_words(said, item.class_)
        return place, what, class_, way, said[f"adopt.change.kinds.{kind}"]

    # --- what is still open -----------------------------------------------------------------------

    def _open(self) -> list[Block]:
        lines = [*self._questions(), *self._warnings()]
        if not lines:
            return [self._paragraph(self.say("nothing-open"))]
        return [Items(tuple(Item(DASH, (self._paragraph(each),)) for each in lines))]

    def _questions(self) -> Iterator[str]:
        for each in self.change.open_items:
            yield self.say("open-clause" if each.clause else "open-item", name=each.key)

    def _warnings(self) -> Iterator[str]:
        for item in self.change.items:
            for blank in item.clause.blanks if item.clause else ():
                if blank.bounds:
                    yield self.say(
                        "out-of-bounds",
                        name=blank.name,
                        text=blank.text,
                        value=blank.new,
                        bounds=blank.bounds,
                    )
            if item.takes_back:
                yield self.say("taken-back", words=_short(item))
            elif item.passage is not None and item.passage.after:
                yield self.say("among", number=item.passage.after, words=_short(item))
        for unit in self.change.not_there:
            yield self.say("not-there", name=f"{unit.text}({unit.id})", number=unit.number)

    # --- what is asked for, and when --------------------------------------------------------------

    def _asked(self) -> list[Block]:
        rows = [
            tuple((Words(curled(cell)),) for cell in self._asked_row(each))
            for each in self.change.requirements
        ]
        if not rows:
            return [self._paragraph(self.say("nothing-asked"))]
        return [self._table(("asked", "time", "clause", "of"), rows)]

    def _asked_row(self, each: Requirement) -> tuple[str, ...]:
        asked = self.said[f"adopt.change.asks.{each.asks}"]
        if each.is_reworded:
            asked = f"{asked}. {self.say('reworded-clause')}"
        time = "–" if each.value is None else self.said.quantity(each.value, each.unit)
        if len(each.of) > _MOST_OF:
            of = self.said.counted("adopt.change.sheet.items", len(each.of))
        else:
            of = ", ".join(each.of)
        return asked, time, f"{each.clause.number} ({each.name})", of

    def _days(self) -> Table:
        rows = []
        for each in self.change.plan.days:
            clause = f"{each.asked.clause.number} ({each.asked.name})" if each.asked else "–"
            cells = (self.said.weekday(each.day), self._what(each), clause)
            rows.append(tuple((Words(curled(cell)),) for cell in cells))
        return self._table(("day", "what", "clause"), rows)

    def _what(self, day: ChangeDay) -> str:
        return self.said[f"adopt.change.days.{day.what}"]

    # --- the label --------------------------------------------------------------------------------

    def _label(self) -> list[Block]:
        facts = self.facts
        lines = [self.say(f"label-{facts.label}", count=len(facts.findings), why=facts.why)]
        if facts.label in ("page", "drafted"):
            lines.append(self.said.counted("adopt.change.sheet.label-deviations", facts.deviations))
        return [self._paragraph(each) for each in lines]

    def _paragraph(self, words: str) -> Paragraph:
        return Paragraph((Words(curled(words)),))

    def _table(self, names: tuple[str, ...], rows: Sequence[tuple[tuple[Span, ...], ...]]) -> Table:
        head = tuple(self.said[f"adopt.change.sheet.column.{name}"] for name in names)
        return Table(head, tuple(rows))


def _short(item: ChangedItem) -> str:
    words = " ".join((item.new or item.old).split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]} …"


def calendar_file(change: TermsChange, digest: str) -> bytes:
    """Return the days of a change for a calendar program; `digest` names the change for good."""
    said, profile = change.terms.choices.corpus.messages, change.terms.choices.profile
    moment = datetime.datetime.combine(change.plan.notice, datetime.time(), datetime.UTC)
    events = [
        Event(
            f"{digest.removeprefix('sha256:')[:16]}-{each.what}@govkit",
            each.day,
            f"{profile.service}: {said[f'adopt.change.days.{each.what}']}",
            f"{each.asked.clause.number} ({each.asked.name})" if each.asked else "",
            moment,
        )
        for each in change.plan.days
    ]
    return icalendar(said.say("adopt.change.calendar", service=profile.service), events)
