"""Which files a release has, and how each is made.

The names are known before anything is made: the manifest lists them, and every PDF carries the
manifest. A file depends on the release value and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.release.release import Release
from govkit.rendering.document import Document
from govkit.rendering.formats import FORMATS, written
from govkit.rendering.holdings import name_of_book
from govkit.rendering.release.book import book_of_release

ALL = "all"
"""The name of what a release of several books is called."""
_PAGES = ("md", "html", "pdf")
"""The formats of everything that is no book."""

Make = Callable[[], bytes]


def artefact_names(
    corpus: Corpus, instrument: str | None, formats: Collection[str], *, compared: bool = False
) -> tuple[str, ...]:
    """Return the names of all files of a release, in the order in which they are made.

    `instrument` is the id of the book, or None for a release of several. `compared` says that there
    is an earlier version to compare with.
    """
    book = name_of_book(instrument) if instrument else ALL
    return tuple(f"{book}.{format}" for format in FORMATS if format in formats)


def artefacts(release: Release) -> Iterator[tuple[str, Make]]:
    """Yield each file that the manifest lists, by its name, with what makes its bytes.

    Raises `GovkitError` for a name that no release of this version of govkit has.
    """
    for name in release.manifest.artefacts:
        yield name, _maker(name, release)


def _maker(name: str, release: Release) -> Make:
    stem, _, format = name.rpartition(".")
    documents = _documents(release)
    if stem in documents and format in FORMATS:
        return partial(_written, documents[stem], release, format)
    raise GovkitError(
        f"nothing here makes the file {name} of the release {release.manifest.version}",
        "Use the version of govkit that the manifest names under `tools`.",
    )


def _documents(release: Release) -> dict[str, Callable[[Release], Document]]:
    book = release.manifest.instrument
    return {name_of_book(book) if book else ALL: book_of_release}


def _written(make: Callable[[Release], Document], release: Release, format: str) -> bytes:
    return written(make(release), format)
