"""The mails that are kept in private, each held against the signature that its record names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from govkit.corpus.whole import Corpus
from govkit.errors import GovkitError
from govkit.log.entries import entry_kind, valid_entries
from govkit.records.evidence import Evidence
from govkit.source.mail import read_mail
from govkit.source.mail_signatures import NoMailSignature, digest_of_key, key_name, proved_signature
from govkit.store import private


def mail_faults(root: Path, corpus: Corpus) -> Mapping[str, str]:
    """Return why the signature of a kept mail is not as its evidence says, by the path of that.

    What is not on this machine, and what fits no digest, is told by `kept_sources`.
    """
    entries = valid_entries(corpus)
    found: dict[str, str] = {}
    for document in corpus.of_kind("evidence"):
        record = document.record
        entry = entries.get((document.path, entry_kind(document.path)))
        if isinstance(record, Evidence) and entry is not None and signs_by_mail(record):
            fault = fault_of_kept_mail(root, record, entry.received_at)
            found |= {document.path: fault} if fault else {}
    return found


def signs_by_mail(record: Evidence) -> bool:
    """Say whether evidence rests on the signature of a mail."""
    return record.kind == "mail" and record.level == "E2" and record.mail is not None


def fault_of_kept_mail(root: Path, record: Evidence, received: datetime.datetime) -> str | None:
    """Return why a kept mail does not show what its evidence says; None where it is not here.

    An empty text means that the signature holds, with the key that the record names.
    """
    mail = record.mail
    assert mail is not None
    try:
        raw = private.kept(root, mail.raw)
    except GovkitError:
        return None
    if raw is None:
        return None
    key = private.kept_key(root, mail.raw)
    if key is None:
        return "the key of the domain is not kept beside the mail"
    if digest_of_key(key) != mail.key:
        return "the key that is kept beside the mail is not the one that the record names"
    name = key_name(mail.domain or "", mail.selector or "")
    read = read_mail(raw)
    if read.message_id != (mail.message_id or ""):
        return "the mail has another Message-ID than the record names"
    try:
        proved_signature(raw, read.sender, received, {name: key})
    except NoMailSignature as cause:
        return f"the signature of the mail does not hold: {cause}"
    return ""
