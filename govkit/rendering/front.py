"""The front of a book or an offprint: what it is, how far it got, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkit.corpus.documents import Document
from govkit.corpus.print_codes import codes_of
from govkit.records.kinds import NUMBERED_KINDS, id_space
from govkit.rendering import phrases
from govkit.rendering.clauses import withdrawal
from govkit.rendering.colophon import facts_for_readers
from govkit.rendering.document import Fact, Facts, Front
from govkit.rendering.holdings import Holdings, name_of_book
from govkit.rendering.places import anchor_of
from govkit.rendering.printing import Printing, in_words
from govkit.rendering.release.adoption_facts import decision_spans
from govkit.rendering.release.edition import (
    draft_mark,
    edition_of,
    facts_about,
    imprint_of,
    notice_of,
    proof_now,
)
from govkit.rendering.selection import NOTES
from govkit.rendering.spans import Code, Emphasis, Span, Spans, Words
from govkit.rendering.typography import curled

_HEAD = "head"
"""The anchor of the head of an offprint: that of its record stands where its words begin."""


_Facts = tuple[tuple[str, Spans], ...]


def front_of_book(holdings: Holdings, printing: Printing, edition: str | None) -> Front:
    """Return the front of a book. `edition` is a day, or None for a working copy."""
    said = printing.messages
    document = holdings.head
    record: Any = document.record
    digest = printing.corpus.digests.of(document) or ""
    symbol = record.symbol or ""
    named = _edition(edition, printing)
    explained = " ".join(
        (said["book.digests-explained"], said["book.digests-of-texts"], *_codes(holdings, printing))
    )
    facts = (
        (said["book.symbol"], _words(symbol)),
        (said["book.status"], _status(document, printing)),
        (said["book.edition"], _words("" if printing.release else named)),
        *((fact.name, fact.spans) for fact in _of_release(document, printing)),
        *_of_register(printing),
        (said["book.frame-digest"], (Code(digest),) if digest else ()),
        (said["book.cite"], _cited(document, printing, (symbol,), named)),
        *((fact.name, fact.spans) for fact in facts_for_readers(holdings, printing, edition)),
        (said["book.digests"], _words("" if printing.selection.is_short else explained)),
    )
    return _front(
        document,
        printing,
        edition,
        facts,
        anchor=anchor_of(document.id),
        title=curled(document.title),
        symbol=symbol,
        digest=digest,
        contents="" if printing.selection.is_short else said["book.contents"],
        selection=" ".join(_selection(holdings, printing)),
        book=name_of_book(document.id),
    )


def front_of_one(holdings: Holdings, printing: Printing, edition: str | None) -> Front:
    """Return the front of an offprint. `edition` is a day, or None for a working copy."""
    said = printing.messages
    document = holdings.head
    digest = printing.corpus.digests.of(document) or ""
    book = _book_of(document, printing)
    symbol = (getattr(book.record, "symbol", None) or "") if book else ""
    whole = curled(book.title) if book else ""
    named = _edition(edition, printing)
    left_out = printing.selection.left_out(document)
    facts = (
        (said["book.id"], (Code(document.id),)),
        (said["book.part-of"], _words(" · ".join(filter(None, (whole, symbol))))),
        (said["book.status"], _status(document, printing)),
        (said["book.edition"], _words(named)),
        *_of_register(printing),
        (
            said["book.whole-digest"] if left_out else said["book.digest"],
            (Code(digest),) if digest else (),
        ),
        (said["book.cite"], _cited_one(document, printing, (whole, symbol), named)),
        *((fact.name, fact.spans) for fact in facts_for_readers(holdings, printing, edition)),
        (said["book.digests"], _words(_explained(holdings, printing) if digest else "")),
    )
    title = curled(document.title)
    return _front(
        document,
        printing,
        edition,
        facts,
        anchor=_HEAD,
        title=f"{document.id} {title}" if holdings.texts else title,
        symbol=symbol,
        digest=digest,
        contents="",
        selection=" ".join(_selection(holdings, printing)),
        book=name_of_book(book.id) if book else "",
    )


def _explained(holdings: Holdings, printing: Printing) -> str:
    return " ".join((printing.messages["book.digests-explained"], *_codes(holdings, printing)))


def _codes(holdings: Holdings, printing: Printing) -> Iterator[str]:
    """Yield the sentence about the codes of clauses, with one of this print."""
    for text in holdings.texts.values():
        if text is None or text.record is None or printing.selection.is_short:
            continue
        for clause, digits in codes_of(text).items():
            example = f'"{text.id}({clause})/{digits}"'
            yield printing.messages.say("book.codes-explained", example=example)
            return


def _cited_one(
    document: Document, printing: Printing, book: tuple[str, str], edition: str
) -> Spans:
    """Return the line for a text or a definition; a source is cited by its own reference."""
    said = printing.messages
    if document.kind == "source":
        return ()
    whole, symbol = book
    name = said["book.definition"] if document.kind == "term" else document.id
    within = f"{said['book.in']} {whole}" if whole else ""
    return _cited(document, printing, (name, within, symbol), edition)


def _front(
    document: Document, printing: Printing, edition: str | None, facts: _Facts, **own: str
) -> Front:
    said = printing.messages
    release = printing.release
    is_draft = document.status == "draft"
    draft, notice = (said["book.draft"], said["book.draft-notice"]) if is_draft else ("", "")
    if release is not None:
        draft, notice = draft_mark(release), notice_of(release)
    return Front(
        id=document.id,
        issuer=_issuer(printing),
        status=printing.status(document.status) if document.status else "",
        draft=draft,
        notice=notice,
        edition=_edition(edition, printing),
        day=edition or "",
        facts=Facts(tuple(Fact(name, spans) for name, spans in facts if spans)),
        language=printing.corpus.language,
        of=said["general.of"],
        skip=said["book.skip"] if own["contents"] else "",
        imprint=imprint_of(release) if release else (),
        is_short=printing.selection.is_short,
        has_margin=False,
        field=f"{document.id}#title" if document.kind in NUMBERED_KINDS else "",
        **own,
    )


def _of_register(printing: Printing) -> _Facts:
    """Return the lines that let a reader find a rewriting; those of a release stand elsewhere."""
    if printing.release is not None:
        return ()
    return tuple((fact.name, fact.spans) for fact in proof_now(printing.corpus))


def _of_release(document: Document, printing: Printing) -> Iterator[Fact]:
    """Yield the lines about the release, and what was decided about the frame of the book."""
    release, adoption = printing.release, printing.adoption(document.id)
    if adoption is not None and document.kind == "instrument":
        yield Fact(
            printing.messages["book.frame-decision"], decision_spans(adoption, printing.messages)
        )
    if release is not None:
        yield from facts_about(release)


def _words(text: str) -> Spans:
    return (Words(text),) if text else ()


def _issuer(printing: Printing) -> str:
    charter = printing.corpus.charter
    return curled(charter.name) if charter else ""


def _status(document: Document, printing: Printing) -> Spans:
    withdrawn = getattr(document.record, "withdrawn", None)
    if withdrawn:
        return withdrawal(withdrawn, printing)
    return _words(printing.status(document.status) if document.status else "")


def _edition(edition: str | None, printing: Printing) -> str:
    """Return the day in words. A selection says on every page that it is none of the whole."""
    said = printing.messages
    named = said.date(edition) if edition else said["book.working-copy"]
    if printing.release is not None:
        named = edition_of(printing.release)
    marks = [said["book.selection"]] if printing.selection.is_part else []
    marks += [said["book.short-edition"]] if printing.selection.is_short else []
    return f"{named} ({', '.join(marks)})" if marks else named


def _cited(document: Document, printing: Printing, names: tuple[str, ...], edition: str) -> Spans:
    """Return issuer, title, names, status, edition, id and digest, as far as there are any."""
    is_book = document.kind == "instrument"
    status = printing.status(document.status).lower()
    day = edition[:1].lower() + edition[1:]
    parts = (*names, status, day, document.id if is_book else "")
    digest = printing.corpus.digests.of(document)
    issuer = _issuer(printing)
    spans: list[Span] = [
        *_words(f"{issuer}, " if issuer else ""),
        Emphasis(_words(curled(document.title))),
        Words("".join(f", {part}" for part in parts if part)),
    ]
    if digest:
        spans += [
            Words(f", {printing.messages['book.of-frame']} " if is_book else ", "),
            Code(digest),
        ]
    return tuple(spans)


def _book_of(document: Document, printing: Printing) -> Document | None:
    """Return the first book in which a record stands."""
    key = (id_space(document.kind or ""), document.id)
    for other, reference in printing.corpus.back_links.get(key, ()):
        if reference.role == "item":
            return other
    return None


def _selection(holdings: Holdings, printing: Printing) -> Iterator[str]:
    """Yield the sentences about what is left out on request."""
    said = printing.messages
    selection = printing.selection
    if selection.is_part:
        axes = selection.profile.axes.items() if selection.profile is not None else ()
        chosen = [in_words(said, axis, words) for axis, words in axes]
        level = selection.level
        if level is not None:
            title = level.titles.get(holdings.head.id) or next(iter(level.titles.values()))
            chosen.append(f"{said['book.level'].lower()}: {curled(title)}")
        printed = [text for text in holdings.texts.values() if text is not None]
        clauses = sum(len(selection.left_out(text)) for text in printed)
        left = len(holdings.left_out)
        named = "; ".join(chosen)
        yield phrases.selected(said, named, left, clauses, for_others=level is None)
    if selection.is_short:
        yield said["book.short-explained"]
    if selection.without:
        yield phrases.printed_without(said, [note for note in NOTES if note in selection.without])
