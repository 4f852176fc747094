"""Saying again, in one step, what a member said before about exactly the same words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from govkit.errors import WrongUse
from govkit.procedures.log.numbering import next_free, taken_places
from govkit.procedures.proposals.positions import (
    NewPosition,
    PositionInput,
    asked_of,
    pairs_of,
    prepare_position,
    require_may_speak,
)
from govkit.proposals.reaffirmation import EarlierPosition, ReaffirmationOffer, offers_to, said_in
from govkit.records.enumerations import SAYS
from govkit.records.kinds import folder_of_proposal
from govkit.workspace import Workspace


def offers_by_position(
    workspace: Workspace, said: PositionInput
) -> dict[EarlierPosition, tuple[ReaffirmationOffer, ...]]:
    """Return what a member can say again about a proposal, by the position that says it.

    `said.units` empty means all texts. Raises `WrongUse` where there is nothing.
    """
    asked = asked_of(workspace, said.proposal)
    require_may_speak(workspace, said.cast_by or said.member, said.member)
    wanted = {pair.id for pair in pairs_of(asked, said.units)}
    units = [unit for unit in asked.revision.units if unit.id in wanted]
    found: dict[EarlierPosition, tuple[ReaffirmationOffer, ...]] = {}
    for each in offers_to(said.member, said.proposal, units, said_in(workspace.corpus)):
        found[each.said] = (*found.get(each.said, ()), each)
    if not found:
        raise WrongUse(
            f"{said.member} has nothing to say again about revision {asked.number} of "
            f"{said.proposal}",
            "Either nothing was said before about exactly these words, before and after, or what "
            "was said in this proposal about them stands. `govkit status "
            f"{said.proposal}` shows both.",
        )
    return found


def prepare_reaffirmation(
    workspace: Workspace,
    offers: dict[EarlierPosition, tuple[ReaffirmationOffer, ...]],
    said: PositionInput,
) -> list[NewPosition]:
    """Return a new position for each earlier one; the earlier words are kept."""
    found: list[NewPosition] = []
    folder = f"{folder_of_proposal(said.proposal)}positions"
    for each, several in offers.items():
        earlier = each.filed.record
        again = replace(
            said, stance=earlier.position, reason=None, units=tuple(one.pair.id for one in several)
        )
        # The reason is that of then, or withheld as then; here a reservation only has to have one.
        position = prepare_position(
            workspace, replace(again, reason=earlier.reason or "-")
        ).position
        kept = {"reason": earlier.reason, "reason_withheld": earlier.reason_withheld}
        publish = earlier.publish.model_copy(
            update={"name": earlier.publish.name and said.publish_name}
        )
        position = position.model_copy(update=kept | {"publish": publish})
        taken = (*taken_places(workspace), *(one.path for one in found))
        place = next_free(taken, folder, 2, f"{said.member}-")
        found.append(NewPosition(position, place, each.path))
    return found


def in_words(offers: dict[EarlierPosition, tuple[ReaffirmationOffer, ...]]) -> Iterator[str]:
    """Yield a sentence for each earlier position: what it said, about which texts, and where."""
    for each, several in offers.items():
        record = each.filed.record
        entry = each.filed.entry
        day = f" on {entry.received_at:%Y-%m-%d}" if entry else ""
        texts = ", ".join(one.pair.id for one in several)
        said = SAYS[record.position]
        yield f"{record.member} {said}: {texts} (said before{day}, {each.path})"
