"""Objections: none is ever removed, and each blocks until one of five stated things happens.

Its author withdraws it; its author answers "satisfied"; the policy's step for an answered objection
was taken, which may be a ruling of the body that the charter names; its text left the proposal; its
reason was asked for and the time for it passed.
That of somebody who is no longer on the roll goes with the words that did not change, and ends with
an answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from govkit.consent.admission import Admission, AdmittedPosition, has_enough_evidence, takes_back
from govkit.consent.evidence import LEVELS
from govkit.consent.latest_positions import Key
from govkit.corpus.record_digests import digest_for
from govkit.log.periods import after
from govkit.records.comments import Comment
from govkit.records.decisions import ObjectionState
from govkit.records.policies import Policy
from govkit.round.escalations import Subject, subjects_of
from govkit.round.rounds import Question, Round

BLOCKING = frozenset(("unanswered", "answered", "escalated", "upheld", "reason-asked"))
SETTLED = frozenset(("withdrawn", "satisfied"))
"""States in which its author holds to it no more."""
DISSENT = frozenset(("dismissed", "overruled", "no-reason"))
"""States in which an objection stops nothing and is printed with the text."""


NO_BODY = "the body that the charter named"
"""What stands for a body that the charter names no more."""


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to one text, and what became of it.

    `reason` is None where none was given, or where it is not published. `asks` says that the author
    spoke again in another sense, and has to be asked whether the objection is withdrawn.
    `escalates` says that the policy lets it be passed on: to `decides`, empty where the charter
    names no body. `records` are all that say it, of members or those who speak for them
    (`speakers`). `sitting` are those who decide for it now, and it takes `needed` of them.
    """

    member: str
    unit: str
    state: ObjectionState
    reason: str | None
    position: str
    asks: bool = False
    escalates: bool = False
    decides: str = ""
    sitting: tuple[str, ...] = ()
    needed: int = 0
    records: tuple[str, ...] = ()
    speakers: frozenset[str] = frozenset()

    @property
    def blocks(self) -> bool:
        """Say whether it stands in the way of adoption."""
        return self.state in BLOCKING


@dataclass(frozen=True, slots=True)
class _Thread:
    """One person's objection to one text: the record that opened it, the reason, what followed."""

    position: AdmittedPosition
    reasoned: AdmittedPosition | None
    records: tuple[str, ...]
    objected: tuple[AdmittedPosition, ...]
    """Each time that they objected since they last took one back, the newest last."""
    withdrawn: bool = False
    asks: bool = False


def objections_of(round: Round, admission: Admission) -> dict[str, dict[Key, Objection]]:
    """Return all objections by text and author, texts that left the proposal included."""
    comments = _answers(round)
    return {
        unit: {key: _objection(round, unit, thread, comments) for key, thread in threads.items()}
        for unit, threads in _threads(round, (*admission.admitted, *admission.carried)).items()
    }


def _threads(round: Round, admitted: Iterable[AdmittedPosition]) -> dict[str, dict[Key, _Thread]]:
    admitted = sorted(admitted, key=lambda each: each.entry.seq)
    objectors = {each.key for each in admitted if each.record.position == "object"}
    bodies = {key[0] for key in objectors}
    found: dict[str, dict[Key, _Thread]] = {}
    for each in admitted:
        if each.key in objectors or (each.lead and each.key[0] in bodies):
            gone = each.record.member not in round.roll
            for id in each.record.texts:
                question = round.questions.get(id)
                if gone and question and not question.is_about(each.record):
                    continue  # their objection was to other words, and nobody can ask them anew
                _follow(round, found.setdefault(id, {}), each, question)
    return {unit: threads for unit, threads in found.items() if threads}


def _follow(
    round: Round, threads: dict[Key, _Thread], each: AdmittedPosition, question: Question | None
) -> None:
    """Take one more record of an objector, or of the lead of the body that objects."""
    policy = round.policy(question) if question else None
    if policy is not None and not has_enough_evidence(each, policy):
        return
    key, known = each.key, threads.get(each.key)
    if each.record.position == "object":
        threads[key] = _objected(each, known)
        return
    # A later consent takes nothing back: its author may not have thought of the objection
    # (decision 11).
    withdraws = takes_back(each.record)
    # Else anybody could report an objection as withdrawn, with less proof than a consent needs.
    if withdraws and (each.doubted or (policy is not None and not _may_withdraw(each, policy))):
        withdraws = False
    for other, thread in threads.items():
        if other == key or (each.lead and other[0] == key[0]):
            # One that was held back, or is said to have come earlier, takes nothing back.
            if withdraws and all(each.follows(one) for one in thread.objected):
                threads[other] = replace(thread, withdrawn=True, asks=False)
            elif other == key and not thread.withdrawn:
                threads[other] = replace(thread, asks=True)


def _may_withdraw(each: AdmittedPosition, policy: Policy) -> bool:
    """Say whether a withdrawal is sure enough: it asks for as much as a consent does."""
    return LEVELS[each.level] >= LEVELS[policy.min_evidence.consent]


def _objected(each: AdmittedPosition, known: _Thread | None) -> _Thread:
    """Return the thread with one more objection; a reason once given stays until a new one."""
    gives_reason = bool(each.record.reason or each.record.reason_withheld)
    if known is None or known.withdrawn:
        return _Thread(each, each if gives_reason else None, (each.id,), (each,))
    objected = (*known.objected, each)
    # A new reason asks for a new answer, so the comments about the old one no longer count.
    if gives_reason:
        return _Thread(each, each, (each.id,), objected)
    return _Thread(each, known.reasoned, (*known.records, each.id), objected)


# --- the state ------------------------------------------------------------------------------------


def _answers(round: Round) -> dict[str, list[Comment]]:
    """Return the comments that take up an objection, by the objection; only what the log has.

    That an author is satisfied is one coordinator's word until another one has vouched for it:
    else either could talk an objection away.
    """
    confirmed = round.docket.confirmed_answers
    found: dict[str, list[Comment]] = {}
    for filed in round.docket.comments:
        if filed.id in round.replaced or not filed.logged or filed.entry is None:
            continue
        if filed.entry.recorded_at <= round.now:
            record = filed.record
            if confirmed is not None and record.author_reply == "satisfied" and record.refers_to:
                vouched = confirmed.get((filed.id, digest_for("disposition", record)), ())
                if not any(each.recorded_at <= round.now for each in vouched):
                    record = record.model_copy(update={"author_reply": None})
            for name in record.refers_to:
                found.setdefault(name, []).append(record)
    return found


def _objection(
    round: Round, unit: str, thread: _Thread, comments: Mapping[str, list[Comment]]
) -> Objection:
    record = thread.position.record
    reasoned = thread.reasoned.record if thread.reasoned else None
    state = _state(round, unit, thread, comments)
    asks = thread.asks and state in BLOCKING
    reason = reasoned.printed_reason if reasoned else None
    found = Objection(
        record.member,
        unit,
        state,
        reason,
        thread.position.id,
        asks,
        records=thread.records,
        speakers=_speakers(thread),
    )
    return _with_body(round, found) if state in _OF_BODY else found


def _speakers(thread: _Thread) -> frozenset[str]:
    record = thread.position.record
    return frozenset((record.member, record.cast_by))


def _answered_comments(
    round: Round,
    unit: str,
    records: Iterable[str],
    speakers: Collection[str],
    comments: Mapping[str, list[Comment]],
) -> Iterator[Comment]:
    """Yield the comments that take up an objection to a text, and have an answer.

    Only the author's own comment can say "satisfied"; others can't be satisfied for them
    (decision 11).
    """
    for comment in (each for id in records for each in comments.get(id, ())):
        about = comment.target.unit in (None, unit) and comment.author.member in speakers
        said = comment.disposition
        if about and said is not None and said.at <= round.now:
            yield comment


def _state(
    round: Round, unit: str, thread: _Thread, comments: Mapping[str, list[Comment]]
) -> ObjectionState:
    if thread.withdrawn:
        return "withdrawn"
    record = thread.position.record
    about = [*_answered_comments(round, unit, thread.records, _speakers(thread), comments)]
    settled, answers = (
        [act for act in round.acts(kind, unit) if set(act.record.objections) & {*thread.records}]
        for kind in ("settlement", "answer")
    )
    # Before the reason is asked for: an author who is satisfied owes none any more.
    if settled or any(comment.author_reply == "satisfied" for comment in about):
        return "satisfied"
    if thread.reasoned is None:
        return "no-reason" if round.now >= _grace(round, unit, thread) else "reason-asked"
    # What was said about other words is no answer to these, as with a ruling.
    answered = any(round.had_words_that_count(unit, round.open_before(act.seq)) for act in answers)
    if not answered and not any(_is_answer(round, unit, comment) for comment in about):
        return "unanswered"
    # Of one who left the roll it asks for an answer; once answered, it blocks no more.
    return _step(round, unit, thread) if record.member in round.roll else "overruled"


def _is_answer(round: Round, unit: str, comment: Comment) -> bool:
    """Say whether the answer to a comment is one to the words that are decided.

    It is about those that were open then, and about those of the revision that it points to.
    """
    answer = comment.disposition
    assert answer is not None
    if answer.action != "accepted" and not answer.reply:
        return False
    numbers = [round.open_at(answer.at), *([answer.result.revision] if answer.result else [])]
    return any(round.had_words_that_count(unit, number) for number in numbers)


def answers_to(round: Round, objection: Objection) -> Iterator[tuple[str, str]]:
    """Yield who answered an objection to the words that are decided, and with which words."""
    unit, records = objection.unit, objection.records
    for act in round.acts("answer", unit):
        open_then = round.open_before(act.seq)
        about = {*records} & {*act.record.objections}
        if about and round.had_words_that_count(unit, open_then):
            yield ", ".join(act.record.by), act.record.reason
    answered = _answered_comments(round, unit, records, objection.speakers, _answers(round))
    for comment in answered:
        said = comment.disposition
        if said is not None and _is_answer(round, unit, comment):
            yield said.by, said.reply or ""


def _grace(round: Round, unit: str, thread: _Thread) -> datetime.datetime:
    """Return until when a reason is waited for. It is asked for when the objection is logged."""
    question = round.questions.get(unit)
    policy = (round.policy(question) if question else None) or round.highest
    asked = thread.position.entry.recorded_at
    period = policy.objection.reason_grace if policy else "P7D"
    return after(asked, period, round.docket.quiet)


def _step(round: Round, unit: str, thread: _Thread) -> ObjectionState:
    """Return what an answered objection whose author is not satisfied has become."""
    question = round.questions.get(unit)
    policy = round.policy(question) if question else None
    if policy is None or policy.objection.unresolved == "block":
        return "answered"
    if policy.objection.unresolved == "adopt-with-dissent":
        return "overruled"
    assert question is not None, "it has a policy"
    if question.now is None:
        return "answered"
    about = {Subject(id, unit, *question.now) for id in thread.records}
    for filed in round.acts("ruling", unit):
        if about & subjects_of(filed, round.docket.revisions):
            return "upheld" if filed.record.ruling == "upholds" else "dismissed"
    return "escalated" if about & round.subjects("escalation") else "answered"


_OF_BODY = frozenset(("answered", "escalated", "upheld", "dismissed"))


def _with_body(round: Round, objection: Objection) -> Objection:
    """Return an objection with who decides about it where the policy lets it be passed on."""
    question = round.questions.get(objection.unit)
    policy = round.policy(question) if question else None
    if policy is None or policy.objection.unresolved != "escalate":
        return objection
    named = round.docket.charter.escalate_to
    if named is None:
        return replace(objection, escalates=True)
    sitting = round.members_of(named.body, round.now.date())
    return replace(
        objection, escalates=True, decides=named.body, sitting=sitting, needed=named.threshold
    )
