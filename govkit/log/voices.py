"""Whether what a member's voice rests on was agreed to: group, mandate, person, accounts.

The founding names the first members with a digest of that. A new member is taken in by one
coordinator, and speaks after a time in which others can object; whatever else changes takes a
second coordinator, or the act that says so. Else one could move a member to another group, let a
mandate begin after an objection, or bring in a voice of their own, and the sum would follow. Name,
country and note are not part of it; keys come by acts (`log.keys`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for, record_digest
from govkit.corpus.whole import Corpus
from govkit.log.amendments import GENESIS_PATH, OwnRules, own_rules
from govkit.log.coordinators import genesis_of, path_of_member
from govkit.log.countersignatures import countersignatures_of
from govkit.log.entries import entries_of, valid_entries
from govkit.records.acts import CoalitionAct
from govkit.records.governance import Member
from govkit.records.log import LogEntry

WAITING = datetime.timedelta(days=7)
"""How long a new member waits before the voice counts, where nobody else has looked."""
_LONGEST_WAIT = 400
_OTHER_FIELDS = frozenset(("name", "country", "keys", "note", "suppress"))


class VoiceFault(NamedTuple):
    """A record of a member that says what was not agreed to: its file, a sentence, the entry.

    `seq` is None where the log does not even have it in these words.
    """

    path: str
    id: str
    message: str
    seq: int | None = None


def voice_digest(member: Member) -> str:
    """Return the digest of what a member's voice rests on, as the founding has it."""
    return record_digest(member, "govkit/voice", _OTHER_FIELDS)


def voice_faults(corpus: Corpus) -> tuple[VoiceFault, ...]:
    """Return what stands in the records of members and was agreed to by nobody else."""
    return corpus.once(_voice_faults)


def _voice_faults(corpus: Corpus) -> tuple[VoiceFault, ...]:
    genesis, rules = genesis_of(corpus), own_rules(corpus)
    founding = valid_entries(corpus).get((GENESIS_PATH, "genesis"))
    # A founding of before names no members, and there is nothing to hold them against.
    if genesis is None or rules is None or founding is None or not genesis.members:
        return ()
    entries: dict[str, list[LogEntry]] = {}
    for _, entry in entries_of(corpus):
        if entry.kind == "member" and entry.path and entry.seq > founding.seq:
            entries.setdefault(entry.path, []).append(entry)
    first = {each.id: each.digest for each in genesis.members}
    return tuple(_Reading(corpus, rules, first, entries).faults())


@dataclass(frozen=True)
class _Reading:
    corpus: Corpus
    rules: OwnRules
    first: dict[str, str]
    entries: dict[str, list[LogEntry]]

    @cached_property
    def vouched(self) -> frozenset[int]:
        """Return the numbers that a second coordinator has vouched for."""
        return frozenset(
            each.of.seq
            for each in countersignatures_of(self.corpus, "governance/members/")
            if each.of is not None and not each.fault
        )

    def faults(self) -> Iterator[VoiceFault]:
        for document in self.corpus.of_kind("member"):
            if isinstance(document.record, Member):
                yield from self.fault(document.path, document.id, document.record)
        for id in self.first:
            path = path_of_member(id)
            if path not in self.corpus.by_path and path not in self.entries:
                yield VoiceFault(path, id, f"{path} is gone, and the founding names {id}")

    def fault(self, path: str, id: str, member: Member) -> Iterator[VoiceFault]:
        logged, known = self.entries.get(path, []), self.first.get(id)
        if known is not None and known in {voice_digest(each) for each in _not_ended(member)}:
            return
        if not logged and known is None and _asks_to_join(member):
            return
        if not logged:
            said = "this record is not as the founding has it" if known else ""
            yield VoiceFault(path, id, said or "the log has no entry for this record")
            return
        newest = logged[-1]
        if newest.digest != digest_for("member", member):
            return  # the log says so
        if len(self.rules.at(newest.seq).coordinators) > 1 and not self.is_agreed(member, id, path):
            yield VoiceFault(
                path,
                id,
                f"number {newest.seq} says what the voice of {id} rests on (group, mandate, "
                f"person, accounts), and {newest.by} alone says it: no second coordinator has "
                "vouched for it",
                newest.seq,
            )

    def is_agreed(self, member: Member, id: str, path: str) -> bool:
        """Walk back from the newest entry to one that two have agreed to."""
        logged, was = self.entries[path], member
        for at in range(len(logged) - 1, -1, -1):
            entry, before = logged[at], logged[at - 1] if at else None
            if entry.seq in self.vouched:
                return True
            if before is None:
                return self.may_begin(was, id, entry)
            if before.seq in self.vouched and _began_at_once(was, before, entry):
                return True
            if before.digest != entry.digest:
                earlier = self.before_act(was, path, before, entry)
                if earlier is None:
                    return False
                was = earlier
        return False

    def before_act(
        self, member: Member, path: str, before: LogEntry, entry: LogEntry
    ) -> Member | None:
        """Return the record before an act that changes this and no more; None where there is none.

        Whether the act counts is said of the act.
        """
        for each in self.rules.steps:
            act = each.act
            if (act.path, act.before, act.after) == (path, before.digest, entry.digest):
                for was in _before(member, act):
                    if digest_for("member", was) == before.digest:
                        return was
        return None

    def may_begin(self, member: Member, id: str, entry: LogEntry) -> bool:
        """Say whether one coordinator alone may take this member in, so that the voice waits."""
        known = self.first.get(id)
        new = member.terms[-1:] if known else member.terms
        earliest = entry.recorded_at.date() + WAITING
        if any(each.since < earliest for each in new):
            return False
        return known is None or known in {voice_digest(each) for each in _only_listed(member)}


def _not_ended(member: Member) -> Iterator[Member]:
    """Yield a member, and as it was before it left; who may say that it left, `not_ended` says."""
    yield member
    if member.state == "ended":
        days = [*(each.until for each in member.terms), *(each.until for each in member.accounts)]
        last = max((day for day in days if day is not None), default=None)
        going_on = {
            name: tuple(
                each.model_copy(update={"until": None}) if each.until == last else each
                for each in getattr(member, name)
            )
            for name in ("terms", "accounts")
        }
        yield member.model_copy(update={"state": "enrolled", **going_on})


def _before(member: Member, act: CoalitionAct) -> Iterator[Member]:
    """Yield what a record can have been before an act about a key, or before the end."""
    if act.kind == "end-member":
        for going_on in _not_ended(member):
            yield going_on
            last = max((key.until for key in member.keys if key.until is not None), default=None)
            keys = tuple(
                key.model_copy(update={"until": None}) if key.until == last else key
                for key in member.keys
            )
            yield going_on.model_copy(update={"keys": keys})
    elif act.key is not None and act.key.change == "begins":
        keys = tuple(key for key in member.keys if key.id != act.key.id)
        yield member.model_copy(update={"keys": keys})
    elif act.key is not None:
        for name in ("until", "compromised_since"):
            for undone in ({name: None}, {"until": None, "compromised_since": None}):
                keys = tuple(
                    key.model_copy(update=undone) if key.id == act.key.id else key
                    for key in member.keys
                )
                yield member.model_copy(update={"keys": keys})


def _asks_to_join(member: Member) -> bool:
    """Say whether a record gives nobody a voice: it waits for a coordinator who takes it in."""
    return member.state == "listed" and not (member.terms or member.accounts or member.keys)


def _only_listed(member: Member) -> Iterator[Member]:
    """Yield a member as it was before it was enrolled, when it was only listed."""
    listed = member.model_copy(update={"state": "listed", "terms": member.terms[:-1]})
    yield listed
    yield listed.model_copy(update={"accounts": ()})


def _began_at_once(member: Member, joined: LogEntry, entry: LogEntry) -> bool:
    """Say whether nothing but the first day of a new mandate was moved, by the second one."""
    today, joining = entry.recorded_at.date(), joined.recorded_at.date()
    for days in range(WAITING.days, _LONGEST_WAIT):
        day = joining + datetime.timedelta(days=days)
        terms = tuple(
            each.model_copy(update={"since": day}) if each.since == today else each
            for each in member.terms
        )
        if digest_for("member", member.model_copy(update={"terms": terms})) == joined.digest:
            return True
    return False
