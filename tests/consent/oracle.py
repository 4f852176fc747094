"""What is decided, reckoned a second time by the handbook alone: slow, plain, with lists and loops.

It was written from docs/ (evidence, proposals, log, decisions 11, 30, 39 to 43) and from the words
of the policies, without a look at `govkit/consent`, and imports nothing of it. A history is plain
data: members, a policy, and events in the order of the log. Moments are days after the opening;
words of texts are any two strings that are equal or not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

History = dict[str, Any]
Event = dict[str, Any]

LEVELS = ["E0", "E1", "E1c", "E2", "E3"]
OUTCOMES = [
    "adopted",
    "adopted-with-reservations",
    "adopted-with-dissent",
    "not-adopted",
    "inquorate",
    "blocked",
]
CAUTIOUS_FIRST = [
    "object",
    "stand-aside",
    "abstain",
    "answered",
    "consent-with-reservation",
    "consent",
]
YES = ["consent", "consent-with-reservation"]
BLOCKS = ["unanswered", "answered", "reason-asked"]
DISSENT = ["escalated", "overruled", "no-reason", "answered-by-one-who-left"]


def reckon(history: History, now: float) -> dict[str, Any]:
    """What is decided at a moment: the outcome, a sum for each text, and what does not count."""
    revision = revisions(history)[-1]
    said = admit(history, now)
    units = {id: decide_unit(history, said["counts"], id, now) for id in revision["units"]}
    worst = max(OUTCOMES.index(unit["outcome"]) for unit in units.values())
    return {
        "outcome": OUTCOMES[worst],
        "provisional": provisional(history, now),
        "units": units,
        "late": [each["name"] for each in said["late"]],
        "refused": [each["name"] for each in said["refused"]] + false_acts(history),
        "weak": [each["name"] for each in said["weak"]],
    }


def of_kind(history: History, kind: str) -> list[Event]:
    return [event for event in history["events"] if event["kind"] == kind]


def revisions(history: History) -> list[Event]:
    return of_kind(history, "revision")


# --- who, and since when --------------------------------------------------------------------------


def person_of(history: History, id: str) -> str:
    """Two ids of one person are one person."""
    return str(history["members"].get(id, {}).get("person") or id)


def voice_of(history: History, id: str) -> str:
    """An organisation has one voice, whoever speaks for it; so has a person, in how many ids."""
    member = history["members"][id]
    return str(member.get("represents") or person_of(history, id))


def group_at(history: History, id: str, moment: float) -> str | None:
    """The group that a member speaks for at a moment, or nothing for one who is no member then."""
    member = history["members"].get(id)
    if member is None or member.get("state", "enrolled") == "listed":
        return None
    for group, since, until in member["terms"]:
        if since <= moment and (until is None or moment < until):
            return str(group)
    return None


def roll(history: History) -> dict[str, str]:
    """Each voice with its group: who was a member when the revision was opened."""
    opened = revisions(history)[-1]["at"]
    found: dict[str, str] = {}
    for id in sorted(history["members"]):
        group = group_at(history, id, opened)
        if group is not None:
            voice = voice_of(history, id)
            if voice not in found or voice == id:
                found[voice] = group
    return found


def two_coordinators(history: History, names: list[str]) -> bool:
    people = [person_of(history, name) for name in names if name in history["coordinators"]]
    return len(set(people)) >= 2


def valid_acts(history: History, kind: str, unit: str | None = None) -> list[Event]:
    found = []
    for act in of_kind(history, "act"):
        about = unit is None or not act["units"] or unit in act["units"]
        if act["act"] == kind and about and two_coordinators(history, act["by"]):
            found.append(act)
    return found


def false_acts(history: History) -> list[str]:
    acts = of_kind(history, "act")
    return [act["name"] for act in acts if not two_coordinators(history, act["by"])]


# --- in time --------------------------------------------------------------------------------------


def close(history: History) -> float | None:
    """When the last call of the newest revision closes; moves only go later, and in time."""
    number, closes = len(revisions(history)), None
    for event in of_kind(history, "notice"):
        if event["revision"] != number:
            continue
        if event["notice"] == "last-call":
            closes = event["closes"]
        elif closes is not None and event["closes"] > closes:
            reopened = [act for act in valid_acts(history, "reopen") if act["n"] < event["n"]]
            if event["at"] < closes or reopened:
                closes = event["closes"]
    return closes


def provisional(history: History, now: float) -> bool:
    """Before the close, during intake, over an unanswered comment, or while an edit is open."""
    closes = close(history)
    if closes is None or now < closes + history["policy"]["periods"]["intake"]:
        return True
    for comment in of_kind(history, "comment"):
        answered = comment["answered"] is not None and comment["answered"] <= now
        if not answered and comment["at"] <= now and not late_comment(history, comment):
            return True
    for number, revision in enumerate(revisions(history)):
        for id, edit in revision["edits"].items():
            open_until = revision["at"] + history["policy"]["editorial"]["challenge"]
            here = number > 0 and id in revisions(history)[-1]["units"]
            if here and edit in (1, 2) and now < open_until:
                return True
    return False


def late_comment(history: History, comment: Event) -> bool:
    """After the last day for comments, unless a last call ran or a later revision was open."""
    closes, every = close(history), revisions(history)
    for number, revision in enumerate(every, 1):
        if number >= comment["revision"] and revision["at"] <= comment["at"] < revision["until"]:
            return False
    for notice in of_kind(history, "notice"):
        if notice["notice"] == "last-call" and notice["revision"] >= comment["revision"]:
            end = closes if notice["revision"] == len(every) else notice["closes"]
            if end is not None and notice["at"] <= comment["at"] < end:
                return False
    return True


# --- how sure it is -------------------------------------------------------------------------------


def countersigned(history: History, number: int) -> bool:
    """Whether a second person who coordinates vouches for an entry, and its filer is borne out.

    A coalition with one coordinator has nobody else; there the word of that one counts.
    """
    filed = next(event for event in history["events"] if event["n"] == number)
    if len({person_of(history, id) for id in history["coordinators"]}) == 1:
        return True
    for event in of_kind(history, "countersignature"):
        if event["of"] != number or event["by"] not in history["coordinators"] or event["forged"]:
            continue
        if person_of(history, event["by"]) == person_of(history, filed["filer"]):
            continue
        if borne_out(history, filed):
            return True
    return False


def borne_out(history: History, filed: Event) -> bool:
    """Who filed it is a typed name until that person's seal covers it, once others have sealed."""
    covering = [seal for seal in of_kind(history, "seal") if seal["size"] >= filed["n"]]
    people = [person_of(history, seal["by"]) for seal in covering]
    return not people or person_of(history, filed["filer"]) in people


def level_of(history: History, position: Event) -> str:
    """The strongest evidence that a position has; what a record claims is a ceiling."""
    best = "E0"
    for shown in of_kind(history, "evidence"):
        if shown["position"] != position["name"] or shown["words_of"] != position["name"]:
            continue
        shows = what_shows(history, position, shown)
        level = min(shows, shown["claims"], key=LEVELS.index)
        best = max(best, level, key=LEVELS.index)
    return best


def what_shows(history: History, position: Event, shown: Event) -> str:
    if shown["by"] == "signature":
        return "E3" if signature_holds(history, position, shown) else "E0"
    if shown["by"] == "nothing" or not countersigned(history, shown["n"]):
        return "E0"
    if shown["by"] == "account":
        return "E2" if shown["account_of"] == position["cast_by"] else "E0"
    return {"minutes": "E1", "mail": "E1c"}[shown["by"]]


def signature_holds(history: History, position: Event, shown: Event) -> bool:
    """Over these words, for this purpose, with a key that the speaker alone held when it came."""
    if shown["forged"] or shown["over"] != position["name"] or shown["purpose"] != "consent":
        return False
    holders = [
        (id, key)
        for id, member in history["members"].items()
        for key in member.get("keys", [])
        if key["pair"] == shown["pair"]
    ]
    if len(holders) != 1:
        return False
    id, key = holders[0]
    if id != position["cast_by"] or key["id"] != shown["key"]:
        return False
    if key["until"] is not None and shown["at"] >= key["until"]:
        return False
    return key["stolen"] is None or shown["logged"] < key["stolen"]


# --- what is heard --------------------------------------------------------------------------------


def admit(history: History, now: float) -> dict[str, list[Event]]:
    """Each position to one of four lists: counts, late, refused, weak."""
    lists: dict[str, list[Event]] = {"counts": [], "late": [], "refused": [], "weak": []}
    for position in of_kind(history, "position"):
        lists[where_to(history, position, now)].append(position)
    return lists


def where_to(history: History, position: Event, now: float) -> str:
    speaker = history["members"].get(position["cast_by"], {})
    speaks = position["cast_by"] == position["member"]
    speaks = speaks or speaker.get("represents") == position["member"]
    if not speaks or position["at"] > now or position["revision"] > len(revisions(history)):
        return "refused"
    if position["changed_since"] or not was_on_roll(history, position):
        return "refused"
    closes = close(history)
    if closes is not None and position["at"] >= closes and not valid_acts(history, "reopen"):
        return "late"
    asked = history["policy"]["min_evidence"]
    need = asked["object"] if position["position"] == "object" else asked["consent"]
    enough = LEVELS.index(level_of(history, position)) >= LEVELS.index(need)
    return "counts" if enough else "weak"


def was_on_roll(history: History, position: Event) -> bool:
    """On the roll now; or of the revision to which it was said, for an objection goes with it."""
    for revision in revisions(history):
        if group_at(history, position["member"], revision["at"]) is not None:
            return True
    return False


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
    return bool(position["position"] == "withdraw" or position["confirms"])


def undoes(later: Event, earlier: Event) -> bool:
    """A signed statement undoes nothing that was filed after the entry that it names."""
    return later["n"] > earlier["n"] and (later["head"] is None or earlier["n"] <= later["head"])


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
        "not_heard": sorted(voice for voice in on_roll if voice not in voices),
        "groups_not_heard": sorted(set(history["groups"]) - heard),
        "objections": sorted((each["name"], state) for each, state in objections),
    }


# --- objections -----------------------------------------------------------------------------------


def objections_to(
    history: History, about: list[Event], unit: str, now: float
) -> list[tuple[Event, str]]:
    """Every objection with what became of it: it stays until one of five things ends it."""
    found = []
    on_roll = roll(history)
    for objection in about:
        if objection["position"] != "object":
            continue
        here = voice_of(history, objection["member"]) in on_roll
        if not here and words_since(history, unit, pair_of(objection, unit) or []) != "fresh":
            continue  # of one who left: it goes with the words, and these are others
        renewed = any(
            other["position"] == "object"
            and same_speaker(history, other, objection)
            and other["n"] > objection["n"]
            and (other["reason"] or not objection["reason"])
            for other in about
        )
        if not renewed:
            found.append((objection, state_of(history, about, objection, here, now)))
    return found


def same_speaker(history: History, one: Event, other: Event) -> bool:
    """The same person, speaking for the same voice."""
    same = voice_of(history, one["member"]) == voice_of(history, other["member"])
    people = person_of(history, one["cast_by"]), person_of(history, other["cast_by"])
    return same and people[0] == people[1]


def state_of(history: History, about: list[Event], objection: Event, here: bool, now: float) -> str:
    if any(ends(history, later, objection) for later in about):
        return "withdrawn"
    replies = replies_to(history, objection, now)
    if "satisfied" in replies:
        return "satisfied"
    if not objection["reason"]:
        grace = history["policy"]["objection"]["reason_grace"]
        return "reason-asked" if now < objection["at"] + grace else "no-reason"
    if not replies:
        return "unanswered"
    if not here:
        return "answered-by-one-who-left"
    rule = history["policy"]["objection"]["unresolved"]
    if rule == "adopt-with-dissent":
        return "overruled"
    units = [id for id, _, _ in objection["units"]]
    if rule == "escalate" and any(valid_acts(history, "escalation", id) for id in units):
        return "escalated"
    return "answered"


def ends(history: History, later: Event, objection: Event) -> bool:
    """Whether its author takes it back, or the lead of the organisation does."""
    lead = history["members"][later["cast_by"]].get("lead", False)
    same = voice_of(history, later["member"]) == voice_of(history, objection["member"])
    may = same_speaker(history, later, objection) or (same and lead)
    return may and takes_back(later) and undoes(later, objection)


def replies_to(history: History, objection: Event, now: float) -> list[str | None]:
    """What its author says to each answer that the author's own comments about it got."""
    found = []
    for comment in of_kind(history, "comment"):
        own = comment["author"] in (objection["member"], objection["cast_by"])
        if comment["about"] == objection["name"] and own and comment["at"] <= now:
            if comment["answered"] is not None and comment["answered"] <= now:
                found.append(comment["reply"])
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
        speakers = sorted({person_of(history, each["cast_by"]) for each in own})
        words = []
        for speaker in speakers:
            mine = [each for each in own if person_of(history, each["cast_by"]) == speaker]
            last = last_word(mine, [(each, state) for each, state in objections if each in mine])
            if last is not None:
                words.append(last)
        fits = [each for each in words if fit(history, each, unit)]
        if words and not fits:
            stale.append(voice)
        said = settled(history, fits)
        if said is not None and said != "withdraw":
            voices[voice] = said
    return voices, stale


def fit(history: History, word: tuple[Event, str], unit: str) -> bool:
    event, said = word
    how = words_since(history, unit, pair_of(event, unit) or [])
    return how == "fresh" or said in ("object", "answered") or (said in YES and how == "carried")


def last_word(mine: list[Event], objections: list[tuple[Event, str]]) -> tuple[Event, str] | None:
    """The last word of one speaker, in the order of the log; an objection stays until it ends."""
    last: Event | None = None
    for each in mine:
        if last is None or each["position"] == "object" or undoes(each, last):
            last = each
    standing = [each for each, state in objections if state not in ("withdrawn", "satisfied")]
    if standing:
        return standing[-1], "object"
    if last is None:
        return None
    return last, "answered" if last["position"] == "object" else last["position"]


def settled(history: History, words: list[tuple[Event, str]]) -> str | None:
    """The most cautious of several who speak for one voice, until the lead settles it."""
    if not words:
        return None
    newest, said = max(words, key=lambda word: word[0]["n"])
    every = [word for _, word in words]
    if "object" not in every and history["members"][newest["cast_by"]].get("lead", False):
        return said
    for stance in CAUTIOUS_FIRST:
        if stance in every:
            return stance
    return said


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
        elif by_group.get(group, 0) < min(count, size):
            missing = True
    for group, rule in (policy["majority"] or {}).items():
        cast = [voices[voice] for voice in voices if on_roll[voice] == group]
        yes = len([said for said in cast if said in YES])
        missing = missing or yes < rule["min_yes"]
        missing = missing or not reaches(rule, yes, yes + cast.count("object"))
    quorum = policy["quorum"]
    if quorum is not None:
        whole = Fraction(len(on_roll))
        if quorum["of"] == "active":
            last = history["meetings"][-quorum["meetings"] :]
            whole = Fraction(sum(last), len(last)) if last else Fraction(0)
        inquorate = inquorate or not reaches(quorum, len(voices), whole)
    missing = missing or endorsed(history) < policy["endorsers"]
    return {"by_group": by_group, "missing": missing, "inquorate": inquorate}


def reaches(rule: dict[str, Any], part: int, whole: Fraction | int) -> bool:
    if rule.get("more_than") is not None:
        return part > Fraction(rule["more_than"]) * whole
    return part >= Fraction(rule["at_least"]) * whole


def endorsed(history: History) -> int:
    """How many stand behind the proposal beside the one who makes it, each organisation once."""
    proposer = voice_of(history, history["proposer"])
    return len({voice_of(history, id) for id in history["endorsers"]} - {proposer})
