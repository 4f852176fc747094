"""Family: an entry in the register of adoptions says one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, remark
from govkit.corpus.documents import Document
from govkit.records.texts import Instrument

if TYPE_CHECKING:
    from govkit.records.adoption import Adoption


def adoption_unclear(context: Context) -> Findings:
    """An adoption names a level of its book, each provision once, and ends after it began."""
    for document in context.corpus.of_kind("adoption"):
        if document.record is not None:
            yield from _unclear(document, cast("Adoption", document.record), context)


def _unclear(document: Document, record: Adoption, context: Context) -> Findings:
    yield from _level(document, record, context)
    seen: set[str] = set()
    for name in ("whole", "adapted", "left_out"):
        for n, id in enumerate(getattr(record, name)):
            if id in seen:
                yield remark(
                    document,
                    f"{id} is named twice, and is whole, adapted or left out",
                    at(name, n),
                    stops="merge",
                    found=id,
                    help="Keep the line that its statement has.",
                )
            seen.add(id)
    if record.ended and record.applies_from and record.ended < record.applies_from:
        yield remark(
            document,
            f"it ended on {record.ended}, before it began on {record.applies_from}",
            at("ended"),
            stops="merge",
            help="Look at both days.",
        )


def _level(document: Document, record: Adoption, context: Context) -> Findings:
    book = context.corpus.find(("instrument",), record.book)
    if record.level is None or book is None or book.record is None:
        return
    levels = [level.id for level in cast(Instrument, book.record).levels]
    if record.level not in levels:
        yield remark(
            document,
            f"{book.id} has no level `{record.level}`",
            at("level"),
            stops="merge",
            found=record.level,
            help=f"It has: {', '.join(levels) or 'none'}.",
        )
