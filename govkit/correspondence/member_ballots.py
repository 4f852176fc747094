"""The ballot of one member: what is asked, the change of each text, and the block to send back.

Whoever spoke about other words of the proposal before reads first what changed since.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govkit.corpus.changes.values import Change
from govkit.correspondence.announcements import (
    MailSubject,
    add_way_to_answer,
    change_lines,
    deadline_in_words,
    digest_lines,
    proposed_text,
)
from govkit.correspondence.comment_letters import CommentAnswer, answer_lines
from govkit.correspondence.mail import Lines, Mail
from govkit.languages.catalogue import Messages
from govkit.log.periods import last_day
from govkit.proposals.texts import ProposedText
from govkit.records.enumerations import Stance


class EarlierWord(NamedTuple):
    """What a member said about a text last: in which revision, and what changed since.

    `same` says that the text has the words that they spoke about. `change` is None where it has,
    where the text is no longer there (`gone`), and where only what it rests on is another.
    """

    id: str
    title: str
    revision: int
    stance: Stance
    same: bool
    change: Change | None = None
    gone: bool = False

    def sentence(self, said: Messages) -> str:
        """Return what the member said, and whether it is about the words of today."""
        key = "gone" if self.gone else "same" if self.same else "changed"
        if key == "changed" and self.change is None:
            key = "rests"
        return said.say(
            f"mails.earlier.{key}",
            id=self.id,
            title=self.title,
            number=self.revision,
            stance=said[f"consent.stances.{self.stance}"],
        )


@dataclass(frozen=True)
class MemberBallot:
    """A ballot: to whom, about what, until when, with the texts and the member's earlier words.

    `attached` is the name of the file with the redline. A reminder names in `reminds` the texts
    about which nothing was received. `answered` are the member's own comments on this revision
    and the one before, with their answers.
    """

    matter: MailSubject
    name: str
    closes: datetime.datetime
    last_call: bool
    units: Sequence[ProposedText]
    earlier: Sequence[EarlierWord]
    attached: str
    reminds: tuple[str, ...] = ()
    answered: Sequence[CommentAnswer] = ()

    def subject(self) -> str:
        """Return the subject."""
        day = last_day(self.closes)
        key = "reminder" if self.reminds else "last-call" if self.last_call else "ballot"
        return self.matter.subject(self.matter.said.say(f"mails.subjects.{key}", day=day))

    def opening(self) -> Iterator[str]:
        """Yield the paragraphs that the ballot begins with."""
        said, matter = self.matter.said, self.matter
        yield said.say("letters.to", name=self.name)
        yield said.say("mails.asks", title=matter.proposal.title, **matter.names)
        if self.reminds:
            yield said.say("mails.not-heard", texts=", ".join(self.reminds))
        until = deadline_in_words(said, self.closes)
        if self.last_call:
            yield said.say("mails.closes", deadline=until)
        else:
            yield said.say("mails.comments-open", until=until)
        if matter.forming:
            yield said["mails.forming"]
        yield said["mails.where-you-stand"]
        yield said.say("mails.attached", name=self.attached)


def ballot_mail(ballot: MemberBallot) -> Mail:
    """Return a ballot as plain text. The same ballot has the same words."""
    matter, lines = ballot.matter, Lines()
    said = matter.said
    for words in ballot.opening():
        lines.say(words)
    if ballot.earlier:
        lines.head(said["mails.earlier.head"])
        for at, each in enumerate(ballot.earlier, 1):
            lines.item(at, each.sentence(said))
            if each.change is not None:
                change_lines(lines, each.change, said)
    if ballot.answered:
        lines.head(said["mails.your-comments"])
        for at, answered in enumerate(ballot.answered, 1):
            answer_lines(lines, matter, at, answered)
    lines.head(said["mails.what-is-proposed"])
    for at, text in enumerate(ballot.units, 1):
        proposed_text(lines, at, text, said)
    digest_lines(lines, matter)
    add_way_to_answer(lines, matter)
    return Mail(ballot.subject(), str(lines))
