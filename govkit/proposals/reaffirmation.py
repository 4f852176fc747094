"""What a member said before about exactly the words that are proposed now.

A position belongs to its proposal and is never carried into another one. It can be said again in
one step, as a new position with evidence of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus
from govkit.log.entries import valid_entries
from govkit.records.corrections import Correction
from govkit.records.governance import Member
from govkit.records.kinds import path_in_proposal
from govkit.records.positions import Pair, Position
from govkit.records.proposals import Unit
from govkit.round.docket import Docket
from govkit.round.filed_records import FiledRecord
from govkit.round.roll import may_speak, roll_of
from govkit.round.states import OPEN_FOR_POSITIONS, state_of


class EarlierPosition(NamedTuple):
    """A position that was filed about a proposal."""

    proposal: str
    filed: FiledRecord[Position]

    @property
    def path(self) -> str:
        """Return the file of the position."""
        return path_in_proposal(self.proposal, self.filed.id)


class ReaffirmationOffer(NamedTuple):
    """The words of one text, and the member's last position about exactly these words."""

    pair: Pair
    said: EarlierPosition


def said_in(corpus: Corpus) -> tuple[EarlierPosition, ...]:
    """Return every position that the log has in these words, in its order.

    What somebody said who may not speak for the member is nothing that the member said.
    """
    entries = valid_entries(corpus)
    known = corpus.of_kind("member")
    members = {each.id: each.record for each in known if isinstance(each.record, Member)}
    found = []
    wrong = {
        f"{each.id.split('/')[0]}/{each.record.corrects}"
        for each in corpus.of_kind("correction")
        if isinstance(each.record, Correction)
    }
    for document in corpus.of_kind("position"):
        if document.id in wrong:
            continue  # nobody said it, or it is in doubt
        record, entry = document.record, entries.get((document.path, "position"))
        if not isinstance(record, Position) or entry is None:
            continue
        day = entry.received_at.date()
        if entry.digest == digest_for("position", record) and may_speak(
            members, record.cast_by, record.member, day
        ):
            proposal = document.path.split("/")[2]
            id = document.id.removeprefix(f"{proposal}/")
            found.append(EarlierPosition(proposal, FiledRecord(id, record, entry)))
    return tuple(sorted(found, key=lambda each: each.filed.seq))


def offers_to(
    member: str, proposal: str, units: Iterable[Unit], said: Iterable[EarlierPosition]
) -> tuple[ReaffirmationOffer, ...]:
    """Return what a member can say again to the texts of a revision, in its order.

    Nothing is offered for a text where the member's last word in the proposal is about these very
    words, nor where the member took back what was said about them. `said` is in the order of the
    log.
    """
    own = [each for each in said if each.filed.logged and each.filed.record.member == member]
    pairs = [Pair(id=unit.id, before=unit.before, after=unit.after) for unit in units]
    return tuple(
        ReaffirmationOffer(pair, last)
        for pair in pairs
        if not _has_spoken(pair, proposal, own) and (last := _last_about(pair, own)) is not None
    )


def _has_spoken(pair: Pair, proposal: str, own: Iterable[EarlierPosition]) -> bool:
    """Say whether the last word in the proposal about a text is about these words of it."""
    here = [
        each.filed.record
        for each in own
        if each.proposal == proposal and pair.id in {one.id for one in each.filed.record.units}
    ]
    return bool(here) and pair in here[-1].units


def _last_about(pair: Pair, own: Iterable[EarlierPosition]) -> EarlierPosition | None:
    found: EarlierPosition | None = None
    for each in own:
        record = each.filed.record
        if record.position == "withdraw":
            if found and found.proposal == each.proposal and _is_about(pair.id, record):
                found = None
        elif pair in record.units:
            found = each
    return found


def _is_about(id: str, record: Position) -> bool:
    return any(pair.id == id for pair in record.units)


def offers_of(
    docket: Docket, said: Iterable[EarlierPosition], now: datetime.datetime
) -> Iterator[tuple[str, ReaffirmationOffer]]:
    """Yield each member on the roll with what they can say again, while it still counts."""
    revision = docket.revision
    state = state_of(docket, now)
    over = state.name == "last-call" and state.until is not None and now >= state.until
    if revision is None or state.name not in OPEN_FOR_POSITIONS or over:
        return
    by_member: dict[str, list[EarlierPosition]] = {}
    for each in said:
        if each.filed.entry is None or each.filed.entry.recorded_at > now:
            continue
        by_member.setdefault(each.filed.record.member, []).append(each)
    for member in roll_of(docket.members, revision.opened.date(), now.date()):
        own = by_member.get(member)
        if own:
            for offer in offers_to(member, docket.proposal.id, revision.units, own):
                yield member, offer


def reaffirmable(corpus: Corpus, docket: Docket, now: datetime.datetime) -> list[dict[str, str]]:
    """Return who said something before about the same words, and could say it again."""
    return [
        {
            "member": member,
            "unit": each.pair.id,
            "position": each.said.filed.record.position,
            "record": each.said.path,
        }
        for member, each in offers_of(docket, said_in(corpus), now)
    ]
