"""The words that published releases hold."""

from __future__ import annotations

from govkit.corpus.whole import Corpus
from govkit.records.releases import Manifest


def released_words(corpus: Corpus) -> frozenset[tuple[str, str]]:
    """Return the words (id, digest) that a published release holds; a draft of one counts not."""
    public = {
        document.path.rpartition("/")[0]
        for document in corpus.of_kind("publication")
        if document.record is not None
    }
    return frozenset(
        (unit.id, unit.digest)
        for document in corpus.of_kind("manifest")
        if isinstance(document.record, Manifest)
        and document.path.rpartition("/")[0] in public
        and "-draft." not in document.record.version
        for unit in document.record.units
    )
