"""What the printed words of a text rest on, as a digest: when it is the same, so are they.

A text is printed with its own words, with names of what it refers to and of what refers to it, and
with what the coalition says of all texts: the charter, the books, the terms, members, proposals and
the log. So one text that is edited makes itself and its neighbours other ones; a term or a charter
makes all of them others. `tests/site/test_cache.py` holds this against sites that are made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from govkit.cache import digest_of
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.records.kinds import id_space

_BY_LINKS = frozenset(
    (
        "provision",
        "recommendation",
        "principle",
        "source",
        "issue",
        "response",
        "initiative",
        "event",
        "paper",
        "adoption",
        "translation",
    )
)
"""Kinds of which a text shows those records alone that it is linked with."""


@dataclass(frozen=True)
class Grounds:
    """The grounds of all texts of a corpus. `digests` are those of the bytes of all files by path;
    `more` is what else is printed with each text.
    """

    corpus: Corpus
    digests: Mapping[str, str]
    more: tuple[object, ...] = ()

    def of(self, text: Document, *more: object) -> str:
        """Return the digest of the grounds of a text, and of what else is printed with it."""
        if text.path not in self._own:
            own = [text.path, self.digests[text.path], *self._linked(text)]
            self._own[text.path] = digest_of(self._around, own)
        return digest_of(self._own[text.path], more)

    @cached_property
    def _own(self) -> dict[str, str]:
        return {}

    @cached_property
    def _around(self) -> str:
        kinds = {each.path: each.kind for each in self.corpus.documents}
        found = [
            [path, digest]
            for path, digest in sorted(self.digests.items())
            if kinds.get(path) not in _BY_LINKS
        ]
        return digest_of(found, self.more)

    def _linked(self, text: Document) -> Iterator[list[str]]:
        yield from self._led_to(text)
        space = id_space(text.kind or "")
        for other, _ in self.corpus.back_links.get((space, text.id), ()):
            yield [other.path, self.digests[other.path]]
            if other.kind == "translation":  # its words stand beside those of the text
                yield from self._led_to(other)

    def _led_to(self, document: Document) -> Iterator[list[str]]:
        for reference in document.references:
            found = self.corpus.find(reference.kinds, reference.key)
            path = found.path if found is not None else ""
            yield [reference.key, path, self.digests.get(path, "")]
