"""A small coalition that can release: two provisions, two coordinators with real keys.

All invented. Its texts were adopted before its register began, and its log says so.
"""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from govkit.cli.main import govkit
from govkit.log.coordinators import genesis_of
from govkit.log.digests import entry_digest
from govkit.log.entries import path_of_entry
from govkit.log.signed_statements import root_fingerprint
from govkit.procedures.log.filing import Stamp, last_entry, writing
from govkit.procedures.log.signatures import SigningKey
from govkit.procedures.releases import cut as cutting
from govkit.procedures.releases import publication, signing
from govkit.records.kinds import NORMATIVE_KINDS
from govkit.records.log import AdoptedUnit, LogEntry, TakenOver
from govkit.release.contents import EffectiveDates
from govkit.release.manifest import ReleaseName, name_of
from govkit.source.record_bytes import record_bytes
from govkit.store import commit_transactions
from govkit.workspace import open_workspace
from tests.seals import past_signed, private_file
from tests.store.keys import public

GOVKIT = Path(sys.executable).with_name("govkit")
BASE = Path(__file__).resolve().parents[1] / "rules/_base"
A, B = "example-society", "other-society"
FOUNDED = datetime.datetime(2026, 2, 2, 12, tzinfo=datetime.UTC)
DAY = datetime.datetime(2026, 6, 20, 12, tzinfo=datetime.UTC)
FINAL = name_of("provisions/1.0.0")
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(root: Path, *words: str) -> str:
    """Run git with the configuration of the clone alone."""
    return subprocess.run(
        ["git", *words],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | ALONE,
    ).stdout.strip()


def commit(root: Path, message: str = "a state") -> None:
    """Commit all that is there."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)


def run(root: Path, *words: str) -> None:
    """Run a command in this process; it has to go through."""
    answer = govkit.main(["-C", str(root), *words], standalone_mode=False)
    assert answer in (None, 0), (words, answer)


def file_keys(root: Path, folder: Path, first: str, second: str) -> None:
    """Give two coordinators a new key each, in a folder; the first files both."""
    day = "2026-02-01T12:00:00Z"
    for member in (first, second):
        key = public(private_file(folder, member))
        run(root, "member", "key", "add", member, key, "--by", first, "--now", day)


def key_of(root: Path, member: str) -> Path:
    """The private key of a coordinator, beside the clone."""
    return root.parent / "keys" / member


def written(root: Path, old: str, new: str, *places: str) -> None:
    """Replace words in files, where they stand."""
    for place in places:
        for path in sorted((root / place).rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new, 1), encoding="utf-8")


def begun(folder: Path, charter: str = "") -> Path:
    """The texts, in a repository of somebody with a name, without a coalition behind them."""
    root = folder / "coalition"
    shutil.copytree(BASE, root)
    (root / "provisions/privacy/EXA-PRV-01-export.yaml").unlink()
    written(
        root, "  - id: privacy\n    title: Privacy\n    items: [EXA-PRV-01]\n", "", "provisions"
    )
    with (root / "governance/charter.yaml").open("a", encoding="utf-8") as file:
        file.write(charter)
    member = (root / f"governance/members/{A}.yaml").read_text(encoding="utf-8")
    start = member.index("accounts:")
    for id in (A, B):
        text = member[:start].replace("Example Society", id.replace("-", " ").title())
        (root / f"governance/members/{id}.yaml").write_text(text, encoding="utf-8")
    written(root, "  ids: []", f"  ids: [{A}, {B}]", "governance")
    (root / ".gitignore").write_text("dist/\n")
    git(root, "init", "-q", "-b", "main", "--template=")
    for name, value in (
        ("user.name", "E. Example"),
        ("user.email", "e@example.org"),
        ("commit.gpgSign", "false"),
        ("govkit.member", A),
    ):
        git(root, "config", name, value)
    commit(root)
    return root


def founded(folder: Path, charter: str = "") -> Path:
    """The coalition founded, its founding signed, all its texts taken over as adopted."""
    shutil.copytree(_founded(charter).name, folder, symlinks=True, dirs_exist_ok=True)
    return folder / "coalition"


@cache
def _founded(charter: str) -> tempfile.TemporaryDirectory[str]:
    """The folder with the clone and its keys, made once; it goes away with the process."""
    kept = tempfile.TemporaryDirectory(prefix="founded-", ignore_cleanup_errors=True)
    folder = Path(kept.name)
    root = begun(folder, charter)
    written(
        root, "status: draft", "status: adopted", "provisions", "recommendations", "registers/terms"
    )
    (folder / "keys").mkdir()
    file_keys(root, folder / "keys", A, B)
    run(root, "found", "--coordinator", A, "--coordinator", B, "--now", "2026-02-02T12:00:00Z")
    for member in (A, B):
        run(root, "found", "--sign", "--key", str(key_of(root, member)), "--by", member)
    take_over(root)
    seal(root)
    commit(root, "Found the coalition")
    return kept


def seal(root: Path, member: str = A) -> None:
    """Seal the log as a coordinator."""
    run(root, "seal", "--key", str(key_of(root, member)), "--by", member, "--yes")


def take_over(root: Path) -> None:
    """Say in the log that the texts were adopted before the register began."""
    corpus, last = open_workspace(root).corpus, last_entry(root)
    genesis = genesis_of(corpus)
    assert last is not None
    assert genesis is not None
    units = tuple(
        AdoptedUnit(id=document.id, digest=corpus.digests.of(document) or "")
        for document in corpus.of_kind(*NORMATIVE_KINDS)
    )
    entry = LogEntry(
        seq=last.seq + 1,
        kind="taken-over",
        received_at=FOUNDED,
        received_basis="registrar",
        recorded_at=FOUNDED,
        by=A,
        prev=entry_digest(last),
        taken_over=TakenOver.model_validate(
            past_signed(
                root_fingerprint(genesis),
                {
                    "units": units,
                    "adopted_at": "an invented meeting",
                    "adopted_on": FOUNDED.date(),
                    "evidence": "invented minutes",
                    "by": (A, B),
                },
            )
        ),
    )
    place = path_of_entry(entry.seq)
    (root / place).write_bytes(record_bytes("log-entry", entry, place))


def cut(
    root: Path,
    name: ReleaseName = FINAL,
    formats: Sequence[str] = ("md",),
    *,
    again: bool = False,
    step: commit_transactions.Step = commit_transactions.unseen,
    now: datetime.datetime = DAY,
) -> cutting.ReleaseCandidate:
    """Cut a release as the command does."""
    request = cutting.CutRequest(name.slug, name.version, False, now.date(), EffectiveDates())
    way = cutting.CutContext(formats, root / "dist", again=again)
    with writing(root, Stamp(now, now)):
        state = cutting.open_head(root)
        plan = cutting.plan_release(state, request, now)
        assert plan.stops == ()
        manifest = cutting.prepare_manifest(state, plan, request, way)
        return cutting.cut(state, plan, manifest, way, now, step=step)


def sign(root: Path, member: str, name: ReleaseName = FINAL, now: datetime.datetime = DAY) -> None:
    """Sign a candidate as a coordinator."""
    request = signing.SigningRequest(name, member, SigningKey(key_of(root, member)), True)
    with writing(root, Stamp(now, now)):
        signing.sign(root, request, now)


def publish(
    root: Path,
    name: ReleaseName = FINAL,
    *,
    step: commit_transactions.Step = commit_transactions.unseen,
    now: datetime.datetime = DAY,
) -> publication.PublishedRelease:
    """Publish a candidate as the command does."""
    with writing(root, Stamp(now, now)):
        opened, state = publication.open_candidate(root, name)
        who = publication.vouchers_at(opened, state, A, now)
        publication.require_enough(opened, who)
        key = SigningKey(key_of(root, A))
        return publication.publish(opened, state, who, A, key, now, root / "dist", step=step)


def released(root: Path, name: ReleaseName = FINAL, now: datetime.datetime = DAY) -> None:
    """Cut, sign and publish."""
    cut(root, name, now=now)
    for member in (A, B):
        sign(root, member, name, now)
    publish(root, name, now=now)
