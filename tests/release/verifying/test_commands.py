"""`release sign`, `verify` and `signers` by the real command, as a coordinator and a reader do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from govkit.log.heads import seals_of
from govkit.workspace import open_workspace
from tests.command import started
from tests.release.verifying import scene
from tests.release.verifying.scene import NAME
from tests.store.keys import new_key, public

AT = ("--now", "2026-06-20T13:00:00Z")


def govkit(where: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return started(
        [sys.executable, "-m", "govkit", *words],
        cwd=where,
        stdin=subprocess.DEVNULL,
        env=os.environ | scene.PERSON | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str], words: str, code: int = 2) -> str:
    assert done.returncode == code, done.stderr + done.stdout
    assert words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def candidate(adopted: Path) -> Path:
    scene.cut(adopted)
    return adopted


def test_two_coordinators_sign_and_are_told_how_it_stands(candidate: Path) -> None:
    keys = scene.keys_of(candidate)
    first = govkit(candidate, "release", "sign", str(NAME), "--key", str(keys / scene.A), *AT)
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines() == [
        f"Signed: {NAME}, as a-example, with the key k1. Built again, every byte was the same.",
        "1 of 2 signatures that it takes: a-example.",
        "Next: c-example can sign, too.",
        "Nothing was sent. Push the commit: git push",
    ]
    second = govkit(
        candidate,
        "release",
        "sign",
        str(NAME),
        "--key",
        str(keys / scene.C),
        "--by",
        scene.C,
        "--not-rebuilt",
        "--format",
        "json",
        *AT,
    )
    answer = json.loads(second.stdout)
    assert answer["rebuilt"] is False
    assert answer["signed"] == ["a-example", "c-example"]
    assert answer["not_rebuilt"] == ["c-example"]
    assert answer["missing"] == []
    assert answer["signature"] == f"{NAME.folder}/signatures/c-example.sig"
    assert scene.git(candidate, "log", "-1", "--format=%s") == f"Sign {NAME} as c-example"
    assert scene.git(candidate, "status", "--porcelain") == ""


def test_what_stands_against_a_signature_is_said_and_nothing_is_written(
    candidate: Path, tmp_path: Path
) -> None:
    keys, before = scene.keys_of(candidate), scene.git(candidate, "rev-parse", "HEAD")

    def sign(key: Path, *more: str, name: str = str(NAME)) -> subprocess.CompletedProcess[str]:
        return govkit(candidate, "release", "sign", name, "--key", str(key), *AT, *more)

    refused(sign(keys / scene.C), "is not a key of a-example that holds here")
    refused(sign(keys / "nobody"), "there is no key at")
    refused(sign(Path(f"{keys / scene.A}.pub")), "is a public key")
    refused(sign(keys / scene.A, "--by", "example-chat"), "is no coordinator in the state")
    refused(sign(keys / scene.A, name="provisions/7.0.0"), "there is no release provisions/7.0.0")
    refused(sign(new_key(tmp_path, "weak", "-t", "rsa", "-b", "2048")), "can't be used to sign")
    refused(
        govkit(
            candidate,
            "release",
            "sign",
            str(NAME),
            "--key",
            str(keys / scene.A),
            "--now",
            "2020-01-01T12:00:00Z",
        ),
        "the newest entry of the log was made at",
    )
    assert scene.git(candidate, "rev-parse", "HEAD") == before
    assert scene.git(candidate, "status", "--porcelain") == ""


def test_who_has_no_key_that_holds_in_the_release_does_not_sign_it(adopted: Path) -> None:
    scene.run(
        adopted,
        "member",
        "key",
        "end",
        scene.C,
        "k1",
        "--until",
        "2026-06-16",
        "--now",
        "2026-06-16T12:00:00Z",
    )
    for member in (scene.A, scene.C):
        file = str(scene.keys_of(adopted) / member)
        scene.run(adopted, "sign", "01", "--key", file, "--by", member)
    scene.seal(adopted, scene.A)
    scene.commit(adopted)
    scene.cut(adopted)
    key = scene.keys_of(adopted) / scene.C
    refused(
        govkit(adopted, "release", "sign", str(NAME), "--key", str(key), "--by", scene.C, *AT),
        "has no key that holds in this release; keys that do not: k1",
    )


def test_a_candidate_whose_books_come_out_otherwise_is_not_signed(candidate: Path) -> None:
    sums = candidate / NAME.place("SHA256SUMS")
    listed = sums.read_text().splitlines()
    at = next(at for at, line in enumerate(listed) if line.endswith("  provisions.md"))
    listed[at] = "0" * 64 + "  provisions.md"
    sums.write_text("\n".join(listed) + "\n")
    scene.commit(candidate)
    done = govkit(
        candidate,
        "release",
        "sign",
        str(NAME),
        "--key",
        str(scene.keys_of(candidate) / scene.A),
        *AT,
    )
    said = refused(done, "these files have other bytes than SHA256SUMS says: provisions.md", 1)
    assert "Nothing was signed." in said


def test_a_published_release_takes_no_more_signatures(clone: Path) -> None:
    key = str(scene.keys_of(clone) / scene.A)
    later = ("--now", "2026-06-21T12:00:00Z")
    done = govkit(clone, "release", "sign", str(NAME), "--key", key, *later)
    refused(done, "is published already, and its signatures are closed")


def test_verify_prints_what_holds_what_failed_and_what_was_not_looked_at(
    clone: Path, folder: Path
) -> None:
    done = govkit(clone.parent, "-C", "agora", "release", "verify", str(NAME.tag), "--no-rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"{NAME}, from the clone in {clone}"
    assert lines.index("Holds") < lines.index("Not checked")
    assert "Failed" not in lines
    assert lines[-1].startswith("Nothing failed. 5 things could not be looked at")
    assert all(len(line) <= 88 or "/" in line or "sha256:" in line for line in lines)

    (folder / "provisions.md").write_text("Platforms may do as they please.\n")
    done = govkit(folder.parent, "release", "verify", folder.name)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[2:4] == [
        "Failed",
        "  - the list of files: provisions.md was changed after it was signed",
    ]
    assert lines[4] == f"    in {folder.name}/provisions.md"
    assert lines[-1] == "1 thing failed. Do not use this copy of the release."


def test_verify_answers_programs(clone: Path) -> None:
    done = govkit(clone, "release", "verify", str(NAME.tag), "--no-rebuild", "--format", "json")
    answer = json.loads(done.stdout)
    assert answer["holds"] is True
    assert answer["release"] == str(NAME)
    assert answer["coordinators"] == ["a-example", "c-example"]
    assert answer["threshold"] == 2
    head = answer["newest_entry"]
    again = govkit(
        clone,
        "release",
        "verify",
        str(NAME.tag),
        "--no-rebuild",
        "--entry",
        f"{head['seq']}:{head['digest']}",
        "--fingerprint",
        answer["root_fingerprint"],
    )
    assert again.returncode == 0
    assert again.stdout.splitlines()[-1].startswith("Nothing failed. 3 things")


def test_verify_takes_the_head_that_seal_prints_or_the_file_of_a_witness(
    clone: Path, tmp_path: Path
) -> None:
    newest = seals_of(open_workspace(clone).corpus).newest
    assert newest is not None
    kept = tmp_path / "checkpoint"
    kept.write_text(newest.checkpoint.text)
    words = ("release", "verify", str(NAME.tag), "--no-rebuild", "--head")
    for said in (newest.checkpoint.short, str(clone / newest.path), str(kept)):
        done = govkit(clone, *words, said)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "compared with nothing" not in done.stdout
    changed = newest.checkpoint._replace(root=bytes(32))
    failed = govkit(clone, *words, changed.short)
    assert failed.returncode == 1
    assert "are not those of the head that you have from elsewhere" in " ".join(
        failed.stdout.split()
    )
    refused(govkit(clone, *words, f"12:sha256:{'0' * 64}"), "Use --entry")
    (tmp_path / "none").write_text("nothing")
    refused(govkit(clone, *words, str(tmp_path / "none")), "a head of the log is its number and")


def test_wrong_words_are_answered_with_the_way_out(clone: Path, tmp_path: Path) -> None:
    refused(govkit(clone, "release", "verify", "nothing"), "names no release")
    refused(govkit(clone, "release", "verify", "nothing.pdf"), "there is no file nothing.pdf")
    refused(govkit(clone, "release", "verify", "provisions"), "is no folder of a release")
    refused(govkit(clone, "release", "verify", str(NAME), "--head", "12"), "is its number and")
    refused(govkit(clone, "release", "verify", str(NAME), "--entry", "12"), "is its number and")
    refused(govkit(tmp_path, "release", "verify", str(NAME)), "there is no clone here")
    refused(govkit(clone, "release", "verify", "provisions/9.0.0"), "there is no release")


def test_signers_are_printed_as_ssh_keygen_reads_them(clone: Path) -> None:
    done = govkit(clone, "release", "signers", str(NAME))
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        f"# {member} k1: counts since 2026-02-02T12:00:00Z (governance/genesis.yaml)"
        for member in (scene.A, scene.C)
    ]
    assert lines[2:] == [
        f'{member} namespaces="release@govkit,release-not-rebuilt@govkit,publication@govkit,git" '
        + public(scene.keys_of(clone) / member)
        for member in (scene.A, scene.C)
    ]


def test_a_clone_that_is_cut_short_is_not_believed(clone: Path, folder: Path) -> None:
    scene.git(clone.parent, "clone", "-q", "--depth", "1", f"file://{clone}", "shallow")
    shallow = clone.parent / "shallow"
    scene.git(shallow, "fetch", "-q", "--depth", "1", "origin", "tag", NAME.tag)
    refused(govkit(shallow, "release", "verify", str(NAME.tag)), "is cut short", 3)
    done = govkit(shallow, "release", "verify", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the tag: the clone here is cut short, and was left out" in done.stdout


def test_a_plan_says_who_has_not_signed_the_founding(adopted: Path) -> None:
    genesis = adopted / "governance/genesis.yaml"
    text = genesis.read_text()
    second = text.index("  - by: c-example")
    genesis.write_text(text[:second])
    scene.commit(adopted)
    done = govkit(adopted, "release", "plan", "provisions", "--draft", *AT)
    assert "note: the founding is not signed yet by c-example." in done.stdout
    answer = govkit(adopted, "release", "plan", "provisions", "--draft", "--format", "json", *AT)
    assert json.loads(answer.stdout)["founding_not_signed_by"] == ["c-example"]
