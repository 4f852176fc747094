"""Keys and signatures of invented people, the same in every run and made without a process."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from govkit.log.amendments import own_rules
from govkit.log.checkpoints import OF_HEADS, Checkpoint
from govkit.log.coordinators import genesis_of
from govkit.log.digests import tree_of
from govkit.log.heads import path_of_head
from govkit.log.keys import bare_signature
from govkit.log.signed_statements import root_fingerprint, taken_over_statement
from govkit.records.log import TakenOver
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.source.ssh_signing import ED, Pair, pair, signed


@cache
def pair_of(name: str) -> Pair:
    """The key of somebody; another name gives another key."""
    return pair(ED, random.Random(name))


def public_of(name: str) -> str:
    """Its public half, as records have it."""
    return pair_of(name).public


def seal(by: str, words: str, namespace: str = "act@govkit", key: str = "k1") -> dict[str, str]:
    """A signature of these words, as a record has it; `key` is what the record calls the key.

    The first key of somebody has their own name, another one the name of both.
    """
    name = by if key == "k1" else f"{by} {key}"
    return {
        "by": by,
        "key": key,
        "signature": bare_signature(signed(pair_of(name), words.encode(), namespace)),
    }


def seal_log(root: Path) -> None:
    """Seal all entries of a log, as the first coordinator of now, with that person's first key.

    Nothing is done while the coalition is forming.
    """
    corpus = open_workspace(root).corpus
    genesis, rules = genesis_of(corpus), own_rules(corpus)
    if genesis is None or rules is None:
        return
    tree = tree_of(corpus)
    text = Checkpoint(root_fingerprint(genesis), len(tree), tree.root()).text
    path = path_of_head(len(tree))
    by = seal(rules.now.coordinators[0], text, OF_HEADS)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_bytes(record_bytes("log-head", {"checkpoint": text, "seals": [by]}, path))


def private_file(folder: Path, name: str) -> Path:
    """Write a pair as ssh-keygen does, and return the private file."""
    key = Ed25519PrivateKey.from_private_bytes(random.Random(name).randbytes(32))
    file = folder / name.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    file.with_name(f"{file.name}.pub").write_text(f"{public_of(name)} a comment\n")
    return file


def past_signed(root: str, said: dict[str, Any]) -> dict[str, Any]:
    """What is taken over, signed by everybody whom it names; `root` is the fingerprint."""
    words = taken_over_statement(TakenOver.model_validate(said), root)
    return said | {"signatures": [seal(id, words) for id in said["by"]]}
