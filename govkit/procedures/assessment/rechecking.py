"""The quotations of an evaluation held against another version: a later import, or an archive.

Where an archive has the versions in between, a quotation that does not hold any longer is followed
through them to the one in which it was lost: if the archive only reads the page in another way
there, the platform changed nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from govkit.assessment.anchoring import AnchoringText
from govkit.assessment.archive import ArchiveVersion, UpstreamKind, between
from govkit.assessment.rechecking import QuotedWords, Recheck, rechecked
from govkit.procedures.assessment.archives import canonical_of
from govkit.procedures.assessment.reading_sets import QuoteOfCoding, SetReading
from govkit.store.committed_files import blob_bytes

NO_DOCUMENT = Recheck("lost", "the document is not in the new set, or is no terms there")


class RecheckedQuote(NamedTuple):
    """A quotation with what became of it, and the version of the archive in which it changed.

    `kind` says why the archive recorded that version; `technical` is no change of the platform.
    """

    of: QuoteOfCoding
    found: Recheck
    kind: UpstreamKind = "unknown"
    commit: str = ""
    day: str = ""


def recheck_quotes(
    quotes: Sequence[QuoteOfCoding],
    old: SetReading,
    new_texts: Mapping[str, str],
    versions: Mapping[str, Sequence[ArchiveVersion]],
    archive: Path | None,
) -> list[RecheckedQuote]:
    """Return what became of each quotation.

    `versions` are those of the archive after the old text, by document, the oldest first.
    """
    anchors = {id: AnchoringText(text) for id, text in new_texts.items()}
    found = []
    for each in quotes:
        id = each.quote.document
        if id not in anchors:
            found.append(RecheckedQuote(each, NO_DOCUMENT))
            continue
        words, text = _words(each), old.texts.get(id)
        result = rechecked(words, anchors[id], old.language, text)
        row = versions.get(id, ())
        if result.outcome == "carried" or not row or archive is None:
            found.append(RecheckedQuote(each, result))
            continue
        at = _first_lost(words, row, archive, old.language, text)
        found.append(RecheckedQuote(each, result, at.kind, at.commit, at.day))
    return found


def _words(each: QuoteOfCoding) -> QuotedWords:
    quote = each.quote
    start, end = quote.position if quote.position else (None, None)
    return QuotedWords(quote.exact, quote.prefix or "", quote.suffix or "", start, end)


def _first_lost(
    words: QuotedWords,
    row: Sequence[ArchiveVersion],
    archive: Path,
    language: str,
    old_text: str | None,
) -> ArchiveVersion:
    """Return the first version in which a quotation does not hold as it did."""
    for version in row[:-1]:
        text = canonical_version(archive, version)
        if rechecked(words, AnchoringText(text), language, old_text).outcome != "carried":
            return version
    return row[-1]


def canonical_version(archive: Path, version: ArchiveVersion) -> str:
    """Return the canonical text of a version of an archive."""
    return canonical_of(blob_bytes(archive, [version.blob])[version.blob])


def newer_versions(
    old: SetReading, versions: Sequence[ArchiveVersion], day: str
) -> dict[str, tuple[ArchiveVersion, ...]]:
    """Return the versions of each document after the one that was imported, up to a day."""
    found = {}
    for each in old.record.documents:
        if each.upstream_commit and each.path:
            row = between(versions, each.path, each.upstream_commit, "")
            found[each.id] = tuple(version for version in row if version.day <= day)
    return found
