"""The digests of the log: of an entry, which the next entry names, and of all, which is sealed."""

from __future__ import annotations

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.entries import entries_of
from govkit.log.merkle import MerkleTree
from govkit.records.log import LogEntry


def entry_digest(entry: LogEntry) -> str:
    """Return the digest of a log entry: what the next entry names, and what a registrar signs."""
    return digest_for(LogEntry.KIND, entry)


def leaf_of(entry: LogEntry) -> bytes:
    """Return the leaf of an entry: the 32 bytes of its digest."""
    return bytes.fromhex(entry_digest(entry).removeprefix("sha256:"))


def tree_of(corpus: Corpus) -> MerkleTree:
    """Return the tree over the digests of the log's entries."""
    return corpus.once(_tree_of)


def _tree_of(corpus: Corpus) -> MerkleTree:
    return MerkleTree(leaf_of(entry) for _, entry in entries_of(corpus))
