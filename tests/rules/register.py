"""Records of the process for the cases of rules: files, with the log that fits them.

They are made while a test runs, since digests bind them to the exact words of `_base`. Each maker
adds to the log that is there, so that many cases can stand in one folder.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from govkit.consent.decide import decide
from govkit.consent.decision import record_of
from govkit.corpus.copies import read_copy
from govkit.corpus.record_digests import change_digest, digest_for
from govkit.log.digests import entry_digest
from govkit.findings import Finding
from govkit.log.chain import newest_entry_of
from govkit.log.checkpoints import OF_HEADS
from govkit.log.digests import tree_of
from govkit.log.periods import instant_of
from govkit.log.signed_statements import act_statement
from govkit.records.acts import CoalitionAct
from govkit.records.log import LogEntry
from govkit.records.base import Record
from govkit.records.proposals import Proposal, Revision
from govkit.round.docket import docket_of, inputs_of
from govkit.source.reading import read_record
from govkit.workspace import open_workspace
from tests.seals import public_of, seal

ZERO = "sha256:" + "0" * 64
GENESIS = "governance/genesis.yaml"
CHARTER = "governance/charter.yaml"
POLICY = "governance/policies/substance.yaml"
ONE = "provisions/due-process/EXA-DUE-01-notice.yaml"
TWO = "provisions/due-process/EXA-DUE-02-complaint.yaml"
EXPORT = "provisions/privacy/EXA-PRV-01-export.yaml"

OLD_WORDS = "The platform must give the reasons for the restriction with the notice."
NEW_WORDS = "The platform must give all reasons for the restriction with the notice."
PERIODS = {"comment": "P30D", "last_call": "P14D", "intake": "P7D", "lapse": "P90D"}


class Register:
    """The process records of a coalition in a folder; `id` is the proposal of this case."""

    def __init__(self, folder: Path, id: str = "2025-001") -> None:
        self.root = folder
        self.id = id
        self.folder = f"governance/proposals/{id}"

    # --- files ----------------------------------------------------------------------------------

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        text = self.text(path)
        assert old in text, path
        self.write(path, text.replace(old, new, 1))

    def put(
        self, path: str, kind: str, record: Mapping[str, Any], logged_as: str | None = None,
        at: str = "2025-03-01T12:00:00Z", received: str | None = None,
    ) -> None:
        """Write a record, and the entry about it where `logged_as` says of which kind."""
        depth = "../" * path.count("/")
        line = f"# yaml-language-server: $schema={depth}schemas/{kind}.schema.json\n"
        self.write(path, line + json.dumps(record, indent=1, ensure_ascii=False) + "\n")
        if logged_as is not None:
            self.log(path, kind, logged_as, at, received)

    def log(
        self, path: str, kind: str, logged_as: str, at: str, received: str | None = None
    ) -> None:
        record, _ = read_record(path, kind, self.text(path).encode())
        assert record is not None, path
        self.entry(at, received, kind=logged_as, path=path, digest=digest_for(logged_as, record))

    def entries(self) -> list[Path]:
        return sorted((self.root / "governance/log").glob("[0-9]" * 6 + ".yaml"))

    def entry(self, at: str, received: str | None = None, **fields: Any) -> str:
        """Write the next entry of the log; return its path."""
        entries = self.entries()
        number = int(entries[-1].stem) + 1 if entries else 1
        known: dict[str, Any] = {"seq": number, **fields, "received_at": received or at,
                                 "received_basis": "registrar", "recorded_at": at,
                                 "by": "example-society"}
        records = [read_record("", "log-entry", each.read_bytes())[0] for each in entries]
        readable = [each for each in records if isinstance(each, LogEntry)]
        if readable:
            last = max(readable, key=lambda each: each.seq)
            known["prev"] = entry_digest(last)
            known["recorded_at"] = max(at, f"{last.recorded_at:%Y-%m-%dT%H:%M:%SZ}")
        path = f"governance/log/{number:06d}.yaml"
        self.put(path, "log-entry", known)
        return path

    def digest(self, path: str) -> str:
        """The digest of a text as it stands in the folder."""
        corpus = open_workspace(self.root).corpus
        found = corpus.digests.of(corpus.by_path[path])
        assert found is not None, path
        return found

    # --- what a coalition has -------------------------------------------------------------------

    def is_founded(self) -> bool:
        """Say whether there is a founding that can be read, and an entry to seal."""
        record = open_workspace(self.root).corpus.by_path.get(GENESIS)
        return record is not None and record.record is not None and bool(self.entries())

    def found(self) -> None:
        if not (self.root / GENESIS).exists():
            policy, charter = self.policy(), self.record_digest(CHARTER, "charter")
            self.put(GENESIS, "genesis", {
                "coalition": "example", "threshold": 1, "charter": charter,
                "policies": [{"id": "substance", "digest": policy}],
                "coordinators": [{"id": "example-society", "keys": [
                    {"id": "k1", "public": public_of("example-society")}]}],
                "founded": "2025-01-01T12:00:00Z",
            }, "genesis", "2025-01-01T12:00:00Z")

    def root_fingerprint(self) -> str:
        return self.record_digest(GENESIS, "genesis")

    def sign(self, place: str, *by: str) -> None:
        """Let those whom an act of the coalition names sign it."""
        record = json.loads(self.text(place).partition("\n")[2])
        act = CoalitionAct.model_validate(record)
        words = act_statement(act, place, self.root_fingerprint())
        self.put(place, "coalition-act", record | {
            "signatures": [seal(each, words) for each in by or act.by]})

    def seal(self, root: str = "") -> None:
        """Seal the head over all entries; `root` in base64 stands in the place of the right one."""
        size, genesis = len(self.entries()), self.root_fingerprint()
        right = base64.b64encode(tree_of(open_workspace(self.root).corpus).root()).decode()
        text = f"{genesis}\n{size}\n{root or right}\n"
        path = f"governance/log/heads/{size:06d}.yaml"
        seals = [seal("example-society", text, OF_HEADS)]
        self.put(path, "log-head", {"checkpoint": text, "seals": seals})

    def act(
        self, path: str, kind: str, before: str | None, signed: bool = True, **more: Any
    ) -> str:
        """File what the coalition decided about its charter or a policy, as it stands now."""
        number = len(list((self.root / "governance/acts").glob("*.yaml"))) + 1
        place = f"governance/acts/{number:02d}.yaml"
        self.put(place, "coalition-act", {
            "kind": kind, "path": path, "before": before, "after": self.record_digest(path, kind),
            "by": ["example-society"], "reason": "The coalition decided so.", **more,
        }, "act", "2026-02-01T12:00:00Z")
        if signed:
            self.sign(place)
        self.log(path, kind, kind, "2026-02-01T12:00:00Z")
        return place

    def record_digest(self, path: str, kind: str) -> str:
        """The digest of a record of the process as it stands in the folder."""
        return digest_for(kind, self.record(path, kind))

    def record(self, path: str, kind: str) -> Record:
        """A record as it stands in the folder."""
        record, faults = read_record(path, kind, self.text(path).encode())
        assert record is not None, faults
        return record

    def policy(self, **more: Any) -> str:
        """Let one policy decide every class; return its digest."""
        if "policies:" not in self.text(CHARTER):
            classes = "policies: {substance: {classes: [1, 2, 3, 4, 5, 6, 7, 8]}}\n"
            self.write(CHARTER, self.text(CHARTER) + classes)
        if not (self.root / POLICY).exists() or more:
            self.put(POLICY, "policy", {"title": "Rough consensus", "periods": PERIODS, **more})
        return self.record_digest(POLICY, "policy")

    def propose(self, policy: str | None = None) -> None:
        policies = [{"id": "substance", "digest": policy or self.policy()}]
        self.put(f"{self.folder}/proposal.yaml", "proposal", {
            "id": self.id, "title": "Reasons", "proposer": "example-society",
            "policies": policies}, "proposal", "2025-03-01T12:00:00Z")
        self.write(f"{self.folder}/policies/substance.yaml", self.text(POLICY))

    def revision(
        self, number: int = 1, *, opened: str = "2025-03-01T12:00:00Z",
        until: str = "2025-04-02T12:00:00Z", path: str = ONE, old: str = OLD_WORDS,
        new: str = NEW_WORDS, logged: bool = True, **unit: Any,
    ) -> dict[str, Any]:
        """Open a revision of one text: its words in the folder before, others after."""
        corpus = open_workspace(self.root).corpus
        document = corpus.by_path[path]
        id, charter = document.id, corpus.charter
        terms = {
            slug: {"before": digest, "after": digest}
            for slug in ("platform", "user", "restriction")
            if (term := corpus.find(("term",), slug)) is not None
            and (digest := corpus.digests.of(term)) is not None
        }
        place = f"{self.folder}/rev-{number}"
        plain = {"change": ZERO, "code": "aaaa-bbbb", "opened": opened, "comment_until": until,
                 "terms": terms}
        least = 6 if unit.get("before", "") is not None else 8  # a new text is of the highest class
        bare = {"id": id, "before": None, "after": None, "class": least, "floor": least}
        revision = Revision.model_validate_json(
            json.dumps({**plain, "units": [bare]}), strict=False
        )
        digests = {}
        for side in ("before", "after") if unit.get("before", "") is not None else ("after",):
            words = self.text(path).replace(old, new) if side == "after" else self.text(path)
            copied = f"{place}/{side}/{id}.yaml"
            schema = "../" * copied.count("/") + "schemas/"
            words = re.sub(r"(\$schema=)(\.\./)*schemas/", rf"\1{schema}", words)
            self.write(copied, words)
            digests[side] = _digest(copied, words, charter, revision, side)
        made = {**bare, **digests, **unit}
        record = {**plain, "units": [made]}
        revision = Revision.model_validate_json(json.dumps(record), strict=False)
        proposal = self.record(f"{self.folder}/proposal.yaml", "proposal")
        assert isinstance(proposal, Proposal)
        record["change"] = change_digest("example", proposal, number, revision)
        self.put(f"{place}/revision.yaml", "revision", record,
                 "revision" if logged else None, opened)
        return made

    def last_call(self, on: str, closes: str, number: int = 1) -> None:
        self.put(f"{self.folder}/notices/01.yaml", "notice", {
            "kind": "last-call", "revision": number, "closes": closes}, "notice", on)

    def comment(
        self, revision: int = 1, on: str = "2025-03-05T12:00:00Z", *, number: int = 1,
        logged: bool = True, **more: Any,
    ) -> None:
        record = {"author": {"member": "example-society"}, "target": {"revision": revision},
                  "comment": "Too short.", "source": {"kind": "meeting"}, **more}
        path = f"{self.folder}/comments/{number:04d}.yaml"
        self.put(path, "comment", record, "comment" if logged else None, on)
        if "disposition" in more:
            self.log(path, "comment", "disposition", on)

    def erased(self, number: int, on: str = "2025-03-20T12:00:00Z") -> None:
        """Say in the log that the name of who made a comment was taken out."""
        path = f"{self.folder}/comments/{number:04d}.yaml"
        digest = digest_for("erasure", self.record(path, "comment"))
        because = {"because": "The person asked to be left out."}
        self.entry(on, kind="erasure", path=path, digest=digest, erasure=because)

    def decide(
        self, *units: Mapping[str, Any], now: str = "2025-05-01T12:00:00Z",
        outcome: str = "adopted", objections: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        several = [
            {"id": each["id"], "before": each["before"], "after": each["after"],
             "policy": "substance", "outcome": outcome,
             "required": {}, "given": {}, "missing": {}, "objections": list(objections)}
            for each in units
        ]
        self.put(f"{self.folder}/decision.yaml", "decision", {
            "proposal": self.id, "revision": 1, "now": now, "head": ZERO, "outcome": outcome,
            "units": several, "inputs": []}, "decision", now)

    def decide_rightly(self, now: str, **other: Any) -> None:
        """File the decision that the records give; `other` are words that somebody wrote over."""
        corpus = open_workspace(self.root).corpus
        docket, head = docket_of(corpus, self.id), newest_entry_of(corpus)
        assert docket is not None
        assert head is not None
        policies = {each.id: each.digest for each in docket.proposal.policies}
        sum_ = decide(docket, instant_of(now))
        record = record_of(sum_, head.digest, policies, dict(inputs_of(docket)))
        self.put(f"{self.folder}/decision.yaml", "decision", record | other, "decision", now)


def but_for_sums(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out that no records give a decision: `Register.decide` writes down what a case needs.

    The sum itself has its cases in the rule `decision-differs`.
    """
    return [each for each in findings if each.rule != "decision-differs"]


def _digest(path: str, words: str, charter: Any, revision: Revision, side: str) -> str:
    from govkit.corpus.copies import digest_of_copy

    found = digest_of_copy(read_copy(path, words.encode(), charter), revision, side)  # type: ignore[arg-type]
    assert found is not None, path
    return found
