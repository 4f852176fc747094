"""Corrections as they are filed: what is right beside what was written down wrongly, and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any, cast

from govkit.consent.evidence import evidence_of
from govkit.consultation.consultation import consultation_of
from govkit.consultation.drafting import CommentInput, draft_comment
from govkit.corpus.commitments import disclosed, named_author
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.correspondence.position_receipts import RecordCorrection
from govkit.errors import WrongUse
from govkit.log.entries import entries_of, valid_entries
from govkit.log.periods import end_of_day
from govkit.procedures.log.disclosures import withhold_author, withhold_reason
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import next_free, taken_places
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.procedures.proposals.evidence import EvidenceInput
from govkit.procedures.proposals.positions import (
    NewPosition,
    asked_of,
    pairs_of,
    path_of_position,
    require_may_speak,
)
from govkit.records.base import Record
from govkit.records.comments import Author, Comment
from govkit.records.corrections import Correction
from govkit.records.enumerations import Stance
from govkit.records.kinds import folder_of_proposal, kind_of_path, path_in_proposal
from govkit.records.log import LogEntry
from govkit.records.positions import Position, SeenHead
from govkit.records.proposals import Notice
from govkit.records.scalars import iso
from govkit.round.corrected_days import SOON
from govkit.round.corrections import relied_on
from govkit.round.docket import Docket, docket_of
from govkit.round.filed_records import FiledRecord
from govkit.source.record_bytes import record_bytes
from govkit.source.scaffolds import NameRefused, paragraphs
from govkit.store import private
from govkit.workspace import Workspace

_NOTHING = "Nothing was written."
_LATER = ("head", "disposition", "author_reply")
_OTHER_WAYS = {
    "member": "`govkit member` files what changes in the record of a member.",
    "evidence": "`govkit evidence` files what shows a position better; both stay.",
    "revision": "Open a new revision: `govkit propose revise`.",
    "act": "File another act, and sign that one.",
    "decision": "Nothing that was decided is written over: propose other words.",
    "countersigned": "Countersign again, in other words; both stay.",
}


@dataclass(frozen=True)
class KnownRecord:
    """What was written down wrongly: its proposal, its place there, and its file."""

    docket: Docket
    filed: FiledRecord[Any]
    path: str

    @property
    def received_at(self) -> datetime.datetime:
        """Return when it was received: what is right counts from the same moment."""
        assert self.filed.entry is not None
        return self.filed.entry.received_at


@dataclass(frozen=True)
class NewCorrection:
    """A correction, its place, and the filing of what is right."""

    correction: Correction
    path: str
    right: Filing
    beside: tuple[Filing, ...] = ()
    """What discloses who commented, where that is no member."""

    @property
    def filing(self) -> Filing:
        """Return the filing of the correction itself."""
        data = record_bytes("correction", self.correction, self.path)
        return Filing(self.path, data, "correction")

    @property
    def folder(self) -> str:
        """Return the folder of its proposal."""
        return "/".join(self.path.split("/")[:3])

    @property
    def id(self) -> str:
        """Return its place in its proposal, as corrections/01."""
        return self.path.split("/", 3)[3].removesuffix(".yaml")


def path_of_number(workspace: Workspace, number: int) -> str:
    """Return the record that a number of the log is about; evidence leads to its position.

    Raises `WrongUse` where there is none.
    """
    for _, entry in entries_of(workspace.corpus):
        if entry.seq == number and entry.path is not None:
            if entry.kind == "evidence":
                stem = entry.path.replace("/evidence/", "/positions/").rpartition("-")[0]
                return f"{stem}.yaml"
            return entry.path
    raise WrongUse(
        f"number {number} of the log is about no record of a proposal",
        "`govkit status PROPOSAL` names the records of a proposal.",
    )


def wrong_record(workspace: Workspace, path: str) -> KnownRecord:
    """Return what is to be corrected. Raises `WrongUse` where that is not the way."""
    kind = kind_of_path(path) or ""
    if kind not in ("position", "comment", "notice"):
        raise WrongUse(
            f"{path} is not corrected in this way: only positions, comments and announcements are",
            _OTHER_WAYS.get(kind, "Nothing is edited in place: file anew what is right."),
        )
    proposal = path.split("/")[2]
    docket = docket_of(workspace.corpus, proposal)
    id = path.split("/", 3)[3].removesuffix(".yaml")
    if docket is None or docket.revision is None:
        raise WrongUse(f"the proposal {proposal} can't be read", "`govkit check` says more.")
    every: tuple[FiledRecord[Any], ...]
    every = (*docket.positions, *docket.comments, *docket.notices)
    filed = next((each for each in every if each.id == id), None)
    if filed is None or not filed.logged:
        raise WrongUse(
            f"{path} is not as the log has it, so there is nothing to correct",
            "What is not in the log yet is written anew; what was changed is put back: `govkit "
            "check`.",
        )
    of_words = (each for each in docket.corrections if each.record.received_at is None)
    first = next((each for each in of_words if each.record.right == id), None)
    if first is not None:
        raise WrongUse(
            f"{id} is a correction itself ({first.id})",
            f"Correct what was written down wrongly once more: {proposal}/{first.record.corrects}. "
            f"All of them stay. {_NOTHING}",
        )
    return KnownRecord(docket, filed, path)


def prepare_correction(
    workspace: Workspace, wrong: KnownRecord, right: Record, path: str, reason: str
) -> NewCorrection:
    """Return the correction that puts a record at a path in the place of a wrong one.

    Raises `WrongUse` where nothing is corrected.
    """
    kind = kind_of_path(path) or ""
    folder = "/".join(path.split("/")[:3])
    _require_new(workspace.corpus, wrong, right)
    beside: tuple[Filing, ...] = ()
    if isinstance(right, Comment):
        right, beside = withhold_author(path, right, private.new_salt())
    assert wrong.filed.entry is not None
    assert wrong.filed.entry.digest is not None
    correction = Correction(
        corrects=wrong.filed.id,
        digest=wrong.filed.entry.digest,
        right=path.removeprefix(f"{folder}/").removesuffix(".yaml"),
        right_digest=digest_for(kind, right),
        reason=reason,
    )
    place = next_free(taken_places(workspace), f"{folder}/corrections", 2)
    return NewCorrection(
        correction, place, Filing(path, record_bytes(kind, right, path), cast("Any", kind)), beside
    )


def _require_new(corpus: Corpus, wrong: KnownRecord, right: Record) -> None:
    """Raise `WrongUse` where just this correction is filed already."""
    docket = wrong.docket
    every: tuple[FiledRecord[Any], ...]
    every = (*docket.positions, *docket.comments, *docket.notices)
    known = {each.id: each.record for each in every}
    # An answer came later, and a statement may be signed below another head.
    later = {key: getattr(right, key) for key in _LATER if hasattr(right, key)}
    for each in docket.corrections:
        made = known.get(each.record.right)
        if each.record.corrects != wrong.filed.id or made is None or each.record.received_at:
            continue
        if isinstance(made, Comment):
            place = path_in_proposal(docket.proposal.id, each.record.right)
            named = named_author(made.author, disclosed(corpus, place))
            made = made.model_copy(update={"author": named})
        if made.model_copy(update=later) == right:
            raise WrongUse(
                f"{each.id} says just this already",
                f"Let somebody confirm it: `govkit status {docket.proposal.id}` says how. "
                f"{_NOTHING}",
            )


def require_other(right: Record, wrong: Record) -> None:
    """Raise `WrongUse` where what is said to be right is what stands there."""
    if right == wrong:
        raise WrongUse(
            "this is just what was written down",
            "Say what is right, with the options for it: `govkit correct --help`. " + _NOTHING,
        )


# --- positions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CorrectionInput:
    """What is right; None leaves what was written down.

    Where a `stance` is named, the marks (`confirms_withdrawal`, `publish_name`) are said anew.
    """

    stance: Stance | None = None
    text: str | None = None
    units: tuple[str, ...] = ()
    member: str | None = None
    cast_by: str | None = None
    claimed_at: datetime.datetime | None = None
    confirms_withdrawal: bool = False
    publish_name: bool = True
    head: SeenHead | None = None


def right_position(workspace: Workspace, wrong: KnownRecord, said: CorrectionInput) -> NewPosition:
    """Return the position that was really given. Raises `WrongUse` where it can't stand."""
    was: Position = wrong.filed.record
    proposal = wrong.docket.proposal.id
    name = said.member or was.member
    cast_by = said.cast_by or (name if said.member else was.cast_by)
    member = require_may_speak(workspace, cast_by, name)
    changes: dict[str, Any] = {
        "member": name,
        "cast_by": cast_by,
        "capacity": member.kind,
        "corrects": wrong.filed.id,
        # What the member saw when they spoke is not what they see now.
        "head": said.head,
    }
    if said.stance is not None:
        changes |= {
            "position": said.stance,
            "confirms_withdrawal": said.confirms_withdrawal,
            "publish": was.publish.model_copy(update={"name": said.publish_name}),
        }
    if said.text is not None:
        changes |= {"reason": _reason(said.text), "reason_withheld": None}
    if said.units:
        changes["units"] = pairs_of(asked_of(workspace, proposal, was.revision), said.units)
    if said.claimed_at is not None:
        changes["claimed_at"] = said.claimed_at.replace(microsecond=0)
    right = was.model_copy(update=changes)
    if right.position == "consent-with-reservation" and not right.printed_reason:
        raise WrongUse("a reservation needs words: what is reserved", 'Add --text "the words".')
    path = path_of_position(workspace, proposal, name)
    if was.reason_withheld is not None and right.reason is not None:
        # What was not to be printed before is not to be printed in its right words either.
        right, beside = withhold_reason(path, right, private.new_salt())
        return NewPosition(right, path, "", beside)
    return NewPosition(right, path)


def _reason(text: str) -> str | None:
    try:
        return paragraphs(text) if text.strip() else None
    except NameRefused as reason:
        raise WrongUse(f"--text can't be taken: {reason}", "Write it otherwise.") from None


def same_source(wrong: KnownRecord, now: datetime.datetime) -> EvidenceInput:
    """Return what showed the wrong words and is to show the right ones: it was misread."""
    shown = evidence_of(wrong.docket, wrong.filed, now)
    others = [each.record for each in shown.judged if each.record.kind != "sshsig"]
    if not others:
        return EvidenceInput()
    last = others[-1]
    return EvidenceInput(
        kind=last.kind, level=last.level, source=last.source, note=last.note, account=last.account
    )


# --- comments -------------------------------------------------------------------------------------


def require_published(id: str, comment: Comment) -> None:
    """Raise `WrongUse` for a comment whose words are not published."""
    if comment.comment is None or comment.publication not in ("public", "without-name"):
        raise WrongUse(
            f"the words of {id} are not published, so nothing is corrected in public",
            "Ask its author first: `govkit comment publish`.",
        )


def right_comment(
    workspace: Workspace,
    wrong: KnownRecord,
    said: CorrectionInput,
    author: Author | None,
    channel: str | None,
) -> tuple[Comment, str]:
    """Return the comment as it was really made, and its place. Raises `WrongUse`."""
    was: Comment = wrong.filed.record
    require_published(wrong.filed.id, was)
    if len(said.units) > 1:
        raise WrongUse("a comment is about one text, or about all", "Name one --unit.")
    consultation = consultation_of(workspace.corpus, wrong.docket.proposal.id)
    target = was.target
    filed = consultation.comment(int(wrong.filed.id.rpartition("/")[2]))
    if filed.held is not None:
        raise WrongUse(
            f"comment {filed.name} is held back, and what you write now would be shown",
            "Show it again first, and hold the new comment back: `govkit comment restore`, "
            "`govkit correct`, `govkit comment hold-back`. Nothing was changed.",
        )
    # Who has been left out is not named again.
    of_before = Author(group=was.author.group) if filed.is_left_out else filed.author
    given = CommentInput(
        author=author or of_before,
        comment=(was.comment or "") if said.text is None else said.text,
        source=cast("Any", channel or was.source.kind),
        revision=target.revision,
        unit=said.units[0] if said.units else target.unit,
        quote=target.quote,
        prefix=target.prefix or "",
        suffix=target.suffix or "",
        type=was.type,
        challenge=was.challenge,
        proposed_text=was.proposed_text,
        refers_to=was.refers_to,
        message_id=was.source.message_id,
        part=was.source.part,
        relayed_by=was.source.relayed_by,
    )
    draft = draft_comment(consultation, given)
    source = draft.comment.source.model_copy(update={"snapshot": was.source.snapshot})
    kept = {"target": target} if not said.units else {}
    right = draft.comment.model_copy(update={"source": source, **kept})
    before = {"disposition": None, "author_reply": None, "author": filed.author}
    require_other(right, was.model_copy(update=before))
    folder = f"{folder_of_proposal(consultation.proposal.id)}comments"
    return right, next_free(taken_places(workspace), folder, 4)


# --- announced dates ------------------------------------------------------------------------------


def right_notice(
    workspace: Workspace, wrong: KnownRecord, to: datetime.date, now: datetime.datetime
) -> tuple[Notice, str]:
    """Return the announcement with the date that was meant, and its place.

    Raises `WrongUse` where the date is a promise by now, which moves later only.
    """
    was: Notice = wrong.filed.record
    proposal = wrong.docket.proposal.id
    relied = relied_on(wrong.docket, wrong.filed, now, 10**15)
    if relied or was.revision != wrong.docket.number:
        raise WrongUse(
            f"this date is a promise by now: {relied or 'another revision was opened since'}",
            f"It can be moved later: `govkit propose notice {proposal} --move`. {_NOTHING}",
        )
    key = "closes" if was.closes is not None else "comment_until"
    right = was.model_copy(update={key: end_of_day(to), "digest": None, "message_id": None})
    before = was.closes or was.comment_until or wrong.docket.revisions[-1].record.comment_until
    if end_of_day(to) == before:
        require_other(was, was)
    if end_of_day(to) <= now:
        raise WrongUse(f"{to} has passed already", f"Give a day that is still to come. {_NOTHING}")
    return right, next_free(taken_places(workspace), f"{folder_of_proposal(proposal)}notices", 2)


def vouched_until(wrong: KnownRecord) -> str:
    """Return until when a second coordinator can vouch for the correction of a date."""
    assert wrong.filed.entry is not None
    return iso(wrong.filed.entry.recorded_at + SOON)


def file_correction(
    workspace: Workspace, wrong: KnownRecord, made: NewCorrection, receipt: FilingReceipt
) -> tuple[LogEntry, ...]:
    """File what is right with its correction: the first as of when the wrong record came."""
    filings = [made.right, *made.beside, with_moments(made.filing, receipt.stamp.at)]
    received = replace(receipt, received_at=wrong.received_at)
    return file_received(workspace.root, filings, received)


def with_moments(filing: Filing, at: datetime.datetime) -> Filing:
    """Return a filing that came at its own moment, and not when the wrong record did."""
    return replace(filing, received=(at, "registrar"))


def corrected_by(
    workspace: Workspace, correction: NewCorrection, entry: LogEntry
) -> RecordCorrection:
    """Return the record that was wrong, its number in the log, and why it is put right."""
    wrong = correction.correction.corrects
    known = valid_entries(workspace.corpus).get((f"{correction.folder}/{wrong}.yaml", entry.kind))
    return RecordCorrection(wrong, known.seq if known else None, correction.correction.reason)
