"""What authors declare about their changes: which answers one owes, and which answer nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from govkit.corpus.changes.values import Change, ChangeEvidence, ClauseChange
from govkit.corpus.documents import Document
from govkit.records.declarations import Declaration
from govkit.source.scaffolds import scalar

if TYPE_CHECKING:
    from govkit.corpus.changes.compare import Pair


def declarations_of(documents: Iterable[Document]) -> dict[Pair, Declaration]:
    """Return the declarations by the id and the digests that they hold for."""
    records = (
        cast("Declaration | None", document.record)
        for document in documents
        if document.kind == "declaration"
    )
    return {(each.of, each.before, each.after): each for each in records if each is not None}


def spans_left(
    clauses: Iterable[ClauseChange], declarations: Mapping[Pair, Declaration], pair: Pair
) -> tuple[str, ...]:
    """Return the spans of evidence that no declaration answers, each once, in their order.

    Where a change was made in several steps, each of them declared, the answers of all of them
    count: so two clarifications in one release are not asked about a second time.
    """
    answered = {
        _folded(answer.span) for each in _steps(declarations, pair) for answer in each.answers
    }
    return tuple(span for folded, span in _each_once(clauses).items() if folded not in answered)


def _steps(declarations: Mapping[Pair, Declaration], pair: Pair) -> Iterator[Declaration]:
    """Yield the declarations that lead from the words before to those after, step by step."""
    id, before, after = pair
    if pair in declarations:
        yield declarations[pair]
        return
    of_text = [each for each in declarations.values() if each.of == id]
    came: dict[str | None, Declaration | None] = {before: None}
    waiting = [before]
    while waiting and after not in came:
        digest = waiting.pop(0)
        for each in of_text:
            if each.before == digest and each.after not in came:
                came[each.after] = each
                waiting.append(each.after)
    step = came.get(after)
    while step is not None:
        yield step
        step = came[step.before]


def unanswered(change: Change, declaration: Declaration) -> list[tuple[str, ChangeEvidence]]:
    """Return the evidence that a declaration leaves without an answer, with its clause.

    One answer serves every clause in which the same words changed in the same way.
    """
    answered = {_folded(answer.span) for answer in declaration.answers}
    return [
        (clause.id, evidence)
        for clause in change.clauses
        for evidence in clause.evidence
        if _folded(evidence.span) not in answered
    ]


def spans_of(change: Change) -> tuple[str, ...]:
    """Return the spans that an author is asked about, each once, in the order of the text."""
    return tuple(_each_once(change.clauses).values())


def _each_once(clauses: Iterable[ClauseChange]) -> dict[str, str]:
    return {
        _folded(evidence.span): evidence.span for clause in clauses for evidence in clause.evidence
    }


def answers_to_nothing(change: Change, declaration: Declaration) -> Iterator[tuple[int, str]]:
    """Yield each answer that has no effect, by its place, and why: nobody asks, or asks again."""
    asked = {_folded(span) for span in spans_of(change)}
    given: set[str] = set()
    for n, answer in enumerate(declaration.answers):
        span = _folded(answer.span)
        if span not in asked:
            yield n, "is not among the words that this change alters"
        elif span in given:
            yield n, "is answered twice"
        given.add(span)


def sheet_of(
    id: str, before: str | None, after: str | None, class_: int, questions: Iterable[str]
) -> str:
    """Return a declaration to be filled in: the digests are there, each blank says what it asks."""
    lines = [
        f"of: {scalar(id)}",
        "# The words before and after, by their digests. It holds for these words and no others:",
        "# if the text is edited again, delete this file and write it anew.",
        f"before: {before or 'null'}",
        f"after: {after or 'null'}",
        "# The class of the change (docs/changes.md). 3: clarifying, no duty changes; 5: how the",
        "# text binds; 6: for whom, where or when; 7: a definition; 8: new or removed.",
        f"class: {class_}",
        "# Why the text is changed. It is printed in the notes of the release.",
        "reason: '[insert why the change is needed]'",
    ]
    questions = [span for span in questions if span]
    if questions:
        lines += [
            "# The words that bear on a duty and are not as they were. For each: does a duty of",
            "# anybody change with it? If yes, the class is 5 or higher. `why` is one sentence.",
            "answers:",
        ]
    for span in questions:
        lines += [
            f"  - span: {scalar(span)}",
            "    changes_a_duty: '[insert yes or no]'",
            "    why: '[insert the reason]'",
        ]
    return "\n".join(lines) + "\n"


def _folded(span: str) -> str:
    return " ".join(span.split()).lower()
