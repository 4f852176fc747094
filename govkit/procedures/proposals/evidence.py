"""What shows a position, as it is filed: beside the position at first, or later, to raise it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from govkit.consent.evidence import EntryDates, fault_of_key, fault_of_signature, key_of
from govkit.consent.position_statement import (
    OF_CONSENTS,
    StatementBasis,
    bases_of,
    statement_digest,
    statement_of,
)
from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.keys import bare_signature
from govkit.procedures.log.filing import Filing
from govkit.procedures.log.numbering import next_free
from govkit.procedures.log.signatures import SigningKey, sign_with_key_of
from govkit.records.evidence import AccountEvent, Evidence, EvidenceKind, ReceivedMail
from govkit.records.kinds import path_in_proposal
from govkit.records.policies import Level
from govkit.records.positions import Position
from govkit.round.docket import Docket
from govkit.source.public_keys import NoPublicKey
from govkit.source.record_bytes import record_bytes
from govkit.source.ssh_signatures import NoSignature, signature_of
from govkit.workspace import Workspace
from govkit.workspace.dockets import docket_named

_NOTHING = "Nothing was written."


@dataclass(frozen=True)
class EvidenceInput:
    """What shows a position: how it came, what is kept of it, or what the member signed.

    `source` is the salted digest of what the coordinators keep. `signature` is bare base64, made
    with the member's key of the name `key` over the statement with this digest.
    """

    kind: EvidenceKind = "reported"
    level: Level = "E0"
    source: str | None = None
    note: str | None = None
    account: AccountEvent | None = None
    mail: ReceivedMail | None = None
    key: str | None = None
    statement: str | None = None
    signature: str | None = None


def evidence_for(
    position: Position, path: str, shown: EvidenceInput, taken: tuple[str, ...]
) -> tuple[Evidence, str]:
    """Return the evidence for the position at a path, and the evidence's own path.

    `taken` are the places that were given already.
    """
    folder, _, name = path.rpartition("/positions/")
    stem = name.removesuffix(".yaml")
    record = Evidence(
        position=f"positions/{stem}",
        digest=digest_for("position", position),
        level=shown.level,
        kind=shown.kind,
        key=shown.key,
        statement=shown.statement,
        signature=shown.signature,
        account=shown.account,
        mail=shown.mail,
        source=shown.source,
        note=shown.note,
    )
    return record, next_free(taken, f"{folder}/evidence", 2, f"{stem}-")


def evidence_filing(record: Evidence, place: str) -> Filing:
    """Return the filing of evidence at its place."""
    return Filing(place, record_bytes("evidence", record, place), "evidence")


def require_new(docket: Docket, position: str, shown: EvidenceInput) -> None:
    """Raise `WrongUse` where the same signature shows the position already."""
    for each in docket.evidence_by_position.get(position, ()):
        if shown.signature is not None and each.record.signature == shown.signature:
            raise WrongUse(
                f"{position} is in the log already, with this signature ({each.id})",
                f"Nothing is to be done. `govkit status {docket.proposal.id}` says how it stands.",
            )


def docket_asked(workspace: Workspace, proposal: str) -> Docket:
    """Return the docket of a proposal that has a revision. Raises `WrongUse`."""
    docket = docket_named(workspace.corpus, proposal)
    if docket.revision is None:
        raise WrongUse(f"the proposal {proposal} has no revision that is open", "Open one first.")
    return docket


def position_named(docket: Docket, name: str) -> tuple[Position, str]:
    """Return a position of a proposal by its name, as example-society-01, and its path.

    Raises `WrongUse` where there is none, or where it is not as the log has it.
    """
    stem = name.removesuffix(".yaml").rpartition("/")[2]
    known = {each.id.removeprefix("positions/"): each for each in docket.positions}
    found = known.get(stem)
    if found is None:
        raise WrongUse(
            f"there is no position `{stem}` on {docket.proposal.id}",
            "" if known else "Nobody has given one yet: `govkit consent`.",
            typed=stem,
            known=sorted(known),
        )
    if not found.logged:
        raise WrongUse(
            f"{found.id} is not as the log has it, so nothing is filed to show it",
            "Mend it first: `govkit check`.",
        )
    return found.record, path_in_proposal(docket.proposal.id, found.id)


# --- the member's own signature -------------------------------------------------------------------


def basis_of(docket: Docket, number: int) -> StatementBasis:
    """Return what statements about a revision are bound to now."""
    return bases_of(docket, number)[0]


def signed_by_member(
    workspace: Workspace,
    docket: Docket,
    position: Position,
    key: SigningKey,
    now: datetime.datetime,
) -> EvidenceInput:
    """Return the signature of the one who speaks, made with a private key that is here.

    Raises `WrongUse` where the key is none of theirs that holds.
    """
    speaker = position.cast_by
    held = {
        each.id: each.public
        for each in docket.keys_of(speaker)
        if fault_of_key(each, now, now) is None
    }
    statement = statement_of(position, basis_of(docket, position.revision))
    made = sign_with_key_of(statement.encode(), OF_CONSENTS, key, speaker, held)
    return EvidenceInput(
        kind="sshsig",
        level="E3",
        key=made.key,
        statement=statement_digest(statement),
        signature=bare_signature(made.signature),
    )


def signed_elsewhere(
    docket: Docket, position: Position, signature: str, dates: EntryDates, statement: str = ""
) -> EvidenceInput:
    """Return a signature that the one who speaks made by themselves, once it is proved.

    `signature` is armoured; `statement` is what it is over, that of today if none is given.
    Raises `WrongUse` where it does not hold.
    """
    statement = statement or statement_of(position, basis_of(docket, position.revision))
    try:
        public = signature_of(signature).public
    except (NoSignature, NoPublicKey) as reason:
        raise WrongUse(f"the signature can't be taken: {reason}", _NOTHING) from None
    key = key_of(docket, position.cast_by, public)
    shown = EvidenceInput(
        kind="sshsig",
        level="E3",
        key=key.id if key else None,
        statement=statement_digest(statement),
        signature=bare_signature(signature),
    )
    record, _ = evidence_for(position, "/positions/x-01.yaml", shown, ())
    fault = fault_of_signature(docket, position, record, dates)
    if fault:
        raise WrongUse(
            f"this does not show that {position.cast_by} said it: {fault}",
            f"`govkit show {position.cast_by}` lists the keys. {_NOTHING}"
            if "key" in fault
            else _NOTHING,
        )
    return shown
