"""Ballots that came by mail, taken in: a position, what shows it, and comments, as one act.

A mail is kept whole in the private folder, and known again by its Message-ID or its bytes, so that
no mail is taken in twice: not after a kill, and not from two mailboxes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from govkit.consent.counting import Cause
from govkit.consultation.consultation import consultation_of
from govkit.consultation.drafting import CommentInput, draft_comment
from govkit.consultation.sanitising import sanitise
from govkit.corpus.record_digests import digest_for
from govkit.correspondence.ballots import BallotContext, BallotReading, forms_of
from govkit.errors import WrongUse
from govkit.languages.catalogue import Messages
from govkit.log.coordinators import charter_of, coordinators_of, member_of
from govkit.procedures.log.filing import Basis, Filing
from govkit.procedures.log.numbering import next_free, taken_places
from govkit.procedures.log.register import FilingReceipt
from govkit.procedures.proposals.evidence import EvidenceInput, evidence_for
from govkit.procedures.proposals.filed_positions import FiledPositions, file_positions
from govkit.procedures.proposals.positions import (
    FiledPosition,
    NewPosition,
    PositionInput,
    prepare_position,
    said_within_a_day,
    verdict_on,
)
from govkit.records.calls import CallInput
from govkit.records.comments import IN_REPLY_BLOCK, Author, Comment
from govkit.records.evidence import Evidence, ReceivedMail
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.source.mail import MailText
from govkit.source.mail_signatures import MailSignature
from govkit.source.record_bytes import record_bytes
from govkit.store import private
from govkit.workspace import Workspace

_UNKNOWN = "sha256:" + "0" * 64


class MailReceipt(NamedTuple):
    """When a mail came, who says so, and the host of the coalition's own that does.

    `above` is another host that wrote a line above that host's, or an empty text: where the mail
    came by that host alone, the sender may have written the line below.
    """

    at: datetime.datetime
    basis: Basis
    host: str | None
    above: str = ""


@dataclass(frozen=True)
class BallotFiles:
    """What a ballot becomes: the position with its place, its comments, and when it came.

    `known` is where just this was filed within a day, or an empty text. `causes` say why it would
    not count as things stand. `signed` is the signature of the sender's domain, if it holds.
    """

    proposal: str
    new: NewPosition
    comments: tuple[Comment, ...]
    came: MailReceipt
    causes: tuple[Cause, ...]
    signed: MailSignature | None = None
    known: str = ""


def context_of(workspace: Workspace) -> BallotContext:
    """Return what mails are read by: revisions, addresses on record, who coordinates."""
    corpus = workspace.corpus
    return BallotContext(
        forms_of(corpus),
        private.addresses(workspace.root),
        tuple(each.casefold() for each in charter_of(corpus).intake.addresses),
        tuple(coordinators_of(corpus)),
        frozenset(_ballot_ids(workspace)),
    )


def _ballot_ids(workspace: Workspace) -> Iterator[str]:
    for each in workspace.corpus.of_kind("evidence"):
        if isinstance(each.record, Evidence) and each.record.mail is not None:
            yield each.record.mail.message_id or ""


class FiledMails:
    """The mails that the register rests on already, by who spoke and Message-ID, or by their bytes.

    A Message-ID is what its sender typed: whoever saw the mail of another could send one with the
    same, so that the other's is passed over. So it stands for a mail of the same person alone.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Look through the evidence, the comments and the inputs of a register."""
        self._root = workspace.root
        self._addresses = private.addresses(workspace.root)
        self._sources: set[str] = set()
        self._ids: set[tuple[str | None, str]] = set()
        for each in workspace.corpus.of_kind("evidence", "comment", "input"):
            record = each.record
            if isinstance(record, Evidence) and record.mail is not None:
                place = f"{each.path.rpartition('/evidence/')[0]}/{record.position}.yaml"
                said = workspace.corpus.by_path.get(place)
                spoke = said.record.cast_by if said and isinstance(said.record, Position) else None
                self._add(spoke, record.mail.message_id, record.mail.raw)
            elif isinstance(record, Comment):
                self._add(record.author.member, record.source.message_id, record.source.snapshot)
            elif isinstance(record, CallInput):
                self._add(record.member, record.message_id, record.source)

    def _add(self, who: str | None, message_id: str | None, source: str | None) -> None:
        self._ids |= {(who, message_id)} if message_id else set()
        self._sources |= {source} if source else set()

    def _known_by(self, mail: MailText) -> tuple[str | None, str]:
        members = self._addresses.get(mail.sender, ())
        return members[0] if len(members) == 1 else None, mail.message_id

    @cached_property
    def _digests(self) -> set[str]:
        """Return the digests of what is kept, read once: salted ones can't be compared."""
        found = (private.kept(self._root, each) for each in sorted(self._sources))
        return {f"sha256:{sha256(each).hexdigest()}" for each in found if each is not None}

    def has(self, mail: MailText) -> bool:
        """Say whether a mail was taken in."""
        if mail.message_id:
            return self._known_by(mail) in self._ids
        return mail.digest in self._digests

    def add(self, mail: MailText) -> None:
        """Note that a mail was taken in now."""
        if mail.message_id:
            self._ids.add(self._known_by(mail))
        else:
            self._digests.add(mail.digest)


def received_at(
    workspace: Workspace, mail: MailText, said: datetime.datetime | None, now: datetime.datetime
) -> MailReceipt:
    """Return when a mail came: by the coalition's own host, else by the registrar's word.

    That word holds also where the line of the own host is not the topmost one.
    """
    hosts = charter_of(workspace.corpus).intake.hosts
    hop = mail.received_by(hosts)
    above = mail.hops[0].host if mail.hops and mail.hops[0].host not in hosts else ""
    if hop is not None and hop.at is not None and not (above and said):
        if hop.at > now:
            raise WrongUse(
                f"{hop.host} says that it came at {hop.at:%Y-%m-%d %H:%M} UTC, which is still to "
                "come",
                "Look at the clock of that host, and of this machine.",
            )
        return MailReceipt(hop.at, "own-host", hop.host, above)
    return MailReceipt(said or now, "registrar", None)


def files_of_ballot(
    workspace: Workspace,
    mail: MailText,
    reading: BallotReading,
    came: MailReceipt,
    receipt: FilingReceipt,
    signed: MailSignature | None = None,
) -> BallotFiles:
    """Return what a clear ballot becomes. Raises `WrongUse` with the cause where it can't stand."""
    form = reading.form
    assert form is not None
    assert reading.member is not None
    assert reading.stance is not None
    speaker = member_of(workspace.corpus, reading.member)
    said = PositionInput(
        member=speaker.represents or reading.member,
        proposal=form.proposal,
        stance=reading.stance,
        units=reading.texts,
        revision=form.revision,
        reason=sanitise(reading.reason or "").text or None,
        cast_by=reading.member,
    )
    opened = consultation_of(workspace.corpus, form.proposal).revisions[form.revision - 1].opened
    if came.at < opened:
        raise WrongUse(
            f"it came at {came.at:%Y-%m-%d %H:%M} UTC, before its revision was opened",
            "Look at the year, or at the clock of the host that received it.",
        )
    new = prepare_position(workspace, said)
    comments = tuple(_comments(workspace, mail, reading))
    known = said_within_a_day(workspace, form.proposal, new.position, came.at)
    shown = shown_by(mail, came, _UNKNOWN, signed)
    causes = _foreseen(workspace, form.proposal, new, shown, receipt, came)
    return BallotFiles(form.proposal, new, comments, came, causes, signed, known)


def _comments(workspace: Workspace, mail: MailText, reading: BallotReading) -> Iterator[Comment]:
    form, member = reading.form, reading.member
    assert form is not None
    if not reading.comments:
        return
    consultation = consultation_of(workspace.corpus, form.proposal)
    for each in reading.comments:
        given = CommentInput(
            author=Author(member=member),
            comment=each.words,
            source="mail",
            revision=form.revision,
            unit=each.unit,
            message_id=mail.message_id or None,
            part=IN_REPLY_BLOCK,
        )
        yield draft_comment(consultation, given).comment


def shown_by(
    mail: MailText, came: MailReceipt, source: str, signed: MailSignature | None
) -> EvidenceInput:
    """Return what a kept mail shows: E2 where the sender's domain signed it, else E1."""
    received = ReceivedMail(
        message_id=mail.message_id or None,
        received_by=came.host,
        raw=source,
        domain=signed.domain if signed else None,
        selector=signed.selector if signed else None,
        key=signed.key_digest if signed else None,
    )
    return EvidenceInput(kind="mail", level="E2" if signed else "E1", source=source, mail=received)


def _foreseen(
    workspace: Workspace,
    proposal: str,
    new: NewPosition,
    shown: EvidenceInput,
    receipt: FilingReceipt,
    came: MailReceipt,
) -> tuple[Cause, ...]:
    """Return why a position would not count, were it filed now."""
    record, place = evidence_for(new.position, new.path, shown, taken_places(workspace))
    entries = [each.record for each in workspace.corpus.of_kind("log-entry")]
    last = max((each.seq for each in entries if isinstance(each, LogEntry)), default=0)

    def entry(kind: str, path: str, digest: str, seq: int) -> LogEntry:
        return LogEntry.model_validate(
            {
                "seq": last + seq,
                "kind": kind,
                "path": path,
                "digest": digest,
                "received_at": came.at,
                "received_basis": came.basis,
                "recorded_at": receipt.stamp.at.replace(microsecond=0),
                "by": receipt.by,
                "prev": None,
            }
        )

    filed = FiledPosition(
        new.position,
        new.path,
        entry("position", new.path, digest_for("position", new.position), 1),
        record,
        place,
        entry("evidence", place, digest_for("evidence", record), 2),
    )
    [verdict] = verdict_on(workspace, proposal, [filed], receipt.stamp.at)
    return verdict.causes


class FiledBallot(NamedTuple):
    """A ballot that was filed, and the folder with it."""

    filed: FiledPositions
    workspace: Workspace


def file_ballot(
    workspace: Workspace,
    mail: MailText,
    raw: bytes,
    ballot: BallotFiles,
    receipt: FilingReceipt,
    said: Messages,
) -> FiledBallot:
    """Keep a mail, and file what it becomes, as one act; what was kept goes if that fails.

    `said` are the messages in which its receipt is written.
    """
    came = ballot.came
    kept = keep_mail(workspace, raw)
    try:
        if ballot.signed is not None:
            private.keep_key(workspace.root, kept, ballot.signed.key)
        further = _filings(workspace, ballot, kept)
        filed = file_positions(
            workspace,
            ballot.proposal,
            [ballot.new],
            lambda _: shown_by(mail, came, kept, ballot.signed),
            replace(receipt, received_at=came.at, basis=came.basis),
            further=further,
            said=said,
        )
    except BaseException:
        private.forget(workspace.root, kept)
        raise
    added = {each.path: b"" for each in filed.entries if each.path is not None}
    # Only the places are needed before the folder is opened anew.
    return FiledBallot(filed, replace(workspace, files={**workspace.files, **added}))


def keep_mail(workspace: Workspace, raw: bytes) -> str:
    """Keep a raw mail where only coordinators have it, and return its salted digest."""
    return private.keep(workspace.root, raw, private.new_salt())


def _filings(workspace: Workspace, ballot: BallotFiles, kept: str) -> list[Filing]:
    folder, found = f"governance/proposals/{ballot.proposal}/comments", list[Filing]()
    taken = taken_places(workspace)
    for each in ballot.comments:
        source = each.source.model_copy(update={"snapshot": kept})
        comment = each.model_copy(update={"source": source})
        path = next_free((*taken, *(known.path for known in found)), folder, 4)
        found.append(Filing(path, record_bytes("comment", comment, path), "comment"))
    return found
