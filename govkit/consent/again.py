"""A decision reckoned again, from its records as the log had them when it was made.

What came later is left out: answers, late positions, other words of the texts. Where something that
the decision rested on was changed since, as the log itself says, the sum can't be done from the
files of today; then that is said, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from govkit.consent.adoption import proposal_of
from govkit.consent.chain import entries_of, head_of
from govkit.consent.deciding import decide
from govkit.consent.decision import record_of
from govkit.consent.docket import Docket, Filed, docket_of, inputs_of, latest_entries
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.records.base import Record
from govkit.records.comments import Comment
from govkit.records.decisions import Decision
from govkit.records.governance import Charter
from govkit.records.policies import Policy
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Again:
    """What came out: `differs` says where the record is not what its records give; `unknown` what
    is not here, so that nobody can tell.
    """

    path: str
    record: Decision
    differs: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Reckoning:
    """Reckons the decisions of one corpus again. `earlier` are own rules in words of before, by
    digest: charters and policies that were changed since.
    """

    def __init__(self, corpus: Corpus, earlier: Mapping[str, Record] | None = None) -> None:
        """Number the heads of the log; each entry names the one before, so nothing is hashed."""
        self.corpus = corpus
        self.earlier = earlier or {}
        self.entries = latest_entries(corpus)
        self.heads = {
            entry.prev: entry.seq - 1 for _, entry in entries_of(corpus) if entry.prev is not None
        }
        head = head_of(corpus)
        if head is not None:
            self.heads[head.digest] = head.seq

    def again(self, document: Document) -> Again | None:
        """Return what came out for the decision in a document; None where it can't be read."""
        record = document.record
        if not isinstance(record, Decision):
            return None
        path, seq = document.path, self.heads.get(record.head)
        docket = docket_of(self.corpus, proposal_of(document))
        if docket is None:
            return Again(path, record, unknown=("its proposal can't be read",))
        fault = self._fault_of_log(path, record, seq)
        if fault is not None:
            return Again(path, record, differs=(fault,))
        assert seq is not None
        then = self._then(docket, record, seq)
        inputs = dict(inputs_of(then))
        unknown = (
            *self._missing_rules(then, record, seq),
            *_changed_since(docket, then, record, inputs),
        )
        if unknown:
            return Again(path, record, unknown=unknown)
        reckoned = _reckoned(path, record, then, inputs)
        if reckoned is None:
            return Again(path, record, differs=("its records give no decision at all",))
        return Again(path, record, differs=tuple(_differences(record, reckoned)))

    def docket_then(self, document: Document) -> Docket | None:
        """Return a proposal as it stood when it was decided, as far as that is here.

        None where the decision or its proposal can't be read, or the log does not have it.
        """
        record = document.record
        entry = self.entries.get((document.path, "decision"))
        docket = docket_of(self.corpus, proposal_of(document))
        if not isinstance(record, Decision) or entry is None or docket is None:
            return None
        seq = min(self.heads.get(record.head, entry.seq - 1), entry.seq - 1)
        then, (ground, _) = self._then(docket, record, seq), self._ground(record, seq)
        return with_ground(then, ground) if ground is not None else then

    def _fault_of_log(self, path: str, record: Decision, seq: int | None) -> str | None:
        entry = self.entries.get((path, "decision"))
        if entry is None:
            return "the log has no entry for it"
        if entry.digest != digest_for("decision", record):
            return f"it is not as number {entry.seq} of the log has it"
        if seq is None:
            return "the entry of the log that it says it looked at last is not in the log"
        if seq >= entry.seq:
            return "it says that it looked at an entry of the log that came after it"
        return None

    def _then(self, docket: Docket, record: Decision, seq: int) -> Docket:
        """Return the docket as it was when the log had its first `seq` entries."""
        agreed = {each.id: each.digest for each in record.policies}
        policies = dict(docket.policies)
        for id, digest in agreed.items():
            earlier = self.earlier.get(digest)
            if id not in policies and isinstance(earlier, Policy):
                policies[id] = earlier
        return replace(
            docket,
            charter=self._charter_then(docket, seq),
            policies=policies,
            revisions=_until(docket.revisions, seq)[: record.revision],
            positions=_until(docket.positions, seq),
            comments=tuple(self._comments(docket, record, seq)),
            notices=_until(docket.notices, seq),
            acts=_until(docket.acts, seq),
            decision=None,
            bases={unit.id: unit.before for unit in record.units},
            applied=False,
        )

    def _charter_then(self, docket: Docket, seq: int) -> Charter:
        return docket.charter

    def _comments(self, docket: Docket, record: Decision, seq: int) -> Iterator[Filed[Comment]]:
        for each in _until(docket.comments, seq):
            path = f"governance/proposals/{record.proposal}/{each.id}.yaml"
            answer = self.entries.get((path, "disposition"))
            if each.record.disposition is not None and answer is not None and answer.seq > seq:
                bare = each.record.model_copy(update={"disposition": None, "author_reply": None})
                yield replace(each, record=bare)
            else:
                yield each

    def _missing_rules(self, then: Docket, record: Decision) -> Iterator[str]:
        for each in record.policies:
            if each.id not in then.policies:
                yield (
                    f"the policy {each.id} was changed since, and its words of then are not here"
                )


def _until(several: tuple[Filed[R], ...], seq: int) -> tuple[Filed[R], ...]:
    return tuple(each for each in several if each.entry is not None and each.entry.seq <= seq)


def _changed_since(
    docket: Docket, then: Docket, record: Decision, known: Mapping[str, str]
) -> Iterator[str]:
    """Yield what the decision rested on, and the log has in newer words or with a newer answer."""
    if {each.record: each.digest for each in record.inputs} == known:
        return
    here = dict(inputs_of(docket))
    newer = {
        each.id for group in (docket.positions, docket.comments, docket.notices, docket.acts)
        for each in group if each.id not in _ids(then)
    }  # fmt: skip
    for each in record.inputs:
        if known.get(each.record) == each.digest:
            continue
        base = each.record.removesuffix(" answer")
        if base in newer or (each.record.endswith(" answer") and each.record in here
                             and each.record not in known):  # fmt: skip
            yield f"{each.record} was changed after the decision, as the log says"


def _ids(docket: Docket) -> set[str]:
    groups: tuple[tuple[Filed[Any], ...], ...] = (
        docket.positions, docket.comments, docket.notices, docket.acts,
    )  # fmt: skip
    return {each.id for group in groups for each in group}


def _reckoned(
    path: str, record: Decision, then: Docket, inputs: Mapping[str, str]
) -> Decision | None:
    """Return the record that the sum gives, as the strict reader reads it; None if it can't be."""
    data = record_of(
        decide(then, record.now), record.head,
        {each.id: each.digest for each in then.proposal.policies}, inputs,
    )  # fmt: skip
    found, _ = read_record(path, "decision", record_bytes("decision", data, path))
    return found if isinstance(found, Decision) else None


_SAID = {
    "outcome": "the outcome",
    "units": "the sum for a text",
    "inputs": "the records that it was made from",
    "policies": "the policies",
    "revision": "the revision",
    "provisional": "whether it was final",
    "rejected": "what was refused",
    "late": "what came late",
    "reported": "what was reported only",
    "would_change": "what would change it",
    "now": "the moment",
    "head": "the newest entry of the log",
    "proposal": "the proposal",
}


def _differences(record: Decision, reckoned: Decision) -> Iterator[str]:
    if record.outcome != reckoned.outcome:
        yield f"it says `{record.outcome}`, and its records give `{reckoned.outcome}`"
    by_id = {unit.id: unit for unit in reckoned.units}
    for unit in record.units:
        other = by_id.pop(unit.id, None)
        if other is None:
            yield f"{unit.id} is not a text of revision {record.revision}"
        elif unit != other:
            wrong = [name for name in type(unit).model_fields
                     if getattr(unit, name) != getattr(other, name)]  # fmt: skip
            said = (f"; it says `{unit.outcome}`, they give `{other.outcome}`"
                    if unit.outcome != other.outcome else "")  # fmt: skip
            yield f"{unit.id}: its records give other {' and '.join(wrong)}{said}"
    for id in sorted(by_id):
        yield f"{id} is left out"
    for name in type(record).model_fields:
        if name in ("outcome", "units", "suppress"):
            continue
        if getattr(record, name) != getattr(reckoned, name):
            yield f"{_SAID.get(name, name)}: its records give something else"
