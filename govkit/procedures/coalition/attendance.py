"""Filing who came to a meeting, for the quorum of those who are active."""

from __future__ import annotations

from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.coordinators import founded_rules
from govkit.log.entries import valid_entries
from govkit.procedures.log.filing import Filing
from govkit.workspace import Workspace


def prepare_attendance(workspace: Workspace, path: str) -> Filing:
    """Return the filing of an event as it stands. Raises `WrongUse` where none is due."""
    document = workspace.corpus.by_path.get(path)
    if document is None or document.kind != "event" or document.record is None:
        raise WrongUse(
            f"{path} is no event that can be read",
            "Name one of registers/events/. `govkit new event` begins another.",
        )
    founded_rules(workspace.corpus)
    entry = valid_entries(workspace.corpus).get((path, "event"))
    if entry is not None and entry.digest == digest_for("event", document.record):
        raise WrongUse(
            f"number {entry.seq} of the log has {document.id} as it stands",
            f"Edit {path} first. To vouch for it: `govkit countersign {document.id} --seen WORDS`.",
        )
    data = workspace.files[path]
    return Filing(path, data, "event", was=data)
