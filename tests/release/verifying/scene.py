"""Agora, the invented coalition, with real keys: founded and signed, three texts adopted by a
decision, a draft of the provisions cut, signed and published. Real git, real ssh-keygen.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.log.chain import NewestEntry
from govkit.log.checkpoints import Checkpoint
from govkit.log.digests import entry_digest
from govkit.log.entries import entries_of, path_of_entry, valid_entries
from govkit.log.heads import HEADS
from govkit.procedures.log import seals
from govkit.procedures.log.filing import Stamp, writing
from govkit.procedures.log.signatures import SigningKey
from govkit.procedures.releases import cut as cutting
from govkit.procedures.releases import publication, signing
from govkit.records.log import LogEntry
from govkit.release.contents import EffectiveDates
from govkit.release.manifest import ReleaseName, name_of
from govkit.release.verifying.check_result import CheckVerdict
from govkit.release.verifying.known_values import KnownValues
from govkit.release.version import parse
from govkit.rendering import pdf
from govkit.rendering.document import Document
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from govkit.workspace.releases.verification import (
    Verification,
    VerificationOptions,
    verify_folder,
    verify_pdf,
    verify_tag,
)
from tests.release.scene import ALONE, commit, file_keys, git, run, seal
from tests.vouching import vouch_for_all

AGORA = Path(__file__).resolve().parents[3] / "examples/agora"
NAME = name_of("provisions/1.0.0-draft.1")
A, C = "a-example", "c-example"
TEXTS = ("AGP-NTC-01", "AGP-CMP-01", "AGP-CMP-03")
HEARD = datetime.datetime(2026, 3, 18, 16, tzinfo=datetime.UTC)
CUT = datetime.datetime(2026, 6, 20, 12, tzinfo=datetime.UTC)
SIGNED = CUT + datetime.timedelta(hours=1)
PUBLISHED = CUT + datetime.timedelta(hours=2)
NOW = datetime.datetime(2036, 1, 1, tzinfo=datetime.UTC)
PERSON = ALONE


def keys_of(root: Path) -> Path:
    """The folder with everybody's keys, beside the clone."""
    return root.parent / "keys"


def found(folder: Path, lay: Callable[[Path], None] = lambda _: None) -> Path:
    """Found the coalition with two coordinators, who sign it; return the clone.

    `lay` puts more members into the folder before.
    """
    root = folder / "agora"
    shutil.copytree(AGORA, root, ignore=shutil.ignore_patterns("cycle"))
    lay(root)
    (folder / "agora-private").mkdir()
    git(root, "init", "-q", "-b", "main", "--template=")
    for name, value in (
        ("user.name", "A. Example"),
        ("user.email", "a@agora.example"),
        ("commit.gpgSign", "false"),
        ("govkit.member", A),
    ):
        git(root, "config", name, value)
    commit(root)
    keys_of(root).mkdir()
    file_keys(root, keys_of(root), A, C)
    run(root, "found", "--coordinator", A, "--coordinator", C, "--now", "2026-02-02T12:00:00Z")
    for member in (A, C):
        sign_founding(root, member)
    seal(root, A)
    commit(root, "Found the coalition")
    return root


def sign_founding(root: Path, member: str) -> None:
    """Sign the founding as one of its first coordinators."""
    run(root, "found", "--sign", "--key", str(keys_of(root) / member), "--by", member)


def adopt(root: Path) -> None:
    """Decide about three texts, by the consents of three members."""
    shutil.copytree(AGORA / "cycle/draft-1", root, dirs_exist_ok=True)
    commit(root)
    run(
        root,
        "propose",
        "open",
        *TEXTS,
        "--title",
        "Three texts",
        "--proposer",
        "example-digital-rights-society",
        "--now",
        "2026-03-02T12:00:00Z",
    )
    minutes = AGORA / "cycle/minutes/2026-03-18.md"
    for minute, member in enumerate(("example-readers-union", "example-network-lab", C)):
        run(
            root,
            "consent",
            member,
            "2026-001",
            "consent",
            "--cast-by",
            member,
            "--source",
            str(minutes),
            "--channel",
            "meeting",
            "--now",
            f"2026-03-18T15:0{minute}:00Z",
        )
    vouch_for_all(root, C, keys_of(root) / C, HEARD)
    run(root, "propose", "last-call", "2026-001", "--now", "2026-05-01T12:00:00Z")
    run(root, "decide", "2026-001", "--apply", "--now", "2026-06-15T12:00:00Z")
    seal(root, A)
    commit(root, "Adopt three texts")


def cut(
    root: Path,
    name: ReleaseName = NAME,
    formats: Sequence[str] = ("md", "json"),
    now: datetime.datetime = CUT,
) -> Path:
    """Cut a release; return the folder of what was printed."""
    request = cutting.CutRequest(
        name.slug, parse(str(name.version)), True, now.date(), EffectiveDates()
    )
    way = cutting.CutContext(formats, root.parent / "dist")
    with writing(root, Stamp(now, now)):
        state = cutting.open_head(root)
        plan = cutting.plan_release(state, request, now)
        manifest = cutting.prepare_manifest(state, plan, request, way)
        return cutting.cut(state, plan, manifest, way, now).folder


def sign(root: Path, member: str, name: ReleaseName = NAME, **more: Any) -> signing.Signature:
    """Sign a candidate as a coordinator."""
    key = SigningKey(keys_of(root) / member)
    request = signing.SigningRequest(name, member, key, more.pop("rebuild", True))
    with writing(root, Stamp(SIGNED, SIGNED)):
        return signing.sign(root, request, SIGNED, **more)


def publish(root: Path, name: ReleaseName = NAME) -> None:
    """Publish a candidate that enough have signed."""
    with writing(root, Stamp(PUBLISHED, PUBLISHED)):
        opened, now = publication.open_candidate(root, name)
        who = publication.vouchers_at(opened, now, A, PUBLISHED)
        publication.require_enough(opened, who)
        key = SigningKey(keys_of(root) / A)
        publication.publish(opened, now, who, A, key, PUBLISHED, root.parent / "dist")


def release(root: Path, name: ReleaseName = NAME, formats: Sequence[str] = ("md", "json")) -> None:
    """Cut, sign and publish a draft of what is committed."""
    cut(root, name, formats)
    for member in (A, C):
        sign(root, member, name)
    publish(root, name)


@contextmanager
def each_book_printed_once() -> Iterator[None]:
    """Print a book once for all who build it again, where what is looked at lies elsewhere."""
    print_book, printed = pdf.as_pdf, dict[str, bytes]()

    def as_pdf(document: Document) -> bytes:
        words = repr(document)
        if words not in printed:
            printed[words] = print_book(document)
        return printed[words]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "as_pdf", as_pdf)
        yield


# --- verifying ------------------------------------------------------------------------------------


def how(
    *,
    level: Any = None,
    head: Checkpoint | None = None,
    fingerprint: str | None = None,
    entry: NewestEntry | None = None,
) -> VerificationOptions:
    """How to verify: without building again, unless a level is given."""
    return VerificationOptions(level, NOW, KnownValues(head, fingerprint, entry))


def by_tag(root: Path, **more: Any) -> Verification:
    """Verify from the tag of the clone."""
    return verify_tag(root, NAME, how(**more))


def by_folder(folder: Path, root: Path | None = None, **more: Any) -> Verification:
    """Verify a downloaded folder."""
    return verify_folder(folder, root, how(**more))


def by_pdf(file: Path, root: Path | None, **more: Any) -> Verification:
    """Verify one PDF."""
    return verify_pdf(file, root, how(**more))


def failures(verified: Verification) -> list[tuple[str, str, str]]:
    """What failed: subject, the last part of the place, message."""
    return [
        (look.subject, look.place.rsplit("/", 1)[-1], look.message)
        for look in verified.verdict.of("fails")
    ]


def subjects(verdict: CheckVerdict) -> set[str]:
    """The subjects of what failed."""
    return {look.subject for look in verdict.of("fails")}


def change(file: Path, turn: Callable[[bytes], bytes]) -> None:
    """Change the bytes of a file; they have to become other ones."""
    before = file.read_bytes()
    after = turn(before)
    assert after != before
    file.write_bytes(after)


def sealed_again(root: Path) -> None:
    """Take away the heads, and seal what is there now."""
    shutil.rmtree(root / HEADS)
    seal(root, A)


@contextmanager
def nobody_looks() -> Iterator[None]:
    """Sign and publish what does not hold, as one does who uses other programs than govkit."""
    with pytest.MonkeyPatch.context() as patch:
        for step in (signing, publication):
            patch.setattr(step, "faults_to_sign", lambda *_: ())
        patch.setattr(seals, "_require_sound", lambda *_: None)
        yield


def log_done_again(root: Path) -> None:
    """Write the log anew, so that each record fits and the chain holds: as if it had been so."""
    corpus = open_workspace(root).corpus
    valid = valid_entries(corpus)
    last: LogEntry | None = None
    for _, entry in entries_of(corpus):
        update: dict[str, Any] = {"prev": entry_digest(last) if last else None}
        if entry.path is not None and entry == valid.get((entry.path, entry.kind)):
            record = corpus.by_path[entry.path].record
            assert record is not None, entry.path
            update["digest"] = digest_for(entry.kind, record)
        last = entry.model_copy(update=update)
        place = path_of_entry(last.seq)
        (root / place).write_bytes(record_bytes("log-entry", last, place))


def forged(root: Path, turn: Callable[[Path], None]) -> None:
    """Rewrite the past: change files of the state that was released, and set the tag anew.

    Everything below `releases/` stays as it was published; nobody signs anything.
    """
    old = git(root, "rev-parse", f"refs/tags/{NAME.tag}^{{commit}}")
    made = git(root, "rev-list", "-1", old, "--", NAME.place("manifest.yaml"))
    git(root, "checkout", "-q", "--detach", f"{made}^")
    turn(root)
    git(root, "checkout", "-q", old, "--", "releases")
    commit(root, "as if it had always been so")
    git(root, "tag", "-f", "-a", "-m", "as if", NAME.tag)
