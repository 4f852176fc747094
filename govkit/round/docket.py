"""The docket: everything that belongs to one proposal, in one value, as the log has it.

A record that the log does not know, or knows in other words, stays here with that said; what
follows from it is for `decide` to say.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from govkit.corpus.copies import policy_copy_path
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for
from govkit.corpus.released_words import released_words
from govkit.corpus.whole import Corpus
from govkit.log.amendments import OF_ACTS, RulesInForce, not_ended, own_rules, policies_not_agreed
from govkit.log.attendance import attendance_before
from govkit.log.coordinators import genesis_of, roots_of
from govkit.log.countersignatures import countersignatures_of
from govkit.log.entries import first_entries, valid_entries, with_logged_answer
from govkit.log.keys import sound_signers
from govkit.log.signed_statements import proposal_act_statement, root_fingerprint
from govkit.records.comments import Comment
from govkit.records.corrections import Correction
from govkit.records.decisions import ADOPTED, DecidedUnit, Decision
from govkit.records.evidence import Evidence
from govkit.records.governance import Charter, EscalationBody, Key, Member
from govkit.records.kinds import NORMATIVE_KINDS, folder_of_proposal
from govkit.records.log import LogEntry
from govkit.records.policies import Policy
from govkit.records.positions import Position
from govkit.records.proposals import Act, Notice, Proposal, Revision
from govkit.round.corrected_days import CorrectedDay, with_corrected_days
from govkit.round.filed_records import Countersigner, FiledRecord, Meeting

ANSWER = " answer"
"""What stands behind the name of a comment, among the inputs of a decision, for its answer."""


@dataclass(frozen=True)
class Docket:
    """One proposal and all that was filed about it.

    `policies` are those whose words are the ones that the proposal was opened under. `bases` gives
    for each text the digest of its adopted words now, None where it was never adopted; a text that
    is missing there stands as the revision says. `vouched` gives for each evidence and correction
    who vouches for it beside the registrar. `roots` are the fingerprints of the founding, the
    newest first; none while the coalition is forming. `meetings` are in the order of their days.
    """

    proposal: Proposal
    charter: Charter
    members: Mapping[str, Member]
    policies: Mapping[str, Policy]
    revisions: tuple[FiledRecord[Revision], ...] = ()
    positions: tuple[FiledRecord[Position], ...] = ()
    evidence: tuple[FiledRecord[Evidence], ...] = ()
    corrections: tuple[FiledRecord[Correction], ...] = ()
    comments: tuple[FiledRecord[Comment], ...] = ()
    notices: tuple[FiledRecord[Notice], ...] = ()
    acts: tuple[FiledRecord[Act], ...] = ()
    decision: FiledRecord[Decision] | None = None
    bases: Mapping[str, str | None] = field(default_factory=dict)
    vouched: Mapping[str, tuple[Countersigner, ...]] = field(default_factory=dict)
    unsealed_vouching: Mapping[str, str] = field(default_factory=dict)
    """For each record that is vouched for, why that waits: who filed it has not sealed it."""
    roots: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    applied: bool = False
    released: bool = False
    coordinating: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each act and evidence, who coordinated when it was logged; else those of the charter."""
    bodies: Mapping[str, EscalationBody | None] = field(default_factory=dict)
    """For each act, the body that decided about objections then; else that of the charter."""
    not_ended: frozenset[str] = frozenset()
    """Members whose records say that they left, which no act says that counts."""
    held_keys: Mapping[str, tuple[Key, ...]] | None = None
    """The keys of each member by the acts of the coalition; None: those that the records show."""
    signed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each act, whose signatures hold; where it is not said, nobody asks for them."""
    policies_not_agreed: tuple[str, ...] = ()
    """Those that it names in words that did not hold when it was opened: they decide nothing."""
    confirmed_answers: Mapping[tuple[str, str], tuple[Countersigner, ...]] | None = None
    """For a comment and the digest of an answer to it, who vouches for that answer, with what its
    author said to it; None where nobody asks for that."""
    corrected_days: tuple[CorrectedDay, ...] = ()
    decision_entry: LogEntry | None = None
    """The newest entry of the log about a decision, whatever became of its record."""

    @property
    def number(self) -> int:
        """Return the number of the current revision; 0 where none was opened."""
        return len(self.revisions)

    @property
    def revision(self) -> Revision | None:
        """Return the current revision, or None."""
        return self.revisions[-1].record if self.revisions else None

    @cached_property
    def evidence_by_position(self) -> Mapping[str, tuple[FiledRecord[Evidence], ...]]:
        """Return what was filed to show each position, by the position, in the order of the log."""
        found: dict[str, list[FiledRecord[Evidence]]] = {}
        for each in sorted(self.evidence, key=lambda each: (each.seq, each.id)):
            found.setdefault(each.record.position, []).append(each)
        return {position: tuple(several) for position, several in found.items()}

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the public keys of members that are one member's and of a kind that is taken."""
        every = ((id, key.public) for id in self.members for key in self.keys_of(id))
        return frozenset(public for _, public in sound_signers(every))

    def keys_of(self, id: str) -> tuple[Key, ...]:
        """Return the keys of a member that count, or did."""
        if self.held_keys is not None:
            return self.held_keys.get(id, ())
        member = self.members.get(id)
        return member.keys if member else ()

    @cached_property
    def quiet(self) -> tuple[str, ...]:
        """Return the days of the year that do not count."""
        return self.charter.calendar.quiet

    def decided_by(self, now: datetime.datetime) -> FiledRecord[Decision] | None:
        """Return the decision about the current revision, if the log had one by then."""
        filed = self.decision
        if filed is None or not filed.logged or filed.entry is None:
            return None
        known = filed.entry.recorded_at <= now and filed.record.revision == self.number
        return filed if known else None

    def decision_lost_by(self, now: datetime.datetime) -> LogEntry | None:
        """Return the entry about a decision of the current revision whose record is not as it says.

        The record is gone, or has other words. What the log has was decided all the same.
        """
        entry = self.decision_entry
        # Older than the current revision: that decision was about other words, and the round goes
        # on.
        if entry is None or not self.revisions or entry.seq < self.revisions[-1].seq:
            return None
        kept = self.decision is not None and self.decision.logged
        return None if kept or entry.recorded_at > now else entry

    def policy_of_class(self, number: int) -> str | None:
        """Return the name of the policy that the charter has for a class of change, or None."""
        for name, each in self.charter.policies.items():
            if number in each.classes:
                return name
        return None


def docket_of(corpus: Corpus, proposal: str) -> Docket | None:
    """Return the docket of a proposal, or None where it or the charter can't be read.

    Many ask for the same one, and none changes it: it is put together once for each corpus.
    """
    known = corpus.once(_known_dockets)
    if proposal not in known:
        known[proposal] = _put_together(corpus, proposal)
    return known[proposal]


def _known_dockets(_: Corpus) -> dict[str, Docket | None]:
    return {}


def _put_together(corpus: Corpus, proposal: str) -> Docket | None:
    charter = corpus.charter
    document = corpus.find(("proposal",), proposal)
    if charter is None or document is None or not isinstance(document.record, Proposal):
        return None
    return with_corrected_days(_DocketBuilder(corpus, charter, document.record).docket(), corpus)


class _DocketBuilder:
    """Puts the records of one proposal and their log entries together."""

    def __init__(self, corpus: Corpus, charter: Charter, proposal: Proposal) -> None:
        self.corpus = corpus
        self.charter = charter
        self.proposal = proposal
        self.folder = folder_of_proposal(proposal.id)
        self.entries = valid_entries(corpus)
        self.own_rules = own_rules(corpus)

    def docket(self) -> Docket:
        decisions, acts = self.filed("decision"), tuple(self.filed("act"))
        evidence = tuple(self.filed("evidence"))
        revisions = sorted(self.filed("revision"), key=lambda each: _number(each.id))
        # A revision that is missing in between would give the others wrong numbers, so none is
        # taken.
        numbered = [_number(each.id) for each in revisions] == [*range(1, len(revisions) + 1)]
        docket = Docket(
            self.proposal,
            self.charter,
            members=dict(self.records("member")),
            held_keys=self.held_keys(),
            not_ended=not_ended(self.corpus, self.own_rules, self.entries),
            policies=self.policies(),
            policies_not_agreed=policies_not_agreed(self.own_rules, self.entries, self.proposal),
            revisions=tuple(revisions) if numbered else (),
            positions=tuple(self.filed("position")),
            evidence=evidence,
            corrections=tuple(self.filed("correction")),
            roots=roots_of(self.corpus),
            vouched=self.vouched(),
            unsealed_vouching=self.unsealed_vouching(),
            confirmed_answers=self.confirmed_answers(),
            comments=tuple(self.comments()),
            notices=tuple(self.filed("notice")),
            acts=acts,
            decision=decisions[0] if decisions else None,
            bases=dict(self.bases()),
            meetings=meetings_before(self.corpus, revisions[-1]) if revisions else (),
            coordinating={
                id: rules.coordinators for id, rules in self.rules_at((*acts, *evidence))
            },
            bodies={id: rules.escalate_to for id, rules in self.rules_at(acts)},
            signed=dict(self.signed(acts)),
            decision_entry=self.entries.get((f"{self.folder}decision.yaml", "decision")),
        )
        if docket.decision is None:
            return docket
        later = self.decided_later()
        record = docket.decision.record
        applied = record.outcome in ADOPTED and all(
            # A later decision replaced the words rightly; the earlier one stays applied all the
            # same.
            unit.id in later or self.is_in_place(unit)
            for unit in record.units
        )
        words = {(unit.id, unit.after) for unit in record.units if unit.after is not None}
        released = applied and bool(words) and released_words(self.corpus) >= words
        return replace(docket, applied=applied, released=released)

    def filed(self, kind: str, logged_as: str = "") -> list[FiledRecord[Any]]:
        found = []
        for document in self.corpus.of_kind(kind):
            if document.record is not None and document.path.startswith(self.folder):
                entry = self.entries.get((document.path, logged_as or kind))
                intact = entry is None or entry.digest == digest_for(
                    logged_as or kind, document.record
                )
                id = document.id.removeprefix(f"{self.proposal.id}/")
                found.append(FiledRecord(id, document.record, entry, intact))
        return sorted(found, key=lambda each: (each.seq, each.id))

    def decided_later(self) -> frozenset[str]:
        """Return the texts about which a later decision in the log adopted other words."""
        own = self.entries.get((f"{self.folder}decision.yaml", "decision"))
        found: set[str] = set()
        for document in self.corpus.of_kind("decision"):
            entry, record = self.entries.get((document.path, "decision")), document.record
            if own is None or entry is None or not isinstance(record, Decision):
                continue
            if entry.seq > own.seq and record.outcome in ADOPTED:
                found.update(unit.id for unit in record.units)
        return frozenset(found)

    def is_in_place(self, unit: DecidedUnit) -> bool:
        """Say whether decided words were put into the text, or lost again.

        Other words than those before and after are somebody's edit: it undoes no decision, and the
        checks speak of it.
        """
        text = self.corpus.find(NORMATIVE_KINDS, unit.id)
        if unit.after is None:
            return text is None or text.status == "withdrawn"
        here = self._adopted(text) if text is not None else None
        return here is not None and (here == unit.after or here != unit.before)

    def comments(self) -> Iterable[FiledRecord[Comment]]:
        """Yield the comments; an answer that the log does not know is as if it were not there.

        When one came stays what it was, though it is logged again when it is published.
        """
        first = first_entries(self.corpus)
        for each in self.filed("comment"):
            path, entry = f"{self.folder}{each.id}.yaml", each.entry
            if entry is not None:
                came = first[path, "comment"].received_at
                entry = entry.model_copy(update={"received_at": came})
            record = with_logged_answer(each.record, path, self.entries)
            yield replace(each, record=record, entry=entry)

    def records(self, kind: str) -> Iterable[tuple[str, Any]]:
        for document in self.corpus.of_kind(kind):
            if document.record is not None:
                yield document.id, document.record

    def held_keys(self) -> Mapping[str, tuple[Key, ...]] | None:
        """Return the keys by the founding and the acts; None while the coalition is forming."""
        if self.own_rules is None:
            return None
        found: dict[str, tuple[Key, ...]] = {}
        for each in self.own_rules.keys.all:
            found[each.member] = (*found.get(each.member, ()), each.as_shown())
        return found

    def policies(self) -> dict[str, Policy]:
        opened_under = {each.id: each.digest for each in self.proposal.policies}
        kept = {
            name: copy.record
            for name in opened_under
            if (copy := self.corpus.copies_by_path.get(policy_copy_path(self.proposal.id, name)))
        }
        # A proposal that was opened before policies were copied has those of today.
        found = {**dict(self.records("policy")), **kept}
        return {
            name: policy
            for name, policy in found.items()
            if policy is not None and opened_under.get(name) == digest_for("policy", policy)
        }

    def rules_at(self, filed: Iterable[FiledRecord[Any]]) -> Iterable[tuple[str, RulesInForce]]:
        """Yield for each act and evidence the own rules that held when it was logged."""
        for each in filed:
            if self.own_rules is not None and each.entry is not None:
                yield each.id, self.own_rules.at(each.entry.seq)

    def signed(self, acts: tuple[FiledRecord[Act], ...]) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Yield for each act of a founded coalition whose signatures hold."""
        genesis = genesis_of(self.corpus)
        if self.own_rules is None or genesis is None:
            return
        for each in acts:
            if each.entry is not None:
                path = f"{self.folder}{each.id}.yaml"
                data = proposal_act_statement(each.record, path, root_fingerprint(genesis)).encode()
                keys = self.own_rules.keys
                yield each.id, keys.signed_by(each.record.signatures, data, OF_ACTS, each.entry)

    def vouched(self) -> dict[str, tuple[Countersigner, ...]]:
        """Return for each evidence and correction who vouches for it beside who filed it."""
        found: dict[str, tuple[Countersigner, ...]] = {}
        for each in countersignatures_of(self.corpus, self.folder):
            if not each.fault and each.entry.path is not None:
                id = each.entry.path.removeprefix(self.folder).removesuffix(".yaml")
                countersigner = Countersigner(each.by, each.entry.seq, each.entry.recorded_at)
                found[id] = (*found.get(id, ()), countersigner)
        return found

    def confirmed_answers(self) -> dict[tuple[str, str], tuple[Countersigner, ...]] | None:
        """Return who vouches for the answers to comments; None where one coordinator's word counts.

        An answer is named by the comment and its digest, so a later one takes no look with it.
        """
        if self.own_rules is None or len(self.own_rules.now.coordinators) < 2:
            return None
        found: dict[tuple[str, str], tuple[Countersigner, ...]] = {}
        for each in countersignatures_of(self.corpus, self.folder):
            if each.fault or each.of is None or each.of.kind != "disposition":
                continue
            id = (each.of.path or "").removeprefix(self.folder).removesuffix(".yaml")
            key = (id, each.of.digest or "")
            countersigner = Countersigner(each.by, each.entry.seq, each.entry.recorded_at)
            found[key] = (*found.get(key, ()), countersigner)
        return found

    def unsealed_vouching(self) -> dict[str, str]:
        """Return for each record why its countersignature waits for a seal."""
        return {
            (each.entry.path or "").removeprefix(self.folder).removesuffix(".yaml"): each.fault
            for each in countersignatures_of(self.corpus, self.folder)
            if each.waits_for
        }

    def bases(self) -> Iterable[tuple[str, str | None]]:
        """Yield for each text of any revision the digest of its adopted words, or None."""
        texts = {document.id: document for document in self.corpus.of_kind(*NORMATIVE_KINDS)}
        for each in self.filed("revision"):
            for unit in each.record.units:
                text = texts.get(unit.id)
                yield unit.id, self._adopted(text) if text else None

    def _adopted(self, text: Document) -> str | None:
        # A draft has no adopted words, whatever stands in the file.
        return None if text.status == "draft" else self.corpus.digests.of(text)


def meetings_before(corpus: Corpus, opened: FiledRecord[Revision]) -> tuple[Meeting, ...]:
    """Return the meetings before a revision was opened, as they were agreed to by then."""
    day = opened.record.opened.date()
    # One whose words are lost is taken for the last one: so it can lower nothing.
    eve = day - datetime.timedelta(days=1)
    found = [
        Meeting(each.day or eve, each.attended) for each in attendance_before(corpus, opened.seq)
    ]
    before = [each for each in found if each.day < day]
    return tuple(sorted(before, key=lambda each: (each.day, sorted(each.attended or ()))))


def _number(id: str) -> int:
    return int(id.removeprefix("rev-"))


def inputs_of(docket: Docket) -> Iterator[tuple[str, str]]:
    """Yield every record that a sum is made from, with its digest."""
    groups: tuple[tuple[str, tuple[FiledRecord[Any], ...]], ...] = (
        ("revision", docket.revisions),
        ("position", docket.positions),
        ("evidence", docket.evidence),
        ("correction", docket.corrections),
        ("comment", docket.comments),
        ("notice", docket.notices),
        ("act", docket.acts),
    )
    for kind, filed in groups:
        for each in filed:
            yield each.id, digest_for(kind, each.record)
            if kind == "comment" and each.record.disposition is not None:
                yield f"{each.id}{ANSWER}", digest_for("disposition", each.record)
