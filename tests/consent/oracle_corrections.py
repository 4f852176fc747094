"""What was written down wrongly, reckoned from decision 43 alone: the third part of `oracle.py`.

It imports nothing of `govkit/consent`, as the rest of the plain reckoning.
"""

from __future__ import annotations

from tests.consent.oracle_evidence import (
    LEVELS,
    Event,
    History,
    level_of,
    of_kind,
    signature_holds,
    vouching,
    what_shows,
)

NOTHING = "nothing"
CAUTION = [
    "object",
    "object without a reason",
    "stand-aside",
    "abstain",
    "withdraw",
    NOTHING,
    "consent-with-reservation",
    "consent",
]


def corrected(history: History) -> tuple[list[Event], list[Event], list[Event]]:
    """The positions that are heard, those that are not, and those that wait behind another."""
    positions = of_kind(history, "position")
    true = [each for each in of_kind(history, "correction") if binds(history, each)]
    rights = [each["right"] for each in true]
    heard: list[Event] = []
    gone: list[Event] = []
    waits: list[Event] = []
    for position in positions:
        mine = [each for each in true if each["of"] == position["name"]]
        if mine:
            follow(history, position, mine, (heard, gone, waits))
        elif position["name"] in rights:
            continue  # it was followed with the one that it corrects
        elif position["corrects"]:
            gone.append(position)  # it says so itself, and no correction does
        else:
            heard.append(position)
    return heard, gone, waits


def named(history: History, name: str) -> Event:
    return next(each for each in of_kind(history, "position") if each["name"] == name)


def binds(history: History, correction: Event) -> bool:
    """Of a first record, by one that was filed for it, in words that nobody changed since."""
    wrong, right = named(history, correction["of"]), named(history, correction["right"])
    if wrong["changed_since"] or right["changed_since"] or wrong["corrects"]:
        return False
    in_order = wrong["n"] < right["n"] < correction["n"]
    return in_order and right["at"] == wrong["at"] and right["corrects"] == wrong["name"]


def follow(
    history: History, wrong: Event, corrections: list[Event], lists: tuple[list[Event], ...]
) -> None:
    """The newest that counts takes the place of all before; what came after it waits."""
    heard, gone, waits = lists
    base, waiting = wrong, []
    for correction in corrections:
        # From the same moment, and in the same place of the order.
        right = {**named(history, correction["right"]), "n": wrong["n"]}
        if counts(history, right, base):
            gone.extend((base, *waiting))
            base, waiting = right, []
        else:
            waiting.append(right)
    if not waiting:
        heard.append(base)
        return
    several = sorted([base, *waiting], key=lambda each: CAUTION.index(each["position"]))
    for each in several:
        kept = [unit for unit in each["units"] if most_cautious(each, unit[0], several)]
        if len(kept) < len(each["units"]):
            waits.append(each)
        if kept:
            worth = stronger(history, each, base)
            heard.append({**each, "units": kept, "worth": worth, "doubted": True})


def stronger(history: History, one: Event, base: Event) -> str:
    """It counts with the stronger evidence of the two; another member's shows nothing of this."""
    own = level_of(history, one)
    if one["member"] != base["member"]:
        return own
    return max(own, level_of(history, base), key=LEVELS.index)


def most_cautious(each: Event, unit: str, several: list[Event]) -> bool:
    own = CAUTION.index(said_about(each, unit))
    for other in several:
        same = other["member"] == each["member"]
        rank = CAUTION.index(said_about(other, unit) if same else NOTHING)
        first = several.index(other) < several.index(each)
        if other is not each and (rank < own or (rank == own and first)):
            return False
    return True


def said_about(position: Event, unit: str) -> str:
    if unit not in [id for id, *_ in position["units"]]:
        return NOTHING
    if position["position"] == "object" and not position["reason"]:
        return "object without a reason"
    return str(position["position"])


def counts(history: History, right: Event, base: Event) -> bool:
    """Somebody else has seen what shows it, or the member confirms; and it is as sure as before."""
    speaker = history["members"].get(right["cast_by"], {})
    speaks = right["cast_by"] == right["member"] or speaker.get("represents") == right["member"]
    sure = LEVELS.index(level_of(history, right)) >= LEVELS.index(level_of(history, base))
    return speaks and sure and confirmed(history, right, base)


def confirmed(history: History, right: Event, base: Event) -> bool:
    own = right["member"] == base["member"]
    for shown in of_kind(history, "evidence"):
        if shown["position"] != right["name"] or shown["words_of"] != right["name"]:
            continue
        level = min(what_shows(history, right, shown), shown["claims"], key=LEVELS.index)
        if level == "E0":
            continue
        if shown["by"] == "signature":
            if own and signature_holds(history, right, shown):
                return True
        elif vouching(history, shown["n"]) or (own and level in ("E1c", "E2")):
            return True
    return False
