"""Many comments answered at once: whole or not at all, and only as they stood for their reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govkit.consultation.answering import AnswerInput, result_in
from govkit.consultation.consultation import Consultation, FiledComment, consultation_of
from govkit.consultation.observations import Observation
from govkit.errors import WrongUse
from govkit.log.coordinators import require_coordinator
from govkit.procedures.comments.filing import file_answers
from govkit.procedures.log.filing import Stamp
from govkit.procedures.log.register import FilingReceipt, open_register
from govkit.procedures.texts.editing import file_digest
from govkit.records.comments import Comment
from govkit.records.enumerations import Action
from govkit.records.log import LogEntry
from govkit.workspace import Workspace


class GivenAnswer(NamedTuple):
    """An answer to a comment. `opened` is the digest of its file as the answer's author saw it."""

    number: int
    opened: str
    action: Action
    reply: str = ""
    result: str = ""


class AnswersRefused(WrongUse):
    """Answers that can't be given; `causes` says why, by the number of the comment."""

    def __init__(self, causes: Mapping[int, WrongUse]) -> None:
        """Keep the causes."""
        super().__init__("nothing was written, since some answers can't be given", "Mend them.")
        self.causes = causes


def answer_comments(
    root: Path, proposal: str, given: Sequence[GivenAnswer], by: str, stamp: Stamp
) -> tuple[LogEntry, ...]:
    """File answers to comments on a proposal as one act, and return the entries of the log.

    Raises `AnswersRefused` where one of them can't be given, or its comment is another one by now;
    `WrongUse` where `by` is no coordinator. Nothing is written then.
    """
    with open_register(root, stamp) as workspace:
        require_coordinator(workspace.corpus, by)
        consultation = consultation_of(workspace.corpus, proposal, stamp.at)
        taking = AnswerInput(consultation, lambda: by, stamp.at)
        causes: dict[int, WrongUse] = {}
        answered = list(_answered(workspace, consultation, taking, given, causes))
        if causes:
            raise AnswersRefused(causes)
        return file_answers(workspace, answered, FilingReceipt(by, stamp.at, stamp))


def _answered(
    workspace: Workspace,
    consultation: Consultation,
    taking: AnswerInput,
    given: Sequence[GivenAnswer],
    causes: dict[int, WrongUse],
) -> Iterator[tuple[FiledComment, Comment]]:
    for each in given:
        try:
            filed = consultation.comment(each.number)
            if file_digest(workspace.files[filed.path]) != each.opened or not filed.is_waiting:
                raise WrongUse(
                    "the comment was answered or changed meanwhile", "Look at it again below."
                )
            result = result_in(each.result) if each.result else None
            answer = Observation(each.action, each.reply or None, result)
            yield filed, taking.answered(filed, answer)
        except WrongUse as cause:
            causes[each.number] = cause
