"""Who took part, when, and how sure it is: the first half of the plain reckoning of `oracle.py`."""

from __future__ import annotations

from typing import Any

History = dict[str, Any]
Event = dict[str, Any]
LEVELS = ["E0", "E1", "E1c", "E2", "E3"]


def of_kind(history: History, kind: str) -> list[Event]:
    return [event for event in history["events"] if event["kind"] == kind]


def known_at(history: History, now: float) -> list[Event]:
    """What the log has at a moment; a position or an act that comes later is refused."""
    later = ("position", "act", "seal")
    return [each for each in history["events"] if each["logged"] <= now or each["kind"] in later]


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


def enough_signed(history: History, act: Event) -> bool:
    """Two coordinators; one to answer an objection, whose author may also settle it alone."""
    if act["act"] in ("waiver", "reopen"):
        return two_coordinators(history, act["by"])
    about = [each for each in of_kind(history, "position") if each["name"] in act["objections"]]
    if not about or any(each["position"] != "object" or each["changed_since"] for each in about):
        return False
    if act["act"] in ("escalation", "ruling"):
        if history["escalate_to"] is None:
            return False
        passes_on = act["act"] == "escalation"
        return two_coordinators(history, act["by"]) if passes_on else ruled(history, act)
    if act["act"] == "answer":
        return any(name in history["coordinators"] for name in act["by"])
    own = all(each["member"] in act["by"] or each["cast_by"] in act["by"] for each in about)
    return own or two_coordinators(history, act["by"])


def ruled(history: History, act: Event) -> bool:
    """As many of the body as the charter says decide, once, what two coordinators passed on."""
    body, needed = history["escalate_to"]
    sitting = [
        id
        for id, member in history["members"].items()
        if member.get("represents") == body and group_at(history, id, act["logged"])
    ]
    if len({person_of(history, id) for id in act["by"] if id in sitting}) < needed:
        return False
    passed_on: list[tuple[str, ...]] = []
    for earlier in of_kind(history, "act"):
        if earlier["n"] < act["n"] and enough_signed(history, earlier):
            if earlier["act"] == "escalation":
                passed_on += matters(history, earlier)
            decided = matters(history, earlier) if earlier["act"] == "ruling" else []
            if any(each in matters(history, act) for each in decided):
                return False
    own = matters(history, act)
    return bool(own) and all(each in passed_on for each in own)


def matters(history: History, act: Event) -> list[tuple[str, ...]]:
    """Each objection that an act names, with each text as it was proposed on that day."""
    units = [each["units"] for each in revisions(history) if each["n"] < act["n"]][-1]
    return [
        (objection, id, *units[id])
        for objection in act["objections"]
        for id in units
        if not act["units"] or id in act["units"]
    ]


def valid_acts(history: History, kind: str, unit: str | None = None) -> list[Event]:
    return [
        act
        for act in of_kind(history, "act")
        if act["act"] == kind
        and act["logged"] <= history["now"]
        and (unit is None or not act["units"] or unit in act["units"])
        and enough_signed(history, act)
    ]


def false_acts(history: History, now: float) -> list[str]:
    return [
        act["name"]
        for act in of_kind(history, "act")
        if act["logged"] > now or not enough_signed(history, act)
    ]


# --- in time --------------------------------------------------------------------------------------


def close(history: History) -> float | None:
    """When the last call of the newest revision closes; moves only go later, and in time."""
    number, closes = len(revisions(history)), None
    for event in of_kind(history, "notice"):
        if event["revision"] != number:
            continue
        if event["notice"] == "last-call":
            closes = event["closes"]
        elif closes is not None and (event["at"] < closes or valid_acts(history, "reopen")):
            closes = max(closes, event["closes"])
    return closes


def provisional(history: History, now: float) -> bool:
    """Before the close, during intake, and over a comment in time without an answer."""
    closes = close(history)
    if closes is None or now < closes + history["policy"]["periods"]["intake"]:
        return True
    for comment in of_kind(history, "comment"):
        answered = comment["answered"] is not None and comment["answered"] <= now
        if not answered and comment["at"] <= now and not late_comment(history, comment):
            return True
    return False


def late_comments(history: History, now: float) -> list[str]:
    comments = [each for each in of_kind(history, "comment") if each["at"] <= now]
    return [each["name"] for each in comments if late_comment(history, each)]


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


def vouching(history: History, number: int) -> list[str]:
    """Who vouches for an entry: another person, who coordinates, and the filer is borne out."""
    filed = next(event for event in history["events"] if event["n"] == number)
    return [
        each["by"]
        for each in countersignatures_of(history, filed)
        if person_of(history, each["by"]) != person_of(history, filed["filer"])
    ]


def countersignatures_of(history: History, filed: Event) -> list[Event]:
    return [
        each
        for each in of_kind(history, "countersignature")
        if each["of"] == filed["n"] and each["by"] in history["coordinators"]
        if not each["forged"] and borne_out(history, filed)
    ]


def countersigned(history: History, number: int) -> bool:
    """Where there is one coordinator nobody else can vouch, and the word of that one counts."""
    alone = len({person_of(history, id) for id in history["coordinators"]}) == 1
    return alone or bool(vouching(history, number))


def borne_out(history: History, filed: Event) -> bool:
    """Who filed it is a typed name until that person's seal covers it, once others have sealed."""
    covering = [seal for seal in of_kind(history, "seal") if seal["size"] >= filed["n"]]
    people = [person_of(history, seal["by"]) for seal in covering]
    return not people or person_of(history, filed["filer"]) in people


def sure(history: History, position: Event, level: str) -> bool:
    worth = position.get("worth") or level_of(history, position)
    return LEVELS.index(worth) >= LEVELS.index(level)


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
