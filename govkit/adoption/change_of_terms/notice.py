"""The notice to users, as a value: what each part of it says, in the words of the catalogue.

What only a person can say (what a passage means for the user) stands in square brackets until it is
written, and a mail with such a place is not sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govkit.adoption.change_of_terms.change import TermsChange
from govkit.adoption.change_of_terms.kinds import ChangedItem
from govkit.adoption.change_of_terms.requirements import Requirement
from govkit.adoption.change_of_terms.weighing import ChangedBlank
from govkit.languages.catalogue import Messages

_LONGEST = 700
"""Signs of a quoted passage; the redline has all of it."""
_TO_WRITE = "[insert: "
"""How a place begins that a person has to write; `send` refuses a mail that holds one."""


class NoticePart(NamedTuple):
    """A part of a notice: its heading, its paragraphs, and points with a heading of their own."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[tuple[str, str], ...] = ()


class UserNotice(NamedTuple):
    """A notice to users. `to_write` is how many places a person still has to write."""

    subject: str
    parts: tuple[NoticePart, ...]
    to_write: int
    draft: str


def notice_of(change: TermsChange) -> UserNotice:
    """Return the notice of a change."""
    writing = _Writing(change)
    parts = tuple(part for part in writing.parts() if part.paragraphs or part.points)
    missing = sum(
        text.count(_TO_WRITE)
        for part in parts
        for text in (*part.paragraphs, *(words for _, words in part.points))
        if _TO_WRITE in text
    )
    said = writing.said
    draft = ""
    if missing:
        name = "draft-one" if missing == 1 else "draft"
        draft = said.say(f"adopt.change.notice.{name}", count=missing)
    day = said.date(change.plan.effect.isoformat())
    service = change.terms.choices.profile.service
    subject = said.say("adopt.change.notice.subject", service=service, day=day)
    return UserNotice(subject, parts, missing, draft)


class _Writing:
    def __init__(self, change: TermsChange) -> None:
        self.change = change
        self.said: Messages = change.terms.choices.corpus.messages
        self.service = change.terms.choices.profile.service
        self.sheet, self.plan = change.sheet, change.plan
        self.titles = {each.text: each.title for each in change.terms.sections}

    def say(self, name: str, /, **blanks: object) -> str:
        return self.said.say(f"adopt.change.notice.{name}", **blanks)

    def date(self, day: object) -> str:
        return self.said.date(str(day))

    def time(self, asked: Requirement) -> str:
        return self.said.quantity(asked.value or 0, asked.unit)

    def parts(self) -> Iterator[NoticePart]:
        yield NoticePart(self.say("what"), (), tuple(self._points()))
        yield NoticePart(self.say("whom"), tuple(self._whom()))
        yield NoticePart(self.say("when"), tuple(self._when()))
        yield NoticePart(self.say("choice"), tuple(self._choice()))
        yield NoticePart(self.say("leaving"), tuple(self._leaving()))
        yield NoticePart(self.say("why"), tuple(self._why()))
        yield NoticePart(self.say("texts"), tuple(self._texts()))

    # --- what changes -----------------------------------------------------------------------------

    def _points(self) -> Iterator[tuple[str, str]]:
        """Yield the points; what means the same in several places is told once."""
        places: dict[tuple[str, str], list[str]] = {}
        for item in self.change.weighty:
            places.setdefault((self._way(item), self._meaning(item)), []).append(self._place(item))
        for (way, meaning), several in places.items():
            place = self.said.several(list(dict.fromkeys(several)))
            yield (f"{place}: {way}" if way else place), meaning

    def _place(self, item: ChangedItem) -> str:
        if item.clause is not None:
            title = self.titles.get(item.clause.text, "")
            return self.say("clause", number=item.clause.number, title=title)
        assert item.passage is not None
        if item.passage.part == "definition":
            return self.say("definition")
        return self.say("own", service=self.service)

    def _way(self, item: ChangedItem) -> str:
        if "adverse" in item.kinds:
            return self.say("against")
        if "favourable" in item.kinds:
            return self.say("for")
        return self.say("rule") if "house-rule" in item.kinds else ""

    def _meaning(self, item: ChangedItem) -> str:
        if item.means:
            return " ".join(item.means.split())
        if item.clause is not None and item.clause.blanks:
            return " ".join(map(self._blank, item.clause.blanks))
        old, new = _short(item.old), _short(item.new)
        if not new:
            words = self.say("gone", old=old)
        elif not old:
            words = self.say("come", new=new)
        else:
            words = self.say("reworded", old=old, new=new)
        return f"{self.say('to-write')} {words}"

    def _blank(self, blank: ChangedBlank) -> str:
        old, new = (self.said.quantity(int(v), blank.unit) for v in (blank.old, blank.new))
        meaning = blank.meaning[:1].upper() + blank.meaning[1:]
        return self.say("blank", meaning=meaning, new=new, old=old)

    # --- for whom, from when ----------------------------------------------------------------------

    def _whom(self) -> Iterator[str]:
        yield self.say("whom-all", service=self.service)
        if self.change.asked("visitors"):
            yield self.say("whom-visitors", service=self.service)

    def _when(self) -> Iterator[str]:
        day = self.date(self.plan.effect)
        yield self.say("when-day", day=day)
        if self.change.asked("consent"):
            yield self.say("when-agree", day=day)
        if self.change.asked("clock-of-return"):
            yield self.say("when-seldom", service=self.service)

    # --- what the user can do ---------------------------------------------------------------------

    def _choice(self) -> Iterator[str]:
        adverse = "adverse" in self.change.kinds
        yield self.say("adverse") if adverse else self.say("not-adverse")
        if self.change.asked("consent"):
            place = self.sheet.answer_at or self.say("place-missing")
            yield self.say("agree", place=place)
            yield from self._former()
        elif self.change.asked("wait"):
            yield self.say("wait", day=self.date(self.plan.effect))
        if "house-rule" in self.change.kinds and self.change.asked("no-consent"):
            yield self.say("house")
        if self.change.asked("hearing"):
            yield self.say("hearing-missing")
        if not adverse:
            favour = self.change.asked("relied-on") is not None
            yield self.say("nothing") if favour else self.say("nothing-plain")

    def _former(self) -> Iterator[str]:
        day = self._day_of("until-former-terms")
        if day:
            yield self.say("former", day=day)
        if self.change.asked("may-end"):
            yield self.say("may-end")

    def _day_of(self, what: str) -> str:
        found = next((each.day for each in self.plan.days if each.what == what), None)
        return self.date(found) if found else ""

    def _leaving(self) -> Iterator[str]:
        if not self.change.asked("exit"):
            if "adverse" in self.change.kinds:
                yield self.say("no-exit")
            return
        place = self.sheet.leave_at or self.say("place-missing")
        yield self.say("exit", day=self._day_of("until-exit"), place=place)
        taking, refund = self.change.asked("take-out"), self.change.asked("refund")
        if taking:
            day = self._day_of("until-take-out")
            yield self.say("take-out", time=self.time(taking), day=day)
        if refund:
            yield self.say("refund", time=self.time(refund))

    # --- reasons and places -----------------------------------------------------------------------

    def _why(self) -> Iterator[str]:
        if self.sheet.because == "law":
            yield self.say("law")
        elif self.sheet.because == "danger":
            yield self.say("danger")
        if self.sheet.because:
            yield " ".join((self.sheet.why or self.say("why-missing")).split())
        if self.sheet.reasons:
            yield " ".join(self.sheet.reasons.split())
        elif self.change.asked("reasons"):
            yield self.say("reasons-missing")

    def _texts(self) -> Iterator[str]:
        missing, sheet = self.say("place-missing"), self.sheet
        yield self.say("new", place=sheet.new_terms or missing)
        yield self.say("former-text", place=sheet.former_terms or missing)
        yield self.say("redline", place=sheet.redline or missing)
        contact = self.change.terms.choices.profile.contact
        if contact:
            yield self.say("help", contact=contact)


def _short(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= _LONGEST else f"{folded[:_LONGEST]} …"
