"""`govkit consent`: a position from the minutes, its evidence, and the receipt."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkit.corpus.record_digests import entry_digest
from govkit.store.private import kept

from .conftest import Run, git, report
from .register import (
    AFTER,
    BEFORE,
    BY_A,
    PROPOSAL,
    A,
    B,
    listed,
    log,
    record,
    refused,
    state,
)  # fmt: skip

YES = ("consent", A, "2026-001", "consent")
FIRST = f"{PROPOSAL}/positions/{A}-01.yaml"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.txt"
    path.write_text("Example Society said: we consent to both texts.\n")
    return path


@pytest.fixture
def private(founded: Path) -> Path:
    folder = founded.parent / f"{founded.name}-private"
    folder.mkdir()
    return folder


def test_a_position_is_bound_to_the_exact_words_of_all_texts(
    govkit: Run, founded: Path, private: Path, minutes: Path
) -> None:
    done = govkit(founded, *YES, "--source", str(minutes), *BY_A)
    assert done.returncode == 0, done.stderr
    position = record(founded, FIRST, "position")
    assert [(each.id, each.before, each.after) for each in position.units] == [
        ("EXA-DUE-01", BEFORE, AFTER), ("EXA-DUE-02", None, AFTER),
    ]  # fmt: skip
    assert (position.revision, position.capacity) == (1, "organisation")
    assert (position.evidence.level, position.evidence.kind) == ("E1", "meeting")
    assert kept(founded, position.evidence.source) == minutes.read_bytes()
    entry = log(founded)[-1]
    assert (entry.kind, entry.path, entry.received_basis) == ("position", FIRST, "registrar")


def test_the_receipt_says_what_was_said_about_which_words_and_how_to_withdraw(
    govkit: Run, founded: Path, private: Path, minutes: Path
) -> None:
    more = ("--unit", "EXA-DUE-01", "--reason", "Too long \u201cfor us\u201d.")
    done = govkit(founded, "consent", A, "2026-001", "object", *more, "--source", str(minutes),
                  "--received", "2026-02-28T09:00:00Z", *BY_A)  # fmt: skip
    entry = log(founded)[-1]
    digest = record(founded, FIRST, "position").evidence.source
    assert done.stdout.decode().splitlines() == [
        "Receipt of Example Coalition (invented)",
        "Proposal 2026-001, revision 1: Notice",
        f"{A} objects.",
        "Reason:",
        '  Too long "for us".',
        "The exact words, by their digests before and after:",
        "  EXA-DUE-01",
        f"    before {BEFORE}",
        f"    after  {AFTER}",
        f"How sure it is: E1 (meeting), source kept by the coordinators: {digest}",
        f"Received 2026-02-28T09:00:00Z, written down by {A}",
        f"Number {entry.seq} in the log, {entry_digest(entry)}",
        'To withdraw, tell any coordinator: "I withdraw my position on 2026-001".',
        "",
        f"Number {entry.seq} in the log: position {FIRST}",
    ]


def test_without_a_source_it_is_reported_and_says_so(govkit: Run, founded: Path) -> None:
    done = report(govkit(founded, *YES, *BY_A, "--format", "json"))
    position = record(founded, FIRST, "position")
    assert (position.evidence.level, position.evidence.kind) == ("E0", "reported")
    assert ["Nothing shows this position yet (E0)" in note for note in done["notes"]] == [True]
    refused(govkit(founded, *YES, "--level", "E1", *BY_A), "E1 means that the source is kept")


def test_without_a_private_folder_nothing_is_written(
    govkit: Run, founded: Path, minutes: Path
) -> None:
    before = state(founded)
    refused(govkit(founded, *YES, "--source", str(minutes), *BY_A), "no private folder")
    inside = founded / "governance"
    done = govkit(founded, *YES, "--source", str(minutes), *BY_A, GOVKIT_PRIVATE=str(inside))
    refused(done, "inside the public folder")
    assert state(founded) == before


def test_another_private_folder_can_be_named(
    govkit: Run, founded: Path, minutes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    more = ("--source", str(minutes), *BY_A)
    assert govkit(founded, *YES, *more, GOVKIT_PRIVATE=str(other)).returncode == 0
    assert len(list(other.rglob("salt"))) == 1


def test_the_same_source_twice_gives_two_digests(
    govkit: Run, founded: Path, private: Path, minutes: Path
) -> None:
    for _ in range(2):
        assert govkit(founded, *YES, "--source", str(minutes), *BY_A).returncode == 0
    one, other = (
        record(founded, f"{PROPOSAL}/positions/{A}-{number}.yaml", "position").evidence.source
        for number in ("01", "02")
    )
    assert one != other


def test_an_objection_stands_until_it_is_withdrawn(govkit: Run, founded: Path) -> None:
    no = report(govkit(founded, "consent", A, "2026-001", "object", *BY_A, "--format", "json"))
    assert any("Ask for the reason" in note for note in no["notes"])
    yes = report(govkit(founded, *YES, *BY_A, "--format", "json"))
    assert any(f"has objected before ({FIRST}), and that stands" in n for n in yes["notes"])
    confirmed = govkit(founded, *YES, "--withdraws-objection", *BY_A, "--format", "json")
    assert not any("objected before" in note for note in report(confirmed)["notes"])
    assert not any("objected before" in note for note in report(
        govkit(founded, *YES, *BY_A, "--format", "json"))["notes"])  # fmt: skip


def test_one_who_represents_a_member_speaks_for_it(govkit: Run, founded: Path) -> None:
    listed(founded, "speaker", kind="representative", represents=A, state="enrolled")
    refused(govkit(founded, *YES, "--cast-by", B, *BY_A), f"{B} does not represent {A}")
    assert govkit(founded, *YES, "--cast-by", "speaker", *BY_A).returncode == 0
    assert record(founded, FIRST, "position").cast_by == "speaker"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("exmple-society", "2026-001", "consent"), "Did you mean `example-society`"),
        ((A, "2026-007", "consent"), "Did you mean `2026-001`"),
        ((A, "2026-001", "yes"), "is not one of"),
        ((A, "2026-001", "consent", "--unit", "EXA-DUE-03"), "has no text `EXA-DUE-03`"),
        ((A, "2026-001", "consent", "--revision", "2"), "has no revision 2"),
        ((A, "2026-001", "consent-with-reservation"), "a reservation needs words"),
        ((A, "2026-001", "object", "--reason", "a\u2067b"), "can't see"),
        ((A, "2026-001", "object", "--reason", "ask me@example.net"), "a mail address"),
        (("old-group", "2026-001", "consent"), "was only listed"),
        ((A, "2026-001", "consent", "--received", "2026-03-02T00:00:00Z"), "and now it is"),
        ((A, "2026-001", "consent", "--source", "nowhere.txt"), "can't be read"),
    ],
)
def test_what_can_not_be_written_down_is_said_and_nothing_written(
    govkit: Run, founded: Path, private: Path, words: tuple[str, ...], says: str
) -> None:
    listed(founded, "old-group")
    before = state(founded)
    done = govkit(founded, "consent", *words, *BY_A)
    refused(done, says, 3 if "nowhere.txt" in words else 2)
    assert state(founded) == before


def test_two_at_once_both_stand_or_one_is_told_to_wait(govkit: Run, founded: Path) -> None:
    """Real processes: each either files whole, or says that another one is writing."""
    import subprocess
    import sys

    command = [str(Path(sys.executable).with_name("govkit")), "-C", str(founded), *YES, *BY_A]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)
    ]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    filed = sum(code == 0 for _, code in ended)
    assert filed >= 1
    for said, code in ended:
        assert code in (0, 3)
        assert code == 0 or b"another govkit command is writing here (since" in said
    assert len([entry for entry in log(founded) if entry.kind == "position"]) == filed


def test_a_receipt_says_that_a_number_is_final_after_the_push(govkit: Run, founded: Path) -> None:
    git(founded.parent, "clone", "-q", str(founded), "clone")
    done = govkit(founded.parent / "clone", *YES, *BY_A)
    assert b"send this receipt after the push" in done.stdout
