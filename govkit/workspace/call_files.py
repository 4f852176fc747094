"""The public files that answered a call for inputs, each held against the digest in its record."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from govkit.errors import GovkitError
from govkit.findings import Finding, Route
from govkit.records.calls import CallInput
from govkit.store import worktree
from govkit.store.private import LARGEST
from govkit.workspace import Workspace

RULE = "log-broken"


def changed_inputs(workspace: Workspace) -> Iterator[Finding]:
    """Yield each input whose file is gone, or has other bytes than those that were filed."""
    for document in workspace.corpus.of_kind("input"):
        record = document.record
        if not isinstance(record, CallInput) or record.file is None or record.digest is None:
            continue
        path = workspace.root / record.file
        try:
            data = None if path.is_symlink() else worktree.read_named(path, LARGEST + 1)
        except GovkitError:
            data = None
        if data is None:
            why = f"the file {record.file}, which answered a call, is gone, or can't be read"
        elif f"sha256:{sha256(data).hexdigest()}" != record.digest:
            why = f"the file {record.file}, which answered a call, has other bytes than were filed"
        else:
            continue
        yield Finding(
            RULE,
            why,
            document.path,
            Route(("file",)),
            id=document.id,
            stops="merge",
            expected=record.digest,
            help=f"Put it back as it was: `git log -- {record.file}`. What came later is filed "
            "beside it: `govkit call add`.",
        )
