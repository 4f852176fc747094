"""`govkit intake MAILS`: ballots that came by mail, one after the other at one desk."""

from __future__ import annotations

import datetime
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.asking import KeyAnswers, on_terminal
from govkit.cli.comment.options import received_at
from govkit.cli.output import say_json
from govkit.cli.patches import must_be_looked_at, patch_desk
from govkit.cli.printing.ballots import (
    ballot_lines,
    has_to_be_read,
    mail_head,
    may_hold_a_comment,
    own_words,
    summary_of_mails,
)
from govkit.cli.printing.screen import fitted
from govkit.cli.printing.words import visible
from govkit.cli.registrar import Registrar, entry_as_json
from govkit.cli.session import Progress
from govkit.errors import WrongUse
from govkit.patterns import lazy_regex
from govkit.source.mail import LARGEST_MAIL, read_mail
from govkit.source.nearest import advice

if TYPE_CHECKING:
    from govkit.correspondence.ballots import BallotReading
    from govkit.procedures.proposals.ballots import BallotFiles
    from govkit.records.log import LogEntry
    from govkit.source.mail import MailText
    from govkit.store.mailboxes import RawMail
    from govkit.workspace import Workspace

_CALL_MARK = lazy_regex(r"\[\w+ (?P<call>\d{4}-\d{3,4})\]")
"""What the subject of each letter about a call begins with, in any language."""
_LARGE = 20_000_000
"""Bytes from which on it takes long enough to be shown how far it is."""


def are_mails(names: tuple[str, ...]) -> bool:
    """Say whether the names of things to take in are those of mails."""
    from govkit.store.mailboxes import is_mailbox

    return bool(names) and all(is_mailbox(name) for name in names)


def take_mails(
    registrar: Registrar,
    names: tuple[str, ...],
    *,
    yes: bool,
    dry_run: bool,
    output: str | None,
    received: datetime.datetime | None,
    dkim_key: tuple[str, ...],
) -> int:
    """Read mails one by one, show what each becomes, ask, and file."""
    if not (yes or dry_run) and (not on_terminal() or registrar.as_json):
        raise must_be_looked_at()
    from govkit.procedures.proposals.mail_signatures import keys_in

    if received is not None:
        received = received_at(received, registrar.now)
    keys = keys_in([*map(Path, dkim_key)])
    with registrar.at_desk() as workspace:
        desk = _Desk(registrar, workspace, yes, dry_run, output, received, keys)
        with Progress("Reading") as progress:
            for name in names:
                desk.read_all(Path(name), progress)
        return desk.end()


class _Desk:
    """One sitting at the desk: each mail is shown, asked about, and filed by itself."""

    def __init__(
        self,
        registrar: Registrar,
        workspace: Workspace,
        yes: bool,
        dry_run: bool,
        output: str | None,
        received: datetime.datetime | None,
        keys: Mapping[str, str],
    ) -> None:
        from govkit.procedures.proposals.ballot_outbox import BallotOutbox
        from govkit.procedures.proposals.ballots import FiledMails, context_of
        from govkit.procedures.proposals.mail_receipts import PlannedReceipts

        self.registrar, self.workspace = registrar, workspace
        self.yes, self.dry_run, self.received = yes, dry_run, received
        self.keys = keys
        self.by = registrar.name(workspace)
        self.context = context_of(workspace)
        self.taken = FiledMails(workspace)
        self.owed = PlannedReceipts(workspace)
        self.outbox = BallotOutbox(workspace, output, dry_run)
        self.entries: list[LogEntry] = []
        self.rows: list[dict[str, Any]] = []
        self.counts: Counter[str] = Counter()
        self.proposals: Counter[str] = Counter()
        self._heard: set[str] = set()
        self.keys_pressed = KeyAnswers()
        self.patches = patch_desk(registrar, workspace, self._show, self._answer, dry_run)

    def read_all(self, path: Path, progress: Progress) -> None:
        """Take in the mails of one file or folder; one is held at a time."""
        from govkit.store.mailboxes import mails_in

        for raw in mails_in(path, LARGEST_MAIL):
            if raw.of > _LARGE:
                progress.to(raw.done, raw.of)
            self._one(raw, read_mail(raw.data, raw.whole))

    def _one(self, raw: RawMail, mail: MailText) -> None:
        from govkit.correspondence.ballots import read_ballot

        if self._patch(raw, mail):
            return
        if self.taken.has(mail):
            if self.owed.has(mail):
                self._receipt_again(mail)
            self._note(raw, mail, "taken-before")
            return
        if self._returned(raw, mail):
            return
        reading = read_ballot(mail, self.context)
        if reading.sort == "position":
            self._position(raw, mail, reading)
        elif call := self._call_answered(mail, reading):
            self._input(raw, mail, reading, call)
        elif reading.sort == "query":
            self._query(raw, mail, reading)
        elif reading.sort == "free":
            self._free(raw, mail, reading)
        else:
            self._note(raw, mail, "automatic")
        if reading.sort != "automatic":
            self._word_files(raw)

    def _word_files(self, raw: RawMail) -> None:
        """Name what reads the Word files of a mail: changed words are no ballot and no comment."""
        for name, place in self.outbox.keep_word_files(raw.data):
            command = f"govkit suggest {place}" if place else "(written out without --dry-run)"
            self._show([f"  With it came {name}. If it is one of our texts, changed:"])
            self._show([f"    {command}"])
            if self.registrar.as_json:
                self.rows[-1].setdefault("word_files", []).append({"name": name, "file": place})

    def _patch(self, raw: RawMail, mail: MailText) -> bool:
        """Take in a change that is attached, if one is. Words beside it are no position."""
        from govkit.correspondence.ballots import read_ballot
        from govkit.source.patch_mail import may_hold_patch

        if not may_hold_patch(raw.data):
            return False
        outcome = self.patches.take(raw, mail)
        if outcome is None:
            return False
        ballot = read_ballot(mail, self.context).form is not None
        if ballot:
            self._show(["  The mail has a ballot, too, which was not read: ask for it apart."])
        self._note(raw, mail, outcome.became, ballot_left=ballot, **outcome.more)
        return True

    def _returned(self, raw: RawMail, mail: MailText) -> bool:
        """Show and keep that a mail of ours came back, if that is what a mail says."""
        from govkit.procedures.proposals.returned_mails import note_returned, returned_letter

        letter = returned_letter(self.workspace, mail, raw.data)
        if letter is None:
            return False
        if not self.dry_run:
            note_returned(self.workspace, letter, self.registrar.now)
        draft = f", draft {letter.draft}" if letter.draft else ""
        self._show(["", f"{letter.words}{draft}  ({raw.name})"])
        member = letter.member or None
        self._note(raw, mail, "returned", member=member, lasting=letter.lasting)
        return True

    # --- a clear ballot ---------------------------------------------------------------------------

    def _position(self, raw: RawMail, mail: MailText, reading: BallotReading) -> None:
        from govkit.procedures.proposals.ballots import files_of_ballot
        from govkit.procedures.proposals.ballots import received_at as receipt_of
        from govkit.procedures.proposals.mail_signatures import signature_read
        from govkit.workspace import open_workspace

        if reading.member in self._heard:
            self.workspace = open_workspace(self.workspace.root)
        receipt = self.registrar.receipt(self.by)
        try:
            came = receipt_of(self.workspace, mail, self.received, self.registrar.now)
            proof = signature_read(mail, raw.data, came.at, self.keys)
            ballot = files_of_ballot(self.workspace, mail, reading, came, receipt, proof.signature)
        except WrongUse as cause:
            self._show(
                [
                    *mail_head(raw, mail, reading),
                    f"  Refused: {cause.message}",
                    f"  {advice(cause)}",
                ]
            )
            self._note(raw, mail, "refused", reading, cause=cause.message)
            return
        self._show(
            [*mail_head(raw, mail, reading), *ballot_lines(mail, reading, ballot, proof.cause)]
        )
        unasked = "later" if ballot.known or has_to_be_read(reading) else "yes"
        answer = self._answer("Take it in?", unasked)
        if answer == "yes":
            self._file(raw, mail, reading, ballot, proof.cause)
        elif answer == "ask":
            self._ask_back(raw, mail, reading)
        else:
            self._note(raw, mail, answer, reading)

    def _file(
        self,
        raw: RawMail,
        mail: MailText,
        reading: BallotReading,
        ballot: BallotFiles,
        unsigned: str,
    ) -> None:
        from govkit.log.digests import entry_digest
        from govkit.procedures.proposals.ballots import file_ballot

        shown: dict[str, Any] = {
            "level": "E2" if ballot.signed else "E1",
            "unsigned": unsigned or None,
        }
        if self.dry_run:
            self.taken.add(mail)  # the same mail again would be passed over, too
            self._note(raw, mail, "would-take", reading, **shown)
            return
        self.owed.begin(mail)
        said = self.outbox.messages_for(reading.member, mail)
        receipt = self.registrar.receipt(self.by)
        done = file_ballot(self.workspace, mail, raw.data, ballot, receipt, said)
        self.workspace = done.workspace
        self.taken.add(mail)
        self.context = self.context._replace(taken=self.context.taken | {mail.message_id})
        self._heard.add(reading.member or "")
        self.entries += done.filed.entries
        self.proposals[ballot.proposal] += 1
        entry = done.filed.entries[0]
        draft = self._receipt(mail, reading, done.filed.receipts, entry_digest(entry))
        number = entry.seq
        self._show(
            [f"  Taken in, number {number} in the log.", *map("  {}".format, done.filed.notes)]
        )
        shown |= {"number": number, "counts": done.filed.counts, "draft": draft}
        self._note(raw, mail, "taken", reading, **shown)

    def _receipt_again(self, mail: MailText) -> None:
        """Write the receipt for which a sitting that was interrupted had no time."""
        from govkit.correspondence.ballots import read_ballot
        from govkit.procedures.proposals.mail_receipts import receipt_of_mail

        reading = read_ballot(mail, self.context._replace(taken=frozenset()))
        if self.dry_run or reading.form is None or reading.member is None:
            return
        said, id = self.outbox.messages_for(reading.member, mail), reading.form.proposal
        again = receipt_of_mail(self.workspace, id, reading.member, mail, said, self.registrar.now)
        if again is not None:
            self.owed.drop_stale(mail)
            self._receipt(mail, reading, again.lines, again.entry)

    def _receipt(
        self, mail: MailText, reading: BallotReading, lines: tuple[str, ...], entry: str
    ) -> str | None:
        """Write the letter with a receipt that names an entry by its digest; return its file."""
        from govkit.correspondence.ballot_letters import receipt_letter

        said = self.outbox.messages_for(reading.member, mail)
        letter = receipt_letter(said, reading, self._name(reading), self._title(reading), lines)
        draft = self.outbox.write(reading.member, mail, letter)
        self.owed.end(mail, entry, draft)
        return draft

    # --- a question, and free words ---------------------------------------------------------------

    def _query(self, raw: RawMail, mail: MailText, reading: BallotReading) -> None:
        said = self.workspace.corpus.messages.group("ballots.doubts")[reading.doubt or ""]
        self._show([*mail_head(raw, mail, reading), f"  Not clear: {said}", *own_words(reading)])
        if may_hold_a_comment(reading):
            command = self._import_command(mail, reading, self.outbox.keep_words(mail, reading))
            self._show(["  If these words are a comment, too, file them as well:", command])
        answer = self._answer("Ask back?", "yes")
        if answer in ("yes", "ask"):
            self._ask_back(raw, mail, reading)
        else:
            self._note(raw, mail, answer, reading)

    def _ask_back(self, raw: RawMail, mail: MailText, reading: BallotReading) -> None:
        from govkit.correspondence.ballot_letters import query_letter

        asked = reading if reading.doubt else reading._replace(doubt="confirm")
        said = self.outbox.messages_for(reading.member, mail)
        letter = query_letter(said, asked, self._name(reading), self._title(reading))
        draft = self.outbox.write(reading.member, mail, letter)
        if not draft and not self.dry_run:
            self._show(["  There is no one address to answer to, so no letter was written."])
        self._note(raw, mail, "asked", reading, draft=draft)

    def _free(self, raw: RawMail, mail: MailText, reading: BallotReading) -> None:
        place = self.outbox.keep_words(mail, reading)
        self._show(
            [*mail_head(raw, mail, reading), "  Free words, no ballot. A comment, if it is one:"]
        )
        self._show([self._import_command(mail, reading, place)])
        self._note(raw, mail, "free", reading, file=place)

    @staticmethod
    def _import_command(mail: MailText, reading: BallotReading, place: str | None) -> str:
        """Return the line that files the words of a mail, kept at a place, as a comment."""
        if not place:
            return "    (written out without --dry-run)"
        member = f" --member {reading.member}" if reading.member else ' --name "…"'
        proposal = f" --proposal {reading.form.proposal}" if reading.form else ""
        hop = mail.hops[0] if mail.hops else None
        came = f" --received {hop.at:%Y-%m-%dT%H:%M}Z" if hop and hop.at else ""
        return f"    govkit comment import {place} --free{member}{proposal}{came}"

    def _call_answered(self, mail: MailText, reading: BallotReading) -> str:
        """Return the call that a mail without a ballot answers, by the mark of its subject."""
        if reading.sort == "automatic" or reading.form is not None:
            return ""
        marked = _CALL_MARK.search(mail.subject)
        if marked is None or not self.workspace.corpus.find(("call",), f"calls/{marked['call']}"):
            return ""
        return marked["call"]

    def _input(self, raw: RawMail, mail: MailText, reading: BallotReading, call: str) -> None:
        # Our letter of a call asks for whom one speaks: so these words are no doubt here.
        self._show([*mail_head(raw, mail, reading), f"  An answer to the call {call}. To file it:"])
        self._show([f"    govkit call add {shlex.quote(raw.name)} --call {call}"])
        self._note(raw, mail, "free", reading, call=call)

    # --- asking and telling -----------------------------------------------------------------------

    def _answer(self, question: str, unasked: str) -> str:
        """Return what the registrar says, by one key; unasked, what is safe."""
        if self.yes or self.dry_run:
            return unasked
        keys = {"y": "yes", "n": "left", "l": "later", "a": "ask"}
        return self.keys_pressed.answer(f"{question} [y]es [n]o [l]ater [a]sk back", keys)

    def _name(self, reading: BallotReading) -> str:
        found = self.workspace.corpus.find(("member",), reading.member or "")
        return str(getattr(found.record, "name", found.id)) if found else ""

    def _title(self, reading: BallotReading) -> str:
        if reading.form is None:
            return ""
        found = self.workspace.corpus.find(("proposal",), reading.form.proposal)
        return str(getattr(found.record, "title", "")) if found else ""

    def _show(self, lines: Iterable[str]) -> None:
        if not self.registrar.as_json:
            for line in lines:
                click.echo(fitted(visible(line)))

    def _note(
        self,
        raw: RawMail,
        mail: MailText,
        became: str,
        reading: BallotReading | None = None,
        **more: Any,
    ) -> None:
        self.counts[became] += 1
        if not self.registrar.as_json:
            return  # a mailbox may have more mails than memory has room for
        row: dict[str, Any] = {"mail": raw.name, "message_id": mail.message_id, "became": became}
        if reading is not None:
            row |= {
                "member": reading.member,
                "proposal": reading.form.proposal if reading.form else None,
                "position": reading.stance,
                "texts": list(reading.texts),
                "reason": reading.reason,
                "query": reading.doubt,
            }
        self.rows.append(row | more)

    def end(self) -> int:
        """Say what became of all, and what is to be done next; return the exit code."""
        counts = self.counts
        unclear = any(counts[each] for each in ("asked", "refused", "later", "left"))
        if self.registrar.as_json:
            answer = {
                "version": 1,
                "dry_run": self.dry_run,
                "mails": self.rows,
                "entries": [entry_as_json(each) for each in self.entries],
            }
            say_json(answer)
            return 1 if unclear else 0
        self._show(["", summary_of_mails(counts), *self._next()])
        return 1 if unclear else 0

    def _next(self) -> Iterator[str]:
        if self.dry_run:
            yield "Nothing was written."
            return
        if self.yes and self.counts["later"]:
            yield "Left for later: a person has to read them. Run it on a terminal without --yes."
        if self.outbox.written:
            yield f"Letters to send: {len(self.outbox.written)}, in {self.outbox.folder}"
        if self.entries:
            what = ", ".join(
                f"{count} {'ballot' if count == 1 else 'ballots'} on {id}"
                for id, count in sorted(self.proposals.items())
            )
            yield "Next:"
            yield "  govkit seal"
            yield f'  git add -A governance && git commit -m "Take in {what}" && git push'
            yield "Send the receipts after the push: numbers are final then."
