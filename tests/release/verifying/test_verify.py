"""What `release verify` finds. Each case is something that somebody could do to a release."""

from __future__ import annotations

import io
import re
import shutil
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from govkit.errors import WrongUse
from govkit.log.chain import NewestEntry
from govkit.log.coordination import OF_GENESIS
from govkit.log.coordinators import genesis_of
from govkit.log.heads import HEADS, seals_of
from govkit.log.signed_statements import root_fingerprint
from govkit.procedures.log.filing import Filing, Stamp, file_all, with_values
from govkit.procedures.releases.signing import NotSigned
from govkit.release.manifest import NAMESPACE, read_sums, sums_of
from govkit.release.verifying.check_result import SUBJECTS
from govkit.source.archives import files_in
from govkit.store import signing
from govkit.workspace import open_workspace
from tests.release.verifying import scene
from tests.release.verifying.scene import NAME, change, failures, subjects
from tests.store.keys import new_key

TEXT = "provisions/notices/AGP-NTC-01-notice-of-a-restriction.yaml"
POSITION = "governance/proposals/2026-001/positions/c-example-01.yaml"
DECISION = "governance/proposals/2026-001/decision.yaml"
CHARTER = "governance/charter.yaml"
NOT_SIGNED_SO = (
    "this is not what a-example signed: the day, the publisher or another word of it was changed"
)


def flip(data: bytes) -> bytes:
    """Change one byte in the middle."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


# --- nothing was done to it -----------------------------------------------------------------------


def test_a_release_in_a_clone_holds_and_its_books_are_built_again(clone: Path) -> None:
    verified = scene.by_tag(clone, level="bytes")
    assert failures(verified) == []
    held = {look.subject for look in verified.verdict.of("holds")}
    assert held == set(SUBJECTS) - {"pdf", "folder", "history", "receipt"}


def test_a_downloaded_folder_holds_without_a_clone(folder: Path, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere"
    shutil.copytree(folder, alone)
    verified = scene.by_folder(alone)
    assert failures(verified) == []
    held = {look.subject for look in verified.verdict.of("holds")}
    assert {"sums", "records", "texts", "decisions", "log", "signatures"} <= held
    unseen = {look.subject for look in verified.verdict.of("not-checked")}
    assert {"tag", "history", "books", "records"} <= unseen


def test_a_folder_beside_its_clone_holds_with_all_that_the_clone_knows(
    clone: Path, folder: Path
) -> None:
    verified = scene.by_folder(folder, clone, level="bytes")
    assert failures(verified) == []
    held = {look.subject for look in verified.verdict.of("holds")}
    assert {"folder", "tag", "books"} <= held


def test_what_was_not_looked_at_is_said(clone: Path) -> None:
    shutil.rmtree(clone.parent / "agora-private")  # as with everybody who is no coordinator
    said = [look.message for look in scene.by_tag(clone).verdict.of("not-checked")]
    assert any(
        "rest on mails, minutes or letters that the coordinators keep" in each for each in said
    )
    assert any("whether this is the coalition that you mean" in each for each in said)
    assert any("compared with nothing that you have" in each for each in said)
    assert "the books were not built again" in said


def test_what_a_coordinator_keeps_beside_the_clone_is_looked_at(clone: Path) -> None:
    verdict = scene.by_tag(clone).verdict
    words = "rest on mails, minutes or letters that are in the private folder here, and fit"
    assert any(words in look.message for look in verdict.of("holds"))
    assert not any("the coordinators keep" in look.message for look in verdict.of("not-checked"))


def test_later_commits_change_nothing_about_a_release(clone: Path) -> None:
    change(clone / TEXT, lambda data: data.replace(b"platform", b"provider"))
    scene.commit(clone)
    assert failures(scene.by_tag(clone, level="bytes")) == []


# --- one byte -------------------------------------------------------------------------------------


def test_one_byte_changed_in_any_artefact(folder: Path) -> None:
    names = [
        name
        for name in read_sums((folder / "SHA256SUMS").read_bytes())
        if name not in ("manifest.yaml", "RECORDS")
    ]
    assert len(names) == 6
    for name in names:
        before = (folder / name).read_bytes()
        change(folder / name, flip)
        assert ("sums", name, f"{name} was changed after it was signed") in failures(
            scene.by_folder(folder)
        )
        (folder / name).write_bytes(before)
    assert failures(scene.by_folder(folder)) == []


def test_one_byte_changed_in_the_manifest(folder: Path, clone: Path) -> None:
    change(folder / "manifest.yaml", lambda data: data.replace(b"2026-06-20", b"2026-06-21", 1))
    said = ("sums", "manifest.yaml", "manifest.yaml was changed after it was signed")
    assert failures(scene.by_folder(folder)) == [said]
    assert ("folder", "manifest.yaml", "manifest.yaml is not the one of the clone") in failures(
        scene.by_folder(folder, clone)
    )


@pytest.mark.parametrize("name", ["RECORDS", "SHA256SUMS"])
def test_one_byte_changed_in_a_list(folder: Path, name: str) -> None:
    change(
        folder / name, lambda data: data.replace(data[:1], b"f" if data[:1] != b"f" else b"0", 1)
    )
    wanted = {"RECORDS": {"sums", "records"}, "SHA256SUMS": {"sums", "signatures", "publication"}}
    assert subjects(scene.by_folder(folder).verdict) == wanted[name]


def test_one_byte_changed_in_a_record(clone: Path) -> None:
    scene.forged(clone, lambda root: change(root / POSITION, flip_reason))
    found = failures(scene.by_tag(clone))
    assert (
        "records",
        "c-example-01.yaml",
        "this file is not as it was when the release was cut",
    ) in found
    assert {"records", "manifest", "log", "tag"} <= {subject for subject, _, _ in found}


def flip_reason(data: bytes) -> bytes:
    return data.replace(b"capacity: individual", b"capacity: organisation").replace(
        b"capacity: representative", b"capacity: individual"
    )


def test_one_byte_changed_in_a_text(clone: Path) -> None:
    scene.forged(
        clone,
        lambda root: change(
            root / TEXT,
            lambda data: data.replace(b" must ", b" may_ ", 1).replace(b"may_", b"may "),
        ),
    )
    found = failures(scene.by_tag(clone))
    assert ("texts", Path(TEXT).name, "AGP-NTC-01 has other words than the manifest names") in found
    assert "records" in {subject for subject, _, _ in found}


def test_one_byte_changed_in_the_evidence_that_travels_along(folder: Path) -> None:
    _repack(folder, lambda files: files | {POSITION: flip_reason(files[POSITION])})
    found = failures(scene.by_folder(folder))
    assert ("sums", "evidence.tar", "evidence.tar was changed after it was signed") in found
    assert (
        "records",
        "c-example-01.yaml",
        "this file is not as it was when the release was cut",
    ) in found


def _repack(folder: Path, turn) -> None:  # type: ignore[no-untyped-def]
    files = files_in((folder / "evidence.tar").read_bytes())
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, data in turn(files).items():
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    (folder / "evidence.tar").write_bytes(packed.getvalue())


# --- files that are gone, or too many -------------------------------------------------------------


def test_a_dropped_artefact(folder: Path) -> None:
    (folder / "provisions.md").unlink()
    assert failures(scene.by_folder(folder)) == [
        ("sums", "provisions.md", "provisions.md is missing")
    ]


def test_an_added_artefact(folder: Path) -> None:
    (folder / "addendum.md").write_text("Platforms may do as they please.\n")
    assert failures(scene.by_folder(folder)) == [
        ("sums", "addendum.md", "addendum.md is in no list that was signed")
    ]


def test_a_dropped_artefact_that_the_list_drops_too(folder: Path) -> None:
    (folder / "provisions.md").unlink()
    listed = read_sums((folder / "SHA256SUMS").read_bytes())
    del listed["provisions.md"]
    (folder / "SHA256SUMS").write_bytes(sums_of(listed))
    found = failures(scene.by_folder(folder))
    assert (
        "sums",
        "SHA256SUMS",
        "the manifest names provisions.md, and the list does not",
    ) in found
    assert "signatures" in {subject for subject, _, _ in found}


def test_a_dropped_record(clone: Path) -> None:
    scene.forged(clone, lambda root: (root / POSITION).unlink())
    found = failures(scene.by_tag(clone))
    assert (
        "records",
        "c-example-01.yaml",
        "this file was part of the release and is gone",
    ) in found
    assert {"log", "decisions"} <= {subject for subject, _, _ in found}


def test_an_added_record(clone: Path) -> None:
    def add(root: Path) -> None:
        shutil.copyfile(root / POSITION, root / POSITION.replace("-01", "-02"))

    scene.forged(clone, add)
    assert (
        "records",
        "c-example-02.yaml",
        "this file is in no list of the release: it was added afterwards",
    ) in failures(scene.by_tag(clone))


def test_the_evidence_that_is_missing_or_no_archive(folder: Path) -> None:
    (folder / "evidence.tar").write_bytes(b"no archive")
    assert any(subject == "folder" for subject, _, _ in failures(scene.by_folder(folder)))
    (folder / "evidence.tar").unlink()
    found = failures(scene.by_folder(folder))
    assert (
        "folder",
        "evidence.tar",
        "evidence.tar is missing, so nothing in it could be looked at",
    ) in found


# --- signatures -----------------------------------------------------------------------------------


def test_a_forged_signature(folder: Path, tmp_path: Path) -> None:
    sums = (folder / "SHA256SUMS").read_bytes()
    stranger = signing.sign(sums, new_key(tmp_path, "stranger"), NAMESPACE)
    (folder / "signatures/c-example.sig").write_text(stranger)
    found = failures(scene.by_folder(folder))
    assert (
        "signatures",
        "c-example.sig",
        "this is no signature of c-example over this SHA256SUMS",
    ) in found
    assert any("it takes the signatures of 2" in message for _, _, message in found)


def test_a_signature_that_was_made_for_something_else(folder: Path, clone: Path) -> None:
    sums = (folder / "SHA256SUMS").read_bytes()
    other = signing.sign(sums, scene.keys_of(clone) / scene.C, OF_GENESIS)
    (folder / "signatures/c-example.sig").write_text(other)
    assert "signatures" in subjects(scene.by_folder(folder).verdict)


def test_a_missing_signature(folder: Path) -> None:
    (folder / "signatures/c-example.sig").unlink()
    found = failures(scene.by_folder(folder))
    assert (
        "signatures",
        "signatures",
        "it takes the signatures of 2 coordinators, and 1 holds",
    ) in found
    assert (
        "publication",
        "published.yaml",
        "it says that c-example signed, and no such signature holds",
    ) in found


def test_too_few_signatures_and_the_word_about_it_changed(folder: Path) -> None:
    (folder / "signatures/c-example.sig").unlink()
    change(
        folder / "published.yaml", lambda data: re.sub(rb"  c-example: sha256:\w{64}\n", b"", data)
    )
    assert failures(scene.by_folder(folder)) == [
        ("signatures", "signatures", "it takes the signatures of 2 coordinators, and 1 holds"),
        ("publication", "published.yaml", NOT_SIGNED_SO),
    ]


def test_the_signature_of_somebody_who_does_not_coordinate(folder: Path, tmp_path: Path) -> None:
    sums = (folder / "SHA256SUMS").read_bytes()
    made = signing.sign(sums, new_key(tmp_path, "stranger"), NAMESPACE)
    (folder / "signatures/example-chat.sig").write_text(made)
    assert failures(scene.by_folder(folder)) == [
        (
            "signatures",
            "example-chat.sig",
            "example-chat was no coordinator then, and this signature counts for nothing",
        )
    ]


def test_a_key_that_was_in_other_hands_before(clone: Path) -> None:
    scene.run(
        clone,
        "member",
        "key",
        "end",
        scene.C,
        "k1",
        "--compromised-since",
        "2026-06-01",
        "--now",
        "2026-07-01T12:00:00Z",
    )
    scene.commit(clone)
    assert failures(scene.by_tag(clone)) == [], "one coordinator alone ends no key of another"
    for member in (scene.A, scene.C):
        scene.run(clone, "sign", "01", "--key", str(scene.keys_of(clone) / member), "--by", member)
    scene.commit(clone)
    found = failures(scene.by_tag(clone))
    said = "c-example signed with a key that did not count then, or counts no more"
    assert ("signatures", "c-example.sig", said) in found


def test_a_key_that_ended_afterwards_counts(clone: Path) -> None:
    scene.run(
        clone,
        "member",
        "key",
        "end",
        scene.C,
        "k1",
        "--last-day",
        "2026-07-01",
        "--now",
        "2026-07-02T12:00:00Z",
    )
    scene.commit(clone)
    assert failures(scene.by_tag(clone)) == []


# --- the tag --------------------------------------------------------------------------------------


def test_a_tag_moved_to_a_later_commit(clone: Path) -> None:
    scene.commit(clone, "later")
    scene.git(clone, "tag", "-f", "-a", "-m", "moved", NAME.tag)
    found = [message for subject, _, message in failures(scene.by_tag(clone)) if subject == "tag"]
    assert "nobody signed it" in found
    assert any("is not the commit that published" in message for message in found)


def test_a_tag_that_a_coordinator_signs_again_elsewhere(clone: Path) -> None:
    old = scene.git(clone, "cat-file", "tag", f"refs/tags/{NAME.tag}")
    scene.commit(clone, "later")
    head = scene.git(clone, "rev-parse", "HEAD")
    body = old.partition("-----BEGIN")[0].replace(old.split()[1], head).encode()
    _set_tag(clone, body + signing.sign(body, scene.keys_of(clone) / scene.A, "git").encode())
    found = failures(scene.by_tag(clone))
    assert [subject for subject, _, _ in found] == ["tag"]
    assert "is not the commit that published" in found[0][2]


def test_a_tag_that_one_who_does_not_coordinate_signs(clone: Path, tmp_path: Path) -> None:
    body = scene.git(clone, "cat-file", "tag", f"refs/tags/{NAME.tag}").partition("-----BEGIN")[0]
    made = signing.sign(body.encode(), new_key(tmp_path, "stranger"), "git")
    _set_tag(clone, body.encode() + made.encode())
    found = failures(scene.by_tag(clone))
    assert [subject for subject, _, _ in found] == ["tag"]
    assert "forged, or of somebody who never had a key here" in found[0][2]


def _set_tag(clone: Path, body: bytes) -> None:
    from govkit.store import objects

    scene.git(clone, "update-ref", f"refs/tags/{NAME.tag}", objects.write_tag(clone, body))


def test_a_bare_name_in_place_of_the_tag(clone: Path) -> None:
    commit = scene.git(clone, "rev-parse", f"refs/tags/{NAME.tag}^{{commit}}")
    scene.git(clone, "tag", "-f", NAME.tag, commit)
    assert (
        "tag",
        NAME.tag.split("/")[1],
        "it is no tag that anybody signed, but a bare name",
    ) in failures(scene.by_tag(clone))


def test_a_tag_that_is_gone(clone: Path) -> None:
    scene.git(clone, "tag", "-d", NAME.tag)
    assert [subject for subject, _, _ in failures(scene.by_tag(clone))] == ["tag"]


# --- decisions, log, coordinators -----------------------------------------------------------------


def test_a_decision_that_its_records_do_not_give(adopted: Path) -> None:
    """Both coordinators conspire: the decision says more consents than there are, and is logged."""
    change(adopted / DECISION, lambda data: data.replace(b"consents: 3\n", b"consents: 5\n"))
    scene.log_done_again(adopted)
    scene.sealed_again(adopted)
    scene.commit(adopted)
    with scene.nobody_looks():
        scene.release(adopted)
    found = failures(scene.by_tag(adopted))
    assert {(subject, place) for subject, place, _ in found} == {("decisions", "decision.yaml")}
    assert "its records do not give this decision" in found[0][2]


def test_what_does_not_hold_is_not_signed(adopted: Path) -> None:
    """The decision says more consents than there are, as if it had always been so."""
    change(adopted / DECISION, lambda data: data.replace(b"consents: 3\n", b"consents: 5\n"))
    scene.log_done_again(adopted)
    scene.commit(adopted)
    scene.cut(adopted)
    with pytest.raises(NotSigned, match="its records do not give this decision"):
        scene.sign(adopted, scene.A)
    with scene.nobody_looks():
        for member in (scene.A, scene.C):
            scene.sign(adopted, member, rebuild=False)
    with pytest.raises(WrongUse, match="does not hold, so it is not published"):
        scene.publish(adopted)


def test_words_that_no_decision_adopted(adopted: Path) -> None:
    """The adopted words are changed afterwards, and the manifest says that they were decided."""
    change(adopted / TEXT, lambda data: data.replace(b" must ", b" should ", 1))
    scene.commit(adopted)
    scene.cut(adopted)
    manifest = adopted / NAME.place("manifest.yaml")
    lines = manifest.read_text().split("\n")
    at = next(at for at, line in enumerate(lines) if "id: AGP-NTC-01" in line)
    lines.insert(at + 2, f"    adopted_by: {DECISION}")
    manifest.write_text("\n".join(lines))
    scene.commit(adopted)
    assert (
        "decisions",
        "decision.yaml",
        "the manifest says that this adopted AGP-NTC-01 in these words, and it did not",
    ) in failures(scene.by_tag(adopted))


def _file(root: Path, *filings: Filing) -> None:
    file_all(
        root,
        filings,
        by=scene.A,
        received_at=scene.CUT,
        received_basis="registrar",
        recorded_at=Stamp(scene.CUT, scene.CUT),
    )
    scene.commit(root)


def test_a_broken_chain_of_the_log(adopted: Path) -> None:
    entry = adopted / "governance/log/000009.yaml"
    change(entry, lambda data: data.replace(b"basis: registrar", b"basis: own-host"))
    with scene.nobody_looks():
        scene.sealed_again(adopted)
        scene.commit(adopted)
        scene.release(adopted)
    found = failures(scene.by_tag(adopted))
    assert (
        "log",
        "000010.yaml",
        "this entry is not bound to the one before: one of the two was changed, or one between "
        "them is gone",
    ) in found


def test_an_entry_about_a_position_that_was_logged_already(adopted: Path) -> None:
    position = (adopted / POSITION).read_bytes()
    _file(adopted, Filing(POSITION, position, "position", was=position))
    scene.cut(adopted)
    [(subject, _, words)] = [
        each for each in failures(scene.by_tag(adopted)) if "again here" in each[2]
    ]
    assert subject == "log"
    assert f"{POSITION} was logged as number " in words


def test_a_record_that_the_log_does_not_have_so(adopted: Path) -> None:
    change(adopted / POSITION, flip_reason)
    scene.commit(adopted)
    with scene.nobody_looks():
        scene.release(adopted)
    found = failures(scene.by_tag(adopted))
    assert any(subject == "log" and place == "c-example-01.yaml" for subject, place, _ in found)
    assert any(subject == "decisions" for subject, _, _ in found)


def test_coordinators_changed_by_no_act(adopted: Path) -> None:
    """The charter says that one coordinator is enough, and one signs."""
    change(adopted / CHARTER, lambda data: data.replace(b"threshold: 2", b"threshold: 1"))
    scene.commit(adopted)
    scene.cut(adopted)
    with scene.nobody_looks():
        scene.sign(adopted, scene.A)
    found = failures(scene.by_tag(adopted))
    assert any(
        subject == "coordinators" and "by no act of the coalition" in message
        for subject, _, message in found
    )
    assert any(subject == "signatures" for subject, _, _ in found)


def test_a_release_that_is_dated_before_the_founding(clone: Path) -> None:
    place = NAME.place("manifest.yaml")
    change(clone / place, lambda data: data.replace(b"dated: 2026-06-20", b"dated: 2025-12-01"))
    scene.commit(clone)
    scene.git(clone, "tag", "-f", "-a", "-m", "as if", NAME.tag)
    assert (
        "founding",
        "manifest.yaml",
        "the release says that it is of 2025-12-01, and the coalition was founded on 2026-02-02: "
        "nobody could decide or sign for it before",
    ) in failures(scene.by_tag(clone))


def test_a_founding_that_not_all_have_signed(adopted: Path) -> None:
    genesis = adopted / "governance/genesis.yaml"
    data = genesis.read_bytes()
    kept = open_workspace(adopted).corpus
    record = genesis_of(kept)
    assert record is not None
    seals = [seal.model_dump() for seal in record.signatures if seal.by == scene.A]
    genesis.write_bytes(with_values("governance/genesis.yaml", data, {"signatures": seals}))
    scene.commit(adopted)
    scene.cut(adopted)
    assert ("founding", "genesis.yaml", "it is not signed by c-example") in failures(
        scene.by_tag(adopted)
    )


def test_a_candidate_that_nobody_has_signed(adopted: Path) -> None:
    scene.cut(adopted)
    verified = scene.by_tag(adopted)
    assert subjects(verified.verdict) == {"signatures"}
    assert any("this is a candidate" in look.message for look in verified.verdict.looks)


# --- another release, another past ----------------------------------------------------------------


def test_a_manifest_of_another_instrument(folder: Path, clone: Path) -> None:
    other = folder.parent.parent / "recommendations" / folder.name
    shutil.copytree(folder, other)
    found = failures(scene.by_folder(other))
    assert found.pop()[0] == "publication"
    assert found == [
        (
            "manifest",
            "manifest.yaml",
            "it is the manifest of another release: it says provisions/1.0.0-draft.1, and this is "
            "recommendations/1.0.0-draft.1",
        )
    ]


def test_a_manifest_of_another_instrument_in_the_clone(clone: Path) -> None:
    place = clone / "releases/recommendations/1.0.0-draft.1"
    shutil.copytree(clone / NAME.folder, place)
    scene.commit(clone)
    from govkit.release.manifest import name_of
    from govkit.workspace.releases.verification import verify_tag

    other = verify_tag(clone, name_of("recommendations/1.0.0-draft.1"), scene.how())
    assert {"manifest", "tag"} <= subjects(other.verdict)


def test_a_past_that_was_rewritten_after_an_entry_was_printed(clone: Path, folder: Path) -> None:
    head = scene.by_tag(clone).head
    assert head is not None
    assert failures(scene.by_tag(clone, entry=head)) == []
    other = NewestEntry(head.seq, f"sha256:{sha256(b'printed in an older book').hexdigest()}")
    for verified in (scene.by_tag(clone, entry=other), scene.by_folder(folder, entry=other)):
        assert failures(verified) == [
            (
                "log",
                f"{head.seq:06d}.yaml",
                f"number {head.seq} is not the one that you have from elsewhere",
            )
        ]
    later = NewestEntry(head.seq + 5, other.digest)
    assert subjects(scene.by_tag(clone, entry=later).verdict) == {"log"}


def test_a_past_that_does_not_fit_the_head_that_a_witness_kept(clone: Path, folder: Path) -> None:
    seals, entry = seals_of(open_workspace(clone).corpus), scene.by_tag(clone).head
    assert entry is not None
    assert seals.newest is not None
    head = max(each.checkpoint for each in seals.heads if each.checkpoint.size <= entry.seq)
    of_today = seals.newest.checkpoint
    assert of_today.size > entry.seq, "the publication has an entry of its own"
    for known in (head, of_today):
        assert failures(scene.by_tag(clone, head=known)) == []
    assert subjects(scene.by_tag(clone, head=of_today._replace(root=bytes(32))).verdict) == {"log"}
    cases = {
        f"the first {head.size} entries are not those of the head that you have from elsewhere": (
            head._replace(root=bytes(32))
        ),
        "begins with another root fingerprint": head._replace(origin=f"sha256:{'0' * 64}"),
        f"the head at number {head.size + 5} from elsewhere": head._replace(size=head.size + 5),
    }
    for words, other in cases.items():
        for verified in (scene.by_tag(clone, head=other), scene.by_folder(folder, head=other)):
            [(subject, _, said)] = failures(verified)
            assert subject == "log"
            assert words in said


def test_a_log_of_today_that_is_not_the_one_of_the_release(clone: Path) -> None:
    head = scene.by_tag(clone).head
    assert head is not None
    change(
        clone / f"governance/log/{head.seq:06d}.yaml",
        lambda data: data.replace(b"2026-06-15T12:00:00Z", b"2026-06-15T13:00:00Z"),
    )
    scene.commit(clone)
    assert failures(scene.by_tag(clone)) == [
        (
            "log",
            f"{head.seq:06d}.yaml",
            f"number {head.seq} of today's log is not the one that the release was made with",
        )
    ]


def test_a_head_of_the_release_that_is_gone_from_the_log_of_today(clone: Path) -> None:
    """A newer head covers the same entries, so the log of today holds by itself."""
    head = min((clone / HEADS).iterdir())
    head.unlink()
    scene.commit(clone)
    [(subject, place, said)] = failures(scene.by_tag(clone))
    assert (subject, place) == ("log", head.name)
    assert said.startswith(f"the head of the log at number {int(head.stem)} is gone, sealed by ")
    assert said.endswith(", in the log of today")


def test_another_founding_than_the_one_that_is_known(clone: Path) -> None:
    genesis = genesis_of(open_workspace(clone).corpus)
    assert genesis is not None
    root = root_fingerprint(genesis)
    assert failures(scene.by_tag(clone, fingerprint=root)) == []
    other = "sha256:" + "0" * 64
    assert subjects(scene.by_tag(clone, fingerprint=other).verdict) == {"founding"}


def test_a_book_that_says_something_else_than_the_texts(adopted: Path) -> None:
    """Somebody prints another book, and both sign without building it again."""
    folder = scene.cut(adopted)
    change(folder / "provisions.md", lambda data: data.replace(b"must", b"may", 1))
    listed = read_sums((folder / "SHA256SUMS").read_bytes())
    listed["provisions.md"] = sha256((folder / "provisions.md").read_bytes()).hexdigest()
    (adopted / NAME.place("SHA256SUMS")).write_bytes(sums_of(listed))
    scene.commit(adopted)
    for member in (scene.A, scene.C):
        scene.sign(adopted, member, rebuild=False)
    verified = scene.by_tag(adopted, level="bytes")
    assert failures(verified) == [
        (
            "books",
            "provisions.md",
            "provisions.md, built again, has other bytes than those that were signed",
        )
    ]
    assert any(
        "signed without building" in look.message for look in verified.verdict.of("not-checked")
    )


def test_a_release_is_written_by_nobody_but_git(clone: Path) -> None:
    """Verifying changes no file and no ref."""
    before = scene.git(clone, "for-each-ref"), scene.git(clone, "status", "--porcelain")
    scene.by_tag(clone, level="bytes")
    after = scene.git(clone, "for-each-ref"), scene.git(clone, "status", "--porcelain")
    assert before == after
