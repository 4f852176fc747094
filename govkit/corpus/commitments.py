"""Commitments: what a record holds of words that can be taken out, and whether words fit it.

A commitment is SHA-256 over 32 random bytes and the canonical words. Without the salt nobody finds
the words by trying; with salt and words anybody sees that they are the ones that were filed. The
file that discloses them is bound to no digest, so it can go while everything else holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from govkit.corpus.documents import Document
from govkit.corpus.record_digests import committed_in, plain_text
from govkit.corpus.text_digests import canonical_json
from govkit.corpus.whole import Corpus
from govkit.records.comments import Author, Comment
from govkit.records.disclosures import Disclosure
from govkit.records.positions import Position


def canonical_words(disclosure: Disclosure) -> bytes:
    """Return the words of a disclosure as they are committed to; how a file has them is nothing."""
    words = disclosure.model_dump(include={"name", "affiliation", "reason"}, exclude_none=True)
    said = {key: plain_text(value) for key, value in words.items()}
    return canonical_json({"domain": "govkit/disclosure", "words": said})


def commitment_of(disclosure: Disclosure) -> str:
    """Return the commitment to the words of a disclosure: `sha256:` and 64 of 0-9 a-f."""
    salted = bytes.fromhex(disclosure.salt) + canonical_words(disclosure)
    return f"sha256:{sha256(salted).hexdigest()}"


def path_of_disclosure(path: str) -> str:
    """Return where the words behind a comment's or a position's commitment are disclosed."""
    folder, name = path.rsplit("/", 1)
    return f"{folder.rpartition('/')[0]}/names/{name}"


def records_disclosed(path: str) -> tuple[str, ...]:
    """Return the records whose words a file can disclose, none for a file of another kind."""
    folder, name = path.rsplit("/", 1) if path.count("/") > 1 else ("", path)
    if not folder.endswith("/names"):
        return ()
    return tuple(f"{folder.removesuffix('/names')}/{of}/{name}" for of in ("comments", "positions"))


def disclosure_of(corpus: Corpus, commitment: str | None) -> Document | None:
    """Return the file that discloses the words behind a commitment, or None.

    A correction may hold the commitment of what it corrects: one file discloses the words of both.
    """
    return corpus.once(_disclosures).get(commitment or "")


def _disclosures(corpus: Corpus) -> dict[str, Document]:
    """Return what discloses words, by its commitment, where a record beside it holds that."""
    found = {}
    for document in corpus.of_kind("disclosure"):
        if not isinstance(document.record, Disclosure):
            continue
        commitment = commitment_of(document.record)
        beside = (corpus.by_path.get(path) for path in records_disclosed(document.path))
        if any(each is not None and committed_in(each.record) == commitment for each in beside):
            found[commitment] = document
    return found


def disclosed(corpus: Corpus, path: str) -> Disclosure | None:
    """Return the words behind the commitment of a record; None where they are not there or others.

    Words that do not fit are nobody's: no print shows them.
    """
    record = corpus.by_path[path].record if path in corpus.by_path else None
    document = disclosure_of(corpus, committed_in(record))
    return document.record if document and isinstance(document.record, Disclosure) else None


def named_author(author: Author, words: Disclosure | None) -> Author:
    """Return who commented, with the name in place of the commitment where it is disclosed."""
    if words is None:
        return author
    named = {"name": words.name, "affiliation": words.affiliation, "commitment": None}
    return author.model_copy(update=named)


class CommittedRecord(NamedTuple):
    """A record with a commitment: its place, and its words where they are disclosed."""

    path: str
    record: Comment | Position
    words: Disclosure | None

    @property
    def commitment(self) -> str:
        """Return the commitment."""
        found = committed_in(self.record)
        assert found is not None
        return found


def committed_records(corpus: Corpus) -> Iterator[CommittedRecord]:
    """Yield each comment and position that holds a commitment, by path."""
    for document in corpus.of_kind("comment", "position"):
        record = document.record
        if isinstance(record, (Comment, Position)) and committed_in(record) is not None:
            yield CommittedRecord(document.path, record, disclosed(corpus, document.path))
