"""A check after an edit: only the rules run that look at what the edit changed.

The findings are those of `run.findings_of`, whatever was edited; a test holds the two together. The
first check runs every rule once, and notes what each of them looked at.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from govkit.checks.all_rules import BY_SLUG, RULES
from govkit.checks.context import Context
from govkit.checks.rule import Rule
from govkit.checks.run import bounded, settled
from govkit.checks.walk import ScannedCorpus
from govkit.checks.watched import WHOLE, Look, WatchedContext, derived, is_derived, of_id, of_kind
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.records.kinds import CHARTER_PATH

_OF_FAULTS, _OF_DOCUMENTS, _OF_WHOLE = (
    tuple(each for each in RULES if each.scope == scope)
    for scope in ("fault", "document", "corpus")
)


class Kept(NamedTuple):
    """What a rule, or some of them in one document, found, and all that they looked at."""

    findings: tuple[Finding, ...]
    looks: frozenset[Look]


class OfDocument(NamedTuple):
    """What is kept of one document: each rule by its slug, and what all of them looked at."""

    document: Document
    by_rule: Mapping[str, Kept]
    looks: frozenset[Look]


@dataclass(frozen=True)
class Checked:
    """A check that can be gone on from. `rules_run` counts how often a rule was called for it."""

    corpus: Corpus
    today: datetime.date
    findings: tuple[Finding, ...]
    rules_run: int
    of_documents: Mapping[str, OfDocument]
    of_whole: Mapping[str, Kept]
    walk: ScannedCorpus
    derived: Mapping[Look, object]
    known: Mapping[tuple[object, str], tuple[Document, tuple[object, ...], Any]]


def checked(corpus: Corpus, today: datetime.date, before: Checked | None = None) -> Checked:
    """Return the check of a corpus; what `before` has found is taken over as far as it still holds.

    `today` decides about days that have passed; on another day everything is looked at anew.
    """
    context = Context(corpus, today, BY_SLUG, walked_before=before.walk if before else None)
    if before is not None:
        context.known.update(before.known)
    run = _Run(context, before, _touched(before, context))
    of_documents = {each.path: run.of_document(each) for each in _read(corpus)}
    of_whole = {each.slug: run.of_whole(each) for each in _OF_WHOLE}
    found = [
        finding
        for each in of_documents.values()
        for kept in each.by_rule.values()
        for finding in kept.findings
    ]
    found += [finding for kept in of_whole.values() for finding in kept.findings]
    findings = tuple(settled(context, found))
    # What corpus rules looked at is left out: they are few, and what they ask for is large.
    asked = {look for each in of_documents.values() for look in each.looks if is_derived(look)}
    values = {look: derived(context, look) for look in asked}
    return Checked(
        corpus,
        today,
        findings,
        run.count,
        of_documents,
        of_whole,
        context.walk,
        values,
        context.known,
    )


def _read(corpus: Corpus) -> Iterator[Document]:
    yield from corpus.documents
    yield from corpus.copies


def _touched(before: Checked | None, context: Context) -> frozenset[Look] | None:
    """Return the looks that an edit touches; None where nothing can be taken over.

    Documents never change, so that one which is the same is the same object.
    """
    if before is None or before.today != context.today:
        return None
    old = {each.path: each for each in _read(before.corpus)}
    new = {each.path: each for each in _read(context.corpus)}
    if old.get(CHARTER_PATH) is not new.get(CHARTER_PATH):
        return None
    touched: set[Look] = set()
    for path in old.keys() | new.keys():
        sides = (old.get(path), new.get(path))
        if sides[0] is not sides[1]:
            touched |= {WHOLE}.union(*map(_looks_at, sides))
    if touched:
        touched.update(
            look for look, value in before.derived.items() if derived(context, look) != value
        )
    return frozenset(touched)


def _looks_at(document: Document | None) -> Iterable[Look]:
    if document is None or not document.kind:
        return ()
    return of_kind(document.kind), of_id(document.kind, document.id)


class _Run:
    """One check: what is kept is taken over, and the rest is found; it counts the rules called."""

    def __init__(
        self, context: Context, before: Checked | None, touched: frozenset[Look] | None
    ) -> None:
        self.context = context
        self.watched = WatchedContext(context)
        self.before = before if touched is not None else None
        self.touched = touched or frozenset()
        self.count = 0

    def of_whole(self, rule: Rule) -> Kept:
        kept = self.before.of_whole[rule.slug] if self.before else None
        if kept is not None and self.touched.isdisjoint(kept.looks):
            return kept
        found, looks = self._called(rule, self.watched)
        if any(map(is_derived, looks)):
            looks = _AT_WHOLE
        return Kept(found, looks)

    def of_document(self, document: Document) -> OfDocument:
        was = self.before.of_documents.get(document.path) if self.before else None
        if was is not None and was.document is not document:
            was = None
        if was is not None and self.touched.isdisjoint(was.looks):
            return was
        by_rule: dict[str, Kept] = {}
        for rule in _rules_for(document):
            kept = was.by_rule[rule.slug] if was is not None else None
            if kept is None or not self.touched.isdisjoint(kept.looks):
                kept = self._called(rule, document, self.watched)
            by_rule[rule.slug] = kept
        looks = frozenset[Look]().union(*(kept.looks for kept in by_rule.values()))
        return OfDocument(document, by_rule, looks)

    def _called(self, rule: Rule, *arguments: Any) -> Kept:
        self.count += 1
        self.watched.looks = set()
        of_one = arguments[0] if len(arguments) > 1 else None
        found = tuple(
            replace(each, rule=rule.slug)
            if of_one is None
            else replace(each, rule=rule.slug, id=of_one.id if of_one.kind else "")
            for each in bounded(rule.generate(*arguments))
        )
        return Kept(found, _one(self.watched.looks))


_AT_WHOLE = frozenset((WHOLE,))


def _one(looks: set[Look]) -> frozenset[Look]:
    """Return the looks; the whole makes all others needless."""
    return _AT_WHOLE if WHOLE in looks else frozenset(looks)


def _rules_for(document: Document) -> Iterator[Rule]:
    if document.faults:
        yield from _OF_FAULTS
    if document.record is not None and document.path:
        yield from _OF_DOCUMENTS
