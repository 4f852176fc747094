"""What is to be done, by whom, until when: derived from the records and a moment, never stored.

A task names the people who can do it and the command that does it. What has no date waits now. What
the record can't know, as whether a receipt was sent, is no task here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from govkit.consent.corrections import corrections_in
from govkit.consent.doubtful_order import doubtful_orders_in
from govkit.consent.evidence import evidence_of
from govkit.consent.status import Status, Statuses
from govkit.corpus.whole import Corpus
from govkit.log.coordination import not_signed_yet
from govkit.log.coordinators import coordinators_of, genesis_of
from govkit.log.heads import seals_of
from govkit.log.periods import after
from govkit.proposals.calendar import dates_of
from govkit.proposals.call_tasks import calls_to_close
from govkit.proposals.mandate_tasks import mandate_tasks
from govkit.proposals.objection_tasks import ObjectionTasks
from govkit.proposals.task import Task, TaskKind
from govkit.proposals.unsigned_acts import unsigned_acts
from govkit.records.corrections import Correction
from govkit.records.decisions import ADOPTED
from govkit.records.enumerations import STANCES
from govkit.records.evidence import Evidence
from govkit.round.docket import Docket, docket_of
from govkit.round.filed_records import FiledRecord
from govkit.round.held_back import waiting_comments
from govkit.round.rounds import Round
from govkit.round.states import OPEN_FOR_POSITIONS, is_under_way


def tasks_of(
    corpus: Corpus,
    now: datetime.datetime,
    within: datetime.timedelta,
    further: Iterable[Task] = (),
    answered: frozenset[str] = frozenset(),
) -> tuple[Task, ...]:
    """Return what is to be done now, and what has a date in the time to come, by date.

    `now` is an aware instant in UTC. What is overdue comes first, then what waits, then by date,
    and last what only an audit asks for.
    `further` are tasks that do not follow from the records, as mails that wait; `answered`
    are the objections, as 2026-001/positions/example-01, whose authors were sent the answer.
    """
    calls = calls_to_close(corpus, now)
    found = [*_of_coalition(corpus, now), *_of_proposals(corpus, now, answered), *calls, *further]
    # A step of a proposal is often what was promised, too; nobody is told twice.
    known = {(each.about, each.due) for each in found}
    found += [each for each in _of_promises(corpus, now) if (each.about, each.due) not in known]
    near = [each for each in found if each.due is None or each.due <= now + within]

    def order(each: Task) -> tuple[int, datetime.datetime, str, str]:
        rank = 0 if each.is_overdue(now) else 1 if each.due is None else 2
        rank = 3 if each.kind == "audit" else rank
        return rank, each.due or now, each.about, each.what

    return tuple(sorted(near, key=order))


def tasks_for(tasks: Iterable[Task], member: str) -> tuple[Task, ...]:
    """Return the tasks that somebody can do."""
    return tuple(each for each in tasks if member in each.who)


# --- proposals ------------------------------------------------------------------------------------


def sources_to_vouch_for(corpus: Corpus, now: datetime.datetime) -> Iterator[tuple[str, str]]:
    """Yield the name of what waits for a second look, evidence or correction, and who filed it."""
    for each in _ongoing(corpus, now):
        for shown, filed_by in each.waiting_sources():
            yield f"{each.id}/{shown.id}", filed_by
        for correction, filed_by in each.waiting_corrections():
            yield f"{each.id}/{correction.id}", filed_by


def _of_proposals(corpus: Corpus, now: datetime.datetime, sent: frozenset[str]) -> Iterator[Task]:
    for each in _ongoing(corpus, now):
        each.answered = sent
        yield from each.tasks()


def _ongoing(corpus: Corpus, now: datetime.datetime) -> Iterator[_ProposalTasks]:
    statuses, coordinators = Statuses(corpus, now), coordinators_of(corpus)
    for document in corpus.of_kind("proposal"):
        docket = docket_of(corpus, document.id)
        if docket is None:
            continue
        status = statuses.of(docket)
        if status.docket.revisions and is_under_way(status.state):
            yield _ProposalTasks(status, now, coordinators)


class _ProposalTasks:
    """The tasks of one proposal that has not ended."""

    def __init__(self, status: Status, now: datetime.datetime, who: tuple[str, ...]) -> None:
        self.status, self.now, self.who = status, now, who
        self.docket: Docket = status.docket
        self.id = self.docket.proposal.id
        self.round = Round(self.docket, now)
        self.answered = frozenset[str]()

    def task(
        self,
        kind: TaskKind,
        what: str,
        command: str,
        due: datetime.datetime | None = None,
        who: Iterable[str] | None = None,
    ) -> Task:
        named = self.who if who is None else tuple(dict.fromkeys(who))
        return Task(due, self.id, kind, f"{self.id}: {what}", named, command)

    def tasks(self) -> Iterator[Task]:
        name = self.status.state.name
        yield from self.comments()
        yield from self.vouching()
        if name in OPEN_FOR_POSITIONS:
            yield from ObjectionTasks(self.status, self.round, self.who, self.answered).all()
            yield from self.doubtful_orders()
        if name == "comment":
            yield from self.comment_period()
        elif name == "last-call":
            yield from self.last_call()
        elif name == "decided":
            yield from self.decided()
        yield from self.lapse()

    def comments(self) -> Iterator[Task]:
        unanswered = waiting_comments(self.docket, self.now)
        waiting = [
            each.id.removeprefix("comments/").lstrip("0")
            for each in self.docket.comments
            if each.logged and each.id in unanswered
        ]
        if waiting:
            yield self.task(
                "answer",
                f"{_many(len(waiting), 'comment')} to answer: {', '.join(waiting)}",
                f"govkit comment dispose {waiting[0]} --proposal {self.id}",
                self.round.dates.comment_until,
            )

    def vouching(self) -> Iterator[Task]:
        by_registrar = defaultdict(list)
        for each, filed_by in self.waiting_sources():
            by_registrar[filed_by].append(each)
        for filed_by, several in by_registrar.items():
            command = f'{self.id}/{several[0].id} --seen "WHAT I SAW"'
            if len(several) > 1:
                command = "--waiting"
            positions = ", ".join(each.record.position for each in several)
            yield self.task(
                "vouch",
                f"a second coordinator looks at what shows {positions}, and vouches",
                f"govkit countersign {command} --key FILE",
                who=[id for id in self.who if id != filed_by],
            )
        for correction, filed_by in self.waiting_corrections():
            yield self.task(
                "vouch",
                f"a second coordinator looks at what shows that {correction.record.corrects} was "
                f"written down wrongly ({correction.id}), and vouches",
                f'govkit countersign {self.id}/{correction.id} --seen "WHAT I SAW" --key FILE',
                who=[id for id in self.who if id != filed_by],
            )

    def waiting_corrections(self) -> Iterator[tuple[FiledRecord[Correction], str]]:
        """Yield the corrections that a second coordinator has to vouch for, and who filed each.

        Of a position in other words, what shows it is vouched for.
        """
        waiting = {each.id for each in corrections_in(self.docket, self.now) if each.lacks}
        for each in self.docket.corrections:
            of_words = each.record.received_at is None
            if of_words and each.record.corrects.startswith("positions/"):
                continue
            if each.id in waiting and each.entry is not None and each.id not in self.docket.vouched:
                yield each, each.entry.by

    def waiting_sources(self) -> Iterator[tuple[FiledRecord[Evidence], str]]:
        """Yield what shows a position and waits for a second look, and who filed it."""
        waiting = {
            shown.id
            for position in self.docket.positions
            for shown in evidence_of(self.docket, position, self.now).judged
            if shown.waits
        }
        for each in self.docket.evidence:
            if each.logged and each.entry is not None and each.id in waiting:
                yield each, each.entry.by

    def doubtful_orders(self) -> Iterator[Task]:
        for doubt in doubtful_orders_in(self.docket, self.now):
            yield self.task(
                "position",
                f"{', '.join(doubt.units)}: {doubt.why}. Ask which {doubt.speaker} holds to today",
                f"govkit consent {doubt.counts.record.member} {self.id} STANCE --source FILE",
                self.round.dates.closes,
                who=(*self.who, doubt.speaker),
            )

    def comment_period(self) -> Iterator[Task]:
        until = self.round.dates.comment_until
        if self.now < until:
            yield self.task("step", "the time for comments ends", f"govkit status {self.id}", until)
        else:
            yield self.task(
                "step",
                "the time for comments is over: call for positions, or open the next revision",
                f"govkit propose last-call {self.id}",
            )

    def last_call(self) -> Iterator[Task]:
        closes = self.round.dates.closes
        assert closes is not None
        if self.now < closes:
            silent = self.not_heard()
            if silent:
                yield self.task(
                    "position",
                    f"{_many(len(silent), 'member')} not heard yet: {', '.join(silent)}. "
                    f"A STANCE is {_STANCES}",
                    f"govkit status {self.id} --statement {_only(silent)} --position STANCE",
                    closes,
                    who=(*silent, *self.who),
                )
            yield self.task("step", "the last call ends", f"govkit status {self.id}", closes)
            return
        policy = self.round.highest
        ended = after(closes, policy.periods.intake, self.docket.quiet) if policy else closes
        if self.now < ended:
            yield self.task(
                "take-in",
                "take in what came before the close; then the intake ends",
                "govkit intake",
                ended,
            )
        else:
            yield self.task(
                "decide",
                "the last call and the intake are over: decide",
                f"govkit decide {self.id} --apply",
            )

    def not_heard(self) -> tuple[str, ...]:
        decision = self.status.decision
        return tuple(
            dict.fromkeys(
                id for unit in (decision.units if decision else ()) for id in unit.not_heard
            )
        )

    def decided(self) -> Iterator[Task]:
        recorded = self.status.recorded
        if recorded is not None and recorded.outcome in ADOPTED:
            yield self.task(
                "apply",
                "it is decided, and the words are not in their place",
                f"govkit decide {self.id} --apply",
            )
        elif recorded is not None:
            yield self.task(
                "step",
                "it was not adopted: revise it with other words, or withdraw it",
                f"govkit propose revise {self.id}",
            )

    def lapse(self) -> Iterator[Task]:
        lapses = self.status.state.lapses
        if lapses is not None:
            yield self.task(
                "lapse", "it lapses, if nobody takes it further", f"govkit status {self.id}", lapses
            )


# --- the coalition --------------------------------------------------------------------------------


def _of_coalition(corpus: Corpus, now: datetime.datetime) -> Iterator[Task]:
    coordinators = coordinators_of(corpus)
    genesis = genesis_of(corpus)
    able = {first.id for first in genesis.coordinators if first.keys} if genesis else ()
    missing = tuple(id for id in (not_signed_yet(genesis) if genesis else ()) if id in able)
    if missing:
        what = f"the founding is not signed yet by {', '.join(missing)}; each signs it"
        yield Task(
            None, "", "sign", what, missing, f"govkit found --sign --by {_only(missing)} --key FILE"
        )
    if genesis is None:
        yield Task(
            None,
            "",
            "sign",
            "the coalition is not founded: write down its first coordinators and their keys "
            "(`govkit member add`, `govkit member key add`), then found it",
            coordinators,
            "govkit found --coordinator MEMBER",
        )
    waiting = corpus.of_kind("submission")
    if waiting:
        what = f"{_many(len(waiting), 'submission')} to take in"
        yield Task(None, "", "take-in", what, coordinators, "govkit intake")
    yield from _acts(corpus, now)
    seals = seals_of(corpus)
    if seals.unsealed:
        what = f"{seals.unsealed_words}; seal before you push"
        yield Task(None, "", "seal", what, coordinators, "govkit seal --key FILE")
    yield from mandate_tasks(corpus, now, coordinators)


def _acts(corpus: Corpus, now: datetime.datetime) -> Iterator[Task]:
    for each in unsigned_acts(corpus, now):
        command = f"govkit sign {each.act} --by {_only(each.awaited)} --key FILE"
        what = f"the act {each.act} does not count yet: {each.fault}"
        yield Task(None, each.proposal or each.act, "sign", what, each.awaited, command)


# --- promises -------------------------------------------------------------------------------------


_HOW_KEPT = (
    " (kept by the proposal that is opened with `--call {0}`, or joined later: `govkit call join "
    "PROPOSAL --call {0}`)"
)


def _of_promises(corpus: Corpus, now: datetime.datetime) -> Iterator[Task]:
    coordinators = coordinators_of(corpus)
    for dates in dates_of(corpus, now):
        for promise in dates.promises:
            if promise.mark not in ("planned", "missed"):
                continue
            step = f"{promise.step}:{promise.revision}" if promise.revision > 1 else promise.step
            what = (
                f"call move {step} --call {dates.id}"
                if dates.kind == "call"
                else f"propose notice {dates.id} --move"
            )
            passed = promise.mark == "missed"
            is_first = dates.kind == "call" and step == "draft"
            yield Task(
                promise.until,
                dates.id,
                "promise",
                f"{dates.kind} {dates.id}: promised for {promise.day}: {dates.named(promise)}"
                + (", and nothing came" if passed else "")
                + (_HOW_KEPT.format(dates.id) if is_first else ""),
                coordinators,
                f"govkit {what} --to YYYY-MM-DD --reason WORDS"
                if passed
                else f"govkit calendar {dates.kind}:{dates.id}",
            )


_STANCES = ", ".join(each for each in STANCES if each != "withdraw")


def _only(members: tuple[str, ...]) -> str:
    """Return the one member who is left, else the word for any of them."""
    return members[0] if len(members) == 1 else "MEMBER"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
