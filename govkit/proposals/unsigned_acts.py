"""Acts that wait for signatures: which, whose, and for which of them it is too late."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from govkit.consent.objections import Objection
from govkit.corpus.whole import Corpus
from govkit.log.amendments import member_of_act, own_rules
from govkit.records.proposals import Act
from govkit.round.docket import docket_of
from govkit.round.escalations import subjects_of
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import Round
from govkit.round.states import open_dockets


class UnsignedAct(NamedTuple):
    """An act that is filed and does not count yet: who could or has to sign it still, and why.

    `proposal` is None for an act of the coalition about itself.
    """

    act: str
    proposal: str | None
    awaited: tuple[str, ...]
    fault: str

    @property
    def words(self) -> str:
        """Return it in a sentence, with the line to type."""
        return (
            f"act {self.act} waits for signatures: {self.fault}. Each of "
            f"{', '.join(self.awaited)}: govkit sign {self.act} --by MEMBER --key FILE"
        )


def unsigned_acts(corpus: Corpus, now: datetime.datetime) -> Iterator[UnsignedAct]:
    """Yield the acts that wait: of the coalition, and of the proposals that are open."""
    rules = own_rules(corpus)
    for step in rules.steps if rules else ():
        if step.waits:
            owner = member_of_act(step.act) if step.act.key or step.act.asked else None
            more = (owner,) if owner and owner not in step.signed else ()
            awaited = tuple(dict.fromkeys((*more, *step.awaited)))
            yield UnsignedAct(step.document.id.removeprefix("acts/"), None, awaited, step.fault)
    for docket in open_dockets(corpus, now):
        if docket.revision is None:
            continue
        round = Round(docket, now)
        for filed in docket.acts:
            unsigned = round.unsigned(filed)
            if unsigned and filed.logged:
                id = docket.proposal.id
                fault = f"it names {', '.join(unsigned)}, and they have not signed it"
                yield UnsignedAct(f"{id}/{filed.id}", id, unsigned, fault)


def unsigned_step(
    round: Round, objection: Objection, kind: str | None = None
) -> FiledRecord[Act] | None:
    """Return an act about an objection, where it is filed and not signed by all yet.

    `kind` defaults to what comes next where the objection is to be passed on.
    """
    next_ = kind or {"answered": "escalation", "escalated": "ruling"}.get(objection.state)
    opened = round.docket.revisions[-1].seq
    unsigned = (
        filed
        for filed in round.docket.acts
        if filed.record.kind == next_
        and objection.position in filed.record.objections
        and filed.logged
        and filed.seq > opened
        and round.unsigned(filed)
    )
    return next(unsigned, None)


def fault_of_late_signature(
    corpus: Corpus, proposal: str, act: str, now: datetime.datetime
) -> str | None:
    """Return why an act about a proposal can't be signed any more, or None; `act` is as acts/01.

    A signature has no number in the log: one that makes an older act count would change what was
    decided since on the acts that counted then.
    """
    docket = docket_of(corpus, proposal)
    filed = next((each for each in docket.acts if each.id == act), None) if docket else None
    if docket is None or docket.revision is None or filed is None or not filed.logged:
        return None
    decided = docket.decided_by(now)
    if decided is not None and decided.seq > filed.seq:
        return f"{proposal} was decided without it, by number {decided.seq} in the log"
    if filed.record.kind == "ruling":
        about = subjects_of(filed, docket.revisions)
        for other in Round(docket, now).acts("ruling"):
            if other.id != act and about & subjects_of(other, docket.revisions):
                return f"{other.id} decided about the same objection to the same words before"
    return None
