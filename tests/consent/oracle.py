"""What is decided, reckoned a second time by the handbook alone: slow, plain, with lists and loops.

It was written from docs/ (evidence, proposals, log, decisions 11, 30, 39 to 43, 51) and from the
words of the policies, without a look at `govkit/consent`, and imports nothing of it. A history is
plain data: members, a policy, and events in the order of the log. Moments are days after the
opening; words of texts are any two strings that are equal or not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.consent.oracle_corrections import corrected
from tests.consent.oracle_evidence import (
    Event,
    History,
    close,
    false_acts,
    group_at,
    known_at,
    late_comments,
    matters,
    of_kind,
    person_of,
    provisional,
    revisions,
    roll,
    sure,
    valid_acts,
    voice_of,
    vouching,
)

YES = ["consent", "consent-with-reservation"]
CAUTIOUS_FIRST = ["object", "stand-aside", "abstain", "withdraw", "answered", *reversed(YES)]
ADOPTED = ["adopted", "adopted-with-reservations", "adopted-with-dissent"]
OUTCOMES = [*ADOPTED, "not-adopted", "inquorate", "blocked"]
BLOCKS = ["unanswered", "answered", "escalated", "upheld", "reason-asked"]
DISSENT = ["dismissed", "overruled", "no-reason"]


def reckon(history: History, now: float) -> dict[str, Any]:
    """What is decided at a moment: the outcome, a sum for each text, and what does not count."""
    history = {**history, "events": known_at(history, now)}
    revision = revisions(history)[-1]
    said = admit(history, now)
    units = {id: decide_unit(history, said["counts"], id, now) for id in revision["units"]}
    worst = max(OUTCOMES.index(unit["outcome"]) for unit in units.values())
    return {
        "outcome": OUTCOMES[worst],
        "provisional": provisional(history, now) or waits_for_a_ruling(units),
        "units": units,
        "late": [each["name"] for each in said["late"]] + late_comments(history, now),
        "refused": [each["name"] for each in said["refused"]] + false_acts(history, now),
        "weak": [each["name"] for each in said["weak"]],
    }


def waits_for_a_ruling(units: dict[str, Any]) -> bool:
    return any(state == "escalated" for unit in units.values() for _, state in unit["objections"])


# --- what is heard --------------------------------------------------------------------------------


def admit(history: History, now: float) -> dict[str, list[Event]]:
    """Each position to one of four lists: counts, late, refused, weak."""
    lists: dict[str, list[Event]] = {"counts": [], "late": [], "refused": [], "weak": []}
    heard, gone, waits = corrected(history)
    # Two that stand in one place, for two members of one voice: the more cautious is the later one.
    caution = {said: -place for place, said in enumerate(CAUTIOUS_FIRST)}
    for position in sorted(heard, key=lambda each: (each["n"], caution[each["position"]])):
        lists[where_to(history, position, now)].append(position)
    lists["refused"] += gone
    lists["weak"] += waits
    return lists


def where_to(history: History, position: Event, now: float) -> str:
    speaker = history["members"].get(position["cast_by"], {})
    speaks = position["cast_by"] == position["member"]
    speaks = speaks or speaker.get("represents") == position["member"]
    if not speaks or position["logged"] > now or position["revision"] > len(revisions(history)):
        return "refused"
    if position["changed_since"] or not may_be_heard(history, position):
        return "refused"
    closes = close(history)
    if closes is not None and position["at"] >= closes:
        return "late"
    asked = history["policy"]["min_evidence"]
    need = asked["consent"] if position["position"] in YES else asked["object"]
    return "counts" if sure(history, position, need) else "weak"


def may_be_heard(history: History, position: Event) -> bool:
    """On the roll; or what one who left objected to with a reason, and takes it back."""
    every = revisions(history)
    if group_at(history, position["member"], every[-1]["at"]) is not None:
        return True
    last = [each for each in every if each["at"] <= position["at"]][-1]
    was = group_at(history, position["member"], last["at"]) is not None
    known = any(group_at(history, position["member"], each["at"]) for each in every)
    may = position["reason"] and was if position["position"] == "object" else takes_back(position)
    goes_on = any(
        id not in every[-1]["units"] or words_since(history, id, pair) != "stale"
        for id, *pair in position["units"]
    )
    return goes_on and known and bool(may)


def words_since(history: History, unit: str, pair: list[str | None]) -> str:
    """Whether words given to a pair still fit: `fresh`, `carried` over small edits, or `stale`."""
    every = revisions(history)
    now = every[-1]["units"].get(unit)
    if now == pair:
        return "fresh"
    rule = history["policy"]["editorial"]
    for number in range(len(every) - 1, -1, -1):
        there = every[number]["units"].get(unit)
        if there == pair:
            return "carried"
        edit = every[number]["edits"].get(unit)
        if there is None or there[0] != pair[0] or not rule["carry"]:
            return "stale"
        same = number > 0 and every[number - 1]["units"].get(unit) == there
        if not same and (edit not in (1, 2) or challenged(history, every[number])):
            return "stale"
    return "stale"


def challenged(history: History, revision: Event) -> bool:
    """Whether a member said in time that an edit called editorial changes the meaning."""
    end = revision["at"] + history["policy"]["editorial"]["challenge"]
    for comment in of_kind(history, "comment"):
        number = revisions(history).index(revision) + 1
        in_time = revision["at"] <= comment["at"] < end and comment["revision"] == number
        if comment["challenge"] and in_time and comment["author"] in history["members"]:
            return True
    return False


def pair_of(position: Event, unit: str) -> list[str | None] | None:
    found = [[before, after] for id, before, after in position["units"] if id == unit]
    return found[0] if found else None


def takes_back(position: Event) -> bool:
    confirms = position["confirms"] and position["position"] != "object"
    return bool(position["position"] == "withdraw" or confirms)


def seen(later: Event, earlier: Event) -> bool:
    """A signed statement has seen nothing that was filed after the entry that it names."""
    return later["head"] is None or earlier["n"] <= later["head"]


def follows(history: History, later: Event, earlier: Event) -> bool:
    """Filed after it, with it before the eyes; and by a signed head, or received no earlier."""
    if earlier["n"] > later["n"] or not seen(later, earlier):
        return False
    signed = later["head"] is not None and sure(history, later, "E3") and not later.get("doubted")
    return bool(signed or later["at"] >= earlier["at"])


def received_before(history: History, filed_later: Event, other: Event) -> bool:
    """Two coordinators have vouched for both mails, which show when an own host received them."""
    shown = arrival_shown(history, filed_later) and arrival_shown(history, other)
    return shown and bool(filed_later["at"] < other["at"])


def arrival_shown(history: History, position: Event) -> bool:
    """Whether a mail that an own host received shows it, and a second coordinator vouches."""
    for shown in of_kind(history, "evidence"):
        own = shown["position"] == shown["words_of"] == position["name"]
        mail = shown["by"] == "mail" and shown["own_host"] and shown["at"] == position["at"]
        if own and mail and vouching(history, shown["n"]) and not position.get("doubted"):
            return True
    return False


def decide_unit(history: History, counts: list[Event], unit: str, now: float) -> dict[str, Any]:
    """The sum of one text."""
    about = [each for each in counts if pair_of(each, unit) is not None]
    objections = objections_to(history, about, unit, now)
    voices, stale = voices_of(history, about, objections, unit)
    result = tally(history, voices, unit)
    states = [state for _, state in objections]
    if any(state in BLOCKS for state in states):
        outcome = "blocked"
    elif result["inquorate"]:
        outcome = "inquorate"
    elif result["missing"]:
        outcome = "not-adopted"
    elif any(state in DISSENT for state in states):
        outcome = "adopted-with-dissent"
    elif "consent-with-reservation" in voices.values():
        outcome = "adopted-with-reservations"
    else:
        outcome = "adopted"
    on_roll = roll(history)
    heard = {on_roll[voice] for voice in voices}
    return {
        "outcome": outcome,
        "voices": voices,
        "by_group": result["by_group"],
        "stale": sorted(stale),
        "not_heard": sorted(set(on_roll) - set(voices) - set(stale)),
        "groups_not_heard": sorted(set(history["groups"]) - heard),
        "objections": sorted((each["name"], state) for each, state in objections),
    }


# --- objections -----------------------------------------------------------------------------------


def objections_to(
    history: History, about: list[Event], unit: str, now: float
) -> list[tuple[Event, str]]:
    """The newest objection of each speaker with what became of it: five things can end it."""
    newest: dict[tuple[str, str], Event] = {}
    on_roll = roll(history)
    for each in about:
        if each["position"] == "object" and goes_on(history, each, unit, on_roll):
            speaker = voice_of(history, each["member"]), person_of(history, each["cast_by"])
            newest[speaker] = each
    return [
        (newest[speaker], state_of(history, about, newest[speaker], unit, now))
        for speaker in sorted(newest)
    ]


def goes_on(history: History, objection: Event, unit: str, on_roll: dict[str, str]) -> bool:
    """That of one who left goes with the words that did not change."""
    here = voice_of(history, objection["member"]) in on_roll
    return here or words_since(history, unit, pair_of(objection, unit) or []) != "stale"


def same_speaker(history: History, one: Event, other: Event) -> bool:
    """The same person, speaking for the same voice."""
    same = voice_of(history, one["member"]) == voice_of(history, other["member"])
    people = person_of(history, one["cast_by"]), person_of(history, other["cast_by"])
    return same and people[0] == people[1]


def state_of(history: History, about: list[Event], objection: Event, unit: str, now: float) -> str:
    open_ones = standing_with(history, about, objection, unit)
    if any(ends(history, later, open_ones) for later in about):
        return "withdrawn"
    reasons = [place for place, each in enumerate(open_ones) if each["reason"]]
    since = open_ones[reasons[-1] if reasons else 0 :]
    replies = [each for one in since for each in replies_to(history, one, now)]
    answers, settlements = (
        [act for act in valid_acts(history, kind, unit) if names(act, since)]
        for kind in ("answer", "settlement")
    )
    if "satisfied" in [reply for reply, _ in replies] or settlements:
        return "satisfied"
    if not any(each["reason"] for each in since):  # asked for when it was written down
        grace = history["policy"]["objection"]["reason_grace"]
        return "reason-asked" if now < objection["logged"] + grace else "no-reason"
    every = revisions(history)
    known = [[each for each in every if each["at"] <= at] for _, at in replies]
    known += [[each for each in every if each["n"] < act["n"]] for act in answers]
    if not any(is_to_these_words(history, open_[-1], unit) for open_ in known if open_):
        return "unanswered"
    rule = history["policy"]["objection"]["unresolved"]
    if rule == "adopt-with-dissent" or voice_of(history, objection["member"]) not in roll(history):
        return "overruled"
    return passed_on(history, since, unit) if rule == "escalate" else "answered"


def is_to_these_words(history: History, revision: Event, unit: str) -> bool:
    """Whether what was said of a text in a revision was said of the words that are asked about."""
    asked, then = revisions(history)[-1]["units"], revision["units"].get(unit)
    return unit not in asked or (then and words_since(history, unit, then) != "stale")


def passed_on(history: History, since: list[Event], unit: str) -> str:
    """What the body has decided about it against these very words, if it was asked."""
    words = revisions(history)[-1]["units"].get(unit, [])
    about = [(each["name"], unit, *words) for each in since]
    for kind in ("ruling", "escalation"):
        for act in valid_acts(history, kind, unit):
            if any(each in about for each in matters(history, act)):
                return {"upholds": "upheld", "dismisses": "dismissed"}.get(
                    act["ruling"], "escalated"
                )
    return "answered"


def names(act: Event, since: list[Event]) -> bool:
    return any(each["name"] in act["objections"] for each in since)


def standing_with(history: History, about: list[Event], objection: Event, unit: str) -> list[Event]:
    """An objection with those before it of the same speaker, since the last that was taken back."""
    found: list[Event] = []
    taken_back = False
    for each in about:
        own = each["position"] == "object" and same_speaker(history, each, objection)
        if own and each["n"] <= objection["n"] and goes_on(history, each, unit, roll(history)):
            found = [each] if taken_back else [*found, each]
            taken_back = False
        elif found and each["n"] < objection["n"] and ends(history, each, found):
            taken_back = True
    return found


def ends(history: History, later: Event, objections: list[Event]) -> bool:
    """Whether their author, or the lead of the organisation, takes them back: sure as a consent."""
    first = objections[0]
    lead = history["members"][later["cast_by"]].get("lead", False)
    same = voice_of(history, later["member"]) == voice_of(history, first["member"])
    may = same_speaker(history, later, first) or (same and lead)
    asked = history["policy"]["min_evidence"]["consent"]
    takes = takes_back(later) and not later.get("doubted")  # while a correction of it waits
    after = all(follows(history, later, each) for each in objections)
    return may and takes and sure(history, later, asked) and after


def replies_to(history: History, objection: Event, now: float) -> list[tuple[str | None, float]]:
    """What its author says to each answer that their own comments about it got, and its day."""
    found = []
    for comment in of_kind(history, "comment"):
        own = comment["author"] in (objection["member"], objection["cast_by"])
        answered = comment["answered"] is not None and comment["answered"] <= now
        if comment["about"] == objection["name"] and own and comment["at"] <= now and answered:
            found.append((comment["reply"], comment["answered"]))
    return found


# --- one voice ------------------------------------------------------------------------------------


def voices_of(
    history: History, about: list[Event], objections: list[tuple[Event, str]], unit: str
) -> tuple[dict[str, str], list[str]]:
    """What each voice on the roll says about a text, and whose word is about other words by now."""
    voices: dict[str, str] = {}
    stale: list[str] = []
    for voice in roll(history):
        own = [each for each in about if voice_of(history, each["member"]) == voice]
        words = []
        for speaker in sorted({person_of(history, each["cast_by"]) for each in own}):
            mine = [each for each in own if person_of(history, each["cast_by"]) == speaker]
            last = last_word(history, unit, mine, objections)
            if last is not None:
                words.append(last)
        fits = [each for each in words if fit(history, each, unit)]
        if fits:
            voices[voice] = settled(history, fits)
        elif words:
            stale.append(voice)
    return voices, stale


def fit(history: History, word: tuple[Event, str], unit: str) -> bool:
    event, said = word
    how = words_since(history, unit, pair_of(event, unit) or [])
    return how != "stale" or said in ("object", "answered")


def last_word(
    history: History, unit: str, mine: list[Event], objections: list[tuple[Event, str]]
) -> tuple[Event, str] | None:
    """The last word of one speaker: of several in doubt the most cautious; an objection stays."""
    maybe: list[Event] = []
    for each in mine:
        maybe = perhaps_last(history, unit, maybe, each)
    last = min(maybe, key=lambda each: CAUTIOUS_FIRST.index(each["position"]), default=None)
    standing = {each["name"]: state for each, state in objections if each in mine}
    for each in mine:
        if standing.get(each["name"], "withdrawn") not in ("withdrawn", "satisfied"):
            return each, "object"
    if last is None or last["position"] == "withdraw":
        return None
    if last["position"] == "object":
        return (last, "answered") if "satisfied" in standing.values() else None
    return last, last["position"]


def perhaps_last(history: History, unit: str, maybe: list[Event], word: Event) -> list[Event]:
    """Which of the words so far, and one more that was filed after them, may be the last one."""
    said = word["position"]
    fitting = [each for each in maybe if fit(history, (each, each["position"]), unit)]
    if said == "object":  # it is heard however late
        fitting = [each for each in fitting if seen(word, each) and each["position"] != said]
    elif not all(seen(word, each) for each in fitting):
        return maybe
    if all(follows(history, word, each) for each in fitting):
        return [word]
    if said == "object":
        return [*fitting, word]
    if any(each["position"] == said or received_before(history, word, each) for each in fitting):
        return maybe
    bolder = said == max([said, *(each["position"] for each in fitting)], key=CAUTIOUS_FIRST.index)
    if bolder and not fit(history, (word, said), unit):
        return maybe  # to other words, and nobody would go by it
    return [*maybe, word]


def settled(history: History, words: list[tuple[Event, str]]) -> str:
    """The most cautious of several who speak for one voice, until the lead settles it."""
    newest, said = max(words, key=lambda word: word[0]["n"])
    every = [word for _, word in words]
    after = all(each is newest or follows(history, newest, each) for each, _ in words)
    if "object" not in every and history["members"][newest["cast_by"]].get("lead", False) and after:
        return said
    return min(every, key=CAUTIOUS_FIRST.index)


# --- the sum --------------------------------------------------------------------------------------


def tally(history: History, voices: dict[str, str], unit: str) -> dict[str, Any]:
    """Consents by group against what the policy asks for."""
    policy, on_roll = history["policy"], roll(history)
    by_group: dict[str, int] = {}
    for voice, said in voices.items():
        if said in YES:
            by_group[on_roll[voice]] = by_group.get(on_roll[voice], 0) + 1
    missing = sum(by_group.values()) < policy["consents"]["total"]
    inquorate = False
    for group, count in policy["consents"]["groups"].items():
        if group == "at_least":
            missing = missing or len(by_group) < count
            continue
        size = list(on_roll.values()).count(group)
        waived = valid_acts(history, "waiver", unit) and policy["vacant_group"] == "escalate"
        if size < count and not waived:
            inquorate = True
        elif size >= count > by_group.get(group, 0):
            missing = True
    for group, rule in (policy["majority"] or {}).items():
        cast = [voices[voice] for voice in voices if on_roll[voice] == group]
        yes = len([said for said in cast if said in YES])
        missing = missing or yes < rule["min_yes"]
        missing = missing or not reaches(rule, yes, yes + cast.count("object"))  # of votes cast
    quorum = policy["quorum"]
    if quorum is not None:
        whole = Fraction(len(on_roll))
        last = history["meetings"][-quorum["meetings"] :]
        if quorum["of"] == "active" and last:  # with no meeting yet, everybody is active
            came = [{voice_of(history, id) for id in each} & set(on_roll) for each in last]
            whole = Fraction(sum(len(each) for each in came), len(last))
        inquorate = inquorate or not share(quorum, len(voices), whole)
    missing = missing or endorsed(history) < policy["endorsers"]
    return {"by_group": by_group, "missing": missing, "inquorate": inquorate}


def reaches(rule: dict[str, Any], yes: int, cast: int) -> bool:
    """Whether the share of yes is there; where nobody votes, there is no share."""
    return cast > 0 and share(rule, yes, Fraction(cast))


def share(rule: dict[str, Any], part: int, whole: Fraction) -> bool:
    if rule["more_than"] is not None:
        return part > Fraction(rule["more_than"]) * whole
    return part >= Fraction(rule["at_least"]) * whole


def endorsed(history: History) -> int:
    """How many stand behind the proposal beside the one who makes it, each organisation once."""
    proposer = voice_of(history, history["proposer"])
    return len({voice_of(history, id) for id in history["endorsers"]} - {proposer})
