"""What is next with an objection: answer it, ask its author, pass it on, or have it decided.

The steps of one objection stand in one task each: who reads that the author has to be asked whether
an answer settles it reads there, too, what follows where it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.consent.objections import NO_BODY, Objection
from govkit.consent.status import Status
from govkit.proposals.task import Task, TaskKind
from govkit.proposals.unsigned_acts import unsigned_step
from govkit.round.rounds import Round


class ObjectionTasks(NamedTuple):
    """The objections of one proposal; `coordinators` do what no other person is named for.

    `told` are the objections, as 2026-001/positions/example-01, whose authors were sent the answer.
    """

    status: Status
    round: Round
    coordinators: tuple[str, ...]
    told: frozenset[str]

    @property
    def id(self) -> str:
        """Return the id of the proposal."""
        return self.status.docket.proposal.id

    def all(self) -> Iterator[Task]:
        """Yield the tasks of every objection once, whatever number of texts it is to."""
        decision = self.status.decision
        every = (each for unit in (decision.units if decision else ()) for each in unit.objections)
        for each in {found.position: found for found in reversed([*every])}.values():
            yield from self._of(each)

    def _of(self, each: Objection) -> Iterator[Task]:
        if each.state == "unanswered":
            yield self._task(
                "answer",
                f"the objection of {each.member} has no answer to the words of revision "
                f"{self.status.docket.number} ({each.position})",
                f"govkit answer {self.id} {each.member} --reply WORDS --key FILE",
            )._replace(due=self.round.dates.closes)
        elif each.state == "reason-asked":
            yield self._task(
                "reason",
                f"ask {each.member} for the reason of the objection ({each.position})",
                f"govkit status {self.id}",
                (*self.coordinators, each.member),
            )
        elif each.escalates:
            yield from self._answered(each)

    def _answered(self, each: Objection) -> Iterator[Task]:
        """Yield what is next with an objection that was answered, and may be passed on."""
        of = f"the objection of {each.member} ({each.position})"
        # Its own task says who signs it: another act like it is not what is next.
        if unsigned_step(self.round, each) is not None:
            return
        if each.state == "answered":
            if unsigned_step(self.round, each, "settlement") is None:
                yield self._ask(each)
        elif each.state == "escalated":
            yield self._task(
                "decide",
                f"{each.decides or NO_BODY} decides about {of}: {each.needed} of its members sign",
                f"govkit propose act ruling {self.id} --objector {each.member} "
                f"--decides upholds|dismisses {'--who MEMBER ' * each.needed}--reason WORDS",
                each.sitting or self.coordinators,
            )
        elif each.state == "upheld":
            yield self._task(
                "step",
                f"{of} was upheld: open a revision with other words, or withdraw the proposal",
                f"govkit propose revise {self.id}",
            )

    def _ask(self, each: Objection) -> Task:
        """Return the task of asking whether the answer settles it; passing it on is the way out."""
        if f"{self.id}/{each.position}" in self.told:
            ask = f"{each.member} was sent the answer to the objection ({each.position}): look"
        else:
            ask = f"send {each.member} the answer to the objection ({each.position}), and ask"
        if not each.decides:
            otherwise = (
                "the charter names no body that decides: name one (`escalate_to`, `govkit amend "
                "charter`), or revise the words"
            )
        else:
            otherwise = (
                f"two coordinators may pass it on to {each.decides}: `govkit propose act "
                f"escalation {self.id} --objector {each.member} --who MEMBER --who MEMBER "
                "--reason WORDS`"
            )
            if each.member == each.decides:
                otherwise += f". {each.decides} would decide about an objection of its own"
        return self._task(
            "step",
            f"{ask} whether that settles it; if so, write it down. If not, {otherwise}",
            f"govkit answer {self.id} {each.member} --satisfied --seen WORDS --who MEMBER "
            "--who MEMBER",
        )

    def _task(
        self, kind: TaskKind, what: str, command: str, who: Iterable[str] | None = None
    ) -> Task:
        named = self.coordinators if who is None else tuple(dict.fromkeys(who))
        return Task(None, self.id, kind, f"{self.id}: {what}", named, command)
