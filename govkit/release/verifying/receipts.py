"""Judging a receipt with nothing but the file: was this taken in, below that founding?"""

from __future__ import annotations

from collections.abc import Iterator

from govkit.corpus.copies import digest_of_copy
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.correspondence.receipts import (
    Receipt,
    ReceiptSubject,
    kind_hashed,
    receipt_text,
    subject_of,
    texts_after,
)
from govkit.log.checkpoints import checkpoint_of
from govkit.log.coordination import not_signed_yet
from govkit.log.coordinators import genesis_of
from govkit.log.digests import leaf_of
from govkit.log.entries import entries_of
from govkit.log.heads import LogSeals, seals_of_a_part
from govkit.log.merkle import leaf_hash
from govkit.records.kinds import path_in_proposal
from govkit.records.positions import Position
from govkit.records.proposals import Revision
from govkit.release.verifying.check_result import (
    CheckResult,
    CheckVerdict,
    fails,
    holds,
    not_checked,
    or_holds,
    verdict_of,
)

ASK = "Ask the coordinators for a new receipt, and show them this one."


def verified_receipt(
    text: str, receipt: Receipt, corpus: Corpus, fingerprint: str | None
) -> CheckVerdict:
    """Return what holds of a receipt. `corpus` has its files, `fingerprint` comes from elsewhere.

    Raises `ReceiptFault` where its records are not whole.
    """
    subject = subject_of(receipt, corpus)
    return verdict_of(
        (
            *_words(text, receipt, corpus),
            *_founding(subject, corpus, fingerprint),
            *_record(subject, corpus),
            *_log(receipt, subject, corpus),
            *_not_here(receipt, subject),
        )
    )


def _words(text: str, receipt: Receipt, corpus: Corpus) -> Iterator[CheckResult]:
    right = receipt_text(receipt, corpus).split("\n")
    given = text.split("\n")
    for number, (there, due) in enumerate(zip(given, right, strict=False), 1):
        if there != due:
            yield fails(
                "receipt",
                f"line {number}",
                f"this line is not what its own records say{_short(due)}",
                ASK,
            )
            return
    if len(given) != len(right):
        yield fails("receipt", "the end", "lines were cut off, or added at its end", ASK)
        return
    yield holds("receipt", "every line says what the records in it say")


def _short(line: str) -> str:
    return f", which is `{line.strip()}`" if line.strip() and len(line) < 100 else ""


def _founding(
    subject: ReceiptSubject, corpus: Corpus, fingerprint: str | None
) -> Iterator[CheckResult]:
    if fingerprint is None:
        yield not_checked(
            "founding",
            f"the root fingerprint in it is {subject.root}, and nothing from elsewhere was given "
            "to compare it with",
            "Give it by --fingerprint, from a book, an old mail, or a person whom you trust. "
            "Anybody can found a coalition of the same name.",
        )
    elif fingerprint != subject.root:
        yield fails(
            "founding",
            "governance/genesis.yaml",
            f"it rests on the founding {subject.root}, and you gave {fingerprint}: this is a "
            "receipt of another coalition, or of one that was made up",
            "Do not rely on it.",
        )
    else:
        yield holds("founding", f"it rests on the founding that you know, {subject.root}")
    genesis = genesis_of(corpus)
    unsigned = not_signed_yet(genesis) if genesis is not None else ()
    if unsigned:
        yield fails(
            "founding",
            "governance/genesis.yaml",
            f"{', '.join(unsigned)} did not sign the founding",
            "Ask them.",
        )


def _record(subject: ReceiptSubject, corpus: Corpus) -> Iterator[CheckResult]:
    entry, document = subject.entry, subject.document
    if entry.path is None:
        return
    if document is None or document.record is None or document.kind is None:
        yield fails("records", entry.path, "the record is not in the receipt", ASK)
        return
    if digest_for(kind_hashed(entry, document), document.record) != entry.digest:
        yield fails("records", entry.path, "these are not the words that were filed", ASK)
        return
    yield holds("records", f"the words are those that were filed, by {entry.digest}")
    if isinstance(document.record, Position):
        yield from or_holds(
            "texts",
            "the texts in it are those that the position names, by their digests",
            _texts(document.record, subject, corpus),
        )


def _texts(position: Position, subject: ReceiptSubject, corpus: Corpus) -> Iterator[CheckResult]:
    digests: dict[str, set[str]] = {id: set() for id in position.texts}
    for pair in position.units:
        digests[pair.id] |= {pair.after} if pair.after is not None else set()
    proposal = (subject.entry.path or "").split("/")[2]
    place = path_in_proposal(proposal, f"rev-{position.revision}/revision")
    found = corpus.by_path.get(place)
    revision = found.record if found else None
    shown = {copy.id: copy for copy in texts_after(position, subject.entry, corpus)}
    for id, after in digests.items():
        if not after:
            continue
        copy = shown.get(id)
        if copy is None or not isinstance(revision, Revision):
            yield not_checked("texts", f"the words of {id} are not in the receipt", "Compare them.")
        elif digest_of_copy(copy, revision, "after") not in after:
            yield fails(
                "texts", copy.path, f"these are not the words of {id} that the position names", ASK
            )


def _log(receipt: Receipt, subject: ReceiptSubject, corpus: Corpus) -> Iterator[CheckResult]:
    try:
        checkpoint = checkpoint_of(subject.head.checkpoint)
    except ValueError:
        yield fails("log", "the head", "it is not written as a head of a log is", ASK)
        return
    outside = [
        entry.seq
        for _, entry in entries_of(corpus)
        if (proof := receipt.proofs.get(entry.seq)) is None
        or proof.seq != entry.seq
        or not proof.leads_to(checkpoint, leaf_hash(leaf_of(entry)))
    ]
    for seq in outside:
        yield fails(
            "log",
            f"number {seq}",
            "its proof does not lead to the head: this entry is not in that log",
            "Do not rely on it. Tell the list, and show this receipt.",
        )
    seals = seals_of_a_part(corpus)
    yield from _seals(seals, receipt.seq)
    if not outside:
        yield holds("log", f"number {receipt.seq} is below the head {checkpoint.short}")


def _seals(seals: LogSeals, seq: int) -> Iterator[CheckResult]:
    for fault in seals.faults:
        yield fails("log", fault.path, fault.message, "Do not rely on it. Ask the coordinators.")
    head = seals.newest
    if head is None:
        yield fails(
            "log",
            "the head",
            "no coordinator of its moment has sealed it, so it is what somebody typed",
            "Do not rely on it. Ask the coordinators for a sealed one.",
        )
        return
    seen = f", and seen by {', '.join(each.who for each in head.witnessed_by)}"
    yield holds(
        "coordinators",
        f"the head is sealed by {', '.join(head.sealed_by)}" + seen * bool(head.witnessed_by),
    )


def _not_here(receipt: Receipt, subject: ReceiptSubject) -> Iterator[CheckResult]:
    yield not_checked(
        "history",
        "what came after this head: later acts, a change of mind, another history that was shown "
        "to somebody else",
        "Compare the head with the one of another member, of a witness, or of a book.",
    )
    if receipt.standing:
        yield not_checked(
            "decisions",
            f"whether it counts: the receipt says how it stood on {receipt.written}",
            f"`govkit status` on the record says it now. It rests on number {subject.entry.seq}.",
        )
