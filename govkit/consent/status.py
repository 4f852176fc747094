"""How a proposal stands: what is open is reckoned now, what is over is shown as it was.

A decision is shown from its record. What its record does not keep, as every voice, is reckoned
again from what the decision rested on (`again`), never from the texts, members and rules of today.
A proposal that was withdrawn or has lapsed is shown as it stood at that moment.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from govkit.consent.admission import ExcludedRecord
from govkit.consent.adoption import Adoption, adoptions_of
from govkit.consent.counting import SUPERSEDED, Cause, Counting
from govkit.consent.decide import decide
from govkit.consent.decision import RoundResult, UnitDecision
from govkit.consent.objections import Objection
from govkit.consent.recount import Recount
from govkit.corpus.whole import Corpus
from govkit.records.decisions import DecidedUnit, Decision, Refused
from govkit.records.kinds import path_in_proposal
from govkit.records.log import LogEntry
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.states import OVER, ProposalState, state_of

SIDES = ("required", "given", "missing")


class NotCounted(NamedTuple):
    """A position, by its record, and why it does not count."""

    record: str
    member: str
    cause: Cause


@dataclass(frozen=True)
class Status:
    """A proposal at a moment: its state, and the decision as it stands, stood, or was made.

    `docket` has the adopted words of that moment. `recorded` is the record of a decision that was
    made; `doubts` say why the same does not come out of what it rested on, or why nobody can tell.
    """

    docket: Docket
    state: ProposalState
    decision: RoundResult | None
    recorded: Decision | None = None
    doubts: tuple[str, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    """Positions that do not count though they came in time and in order, while it is open."""
    lost: str = ""
    """That the record of the decision is not as the log has it: nothing can be said of the sum."""


class Statuses:
    """How the proposals of a corpus stand at a moment."""

    def __init__(self, corpus: Corpus, now: datetime.datetime) -> None:
        """Take the corpus, and the moment: an aware instant in UTC."""
        self.corpus, self.now = corpus, now

    def of(self, docket: Docket) -> Status:
        """Return how a proposal stands."""
        docket = _opened_by(docket, self.now)
        state = state_of(docket, self.now)
        if not docket.revisions:
            return Status(docket, state, None)
        if (filed := docket.decided_by(self.now)) is not None:
            return self._recorded(docket, state, filed)
        if (entry := docket.decision_lost_by(self.now)) is not None:
            return Status(docket, state, None, lost=_lost(docket, entry))
        over = state.since if state.name in OVER else None
        docket = replace(docket, bases=dict(_bases(docket, self._adoptions, over or self.now)))
        decision = decide(docket, over or self.now)
        if over is not None:
            decision = replace(decision, pending=(_ended(state.name, over),), would_change=())
            return Status(docket, state, decision)
        said = {each.record for each in (*decision.rejected, *decision.late)}
        return Status(
            docket, state, decision, not_counted=tuple(_not_counted(docket, self.now, said))
        )

    @cached_property
    def _adoptions(self) -> Mapping[str, tuple[Adoption, ...]]:
        return adoptions_of(self.corpus)

    @cached_property
    def _reckoning(self) -> Recount:
        return Recount(self.corpus)

    def _recorded(
        self, docket: Docket, state: ProposalState, filed: FiledRecord[Decision]
    ) -> Status:
        record = filed.record
        document = self.corpus.by_path[path_in_proposal(docket.proposal.id, "decision")]
        then, again = self._reckoning.docket_then(document), self._reckoning.again(document)
        doubts = (*again.differs, *again.unknown) if again else ()
        if then is None or not then.revisions or doubts:
            shown = _from_record(record, docket)
        else:
            shown = decide(then, record.now)
        late = (*shown.late, *_afterwards(docket, filed, self.now))
        return Status(docket, state, replace(shown, late=late, would_change=()), record, doubts)


def _lost(docket: Docket, entry: LogEntry) -> str:
    became = "is gone" if docket.decision is None else "was changed since"
    return (
        f"the record of the decision is not as the log has it: {entry.path} {became} "
        f"(entry {entry.seq} of the log). Put it back from git: `git log -- {entry.path}` shows "
        f"the commits, `git checkout COMMIT -- {entry.path}` takes the file from one"
    )


def _ended(name: str, since: datetime.datetime) -> str:
    verb = "was withdrawn" if name == "withdrawn" else "lapsed"
    return f"it {verb} on {since.date()}, so nothing is decided"


def _opened_by(docket: Docket, now: datetime.datetime) -> Docket:
    """Return the docket without the revisions that were not opened yet."""
    opened = tuple(each for each in docket.revisions if each.record.opened <= now)
    return docket if len(opened) == docket.number else replace(docket, revisions=opened)


def _bases(
    docket: Docket, adoptions: Mapping[str, tuple[Adoption, ...]], now: datetime.datetime
) -> Iterator[tuple[str, str | None]]:
    """Yield the adopted words of each text at a moment: as it was decided, not as a file has them.

    Where the register has no decision about a text, its file says what was adopted.
    """
    for id, here in docket.bases.items():
        known = adoptions.get(id, ())
        # By the register: an edit in somebody's folder must not change how an open proposal stands
        # (decision 30).
        by_then = [each for each in known if each.decided is None or each.decided <= now]
        if known:
            yield id, by_then[-1].after if by_then else known[0].before
        else:
            yield id, here


def _not_counted(
    docket: Docket, now: datetime.datetime, said: Collection[str]
) -> Iterator[NotCounted]:
    """Yield the positions that do not count; none that the same person replaced by a later one."""
    counting = Counting(docket, now)
    for each in docket.positions:
        for cause in () if each.id in said else counting.causes(each.id):
            if cause.why != SUPERSEDED.why:
                yield NotCounted(each.id, each.record.member, cause)


def _afterwards(
    docket: Docket, filed: FiledRecord[Decision], now: datetime.datetime
) -> Iterator[ExcludedRecord]:
    """Yield what came in after the decision: it is kept and shown, and changes nothing."""
    what = f"filed after the decision of {filed.record.now.date()}"
    for each in docket.positions:
        if filed.seq < each.seq and each.entry and each.entry.recorded_at <= now:
            yield ExcludedRecord(each.id, f"{each.record.position} of {each.record.member}: {what}")
    for comment in docket.comments:
        if filed.seq < comment.seq and comment.entry and comment.entry.recorded_at <= now:
            yield ExcludedRecord(comment.id, f"a comment, {what}")


# --- from the record alone ------------------------------------------------------------------------


def _from_record(record: Decision, docket: Docket) -> RoundResult:
    revision = docket.revision
    classes = {unit.id: max(unit.class_, unit.floor) for unit in revision.units} if revision else {}
    return RoundResult(
        record.proposal,
        record.revision,
        record.now,
        record.outcome,
        tuple(_unit(each, classes.get(each.id, 0)) for each in record.units),
        rejected=_asides(record.rejected),
        late=_asides(record.late),
        reported=_asides(record.reported),
    )


def _unit(unit: DecidedUnit, number: int) -> UnitDecision:
    return UnitDecision(
        unit.id,
        unit.before,
        unit.after,
        number,
        unit.policy,
        unit.outcome,
        unit.why,
        objections=tuple(
            Objection(each.member, unit.id, each.state, each.reason, each.position)
            for each in unit.objections
        ),
        not_heard=unit.not_heard,
        groups_not_heard=unit.groups_not_heard,
        sides={name: getattr(unit, name).model_dump(exclude_defaults=True) for name in SIDES},
        spoke_of_others=unit.stale,
    )


def _asides(refused: Iterable[Refused]) -> tuple[ExcludedRecord, ...]:
    return tuple(ExcludedRecord(each.record, each.cause) for each in refused)
