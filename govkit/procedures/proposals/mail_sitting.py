"""One sitting at which mails are taken in: what each one is, and what a person lets become of it.

Whatever door it is, a command that asks or a page with a table: a mail is looked at, which writes
nothing; a person says what becomes of it; and that is done for this mail alone, whole or not at
all. Who looks at several before anything is filed compares `seen`: another mail may have changed
what this one would become.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

from govkit.correspondence.ballot_letters import query_letter, receipt_letter
from govkit.correspondence.ballots import BallotReading, read_ballot
from govkit.errors import WrongUse
from govkit.log.digests import entry_digest
from govkit.patterns import lazy_regex
from govkit.procedures.log.filing import Stamp
from govkit.procedures.log.register import FilingReceipt
from govkit.procedures.proposals.ballot_outbox import BallotOutbox
from govkit.procedures.proposals.ballots import (
    BallotFiles,
    FiledMails,
    context_of,
    file_ballot,
    files_of_ballot,
    received_at,
)
from govkit.procedures.proposals.mail_receipts import PlannedReceipts, receipt_of_mail
from govkit.procedures.proposals.mail_signatures import signature_read
from govkit.procedures.proposals.returned_mails import (
    ReturnedLetter,
    note_returned,
    returned_letter,
)
from govkit.records.log import LogEntry
from govkit.source.mail import MailText, read_mail
from govkit.source.patch_mail import holds_patch
from govkit.store.mailboxes import RawMail
from govkit.workspace import Workspace, open_workspace

_CALL_MARK = lazy_regex(r"\[\w+ (?P<call>\d{4}-\d{3,4})\]")
"""What the subject of each letter about a call begins with, in any language."""
_FEW = 12
"""Words up to which an unclear mail says where its sender stands, and nothing else."""

MailSort = Literal[
    "change",
    "taken-before",
    "returned",
    "position",
    "refused",
    "input",
    "query",
    "free",
    "automatic",
]
"""What a mail is: a change handed in, known already, one of ours that came back, a clear ballot, a
ballot that can't stand, an answer to a call, one to ask about, free words, or of a program."""


@dataclass(frozen=True)
class ArrivedMail:
    """A mail as it was looked at. `reading` is None where no ballot was looked for.

    A position has its `ballot`, and in `unsigned` why no domain's signature shows it; what is
    refused has its `cause`, an answer to a call its `call`, what came back its `letter`.
    """

    raw: RawMail
    mail: MailText
    sort: MailSort
    reading: BallotReading | None = None
    ballot: BallotFiles | None = None
    unsigned: str = ""
    cause: WrongUse | None = None
    call: str = ""
    letter: ReturnedLetter | None = None

    @property
    def member(self) -> str:
        """Return the member whose mail it is, or an empty text."""
        return (self.reading.member if self.reading else None) or ""

    @property
    def marked_in_quotation(self) -> bool:
        """Say whether own words stand above the copy that is marked: "take me off it", perhaps."""
        return self.reading is not None and self.reading.in_quotation and bool(self.reading.own)

    @property
    def has_to_be_read(self) -> bool:
        """Say whether no ballot is taken in unread: its words may take the mark back, or just this
        was filed within a day.
        """
        known = self.ballot is not None and bool(self.ballot.known)
        return self.marked_in_quotation or known

    @property
    def may_hold_a_comment(self) -> bool:
        """Say whether somebody who has to be asked wrote more than a few words: a remark."""
        return self.reading is not None and len(self.reading.own.split()) > _FEW

    @property
    def seen(self) -> str:
        """Return a digest of what a person was shown: it differs once the mail would become
        something else. A moment that is only "now" and the place of a file are no part of it.
        """
        said: list[object] = [self.mail.digest, self.sort, self.reading, self.call, self.unsigned]
        if self.ballot is not None:
            new, came = self.ballot.new.position, self.ballot.came
            comments = [each.model_dump_json() for each in self.ballot.comments]
            at = came.at if came.basis == "own-host" else came.basis
            said += [new.model_dump_json(), comments, at, came.host, came.above]
            said += [self.ballot.causes, bool(self.ballot.signed), self.ballot.known]
        if self.cause is not None:
            said.append(self.cause.message)
        return sha256(repr(said).encode("utf-8", "replace")).hexdigest()


class TakenBallot(NamedTuple):
    """A ballot that was filed: the entries of the log, what to know, and the draft of its receipt.

    `draft` is None where no letter could be written.
    """

    entries: tuple[LogEntry, ...]
    notes: tuple[str, ...]
    counts: bool
    draft: str | None


class MailSitting:
    """Mails taken in one after the other, by one coordinator, at one moment."""

    def __init__(
        self,
        workspace: Workspace,
        by: str,
        stamp: Stamp,
        *,
        output: str | None = None,
        received: datetime.datetime | None = None,
        keys: Mapping[str, str] | None = None,
        dry_run: bool = False,
    ) -> None:
        """Open the sitting. `received` is when mails came that no own host says it of, `keys` are
        those of the senders' domains, `output` is the folder of letters; nothing is written with
        `dry_run`. Raises `WrongUse` for a folder of letters inside the public one.
        """
        self.workspace, self.by, self.stamp = workspace, by, stamp
        self.received, self.keys, self.dry_run = received, keys or {}, dry_run
        self.context = context_of(workspace)
        self.taken = FiledMails(workspace)
        self.owed = PlannedReceipts(workspace)
        self.outbox = BallotOutbox(workspace, output, dry_run)
        self._heard: set[str] = set()

    @property
    def _receipt_now(self) -> FilingReceipt:
        return FilingReceipt(self.by, self.stamp.at, self.stamp)

    # --- looking ----------------------------------------------------------------------------------

    def look(self, raw: RawMail) -> ArrivedMail:
        """Return what a mail is, and what it would become. Nothing is written."""
        mail = read_mail(raw.data, raw.whole)
        if holds_patch(raw.data):
            return ArrivedMail(raw, mail, "change")
        if self.taken.has(mail):
            return ArrivedMail(raw, mail, "taken-before")
        letter = returned_letter(self.workspace, mail, raw.data)
        if letter is not None:
            return ArrivedMail(raw, mail, "returned", letter=letter)
        reading = read_ballot(mail, self.context)
        if reading.sort == "position":
            return self._position(raw, mail, reading)
        if call := self._call_answered(mail, reading):
            return ArrivedMail(raw, mail, "input", reading, call=call)
        return ArrivedMail(raw, mail, reading.sort, reading)

    def _position(self, raw: RawMail, mail: MailText, reading: BallotReading) -> ArrivedMail:
        if reading.member in self._heard:
            self.workspace = open_workspace(self.workspace.root)
        receipt = self._receipt_now
        try:
            came = received_at(self.workspace, mail, self.received, self.stamp.at)
            proof = signature_read(mail, raw.data, came.at, self.keys)
            ballot = files_of_ballot(self.workspace, mail, reading, came, receipt, proof.signature)
        except WrongUse as cause:
            return ArrivedMail(raw, mail, "refused", reading, cause=cause)
        return ArrivedMail(raw, mail, "position", reading, ballot, proof.cause)

    def _call_answered(self, mail: MailText, reading: BallotReading) -> str:
        """Return the call that a mail without a ballot answers, by the mark of its subject.

        Our letter of a call asks for whom one speaks: so these words are no doubt here.
        """
        if reading.sort == "automatic" or reading.form is not None:
            return ""
        marked = _CALL_MARK.search(mail.subject)
        if marked is None or not self.workspace.corpus.find(("call",), f"calls/{marked['call']}"):
            return ""
        return marked["call"]

    def has_ballot(self, mail: MailText) -> bool:
        """Say whether a mail has a ballot beside what it was taken for."""
        return read_ballot(mail, self.context).form is not None

    # --- doing ------------------------------------------------------------------------------------

    def take(self, arrived: ArrivedMail) -> TakenBallot | None:
        """File a clear ballot, and draft its receipt; None for a sitting that writes nothing.

        The same mail again is passed over from then on.
        """
        mail, reading, ballot = arrived.mail, arrived.reading, arrived.ballot
        assert reading is not None
        assert ballot is not None
        if self.dry_run:
            self.taken.add(mail)
            return None
        self.owed.begin(mail)
        said = self.outbox.messages_for(reading.member, mail)
        done = file_ballot(self.workspace, mail, arrived.raw.data, ballot, self._receipt_now, said)
        self.workspace = done.workspace
        self.taken.add(mail)
        self.context = self.context._replace(taken=self.context.taken | {mail.message_id})
        self._heard.add(reading.member or "")
        filed = done.filed
        draft = self._receipt(mail, reading, filed.receipts, entry_digest(filed.entries[0]))
        return TakenBallot(filed.entries, tuple(filed.notes), filed.counts, draft)

    def _receipt(
        self, mail: MailText, reading: BallotReading, lines: tuple[str, ...], entry: str
    ) -> str | None:
        """Write the letter with a receipt that names an entry by its digest; return its file."""
        said = self.outbox.messages_for(reading.member, mail)
        letter = receipt_letter(said, reading, self._name(reading), self._title(reading), lines)
        draft = self.outbox.write(reading.member, mail, letter)
        self.owed.end(mail, entry, draft)
        return draft

    def receipt_again(self, mail: MailText) -> None:
        """Write the receipt for which an interrupted sitting had no time, if one is owed."""
        if self.dry_run or not self.owed.has(mail):
            return
        reading = read_ballot(mail, self.context._replace(taken=frozenset()))
        if reading.form is None or reading.member is None:
            return
        said, id = self.outbox.messages_for(reading.member, mail), reading.form.proposal
        again = receipt_of_mail(self.workspace, id, reading.member, mail, said, self.stamp.at)
        if again is not None:
            self.owed.drop_stale(mail)
            self._receipt(mail, reading, again.lines, again.entry)

    def ask_back(self, arrived: ArrivedMail) -> str | None:
        """Draft the letter that asks, and return its file; None where there is no one address."""
        reading = arrived.reading
        assert reading is not None
        asked = reading if reading.doubt else reading._replace(doubt="confirm")
        said = self.outbox.messages_for(reading.member, arrived.mail)
        letter = query_letter(said, asked, self._name(reading), self._title(reading))
        return self.outbox.write(reading.member, arrived.mail, letter)

    def note_returned(self, arrived: ArrivedMail) -> None:
        """Keep that a mail of ours came back."""
        if arrived.letter is not None and not self.dry_run:
            note_returned(self.workspace, arrived.letter, self.stamp.at)

    def keep_words(self, arrived: ArrivedMail) -> str:
        """Keep the words of a mail for `comment import`, and return the command that files them;
        an empty text for a sitting that writes nothing.
        """
        mail, reading = arrived.mail, arrived.reading
        assert reading is not None
        place = self.outbox.keep_words(mail, reading)
        if not place:
            return ""
        member = f" --member {reading.member}" if reading.member else ' --name "…"'
        proposal = f" --proposal {reading.form.proposal}" if reading.form else ""
        hop = mail.hops[0] if mail.hops else None
        came = f" --received {hop.at:%Y-%m-%dT%H:%M}Z" if hop and hop.at else ""
        return f"govkit comment import {place} --free{member}{proposal}{came}"

    # --- telling ----------------------------------------------------------------------------------

    def why_asked(self, arrived: ArrivedMail) -> str:
        """Return why a mail has to be asked about, in a sentence."""
        doubt = (arrived.reading.doubt if arrived.reading else None) or ""
        return str(self.workspace.corpus.messages.group("ballots.doubts")[doubt])

    def _name(self, reading: BallotReading) -> str:
        found = self.workspace.corpus.find(("member",), reading.member or "")
        return str(getattr(found.record, "name", found.id)) if found else ""

    def _title(self, reading: BallotReading) -> str:
        if reading.form is None:
            return ""
        found = self.workspace.corpus.find(("proposal",), reading.form.proposal)
        return str(getattr(found.record, "title", "")) if found else ""
