"""A decision reckoned again, from its records as the log had them when it was made.

What came later is left out: answers, late positions, other words of the texts. Where something that
the decision rested on was changed since, as the log itself says, the sum can't be done from the
files of today; then that is said, and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from govkit.consent.adoption import proposal_of
from govkit.consent.decide import decide
from govkit.consent.decision import record_of
from govkit.consent.decision_basis import (
    BASIS_KIND,
    meetings_kept,
    path_of_decision_basis,
    with_decision_basis,
    without_addresses,
)
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.amendments import own_rules
from govkit.log.attendance import attendance_changed_since
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import genesis_of
from govkit.log.entries import entries_of, valid_entries
from govkit.log.voices import voice_digest
from govkit.records.base import Record
from govkit.records.comments import Comment
from govkit.records.decision_basis import DecisionBasis
from govkit.records.decisions import Decision
from govkit.records.kinds import CHARTER_PATH, path_in_proposal, slug_of_path
from govkit.records.log import LogEntry
from govkit.round.docket import ANSWER, Docket, docket_of, inputs_of, meetings_before
from govkit.round.filed_records import FiledRecord, Meeting
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class RecountResult:
    """What came out: `differs` says where the record is not what its records give; `unknown` what
    is not here, so that nobody can tell.
    """

    path: str
    record: Decision
    differs: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class Recount:
    """Reckons the decisions of one corpus again, from its files alone."""

    def __init__(self, corpus: Corpus) -> None:
        """Number the heads of the log; each entry names the one before, so nothing is hashed."""
        self.corpus = corpus
        self.entries = valid_entries(corpus)
        self.rules = own_rules(corpus)
        self.members = _of_members(corpus)
        self.first = _first_members(corpus)
        self.heads = {
            entry.prev: entry.seq - 1 for _, entry in entries_of(corpus) if entry.prev is not None
        }
        head = newest_entry_of(corpus)
        if head is not None:
            self.heads[head.digest] = head.seq

    def again(self, document: Document) -> RecountResult | None:
        """Return what came out for the decision in a document; None where it can't be read."""
        record = document.record
        if not isinstance(record, Decision):
            return None
        path, entry = document.path, self.entries.get((document.path, "decision"))
        docket = docket_of(self.corpus, proposal_of(document))
        if docket is None:
            return RecountResult(path, record, unknown=("its proposal can't be read",))
        fault = self._fault_of_log(record, entry)
        if fault or entry is None:
            return RecountResult(path, record, differs=(fault,))
        if docket.policies_not_agreed:
            named = " and ".join(docket.policies_not_agreed)
            fault = (
                f"its proposal has the policy {named} in other words than the coalition had agreed "
                "to when it was opened"
            )
            return RecountResult(path, record, differs=(fault,))
        seq = entry.seq - 1  # all that was filed before it counts, whatever it says it looked at
        then = self._then(docket, record, seq)
        ground, fault = self._ground(record, seq)
        if ground is not None and not fault and self._other_meetings(ground, then):
            path_of_basis = path_of_decision_basis(record.proposal)
            fault = f"{path_of_basis} has other people at meetings than the log"
        if fault:
            return RecountResult(path, record, differs=(fault,))
        inputs = dict(inputs_of(then))
        if ground is not None:
            then = with_decision_basis(then, ground)
            inputs[BASIS_KIND] = digest_for(BASIS_KIND, ground)
        unknown = (
            *self._missing_rules(then, record, None if ground is not None else seq),
            *_changed_since(docket, then, record, inputs),
        )
        if unknown:
            return RecountResult(path, record, unknown=unknown)
        return RecountResult(
            path, record, differs=tuple(_differences(record, _reckoned(path, record, then, inputs)))
        )

    def docket_then(self, document: Document) -> Docket | None:
        """Return a proposal as it stood when it was decided, as far as that is here.

        None where the decision or its proposal can't be read, or the log does not have it.
        """
        record = document.record
        entry = self.entries.get((document.path, "decision"))
        docket = docket_of(self.corpus, proposal_of(document))
        if not isinstance(record, Decision) or entry is None or docket is None:
            return None
        seq = entry.seq - 1
        then, (ground, _) = self._then(docket, record, seq), self._ground(record, seq)
        return with_decision_basis(then, ground) if ground is not None else then

    def _fault_of_log(self, record: Decision, entry: LogEntry | None) -> str:
        if entry is None:
            return "the log has no entry for it"
        if entry.digest != digest_for("decision", record):
            return f"it is not as number {entry.seq} of the log has it"
        seq = self.heads.get(record.head)
        if seq is None:
            return "the entry of the log that it says it looked at last is not in the log"
        if seq >= entry.seq:
            return "it says that it looked at an entry of the log that came after it"
        return ""

    def _ground(self, record: Decision, seq: int) -> tuple[DecisionBasis | None, str]:
        """Return what was kept for the decision, None for an older one; or what is wrong with it.

        What was kept is the registrar's own word, so it is held against the log: the record of a
        member or a charter that the log had in other words then can't be passed off for it.
        """
        named = {each.record: each.digest for each in record.inputs}.get(BASIS_KIND)
        if named is None:
            return None, ""
        path = path_of_decision_basis(record.proposal)
        document = self.corpus.by_path.get(path)
        ground = document.record if document else None
        if not isinstance(ground, DecisionBasis) or digest_for(BASIS_KIND, ground) != named:
            return None, f"{path} is gone, or is not what the decision rested on"
        wrong = next(self._other_than_logged(ground, seq), None)
        return ground, f"{path} has other words for {wrong} than the log had then" if wrong else ""

    def _other_than_logged(self, ground: DecisionBasis, seq: int) -> Iterator[str]:
        for id, member in ground.members.items():
            logged = [entry for entry in self.members.get(id, ()) if entry.seq <= seq]
            if logged:
                other = logged[-1].digest != digest_for("member", member)
            else:
                other = bool(self.first) and self.first.get(id) != voice_digest(member)
            if other:
                yield id
        charter = self.corpus.charter
        unchanged = charter and digest_for("charter", charter) == self._charter_digest(seq)
        if charter and unchanged and without_addresses(charter) != ground.charter:
            yield "the charter"

    def _other_meetings(self, ground: DecisionBasis, then: Docket) -> bool:
        """Say whether others came to the meetings than had been agreed to at the opening."""
        if not then.revisions:
            return False
        opened = then.revisions[-1]
        if attendance_changed_since(self.corpus, opened.seq):
            return False
        return _agreed_to(meetings_kept(ground)) != _agreed_to(meetings_before(self.corpus, opened))

    def _then(self, docket: Docket, record: Decision, seq: int) -> Docket:
        """Return the docket as it was when the log had its first `seq` entries."""
        return replace(
            docket,
            revisions=_until(docket.revisions, seq)[: record.revision],
            positions=_until(docket.positions, seq),
            evidence=_until(docket.evidence, seq),
            corrections=_until(docket.corrections, seq),
            vouched={
                id: tuple(each for each in several if each.seq <= seq)
                for id, several in docket.vouched.items()
            },
            confirmed_answers=None
            if docket.confirmed_answers is None
            else {
                answer: tuple(each for each in several if each.seq <= seq)
                for answer, several in docket.confirmed_answers.items()
            },
            comments=tuple(self._comments(docket, record, seq)),
            notices=_until(docket.notices, seq),
            acts=_until(docket.acts, seq),
            decision=None,
            bases={unit.id: unit.before for unit in record.units},
            applied=False,
        )

    def _charter_digest(self, seq: int) -> str | None:
        return self.rules.at(seq).digests.get(CHARTER_PATH) if self.rules else None

    def _comments(
        self, docket: Docket, record: Decision, seq: int
    ) -> Iterator[FiledRecord[Comment]]:
        for each in _until(docket.comments, seq):
            path = path_in_proposal(record.proposal, each.id)
            answer = self.entries.get((path, "disposition"))
            if each.record.disposition is not None and answer is not None and answer.seq > seq:
                yield replace(each, record=_answered_then(each, record))
            else:
                yield each

    def _missing_rules(self, then: Docket, record: Decision, seq: int | None) -> Iterator[str]:
        """Yield which rules of then are not here. `seq` is None where the charter was kept."""
        if seq is not None:
            wanted = self._charter_digest(seq)
            acted = self.rules is not None and self._charter_digest(10**9) != wanted
            if acted and digest_for("charter", then.charter) != wanted:
                yield "the charter was changed since, and its words of then are not here"
        for each in record.policies:
            if each.id not in then.policies:
                yield (
                    f"the policy {each.id} was changed since, and its words of then are not here"
                )


def _agreed_to(meetings: Iterable[Meeting]) -> set[Meeting]:
    return {each for each in meetings if each.attended is not None}


def _first_members(corpus: Corpus) -> Mapping[str, str]:
    """Return the digest of what each voice of the founding rests on; none where it began again.

    What was decided under an earlier founding is held against nothing of this one.
    """
    genesis = genesis_of(corpus)
    if genesis is None or genesis.replaces is not None:
        return {}
    return {each.id: each.digest for each in genesis.members}


def _of_members(corpus: Corpus) -> dict[str, list[LogEntry]]:
    """Return the entries of the log about each member, in their order."""
    found: dict[str, list[LogEntry]] = defaultdict(list)
    for _, entry in entries_of(corpus):
        if entry.kind == "member" and entry.path:
            found[slug_of_path(entry.path)].append(entry)
    return found


def _answered_then(filed: FiledRecord[Comment], record: Decision) -> Comment:
    """Return a comment as it was when it was decided: with the answer of then, or with none.

    The author's reply to an answer may have come later; the answer itself is known by its digest.
    """
    inputs = {each.record: each.digest for each in record.inputs}
    # An author may reply long after the decision; that must not disturb the old sum (decision 28).
    alone = filed.record.model_copy(update={"author_reply": None})
    if inputs.get(f"{filed.id}{ANSWER}") == digest_for("disposition", alone):
        return alone
    return alone.model_copy(update={"disposition": None})


def _until(several: tuple[FiledRecord[R], ...], seq: int) -> tuple[FiledRecord[R], ...]:
    return tuple(each for each in several if each.entry is not None and each.entry.seq <= seq)


def _changed_since(
    docket: Docket, then: Docket, record: Decision, known: Mapping[str, str]
) -> Iterator[str]:
    """Yield what the decision rested on, and the log has in newer words or with a newer answer."""
    if {each.record: each.digest for each in record.inputs} == known:
        return
    here = dict(inputs_of(docket))
    newer = {each.id for each in docket.comments} - {each.id for each in then.comments}
    for each in record.inputs:
        if known.get(each.record) == each.digest:
            continue
        base = each.record.removesuffix(ANSWER)
        if base in newer or (
            each.record.endswith(ANSWER) and each.record in here and each.record not in known
        ):
            yield f"{each.record} was changed after the decision, as the log says"


def _reckoned(path: str, record: Decision, then: Docket, inputs: Mapping[str, str]) -> Decision:
    """Return the record that the sum gives, read back as the strict reader reads it."""
    data = record_of(
        decide(then, record.now),
        record.head,
        {each.id: each.digest for each in then.proposal.policies},
        inputs,
    )
    # Through bytes and the strict reader, so that only what a file can say is compared.
    found, faults = read_record(path, "decision", record_bytes("decision", data, path))
    assert isinstance(found, Decision), faults
    return found


_SAID = {
    "outcome": "the outcome",
    "units": "the sum for a text",
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
    yield from _other_inputs(record, reckoned)
    if record.outcome != reckoned.outcome:
        yield f"it says `{record.outcome}`, and its records give `{reckoned.outcome}`"
    by_id = {unit.id: unit for unit in reckoned.units}
    for unit in record.units:
        other = by_id.pop(unit.id, None)
        if other is None:
            yield f"{unit.id} is not a text of revision {record.revision}"
        elif unit != other:
            wrong = [
                name
                for name in type(unit).model_fields
                if getattr(unit, name) != getattr(other, name)
            ]
            said = (
                f"; it says `{unit.outcome}`, they give `{other.outcome}`"
                if unit.outcome != other.outcome
                else ""
            )
            yield f"{unit.id}: its records give other {' and '.join(wrong)}{said}"
    for id in sorted(by_id):
        yield f"{id} is left out"
    for name in type(record).model_fields:
        if name in ("outcome", "units", "inputs", "suppress"):
            continue
        if getattr(record, name) != getattr(reckoned, name):
            yield f"{_SAID.get(name, name)}: its records give something else"


def _other_inputs(record: Decision, reckoned: Decision) -> Iterator[str]:
    """Yield which records it does not look at as the log had them before it."""
    said = {each.record: each.digest for each in record.inputs}
    found = {each.record: each.digest for each in reckoned.inputs}
    for name in sorted(said.keys() - found.keys()):
        yield f"{name}, which it rests on, is gone, or the log does not have it before the decision"
    for name in sorted(found.keys() - said.keys()):
        yield f"{name} was filed before it, and is left out"
    for name in sorted(said.keys() & found.keys()):
        if said[name] != found[name]:
            yield f"{name} is not as it was when it was decided"
