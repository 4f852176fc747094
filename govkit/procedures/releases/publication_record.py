"""The record that a release was published: signed by the publisher, logged, and the log sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.errors import WrongUse
from govkit.log.digests import entry_digest
from govkit.log.entries import LOG, entries_of, path_of_entry
from govkit.log.heads import SealedHead
from govkit.log.keys import bare_signature
from govkit.procedures.log.filing import require_whole_log
from govkit.procedures.log.seals import seal_with_entry, sealed_head
from govkit.procedures.log.signatures import SigningKey, sign_with_key_of
from govkit.records.log import LogEntry
from govkit.records.releases import Publication
from govkit.release.contents import publication_bytes, signed_part
from govkit.release.manifest import PUBLISHED, ReleaseName
from govkit.release.verifying.publication import OF_PUBLICATIONS
from govkit.source.record_bytes import record_bytes
from govkit.workspace.releases.states import CommitState, differing_files


class PublicationFiles(NamedTuple):
    """What a publication adds to the record, by path, and the bytes of `published.yaml`."""

    files: Mapping[str, bytes]
    published: bytes


def require_log(now: CommitState, by: str) -> SealedHead:
    """Return the head of the log as it is committed, where an entry can be added to it.

    Raises `WrongUse` where something in `governance/` is not committed or not sealed;
    `GovkitError` where the log does not hold, or where the others have entries that are not here.
    """
    differing = [each for each in differing_files(now.root, now.commit) if each.startswith(_RECORD)]
    if differing:
        raise WrongUse(
            f"{differing[0]} is not as it is committed, and the publication is an entry of the log",
            "Commit it, or take it back: `git status` shows it. Nothing was changed.",
        )
    require_whole_log(now.root)
    return sealed_head(now.workspace, by)


_RECORD = f"{LOG.split('/')[0]}/"


def publication_files(
    now: CommitState,
    name: ReleaseName,
    unsigned: Publication,
    key: SigningKey,
    held: Mapping[str, str],
) -> PublicationFiles:
    """Return a publication, signed, its entry in the log, and the sealed head over that.

    `held` are the public keys of the publisher by name. Raises `WrongUse` where the key is none of
    them. The caller has called `require_log`.
    """
    by, at = unsigned.by, unsigned.published
    made = sign_with_key_of(signed_part(name, unsigned), OF_PUBLICATIONS, key, by, held)
    record = unsigned.model_copy(update={"signature": bare_signature(made.signature)})
    last = entries_of(now.corpus)[-1][1]
    entry = LogEntry(
        seq=last.seq + 1,
        kind="publication",
        path=name.place(PUBLISHED),
        digest=digest_for("publication", record),
        received_at=at,
        received_basis="registrar",
        recorded_at=at,
        by=by,
        prev=entry_digest(last),
    )
    head = seal_with_entry(now.workspace, entry, by, key)
    assert head.filing is not None, "nobody can have sealed an entry that was not there"
    assert head.filing.data is not None
    place, data = path_of_entry(entry.seq), publication_bytes(name, record)
    return PublicationFiles(
        {
            name.place(PUBLISHED): data,
            place: record_bytes("log-entry", entry, place),
            head.path: head.filing.data,
        },
        data,
    )
