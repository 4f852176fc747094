"""Findings that the editors let stand: with a rule, a reason, a name and a last day."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.records.base import Suppression
from govkit.source.nearest import nearest


def entries(document: Document) -> Iterator[tuple[int, Suppression]]:
    """Yield the entries under `suppress` of a record with their positions."""
    return enumerate(document.record.suppress if document.record else ())


def suppression_expired(document: Document, context: Context) -> Findings:
    """A suppressed finding is looked at again when its day has passed."""
    for i, entry in entries(document):
        if entry.until < context.today:
            yield remark(
                document,
                f"the finding `{entry.rule}` was let stand until {entry.until}",
                at("suppress", i, "until"),
                stops="release",
                found=str(entry.until),
                help="Mend the text and delete the entry, or set a new day with the reason.",
            )


def suppression_unknown(document: Document, context: Context) -> Findings:
    """Only a rule that exists, and that may be suppressed, is suppressed."""
    for i, entry in entries(document):
        known = context.rules.get(entry.rule)
        if known is not None and known.may_be_suppressed:
            continue
        message, help = (
            f"`{entry.rule}` can't be suppressed",
            "It guards the form of records, which is no matter of judgement. Mend what it finds.",
        )
        near = ""
        if known is None:
            near = nearest(entry.rule, list(context.rules))
            message = f"there is no rule `{entry.rule}`"
            help = f"Did you mean `{near}`?" if near else "`govkit explain` lists the rules."
        yield refusal(
            document, message, at("suppress", i, "rule"), expected=near, found=entry.rule, help=help
        )


def suppression_unused(document: Document, context: Context) -> Findings:
    """An entry that silences nothing any more is deleted."""
    for i, entry in entries(document):
        known = context.rules.get(entry.rule)
        if known is None or not known.may_be_suppressed:
            continue
        looked = known.scope != "base" or context.base is not None  # else it found nothing at all
        if looked and (document.path, i) not in context.silencing:
            yield remark(
                document,
                f"`{entry.rule}` finds nothing here any more",
                at("suppress", i),
                found=entry.rule,
                help="Delete the entry.",
            )
