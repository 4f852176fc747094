"""A patch that came by mail, held against what is checked out: what it would change, or why not.

Everything in it is a stranger's word. Which files there are, git says; a patch only ever gives the
whole words of a text, and where others changed the same text meanwhile, both changes are put
together line by line, or the text is named.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from govkit.checks.run import findings_of
from govkit.corpus.whole import corpus_of
from govkit.errors import GovkitError, WrongUse
from govkit.findings import Finding
from govkit.proposals.submission import NO_SUBMISSION, may_be_handed_in
from govkit.records.patches import Patch, PatchedFile
from govkit.source.gate import Unreadable, admit
from govkit.source.places import with_places
from govkit.store import commit_names, committed_files, objects
from govkit.workspace.comparison import StateComparison, compare
from govkit.workspace.edited_texts import stops_handing_in, with_files
from govkit.workspace.states import FolderState, documents_at, state_of_commit

_ASK = "Tell the sender. Nothing was written."


@dataclass(frozen=True)
class PatchReading:
    """A patch as it fits. `onto` is the commit that it goes on, `files` what it changes there.

    `conflicts` are texts that others changed in the same lines, with the reason; then `onto` is the
    commit that the patch was made for, or None where this clone does not have that one. `merged`
    are texts in which both changes were put together, `there` those that have these words already.
    """

    patch: Patch
    head: str
    onto: FolderState | None
    files: Mapping[str, bytes | None]
    merged: tuple[str, ...]
    there: tuple[str, ...]
    conflicts: Mapping[str, str]
    root: Path

    @cached_property
    def after(self) -> FolderState:
        """Return the state with the patch."""
        assert self.onto is not None
        return with_files(self.root, self.onto, self.files)

    @cached_property
    def before(self) -> Mapping[str, bytes]:
        """Return the words that it changes, as they are there now."""
        assert self.onto is not None
        return self.onto.read([path for path in self.files if path in self.onto.ids])

    @cached_property
    def comparison(self) -> StateComparison:
        """Return what it changes."""
        assert self.onto is not None
        return compare(self.onto, self.after)

    def findings(self, today: datetime.date) -> list[Finding]:
        """Return the mistakes in the words of the texts that it changes, with their places."""
        corpus = corpus_of(documents_at(self.after, self.after.ids))
        by_path: dict[str, list[Finding]] = {}
        for each in findings_of(corpus, today):
            if each.path in self.files and stops_handing_in(each):
                by_path.setdefault(each.path, []).append(each)
        return [
            placed
            for path, found in sorted(by_path.items())
            for placed in with_places(self.files[path] or b"", found)
        ]


def read_patch(root: Path, patch: Patch, coalition: str) -> PatchReading:
    """Return how a patch fits the commit that is checked out.

    `coalition` is the id of the charter here. Raises `WrongUse` for one that nobody may take in.
    """
    if patch.coalition != coalition:
        raise WrongUse(
            f"this patch was made for the texts of `{patch.coalition}`, and here are those of "
            f"`{coalition}`",
            "Take it in in the folder of those texts.",
        )
    head = commit_names.resolve(root, "HEAD")
    names = committed_files.governed_files(root, head)
    for fault in _faults(patch, names):
        raise WrongUse(fault, f"{NO_SUBMISSION} {_ASK}")
    state = state_of_commit(root, head)
    here = state.read([each.path for each in patch.files if each.path in state.ids])
    files: dict[str, bytes | None] = {}
    merged, there, conflicts = [], [], {}
    for each in patch.files:
        now = here.get(each.path)
        fitted = _fitted(each, None if now is None else committed_files.with_lf(now))
        if isinstance(fitted, str):
            conflicts[each.path] = fitted
        elif fitted.data == now:
            there.append(each.path)
        else:
            files[each.path] = fitted.data
            if fitted.is_merged:
                merged.append(each.path)
    if not conflicts:
        return PatchReading(patch, head, state, files, tuple(merged), tuple(there), {}, root)
    base = _own_base(root, patch)
    own = {each.path: _bytes(each.after) for each in patch.files} if base is not None else {}
    return PatchReading(patch, head, base, own, (), (), conflicts, root)


@dataclass(frozen=True)
class _Fitted:
    data: bytes | None
    is_merged: bool = False


def _fitted(file: PatchedFile, now: bytes | None) -> _Fitted | str:
    """Return the words that a file gets here, or why nobody can tell."""
    before, after = _bytes(file.before), _bytes(file.after)
    if now in (before, after):
        return _Fitted(after)
    if now is None:
        return "it is not there any more"
    if before is None:
        return "another text stands there meanwhile"
    if after is None:
        return "it was changed meanwhile, and the patch takes it away"
    both = committed_files.both_changes(before, now, after)
    return "the same lines were changed meanwhile" if both is None else _Fitted(both, True)


def _bytes(words: str | None) -> bytes | None:
    return None if words is None else words.encode("utf-8", "surrogatepass")


def _own_base(root: Path, patch: Patch) -> FolderState | None:
    """Return the state that a patch was made for, where it is here and has just those words."""
    if objects.ref(root, f"{patch.commit}^{{commit}}") is None:
        return None
    try:
        state = state_of_commit(root, patch.commit)
    except GovkitError:  # a shallow clone may know the commit, and not what it holds
        return None
    known = state.read([each.path for each in patch.files if each.path in state.ids])
    same = all(
        _bytes(each.before)
        == (committed_files.with_lf(known[each.path]) if each.path in known else None)
        for each in patch.files
    )
    return state if same else None


def _faults(patch: Patch, names: Mapping[str, committed_files.Blob]) -> Iterator[str]:
    """Yield why nobody may take a patch in, each a sentence."""
    folded = {path.casefold(): path for path in names}
    folders = {path[: path.rindex("/")].casefold() for path in names}
    seen: set[str] = set()
    for each in patch.files:
        path, low = each.path, each.path.casefold()
        if not may_be_handed_in(path):
            yield f"the patch touches {path!r}, which nobody hands in"
        elif low in seen:
            yield f"the patch has {path} twice"
        elif path in names and names[path].what != "file":
            yield f"{path} is a link here, and no text"
        elif folded.get(low, path) != path:
            yield f"{path} and {folded[low]} would be one file on some machines"
        elif low in folders or any(above in folded for above in _above(low)):
            yield f"{path} would be a file and a folder at once"
        elif each.before == each.after:
            yield f"the patch changes nothing in {path}"
        else:
            yield from _unreadable(each)
        seen.add(low)
    if any(above in seen for path in seen for above in _above(path)):
        yield "the patch has a file and a folder of one name"


def _above(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


def _unreadable(file: PatchedFile) -> Iterator[str]:
    """Yield why the words of a file are none that a reader can trust."""
    try:
        admit(_bytes(file.after) or b"", joiners=file.path.startswith("translations/"))
    except Unreadable as why:
        yield f"the words of {file.path} can't be taken: {why}"
