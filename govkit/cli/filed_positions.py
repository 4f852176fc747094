"""What the commands share that file positions: the act, the receipts, and what is to be asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.cli.registrar import Registrar
    from govkit.procedures.proposals.corrections import NewCorrection
    from govkit.procedures.proposals.evidence import EvidenceInput
    from govkit.procedures.proposals.positions import FiledPosition, NewPosition
    from govkit.records.corrections import Correction
    from govkit.records.evidence import Evidence
    from govkit.records.positions import Position
    from govkit.round.docket import FiledRecord
    from govkit.workspace import Workspace

Shows = Callable[["Position"], "EvidenceInput"]
"""Gives what shows a position: the same for several that one source shows, or a signature each."""


def file_positions(
    registrar: Registrar,
    workspace: Workspace,
    positions: list[NewPosition],
    shows: Shows,
    proposal: str,
    by: str,
    came: datetime.datetime | None,
    correction: NewCorrection | None = None,
) -> None:
    """File positions with what shows them, and print a receipt for each.

    `correction` puts the one position that there is then in the place of a wrong one.
    """
    from govkit.procedures.proposals.positions import correction_lines, receipt, verdict_on
    from govkit.store.refs import fetched_line

    filed, corrected = _filed(registrar, workspace, positions, shows, by, came, correction)
    shared = fetched_line(workspace.root) is not None
    lines: list[str] = []
    notes: list[str] = []
    verdicts = verdict_on(workspace, proposal, filed, registrar.now, corrected)
    for each, verdict in zip(filed, verdicts, strict=True):
        said = [*receipt(workspace, proposal, each, verdict.causes, shared)]
        if correction is not None:
            made = correction.correction
            said[3:3] = correction_lines(workspace, made, each.entry, correction.folder)
            if each.evidence.kind != "sshsig":
                said.append(
                    "Until a second coordinator has seen what shows it (`govkit countersign`), or "
                    f"{each.position.cast_by} has signed it, the more cautious of the two counts."
                )
        if verdict.intake_ended is not None:
            said += [
                f"It was filed after the time of intake, which ended "
                f"{verdict.intake_ended:%Y-%m-%d %H:%M} UTC."
            ]
        lines += [*([""] if lines else []), *said]
        found = _notes(each.position, each.evidence, verdict.objection)
        notes += [note for note in found if note not in notes]
    counts = [not verdict.causes for verdict in verdicts]
    entries = [entry for each in filed for entry in (each.entry, each.shown_by)]
    entries += [each.entry for each in corrected if each.entry is not None]
    more = {"correction": correction.id} if correction else {}
    told = [*lines, "", *notes]
    registrar.say(told, entries, receipt=lines, notes=notes, counts=all(counts), **more)


def _filed(
    registrar: Registrar,
    workspace: Workspace,
    positions: list[NewPosition],
    shows: Shows,
    by: str,
    came: datetime.datetime | None,
    correction: NewCorrection | None,
) -> tuple[list[FiledPosition], list[FiledRecord[Correction]]]:
    """File each position with what shows it, in one act, and the correction, if it is one."""
    from govkit.procedures.log.numbering import taken_places
    from govkit.procedures.proposals.evidence import evidence_filing, evidence_for
    from govkit.procedures.proposals.positions import FiledPosition, filing_of
    from govkit.round.docket import FiledRecord

    taken, filings, made = taken_places(workspace), [], []
    for position, path, repeats in positions:
        shown = shows(position)
        note = "; ".join(filter(None, (shown.note, repeats and f"said before: {repeats}")))
        record, place = evidence_for(position, path, replace(shown, note=note or None), taken)
        evidence = evidence_filing(record, place)
        if correction is not None:
            # The position counts from when it came; what shows it comes now.
            evidence = replace(evidence, received=(registrar.now, "registrar"))
        filings += [filing_of(position, path), evidence]
        made.append((position, path, record, place))
    if correction is not None:
        filings.append(replace(correction.filing, received=(registrar.now, "registrar")))
    entries = iter(registrar.file(workspace, filings, by, (came or registrar.now, "registrar")))
    filed = [
        FiledPosition(position, path, next(entries), record, place, next(entries))
        for position, path, record, place in made
    ]
    if correction is None:
        return filed, []
    return filed, [FiledRecord(correction.id, correction.correction, next(entries))]


def kept_source(workspace: Workspace, source: str) -> str:
    """Keep a file in the private folder, and return its salted digest."""
    from govkit.store.private import keep, new_salt
    from govkit.store.worktree import MAX_BYTES, read_named

    data = read_named(Path(source))
    if len(data) >= MAX_BYTES:
        raise WrongUse(f"{source} has more than 1 MiB", "Name the page that shows the position.")
    if not data:
        raise WrongUse(f"{source} is empty", "Name the file that shows the position.")
    return keep(workspace.root, data, new_salt())


def _notes(position: Position, shown: Evidence, stands: str | None) -> list[str]:
    from govkit.consent.admission import takes_back

    notes = []
    if stands and takes_back(position):
        notes.append(
            f"The objection of {position.member} ({stands}) stands: to take it back asks for as "
            "much evidence as a consent. Write this down again with --source FILE."
        )
    elif stands:
        notes.append(
            f"{position.member} has objected before ({stands}), and that stands. Ask whether it is "
            "withdrawn; if so, write this down again with --withdraws-objection."
        )
    if position.position == "object" and position.reason is None:
        notes.append("Ask for the reason: without one, the objection stops blocking after a time.")
    if shown.level == "E0":
        notes.append("Nothing shows this position yet (E0). Most policies do not count it.")
    return notes
