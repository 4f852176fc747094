"""A receipt: one text file by which a person can show that what they said was taken in.

First what was filed, in words; then a proof that its entry is in the sealed log, with all that it
takes to check that without the repository (`extra`): the founding, the acts since, the entries, the
record. Every line above the proof, but for how it stood then, follows from those records; so a
receipt is checked by writing it again (as a statement is, decision 40).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.corpus.commitments import disclosed, named_author
from govkit.corpus.copies import copy_of
from govkit.corpus.documents import Document
from govkit.corpus.record_digests import digest_for, hashed_value, plain_text
from govkit.corpus.text_digests import canonical_json
from govkit.corpus.whole import Corpus
from govkit.correspondence.mail import Lines
from govkit.correspondence.texts import whole_text
from govkit.log.coordinators import genesis_of
from govkit.log.digests import entry_digest
from govkit.log.entries import entry_kind, path_of_entry
from govkit.log.merkle import HASH_LENGTH
from govkit.log.proofs import InclusionProof, extra_of, proof_text
from govkit.log.signed_statements import root_fingerprint
from govkit.records.acts import Genesis
from govkit.records.base import Record
from govkit.records.comments import Comment
from govkit.records.disclosures import Disclosure
from govkit.records.enumerations import SAYS
from govkit.records.log import LogEntry, LogHead
from govkit.records.positions import Position
from govkit.source.record_bytes import instant_text, record_bytes

FORMAT = "govkit receipt 1"
PROOF = "----- The proof. Change no letter below, or above. -----"
LARGEST = 8 * 1024 * 1024
"""Bytes of a receipt that is read: a hundred long texts take less."""
MOST_FILES = 2000


@dataclass(frozen=True)
class Receipt:
    """What a receipt is made from.

    `seq` is the number of the entry that it is about, `written` when the receipt was written,
    `standing` how things stood then, in sentences. `files` are the records that prove it, by path,
    `proofs` those that entries among them are in the log.
    """

    seq: int
    written: str
    standing: tuple[str, ...]
    files: Mapping[str, str]
    proofs: Mapping[int, InclusionProof]


class ReceiptSubject(NamedTuple):
    """What a receipt is about: the entry, its record (None where there is none), the head."""

    entry: LogEntry
    document: Document | None
    head: LogHead
    genesis: Genesis

    @property
    def root(self) -> str:
        """Return the root fingerprint that it rests on."""
        return root_fingerprint(self.genesis)


class ReceiptFault(Exception):
    """A file that is no receipt; the message is a sentence."""


def subject_of(receipt: Receipt, corpus: Corpus) -> ReceiptSubject:
    """Return what a receipt is about; `corpus` holds its files. Raises `ReceiptFault`."""
    document = corpus.by_path.get(path_of_entry(receipt.seq))
    entry = document.record if document else None
    heads = [each.record for each in corpus.of_kind("log-head")]
    genesis = genesis_of(corpus)
    head = heads[0] if len(heads) == 1 else None
    if not isinstance(entry, LogEntry) or not isinstance(head, LogHead) or genesis is None:
        raise ReceiptFault(
            "the records that it needs are not whole: the founding, the head of the log or the "
            f"entry number {receipt.seq} can't be read"
        )
    about = corpus.by_path.get(entry.path or "")
    return ReceiptSubject(entry, about, head, genesis)


def receipt_text(receipt: Receipt, corpus: Corpus) -> str:
    """Return a receipt as text; `corpus` holds its files. Raises `ReceiptFault`."""
    subject = subject_of(receipt, corpus)
    lines = Lines()
    lines.lines += [FORMAT, "", *_of_entry(subject), ""]
    _of_record(lines, subject, corpus)
    lines.lines.append("")
    if receipt.standing:
        lines.say(f"How it stood on {receipt.written}, as the coordinators had it:")
        for sentence in receipt.standing:
            lines.say(sentence, "  ")
    if isinstance(subject.document and subject.document.record, Position):
        proposal = (subject.entry.path or "").split("/")[2]
        lines.say(f'To withdraw, tell any coordinator: "I withdraw my position on {proposal}".')
    _texts(lines, subject, corpus)
    lines.say(
        f"What follows proves that this is number {receipt.seq} of the sealed log. Keep the file "
        "as it is. Anybody can check it without a network: `govkit receipt verify FILE "
        "--fingerprint DIGEST` with the root fingerprint of the coalition, from wherever you trust "
        "it. docs/verify.md of govkit shows how it is done by hand."
    )
    lines.lines.append(PROOF)
    extra = canonical_json(_extra(receipt, subject))
    return f"{lines}" + proof_text(receipt.proofs[receipt.seq], subject.head, extra)


def receipt_in(text: str) -> Receipt:
    """Return what the proof in a receipt holds. Raises `ReceiptFault` for what is none.

    Whether it is true, `release.verifying.receipts` says.
    """
    if not text.startswith(f"{FORMAT}\n"):
        raise ReceiptFault(f"a receipt begins with the line `{FORMAT}`")
    _, found, proof = text.partition(f"\n{PROOF}\n")
    if not found:
        raise ReceiptFault("the proof at its end is gone, so only the words are left")
    try:
        return _receipt(json.loads(extra_of(proof) or b""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise ReceiptFault(
            "the records in its proof can't be read: it was cut, or changed"
        ) from None


# --- what it says ---------------------------------------------------------------------------------


def _of_entry(subject: ReceiptSubject) -> Iterator[str]:
    entry = subject.entry
    yield f"Coalition: {subject.genesis.coalition}"
    yield f"Root fingerprint: {subject.root}"
    yield f"Number in the log: {entry.seq}, {entry_digest(entry)}"
    yield f"What was filed: {entry.kind}"
    if entry.path is not None:
        yield f"Record: {entry.path}"
        yield f"Digest: {entry.digest}"
    yield f"Received: {instant_text(entry.received_at)}"
    yield f"Written down: {instant_text(entry.recorded_at)}, by {entry.by}"


def _of_record(lines: Lines, subject: ReceiptSubject, corpus: Corpus) -> None:
    entry, document = subject.entry, subject.document
    record = document.record if document else None
    if entry.countersignature is not None or entry.taken_over is not None or document is None:
        lines.lines.append("The entry, as it was filed:")
        lines.lines += _as_file("log-entry", entry, path_of_entry(entry.seq))
    elif isinstance(record, Position):
        _position(lines, record, document, disclosed(corpus, document.path))
    elif isinstance(record, Comment) and entry.kind == "comment":
        _comment(lines, record, document, disclosed(corpus, document.path))
    elif record is None or document.kind is None:
        lines.lines.append("The record can't be read.")
    else:
        lines.lines.append("The record, as it was filed:")
        lines.lines += _as_file(document.kind, record, document.path)


def _as_file(kind: str, record: Record, path: str) -> Iterator[str]:
    """Yield a record as files have it, without the line for editors at its top."""
    for line in record_bytes(kind, record, path).decode().rstrip("\n").split("\n"):
        if not line.startswith("#"):
            yield f"  {line}".rstrip()


def _position(
    lines: Lines, record: Position, document: Document, disclosure: Disclosure | None
) -> None:
    by = "" if record.cast_by == record.member else f", through {record.cast_by},"
    say = lines.lines.append
    say(f"Proposal {document.path.split('/')[2]}, revision {record.revision}")
    say(f"{record.member}{by} {SAYS[record.position]}.")
    if record.confirms_withdrawal:
        say("An earlier objection is withdrawn.")
    if record.reason is not None:
        say("Reason:")
        _words(lines, record.reason)
    if record.reason_withheld is not None:
        say(f"The reason is not printed. The commitment to it: {record.reason_withheld}")
    if disclosure is not None and disclosure.reason is not None:
        say("Its words, which only this receipt and one file have:")
        _words(lines, disclosure.reason)
    say("The exact words, by their digests before and after:")
    seen: set[str] = set()
    for pair in record.units:
        other = ", where another open proposal is applied first" * (pair.id in seen)
        seen.add(pair.id)
        say(f"  {pair.id}{other}")
        say(f"    before {pair.before or 'nothing: never adopted'}")
        say(f"    after  {pair.after or 'nothing: withdrawn'}")


def _comment(
    lines: Lines, record: Comment, document: Document, disclosure: Disclosure | None
) -> None:
    author, target = named_author(record.author, disclosure), record.target
    unnamed = "who asked to be left out" if author.commitment else "without a name"
    named = author.member or author.name or f"a person {unnamed}"
    say = lines.lines.append
    say(f"Proposal {document.path.split('/')[2]}, a comment of {named}")
    say(f"About: {target.unit or 'the whole proposal'}, revision {target.revision}")
    if target.quote:
        say("The words that it is about:")
        _words(lines, target.quote)
    say("In their words:")
    _words(lines, record.comment or "They are not published.")


def _words(lines: Lines, words: str) -> None:
    """Add somebody's words, set in, so that none looks like a line of the receipt."""
    for paragraph in plain_text(words).split("\n\n"):
        lines.close(paragraph, "  ")


def _texts(lines: Lines, subject: ReceiptSubject, corpus: Corpus) -> None:
    """Add the words that a position was given to, where the proposal keeps them."""
    record = subject.document.record if subject.document else None
    if not isinstance(record, Position):
        return
    for copy in texts_after(record, subject.entry, corpus):
        lines.head(f"{copy.id}: {copy.title}")
        lines.say("The words after the change:")
        whole_text(lines, copy, corpus.messages)


def texts_after(position: Position, entry: LogEntry, corpus: Corpus) -> Iterator[Document]:
    """Yield the texts after the change that a position was given to, as far as they are here."""
    proposal = (entry.path or "").split("/")[2]
    for id in position.texts:
        copy = copy_of(corpus, f"{proposal}/rev-{position.revision}", "after", id)
        if copy is not None and copy.record is not None:
            yield copy


# --- what it carries ------------------------------------------------------------------------------


def _extra(receipt: Receipt, subject: ReceiptSubject) -> dict[str, Any]:
    """Return what stands behind `extra`. `hashed` is there for who checks without govkit."""
    entry, document = subject.entry, subject.document
    hashed = {
        "entry": canonical_json(hashed_value(LogEntry.KIND, entry)).decode(),
        "founding": canonical_json(hashed_value("genesis", subject.genesis)).decode(),
    }
    if document is not None and document.record is not None and _is_as_filed(entry, document):
        kind = kind_hashed(entry, document)
        hashed["record"] = canonical_json(hashed_value(kind, document.record)).decode()
    return {
        "files": dict(receipt.files),
        "hashed": hashed,
        "proofs": {
            str(seq): [base64.b64encode(each).decode() for each in proof.hashes]
            for seq, proof in receipt.proofs.items()
        },
        "receipt": 1,
        "seq": receipt.seq,
        "standing": list(receipt.standing),
        "written": receipt.written,
    }


def kind_hashed(entry: LogEntry, document: Document) -> str:
    """Return the kind by which the digest in an entry was made of its record."""
    if entry.kind == "countersigned":
        record = document.record
        if isinstance(record, Comment) and digest_for("disposition", record) == entry.digest:
            return "disposition"
        return entry_kind(document.path)
    return entry.kind


def _is_as_filed(entry: LogEntry, document: Document) -> bool:
    assert document.record is not None
    return digest_for(kind_hashed(entry, document), document.record) == entry.digest


def _receipt(value: dict[str, Any]) -> Receipt:
    files, proofs = value["files"], value["proofs"]
    if value["receipt"] != 1 or len(files) > MOST_FILES or len(proofs) > MOST_FILES:
        raise ValueError
    if not all(isinstance(each, str) for pair in files.items() for each in pair):
        raise ValueError
    if str(value["seq"]) not in proofs:
        raise ValueError
    return Receipt(
        int(value["seq"]),
        str(value["written"]),
        tuple(str(each) for each in value["standing"]),
        dict(files),
        {int(seq): InclusionProof(int(seq), _hashes(several)) for seq, several in proofs.items()},
    )


def _hashes(several: list[str]) -> tuple[bytes, ...]:
    found = tuple(base64.b64decode(each, validate=True) for each in several)
    if any(len(each) != HASH_LENGTH for each in found):
        raise ValueError
    return found
