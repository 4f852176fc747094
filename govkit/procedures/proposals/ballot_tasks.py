"""Ballots to write: the members with an address for whom none was drafted in this clone."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from govkit.log.coordinators import coordinators_of
from govkit.procedures.proposals.member_ballots import speakers
from govkit.procedures.proposals.returned_mails import returned_addresses
from govkit.proposals.task import Task
from govkit.round.rounds import Round
from govkit.round.states import OPEN_FOR_POSITIONS, open_dockets, state_of
from govkit.source.record_bytes import instant_text
from govkit.store.private import addresses_on_record
from govkit.store.private_rows import DRAFTED, REMINDED, rows_of
from govkit.workspace import Workspace


def ballots_to_write(workspace: Workspace, now: datetime.datetime) -> Iterator[Task]:
    """Yield the ballots of each open revision that nobody drafted; whoever was heard needs none.

    Without addresses on record a clone writes no mails, and nothing is yielded.
    """
    gone, lines = returned_addresses(workspace.root), addresses_on_record(workspace.root)
    reached = {each.member for each in lines if each.address.casefold() not in gone}
    if not reached:
        return
    # A reminder holds the ballot. Drafts are sent, deleted or lie elsewhere: only notes stay.
    drafts = [
        (str(row.get("draft", "")), row.get("member"), str(row.get("at", "")))
        for name in (DRAFTED, REMINDED)
        for row in rows_of(workspace.root, name)
    ]
    who = coordinators_of(workspace.corpus)
    for docket in open_dockets(workspace.corpus, now):
        if state_of(docket, now).name not in OPEN_FOR_POSITIONS:
            continue
        round, id, number = Round(docket, now), docket.proposal.id, docket.number
        until = round.dates.closes or round.dates.comment_until
        if until <= now:
            continue
        heard = {
            member
            for each in docket.positions
            if each.logged and each.record.revision == number
            for member in (each.record.member, each.record.cast_by)
        }
        # The last call is another question than the opening, and is put to each once more.
        since = instant_text(round.dates.last_call) if round.dates.last_call else ""
        told = {
            member for draft, member, at in drafts if f"-{id}-r{number}-" in draft and at >= since
        }
        lacking = [each for each in speakers(round) if each in reached - heard - told]
        if lacking:
            asked = "the last call of " if since else ""
            what = (
                f"{id}: write the ballots of {asked}revision {number}; none was drafted here for "
                f"{', '.join(lacking)}"
            )
            yield Task(None, id, "ballot", what, who, f"govkit propose ballots {id}")
