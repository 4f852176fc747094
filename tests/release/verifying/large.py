"""A large coalition with real decisions, to see how verifying grows. All invented."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.procedures.proposals.evidence import EvidenceInput, evidence_filing, evidence_for
from govkit.procedures.proposals.positions import filing_of
from govkit.records.positions import Position
from govkit.records.proposals import Revision
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.release.verifying import scene
from tests.vouching import vouch_for_all

GROUPS = ("civil-society", "academia", "technical-community", "business", "public-bodies")
_MODEL = "provisions/notices/AGP-NTC-02-language-and-form.yaml"
_BOOK = "provisions/instrument.yaml"
HEARD = datetime.datetime(2026, 3, 18, 15, tzinfo=datetime.UTC)
_MINUTES = EvidenceInput(kind="meeting", level="E1", source="sha256:" + "ab" * 32)


def released(
    folder: Path, *, provisions: int, members: int, proposals: int, positions: int
) -> Path:
    """A coalition of so many texts and members, and a draft that it has published.

    Each proposal adopts its share of the texts; each member gives so many positions to it.
    """
    folder.mkdir(exist_ok=True)
    people = [f"member-{number:03d}" for number in range(1, members + 1)]
    root = scene.found(folder, lambda root: _members(root, people))
    ids = _texts(root, provisions)
    scene.commit(root)
    share = provisions // proposals
    shares = {f"2026-{n + 1:03d}": ids[n * share : (n + 1) * share] for n in range(proposals)}
    for proposal, own in shares.items():
        scene.run(
            root,
            "propose",
            "open",
            *own,
            "--title",
            f"Part {proposal}",
            "--proposer",
            "example-digital-rights-society",
            "--now",
            "2026-03-02T12:00:00Z",
        )
    filings = [f for proposal in shares for f in _positions(root, proposal, people, positions)]
    file_all(
        root,
        filings,
        by=scene.A,
        received_at=HEARD,
        received_basis="registrar",
        recorded_at=Stamp(HEARD, HEARD),
    )
    vouch_for_all(root, scene.C, scene.keys_of(root) / scene.C, HEARD)
    for proposal in shares:
        scene.run(root, "propose", "last-call", proposal, "--now", "2026-05-01T12:00:00Z")
    for proposal in shares:
        scene.run(root, "decide", proposal, "--apply", "--now", "2026-06-15T12:00:00Z")
    scene.seal(root, scene.A)
    scene.commit(root)
    scene.release(root, formats=("md",))
    return root


def _members(root: Path, people: list[str]) -> None:
    for at, id in enumerate(people):
        path = f"governance/members/{id}.yaml"
        record = {
            "name": f"Member {at} (invented)",
            "kind": "individual",
            "state": "enrolled",
            "terms": [{"group": GROUPS[at % 5], "since": "2026-01-10"}],
        }
        (root / path).write_bytes(record_bytes("member", record, path))


def _texts(root: Path, provisions: int) -> list[str]:
    model = (root / _MODEL).read_text()
    ids = [f"AGP-NTC-{number}" for number in range(10, 10 + provisions)]
    for id in ids:
        text = (
            model.replace("AGP-NTC-02", id)
            .replace("Language and form of notices", f"Notices of the sort {id[8:]}")
            .replace("{keep_months} months", f"{{keep_months}} months in the case {id[8:]}")
        )
        (root / f"provisions/notices/{id}-notices-of-the-sort-{id[8:]}.yaml").write_text(text)
    book = (root / _BOOK).read_text()
    book = book.replace("AGP-NTC-03]", f"AGP-NTC-03, {', '.join(ids)}]")
    assert ids[-1] in book
    (root / _BOOK).write_text(book)
    return ids


def _positions(root: Path, proposal: str, people: list[str], positions: int) -> Iterator[Filing]:
    revision = open_workspace(root).corpus.find(("revision",), f"{proposal}/rev-1")
    assert revision is not None
    assert isinstance(revision.record, Revision)
    pairs = [{"id": u.id, "before": u.before, "after": u.after} for u in revision.record.units]
    each = -(-len(pairs) // positions)
    for id in people:
        for at in range(0, len(pairs), each):
            path = f"governance/proposals/{proposal}/positions/{id}-{at // each + 1:02d}.yaml"
            record = {
                "member": id,
                "cast_by": id,
                "capacity": "individual",
                "revision": 1,
                "position": "consent",
                "units": pairs[at : at + each],
            }
            position = Position.model_validate(record)
            shown, place = evidence_for(position, path, _MINUTES, ())
            yield filing_of(position, path)
            yield evidence_filing(shown, place)
