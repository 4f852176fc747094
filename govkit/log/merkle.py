"""The Merkle tree over the log: one hash for all entries, and short proofs about it.

RFC 6962, section 2.1: a leaf is `sha256(0x00 || data)`, a node `sha256(0x01 || left || right)`, so
that neither ever stands for the other. The data of a leaf are the 32 bytes of an entry's digest.
Hashes are bytes of length 32.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

HASH_LENGTH = 32
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from those below it."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """A tree that grows at its right end, and the roots and proofs of every size that it had.

    Appending costs one leaf and, on average, one node; a root or a proof O(log n) nodes.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """Begin with the data of some leaves."""
        # Row k holds the hashes of all whole subtrees of 2^k leaves, from the left.
        self._rows: list[list[bytes]] = [[]]
        for data in leaves:
            self.append(data)

    def __len__(self) -> int:
        """Return the number of leaves."""
        return len(self._rows[0])

    def append(self, data: bytes) -> None:
        """Add a leaf."""
        self._rows[0].append(leaf_hash(data))
        level = 0
        while len(self._rows[level]) % 2 == 0:
            if level + 1 == len(self._rows):
                self._rows.append([])
            self._rows[level + 1].append(node_hash(*self._rows[level][-2:]))
            level += 1

    def with_leaf(self, data: bytes) -> MerkleTree:
        """Return the tree with one leaf more; this one, which others share, stays as it is."""
        more = MerkleTree()
        more._rows = [row.copy() for row in self._rows]
        more.append(data)
        return more

    def leaf(self, index: int) -> bytes:
        """Return the hash of a leaf."""
        return self._rows[0][index]

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first `size` leaves, or over all. Raises `IndexError`."""
        whole = len(self) if size is None else size
        if whole > len(self):
            raise IndexError(whole)
        return self._hash_of(0, whole) if whole else EMPTY

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that a leaf (from 0) is among the first `size`: RFC 6962, 2.1.1."""
        if not 0 <= index < size <= len(self):
            raise IndexError(index, size)
        return tuple(self._path(index, 0, size))

    def _hash_of(self, begin: int, end: int) -> bytes:
        """Return the hash over the leaves from `begin` on, before `end`."""
        width = end - begin
        level = width.bit_length() - 1
        # A whole subtree was hashed when its last leaf came; `_split` never begins one elsewhere.
        if width == 1 << level:
            return self._rows[level][begin >> level]
        middle = begin + _split(width)
        return node_hash(self._hash_of(begin, middle), self._hash_of(middle, end))

    def _path(self, index: int, begin: int, end: int) -> list[bytes]:
        if end - begin == 1:
            return []
        middle = begin + _split(end - begin)
        if index < middle:
            return [*self._path(index, begin, middle), self._hash_of(middle, end)]
        return [*self._path(index, middle, end), self._hash_of(begin, middle)]


class MerkleEdge:
    """The right edge of a tree that grows: its root at every size, in memory of O(log n).

    With a leaf `marked`, its proof of inclusion grows with it.
    """

    def __init__(self, marked: int = -1) -> None:
        """Begin with no leaf."""
        self._size = 0
        # Whole subtrees from the left, each with its level and whether the marked leaf is in it.
        self._stack: list[tuple[int, bytes, bool]] = []
        self._marked = marked
        self._path: list[bytes] = []

    def __len__(self) -> int:
        """Return the number of leaves."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        level, node, has = 0, leaf, self._size == self._marked
        self._size += 1
        stack = self._stack
        while stack and stack[-1][0] == level:
            _, left, left_has = stack.pop()
            if has or left_has:
                self._path.append(left if has else node)
            node, has, level = node_hash(left, node), has or left_has, level + 1
        stack.append((level, node, has))

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        return self.root_and_path()[0]

    def root_and_path(self) -> tuple[bytes, tuple[bytes, ...]]:
        """Return the root, and the proof that the marked leaf is in it: RFC 6962, 2.1.1."""
        if not self._stack:
            return EMPTY, ()
        path = list(self._path)
        _, node, has = self._stack[-1]
        for _, left, left_has in reversed(self._stack[:-1]):
            if has or left_has:
                path.append(left if has else node)
            node, has = node_hash(left, node), has or left_has
        return node, tuple(path)


def _split(width: int) -> int:
    """Return the largest power of two below a width of two or more."""
    return 1 << (width - 1).bit_length() - 1


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a proof of inclusion leads to; None where its length does not fit.

    `leaf` is the hash of the leaf. The walk is that of RFC 9162, 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    node, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = node_hash(each, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, each)
        node, last = node >> 1, last >> 1
    return found if last == 0 else None
