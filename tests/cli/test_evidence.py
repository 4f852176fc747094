"""What shows a position: filed later, signed here, and signed without govkit by two plain files."""

from __future__ import annotations

import datetime
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.consent.position_statement import OF_CONSENTS
from govkit.store.private import kept
from tests.seals import pair_of, private_file
from tests.source.ssh_signing import Pair, known, pair, signed

from .conftest import Run, commit, git, report
from .register import (
    BY_A,
    BY_B,
    PROPOSAL,
    A,
    B,
    key_changed,
    listed,
    log,
    open_proposal,
    record,
    refused,
    state,
)

GUS = "gus"
FIRST = f"{PROPOSAL}/positions/{GUS}-01.yaml"
SHOWN = f"{PROPOSAL}/evidence/{GUS}-01-01.yaml"
PAIR = known("ssh-ed25519")
ASK = ("status", "2026-001", "--statement", GUS)
YES = ("--position", "consent")


def with_key(folder: Path, pair: Pair, until: str = "") -> None:
    """Gus is a member, and has a key that may have ended."""
    key = {"id": "k1", "public": pair.public, "since": "2026-01-10"}
    ended = {"until": until} if until else {}
    listed(folder, GUS, kind="individual", state="enrolled", keys=[key | ended])
    key_changed(folder, GUS, pair)
    if until:
        key_changed(folder, GUS, pair, "ends", until)
    commit(folder)


@pytest.fixture
def gus(founded: Path) -> Path:
    with_key(founded, PAIR)
    return founded


@pytest.fixture
def private(founded: Path) -> Path:
    folder = founded.parent / f"{founded.name}-private"
    folder.mkdir()
    return folder


def statement(govkit: Run, folder: Path, to: Path, *words: str) -> Path:
    """The text that Gus is given to sign."""
    path = to / "statement.txt"
    path.unlink(missing_ok=True)
    done = govkit(folder, *ASK, *words, "--output", str(path))
    assert done.returncode == 0, done.stderr
    assert path.read_text() in done.stdout.decode()
    return path


def sign(path: Path, **more: Any) -> Path:
    """Sign a file as ssh-keygen does, in this process."""
    made = path.with_name(f"{path.name}.sig")
    by = more.pop("by", PAIR)
    made.write_text(signed(by, path.read_bytes(), more.pop("namespace", OF_CONSENTS), **more))
    return made


def taken_in(govkit: Run, folder: Path, *files: Path) -> subprocess.CompletedProcess[bytes]:
    return govkit(folder, "intake", *map(str, files), *BY_A)


# --- without govkit -------------------------------------------------------------------------------


def test_a_member_signs_a_text_with_ssh_keygen_alone_and_two_files_are_taken_in(
    govkit: Run, founded: Path, tmp_path: Path
) -> None:
    key = private_file(tmp_path, GUS)
    with_key(founded, pair_of(GUS))
    path = statement(govkit, founded, tmp_path, *YES)
    line = ["ssh-keygen", "-q", "-Y", "sign", "-n", "consent@govkit", "-f", str(key), path.name]
    subprocess.run(line, cwd=tmp_path, check=True, stdin=subprocess.DEVNULL)
    done = taken_in(govkit, founded, path, path.with_name("statement.txt.sig"))
    assert done.returncode == 0, done.stderr
    said, shown = log(founded)[-2:]
    assert [(each.kind, each.path) for each in (said, shown)] == [
        ("position", FIRST),
        ("evidence", SHOWN),
    ]
    position = record(founded, FIRST, "position")
    assert (position.position, position.head.seq) == ("consent", said.seq - 1)
    evidence = record(founded, SHOWN, "evidence")
    assert (evidence.level, evidence.kind, evidence.key) == ("E3", "sshsig", "k1")
    assert "What shows it: E3 (a signature with a key)" in done.stdout.decode()
    assert "does not count" not in done.stdout.decode()


def test_how_it_is_signed_and_taken_in_stands_below_the_statement(
    govkit: Run, gus: Path, tmp_path: Path
) -> None:
    done = govkit(gus, *ASK, *YES, "-o", str(tmp_path / "s.txt"))
    said = done.stdout.decode()
    assert f"ssh-keygen -Y sign -n consent@govkit -f ~/.ssh/id_ed25519 {tmp_path}/s.txt" in said
    assert f"govkit intake {tmp_path}/s.txt {tmp_path}/s.txt.sig" in said
    again = govkit(gus, *ASK, *YES, "-o", str(tmp_path / "s.txt"))
    refused(again, "is there already", 3)


Edit = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda data: data.replace(b"\n", b"\r\n"), "a program on the way changed the ends of"),
        (lambda data: data.replace(b"I consent", b"I  consent"), "line 12 is not as it was given"),
        (lambda data: data.replace(b"I consent to", b"I object to"), "it is over other words"),
        (lambda data: data.replace(b"revision 1", b"revision 2"), "has no revision 2"),
        (lambda data: data.replace(b": example\n", b": other\n"), "is for the coalition other"),
        (lambda data: data.replace(b"2026-001", b"2026-009"), "no proposal `2026-009`"),
        (lambda data: data.replace(b"Change: sha256:c", b"Change: sha256:d"), "another change"),
        (lambda data: data.replace(b"seen: 7, sha256:", b"seen: 6, sha256:"), "two histories"),
        (lambda data: data.replace(b"seen: 7,", b"seen: 99,"), "this log ends before that"),
        (lambda data: b"Dear all,\n" + data, "a statement begins with the line"),
    ],
)
def test_a_statement_that_was_edited_is_refused_with_one_sentence(
    govkit: Run, gus: Path, tmp_path: Path, edit: Edit, says: str
) -> None:
    path = statement(govkit, gus, tmp_path, *YES)
    made = sign(path)
    path.write_bytes(edit(path.read_bytes()))
    before = state(gus)
    refused(taken_in(govkit, gus, path, made), says)
    assert state(gus) == before


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"by": pair("ssh-ed25519", random.Random(7))}, "a key that is none of gus's"),
        ({"namespace": "file"}, "it was made for the purpose file, and here it takes consent@"),
        ({"turned": lambda proper: proper[:-1]}, "it is over other words, or was itself changed"),
        ({"reserved": b"x"}, "has to be empty"),
    ],
)
def test_a_signature_that_does_not_hold_is_refused_with_one_sentence(
    govkit: Run, gus: Path, tmp_path: Path, more: dict[str, Any], says: str
) -> None:
    path = statement(govkit, gus, tmp_path, *YES)
    before = state(gus)
    refused(taken_in(govkit, gus, path, sign(path, **more)), says)
    assert state(gus) == before


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda text: text[:-60], "nothing before or behind them"),
        (lambda text: text.replace("\n", "\r\n"), "changed the ends of its lines"),
        (lambda text: "", "an SSH signature is all between the lines"),
    ],
)
def test_a_signature_that_was_damaged_on_the_way_is_refused(
    govkit: Run, gus: Path, tmp_path: Path, edit: Callable[[str], str], says: str
) -> None:
    path = statement(govkit, gus, tmp_path, *YES)
    made = sign(path)
    made.write_text(edit(made.read_text()), newline="")
    refused(taken_in(govkit, gus, path, made), says)


def test_a_key_that_had_ended_shows_nothing(govkit: Run, founded: Path, tmp_path: Path) -> None:
    with_key(founded, PAIR, until="2026-02-20")
    path = statement(govkit, founded, tmp_path, *YES)
    refused(taken_in(govkit, founded, path, sign(path)), "the key k1 had ended")


def test_a_statement_can_say_that_an_objection_is_withdrawn(
    govkit: Run, gus: Path, tmp_path: Path
) -> None:
    words = "I confirm that my earlier objection is withdrawn."
    plain = statement(govkit, gus, tmp_path, *YES).read_text()
    (tmp_path / "other").mkdir()
    said = statement(govkit, gus, tmp_path / "other", *YES, "--withdraws-objection").read_text()
    assert words not in plain
    assert words in said


def test_two_files_belong_to_a_signed_statement(govkit: Run, gus: Path, tmp_path: Path) -> None:
    path = statement(govkit, gus, tmp_path, *YES)
    made = sign(path)
    refused(taken_in(govkit, gus, path, made, path), "a signed statement is two files")
    alone = govkit(gus, "intake", str(path), *BY_A)
    refused(alone, "is a statement, and the signature over it is missing")
    assert f"`govkit intake {path} {made}`" in " ".join(alone.stderr.decode().split())
    binary = tmp_path / "photo.txt"
    binary.write_bytes(b"\xff\xd8\r\n\xff")
    refused(taken_in(govkit, gus, binary, made), "a statement begins with the line `govkit consent")
    assert taken_in(govkit, gus, made).returncode == 0  # the text beside it


def test_the_same_files_again_raise_nothing_twice(govkit: Run, gus: Path, tmp_path: Path) -> None:
    path = statement(govkit, gus, tmp_path, *YES)
    made = sign(path)
    assert taken_in(govkit, gus, path, made).returncode == 0
    refused(taken_in(govkit, gus, path, made), "is in the log already, with this signature")
    assert [entry.path for entry in log(gus)][-2:] == [FIRST, SHOWN]


# --- here and now ---------------------------------------------------------------------------------


def test_the_one_who_speaks_signs_at_this_machine(
    govkit: Run, founded: Path, tmp_path: Path
) -> None:
    key = private_file(tmp_path, GUS)
    with_key(founded, pair_of(GUS))
    words = ("consent", GUS, "2026-001", "object", "--reason", "Too long.", "--key", str(key))
    done = report(govkit(founded, *words, *BY_A, "--format", "json"))
    assert done["counts"]
    assert record(founded, SHOWN, "evidence").level == "E3"
    refused(
        govkit(founded, *words, "--source", str(key), *BY_A), "the signature shows the position"
    )
    other = private_file(tmp_path, "another")
    signs = (*words[:-1], str(other), "--again")
    refused(govkit(founded, *signs, *BY_A), "is not a key of gus that holds here")


def test_a_member_is_shown_the_log_as_it_was_pushed(
    govkit: Run, founded: Path, tmp_path: Path
) -> None:
    """What is not pushed can get another number yet, and what was signed can't change."""
    commit(founded)
    git(founded.parent, "clone", "-q", str(founded), "clone")
    clone = founded.parent / "clone"
    pushed = len(log(clone))
    assert govkit(clone, "consent", B, "2026-001", "consent", *BY_A).returncode == 0
    path = tmp_path / "statement.txt"
    words = ("status", "2026-001", "--statement", A, *YES, "--output", str(path))
    assert govkit(clone, *words).returncode == 0
    assert f"Newest log entry seen: {pushed}, sha256:" in path.read_text()
    assert len(log(clone)) == pushed + 2


# --- raised later ---------------------------------------------------------------------------------


@pytest.fixture
def reported(govkit: Run, gus: Path, private: Path) -> Path:
    """A position of Gus that nothing shows."""
    assert govkit(gus, "consent", GUS, "2026-001", "consent", *BY_A).returncode == 0
    return gus


def test_a_position_that_was_reported_is_signed_later(
    govkit: Run, reported: Path, tmp_path: Path
) -> None:
    position = (reported / FIRST).read_bytes()
    path = statement(govkit, reported, tmp_path)
    done = taken_in(govkit, reported, path, sign(path))
    assert f"positions/{GUS}-01 of 2026-001 is E3 now." in done.stdout.decode()
    assert (reported / FIRST).read_bytes() == position
    assert log(reported)[-1].path == SHOWN.replace("-01.yaml", "-02.yaml")
    by_name = ("evidence", "2026-001", f"{GUS}-01", "--signature", f"{path}.sig")
    refused(govkit(reported, *by_name, *BY_A), "is in the log already, with this signature")


def test_a_source_is_kept_and_its_digest_filed(govkit: Run, reported: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("I consent.\n")
    words = ("evidence", "2026-001", f"positions/{GUS}-01", "--source", str(letter))
    more = ("--channel", "paper", "--received", "2026-02-28", *BY_B)
    assert govkit(reported, *words, *more).returncode == 0
    found = record(reported, SHOWN.replace("-01.yaml", "-02.yaml"), "evidence")
    assert (found.level, found.kind) == ("E1", "paper")
    assert kept(reported, found.source) == letter.read_bytes()
    entry = log(reported)[-1]
    assert (entry.kind, entry.by, f"{entry.received_at:%d}") == ("evidence", B, "28")
    assert govkit(reported, *words, "--confirmed", *BY_B).returncode == 0
    found = record(reported, SHOWN.replace("-01.yaml", "-03.yaml"), "evidence")
    assert (found.level, found.kind) == ("E1c", "mail")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("2026-001", f"{GUS}-01"), "it takes one thing that shows the position"),
        (("2026-001", f"{GUS}-02", "--source", "x"), f"no position `{GUS}-02`"),
        (("2026-007", f"{GUS}-01", "--source", "x"), "no proposal `2026-007`"),
        (("2026-001", f"{GUS}-01", "--signature", "LICENSE"), "an SSH signature is all between"),
        (("2026-001", f"{GUS}-01", "--source", "x", "--confirmed", "--channel", "paper"), "by ma"),
    ],
)
def test_what_shows_nothing_is_refused(
    govkit: Run, reported: Path, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "LICENSE").write_text("No signature.\n")
    given = [str(tmp_path / word) if word == "LICENSE" else word for word in words]
    before = state(reported)
    refused(govkit(reported, "evidence", *given, *BY_A), says)
    assert state(reported) == before


def test_a_page_of_how_it_stands_is_about_one_proposal_and_a_pdf_is_a_file(
    govkit: Run, founded: Path
) -> None:
    refused(govkit(founded, "status", "--format", "pdf"), "a PDF is a file")
    open_proposal(founded, "2026-002", datetime.datetime(2026, 2, 11, 12, tzinfo=datetime.UTC))
    named = ("status", "--format", "pdf", "-o", "page.pdf", "--now", BY_A[-1])
    done = govkit(founded, *named)
    refused(done, "a page is about one proposal")
    assert "Open: 2026-001, 2026-002." in " ".join(done.stderr.decode().split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--statement", A), "a statement is one member's, about one proposal"),
        (("2026-001", "--position", "consent"), "a statement is one member's"),
        (("2026-001", "--statement", A), f"{A} has given no position on 2026-001 yet"),
        (("2026-001", "--statement", A, "--reason", "x"), "it is not said what the position is"),
        (("2026-001", "--statement", "nobody", *YES), "there is no member `nobody`"),
        (("2026-001", "--statement", A, *YES, "--cast-by", B), f"{B} does not represent {A}"),
    ],
)
def test_no_statement_without_knowing_whose_and_what(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    refused(govkit(founded, "status", *words), says)
