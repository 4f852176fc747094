"""The pages that the site has in each language of the charter, beside those of the texts.

Who can't read the language of the texts learns here what the coalition is, what is open, how to
speak and how to check a copy, and finds the translations. What happened in the language of the
texts, as a decision or a comment, stays in it: those pages are led to, and the link says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govkit.languages.catalogue import is_written
from govkit.site import books, consultations, home, searching, taking_part, translations, verifying
from govkit.site.page import File, Page
from govkit.site.site import Site


def spoken_pages(site: Site) -> Iterator[Page | File]:
    """Yield the pages in the language that the site speaks. Where none of its words are known,
    these are the translations alone.
    """
    for made in _made(site):
        if isinstance(made, Page):
            path = f"{site.spoken}/{made.path}"
            yield replace(made, path=path, language=site.spoken)
        else:
            yield made


def _made(site: Site) -> Iterator[Page | File]:
    if is_written(site.spoken):
        yield from home.pages(site)
        yield books.all_texts(site)
        yield consultations.all_consultations(site)
        yield from taking_part.pages(site)
        yield from searching.pages(site)
        yield from verifying.pages(site)
    yield from translations.pages(site)
