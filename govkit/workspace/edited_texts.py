"""The edits of a folder that are handed in: against the last commit, and the main branch.

What is on disk counts, staged or not, new files included; what git ignores does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from govkit.checks.run import findings_of
from govkit.corpus.changes.values import Change, weight
from govkit.corpus.whole import corpus_of
from govkit.errors import WrongUse
from govkit.findings import Finding
from govkit.proposals.submission import NO_SUBMISSION, may_be_handed_in, name_of, submitted
from govkit.proposals.texts import DECLARED, is_adopted
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.store import commit_names, committed_files
from govkit.store.git_calls import no_repository
from govkit.store.repository import is_repository
from govkit.store.worktree import within
from govkit.workspace import Workspace, read_documents
from govkit.workspace.comparison import DECLARATIONS, StateComparison, compare, whole
from govkit.workspace.proposed_changes import is_about_words
from govkit.workspace.renamed_files import Pair, renamed_along
from govkit.workspace.states import FolderState, shared_state, state_of_commit, state_of_folder


@dataclass(frozen=True)
class EditedTexts:
    """What is handed in. `head` is checked out, `base` is where it left the main branch.

    `files` are the bytes that differ from `head`, by path; None takes a file away. `left_out` are
    edited records that no contributor hands in, `unasked` those that were not named.
    """

    workspace: Workspace
    base: FolderState
    head: str
    committed: FolderState
    state: FolderState
    files: Mapping[str, bytes | None]
    left_out: tuple[str, ...]
    unasked: tuple[str, ...]

    @cached_property
    def comparison(self) -> StateComparison:
        """Return what changed against the main branch."""
        return compare(self.base, self.state)

    @cached_property
    def handed_in(self) -> Workspace:
        """Return the folder as those see it who get the change: what stays behind as committed.

        A text may rest on an edit that was not named, as on a term that is new.
        """
        left = {*self.left_out, *self.unasked}
        if not left:
            return self.workspace
        kept = self.committed.read([path for path in left if path in self.committed.ids])
        here, corpus = self.workspace, self.workspace.corpus
        documents = [each for each in corpus.documents if each.path not in left]
        documents += [*read_documents(sorted(kept.items())), *corpus.copies]
        files = {path: data for path, data in here.files.items() if path not in left}
        return replace(here, files={**files, **kept}, corpus=corpus_of(documents))

    @cached_property
    def changes(self) -> list[Change]:
        """Return the texts that changed against the main branch."""
        return submitted(self.comparison.changes)

    @cached_property
    def names(self) -> list[str]:
        """Return what people call the things that changed."""
        return [name_of(each) for each in self.changes]

    @cached_property
    def differing(self) -> dict[str, Pair]:
        """Return each file that differs from the main branch, before and after."""
        paths = sorted({*self.base.ids, *self.state.ids})
        differ = [path for path in paths if not self.base.is_same(path, self.state)]
        return _pairs(self.base, self.state, differ)

    def findings(self, today: datetime.date) -> list[Finding]:
        """Return what `check` finds in what is handed in, and would not find in the main branch."""
        found = self.handed_in.check(today, self.base.name).findings
        known: set[tuple[str, str, str]] = set()
        if found:
            known = {_words_of(each) for each in findings_of(whole(self.base), today)}
        new = [each for each in found if _words_of(each) not in known]
        if not any(each.path in self.left_out for each in new):
            return new
        here = {_words_of(each) for each in findings_of(self.workspace.corpus, today)}
        return [
            each
            if each.path not in self.left_out or _words_of(each) in here
            else replace(each, stops=None, help=_MENDED_HERE)
            for each in new
        ]

    def owing(self) -> list[Change]:
        """Return the changes of adopted words of which only their author can say what they do."""
        return changes_owing(self.comparison)


# A contributor does not hand in what only commands write, and could not mend it otherwise.
_MENDED_HERE = "It is mended here already. Who takes the change in commits this file with it."


def changes_owing(compared: StateComparison) -> list[Change]:
    """Return the changes of adopted words of which only their author can say what they do."""
    return [
        each
        for each in submitted(compared.changes)
        if each.kind in NORMATIVE_KINDS
        and None not in (each.before, each.after)
        and each.before != each.after
        and is_adopted(compared.before.find(NORMATIVE_KINDS, each.id))
        and each.declared is None
        and weight(each.class_) < 5
        and (each.unanswered or each.class_ == DECLARED)
    ]


def _words_of(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.path, finding.message


def stops_handing_in(finding: Finding) -> bool:
    """Say whether a finding is a mistake in the words that are handed in.

    That an adopted text is proposed and not simply changed is for those who take it in.
    """
    about = is_about_words(finding) or finding.path.startswith(DECLARATIONS)
    return finding.stops == "merge" and about


def edited_texts(workspace: Workspace, here: Path, names: Sequence[str] = ()) -> EditedTexts:
    """Return the edits of a folder; `names` are ids, files or folders to take alone.

    Raises `WrongUse` where nothing is committed yet, or a name fits nothing that was edited.
    """
    root = workspace.root
    if not is_repository(root):
        raise no_repository(root)
    head = commit_names.head(root)
    if head is None:
        raise WrongUse(
            "this folder has no commit yet, so there is nothing to hand a change in to",
            "Commit the texts first: `git add -A`, then `git commit`.",
        )
    committed, folder = state_of_commit(root, head), state_of_folder(root, root)
    both = {*committed.ids, *folder.ids}
    differ = sorted(path for path in both if not committed.is_same(path, folder))
    mine = [path for path in differ if may_be_handed_in(path)]
    chosen = mine
    if names:
        gone = committed.read([path for path in mine if path not in folder.ids])
        documents = [*workspace.corpus.documents, *read_documents(sorted(gone.items()))]
        ids = {each.path: each.id for each in documents}
        chosen = _chosen((root, here), ids, names, mine)
        chosen = sorted({*chosen, *renamed_along(chosen, _pairs(committed, folder, mine), ids)})
    for path in chosen:
        if path not in folder.ids:
            _require_gone(path, workspace.others)
    data = folder.read([path for path in chosen if path in folder.ids])
    files = {path: committed_files.with_lf(data[path]) if path in data else None for path in chosen}
    return EditedTexts(
        workspace,
        shared_state(root),
        head,
        committed,
        with_files(root, committed, files),
        files,
        tuple(path for path in differ if path not in mine),
        tuple(path for path in mine if path not in chosen),
    )


def _pairs(before: FolderState, after: FolderState, paths: Sequence[str]) -> dict[str, Pair]:
    sides = [state.read([path for path in paths if path in state.ids]) for state in (before, after)]
    return {path: (sides[0].get(path), sides[1].get(path)) for path in paths}


def _require_gone(path: str, others: Mapping[str, str]) -> None:
    """Raise `WrongUse` where something else took the place of a file: that is no removal."""
    for place in (path, *map(str, PurePosixPath(path).parents)):
        if place in others:
            raise WrongUse(
                f"the file {path} is not there any more: {place} is now a {others[place]}",
                f"Put the file back: move the {others[place]} away, then "
                f"`git checkout HEAD -- {path}`.",
            )


def with_files(root: Path, state: FolderState, files: Mapping[str, bytes | None]) -> FolderState:
    """Return a state with some files in other words; None takes one away."""
    there = {path: data for path, data in files.items() if data is not None}
    ids = {path: id for path, id in state.ids.items() if path not in files}

    def read(paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = [*paths]
        known = state.read([path for path in wanted if path not in there])
        return {**known, **{path: there[path] for path in wanted if path in there}}

    ids |= committed_files.blob_ids(root, there)
    return FolderState(str(root), ids, state.too_large - set(files), read)


def _chosen(
    folders: tuple[Path, Path], ids: Mapping[str, str], names: Iterable[str], edited: Sequence[str]
) -> list[str]:
    """Return those edited files that are named, with what their authors declare about them.

    `folders` are the root and where the person stands; `ids` are those of the records by path, of
    files that are gone too: a file that was moved has both its places.
    """
    root, here = folders
    found: set[str] = set()
    for name in names:
        place = within(root, here, name)
        below = "" if place == "." else f"{place}/"
        fits = {
            path
            for path in edited
            if path == place
            or (place is not None and path.startswith(below))
            or ids.get(path, "").casefold() == name.casefold()
            or path.casefold() == f"{DECLARATIONS}{name}.yaml".casefold()
        }
        if not fits:
            there = ", ".join(edited) if edited else "nothing"
            raise WrongUse(
                f"nothing that can be handed in was edited in {name}",
                f"Edited here: {there}. {NO_SUBMISSION}",
            )
        found |= fits
    declared = {f"{DECLARATIONS}{ids[path]}.yaml" for path in found if path in ids}
    found |= declared & set(edited)
    return sorted(found)
