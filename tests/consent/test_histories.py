"""Random histories, each decided as the plain reckoning of the handbook decides it.

Five hundred by default, two thousand in the weekly run.
"""

from __future__ import annotations

import datetime
import json
import random
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from govkit.records.governance import Coordinators, EscalationBody, Member
from govkit.records.positions import Position
from govkit.round.filed_records import Countersigner, Meeting
from tests.consent.building import Table, day, member, policy, words
from tests.consent.histories import history_of, named
from tests.consent.oracle import reckon
from tests.consent.oracle_evidence import Event, History, countersignatures_of, roll, voice_of
from tests.source.ssh_signing import ED, Pair, pair

HISTORIES, BY_DEFAULT, AT_ONCE = 2000, 500, 250
PAIRS: dict[str, Pair] = {
    name: pair(ED, random.Random(name)) for name in ("dia", "eva", "gus", "shared", "stranger")
}


FIRST = [
    *range(0, BY_DEFAULT, AT_ONCE),
    *(pytest.param(at, marks=pytest.mark.slow) for at in range(BY_DEFAULT, HISTORIES, AT_ONCE)),
]


@pytest.mark.parametrize("first", FIRST)
def test_every_history_is_decided_as_the_handbook_has_it(first: int) -> None:
    for number in range(first, first + AT_ONCE):
        history = history_of(number)
        assert in_order(decided(history)) == in_order(reckon(history, history["now"])), number


def in_order(found: dict[str, Any]) -> dict[str, Any]:
    """What is put aside, by name: what a correction puts aside is told last."""
    return found | {name: sorted(found[name]) for name in ("refused", "weak")}


def decided(history: History) -> dict[str, Any]:
    """What govkit decides, as plain data of the same shape: voices in place of members."""
    found = table_of(history).decide(history["now"])
    on_roll = set(roll(history))

    def voices(ids: tuple[str, ...]) -> list[str]:
        return sorted({voice_of(history, id) for id in ids} & on_roll)

    return {
        "outcome": found.outcome,
        "provisional": found.provisional,
        "units": {
            unit.id: {
                "outcome": unit.outcome,
                "voices": {each.name: each.said for each in unit.voices if each.said != "stale"},
                "by_group": {group: yes for group, yes in unit.given_by_group if yes},
                "stale": voices(unit.stale),
                "not_heard": voices(unit.not_heard),
                "groups_not_heard": sorted(unit.groups_not_heard),
                "objections": sorted((each.position, each.state) for each in unit.objections),
            }
            for unit in found.units
        },
        "late": [each.record for each in found.late],
        "refused": [each.record for each in found.rejected],
        "weak": [each.record for each in found.reported],
    }


# --- the same on a table --------------------------------------------------------------------------


def table_of(history: History) -> Table:
    """The records of a history, as they would lie in the files."""
    rules, plain = history["policy"], {"of": "votes-cast"}
    quorum = rules["quorum"]
    table = Table(
        policy(
            periods={"comment": "P30D", "last_call": "P14D", "intake": "P7D"},
            consents=rules["consents"],
            majority=rules["majority"]
            and {group: plain | rule for group, rule in rules["majority"].items()},
            quorum=quorum
            and {key: quorum[key] for key in ("of", "at_least", "more_than")}
            | {"active": {"meetings": quorum["meetings"]}},
            endorsers={"count": rules["endorsers"]},
            min_evidence=rules["min_evidence"] | {"comment": "E0"},
            objection={"reason_grace": "P7D", "unresolved": rules["objection"]["unresolved"]},
            editorial={"carry": rules["editorial"]["carry"], "challenge": "P7D"},
            vacant_group=rules["vacant_group"],
        ),
        (),
        endorsers=history["endorsers"],
    )
    table.members = {id: record_of(json.dumps(each)) for id, each in history["members"].items()}
    several = tuple(history["coordinators"])
    held = Coordinators(ids=several, threshold=min(2, len(several)))
    named_body = history["escalate_to"]
    body = named_body and EscalationBody(body=named_body[0], threshold=named_body[1])
    table.charter = table.charter.model_copy(update={"coordinators": held, "escalate_to": body})
    table.meetings = tuple(
        Meeting(datetime.date(2026, 1, number), frozenset(came))
        for number, came in enumerate(history["meetings"], 1)
    )
    for event in history["events"]:
        PLAY[event["kind"]](table, event)
        assert table.seq == event["n"]
    names = names_of_evidence(history)
    for event in named(history, "evidence"):
        table.vouched[names[event["n"]]] = tuple(
            Countersigner(each["by"], each["n"], day(each["logged"]))
            for each in countersignatures_of(history, event)
        )
    return table


@cache
def record_of(written: str) -> Member:
    """A member; a day that ends or begins something is that day anywhere on earth."""
    plain = json.loads(written)
    more = {
        name: plain[name] for name in ("kind", "represents", "person", "state") if name in plain
    }
    if "lead" in plain:
        more["lead"] = str(plain["lead"]).lower()
    terms = [
        {"group": group, "since": date(since), "until": None if until is None else date(until)}
        for group, since, until in plain["terms"]
    ]
    keys = [
        {
            "id": key["id"],
            "public": PAIRS[key["pair"]].public,
            "since": "2026-01-10",
            "until": None if key["until"] is None else date(key["until"] - 1),
            "compromised_since": key["stolen"] and stamp(key["stolen"]),
        }
        for key in plain.get("keys", [])
    ]
    return member("academia", terms=terms, keys=keys, **more)


def date(number: float) -> str:
    return day(number).date().isoformat()


def stamp(number: float) -> str:
    return day(number).isoformat().replace("+00:00", "Z")


def names_of_evidence(history: History) -> dict[int, str]:
    """The name of each evidence, by its number in the log."""
    found: dict[int, str] = {}
    counted: dict[str, int] = {}
    for event in named(history, "evidence"):
        stem = event["position"].removeprefix("positions/")
        counted[stem] = counted.get(stem, 0) + 1
        found[event["n"]] = f"evidence/{stem}-{counted[stem]:02d}"
    return found


def play_revision(table: Table, event: Event) -> None:
    plain = {id: pair[1] and words(pair[1]) for id, pair in event["units"].items()}
    edits: dict[str, Any] = {id.replace("-", "_"): {"edit": event["edits"][id]} for id in plain}
    table.open(plain, event["at"], **edits)


def play_position(table: Table, event: Event) -> None:
    more: dict[str, Any] = {"reason": "Words."} if event["reason"] else {}
    if event["head"] is not None:
        more["head"] = {"seq": event["head"], "digest": words(f"entry {event['head']}")}
    record = Position.model_validate(
        {
            "member": event["member"],
            "cast_by": event["cast_by"],
            "capacity": "individual",
            "revision": event["revision"],
            "position": event["position"],
            "confirms_withdrawal": event["confirms"],
            "corrects": event["corrects"],
            "units": [
                {"id": id, "before": None, "after": after and words(after)}
                for id, _, after in event["units"]
            ],
        }
        | more
    )
    filed = table.file("positions", event["name"], record, event["at"], event["logged"])
    if event["changed_since"]:
        table.filed["positions"][-1] = replace(filed, intact=False)


def play_correction(table: Table, event: Event) -> None:
    table.put_right(event["of"], event["right"], event["at"])


def play_evidence(table: Table, event: Event) -> None:
    name, at, logged = event["position"], event["at"], event["logged"]
    if event["by"] == "signature":
        signature(table, event)
        return
    level = {"nothing": "E0", "minutes": "E1", "mail": "E1c", "account": "E2"}[event["by"]]
    more: dict[str, Any] = {}
    if event["words_of"] != name:
        other = next(e for e in table.filed["positions"] if e.id == event["words_of"])
        more["digest"] = other.entry.digest  # type: ignore[union-attr]
    if event["by"] == "mail" and event["own_host"]:
        kept = words(f"mail {event['n']}")
        more |= {"source": kept, "mail": {"received_by": "mx.example.org", "raw": kept}}
    if event["by"] == "account":
        said = next(e.record for e in table.filed["positions"] if e.id == name)
        if event["account_of"] != said.cast_by:
            arrived = stamp(at)
            host = {"host": "code.example.org", "account": event["account_of"]}
            more["account"] = host | {"event": "17", "arrived": arrived}
    table.show(name, level, at, logged, seen=False, claimed=event["claims"], **more)


def signature(table: Table, event: Event) -> None:
    more: dict[str, Any] = {"key": event["key"], "seen": False, "claimed": event["claims"]}
    if event["over"] != event["position"]:
        other = next(e.record for e in table.filed["positions"] if e.id == event["over"])
        more["statement"] = f"The words of {other.member}."
    if event["forged"]:
        more["statement"] = "Forged words."
    table.sign(
        event["position"],
        PAIRS[event["pair"]],
        event["at"],
        event["logged"],
        namespace=f"{event['purpose']}@govkit",
        **more,
    )


def play_comment(table: Table, event: Event) -> None:
    more: dict[str, Any] = {"challenge": event["challenge"]}
    if event["reply"]:
        more["author_reply"] = event["reply"]
    more |= {"about": event["about"], "answered": event["answered"]}
    target = {"revision": event["revision"]}
    table.comment(event["author"], event["at"], target=target, **more)


def play_act(table: Table, event: Event) -> None:
    table.act(
        event["act"],
        *event["by"],
        on=event["at"],
        units=tuple(event["units"]),
        objections=tuple(event["objections"]),
        ruling=event["ruling"],
    )


def play_notice(table: Table, event: Event) -> None:
    table.notice(event["notice"], event["at"], closes=event["closes"])


def play_number(table: Table, event: Event) -> None:
    """A seal and a countersignature take a number of the log, and no record."""
    table.seq += 1


PLAY = {
    "revision": play_revision,
    "position": play_position,
    "evidence": play_evidence,
    "correction": play_correction,
    "comment": play_comment,
    "act": play_act,
    "notice": play_notice,
    "seal": play_number,
    "countersignature": play_number,
}
