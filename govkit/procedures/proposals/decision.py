"""Applying a decision: its record, and the decided words put in their place, as one act.

The words come from the copies that the proposal keeps, each proved against the digest that was
decided; nothing is taken from a branch or from the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govkit.consent.adoption import adoptions_of
from govkit.consent.decision import RoundResult, record_of
from govkit.consent.decision_basis import BASIS_KIND, decision_basis_of, path_of_decision_basis
from govkit.consent.status import Statuses
from govkit.corpus.copies import copy_of, digest_of_copy
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.sheets import Sheets
from govkit.errors import WrongUse
from govkit.log.chain import breaks_of, newest_entry_of
from govkit.log.heads import seals_of
from govkit.log.voices import voice_faults
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.proposals.unsigned_acts import unsigned_step
from govkit.records.decisions import ADOPTED
from govkit.records.kinds import KINDS, NORMATIVE_KINDS, path_in_proposal
from govkit.records.log import LogEntry
from govkit.records.proposals import Unit
from govkit.round.docket import Docket, inputs_of
from govkit.round.rounds import Round
from govkit.source.record_bytes import record_bytes, with_key
from govkit.source.writing import NotFormatted, moved_to
from govkit.workspace import Workspace


class NotApplied(WrongUse):
    """The decision can't be recorded or applied now. Nothing was written."""

    exit_code = 1


class Application(NamedTuple):
    """What applying writes, and which texts get their decided words."""

    filings: tuple[Filing, ...]
    texts: tuple[str, ...]


def path_of_decision(proposal: str) -> str:
    """Return the place of a proposal's decision."""
    return path_in_proposal(proposal, "decision")


def prepare_decision(workspace: Workspace, docket: Docket, decision: RoundResult) -> Application:
    """Return the filings that record a decision and, where it was adopted, put its words in place.

    Raises `NotApplied` with every reason why that can't be done now.
    """
    reasons = list(_stops(workspace, docket, decision))
    if reasons:
        raise NotApplied(
            f"the decision about {decision.proposal} can't be applied: {'; '.join(reasons)}",
            "Nothing was changed. `govkit status` shows the whole.",
        )
    texts = list(_texts(workspace, docket, decision)) if decision.outcome in ADOPTED else []
    filings = [filing for _, filing in texts if filing is not None]
    filings += _recorded(workspace, docket, decision)
    return Application(tuple(filings), tuple(id for id, _ in texts))


class AppliedDecision(NamedTuple):
    """A decision that was recorded and applied: what was written, and the entries.

    No entries and no filings: it had been recorded and applied before.
    """

    decision: RoundResult
    application: Application
    entries: tuple[LogEntry, ...]


def file_decision(workspace: Workspace, docket: Docket, receipt: FilingReceipt) -> AppliedDecision:
    """Decide about a proposal at the moment of the receipt, record it, and apply its words.

    All of it is written, or nothing. Raises `NotApplied`, `WrongUse` where there is no revision.
    """
    status = Statuses(workspace.corpus, receipt.stamp.at).of(docket)
    if status.lost:
        raise NotApplied(status.lost, "Nothing was changed.")
    if status.decision is None:
        raise WrongUse(
            f"{docket.proposal.id} has no revision yet", "Open one: `govkit propose open`."
        )
    todo = prepare_decision(workspace, status.docket, status.decision)
    entries = file_received(workspace.root, todo.filings, receipt) if todo.filings else ()
    return AppliedDecision(status.decision, todo, entries)


def _stops(workspace: Workspace, docket: Docket, decision: RoundResult) -> Iterator[str]:
    corpus = workspace.corpus
    if corpus.is_forming:
        yield "the coalition is forming, and nothing can be adopted before `govkit found`"
    broken = (*breaks_of(corpus), *seals_of(corpus).faults)
    if broken:
        yield f"the log does not hold ({broken[0].path}: {broken[0].message})"
    for each in voice_faults(corpus):
        if each.seq is not None:
            yield f"{each.path}: {each.message}"
    yield from decision.pending
    yield from _unsigned_escalations(docket, decision)
    if decision.outcome not in ADOPTED:
        return
    for unit in _units(workspace, docket, decision):
        yield from _words_in_the_way(workspace, docket, unit)


def _unsigned_escalations(docket: Docket, decision: RoundResult) -> Iterator[str]:
    """Yield each act that passes an objection on and lacks a signature: the body is to decide.

    It blocks anyway, so nothing is lost by waiting; once it is decided, nobody can sign the act.
    """
    round = Round(docket, decision.now)
    blocking = [each for unit in decision.units for each in unit.objections if each.blocks]
    acts = {act.id: act for each in blocking if (act := unsigned_step(round, each)) is not None}
    for act in acts.values():
        missing = ", ".join(round.unsigned(act))
        yield (
            f"{act.id} passes an objection on, and {missing} did not sign it: `govkit sign "
            f"{docket.proposal.id}/{act.id}`; other words, or a withdrawal, end it as well"
        )


def _units(workspace: Workspace, docket: Docket, decision: RoundResult) -> tuple[Unit, ...]:
    """Return the texts that have to have the decided words: none that a later decision changed.

    Where another proposal was applied first, the words are those that were shown for this case.
    """
    if docket.revision is None:
        return ()
    entry = docket.decision.entry if docket.decision is not None else None
    adoptions = adoptions_of(workspace.corpus) if entry is not None else {}
    decided = {each.id: each for each in decision.units}
    return tuple(
        unit
        if (words := decided.get(unit.id)) is None
        else unit.model_copy(update={"before": words.before, "after": words.after})
        for unit in docket.revision.units
        if entry is None or all(each.seq <= entry.seq for each in adoptions.get(unit.id, ()))
    )


def _words_in_the_way(workspace: Workspace, docket: Docket, unit: Unit) -> Iterator[str]:
    """Yield where the folder holds words of a text that are neither those before nor those after.

    Somebody wrote them, and nothing here throws words away.
    """
    here = workspace.corpus.find(NORMATIVE_KINDS, unit.id)
    if here is None or unit.after is None:
        return
    digest = workspace.corpus.digests.of(here)
    rested_on = docket.revision.terms.get(unit.id) if docket.revision is not None else None
    if rested_on is not None and digest == rested_on.before:
        return  # a draft term below adopted texts: its words were put back when it was proposed
    if digest != unit.after and (unit.before is not None and digest != unit.before):
        yield f"{here.path} holds words that nobody decided: put them on a branch of their own"
    elif digest != unit.after and unit.before is None and here.status != "draft":
        yield f"{here.path} is no draft any more, and has other words than those decided"
    elif digest != unit.after and unit.before is None:
        yield (
            f"the draft in {here.path} has other words than revision {docket.number}: put them on "
            "a branch, or propose them (`govkit propose revise`)"
        )


def _texts(
    workspace: Workspace, docket: Docket, decision: RoundResult
) -> Iterator[tuple[str, Filing | None]]:
    for unit in _units(workspace, docket, decision):
        if unit.cause is not None and unit.cause.startswith("term:") and _stays(unit, docket):
            continue
        yield unit.id, _filing(workspace, docket, decision, unit)


def _stays(unit: Unit, docket: Docket) -> bool:
    """Say whether the words of a text stay, since only a term that it uses changes."""
    return unit.cause != f"term:{unit.id}"


def _filing(
    workspace: Workspace, docket: Docket, decision: RoundResult, unit: Unit
) -> Filing | None:
    corpus = workspace.corpus
    here = corpus.find(NORMATIVE_KINDS, unit.id)
    if unit.after is None:
        return _withdrawal(workspace, here, decision, unit)
    others = (e for e in unit.alternatives if (e.before, e.after) == (unit.before, unit.after))
    side = next((f"alongside/{each.proposal}" for each in others), "after")
    copy = copy_of(corpus, f"{decision.proposal}/rev-{docket.number}", side, unit.id)
    revision = docket.revision
    assert revision is not None
    if copy is None or digest_of_copy(copy, revision, "after") != unit.after:
        raise NotApplied(
            f"the proposal's own copy of {unit.id} does not have the decided words",
            "`govkit check` names the file. Put back what `propose` wrote. Nothing was changed.",
        )
    path = here.path if here is not None else _new_path(corpus, copy)
    data = _with_status(path, copy, workspace.files[copy.path])
    was = workspace.files.get(path)
    return None if was == data else Filing(path, data, None, was=was)


def _new_path(corpus: Any, copy: Document) -> str:
    kind = copy.kind or ""
    if kind == "instrument":
        charter = corpus.charter
        return f"{charter.instruments[copy.id]}/instrument.yaml"
    if KINDS[kind].slugged:
        return f"{KINDS[kind].folder}/{copy.id}.yaml"
    return Sheets(corpus, ()).path_of_text(kind, copy.id, copy.title)


def _with_status(path: str, copy: Document, data: bytes) -> bytes:
    kind = copy.kind or ""
    try:
        return with_key(path, kind, moved_to(path, kind, data), "status", "adopted")
    except NotFormatted as reason:
        raise NotApplied(f"{copy.path}: {reason.message}", reason.help) from None


def _withdrawal(
    workspace: Workspace, here: Document | None, decision: RoundResult, unit: Unit
) -> Filing | None:
    """Return what makes a text a tombstone: its words stay readable, and bind nobody."""
    if here is None or here.status == "withdrawn":
        return None
    kind, was = here.kind or "", workspace.files[here.path]
    tombstone = {
        "reason": (unit.cause or "").removeprefix("withdrawn:").strip()
        or f"Withdrawn by decision {decision.proposal}.",
        "on": decision.now.date(),
        "decision": decision.proposal,
    }
    try:
        data = with_key(here.path, kind, was, "status", "withdrawn")
        data = with_key(here.path, kind, data, "withdrawn", tombstone)
    except NotFormatted as reason:
        raise NotApplied(f"{here.path}: {reason.message}", reason.help) from None
    return Filing(here.path, data, None, was=was)


# --- the record -----------------------------------------------------------------------------------


def _recorded(workspace: Workspace, docket: Docket, decision: RoundResult) -> list[Filing]:
    """Return the filings of the decision and its ground; none where it is on record already."""
    known = docket.decision
    # A decision is recorded once; applying again only puts words in place that were lost.
    if known is not None and known.logged and known.record.revision == decision.revision:
        return []
    path = path_of_decision(decision.proposal)
    head = newest_entry_of(workspace.corpus)
    assert head is not None, "a proposal was opened, so the log has entries"
    policies = {each.id: each.digest for each in docket.proposal.policies}
    ground, place = decision_basis_of(docket), path_of_decision_basis(decision.proposal)
    # With the ground the sum can be done again without git, after a squash too (decision 28).
    inputs = dict(inputs_of(docket)) | {BASIS_KIND: digest_for(BASIS_KIND, ground)}
    record = record_of(decision, head.digest, policies, inputs)
    return [
        Filing(
            place, record_bytes(BASIS_KIND, ground, place), None, was=workspace.files.get(place)
        ),
        Filing(
            path, record_bytes("decision", record, path), "decision", was=workspace.files.get(path)
        ),
    ]
