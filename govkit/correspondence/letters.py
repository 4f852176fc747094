"""What is written to one person: words for a coordinator to send, never sent by govkit."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

from govkit.consent.decide import decide
from govkit.consent.objections import SETTLED, Objection
from govkit.correspondence.announcements import MailSubject, dropped_in_words
from govkit.correspondence.mail import Lines, Mail
from govkit.languages.catalogue import Messages
from govkit.records.proposals import Dropped
from govkit.round.docket import Docket

About = Literal["objection-left", "reads-like-a-position", "earlier-revision"]


SaidTo = Callable[[str], Messages]
"""Gives for a person, by a member's id or a name, the messages in which they are written to."""


class Letter(NamedTuple):
    """A letter: to whom (a member's id, or a name; no mail address), why, and its words."""

    to: str
    about: About
    mail: Mail


def to_objectors(
    matter: MailSubject, docket: Docket, now: datetime.datetime, said_to: SaidTo
) -> tuple[Letter, ...]:
    """Return a letter to each who objects to a text that the new revision leaves out.

    `docket` is the proposal before the new revision, `matter` is about the new one.
    """
    there = {unit.id for unit in matter.revision.units}
    found: dict[str, list[Objection]] = {}
    for unit in decide(docket, now).units if docket.revisions else ():
        for each in unit.objections if unit.id not in there else ():
            if each.state not in SETTLED:
                found.setdefault(each.member, []).append(each)
    return tuple(
        _to_objector(
            replace(matter, said=said_to(member)),
            member,
            docket.members[member].name,
            found[member],
        )
        for member in sorted(found)
    )


def _to_objector(
    matter: MailSubject, member: str, name: str, objections: list[Objection]
) -> Letter:
    said, lines = matter.said, Lines()
    texts = ", ".join(each.unit for each in objections)
    lines.say(said.say("letters.to", name=name))
    title = matter.proposal.title
    lines.say(said.say("letters.objected", texts=texts, title=title, **matter.names))
    for each in objections:
        if each.reason:
            lines.say(said.say("letters.your-reason", id=each.unit))
            lines.say(each.reason.strip(), "    ")
    lines.say(said.counted("letters.no-longer-has", len(objections), number=matter.number))
    gone = [*_gone(matter, {each.unit for each in objections})]
    for dropped in gone:
        lines.say(said.say("letters.left-out", what=dropped_in_words(said, dropped)))
    lines.say(said["letters.objection-stays"])
    if any(dropped.into for dropped in gone):
        into = ", ".join(dict.fromkeys(id for dropped in gone for id in dropped.into))
        lines.say(said.say("letters.went-into", into=into))
    lines.say(said["letters.nothing-to-do"])
    subject = matter.subject(said["letters.subjects.objection-left"])
    return Letter(member, "objection-left", Mail(subject, str(lines)))


def _gone(matter: MailSubject, ids: set[str]) -> Iterator[Dropped]:
    for dropped in matter.revision.dropped:
        if dropped.id in ids and dropped.clause is None:
            yield dropped


def letter_as_json(letter: Letter) -> dict[str, str]:
    """Return a letter for programs."""
    return {
        "to": letter.to,
        "about": letter.about,
        "subject": letter.mail.subject,
        "body": letter.mail.body,
    }


def letter_lines(letters: tuple[Letter, ...]) -> Iterator[str]:
    """Yield letters as they are shown to the coordinator who is to send them."""
    for letter in letters:
        yield ""
        yield f"Words to send to {letter.to}:"
        yield ""
        yield from (f"  {line}".rstrip() for line in letter.mail.as_text().rstrip().split("\n"))
