"""What the commands share that file positions: a source that is named, and what is shown after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govkit.cli.registrar import Registrar
    from govkit.procedures.proposals.corrections import NewCorrection
    from govkit.procedures.proposals.filed_positions import FiledEvidence, FiledPositions
    from govkit.workspace import Workspace


def say_positions(
    registrar: Registrar, filed: FiledPositions, correction: NewCorrection | None = None
) -> None:
    """Print the receipts of positions that were filed, and what is to be asked."""
    registrar.say(
        [*filed.receipts, "", *filed.verdicts, *filed.notes],
        filed.entries,
        receipt=list(filed.receipts),
        verdicts=list(filed.verdicts),
        notes=list(filed.notes),
        counts=filed.counts,
        **({"correction": correction.id} if correction else {}),
    )


def say_evidence(registrar: Registrar, filed: FiledEvidence) -> None:
    """Print how sure a position is, now that more shows it."""
    registrar.say(
        filed.lines, [filed.entry], position=filed.position, level=filed.level, counts=filed.counts
    )


def kept_source(workspace: Workspace, source: str) -> str:
    """Keep a file that a person named in the private folder, and return its salted digest."""
    from govkit.procedures.proposals.filed_positions import keep_source
    from govkit.store.worktree import read_named

    return keep_source(workspace, source, read_named(Path(source)))
