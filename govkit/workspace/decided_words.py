"""The adopted words of each text as they were decided, wherever the main branch stands.

Somebody commits an edit of adopted words, or a decision is not merged yet: then the commit that a
proposal is compared with has other words than those that were adopted. Those are taken from the
folder or from an earlier commit, and proved against the digest that was decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govkit.consent.adoption import Adoption, adoptions_of, in_doubt
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import GovkitError, WrongUse
from govkit.proposals.texts import is_adopted
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.store import objects
from govkit.workspace import Workspace
from govkit.workspace.states import FolderState, document_at

_FURTHEST = 200
"""Commits of one file that are looked at."""


@dataclass(frozen=True)
class DecidedWords:
    """A state in the words that were decided, and the bytes of the files that it has not so."""

    base: Corpus
    old: Mapping[str, bytes]


def as_decided(workspace: Workspace, state: FolderState, base: Corpus) -> DecidedWords:
    """Return a state with each adopted text in its decided words. Raises `WrongUse`.

    It does where neither the folder nor the history has the words that were adopted.
    """
    adoptions, doubtful = adoptions_of(workspace.corpus), in_doubt(workspace.corpus)
    old: dict[str, bytes] = {}
    # Terms first: the words of a text hold those of its terms.
    for kinds in (("term",), tuple(kind for kind in NORMATIVE_KINDS if kind != "term")):
        for document, adoption in list(_other_than_decided(base, kinds, adoptions)):
            if document.id not in doubtful:
                base, old[document.path] = _found(workspace, state, base, document, adoption)
    return DecidedWords(base, old)


def _other_than_decided(
    base: Corpus, kinds: tuple[str, ...], adoptions: Mapping[str, tuple[Adoption, ...]]
) -> Iterator[tuple[Document, Adoption]]:
    for document in base.of_kind(*kinds):
        known = adoptions.get(document.id, ())
        if known and known[-1].after is not None and not _is(base, document, known[-1].after):
            yield document, known[-1]


def _is(corpus: Corpus, document: Document, digest: str) -> bool:
    return is_adopted(document) and corpus.digests.of(document) == digest


def _found(
    workspace: Workspace, state: FolderState, base: Corpus, document: Document, adoption: Adoption
) -> tuple[Corpus, bytes]:
    path = document.path
    for data in _candidates(workspace, state, path):
        there = document_at(path, data)
        with_it = corpus_of([*(each for each in base.documents if each.path != path), there])
        if there.record is not None and _is(with_it, there, adoption.after or ""):
            return with_it, data
    raise WrongUse(
        f"the words of {document.id} in {state.name[:12]} are not those that were adopted "
        f"({adoption.named}), and no commit before it has them",
        "Put the adopted words back first: `govkit check` says more. Nothing was changed.",
    )


def _candidates(workspace: Workspace, state: FolderState, path: str) -> Iterator[bytes]:
    """Yield the words of a file in the folder, then in the commits before, newest first."""
    if path in workspace.files:
        yield workspace.files[path]
    commit: str | None = state.name
    for _ in range(_FURTHEST):
        try:
            changed = objects.last_change(workspace.root, commit, path) if commit else None
            commit = objects.first_parent(workspace.root, changed) if changed else None
            if commit is None:
                return
            yield from objects.bytes_at(workspace.root, commit, [path]).values()
        except GovkitError:
            return  # a folder is no commit, and has no history
