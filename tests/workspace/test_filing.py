"""Records and their log entries are filed as one act, whatever happens on the way."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from govkit.corpus.record_digests import digest_for
from govkit.errors import GovkitError, WrongUse
from govkit.log.digests import entry_digest
from govkit.log.entries import path_of_entry
from govkit.procedures.log import filing
from govkit.procedures.log.filing import Filing, Stamp, file_all, last_entry, writing
from govkit.records.log import LogEntry
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.store.clone_lock import Busy, state_folder_of

BASE = Path(__file__).parents[1] / "rules" / "_base"
NOW = datetime.datetime(2026, 3, 12, 9, 30, 15, 123456, tzinfo=datetime.UTC)
EARLIER = datetime.datetime(2026, 3, 11, 8, 0, tzinfo=datetime.UTC)
PROPOSAL = "governance/proposals/2026-001"
OLD_CALL = "governance/calls/2026-001.yaml"
SUBMISSION = f"{PROPOSAL}/submissions/0123abcd.yaml"


@pytest.fixture(params=["git", "no git"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    shutil.copytree(BASE, folder)
    if request.param == "git":
        subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    (folder / OLD_CALL).parent.mkdir()
    (folder / OLD_CALL).write_bytes(call("Old words."))
    (folder / SUBMISSION).parent.mkdir(parents=True)
    (folder / SUBMISSION).write_bytes(b"x")
    return folder


def call(asks: str) -> bytes:
    record = {"title": "A call", "asks": asks, "opened": NOW, "closes": NOW}
    return record_bytes("call", record, OLD_CALL)


def comment(words: str = "Too long.") -> dict[str, Any]:
    return {
        "author": {"name": "Somebody (invented)"},
        "target": {"revision": 1},
        "comment": words,
        "source": {"kind": "form"},
    }


def of_comment(number: int, words: str = "Too long.") -> Filing:
    path = f"{PROPOSAL}/comments/{number:04d}.yaml"
    return Filing(path, record_bytes("comment", comment(words), path), "comment")


def act_of_three() -> list[Filing]:
    """A new record, a changed one, and one that is taken away."""
    return [
        of_comment(1),
        Filing(OLD_CALL, call("New words."), "call", was=call("Old words.")),
        Filing(SUBMISSION, None, None, was=b"x"),
    ]


def filed(root: Path, filings: list[Filing], **more: Any) -> tuple[LogEntry, ...]:
    how: dict[str, Any] = {
        "by": "example-society",
        "received_at": EARLIER,
        "received_basis": "registrar",
        "recorded_at": Stamp(NOW, NOW),
    }
    return file_all(root, filings, **(how | more))


def state(root: Path) -> dict[str, bytes]:
    """All files of the folder, hidden ones of a killed writer included."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts and ".govkit" not in path.parts
    }


def entry(root: Path, seq: int) -> LogEntry:
    path = path_of_entry(seq)
    record, faults = read_record(path, "log-entry", (root / path).read_bytes())
    assert faults == ()
    assert isinstance(record, LogEntry)
    return record


# --- what is written ------------------------------------------------------------------------------


def test_an_act_writes_its_files_and_an_entry_for_each_record(root: Path) -> None:
    entries = filed(root, act_of_three())
    assert [(e.seq, e.kind, e.path, e.by) for e in entries] == [
        (1, "comment", f"{PROPOSAL}/comments/0001.yaml", "example-society"),
        (2, "call", OLD_CALL, "example-society"),
    ]
    assert (root / OLD_CALL).read_bytes() == call("New words.")
    assert not (root / SUBMISSION).exists()
    assert (entry(root, 1), entry(root, 2)) == entries


def test_an_entry_has_the_digest_of_its_record_and_of_the_entry_before(root: Path) -> None:
    first, second = filed(root, act_of_three())
    [third] = filed(root, [of_comment(2)])
    record, _ = read_record(OLD_CALL, "call", call("New words."))
    assert record is not None
    assert second.digest == digest_for("call", record)
    assert (first.prev, second.prev, third.prev) == (
        None,
        entry_digest(first),
        entry_digest(second),
    )
    assert last_entry(root) == third


def test_instants_are_kept_to_the_second_and_those_of_one_filing_may_differ(root: Path) -> None:
    late = Filing(**{**of_comment(2).__dict__, "received": (NOW, "host-event")})
    one, other = filed(root, [of_comment(1), late])
    assert (one.received_at, one.received_basis) == (EARLIER, "registrar")
    assert other.received_at == one.recorded_at == NOW.replace(microsecond=0)
    assert other.received_basis == "host-event"


def test_two_registrars_who_vouch_make_an_entry_each(root: Path) -> None:
    both = Filing(**{**of_comment(1).__dict__, "by": ("example-society", "other-society")})
    one, other = filed(root, [both])
    assert (one.by, other.by) == ("example-society", "other-society")
    assert one.digest == other.digest


def test_the_same_act_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(root, twin)
    filed(root, act_of_three())
    filed(twin, act_of_three())
    assert state(root) == state(twin)


# --- what is refused, with nothing written --------------------------------------------------------


def refused(root: Path, filings: list[Filing]) -> str:
    before = state(root)
    with pytest.raises(GovkitError) as caught:
        filed(root, filings)
    assert state(root) == before
    return caught.value.message


def test_a_record_that_the_strict_reader_refuses_is_not_filed(root: Path) -> None:
    path = f"{PROPOSAL}/comments/0001.yaml"
    bad = Filing(path, record_bytes("comment", comment() | {"tpye": "general"}, path), "comment")
    assert "unknown key `tpye`" in refused(root, [of_comment(2), bad])


@pytest.mark.parametrize("words", ["a\u202eb", "a\x00b", "e\u0301", "a\u2800b", "\ud800"])
def test_words_that_nobody_can_see_are_not_filed(root: Path, words: str) -> None:
    with pytest.raises(WrongUse):
        filed(root, [of_comment(1, words)])


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "governance/../../outside.yaml",
        "/etc/outside.yaml",
        ".git/outside.yaml",
        "governance/.git/x.yaml",
        "governance//x.yaml",
        "outside.yaml",
        "docs/x.yaml",
        "governance/x\0.yaml",
    ],
)
def test_a_path_that_leaves_the_root_is_refused(root: Path, path: str) -> None:
    assert "leads out of the folder" in refused(root, [Filing(path, b"x", None)])


def test_a_place_that_no_kind_has_is_refused(root: Path) -> None:
    assert "no kind of record" in refused(root, [Filing("governance/odd.yaml", b"x", None)])


def test_a_link_on_the_way_is_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / PROPOSAL / "comments").symlink_to(outside)
    assert "a link" in refused(root, [of_comment(1)])
    assert list(outside.iterdir()) == []


def test_a_link_in_the_place_of_a_file_is_not_followed(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"kept")
    (root / PROPOSAL / "comments").mkdir()
    (root / PROPOSAL / "comments/0001.yaml").symlink_to(outside)
    assert "a link" in refused(root, [of_comment(1)])
    assert outside.read_bytes() == b"kept"


def test_a_file_that_is_there_already_is_never_replaced(root: Path) -> None:
    filed(root, [of_comment(1)])
    assert "is there already" in refused(root, [of_comment(1, "Other words.")])


def test_a_file_that_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    (root / OLD_CALL).write_bytes(call("Words of an editor."))
    assert "was changed" in refused(root, act_of_three())


def test_a_log_that_can_not_be_read_is_not_continued(root: Path) -> None:
    filed(root, [of_comment(1)])
    (root / path_of_entry(1)).write_text("<<<<<<< ours\n")
    assert "can't be read" in refused(root, [of_comment(2)])


def test_an_entry_under_another_number_is_not_continued(root: Path) -> None:
    filed(root, [of_comment(1)])
    (root / path_of_entry(1)).rename(root / path_of_entry(7))
    assert "000007" in refused(root, [of_comment(2)])


def test_a_folder_that_can_not_be_written_says_so(root: Path) -> None:
    if os.geteuid() == 0:
        (root / PROPOSAL / "comments").write_bytes(b"a file in the way")
    else:
        (root / PROPOSAL).chmod(0o500)
    assert refused(root, [*act_of_three()])


# --- two at once ----------------------------------------------------------------------------------


def test_the_second_writer_is_told_since_when_the_first_one_writes(root: Path) -> None:
    answers: list[GovkitError] = []

    def second() -> None:
        try:
            filed(root, [of_comment(1)])
        except GovkitError as refusal:
            answers.append(refusal)

    with writing(root, Stamp(NOW, NOW)):
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert isinstance(answers[0], Busy)
    assert answers[0].message == (
        "another govkit command is writing here (since 2026-03-12T09:30:15Z)"
    )
    assert "try again" in answers[0].hint


def test_many_writers_at_once_make_one_chain(root: Path) -> None:
    """Each tries until it is let in; nothing is lost and no number is given twice."""

    def write(number: int) -> None:
        while True:
            try:
                filed(root, [of_comment(number)])
            except Busy:
                continue
            return

    threads = [Thread(target=write, args=(number,)) for number in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = [entry(root, seq) for seq in range(1, 13)]
    assert {e.path for e in entries} == {of_comment(n).path for n in range(1, 13)}
    assert [e.prev for e in entries] == [None, *map(entry_digest, entries[:-1])]


# --- kills ----------------------------------------------------------------------------------------

_WRITER = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_filing import act_of_three, filed

def write_and_die(root, die_at):
    steps = []
    def step(name):
        steps.append(name)
        if len(steps) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)
    filed(root, act_of_three(), step=step)

for word in sys.argv[2:]:
    die_at, root = word.split(":", 1)
    child = os.fork()
    if child == 0:
        write_and_die(Path(root), int(die_at))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
STEPS = 13
"""Five files are noted, and their list; it begins; five files are put; the journal is forgotten."""


def killed(*roots: Path, at: tuple[int, ...]) -> None:
    """Let a writer die in each folder, after the step with that number."""
    words = [f"{number}:{root}" for number, root in zip(at, roots, strict=True)]
    done = subprocess.run(
        [sys.executable, "-c", _WRITER, str(Path(__file__).parent), *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == [str(-signal.SIGKILL)] * len(roots), done.stdout + done.stderr


def test_a_kill_at_any_moment_leaves_nothing_or_is_finished_by_the_next(
    root: Path, tmp_path: Path
) -> None:
    before = state(root)
    whole = tmp_path / "whole"
    shutil.copytree(root, whole)
    steps: list[str] = []
    filed(whole, act_of_three(), step=steps.append)
    assert len(steps) == STEPS
    after = state(whole)
    points = range(1, STEPS + 1)
    folders = [tmp_path / f"killed-{number}" for number in points]
    for folder in folders:
        shutil.copytree(root, folder)
    killed(*folders, at=tuple(points))
    outcomes = []
    for number, folder in zip(points, folders, strict=True):
        outcomes.append(filing.recover(folder))
        done = outcomes[-1] == "finished" or number == STEPS
        assert state(folder) == (after if done else before), number
        assert filing.recover(folder) is None
        filed(folder, [of_comment(2)])
        assert [
            left.name for left in state_folder_of(folder).iterdir() if left.name != "lock"
        ] == []
    assert outcomes == [None] * 6 + ["finished"] * 6 + [None]


def test_the_next_writer_finishes_before_it_begins(root: Path) -> None:
    killed(root, at=(8,))
    [third] = filed(root, [of_comment(2)])
    assert third.seq == 3
    assert third.prev == entry_digest(entry(root, 2))


def test_what_was_changed_since_the_kill_is_kept_and_the_rest_is_taken_back(root: Path) -> None:
    before = state(root)
    killed(root, at=(8,))
    assert (root / f"{PROPOSAL}/comments/0001.yaml").exists()
    (root / OLD_CALL).write_bytes(b"words of an editor")
    assert filing.recover(root) == "taken back"
    assert state(root) == before | {OLD_CALL: b"words of an editor"}


def test_an_interruption_takes_everything_back(root: Path) -> None:
    before = state(root)

    def step(name: str) -> None:
        if name.startswith("put governance/log"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filed(root, act_of_three(), step=step)
    assert state(root) == before
    assert filing.recover(root) is None


def test_a_journal_that_is_none_of_ours_is_left_alone(root: Path) -> None:
    killed(root, at=(7,))
    listed = state_folder_of(root) / "journal" / "list.json"
    listed.write_text(listed.read_text().replace("governance/calls", "governance/../.."))
    with pytest.raises(GovkitError, match="leads out of the folder"):
        filing.recover(root)
    listed.write_text("[{}]")
    with pytest.raises(GovkitError, match="left alone"):
        filing.recover(root)
