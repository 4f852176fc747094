"""A pad is held against the text; what it has otherwise is proposed as comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.store.private import kept
from tests.comments.conftest import Run, as_json, comment, entries, everything, ok

SAME = """\
EXA-DUE-01 Notice before a restriction

(a) The platform must tell the user of a restriction at least [10] days before it begins.
Exception: where the law forbids it

(b) The platform must give the reasons for the restriction with the notice.

EXA-DUE-02 Free complaint

(a) The platform must decide a complaint about a restriction within [10] days.

(b) The platform must not ask a fee for a complaint.
"""
CHANGED = (
    SAME.replace("[10] days before", "[21] days before")
    .replace("with the notice.", "with the notice, in the language of the user.")
    .replace(
        "\n(b) The platform must not ask a fee for a complaint.\n",
        "\nThe platform must confirm each complaint with a date.\n",
    )
)


@pytest.fixture
def pad(tmp_path: Path) -> Path:
    path = tmp_path / "pad.txt"
    path.write_text(CHANGED, encoding="utf-8")
    return path


def test_a_pad_that_says_the_same_brings_nothing(texts: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "same.md").write_text(SAME.replace("(a) ", "**(a)** "), encoding="utf-8")
    done = run("collect", tmp_path / "same.md", "--yes", by=None)
    assert ok(done) == "Nothing new to file.\n"
    assert "the document says what the revision says" in done.stderr


def test_the_changes_are_shown(texts: Path, run: Run, pad: Path) -> None:
    before = everything(texts)
    shown = ok(run("collect", pad, by=None))
    assert "Change 1: changed, EXA-DUE-01(a)" in shown
    assert "at least [-10 days-] [+21 days+] before" in shown
    assert "Change 3: added, EXA-DUE-02(a)" in shown
    assert "Change 4: taken-out, EXA-DUE-02(b)" in shown
    assert "EXA-PRV-01" not in shown  # nothing of it is in the pad, so nothing was taken out
    assert everything(texts) == before
    found = as_json(run("collect", pad, "--format", "json"))["changes"]
    assert [change["kind"] for change in found] == ["changed", "changed", "added", "taken-out"]


def test_they_become_comments_with_the_snapshot_kept(texts: Path, run: Run, pad: Path) -> None:
    ok(run("collect", pad, "--yes", "--leave-out", "2", "--group", "academia"))
    found = [comment(texts, number) for number in (1, 2, 3)]
    assert [each.target.unit for each in found] == ["EXA-DUE-01", "EXA-DUE-02", "EXA-DUE-02"]
    first = found[0]
    assert first.proposed_text is not None
    assert "21 days" in first.proposed_text
    assert first.target.quote is not None
    assert "10 days" in first.target.quote
    assert (first.source.kind, first.author.group, first.author.name) == ("pad", "academia", None)
    assert found[2].proposed_text is None
    assert found[2].comment == "In the shared document these words were taken out."
    assert first.source.snapshot is not None
    assert kept(texts, first.source.snapshot) == CHANGED.encode()
    assert len(entries(texts)) == 3


def test_what_stood_there_at_the_opening_is_no_change(
    texts: Path, run: Run, tmp_path: Path
) -> None:
    hello = "Welcome to this pad, please write your name into the list below.\n\n"
    (tmp_path / "opening").write_text(hello + SAME, encoding="utf-8")
    (tmp_path / "close").write_text(hello + SAME, encoding="utf-8")
    without = as_json(run("collect", tmp_path / "close", "--format", "json"))
    assert [change["kind"] for change in without["changes"]] == ["added"]
    done = run("collect", tmp_path / "close", "--opening", tmp_path / "opening", "--yes")
    assert ok(done) == "Nothing new to file.\n"


def test_one_text_alone(texts: Path, run: Run, pad: Path) -> None:
    found = as_json(run("collect", pad, "--unit", "exa-due-02", "--format", "json"))["changes"]
    assert {change["unit"] for change in found} <= {"EXA-DUE-02", None}
    assert run("collect", pad, "--unit", "EXA-DUE-09").returncode == 2
