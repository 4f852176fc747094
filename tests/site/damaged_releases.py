"""Folders of a release, whole and damaged, and what has to be said of each.

The last of them are signed anew by the coordinators themselves, with their own keys: there every
list and signature holds, and what was changed shows in the log alone.
"""

from __future__ import annotations

import datetime
import io
import shutil
import tarfile
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from govkit.corpus.record_digests import digest_for
from govkit.log.checkpoints import OF_HEADS, Checkpoint
from govkit.log.coordinators import genesis_of
from govkit.log.digests import entry_digest, leaf_of
from govkit.log.entries import entries_of, path_of_entry
from govkit.log.heads import path_of_head
from govkit.log.keys import bare_signature
from govkit.log.merkle import MerkleTree
from govkit.log.signed_statements import act_statement, root_fingerprint
from govkit.records.acts import CoalitionAct
from govkit.records.log import LogEntry
from govkit.records.releases import EntryAt
from govkit.release.contents import digest_of_bytes, manifest_bytes, publication_bytes, signed_part
from govkit.release.manifest import lines_of, merkle_root, read_records, read_sums
from govkit.source.archives import files_in
from govkit.source.record_bytes import record_bytes
from govkit.workspace.releases.gathering import corpus_of_files, publication_in
from govkit.workspace.releases.states import manifest_in
from tests.release.verifying.scene import NAME, A, C
from tests.seals import pair_of, seal
from tests.source.ssh_signing import signed

Damage = Callable[[Path], object]
HOLDS, FAILS, UNKNOWN = "holds", "fails", "unknown"
SUMS, RECORDS, MANIFEST, PUBLISHED = "SHA256SUMS", "RECORDS", "manifest.yaml", "published.yaml"
EVIDENCE = "evidence.tar"
LAST = "governance/log/000024.yaml"
HEAD = "governance/log/heads/000024.yaml"
GENESIS = "governance/genesis.yaml"
POSITION = "governance/proposals/2026-001/positions/c-example-01.yaml"
OF_RELEASES, NOT_REBUILT = "release@govkit", "release-not-rebuilt@govkit"


def words(name: str, old: str, new: str) -> Damage:
    """Other words in a file, where they stand first."""

    def turn(folder: Path) -> None:
        text = (folder / name).read_bytes()
        assert old.encode() in text, (name, old)
        (folder / name).write_bytes(text.replace(old.encode(), new.encode(), 1))

    return turn


def flipped(name: str, at: int) -> Damage:
    """One bit of a file turned."""

    def turn(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        data[at] ^= 1
        (folder / name).write_bytes(data)

    return turn


def with_bytes(name: str, data: bytes) -> Damage:
    """A file with these bytes, there or not before."""
    return lambda folder: (folder / name).write_bytes(data)


def turned(name: str, turn: Callable[[bytes], bytes]) -> Damage:
    """A file with bytes made from its own."""
    return lambda folder: (folder / name).write_bytes(turn((folder / name).read_bytes()))


def gone(*names: str) -> Damage:
    """Without these files."""

    def turn(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return turn


def signed_by(who: str, name: str, purpose: str = OF_RELEASES, sums: bytes = b"") -> Damage:
    """A signature of `name` that the key of `who` made."""

    def turn(folder: Path) -> None:
        data = sums or (folder / SUMS).read_bytes()
        text = signed(pair_of(who), data, purpose)
        (folder / f"signatures/{name}.sig").write_text(text)

    return turn


def swapped(folder: Path) -> None:
    """The signature of one coordinator below the name of the other."""
    shutil.copy(folder / f"signatures/{C}.sig", folder / f"signatures/{A}.sig")


def linked(data: bytes) -> bytes:
    """Return an archive with a link in it."""
    archive = io.BytesIO(data)
    with tarfile.open(fileobj=archive, mode="a") as tar:
        entry = tarfile.TarInfo("governance/link.yaml")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    return archive.getvalue()


def archived(data: Mapping[str, bytes]) -> bytes:
    """Return the archive of some records."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(data):
            entry = tarfile.TarInfo(path)
            entry.size = len(data[path])
            tar.addfile(entry, io.BytesIO(data[path]))
    return archive.getvalue()


# --- what insiders sign anew ----------------------------------------------------------------------


def signed_anew(folder: Path, data: Mapping[str, bytes], **said: Any) -> None:
    """Write the release with these records, its lists, signatures and publication."""
    own = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    listed = read_records(own[RECORDS]) | {
        path: sha256(each).hexdigest() for path, each in data.items()
    }
    before = files_in(own[EVIDENCE])
    listed = {path: digest for path, digest in listed.items() if path in data or path not in before}
    records = "".join(f"{listed[path]}  {path}\n" for path in sorted(listed)).encode()
    manifest = manifest_in(NAME, own[MANIFEST]).model_copy(
        update={"records": len(listed), "merkle_root": merkle_root(lines_of(records)), **said}
    )
    built = {RECORDS: records, EVIDENCE: archived(data), MANIFEST: manifest_bytes(NAME, manifest)}
    digests = read_sums(own[SUMS]) | {
        name: sha256(each).hexdigest() for name, each in built.items()
    }
    sums = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()
    for name, each in (built | {SUMS: sums}).items():
        (folder / name).write_bytes(each)
    for member in (A, C):
        signed_by(member, member)(folder)
    published_anew(folder)


def published_anew(folder: Path, by: str = A, key: str = "", **said: Any) -> None:
    """Write the publication over what lies there, signed with the key of `by`, or another."""
    found = publication_in(NAME, {PUBLISHED: (folder / PUBLISHED).read_bytes()})
    assert found is not None
    kept = {id: digest_of_bytes((folder / f"signatures/{id}.sig").read_bytes()) for id in (A, C)}
    sums = digest_of_bytes((folder / SUMS).read_bytes())
    record = found.model_copy(update={"sums": sums, "signatures": kept, "by": by} | said)
    made = signed(pair_of(key or by), signed_part(NAME, record), "publication@govkit")
    whole = record.model_copy(update={"signature": bare_signature(made)})
    (folder / PUBLISHED).write_bytes(publication_bytes(NAME, whole))


def inside(path: str, old: str, new: str, **said: Any) -> Damage:
    """Other words in a record, and all signed anew."""

    def turn(folder: Path) -> None:
        data = files_in((folder / EVIDENCE).read_bytes())
        assert old.encode() in data[path], (path, old)
        signed_anew(
            folder, data | {path: data[path].replace(old.encode(), new.encode(), 1)}, **said
        )

    return turn


def without(*paths: str) -> Damage:
    """Records taken out, and all signed anew."""

    def turn(folder: Path) -> None:
        data = files_in((folder / EVIDENCE).read_bytes())
        signed_anew(folder, {path: each for path, each in data.items() if path not in paths})

    return turn


def another_root(folder: Path) -> None:
    """A head with another root, and all signed anew."""
    root = files_in((folder / EVIDENCE).read_bytes())[HEAD].decode().split("\n")[4].strip()
    other = ("B" if root[0] == "A" else "A") + root[1:]
    inside(HEAD, root, other)(folder)


def all_anew(folder: Path) -> None:
    """The same records, signed anew: nothing is wrong with that."""
    signed_anew(folder, files_in((folder / EVIDENCE).read_bytes()))


# --- a key that ended, and the one after it -------------------------------------------------------

ENDED = datetime.datetime(2026, 6, 16, 12, tzinfo=datetime.UTC)


def with_new_key(data: Mapping[str, bytes], by: Sequence[str] = (A, C)) -> dict[str, bytes]:
    """Return the records with two acts: a second key of C begins, and the first one ends.

    The acts are signed by `by`, and the second key; the log is sealed again.
    """
    corpus = corpus_of_files(data)
    root = root_fingerprint(genesis_of(corpus))  # type: ignore[arg-type]
    entries = [entry for _, entry in entries_of(corpus)]
    found = dict(data)
    for number, (id, change) in enumerate((("k2", "begins"), ("k1", "ends")), 1):
        path = f"governance/acts/{number:02d}.yaml"
        public = pair_of(C if id == "k1" else f"{C} {id}").public
        said = {"member": C, "id": id, "public": public, "change": change, "since": "2026-06-16"}
        act = CoalitionAct.model_validate(
            {"kind": "key", "path": f"governance/members/{C}.yaml", "before": None, "after": None}
            | {"by": list(by), "reason": "A new machine.", "key": said}
        )
        words = act_statement(act, path, root)
        seals = [seal(id, words) for id in by] + [seal(C, words, key="k2")] * (change == "begins")
        act = CoalitionAct.model_validate(
            act.model_dump(exclude_defaults=True) | {"signatures": seals}
        )
        entry = LogEntry(
            seq=len(entries) + 1, kind="act", path=path, digest=digest_for("act", act),
            received_at=ENDED, received_basis="registrar", recorded_at=ENDED, by=A,
            prev=entry_digest(entries[-1]),
        )  # fmt: skip
        entries.append(entry)
        found[path] = record_bytes("coalition-act", act, path)
        found[path_of_entry(entry.seq)] = record_bytes("log-entry", entry, path_of_entry(entry.seq))
    tree = MerkleTree(leaf_of(entry) for entry in entries)
    text, place = Checkpoint(root, len(tree), tree.root()).text, path_of_head(len(tree))
    head = {"checkpoint": text, "seals": [seal(A, text, OF_HEADS)]}
    return found | {place: record_bytes("log-head", head, place)}


def with_key(key: str, by: Sequence[str] = (A, C)) -> Damage:
    """The release after these acts, signed by C with the key `k1` or `k2`."""

    def turn(folder: Path) -> None:
        data = with_new_key(files_in((folder / EVIDENCE).read_bytes()), by)
        newest = [entry for _, entry in entries_of(corpus_of_files(data))][-1]
        signed_anew(folder, data, newest_entry=EntryAt(seq=newest.seq, digest=entry_digest(newest)))
        signed_by(C if key == "k1" else f"{C} {key}", C)(folder)
        text = corpus_of_files(data).of_kind("log-head")[-1].record.checkpoint  # type: ignore[union-attr]
        published_anew(folder, head=text)

    return turn


HEARD = datetime.datetime(2026, 3, 18, 16, tzinfo=datetime.UTC)
FAR_OFF = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
DEEP = b"a: " + b"[" * 100 + b"]" * 100 + b"\n"
BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
UNREADABLE = b"\xff\xfe\x00not UTF-8"

CASES: Mapping[str, tuple[Damage, str]] = {
    "as it was downloaded": (lambda _: None, HOLDS),
    "a letter of a book": (flipped("provisions.md", 900), FAILS),
    "a bit of the records": (flipped(EVIDENCE, 5000), FAILS),
    "the last byte of a book cut off": (turned("consent.md", lambda data: data[:-1]), FAILS),
    "a book missing": (gone("notes.md"), FAILS),
    "a file added": (with_bytes("more.md", b"More."), FAILS),
    "a hidden file added": (with_bytes(".DS_Store", b"\0"), FAILS),
    "another title in the manifest": (
        words(MANIFEST, "Model Provisions", "Best Provisions"),
        FAILS,
    ),
    "the manifest of another release": (words(MANIFEST, "1.0.0-draft.1", "1.0.0-draft.2"), FAILS),
    "one signature less in the manifest": (words(MANIFEST, "threshold: 2", "threshold: 1"), FAILS),
    "a manifest that is not UTF-8": (with_bytes(MANIFEST, UNREADABLE), UNKNOWN),
    "a manifest with another key": (words(MANIFEST, "title:", "titel:"), UNKNOWN),
    "a manifest without its version": (words(MANIFEST, "version: 1.0.0-draft.1\n", ""), UNKNOWN),
    "a manifest with a key twice": (words(MANIFEST, "state:", "version: 1.0.0\nstate:"), UNKNOWN),
    "a manifest with a broken digest": (
        words(MANIFEST, "genesis: sha256:", "genesis: sha256:x"),
        UNKNOWN,
    ),
    "a manifest nested too deep": (with_bytes(MANIFEST, DEEP), UNKNOWN),
    "a manifest that grows": (with_bytes(MANIFEST, BOMB), UNKNOWN),
    "a huge manifest": (with_bytes(MANIFEST, b"# " + b"x" * (1 << 20)), UNKNOWN),
    "an empty manifest": (with_bytes(MANIFEST, b""), UNKNOWN),
    "a digest in the list": (words(SUMS, "  notes.md", "0  notes.md"), FAILS),
    "the list in another order": (
        turned(SUMS, lambda data: b"".join(reversed(data.splitlines(True)))),
        FAILS,
    ),
    "a line of the list twice": (
        turned(SUMS, lambda data: data + data.splitlines(True)[-1]),
        FAILS,
    ),
    "the list without its last end": (turned(SUMS, lambda data: data[:-1]), FAILS),
    "a list that is not UTF-8": (with_bytes(SUMS, UNREADABLE), FAILS),
    "a list that leads out": (words(SUMS, "  notes.md", "  ../notes.md"), FAILS),
    "an empty list": (with_bytes(SUMS, b""), FAILS),
    "a record less in RECORDS": (
        turned(RECORDS, lambda data: b"".join(data.splitlines(True)[:-1])),
        FAILS,
    ),
    "RECORDS missing": (gone(RECORDS), FAILS),
    "the records missing": (gone(EVIDENCE), FAILS),
    "the records cut": (turned(EVIDENCE, lambda data: data[:70_000]), FAILS),
    "records that are no archive": (with_bytes(EVIDENCE, b"PK\3\4 none"), FAILS),
    "a link in the records": (turned(EVIDENCE, linked), FAILS),
    "one signature missing": (gone(f"signatures/{C}.sig"), FAILS),
    "no signature": (gone(f"signatures/{A}.sig", f"signatures/{C}.sig"), FAILS),
    "a signature with other ends of lines": (
        turned(f"signatures/{A}.sig", lambda data: data.replace(b"\n", b"\r\n")),
        FAILS,
    ),
    "a bit of a signature": (flipped(f"signatures/{A}.sig", 200), FAILS),
    "a signature of another": (swapped, FAILS),
    "a stranger's key": (signed_by("a stranger", A), FAILS),
    "a signature for another purpose": (signed_by(A, A, "git"), FAILS),
    "a signature of another list": (signed_by(A, A, sums=b"another list\n"), FAILS),
    "a signature of who does not coordinate": (signed_by("b-example", "b-example"), FAILS),
    "another day of publication": (words(PUBLISHED, "2026-06-20T14", "2026-06-21T14"), FAILS),
    "another publisher": (words(PUBLISHED, f"by: {A}", f"by: {C}"), FAILS),
    "a comment in the publication": (words(PUBLISHED, "release:", "# Nothing.\nrelease:"), FAILS),
    "a publication that can't be read": (with_bytes(PUBLISHED, b"release: [\n"), FAILS),
    "no publication": (gone(PUBLISHED), HOLDS),
    "all signed anew, nothing changed": (all_anew, HOLDS),
    "published before it was decided": (
        lambda folder: published_anew(folder, published=HEARD),
        FAILS,
    ),
    "published in a time to come": (
        lambda folder: published_anew(folder, published=FAR_OFF),
        FAILS,
    ),
    "published with a stranger's key": (
        lambda folder: published_anew(folder, key="a stranger"),
        FAILS,
    ),
    "signed with a key that an act brought": (with_key("k2"), HOLDS),
    "signed with the old key": (with_key("k1"), FAILS),
    "a new key by one coordinator alone": (with_key("k2", (A,)), FAILS),
    "insiders: a moment in the log": (
        inside(LAST, "received_at: 2026-06-15", "received_at: 2026-06-14"),
        FAILS,
    ),
    "insiders: the log cut short": (without(LAST, HEAD), FAILS),
    "insiders: no head": (without(HEAD), FAILS),
    "insiders: another root in a head": (another_root, FAILS),
    "insiders: a position turned": (
        inside(POSITION, "position: consent", "position: object"),
        FAILS,
    ),
    "insiders: a position gone": (without(POSITION), FAILS),
    "insiders: a founding of one": (inside(GENESIS, "threshold: 2", "threshold: 1"), FAILS),
    "insiders: a founding unsigned": (
        inside(GENESIS, f"  - by: {C}\n", "  - by: b-example\n"),
        FAILS,
    ),
    "insiders: another charter": (
        inside("governance/charter.yaml", "threshold: 2", "threshold: 1"),
        FAILS,
    ),
    "insiders: a policy nobody agreed to": (
        inside("governance/policies/substance.yaml", "at_least", "at-least"),
        FAILS,
    ),
    "insiders: other coordinators in the manifest": (
        lambda folder: signed_anew(
            folder, files_in((folder / EVIDENCE).read_bytes()), coordinators=(A,), threshold=1
        ),
        FAILS,
    ),
    "insiders: another newest entry": (
        lambda folder: signed_anew(
            folder, files_in((folder / EVIDENCE).read_bytes()), newest_entry=None
        ),
        FAILS,
    ),
}
"""What is done to the folder, and what has to come out."""
