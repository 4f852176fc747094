"""What coordinators sign about the coalition itself: its founding, and the acts that change it.

As with consents, not YAML is signed but lines that a lawyer can read, rendered from the record
alone. The digest of the record stands in them, so nothing that the lines leave out can be changed
either.
"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.record_digests import digest_for, plain_text
from govkit.records.acts import CoalitionAct, Genesis, KeyChange
from govkit.records.governance import EscalationBody
from govkit.records.log import LogEntry, TakenOver
from govkit.records.proposals import Act
from govkit.records.scalars import Digest
from govkit.source.record_bytes import instant_text

FOUNDING = "govkit founding statement 1"
ACT = "govkit act statement 1"
TAKEN_OVER = "govkit take-over statement 1"
PROPOSAL_ACT = "govkit statement of an act about a proposal 1"
COUNTERSIGNATURE = "govkit countersignature statement 1"

CHANGES = {
    "charter": "We change the charter.",
    "policy": "We change a policy.",
    "coordinators": "We change who coordinates.",
    "end-member": "We end a membership.",
    "key": "We change a key.",
}


def root_fingerprint(genesis: Genesis) -> Digest:
    """Return the digest of the founding without its signatures: the root of all trust."""
    return digest_for("genesis", genesis)


def founding_statement(genesis: Genesis) -> str:
    """Return what each first coordinator signs, in lines that end with a line feed."""
    return "\n".join(_founding(genesis)) + "\n"


def act_statement(act: CoalitionAct, path: str, root: Digest) -> str:
    """Return what coordinators sign of an act; `path` is its place, `root` the fingerprint.

    The two make it useless for another act and in another coalition.
    """
    return "\n".join(_act(act, path, root)) + "\n"


ACTS = {
    "waiver": "We let a stakeholder group be smaller than its quorum.",
    "override": "We lower the class of a change.",
    "reopen": "We take in what came too late.",
    "escalation": "We pass an objection on for a decision.",
    "ruling": "We decide about an objection that was passed on to our body.",
    "answer": "We answer an objection.",
    "settlement": "We state that the author of an objection is satisfied with its answer.",
    "minority-statement": "We state the view of a minority.",
    "withdrawal": "We withdraw the proposal.",
    "hold-back": "We hold comments back: no print shows their words.",
    "restore": "We show again what was held back.",
}


RULINGS = {
    "upholds": "We uphold the objection: these words are not adopted.",
    "dismisses": "We dismiss the objection: it no longer blocks, and is printed as dissent.",
}


def proposal_act_statement(act: Act, path: str, root: Digest) -> str:
    """Return what those sign who do something about a proposal; as for `act_statement`."""
    return "\n".join(_proposal_act(act, path, root)) + "\n"


def _proposal_act(act: Act, path: str, root: Digest) -> Iterator[str]:
    yield PROPOSAL_ACT
    yield ""
    yield ACTS[act.kind]
    yield f"Root fingerprint: {root}"
    yield f"Proposal: {path.split('/')[2]}"
    yield f"Act: {path}"
    yield f"Digest: {digest_for('act', act)}"
    yield f"Texts: {', '.join(act.units) or 'all'}"
    if act.objections:
        yield f"Objections: {', '.join(act.objections)}"
    if act.comments:
        yield f"Comments: {', '.join(act.comments)}"
    if act.ground is not None:
        yield f"Ground: {act.ground}"
    if act.ruling is not None:
        yield RULINGS[act.ruling]
    yield f"Agreed by: {', '.join(act.by)}"
    yield "Because:"
    yield from _set_in(act.reason)


def taken_over_statement(past: TakenOver, root: Digest) -> str:
    """Return what coordinators sign who say what was adopted before the register began.

    All of it stands in these lines, so that they can be signed before the log has a number for it.
    """
    return "\n".join(_taken_over(past, root)) + "\n"


def _taken_over(past: TakenOver, root: Digest) -> Iterator[str]:
    yield TAKEN_OVER
    yield ""
    yield "These texts were adopted before this register began."
    yield f"Root fingerprint: {root}"
    yield f"Adopted at: {past.adopted_at}"
    yield f"Adopted on: {past.adopted_on.isoformat()}"
    yield "Texts:"
    for unit in past.units:
        yield f"  {unit.id} {unit.digest}"
    yield f"Agreed by: {', '.join(past.by)}"
    yield "What shows it:"
    yield from _set_in(past.evidence)


def countersignature_statement(entry: LogEntry, seen: str, root: Digest) -> str:
    """Return what a second coordinator signs about an entry of the log that another one made.

    Number, moment and registrar of that entry stand in it, so none of them can be changed below it.
    """
    return "\n".join(_countersignature(entry, seen, root)) + "\n"


def _countersignature(entry: LogEntry, seen: str, root: Digest) -> Iterator[str]:
    yield COUNTERSIGNATURE
    yield ""
    yield (
        "I vouch, as a coordinator of now, for a release that was published."
        if entry.kind == "publication"
        else "I vouch for what another coordinator filed. I have seen its source."
    )
    yield f"Root fingerprint: {root}"
    yield f"Record: {entry.path}"
    yield f"Digest: {entry.digest}"
    yield f"Number in the log: {entry.seq}"
    yield f"Received: {instant_text(entry.received_at)}"
    yield f"Filed by: {entry.by}, {instant_text(entry.recorded_at)}"
    yield "What I have seen:"
    yield from _set_in(seen)


def _founding(genesis: Genesis) -> Iterator[str]:
    yield FOUNDING
    yield ""
    yield f"We found the coalition {genesis.coalition}."
    yield f"Founded: {instant_text(genesis.founded)}"
    yield f"Root fingerprint: {root_fingerprint(genesis)}"
    yield f"First charter: {genesis.charter}"
    yield f"Coordinators that an act takes: {genesis.threshold}"
    if genesis.escalate_to is not None:
        yield _body(genesis.escalate_to)
    yield ""
    yield "First coordinators, with their keys:"
    for first in genesis.coordinators:
        yield f"  {first.id}"
        for key in first.keys:
            yield f"    {key.id} {key.public}"
    if genesis.replaces is not None:
        yield ""
        yield f"This replaces an earlier founding: {genesis.replaces}"
    if genesis.reason is not None:
        yield "Because:"
        yield from _set_in(genesis.reason)


def _act(act: CoalitionAct, path: str, root: Digest) -> Iterator[str]:
    yield ACT
    yield ""
    yield CHANGES[act.kind]
    yield f"Root fingerprint: {root}"
    yield f"Act: {path}"
    yield f"Digest: {digest_for('act', act)}"
    yield f"Record: {act.path}"
    yield f"  before {act.before or 'nothing: it was not there'}"
    yield f"  after  {act.after or 'nothing: it is gone'}"
    if act.coordinators is not None:
        yield f"Coordinators from now on: {', '.join(act.coordinators.ids)}"
        yield f"Coordinators that an act takes from now on: {act.coordinators.threshold}"
    if act.escalate_to is not None:
        yield _body(act.escalate_to)
    if act.asked:
        yield "The member has asked for it."
    if act.key is not None:
        yield from _key(act.key)
    yield f"Agreed by: {', '.join(act.by)}"
    yield "Because:"
    yield from _set_in(act.reason)


def _body(named: EscalationBody) -> str:
    return (
        f"Decides about objections that are passed on: {named.body}, "
        f"by {named.threshold} of its members"
    )


KEY_CHANGES = {"begins": "begins", "ends": "ends", "compromised": "may be in other hands"}


def _key(key: KeyChange) -> Iterator[str]:
    """Yield the key in full: whoever signs sees which one it is."""
    yield f"Key of: {key.member}"
    yield f"Key: {key.id} {key.public}"
    yield f"It {KEY_CHANGES[key.change]}: {key.since}"
    if key.source is not None:
        yield f"It came by mail from the address on record. Digest of the mail: {key.source}"
    if key.account is not None:
        event = key.account
        yield f"It came from the account on record: {event.account} at {event.host}"
        yield f"  {event.event}, {instant_text(event.arrived)}"


def _set_in(words: str) -> Iterator[str]:
    """Yield words with each line set in, so that none can look like a line of the statement."""
    for line in plain_text(words).split("\n"):
        yield f"  {line}".rstrip()
