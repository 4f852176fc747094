"""Texts that two open proposals change: said aloud, and shown as they are if both are adopted."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from govkit.corpus.copies import copy_of, read_copy
from govkit.corpus.documents import Document
from govkit.corpus.text_digests import digest_of, terms_used, unit
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.proposals.blockers import Blocked, Blocker
from govkit.proposals.texts import ProposedText, TextComparison
from govkit.records.decisions import ADOPTED
from govkit.records.proposals import Alternative, Unit
from govkit.round.docket import Docket, docket_of
from govkit.round.states import MAY_CHANGE_TEXTS, state_of, way_on
from govkit.source.writing import moved_to
from govkit.store import committed_files
from govkit.workspace.proposed_changes import ProposedChanges

Both = dict[tuple[str, str], bytes]


class Overlap(NamedTuple):
    """A text that another open proposal changes too: that proposal, its revision and its unit."""

    docket: Docket
    unit: Unit

    @property
    def proposal(self) -> str:
        """Return the id of the other proposal."""
        return self.docket.proposal.id


def overlaps(
    corpus: Corpus, ids: Collection[str], now: datetime.datetime, own: str | None = None
) -> list[Overlap]:
    """Return where open proposals, other than the one named `own`, change some texts."""
    found = []
    for document in corpus.of_kind("proposal"):
        docket = docket_of(corpus, document.id) if document.id != own else None
        if docket is None or docket.revision is None:
            continue
        if state_of(docket, now).name not in MAY_CHANGE_TEXTS:
            continue
        found += [Overlap(docket, each) for each in docket.revision.units if each.id in ids]
    return found


def require_known(corpus: Corpus, proposals: Iterable[str]) -> None:
    """Raise `WrongUse` where a proposal that is named is not there."""
    known = [each.id for each in corpus.of_kind("proposal")]
    for id in proposals:
        if id not in known:
            raise WrongUse(
                f"there is no proposal `{id}`",
                typed=id,
                known=known,
                otherwise="`govkit list proposal` lists them.",
            )


def require_said(
    found: Sequence[Overlap],
    units: Sequence[ProposedText],
    alongside: Collection[str],
    now: datetime.datetime,
) -> None:
    """Raise `Blocked` where a text is in an open proposal that is not named in `alongside`."""
    after = {each.unit.id: each.unit.after for each in units}
    stops = []
    for each in found:
        if each.proposal in alongside:
            continue
        where = f"{each.proposal} revision {each.docket.number}, “{each.docket.proposal.title}”"
        if after[each.unit.id] == each.unit.after:
            why = f"these very words are in consultation already, as {where}"
            help = "Comment there, or take this text out of yours."
            if each.docket.decided_by(now) is not None:
                why, help = _decided(each.docket, where)
        else:
            why = f"an open proposal changes this text, too: {where}"
            help = (
                f"Revise that one (`govkit propose revise {each.proposal}`), or say that yours "
                f"goes on beside it: --alongside {each.proposal}."
            )
        stops.append(Blocker(each.unit.id, why, help))
    if stops:
        message = "two open proposals would change the same text"
        raise Blocked(message, stops, "Nothing was changed.")


def _decided(docket: Docket, where: str) -> tuple[str, str]:
    """Return why the words of a decided proposal are not opened again, and what to do."""
    id, decision = docket.proposal.id, docket.decision
    assert decision is not None
    if decision.record.outcome in ADOPTED:
        return (
            f"these very words were decided already, as {where}",
            f"Put them in place: `govkit decide {id} --apply`.",
        )
    return (
        f"these very words were proposed already, and not adopted, as {where}",
        f"{way_on(id)}; then the same words can be proposed again.",
    )


def require_shared(found: Sequence[Overlap], alongside: Iterable[str]) -> None:
    """Raise `WrongUse` where a proposal is named as running alongside, and shares no text."""
    shared = {each.proposal for each in found}
    for id in alongside:
        if id not in shared:
            raise WrongUse(
                f"{id} is not open, or changes none of these texts", "Leave --alongside out for it."
            )


def with_alternatives(
    changes: ProposedChanges,
    sides: TextComparison,
    units: Sequence[ProposedText],
    found: Sequence[Overlap],
    given: Mapping[str, bytes],
) -> tuple[tuple[ProposedText, ...], Both]:
    """Return the units with what holds where another proposal is applied first, and those texts.

    `given` are texts that a person wrote for this case, by id. Without one, the changes of both
    sides are put together line by line. Raises `Blocked` where they touch the same lines.
    """
    made = []
    both: Both = {}
    stops: list[Blocker] = []
    for each in units:
        others = []
        for other in (one for one in found if one.unit.id == each.unit.id):
            data = _text_of_both(changes, each, other, given)
            if isinstance(data, Blocker):
                stops.append(data)
            elif other.unit.after is not None:
                after = _digest(changes, sides, each, data)
                both[other.proposal, each.unit.id] = data
                others.append(
                    Alternative(proposal=other.proposal, before=other.unit.after, after=after)
                )
        unit = each.unit.model_copy(update={"alternatives": tuple(others)}) if others else each.unit
        made.append(each._replace(unit=unit))
    if stops:
        raise Blocked(
            "what holds if both proposals are adopted has to be written by a person",
            stops,
            "Put the texts into a folder and name it with --both FOLDER. Nothing was changed.",
        )
    return tuple(made), both


def _text_of_both(
    changes: ProposedChanges, each: ProposedText, other: Overlap, given: Mapping[str, bytes]
) -> bytes | Blocker:
    id = each.unit.id
    if id in given:
        return given[id]
    theirs = copy_of(changes.now, f"{other.proposal}/rev-{other.docket.number}", "after", id)
    if each.after is None or other.unit.after is None or theirs is None:
        return Blocker(
            id,
            f"this text would go in one of two proposals; {other.proposal} is the other",
            f"Wait until {other.proposal} is decided, or revise it.",
        )
    path = each.after.path
    their_data = moved_to(path, each.after.kind or "", changes.workspace.files[theirs.path])
    # Two drafts have no words in common to start from, so this proposal's own words hold
    # (decision 15).
    if each.before is None:
        return changes.after(path)
    if each.unit.cause:
        return their_data
    base = moved_to(path, each.after.kind or "", changes.before(each.before.path))
    found = committed_files.both_changes(base, changes.after(path), their_data)
    # Lines can go together without a clash and still make no record.
    if found is None or read_copy(path, found, changes.now.charter).record is None:
        return Blocker(
            id,
            f"yours and {other.proposal} change the same lines",
            "Write the text as it is to be where both are adopted.",
        )
    return found


def _digest(
    changes: ProposedChanges, sides: TextComparison, each: ProposedText, data: bytes
) -> str:
    document = read_text(changes, each.unit.id, data)
    proposed = {one.unit.id: one.unit.after for one in sides.units}
    terms = {}
    for slug in terms_used(document):
        term = sides.proposed.find(("term",), slug)
        terms[slug] = proposed.get(slug) or (sides.proposed.digests.of(term) if term else None)
    if document.record is None or None in terms.values():
        raise WrongUse(
            f"the text of {each.unit.id} for the case that both are adopted can't be bound",
            "A term in it is missing, or a mark is wrong. Mend the file in the folder of --both.",
        )
    return digest_of(unit(document, terms))


def read_text(changes: ProposedChanges, id: str, data: bytes) -> Document:
    """Return a text that stands at no place of its own, known by its id."""
    return read_copy(f"{id}.yaml", data, changes.now.charter)
