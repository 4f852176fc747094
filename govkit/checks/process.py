"""Family 10, first half: comments are answered, dates are kept, members are who they say.

Rules that depend on the day never stop a merge.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.consent.adoption import proposal_of
from govkit.corpus.documents import Document
from govkit.findings import Finding, Stops
from govkit.log.coordinators import coordinators_of
from govkit.log.periods import after, last_day
from govkit.log.unlikely_days import unlikely_days
from govkit.records.comments import Comment
from govkit.records.governance import Member
from govkit.records.kinds import CHARTER_PATH, path_in_proposal
from govkit.records.policies import Policy
from govkit.records.scalars import END_OF_TIME, iso
from govkit.round.roll import person_of

if TYPE_CHECKING:
    from govkit.consent.objections import Objection
    from govkit.round.docket import Docket
    from govkit.round.rounds import Round
    from govkit.round.states import ProposalState


# --- comments -------------------------------------------------------------------------------------


def comment_unanswered(context: Context) -> Findings:
    """Every comment has an answer when its round is over."""
    rounds = {each.proposal.id: each for each in context.undecided_dockets}
    gone = {place for docket in context.dockets for place in _set_aside(docket)}
    for document in context.corpus.of_kind("comment"):
        comment: Any = document.record
        if comment is None or not comment.is_unanswered or document.id in gone:
            continue
        found = _closed(comment, rounds.get(proposal_of(document)), context)
        if found is not None:
            why, stops = found
            yield remark(
                document,
                f"this comment has no answer, and {why}",
                stops=stops,
                help="Say what becomes of it, with a reply: `govkit comment dispose`.",
            )


def _set_aside(docket: Docket) -> Iterator[str]:
    """Yield what a correction has put something else in place of, and what is held back."""
    from govkit.round.held_back import records_set_aside

    return (f"{docket.proposal.id}/{id}" for id in records_set_aside(docket, END_OF_TIME))


def _closed(comment: Comment, docket: Docket | None, context: Context) -> tuple[str, Stops] | None:
    """Return why the round of a comment is over and what that stops, or None while it runs."""
    if docket is None:
        return "its proposal is decided", "release"
    if docket.revision is None or _ended(docket, context):
        return None
    if comment.target.revision < docket.number:
        return f"revision {docket.number} went on without one", "release"
    from govkit.round.rounds import Round

    dates = Round(docket, context.midnight).dates
    end = max(dates.comment_until, dates.closes or dates.comment_until)
    if end <= context.midnight:
        return f"the time for comments ended on {last_day(end)}", None
    return None


def _ended(docket: Docket, context: Context) -> bool:
    from govkit.round.states import OVER, state_of

    return state_of(docket, context.midnight).name in OVER


def reply_missing(document: Document, _: Context) -> Findings:
    """Whoever does not follow a comment in full says why, in a reply."""
    comment = document.record
    if isinstance(comment, Comment) and comment.disposition is not None:
        answer = comment.disposition
        if answer.action != "accepted" and not answer.reply:
            yield refusal(
                document,
                f"the answer is `{answer.action}`, and there is no reply",
                at("disposition", "action"),
                found=answer.action,
                help="Add `reply:` with the reason, in words that its author can follow.",
            )


# --- members --------------------------------------------------------------------------------------


def mandate_expired(context: Context) -> Findings:
    """Whoever acts as a member has a mandate that still runs."""
    coordinators = coordinators_of(context.corpus) if context.corpus.charter else ()
    for document in context.corpus.of_kind("member"):
        member = document.record
        if not isinstance(member, Member) or member.state != "enrolled" or not member.terms:
            continue
        days = [each.until for each in member.terms if each.until is not None]
        if len(days) == len(member.terms) and max(days) < context.today:
            acts = document.id in coordinators
            role = "coordinates, and the mandate" if acts else "is enrolled, and the mandate"
            yield remark(
                document,
                f"{document.id} {role} ended on {max(days)}",
                at("terms"),
                stops="release" if acts else None,
                found=str(max(days)),
                help=f"Add a new term and file it: `govkit member file {document.id}`. Or end the "
                f"membership: `govkit member end {document.id}`.",
            )


def one_person_twice(context: Context) -> Findings:
    """One person has one membership: two ids of one person have one voice."""
    members = {
        document.id: document.record
        for document in context.corpus.of_kind("member")
        if isinstance(document.record, Member)
    }
    seen: dict[str, str] = {}
    for document in context.newest_last(context.corpus.of_kind("member")):
        member = members.get(document.id)
        if member is None or member.state != "enrolled" or not _runs(member, context.today):
            continue
        first = seen.setdefault(person_of(members, document.id), document.id)
        if first != document.id:
            yield remark(
                document,
                f"{document.id} is the same person as {first}, and both are active",
                at("person"),
                stops="release",
                found=member.person or document.id,
                help="End one of the two: `govkit member end`. Their voice counts once anyway.",
            )


def _runs(member: Member, day: datetime.date) -> bool:
    return any(each.runs_on(day) for each in member.terms)


# --- dates ----------------------------------------------------------------------------------------


def period_too_short(context: Context) -> Findings:
    """Comments and the last call are open at least as long as the policy says."""
    undecided = {docket.proposal.id for docket in context.undecided_dockets}
    for docket in context.dockets:
        from govkit.round.rounds import Round

        if docket.revision is None:
            continue
        round = Round(docket, END_OF_TIME)
        yield from _notices_without_effect(context, round)
        if docket.proposal.id in undecided and round.highest is not None:
            yield from _comments_too_short(context, round, round.highest)
            yield from _last_call_too_short(context, round)
            yield from _moved_earlier(context, round)


def _notices_without_effect(context: Context, round: Round) -> Findings:
    """Name each notice that was filed when there was no such date to set or to move."""
    proposal = round.docket.proposal.id
    for id, why in round.notices_without_effect.items():
        yield refusal(
            context.corpus.by_path[path_in_proposal(proposal, id)],
            f"this notice does not count: {why}",
            at("closes"),
            help="If nobody has fetched it, take back the commit that brought it. Otherwise say to "
            f"everybody that its date is none. `govkit calendar {proposal}` shows the dates that "
            "hold.",
        )


def _comments_too_short(context: Context, round: Round, policy: Policy) -> Findings:
    dates, docket = round.dates, round.docket
    if policy.restart.comment == "never" and docket.number > 1:
        return
    needed = after(dates.opened, policy.periods.comment, docket.quiet)
    if dates.comment_until < needed:
        path = path_in_proposal(docket.proposal.id, f"rev-{docket.number}/revision")
        yield _short(context, path, "comment_until", "comments", dates.comment_until, needed)


def _last_call_too_short(context: Context, round: Round) -> Findings:
    dates, docket, needed = round.dates, round.docket, round.last_call_needed
    if dates.closes is not None and needed is not None and dates.closes < needed:
        setting = [each for each in round.notices() if each.record.closes == dates.closes]
        path = path_in_proposal(docket.proposal.id, setting[-1].id)
        yield _short(context, path, "closes", "the last call", dates.closes, needed)


def _moved_earlier(context: Context, round: Round) -> Findings:
    """Name each notice with an earlier date than one that was said to everybody before it."""
    said = {"comment_until": round.revision.comment_until}
    for filed in round.notices():
        for key in ("comment_until", "closes"):
            date = getattr(filed.record, key)
            if date is None:
                continue
            before = said.setdefault(key, date)
            # A slip that was corrected at once was no promise.
            if filed.record.kind == "opening" and filed.id in round.right:
                before = date
            if date < before:
                path = path_in_proposal(round.docket.proposal.id, filed.id)
                yield refusal(
                    context.corpus.by_path[path],
                    f"this notice says {last_day(date)}, and {last_day(before)} was promised "
                    "before: a date moves later only, so this one does not count",
                    at(key),
                    expected=f"{iso(before)} or later",
                    found=iso(date),
                    help="Say to everybody that the date promised stays.",
                )
            said[key] = max(before, date)


def _short(
    context: Context,
    path: str,
    key: str,
    what: str,
    end: datetime.datetime,
    needed: datetime.datetime,
) -> Finding:
    return refusal(
        context.corpus.by_path[path],
        f"{what} would end on {last_day(end)}, before the time of the policy is over",
        at(key),
        expected=f"{iso(needed)} or later",
        found=iso(end),
        help="Say a later date to everybody: `govkit propose notice --move`.",
        enforces="policy: periods",
    )


def unlikely_date(context: Context) -> Findings:
    """A date lies where the coalition, its members and its proposals have one."""
    for document in context.corpus.of_kind("member", "event", "call", "notice", "revision"):
        for each in unlikely_days(context.corpus, document, context.today):
            yield remark(
                document,
                each.why,
                each.route,
                found=str(each.day),
                help="Look at the year. `govkit explain unlikely-date` says how each is put right.",
            )


def decision_overdue(context: Context) -> Findings:
    """A last call that is over is followed by a decision, and nothing is left to lapse."""
    for docket in context.dockets:
        from govkit.round.states import state_of

        state = state_of(docket, context.midnight)
        document = context.corpus.find(("proposal",), docket.proposal.id)
        assert document is not None
        overdue = _overdue(context, docket, state)
        if overdue and _waiting_for_body(context, docket):
            continue  # `ruling_overdue` says who has to decide first
        soon = state.lapses_soon(context.midnight)
        if overdue:
            until = f"; it lapses on {soon.date()}" if soon else ""
            yield remark(
                document,
                f"the last call on {document.id} closed on {last_day(overdue)}, and there is no "
                f"decision{until}",
                help=f"Decide it (`govkit decide {document.id} --apply`), or tell everybody a new "
                "date.",
                found=iso(overdue),
            )
        elif soon:
            yield remark(
                document,
                f"{document.id} lapses on {soon.date()}, if nobody takes it further",
                help=f"`govkit status {document.id}` says what is missing. What has lapsed takes "
                "no comments and decides nothing; the texts are then proposed anew.",
                found=iso(soon),
            )


def ruling_overdue(context: Context) -> Findings:
    """A body has decided about what was passed on to it when the last call is over."""
    for docket in filter(_was_passed_on, context.undecided_dockets):
        from govkit.consent.objections import NO_BODY
        from govkit.round.states import state_of

        overdue = _overdue(context, docket, state_of(docket, context.midnight))
        for each in _waiting_for_body(context, docket) if overdue else ():
            assert overdue is not None
            id = docket.proposal.id
            yield remark(
                context.corpus.by_path[path_in_proposal(id, each.position)],
                f"the objection of {each.member} to {each.unit} waits for {each.decides or NO_BODY}"
                f", and the last call on {id} closed on {last_day(overdue)}",
                found=iso(overdue),
                help=f"{each.needed or 2} of its members decide: `govkit propose act ruling {id} "
                f"--objector {each.member} --decides upholds|dismisses --who MEMBER --reason "
                "WORDS`. Or tell everybody a later date, propose other words, or withdraw it.",
            )


def _waiting_for_body(context: Context, docket: Docket) -> list[Objection]:
    """Return the objections that were passed on and not decided; nothing else is decided then."""
    if not _was_passed_on(docket):
        return []
    from govkit.consent.decide import decide

    units = decide(docket, context.midnight).units
    return [each for unit in units for each in unit.objections if each.state == "escalated"]


def _was_passed_on(docket: Docket) -> bool:
    return docket.revision is not None and any(e.record.kind == "escalation" for e in docket.acts)


def no_deciding_body(context: Context) -> Findings:
    """Where a policy lets objections be passed on, the charter names the body that decides.

    A coalition that is forming still writes its charter, and a new folder has no finding.
    """
    charter = context.corpus.charter
    if context.own_rules is None or charter is None or charter.escalate_to is not None:
        return
    named = [
        document.id
        for document in context.corpus.of_kind("policy")
        if isinstance(document.record, Policy)
        and document.id in charter.policies
        and document.record.objection.unresolved == "escalate"
    ]
    if named:
        yield remark(
            context.corpus.by_path[CHARTER_PATH],
            f"an objection may be passed on by {', '.join(named)}, and no body is named that "
            "decides about it",
            at("escalate_to"),
            help="Name one: `escalate_to: {body: MEMBER, threshold: 2}`. Until then such an "
            "objection blocks. Or write another `unresolved` into the policies.",
        )


def _overdue(context: Context, docket: Docket, state: ProposalState) -> datetime.datetime | None:
    """Return when the last call closed whose decision is due; None where none is."""
    from govkit.round.rounds import Round

    if state.name != "last-call" or state.until is None:
        return None
    policy = Round(docket, context.midnight).highest
    if policy is None:
        return None
    ended = after(state.until, policy.periods.intake, docket.quiet)
    return state.until if ended <= context.midnight else None
