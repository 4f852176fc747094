"""Runs every rule over a corpus and leaves out what the records themselves suppress."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from govkit.checks.all_rules import BY_SLUG, RULES
from govkit.checks.rule import Context, Rule, Silencing
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
    found = [finding for each in RULES for finding in _of_rule(each, context)]
    kept, silencing = _without_suppressed(corpus, found)
    after = replace(context, silencing=silencing)
    return [*kept, *(f for each in RULES if each.scope == "after" for f in _of(each, after))]


def _of_rule(each: Rule, context: Context) -> Iterator[Finding]:
    if each.scope in ("fault", "document"):
        yield from _of(each, context)
    elif each.scope == "corpus" or (each.scope == "base" and context.base is not None):
        for finding in each.generate(context):
            yield replace(finding, rule=each.slug)


def _of(each: Rule, context: Context) -> Iterator[Finding]:
    """Yield what a rule finds that looks at one document at a time."""
    generate, faults_only = each.generate, each.scope == "fault"
    corpus = context.corpus
    for document in (*corpus.documents, *corpus.copies) if faults_only else corpus.documents:
        if document.faults if faults_only else document.record is not None:
            for finding in generate(document, context):
                yield replace(finding, rule=each.slug, id=_id(document))


def _id(document: Document) -> str:
    return document.id if document.kind else ""


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
