"""Countersigning: a second coordinator vouches for a record that another one filed."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.log.coordinators import genesis_of, member_of, require_coordinator
from govkit.log.countersignatures import (
    OF_COUNTERSIGNATURES,
    countersignatures_of,
    countersigners,
    countersigners_of,
)
from govkit.log.entries import entry_kind, valid_entries
from govkit.log.signed_statements import countersignature_statement, root_fingerprint
from govkit.procedures.log.filing import AddedEntry
from govkit.procedures.log.signatures import SigningKey, require_key, signature_by
from govkit.proposals.mandate_tasks import mandate_to_begin
from govkit.proposals.tasks import sources_to_vouch_for
from govkit.records.acts import Genesis
from govkit.records.corrections import Correction
from govkit.records.evidence import Evidence
from govkit.records.kinds import id_of_place
from govkit.records.log import Countersignature, LogEntry
from govkit.records.positions import Position
from govkit.records.scalars import iso
from govkit.source.mail_signatures import key_name
from govkit.store import private
from govkit.workspace import Workspace
from govkit.workspace.kept_mails import fault_of_kept_mail, signs_by_mail


class NewCountersignature(NamedTuple):
    """The entry that is to be made, the words that were signed, and the entry vouched for."""

    entry: AddedEntry
    statement: str
    key: str
    of: LogEntry


def prepare_countersignature(
    workspace: Workspace, path: str, by: str, seen: str, key: SigningKey, now: datetime.datetime
) -> NewCountersignature:
    """Return the entry by which a second coordinator vouches for a record.

    `seen` is what they say that they have seen, `key` their private key. Raises `WrongUse` as
    `entry_to_vouch_for` does, and where the key is not theirs.
    """
    of = entry_to_vouch_for(workspace, path, by)
    held = require_key(workspace, by, now)
    statement = countersignature_statement(of, seen, root_fingerprint(_founding(workspace)))
    seal = signature_by(by, key, (statement.encode(), OF_COUNTERSIGNATURES), held)
    made = Countersignature(entry=of.seq, seen=seen, seal=seal)
    says = {"path": of.path, "digest": of.digest, "countersignature": made}
    return NewCountersignature(AddedEntry("countersigned", says), statement, seal.key, of)


def names_to_vouch_for(corpus: Corpus, now: datetime.datetime, by: str) -> tuple[str, ...]:
    """Return the names of the records that wait for the second look of a coordinator.

    Those whose countersignature by them waits for a seal alone are not among them.
    """
    signed = {
        id_of_place(each.entry.path or "")
        for each in countersignatures_of(corpus)
        if each.waits_for and each.by == by
    }
    entries, seconded = valid_entries(corpus), countersigners(corpus)
    members = (
        each.id
        for each in corpus.of_kind("member")
        if mandate_to_begin(each, now.date())
        and each.path not in seconded
        and (entry := entries.get((each.path, "member"))) is not None
        and entry.by != by
    )
    sources = (
        name
        for name, filed_by in sources_to_vouch_for(corpus, now)
        if filed_by != by and name not in signed
    )
    return (*members, *sources)


def entry_to_vouch_for(workspace: Workspace, path: str, by: str) -> LogEntry:
    """Return the entry about a record for which a second coordinator can vouch.

    Raises `WrongUse` where the countersignature would count for nothing.
    """
    _founding(workspace)
    require_coordinator(workspace.corpus, by)
    _require_of_use(workspace, path)
    of = _entry_about(workspace, path)
    _require_source(workspace, path)
    if of.kind != "publication":
        _require_other_person(workspace, of, by)
    if by in countersigners_of(workspace.corpus, of.path or ""):
        raise WrongUse(f"{by} has countersigned number {of.seq} already", "Nothing is to be done.")
    _require_signed_mail(workspace, of)
    return of


def _founding(workspace: Workspace) -> Genesis:
    genesis = genesis_of(workspace.corpus)
    if genesis is None:
        raise WrongUse(
            "this coalition is not founded yet, so there is nobody who could countersign",
            "Begin with `govkit found --coordinator MEMBER`, once for each coordinator.",
        )
    return genesis


def _require_of_use(workspace: Workspace, path: str) -> None:
    """Raise `WrongUse` for a position: what shows it is vouched for, and not the words."""
    if entry_kind(path) != "position":
        return
    name = id_of_place(path)
    proposal, _, position = name.partition("/positions/")
    shown = [
        document.id
        for document in workspace.corpus.of_kind("evidence")
        if isinstance(document.record, Evidence)
        and f"{document.id.partition('/')[0]}/{document.record.position}" == name
    ]
    raise WrongUse(
        f"{name} is a position, and a signature beside it would count for nothing: what is "
        "vouched for is what shows it",
        "Countersign its evidence: "
        + " or ".join(f"`govkit countersign {each} --seen …`" for each in shown)
        + "."
        if shown
        else f"Nothing shows it yet: `govkit evidence {proposal} {position} --source FILE` first.",
    )


def _entry_about(workspace: Workspace, path: str) -> LogEntry:
    """Return the entry that speaks of a record as it stands in the folder."""
    kind, entries = entry_kind(path), valid_entries(workspace.corpus)
    # Of a comment that was answered, the answer is what rests on one coordinator's word.
    if (path, "disposition") in entries:
        kind = "disposition"
    entry = entries.get((path, kind))
    document = workspace.corpus.by_path.get(path)
    if entry is None or document is None:
        raise WrongUse(
            f"the log has no entry for {path}, so there is nothing to vouch for",
            "What arrived is taken in first: `govkit intake`, or the command for it.",
        )
    if document.record is None or digest_for(kind, document.record) != entry.digest:
        raise WrongUse(
            f"{path} is not as number {entry.seq} of the log has it",
            "Vouch for nothing that was changed. `govkit check` says more.",
        )
    return entry


def _require_source(workspace: Workspace, path: str) -> None:
    """Raise `WrongUse` where the correction of a position is named: what shows it is looked at."""
    document = workspace.corpus.by_path[path]
    record = document.record
    if not isinstance(record, Correction) or record.received_at is not None:
        return
    if record.corrects.startswith("positions/"):
        folder = path.rpartition("/corrections/")[0]
        shown = record.right.replace("positions/", "evidence/")
        raise WrongUse(
            f"the correction of a position rests on what shows {record.right}",
            f"Look at that, and countersign it: {folder}/{shown}-01.yaml",
        )


def _require_signed_mail(workspace: Workspace, of: LogEntry) -> None:
    """Raise `WrongUse` where evidence rests on the signature of a mail that does not hold here.

    The second coordinator vouches for it, and needs the mail and the key to look at.
    """
    document = workspace.corpus.by_path[of.path or ""]
    record = document.record
    if not isinstance(record, Evidence) or not signs_by_mail(record):
        return
    fault = fault_of_kept_mail(workspace.root, record, of.received_at)
    if fault is None:
        raise WrongUse(
            "the mail and the key of its domain are not in the private folder here",
            "Take them from the coordinator who filed it, into your private folder, and look.",
        )
    if fault:
        raise WrongUse(fault, "Vouch for nothing that you can't see. Ask who filed it.")


def kept_source_lines(workspace: Workspace, path: str) -> tuple[str, ...]:
    """Return where what evidence at a path rests on is kept; () where it names nothing."""
    document = workspace.corpus.by_path.get(path)
    record = document.record if document else None
    if not isinstance(record, Evidence):
        return ()
    digest = record.mail.raw if record.mail is not None else record.source
    if digest is None:
        return ()
    file = private.kept_file(workspace.root, digest)
    if file is None:
        return ("What it rests on is not kept on this machine: ask who filed it for the file.",)
    return ("What it rests on is kept here:", f"  {file}")


def signed_mail_lines(workspace: Workspace, path: str) -> tuple[str, ...]:
    """Return how to look whether the key of a signed mail is the domain's; () for other records."""
    document = workspace.corpus.by_path.get(path)
    record = document.record if document else None
    if not isinstance(record, Evidence) or not signs_by_mail(record):
        return ()
    mail = record.mail
    assert mail is not None
    name = key_name(mail.domain or "", mail.selector or "")
    key = private.kept_key(workspace.root, mail.raw)
    return (
        f"The signature of the mail holds with this key, if it is the key of {mail.domain}:",
        f"  {key}",
        f"Nothing here can show that. Compare: dig +short TXT {name}",
    )


def put_in_place_of(workspace: Workspace, path: str) -> str:
    """Return what evidence at a path puts right, in a sentence; nothing for any other record."""
    document = workspace.corpus.by_path.get(path)
    record = document.record if document else None
    if isinstance(record, Correction) and record.received_at is not None:
        return (
            f"{record.corrects} then counts as received at {iso(record.received_at)}: what it came "
            "with has to show that moment."
        )
    if not isinstance(record, Evidence):
        return ""
    folder = path.rpartition("/evidence/")[0]
    shown = workspace.corpus.by_path.get(f"{folder}/{record.position}.yaml")
    said = shown.record if shown else None
    if not isinstance(said, Position) or said.corrects is None:
        return ""
    was = workspace.corpus.by_path.get(f"{folder}/{said.corrects}.yaml")
    before = was.record if was else None
    stance = f" ({before.position})" if isinstance(before, Position) else ""
    return (
        f"{record.position} ({said.position}) then counts in the place of {said.corrects}{stance}: "
        "the source has to show that this is what was said at that time."
    )


def _require_other_person(workspace: Workspace, of: LogEntry, by: str) -> None:
    people = {id: member_of(workspace.corpus, id).person or id for id in (of.by, by)}
    if people[by] == people[of.by]:
        raise WrongUse(
            f"{by} filed this record, and nobody vouches for what they filed themselves",
            "Another coordinator countersigns it.",
        )
