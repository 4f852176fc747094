"""The matrix of legal issues: who responds to each, in which jurisdiction, and which texts answer.

A response exists, or is prospective: pending or possible. The founding documents ask for both, and
they are told apart everywhere. Texts out of use answer nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from govkit.corpus.documents import Document
from govkit.corpus.term_words import OUT_OF_USE
from govkit.corpus.whole import Corpus
from govkit.records.kinds import TEXT_KINDS
from govkit.records.registers import Issue, Response

Responder = tuple[str, str]
"""An actor (platform, government, other) and a jurisdiction, which is empty where none is named."""


class IssueResponses(NamedTuple):
    """What one actor does in one jurisdiction about an issue, by the order of the register."""

    existing: tuple[Document, ...]
    prospective: tuple[Document, ...]


class IssueRow(NamedTuple):
    """One issue: the texts in use that answer it, provisions first, and the responses.

    `none` says why nothing answers it, or is empty.
    """

    issue: Document
    answers: tuple[Document, ...]
    responses: Mapping[Responder, IssueResponses]
    none: str

    def count(self, stage: str) -> int:
        """Return how many responses are `existing` or `prospective`."""
        return sum(len(getattr(each, stage)) for each in self.responses.values())


class IssueMatrix(NamedTuple):
    """The issues by id, and every actor with a jurisdiction that responds to one of them."""

    rows: tuple[IssueRow, ...]
    responders: tuple[Responder, ...]


def issue_matrix(corpus: Corpus) -> IssueMatrix:
    """Return the matrix of all issues and responses that can be read."""
    found = corpus.once(responses_by_issue)
    rows = tuple(
        _row(corpus, each, found.get(each.id, []))
        for each in corpus.of_kind("issue")
        if each.record is not None
    )
    responders = {responder for row in rows for responder in row.responses}
    return IssueMatrix(rows, tuple(sorted(responders, key=_order)))


def responses_by_issue(corpus: Corpus) -> Mapping[str, list[Document]]:
    """Return the responses to each issue that can be read, by path."""
    found: dict[str, list[Document]] = {}
    for each in corpus.of_kind("response"):
        if each.record is not None:
            found.setdefault(cast(Response, each.record).issue, []).append(each)
    return found


def answers_to(corpus: Corpus, issue: Document) -> tuple[Document, ...]:
    """Return the texts in use that an issue says answer it: provisions first, then by id."""
    named = dict.fromkeys(cast(Issue, issue.record).answered_by)
    texts = (corpus.find(TEXT_KINDS, id) for id in named)
    found = [each for each in texts if each is not None and holds(each)]
    return tuple(sorted(found, key=lambda text: (_BOOKS.index(text.kind or ""), text.id)))


def holds(text: Document) -> bool:
    """Say whether a text can be read and is in use, so that it can cover or answer something."""
    return text.record is not None and text.status not in OUT_OF_USE


def _row(corpus: Corpus, issue: Document, responses: list[Document]) -> IssueRow:
    cells: dict[Responder, tuple[list[Document], list[Document]]] = {}
    for each in responses:
        record = cast(Response, each.record)
        cell = cells.setdefault((record.actor, record.jurisdiction or ""), ([], []))
        cell[record.stage != "existing"].append(each)
    ordered = {
        responder: IssueResponses(*map(tuple, cells[responder]))
        for responder in sorted(cells, key=_order)
    }
    return IssueRow(issue, answers_to(corpus, issue), ordered, cast(Issue, issue.record).none or "")


_BOOKS = ("provision", "recommendation", "principle")
_ACTORS = ("platform", "government", "other")


def _order(responder: Responder) -> tuple[int, bool, str]:
    """Order by actor; within it those without a jurisdiction come last."""
    actor, jurisdiction = responder
    return _ACTORS.index(actor), not jurisdiction, jurisdiction
