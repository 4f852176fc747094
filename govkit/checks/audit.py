"""The audit: whether a coalition keeps the rules that a dynamic coalition has for itself.

Open membership, open list, open archive, dissent reflected in what comes out; and what makes these
hold: comments answered, the roll, the log, adopted words. Each line says what was looked at, so
that nobody takes "nothing is missing" for more than it is.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from govkit.checks import (
    amended,
    changed_ids,
    corrections,
    decided,
    disclosures,
    life_cycle,
    process,
    proposed,
    signatures,
    the_log,
)
from govkit.checks.audit_tasks import (
    command_to_name_mail,
    groups_without_voice,
    notices_without_mail,
    roll_on,
)
from govkit.checks.context import Context
from govkit.consent.adoption import proposal_of
from govkit.corpus.whole import Corpus
from govkit.findings import Finding
from govkit.log.chain import newest_entry_of
from govkit.log.coordinators import coordinators_of, genesis_of
from govkit.log.entries import entries_of
from govkit.log.erasures import left_out
from govkit.records.acts import CoalitionAct
from govkit.records.governance import Charter
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.round.docket import Docket, docket_of


class AuditLine(NamedTuple):
    """One rule: what was looked at, in words, and everything that is missing."""

    rule: str
    looked_at: str
    missing: tuple[str, ...]

    @property
    def kept(self) -> bool:
        """Say whether nothing is missing."""
        return not self.missing


Looking = Callable[[Context, Charter], tuple[str, Iterator[str]]]


def audit(
    corpus: Corpus,
    charter: Charter,
    today: datetime.date,
    not_as_released: Iterable[Finding] = (),
    lost_from_log: Iterable[str] = (),
    kept_sources: Mapping[str, bool | None] | None = None,
    mail_faults: Mapping[str, str] | None = None,
) -> tuple[AuditLine, ...]:
    """Return the lines of the audit, always the same ones in the same order.

    `not_as_released` is what the tags of releases know and the records do not, `lost_from_log` what
    the log had in a state that git has. `kept_sources` says of each salted digest whether what is
    kept in private fits it, None where nothing of it is on this machine; `mail_faults` why the
    signature of a kept mail is not as the evidence at a path says.
    """
    context = Context(corpus, today, {})
    lines = []
    for rule, look in _LINES:
        looked_at, missing = look(context, charter)
        more = lost_from_log if rule == "log" else ()
        lines.append(AuditLine(rule, looked_at, (*missing, *more)))
    kept = f"{_many(len(corpus.of_kind('manifest')), 'release')}, each against its tag"
    lines.append(AuditLine("releases", kept, tuple(_said(iter(not_as_released)))))
    lines.append(_private(kept_sources or {}, mail_faults or {}))
    return tuple(lines)


def _private(kept: Mapping[str, bool | None], mail_faults: Mapping[str, str]) -> AuditLine:
    """Say what of the private sources was compared, and that the rest could not be."""
    compared = sum(fits is not None for fits in kept.values())
    looked_at = f"{_many(len(kept), 'salted digest')}: {compared} compared with the private folder"
    if compared < len(kept):
        looked_at += f", {len(kept) - compared} not on this machine, so nothing is said of them"
    wrong = (
        f"what is kept as {digest} is not what the record was made from"
        for digest, fits in kept.items()
        if fits is False
    )
    unsigned = (f"{path}: {fault}" for path, fault in mail_faults.items())
    return AuditLine("private sources", looked_at, (*wrong, *unsigned))


# --- what a dynamic coalition owes ----------------------------------------------------------------


def _membership(context: Context, charter: Charter) -> tuple[str, Iterator[str]]:
    members = context.corpus.of_kind("member")
    states = Counter(document.status for document in members)

    def missing() -> Iterator[str]:
        if not states["enrolled"]:
            yield "no member has enrolled"
        if not charter.intake.addresses:
            yield "the charter names no address to which one writes to join (`intake: addresses`)"
        ended = {
            act.path
            for document in context.corpus.of_kind("coalition-act")
            if isinstance(act := document.record, CoalitionAct) and act.kind == "end-member"
        }
        logged = {entry.path for _, entry in entries_of(context.corpus)}
        for document in members:
            if document.status == "ended" and document.path not in ended | logged:
                yield f"nothing says why the membership of {document.id} ended"

    words = ", ".join(f"{states[state]} {state}" for state in ("enrolled", "listed", "ended"))
    return f"{_many(len(members), 'member')}: {words}", missing()


def _open_list(_: Context, charter: Charter) -> tuple[str, Iterator[str]]:
    intake = charter.intake

    def missing() -> Iterator[str]:
        if not intake.hosts:
            yield "the charter names no host of the coalition's list (`intake: hosts`)"
        if not intake.addresses:
            yield "the charter names no address for comments (`intake: addresses`)"

    named = ", ".join((*intake.hosts, *intake.addresses)) or "none"
    return f"the charter's list and addresses: {named}", missing()


def _archive(context: Context, charter: Charter) -> tuple[str, Iterator[str]]:
    notices = context.corpus.of_kind("notice")

    def missing() -> Iterator[str]:
        if charter.list_archive is None:
            yield "the charter names no archive of the list (`list_archive`)"
        for proposal, number in notices_without_mail(context.corpus):
            yield (
                f"nothing names the mail of the announcement {proposal}/notices/{number}: "
                f"`{command_to_name_mail(proposal, number)}`"
            )

    where = charter.list_archive or "none named"
    return f"archive: {where}; {_many(len(notices), 'announcement')}", missing()


def _dissent(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    dockets = [
        docket
        for document in context.corpus.of_kind("decision")
        if (docket := docket_of(context.corpus, proposal_of(document))) is not None
    ]
    objections = sum(each.record.position == "object" for d in dockets for each in d.positions)
    looked_at = f"{_many(len(dockets), 'decision')}, {_many(objections, 'objection')}"
    return looked_at, (each for docket in dockets for each in _left_out(docket))


def _decisions(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    return (
        f"{_many(len(context.corpus.of_kind('decision')), 'decision')}, reckoned again",
        (f"{each.path}: {each.message}" for each in decided.decision_differs(context)),
    )


def _left_out(docket: Docket) -> Iterator[str]:
    """Yield the objections that the decision says nothing of, and statements left out of sight."""
    decision: Any = docket.decision.record if docket.decision is not None else None
    if decision is None:
        return
    aside = {each.record for each in (*decision.rejected, *decision.late, *decision.reported)}
    printed = {(unit.id, each.member) for unit in decision.units for each in unit.objections}
    decided = {unit.id for unit in decision.units}
    assert docket.decision is not None
    for filed in docket.positions:
        if filed.seq > docket.decision.seq:
            continue  # it came after the decision, which can't speak of it
        for unit in filed.record.units:
            said = (unit.id, filed.record.member)
            if (
                filed.record.position == "object"
                and filed.id not in aside
                and unit.id in decided
                and said not in printed
            ):
                yield (
                    f"{docket.proposal.id}: the objection of {filed.record.member} to {unit.id} "
                    "is not in the decision"
                )


# --- what makes it hold ---------------------------------------------------------------------------


def _corrections(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    found = [(docket, each) for docket in context.dockets for each in corrections.states(docket)]
    confirmed = sum(not each.fault and not each.lacks for _, each in found)
    return (
        f"{_many(len(found), 'correction')}, {confirmed} confirmed",
        (
            f"{corrections.path_of(docket, each)}: "
            + (f"false: {each.fault}" if each.fault else f"not confirmed: {each.lacks}")
            for docket, each in found
            if each.fault or each.lacks
        ),
    )


def _comments(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    comments = [each for each in context.corpus.of_kind("comment") if each.record is not None]
    answered = sum(each.record.disposition is not None for each in comments)  # type: ignore[union-attr]
    asked, _other = left_out(context.corpus)
    out = f"; left out at the person's request: {asked}" if asked else ""

    def missing() -> Iterator[str]:
        for each in process.comment_unanswered(context):
            yield f"{each.id}: {each.message}"
        for generate in (disclosures.disclosure_false, disclosures.disclosure_missing):
            yield from (f"{each.path}: {each.message}" for each in generate(context))

    return f"{_many(len(comments), 'comment')}, {answered} answered{out}", missing()


def _roll(context: Context, charter: Charter) -> tuple[str, Iterator[str]]:
    roll = roll_on(context.corpus, context.today)
    groups = Counter(seat.group for seat in roll.values() if not seat.left)

    def missing() -> Iterator[str]:
        for group in groups_without_voice(charter, roll):
            yield f"nobody speaks for the group {group}"
        yield from _said(process.mandate_expired(context))
        yield from _said(process.one_person_twice(context))

    words = ", ".join(f"{group} {groups[group]}" for group in charter.groups)
    return f"{_many(len(roll), 'voice')} on the roll today: {words}", missing()


def _coordinators(context: Context, charter: Charter) -> tuple[str, Iterator[str]]:
    known = coordinators_of(context.corpus)

    def missing() -> Iterator[str]:
        genesis = genesis_of(context.corpus)
        if genesis is None:
            yield "the coalition is forming: it was not founded, and can adopt nothing"
        elif genesis.replaces is not None:
            yield (
                f"the coalition was founded again on {genesis.founded:%Y-%m-%d}: whether those who "
                "coordinated before agreed is in no record"
            )
        if len(known) < charter.coordinators.threshold:
            yield (
                f"{_many(len(known), 'coordinator')}, and an act takes "
                f"{charter.coordinators.threshold}"
            )

    return f"the founding, and the coordinators: {', '.join(known) or 'none'}", missing()


def _own_rules(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    rules = context.own_rules
    acts = Counter(step.act.kind for step in rules.steps) if rules else Counter()
    kinds = ", ".join(f"{kind} {acts[kind]}" for kind in sorted(acts))
    return (
        f"{_many(acts.total(), 'act')} of the coalition about itself"
        + (f": {kinds}" if kinds else ""),
        (
            f"{each.path}: {each.message}"
            for generate in (
                amended.amended_without_act,
                signatures.signature_missing,
                signatures.keys_differ,
            )
            for each in generate(context)
        ),
    )


def _log(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    head = newest_entry_of(context.corpus)
    entries = entries_of(context.corpus)
    where = f", the newest is number {head.seq}, {head.digest}" if head else ""
    broken = (
        f"{each.path}: {each.message}"
        for generate in (
            the_log.log_broken,
            the_log.log_head,
            the_log.log_unsealed,
            proposed.revision_edited,
            proposed.revision_gap,
            proposed.change_differs,
            lambda each: proposed.floors_too_low(each, each.dockets),
        )
        for each in generate(context)
    )
    if len(entries) == 1:
        return f"1 entry of the log{where}", broken
    return f"{len(entries)} entries of the log{where}", broken


def _adopted(context: Context, _: Charter) -> tuple[str, Iterator[str]]:
    adopted = [
        each
        for each in context.corpus.of_kind(*NORMATIVE_KINDS)
        if each.status in life_cycle.WAS_ADOPTED
    ]

    def missing() -> Iterator[str]:
        yield from _said(life_cycle.undecided(context))
        yield from _said(life_cycle.adopted_text_removed(context))
        yield from _said(changed_ids.changed_id(context))
        for id, known in context.adoptions.items():
            text = context.corpus.find(NORMATIVE_KINDS, id)
            hidden = known[-1].after is not None and context.has_text_announced(id)
            if hidden if text is None else context.corpus.digests.of(text) is None:
                yield f"{id} was adopted, and can't be read, or a term in it is missing"
        yield from _said(life_cycle.decided_not_applied(context))

    return f"{_many(len(adopted), 'adopted text')}, each against its decision", missing()


def _said(findings: Iterator[Finding]) -> Iterator[str]:
    return (each.message for each in findings)


def _many(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"


_LINES: tuple[tuple[str, Looking], ...] = (
    ("open membership", _membership),
    ("open list", _open_list),
    ("open archive", _archive),
    ("dissent reflected", _dissent),
    ("decisions follow from records", _decisions),
    ("every comment answered", _comments),
    ("corrections confirmed", _corrections),
    ("roll and groups", _roll),
    ("founding and coordinators", _coordinators),
    ("own rules changed by act", _own_rules),
    ("log", _log),
    ("adopted words", _adopted),
)
