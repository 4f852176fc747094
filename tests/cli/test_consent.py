"""`govkit consent`: a position from the minutes, its evidence, and the receipt."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from govkit.corpus.commitments import commitment_of
from govkit.log.digests import entry_digest
from govkit.records.positions import NOT_PRINTED
from govkit.store.private import kept

from .conftest import DAY, Run, commit, git, report, rules
from .register import (
    AFTER,
    BEFORE,
    BY_A,
    NOW,
    PROPOSAL,
    A,
    B,
    listed,
    log,
    open_proposal,
    record,
    refused,
    state,
)

YES = ("consent", A, "2026-001", "consent")
LATER = datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)
AFTERWARDS = "2026-03-20T12:00:00Z"
FIRST = f"{PROPOSAL}/positions/{A}-01.yaml"
SHOWN = f"{PROPOSAL}/evidence/{A}-01-01.yaml"


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
        ("EXA-DUE-01", BEFORE, AFTER),
        ("EXA-DUE-02", None, AFTER),
    ]
    assert (position.revision, position.capacity) == (1, "organisation")
    evidence = record(founded, SHOWN, "evidence")
    assert (evidence.level, evidence.kind) == ("E1", "meeting")
    assert kept(founded, evidence.source) == minutes.read_bytes()
    entry, shown = log(founded)[-2:]
    assert (entry.kind, entry.path, entry.received_basis) == ("position", FIRST, "registrar")
    assert (shown.kind, shown.path, evidence.digest) == ("evidence", SHOWN, entry.digest)


def test_the_receipt_says_what_was_said_about_which_words_and_how_to_withdraw(
    govkit: Run, founded: Path, private: Path, minutes: Path
) -> None:
    more = ("--unit", "EXA-DUE-01", "--reason", "Too long \u201cfor us\u201d.")
    done = govkit(
        founded,
        "consent",
        A,
        "2026-001",
        "object",
        *more,
        "--source",
        str(minutes),
        "--received",
        "2026-02-28T09:00:00Z",
        *BY_A,
    )
    entry = log(founded)[-2]
    digest = record(founded, SHOWN, "evidence").source
    assert done.stdout.decode().splitlines() == [
        "Receipt of Example Coalition (invented)",
        "Proposal 2026-001, revision 1: Notice",
        f"{A} objects.",
        "Reason:",
        '  Too long "for us".',
        "As things stand, this counts.",
        "The exact words, by their digests before and after:",
        "  EXA-DUE-01",
        f"    before {BEFORE}",
        f"    after  {AFTER}",
        f"What shows it: E1 (a meeting), source kept by the coordinators: {digest}",
        f"Received 2026-02-28T09:00:00Z, written down by {A}",
        f"Number {entry.seq} in the log, {entry_digest(entry)}",
        'To withdraw, tell any coordinator: "I withdraw my position on 2026-001".',
        "",
        f"Number {entry.seq} in the log: position {FIRST}",
        f"Number {entry.seq + 1} in the log: evidence {SHOWN}",
    ]


def test_without_a_source_it_is_reported_and_says_so(govkit: Run, founded: Path) -> None:
    done = report(govkit(founded, *YES, *BY_A, "--format", "json"))
    evidence = record(founded, SHOWN, "evidence")
    assert (evidence.level, evidence.kind) == ("E0", "reported")
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
    done = govkit(founded, *YES, "--source", str(minutes), *BY_A, GOVKIT_PRIVATE="~nobody-here/x")
    refused(done, "does not know whose home folder")
    assert state(founded) == before


def test_a_link_in_the_private_folder_is_refused_by_name(
    govkit: Run, founded: Path, private: Path, minutes: Path, tmp_path: Path
) -> None:
    (private / "sources").symlink_to(tmp_path)
    before = state(founded)
    done = govkit(founded, *YES, "--source", str(minutes), *BY_A)
    refused(done, f"{private / 'sources'} is a link", code=done.returncode)
    assert done.returncode != 0
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
    for again in ((), ("--again",)):
        assert govkit(founded, *YES, *again, "--source", str(minutes), *BY_A).returncode == 0
    one, other = (
        record(founded, f"{PROPOSAL}/evidence/{A}-{number}-01.yaml", "evidence").source
        for number in ("01", "02")
    )
    assert one != other


def test_the_same_words_within_a_day_are_asked_about(
    govkit: Run, founded: Path, private: Path
) -> None:
    assert govkit(founded, *YES, *BY_A).returncode == 0
    before = state(founded)
    hours = ("--by", A, "--now", "2026-03-02T11:00:00Z")
    refused(govkit(founded, *YES, *hours), f"positions/{A}-01 says just this already")
    assert state(founded) == before
    other = ("consent", A, "2026-001", "abstain")
    assert govkit(founded, *other, *hours).returncode == 0
    assert govkit(founded, *YES, *hours).returncode == 0, "it was said after something else"
    later = ("--by", A, "--now", "2026-03-04T11:00:00Z")
    assert govkit(founded, *YES, *later).returncode == 0


def test_an_objection_stands_until_it_is_withdrawn(govkit: Run, founded: Path) -> None:
    no = report(govkit(founded, "consent", A, "2026-001", "object", *BY_A, "--format", "json"))
    assert any("Ask for the reason" in note for note in no["notes"])
    yes = report(govkit(founded, *YES, *BY_A, "--format", "json"))
    assert any(f"has objected before ({FIRST}), and that stands" in n for n in yes["notes"])
    confirmed = govkit(founded, *YES, "--withdraws-objection", *BY_A, "--format", "json")
    assert not any("objected before" in note for note in report(confirmed)["notes"])
    assert not any(
        "objected before" in note
        for note in report(govkit(founded, *YES, *BY_A, "--format", "json"))["notes"]
    )


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
        ((A, "2026-001", "consent", "--received", "2026-03-02T00:00:00Z"), "is still to come"),
        ((A, "2026-001", "consent", "--received", "2019-02-01"), "before revision 1 of proposal"),
        ((A, "2026-001", "consent", "--received", "2026-02-09"), "was opened, on 2026-02-10"),
        ((A, "2026-001", "consent", "--said-at", "2016-03-01T12:00:00Z"), "--said-at 2016-03-01"),
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


# --- said again -----------------------------------------------------------------------------------

SECOND = "governance/proposals/2026-002"
AGAIN = ("consent", A, "2026-002", "--reaffirm")


@pytest.fixture
def again(govkit: Run, founded: Path, private: Path, minutes: Path) -> Path:
    """Two texts, one with a consent and one with a reservation; then the same proposed again."""
    reserved = ("consent-with-reservation", "--reason", "If time is kept.")
    for unit, said in (("EXA-DUE-01", ("consent",)), ("EXA-DUE-02", reserved)):
        done = govkit(
            founded,
            "consent",
            A,
            "2026-001",
            *said,
            "--unit",
            unit,
            "--source",
            str(minutes),
            *BY_A,
        )
        assert done.returncode == 0, done.stderr
    open_proposal(founded, "2026-002", LATER)
    return founded


def test_the_same_text_proposed_again_is_said_again_in_one_step(
    govkit: Run, again: Path, minutes: Path
) -> None:
    answer = tmp_answer(minutes)
    done = report(
        govkit(
            again,
            *AGAIN,
            "--source",
            str(answer),
            "--by",
            A,
            "--now",
            AFTERWARDS,
            "--format",
            "json",
        )
    )
    first, second = (record(again, f"{SECOND}/positions/{A}-0{n}.yaml", "position") for n in (1, 2))
    assert [
        (each.position, each.reason, [pair.id for pair in each.units]) for each in (first, second)
    ] == [
        ("consent", None, ["EXA-DUE-01"]),
        ("consent-with-reservation", "If time is kept.", ["EXA-DUE-02"]),
    ]
    assert first.revision == 1
    assert [entry["path"] for entry in done["entries"]] == [
        f"{SECOND}/positions/{A}-01.yaml",
        f"{SECOND}/evidence/{A}-01-01.yaml",
        f"{SECOND}/positions/{A}-02.yaml",
        f"{SECOND}/evidence/{A}-02-01.yaml",
    ]
    assert [entry.received_at.isoformat() for entry in log(again)[-4:]] == [
        "2026-03-20T12:00:00+00:00"
    ] * 4
    shown = [record(again, f"{SECOND}/evidence/{A}-0{n}-01.yaml", "evidence") for n in (1, 2)]
    for each in shown:
        assert each.level == "E1"
        assert kept(again, each.source) == answer.read_bytes()
    assert shown[0].note == f"said before: {FIRST}"
    before = state(again)
    refused(
        govkit(again, *AGAIN, "--source", str(answer), "--by", A, "--now", AFTERWARDS),
        "has nothing to say again about revision 1 of 2026-002",
    )
    assert state(again) == before


def tmp_answer(minutes: Path) -> Path:
    path = minutes.with_name("answer.txt")
    path.write_text("We say the same again.\n")
    return path


def test_status_names_who_could_say_it_again_until_they_have(
    govkit: Run, again: Path, minutes: Path
) -> None:
    ask = ("status", "2026-002", "--now", AFTERWARDS)
    assert report(govkit(again, *ask, "--format", "json"))["may_reaffirm"] == [
        {"member": A, "unit": "EXA-DUE-01", "position": "consent", "record": FIRST},
        {
            "member": A,
            "unit": "EXA-DUE-02",
            "position": "consent-with-reservation",
            "record": FIRST.replace("-01.yaml", "-02.yaml"),
        },
    ]
    said = govkit(again, *ask).stdout.decode()
    place = f"2026-001/positions/{A}-01"
    assert f"Said the same words before, not counted: {A}: EXA-DUE-01 ({place}). Ask" in " ".join(
        said.split()
    )
    more = ("--unit", "EXA-DUE-01", "--source", str(minutes), "--by", A, "--now", AFTERWARDS)
    assert govkit(again, *AGAIN, *more).returncode == 0
    left = report(govkit(again, *ask, "--format", "json"))["may_reaffirm"]
    assert [each["unit"] for each in left] == ["EXA-DUE-02"]
    assert (
        report(govkit(again, "status", "2026-001", "--now", AFTERWARDS, "--format", "json"))[
            "may_reaffirm"
        ]
        == []
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (AGAIN, f"nothing shows that it is said again. It would be: {A} consents: EXA-DUE-01"),
        ((*AGAIN, "--source", "minutes", "--reason", "New."), "--reaffirm takes the position and"),
        (("consent", A, "2026-002", "consent", "--reaffirm"), "--reaffirm takes the position and"),
        ((*AGAIN, "--source", "minutes", "--unit", "EXA-DUE-07"), "has no text `EXA-DUE-07`"),
        (("consent", B, "2026-002", "--reaffirm"), f"{B} has nothing to say again"),
        (("consent", A, "2026-002"), "it is not said what the position is"),
    ],
)
def test_what_can_not_be_said_again(
    govkit: Run, again: Path, minutes: Path, words: tuple[str, ...], says: str
) -> None:
    before = state(again)
    given = [str(minutes) if word == "minutes" else word for word in words]
    refused(govkit(again, *given, "--by", A, "--now", AFTERWARDS), says)
    assert state(again) == before


def test_two_at_once_both_stand_or_one_is_told_to_wait(govkit: Run, founded: Path) -> None:
    """Real processes: each either files whole, or says that another one is writing.

    Said `--again`, since one that starts late may find the same position filed already.
    """
    import subprocess
    import sys

    govkit_itself = str(Path(sys.executable).with_name("govkit"))
    command = [govkit_itself, "-C", str(founded), *YES, "--again", *BY_A]
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
    assert b"The number is final once the log is pushed." in done.stdout


# --- what git does to a history -------------------------------------------------------------------


def standing(govkit: Run, folder: Path) -> bytes:
    return govkit(folder, "status", "2026-001", "--now", NOW, "--format", "json").stdout


def test_a_squash_or_a_rebase_changes_no_position(govkit: Run, founded: Path) -> None:
    for who, by in ((A, BY_A), (B, BY_A)):
        assert govkit(founded, "consent", who, "2026-001", "consent", *by).returncode == 0
        commit(founded)
    before = standing(govkit, founded)
    git(founded, "rebase", "-q", "--force-rebase", "--committer-date-is-author-date", "HEAD~1")
    assert standing(govkit, founded) == before
    git(founded, "checkout", "-q", "--orphan", "squashed")
    commit(founded)
    assert standing(govkit, founded) == before


def test_a_force_push_that_drops_or_edits_a_position_is_seen(govkit: Run, founded: Path) -> None:
    assert govkit(founded, "consent", A, "2026-001", "object", *BY_A).returncode == 0
    commit(founded)
    path = founded / FIRST
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("position: object", "position: consent"), encoding="utf-8")
    git(founded, "commit", "-q", "-a", "--amend", "-m", "Nothing happened")
    [refused_] = report(govkit(founded, "status", "2026-001", "--now", NOW, "--format", "json"))[
        "rejected"
    ]
    assert refused_["cause"] == "it was changed after it was logged"
    path.unlink()
    git(founded, "commit", "-q", "-a", "--amend", "-m", "Nothing happened")
    assert govkit(founded, *YES, *BY_A).returncode == 0  # its place is not given again
    assert (founded / FIRST.replace("-01.yaml", "-02.yaml")).exists()
    found = rules(govkit(founded, "check", *DAY, "--format", "json"))
    assert "log-broken" in {rule for _, rule in found}


def test_nobody_takes_back_what_was_never_said(govkit: Run, founded: Path, minutes: Path) -> None:
    before = state(founded)
    refused(
        govkit(founded, "consent", A, "2026-001", "withdraw", *BY_A),
        f"{A} has given no position on 2026-001, so there is nothing to withdraw",
    )
    assert state(founded) == before
    said = govkit(founded, "consent", A, "2026-001", "consent", "--unit", "EXA-DUE-01", *BY_A)
    assert said.returncode == 0, said.stderr
    refused(
        govkit(founded, "consent", A, "2026-001", "withdraw", "--unit", "EXA-DUE-02", *BY_A),
        f"{A} has given no position on 2026-001 about EXA-DUE-02",
    )
    assert govkit(founded, "consent", A, "2026-001", "withdraw", *BY_A).returncode == 0
    status = govkit(founded, "status", "2026-001", *BY_A[2:]).stdout.decode()
    counted = [line for line in status.splitlines() if "ounted: positions/" in line]
    assert all(
        line.startswith("  Not counted: positions/") or "eported" in line for line in counted
    ), counted


# --- a reason that is not to be printed -----------------------------------------------------------

OBJECTS = ("consent", A, "2026-001", "object", "--reason", "Thirty days are too long.")
NAMED = f"{PROPOSAL}/names/{A}-01.yaml"


def objection_shown(run: Run, folder: Path) -> list[dict[str, object]]:
    found = report(run(folder, "status", "2026-001", "--now", NOW, "--format", "json"))
    return [each for unit in found["units"] for each in unit["objections"]]


def test_a_withheld_reason_is_printed_nowhere_and_counts_as_one(govkit: Run, founded: Path) -> None:
    done = govkit(founded, *OBJECTS, "--withhold-reason", *BY_A)
    assert done.returncode == 0, done.stderr
    assert b"Ask for the reason" not in done.stdout
    position = record(founded, FIRST, "position")
    disclosure = record(founded, NAMED, "disclosure")
    assert position.reason is None
    assert position.reason_withheld == commitment_of(disclosure)
    assert disclosure.reason == "Thirty days are too long."
    assert {each["reason"] for each in objection_shown(govkit, founded)} == {NOT_PRINTED}


def test_erasing_the_reason_of_an_objection_silences_nothing(
    govkit: Run, founded: Path, private: Path, minutes: Path
) -> None:
    """The objection goes on to block; the log says who took its words out, and its source goes."""
    source = ("--source", str(minutes))
    assert govkit(founded, *OBJECTS, "--withhold-reason", *source, *BY_A).returncode == 0
    before = objection_shown(govkit, founded)
    [kept_there] = (private / "sources").iterdir()
    erased = govkit(founded, "erase", f"2026-001/positions/{A}-01", "--yes", *BY_A)
    assert erased.returncode == 0, erased.stderr
    assert f"from the private folder here: sources/{kept_there.name}" in erased.stdout.decode()
    assert not kept_there.exists()
    assert not (founded / NAMED).exists()
    assert objection_shown(govkit, founded) == before
    last = log(founded)[-1]
    assert (last.kind, last.by) == ("erasure", A)
    assert last.erasure.because == "The person asked to be left out."
    found = rules(govkit(founded, "check", "--format", "json"))
    assert "disclosure-missing" not in {rule for _, rule in found}
