"""Receipts for ballots by mail that are still owed: a kill may come between filing and writing.

What is owed is noted before a ballot is filed, and crossed out when its letter is written. Whoever
takes in the same mails again gives the letters that are missing.
"""

from __future__ import annotations

import datetime

from govkit.consent.counting import Counting
from govkit.log.entries import valid_entries
from govkit.procedures.proposals.positions import FiledPosition, receipt_lines
from govkit.records.kinds import folder_of_proposal
from govkit.records.positions import Position
from govkit.round.docket import docket_of
from govkit.source.mail import MailText
from govkit.store import refs
from govkit.store.private_rows import add_row, rows_of
from govkit.workspace import Workspace

RECEIPTS = "receipts.jsonl"
"""Which mails are owed a receipt (`due`), and for which one was drafted (`drafted`)."""


class PlannedReceipts:
    """The mails whose ballots were filed, or just being filed, and that have no letter yet."""

    def __init__(self, workspace: Workspace) -> None:
        """Read what sittings before this one left."""
        self._root = workspace.root
        last = {row.get("mail"): row.get("state") for row in rows_of(self._root, RECEIPTS)}
        self._due = {mail for mail, state in last.items() if state == "due"}

    def has(self, mail: MailText) -> bool:
        """Say whether a mail is owed a receipt."""
        return mail.digest in self._due

    def begin(self, mail: MailText) -> None:
        """Note that a mail will be owed one, before it is filed."""
        add_row(self._root, RECEIPTS, {"mail": mail.digest, "state": "due"})

    def end(self, mail: MailText) -> None:
        """Note that its letter is written."""
        self._due.discard(mail.digest)
        add_row(self._root, RECEIPTS, {"mail": mail.digest, "state": "drafted"})


def receipt_of_mail(
    workspace: Workspace, proposal: str, member: str, mail: MailText, now: datetime.datetime
) -> tuple[str, ...]:
    """Return the lines of the receipt for a ballot that was filed before, or none if none was."""
    docket, folder = docket_of(workspace.corpus, proposal), folder_of_proposal(proposal)
    if docket is None:
        return ()
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
            shared = refs.fetched_line(workspace.root) is not None
            return tuple(receipt_lines(workspace, proposal, filed, causes, shared))
    return ()
