"""Random histories as plain data: what happens to a proposal, each the same for a number.

It is drawn from everything that a record can hold: true and forged, in time and late.
"""

from __future__ import annotations

import random
from typing import Any

from tests.consent.building import GROUPS, ONE, PEOPLE, TWO
from tests.consent.oracle_evidence import Event, History

STANCES = ("consent", "consent-with-reservation", "stand-aside", "object", "abstain", "withdraw")
BODY = "society"
SPEAKERS: tuple[tuple[str, str], ...] = (
    *((who, who) for who in PEOPLE),
    *((who, who) for who in ("ada-2", "new", "gone", "gone", "gone", "moved", "listed")),
    *((BODY, by) for by in (BODY, "gus", "hal", "fay")),
    ("gus", "gus"),
    ("hal", "hal"),
)
"""In whose name, and who says it; Fay represents nobody."""
SELDOM = 0.1


class Chance(random.Random):
    """A source of choices that can be made again."""

    def seldom(self, often: float = SELDOM) -> bool:
        return self.random() < often


# --- what happens ---------------------------------------------------------------------------------


def history_of(number: int) -> History:
    """The history of this number."""
    chance = Chance(number)
    found: History = {
        "number": number,
        "members": members(chance),
        "groups": sorted(GROUPS),
        "coordinators": chance.choice((["ada", "cem"],) * 4 + (["ada"], ["ada", "ada-2", "cem"])),
        "policy": rule(chance),
        "escalate_to": None if chance.seldom() else [BODY, chance.choice((1, 1, 2))],
        "proposer": "eva",
        "endorsers": chance.choice(([], ["ada", "eva"], ["ada", "cem"], ["fay", "gus", "hal"])),
        "meetings": [chance.sample(sorted(PEOPLE), 4) for _ in range(chance.randrange(5))],
        "events": [],
    }
    happen(found, chance)
    found["now"] = found["last"] + chance.choice((-12, -5, 0.5, 3, 10, 40))
    if chance.seldom():
        say(found, chance, found["now"] + 1)
    return found


def members(chance: Chance) -> dict[str, Any]:
    """Six people, one of them in two ids, an organisation with two who represent it, and others."""
    found: dict[str, Any] = {id: {"terms": [[group, -59, None]]} for id, group in PEOPLE.items()}
    found["ada"]["person"] = "ada-in-person"
    found["ada-2"] = {"person": "ada-in-person", "terms": [["business", -59, None]]}
    found["new"] = {"terms": [["academia", 10, None]]}
    found["gone"] = {"terms": [["civil-society", -59, chance.choice((10, 30))]]}
    found["moved"] = {"terms": [["academia", -59, 10], ["government", 10, None]]}
    found["fay"]["terms"].append(["academia", -59, None])  # the first one counts
    found["listed"] = {"terms": [["government", -59, None]], "state": "listed"}
    found[BODY] = {"kind": "organisation", "terms": [["business", -59, None]]}
    for who, leads in (("gus", False), ("hal", True)):
        found[who] = {"kind": "representative", "represents": BODY, "lead": leads}
        found[who]["terms"] = [["business", -59, None]]
    found["ida"] = {"kind": "representative", "represents": BODY}
    found["ida"]["terms"] = [["business", -59, chance.choice((25, None))]]
    for who in ("dia", "eva", "gus"):
        key = {"id": "k1", "pair": who, "until": None, "stolen": None}
        key[chance.choice(("until", "stolen", "", "", ""))] = chance.choice((15, 30))
        found[who]["keys"] = [key]
    if chance.seldom(0.3):
        for who in ("ben", "fay"):
            found[who]["keys"] = [{"id": "k2", "pair": "shared", "until": None, "stolen": None}]
    return found


def rule(chance: Chance) -> dict[str, Any]:
    """A policy: what it asks for, and what an objection does."""
    level = chance.choice(("E0", "E0", "E1", "E1", "E1", "E1c", "E2", "E3"))
    groups = chance.choice(
        ({}, {}, {}, {"at_least": 2}, {"academia": 1, "business": 1}, {"government": 2})
    )
    majority = {
        "academia": {"at_least": "2/3", "more_than": None, "min_yes": 1},
        "business": {"at_least": None, "more_than": "1/2", "min_yes": 0},
    }
    share = {"at_least": None, "more_than": None, chance.choice(("at_least", "more_than")): "1/3"}
    quorum = {"of": chance.choice(("roll", "active")), "meetings": 2} | share
    return {
        "periods": {"intake": 7},
        "consents": {"total": chance.choice((0, 0, 1, 2, 3)), "groups": groups},
        "majority": majority if chance.seldom(0.3) else None,
        "quorum": quorum if chance.seldom() else None,
        "endorsers": chance.choice((0, 0, 0, 2)),
        "min_evidence": {"consent": level, "object": chance.choice(("E0", min(level, "E1")))},
        "objection": {
            "reason_grace": 7,
            "unresolved": chance.choice(("block", "escalate", "adopt-with-dissent")),
        },
        "editorial": {"carry": chance.random() < 0.8, "challenge": 7},
        "vacant_group": chance.choice(("escalate", "block")),
    }


def happen(found: History, chance: Chance) -> None:
    """One to three revisions, with what is said in between, and a last call or none."""
    count = chance.choice((1, 2, 2, 3))
    for number in range(count):
        opened = number * 20.0
        open_revision(found, chance, opened)
        end = opened + (19 if number < count - 1 else 30)
        some_of(found, chance, opened + 1, end, chance.randrange(1, 9))
    start = (count - 1) * 20 + 30.0
    found["last"] = start
    if chance.seldom(0.05):
        return
    log(found, "notice", start, notice="last-call", revision=count, closes=start + 14)
    some_of(found, chance, start + 1, start + 13, chance.randrange(5))
    if chance.seldom():
        log(found, "notice", start + 13, notice="moved", revision=count, closes=start + 20)
    if chance.seldom():
        log(found, "notice", start + 13, notice="moved", revision=count, closes=start + 10)
    if chance.seldom(0.4):
        say(found, chance, start + 14)  # at the close, and so late
        some_of(found, chance, start + 15, start + 18, chance.randrange(3))
    if chance.seldom():
        log(found, "notice", start + 19, notice="moved", revision=count, closes=start + 40)
    found["last"] = start + 19


def log(found: History, kind: str, at: float, **more: Any) -> Event:
    """Write an event with the next number; what came in is logged a little later."""
    event = {"kind": kind, "n": len(found["events"]) + 1, "at": at, "logged": at, "filer": "ada"}
    found["events"].append(event | more)
    return found["events"][-1]


def named(found: History, kind: str) -> list[Event]:
    return [event for event in found["events"] if event["kind"] == kind]


def some_of(found: History, chance: Chance, first: float, last: float, count: int) -> None:
    """So many things happen between two days."""
    for at in sorted(chance.randrange(int(first), int(last)) for _ in range(count)):
        what = chance.random()
        if what < 0.62:
            say(found, chance, float(at))
        elif what < 0.78:
            comment(found, chance, float(at))
        elif what < 0.86:
            act(found, chance, float(at))
        elif what < 0.9:
            log(
                found,
                "seal",
                at,
                by=chance.choice(found["coordinators"]),
                size=len(found["events"]),
            )
        elif what < 0.95 and (said := named(found, "position")):
            correct(found, chance, chance.choice(said), float(at))
        elif said := named(found, "position"):
            show(found, chance, chance.choice(said), float(at))


def open_revision(found: History, chance: Chance, at: float) -> None:
    """Open a revision: each text new, as it was, edited, or left out."""
    before = named(found, "revision")
    number = len(before) + 1
    units: dict[str, Any] = {}
    edits: dict[str, int | None] = {}
    for id in (ONE, TWO):
        was = before[-1]["units"].get(id) if before else None
        if id == TWO and chance.seldom(0.3):
            continue
        units[id], edits[id] = [None, f"{id} in revision {number}"], None
        if was is not None:
            edits[id] = chance.choice((None, None, 1, 2, 5))
            if edits[id] is None:
                units[id] = was
            elif chance.seldom():
                units[id] = before[0]["units"].get(id, units[id])
                edits[id] = 5 if units[id] != was else None
    log(found, "revision", at, units=units, edits=edits, until=at + 30)


def say(found: History, chance: Chance, at: float) -> None:
    """Somebody says where they stand, to the words of then or of before, and something shows it."""
    revisions = named(found, "revision")
    number = chance.choice((len(revisions),) * 6 + (1,))
    texts = revisions[number - 1]["units"]
    ids = [id for id in texts if len(texts) == 1 or chance.random() < 0.8] or [next(iter(texts))]
    who, by = chance.choice(SPEAKERS)
    said = log(
        found,
        "position",
        at,
        name=f"positions/{who}-{len(named(found, 'position')) + 1:02d}",
        member=who,
        cast_by=by,
        revision=number + 7 if chance.seldom(0.02) else number,
        position=chance.choice((*STANCES, *("consent",) * 5)),
        units=[[id, *texts[id]] for id in ids],
        reason=chance.random() < 0.7,
        confirms=chance.seldom(),
        head=chance.randrange(1, len(found["events"]) + 1) if chance.seldom(0.15) else None,
        changed_since=chance.seldom(0.02),
        corrects=None,
    )
    said["logged"] = at + chance.choice((0, 0, 0, 2))
    if chance.seldom(0.3):  # a letter that lay on a desk, or what somebody typed
        said["at"] = max(0.5, at - chance.choice((1, 3, 6, 12)))
    if chance.seldom():
        log_evidence(found, said, said["at"], by="nothing", claims="E0")
    if not chance.seldom():
        show(found, chance, said, at if chance.seldom() else said["at"])


def correct(found: History, chance: Chance, wrong: Event, at: float) -> None:
    """A coordinator says that it was written down wrongly; others have seen that, or have not."""
    ids = [unit for unit in wrong["units"] if not chance.seldom()] or wrong["units"][:1]
    who, by = chance.choice(SPEAKERS) if chance.seldom() else (wrong["member"], wrong["cast_by"])
    right = log(
        found,
        "position",
        wrong["at"] + (1 if chance.seldom(0.05) else 0),
        name=f"positions/{who}-{len(named(found, 'position')) + 1:02d}",
        member=who,
        cast_by=by,
        revision=wrong["revision"],
        position=chance.choice(STANCES),
        units=ids,
        reason=chance.random() < 0.7,
        confirms=chance.seldom(),
        head=None,
        changed_since=chance.seldom(0.02),
        corrects=None if chance.seldom(0.05) else wrong["name"],
    )
    right["logged"] = max(at, wrong["logged"], right["at"])
    if not chance.seldom(0.2):
        show(found, chance, right, at)
    if not chance.seldom(0.05):
        log(found, "correction", right["logged"], of=wrong["name"], right=right["name"])


def log_evidence(found: History, said: Event, at: float, **more: Any) -> Event:
    plain = {"position": said["name"], "words_of": said["name"], "logged": max(at, said["logged"])}
    return log(found, "evidence", at, **plain | more)


def show(found: History, chance: Chance, said: Event, at: float) -> None:
    """Something shows what was said, or seems to; and another coordinator may look at it."""
    how = chance.choice(("minutes", "minutes", "mail", "account", "signature", "signature"))
    if said["revision"] > len(named(found, "revision")):
        how = "minutes"  # nobody can write a statement about words that are not there
    level = {"minutes": "E1", "mail": "E1c", "account": "E2", "signature": "E3"}[how]
    claims = "E1" if chance.seldom(0.05) else level
    if how == "signature":
        return sign(found, chance, said, at, claims)
    more: dict[str, Any] = {}
    if how == "account":
        more["account_of"] = "fay" if chance.seldom() else said["cast_by"]
    if how == "mail":
        more["own_host"] = chance.random() < 0.7
    if chance.seldom(0.05):
        others = [each for each in named(found, "position") if each["member"] != said["member"]]
        more["words_of"] = chance.choice(others or [said])["name"]  # equal words have one digest
    shown = log_evidence(found, said, at, by=how, claims=claims, **more)
    if not chance.seldom():
        by = chance.choice(("cem",) * 5 + ("ada", "ada-2", "fay"))
        seen = at + chance.choice((0, 0, 0, 4))
        log(found, "countersignature", seen, of=shown["n"], by=by, forged=chance.seldom(0.05))
    return None


def sign(found: History, chance: Chance, said: Event, at: float, claims: str) -> None:
    """A signature of the one who speaks, or one that does not hold."""
    keys = found["members"].get(said["cast_by"], {}).get("keys")
    more = {
        "key": keys[0]["id"] if keys else "k1",
        "pair": keys[0]["pair"] if keys else "stranger",
        "over": said["name"],
        "purpose": "consent",
        "forged": chance.seldom(0.05),
    }
    if chance.seldom():
        more |= {"pair": "dia", "key": "k1"}
    if chance.seldom(0.05):
        more["key"] = "k9"
    if chance.seldom(0.05):
        more["over"] = chance.choice(named(found, "position"))["name"]
    if chance.seldom(0.05):
        more["purpose"] = "release"
    log_evidence(found, said, at, by="signature", claims=claims, **more)


def comment(found: History, chance: Chance, at: float) -> None:
    """A member comments, on an objection or on a text; most get an answer, some are satisfied."""
    about = [each for each in named(found, "position") if each["position"] == "object"]
    objection = chance.choice(about) if about and chance.random() < 0.8 else None
    author = chance.choice(sorted(PEOPLE))
    if objection and not chance.seldom():
        author = objection["cast_by"]
    log(
        found,
        "comment",
        at,
        name=f"comments/{len(named(found, 'comment')) + 1:04d}",
        author=author,
        about=objection["name"] if objection else None,
        revision=chance.randrange(len(named(found, "revision"))) + 1,
        answered=None if chance.seldom(0.15) else at + 1,
        reply=chance.choice((None, None, "satisfied", "not-satisfied")),
        challenge=objection is None and chance.seldom(0.4),
    )


def act(found: History, chance: Chance, at: float) -> None:
    """Two coordinators, or some who are not, waive, escalate, reopen or settle; a body rules."""
    by = chance.choice((["ada", "cem"],) * 3 + (["ada"], ["ada", "ada-2"], ["ada", "fay"]))
    kind = chance.choice(
        ("waiver", "reopen", "answer", "answer", "settlement", *("escalation", "ruling") * 3)
    )
    about: list[Event] = []
    said = named(found, "position") if kind not in ("waiver", "reopen") else []
    if said:
        objected = [each for each in said if each["position"] == "object"]
        about = [chance.choice(objected if objected and not chance.seldom(0.1) else said)]
        if kind in ("answer", "settlement") and not chance.seldom(0.5):
            by = [about[0]["cast_by"]]
    if kind == "ruling" and not chance.seldom():
        by = chance.choice((["gus", "hal"], ["hal", "ida"], ["hal"], [BODY]))
    if kind == "ruling" and not chance.seldom():
        for before in ("answer", "escalation"):
            log_act(found, at, before, ["ada", "cem"], about, [])
    ruling = chance.choice(("upholds", "dismisses")) if kind == "ruling" else None
    log_act(found, at, kind, by, about, chance.choice(([], [ONE], [TWO])), ruling)


def log_act(
    found: History,
    at: float,
    kind: str,
    by: list[str],
    about: list[Event],
    units: list[str],
    ruling: str | None = None,
) -> None:
    name = f"acts/{len(named(found, 'act')) + 1:02d}"
    objections = [each["name"] for each in about]
    more = {"act": kind, "by": by, "units": units, "objections": objections, "ruling": ruling}
    log(found, "act", at, name=name, **more)
