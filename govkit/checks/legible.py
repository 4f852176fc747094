"""What is wrong in a file beside the mistakes for which it is no record.

A newcomer's first file has mistakes of several kinds, and all of them are told at once. What fits
is read as a record, for rules on words and references alone. A rule is silent where its subject
touches a part that is at fault, so that no remark follows from another one. What is read so is seen
by no other room: it has no digest, nobody consents to it, and nothing of it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from govkit.checks.context import Context
from govkit.checks.suppression import entries
from govkit.checks.unknown_references import unknown_reference
from govkit.corpus.documents import Document, document_of
from govkit.corpus.whole import corpus_of
from govkit.findings import Finding, Keys
from govkit.records.kinds import KINDS
from govkit.records.scalars import PARAMETER_NAME
from govkit.source.legible.file import LegibleFile, legible

_FAMILIES = ("text", "book", "term", "register")
"""What people write by hand, in words. A charter that is half read would rule all other texts."""

_OF_VALUE = frozenset(
    (
        "text-grammar",
        "confusable-character",
        "not-in-charter",
        "entry-twice",
        "tab-in-text",
        "quoted-whole",
        "placeholder",
        "typographic-quotes",
        "title-length",
        "picture-sign",
        "no-full-stop",
        "broken-word",
        "list-run-together",
        "names-itself",
        "plain-mention",
        "unknown-mention",
        "one-name",
        "more-than-one-force",
        "avoided-force-word",
        "force-in-prose",
        "vague-time",
        "and-or",
        "double-negation",
        "exception-without-trigger",
        "condition-without-trigger",
        "blank-in-prose",
        "own-judgement",
        "undated-living-source",
        "branch-address",
        "suppression-expired",
        "suppression-unknown",
    )
)
"""Rules that look at one value: that it can be read is enough."""
_OF_PART = frozenset(("force-against-words", "parameter-bounds"))
"""Rules that look at the values of one part, as a clause."""


def _below(*names: str) -> Callable[[Keys], bool]:
    return lambda keys: keys[:1] != () and keys[0] in names


def _hides_clause(keys: Keys) -> bool:
    """Say whether a fault hides which clauses there are."""
    return keys[0] in ("clauses", "preamble", "interpretation") and (
        len(keys) < 3 or keys[-1] == "id"
    )


def _hides_words(keys: Keys) -> bool:
    """Say whether a fault hides words of a clause, which may hold the mark of a term."""
    return keys[0] in ("clauses", "preamble", "interpretation", "definition") and keys[-1] not in (
        "id",
        "force",
        "addressee",
        "beneficiary",
    )


def _hides_blank(keys: Keys, blank: str | None) -> bool:
    """Say whether a fault hides that a blank is declared: one of its name, or of no name at all."""
    return keys[:1] == ("parameters",) and (
        keys[1:] == (blank,) or (len(keys) == 2 and not re.fullmatch(PARAMETER_NAME, str(keys[1])))
    )


_OF_WHOLE: dict[str, Callable[[Keys], bool]] = {
    "undeclared-parameter": lambda keys: keys == ("parameters",),  # and those of _hides_blank
    "file-name": _below("id"),
    "wrong-folder": _below("id"),
    "id-form": _below("id"),
    "duplicate-clause-id": _hides_clause,
    "unused-parameter": _hides_words,
    "parameter-unit": _below("parameters"),
    "unmarked-term": _hides_words,
    "summary-form": _below("summary"),
    "ends-before-it-begins": _below("begins", "ends"),
    "unknown-clause": _hides_clause,
    "no-such-clause": _hides_clause,
    "label-against-target": _hides_clause,
    "copied-title": _below("title"),
    "withdrawn-reference": _below("status", "withdrawn"),
}
"""Rules that look at several parts, each with which faults hide what it looks for."""
_OF_ALL_IN_PLACE = frozenset(("no-full-stop", "broken-word", *_OF_WHOLE))
"""Rules that speak where words are missing: silent where it is not sure what stands where."""
_OF_TARGET = frozenset(
    (
        "unknown-clause",
        "no-such-clause",
        "label-against-target",
        "copied-title",
        "withdrawn-reference",
    )
)
"""Rules that look for it in the record that a reference leads to."""

_RULES = _OF_VALUE | _OF_PART | _OF_WHOLE.keys()


def is_legible(document: Document) -> bool:
    """Say whether a document is no record, and what fits in it is looked at all the same."""
    return (
        document.record is None
        and bool(document.unread)
        and all(fault.rule != "misplaced-file" for fault in document.faults)
        and document.kind is not None
        and KINDS[document.kind].family in _FAMILIES
    )


def of_legible(context: Context) -> Iterator[Finding]:
    """Yield what more is found in files that are no records, beside why they are none."""
    faulty = [each for each in context.corpus.documents if is_legible(each)]
    if not faulty:
        return
    files = {each.path: context.of_one(_read, each) for each in faulty}
    for file in files.values():
        yield from file.faults
    read = {
        each.path: _document(each, files[each.path])
        for each in faulty
        if files[each.path].record is not None
    }
    if read:
        corpus = corpus_of(read.get(each.path, each) for each in context.corpus.documents)
        inner = replace(context, corpus=corpus, walked_before=context.walk, known={})
        yield from _found(inner, files, read)


def _read(document: Document) -> LegibleFile:
    return legible(document.path, document.kind or "", document.unread)


def _document(was: Document, file: LegibleFile) -> Document:
    """Return the document of what fits in a file, under the id that the file is known by."""
    return replace(document_of(was.path, was.kind, file.record, ()), id=was.id)


def _found(
    context: Context, files: dict[str, LegibleFile], read: dict[str, Document]
) -> Iterator[Finding]:
    rules = [each for each in context.rules.values() if each.slug in _RULES]
    unknown: dict[str, list[Finding]] = {}
    for each in unknown_reference(context):
        unknown.setdefault(each.path, []).append(replace(each, rule="unknown-reference"))
    for path, document in read.items():
        several = [
            replace(finding, rule=each.slug)
            for each in rules
            for finding in each.generate(document, context)
        ]
        let_stand = {entry.rule for _, entry in entries(document)}
        for finding in (*several, *unknown.get(path, ())):
            suppressed = finding.rule in let_stand and context.rules[finding.rule].may_be_suppressed
            told = None if suppressed else files[path].in_file(finding)
            if told and not any(_hides(context, files, document, told, finding)):
                yield replace(told, id=document.id)


def _hides(
    context: Context,
    files: dict[str, LegibleFile],
    document: Document,
    told: Finding,
    finding: Finding,
) -> Iterator[bool]:
    """Yield for each fault whether it hides what the rule of a finding looked for."""
    if finding.rule in _OF_PART:
        part = told.route.keys[:2]
        yield from (keys[: len(part)] == part for keys in files[document.path].at_fault)
    if finding.rule in _OF_ALL_IN_PLACE:
        yield not files[document.path].is_sure
    if finding.rule not in _OF_WHOLE:
        return
    looked_into = {document.path}
    if finding.rule in _OF_TARGET:
        looked_into = {
            target.path
            for _, reference, target in context.corpus.links_of(document)
            if target is not None and reference.route.keys == finding.route.keys
        } or looked_into
    for path in looked_into & files.keys():
        yield from map(_OF_WHOLE[finding.rule], files[path].at_fault)
    if finding.rule == "undeclared-parameter":
        at_fault = files[document.path].at_fault
        yield from (_hides_blank(keys, finding.found) for keys in at_fault)
