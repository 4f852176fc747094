"""Answers to comments: which can be given, and what the record is after that."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from govkit.consultation.consultation import Consultation, FiledComment
from govkit.consultation.observations import Observation
from govkit.consultation.sanitising import sanitise
from govkit.errors import WrongUse
from govkit.records.comments import Comment, Disposition, Result
from govkit.records.enumerations import AuthorReply


@dataclass(frozen=True)
class AnswerInput:
    """Who answers, when, and whether answers that are there may be given anew.

    `by` is asked only when there is an answer to give.
    """

    consultation: Consultation
    by: Callable[[], str]
    at: datetime.datetime
    anew: bool = False

    def answered(self, filed: FiledComment, answer: Observation) -> Comment:
        """Return a comment with its answer. Raises `WrongUse` for one that can't be given.

        An answer given anew takes the author's reply to the former one away; the log keeps both.
        """
        if filed.comment.disposition is not None and not self.anew:
            raise WrongUse(
                f"comment {filed.name} has an answer already",
                "With --anew it is answered anew; the log keeps both answers.",
            )
        reply = sanitise(answer.reply or "").text or None
        if reply is None and answer.action != "accepted":
            raise WrongUse(
                f"a comment that is {answer.action.replace('-', ' ')} needs a reply to its author",
                "Say why, with --reply.",
            )
        result = self._held_result(answer.result) if answer.result else None
        disposition = Disposition(
            action=answer.action,
            reply=reply,
            by=self.by(),
            at=self.at.replace(microsecond=0),
            result=result,
        )
        return filed.comment.model_copy(update={"disposition": disposition, "author_reply": None})

    def _held_result(self, result: Result) -> Result:
        """Return the place where the text changes. Raises `WrongUse` where it can't be there.

        The next revision is not there yet: it may bring new texts, so only its number is looked at.
        """
        if result.revision == self.consultation.number + 1:
            return result
        revision = self.consultation.revision(result.revision)
        unit = self.consultation.unit(revision, result.unit).id if result.unit else None
        return Result(revision=revision, unit=unit)


def same_answer(comment: Comment, answer: Observation) -> bool:
    """Say whether a comment has just this answer."""
    given = comment.disposition
    return given is not None and (given.action, given.reply, given.result) == answer


def with_author_reply(filed: FiledComment, reply: AuthorReply) -> Comment:
    """Return a comment with what its author says to the answer. Raises `WrongUse` without one."""
    if filed.comment.disposition is None:
        raise WrongUse(
            f"comment {filed.name} has no answer yet that its author could be asked about",
            "Answer it first, with --action and --reply.",
        )
    return filed.comment.model_copy(update={"author_reply": reply})


def result_in(words: str) -> Result:
    """Return the place that `2:EXA-DUE-01` or `2` names. Raises `WrongUse` for other words."""
    number, _, unit = words.partition(":")
    if not number.isdecimal() or len(number) > 4:
        raise WrongUse(
            f"`{words}` names no place in the text",
            "Write the number of the revision and the text, as 3:EXA-DUE-01.",
        )
    return Result(revision=int(number), unit=unit or None)


def unanswered_comments(consultation: Consultation) -> tuple[FiledComment, ...]:
    """Return the comments that wait for an answer."""
    return tuple(filed for filed in consultation.comments if filed.is_waiting)
