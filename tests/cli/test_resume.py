"""Two clones that both wrote are brought together by `intake --resume`, and nothing is lost."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from govkit.corpus.commitments import commitment_of
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.procedures.log.merged_numbering import with_new_names
from govkit.records.proposals import Act
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.store import refs
from tests.ballots.messages import mark

from .conftest import Run, change, commit, git, report
from .register import (
    AFTER,
    MEMBERS,
    PROPOSAL,
    A,
    B,
    log,
    record,
    refused,
    remark,
    said,
    state,
    submit,
)
from .test_ballots import BLOCK, ballot, mails

MOMENT = datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)
LATER = "2026-03-02T12:00:00Z"


def at(member: str, hour: int) -> tuple[str, ...]:
    return ("--by", member, "--now", f"2026-03-01T{hour:02d}:00:00Z")


RESUME = ("intake", "--resume", "--by", B, "--now", LATER)


class Two:
    """A shared repository and a clone for each of two coordinators."""

    def __init__(self, founded: Path, run: Run) -> None:
        self.run = run
        self.shared = founded.parent / "shared.git"
        git(founded.parent, "clone", "-q", "--bare", str(founded), str(self.shared))
        self.a, self.b = (founded.parent / name for name in ("clone-a", "clone-b"))
        for clone in (self.a, self.b):
            git(founded.parent, "clone", "-q", str(self.shared), str(clone))

    def write(self, clone: Path, *words: str) -> None:
        done = self.run(clone, *words)
        assert done.returncode == 0, done.stderr + done.stdout
        commit(clone)

    def push(self, clone: Path) -> None:
        git(clone, "push", "-q", "origin", "main")

    def pushes(self, clone: Path) -> bool:
        command = ["git", "push", "-q", "origin", "main"]
        return subprocess.run(command, cwd=clone, capture_output=True, check=False).returncode == 0

    def brought_together(self) -> list[str]:
        """What B does after a refused push, as the help says; return the paths of the log."""
        git(self.b, "add", "-A", "governance")
        commit(self.b)
        git(self.b, "-c", "pull.rebase=false", "pull", "-q", "--no-edit", "origin", "main")
        self.push(self.b)
        git(self.a, "pull", "-q", "--ff-only", "origin", "main")
        assert state(self.a) == state(self.b)
        return [f"{entry.by} {entry.path}" for entry in log(self.a)][6:]


@pytest.fixture
def two(founded: Path, govkit: Run) -> Two:
    return Two(founded, govkit)


def consent(member: str, *more: str) -> tuple[str, ...]:
    return ("consent", member, "2026-001", "consent", *more)


def test_a_refused_push_is_brought_together(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, *consent(B), *at(B, 9))
    assert not two.pushes(two.b)
    git(two.b, "fetch", "-q")
    done = report(two.run(two.b, *RESUME, "--format", "json"))
    assert [(entry["seq"], entry["path"]) for entry in done["entries"]] == [
        (9, f"{PROPOSAL}/positions/{B}-01.yaml"),
        (10, f"{PROPOSAL}/evidence/{B}-01-01.yaml"),
    ]
    assert two.brought_together() == [
        f"{A} {PROPOSAL}/positions/{A}-01.yaml",
        f"{A} {PROPOSAL}/evidence/{A}-01-01.yaml",
        f"{B} {PROPOSAL}/positions/{B}-01.yaml",
        f"{B} {PROPOSAL}/evidence/{B}-01-01.yaml",
    ]
    last = log(two.a)[-1]
    assert f"{last.received_at:%H}:{last.recorded_at:%d}" == "09:02"


def test_nothing_is_fetched_and_nothing_committed(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, *consent(B), *at(B, 9))
    heads = git(two.b, "for-each-ref")
    done = two.run(two.b, *RESUME)
    assert b"together already" in done.stdout
    assert git(two.b, "for-each-ref") == heads
    git(two.b, "fetch", "-q")
    heads = git(two.b, "for-each-ref")
    assert two.run(two.b, *RESUME).returncode == 0
    assert git(two.b, "for-each-ref") == heads


def test_a_second_run_changes_nothing(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, *consent(B), *at(B, 9))
    git(two.b, "fetch", "-q")
    assert two.run(two.b, *RESUME).returncode == 0
    before = state(two.b)
    again = two.run(two.b, *RESUME[:-1], "2026-03-03T12:00:00Z")
    assert b"together already" in again.stdout
    assert state(two.b) == before


def test_records_with_the_same_number_are_renamed_with_what_refers_to_them(two: Two) -> None:
    submit(two.a, "0000aaaa", comment=remark("A first point."))
    two.write(two.a, "intake", "--yes", *at(A, 10))
    two.push(two.a)
    submit(two.b, "0000bbbb", comment=remark("Another point."))
    two.write(two.b, "intake", "--yes", *at(B, 9))
    submit(two.b, "0000cccc", comment=remark("The same.", refers_to=["comments/0001"]))
    two.write(two.b, "intake", "--yes", *at(B, 9))
    git(two.b, "fetch", "-q")
    done = two.run(two.b, *RESUME)
    renamed = f"{PROPOSAL}/comments/0001.yaml is now {PROPOSAL}/comments/0003.yaml"
    assert renamed.encode() in done.stdout
    assert b"Drafts of receipts that were written before name the old numbers" in done.stdout
    before = state(two.b)
    assert b"together already" in two.run(two.b, *RESUME).stdout
    assert state(two.b) == before
    two.brought_together()
    words = {
        name: record(two.a, f"{PROPOSAL}/comments/{name}.yaml", "comment")
        for name in ("0001", "0002", "0003")
    }
    assert {name: each.comment for name, each in words.items()} == {
        "0001": "A first point.",
        "0002": "The same.",
        "0003": "Another point.",
    }
    assert words["0002"].refers_to == ("comments/0003",)
    for name, each in words.items():
        beside = record(two.a, f"{PROPOSAL}/names/{name}.yaml", "disclosure")
        assert commitment_of(beside) == each.author.commitment


def test_the_same_position_that_came_to_one_earlier_keeps_its_time(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, *consent(A), *at(B, 9))
    git(two.b, "fetch", "-q")
    assert two.run(two.b, *RESUME).returncode == 0
    assert [(entry.path, entry.received_at.hour) for entry in log(two.b)[6:]] == [
        (f"{PROPOSAL}/positions/{A}-01.yaml", 10),
        (f"{PROPOSAL}/evidence/{A}-01-01.yaml", 10),
        (f"{PROPOSAL}/positions/{A}-02.yaml", 9),
        (f"{PROPOSAL}/evidence/{A}-02-01.yaml", 9),
    ]
    shown = record(two.b, f"{PROPOSAL}/evidence/{A}-02-01.yaml", "evidence")
    assert shown.position == f"positions/{A}-02"


def test_a_submission_that_both_took_in_stands_once(two: Two, founded: Path) -> None:
    submit(founded, "0000aaaa", position=said())
    commit(founded)
    for clone in (two.a, two.b):
        git(clone, "pull", "-q", str(founded), "main")
    two.push(two.a)
    two.write(two.a, "intake", "--yes", *at(A, 10))
    two.push(two.a)
    two.write(two.b, "intake", "--yes", *at(B, 10))
    two.write(two.b, *consent(B), *at(B, 11))
    git(two.b, "fetch", "-q")
    done = report(two.run(two.b, *RESUME, "--format", "json"))
    assert [each.split()[0] for each in done["dropped"]] == ["position", "evidence"]
    assert two.brought_together() == [
        f"{A} {PROPOSAL}/positions/{A}-01.yaml",
        f"{A} {PROPOSAL}/evidence/{A}-01-01.yaml",
        f"{B} {PROPOSAL}/positions/{B}-01.yaml",
        f"{B} {PROPOSAL}/evidence/{B}-01-01.yaml",
    ]


@pytest.mark.parametrize("how", ["merge", "rebase"])
def test_after_a_pull_that_ended_in_a_conflict(two: Two, how: str) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    submit(two.a, "0000aaaa", comment=remark("A first point."))
    two.write(two.a, "intake", "--yes", *at(A, 10))
    two.push(two.a)
    submit(two.b, "0000bbbb", comment=remark("Another point."))
    assert two.run(two.b, "intake", "--yes", *at(B, 9)).returncode == 0
    two.write(two.b, *consent(B), *at(B, 9))
    pull = ["git", "-c", "user.name=x", "-c", "user.email=x@x", "pull", "-q"]
    option = "--rebase" if how == "rebase" else "--no-rebase"
    done = subprocess.run([*pull, option], cwd=two.b, capture_output=True, check=False)
    assert done.returncode != 0
    assert b"<<<<<<<" in (two.b / "governance/log/000007.yaml").read_bytes()
    refused(two.run(two.b, *consent(B), *at(B, 11)), "govkit intake --resume", 3)
    assert two.run(two.b, *RESUME).returncode == 0
    git(two.b, "add", "-A", "governance")
    if how == "merge":
        git(two.b, "commit", "-q", "-m", "together")
    else:
        git(two.b, "-c", "core.editor=true", "rebase", "--continue")
    two.push(two.b)
    git(two.a, "pull", "-q", "--ff-only")
    assert [f"{entry.by} {(entry.path or '').rsplit('/', 1)[1]}" for entry in log(two.a)[6:]] == [
        f"{A} {A}-01.yaml",
        f"{A} {A}-01-01.yaml",
        f"{A} 0001.yaml",
        f"{B} 0002.yaml",
        f"{B} {B}-01.yaml",
        f"{B} {B}-01-01.yaml",
    ]
    assert state(two.a) == state(two.b)


def test_after_a_merge_in_which_somebody_took_the_wrong_side(two: Two) -> None:
    """Even then both records stand: git's history has them, and the log of the others rules."""
    submit(two.a, "0000aaaa", comment=remark("A first point."))
    two.write(two.a, "intake", "--yes", *at(A, 10))
    two.push(two.a)
    submit(two.b, "0000bbbb", comment=remark("Another point."))
    two.write(two.b, "intake", "--yes", *at(B, 9))
    git(two.b, "-c", "pull.rebase=false", "pull", "-q", "--no-edit", "-X", "ours")
    assert "Another" in (two.b / f"{PROPOSAL}/comments/0001.yaml").read_text()
    assert two.run(two.b, *RESUME).returncode == 0
    assert two.brought_together() == [
        f"{A} {PROPOSAL}/comments/0001.yaml",
        f"{B} {PROPOSAL}/comments/0002.yaml",
    ]


def test_what_was_fetched_has_to_be_here_before_anything_is_written(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    git(two.b, "fetch", "-q")
    before = state(two.b)
    refused(two.run(two.b, *consent(B), *at(B, 11)), "not in this folder", 3)
    assert state(two.b) == before
    git(two.b, "pull", "-q", "--ff-only")
    two.write(two.b, *consent(B), *at(B, 11))
    assert len(log(two.b)) == 10


# --- what only people can decide ------------------------------------------------------------------


def key(name: str) -> tuple[str, ...]:
    return ("member", "key", "end", A, "k1", "--last-day", name)


@pytest.fixture
def at_odds(two: Two) -> Two:
    """Both ended the same key, on different days."""
    two.write(two.a, *key("2026-03-05"), *at(A, 10))
    two.push(two.a)
    two.write(two.b, *key("2026-03-06"), *at(B, 9))
    two.write(two.b, *consent(B), *at(B, 9))
    git(two.b, "fetch", "-q")
    return two


def test_a_file_that_both_changed_is_for_people_to_decide(at_odds: Two) -> None:
    before = state(at_odds.b)
    refused(at_odds.run(at_odds.b, *RESUME), f"{MEMBERS}/{A}.yaml: both sides wrote this file")
    assert state(at_odds.b) == before


@pytest.mark.parametrize(
    ("side", "until", "entries"), [("--theirs", "2026-03-05", 11), ("--mine", "2026-03-06", 12)]
)
def test_the_side_that_people_chose_stands(
    at_odds: Two, side: str, until: str, entries: int
) -> None:
    done = at_odds.run(at_odds.b, *RESUME, side, f"{MEMBERS}/{A}.yaml")
    assert done.returncode == 0, done.stderr
    assert str(record(at_odds.b, f"{MEMBERS}/{A}.yaml", "member").keys[0].until) == until
    assert len(log(at_odds.b)) == entries


def test_a_path_that_is_not_at_odds_is_not_taken(at_odds: Two) -> None:
    refused(at_odds.run(at_odds.b, *RESUME, "--mine", "governance/x.yaml"), "no entry of yours")
    refused(at_odds.run(at_odds.b, "intake", "--mine", "x"), "for --resume only")
    refused(at_odds.run(at_odds.b, *RESUME, "--yes"), "takes nothing in")


def test_a_decision_made_without_what_the_others_filed_is_made_again(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    path = f"{PROPOSAL}/decision.yaml"
    decided = {
        "proposal": "2026-001",
        "revision": 1,
        "now": MOMENT,
        "head": AFTER,
        "outcome": "not-adopted",
        "units": [],
        "inputs": [],
    }
    file_all(
        two.b,
        [Filing(path, record_bytes("decision", decided, path), "decision")],
        by=B,
        received_at=MOMENT,
        received_basis="registrar",
        recorded_at=Stamp(MOMENT, MOMENT),
    )
    commit(two.b)
    git(two.b, "fetch", "-q")
    refused(two.run(two.b, *RESUME), "the decision is to be made again")
    assert two.run(two.b, *RESUME, "--theirs", path).returncode == 0
    assert not (two.b / path).exists()
    assert [entry.kind for entry in log(two.b)][6:] == ["position", "evidence"]


# --- what must not go on --------------------------------------------------------------------------


def test_a_log_that_was_rewritten_by_others_is_not_followed(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    git(two.b, "pull", "-q", "--ff-only")
    change(two.a, "governance/log/000007.yaml", "position\n", "comment\n")
    commit(two.a)
    two.push(two.a)
    two.write(two.b, *consent(B), *at(B, 11))
    git(two.b, "fetch", "-q")
    before = state(two.b)
    refused(two.run(two.b, *RESUME), "000007.yaml was pushed before, and is gone or changed", 3)
    assert state(two.b) == before


def test_a_fetched_log_that_does_not_hold_together_is_not_followed(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    change(two.a, "governance/log/000007.yaml", "seq: 7", "seq: 8")
    commit(two.a)
    two.push(two.a)
    two.write(two.b, *consent(B), *at(B, 11))
    git(two.b, "fetch", "-q")
    refused(two.run(two.b, *RESUME), "does not hold together at number 7", 3)


def test_a_record_that_was_changed_after_it_was_filed_is_not_carried_on(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, *consent(B), *at(B, 9))
    change(two.b, f"{PROPOSAL}/positions/{B}-01.yaml", "consent\n", "abstain\n")
    commit(two.b)
    git(two.b, "fetch", "-q")
    before = state(two.b)
    refused(two.run(two.b, *RESUME), "is not as your entry in the log has it")
    assert state(two.b) == before


def test_without_another_side_there_is_nothing_to_do(govkit: Run, founded: Path) -> None:
    done = govkit(founded, "intake", "--resume", "--by", A, "--now", LATER)
    assert b"together already" in done.stdout
    assert refs.pushed_line(founded) == git(founded, "rev-parse", "main")


def test_two_corrections_of_one_position_stand_side_by_side(two: Two) -> None:
    two.write(two.a, *consent(A), *at(A, 8))
    two.push(two.a)
    git(two.b, "pull", "-q", "--ff-only", "origin", "main")
    why = ("--reason", "A slip.")
    two.write(two.a, "correct", f"2026-001/positions/{A}-01", "abstain", *why, *at(A, 10))
    two.push(two.a)
    two.write(two.b, "correct", f"2026-001/positions/{A}-01", "stand-aside", *why, *at(B, 9))
    git(two.b, "fetch", "-q")
    done = report(two.run(two.b, *RESUME, "--format", "json"))
    assert done["renamed"] == {
        f"{PROPOSAL}/corrections/01.yaml": f"{PROPOSAL}/corrections/02.yaml",
        f"{PROPOSAL}/evidence/{A}-02-01.yaml": f"{PROPOSAL}/evidence/{A}-03-01.yaml",
        f"{PROPOSAL}/positions/{A}-02.yaml": f"{PROPOSAL}/positions/{A}-03.yaml",
    }
    made = record(two.b, f"{PROPOSAL}/corrections/02.yaml", "correction")
    assert (made.corrects, made.right) == (f"positions/{A}-01", f"positions/{A}-03")
    two.brought_together()
    found = two.run(two.a, "check", "--format", "json").stdout.decode()
    assert "correction-unconfirmed" in found
    assert "correction-false" not in found


def test_what_was_corrected_before_it_was_pushed_is_renamed_as_a_whole(two: Two) -> None:
    """The wrong one and the right one get new numbers, and still name each other."""
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, "consent", A, "2026-001", "object", *at(B, 8))
    why = ("--reason", "A slip.")
    two.write(two.b, "correct", f"2026-001/positions/{A}-01", "abstain", *why, *at(B, 9))
    git(two.b, "fetch", "-q")
    assert two.run(two.b, *RESUME).returncode == 0
    before = state(two.b)
    assert two.run(two.b, *RESUME[:-1], "2026-03-03T12:00:00Z").returncode == 0
    assert state(two.b) == before
    made = record(two.b, f"{PROPOSAL}/corrections/01.yaml", "correction")
    right = record(two.b, f"{PROPOSAL}/{made.right}.yaml", "position")
    assert right.corrects == made.corrects
    two.brought_together()
    found = two.run(two.a, "check", "--format", "json").stdout.decode()
    assert "correction-unconfirmed" in found
    assert "correction-false" not in found
    assert "evidence-false" not in found


def test_an_answer_names_the_objection_that_got_another_number() -> None:
    path, renamed = f"{PROPOSAL}/acts/01.yaml", f"{PROPOSAL}/positions/{A}-02.yaml"
    said = {
        "kind": "answer",
        "by": [A],
        "reason": "So.",
        "objections": [f"positions/{A}-01", f"positions/{B}-01"],
    }
    contents = {path: record_bytes("act", said, path)}
    found = with_new_names(contents, {f"{PROPOSAL}/positions/{A}-01.yaml": renamed})
    act = read_record(path, "act", found[path])[0]
    assert isinstance(act, Act)
    assert act.objections == (f"positions/{A}-02", f"positions/{B}-01")


@pytest.mark.parametrize("first", ["pull", "resume"])
def test_two_who_sign_an_act_at_once_have_both_signed_it(
    two: Two, keys: dict[str, Path], first: str
) -> None:
    """Neither signature has an entry, so the two logs are one; the file alone is at odds."""
    act = ("propose", "act", "waiver", "2026-001", "--reason", "R", "--who", A, "--who", B)
    two.write(two.a, *act, *at(A, 9))
    two.push(two.a)
    git(two.b, "pull", "-q", "--ff-only")
    for clone, by in ((two.a, A), (two.b, B)):
        two.write(clone, "sign", "2026-001/acts/01", "--key", str(keys[by]), *at(by, 10))
    two.push(two.a)
    who = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "pull.rebase=false")
    pull = ["git", *who, "pull", "-q", "--no-edit"]
    if first == "resume":
        git(two.b, "fetch", "-q")
        done = two.run(two.b, *RESUME)
        assert (
            b"Where `git pull` stops at it, run `govkit intake --resume` once more" in done.stdout
        )
        commit(two.b)
    assert subprocess.run(pull, cwd=two.b, capture_output=True, check=False).returncode != 0
    assert b"<<<<<<<" in (two.b / f"{PROPOSAL}/acts/01.yaml").read_bytes()
    done = two.run(two.b, *RESUME)
    assert done.returncode == 0, done.stderr
    assert [each.by for each in record(two.b, f"{PROPOSAL}/acts/01.yaml", "act").signatures] == [
        A,
        B,
    ]
    git(two.b, "add", "-A", "governance")
    git(two.b, "commit", "-q", "-m", "together")
    two.push(two.b)
    again = two.run(two.b, "sign", "2026-001/acts/01", "--key", str(keys[B]), *at(B, 11))
    assert b"All signatures that it takes are there." in again.stdout, again.stderr


def test_a_receipt_that_names_a_number_given_anew_is_written_again(two: Two) -> None:
    """Its draft names an entry that is no longer in the log; the mails are taken in again."""
    private = two.b.parent / f"{two.b.name}-private"
    private.mkdir(mode=0o700)
    (private / "addresses.csv").write_text(f"{B},b@b.example,fr\n")
    folder = mails(two.b, ballot(mark(BLOCK, "abstain"), "b@b.example"))
    two.write(two.a, *consent(A), *at(A, 10))
    two.push(two.a)
    two.write(two.b, "intake", folder, "--yes", *at(B, 9))
    draft = private / "outbox" / f"{B}.eml"
    assert "Numéro 7 du journal" in draft.read_text("utf-8")
    git(two.b, "fetch", "-q")
    assert two.run(two.b, *RESUME).returncode == 0
    later = ("--by", B, "--now", "2026-03-02T13:00:00Z")
    again = two.run(two.b, "intake", folder, "--yes", *later)
    assert again.returncode == 0, again.stderr
    written = draft.read_bytes()
    assert "Numéro 9 du journal".encode() in written
    assert b"Votre position" in written, "in the language of the member, as the first one"
    assert "Numéro 7".encode() not in written
    assert [path.name for path in draft.parent.iterdir()] == [draft.name]
    third = two.run(two.b, "intake", folder, "--yes", *later)
    assert (third.returncode, draft.read_bytes()) == (0, written)
