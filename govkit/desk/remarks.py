"""What people said about a text, in the proposals that are on their way."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from govkit.consultation.comment_table import cells_of
from govkit.consultation.consultation import consultation_of
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.round.states import open_dockets


class Remark(NamedTuple):
    """A comment as its table shows it: nothing that its author has not released is in it."""

    proposal: str
    cells: dict[str, str]


def remarks_on(corpus: Corpus, id: str, now: datetime.datetime) -> list[Remark]:
    """Return the comments on a text, by proposal and number."""
    found = []
    for docket in open_dockets(corpus, now):
        try:
            consultation = consultation_of(corpus, docket.proposal.id, now)
        except GovkitError:
            continue  # what is wrong with the proposal, the list of texts does not say
        found += [
            Remark(docket.proposal.id, cells_of(consultation, filed))
            for filed in consultation.comments
            if filed.comment.target.unit == id and filed.replaced is None
        ]
    return found
