"""A proposal on the table: what a test needs to say who said what, and when, in a few words."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from govkit.consent.decide import decide
from govkit.consent.decision import RoundResult, UnitDecision
from govkit.consent.position_statement import OF_CONSENTS, bases_of, statement_digest, statement_of
from govkit.corpus.record_digests import digest_for
from govkit.corpus.text_digests import digest_of
from govkit.log.keys import bare_signature
from govkit.records.comments import Comment
from govkit.records.corrections import Correction
from govkit.records.evidence import Evidence
from govkit.records.governance import Account, Charter, Member
from govkit.records.log import LogEntry
from govkit.records.policies import Policy
from govkit.records.positions import Position
from govkit.records.proposals import Act, Notice, Proposal, Revision
from govkit.round.docket import Docket
from govkit.round.filed_records import Countersigner, FiledRecord, Meeting
from tests.source.ssh_signing import Pair, signed

OPENED = datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)
ONE, TWO, THREE, FOUR, FIVE = (f"EXA-DUE-0{number}" for number in range(1, 6))

GROUPS = {
    "academia": "Academia",
    "business": "Business",
    "civil-society": "Civil society",
    "government": "Governments",
}
PEOPLE = {
    "ada": "civil-society",
    "ben": "civil-society",
    "cem": "academia",
    "dia": "academia",
    "eva": "business",
    "fay": "business",
}
"""Six people in three groups; nobody speaks for a government. All invented."""


def day(number: float) -> datetime.datetime:
    """The moment this many days after the first revision was opened, on 10 March at noon UTC."""
    return (OPENED + datetime.timedelta(days=number)).replace(microsecond=0)


def words(text: str) -> str:
    """The digest that stands for some words."""
    return digest_of(text)


def policy(**changes: Any) -> Policy:
    """Rough consensus, counting what a coordinator has recorded; with changes."""
    plain = {
        "title": "Rough consensus",
        "periods": {"comment": "P30D", "last_call": "P14D", "intake": "P7D", "lapse": "P90D"},
        "consents": {"total": 3, "groups": {"at_least": 2}},
        "min_evidence": {"consent": "E1", "object": "E1", "comment": "E0"},
        "objection": {"reason_grace": "P7D", "unresolved": "escalate"},
    }
    return Policy.model_validate(plain | changes)


def charter(quiet: tuple[str, ...] = (), **classes: list[int]) -> Charter:
    """A charter with one policy for every class, or the classes of each as named."""
    policies = classes or {"substance": [1, 2, 3, 4, 5, 6, 7, 8]}
    return Charter.model_validate(
        {
            "schema_version": "1",
            "id": "example",
            "name": "Example Coalition (invented)",
            "languages": {"authoritative": "en"},
            "id_prefixes": {"provision": "EXA", "recommendation": "EXR", "principle": "EXP"},
            "groups": GROUPS,
            "policies": {name: {"classes": numbers} for name, numbers in policies.items()},
            "coordinators": {"ids": ["ada", "cem"], "threshold": 2},
            "calendar": {"quiet": list(quiet)},
        }
    )


def member(group: str, since: str = "2026-01-10", until: str | None = None, **more: Any) -> Member:
    """A member with one mandate."""
    plain = {
        "name": "Invented",
        "kind": "individual",
        "state": "enrolled",
        "terms": [{"group": group, "since": since, "until": until}],
    }
    return Member.model_validate(plain | more)


_BOUND = ("positions", "comments", "notices")
"""What a correction or evidence is bound to by its digest."""


class Table:
    """A proposal, one revision after the other, with what was said about it. Days count from 0."""

    def __init__(
        self, rule: Policy | None = None, units: tuple[str, ...] = (ONE,), **more: Any
    ) -> None:
        self.members = {id: member(group) for id, group in PEOPLE.items()}
        self.policies: dict[str, Policy] = {"substance": rule or policy()}
        self.charter = charter()
        self.filed: dict[str, list[FiledRecord[Any]]] = {
            name: []
            for name in (
                "revisions",
                "positions",
                "evidence",
                "corrections",
                "comments",
                "notices",
                "acts",
            )
        }
        self.seq = 0
        self.bases: dict[str, str | None] = {}
        self.vouched: dict[str, tuple[Countersigner, ...]] = {}
        self.meetings: tuple[Meeting, ...] = ()
        self.proposal: dict[str, Any] = {
            "id": "2026-003",
            "title": "Notice",
            "proposer": "eva",
            "policies": [{"id": "substance", "digest": words("policy")}],
        }
        self.proposal |= more
        if units:
            self.open({id: words(f"{id} as proposed") for id in units})

    # --- what is on the table --------------------------------------------------------------------

    def open(self, after: dict[str, str | None], on: float = 0, **units: dict[str, Any]) -> None:
        """Open a revision: the words after, for each text. `units` changes fields by id."""
        number = len(self.filed["revisions"]) + 1
        plain = [
            {
                "id": id,
                "before": None,
                "after": digest,
                "class": 6,
                "floor": 6,
                **units.get(id.replace("-", "_"), {}),
            }
            for id, digest in after.items()
        ]
        record = Revision.model_validate(
            {
                "units": plain,
                "change": words(f"revision {number}"),
                "code": "aaaa-bbbb",
                "opened": day(on).isoformat().replace("+00:00", "Z"),
                "comment_until": day(on + 30).isoformat().replace("+00:00", "Z"),
            }
        )
        self.file("revisions", f"rev-{number}", record, on)

    def file(
        self, kind: str, id: str, record: Any, received: float, recorded: float | None = None
    ) -> FiledRecord[Any]:
        """Put a record on the table, with the next number in the log."""
        self.seq += 1
        entry = LogEntry(
            seq=self.seq,
            kind="position",
            received_at=day(received),
            recorded_at=day(received if recorded is None else recorded),
            received_basis="registrar",
            by="ada",
            digest=digest_for(kind[:-1], record) if kind in _BOUND else None,
        )
        self.filed[kind].append(FiledRecord(id, record, entry))
        return self.filed[kind][-1]

    @property
    def units(self) -> dict[str, tuple[str | None, str | None]]:
        revision = self.filed["revisions"][-1].record
        return {unit.id: (unit.before, unit.after) for unit in revision.units}

    def say(
        self,
        who: str,
        position: str,
        on: float = 1,
        *,
        units: tuple[str, ...] | None = None,
        by: str | None = None,
        level: str = "E1",
        recorded: float | None = None,
        pairs: list[tuple[str, str | None, str | None]] | None = None,
        **more: Any,
    ) -> str:
        """A member gives a position to the words of the current revision; return its name."""
        found = [(id, *pair) for id, pair in self.units.items() if units is None or id in units]
        record = Position.model_validate(
            {
                "member": who,
                "cast_by": by or who,
                "capacity": "individual",
                "revision": len(self.filed["revisions"]),
                "position": position,
                "units": [
                    {"id": id, "before": before, "after": after}
                    for id, before, after in pairs or found
                ],
            }
            | more
        )
        name = f"positions/{who}-{len(self.filed['positions']) + 1:02d}"
        self.file("positions", name, record, on, recorded)
        self.show(name, level, on, recorded)
        return name

    def correct(
        self,
        wrong: str,
        position: str,
        on: float = 2,
        *,
        seen: bool = True,
        level: str = "E1",
        who: str | None = None,
        **more: Any,
    ) -> str:
        """Ada files what a member really said, and Cem has seen what shows it; return its name."""
        was = next(each for each in self.filed["positions"] if each.id == wrong)
        assert was.entry is not None
        plain = {"revision": was.record.revision, "corrects": wrong}
        came = (was.entry.received_at - day(0)).total_seconds() / 86_400
        units = more.pop("units", tuple(pair.id for pair in was.record.units))
        name = self.say(
            who or was.record.member,
            position,
            came,
            units=units,
            by=more.pop("by", None),
            level="E0",
            recorded=on,
            **plain | more,
        )
        if level != "E0":
            self.show(name, level, on, seen=seen)
        self.put_right(wrong, name, on)
        return name

    def put_right(self, wrong: str, right: str, on: float = 2) -> str:
        """File a correction of one record by another; return its name."""
        known = {each.id: each for several in self.filed.values() for each in several}
        digests = [known[each].entry.digest for each in (wrong, right)]
        record = Correction.model_validate(
            {
                "corrects": wrong,
                "digest": digests[0],
                "right": right,
                "right_digest": digests[1],
                "reason": "A slip.",
            }
        )
        name = f"corrections/{len(self.filed['corrections']) + 1:02d}"
        self.file("corrections", name, record, on)
        return name

    def vouch(self, name: str, on: float = 2) -> None:
        """Cem vouches for a record that Ada filed."""
        self.seq += 1
        self.vouched[name] = (Countersigner("cem", self.seq, day(on)),)

    def show(
        self,
        position: str,
        level: str,
        on: float = 1,
        recorded: float | None = None,
        *,
        seen: bool = True,
        claimed: str | None = None,
        **more: Any,
    ) -> str:
        """File what shows a position, as Ada has it, and as Cem has seen it; return its name."""
        said = next(each for each in self.filed["positions"] if each.id == position)
        record = Evidence.model_validate(
            {"position": position, "digest": said.entry and said.entry.digest}
            | self._shown(said.record, level, on)
            | {"level": claimed or level}
            | more
        )
        stem = position.removeprefix("positions/")
        number = 1 + sum(each.record.position == position for each in self.filed["evidence"])
        name = f"evidence/{stem}-{number:02d}"
        filed = self.file("evidence", name, record, on, recorded)
        if seen and filed.entry is not None:
            self.vouched[name] = (Countersigner("cem", filed.entry.seq, filed.entry.recorded_at),)
        return name

    def sign(
        self,
        position: str,
        by: Pair,
        on: float = 1,
        recorded: float | None = None,
        *,
        statement: str | None = None,
        namespace: str = OF_CONSENTS,
        **more: Any,
    ) -> str:
        """File a signature over the statement of a position, or over other words."""
        said = next(each.record for each in self.filed["positions"] if each.id == position)
        right = statement_of(said, bases_of(self.docket(), said.revision)[0])
        proved = {
            "kind": "sshsig",
            "key": "k1",
            "statement": more.pop("digest", statement_digest(right)),
            "signature": bare_signature(signed(by, (statement or right).encode(), namespace)),
        }
        return self.show(position, "E3", on, recorded, **proved | more)

    def _shown(self, said: Position, level: str, on: float) -> dict[str, Any]:
        """What is filed to show a level; for E2 the speaker has an account."""
        if level == "E0":
            return {"kind": "reported"}
        if level == "E3":
            return {}  # `sign` says all
        if level != "E2":
            return {"kind": {"E1": "meeting", "E1c": "mail"}[level], "source": words("minutes")}
        host, arrived = "code.example.org", day(on).isoformat().replace("+00:00", "Z")
        who = self.members[said.cast_by]
        account = Account.model_validate(
            {"host": host, "name": said.cast_by, "since": "2026-01-10"}
        )
        self.members[said.cast_by] = who.model_copy(update={"accounts": (account,)})
        event = {"host": host, "account": said.cast_by, "event": "17", "arrived": arrived}
        return {"kind": "account", "account": event}

    def comment(self, who: str, on: float = 1, **more: Any) -> str:
        """A member comments; `about` names the objection that the comment takes up."""
        answered = more.pop("answered", None)
        about = more.pop("about", None)
        plain = {
            "author": {"member": who},
            "comment": "Words.",
            "source": {"kind": "mail"},
            "target": {"revision": len(self.filed["revisions"])},
            "refers_to": [about] if about else [],
        } | more
        if answered is not None:
            plain["disposition"] = {
                "action": "not-accepted",
                "reply": "Because.",
                "by": "cem",
                "at": day(answered).isoformat().replace("+00:00", "Z"),
            }
        name = f"comments/{len(self.filed['comments']) + 1:04d}"
        self.file("comments", name, Comment.model_validate(plain), on)
        return name

    def act(
        self,
        kind: str,
        *by: str,
        on: float = 1,
        units: tuple[str, ...] = (),
        objections: tuple[str, ...] = (),
        ruling: str | None = None,
    ) -> None:
        record = Act.model_validate(
            {
                "kind": kind,
                "by": list(by),
                "reason": "Words.",
                "units": list(units),
                "objections": list(objections),
                "ruling": ruling,
            }
        )
        self.file("acts", f"acts/{len(self.filed['acts']) + 1:02d}", record, on)

    def last_call(self, on: float = 30, closes: float = 44) -> None:
        self.notice("last-call", on, closes=closes)

    def notice(self, kind: str, on: float, **days: float) -> None:
        plain: dict[str, Any] = {"kind": kind, "revision": len(self.filed["revisions"])}
        plain |= {
            name: day(number).isoformat().replace("+00:00", "Z") for name, number in days.items()
        }
        name = f"notices/{len(self.filed['notices']) + 1:02d}"
        self.file("notices", name, Notice.model_validate(plain), on)

    # --- what follows ----------------------------------------------------------------------------

    def docket(self, **more: Any) -> Docket:
        plain = Docket(
            Proposal.model_validate(self.proposal),
            self.charter,
            self.members,
            self.policies,
            bases=self.bases,
            vouched=self.vouched,
            meetings=self.meetings,
            **{name: tuple(filed) for name, filed in self.filed.items()},
        )
        return replace(plain, **more)

    def decide(self, on: float = 60) -> RoundResult:
        """The decision this many days after the opening; day 60 is after everything."""
        return decide(self.docket(), day(on))

    def unit(self, on: float = 60, id: str = ONE) -> UnitDecision:
        return next(unit for unit in self.decide(on).units if unit.id == id)


def agreed(rule: Policy | None = None, units: tuple[str, ...] = (ONE,), **more: Any) -> Table:
    """A table where three members of two groups consent to everything, and the call was held."""
    table = Table(rule, units, **more)
    for who in ("ada", "ben", "cem"):
        table.say(who, "consent")
    table.last_call()
    return table
