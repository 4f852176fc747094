"""`govkit render --release`: a book as it was released, with what became of the release since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from govkit.errors import WrongUse
from govkit.release.manifest import ReleaseName, slug_of
from govkit.release.plan import book_named
from govkit.release.version import parse
from govkit.rendering.book import book_of
from govkit.rendering.release.book import with_manifest
from govkit.workspace.releases.values import named, with_validity

if TYPE_CHECKING:
    from govkit.corpus.whole import Corpus
    from govkit.rendering.document import Document
    from govkit.rendering.selection import Selection
    from govkit.workspace import Workspace


def reprinted(
    workspace: Workspace,
    books: tuple[str, ...],
    version: str,
    selected: Callable[[Corpus], Selection],
) -> Iterator[tuple[str, Document]]:
    """Yield each book as the release has it, with the name of its files: provisions-1.0.0.

    The texts come from the state of the release, whatever is in the folder now. Raises `WrongUse`
    for what is no book, or has no such release.
    """

    for word in books:
        if word == "all":
            raise WrongUse(
                "each book has its own versions, so --release needs the name of one",
                f"As in: govkit render provisions --release {version}",
            )
        slug = slug_of(book_named(workspace.corpus, word))
        number = version.removeprefix(f"{slug}/").removeprefix("v")
        release = named(workspace.root, ReleaseName(slug, parse(number)))
        release = with_validity(release, slug, workspace.corpus)
        id, corpus = release.manifest.instrument, release.corpus
        assert id is not None, slug
        selection = selected(corpus)
        document = book_of(corpus, id, selection=selection, release=release)
        yield f"{slug}-{number}{selection.suffix}", with_manifest(document, release)
