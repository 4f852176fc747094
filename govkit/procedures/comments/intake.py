"""Intake: what arrived as a form or pull request becomes a record with an entry in the log.

Nothing that a submission says about itself is believed: how sure it is follows from the account
that sent it, and the registrar vouches for having looked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple, cast

from govkit.consent.counting import Cause
from govkit.consent.evidence import EntryDates
from govkit.corpus.documents import Document
from govkit.correspondence.letters import Letter
from govkit.correspondence.replies import replies_to_filed
from govkit.errors import WrongUse
from govkit.log.coordinators import member_of
from govkit.log.keys import armour
from govkit.procedures.letters.addressees import Addressees
from govkit.procedures.log.disclosures import withhold_author
from govkit.procedures.log.filing import Basis, Filing
from govkit.procedures.log.numbering import next_path, taken_places
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.procedures.proposals.evidence import (
    EvidenceInput,
    docket_asked,
    evidence_filing,
    evidence_for,
    signed_elsewhere,
)
from govkit.procedures.proposals.positions import (
    FiledPosition,
    asked_of,
    filing_of,
    pairs_of,
    path_of_position,
    require_may_speak,
    verdict_on,
)
from govkit.records.comments import Arrival, Comment, Submission
from govkit.records.enumerations import SAYS
from govkit.records.evidence import AccountEvent, Evidence
from govkit.records.kinds import folder_of_proposal
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.source.record_bytes import instant_text, record_bytes
from govkit.store import private
from govkit.workspace import Workspace


class IntakeFiles(NamedTuple):
    """What is to be filed for one submission: the record, and the submission taken away.

    `position` is the record where it is one, `evidence` what shows it, and its place.
    """

    path: str
    filings: tuple[Filing, ...]
    position: Position | None = None
    evidence: tuple[Evidence, str] | None = None


class FiledSubmission(NamedTuple):
    """A submission that was filed: its entries, and the folder as the next one finds it.

    `causes` say why a position does not count; `letters` are words to the author of a comment.
    """

    entries: tuple[LogEntry, ...]
    causes: tuple[Cause, ...]
    letters: tuple[Letter, ...]
    workspace: Workspace


def submissions(workspace: Workspace) -> list[Document]:
    """Return what arrived and is not taken in yet, readable or not, by path."""
    return workspace.corpus.of_kind("submission")


def prepare_submission(
    workspace: Workspace, document: Document, now: datetime.datetime
) -> IntakeFiles:
    """Return the filing of a submission. Raises `WrongUse` with the cause where it can't stand."""
    record = document.record
    if not isinstance(record, Submission):
        fault = document.faults[0]
        raise WrongUse(f"{fault.message}", "Ask its author to send it again.")
    if (record.position is None) == (record.comment is None):
        raise WrongUse(
            "it has to hold a position or a comment, exactly one of the two",
            "Ask its author to send two, or one that says something.",
        )
    proposal = document.path.split("/")[2]
    received = _received(record.arrival, now)
    position = evidence = None
    filings: tuple[Filing, ...]
    if record.position is not None:
        position = _position(workspace, proposal, record.position)
        path = path_of_position(workspace, proposal, position.member)
        shown = _shown(workspace, proposal, position, record, EntryDates(received[0], now))
        record_, place = evidence = evidence_for(position, path, shown, taken_places(workspace))
        filings = (filing_of(position, path), evidence_filing(record_, place))
    else:
        filings = _comment(workspace, proposal, cast("Comment", record.comment))
    taken_away = Filing(document.path, None, None, was=workspace.files[document.path])
    timed = (Filing(each.path, each.data, each.entry, received=received) for each in filings)
    return IntakeFiles(filings[0].path, (*timed, taken_away), position, evidence)


def file_submission(
    workspace: Workspace, document: Document, taken: IntakeFiles, receipt: FilingReceipt
) -> FiledSubmission:
    """File a submission that was looked at, and take it away from where it arrived."""
    proposal, record = taken.path.split("/")[2], document.record
    comment = record.comment if isinstance(record, Submission) else None
    said_to = Addressees(workspace).said_to
    letters = replies_to_filed(workspace.corpus, proposal, comment, said_to) if comment else ()
    entries = file_received(workspace.root, taken.filings, receipt)
    causes: tuple[Cause, ...] = ()
    if taken.position is not None and taken.evidence is not None:
        said, shown = entries
        filed = [FiledPosition(taken.position, taken.path, said, *taken.evidence, shown)]
        [verdict] = verdict_on(workspace, proposal, filed, receipt.stamp.at)
        causes = verdict.causes
    files = {path: data for path, data in workspace.files.items() if path != document.path}
    added = {each.path: each.data for each in taken.filings if each.data is not None}
    return FiledSubmission(entries, causes, letters, replace(workspace, files=files | added))


def _received(arrival: Arrival | None, now: datetime.datetime) -> tuple[datetime.datetime, Basis]:
    if arrival is None or arrival.at is None or arrival.host is None:
        return now, "registrar"
    if arrival.at > now:
        raise WrongUse(
            f"it says that it arrived at {instant_text(arrival.at)}, which is still to come",
            "Look at the host when it came, and mend `arrival.at`.",
        )
    return arrival.at, "host-event"


def _position(workspace: Workspace, proposal: str, position: Position) -> Position:
    member = require_may_speak(workspace, position.cast_by, position.member)
    asked = asked_of(workspace, proposal, position.revision)
    if position.corrects is not None:
        raise WrongUse(
            f"it says that it corrects {position.corrects}, and only a coordinator corrects what "
            "one wrote down",
            "Take `corrects` out of it, or file it by `govkit correct`.",
        )
    if not position.units:
        raise WrongUse("it names no text", "Ask its author to which texts it is given.")
    pairs_of(asked, position.texts)
    if position.position == "consent-with-reservation" and not (
        position.reason or position.reason_withheld
    ):
        raise WrongUse("a reservation needs words", "Ask its author what is reserved.")
    return position.model_copy(update={"capacity": member.kind})


def _shown(
    workspace: Workspace, proposal: str, position: Position, record: Submission, times: EntryDates
) -> EvidenceInput:
    """Return what shows a submitted position: its signature, or the account that it came from."""
    if record.signature is not None:
        docket = docket_asked(workspace, proposal)
        return signed_elsewhere(docket, position, armour(record.signature), times)
    # What a submission says of its sender is not believed; the account decides (decision 13).
    event = record.arrival
    if event is None or not _is_known(workspace, position.cast_by, event):
        return EvidenceInput()
    fields = {name: getattr(event, name) for name in ("host", "account", "event")}
    account = AccountEvent.model_validate(fields | {"arrived": event.at})
    return EvidenceInput(kind="account", level="E2", account=account)


def _is_known(workspace: Workspace, speaker: str, event: Arrival) -> bool:
    """Say whether all is said about an event, and its account is enrolled for the one who speaks.

    What nobody can look up on the host shows nothing.
    """
    if event.event is None or event.at is None:
        return False
    day = event.at.date()
    return any(
        (account.host, account.name) == (event.host, event.account) and account.runs_on(day)
        for account in member_of(workspace.corpus, speaker).accounts
    )


def _comment(workspace: Workspace, proposal: str, comment: Comment) -> tuple[Filing, ...]:
    asked = asked_of(workspace, proposal, comment.target.revision)
    if comment.target.unit is not None:
        pairs_of(asked, [comment.target.unit])
    if comment.author.member is not None:
        member_of(workspace.corpus, comment.author.member)
    elif comment.author.name is None and comment.publication != "without-name":
        raise WrongUse(
            "it does not say who comments",
            "Ask its author for a name. Who gives none has to ask for that: `publication: "
            "without-name`.",
        )
    if comment.author.commitment is not None:
        raise WrongUse(
            "it brings a commitment in place of a name, and nobody could say to what",
            "Ask its author for the name, or for a comment without one.",
        )
    if comment.disposition is not None or comment.author_reply is not None:
        raise WrongUse(
            "it brings its own answer, and only a coordinator gives one",
            "Take `disposition` and `author_reply` out of it.",
        )
    if comment.comment is None and comment.withheld is None and comment.proposed_text is None:
        raise WrongUse("it says nothing", "Ask its author to send it again.")
    target = comment.target
    # Nobody can say in a submission that a coordinator has looked for the place.
    if target.anchored_by == "coordinator":
        target = target.model_copy(update={"anchored_by": "author"})
    record = comment.model_copy(update={"target": target})
    path = next_path(workspace, f"{folder_of_proposal(proposal)}comments", 4)
    record, beside = withhold_author(path, record, private.new_salt())
    return Filing(path, record_bytes("comment", record, path), "comment"), *beside


def submission_lines(document: Document) -> Iterator[str]:
    """Yield a submission as a registrar has to see it before vouching for it."""
    record: Any = document.record
    yield document.path
    if not isinstance(record, Submission):
        return
    if record.position is not None:
        position = record.position
        texts = ", ".join(position.texts)
        yield f"  {position.cast_by} {SAYS[position.position]}, for {position.member}: {texts}"
        yield from _words("Reason", position.reason)
    if record.comment is not None:
        author, target = record.comment.author, record.comment.target
        yield f"  {author.member or author.name or 'nobody'} comments on {target.unit or 'all'}"
        yield from _words("Words", record.comment.comment)
        yield from _words("Proposed", record.comment.proposed_text)
    arrival = record.arrival
    if arrival is None:
        yield "  Nothing says how it came."
        return
    at = instant_text(arrival.at) if arrival.at else "no time"
    yield (
        f"  It says that it came as a {arrival.kind.replace('-', ' ')}, from "
        f"{arrival.account or 'no account'} at {arrival.host or 'no host'}, {at}"
        + (f" (event {arrival.event})" if arrival.event else "")
    )


def _words(head: str, text: str | None) -> Iterator[str]:
    for line in (text or "").strip().split("\n") if text else ():
        yield f"  {head}: {line}"
        head = " " * len(head)
