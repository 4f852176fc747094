"""Acts that wait for signatures: which, and whose."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from govkit.corpus.whole import Corpus
from govkit.log.amendments import member_of_act, own_rules
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
