"""Receipts for ballots by mail that are still owed: a kill may come between filing and writing.

What is owed is noted before a ballot is filed, and crossed out when its letter is written. Whoever
takes in the same mails again gives the letters that are missing.
"""

from __future__ import annotations

import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from govkit.consent.counting import Counting
from govkit.correspondence.ballot_letters import BETWEEN_LETTERS
from govkit.correspondence.position_receipts import receipt_lines
from govkit.languages.catalogue import Messages
from govkit.log.digests import entry_digest
from govkit.log.entries import entries_of, valid_entries
from govkit.procedures.proposals.positions import FiledPosition, receipt_for
from govkit.records.kinds import folder_of_proposal
from govkit.records.positions import Position
from govkit.round.docket import docket_of
from govkit.source.mail import MailText
from govkit.store.private_rows import RECEIPTS, add_row, rows_of
from govkit.store.worktree import read_named
from govkit.workspace import Workspace


class PlannedReceipts:
    """The mails whose ballots were filed, or just being filed, and that have no right letter yet.

    A letter is no longer right where the entry that it names is not in the log: two clones had both
    written, and were brought together.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Read what sittings before this one left."""
        self._root, self._corpus = workspace.root, workspace.corpus
        self._last = {row.get("mail"): row for row in rows_of(self._root, RECEIPTS)}

    @cached_property
    def _entries(self) -> frozenset[str]:
        return frozenset(entry_digest(entry) for _, entry in entries_of(self._corpus))

    def has(self, mail: MailText) -> bool:
        """Say whether a mail is owed a receipt."""
        row = self._last.get(mail.digest)
        if row is None:
            return False
        return row.get("state") == "due" or row.get("entry", "") not in {"", *self._entries}

    def begin(self, mail: MailText) -> None:
        """Note that a mail will be owed one, before it is filed."""
        self._note({"mail": mail.digest, "state": "due"})

    def end(self, mail: MailText, entry: str, draft: str | None) -> None:
        """Note that its letter is written; it names the entry with this digest."""
        row = {"mail": mail.digest, "state": "drafted", "entry": entry, "draft": draft or ""}
        self._note(row)

    def _note(self, row: dict[str, Any]) -> None:
        self._last[row["mail"]] = row
        add_row(self._root, RECEIPTS, row)

    def drop_stale(self, mail: MailText) -> None:
        """Take away the draft that names an entry which is not in the log, if it is alone there."""
        row = self._last.get(mail.digest, {})
        path, entry = Path(row.get("draft") or "."), str(row.get("entry") or "")
        if entry and path.is_file():
            known = read_named(path)
            if entry.encode() in known and BETWEEN_LETTERS not in known:
                path.unlink()


class NewReceipt(NamedTuple):
    """The lines of a receipt, and the digest of the entry that they name."""

    lines: tuple[str, ...]
    entry: str


def receipt_of_mail(
    workspace: Workspace,
    proposal: str,
    member: str,
    mail: MailText,
    said_in: Messages,
    now: datetime.datetime,
) -> NewReceipt | None:
    """Return the receipt for a ballot that was filed before, or None if none was."""
    docket, folder = docket_of(workspace.corpus, proposal), folder_of_proposal(proposal)
    if docket is None:
        return None
    entries = valid_entries(workspace.corpus)
    for shown in docket.evidence:
        record = shown.record
        if record.mail is None:
            continue
        path, place = f"{folder}{record.position}.yaml", f"{folder}{shown.id}.yaml"
        document = workspace.corpus.by_path.get(path)
        said = document.record if document else None
        entry, shown_by = entries.get((path, "position")), entries.get((place, "evidence"))
        if (
            isinstance(said, Position)
            and entry is not None
            and shown_by is not None
            and (said.cast_by, record.mail.message_id) == (member, mail.message_id or None)
        ):
            filed = FiledPosition(said, path, entry, record, place, shown_by)
            causes = Counting(docket, now).causes(record.position)
            made = receipt_for(workspace, proposal, filed, causes)
            return NewReceipt(tuple(receipt_lines(said_in, made)), entry_digest(entry))
    return None
