"""A whole archive screened: the same marks by every way, and gone on with after a kill."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govkit.assessment.archive import ArchiveVersion
from govkit.assessment.passages import passages_of
from govkit.assessment.screening import Screen, Snapshot
from govkit.assessment.searching import PassageIndex, question_terms
from govkit.assessment.suggestions import clause_questions
from govkit.cli.main import _run
from govkit.workspace import open_workspace
from tests.cli.conftest import BASE, git
from tests.conftest import connect

NOTICE = (
    "Before the platform restricts your account it must send you a notice with the reason.\n\n"
    "You can complain about a restriction free of charge, and a person reads the complaint.\n\n"
    "We are under no obligation to give you any notice or reason when we restrict an account.\n"
)
FILLING = "These rules of the house are for all who use it, and they are kept by all of us. " * 12
PAGES = {
    "Kiosk/Terms of Service.md": f"# Terms\n\n{NOTICE}\n{FILLING}\n",
    "Kiosk/Empty.md": "# Terms\n",
    "Kiosk/Banner.md": "We value your privacy. We use cookies. Accept all cookies?\n",
    "Kiosk/Deutsch.md": "Die Nutzer dürfen das nicht, und wir werden es auch nicht tun. " * 12,
    "Kiosk/Large.md": "word " * 1_000_000,
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of 255 versions, written by one process of git."""
    folder = tmp_path_factory.mktemp("archive") / "kiosk-versions"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    versions = [(path, text, f"First record of {path}") for path, text in PAGES.items()]
    for number in range(250):
        text = f"# Terms\n\n{NOTICE}\nVersion {number} of them.\n\n{FILLING}\n"
        versions.append(("Kiosk/Terms of Service.md", text, "Record new changes of Kiosk"))
    stream = b""
    for at, (path, text, subject) in enumerate(versions):
        data = text.encode()
        stream += (
            f"commit refs/heads/main\ncommitter x <x@example.org> {1_700_000_000 + at} +0000\n"
            f"data {len(subject)}\n{subject}\nM 100644 inline {path}\ndata {len(data)}\n"
        ).encode()
        stream += data + b"\n"
    words = ["git", "fast-import", "--quiet"]
    subprocess.run(words, cwd=folder, input=stream, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def coalition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screened") / "coalition"
    shutil.copytree(BASE, folder)
    return folder


def screen(coalition: Path, archive: Path, out: Path, *words: str) -> int:
    tables = () if "--tables" in words else ("--tables", "jsonl")
    asked = ["assess", "screen", str(archive), "-o", str(out), "--least", "1", *tables, *words]
    return int(_run(["-C", str(coalition), *asked]))


def rows_in(out: Path, table: str) -> Iterator[dict[str, Any]]:
    for part in sorted((out / table).iterdir()):
        yield from map(json.loads, part.read_text().splitlines())


def files_in(out: Path) -> dict[str, bytes]:
    return {str(each.relative_to(out)): each.read_bytes() for each in out.rglob("*.*")}


def test_what_is_no_terms_is_counted_and_has_no_mark(
    coalition: Path, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert screen(coalition, archive, tmp_path / "out", "--jobs", "1", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    expected = {"terms": 251, "empty": 1, "banner": 1, "language": 1, "too-large": 1}
    assert said["snapshots"] == expected
    marks = [*rows_in(tmp_path / "out", "marks")]
    assert said["marks"] == len(marks) > 251
    assert {each["type"] for each in marks} == {"Terms of Service"}
    denied = [each["denials"] for each in marks if "no obligation" in each["quote"]]
    assert any("no obligation" in each for each in denied)
    assert all(len(each["quote"]) <= 300 for each in marks)


def test_the_marks_are_those_of_the_search_for_one_service(coalition: Path) -> None:
    questions = clause_questions(open_workspace(coalition).corpus)
    text = f"Terms\n\n{NOTICE}\n{FILLING}\n"
    index = PassageIndex(passages_of(text))
    version = ArchiveVersion("Kiosk", "Terms", "Kiosk/Terms.md", "c", "2026-01-01", "real", "b")
    _, marks = Screen(questions, least=0.01).screened([Snapshot(version, text)])
    for question in questions:
        ranked = index.ranked(question_terms(question.words), 3)
        mine = [(each.start, each.score) for each in marks if each.clause == question.clause]
        assert [at for at, _ in mine] == [each.passage.start for each in ranked]
        assert [s for _, s in mine] == pytest.approx([each.score for each in ranked], abs=2e-3)


def test_every_way_has_the_same_result_and_a_killed_run_goes_on(
    coalition: Path, archive: Path, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert screen(coalition, archive, one, "--jobs", "1") == 0
    assert screen(coalition, archive, two, "--jobs", "2") == 0
    whole = files_in(one)
    assert files_in(two) == whole
    assert len([name for name in whole if name.startswith("marks")]) == 3
    # Killed after the marks of a part, and in the middle of another: neither counts as done.
    (one / "snapshots/part-00001.jsonl").unlink()
    (one / "snapshots/part-00002.jsonl").unlink()
    (one / "marks/part-00002.jsonl").write_text("half")
    kept = (one / "snapshots/part-00000.jsonl").stat().st_mtime_ns
    assert screen(coalition, archive, one, "--jobs", "1") == 0
    assert files_in(one) == whole
    assert (one / "snapshots/part-00000.jsonl").stat().st_mtime_ns == kept


def test_a_folder_takes_one_screening_and_nothing_else(
    coalition: Path, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert screen(coalition, archive, out, "--jobs", "1", "EXA-DUE-01") == 0
    for wrong, said in (
        (("--passages", "1", "EXA-DUE-01"), "holds another screening"),
        (("EXA-DUE-99",), "no clause that binds is called EXA-DUE-99"),
        (("--service", "Nobody"), "the archive has no such version"),
        (("--scheduler", "http://x"), "`http://x` is no address of a scheduler"),
    ):
        assert screen(coalition, archive, out, *wrong) == 2
        assert said in capsys.readouterr().err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    assert screen(coalition, archive, tmp_path / "mine", "--jobs", "1") == 2
    assert "holds something else" in capsys.readouterr().err
    assert screen(coalition, tmp_path / "mine", out) == 2
    assert "is no checkout of an archive" in capsys.readouterr().err


def test_a_cluster_has_the_same_result(
    coalition: Path,
    archive: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket.socket, "connect", connect)  # the cluster is on this machine
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    assert screen(coalition, archive, tmp_path / "one", "--jobs", "1") == 0
    wanted = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**wanted, host="127.0.0.1") as cluster:
        address = cluster.scheduler_address
        assert screen(coalition, archive, tmp_path / "two", "--scheduler", address) == 0
    assert files_in(tmp_path / "two") == files_in(tmp_path / "one")
    capsys.readouterr()
    assert screen(coalition, archive, tmp_path / "three", "--scheduler", "tcp://127.0.0.1:9") == 3
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_parquet_holds_the_same_rows(coalition: Path, archive: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `screen` is not installed")
    assert screen(coalition, archive, tmp_path / "rows", "--jobs", "1") == 0
    for name in ("one", "two"):
        out = tmp_path / name
        assert screen(coalition, archive, out, "--jobs", "1", "--tables", "parquet") == 0
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    for table in ("snapshots", "marks"):
        found = parquet.read_table(tmp_path / "one" / table).to_pylist()
        assert found == [*rows_in(tmp_path / "rows", table)]


def test_without_parquet_the_other_tables_are_named(
    coalition: Path,
    archive: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    assert screen(coalition, archive, tmp_path / "out", "--tables", "parquet") == 3
    assert "Or take --tables csv or jsonl." in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out").exists()
