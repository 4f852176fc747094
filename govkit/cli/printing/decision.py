"""How a proposal stands, for people: the state, the sum for each text, and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.printing.bars import bar_lines, key_to_signs
from govkit.cli.printing.words import number_of, outcome_in_words, visible
from govkit.consent.counting import DIFFER, LOOK_AGAIN
from govkit.consent.decision import (
    RoundResult,
    UnitDecision,
    given_counts,
    missing_counts,
    required_counts,
)
from govkit.languages.catalogue import messages
from govkit.proposals.call_inputs import counted_inputs, inputs_of
from govkit.proposals.reaffirmation import reaffirmable
from govkit.records.decisions import ADOPTED
from govkit.round.states import OVER, way_on

if TYPE_CHECKING:
    from govkit.consent.status import Status
    from govkit.corpus.whole import Corpus

_COLOURS = {
    "adopted": "green",
    "adopted-with-reservations": "green",
    "adopted-with-dissent": "yellow",
}
_SAID = {
    "consent": "consent",
    "consent-with-reservation": "consent with reservation",
    "stand-aside": "stand aside",
    "abstain": "abstain",
}
_OBJECTION = {
    "unanswered": "not answered yet",
    "answered": "answered, its author is not satisfied",
    "escalated": "passed on, not decided yet",
    "upheld": "upheld: these words are not adopted",
    "dismissed": "dismissed; decided with this dissent",
    "overruled": "answered; decided with this dissent",
    "satisfied": "its author is satisfied",
    "withdrawn": "withdrawn",
    "no-reason": "without a reason, no longer in the way",
    "reason-asked": "the reason was asked for",
}
_MEASURES = {
    "consents": "consents",
    "groups": "groups",
    "endorsers": "endorsers",
    "quorum": "quorum",
    "by_group": "in the group",
    "majority": "majority in the group",
    "yes": "yes in the group",
}
FORMING = (
    "This coalition is forming: it was not founded yet, so nothing can be adopted (`govkit found`)."
)


def standing_as_text(corpus: Corpus, status: Status, now: datetime.datetime) -> str:
    """Return how a proposal stands."""

    docket, state = status.docket, status.state
    head = click.style(f"{docket.proposal.id}  ", bold=True) + visible(docket.proposal.title)
    words = [_in_words(status)]
    if docket.revisions:
        words.append(f"revision {docket.number}")
    if state.until is not None:
        words.append(days_left(state.until, now))
    lines = [head, "  " + " · ".join(words)]
    if call := docket.proposal.call:
        lines.append(f"  From the call {call}: {counted_inputs(inputs_of(corpus, call))}")
    if soon := state.lapses_soon(now):
        lapses = f"It lapses on {soon.date()}, if nobody takes it further."
        lines.append("  " + click.style(lapses, fg="yellow"))
    if corpus.is_forming:
        lines.append("  " + click.style(FORMING, fg="yellow"))
    lines += _recorded(status)
    if status.decision is not None:
        told = {each.record for each in status.not_counted}
        reported = tuple(e for e in status.decision.reported if e.record not in told)
        decision = replace(status.decision, reported=reported)
        lines += decision_lines(decision, over=state.name in OVER)
        lines += _not_counted(status)
        lines += _may_reaffirm(docket.proposal.id, reaffirmable(corpus, docket, now))
    return "\n".join(lines) + "\n\n"


def _in_words(status: Status) -> str:
    if status.lost:
        return "decided"
    if status.recorded is not None and is_refused(status):
        refused = "withdrawal not agreed" if status.recorded.withdraws else "not adopted"
        return f"decided: {refused}"
    return messages("en")[f"standing.states.{status.state.name}"]


def is_refused(status: Status) -> bool:
    """Say whether it was decided, and not adopted: it can be revised or withdrawn."""
    decided = status.recorded if status.state.name == "decided" else None
    return decided is not None and decided.outcome not in ADOPTED


def _recorded(status: Status) -> Iterator[str]:
    """Yield when it was decided, and whether the same comes out of what the decision rested on."""
    if status.lost:
        yield "  " + click.style(f"{status.lost[:1].upper()}{visible(status.lost[1:])}.", fg="red")
    if is_refused(status):
        yield f"  {way_on(status.docket.proposal.id)}."
    if status.recorded is None:
        return
    when = f"  Decided on {status.recorded.now:%Y-%m-%d}"
    if not status.doubts:
        yield f"{when}, shown as it was. Reckoned again from what it rested on: the same."
        return
    yield f"{when}, shown from its record. It was not reckoned again, or not to the same end:"
    for doubt in status.doubts:
        yield "    " + click.style(visible(doubt), fg="yellow")


def _not_counted(status: Status) -> Iterator[str]:
    """Yield why positions do not count; that words are stale is said with their texts."""
    for each in status.not_counted:
        if each.cause.remedy != LOOK_AGAIN:
            yield f"  Not counted: {visible(each.record)}: {visible(each.cause.words)}"
        if each.cause.remedy.startswith(DIFFER):
            yield f"    {visible(each.cause.remedy)}."


def _may_reaffirm(proposal: str, offers: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yield who spoke before about the same words: nothing of it is counted unasked.

    A record is named by its place in its proposal, with the number of that where it is another one.
    """
    texts: dict[tuple[str, str], list[str]] = {}
    for each in offers:
        texts.setdefault((each["member"], each["record"]), []).append(each["unit"])
    for (member, record), units in texts.items():
        yield (
            f"  Said the same words before, not counted: {visible(member)}: {', '.join(units)} "
            f"({_place(proposal, record)}). Ask, then `govkit consent --reaffirm`."
        )


def _place(proposal: str, path: str) -> str:
    place = path.removeprefix("governance/proposals/").removesuffix(".yaml")
    return visible(place.removeprefix(f"{proposal}/"))


def days_left(until: datetime.datetime | None, now: datetime.datetime) -> str:
    """Return how long it is to a moment, in words: `3 days left`, `ended 2 days ago`."""
    if until is None:
        return "-"
    seconds = int((until - now).total_seconds())
    days, hours = abs(seconds) // 86_400, abs(seconds) // 3_600
    length = number_of(days, "day") if days else number_of(hours, "hour")
    return f"{length} left" if seconds > 0 else f"ended {length} ago"


def decision_lines(decision: RoundResult, *, over: bool = False) -> Iterator[str]:
    """Yield the lines of a decision, two columns in. `over` says that it will never be made."""
    word = outcome_in_words(decision, over=over)
    standing = "As it stood then" if over else "As it stands"
    said = f"{standing}: {word}" if decision.provisional else f"Outcome: {word}"
    yield "  " + click.style(said, fg=_COLOURS.get(decision.outcome, "red"), bold=True)
    for reason in decision.pending:
        yield f"  {'Over' if over else 'Not final yet'}: {visible(reason)}"
    if any(unit.sizes for unit in decision.units):
        yield from key_to_signs()
    for unit in decision.units:
        yield from _unit(unit, over)
    for title, asides in (
        ("Not counted", decision.rejected),
        ("Too late to count, kept and published", decision.late),
        ("Reported only, not counted", decision.reported),
    ):
        for each in asides:
            yield f"  {title}: {visible(each.record)}: {visible(each.cause)}"
    if decision.unanswered:
        yield f"  Comments without an answer: {visible(', '.join(decision.unanswered))}"
    for objection in decision.left:
        yield f"  Objection to a text that left: {objection.unit}, {visible(objection.member)}"
    for warning in decision.warnings:
        yield "  " + click.style("Note: ", fg="yellow") + visible(warning)
    for change in decision.would_change:
        yield f"  What would change it: {', '.join(change.units)}: {visible(change.words)}"


def _unit(unit: UnitDecision, over: bool) -> Iterator[str]:
    colour = _COLOURS.get(unit.outcome, "red")
    outcome = click.style(outcome_in_words(unit, over=over), fg=colour)
    name = click.style(unit.id, bold=True)
    yield f"  {name}  class {unit.number}, by the policy {unit.policy}: {outcome}"
    for why in unit.why:
        yield f"    {visible(why)}"
    yield from bar_lines(unit)
    yield from _sum(unit)
    for said, words in _SAID.items():
        members = sorted(voice.member for voice in unit.voices if voice.said == said)
        if members:
            yield f"    {words}: {visible(', '.join(members))}"
    for voice in unit.bodies:
        spoke = ", ".join(f"{member} ({_said(said)})" for member, said in voice.spoke)
        counts = f"counted once: {_said(voice.said)}"
        yield f"    speak for {visible(voice.name)}: {visible(spoke)}; {counts}"
    for each in unit.objections:
        reason = f": {visible(each.reason)}" if each.reason else ""
        yield (
            "    "
            + click.style(
                f"objects: {visible(each.member)} ({_OBJECTION[each.state]})", fg="yellow"
            )
            + reason
        )
    if unit.stale:
        yield f"    spoke about other words, ask again: {visible(', '.join(unit.stale))}"
    if unit.groups_not_heard:
        yield f"    not heard, whole groups: {', '.join(unit.groups_not_heard)}"
    if unit.not_heard:
        yield f"    not heard: {visible(', '.join(unit.not_heard))}"


def _said(stance: str) -> str:
    return "other words" if stance == "stale" else stance.replace("-", " ")


def _sum(unit: UnitDecision) -> Iterator[str]:
    sides = [dict(_flat(side(unit))) for side in (required_counts, given_counts, missing_counts)]
    for name, needed in sides[0].items():
        lacks = sides[2].get(name)
        line = f"    {name}: {needed} required, {sides[1].get(name, 0)} given"
        yield line + (click.style(f", {lacks} missing", fg="red") if lacks else "")


def _flat(side: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in side.items():
        if isinstance(value, dict):
            for group, inner in value.items():
                yield f"{_MEASURES[name]} {group}", inner
        else:
            yield _MEASURES[name], value
