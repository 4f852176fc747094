"""Erasure: the words behind a commitment are taken out, and the log says who did it and why.

What was said stays, and so does the commitment: every digest, seal and receipt holds as before. One
coordinator can do it alone, since nobody has to wait who asks to be left out; and the log names
them, since a name is also what makes a reader trust what was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from govkit.corpus.commitments import (
    CommittedRecord,
    committed_records,
    disclosed,
    disclosure_of,
    path_of_disclosure,
)
from govkit.corpus.record_digests import committed_in, digest_for
from govkit.errors import WrongUse
from govkit.log.erasures import erasure_of
from govkit.procedures.log.filing import AddedEntry, Filing
from govkit.procedures.log.register import FilingReceipt, file_received
from govkit.records.calls import CallInput
from govkit.records.comments import Comment
from govkit.records.disclosures import Disclosure
from govkit.records.evidence import Evidence
from govkit.records.kinds import id_of_place
from govkit.records.log import Erasure, LogEntry
from govkit.records.positions import Position
from govkit.store import private
from govkit.workspace import Workspace


class ErasureInput(NamedTuple):
    """What is to be erased: a comment or position, its words as far as they are here.

    `entry` is False where the log says already that they were taken out, or where nothing public
    is. `private` are the digests of what the private folder of this machine has of it.
    """

    path: str
    words: Disclosure | None
    entry: bool
    private: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return the record as people name it, as 2026-003/comments/0012."""
        return id_of_place(self.path)


def to_erase(workspace: Workspace, path: str) -> ErasureInput:
    """Return what there is to erase of a record. Raises `WrongUse` where there is nothing."""
    corpus = workspace.corpus
    document = corpus.by_path.get(path)
    record = document.record if document else None
    if not isinstance(record, (Comment, Position, CallInput)):
        raise WrongUse(
            f"{path} holds no name or reason that could be taken out",
            "Name a comment, a position or an input to a call, as 2026-003/comments/0012. "
            "Nothing was changed.",
        )
    found = ErasureInput(
        path,
        disclosed(corpus, path),
        committed_in(record) is not None and erasure_of(corpus, path) is None,
        tuple(_private(workspace, path, record)),
    )
    if path_of_disclosure(path) in workspace.files or found.entry or found.private:
        return found
    if erasure_of(corpus, path) is not None:
        raise WrongUse(f"the words behind {found.id} were erased already", "Nothing was changed.")
    raise WrongUse(
        f"there is nothing to erase of {found.id}",
        "Who gave no name has none here. Members are named by their ids in every record, for good; "
        "docs/privacy.md says why. Nothing was changed.",
    )


def _private(workspace: Workspace, path: str, record: Comment | Position | CallInput) -> list[str]:
    """Return what is kept of a record alone: its words, and a mail that nobody else needs.

    Of a position that is what shows it, where its reason is withheld: that has the reason in it.
    """
    if isinstance(record, CallInput):
        kept = record.source
        return [kept] if kept and private.is_kept(workspace.root, kept) else []
    if isinstance(record, Position):
        shown = _sources(workspace, path) if record.reason_withheld else ()
        return [each for each in shown if private.is_kept(workspace.root, each)]
    others = {
        each.record.source.snapshot
        for each in workspace.corpus.of_kind("comment")
        if isinstance(each.record, Comment) and each.path != path
    }
    # A member is named for good, so what a member sent goes on showing that they said it.
    sent = set() if record.author.member else {record.source.snapshot} - others
    digests = [record.withheld, *sent]
    return [each for each in digests if each and private.is_kept(workspace.root, each)]


def _sources(workspace: Workspace, path: str) -> list[str]:
    """Return the salted digests of what shows a position, and nothing else."""
    place, _, _ = path.removesuffix(".yaml").partition("/positions/")
    own: list[str] = []
    others: set[str | None] = set()
    for each in workspace.corpus.of_kind("evidence"):
        shown = each.record
        if isinstance(shown, Evidence):
            digests = (shown.source, shown.mail.raw if shown.mail else None)
            is_own = f"{place}/{shown.position}.yaml" == path and each.path.startswith(f"{place}/")
            if is_own:
                own += [digest for digest in digests if digest]
            else:
                others |= {*digests}
    return [each for each in dict.fromkeys(own) if each not in others]


def of_the_same(workspace: Workspace, chosen: ErasureInput) -> tuple[CommittedRecord, ...]:
    """Return the other records that name the same person, as far as the words are here."""
    name = chosen.words.name if chosen.words else None
    return tuple(
        each
        for each in committed_records(workspace.corpus)
        if name and each.path != chosen.path and each.words and each.words.name == name
    )


def names_left(workspace: Workspace, chosen: ErasureInput) -> list[str]:
    """Return what of a name stands in the words of the record itself, which stay."""
    record, words = workspace.corpus.by_path[chosen.path].record, chosen.words
    if not isinstance(record, Comment) or words is None:
        return []
    said = " ".join(each for each in (record.comment, record.proposed_text) if each)
    return [each for each in (words.name, words.affiliation) if each and _has(said, each)]


def _has(words: str, name: str) -> bool:
    """Say whether words hold a name, as whole words: "Ed" is no part of "asked"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None


def _require_no_name(because: str, chosen: ErasureInput) -> None:
    """Raise `WrongUse` where the reason for the log has the name in it that is to go."""
    words = chosen.words
    for name in (words.name, words.affiliation) if words else ():
        if name and _has(because, name):
            raise WrongUse(
                f"the reason names `{name}`, and the log keeps it for good",
                "Write the reason without the name. Nothing was changed.",
            )


def erase(
    workspace: Workspace, chosen: Sequence[ErasureInput], because: str, receipt: FilingReceipt
) -> list[LogEntry]:
    """Take the words out, each with an entry that says so, and return the entries."""
    entries: list[LogEntry] = []
    for each in chosen:
        _require_no_name(because, each)
    for each in chosen:
        filings, further = _erasing(workspace, each, because)
        entries += file_received(workspace.root, filings, receipt, further)
        # Behind the entry: what a killed command left here is erased by the next one.
        for digest in each.private:
            private.forget(workspace.root, digest)
    return entries


def _erasing(
    workspace: Workspace, chosen: ErasureInput, because: str
) -> tuple[list[Filing], list[AddedEntry]]:
    record = workspace.corpus.by_path[chosen.path].record
    known = disclosure_of(workspace.corpus, committed_in(record))
    place = known.path if known else path_of_disclosure(chosen.path)
    data = workspace.files.get(place)
    filings = [Filing(place, None, None, was=data)] if data is not None else []
    if not chosen.entry or record is None:
        return filings, []
    digest = digest_for("erasure", record)
    says = {"path": chosen.path, "digest": digest, "erasure": Erasure(because=because)}
    return filings, [AddedEntry("erasure", says)]
