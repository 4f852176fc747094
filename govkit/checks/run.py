"""Runs every rule over a corpus and leaves out what the records themselves suppress."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from govkit.checks.all_rules import BY_SLUG, RULES
from govkit.checks.causes import without_explained
from govkit.checks.context import Context, Silencing
from govkit.checks.rule import Rule
from govkit.checks.suppression import entries
from govkit.corpus.base import Base
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.findings import Finding


def findings_of(corpus: Corpus, today: datetime.date, base: Base | None = None) -> list[Finding]:
    """Return everything that the rules find, in no particular order, without places.

    `today` decides about days that have passed. Rules that need a base run only where there is one.
    """
    context = Context(corpus, today, BY_SLUG, base)
    return settled(context, [*_of_documents(context), *_of_whole(context)])


def settled(context: Context, found: list[Finding]) -> list[Finding]:
    """Return what is left of findings without what is let stand, or said by another one.

    With what the rules say that come after all others.
    """
    kept, silencing = _without_suppressed(context.corpus, found)
    kept = without_explained([*kept, *_of_legible(context)])
    return [*kept, *_of_each(_AFTER, replace(context, silencing=silencing))]


def _of_legible(context: Context) -> Iterator[Finding]:
    """Yield what is found in files that are no records; their reader loads for them alone."""
    if any(document.unread for document in context.corpus.documents):
        from govkit.checks.legible import of_legible

        yield from of_legible(context)


def _scoped(*scopes: str) -> tuple[Rule, ...]:
    return tuple(each for each in RULES if each.scope in scopes)


_OF_FAULTS, _OF_DOCUMENTS, _AFTER = _scoped("fault"), _scoped("document"), _scoped("after")
_OF_WHOLE = _scoped("corpus", "base")


def _of_whole(context: Context) -> Iterator[Finding]:
    """Yield what the rules find that look at all documents together."""
    for each in _OF_WHOLE:
        if each.scope == "corpus" or context.base is not None:
            for finding in bounded(each.generate(context)):
                yield replace(finding, rule=each.slug)


def _of_documents(context: Context) -> Iterator[Finding]:
    """Yield what the rules find that look at one document at a time."""
    read = (*context.corpus.documents, *context.corpus.copies)
    faulty = [document for document in read if document.faults]
    # A fault of a rule that does not run would leave a file unread in silence.
    assert all(fault.rule in BY_SLUG for document in faulty for fault in document.faults)
    yield from _of_some(faulty, _OF_FAULTS, context)
    yield from _of_each(_OF_DOCUMENTS, context)


def _of_each(rules: tuple[Rule, ...], context: Context) -> Iterator[Finding]:
    """Yield what some rules find in the documents that could be read."""
    documents = [each for each in context.corpus.documents if each.record is not None]
    for start in range(0, len(documents), _NEAR):
        yield from _of_some(documents[start : start + _NEAR], rules, context)


_NEAR = 32
"""Documents that all rules look at before the next ones come.

So few stay near in memory, and a rule that looks at so many in a row stays near too. One by one, or
all at once, takes a third longer.
"""


def _of_some(
    documents: list[Document], rules: tuple[Rule, ...], context: Context
) -> Iterator[Finding]:
    for each in rules:
        for document in documents:
            findings = each.generate(document, context)
            first = next(findings, None)
            # Nearly always nothing is found; to count that would take a tenth of a check.
            if first is not None:
                for finding in bounded(chain((first,), findings)):
                    yield replace(finding, rule=each.slug, id=document.id if document.kind else "")


MOST_OF_ONE_RULE = 40_000
"""Findings of one rule in one file. A hostile file could have a million, and nobody reads them."""


def bounded(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the findings of one rule, in one file at most so many, and then that there are more."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.path] += 1
        if counts[finding.path] <= MOST_OF_ONE_RULE:
            yield finding
    for path, count in counts.items():
        if count > MOST_OF_ONE_RULE:
            more = f"{count - MOST_OF_ONE_RULE:,} more of the same are in this file"
            yield Finding("", more, path, stops=finding.stops, help="Begin with the first ones.")


def _without_suppressed(corpus: Corpus, found: list[Finding]) -> tuple[list[Finding], Silencing]:
    """Return what is left, and which entries (path, position) silenced something."""
    positions: dict[tuple[str, str], list[int]] = {}
    for document in corpus.documents:
        for i, entry in entries(document):
            positions.setdefault((document.path, entry.rule), []).append(i)
    kept: list[Finding] = []
    used: set[tuple[str, int]] = set()
    for finding in found:
        silencing = positions.get((finding.path, finding.rule), [])
        if silencing and BY_SLUG[finding.rule].may_be_suppressed:
            used.update((finding.path, i) for i in silencing)
        else:
            kept.append(finding)
    return kept, frozenset(used)
