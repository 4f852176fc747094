"""The register, opened for writing: where every door begins and ends, whoever stands at it.

A door says which folder it is, who writes there and at which moment. It opens the register, calls
the procedure of its subject, gets values back, and shows them (docs/architecture.md).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govkit.errors import WrongUse
from govkit.log.coordinators import coordinators_of, member_of, require_coordinator
from govkit.procedures.log.filing import AddedEntry, Basis, Filing, Stamp, file_all, writing
from govkit.records.log import LogEntry
from govkit.store.repository import setting
from govkit.workspace import Workspace, open_workspace

MEMBER_SETTING = "govkit.member"
"""The setting of git that says for a clone which member works in it."""


@dataclass(frozen=True)
class FilingReceipt:
    """Who files, when it came, and when it is written down."""

    by: str
    received_at: datetime.datetime
    stamp: Stamp
    basis: Basis = "registrar"


def member_of_clone(root: Path) -> str | None:
    """Return the id of the member who works in this clone, where git was told."""
    return setting(root, MEMBER_SETTING)


@contextmanager
def open_register(
    root: Path, stamp: Stamp, opened: Callable[[Path], Workspace] = open_workspace
) -> Iterator[Workspace]:
    """Hold the lock of the clone, and open the folder for reading and filing.

    `opened` opens it, for a door that shows how far that is. Raises what `writing` raises.
    """
    with writing(root, stamp):
        yield opened(root)


def require_registrar(workspace: Workspace, id: str) -> None:
    """Raise `WrongUse` where a member may not file what is discussed.

    In a coalition that has no coordinators yet, any of its members may.
    """
    if coordinators_of(workspace.corpus):
        require_coordinator(workspace.corpus, id)
    else:
        member_of(workspace.corpus, id)


def file_received(
    root: Path,
    filings: Sequence[Filing],
    receipt: FilingReceipt,
    further: Sequence[AddedEntry] = (),
) -> tuple[LogEntry, ...]:
    """File records with their log entries as one act, and return the entries; see `file_all`."""
    return file_all(
        root,
        filings,
        by=receipt.by,
        received_at=receipt.received_at,
        received_basis=receipt.basis,
        recorded_at=receipt.stamp,
        further=further,
    )


def require_come(moment: datetime.datetime | None, now: datetime.datetime, named: str) -> None:
    """Raise `WrongUse` for a moment of the past that is still to come; `named` is its name."""
    if moment is not None and moment > now:
        raise WrongUse(
            f"{named} {moment:%Y-%m-%dT%H:%M:%SZ} is still to come",
            f"Now it is {now:%Y-%m-%dT%H:%M:%SZ}. Give the moment at which it happened, in UTC.",
        )


def require_begun(
    moment: datetime.datetime | None, opened: datetime.datetime, named: str, revision: str
) -> None:
    """Raise `WrongUse` for a moment before the day on which a revision was opened.

    Days are compared: who knows only the day gives its noon.
    """
    if moment is not None and moment.date() < opened.date():
        raise WrongUse(
            f"{named} {moment:%Y-%m-%d} is before {revision} was opened, on {opened:%Y-%m-%d}",
            "Look at the year, and which revision is meant. Nothing was written.",
        )
