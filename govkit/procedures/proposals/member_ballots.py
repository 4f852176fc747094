"""The ballots of a proposal: one mail for each member with an address; nothing is sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from govkit.consultation.consultation import Consultation, FiledComment, consultation_of
from govkit.corpus.changes.copies import changes_of_copies
from govkit.corpus.changes.values import Change, Changes
from govkit.corpus.copies import copy_of
from govkit.corpus.documents import Document
from govkit.correspondence.announcements import MailSubject
from govkit.correspondence.ballot_letters import as_eml
from govkit.correspondence.comment_letters import CommentAnswer
from govkit.correspondence.member_ballots import EarlierWord, MemberBallot, ballot_mail
from govkit.errors import GovkitError, WrongUse
from govkit.languages.catalogue import is_translated, messages
from govkit.log.coordinators import charter_of
from govkit.procedures.proposals.announcements import require_running
from govkit.procedures.proposals.opening import matter_of
from govkit.procedures.proposals.returned_mails import returned_addresses
from govkit.procedures.proposals.revision import docket_named
from govkit.proposals.texts import ProposedText
from govkit.records.positions import Position
from govkit.records.proposals import Revision
from govkit.rendering.ballot_page import ballot_page, redline_to_attach
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import Round
from govkit.round.states import state_of
from govkit.source.record_bytes import instant_text
from govkit.store import private
from govkit.store.output_files import write_output
from govkit.store.private_rows import DRAFTED, add_row
from govkit.workspace import Workspace


class BallotFile(NamedTuple):
    """A ballot to send: whose it is, the name of its file, and the mail.

    `instead_of` is the language on record, where govkit has no words in it; else an empty text.
    """

    member: str
    name: str
    data: bytes
    instead_of: str


class BallotRound(NamedTuple):
    """The ballots of a proposal, and the members on the roll who have no address on record.

    `returned` are those who are held back, as a mail to each of their addresses came back.
    """

    files: tuple[BallotFile, ...]
    without_address: tuple[str, ...]
    until: datetime.datetime
    number: int
    returned: tuple[str, ...] = ()


def ballots_for(
    workspace: Workspace,
    id: str,
    members: Sequence[str],
    now: datetime.datetime,
    again: bool = False,
) -> BallotRound:
    """Return the ballots of the current revision, to all on the roll where nobody is named.

    Only with `again` one goes to an address from which a mail came back.

    Raises `WrongUse` where positions are not open, or somebody named is not on the roll.
    """
    docket = docket_named(workspace, id)
    require_running(docket, state_of(docket, now))
    round = Round(docket, now)
    on_roll = speakers(round)
    strangers = [each for each in members if each not in on_roll]
    if strangers:
        raise WrongUse(
            f"`{strangers[0]}` has no voice about {id}, so there is no ballot to write",
            f"Members with a voice: {', '.join(on_roll)}.",
        )
    wanted = members or on_roll
    dates = round.dates
    until = dates.closes or dates.comment_until
    gone = frozenset[str]() if again else returned_addresses(workspace.root)
    writing = BallotWriting(workspace, docket, until, dates.closes is not None, now, gone)
    files = tuple(file for each in sorted(wanted) for file in writing.files(each))
    known = {each.member for each in private.addresses_on_record(workspace.root)}
    lacking = sorted(each for each in wanted if each not in writing.lines)
    # An organisation is asked through whoever represents it.
    asked = {docket.members[each].represents for each in writing.lines if each in docket.members}
    without = tuple(each for each in lacking if each not in known and each not in asked)
    returned = tuple(each for each in lacking if each in known)
    return BallotRound(files, without, until, docket.number, returned)


def write_ballots(
    workspace: Workspace, id: str, done: BallotRound, folder: Path, now: datetime.datetime
) -> None:
    """Write the ballots of a proposal as drafts into a folder, and note each."""
    for each in done.files:
        write_output(folder / each.name, each.data)
        row = {"proposal": id, "revision": done.number, "member": each.member, "draft": each.name}
        add_row(workspace.root, DRAFTED, row | {"at": instant_text(now)})


def speakers(round: Round) -> list[str]:
    """Return the members on the roll, and those who represent one of them."""
    represents = {
        id
        for id, member in round.docket.members.items()
        if member.represents in round.roll and member.state == "enrolled"
    }
    return sorted(round.roll.keys() | represents)


@dataclass(frozen=True)
class BallotWriting:
    """Writes the ballots of one revision; what all of them share is made once."""

    workspace: Workspace
    docket: Docket
    until: datetime.datetime
    last_call: bool
    now: datetime.datetime
    passed_over: frozenset[str] = frozenset()
    """Addresses, in small letters, to which nothing is written."""

    @cached_property
    def lines(self) -> dict[str, list[private.AddressOnRecord]]:
        """Return the addresses on record by member."""
        found: dict[str, list[private.AddressOnRecord]] = {}
        for line in private.addresses_on_record(self.workspace.root):
            if line.address.casefold() not in self.passed_over:
                found.setdefault(line.member, []).append(line)
        return found

    def files(
        self, member: str, kind: str = "ballot", reminds: tuple[str, ...] = ()
    ) -> Iterator[BallotFile]:
        """Yield the ballot of a member, once for each of their addresses: a draft has one.

        `kind` begins the names of the files. A reminder names the texts that are not heard about.
        """
        lines = self.lines.get(member, [])
        known = next((each.language for each in lines if each.language), "")
        languages = {each.address: each.language or known for each in reversed(lines)}
        for number, address in enumerate(dict.fromkeys(each.address for each in lines), 1):
            again = f"-{number}" if number > 1 else ""
            name = f"{kind}-{self.docket.proposal.id}-r{self.docket.number}-{member}{again}.eml"
            yield self._file(member, name, address, languages[address], reminds)

    def _file(
        self, member: str, file: str, to: str, language: str, reminds: tuple[str, ...]
    ) -> BallotFile:
        asked = is_translated(language)
        written = language if asked else self.workspace.corpus.language
        matter = replace(self._matter, said=messages(written))
        name = f"redline-{matter.proposal.id}-r{matter.number}.pdf"
        earlier = tuple(self._earlier(member))
        person = self.docket.members[member].name
        ballot = MemberBallot(
            matter,
            person,
            self.until,
            self.last_call,
            self.units,
            earlier,
            name,
            reminds,
            tuple(self._answered(member, {each.id for each in earlier})),
        )
        html = ballot_page(ballot, self._changes.changes, written)
        sender = next(iter(charter_of(self.workspace.corpus).intake.addresses), "")
        data = as_eml([ballot_mail(ballot)], to, None, sender, html, (name, self._redline))
        return BallotFile(member, file, data, "" if asked else language)

    def _answered(self, member: str, shown: set[str]) -> Iterator[CommentAnswer]:
        """Yield the member's answered comments on this revision and the one before.

        What changed in a text is shown once: not again where the position on it shows it.
        """
        for each in self._comments:
            target = each.comment.target
            if each.comment.author.member != member or target.revision < self.docket.number - 1:
                continue
            unit = target.unit or ""
            change = self._since.get(target.revision, {}).get(unit) if unit not in shown else None
            shown = shown | {unit}
            yield CommentAnswer(each, change, self._consultation.clause_of(each))

    @cached_property
    def _consultation(self) -> Consultation:
        return consultation_of(self.workspace.corpus, self.docket.proposal.id)

    @cached_property
    def _comments(self) -> tuple[FiledComment, ...]:
        if self.docket.number < 2 or not self.docket.comments:
            return ()
        every = self._consultation.comments
        shown = (each for each in every if each.held is None and each.replaced is None)
        return tuple(each for each in shown if each.comment.disposition is not None)

    @cached_property
    def _revision(self) -> Revision:
        return cast("Revision", self.docket.revision)

    @cached_property
    def _matter(self) -> MailSubject:
        return matter_of(self.workspace, self.docket.proposal, self.docket.number, self._revision)

    @cached_property
    def _redline(self) -> bytes:
        id, number = self.docket.proposal.id, self.docket.number
        return redline_to_attach(self.workspace.corpus, id, number, self._changes)

    # --- what is proposed -------------------------------------------------------------------------

    def _copies(self, number: int, side: str) -> dict[str, Document]:
        """Return the copies of one side of a revision by id."""
        revision = self.docket.revisions[number - 1].record
        found = {}
        for unit in revision.units:
            if getattr(unit, side) is None:
                continue
            copy = copy_of(
                self.workspace.corpus, f"{self.docket.proposal.id}/rev-{number}", side, unit.id
            )
            if copy is None or copy.record is None:
                raise GovkitError(
                    f"the words of {unit.id} in revision {number} can't be read",
                    "The proposal's copy of them is missing or damaged: `govkit check` says more.",
                )
            found[unit.id] = copy
        return found

    @cached_property
    def _sides(self) -> tuple[dict[str, Document], dict[str, Document]]:
        number = self.docket.number
        return self._copies(number, "before"), self._copies(number, "after")

    @cached_property
    def _changes(self) -> Changes:
        return changes_of_copies(self.workspace.corpus, *self._sides)

    @cached_property
    def units(self) -> tuple[ProposedText, ...]:
        """Return the texts of the revision, each with its change."""
        before, after = self._sides
        changes = {each.id: each for each in self._changes.changes}
        return tuple(
            ProposedText(
                unit,
                before.get(unit.id),
                after.get(unit.id),
                changes.get(unit.id) if unit.before is not None else None,
            )
            for unit in self._revision.units
        )

    # --- what was said before ---------------------------------------------------------------------

    @cached_property
    def _since(self) -> dict[int, dict[str, Change]]:
        """Return what changed in each text since each revision before."""
        found = {}
        for number in range(1, self.docket.number):
            there = self._copies(number, "after")
            now = {id: copy for id, copy in self._sides[1].items() if id in there}
            there = {id: copy for id, copy in there.items() if id in now}
            changes = changes_of_copies(self.workspace.corpus, there, now).changes
            found[number] = {each.id: each for each in changes}
        return found

    def _earlier(self, member: str) -> Iterator[EarlierWord]:
        """Yield what a member said last about each text, if it was to an earlier revision."""
        units = {unit.id: unit for unit in self._revision.units}
        for id, filed in sorted(last_words(self.docket, member, self.now).items()):
            said = filed.record
            if said.revision >= self.docket.number or said.position == "withdraw":
                continue
            copy = copy_of(
                self.workspace.corpus, f"{self.docket.proposal.id}/rev-{said.revision}", "after", id
            )
            title = copy.title if copy is not None else ""
            word = EarlierWord(id, title, said.revision, said.position, same=False)
            unit = units.get(id)
            if unit is None:
                yield word._replace(gone=True)
                continue
            pairs = {(each.before, each.after) for each in said.units if each.id == id}
            if (unit.before, unit.after) in pairs:
                yield word._replace(same=True)
            else:
                yield word._replace(change=self._since[said.revision].get(id))


def last_words(
    docket: Docket, member: str, now: datetime.datetime
) -> dict[str, FiledRecord[Position]]:
    """Return the last position about each text by a member, or by who speaks for it or by it."""
    found: dict[str, FiledRecord[Position]] = {}
    for each in positions_of(docket, member, now):
        found |= dict.fromkeys(each.record.texts, each)
    return found


def positions_of(
    docket: Docket, member: str, now: datetime.datetime
) -> list[FiledRecord[Position]]:
    """Return the positions by a member, or by who speaks for it or by it, as they were received."""
    theirs = [
        (each.entry.received_at, each.seq, each)
        for each in docket.positions
        if each.logged and each.entry is not None and each.entry.received_at <= now
        if member in (each.record.member, each.record.cast_by)
    ]
    return [each for _, _, each in sorted(theirs, key=lambda one: one[:2])]
