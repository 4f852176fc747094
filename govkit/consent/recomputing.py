"""Doing the sum of a recorded decision again, from what it was made from and nothing later.

The decision names its inputs by their digests, and the ground keeps the charter, the members and
the adopted words as they were. What was filed, changed or logged since is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from govkit.consent.deciding import decide
from govkit.consent.decision import Decision, record_of
from govkit.consent.docket import Docket, Filed, Meeting, Proof, docket_of
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.records.comments import Comment
from govkit.records.decisions import Decision as DecisionRecord
from govkit.records.governance import Intake
from govkit.records.ground import Ground, MeetingHeld

GROUND = "ground"
_BACK = "Put the file back as it was: `git log` on it shows when it changed."


def ground_of(docket: Docket) -> Ground:
    """Return what the sum of a docket rests on beside what was filed about the proposal."""
    return Ground(
        charter=docket.charter.model_copy(update={"intake": Intake()}),
        members={id: docket.members[id] for id in sorted(docket.members)},
        bases={id: docket.bases[id] for id in sorted(docket.bases)},
        meetings=tuple(
            MeetingHeld(day=each.day, attended=tuple(sorted(each.attended)))
            for each in docket.meetings
        ),
    )  # fmt: skip


def recomputed(
    corpus: Corpus, proposal: str, proofs: Mapping[str, Proof] | None = None
) -> Decision:
    """Return the decision about a proposal, computed anew at the moment of the recorded one.

    Raises `GovkitError` where there is no recorded decision, or where one of its inputs is gone or
    was changed since. A decision without a ground is computed with the members of today.
    """
    docket = docket_of(corpus, proposal, proofs)
    if docket is None or docket.decision is None:
        raise GovkitError(f"there is no recorded decision about {proposal}", "Decide it first.")
    record = docket.decision.record
    inputs = {each.record: each.digest for each in record.inputs}
    ended = docket.decision.seq
    then = docket_of(corpus, proposal, proofs, before=ended)
    assert then is not None
    then = replace(
        then, decision=None,
        revisions=_inputs(then.revisions, "revision", inputs),
        positions=_inputs(then.positions, "position", inputs),
        comments=tuple(_comments(then.comments, inputs)),
        notices=_inputs(then.notices, "notice", inputs),
        acts=_inputs(then.acts, "act", inputs),
    )  # fmt: skip
    _hold_all(then, inputs)
    return decide(_with_ground(then, _ground(corpus, proposal, inputs)), record.now)


def agrees(record: DecisionRecord, decision: Decision) -> bool:
    """Say whether a recorded decision is, word for word, the one that was computed."""
    data = record_of(
        decision, record.head, {each.id: each.digest for each in record.policies},
        {each.record: each.digest for each in record.inputs},
    )  # fmt: skip
    anew = DecisionRecord.model_validate(data)
    return digest_for("decision", anew) == digest_for("decision", record)


def _inputs(filed: Iterable[Filed[Any]], kind: str, inputs: Mapping[str, str]) -> tuple[Any, ...]:
    """Return those records that the decision looked at. Raises `GovkitError` where one differs."""
    found = []
    for each in filed:
        if each.id in inputs:
            if digest_for(kind, each.record) != inputs[each.id]:
                raise GovkitError(f"{each.id} was changed after the decision", _BACK)
            found.append(each)
    return tuple(found)


def _comments(filed: Iterable[Filed[Comment]], inputs: Mapping[str, str]) -> Iterable[Any]:
    """Yield the comments with the answers that they had then."""
    for each in _inputs(filed, "comment", inputs):
        answer = inputs.get(f"{each.id} answer")
        forms = [
            each.record,
            each.record.model_copy(update={"author_reply": None}),
            each.record.model_copy(update={"author_reply": None, "disposition": None}),
        ]
        if answer is None:
            yield replace(each, record=forms[-1])
            continue
        then = next((form for form in forms if digest_for("disposition", form) == answer), None)
        if then is None:
            raise GovkitError(f"the answer to {each.id} was changed after the decision", _BACK)
        yield replace(each, record=then)


def _hold_all(docket: Docket, inputs: Mapping[str, str]) -> None:
    groups: tuple[tuple[Filed[Any], ...], ...] = (
        docket.revisions, docket.positions, docket.comments, docket.notices, docket.acts,
    )  # fmt: skip
    there = {each.id for group in groups for each in group}
    gone = sorted({name.removesuffix(" answer") for name in inputs} - there - {GROUND})
    if gone:
        raise GovkitError(f"an input of the decision is gone: {gone[0]}", _BACK)


def _ground(corpus: Corpus, proposal: str, inputs: Mapping[str, str]) -> Ground | None:
    if GROUND not in inputs:
        return None
    document = corpus.by_path.get(path_of_ground(proposal))
    record = document.record if document else None
    if not isinstance(record, Ground) or digest_for(GROUND, record) != inputs[GROUND]:
        raise GovkitError(f"{path_of_ground(proposal)} is not what the decision rested on", _BACK)
    return record


def path_of_ground(proposal: str) -> str:
    """Return the place of what a decision rests on."""
    return f"governance/proposals/{proposal}/ground.yaml"


def _with_ground(docket: Docket, ground: Ground | None) -> Docket:
    if ground is None:
        return docket
    return replace(
        docket, charter=ground.charter, members=ground.members, bases=ground.bases,
        meetings=tuple(Meeting(each.day, frozenset(each.attended)) for each in ground.meetings),
    )  # fmt: skip
