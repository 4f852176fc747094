"""The tree over the log: the roots that others publish, and proofs that can't be bent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.log import merkle
from govkit.log.merkle import EMPTY, MerkleTree, leaf_hash, node_hash, root_by_inclusion

PUBLISHED = (
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    (
        "606162636465666768696a6b6c6d6e6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
)
"""Leaves and the root after each, as the reference tests of Certificate Transparency have them."""

SIZES = st.integers(1, 80)


def leaf(number: int) -> bytes:
    return number.to_bytes(32, "big")


def tree(size: int) -> MerkleTree:
    return MerkleTree(map(leaf, range(size)))


def by_definition(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962, 2.1, defines it, in its own words."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = max(power for power in (2**n for n in range(20)) if power < len(leaves))
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


def test_the_roots_are_those_that_others_publish() -> None:
    grown = MerkleTree()
    for data, root in PUBLISHED:
        grown.append(bytes.fromhex(data))
        assert grown.root().hex() == root


@given(SIZES, SIZES)
def test_the_root_of_every_size_is_that_of_the_definition(size: int, earlier: int) -> None:
    whole = max(size, earlier)
    leaves = [leaf(each) for each in range(whole)]
    assert tree(whole).root(earlier) == by_definition(leaves[:earlier])


def test_a_tree_without_leaves_has_the_root_of_nothing() -> None:
    assert MerkleTree().root() == EMPTY
    with pytest.raises(IndexError):
        tree(3).root(4)


@given(SIZES, st.data())
def test_a_proof_of_inclusion_leads_to_the_root_of_its_leaf_alone(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    grown = tree(size + 3)
    proof = grown.inclusion(index, size)
    assert root_by_inclusion(grown.leaf(index), index, size, proof) == grown.root(size)
    wrong = data.draw(st.sampled_from(_bent(proof)))
    assert root_by_inclusion(grown.leaf(index), index, size, wrong) != grown.root(size)
    assert root_by_inclusion(leaf_hash(b"another"), index, size, proof) != grown.root(size)
    other = data.draw(st.integers(-1, size + 2).filter(lambda each: each != index))
    assert root_by_inclusion(grown.leaf(index), other, size, proof) != grown.root(size)


def _bent(proof: tuple[bytes, ...]) -> list[tuple[bytes, ...]]:
    """Every proof with one hash more, less or another."""
    longer = [(*proof, leaf(1)), (leaf(1), *proof)]
    shorter = [proof[1:], proof[:-1]] if proof else []
    other = [(*proof[:at], leaf(7), *proof[at + 1 :]) for at in range(len(proof))]
    return [*longer, *shorter, *other]


@pytest.mark.parametrize("size", [1_000, 1_024, 5_431, 100_000])
def test_one_entry_more_and_its_root_take_few_hashes(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown, made = tree(size), [0]
    monkeypatch.setattr(merkle, "node_hash", _counted(merkle.node_hash, made))
    monkeypatch.setattr(merkle, "leaf_hash", _counted(merkle.leaf_hash, made))
    grown.with_leaf(leaf(size)).root()
    assert made[0] <= 2 * size.bit_length() + 2


def _counted(hashed: Callable[..., bytes], made: list[int]) -> Callable[..., bytes]:
    def count(*data: bytes) -> bytes:
        made[0] += 1
        return hashed(*data)

    return count


def test_a_tree_with_one_leaf_more_is_another_tree() -> None:
    before = tree(5)
    after = before.with_leaf(leaf(5))
    assert (len(before), len(after)) == (5, 6)
    assert after.root(5) == before.root() == tree(5).root()
    assert after.root() == tree(6).root()
