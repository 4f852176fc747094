"""From the name of a kind to its pydantic model, imported at the first record of that kind."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from govkit.records.base import Record

_MODELS = {
    "charter": ("governance", "Charter"),
    "member": ("governance", "Member"),
    "translation": ("governance", "Translation"),
    "instrument": ("texts", "Instrument"),
    "principle": ("texts", "Principle"),
    "provision": ("texts", "Provision"),
    "recommendation": ("texts", "Recommendation"),
    "term": ("registers", "Term"),
    "source": ("registers", "Source"),
    "issue": ("registers", "Issue"),
    "response": ("registers", "Response"),
    "initiative": ("registers", "Initiative"),
    "event": ("registers", "Event"),
    "genesis": ("acts", "Genesis"),
    "coalition-act": ("acts", "CoalitionAct"),
    "policy": ("policies", "Policy"),
    "call": ("calls", "Call"),
    "declaration": ("declarations", "Declaration"),
    "proposal": ("proposals", "Proposal"),
    "revision": ("proposals", "Revision"),
    "notice": ("proposals", "Notice"),
    "act": ("proposals", "Act"),
    "submission": ("comments", "Submission"),
    "position": ("positions", "Position"),
    "evidence": ("evidence", "Evidence"),
    "correction": ("corrections", "Correction"),
    "comment": ("comments", "Comment"),
    "decision": ("decisions", "Decision"),
    "ground": ("ground", "Ground"),
    "log-entry": ("log", "LogEntry"),
    "log-head": ("log", "LogHead"),
    "manifest": ("releases", "Manifest"),
    "publication": ("releases", "Publication"),
}


@cache
def model_of(kind: str) -> type[Record]:
    """Return the model of a kind; `kind` is a name in `kinds.KINDS`."""
    module, name = _MODELS[kind]
    model: type[Record] = getattr(import_module(f"govkit.records.{module}"), name)
    return model
