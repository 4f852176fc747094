"""The bulletin for the mailing list: what is new since a moment, and what is open until when."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from govkit.correspondence.announcements import deadline_in_words
from govkit.correspondence.mail import Lines, Mail
from govkit.languages.catalogue import Messages
from govkit.log.periods import last_day
from govkit.proposals.news import News, NewsDeadline


def bulletin_mail(
    said: Messages,
    coalition: str,
    since: datetime.datetime,
    now: datetime.datetime,
    news: Sequence[News],
    open_now: Sequence[NewsDeadline],
    head: tuple[int, str] | None,
) -> Mail:
    """Return the bulletin. The same records and moments have the same words."""
    lines = Lines()
    began = said.weekday(since.date())
    lines.say(said.say("bulletin.opening", coalition=coalition, since=began, time=f"{since:%H:%M}"))
    lines.head(said["bulletin.open"])
    for at, matter in enumerate(open_now, 1):
        lines.item(at, _open(said, matter))
    if not open_now:
        lines.say(said["bulletin.nothing-open"])
    lines.head(said["bulletin.new"])
    for at, each in enumerate(news, 1):
        lines.item(at, f"{each.at:%Y-%m-%d}: {_new(said, each)}")
    if not news:
        lines.say(said["bulletin.nothing-new"])
    lines.say(said["bulletin.take-part"])
    lines.newest_entry(head, said)
    subject = said.say("bulletin.subject", coalition=coalition, since=f"{since:%Y-%m-%d}")
    return Mail(subject, str(lines))


def _open(said: Messages, matter: NewsDeadline) -> str:
    until = deadline_in_words(said, matter.until)
    names = {"id": matter.id, "title": matter.title, "until": until}
    if matter.kind == "call":
        return said.say("bulletin.call-open", **names)
    key = "comments-open" if matter.kind == "comment" else "last-call-open"
    return said.say(f"bulletin.{key}", number=matter.number, **names)


def _new(said: Messages, each: News) -> str:
    if each.kind == "release":
        return said.say("bulletin.released", id=each.id)
    names = {"id": each.id, "title": each.title}
    if each.kind == "call":
        return said.say("bulletin.call", **names)
    names["number"] = str(each.number)
    if each.kind == "decided":
        outcome = said[f"release.outcomes.{each.outcome}"]
        return said.say("bulletin.decided", outcome=outcome, **names)
    if each.kind == "moved" and each.until is not None:
        return said.say("bulletin.moved", until=last_day(each.until), **names)
    return said.say(f"bulletin.happened.{each.kind}", **names)
