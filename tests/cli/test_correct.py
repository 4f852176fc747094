"""`govkit correct`: what was written down wrongly, and what is right; neither is ever edited."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from govkit.consent.position_statement import OF_CONSENTS
from govkit.corpus.commitments import commitment_of
from govkit.log.digests import entry_digest
from govkit.procedures.log.filing import Filing, Stamp, file_all
from govkit.source.record_bytes import record_bytes
from tests.seals import pair_of, private_file
from tests.source.ssh_signing import signed

from .conftest import Run, commit, report
from .register import A, B, checked, key_changed, key_of, listed, log, record, refused, state

GUS, HAL = "gus", "hal"
FOLDER = "governance/proposals/2026-001"
SLIP = f"positions/{GUS}-01"
RIGHT = f"positions/{GUS}-02"
SHOWN = f"evidence/{GUS}-02-01"
WHY = ("--reason", "I marked the wrong box.")


def by(id: str, day: str = "01", at: str = "12:00:00") -> tuple[str, ...]:
    return ("--by", id, "--now", f"2026-03-{day}T{at}Z")


def done(run: Run, folder: Path, *words: str) -> str:
    answer = run(folder, *words)
    assert answer.returncode == 0, answer.stderr.decode() + answer.stdout.decode()
    return answer.stdout.decode()


def vouch(run: Run, folder: Path, what: str, day: str = "02") -> str:
    key = str(key_of(folder, B))
    words = ("countersign", f"2026-001/{what}", "--seen", "The minutes.", "--key", key)
    return done(run, folder, *words, *by(B, day))


def status(run: Run, folder: Path, day: str = "05") -> dict[str, Any]:
    now = ("--now", f"2026-03-{day}T12:00:00Z", "--format", "json")
    return report(run(folder, "status", "2026-001", *now))


def counting(found: dict[str, Any]) -> list[str]:
    """The objections that stand, by their records."""
    return sorted({each["position"] for unit in found["units"] for each in unit["objections"]})


def noted(found: dict[str, Any], where: str) -> list[str]:
    return [each["record"] for each in found[where]]


def correct(run: Run, folder: Path, *words: str, day: str = "02") -> str:
    return done(run, folder, "correct", *words, *WHY, *by(A, day))


def at(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"2026-03-{day}T12:00:00Z")


def by_hand(
    folder: Path, day: str, kind: Any, records: dict[str, Any], basis: Any = "registrar"
) -> None:
    """File records as no command has to: by their places in the proposal."""
    filings = [
        Filing(path, record_bytes(kind, said, path), kind)
        for path, said in ((f"{FOLDER}/{place}.yaml", said) for place, said in records.items())
    ]
    file_all(
        folder,
        filings,
        by=A,
        received_at=at(day),
        received_basis=basis,
        recorded_at=Stamp(at(day), at(day)),
    )


def notice(folder: Path, until: str) -> None:
    """Announce another end of the comments, as `propose notice --move` does."""
    said = {"kind": "moved", "revision": 1, "comment_until": until, "because": "Holidays."}
    by_hand(folder, "02", "notice", {"notices/01": said})


@pytest.fixture
def minutes(founded: Path, tmp_path: Path) -> Path:
    (founded.parent / f"{founded.name}-private").mkdir()
    for name in (GUS, HAL):
        key = {"id": "k1", "public": pair_of(name).public, "since": "2026-01-10"}
        listed(founded, name, kind="individual", state="enrolled", keys=[key])
    key_changed(founded, GUS, pair_of(GUS))
    commit(founded)
    path = tmp_path / "minutes.txt"
    path.write_text("Gus objects.\n")
    return path


def say(run: Run, folder: Path, minutes: Path, *words: str, who: str = GUS) -> None:
    given = ("consent", who, "2026-001", *words, "--source", str(minutes))
    done(run, folder, *given, *by(A))
    newest = log(folder)[-1]
    assert newest.path is not None
    vouch(run, folder, newest.path.split("/", 3)[3].removesuffix(".yaml"), "01")


@pytest.fixture
def consented(founded: Path, govkit: Run, minutes: Path) -> Path:
    """A wrote down that Gus consents, and B vouched for the minutes, without care."""
    say(govkit, founded, minutes, "consent")
    return founded


@pytest.fixture
def objected(founded: Path, govkit: Run, minutes: Path) -> Path:
    """A wrote down that Gus objects, and B vouched for the minutes."""
    say(govkit, founded, minutes, "object", "--reason", "Too long.")
    return founded


# --- positions ------------------------------------------------------------------------------------


def test_both_stay_and_what_was_said_counts_once_a_second_coordinator_has_seen_it(
    consented: Path, govkit: Run
) -> None:
    slip = (consented / f"{FOLDER}/{SLIP}.yaml").read_bytes()
    said = correct(govkit, consented, "8", "object", "--text", "Too long.")
    for line in (
        "gus objects.",
        f"This corrects {SLIP} (number 8 of the log), which was written down wrongly:",
        "  I marked the wrong box.",
        "Both stay in the log. The right words count from the moment at which they came.",
        "  Too long.",
        "Received 2026-03-01T12:00:00Z, written down by example-society",
        'To withdraw, tell any coordinator: "I withdraw my position on 2026-001".',
    ):
        assert line in said.splitlines()
    position, evidence, correction = log(consented)[-3:]
    assert [each.kind for each in (position, evidence, correction)] == [
        "position",
        "evidence",
        "correction",
    ]
    assert str(position.received_at) == "2026-03-01 12:00:00+00:00"
    assert str(correction.received_at) == "2026-03-02 12:00:00+00:00"
    made = record(consented, f"{FOLDER}/corrections/01.yaml", "correction")
    assert (made.corrects, made.right, made.reason) == (SLIP, RIGHT, "I marked the wrong box.")
    waiting = status(govkit, consented)
    assert (counting(waiting), noted(waiting, "reported")) == ([RIGHT], [SLIP])
    told = vouch(govkit, consented, SHOWN)
    assert f"{RIGHT} (object) then counts in the place of {SLIP} (consent)" in told
    confirmed = status(govkit, consented)
    assert (counting(confirmed), noted(confirmed, "rejected")) == ([RIGHT], [SLIP])
    assert "corrections/01" in confirmed["rejected"][0]["cause"]
    assert (consented / f"{FOLDER}/{SLIP}.yaml").read_bytes() == slip


def test_how_a_position_came_and_the_note_are_corrected_alone(consented: Path, govkit: Run) -> None:
    refused(
        govkit(consented, "correct", "8", "--channel", "pad", *WHY, *by(A, "02")), "no position"
    )
    refused(govkit(consented, "correct", "8", *WHY, *by(A, "02")), "just what was written down")
    correct(govkit, consented, "8", "--channel", "paper", "--note", "Letter of 1 March.")
    was, is_ = (
        record(consented, f"{FOLDER}/evidence/{GUS}-{number}-01.yaml", "evidence")
        for number in ("01", "02")
    )
    assert (was.kind, was.note) == ("meeting", None)
    assert (is_.kind, is_.note, is_.source) == ("paper", "Letter of 1 March.", was.source)


def test_until_it_is_confirmed_the_more_cautious_of_the_two_counts_and_both_are_shown(
    objected: Path, govkit: Run
) -> None:
    """He objects, it says, and a coordinator says that he had consented."""
    correct(govkit, objected, "8", "consent", "--text", "")
    found = status(govkit, objected)
    assert counting(found) == [SLIP]
    [aside] = found["not_counted"]
    assert aside["record"] == RIGHT
    assert "neither a second coordinator nor gus has confirmed it" in aside["why"]
    assert f"govkit countersign 2026-001/{SHOWN}" in aside["remedy"]
    answer = govkit(objected, "decide", "2026-001", "--now", "2026-03-05T12:00:00Z")
    words = answer.stdout.decode()
    assert answer.returncode == 1
    assert f"Not counted: {RIGHT}: corrections/01 is not confirmed" in words
    assert "the objection of gus has no answer yet" in words
    vouch(govkit, objected, SHOWN)
    found = status(govkit, objected)
    assert found["outcome"] != "blocked"
    assert noted(found, "rejected") == [SLIP]


def test_the_member_confirms_by_a_signature_and_nobody_else_is_needed(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    correct(govkit, objected, "8", "consent", "--text", "")
    path = tmp_path / "statement.txt"
    done(govkit, objected, "status", "2026-001", "--statement", GUS, "--output", str(path))
    line = f"This is in the place of what was written down wrongly: {SLIP}"
    assert line in path.read_text().splitlines()
    made = path.with_name("statement.txt.sig")
    made.write_text(signed(pair_of(GUS), path.read_bytes(), OF_CONSENTS))
    assert counting(status(govkit, objected)) == [SLIP]
    done(govkit, objected, "intake", str(path), str(made), *by(A, "03"))
    assert noted(status(govkit, objected), "rejected") == [SLIP]


def test_the_member_signs_the_right_words_at_this_machine(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    key = str(private_file(tmp_path, GUS))
    said = correct(govkit, objected, "8", "consent", "--text", "", "--key", key)
    assert "Until a second" not in said
    assert noted(status(govkit, objected), "rejected") == [SLIP]


def test_the_same_words_with_another_source_or_for_another_member(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Hal objects.\n")
    refused(govkit(objected, "correct", "8", *WHY, *by(A, "02")), "this is just what was written")
    correct(govkit, objected, "8", "--member", HAL, "--source", str(letter), "--channel", "paper")
    right = record(objected, f"{FOLDER}/positions/{HAL}-01.yaml", "position")
    assert (right.member, right.cast_by, right.corrects) == (HAL, HAL, SLIP)
    shown, was = (
        record(objected, f"{FOLDER}/evidence/{who}-01-01.yaml", "evidence") for who in (HAL, GUS)
    )
    assert shown.source != was.source
    assert counting(status(govkit, objected)) == [SLIP, f"positions/{HAL}-01"]
    vouch(govkit, objected, f"evidence/{HAL}-01-01")
    found = status(govkit, objected)
    assert counting(found) == [f"positions/{HAL}-01"]
    assert noted(found, "rejected") == [SLIP]


def test_what_the_same_person_said_later_stays_later(
    objected: Path, govkit: Run, minutes: Path
) -> None:
    """He had objected, for another reason, and took it back."""
    say(govkit, objected, minutes, "withdraw")
    correct(govkit, objected, "8", "object", "--text", "Too short.")
    vouch(govkit, objected, "evidence/gus-03-01")
    found = status(govkit, objected)
    assert noted(found, "rejected") == [SLIP]
    [state] = {each["state"] for unit in found["units"] for each in unit["objections"]}
    assert state == "withdrawn"


def test_the_same_correction_twice_is_filed_once(consented: Path, govkit: Run) -> None:
    correct(govkit, consented, "8", "abstain")
    before = state(consented)
    again = govkit(consented, "correct", "8", "abstain", *WHY, *by(A, "03"))
    refused(again, "corrections/01 says just this already")
    assert state(consented) == before


def test_a_mistake_in_a_correction_is_corrected_at_the_first_record(
    consented: Path, govkit: Run
) -> None:
    correct(govkit, consented, "8", "abstain")
    vouch(govkit, consented, SHOWN)
    again = govkit(consented, "correct", "11", "object", *WHY, *by(A, "03"))
    refused(again, f"{RIGHT} is a correction itself (corrections/01)")
    assert f"2026-001/{SLIP}" in again.stderr.decode()
    correct(govkit, consented, f"2026-001/{SLIP}", "object", "--text", "No.", day="03")
    vouch(govkit, consented, "evidence/gus-03-01", "03")
    found = status(govkit, consented)
    assert counting(found) == [f"positions/{GUS}-03"]
    assert noted(found, "rejected") == [SLIP, RIGHT]


# --- comments -------------------------------------------------------------------------------------


@pytest.fixture
def commented(consented: Path, govkit: Run) -> Path:
    words = ("comment", "add", "--name", "Ida Exampel", "--text", "To long.")
    done(govkit, consented, *words, *by(A, "01", "13:00:00"))
    return consented


def test_a_comment_is_corrected_and_only_the_right_one_asks_for_an_answer(
    commented: Path, govkit: Run
) -> None:
    changes = ("--text", "Too long.", "--name", "Ida Example", "--group", "academia")
    said = correct(govkit, commented, "2026-001/comments/0001", *changes)
    assert "  Too long." in said.splitlines()
    assert "This corrects comments/0001 (number 11 of the log)" in said
    right = record(commented, f"{FOLDER}/comments/0002.yaml", "comment")
    assert (right.author.group, right.comment) == ("academia", "Too long.")
    [old, new] = [
        record(commented, f"{FOLDER}/names/{name}.yaml", "disclosure") for name in ("0001", "0002")
    ]
    assert (old.name, new.name, commitment_of(new)) == (
        "Ida Exampel",
        "Ida Example",
        right.author.commitment,
    )
    assert status(govkit, commented)["unanswered"] == ["comments/0001", "comments/0002"]
    vouch(govkit, commented, "corrections/01")
    found = status(govkit, commented)
    assert found["unanswered"] == ["comments/0002"]
    assert noted(found, "rejected") == ["comments/0001"]
    table = done(govkit, commented, "comment", "table", "--format", "csv")
    assert "written down wrongly; comments/0002 stands in its place" in table
    assert record(commented, f"{FOLDER}/comments/0001.yaml", "comment").comment == "To long."


# --- dates ----------------------------------------------------------------------------------------


def moved(run: Run, folder: Path, to: str) -> None:
    words = ("propose", "notice", "2026-001", "--move", "--to", to, "--reason", "Holidays.")
    done(run, folder, *words, *by(A, "02"))


def until(decision: dict[str, Any]) -> str:
    return str(decision["until"])[:10]


def test_a_date_that_was_mistyped_is_put_right_before_anybody_relied_on_it(
    consented: Path, govkit: Run
) -> None:
    notice(consented, "2026-04-20T12:00:00Z")
    assert until(status(govkit, consented)) == "2026-04-20"
    said = correct(govkit, consented, "2026-001/notices/01", "--to", "2026-03-19")
    assert "It counts if that is done by 2026-03-04T12:00:00Z" in said
    assert until(status(govkit, consented)) == "2026-04-20", "the later date holds"
    vouch(govkit, consented, "corrections/01", "03")
    found = status(govkit, consented)
    assert until(found) == "2026-03-20"
    assert noted(found, "rejected") == ["notices/01"]


def test_a_date_is_a_promise_after_two_days_and_once_something_came_in(
    consented: Path, govkit: Run
) -> None:
    notice(consented, "2026-04-20T12:00:00Z")
    late = ("correct", "2026-001/notices/01", "--to", "2026-03-19", *WHY)
    refused(govkit(consented, *late, *by(A, "05")), "was said to everybody more than two days")
    correct(govkit, consented, *late[1:4])
    words = ("comment", "add", "--name", "Ida", "--text", "Too long.")
    done(govkit, consented, *words, *by(A, "02", "13:00:00"))
    vouch(govkit, consented, "corrections/01", "03")
    found = status(govkit, consented)
    assert until(found) == "2026-04-20"
    assert any("somebody may have relied on its date" in each for each in found["warnings"])
    refused(govkit(consented, *late, *by(A, "03")), "comments/0001 came in after notices/01")


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("99", "object"), "number 99 of the log is about no record"),
        (("5", "object"), "only positions, comments and announcements are"),
        (("8", "object", "--to", "2026-04-20"), "--to is for a date that was announced"),
        (("8", "--affiliation", "X"), "--affiliation is nothing that a position has"),
        (("8", "consent-with-reservation"), "a reservation needs words"),
        (("8", "--member", "nobody"), "nobody"),
        (("8", "--cast-by", A), f"{A} does not represent {GUS}"),
        (("8", "--unit", "EXA-DUE-09"), "has no text `EXA-DUE-09`"),
    ],
)
def test_what_can_t_be_corrected_is_refused_and_nothing_written(
    consented: Path, govkit: Run, words: tuple[str, ...], says: str
) -> None:
    before = state(consented)
    refused(govkit(consented, "correct", *words, *WHY, *by(A, "02")), says)
    assert state(consented) == before


def test_the_correction_of_a_position_is_vouched_for_at_its_source(
    consented: Path, govkit: Run
) -> None:
    correct(govkit, consented, "8", "abstain")
    key = str(key_of(consented, B))
    words = ("countersign", "2026-001/corrections/01", "--seen", "It.", "--key", key)
    refused(govkit(consented, *words, *by(B, "02")), f"rests on what shows {RIGHT}")


def test_a_statement_that_corrects_nothing_that_is_filed_is_not_taken_in(
    objected: Path, govkit: Run, tmp_path: Path
) -> None:
    path = tmp_path / "statement.txt"
    ask = ("status", "2026-001", "--statement", GUS, "--position", "consent")
    done(govkit, objected, *ask, "--output", str(path))
    line = f"This is in the place of what was written down wrongly: {SLIP}\n"
    consents = "I consent to these words.\n"
    path.write_text(path.read_text().replace(consents, consents + line))
    made = path.with_name("statement.txt.sig")
    made.write_text(signed(pair_of(GUS), path.read_bytes(), OF_CONSENTS))
    answer = govkit(objected, "intake", str(path), str(made), *by(A, "03"))
    refused(answer, f"this statement corrects {SLIP}, and no such correction is filed")


# --- when something came --------------------------------------------------------------------------


def objection_states(found: dict[str, Any]) -> set[tuple[str, str]]:
    return {(o["position"], o["state"]) for unit in found["units"] for o in unit["objections"]}


def test_a_day_that_was_typed_wrong_moves_the_order_of_words_once_a_second_one_has_seen_it(
    founded: Path, govkit: Run, minutes: Path
) -> None:
    """The consent came after the objection, which was typed in as of a later day."""
    for said, came in (("object", "2026-02-28"), ("consent", "2026-02-20")):
        given = ("consent", GUS, "2026-001", said, "--source", str(minutes), "--received", came)
        words = ("--reason", "Too long.") if said == "object" else ("--withdraws-objection",)
        done(govkit, founded, *given, *words, *by(A))
    for number in ("01", "02"):
        vouch(govkit, founded, f"evidence/{GUS}-{number}-01", "02")
    before = state(founded)
    wrongly = ("correct", f"2026-001/{SLIP}", "--reason", "Misread.", *by(A, "03"))
    for named, says in (
        (("--received", "2026-03-02"), "so it came before"),
        (("--received", "2026-03-04"), "is still to come"),
        (("--received", "2026-01-02"), "before revision 1 was opened"),
        (("--received", "2026-02-28"), "just what was written down"),
        (("--received", "2026-02-15", "--text", "Other words."), "corrected alone"),
        (("--received", "2026-02-15", "--to", "2026-04-15"), "corrected alone"),
    ):
        refused(govkit(founded, *wrongly, *named), says)
    assert state(founded) == before

    receipt = done(govkit, founded, *wrongly, "--received", "2026-02-15")
    for line in (
        f"{SLIP} (number 8 of the log) was received at 2026-02-15T12:00:00Z.",
        "Written down was 2026-02-28T12:00:00Z, wrongly:",
        "  Misread.",
    ):
        assert line in receipt.splitlines()
    refused(govkit(founded, *wrongly, "--received", "2026-02-15"), "corrections/01 says just this")
    waiting = status(govkit, founded)
    assert objection_states(waiting) == {(SLIP, "unanswered")}
    assert any("corrections/01 is not confirmed" in each for each in waiting["warnings"])
    asked = done(govkit, founded, "today", "--for", B, "--now", "2026-03-03T13:00:00Z")
    assert 'govkit countersign 2026-001/corrections/01 --seen "WHAT I SAW"' in asked

    vouch(govkit, founded, "corrections/01", "04")
    counts = status(govkit, founded)
    assert objection_states(counts) == {(SLIP, "withdrawn")}
    both = f"{SLIP} came at 2026-02-15T12:00:00Z; written down was 2026-02-28T12:00:00Z"
    assert f"{both} (corrections/01)" in counts["warnings"]
    # The letter names the entry that stands in the log, whatever moment counts.
    addresses = founded.parent / f"{founded.name}-private/addresses.csv"
    addresses.write_text(f"{GUS},gus@example.org\n", encoding="utf-8")
    written = ("letters", "--now", "2026-03-04T13:00:00Z", "--format", "json")
    letters = json.loads(done(govkit, founded, *written))["letters"]
    said = "".join(Path(each["file"]).read_text(encoding="utf-8") for each in letters)
    [logged] = [each for each in log(founded) if each.seq == 8]
    assert entry_digest(logged) in re.sub(r"\s+", " ", said)
    # Other words of it, filed later, came at the right moment as well.
    done(govkit, founded, *wrongly[:-4], "--text", "Much too long.", *by(A, "05"))
    vouch(govkit, founded, "evidence/gus-03-01", "05")
    assert objection_states(status(govkit, founded, "06")) == {(f"positions/{GUS}-03", "withdrawn")}
    assert "correction-false" not in checked(govkit, founded).stdout.decode()


def test_a_comment_is_in_time_once_two_say_when_it_came_and_not_against_a_host(
    consented: Path, govkit: Run
) -> None:
    close = {"kind": "last-call", "revision": 1, "closes": "2026-03-14T12:00:00Z"}
    by_hand(consented, "13", "notice", {"notices/01": close})
    words = ("comment", "add", "--name", "Ida Example", "--text", "Too long.")
    done(govkit, consented, *words, *by(A, "15"))
    same = record(consented, f"{FOLDER}/comments/0001.yaml", "comment")
    by_hand(consented, "15", "comment", {"comments/0002": same}, "own-host")
    late = ("comments/0001", "comments/0002")
    assert noted(status(govkit, consented, "16"), "late") == [*late]
    came = ("--received", "2026-03-10", "--reason", "Typed the day of filing.", *by(A, "16"))
    refused(govkit(consented, "correct", f"2026-001/{late[1]}", *came), "a host says when")
    done(govkit, consented, "correct", f"2026-001/{late[0]}", *came)
    assert noted(status(govkit, consented, "16"), "late") == [*late]
    vouch(govkit, consented, "corrections/01", "16")
    assert noted(status(govkit, consented, "17"), "late") == [late[1]]
    # After the close all words are known, and what was written down long ago stays as it is.
    early = ("--received", "2026-02-27", "--reason", "So.", *by(A, "21"))
    refused(govkit(consented, "correct", f"2026-001/{SLIP}", *early), "is corrected no more")
    listed_late = done(govkit, consented, "comment", "table", "--format", "csv")
    assert listed_late.count("late") == 1


def test_one_persons_correction_of_a_day_moves_nothing_even_by_a_record_made_by_hand(
    consented: Path, govkit: Run
) -> None:
    """Another record is named as the right one, or the moment lies after the filing."""
    wrong, own = log(consented)[7:9]
    made = {"corrects": SLIP, "digest": wrong.digest, "right_digest": wrong.digest, "reason": "So."}
    cases = (
        {"right": SLIP, "received_at": "2026-03-01T13:00:00Z"},
        {"right": SLIP, "received_at": "2026-02-01T12:00:00Z"},
        {"right": f"positions/{HAL}-01", "received_at": "2026-02-15T12:00:00Z"},
        {"right": SLIP, "received_at": "2026-02-15T12:00:00Z", "digest": own.digest},
    )
    places = {f"corrections/{at:02d}": made | case for at, case in enumerate(cases, 1)}
    by_hand(consented, "02", "correction", places)
    for place in places:
        vouch(govkit, consented, place, "03")
    found = checked(govkit, consented).stdout.decode()
    assert found.count("[correction-false]") == len(cases)
    assert not any(" came at " in each for each in status(govkit, consented)["warnings"])
