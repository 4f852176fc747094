"""The log of the folder held against its earlier states that a clone has: pushed, and released."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.documents import Document
from govkit.corpus.whole import corpus_of
from govkit.errors import GovkitError
from govkit.log.entries import LOG
from govkit.log.losses import lost_since
from govkit.source.folder_contents import is_record
from govkit.source.gate import LIMIT
from govkit.store import commit_names, committed_files, refs
from govkit.workspace import Workspace, read_documents


def lost_from_log(workspace: Workspace) -> tuple[str, ...]:
    """Return in words what the log had when it was pushed or released, and does not have now.

    Empty where there is no git, or it can't be read: what needs it says so by itself.
    """
    try:
        return tuple(dict.fromkeys(_lost(workspace)))
    except GovkitError:
        return ()


def _lost(workspace: Workspace) -> Iterator[str]:
    root = workspace.root
    head, pushed = commit_names.head(root), refs.pushed_line(root)
    if head is None:
        return
    states = {f"released as {tag}": commit for tag, commit in refs.release_tags(root).items()}
    if pushed is not None:
        states["pushed"] = commit_names.merge_base(root, pushed, head)
    for name, commit in states.items():
        for each in lost_since(corpus_of(_logged(workspace, commit)), workspace.corpus):
            yield f"{each.path}: {each.message} (it was {name})"


def _logged(workspace: Workspace, commit: str) -> Iterator[Document]:
    """Yield what lies in the log of a commit, and is not in the folder in the same bytes."""
    listed = committed_files.governed_files(workspace.root, commit)
    was = {
        path: blob.id
        for path, blob in listed.items()
        if path.startswith(f"{LOG}/") and is_record(path, blob.what) and blob.size <= LIMIT
    }
    here = {path: workspace.files[path] for path in was if path in workspace.files}
    now = committed_files.blob_ids(workspace.root, here, was)
    differing = {path: id for path, id in was.items() if now.get(path) != id}
    data = committed_files.blob_bytes(workspace.root, differing.values())
    yield from read_documents((path, data[id]) for path, id in differing.items())
