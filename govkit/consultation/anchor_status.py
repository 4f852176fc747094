"""Where the words of a comment stand today: its quotation is looked for in the current revision.

The comment itself stays against the revision that it was made on.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from govkit.consultation.anchoring import Anchor, nearest_place, places_of
from govkit.consultation.consultation import Consultation
from govkit.languages.catalogue import Messages
from govkit.records.comments import Target

State = Literal["same", "stands", "moved", "changed", "gone", "whole"]
"""`same`: the text has the same words; `stands`: others changed, the quoted ones did not; `moved`:
they stand in another text; `changed`; `gone`: the text left; `whole`: it is about no text."""


class AnchorStatus(NamedTuple):
    """What became of the words that a comment on an earlier revision is about.

    `unit`, `clause` and `quote` say where they stand in the current revision, or, where they have
    changed, the words there that are most like them; an empty text where there is nothing.
    """

    revision: int
    state: State
    unit: str = ""
    clause: str = ""
    quote: str = ""


def anchor_status_of(
    consultation: Consultation, target: Target, *, nearest: bool = True
) -> AnchorStatus | None:
    """Return where the words of a comment stand now; None for one on the current revision.

    Without `nearest`, the words that are most like changed ones are not looked for.
    """
    now = consultation.number
    if target.revision == now:
        return None
    there = consultation.units(now)
    if target.unit is not None and target.unit in there:
        return _in_its_text(consultation, target, now, nearest)
    if target.quote is not None and (moved := _elsewhere(consultation, target.quote, now)):
        return moved
    return AnchorStatus(now, "whole" if target.unit is None else "gone")


def _in_its_text(
    consultation: Consultation, target: Target, now: int, nearest: bool
) -> AnchorStatus:
    assert target.unit is not None
    wording = consultation.wording(now, target.unit)
    found = places_of(wording, target.quote) if target.quote is not None else ()
    place = found[0] if len(found) == 1 else None
    if wording.digest == target.digest:
        return _at(now, "same", wording.id, place)
    if found:
        return _at(now, "stands", wording.id, place)
    if target.quote is None:
        return AnchorStatus(now, "changed", wording.id)
    moved = _elsewhere(consultation, target.quote, now)
    near = nearest_place(wording, target.quote) if nearest and moved is None else None
    return moved or _at(now, "changed", wording.id, near)


def _elsewhere(consultation: Consultation, quote: str, now: int) -> AnchorStatus | None:
    """Return the one other place where quoted words of several words stand, or None."""
    if len(quote.split()) < _TELLING:
        return None
    found = [
        (wording.id, place)
        for wording in consultation.wordings(now)
        for place in places_of(wording, quote)
    ]
    return _at(now, "moved", *found[0]) if len(found) == 1 else None


_TELLING = 4
"""Fewer quoted words than these say nothing about where a passage went."""


def _at(now: int, state: State, unit: str, place: Anchor | None) -> AnchorStatus:
    if place is None:
        return AnchorStatus(now, state, unit)
    return AnchorStatus(now, state, unit, place.clause, place.quote)


def about_the_words_now(consultation: Consultation, target: Target) -> list[str]:
    """Return what to tell who comments on an earlier revision; nothing for the current one."""
    status = anchor_status_of(consultation, target, nearest=False)
    said = consultation.messages
    return [anchor_status_in_words(said, target, status)] if status else []


def anchor_status_in_words(said: Messages, target: Target, status: AnchorStatus) -> str:
    """Return what to tell about a comment on an earlier revision: a sentence without a stop."""
    about = said.say("anchors.about", earlier=target.revision, number=status.revision)
    if status.state == "whole":
        return about
    if status.state == "gone":
        return about + said.say("anchors.no-more-in-it", unit=target.unit)
    return about + said.say("anchors.where", where=where(said, target, status))


def where(said: Messages, target: Target, status: AnchorStatus) -> str:
    """Return what became of the words, as the end of a sentence."""
    clause = said.say("anchors.in-clause", id=status.clause) if status.clause else ""
    match status.state:
        case "same":
            return said.say("anchors.same", unit=status.unit)
        case "stands":
            return said.say("anchors.stands", clause=clause)
        case "moved":
            return said.say("anchors.moved", unit=status.unit, clause=clause)
        case "gone":
            return said.say("anchors.gone", unit=target.unit)
        case "changed" if target.quote is None:
            return said.say("anchors.changed", unit=status.unit)
        case _:
            return said["anchors.quote-changed"]
