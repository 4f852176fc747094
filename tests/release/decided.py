"""A release of an invented coalition in which one text was decided: who said what, in a few words.

Everything is a value: no folder, no git. Six people in three groups; nobody speaks for governments.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

from govkit.consent.decide import decide
from govkit.consent.decision import record_of
from govkit.corpus.books import units_of
from govkit.corpus.whole import Corpus
from govkit.log.chain import newest_entry_of
from govkit.records.releases import EntryAt, Manifest, ReleasedUnit
from govkit.release.release import Release
from govkit.rendering.release.artefacts import artefact_names, artefacts
from govkit.round.docket import docket_of, inputs_of
from govkit.source.record_bytes import record_bytes
from tests.consent.building import words
from tests.consent.register import PROPOSAL, Register, corpus_at, digest_at, member, position

TEXT = "EXA-DUE-01"
DECISION = f"{PROPOSAL}/decision.yaml"
DECIDED = datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC)
ROOT = words("genesis")
_BASE = corpus_at({})
AFTER = {each.id: _BASE.digests.of(each) for each in units_of(_BASE, "INS-provisions")}
NAMES = {
    "ada": "Ada Invented",
    "ben": "Ben Invented",
    "cem": "Cem Invented",
    "dia": "Dia Invented",
    "eva": "Eva Invented",
    "fay": "Fay Invented",
}
_GROUPS = {
    "ada": "civil-society",
    "ben": "civil-society",
    "cem": "academia",
    "dia": "academia",
    "eva": "business",
    "fay": "business",
}
_POLICY = {
    "title": "Rough consensus",
    "periods": {"comment": "P30D", "last_call": "P14D"},
    "consents": {"total": 3, "groups": {"at_least": 2}},
    "min_evidence": {"consent": "E1", "object": "E1", "comment": "E0"},
    "objection": {"reason_grace": "P7D", "unresolved": "adopt-with-dissent"},
}


class Story(Register):
    """A proposal about some texts of the base coalition: say who says what, then decide."""

    def __init__(self, *ids: str) -> None:
        super().__init__()
        self.pairs = [{"id": id, "before": None, "after": AFTER[id]} for id in ids or (TEXT,)]
        charter = self.files["governance/charter.yaml"]
        charter = charter.replace(
            "  civil-society: Civil society\n",
            "  civil-society: Civil society\n  business: Business\n  government: Governments\n",
        )
        assert "Governments" in charter
        self.files["governance/charter.yaml"] = charter
        for who, group in _GROUPS.items():
            record = member(group) | {"name": NAMES[who]}
            self.files[f"governance/members/{who}.yaml"] = json.dumps(record)
        path = "governance/policies/substance.yaml"
        self.put(path, _POLICY, "policy")
        policy = digest_at(path, self.files[path], "policy")
        self.put(
            f"{PROPOSAL}/proposal.yaml",
            {
                "id": "2026-003",
                "title": "Notice",
                "proposer": "ada",
                "policies": [{"id": "substance", "digest": policy}],
            },
            "proposal",
        )
        self.put(
            f"{PROPOSAL}/rev-1/revision.yaml",
            {
                "units": [{**pair, "class": 8, "floor": 8} for pair in self.pairs],
                "change": words("change"),
                "code": "aaaa-bbbb",
                "opened": "2026-03-10T12:00:00Z",
                "comment_until": "2026-03-15T12:00:00Z",
            },
            "revision",
        )
        self.said: dict[str, int] = {}

    def says(self, who: str, said: str = "consent", **more: Any) -> Story:
        """One more position, in the log at once."""
        number = self.said[who] = self.said.get(who, 0) + 1
        path = f"{PROPOSAL}/positions/{who}-{number:02d}.yaml"
        self.put(path, position(who, said, **{"units": self.pairs, **more}), "position", 12)
        self.show(path, 12)
        return self

    def objects(self, who: str, reason: str, **more: Any) -> Story:
        """An objection that is answered and does not satisfy its author: it becomes dissent."""
        self.says(who, "object", reason=reason, **more)
        return self.answered(who)

    def answered(self, who: str) -> Story:
        """The comment that takes an objection up, and an answer to it."""
        comment = {
            "author": {"member": who},
            "target": {"revision": 1},
            "comment": "See there.",
            "source": {"kind": "mail"},
            "refers_to": [f"positions/{who}-01"],
        }
        path = f"{PROPOSAL}/comments/{self.seq:04d}.yaml"
        self.put(path, comment, "comment", 13)
        answer = {
            "action": "not-accepted",
            "reply": "It stays.",
            "by": "ben",
            "at": "2026-03-15T12:00:00Z",
        }
        self.put(
            path,
            comment | {"disposition": answer, "author_reply": "not-satisfied"},
            "disposition",
            15,
        )
        return self

    def states(self, who: str, reason: str, units: Sequence[str] = ()) -> Story:
        """A minority statement."""
        act = {"kind": "minority-statement", "by": [who], "reason": reason, "units": list(units)}
        self.put(f"{PROPOSAL}/acts/01.yaml", act, "act", 17)
        return self

    def decided(self) -> Story:
        """Last call, then the decision as its records give it."""
        notice = {"kind": "last-call", "revision": 1, "closes": "2026-03-31T12:00:00Z"}
        self.put(f"{PROPOSAL}/notices/01.yaml", notice, "notice", 16)
        corpus = self.corpus()
        docket = docket_of(corpus, "2026-003")
        head = newest_entry_of(corpus)
        assert docket is not None
        assert head is not None
        data = record_of(
            decide(docket, DECIDED),
            head.digest,
            {each.id: each.digest for each in docket.proposal.policies},
            dict(inputs_of(docket)),
        )
        self.put(DECISION, json.loads(json.dumps(data, default=str)), "decision", 31)
        return self

    def release(self, version: str = "1.0.0", **more: Any) -> Release:
        """The release of the provisions: one text decided, all others adopted by nobody."""
        return release_of(
            self.corpus(), self.files, version, decided=[pair["id"] for pair in self.pairs], **more
        )


def release_of(
    corpus: Corpus,
    files: dict[str, str],
    version: str = "1.0.0",
    *,
    adopted_by: str | None = DECISION,
    decided: Sequence[str] = (TEXT,),
    previous: Corpus | None = None,
    formats: Sequence[str] = ("md", "html"),
    founded: bool = True,
    **more: Any,
) -> Release:
    """A release of a corpus; `adopted_by` is what adopted the `decided` texts."""
    units = tuple(
        ReleasedUnit(
            id=each.id,
            digest=corpus.digests.of(each) or "",
            adopted_by=adopted_by if each.id in decided else None,
        )
        for each in units_of(corpus, "INS-provisions")
    )
    compared = previous is not None
    names = artefact_names(corpus, "INS-provisions", formats, units=units, compared=compared)
    head = newest_entry_of(corpus)
    manifest = Manifest(
        instrument="INS-provisions",
        version=version,
        state="candidate",
        title="Example provisions (invented)",
        dated=datetime.date(2026, 5, 1),
        compared_with=more.pop("compared_with", "1.0.0-draft.1") if compared else None,
        tree="0" * 40,
        records=len(files),
        merkle_root=words("root"),
        units=units,
        newest_entry=EntryAt(seq=head.seq, digest=head.digest) if head else None,
        genesis=ROOT if founded else None,
        coordinators=("ada", "ben"),
        threshold=2,
        tools={"govkit": "0.1.0"},
        artefacts=names,
        **more.pop("manifest", {}),
    )
    data = record_bytes("manifest", manifest, "releases/provisions/1.0.0/manifest.yaml")
    held = {path: text.encode() for path, text in files.items()}
    return Release(manifest, data, corpus, held, previous, **more)


def made(release: Release) -> dict[str, bytes]:
    """Every file of the release."""
    return {name: make() for name, make in artefacts(release)}


def adopted(*ids: str) -> Story:
    """Three consent, one with a reservation; nobody else says anything yet."""
    story = Story(*ids)
    for who in ("ada", "cem"):
        story.says(who)
    story.says("ben", "consent-with-reservation", reason="Too short a time.")
    return story
