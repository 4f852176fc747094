"""Letters to who commented: receipts, answers, and what two coordinators do not show.

Answers wait, while comments are open, until all comments of a person have theirs: so each gets one
letter. What was answered before a receipt was written needs none.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from govkit.consultation.consultation import Consultation, FiledComment, consultation_of
from govkit.corpus.changes.copies import changes_of_copies
from govkit.corpus.changes.values import Change
from govkit.corpus.copies import copy_of
from govkit.correspondence.announcements import MailSubject
from govkit.correspondence.comment_letters import (
    CommentAnswer,
    CommentEntry,
    answers_mail,
    comments_received_mail,
    holding_mail,
)
from govkit.correspondence.mail import Mail
from govkit.languages.catalogue import Messages
from govkit.log.entries import first_entries
from govkit.procedures.letters.addressees import Addressee
from govkit.procedures.letters.owed import Found, LackingAddress, LetterContext, OwedLetter
from govkit.records.comments import IN_REPLY_BLOCK
from govkit.records.proposals import Act
from govkit.records.scalars import iso
from govkit.round.docket import Docket
from govkit.round.rounds import Round
from govkit.round.states import state_of

Subject = Callable[[Messages], MailSubject]


class _OwnComments(NamedTuple):
    """One who commented, with the comments in their order."""

    to: Addressee
    comments: list[FiledComment]


def letters_of_comments(context: LetterContext, docket: Docket, subject: Subject) -> Found:
    """Yield the letters to those who commented on a proposal that are owed."""
    if docket.comments:
        yield from _CommentLetters(context, docket, subject).all()


def is_with_a_ballot(filed: FiledComment) -> bool:
    """Say whether a comment stood in a ballot: the receipt of the ballot names it."""
    return filed.comment.source.part == IN_REPLY_BLOCK


def _received_key(filed: FiledComment) -> str:
    return f"comment {filed.path}"


def _answer_key(filed: FiledComment) -> str:
    answer = filed.comment.disposition
    return f"answer {filed.path} {iso(answer.at) if answer else ''}"


class _CommentLetters:
    """Finds the letters about the comments on one proposal."""

    def __init__(self, context: LetterContext, docket: Docket, subject: Subject) -> None:
        self.context, self.docket, self.subject = context, docket, subject
        self.id = docket.proposal.id
        self.are_open = state_of(docket, context.now).name == "comment"

    @cached_property
    def consultation(self) -> Consultation:
        return consultation_of(self.context.workspace.corpus, self.id)

    def all(self) -> Found:
        """Yield them."""
        yield from self._holdings()
        people: dict[str, _OwnComments] = {}
        for filed in self.consultation.comments:
            if not self._is_told(filed):
                continue
            to = self.context.addressees.author(filed)
            if to is not None:
                people.setdefault(to.id, _OwnComments(to, [])).comments.append(filed)
            elif self._is_owed(filed):
                yield LackingAddress(self._who(filed), self._sort(filed), self.id)
        for each in people.values():
            yield from self._to(each)

    def _is_told(self, filed: FiledComment) -> bool:
        came, answer = filed.received_at, filed.comment.disposition
        if came is None or filed.replaced or filed.held:
            return False
        if filed.comment.publication == "withdrawn":
            return False
        return self.context.is_new(answer.at if answer else came) or answer is None

    def _is_owed(self, filed: FiledComment) -> bool:
        """Say whether something is owed to whoever made a comment."""
        if filed.comment.disposition is not None:
            return _answer_key(filed) not in self.context.told_to_somebody
        is_new = filed.received_at is not None and self.context.is_new(filed.received_at)
        told = _received_key(filed) in self.context.told_to_somebody
        return is_new and not told and not is_with_a_ballot(filed)

    @staticmethod
    def _sort(filed: FiledComment) -> str:
        return "answers" if filed.comment.disposition else "received"

    def _who(self, filed: FiledComment) -> str:
        author = filed.author
        return author.member or author.name or f"the author of comment {filed.name}"

    def _to(self, each: _OwnComments) -> Iterator[OwedLetter]:
        to, owed = each.to, [filed for filed in each.comments if self._is_owed(filed)]
        answered = [filed for filed in owed if filed.comment.disposition is not None]
        waiting = [filed for filed in each.comments if filed.comment.disposition is None]
        received = [filed for filed in owed if filed.comment.disposition is None]
        if answered and not (waiting and self.are_open):
            tells = [key(one) for one in answered for key in (_answer_key, _received_key)]
            yield self._letter(tells, "answers", to, partial(self._answers, to.name, answered))
        if received:
            tells = [*map(_received_key, received)]
            write = partial(self._received, to, received)
            yield self._letter(tells, "received", to, write)

    def _letter(
        self, tells: Sequence[str], sort: str, to: Addressee, write: partial[Mail]
    ) -> OwedLetter:
        return OwedLetter(tuple(tells), sort, self.id, to, write)

    # --- the mails --------------------------------------------------------------------------------

    def _received(self, to: Addressee, several: Sequence[FiledComment], said: Messages) -> Mail:
        entries = first_entries(self.context.workspace.corpus)
        logged = [
            CommentEntry(each, entries[each.path, "comment"], self.consultation.clause_of(each))
            for each in several
        ]
        return comments_received_mail(self.subject(said), to.name, logged, to.is_member)

    def _answers(self, name: str, several: Sequence[FiledComment], said: Messages) -> Mail:
        dates = Round(self.docket, self.context.now).dates
        until: datetime.datetime | None = dates.comment_until if self.are_open else None
        shown: set[tuple[int, str | None]] = set()
        answered = []
        for each in several:
            target = each.comment.target
            place = (target.revision, target.unit)
            change = None if place in shown else self._change(*place)
            shown.add(place)
            answered.append(CommentAnswer(each, change, self.consultation.clause_of(each)))
        if until is not None and until <= self.context.now:
            until = None
        return answers_mail(self.subject(said), name, answered, until)

    def _change(self, earlier: int, unit: str | None) -> Change | None:
        """Return what changed in a text since a revision; None where nothing did."""
        if unit is None or earlier >= self.docket.number:
            return None
        corpus = self.context.workspace.corpus
        sides = [
            copy_of(corpus, f"{self.id}/rev-{number}", "after", unit)
            for number in (earlier, self.docket.number)
        ]
        there = [{unit: copy} for copy in sides if copy is not None and copy.record is not None]
        if len(there) < len(sides):
            return None
        return next(iter(changes_of_copies(corpus, *there).changes), None)

    # --- what is held back ------------------------------------------------------------------------

    def _holdings(self) -> Found:
        """Yield what authors are told of the acts that hold their comments back, or show them."""
        round = Round(self.docket, self.context.now)
        acts = [*round.acts("hold-back"), *round.acts("restore")]
        by_id = {f"comments/{each.name}": each for each in self.consultation.comments if acts}
        last = {
            id: each for each in sorted(acts, key=lambda e: e.seq) for id in each.record.comments
        }
        for id, each in last.items():
            filed, entry = by_id.get(id), each.entry
            key = f"act {self.id}/{each.id} {id}"
            if filed is None or entry is None or not self.context.is_new(entry.recorded_at):
                continue
            if key in self.context.told_to_somebody:
                continue
            to, sort = self.context.addressees.author(filed), each.record.kind
            if to is None:
                yield LackingAddress(self._who(filed), sort, self.id)
            elif sort == "hold-back" or self._was_told_of_holding(id):
                write = partial(self._holding, to.name, filed, each.record)
                yield self._letter([key], sort, to, write)

    def _was_told_of_holding(self, id: str) -> bool:
        """Say whether the author knows that a comment was held back: else nothing is to be said."""
        begin, end = f"act {self.id}/", f" {id}"
        told = self.context.told_to_somebody
        return any(each.startswith(begin) and each.endswith(end) for each in told)

    def _holding(self, name: str, filed: FiledComment, act: Act, said: Messages) -> Mail:
        return holding_mail(self.subject(said), name, filed, act)
