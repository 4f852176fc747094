"""Positions and what shows them, filed as one act, with the receipt that a member gets for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from govkit.consent.admission import takes_back
from govkit.consent.counting import Counting
from govkit.consent.evidence import evidence_of
from govkit.correspondence.position_receipts import receipt_lines
from govkit.errors import WrongUse
from govkit.languages.catalogue import Messages
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import taken_places
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.procedures.proposals.corrections import NewCorrection, corrected_by, with_moments
from govkit.procedures.proposals.evidence import (
    EvidenceInput,
    docket_asked,
    evidence_filing,
    evidence_for,
    require_new,
)
from govkit.procedures.proposals.positions import (
    FiledPosition,
    NewPosition,
    PositionVerdict,
    filing_of,
    receipt_for,
    verdict_lines,
    verdict_on,
)
from govkit.records.corrections import Correction
from govkit.records.evidence import Evidence
from govkit.records.kinds import folder_of_proposal
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.round.filed_records import FiledRecord
from govkit.store import private
from govkit.store.worktree import MAX_BYTES
from govkit.workspace import Workspace

Shows = Callable[[Position], EvidenceInput]
"""Gives what shows a position: the same for several that one source shows, or a signature each."""


class FiledPositions(NamedTuple):
    """Positions that were filed: the entries, a receipt for each, and what is to be asked.

    `receipts` are lines for the members, with an empty one between two. For the coordinator are
    `verdicts`, why a position does not count, and `notes`. `counts` says whether all of them count
    as things stand.
    """

    entries: tuple[LogEntry, ...]
    receipts: tuple[str, ...]
    verdicts: tuple[str, ...]
    notes: tuple[str, ...]
    counts: bool


class FiledEvidence(NamedTuple):
    """Evidence that was filed: its entry, the position, how sure that is now, and lines on it."""

    entry: LogEntry
    position: str
    level: str
    lines: tuple[str, ...]
    counts: bool


def file_positions(
    workspace: Workspace,
    proposal: str,
    positions: Sequence[NewPosition],
    shows: Shows,
    receipt: FilingReceipt,
    correction: NewCorrection | None = None,
    further: Sequence[Filing] = (),
    said: Messages | None = None,
) -> FiledPositions:
    """File positions on a proposal with what shows them, in one act.

    `correction` puts the one position that there is then in the place of a wrong one. `further` is
    filed in the same act, behind it: comments that came with a position. `said` are the messages in
    which the receipts are written; without them, those of the texts. Raises `GovkitError`, and
    nothing is written.
    """
    filed, corrected, rest = _filed(workspace, positions, shows, receipt, correction, further)
    lines: list[str] = []
    wanting: dict[str, None] = {}
    notes: dict[str, None] = {}
    verdicts = verdict_on(workspace, proposal, filed, receipt.stamp.at, corrected)
    for each, verdict in zip(filed, verdicts, strict=True):
        made = receipt_for(workspace, proposal, each, verdict.causes)
        made = replace(made, intake_ended=verdict.intake_ended)
        if correction is not None:
            made = replace(made, corrects=corrected_by(workspace, correction, each.entry))
        lines += [*([""] if lines else []), *receipt_lines(said or workspace.corpus.messages, made)]
        wanting |= dict.fromkeys(verdict_lines(verdict.causes))
        notes |= dict.fromkeys(_notes(proposal, each.position, each.evidence, verdict))
    entries = [entry for each in filed for entry in (each.entry, each.shown_by)]
    entries += [each.entry for each in corrected if each.entry is not None]
    entries += rest
    counts = not any(verdict.causes for verdict in verdicts)
    return FiledPositions(tuple(entries), tuple(lines), tuple(wanting), tuple(notes), counts)


def _filed(
    workspace: Workspace,
    positions: Sequence[NewPosition],
    shows: Shows,
    receipt: FilingReceipt,
    correction: NewCorrection | None,
    further: Sequence[Filing],
) -> tuple[list[FiledPosition], list[FiledRecord[Correction]], list[LogEntry]]:
    """File each position with what shows it, and the correction, if it is one."""
    taken = taken_places(workspace)
    filings: list[Filing] = []
    made = []
    beside: list[Filing] = []
    for position, path, repeats, words in positions:
        beside += words
        shown = shows(position)
        note = "; ".join(filter(None, (shown.note, repeats and f"said before: {repeats}")))
        record, place = evidence_for(position, path, replace(shown, note=note or None), taken)
        evidence = evidence_filing(record, place)
        if correction is not None:
            # The position counts from when it came; what shows it comes now.
            evidence = with_moments(evidence, receipt.stamp.at)
        filings += [filing_of(position, path), evidence]
        made.append((position, path, record, place))
    if correction is not None:
        filings.append(with_moments(correction.filing, receipt.stamp.at))
    entries = iter(file_received(workspace.root, [*filings, *beside, *further], receipt))
    filed = [
        FiledPosition(position, path, next(entries), record, place, next(entries))
        for position, path, record, place in made
    ]
    if correction is None:
        return filed, [], [*entries]
    corrected = [FiledRecord(correction.id, correction.correction, next(entries))]
    return filed, corrected, [*entries]


def _notes(
    proposal: str, position: Position, shown: Evidence, verdict: PositionVerdict
) -> Iterator[str]:
    """Yield what the coordinator has still to ask the member."""
    stands = verdict.objection
    if stands and takes_back(position):
        yield (
            f"The objection of {position.member} ({stands}) stands until this position counts: to "
            "take it back asks for as much evidence as a consent."
        )
    elif stands:
        yield (
            f"{position.member} has objected before ({stands}), and that stands. Ask whether it is "
            "withdrawn; if so, write it down with what they answer: "
            f"`govkit consent {position.cast_by} {proposal} {position.position} "
            "--withdraws-objection --source FILE`."
        )
    if position.position == "object" and position.printed_reason is None:
        yield "Ask for the reason: without one, the objection stops blocking after a time."
    if shown.level == "E0":
        yield "Nothing shows this position yet (E0). Most policies do not count it."


def file_evidence(
    workspace: Workspace,
    position: Position,
    path: str,
    shown: EvidenceInput,
    receipt: FilingReceipt,
) -> FiledEvidence:
    """File what shows the position at a path, and return how sure it is now.

    Raises `WrongUse` where the same signature shows it already.
    """
    proposal, now = path.split("/")[2], receipt.stamp.at
    docket = docket_asked(workspace, proposal)
    require_new(docket, f"positions/{path.rpartition('/')[2].removesuffix('.yaml')}", shown)
    record, place = evidence_for(position, path, shown, taken_places(workspace))
    [entry] = file_received(workspace.root, [evidence_filing(record, place)], receipt)
    name = place.removeprefix(folder_of_proposal(proposal)).removesuffix(".yaml")
    docket = replace(docket, evidence=(*docket.evidence, FiledRecord(name, record, entry)))
    filed = next(each for each in docket.positions if each.id == record.position)
    level = evidence_of(docket, filed, now).level
    causes = Counting(docket, now).causes(filed.id)
    lines = (
        f"{filed.id} of {proposal} is {level} now. It was filed as number {filed.seq} of the log, "
        "and counts from its own time.",
        *verdict_lines(causes),
    )
    return FiledEvidence(entry, filed.id, level, lines, not causes)


def keep_source(workspace: Workspace, named: str, data: bytes) -> str:
    """Keep the bytes of a file in the private folder, and return their salted digest.

    `named` is what the person calls it. Raises `WrongUse` where it is empty or too large.
    """
    if len(data) >= MAX_BYTES:
        raise WrongUse(f"{named} has more than 1 MiB", "Name the page that shows the position.")
    if not data:
        raise WrongUse(f"{named} is empty", "Name the file that shows the position.")
    return private.keep(workspace.root, data, private.new_salt())
