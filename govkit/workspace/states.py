"""Two states of a folder of texts, read as far as they differ: commits, tags, folders.

A state is known by the git ids of its files, so what is equal is never read. Read are the files
that differ, the terms, books and charter of both sides, and on the newer side what rests on a
changed term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govkit.corpus.changes.compare import Pair, changes_between, language_of
from govkit.corpus.changes.lexicon import Lexicon, lexicon_with
from govkit.corpus.changes.values import Changes
from govkit.corpus.documents import Document, document_of
from govkit.corpus.whole import Corpus, corpus_of
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.records.kinds import CHARTER_PATH, kind_of_path
from govkit.source.entries import is_record
from govkit.source.gate import LIMIT
from govkit.source.reading import read_record
from govkit.store import repository, worktree

TERMS = "registers/terms/"
Reader = Callable[[Iterable[str]], Mapping[str, bytes]]


@dataclass(frozen=True)
class State:
    """What the records of a folder were at one moment.

    `name` is a full commit id or the path of a folder. `ids` are git's ids of the records by path;
    `too_large` are paths that are over the limit and never read; `read` gives the bytes of paths.
    """

    name: str
    ids: Mapping[str, str]
    too_large: frozenset[str]
    read: Reader


@dataclass(frozen=True)
class Comparison:
    """Two states, what was read of them, and what changed."""

    old: State
    new: State
    before: Corpus
    after: Corpus
    changes: Changes


def state_of_commit(root: Path, commit: str) -> State:
    """Return the state of a commit, given by its full id."""
    files = {
        path: blob for path, blob in repository.governed_files(root, commit).items()
        if is_record(path, blob.what)
    }  # fmt: skip
    ids = {path: blob.id for path, blob in files.items()}

    def read(paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = {path: ids[path] for path in paths}
        data = repository.blob_bytes(root, wanted.values())
        return {path: data[id] for path, id in wanted.items()}

    large = frozenset(path for path, blob in files.items() if blob.size > LIMIT)
    return State(commit, ids, large, read)


def state_of_folder(folder: Path, root: Path) -> State:
    """Return the state of a folder on disk; its ids are as the repository at `root` gives them."""
    files = {
        path: worktree.read_bytes(folder, path)
        for path, what in worktree.list_entries(folder)
        if is_record(path, what)
    }
    large = frozenset(path for path, data in files.items() if len(data) > LIMIT)
    return State(
        str(folder), repository.blob_ids(root, files), large,
        lambda paths: {path: files[path] for path in paths},
    )  # fmt: skip


def state_named(root: Path, here: Path, name: str) -> State:
    """Return the state that a person names: a folder, seen from `here`, or a revision.

    Raises `WrongUse` where it is neither, `IncompleteHistory` in a clone that is too shallow.
    """
    folder = here / name
    if not folder.is_dir() or repository.is_commit(root, name):
        return state_of_commit(root, repository.resolve(root, name))
    if not (folder / CHARTER_PATH).is_file():
        raise WrongUse(
            f"the folder {name} holds no {CHARTER_PATH}",
            "Name the top folder of a coalition's texts.",
        )
    return state_of_folder(folder.resolve(), root)


def beginning(root: Path) -> State:
    """Return the state to compare with where nobody names one: the last release, else where this
    branch left the main one.
    """
    if repository.head(root) is None:
        raise WrongUse(
            f"{root} has no commit yet, so there is no earlier state to compare with",
            "Commit the texts first, or name two folders: govkit diff OLD NEW.",
        )
    release = repository.last_release(root)
    if release is None:
        main = repository.main_line(root) or repository.resolve(root, "HEAD")
        release = repository.merge_base(root, main)
    return state_of_commit(root, release)


def compare(old: State, new: State, declared: Mapping[Pair, int] | None = None) -> Comparison:
    """Return what changed from one state to another."""
    differ = {path for path in old.ids.keys() | new.ids.keys()
              if old.ids.get(path) != new.ids.get(path)}  # fmt: skip
    frame = {path for path in old.ids.keys() | new.ids.keys() if _is_frame(path)}
    both = frame - differ
    shared = _documents(new, both)
    before = corpus_of([*_documents(old, differ), *shared])
    changed_terms = {path for path in differ if path.startswith(TERMS)}
    resting = _resting(new, changed_terms, differ | both) if changed_terms else set()
    after = corpus_of([*_documents(new, differ | resting), *shared])
    if changed_terms:
        before = corpus_of([*before.documents, *_only_before(old, resting, before)])
    charter = after.charter or before.charter
    lexicon = _lexicon(old, language_of(charter), before, after)
    return Comparison(
        old, new, before, after,
        changes_between(before, after, lexicon=lexicon, declared=declared),
    )  # fmt: skip


def _is_frame(path: str) -> bool:
    return path == CHARTER_PATH or path.startswith(TERMS) or path.endswith("/instrument.yaml")


def _documents(state: State, paths: Iterable[str]) -> list[Document]:
    here = sorted(path for path in paths if path in state.ids)
    data = state.read([path for path in here if path not in state.too_large])
    return [_document(path, data.get(path)) for path in here]


def _document(path: str, data: bytes | None) -> Document:
    kind = kind_of_path(path)
    assert kind is not None
    if data is None:
        fault = Finding("file-too-large", "the file is larger than 1 MiB", path)
        return document_of(path, kind, None, (fault,))
    record, faults = read_record(path, kind, data)
    return document_of(path, kind, record, faults)


def _only_before(old: State, resting: set[str], before: Corpus) -> list[Document]:
    """Return the older states of what rests on a changed term: equal to the newer ones."""
    return _documents(old, {path for path in resting if path not in before.by_path})


def _resting(new: State, changed_terms: set[str], known: set[str]) -> set[str]:
    """Return the files of the newer side that name a changed term, directly or through terms.

    Files are searched as bytes; what only looks like a use is read and found to be none.
    """
    data = new.read(path for path in new.ids if path not in new.too_large)
    slugs = {_slug(path) for path in changed_terms}
    waiting, found = set(slugs), set()
    while waiting:
        pattern = _uses(waiting)
        hits = {path for path, text in data.items() if path not in found and pattern.search(text)}
        found |= hits
        waiting = {_slug(path) for path in hits if path.startswith(TERMS)} - slugs
        slugs |= waiting
    return found - known


def _slug(path: str) -> str:
    return path.removeprefix(TERMS).removesuffix(".yaml")


def _uses(slugs: Iterable[str]) -> re.Pattern[bytes]:
    words = b"|".join(re.escape(slug.encode()) for slug in sorted(slugs))
    return re.compile(rb"term:(?:%b)\)|(?:addressee|beneficiary):[^\n]*\b(?:%b)\b|- (?:%b)\s*\n"
                      % (words, words, words))  # fmt: skip


def _lexicon(old: State, language: str, before: Corpus, after: Corpus) -> Lexicon:
    """Return the words of the older state; its files are searched only when a word is asked for."""

    @cache
    def everything() -> str:
        data = old.read(path for path in old.ids if path not in old.too_large)
        return "\n".join(
            text.decode("utf-8", errors="replace").lower() for _, text in sorted(data.items())
        )

    def occurrences(word: str) -> int:
        return len(re.findall(rf"\b{re.escape(word)}\b", everything()))

    terms = [*before.of_kind("term"), *after.of_kind("term")]
    return lexicon_with(language, occurrences, terms)
