"""`govkit receipt`: one file shows a stranger that somebody's words were taken in."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.correspondence.receipts import Receipt, receipt_in, receipt_text
from govkit.log.checkpoints import OF_HEADS
from govkit.log.coordinators import genesis_of
from govkit.log.heads import path_of_head
from govkit.log.signed_statements import root_fingerprint
from govkit.records.log import LogHead
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from govkit.workspace.releases.gathering import corpus_of_files
from tests.seals import pair_of, private_file, seal, seal_log

from .conftest import Run, commit, report
from .register import BY_A, NOW, A, B, found, key_changed, log, open_proposal, refused

REASON = "Thirty days are too long, and nobody says when they begin."


@pytest.fixture
def objected(repository: Path, govkit: Run) -> Path:
    """A founded coalition with an objection in its sealed log: number 7."""
    found(repository)
    open_proposal(repository)
    words = ("consent", A, "2026-001", "object", "--reason", REASON, *BY_A)
    assert govkit(repository, *words).returncode == 0
    seal_log(repository)
    return repository


def written(run: Run, folder: Path, number: int = 7) -> str:
    done = run(folder, "receipt", str(number), "--now", NOW)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def root_of(folder: Path) -> str:
    genesis = genesis_of(open_workspace(folder).corpus)
    assert genesis is not None
    return root_fingerprint(genesis)


def verified(run: Run, tmp_path: Path, text: str, root: str, ends: int) -> str:
    """What is said of a receipt in a folder that is no repository."""
    file = tmp_path / "receipt.txt"
    file.write_text(text, encoding="utf-8", newline="")
    done = run(None, "receipt", "verify", str(file), "--fingerprint", root, cwd=tmp_path)
    assert done.returncode == ends, done.stdout + done.stderr
    return " ".join((done.stdout + done.stderr).decode().split())


def test_a_stranger_proves_with_one_file_and_one_fingerprint_that_an_objection_was_taken_in(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    text = written(govkit, objected)
    for line in (
        f"Root fingerprint: {root_of(objected)}",
        f"Record: governance/proposals/2026-001/positions/{A}-01.yaml",
        "Received: 2026-03-01T12:00:00Z",
        f"{A} objects.",
        f"  {REASON}",
        "  Nothing shows it yet (E0).",
        'To withdraw, tell any coordinator: "I withdraw my position on 2026-001".',
    ):
        assert line in text.splitlines()
    said = verified(govkit, tmp_path, text, root_of(objected), 0)
    assert "the words are those that were filed" in said
    assert "number 7 is below the head 8:" in said
    assert f"the head is sealed by {A}" in said
    assert "whether it counts: the receipt says how it stood" in said
    assert "Nothing failed." in said


def test_in_a_clone_the_founding_is_compared_with_its_own(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.txt"
    file.write_text(written(govkit, objected))
    done = report(govkit(objected, "receipt", "verify", str(file), "--format", "json"))
    assert (done["number"], done["holds"]) == (7, True)
    assert {"founding"} == {each["subject"] for each in done["looks"] if "know" in each["message"]}


def test_a_witness_stands_in_it(objected: Path, govkit: Run, tmp_path: Path) -> None:
    key = str(_key(tmp_path, B))
    assert govkit(objected, "witness", "--by", B, "--key", key, "--now", NOW).returncode == 0
    said = verified(govkit, tmp_path, written(govkit, objected), root_of(objected), 0)
    assert f"the head is sealed by {A}, and seen by {B}" in said


def test_keys_that_came_by_an_act_are_proved_from_the_founding_on(
    repository: Path, govkit: Run, tmp_path: Path
) -> None:
    found(repository)
    key_changed(repository, A, pair_of(A), change="ends", since="2026-02-08")
    open_proposal(repository)
    root, seals = root_of(repository), ("seal", "--now", NOW, "--by")
    sealed = govkit(repository, *seals, B, "--key", str(_key(tmp_path, B)))
    assert sealed.returncode == 0, sealed.stderr
    text = written(govkit, repository, 5)
    assert "governance/acts/01.yaml" in receipt_in(text).files
    assert f"sealed by {B}" in verified(govkit, tmp_path, text, root, 0)

    def sealed_by_the_old_key(files: dict[str, str]) -> None:
        path = next(each for each in files if "/heads/" in each)
        head, _ = read_record(path, "log-head", files[path].encode())
        assert isinstance(head, LogHead)
        made = {"checkpoint": head.checkpoint, "seals": [seal(A, head.checkpoint, OF_HEADS)]}
        files[path] = record_bytes("log-head", made, path).decode()

    stolen = verified(govkit, tmp_path, forged(text, sealed_by_the_old_key), root, 1)
    assert f"the seal of {A} does not hold" in stolen


def test_an_older_entry_of_a_record_has_its_receipt_with_the_words_of_then(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    path = f"governance/members/{B}.yaml"
    numbers = []
    for account in ("first", "second", "third"):
        add = f"accounts: [{{host: code.example.org, name: {account}, since: 2026-01-10}}]\n"
        file = objected / path
        file.write_text(file.read_text().partition("accounts:")[0] + add)
        assert govkit(objected, "member", "file", B, *BY_A).returncode == 0
        numbers.append(log(objected)[-1].seq)
        if account != "second":
            commit(objected)
    seal_log(objected)
    text = written(govkit, objected, numbers[0])
    assert "name: first" in text
    assert f"The record has other words since number {numbers[2]} of the log." in text
    said = verified(govkit, tmp_path, text, root_of(objected), 0)
    assert "the words are those that were filed" in said
    assert "name: third" in written(govkit, objected, numbers[2])
    lost = govkit(objected, "receipt", str(numbers[1]), "--now", NOW)
    refused(lost, f"number {numbers[1]} is about, and no commit has those")
    span, folder = f"{numbers[0]}-{numbers[2]}", tmp_path / "several"
    done = govkit(objected, "receipt", span, "-o", str(folder), "--now", NOW)
    assert done.returncode == 0, done.stderr
    assert f"No receipt: {path} has other words now" in done.stderr.decode()
    assert len([*folder.iterdir()]) == 2


def _key(tmp_path: Path, id: str) -> Path:
    return private_file(tmp_path / "own", id)


# --- what somebody makes up -----------------------------------------------------------------------


def forged(text: str, change: Callable[[dict[str, str]], None], **more: object) -> str:
    """A receipt that was changed inside and written anew, so that its lines agree with that."""
    receipt = receipt_in(text)
    files = dict(receipt.files)
    change(files)
    made = dataclasses.replace(receipt, files=files, **more)  # type: ignore[arg-type]
    return anew(made)


def anew(receipt: Receipt) -> str:
    corpus = corpus_of_files({path: words.encode() for path, words in receipt.files.items()})
    return receipt_text(receipt, corpus)


POSITION = f"governance/proposals/2026-001/positions/{A}-01.yaml"


def _consents(files: dict[str, str]) -> None:
    files[POSITION] = files[POSITION].replace("position: object", "position: consent")


def _other_entry(files: dict[str, str]) -> None:
    path = "governance/log/000007.yaml"
    files[path] = files[path].replace("2026-03-01T12:00:00Z", "2026-02-15T12:00:00Z")


def _own_seal(files: dict[str, str]) -> None:
    path = path_of_head(8)
    head, _ = read_record(path, "log-head", files[path].encode())
    assert isinstance(head, LogHead)
    made = seal("somebody", head.checkpoint, OF_HEADS) | {"by": A}
    files[path] = record_bytes(
        "log-head", {"checkpoint": head.checkpoint, "seals": [made]}, path
    ).decode()


def _no_seal(files: dict[str, str]) -> None:
    path = path_of_head(8)
    head, _ = read_record(path, "log-head", files[path].encode())
    assert isinstance(head, LogHead)
    files[path] = record_bytes("log-head", {"checkpoint": head.checkpoint}, path).decode()


def _own_founding(files: dict[str, str]) -> None:
    path = "governance/genesis.yaml"
    files[path] = files[path].replace("threshold: 2", "threshold: 1")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_consents, "these are not the words that were filed"),
        (_other_entry, "this entry is not in that log"),
        (_own_seal, f"the seal of {A} does not hold"),
        (_no_seal, "no coordinator of its moment has sealed it"),
        (_own_founding, "this is a receipt of another coalition, or of one that was made up"),
    ],
)
def test_what_was_changed_inside_and_written_anew_is_named(
    objected: Path,
    govkit: Run,
    tmp_path: Path,
    change: Callable[[dict[str, str]], None],
    words: str,
) -> None:
    text = written(govkit, objected)
    assert words in verified(govkit, tmp_path, forged(text, change), root_of(objected), 1)


def test_a_proof_of_another_entry_leads_nowhere(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    receipt = receipt_in(written(govkit, objected))
    other = receipt_in(written(govkit, objected, 6)).proofs[6]
    proofs = dict(receipt.proofs) | {7: other._replace(seq=7)}
    text = anew(dataclasses.replace(receipt, proofs=proofs))
    said = verified(govkit, tmp_path, text, root_of(objected), 1)
    assert "its proof does not lead to the head" in said


def test_a_line_that_says_something_else_is_named(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    text = written(govkit, objected)
    root = root_of(objected)
    for there, instead in (
        (f"{A} objects.", f"{A} consents."),
        ("Thirty days", "Three days"),
        ("Received: 2026-03-01", "Received: 2026-02-01"),
        ("  Nothing shows it yet", "  The member signed it"),
        ("— example-society ", "— other-society "),
        ("index 6", "index 5"),
    ):
        assert there in text
        said = verified(govkit, tmp_path, text.replace(there, instead, 1), root, 1)
        assert "this line is not what its own records say" in said, there
    assert "is not what its own" in verified(govkit, tmp_path, text + "More.\n", root, 1)
    assert "lines were cut off" in verified(govkit, tmp_path, text.rstrip("\n"), root, 1)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: "Dear all,\n" + text, "a receipt begins with the line `govkit receipt 1`"),
        (lambda text: text.partition("-----")[0], "the proof at its end is gone"),
        (lambda text: text.replace("\n", "\r\n"), "a receipt begins with the line"),
        (lambda text: text.replace("extra eyJ", "extra eyJ!"), "it was cut, or changed"),
        (lambda text: text.replace("extra ", "extra \n"), "it was cut, or changed"),
        (lambda text: "", "a receipt begins with the line"),
        (lambda text: "\x00\x01", "a receipt begins with the line"),
    ],
)
def test_what_is_no_receipt_is_one_sentence_with_the_way_out(
    objected: Path, govkit: Run, tmp_path: Path, spoil: Callable[[str], str], words: str
) -> None:
    text = spoil(written(govkit, objected))
    said = verified(govkit, tmp_path, text, root_of(objected), 3)
    assert words in said
    assert "attached and not pasted" in said


def test_records_that_are_not_whole_or_not_theirs_end_in_a_sentence(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    text = written(govkit, objected)
    before, _, proof = text.partition("extra ")
    value = json.loads(base64.b64decode(proof.partition("\n")[0]))
    for spoilt in (
        {},
        [],
        7,
        value | {"seq": 99},
        value | {"files": {}},
        value | {"files": {"../../etc/passwd": "x"}},
        value | {"proofs": {"7": ["AAAA"]}},
        value | {"files": dict.fromkeys(value["files"], "a: [")},
        {key: each for key, each in value.items() if key != "proofs"},
    ):
        made = base64.b64encode(json.dumps(spoilt).encode()).decode()
        changed = f"{before}extra {made}\n{proof.partition(chr(10))[2]}"
        said = verified(govkit, tmp_path, changed, root_of(objected), 3)
        assert "this is no receipt that can be checked" in said


# --- what can't be written ------------------------------------------------------------------------


def test_only_what_is_sealed_has_a_receipt(objected: Path, govkit: Run) -> None:
    assert govkit(objected, "consent", B, "2026-001", "consent", *BY_A).returncode == 0
    refused(govkit(objected, "receipt", "9"), "number 9 of the log is not sealed yet")
    refused(govkit(objected, "receipt", "99"), "the log has no number 99")
    sealed = govkit(objected, "seal", "--key", str(_key(objected.parent, A)), *BY_A)
    assert b"Receipts, to send after the push: govkit receipt 9-10 -o ../receipts" in sealed.stdout


def test_a_span_goes_into_a_folder_outside_the_repository(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    refused(govkit(objected, "receipt", "6-8"), "each a file of its own")
    refused(govkit(objected, "receipt", "8-6"), "no span")
    refused(govkit(objected, "receipt", "write", "seven"), "no number of the log")
    inside = govkit(objected, "receipt", "7", "-o", str(objected / "receipts"))
    refused(inside, "a receipt belongs to the person it is for")
    done = govkit(objected, "receipt", "6-8", "-o", str(tmp_path / "receipts"), "--now", NOW)
    assert done.returncode == 0, done.stderr
    names = sorted(each.name for each in (tmp_path / "receipts").iterdir())
    assert names == ["receipt-000006.txt", "receipt-000007.txt", "receipt-000008.txt"]
    for name in names:
        text = (tmp_path / "receipts" / name).read_text(encoding="utf-8")
        verified(govkit, tmp_path, text, root_of(objected), 0)


def test_every_kind_of_entry_has_a_receipt_that_holds(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    said = ("comment", "add", "--member", B, "--text", "Who decides?", *BY_A)
    assert govkit(objected, *said).returncode == 0
    seal_log(objected)
    kinds = {}
    for entry in log(objected):
        text = written(govkit, objected, entry.seq)
        kinds[entry.kind] = verified(govkit, tmp_path, text, root_of(objected), 0)
    assert {"genesis", "member", "charter", "proposal", "revision", "comment"} <= kinds.keys()
    text = written(govkit, objected, len(log(objected)))
    assert f"a comment of {B}" in text
    assert "  Who decides?" in text
