"""Sixty random histories of a real log, held against a plain reckoning of the handbook.

Keys begin, end and turn out to be in other hands by acts that the right and the wrong people sign;
heads are sealed, witnessed, forged and taken out. What follows is reckoned a second time with lists
and loops, from docs/log.md and decisions 39, 41 and 42.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from govkit.log.amendments import own_rules
from govkit.log.countersignatures import countersigners
from govkit.log.digests import entry_digest
from govkit.log.heads import path_of_head, seals_of
from govkit.log.keys import bare_signature
from govkit.log.signed_statements import act_statement, countersignature_statement
from govkit.procedures.log.filing import AddedEntry, Filing, Stamp, file_all
from govkit.records.acts import CoalitionAct
from govkit.records.log import Countersignature, LogEntry, MemberSignature
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.seals import pair_of, seal
from tests.source.ssh_signing import signed

from .conftest import BASE, commit, git
from .register import MEMBERS, OPENED, PROPOSAL, A, B, C, found, listed, log, open_proposal, said

HISTORIES, AT_ONCE = 60, 15
Event = dict[str, Any]
COORDINATORS = (A, B)
FIRST = {(A, "k1"), (B, "k1")}
OUTSIDER = "Example Observatory"


def moment(day: float) -> datetime.datetime:
    return OPENED + datetime.timedelta(days=day)


def written(day: float) -> str:
    return moment(day).isoformat().replace("+00:00", "Z")


# --- what happens ---------------------------------------------------------------------------------


class Chance(random.Random):
    """A source of choices; `keys` are those that somebody said begin, by member."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.keys = {A: ["k1"], B: ["k1"], C: ["k1"]}

    def key_of(self, who: str) -> str:
        return self.choice(self.keys.get(who, ["k1"]))


def history_of(number: int, begin: int) -> list[Event]:
    """The events of this number, after a log of so many entries; each has a day of its own."""
    chance, events, n = Chance(number), list[Event](), begin
    for day in range(1, chance.randrange(12, 25)):
        do = chance.choice(("file", *("key",) * 3, "countersign", *("seal",) * 3, "head"))
        filed = [each["n"] for each in events if each["do"] == "file"]
        heads = sorted({each["size"] for each in events if each["do"] == "seal"})
        if do == "file" or (do == "countersign" and not filed) or (do == "head" and not heads):
            do, more = "file", {"by": chance.choice(COORDINATORS)}
        elif do == "key":
            more = key_change(chance, day)
        elif do == "countersign":
            more = {"of": chance.choice(filed), **signature(chance, (A, B, B, C))}
        elif do == "seal":
            text = chance.choice(("true",) * 12 + ("root", "origin", "place"))
            size = chance.choice((n, n, n, *heads))
            more = {"size": size, "text": text, **signature(chance, (A, A, A, B, B, B, C))}
        else:
            do = chance.choice(("witness", "witness", "delete"))
            more = {"size": chance.choice(heads), "public": chance.choice((OUTSIDER, OUTSIDER, A))}
            more |= signature(chance, (A, B, C, OUTSIDER, OUTSIDER))
        n += do in WRITE_ENTRIES
        events.append({"do": do, "day": day, "n": n, **more})
    return events


def signature(chance: Chance, who: tuple[str, ...]) -> Event:
    by = chance.choice(who)
    return {"by": by, "key": chance.key_of(by), "good": chance.random() < 0.95}


def key_change(chance: Chance, day: int) -> Event:
    """An act about a key, with signatures of which now and then one is missing or forged."""
    member = chance.choice((A, B, C))
    change = chance.choice((*("begins",) * 4, "ends", "ends", "compromised"))
    key = chance.key_of(member)
    signers = [(who, chance.key_of(who)) for who in sorted({A, B, member})]
    if change == "begins" and chance.random() < 0.9:
        key = f"k{len(chance.keys[member]) + 1}"
        chance.keys[member].append(key)
    signers += [(member, key)] if change == "begins" else []
    return {
        "member": member,
        "key": key,
        "change": change,
        "since": day - chance.choice((0, 2, 4)) if change == "compromised" else day,
        "by": sorted({chance.choice((A, B)), chance.choice((A, B, member))}),
        "signed": [(*each, chance.random() < 0.97) for each in signers if chance.random() < 0.95],
    }


# --- the same, reckoned by loops ------------------------------------------------------------------


def walk(events: list[Event], known: dict[Any, float]) -> tuple[dict[Any, Any], dict[int, bool]]:
    """The keys in the end, and which acts count; `known` is since when a key is in other hands."""
    keys: dict[Any, Any] = {
        name: {"n": 0, "from": -99, "ends": 999, "stolen": known.get(name, 999)} for name in FIRST
    }
    counts = {}
    for act in events:
        if act["do"] != "key":
            continue
        name = (act["member"], act["key"])
        counts[act["n"]] = act_counts(act, keys)
        if not counts[act["n"]]:
            continue
        if act["change"] == "begins":
            stolen = known.get(name, 999)
            keys[name] = {"n": act["n"], "from": act["day"], "ends": 999, "stolen": stolen}
        elif act["change"] == "ends":
            keys[name]["ends"] = min(keys[name]["ends"], act["day"] + 1)  # with its day
        else:
            keys[name]["ends"] = min(keys[name]["ends"], act["day"])
            keys[name]["stolen"] = min(keys[name]["stolen"], act["since"])
    return keys, counts


def holds(key: dict[str, Any] | None, day: float, n: int = 9999) -> bool:
    """Whether a key counted when something was recorded, and nobody else may have had it."""
    return key is not None and n > key["n"] and key["from"] <= day < min(key["ends"], key["stolen"])


def act_counts(act: Event, keys: dict[Any, Any]) -> bool:
    """Whether everybody whom an act names has signed, as many as it takes, and the new key."""
    name = (act["member"], act["key"])
    if (act["change"] == "begins") == (name in keys):
        return False
    signers, possession = set(), act["change"] != "begins"
    for who, key, good in act["signed"]:
        held = keys.get((who, key))
        if act["change"] == "compromised" and (who, key) == name:
            held = held and {**held, "stolen": 999}  # who says so may sign with that key
        if good and holds(held, act["day"], act["n"]):
            signers.add(who)
        if good and (who, key) == name:
            possession = True
    if not possession or not set(act["by"]) <= signers:
        return False
    coordinators = len(signers & {A, B})
    own = act["member"] in signers and (act["member"] == C or coordinators > 1)
    return coordinators >= 2 or own


def reckon(events: list[Event], begin: int) -> dict[str, Any]:
    """Which acts count, who vouches for the log, which heads are false, who vouches for what."""
    early, first = walk(events, {})
    known: dict[Any, float] = {}
    for act in events:
        if act["do"] == "key" and act["change"] == "compromised" and first[act["n"]]:
            name = (act["member"], act["key"])
            known[name] = min(known.get(name, 999), act["since"])
    keys, counts = walk(events, known)
    as_signed = {
        name: {**key, "stolen": 999, **({"ends": 999} if key["stolen"] < 999 else {})}
        for name, key in early.items()
    }
    days = {event["n"]: event["day"] for event in events if event["do"] in WRITE_ENTRIES}
    faults: Counter[str] = Counter()
    doubts: Counter[str] = Counter()
    sealed: dict[str, list[str]] = {}
    witnessed: dict[str, list[str]] = {}
    for size, head in heads_of(events).items():
        path = path_of_head(size)
        if head["text"] != "true":
            faults[path] += 1
            continue
        sealed[path], witnessed[path] = [], []
        below = [(each, COORDINATORS, days.get(size, 0), sealed) for each in head["seals"]]
        below += [(each, (A, B, C), each["day"], witnessed) for each in head["witnesses"]]
        for each, who, day, those in below:
            name, may = (each["by"], each["key"]), each["good"] and each["by"] in who
            outside = each["by"] == OUTSIDER and each["public"] == OUTSIDER and each["good"]
            if outside or (may and holds(keys.get(name), day)):
                those[path].append(each["by"])
            elif may and holds(as_signed.get(name), day):
                doubts[path] += 1
            else:
                faults[path] += 1
    newest = max((int(path[-11:-5]) for path, by in sealed.items() if by), default=0)
    last = max([begin, *days])
    return {
        "acts": [counts[each["n"]] for each in events if each["do"] == "key"],
        "sealed": sealed,
        "witnessed": witnessed,
        "faults": faults,
        "doubts": doubts,
        "unsealed": [*range(newest + 1, last + 1)],
        "vouching": vouching(events, keys, sealed),
    }


WRITE_ENTRIES = ("file", "key", "countersign")


def heads_of(events: list[Event]) -> dict[int, Event]:
    """The heads that lie there in the end: what was written, and not taken out."""
    heads: dict[int, Event] = {}
    for each in events:
        if each["do"] == "seal":
            # A false head is written over what was there; a true seal stands below what it finds.
            if each["text"] != "true" or each["size"] not in heads:
                heads[each["size"]] = {"text": each["text"], "seals": [], "witnesses": []}
            heads[each["size"]]["seals"].append(each)
        elif each["do"] == "witness" and each["size"] in heads:
            heads[each["size"]]["witnesses"].append(each)
        elif each["do"] == "delete":
            heads.pop(each["size"], None)
    return heads


def vouching(
    events: list[Event], keys: dict[Any, Any], sealed: dict[str, list[str]]
) -> dict[int, list[str]]:
    """Who vouches for an entry: a coordinator other than the filer, whom a seal bears out."""
    filers = {each["n"]: each["by"] for each in events if each["do"] == "file"}
    found: dict[int, list[str]] = {}
    for each in events:
        if each["do"] != "countersign":
            continue
        by, filer = each["by"], filers[each["of"]]
        held = each["good"] and holds(keys.get((by, each["key"])), each["day"], each["n"])
        covering = [who for path, who in sealed.items() if int(path[-11:-5]) >= each["of"]]
        people = [who for several in covering for who in several]
        borne_out = not people or filer in people
        if held and by in COORDINATORS and by != filer and borne_out:
            found.setdefault(each["of"], [])
            found[each["of"]] += [by] if by not in found[each["of"]] else []
    return found


# --- the same in files ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded coalition with a third member, and a proposal that is open."""
    folder = tmp_path_factory.mktemp("founded") / "coalition"
    shutil.copytree(BASE, folder, symlinks=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    listed(folder, C)
    found(folder)
    open_proposal(folder)
    return folder


class Scene:
    """A folder in which a history is played; `texts` are the true heads, by size."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries = log(folder)
        self.root = self.entries[0].digest or ""
        self.heads: dict[int, Event] = {}

    def file(self, filings: list[Filing], day: float, by: str, *further: AddedEntry) -> None:
        at = moment(day)
        done = file_all(
            self.folder,
            filings,
            by=by,
            received_at=at,
            received_basis="registrar",
            recorded_at=Stamp(at, at),
            further=further,
        )
        self.entries += done

    def play(self, events: list[Event]) -> None:
        for event in events:
            getattr(self, event["do"] if event["do"] != "file" else "position")(event)
            assert len(self.entries) == event["n"]
        for size, head in heads_of(events).items():
            self.write(size, head)

    def position(self, event: Event) -> None:
        path = f"{PROPOSAL}/positions/{B}-{event['n']:02d}.yaml"
        data = record_bytes("position", said(B), path)
        self.file([Filing(path, data, "position")], event["day"], event["by"])

    def key(self, event: Event) -> None:
        place = f"governance/acts/{event['n']:02d}.yaml"
        member, key = event["member"], event["key"]
        plain = {
            "kind": "key",
            "path": f"{MEMBERS}/{member}.yaml",
            "before": None,
            "after": None,
            "by": event["by"],
            "reason": "So.",
            "key": {
                "member": member,
                "id": key,
                "public": pair_of(member if key == "k1" else f"{member} {key}").public,
                "change": event["change"],
                "since": written(event["since"]),
            },
        }
        words = act_statement(CoalitionAct.model_validate(plain), place, self.root)
        seals = [seal(who, words if good else "x", key=id) for who, id, good in event["signed"]]
        data = record_bytes("coalition-act", plain | {"signatures": seals}, place)
        self.file([Filing(place, data, "act")], event["day"], A)

    def countersign(self, event: Event) -> None:
        of = self.entries[event["of"] - 1]
        words = countersignature_statement(of, "The letter.", self.root)
        made = seal(
            event["by"], words if event["good"] else "x", "countersign@govkit", event["key"]
        )
        record = Countersignature(entry=of.seq, seen="The letter.", seal=MemberSignature(**made))
        says = {"path": of.path, "digest": of.digest, "countersignature": record}
        self.file([], event["day"], event["by"], AddedEntry("countersigned", says))

    def seal(self, event: Event) -> None:
        """Nothing yet: heads are written in the end, as they lie there then."""

    witness = delete = seal

    def write(self, size: int, head: Event) -> None:
        over = size - 1 if head["text"] == "place" else size
        origin = "sha256:" + "0" * 64 if head["text"] == "origin" else self.root
        root = root_over(self.entries[: over - 1 if head["text"] == "root" else over])
        text = f"{origin}\n{over}\n{base64.b64encode(root).decode()}\n"
        seals = [
            seal(each["by"], text if each["good"] else "x", "head@govkit", each["key"])
            for each in head["seals"]
        ]
        witnesses = [self.witness_of(each, text) for each in head["witnesses"]]
        path = path_of_head(size)
        (self.folder / path).parent.mkdir(exist_ok=True)
        record = {"checkpoint": text, "seals": seals, "witnesses": witnesses}
        (self.folder / path).write_bytes(record_bytes("log-head", record, path))

    def witness_of(self, event: Event, text: str) -> Event:
        seen = moment(event["day"])
        words = f"cosignature/v1\ntime {int(seen.timestamp())}\n{text}" if event["good"] else "x"
        if event["by"] != OUTSIDER:
            made = seal(event["by"], words, "witness@govkit", event["key"])
            return {**made, "seen_at": written(event["day"])}
        pair = pair_of(event["public"])
        return {
            "name": OUTSIDER,
            "public": pair.public,
            "seen_at": written(event["day"]),
            "signature": bare_signature(signed(pair, words.encode(), "witness@govkit")),
        }


def root_over(entries: list[LogEntry]) -> bytes:
    """The root of RFC 6962 over the digests of entries, by its definition."""

    def over(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return hashlib.sha256(b"\0" + leaves[0]).digest()
        left = 1
        while left * 2 < len(leaves):
            left *= 2
        return hashlib.sha256(b"\1" + over(leaves[:left]) + over(leaves[left:])).digest()

    return over([bytes.fromhex(entry_digest(entry).removeprefix("sha256:")) for entry in entries])


def shown(folder: Path, entries: list[LogEntry]) -> dict[str, Any]:
    """What govkit says of the log in a folder, as plain data of the same shape."""
    corpus = open_workspace(folder).corpus
    seals, rules = seals_of(corpus), own_rules(corpus)
    assert rules is not None
    numbers = {entry.path: entry.seq for entry in entries if entry.kind == "position"}
    return {
        "acts": [not step.fault for step in rules.steps],
        "sealed": {head.path: list(head.sealed_by) for head in seals.heads},
        "witnessed": {head.path: [each.who for each in head.witnessed_by] for head in seals.heads},
        "faults": Counter(fault.path for fault in seals.faults),
        "doubts": Counter(doubt.path for doubt in seals.doubts),
        "unsealed": [*seals.unsealed],
        "vouching": {numbers[path]: [*by] for path, by in countersigners(corpus).items()},
    }


def test_a_key_that_ended_holds_no_more_though_a_second_act_ends_it_later(
    base: Path, tmp_path: Path
) -> None:
    begin = len(log(base))
    own = {"member": B, "by": [A]}
    both = [(A, "k1", True), (B, "k1", True)]
    ends = {"do": "key", **own, "key": "k1", "change": "ends"}
    events: list[Event] = [
        {"do": "key", "day": 1, **own, "key": "k2", "change": "begins", "since": 1}
        | {"signed": [*both, (B, "k2", True)]},
        {**ends, "day": 2, "since": 2, "signed": both},
        {"do": "file", "day": 5, "by": A},
        {**ends, "day": 9, "since": 9, "signed": [(A, "k1", True), (B, "k2", True)]},
    ]
    events = [{**each, "n": begin + number} for number, each in enumerate(events, 1)]
    late = {"do": "seal", "day": 10, "n": begin + 4, "size": begin + 3, "text": "true"}
    events.append(late | {"by": B, "key": "k1", "good": True})
    shutil.copytree(base, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    scene = Scene(tmp_path / "copy")
    scene.play(events)
    said_of_it = shown(scene.folder, scene.entries)
    assert (said_of_it["acts"], said_of_it["sealed"]) == ([True] * 3, {path_of_head(begin + 3): []})
    assert said_of_it == reckon(events, begin)


@pytest.mark.parametrize("first", range(0, HISTORIES, AT_ONCE))
def test_who_vouches_for_the_log_is_as_the_handbook_has_it(
    first: int, base: Path, tmp_path: Path
) -> None:
    begin = len(log(base))
    for number in range(first, first + AT_ONCE):
        folder = tmp_path / str(number)
        shutil.copytree(base, folder, ignore=shutil.ignore_patterns(".git"))
        scene, events = Scene(folder), history_of(number, begin)
        scene.play(events)
        assert shown(folder, scene.entries) == reckon(events, begin), number
