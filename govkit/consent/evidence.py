"""What shows a position, and how sure that makes it: derived here once, and asked by all.

What a record of evidence claims is worth nothing by itself. A signature has to hold over the very
statement of the position. Everything else is the word of the coordinator who wrote it down, and one
person's word about another counts for nobody: a second coordinator has to vouch for it
(decision 40).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, get_args

from govkit.consent.position_statement import OF_CONSENTS, bases_of, statement_digest, statement_of
from govkit.corpus.whole import Corpus
from govkit.log.digests import entry_digest
from govkit.log.entries import entries_of
from govkit.log.keys import armour
from govkit.log.periods import end_of_day, instant_of
from govkit.records.evidence import Evidence, EvidenceKind
from govkit.records.governance import Key
from govkit.records.log import LogEntry
from govkit.records.policies import Level
from govkit.records.positions import Position
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.roll import person_of
from govkit.source.public_keys import NoPublicKey
from govkit.source.ssh_signatures import NoSignature, require_signer, signature_of

LEVELS: dict[str, int] = {level: rank for rank, level in enumerate(get_args(Level))}
HIGHEST_OF: dict[EvidenceKind, Level] = {
    "sshsig": "E3",
    "account": "E2",
    "mail": "E2",
    "meeting": "E1",
    "paper": "E1",
    "reported": "E0",
}
"""The most that evidence of a kind may be filed as; filed as less, it is worth that."""
_CHANGED = "it is not as the log has it"


class EvidenceVerdict(NamedTuple):
    """One record of evidence, by its place in the proposal, and what it is worth.

    `fault` says why it is false, which nothing mends. `lacks` says what is missing to be worth what
    it was filed as; `waits` that this is the look of a second coordinator. `alone` says that the
    word of one coordinator counts, since the coalition has no other. `arrived` is when an own host
    of the coalition received the mail, by the word of two coordinators; None where nobody can say.
    """

    id: str
    record: Evidence
    level: Level
    fault: str = ""
    lacks: str = ""
    waits: bool = False
    alone: bool = False
    arrived: datetime.datetime | None = None


class PositionEvidence(NamedTuple):
    """How sure it is that a member said a position, and all that was filed to show it."""

    judged: tuple[EvidenceVerdict, ...] = ()

    @property
    def best(self) -> EvidenceVerdict | None:
        """Return the strongest evidence, the first of several; None where there is none."""
        return max(self.judged, key=lambda each: LEVELS[each.level], default=None)

    @property
    def level(self) -> Level:
        """Return how sure it is."""
        return self.best.level if self.best else "E0"

    @property
    def alone(self) -> bool:
        """Say whether it rests on the word of one coordinator, for want of a second."""
        return self.best is not None and self.best.alone


def evidence_of(
    docket: Docket, filed: FiledRecord[Position], now: datetime.datetime
) -> PositionEvidence:
    """Return what shows a position at a moment, and how sure it is."""
    several = docket.evidence_by_position.get(filed.id, ())
    return PositionEvidence(
        tuple(
            _judged(docket, filed, each, now)
            for each in several
            if each.entry is None or each.entry.recorded_at <= now
        )
    )


def _judged(
    docket: Docket,
    filed: FiledRecord[Position],
    each: FiledRecord[Evidence],
    now: datetime.datetime,
) -> EvidenceVerdict:
    record, entry = each.record, each.entry
    if entry is None or not each.logged:
        return EvidenceVerdict(each.id, record, "E0", _CHANGED)
    fault = _bound_elsewhere(filed, each) or _fault_of_kind(docket, filed.record, record, entry)
    if fault:
        return EvidenceVerdict(each.id, record, "E0", fault)
    if record.level == "E0":
        return EvidenceVerdict(each.id, record, "E0", lacks="nothing shows it yet")
    if record.kind == "sshsig":
        return EvidenceVerdict(each.id, record, record.level)
    return _vouched(docket, each, entry, now)


def _bound_elsewhere(filed: FiledRecord[Position], each: FiledRecord[Evidence]) -> str:
    stem = filed.id.removeprefix("positions/")
    if each.id.rpartition("-")[0] != f"evidence/{stem}":
        return f"it says that it shows {filed.id}, and has the place of another position's"
    # By its entry: a position that is not as the log has it is refused anyway, and a digest of many
    # texts costs more than the whole sum.
    if filed.entry is None or each.record.digest != filed.entry.digest:
        return f"it is of other words than those of {filed.id}"
    return ""


def _vouched(
    docket: Docket, each: FiledRecord[Evidence], entry: LogEntry, now: datetime.datetime
) -> EvidenceVerdict:
    """Return what is worth as much as the word of those who vouch for it."""
    record, registrar = each.record, person_of(docket.members, entry.by)
    others = {
        person_of(docket.members, vouching.by)
        for vouching in docket.vouched.get(each.id, ())
        if vouching.recorded_at <= now
    }
    if others - {registrar}:
        # What they signed holds this moment; without the line of an own host nothing shows it.
        by_host = record.mail is not None and record.mail.received_by is not None
        arrived = entry.received_at if by_host else None
        return EvidenceVerdict(each.id, record, record.level, arrived=arrived)
    named = docket.coordinating.get(each.id) or docket.charter.coordinators.ids
    if {person_of(docket.members, id) for id in named} <= {registrar}:
        return EvidenceVerdict(each.id, record, record.level, alone=True)
    why = docket.unsealed_vouching.get(each.id, "no second coordinator has seen what it rests on")
    return EvidenceVerdict(each.id, record, "E0", lacks=why, waits=True)


# --- each kind ------------------------------------------------------------------------------------


def _fault_of_kind(docket: Docket, said: Position, record: Evidence, entry: LogEntry) -> str:
    """Return why evidence is false, or nothing."""
    if record.kind == "sshsig":
        times = EntryDates(entry.received_at, entry.recorded_at)
        return fault_of_signature(docket, said, record, times)
    if record.level == "E0":
        return ""
    if LEVELS[record.level] > LEVELS[HIGHEST_OF[record.kind]]:
        return f"evidence of the kind `{record.kind}` is never {record.level}"
    if record.kind == "account":
        return _fault_of_account(docket, said, record, entry)
    if record.level == "E2" and (
        record.mail is None or not (record.mail.domain and record.mail.selector and record.mail.key)
    ):
        return "it says nothing about the signature of the mail"
    if record.mail is not None and record.mail.raw != record.source:
        return "the mail that it names is not the source that the coordinators keep"
    return "" if record.source else "it names no source that the coordinators keep"


def _fault_of_account(docket: Docket, said: Position, record: Evidence, entry: LogEntry) -> str:
    event, speaker = record.account, docket.members.get(said.cast_by)
    if event is None:
        return "it names no account"
    if event.arrived > entry.recorded_at:
        return "it came after it was written down"
    day = event.arrived.date()
    for account in speaker.accounts if speaker else ():
        if account.runs_on(day) and (account.host, account.name) == (event.host, event.account):
            return ""
    return f"the account {event.account} at {event.host} was none of {said.cast_by}'s on {day}"


class EntryDates(NamedTuple):
    """When something was received, and when it was recorded."""

    received: datetime.datetime
    recorded: datetime.datetime


def fault_of_signature(docket: Docket, said: Position, record: Evidence, times: EntryDates) -> str:
    """Return why the signature in evidence does not show a position, or nothing.

    It has to be over the statement of this position, by a key of the one who spoke that held when
    the signature came.
    """
    if record.signature is None:
        return "it has no signature"
    if not 1 <= said.revision <= docket.number:
        return f"there is no revision {said.revision} of this proposal"
    statements = [statement_of(said, basis) for basis in bases_of(docket, said.revision)]
    signed = [each for each in statements if statement_digest(each) == record.statement]
    if not signed:
        return (
            "what was signed is not the statement of this position: it is of other words, another "
            "proposal or another coalition"
        )
    try:
        public = signature_of(armour(record.signature)).public
    except (NoSignature, NoPublicKey) as reason:
        return f"the signature can't be read: {reason}"
    fault = _fault_of_holder(docket, said.cast_by, record.key, public, times)
    return fault or _proved(signed[0], record.signature, said.cast_by, public)


def _fault_of_holder(
    docket: Docket, speaker: str, name: str | None, public: str, times: EntryDates
) -> str:
    key = key_of(docket, speaker, public)
    if key is None:
        return f"it was signed with a key that is none of {speaker}'s"
    if key.id != name:
        return f"it was signed with the key {key.id}, and says {name or 'none'}"
    if key.public not in docket.keys:
        return f"the key {key.id} of {speaker} stands below another name, too, so it is nobody's"
    return fault_of_key(key, *times) or ""


def key_of(docket: Docket, speaker: str, public: str) -> Key | None:
    """Return the key of a member that is this public one, whether it holds or not."""
    for key in docket.keys_of(speaker):
        if key.public.split()[:2] == public.split():
            return key
    return None


def fault_of_key(key: Key, received: datetime.datetime, recorded: datetime.datetime) -> str | None:
    """Return why a key does not hold.

    One that was replaced holds for what was received before its end. One that was stolen holds for
    what was recorded before that: nobody can have forged what the log had already.
    """
    if received.date() < key.since:
        return f"the key {key.id} was not enrolled yet"
    if key.until is not None and received >= end_of_day(key.until):
        return f"the key {key.id} had ended"
    stolen = key.compromised_since
    if stolen is not None and recorded >= instant_of(stolen):
        return f"the key {key.id} is not safe since {stolen}"
    return None


@lru_cache(maxsize=4096)  # a status asks several times for the same sum
def _proved(statement: str, signature: str, speaker: str, public: str) -> str:
    """Return why a signature does not hold, or nothing; one operation with the key."""
    try:
        require_signer(statement.encode(), armour(signature), [(speaker, public)], OF_CONSENTS)
    except NoSignature as reason:
        return f"the signature does not hold: {reason}"
    return ""


def false_evidence(docket: Docket, now: datetime.datetime) -> Iterator[tuple[str, str]]:
    """Yield each record of evidence that is false, by its place in the proposal, and why.

    What is not as the log has it is said of the log.
    """
    known = {each.id for each in docket.positions}
    for each in docket.positions:
        for judged in evidence_of(docket, each, now).judged:
            if judged.fault and judged.fault != _CHANGED:
                yield judged.id, judged.fault
    for filed in docket.evidence:
        if filed.record.position not in known:
            yield filed.id, f"there is no {filed.record.position} in this proposal"


def shown_another_log(corpus: Corpus, docket: Docket) -> Iterator[tuple[str, str]]:
    """Yield each position whose member had seen another log than the one that is here, and why."""
    seen = [each for each in docket.positions if each.record.head is not None]
    entries = {entry.seq: entry for _, entry in entries_of(corpus)} if seen else {}
    for each in seen:
        head = each.record.head
        assert head is not None
        entry = entries.get(head.seq)
        if entry is None or entry_digest(entry) != head.digest:
            yield (
                each.id,
                f"{each.record.cast_by} had seen another number {head.seq} of the log than the one "
                "here: somebody showed two histories, or the log was written anew",
            )
