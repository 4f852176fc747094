"""Family 8, second half: adopted texts stay in their book, under the headings that were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.findings import Finding, Keys
from govkit.records.kinds import TEXT_KINDS
from govkit.records.releases import Manifest

IN_A_BOOK = ("adopted", "deprecated")
"""The states of a text that holds and whose place in a book counts."""
HANDBOOK = "docs/changes.md"


def moved_between_books(context: Context) -> Findings:
    """An adopted text stays in its book until a decision withdraws it."""
    books = _books_before(context)
    for book in context.corpus.of_kind("instrument"):
        for reference in book.references:
            before = books.get(reference.key) if reference.role == "item" else None
            text = context.corpus.find(TEXT_KINDS, reference.key)
            if before is None or before == book.id or not _holds(text):
                continue
            yield refusal(
                book,
                f"{reference.key} is adopted, and stood in {before}; here it stands in {book.id}",
                reference.route,
                expected=before,
                found=book.id,
                enforces=HANDBOOK,
                help=f"Put its line back into {before}. For another book, propose a text with an "
                "id of its own, and that this one is withdrawn: `govkit propose open`.",
            )


def _holds(text: Document | None) -> bool:
    return text is not None and text.status in IN_A_BOOK


def _books_before(context: Context) -> dict[str, str]:
    """Return in which book each text stood in the newest published release, or in the base."""
    found: dict[str, str] = {}
    published = {each.path for each in context.corpus.of_kind("publication")}
    manifests = [
        (each.record, each.record.instrument)
        for each in context.corpus.of_kind("manifest")
        if isinstance(each.record, Manifest)
        and each.record.instrument is not None
        and each.path.replace("/manifest.yaml", "/published.yaml") in published
    ]
    for manifest, book in sorted(manifests, key=lambda each: each[0].dated):
        found |= {unit.id: book for unit in manifest.units}
    if context.base is not None:
        for document in context.base.before.of_kind("instrument"):
            found |= {link.key: document.id for link in document.references if link.role == "item"}
    return found


# --- headings and order ---------------------------------------------------------------------------


class _Place(NamedTuple):
    """Where a text stands in a book: the way to its part, and the headings over it, in order.

    `words` are the sentences that stand under these headings.
    """

    keys: Keys
    headings: tuple[str, ...]
    words: tuple[str, ...]


def heading_changed(context: Context) -> Findings:
    """The headings over adopted texts and their order are those under which they were read."""
    base = context.base
    assert base is not None
    for path in sorted(base.changed):
        book = context.corpus.by_path.get(path)
        if book is None or book.kind != "instrument" or book.record is None:
            continue
        yield from rearranged(base.before.find(("instrument",), book.id), book, context.corpus)


def rearranged(old: Document | None, book: Document, corpus: Corpus) -> Findings:
    """Yield where headings over adopted texts, or their order, differ from an earlier state."""
    if old is not None and old.record is not None:
        yield from _rearranged(book, _places(old, corpus), _places(book, corpus))


def _places(book: Document, corpus: Corpus) -> dict[str, _Place]:
    """Return where each adopted text stands in a book, in the order of the book."""
    record: Any = book.record
    found = _below(record.parts, _Place(("parts",), (), ()))
    return {id: place for id, place in found if _holds(corpus.find(TEXT_KINDS, id))}


def _below(sections: Any, over: _Place) -> Iterator[tuple[str, _Place]]:
    for n, section in enumerate(sections):
        place = _Place(
            (*over.keys, n), (*over.headings, section.title), (*over.words, section.text or "")
        )
        for id in section.items:
            yield id, place
        yield from _below(section.parts, place._replace(keys=(*place.keys, "parts")))


def _rearranged(
    book: Document, before: Mapping[str, _Place], now: Mapping[str, _Place]
) -> Findings:
    moved: dict[tuple[_Place, _Place], list[str]] = {}
    for id, place in now.items():
        if id in before and before[id][1:] != place[1:]:
            moved.setdefault((before[id], place), []).append(id)
    for (old, place), ids in moved.items():
        was, is_ = (" / ".join(each.headings) for each in (old, place))
        message = f"{_row(ids)} stood under `{was}`, and here under `{is_}`"
        if was == is_:
            message = f"the words under the heading `{is_}`, over {_row(ids)}, changed"
        yield _changed(book, place.keys, message, was, is_)
    orders = [[id for id in places if id in before and id in now] for places in (before, now)]
    if orders[0] != orders[1] and not moved:
        n = next(n for n, id in enumerate(orders[1]) if id != orders[0][n])
        first = orders[1][n]
        yield _changed(
            book,
            now[first].keys,
            f"{orders[0][n]} stood before {first}, and here behind it",
            ", ".join(orders[0]),
            ", ".join(orders[1]),
        )


def _changed(book: Document, keys: Keys, message: str, was: str, is_: str) -> Finding:
    return remark(
        book,
        message,
        at(*keys),
        stops="release",
        expected=was,
        found=is_,
        enforces=HANDBOOK,
        help="No word of an adopted text changes, but how it is read may. Put the heading and the "
        "order back, or have the coordinators look at it and say so under `suppress`.",
    )


def _row(ids: list[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{', '.join(ids[:-1])} and {ids[-1]}"
