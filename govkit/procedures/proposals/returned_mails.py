"""Mails of ours that came back: which draft, to which member; kept in the private folder."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from govkit.log.coordinators import coordinators_of
from govkit.proposals.task import Task
from govkit.source.mail import MailText
from govkit.source.record_bytes import instant_text
from govkit.source.returned_mail import read_returned
from govkit.store import private
from govkit.store.private_rows import SENT, add_row, rows_of
from govkit.workspace import Workspace

_RETURNED = "returned.jsonl"
_SHOWN_FOR = datetime.timedelta(days=7)
"""How long it is said that a mail is late; one that came back for good is said until the address
on record is another one."""


class ReturnedLetter(NamedTuple):
    """A mail of ours that came back; `address` and `member` are empty where nobody is known."""

    key: str
    member: str
    address: str
    draft: str
    lasting: bool
    status: str

    @property
    def words(self) -> str:
        """Return what happened, without an address."""
        late = "is not delivered yet, and a mail server keeps trying"
        what = "could not be delivered" if self.lasting else late
        status = f" ({self.status})" if self.status else ""
        return f"A mail to {self.member or 'nobody known'} {what}{status}"


def returned_letter(workspace: Workspace, mail: MailText, data: bytes) -> ReturnedLetter | None:
    """Return the mail of ours that this one says came back; None where it says no such thing.

    A mail from an address on record is that person's, whatever it looks like.
    """
    known = private.addresses(workspace.root)
    if mail.sender in known and not mail.automatic:
        return None
    found = read_returned(data, mail)
    if found is None:
        return None
    sent = {str(row.get("message_id")): row for row in rows_of(workspace.root, SENT)}
    row = next((sent[each] for each in found.message_ids if each in sent), {})
    named = [each for each in (*found.recipients, *found.addresses) if each in known]
    members = [str(each) for each in row.get("to", [])] or [m for a in named for m in known[a]]
    address = next((each for each in named if set(known[each]) & {*members}), "")
    if not (members or found.recipients or mail.automatic):
        return None  # the words of a person behind a postmaster's address
    return ReturnedLetter(
        mail.message_id or mail.digest,
        members[0] if members else "",
        address,
        str(row.get("draft", "")),
        found.lasting,
        found.status,
    )


def note_returned(workspace: Workspace, letter: ReturnedLetter, now: datetime.datetime) -> bool:
    """Keep that a mail came back, once; say whether it was new."""
    if not _is_new(workspace, letter):
        return False
    add_row(workspace.root, _RETURNED, letter._asdict() | {"at": instant_text(now)})
    return True


def is_returned_anew(workspace: Workspace, mail: MailText, data: bytes) -> bool:
    """Say whether a mail says that one of ours to a member came back, and is not noted yet."""
    letter = returned_letter(workspace, mail, data)
    return letter is not None and _is_new(workspace, letter)


def _is_new(workspace: Workspace, letter: ReturnedLetter) -> bool:
    known = rows_of(workspace.root, _RETURNED)
    return bool(letter.member) and all(row.get("key") != letter.key for row in known)


def returned_addresses(root: Path) -> frozenset[str]:
    """Return the addresses on record, in small letters, from which a mail came back for good."""
    known = private.addresses(root)
    return frozenset(
        str(row["address"])
        for row in rows_of(root, _RETURNED)
        if row.get("lasting") and row.get("member") in known.get(str(row.get("address")), ())
    )


def returned_to_look_at(workspace: Workspace, now: datetime.datetime) -> Iterator[Task]:
    """Yield for each member whose mail came back that the address on record is to be looked at."""
    known = private.addresses(workspace.root)
    newest: dict[str, tuple[ReturnedLetter, str]] = {}
    for row in rows_of(workspace.root, _RETURNED):
        letter = ReturnedLetter(*(row.get(each, "") for each in ReturnedLetter._fields))
        before = newest.get(letter.member)
        if before is None or letter.lasting or not before[0].lasting:
            newest[letter.member] = letter, str(row.get("at", ""))
    for member, (letter, at) in sorted(newest.items()):
        gone = bool(letter.address) and member not in known.get(letter.address, ())
        old = instant_text(now - _SHOWN_FOR) > at
        if gone or (old and not letter.lasting):
            continue
        draft = f" The draft was {letter.draft}." if letter.draft else ""
        advice = (
            f"Reach {member} another way, and correct the address on record in addresses.csv. "
            "Until then ballots, letters and drafts to it are held back; --again writes them."
            if letter.lasting
            else f"It may still arrive. Where {member} has to know soon, use another way."
        )
        yield Task(
            None,
            member,
            "address",
            f"{letter.words}. {advice}{draft}",
            coordinators_of(workspace.corpus),
            f"govkit show {member}",
        )
