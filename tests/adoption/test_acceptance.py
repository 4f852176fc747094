"""An acceptance log: each kind of bad line is told with its number, in memory of one size."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from govkit.adoption.acceptance.checking import LineFault, LogCheck
from govkit.adoption.acceptance.finding import acts_of, standing
from govkit.adoption.acceptance.lines import KEYS, canonical, head_line, next_line, read_line
from govkit.adoption.acceptance.proving import proof_of, read_proof
from govkit.cli.main import govkit
from govkit.errors import WrongUse
from govkit.log.merkle import MerkleEdge, MerkleTree, leaf_hash
from govkit.records.acceptance import AcceptanceRecord

ONE, TWO = (f"sha256:{hashlib.sha256(words).hexdigest()}" for words in (b"one", b"two"))
TEXTS = frozenset(digest.removeprefix("sha256:").encode() for digest in (ONE, TWO))


def user(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def said(name: str, at: str, text: str = ONE, act: str = "agreed") -> dict[str, Any]:
    row = {"user": user(name), "text": text, "act": act, "at": f"2027-01-05T{at}Z"}
    return {**row, "channel": "web", "language": "en", "notice": None}


ROWS = [
    said("ana", "10:00:00"),
    said("ben", "10:00:01"),
    said("ana", "10:00:02", TWO, "asked"),
    said("ana", "10:00:09", TWO),
    said("ben", "10:00:09", TWO, "refused"),
]


def log_of(rows: list[dict[str, Any]]) -> list[bytes]:
    lines = [head_line("tern.example/terms")]
    for seq, row in enumerate(rows, start=1):
        lines.append(next_line(lines[-1], seq, row))
    return [line + b"\n" for line in lines]


def faults(lines: list[bytes], **given: Any) -> list[LineFault]:
    return list(LogCheck(TEXTS, **given).faults_of(lines))


def edited(line: bytes, **values: Any) -> bytes:
    return canonical({**json.loads(line), **values}) + b"\n"


def test_a_log_in_order_has_the_root_of_its_lines() -> None:
    lines = log_of(ROWS)
    check = LogCheck(TEXTS)
    assert list(check.faults_of(lines)) == []
    tree = MerkleTree(line[:-1] for line in lines[1:])
    summary = check.summary()
    assert summary.checkpoint is not None
    assert (summary.checkpoint.size, summary.checkpoint.root) == (5, tree.root())
    assert summary.acts == {"agreed": 3, "asked": 1, "refused": 1}


WRONG: dict[str, tuple[Callable[[list[bytes]], list[bytes]], list[tuple[int, str]]]] = {
    "another text": (lambda n: [*n[:2], edited(n[2], text=TWO), *n[3:]], [(4, "chain")]),
    "a text that nobody has": (
        lambda _: log_of([said("x", "1" * 2 + ":00:00", ONE[:-1] + "0")]),
        [(2, "text")],
    ),
    "time going back": (lambda _: log_of([ROWS[1], ROWS[0]]), [(3, "time")]),
    "no moment": (lambda _: log_of([said("x", "25:00:00")]), [(2, "time")]),
    "the same twice": (lambda _: log_of([ROWS[0], ROWS[0]]), [(3, "twice")]),
    "a line gone": (lambda n: [*n[:2], *n[3:]], [(3, "number"), (3, "chain")]),
    "a line put in": (
        lambda n: [*n[:3], n[2], *n[3:]],
        [(4, "number"), (4, "chain"), (4, "twice")],
    ),
    "no line feed at the end": (lambda n: [*n[:-1], n[-1][:-1]], [(6, "end")]),
    "half a line": (lambda n: [*n[:-1], n[-1][:40]], [(6, "record"), (6, "end")]),
    "a word for the act": (lambda n: [*n[:5], edited(n[5], act="accepted")], [(6, "record")]),
    "a key more": (lambda n: [*n[:5], edited(n[5], mail="a@b")], [(6, "record")]),
    "other white space": (lambda n: [*n[:5], n[5].replace(b":", b": ")], [(6, "record")]),
    "no first line": (lambda n: n[1:], [(1, "head"), (2, "number")]),
    "nothing": (lambda _: [], [(1, "head")]),
    "an endless line": (lambda n: [*n[:5], b"x" * 2_000 + b"\n"], [(6, "record")]),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_bad_line_is_told_with_its_number(name: str) -> None:
    make, expected = WRONG[name]
    found = [(each.line, each.kind) for each in faults(make(log_of(ROWS)))]
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    ("saved", "cause"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, "begins with a byte order mark"),
        (lambda data: data.replace(b"\n", b"\r\n"), "ends with a carriage return"),
    ],
    ids=["mark", "carriage-return"],
)
def test_what_an_editor_did_to_a_log_is_named(saved: Callable[[bytes], bytes], cause: str) -> None:
    lines = saved(b"".join(log_of(ROWS))).splitlines(keepends=True)
    assert cause in faults(lines)[0].what


def test_a_head_given_out_before_tells_what_was_changed_or_cut_since() -> None:
    lines = log_of(ROWS)
    check = LogCheck()
    list(check.faults_of(lines[:4]))
    head = check.summary().checkpoint
    assert faults(lines, earlier=head) == []
    other = log_of([ROWS[1].copy() | {"at": "2027-01-05T10:00:00Z"}, *ROWS[1:]])
    assert [(each.line, each.kind) for each in faults(other, earlier=head)] == [(4, "root")]
    assert [each.kind for each in faults(lines[:3], earlier=head)] == ["end"]


def test_the_edge_of_a_tree_has_the_roots_and_proofs_of_the_tree() -> None:
    data = [bytes([n]) for n in range(20)]
    for size in range(1, 20):
        tree = MerkleTree(data[:size])
        for index in (0, size // 2, size - 1):
            edge = MerkleEdge(marked=index)
            for each in data[:size]:
                edge.append(leaf_hash(each))
            assert edge.root_and_path() == (tree.root(), tree.inclusion(index, size))


def test_a_proof_holds_alone_and_for_no_other_record() -> None:
    lines = log_of(ROWS)
    proof = proof_of(lines, 4)
    again = read_proof(proof.text.encode())
    assert again == proof
    assert again.holds
    assert not proof._replace(line=lines[2][:-1]).holds
    assert not proof._replace(place=2).holds
    for bad in (b"", b"x", proof.text.encode()[:-2], proof.text.encode() + b"\n"):
        with pytest.raises(WrongUse):
            read_proof(bad)
    with pytest.raises(WrongUse):
        proof_of(lines, 9)


def test_who_refuses_keeps_the_version_before() -> None:
    lines = log_of(ROWS)
    texts = {}
    for name in ("ana", "ben", "eve"):
        acts = acts_of(lines, user(name)[:20].encode())
        stands = standing(acts)
        texts[name] = (len(acts), stands and stands.text.decode())
    one, two = (digest.removeprefix("sha256:") for digest in (ONE, TWO))
    assert texts == {"ana": (3, two), "ben": (2, one), "eve": (0, None)}


def test_the_line_is_what_the_record_says() -> None:
    line = log_of(ROWS)[1][:-1]
    record = AcceptanceRecord.model_validate(json.loads(line))
    assert tuple(json.loads(line)) == KEYS
    assert record.act == "agreed"
    assert read_line(line) is not None


def test_a_log_of_any_length_takes_the_memory_of_a_short_one() -> None:
    def endless() -> Iterator[bytes]:
        line = head_line("tern.example/terms")
        yield line + b"\n"
        for seq in range(1, 1 << 40):
            minute, second = divmod(seq // 10, 60)
            row = said(str(seq), f"{minute // 60:02}:{minute % 60:02}:{second:02}")
            line = next_line(line, seq, row)
            yield line + b"\n"

    peaks = []
    for size in (500, 6_000):
        check = LogCheck(TEXTS)
        tracemalloc.start()
        assert sum(1 for _ in check.faults_of(islice(endless(), size))) == 0
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 8_000


def test_the_commands_check_prove_and_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in (("1.html", b"one"), ("2.html", b"two"), ("log", b"".join(log_of(ROWS)))):
        (tmp_path / name).write_bytes(data)

    def run(line: str) -> tuple[int, str]:
        code = govkit.main(["acceptance", *line.split()], "govkit", standalone_mode=False)
        return code, capsys.readouterr().out

    terms = "--terms 1.html --terms 2.html"
    assert run(f"verify log {terms}") == (0, run("verify log")[1].replace(*_NOTE))
    assert run("root log -o head.txt")[0] == 0
    assert run("prove log --line 4 -o proof.txt")[0] == 0
    assert run(f"verify proof.txt --head head.txt {terms}")[0] == 0
    code, said_ = run(f"find log {user('ana')} {terms}")
    assert (code, said_.splitlines()[-1]) == (0, "Accepted: 2.html, since 2027-01-05T10:00:09Z.")
    lines = log_of(ROWS)
    bad = [lines[0], *(edited(line, channel="fax") for line in lines[1:])]
    (tmp_path / "log").write_bytes(b"".join(bad))
    code, said_ = run("verify log --most 2")
    assert code == 1
    assert said_.count("[record]") == 2
    assert "and 3 more" in said_
    assert "has a value that does not fit, in `channel`" in said_


_NOTE = ("note: no --terms was given, so no digest was held against a text.\n", "")
