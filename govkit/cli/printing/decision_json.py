"""How a proposal stands, for programs: the decision as it would be, and its state."""

from __future__ import annotations

import datetime
from typing import Any

from govkit.consent.decision import as_json
from govkit.consent.status import Status
from govkit.corpus.whole import Corpus
from govkit.proposals.call_inputs import inputs_of
from govkit.proposals.reaffirmation import reaffirmable
from govkit.records.scalars import iso


def standing_as_json(corpus: Corpus, status: Status, now: datetime.datetime) -> dict[str, Any]:
    """Return how a proposal stands as plain data: the decision as it would be, and its state."""
    docket, state, decided = status.docket, status.state, status.recorded
    moments = {"since": state.since, "until": state.until}
    standing = {
        "title": docket.proposal.title,
        "state": state.name,
        **{name: _instant(moment) for name, moment in moments.items()},
        "forming": corpus.is_forming,
        "call": docket.proposal.call,
        "inputs": [each.id for each in inputs_of(corpus, docket.proposal.call or "")],
        "decided": _instant(decided.now if decided is not None else since_lost(status)),
        "doubts": [status.lost] if status.lost else list(status.doubts),
        "not_counted": [
            {"record": each.record, "member": each.member, **each.cause._asdict()}
            for each in status.not_counted
        ],
    }
    if status.decision is None:
        return {
            "proposal": docket.proposal.id,
            "revision": docket.number,
            **standing,
            "outcome": None,
            "provisional": not status.lost,
            "units": [],
            "rejected": [],
            "late": [],
            "would_change": [],
        }
    return as_json(status.decision) | standing | {"may_reaffirm": reaffirmable(corpus, docket, now)}


def since_lost(status: Status) -> datetime.datetime | None:
    """Return when the log has a decision whose record is lost, or None."""
    return status.state.since if status.lost else None


def _instant(moment: datetime.datetime | None) -> str | None:
    return iso(moment) if moment else None
