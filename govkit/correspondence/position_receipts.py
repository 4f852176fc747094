"""What a member keeps of a position: what was written down in their name, and what it proves.

It is for the member, in their language: no command of a coordinator stands in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govkit.consent.counting import Cause
from govkit.corpus.record_digests import plain_text
from govkit.languages.catalogue import Messages
from govkit.log.digests import entry_digest
from govkit.records.evidence import Evidence
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.source.record_bytes import instant_text


class RecordCorrection(NamedTuple):
    """What a correction puts right: the wrong record, its number in the log, and why.

    `was` is what had been written down, with what showed it; None where only that it is corrected
    is said. `counts` is which of the two counts, None while that waits.
    """

    record: str
    number: int | None
    reason: str
    was: tuple[Position, Evidence] | None = None
    counts: Literal["old", "new"] | None = None


@dataclass(frozen=True)
class PositionReceipt:
    """A position as it was filed: about which proposal, by which entry, shown by what.

    `causes` say why it does not count as things stand. `intake_ended` is when the time of intake
    ended, where it was filed after that. `not_pushed` says that its number may change. `came` is
    when it really came, where another moment was written down, and a correction of that counts.
    """

    coalition: str
    proposal: str
    title: str
    position: Position
    entry: LogEntry
    evidence: Evidence
    causes: Sequence[Cause]
    corrects: RecordCorrection | None = None
    intake_ended: datetime.datetime | None = None
    not_pushed: bool = False
    came: datetime.datetime | None = None


def receipt_lines(said: Messages, receipt: PositionReceipt) -> Iterator[str]:
    """Yield the lines of a receipt."""
    position, entry, evidence = receipt.position, receipt.entry, receipt.evidence
    yield said.say("receipts.head", coalition=receipt.coalition)
    names = {"id": receipt.proposal, "number": position.revision, "title": receipt.title}
    yield said.say("receipts.proposal", **names)
    yield f"{_who(said, position)} {said[f'release.stances.{position.position}']}."
    if receipt.corrects is not None:
        yield from correction_lines(said, receipt.corrects)
        yield from _changed_lines(said, receipt.corrects, position, evidence)
    if position.reason:
        yield said["receipts.reason"]
        yield from _set_in(position.reason)
    yield from counts_lines(said, receipt.causes)
    yield said["receipts.words"]
    before, after = said["mails.before"], said["mails.after"]
    width = max(len(before), len(after))
    for pair in position.units:
        yield f"  {pair.id}"
        yield f"    {before:{width}} {pair.before or said['mails.never-adopted-digest']}"
        yield f"    {after:{width}} {pair.after or said['mails.goes-digest']}"
    kind = said.group("receipts.kinds")[evidence.kind]
    shown = said.say("receipts.shown", level=evidence.level, kind=kind)
    kept = evidence.source and said.say("receipts.source-kept", digest=evidence.source)
    yield f"{shown}{kept or ''}"
    at = instant_text(entry.received_at)
    yield said.say("receipts.received", at=at, by=entry.by)
    if receipt.came is not None:
        yield said.say("receipts.came", at=instant_text(receipt.came))
    yield said.say("receipts.number", number=entry.seq, digest=entry_digest(entry))
    if receipt.not_pushed:
        yield said["receipts.not-pushed"]
    yield said.say("receipts.to-withdraw", id=receipt.proposal)
    corrects = receipt.corrects
    if corrects is not None and corrects.counts is not None:
        yield said.say(f"receipts.correction-counts.{corrects.counts}", record=corrects.record)
    elif corrects is not None and evidence.kind != "sshsig":
        yield said.say("receipts.correction-waits", member=position.cast_by)
    if receipt.intake_ended is not None:
        ended = f"{receipt.intake_ended:%Y-%m-%d %H:%M} UTC"
        yield said.say("receipts.after-intake", ended=ended)


def counts_lines(
    said: Messages, causes: Sequence[Cause], *, decided: bool = False
) -> Iterator[str]:
    """Yield whether a position counts as things stand; if not why, and what the member can do.

    `decided` says that it is over, and they say whether it was counted.
    """
    forms = said.group("receipts.counted" if decided else "receipts.counting")
    if not causes:
        yield forms["yes"]
    for each in causes:
        why = said.group("receipts.causes")[each.kind]
        key = "not-for" if each.units else "not"
        yield forms[key].format(texts=", ".join(each.units), why=why)


def _who(said: Messages, position: Position) -> str:
    if position.cast_by == position.member:
        return position.member
    return said.say("receipts.through", member=position.member, by=position.cast_by)


def correction_lines(said: Messages, corrected: RecordCorrection) -> Iterator[str]:
    """Yield what was written down wrongly, why it is put right, and that both stay."""
    wrong = corrected.record
    if corrected.number is not None:
        wrong = said.say("receipts.numbered", record=wrong, number=corrected.number)
    yield said.say("receipts.corrects", record=wrong)
    yield from _set_in(corrected.reason)
    yield said["receipts.both-stay"]


def _changed_lines(
    said: Messages, corrected: RecordCorrection, right: Position, shown: Evidence
) -> Iterator[str]:
    """Yield each thing that was written down otherwise, as it was and as it is."""
    if corrected.was is None:
        return
    old, new = _parts(said, *corrected.was), _parts(said, right, shown)
    for key, was, now in zip(("old", "new"), (old, new), (new, old), strict=True):
        yield said[f"receipts.as-{key}"]
        for part, other in zip(was, now, strict=True):
            if part != other:
                yield from _set_in(part)


def _parts(said: Messages, position: Position, evidence: Evidence) -> tuple[str, ...]:
    """Return what a position says, its reason, its texts, how it came and what is noted of that."""
    stance = f"{_who(said, position)} {said[f'release.stances.{position.position}']}."
    reason = position.printed_reason or said["receipts.nothing"]
    kind = said.group("receipts.kinds")[evidence.kind]
    return (
        stance,
        f"{said['receipts.reason']} {reason}",
        ", ".join(position.texts),
        said.say("receipts.shown", level=evidence.level, kind=kind),
        evidence.note or said["receipts.nothing"],
    )


def _set_in(words: str) -> Iterator[str]:
    yield from (f"  {line}".rstrip() for line in plain_text(words).split("\n"))
