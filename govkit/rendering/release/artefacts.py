"""Which files a release has, and how each is made.

The names are known before anything is made: the manifest lists them, and every PDF carries the
manifest. A file depends on the release value and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.records.releases import ReleasedUnit
from govkit.release.manifest import slug_of
from govkit.release.release import Release
from govkit.rendering.document import Document
from govkit.rendering.formats import FORMATS, written
from govkit.rendering.release.book import book_of_release, with_manifest
from govkit.rendering.release.colophon import how_to_check, with_word_notice
from govkit.rendering.release.consent import consent_document
from govkit.rendering.release.consent_data import consent_data
from govkit.rendering.release.consultation import consultation_document, consultations_of
from govkit.rendering.release.evidence import evidence_archive
from govkit.rendering.release.notes import notes_document
from govkit.rendering.release.redline import redline_document

PAGES = ("md", "html", "pdf", "docx")
"""The formats of everything that is no book. Of a book there is JSON besides."""
CONSENT_DATA = "consent.json"
EVIDENCE = "evidence.tar"

Make = Callable[[], bytes]
Layout = Callable[[Release], Document]

_PAGES: dict[str, Layout] = {
    "redline": redline_document,
    "notes": notes_document,
    "consultation": consultation_document,
    "consent": consent_document,
}
_IN_WORD: dict[str, Layout] = {"redline.docx": partial(redline_document, tracked=True)}
"""Pages that Word shows in a way of its own: a redline has tracked changes there."""
_DATA: dict[str, Callable[[Release], bytes]] = {
    CONSENT_DATA: consent_data,
    EVIDENCE: evidence_archive,
}


def artefact_names(
    corpus: Corpus,
    instrument: str | None,
    formats: Collection[str],
    *,
    units: Iterable[ReleasedUnit] = (),
    compared: bool = False,
) -> tuple[str, ...]:
    """Return the names of all files of a release, in the order in which they are made.

    `instrument` is the id of the book, or None for a release of several. `units` are the texts with
    what adopted them. `compared` says that there is an earlier version to compare with.
    """
    names = [f"{slug_of(instrument)}.{format}" for format in FORMATS if format in formats]
    if instrument is None:  # each book that it holds has pages and evidence of its own
        return tuple(names)
    has_comments = next(consultations_of(corpus, units), None) is not None
    left_out = {"redline": not compared, "consultation": not has_comments}
    for stem in _PAGES:
        if not left_out.get(stem):
            names += [f"{stem}.{format}" for format in PAGES if format in formats]
    return (*names, *_DATA)


def artefacts(release: Release) -> Iterator[tuple[str, Make]]:
    """Yield each file that the manifest lists, by its name, with what makes its bytes.

    Raises `GovkitError` for a name that no release of this version of govkit has.
    """
    layouts = {slug_of(release.manifest.instrument): book_of_release, **_PAGES}
    documents: dict[str, Callable[[], Document]] = {
        stem: cache(partial(_laid_out, lay, release)) for stem, lay in layouts.items()
    }
    documents |= {name: partial(_laid_out, lay, release) for name, lay in _IN_WORD.items()}
    for name in release.manifest.artefacts:
        yield name, _maker(name, release, documents)


def _maker(name: str, release: Release, documents: Mapping[str, Callable[[], Document]]) -> Make:
    stem, _, format = name.rpartition(".")
    if name in _DATA:
        return partial(_DATA[name], release)
    if stem in documents and format in FORMATS:
        lay = documents.get(name, documents[stem])
        if format == "docx":
            return lambda: written(with_word_notice(lay(), release), format)
        return lambda: written(lay(), format)
    raise GovkitError(
        f"nothing here makes the file {name} of the release {release.manifest.version}",
        "Use the version of govkit that the manifest names under `tools`.",
    )


def _laid_out(lay: Layout, release: Release) -> Document:
    """Return a document of the release; each is laid out once, for all its formats."""
    document = lay(release)
    if lay is not book_of_release:  # a book has these pages already, among others
        document = replace(document, sections=(*document.sections, how_to_check(release)))
    return with_manifest(document, release)
