"""What people are told of their comments: that they came, what became of each, what is not shown.

One letter tells all that there is to be told to one person about one proposal.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govkit.consultation.consultation import FiledComment
from govkit.corpus.changes.values import Change
from govkit.correspondence.announcements import MailSubject, change_lines, deadline_in_words
from govkit.correspondence.call_letters import entry_lines
from govkit.correspondence.mail import Lines, Mail
from govkit.languages.catalogue import Messages
from govkit.records.log import LogEntry
from govkit.records.proposals import Act

_MOST = 1_200
"""Characters of somebody's own words that a letter quotes."""


class CommentEntry(NamedTuple):
    """A comment, the entry by which it was filed, and the clause that it is about, or ""."""

    filed: FiledComment
    entry: LogEntry
    clause: str


class CommentAnswer(NamedTuple):
    """A comment that has its answer, and the clause that it is about, or "".

    `change` is what became of its text since, if there is any.
    """

    filed: FiledComment
    change: Change | None = None
    clause: str = ""


def comments_received_mail(
    matter: MailSubject, name: str, comments: Sequence[CommentEntry], is_member: bool
) -> Mail:
    """Return the receipt for comments. Who wrote in person is asked what may be published."""
    said, lines = matter.said, Lines()
    title = matter.proposal.title
    lines.say(said.say("letters.to", name=name))
    lines.say(said.say("letters.thanks", title=title, id=matter.proposal.id, **_of(matter)))
    for at, each in enumerate(comments, 1):
        comment = each.filed.comment
        lines.item(at, _heading(said, each.filed, each.clause))
        _quote(lines, said, comment.comment)
        lines.lines += [*entry_lines(said, each.entry), ""]
        if each.filed.late:
            lines.say(said["letters.late"], "    ")
        if comment.publication == "asked":
            lines.say(said["letters.may-be-published"], "    ")
    lines.say(said["letters.answer-follows"])
    lines.say(said["letters.entry-proves"])
    if not is_member:
        lines.say(said["letters.members-give-positions"])
    lines.say(said["letters.wrong"])
    return Mail(matter.subject(said["letters.subjects.received"]), str(lines))


def answers_mail(
    matter: MailSubject,
    name: str,
    answered: Sequence[CommentAnswer],
    until: datetime.datetime | None,
) -> Mail:
    """Return what became of somebody's comments; `until` is when comments end, while they last."""
    said, lines = matter.said, Lines()
    lines.say(said.say("letters.to", name=name))
    lines.say(said.say("letters.answered", title=matter.proposal.title, **matter.names))
    for at, each in enumerate(answered, 1):
        answer_lines(lines, matter, at, each)
    lines.say(said["letters.satisfied"])
    if until is not None:
        lines.say(said.say("letters.comments-until", until=deadline_in_words(said, until)))
    lines.say(said["letters.public-answers"])
    return Mail(matter.subject(said["letters.subjects.answers"]), str(lines))


def answer_lines(lines: Lines, matter: MailSubject, at: int, each: CommentAnswer) -> None:
    """Add what became of a comment, numbered, and what changed in its text since."""
    said = matter.said
    first, *rest = answer_paragraphs(said, each.filed, each.clause)
    lines.item(at, first)
    for words in rest:
        lines.say(words, "    ")
    if each.change is not None:
        lines.say(said.say("letters.text-now", number=matter.number), "    ")
        change_lines(lines, each.change, said)


def answer_paragraphs(said: Messages, filed: FiledComment, clause: str) -> Iterator[str]:
    """Yield where a comment is about, its words, what became of it, the reply, and where."""
    answer = filed.comment.disposition
    assert answer is not None, "it is answered"
    yield _heading(said, filed, clause)
    yield said.say("letters.your-words", words=_shortened(said, filed.comment.comment))
    action = said[f"comments.actions.{answer.action}"].lower()
    yield said.say("letters.became", action=action, by=answer.by)
    if answer.reply:
        yield " ".join(answer.reply.split())
    if answer.result is not None:
        number, unit = answer.result.revision, answer.result.unit
        yield said.say("comments.changes-in", where=f"{number}, {unit}" if unit else f"{number}")


def holding_mail(matter: MailSubject, name: str, filed: FiledComment, act: Act) -> Mail:
    """Return what the author of a comment is told when it is held back, or shown again."""
    said, lines = matter.said, Lines()
    key = "held-back" if act.ground else "shown-again"
    lines.say(said.say("letters.to", name=name))
    lines.say(
        said.say(
            f"letters.{key}",
            name=filed.name,
            id=matter.proposal.id,
            coalition=matter.coalition,
            by=said.several(act.by),
            ground=said[f"comments.grounds.{act.ground}"] if act.ground else "",
        )
    )
    lines.say(said.say("letters.because", words=act.reason))
    if act.ground:
        lines.say(said["letters.held-back-means"])
        lines.say(said["letters.held-back-answer"])
    return Mail(matter.subject(said.say(f"letters.subjects.{key}", name=filed.name)), str(lines))


def _of(matter: MailSubject) -> dict[str, str]:
    return {"coalition": matter.coalition}


def _heading(said: Messages, filed: FiledComment, clause: str) -> str:
    target = filed.comment.target
    what = target.unit or said["comments.the-proposal"]
    what += f" ({clause})" if clause else ""
    place = said.say("comments.in-revision", what=what, number=target.revision)
    return said.say("letters.comment", name=filed.name, place=place)


def _quote(lines: Lines, said: Messages, words: str | None) -> None:
    for paragraph in filter(str.strip, _shortened(said, words, "\n\n").split("\n\n")):
        lines.close(paragraph, "    > ")
    lines.lines.append("")


def _shortened(said: Messages, words: str | None, between: str = " ") -> str:
    """Return somebody's words, or that they are not published; long ones are cut."""
    if words is None:
        return said["letters.not-published"]
    paragraphs = (" ".join(each.split()) for each in words.split("\n\n"))
    whole = between.join(filter(None, paragraphs))
    if len(whole) <= _MOST:
        return whole
    return f"{whole[:_MOST].rpartition(' ')[0]} … {said['ballots.shortened']}"
