"""After an edit: the pages of texts that it can't touch are taken over from before.

The page of a text says its own words, and the ids, titles and status of what it refers to or what
refers to it. A test holds what is taken over together with a site that is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.kinds import TEXT_KINDS, id_space
from govkit.site.page import Page
from govkit.site.site import Site

_LINKED = ("provision", "recommendation", "principle")


def kept_pages(before: Site, site: Site, pages: Mapping[str, Page]) -> Mapping[str, Page]:
    """Return those of the pages that are still right, by the ids of their texts.

    `pages` are those that `before` had. Documents never change, so that one which is the same is
    the same object.
    """
    if before.now.date() != site.now.date() or not _is_same_around(before, site):
        return {}
    old, new = (_documents(each.corpus) for each in (before, site))
    edited = [
        (corpus, mine[path])
        for corpus, mine, other in ((before.corpus, old, new), (site.corpus, new, old))
        for path in mine
        if mine[path] is not other.get(path)
    ]
    if any(document.kind not in _LINKED for _, document in edited):
        return {}  # a term, a book or the charter: its words stand on many pages
    touched = {document.id for _, document in edited}
    for corpus, document in edited:
        touched.update(_linked_with(corpus, document))
    return {id: page for id, page in pages.items() if id not in touched}


def _is_same_around(before: Site, site: Site) -> bool:
    return (
        before.address == site.address
        and before.versions == site.versions
        and before.released.keys() == site.released.keys()
    )


def _documents(corpus: Corpus) -> Mapping[str, Document]:
    return {each.path: each for each in (*corpus.documents, *corpus.copies)}


def _linked_with(corpus: Corpus, document: Document) -> Iterator[str]:
    """Yield the ids of the texts that a document refers to, and of those that refer to it."""
    for reference in document.references:
        found = corpus.find(reference.kinds, reference.key)
        if found is not None and found.kind in TEXT_KINDS:
            yield found.id
    for other, _ in corpus.back_links.get((id_space(document.kind or ""), document.id), ()):
        yield other.id
