"""A founded coalition in a repository, with one open proposal. All invented."""

from __future__ import annotations

import datetime
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

from govkit.log.amendments import GENESIS_PATH
from govkit.log.keys import bare_signature
from govkit.log.signed_statements import act_statement, founding_statement, root_fingerprint
from govkit.procedures.coalition.founding import prepare_founding
from govkit.procedures.log.filing import Filing, Stamp, file_all, with_values
from govkit.records.acts import CoalitionAct
from govkit.records.log import LogEntry
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.seals import private_file, public_of, seal, seal_log
from tests.source.ssh_signing import Pair, signed

from .conftest import Run, commit

MEMBERS = "governance/members"
PROPOSAL = "governance/proposals/2026-001"
BEFORE = "sha256:" + "ab" * 32
AFTER = "sha256:" + "cd" * 32
FOUNDED = datetime.datetime(2026, 2, 1, 12, tzinfo=datetime.UTC)
OPENED = datetime.datetime(2026, 2, 10, 12, tzinfo=datetime.UTC)
NOW = "2026-03-01T12:00:00Z"
A, B, C = "example-society", "other-society", "third-society"
BY_A, BY_B, BY_C = (("--by", id, "--now", NOW) for id in (A, B, C))


def listed(folder: Path, id: str, **more: Any) -> None:
    """Write a member who was only listed, as a person does by hand."""
    path = f"{MEMBERS}/{id}.yaml"
    record = {
        "name": id.replace("-", " ").title(),
        "kind": "organisation",
        "state": "listed",
        "terms": [{"group": "academia", "since": "2026-01-10"}],
    }
    (folder / path).write_bytes(record_bytes("member", record | more, path))


def found(
    folder: Path, keys: bool = True, ids: tuple[str, ...] = (A, B), threshold: int | None = None
) -> None:
    """Found the coalition with two coordinators, whose keys are those of `tests.seals`; commit."""
    for id in ids[1:]:
        known = {"id": "k1", "public": public_of(id), "since": "2026-01-01"}
        listed(folder, id, **({"keys": [known]} if keys else {}))
    if not keys:
        listed(folder, A)
    workspace = open_workspace(folder)
    done = prepare_founding(workspace, ids, threshold, FOUNDED)
    file_all(
        folder,
        done.filings,
        by=A,
        received_at=FOUNDED,
        received_basis="registrar",
        recorded_at=Stamp(FOUNDED, FOUNDED),
    )
    if keys:
        said = founding_statement(done.genesis)
        seals = [seal(id, said, "genesis@govkit") for id in ids]
        data = (folder / GENESIS_PATH).read_bytes()
        (folder / GENESIS_PATH).write_bytes(with_values(GENESIS_PATH, data, {"signatures": seals}))
    commit(folder)


def key_changed(
    folder: Path, id: str, pair: Pair, change: str = "begins", since: str = "2026-01-10"
) -> None:
    """Let the first key of a member begin or end, by an act that all have signed."""
    number = len([*(folder / "governance/acts").glob("*.yaml")]) + 1
    place, path = f"governance/acts/{number:02d}.yaml", f"{MEMBERS}/{id}.yaml"
    key = {"member": id, "id": "k1", "public": pair.public, "change": change, "since": since}
    said = {"kind": "key", "path": path, "before": None, "after": None, "by": [A], "reason": "So."}
    act = CoalitionAct.model_validate(said | {"key": key})
    root = root_fingerprint(record(folder, GENESIS_PATH, "genesis"))
    words = act_statement(act, place, root)
    own = bare_signature(signed(pair, words.encode(), "act@govkit"))
    seals = [seal(A, words), seal(B, words), {"by": id, "key": "k1", "signature": own}]
    data = record_bytes("coalition-act", said | {"key": key, "signatures": seals}, place)
    file_all(
        folder,
        [Filing(place, data, "act")],
        by=A,
        received_at=OPENED,
        received_basis="registrar",
        recorded_at=Stamp(OPENED, OPENED),
    )


def checked(run: Run, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Seal the log, as a coordinator does before a push, and check."""
    seal_log(folder)
    return run(folder, "check", *words)


def key_of(folder: Path, id: str) -> Path:
    """The private key of somebody, in a file beside the folder."""
    return private_file(folder.parent / "keys", id)


def signs(run: Run, folder: Path, act: str, *ids: str, now: str = NOW) -> None:
    """Let these people sign an act that is filed."""
    for id in ids:
        done = run(folder, "sign", act, "--key", str(key_of(folder, id)), "--by", id, "--now", now)
        assert done.returncode == 0, done.stderr


def open_proposal(folder: Path, id: str = "2026-001", at: datetime.datetime = OPENED) -> None:
    """Open a proposal of two texts, and commit."""
    place = f"governance/proposals/{id}"
    units = [
        {"id": id, "before": before, "after": AFTER, "class": 6, "floor": 6}
        for id, before in (("EXA-DUE-01", BEFORE), ("EXA-DUE-02", None))
    ]
    records = {
        f"{place}/proposal.yaml": ("proposal", {"id": id, "title": "Notice", "proposer": A}),
        f"{place}/rev-1/revision.yaml": (
            "revision",
            {
                "units": units,
                "change": AFTER,
                "code": "k7f3-9q2m",
                "opened": at,
                "comment_until": at + datetime.timedelta(days=30),
            },
        ),
    }
    filings = [
        Filing(path, record_bytes(kind, record, path), kind)  # type: ignore[arg-type]
        for path, (kind, record) in records.items()
    ]
    file_all(
        folder, filings, by=A, received_at=at, received_basis="registrar", recorded_at=Stamp(at, at)
    )
    commit(folder)


def submit(folder: Path, name: str, **record: Any) -> str:
    """Write what arrived as a form, and return its path."""
    path = f"{PROPOSAL}/submissions/{name}.yaml"
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_bytes(record_bytes("submission", record, path))
    return path


def said(member: str = A, stance: str = "consent", **more: Any) -> dict[str, Any]:
    """A position as somebody sends it."""
    return {
        "member": member,
        "cast_by": member,
        "capacity": "organisation",
        "revision": 1,
        "position": stance,
        "units": [{"id": "EXA-DUE-01", "before": BEFORE, "after": AFTER}],
        **more,
    }


def remark(words: str = "Thirty days are too long.", **more: Any) -> dict[str, Any]:
    """A comment as somebody sends it."""
    return {
        "author": {"name": "Somebody (invented)"},
        "target": {"revision": 1, "unit": "EXA-DUE-01"},
        "comment": words,
        "source": {"kind": "form"},
        **more,
    }


ARRIVAL = {
    "kind": "form",
    "host": "code.example.org",
    "account": A,
    "event": "17",
    "at": "2026-02-20T08:00:00Z",
}


def record(folder: Path, path: str, kind: str) -> Any:
    """Read one record."""
    found, faults = read_record(path, kind, (folder / path).read_bytes())
    assert found is not None, faults
    return found


def log(folder: Path) -> list[LogEntry]:
    """Read the whole log; numbers and chain have to hold."""
    from govkit.corpus.record_digests import digest_for
    from govkit.log.digests import entry_digest

    paths = sorted((folder / "governance/log").glob("*.yaml"))
    entries = [record(folder, f"governance/log/{path.name}", "log-entry") for path in paths]
    assert [entry.seq for entry in entries] == [*range(1, len(entries) + 1)]
    assert [entry.prev for entry in entries] == [None, *map(entry_digest, entries)][:-1]
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(entries))
    newest = {
        (entry.path, entry.kind): entry
        for entry in entries
        if entry.path and entry.kind != "countersigned"
    }
    corpus = open_workspace(folder).corpus
    for (path, kind), entry in newest.items():
        document = corpus.by_path.get(path or "")
        assert document is not None, f"{path} is gone"
        assert document.record is not None, document.faults
        assert digest_for(kind, document.record) == entry.digest, path
    return entries


def state(folder: Path) -> dict[str, bytes]:
    """All files but git's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def refused(done: subprocess.CompletedProcess[bytes], words: str, code: int = 2) -> None:
    """Hold that a command ended with a sentence that says this, and without a traceback."""
    said = done.stderr.decode()
    assert done.returncode == code, said + done.stdout.decode()
    assert words in said, said
    assert "Traceback" not in said
