"""A second coordinator vouches for all that a first one filed to show positions."""

from __future__ import annotations

import datetime
from pathlib import Path

from govkit.log.countersignatures import countersigners
from govkit.procedures.log.countersignatures import prepare_countersignature
from govkit.procedures.log.filing import Stamp, file_all
from govkit.procedures.log.signatures import SigningKey
from govkit.workspace import open_workspace


def vouch_for_all(root: Path, by: str, key: Path, now: datetime.datetime) -> None:
    """Countersign each evidence that rests on a source, and that nobody has vouched for yet."""
    workspace = open_workspace(root)
    known = countersigners(workspace.corpus)
    for document in workspace.corpus.of_kind("evidence"):
        if document.path not in known and getattr(document.record, "kind", "") != "sshsig":
            made = prepare_countersignature(
                workspace, document.path, by, "The minutes.", SigningKey(key), now
            )
            file_all(
                root,
                [],
                by=by,
                received_at=now,
                received_basis="registrar",
                recorded_at=Stamp(now, now),
                further=[made.entry],
            )
