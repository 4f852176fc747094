"""What the coordinators keep in private, held against the salted digests in the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from govkit.corpus.whole import Corpus
from govkit.records.calls import CallInput
from govkit.records.comments import Comment
from govkit.records.evidence import Evidence
from govkit.store import private


def kept_sources(root: Path, corpus: Corpus) -> Mapping[str, bool | None]:
    """Say of each salted digest whether what the private folder has under it fits.

    None where nothing is on this machine: that can't be compared here.
    """
    return {digest: private.fits(root, digest) for digest in dict.fromkeys(_digests(corpus))}


def _digests(corpus: Corpus) -> Iterator[str]:
    for document in corpus.of_kind("comment", "evidence", "input"):
        record = document.record
        several: tuple[str | None, ...] = ()
        if isinstance(record, Evidence):
            several = (record.source, record.mail.raw if record.mail else None)
        elif isinstance(record, Comment):
            several = (record.withheld, record.source.snapshot)
        elif isinstance(record, CallInput):
            several = (record.source,)
        yield from (each for each in several if each is not None)
