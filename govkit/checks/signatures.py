"""Family 10, fifth part: a name counts where its owner has signed, and keys come by acts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govkit.checks.context import Context
from govkit.checks.remarks import Findings, at, refusal, remark
from govkit.corpus.documents import Document
from govkit.findings import Finding
from govkit.log.amendments import (
    GENESIS_PATH,
    OwnRules,
    RuleAmendment,
    member_of_act,
    not_ended,
    unsigned_past,
)
from govkit.log.coordinators import genesis_of, path_of_member
from govkit.log.countersignatures import wanting_countersignatures
from govkit.log.entries import entries_of, path_of_entry, valid_entries
from govkit.log.keys import MemberKey, bare_key
from govkit.log.voices import voice_faults
from govkit.records.acts import CoalitionAct
from govkit.records.governance import Key, Member
from govkit.records.kinds import path_in_proposal

if TYPE_CHECKING:
    from govkit.round.docket import Docket


def signature_missing(context: Context) -> Findings:
    """Whoever an act or a countersignature names has signed it; else it counts for nothing."""
    rules = context.own_rules
    for step in rules.steps if rules is not None else ():
        assert rules is not None
        if step.waits and not _filed_anew(rules, step):
            yield _lost_key(rules, step) or _waits(
                step.document, step.fault, step.document.id.removeprefix("acts/")
            )
    for docket in context.undecided_dockets:
        yield from _about_proposals(context, docket)
    waiting = {member_of_act(step.act) for step in rules.steps if step.waits} if rules else set()
    for id in sorted(not_ended(context.corpus, rules, valid_entries(context.corpus)) - waiting):
        yield refusal(
            context.corpus.by_path[path_of_member(id)],
            f"the record says that {id} left, and no act that counts says so: the membership goes "
            "on",
            at("state"),
            found="ended",
            help="Put the record back as it was. A membership ends by `govkit member end`, and by "
            "the signatures that this takes.",
        )
    for document, entry in entries_of(context.corpus):
        fault = unsigned_past(rules, genesis_of(context.corpus), entry)
        if entry.taken_over is not None and fault:
            yield refusal(
                document,
                f"what it takes over does not count: {fault}",
                at("taken_over", "by"),
                found=", ".join(entry.taken_over.by),
                help="Nothing was adopted by it. Each whom it names signs the words first: "
                "`govkit take-over … --statement`. Then it is filed anew.",
            )
    yield from _voices_unvouched(context)
    yield from _attendance_unvouched(context)
    for each in wanting_countersignatures(context.corpus):
        yield refusal(
            context.corpus.by_path[path_of_entry(each.entry.seq)],
            f"this countersignature counts for nothing: {each.fault}",
            found=each.by,
            help=f"If {each.waits_for} did file it, they seal the log, too: `govkit seal --by "
            f"{each.waits_for}`. Else it is false."
            if each.waits_for
            else "Nothing rests on it. A coordinator who has seen the source countersigns "
            "anew: `govkit countersign`.",
        )


def _founding_without_members(context: Context) -> Findings:
    """Name a founding that binds no member: then nothing holds what their voices rest on."""
    genesis, document = genesis_of(context.corpus), context.corpus.by_path.get(GENESIS_PATH)
    # Where there is one coordinator, nobody else could be asked.
    if genesis is None or document is None or genesis.members or len(genesis.coordinators) < 2:
        return
    if any(each.status == "enrolled" for each in context.corpus.of_kind("member")):
        yield remark(
            document,
            "this founding names no members, so nothing binds what their voices rest on",
            at("members"),
            help='Found again, which names all who are here: `govkit found --again --reason "Bind '
            'the members."`. Each coordinator signs it.',
        )


def _voices_unvouched(context: Context) -> Findings:
    yield from _founding_without_members(context)
    for each in voice_faults(context.corpus):
        if each.seq is not None:
            yield refusal(
                context.corpus.by_path[each.path],
                each.message,
                found=each.id,
                help="Another coordinator who has seen what it rests on countersigns: `govkit "
                f"countersign {each.id} --seen … --key FILE`. Else put the record back.",
            )


def _attendance_unvouched(context: Context) -> Findings:
    if not any(entry.kind == "event" for _, entry in entries_of(context.corpus)):
        return
    from govkit.log.attendance import unvouched_attendance

    for entry in unvouched_attendance(context.corpus):
        document = context.corpus.by_path[entry.path or ""]
        yield refusal(
            document,
            f"number {entry.seq} says who came to this meeting, and {entry.by} alone says it: no "
            "second coordinator has vouched for it, and it counts as if everybody had come",
            at("attended"),
            help="Another coordinator who has seen the list countersigns: `govkit countersign "
            f"{document.id} --seen … --key FILE`.",
        )


def _filed_anew(rules: OwnRules, step: RuleAmendment) -> bool:
    """Say whether a later act that counts says the same as one that waits."""
    later = rules.steps[rules.steps.index(step) + 1 :]
    return any(not each.fault and _says(each.act) == _says(step.act) for each in later)


def _says(act: CoalitionAct) -> tuple[object, ...]:
    return act.kind, act.path, act.before, act.after, act.key, act.coordinators


def _lost_key(rules: OwnRules, step: RuleAmendment) -> Finding | None:
    """Return what to say of an act that lacks a signature whose key was in other hands."""
    for seal in step.act.signatures:
        lost = rules.keys.in_other_hands(seal.by, seal.key, step.recorded) if step.recorded else ""
        if seal.by in step.awaited and lost:
            return refusal(
                step.document,
                f"this act does not count any more: {seal.by} signed it with {lost}",
                at("signatures"),
                help="If it was decided so, file the act anew, in the same words. It counts from "
                "then on.",
            )
    return None


def _about_proposals(context: Context, docket: Docket) -> Findings:
    if docket.revision is None:
        return
    from govkit.round.rounds import Round

    round = Round(docket, context.midnight)
    for filed in docket.acts:
        unsigned = round.unsigned(filed)
        place = path_in_proposal(docket.proposal.id, filed.id)
        document = context.corpus.by_path.get(place)
        if unsigned and document is not None and filed.logged:
            has = "has" if len(unsigned) == 1 else "have"
            said = f"it names {', '.join(unsigned)}, who {has} not signed it"
            yield _waits(document, said, document.id)


def _waits(document: Document, fault: str, name: str) -> Finding:
    return refusal(
        document,
        f"this act does not count yet: {fault}",
        at("by"),
        help=f"Each of them signs: `govkit sign {name} --by MEMBER --key FILE`. Without govkit: "
        f"`govkit sign {name} --statement` prints the words, and `ssh-keygen -Y sign` signs them.",
    )


def keys_differ(context: Context) -> Findings:
    """The record of a member shows the keys that the founding and the acts since lead to."""
    rules = context.own_rules
    if rules is None:
        yield from _not_able_to_found(context)
        return
    waiting = {
        (step.act.key.member, step.act.key.id)
        for step in rules.steps
        if step.act.key is not None and step.fault
    }
    for document in context.corpus.of_kind("member"):
        member = document.record
        if isinstance(member, Member):
            known = {each.id: each for each in rules.keys.of(document.id)}
            for number, key in enumerate(member.keys):
                if (document.id, key.id) not in waiting:
                    said = _odd(key, known.get(key.id), member.state == "ended")
                    if said:
                        yield _differs(document, said, number, key.public)
            shown = {key.id for key in member.keys}
            for id in known.keys() - shown:
                said = f"the key {id} is not shown, and no act took it away"
                yield _differs(document, said, None, known[id].public)


def _not_able_to_found(context: Context) -> Findings:
    """Name the coordinators of a forming charter who can't sign its founding.

    While none of them has a key nothing is begun, and `found` says what to begin with.
    """
    charter = context.corpus.charter
    named = [
        (id, document, document.record)
        for id in (charter.coordinators.ids if charter is not None else ())
        if (document := context.corpus.find(("member",), id)) is not None
    ]
    begun = any(isinstance(member, Member) and _held(member) for _, _, member in named)
    for id, document, member in named:
        if isinstance(member, Member) and member.state == "ended":
            yield refusal(
                document,
                f"the charter names {id} as a coordinator, and this membership has ended",
                at("state"),
                found="ended",
                help="Name somebody else in the charter: `coordinators: ids`.",
            )
        elif isinstance(member, Member) and begun and not _held(member):
            yield remark(
                document,
                f"the charter names {id} as a coordinator, and {id} has no key, so can't sign the "
                "founding",
                at("keys"),
                help=f"`ssh-keygen -t ed25519 -f ../{id}-key` makes one. Then `govkit member key "
                f"add {id} --file ../{id}-key.pub`.",
            )


def _held(member: Member) -> bool:
    return any(key.until is None and key.compromised_since is None for key in member.keys)


def _odd(key: Key, known: MemberKey | None, left: bool) -> str:
    """Return what a record says of a key that the log does not; empty where they agree."""
    if known is None:
        return f"the key {key.id} came by no act, so nothing that is signed with it counts"
    if bare_key(key.public) != known.public:
        return f"the key {key.id} is another one than the log knows, so it was put in its place"
    if (key.compromised_since is None) != (known.compromised is None):
        return f"the key {key.id} is said to be in other hands, or not, by no act"
    if (key.until is None) != (known.ends is None) and not left:
        return f"the key {key.id} ended, or goes on, by no act"
    return ""


def _differs(document: Document, said: str, number: int | None, public: str) -> Finding:
    return refusal(
        document,
        said,
        at("keys") if number is None else at("keys", number, "id"),
        found=public,
        help="Put the record back as it was. A key begins and ends by `govkit member key`, and "
        "by the signatures that this takes. What was there before the founding begins so, too: "
        "`govkit member key add MEMBER --file FILE.pub`.",
    )
