"""A whole register from records: files, the log that fits them, and the corpus they make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govkit.corpus.copies import read_copy
from govkit.corpus.documents import document_of
from govkit.corpus.record_digests import digest_for
from govkit.corpus.whole import Corpus, corpus_of
from govkit.log.digests import entry_digest
from govkit.records.kinds import COPY, kind_of_path
from govkit.source.reading import read_record
from tests.consent.building import words

BASE = Path(__file__).parents[1] / "rules" / "_base"
PROPOSAL = "governance/proposals/2026-003"
UNIT = {"id": "EXA-DUE-01", "before": None, "after": words("new"), "class": 6, "floor": 6}
PAIR = {name: UNIT[name] for name in ("id", "before", "after")}


def corpus_at(files: Mapping[str, str]) -> Corpus:
    """The corpus of these files, laid over the folder in which the rules are tested."""
    whole = {
        path.relative_to(BASE).as_posix(): path.read_text() for path in BASE.rglob("*.yaml")
    } | dict(files)
    documents = []
    charter = None
    for path in sorted(whole, key=lambda path: path != "governance/charter.yaml"):
        kind, data = kind_of_path(path), whole[path].encode()
        assert kind is not None, path
        if kind == COPY:
            documents.append(read_copy(path, data, charter))
            continue
        record, faults = read_record(path, kind, data)
        errors = tuple(fault for fault in faults if fault.rule != "schema-line")
        documents.append(document_of(path, kind, record, errors))
        charter = charter or corpus_of(documents).charter
    return corpus_of(documents)


def digest_at(path: str, text: str, logged_as: str) -> str:
    record, faults = read_record(path, kind_of_path(path) or "", text.encode())
    assert record is not None, [(fault.rule, fault.message, str(fault.route)) for fault in faults]
    return digest_for(logged_as, record)


def member(group: str) -> dict[str, Any]:
    return {
        "name": "Invented",
        "kind": "individual",
        "state": "enrolled",
        "terms": [{"group": group, "since": "2026-01-10"}],
    }


def position(who: str, said: str = "consent", **more: Any) -> dict[str, Any]:
    plain = {
        "member": who,
        "cast_by": who,
        "capacity": "individual",
        "revision": 1,
        "position": said,
        "units": [PAIR],
    }
    return plain | more


POLICY = {
    "title": "Rough consensus",
    "periods": {"comment": "P30D", "last_call": "P14D"},
    "consents": {"total": 3, "groups": {"at_least": 2}},
    "min_evidence": {"consent": "E1", "object": "E1", "comment": "E0"},
}


class Register:
    """Files as they are written one after the other, each with its entry in the log."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.seq = 0
        charter = (BASE / "governance/charter.yaml").read_text()
        self.files["governance/charter.yaml"] = (
            charter + "policies: {substance: {classes: [1, 2, 3, 4, 5, 6, 7, 8]}}\n"
        )
        for who, group in (("ada", "civil-society"), ("ben", "civil-society"), ("cem", "academia")):
            self.files[f"governance/members/{who}.yaml"] = json.dumps(member(group))
        self.put("governance/policies/substance.yaml", POLICY, "policy")

    def put(self, path: str, record: dict[str, Any], logged_as: str, day: int = 10) -> None:
        """Write a record and the entry about it."""
        self.files[path] = json.dumps(record)
        self.log(path, logged_as, day)

    def show(self, position: str, day: int = 10, **more: Any) -> None:
        """Write that a position stands in minutes that are kept."""
        stem = position.rpartition("/")[2].removesuffix(".yaml")
        record = {
            "position": f"positions/{stem}",
            "digest": digest_at(position, self.files[position], "position"),
            "level": "E1",
            "kind": "meeting",
            "source": words("minutes"),
        }
        self.put(f"{PROPOSAL}/evidence/{stem}-01.yaml", record | more, "evidence", day)

    def log(self, path: str, logged_as: str, day: int = 10) -> None:
        digest = digest_at(path, self.files[path], logged_as)
        moment = f"2026-03-{day:02d}T12:00:00Z"
        self.entry(
            {
                "kind": logged_as,
                "path": path,
                "digest": digest,
                "received_at": moment,
                "received_basis": "registrar",
                "recorded_at": moment,
                "by": "ada",
            }
        )

    def entry(self, fields: dict[str, Any]) -> None:
        before = self.files.get(f"governance/log/{self.seq:06d}.yaml")
        self.seq += 1
        path = f"governance/log/{self.seq:06d}.yaml"
        data = {"seq": self.seq, **fields}
        if before is not None:
            record, _ = read_record(path, "log-entry", before.encode())
            data["prev"] = entry_digest(record)  # type: ignore[arg-type]
        self.files[path] = json.dumps(data)

    def corpus(self) -> Corpus:
        return corpus_at(self.files)


def whole_register() -> Register:
    """A proposal with three consents, a comment with its answer, and a last call."""
    register = Register()
    policy = digest_at(
        "governance/policies/substance.yaml",
        register.files["governance/policies/substance.yaml"],
        "policy",
    )
    register.put(
        f"{PROPOSAL}/proposal.yaml",
        {
            "id": "2026-003",
            "title": "Notice",
            "proposer": "ada",
            "policies": [{"id": "substance", "digest": policy}],
        },
        "proposal",
    )
    register.put(
        f"{PROPOSAL}/rev-1/revision.yaml",
        {
            "units": [UNIT],
            "change": words("change"),
            "code": "aaaa-bbbb",
            "opened": "2026-03-10T12:00:00Z",
            "comment_until": "2026-03-15T12:00:00Z",
        },
        "revision",
    )
    for number, who in enumerate(("ada", "ben", "cem"), 1):
        path = f"{PROPOSAL}/positions/{who}-01.yaml"
        register.put(path, position(who), "position", 10 + number)
        register.show(path, 10 + number)
    comment = {
        "author": {"member": "cem"},
        "target": {"revision": 1},
        "comment": "Too long.",
        "source": {"kind": "mail"},
    }
    register.put(f"{PROPOSAL}/comments/0001.yaml", comment, "comment", 14)
    answer = {"action": "not-accepted", "reply": "No.", "by": "ben", "at": "2026-03-15T12:00:00Z"}
    register.put(
        f"{PROPOSAL}/comments/0001.yaml", comment | {"disposition": answer}, "disposition", 15
    )
    register.put(
        f"{PROPOSAL}/notices/01.yaml",
        {"kind": "last-call", "revision": 1, "closes": "2026-03-30T12:00:00Z"},
        "notice",
        16,
    )
    return register
