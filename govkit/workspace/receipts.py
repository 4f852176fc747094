"""Receipts: written from a folder, and read back from a file."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govkit.consent.counting import Counting
from govkit.consent.evidence import evidence_of
from govkit.corpus.commitments import path_of_disclosure
from govkit.corpus.record_digests import digest_for
from govkit.correspondence.receipts import (
    FORMAT,
    LARGEST,
    Receipt,
    ReceiptFault,
    kind_hashed,
    receipt_in,
    receipt_text,
    texts_after,
)
from govkit.errors import GovkitError, WrongUse
from govkit.log.amendments import GENESIS_PATH, own_rules
from govkit.log.digests import tree_of
from govkit.log.entries import entries_of, path_of_entry, valid_entries
from govkit.log.heads import SealedHead, seals_of
from govkit.log.proofs import InclusionProof
from govkit.records.kinds import CHARTER_PATH
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.release.verifying.check_result import CheckVerdict
from govkit.release.verifying.receipts import verified_receipt
from govkit.round.docket import Docket, docket_of
from govkit.source.gate import LIMIT
from govkit.source.record_bytes import instant_text
from govkit.store import committed_files, repository
from govkit.store.commits import Commit
from govkit.workspace import Workspace
from govkit.workspace.releases.gathering import corpus_of_files


class WrittenReceipt(NamedTuple):
    """A receipt: the entry that it is about, and its text."""

    entry: LogEntry
    text: str


class WordsGone(WrongUse):
    """The words of an entry are nowhere any more, since the record was logged again before a
    commit.
    """


def receipts_for(
    workspace: Workspace, numbers: tuple[int, ...], now: datetime.datetime
) -> Iterator[WrittenReceipt | WordsGone]:
    """Yield the receipt for each of these entries, or that its words are gone, where several are
    asked for. Raises `WrongUse` where there can be none.
    """
    writing = _Writing(workspace, now)
    for seq in numbers:
        try:
            yield writing.receipt(seq)
        except WordsGone as gone:
            if len(numbers) == 1:
                raise
            yield gone


def read_receipt(data: bytes, fingerprint: str | None) -> tuple[Receipt, CheckVerdict]:
    """Return a receipt, and what holds of it. Raises `GovkitError` for what is none."""
    if len(data) > LARGEST:
        raise GovkitError("this is too large to be a receipt", "A receipt is a text of one page.")
    try:
        text = data.decode()
        receipt = receipt_in(text)
        corpus = corpus_of_files({path: each.encode() for path, each in receipt.files.items()})
        return receipt, verified_receipt(text, receipt, corpus, fingerprint)
    except UnicodeDecodeError:
        why = f"a receipt is a text that begins with the line `{FORMAT}`"
    except ReceiptFault as reason:
        why = str(reason)
    raise GovkitError(
        f"this is no receipt that can be checked: {why}",
        "Take the file as it was sent, attached and not pasted. Or ask the coordinators for a new "
        "one: `govkit receipt NUMBER`.",
    )


class _Writing:
    """Writes receipts below the newest sealed head."""

    def __init__(self, workspace: Workspace, now: datetime.datetime) -> None:
        self.workspace = workspace
        self.corpus = workspace.corpus
        self.now = now
        self.entries = {entry.seq: entry for _, entry in entries_of(self.corpus)}

    @cached_property
    def _commits(self) -> list[Commit]:
        return repository.commits(self.workspace.root)

    def receipt(self, seq: int) -> WrittenReceipt:
        entry, head = self.entries.get(seq), seals_of(self.corpus).newest
        if entry is None:
            raise WrongUse(
                f"the log has no number {seq}",
                f"It has {len(self.entries)}. `govkit status` and the answer of each command that "
                "files something name the number.",
            )
        if head is None or head.checkpoint.size < seq:
            raise WrongUse(
                f"number {seq} of the log is not sealed yet, so nothing could be proved of it",
                "A coordinator seals first: `govkit seal --key FILE`. Then the receipt is written.",
            )
        files = self._files(entry, head)
        newer = self._newer(entry)
        if newer is not None and entry.path is not None:
            files[entry.path] = self._words_then(entry, newer)
        corpus = corpus_of_files(files)
        tree, size = tree_of(self.corpus), head.checkpoint.size
        known = [each.seq for _, each in entries_of(corpus)]
        receipt = Receipt(
            seq,
            instant_text(self.now),
            tuple(self._standing(entry, newer)),
            {path: data.decode() for path, data in files.items()},
            {each: InclusionProof(each, tree.inclusion(each - 1, size)) for each in known},
        )
        return WrittenReceipt(entry, receipt_text(receipt, corpus))

    def _newer(self, entry: LogEntry) -> LogEntry | None:
        """Return the entry that speaks of the record now, where it has other words than then.

        Raises `WrongUse` where the record is not here, or was changed with no entry.
        """
        if entry.path is None:
            return None
        document = self.corpus.by_path.get(entry.path)
        if document is None or document.record is None:
            raise WrongUse(
                f"the record of number {entry.seq}, {entry.path}, is not here or can't be read",
                "`govkit check` says more.",
            )
        kind = kind_hashed(entry, document)
        if digest_for(kind, document.record) == entry.digest:
            return None
        newer = valid_entries(self.corpus).get((entry.path, kind))
        if newer is None or newer.seq <= entry.seq:
            raise WrongUse(
                f"{entry.path} has other words now than those that number {entry.seq} is about",
                "`govkit check` says more.",
            )
        return newer

    def _words_then(self, entry: LogEntry, newer: LogEntry) -> bytes:
        """Return the file of a record as an entry has it, from the commits since."""
        root, path = self.workspace.root, entry.path or ""
        ids = [
            id
            for commit in self._commits
            for change in commit.files
            if change.path == path
            for id in (change.new, change.old)
            if id is not None
        ]
        sizes = committed_files.blob_sizes(root, ids)
        read = committed_files.blob_bytes(root, [id for id in ids if sizes[id] <= LIMIT])
        for id in dict.fromkeys(ids):
            document = corpus_of_files({path: read[id]}).by_path.get(path) if id in read else None
            if document is None or document.record is None:
                continue
            if digest_for(kind_hashed(entry, document), document.record) == entry.digest:
                return read[id]
        raise WordsGone(
            f"{path} has other words now than those that number {entry.seq} is about, and no "
            "commit has those",
            f"Number {newer.seq} speaks of it now: `govkit receipt {newer.seq}`.",
        )

    def _files(self, entry: LogEntry, head: SealedHead) -> dict[str, bytes]:
        """Return what a stranger needs: who may seal, by which keys, and what was filed."""
        size, rules = head.checkpoint.size, own_rules(self.corpus)
        founding = valid_entries(self.corpus).get((GENESIS_PATH, "genesis"))
        steps = rules.steps if rules is not None else ()
        acts = {step.seq: step for step in steps if step.seq is not None and step.seq <= size}
        numbers = {entry.seq, size, *acts, *([founding.seq] if founding is not None else [])}
        paths = {
            GENESIS_PATH,
            CHARTER_PATH,
            head.path,
            *(step.document.path for step in acts.values()),
            *(path_of_entry(seq) for seq in numbers),
            *self._paths_of_record(entry),
        }
        return {p: self.workspace.files[p] for p in sorted(paths) if p in self.workspace.files}

    def _paths_of_record(self, entry: LogEntry) -> Iterator[str]:
        if entry.path is None:
            return
        yield entry.path
        yield path_of_disclosure(entry.path)
        document = self.corpus.by_path.get(entry.path)
        record = document.record if document else None
        if isinstance(record, Position):
            folder = f"{'/'.join(entry.path.split('/')[:3])}/rev-{record.revision}"
            yield f"{folder}/revision.yaml"
            yield from (copy.path for copy in texts_after(record, entry, self.corpus))

    def _standing(self, entry: LogEntry, newer: LogEntry | None) -> Iterator[str]:
        """Yield whether a position counts as things stand, and if not why."""
        path = entry.path or ""
        if newer is not None:
            yield f"The record has other words since number {newer.seq} of the log."
        if entry.kind != "position":
            return
        proposal, name = path.split("/")[2], "/".join(path.split("/")[3:]).removesuffix(".yaml")
        docket = docket_of(self.corpus, proposal)
        if docket is None or docket.revision is None:
            return
        yield from _shown(docket, name, self.now)
        causes = Counting(docket, self.now).causes(name)
        if not causes:
            yield "It counts."
        for cause in causes:
            yield f"It does not count: {cause.words}"


def _shown(docket: Docket, name: str, now: datetime.datetime) -> Iterator[str]:
    """Yield what shows a position, as far as that is known."""
    filed = next((each for each in docket.positions if each.id == name), None)
    best = evidence_of(docket, filed, now).best if filed is not None else None
    if best is None or best.record.kind == "reported":
        yield "Nothing shows it yet (E0)."
        return
    kept = f", kept by the coordinators as {best.record.source}" if best.record.source else ""
    yield f"What shows it: {best.level} ({best.record.kind}){kept}."
