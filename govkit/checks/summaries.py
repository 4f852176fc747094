"""Family: the one sentence that tells users what a provision gives them."""

from __future__ import annotations

from typing import Any

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.documents import Document
from govkit.corpus.term_words import OUT_OF_USE
from govkit.patterns import lazy_regex

MOST_WORDS = 35
_SUMMARY = ("summary",)
_SENTENCE_ENDS = lazy_regex(r"[.!?\u061f\u06d4\u0964\u3002]+(?=\s+[^\W\d_a-z])")
_NAME_OF_BLANK = lazy_regex(r"\{[a-z][a-z0-9_]*\}|\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
_TARGET = lazy_regex(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_STRENGTH = {"must": 2, "must-not": 2, "should": 1, "should-not": 1, "may": 0, "declares": 0}
"""How strongly a clause binds. `may` and `declares` oblige nobody."""


def summary_form(document: Document, _: Context) -> Findings:
    """A summary is one plain sentence of at most 35 words, without names of blanks."""
    text = _summary(document)
    if not text:
        return
    words = len(_TARGET.sub("]", text).split())
    if words > MOST_WORDS:
        yield remark(
            document,
            f"the summary has {words} words",
            at("summary"),
            expected=f"at most {MOST_WORDS} words",
            help="Say what the user gets, and leave conditions and exceptions to the clauses.",
        )
    for found in list(_SENTENCE_ENDS.finditer(text))[:1]:
        yield remark(
            document,
            "the summary has more than one sentence",
            at("summary", span=found.span()),
            found=text[found.start() :].strip()[:60],
            help="Keep the sentence that tells users most.",
        )
    for found in _NAME_OF_BLANK.finditer(text):
        if found.group()[1:-1] in getattr(document.record, "parameters", {}):
            continue  # `blank-in-prose` says so
        yield remark(
            document,
            f"`{found.group()}` is a name for programs",
            at("summary", span=found.span()),
            found=found.group(),
            help="Write in words what is meant, as `in time`, or the number that is usual.",
        )


def summary_force(document: Document, context: Context) -> Findings:
    """A summary promises no more than the clauses: no `must` where they say `should`."""
    if not _summary(document):
        return
    record: Any = document.record
    live = [clause for clause in record.clauses if clause.withdrawn is None]
    strongest = max((_STRENGTH[clause.force] for clause in live), default=0)
    for keys, text, hits in context.walk.of(document).prose:
        if keys != _SUMMARY:
            continue
        for hit in hits:
            if _STRENGTH[hit.phrase.means.force] > strongest:
                found = text[hit.start : hit.end]
                yield remark(
                    document,
                    f"`{found}` is stronger than every clause",
                    at("summary", span=(hit.start, hit.end)),
                    found=found,
                    help="Use the word of the clauses; or say what is so, where nobody is bound.",
                )


def _summary(document: Document) -> str:
    if document.kind != "provision" or document.status in OUT_OF_USE:
        return ""
    return getattr(document.record, "summary", None) or ""
