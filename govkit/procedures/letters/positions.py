"""Letters to who gave a position: a receipt, another one once it was countersigned, and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import Literal

from govkit.consent.counting import Cause, Counting
from govkit.consent.evidence import evidence_of
from govkit.correspondence.announcements import MailSubject
from govkit.correspondence.mail import Mail
from govkit.correspondence.outcome_letters import objection_act_mail, position_mail
from govkit.correspondence.position_receipts import PositionReceipt, RecordCorrection
from govkit.errors import WrongUse
from govkit.languages.catalogue import Messages
from govkit.log.countersignatures import countersignatures_of
from govkit.log.heads import seals_of
from govkit.procedures.letters.addressees import Addressee
from govkit.procedures.letters.owed import (
    Attached,
    Found,
    LackingAddress,
    LetterContext,
    OwedLetter,
)
from govkit.records.enumerations import ActKind
from govkit.records.evidence import Evidence
from govkit.records.kinds import folder_of_proposal
from govkit.records.log import LogEntry
from govkit.records.positions import Position
from govkit.records.proposals import Act
from govkit.round.corrections import bound_corrections
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.rounds import Round
from govkit.store import refs
from govkit.workspace.receipts import WrittenReceipt, receipts_for

Subject = Callable[[Messages], MailSubject]
_TOLD: tuple[ActKind, ...] = ("answer", "escalation", "ruling")
"""What is done about an objection, and its author is told of."""


def letters_of_positions(context: LetterContext, docket: Docket, subject: Subject) -> Found:
    """Yield the letters to those who gave a position on a proposal that are owed."""
    if docket.positions:
        yield from _PositionLetters(context, docket, subject).all()


class _PositionLetters:
    """Finds the letters about the positions on one proposal."""

    def __init__(self, context: LetterContext, docket: Docket, subject: Subject) -> None:
        self.context, self.docket, self.subject = context, docket, subject
        self.id = docket.proposal.id

    @cached_property
    def _counting(self) -> Counting:
        return Counting(self.docket, self.context.now)

    def all(self) -> Found:
        """Yield them."""
        seconded = self._seconded()
        for filed in self.docket.positions:
            if filed.log_entry is not None and filed.logged:
                yield from self._receipts(filed, filed.log_entry, seconded.get(filed.id, ()))
        yield from self._acts()

    # --- receipts ---------------------------------------------------------------------------------

    def _seconded(self) -> dict[str, list[tuple[FiledRecord[Evidence], LogEntry]]]:
        """Return the evidence that was countersigned, by its position, with the countersigning."""
        folder = folder_of_proposal(self.id)
        by_path = {f"{folder}{each.id}.yaml": each for each in self.docket.evidence}
        found: dict[str, list[tuple[FiledRecord[Evidence], LogEntry]]] = {}
        for each in countersignatures_of(self.context.workspace.corpus, folder):
            shown = by_path.get(each.entry.path or "")
            if shown is not None and not each.fault:
                found.setdefault(shown.record.position, []).append((shown, each.entry))
        return found

    def _receipts(
        self,
        filed: FiledRecord[Position],
        entry: LogEntry,
        seconded: Sequence[tuple[FiledRecord[Evidence], LogEntry]],
    ) -> Found:
        context, written = self.context, f"position {self.id}/{filed.id}"
        later = {
            f"countersigned {self.id}/{shown.id} {made.digest}": made
            for shown, made in seconded
            if context.is_new(made.recorded_at)
        }
        later = {key: made for key, made in later.items() if key not in context.told_to_somebody}
        days = [key for key in self._days(filed) if key not in context.told_to_somebody]
        is_owed = context.is_new(entry.recorded_at) and written not in context.told_to_somebody
        is_owed = is_owed and not self._came_by_mail(filed)
        if not (is_owed or later or days):
            return
        to = context.addressees.member(filed.record.cast_by)
        if to is None:
            yield LackingAddress(filed.record.cast_by, "receipt", self.id)
            return
        causes = self._counting.causes(filed.id)
        if not is_owed and any(each.kind == "superseded" for each in causes):
            return
        if self._is_told_as_corrected(filed):
            return
        made = None if is_owed or not later else list(later.values())[-1]
        write = partial(self._receipt_mail, to.name, filed, entry, causes, made)
        tells = ([written] if is_owed else []) + [*later] + days
        attach = partial(self._proof, entry.seq)
        yield OwedLetter(tuple(tells), "receipt", self.id, to, write, attach)

    def _days(self, filed: FiledRecord[Position]) -> Iterator[str]:
        """Yield what tells that a moment of receipt was put right, where that counts since."""
        for day in self.docket.corrected_days:
            if day.of == filed.id and day.counts:
                at = min(each.recorded_at for each in self.docket.vouched[day.id])
                if self.context.is_new(at):
                    yield f"day {self.id}/{day.id}"

    def _is_told_as_corrected(self, filed: FiledRecord[Position]) -> bool:
        """Say whether the receipt of a correction tells the same person of a position."""
        bound = bound_corrections(self.docket, self.context.now)
        right = [
            each.right
            for each in bound
            if each.wrong is not None and not each.fault and each.wrong.id == filed.id
        ]
        return any(
            each is not None and each.record.cast_by == filed.record.cast_by for each in right
        )

    def _came_by_mail(self, filed: FiledRecord[Position]) -> bool:
        """Say whether it is a ballot of a mail: intake wrote its receipt."""
        several = self.docket.evidence_by_position.get(filed.id, ())
        return filed.record.corrects is None and any(each.record.mail for each in several)

    def _receipt_mail(
        self,
        name: str,
        filed: FiledRecord[Position],
        entry: LogEntry,
        causes: Sequence[Cause],
        seconded: LogEntry | None,
        said: Messages,
    ) -> Mail:
        shown = self._shown(filed)
        made = PositionReceipt(
            self.context.coalition,
            self.id,
            self.docket.proposal.title,
            filed.record,
            entry,
            shown,
            causes,
            self._corrected_by(filed, causes),
            not_pushed=refs.fetched_line(self.context.workspace.root) is not None,
            came=filed.entry.received_at if filed.as_logged and filed.entry else None,
        )
        signed = seconded.countersignature if seconded is not None else None
        by = (signed.seal.by, signed.seen) if signed is not None else None
        file = _file_of_proof(entry.seq) if self._is_sealed(entry.seq) else ""
        return position_mail(self.subject(said), name, made, by, file)

    def _shown(self, filed: FiledRecord[Position]) -> Evidence:
        best = evidence_of(self.docket, filed, self.context.now).best
        several = self.docket.evidence_by_position.get(filed.id, ())
        return best.record if best is not None else several[0].record

    def _corrected_by(
        self, filed: FiledRecord[Position], causes: Sequence[Cause]
    ) -> RecordCorrection | None:
        """Return what a position puts right, and which of the two counts; None where nothing."""
        bound = bound_corrections(self.docket, self.context.now)
        made = [each for each in bound if each.right is not None and each.right.id == filed.id]
        wrong = made[0].wrong if made else None
        if wrong is None or made[0].fault:
            return None
        of_wrong = self._counting.causes(wrong.id)
        counts: Literal["old", "new"] | None = None
        if not of_wrong or not causes:
            counts = "new" if of_wrong else "old" if causes else None
        was = (wrong.record, self._shown(wrong))
        return RecordCorrection(wrong.id, wrong.seq, made[0].record.reason, was, counts)

    def _is_sealed(self, seq: int) -> bool:
        head = seals_of(self.context.workspace.corpus).newest
        return head is not None and head.checkpoint.size >= seq

    def _proof(self, seq: int) -> Attached | None:
        """Return the receipt with its proof as a file; None while the entry is not sealed."""
        if not self._is_sealed(seq):
            return None
        try:
            [found] = receipts_for(self.context.workspace, (seq,), self.context.now)
        except WrongUse:
            return None
        assert isinstance(found, WrittenReceipt), "of one alone it is raised"
        return _file_of_proof(seq), found.text.encode()

    # --- objections -------------------------------------------------------------------------------

    def _acts(self) -> Iterator[OwedLetter | LackingAddress]:
        round, context = Round(self.docket, self.context.now), self.context
        known = {each.id: each.record for each in self.docket.positions}
        for kind in _TOLD:
            for each in round.acts(kind):
                key = f"act {self.id}/{each.id}"
                if each.entry is None or not context.is_new(each.entry.recorded_at):
                    continue
                for objection in (known[id] for id in each.record.objections if id in known):
                    to = context.addressees.member(objection.cast_by)
                    if to is None:
                        yield LackingAddress(objection.cast_by, kind, self.id)
                    elif context.owes(key, to):
                        write = partial(self._act_mail, to, each.record, objection)
                        yield OwedLetter((key,), kind, self.id, to, write)

    def _act_mail(self, to: Addressee, act: Act, objection: Position, said: Messages) -> Mail:
        texts = [id for id in objection.texts if not act.units or id in act.units]
        reason = objection.reason or ""
        return objection_act_mail(self.subject(said), to.name, act, texts, reason)


def _file_of_proof(seq: int) -> str:
    return f"receipt-{seq:06d}.txt"
