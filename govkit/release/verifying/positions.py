"""The positions behind the texts: what shows each of them, and what was not compared here."""

from __future__ import annotations

from collections.abc import Iterator

from govkit.consent.corrections import corrections_in
from govkit.consent.evidence import EvidenceVerdict, evidence_of, false_evidence, shown_another_log
from govkit.log.countersignatures import wanting_countersignatures
from govkit.log.erasures import left_out
from govkit.log.voices import voice_faults
from govkit.records.kinds import folder_of_proposal, path_in_proposal
from govkit.records.scalars import END_OF_TIME
from govkit.release.verifying.check_result import CheckResult, fails, holds, not_checked, or_holds
from govkit.release.verifying.evidence import ReleaseEvidence
from govkit.round.docket import Docket, docket_of


def of_positions(found: ReleaseEvidence) -> Iterator[CheckResult]:
    """Look at what shows each position that a decision behind the release rests on."""
    best: list[EvidenceVerdict | None] = []
    looks: list[CheckResult] = []
    for proposal in _proposals(found):
        docket = docket_of(found.corpus, proposal)
        if docket is None:
            continue  # the decision could not be reckoned again, and that was said
        best += [evidence_of(docket, each, END_OF_TIME).best for each in docket.positions]
        looks += (
            fails(
                "decisions",
                path_in_proposal(proposal, id),
                f"this evidence is false: {fault}",
                "Ask the member whether they said it, and the coordinators how this came.",
            )
            for id, fault in false_evidence(docket, END_OF_TIME)
        )
        looks += (
            fails(
                "decisions",
                each.entry.path or "",
                f"this countersignature counts for nothing: {each.fault}",
                "Ask whom it names whether they filed it, and whether they signed.",
            )
            for each in wanting_countersignatures(found.corpus, folder_of_proposal(proposal))
        )
        looks += _of_corrections(proposal, docket)
        looks += (
            fails(
                "decisions",
                path_in_proposal(proposal, id),
                fault,
                "Compare the log with heads that were sent or printed, before you rely on it.",
            )
            for id, fault in shown_another_log(found.corpus, docket)
        )
    looks += (
        fails(
            "decisions",
            each.path,
            each.message,
            "Ask the member, and the coordinators, what was so when the decision was made.",
        )
        for each in voice_faults(found.corpus)
        if each.seq is not None
    )
    signed = sum(each is not None and each.level == "E3" for each in best)
    if signed or looks:
        said = f"{signed} of {len(best)} positions have the member's own signature, and it holds"
        yield from or_holds("decisions", said, looks)
    yield from _left_out(found)
    yield from _kept(found, [each.record.source if each else None for each in best])
    yield from _not_here([each for each in best if each is not None], len(best))


def _of_corrections(proposal: str, docket: Docket) -> Iterator[CheckResult]:
    """Look at what was written down wrongly: a correction is never one coordinator's alone."""
    for each in corrections_in(docket, END_OF_TIME):
        place = path_in_proposal(proposal, each.id)
        if each.fault:
            yield fails(
                "decisions",
                place,
                f"this correction is false, and changes nothing: {each.fault}",
                "Ask the member what they said, and the coordinators how this came.",
            )
        elif each.lacks:
            yield not_checked(
                "decisions",
                f"{place} was not confirmed, so "
                + (
                    "what was written down first"
                    if each.is_of_day
                    else "the more cautious of the two"
                )
                + f" counted: {each.lacks}",
                "Each member can compare the receipt that they were sent.",
            )


def _proposals(found: ReleaseEvidence) -> list[str]:
    paths = {unit.adopted_by or "" for unit in found.manifest.units}
    return sorted({path.split("/")[2] for path in paths if "/proposals/" in path})


def _left_out(found: ReleaseEvidence) -> Iterator[CheckResult]:
    """Say how many names and reasons are not here, and whether the log says why."""
    asked, other = left_out(found.corpus, tuple(map(folder_of_proposal, _proposals(found))))
    if asked:
        yield holds(
            "decisions", f"left out at the person's request: {_names(asked)}; what was said is here"
        )
    if other and found.whole:
        yield not_checked(
            "decisions",
            f"gone, and the log does not say who took it out: {_names(other)}",
            "What was said is here, with its digests. Ask the coordinators: `govkit check` names "
            "the records.",
        )
    elif other:
        yield not_checked(
            "decisions",
            f"not part of a release, which has commitments in their place: {_names(other)}",
            "A clone has them, as far as nobody asked to be left out.",
        )


def _names(count: int) -> str:
    return "1 name or reason" if count == 1 else f"{count} names or reasons"


def _kept(found: ReleaseEvidence, sources: list[str | None]) -> Iterator[CheckResult]:
    """Hold what the private folder has against the digests, and say what is not on this machine."""
    kept = found.kept or {}
    digests = [each for each in sources if each is not None]
    fit = [each for each in digests if kept.get(each)]
    wrong = [each for each in digests if kept.get(each) is False]
    for each in wrong:
        yield fails(
            "decisions",
            each,
            "what the private folder has under this digest is not what the record was made from",
            "Take it back from the private folder's own history, or ask another coordinator.",
        )
    behind = tuple(map(folder_of_proposal, _proposals(found)))
    for path, fault in found.mail_faults.items():
        if not path.startswith(behind):
            continue
        yield fails(
            "decisions",
            path,
            fault,
            "Ask the member whether they said it, and the coordinators where the key came from.",
        )
    if fit:
        yield holds(
            "decisions",
            f"{len(fit)} of {len(sources)} positions rest on mails, minutes or letters that are in "
            "the private folder here, and fit",
        )
    other = len(digests) - len(fit) - len(wrong)
    if other:
        yield not_checked(
            "decisions",
            f"{other} of {len(sources)} positions rest on mails, minutes or letters that the "
            "coordinators keep: their digests are recorded, and were not compared here",
            "Each member can compare the receipt that they were sent.",
        )


def _not_here(best: list[EvidenceVerdict], of: int) -> Iterator[CheckResult]:
    """Say what the positions rest on that is not here."""
    looked_up = sum(each.level == "E2" and each.record.account is not None for each in best)
    alone = sum(each.alone for each in best)
    if looked_up:
        yield not_checked(
            "decisions",
            f"{looked_up} of {of} positions rest on what an account did on another host, which was "
            "not asked",
            "Each names host, account and event: anybody can look there.",
        )
    if alone:
        yield not_checked(
            "decisions",
            f"{alone} of {of} positions rest on the word of one coordinator: the coalition had no "
            "second one who could have seen what shows them",
        )
