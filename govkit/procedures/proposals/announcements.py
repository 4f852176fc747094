"""The steps that announce: the last call, a moved date, and the end of a proposal."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from govkit.consent.decide import decide
from govkit.consent.objections import SETTLED, answers_to
from govkit.corpus.commitments import disclosed, named_author
from govkit.corpus.whole import Corpus
from govkit.correspondence import announcements
from govkit.correspondence.announcements import ListedObjection, deadline_in_words
from govkit.correspondence.letters import Letter
from govkit.correspondence.mail import Mail
from govkit.errors import WrongUse
from govkit.languages.catalogue import Messages, messages
from govkit.log.coordinators import charter_of, coordinators_of, member_of
from govkit.log.periods import end_of_day, last_day
from govkit.procedures.log.filing import Filing, with_values
from govkit.procedures.log.numbering import next_path
from govkit.procedures.proposals.opening import matter_of, require_letter
from govkit.procedures.proposals.revision import docket_named
from govkit.procedures.proposals.revision_files import filed
from govkit.proposals.blockers import Blocked, Blocker
from govkit.proposals.opening import ApplicablePolicies, applicable_policies, date_for
from govkit.proposals.promises import Promise, promises_of_call, promises_of_proposal
from govkit.records.calls import Call
from govkit.records.comments import Comment
from govkit.records.enumerations import StepName
from govkit.records.kinds import path_in_proposal
from govkit.records.proposals import MESSAGE_ID, Act, Notice, Revision
from govkit.records.record_kind import PROPOSALS
from govkit.round.docket import Docket, docket_of
from govkit.round.held_back import waiting_comments
from govkit.round.rounds import Round
from govkit.round.states import BEYOND_WITHDRAWAL, OPEN_FOR_POSITIONS, ProposalState, state_of
from govkit.source.scaffolds import NameRefused, paragraphs
from govkit.workspace import Workspace


class AnnouncementFiles(NamedTuple):
    """What a step comes to: its files, the mail to send, and the date that it sets."""

    filings: list[Filing]
    mail: Mail
    until: datetime.datetime | None
    letters: tuple[Letter, ...] = ()


# --- the last call --------------------------------------------------------------------------------


def prepare_last_call(
    workspace: Workspace, id: str, closes: datetime.date | None, letter: str, now: datetime.datetime
) -> AnnouncementFiles:
    """Return what opens the last call of the current revision. Raises `WrongUse` or `Blocked`."""
    now = now.replace(microsecond=0)
    docket = docket_named(workspace, id)
    _require_comments_over(docket, state_of(docket, now), now)
    _require_answered(workspace.corpus, docket, now)
    rule = _rule(workspace, docket)
    require_letter(letter, rule)
    end = date_for("the last call", now, rule.highest.periods.last_call, docket.quiet, closes)
    revision = cast("Revision", docket.revision)
    matter = matter_of(workspace, docket.proposal, docket.number, revision, letter)
    units = list(announcements.classes_of(matter))
    stand = tuple(_standing_objections(docket, now))
    mail = announcements.last_call_mail(matter, end, len(docket.comments), units, stand)
    notice = Notice(kind="last-call", revision=docket.number, closes=end, digest=mail.digest)
    return AnnouncementFiles([_notice(workspace, id, notice)], mail, end)


def _standing_objections(docket: Docket, now: datetime.datetime) -> Iterator[ListedObjection]:
    round = Round(docket, now)
    for unit in decide(docket, now).units:
        for each in unit.objections:
            if each.state in SETTLED or unit.id not in round.questions:
                continue
            member = docket.members.get(each.member)
            name = member.name if member else each.member
            answers = tuple(answers_to(round, each))
            yield ListedObjection(name, each.unit, (each.reason or "").strip(), answers)


def _rule(workspace: Workspace, docket: Docket) -> ApplicablePolicies:
    """Return the policies of the current revision, in the words that it was opened under."""
    revision = cast("Revision", docket.revision)
    charter = charter_of(workspace.corpus)
    rule = applicable_policies(workspace.corpus, charter, revision.units, docket.policies)
    for name in rule.named:
        if name not in docket.policies:
            raise WrongUse(
                f"the policy `{name}` has other words now than when {docket.proposal.id} was "
                "opened",
                f"Put governance/policies/{name}.yaml back as it was then, or withdraw the "
                "proposal and open it under the new words.",
            )
    return rule


def _require_comments_over(docket: Docket, state: ProposalState, now: datetime.datetime) -> None:
    id = docket.proposal.id
    if state.name == "last-call":
        assert state.until is not None
        raise WrongUse(
            f"{id} is in last call already, until {deadline_in_words(messages('en'), state.until)}",
            "To give more time: `govkit propose notice --move`.",
        )
    require_running(docket, state)
    until = Round(docket, now).dates.comment_until
    if now < until:
        raise WrongUse(
            f"comments on {id} are open until {deadline_in_words(messages('en'), until)}",
            "That date was promised. Call for positions after it.",
        )


def require_running(docket: Docket, state: ProposalState) -> None:
    """Raise `WrongUse` where a proposal is neither open for comments nor in last call."""
    if state.name not in OPEN_FOR_POSITIONS:
        raise WrongUse(
            f"{docket.proposal.id} is {_in_words(state)}",
            "Only a proposal that is open for comments or in last call has dates.",
        )


def _in_words(state: ProposalState) -> str:
    return {
        "lapsed": "lapsed: nobody took it further in time",
        "comment": "open for comments",
        "last-call": "in last call",
    }.get(state.name, f"{state.name} already")


def _require_answered(corpus: Corpus, docket: Docket, now: datetime.datetime) -> None:
    folder = f"{PROPOSALS}/{docket.proposal.id}"
    waiting = waiting_comments(docket, now)
    stops = [
        Blocker(
            f"{docket.proposal.id}/{each.id}",
            _shown(corpus, f"{folder}/{each.id}.yaml", each.record),
            f"govkit comment dispose {each.id.rsplit('/', 1)[-1]} --proposal {docket.proposal.id}",
        )
        for each in docket.comments
        if each.id in waiting
    ]
    if stops:
        count = "a comment has" if len(stops) == 1 else f"{len(stops)} comments have"
        raise Blocked(
            f"{count} no answer yet, so there can be no last call",
            stops,
            "Answer each one; an answer that the log does not know does not count. Nothing was "
            "changed.",
        )


def _shown(corpus: Corpus, path: str, comment: Comment) -> str:
    who = named_author(comment.author, disclosed(corpus, path))
    author = who.member or who.name or "somebody"
    words = (comment.comment or "its words are not published").split()
    first = " ".join(words[:14]) + (" …" if len(words) > 14 else "")
    about = f" on {comment.target.unit}" if comment.target.unit else ""
    return f"{author}{about}: “{first}”"


def _notice(workspace: Workspace, id: str, notice: Notice) -> Filing:
    return filed(next_path(workspace, f"{PROPOSALS}/{id}/notices", 2), "notice", notice)


# --- a moved date ---------------------------------------------------------------------------------


def prepare_moved_date(
    workspace: Workspace,
    id: str,
    to: datetime.date,
    because: str,
    letter: str,
    now: datetime.datetime,
) -> AnnouncementFiles:
    """Return what moves the running date of a proposal to a later day. Raises `WrongUse`."""
    now = now.replace(microsecond=0)
    docket = docket_named(workspace, id)
    state = state_of(docket, now)
    require_running(docket, state)
    reason = _words(because, "the reason")
    dates = Round(docket, now).dates
    in_comment = dates.closes is None
    before = dates.comment_until if dates.closes is None else dates.closes
    step: StepName = "comments" if in_comment else "last-call"
    what = announcements.step_in_words(messages("en"), step)
    end = end_of_day(to)
    _require_later(what, before, end, now)
    if not in_comment and now >= before and not Round(docket, now).acts("reopen"):
        raise WrongUse(
            f"the last call of {id} closed on {last_day(before)}, so its date can't be moved",
            "Two coordinators can reopen it, with a reason, by an act; then move the date.",
        )
    require_letter(letter, _rule(workspace, docket))
    revision = cast("Revision", docket.revision)
    matter = matter_of(workspace, docket.proposal, docket.number, revision, letter)
    mail = announcements.moved_date_mail(matter, step, before, end, reason)
    notice = Notice(
        kind="moved",
        revision=docket.number,
        because=reason,
        digest=mail.digest,
        comment_until=end if in_comment else None,
        closes=None if in_comment else end,
    )
    return AnnouncementFiles([_notice(workspace, id, notice)], mail, end)


def _require_later(
    what: str, before: datetime.datetime, end: datetime.datetime, now: datetime.datetime
) -> None:
    if end <= before:
        raise WrongUse(
            f"{what} is promised for {last_day(before)}, and others rely on it",
            "This time can be made longer, never shorter.",
        )
    if end <= now:
        raise WrongUse(f"{last_day(end)} has passed already", "Give a day that is still to come.")


# --- the mail in the archive ----------------------------------------------------------------------


def named_mail(
    workspace: Workspace, id: str, number: str | None, message_id: str
) -> tuple[str, Filing]:
    """Return which announcement a mail was, and the filing that names it there.

    `number` is that of the announcement, as 02; without it, it is the newest one that names no mail
    yet. Raises `WrongUse` where there is none, or where it names a mail already.
    """
    docket = docket_named(workspace, id)
    if not re.fullmatch(MESSAGE_ID, message_id):
        raise WrongUse(
            f"{message_id[:60]} is no Message-ID",
            "It stands in < and > in the head of the mail, as '<20260310.1@lists.example>'.",
        )
    known = {each.id.removeprefix("notices/"): each.record for each in docket.notices}
    open_ = [each for each, record in known.items() if record.message_id is None]
    chosen = number.removeprefix("notices/").zfill(2) if number else (open_ or [""])[-1]
    if chosen not in open_:
        raise WrongUse(
            f"{id} has no announcement {number}"
            if number and chosen not in known
            else f"the announcement {chosen} of {id} names its mail already"
            if number
            else f"every announcement of {id} names its mail",
            f"Announcements that name none yet: {', '.join(open_) or 'none'}.",
        )
    path = path_in_proposal(id, f"notices/{chosen}")
    was = workspace.files[path]
    data = with_values(path, was, {"message_id": message_id})
    return chosen, Filing(path, data, None, was=was)


def _words(text: str, what: str) -> str:
    try:
        return paragraphs(text)
    except NameRefused as reason:
        raise WrongUse(f"{what} can't be taken: {reason}", "Write it otherwise.") from None


class Deadline(NamedTuple):
    """A promised date of a proposal, or of the call that it came from (`call` names it).

    `said` are the messages in which a mail about it is written.
    """

    promise: Promise
    call: str | None
    said: Messages

    @property
    def what(self) -> str:
        """Return what the date is for, in words."""
        return self._in(messages("en"))

    def _in(self, said: Messages) -> str:
        promise, of_call = self.promise, self.call is not None
        if not of_call and promise.revision == 1:
            what = announcements.step_in_words(said, promise.step)
            return said.say("mails.step-of", what=what, number=1)
        return announcements.step_in_words(said, promise.step, promise.revision, of_call=of_call)

    def draft(self) -> str:
        """Return the sentence to send where the date passed, with blanks to fill in."""
        return announcements.moved_in_words(
            self.said,
            self._in(self.said),
            self.promise.day,
            "[insert the new date]",
            "[insert the reason]",
        )

    def command(self) -> str:
        """Return the command that moves the date."""
        number = self.promise.revision
        step = self.promise.step + (f":{number}" if number > 1 else "")
        return f'govkit call move {step} --call {self.call} --to YYYY-MM-DD --reason "…"'


def deadlines_of(workspace: Workspace, id: str, now: datetime.datetime) -> list[Deadline]:
    """Return the promised dates of a proposal and of its call, in the order of their days."""
    docket = docket_named(workspace, id)
    said = workspace.corpus.messages
    found = [Deadline(each, None, said) for each in promises_of_proposal(docket, now)]
    call = docket.proposal.call
    document = workspace.corpus.by_path.get(f"governance/calls/{call}.yaml") if call else None
    if document is not None and isinstance(document.record, Call):
        known = docket_of(workspace.corpus, id)
        found += [
            Deadline(each, call, said) for each in promises_of_call(document.record, known, now)
        ]
    return sorted(found, key=lambda each: (each.promise.until, each.what))


# --- the end --------------------------------------------------------------------------------------


def prepare_withdrawal(
    workspace: Workspace,
    id: str,
    by: Sequence[str],
    reason: str,
    letter: str,
    now: datetime.datetime,
) -> AnnouncementFiles:
    """Return what withdraws a proposal. Raises `WrongUse` where those named may not do it."""
    docket = docket_named(workspace, id)
    state = state_of(docket, now)
    if state.name in BEYOND_WITHDRAWAL:
        help = (
            "It ended already."
            if state.name == "withdrawn"
            else ("Its words are adopted. To take them back, propose that: `govkit propose open`.")
        )
        raise WrongUse(f"{id} is {state.name}", help)
    people = tuple(dict.fromkeys(by))
    for each in people:
        member_of(workspace.corpus, each)
    _require_may_withdraw(workspace, docket, people)
    words = _words(reason, "the reason")
    revision = cast("Revision", docket.revision)
    matter = matter_of(workspace, docket.proposal, docket.number, revision, letter)
    names = [member_of(workspace.corpus, each).name for each in people]
    mail = announcements.withdrawal_mail(matter, names, words)
    act = Act(kind="withdrawal", by=people, reason=words)
    path = next_path(workspace, f"{PROPOSALS}/{id}/acts", 2)
    return AnnouncementFiles([filed(path, "act", act)], mail, None)


def _require_may_withdraw(workspace: Workspace, docket: Docket, by: Sequence[str]) -> None:
    if docket.proposal.proposer in by:
        return
    coordinators = coordinators_of(workspace.corpus)
    persons = {docket.members[each].person or each for each in by if each in coordinators}
    if len(persons) > 1:
        return
    ways = [f"--who {docket.proposal.proposer}"]
    if len(coordinators) > 1:
        ways.append(" ".join(f"--who {each}" for each in coordinators[:2]))
    raise WrongUse(
        f"{docket.proposal.id} is withdrawn by who proposed it, or by two coordinators together",
        f"Say who withdraws it: {', or '.join(ways)}.",
    )


def missed_deadlines(found: Sequence[Deadline]) -> Iterator[Deadline]:
    """Yield the dates that passed without their event."""
    return (each for each in found if each.promise.mark == "missed")
