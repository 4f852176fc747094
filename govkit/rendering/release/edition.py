"""What the front of a page says about its release: version, days, root fingerprint, log head."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.whole import Corpus
from govkit.languages.catalogue import Messages
from govkit.log.chain import NewestEntry, newest_entry_of
from govkit.log.coordinators import genesis_of
from govkit.log.signed_statements import root_fingerprint
from govkit.records.releases import EntryAt
from govkit.release.release import Release
from govkit.rendering.document import Fact, Facts, Front
from govkit.rendering.release import words
from govkit.rendering.spans import Code, Span, Words
from govkit.rendering.typography import curled

HEAD = "head"


def edition_of(release: Release) -> str:
    """Return the version and the day, in words: `Version 1.1.0, 1 September 2026`."""
    said = release.messages
    named = words.edition(said, release.manifest.version, release.day)
    return f"{said['release.preview']}: {named}" if release.is_preview else named


def notice_of(release: Release) -> str:
    """Return what a reader of any page of the release has to know first."""
    said = release.messages
    notices = [said["release.preview-notice"]] if release.is_preview else []
    if release.validity is not None and not release.is_draft:
        notices.append(words.valid(said, *release.validity))
    if release.is_draft:
        notices.append(said["release.draft-notice"])
    if release.is_forming:
        notices.append(said["release.forming-notice"])
    return " ".join(notices) or said["release.signed-notice"]


def draft_mark(release: Release) -> str:
    """Return the word of the draft mark, or nothing."""
    return release.messages["book.draft"] if release.is_draft else ""


def facts_about(release: Release) -> Iterator[Fact]:
    """Yield the lines about the release: days, what it supersedes, and by what it is proved."""
    said = release.messages
    manifest = release.manifest
    yield Fact(said["release.version"], (Words(manifest.version),))
    yield Fact(said["release.released"], (Words(said.date(release.day)),))
    if not release.is_draft:
        yield Fact(said["release.in-force"], (Words(_in_force(release)),))
    elif release.manifest.effective is not None:
        yield Fact(said["release.planned"], (Words(_in_force(release)),))
    if manifest.supersedes:
        yield Fact(said["release.supersedes"], (Words(words.version(said, manifest.supersedes)),))
    if release.validity is not None and release.validity.superseded_by:
        by = words.version(said, release.validity.superseded_by)
        yield Fact(said["release.superseded-by"], (Words(by),))
    yield from proof_of(release)


def _in_force(release: Release) -> str:
    """Return the day from which the texts apply, and those that have a day of their own."""
    said = release.messages
    own: dict[str, list[str]] = {}
    for unit in release.manifest.units:
        if unit.effective is not None and str(unit.effective) != release.in_force_from:
            own.setdefault(str(unit.effective), []).append(unit.id)
    days = [said.date(release.in_force_from)]
    for day in sorted(own):
        texts = said.several(own[day])
        days.append(said.say("release.from-day", texts=texts, day=said.date(day)))
    return "; ".join(days)


def proof_of(release: Release) -> Iterator[Fact]:
    """Yield the two lines that let a reader find a rewriting."""
    yield from _proof(release.root_fingerprint, release.newest_entry, release.messages)


def proof_now(corpus: Corpus) -> Iterator[Fact]:
    """Yield the same lines for a print that belongs to no release, as the register stands.

    While the coalition is forming, there is one: that it is.
    """
    genesis = genesis_of(corpus)
    lines = tuple(
        _proof(
            root_fingerprint(genesis) if genesis else None, newest_entry_of(corpus), corpus.messages
        )
    )
    yield from lines if genesis else lines[:1]


def _proof(root: str | None, head: EntryAt | NewestEntry | None, said: Messages) -> Iterator[Fact]:
    yield Fact(said["release.root"], (Code(root),) if root else (Words(said["release.no-root"]),))
    spans: tuple[Span, ...] = (Words(said["release.no-log"]),)
    if head is not None:
        spans = (Words(f"{said['release.entry']} {head.seq}, "), Code(head.digest))
    yield Fact(said["release.newest-entry"], spans)


def imprint_of(release: Release) -> tuple[tuple[str, str], ...]:
    """Return what a program is told about the release; what is not known is left out."""
    manifest, head = release.manifest, release.newest_entry
    validity = release.validity
    told = {
        "version": manifest.version,
        "released": release.day,
        "in_force_from": "" if release.is_draft else release.in_force_from,
        "in_force_until": (validity.until if validity else None) or "",
        "supersedes": manifest.supersedes or "",
        "superseded_by": (validity.superseded_by if validity else None) or "",
        "root_fingerprint": release.root_fingerprint or "",
        "newest_entry": f"{head.seq} {head.digest}" if head else "",
    }
    return tuple((name, value) for name, value in told.items() if value)


def front_of_page(release: Release, id: str, title: str, facts: tuple[Fact, ...] = ()) -> Front:
    """Return the front of a page of the release that is no book: notes, consent, redline."""
    said = release.messages
    corpus = release.corpus
    charter = corpus.charter
    return Front(
        id=id,
        anchor=HEAD,
        issuer=curled(charter.name) if charter else "",
        title=title,
        symbol=symbol_of(corpus, release.manifest.instrument),
        draft=draft_mark(release),
        notice=notice_of(release),
        edition=edition_of(release),
        day=release.day,
        facts=Facts((*facts_about(release), *facts)),
        language=release.corpus.language,
        contents=said["book.contents"],
        of=said["general.of"],
        skip=said["book.skip"],
        imprint=imprint_of(release),
    )


def symbol_of(corpus: Corpus, instrument: str | None) -> str:
    """Return the symbol of the book, or nothing."""
    found = corpus.find(("instrument",), instrument) if instrument else None
    return (getattr(found.record, "symbol", None) or "") if found else ""
