"""`govkit intake MAILS`: answers by mail become positions, each looked at and none guessed."""

from __future__ import annotations

import datetime
import email
import email.policy
import os
import shutil
import subprocess
import termios
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.correspondence.mail import reply_block
from govkit.languages.catalogue import messages
from govkit.procedures.log.filing import Stamp, writing
from govkit.source.mail import LARGEST_MAIL
from govkit.store.mailboxes import mails_in
from govkit.store.private import kept
from tests.ballots.messages import eml, mark, quoted, with_reason
from tests.killing import in_a_child
from tests.terminals import open_terminal
from tests.word_files import paragraph, word_file

from .conftest import GOVKIT, Run, git, report
from .register import BY_A, PROPOSAL, A, B, listed, log, record, refused, state

IDS = ("EXA-DUE-01", "EXA-DUE-02")
BLOCK = "\n".join(reply_block(messages("en"), "2026-001", 1, "k7f3-9q2m", IDS))
OURS = "Received: from out.example by lists.example.org; Fri, 20 Feb 2026 10:00:05 +0000"
CAME = "2026-02-20T10:00:05Z"
INTAKE = "comments@example.org"
SUBJECT = "Re: [2026-001 r1] Notice: last call"


@pytest.fixture
def desk(founded: Path) -> Path:
    """The coalition with its private folder, and two addresses on record."""
    private = founded.parent / f"{founded.name}-private"
    private.mkdir(mode=0o700)
    (private / "addresses.csv").write_text(f"{A},a@a.example\n{B},b@b.example\n")
    return founded


def private_of(folder: Path) -> Path:
    return folder.parent / f"{folder.name}-private"


def ballot(text: str, sender: str = "a@a.example", number: int = 1) -> bytes:
    """A mail that our host received; the block in it is quoted from the coalition's own mail."""
    words = f"On Mon, 16 Feb 2026 at 09:00, Agora <{INTAKE}> wrote:\n{quoted(text)}\n"
    raw = eml(words, sender=sender, subject=SUBJECT).replace(b"<one@", f"<{number}@".encode())
    return f"{OURS}\r\n".encode() + raw


def mails(folder: Path, *several: bytes) -> str:
    """Put mails into a folder, beside the texts."""
    place = folder.parent / "mails"
    place.mkdir(exist_ok=True)
    for number, raw in enumerate(several, len([*place.iterdir()]) + 1):
        (place / f"{number:03d}.eml").write_bytes(raw)
    return str(place)


def mbox(folder: Path, *several: bytes) -> str:
    path = folder.parent / "answers.mbox"
    lines = (raw.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") for raw in several)
    begin = b"From x Mon Feb 16 09:00:00 2026\n"
    path.write_bytes(b"".join(begin + each + b"\n\n" for each in lines))
    return str(path)


def took(done: subprocess.CompletedProcess[bytes]) -> list[tuple[str, str | None]]:
    return [(each["became"], each.get("query")) for each in report(done)["mails"]]


def test_a_ballot_becomes_a_position_and_what_shows_it(govkit: Run, desk: Path) -> None:
    raw = ballot(with_reason(mark(BLOCK, "object"), "Too long."))
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A)
    assert done.returncode == 0, done.stderr
    position = record(desk, f"{PROPOSAL}/positions/{A}-01.yaml", "position")
    assert (position.position, position.reason, position.texts) == ("object", "Too long.", IDS)
    shown = record(desk, f"{PROPOSAL}/evidence/{A}-01-01.yaml", "evidence")
    assert (shown.kind, shown.level, shown.mail.domain) == ("mail", "E1", None)
    assert (shown.mail.message_id, shown.mail.received_by) == (
        "<1@society.example>",
        "lists.example.org",
    )
    assert shown.source == shown.mail.raw
    os.environ.pop("GOVKIT_PRIVATE", None)
    assert kept(desk, shown.source) == raw
    one, two = log(desk)[-2:]
    assert (one.received_basis, f"{one.received_at:%Y-%m-%dT%H:%M:%SZ}") == ("own-host", CAME)
    assert two.received_at == one.received_at
    said = done.stdout.decode()
    assert f"{A} objects: 2026-001, EXA-DUE-01, EXA-DUE-02" in said
    assert "Counts, as things stand." in said
    assert 'git commit -m "Take in 1 ballot on 2026-001"' in said


def test_the_receipt_is_a_mail_to_the_member(govkit: Run, desk: Path) -> None:
    raw = ballot(mark(BLOCK, "consent")).replace(b"To:", b"Reply-To: evil@else.example\r\nTo:", 1)
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A)
    assert b"It asks for answers to evil@else.example" in done.stdout
    [draft] = (private_of(desk) / "outbox").iterdir()
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert draft.name == f"{A}.eml"
    assert (mail["To"], mail["From"]) == ("a@a.example", INTAKE)
    assert mail["In-Reply-To"] == "<1@society.example>"
    body = mail.get_content()
    assert body.startswith("To Example Society (invented):")
    assert f"{A} consents." in body
    assert "To withdraw, tell any coordinator" in body


def test_what_is_not_clear_is_asked_back_with_the_ballot(govkit: Run, desk: Path) -> None:
    raw = eml("We support this.\n", sender="a@a.example", subject=SUBJECT)
    before = state(desk)
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A, "--format", "json")
    assert done.returncode == 1
    assert took(done) == [("asked", "prose")]
    assert state(desk) == before
    [draft] = (private_of(desk) / "outbox").iterdir()
    body = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default).get_content()
    assert "    We support this." in body
    assert BLOCK in body.replace("\r\n", "\n")
    assert "I consent to 2026-001 k7f3-9q2m" in " ".join(body.split())


def test_a_remark_in_a_mail_that_is_asked_about_can_be_filed_as_a_comment(
    govkit: Run, desk: Path
) -> None:
    words = "We support all of this. One remark: the second text should say who the keeper is."
    raw = eml(words, sender="a@a.example", subject="[2026-001] our remarks")
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A)
    [file] = (private_of(desk) / "free-mails").iterdir()
    said = " ".join(done.stdout.decode().split())
    assert (
        "If these words are a comment, too, file them as well: "
        f"govkit comment import {file} --free --member {A} --proposal 2026-001" in said
    )
    letter = (private_of(desk) / f"outbox/{A}.eml").read_text()
    assert "revision 1 of the proposal 2026-001" in " ".join(letter.split()), "the subject names it"


def test_a_dry_run_counts_the_same_mail_once(govkit: Run, desk: Path) -> None:
    raw = ballot(mark(BLOCK, "consent"))
    done = govkit(desk, "intake", mails(desk, raw, raw), "--dry-run", *BY_A, "--format", "json")
    assert took(done) == [("would-take", None), ("taken-before", None)]


def test_no_mail_is_taken_in_twice(govkit: Run, desk: Path) -> None:
    one = ballot(mark(BLOCK, "consent"))
    named = ballot(mark(BLOCK, "abstain"), "b@b.example")
    nameless = named.replace(b"Message-ID: <1@society.example>\r\n", b"")
    folder = mails(desk, one, nameless)
    assert govkit(desk, "intake", folder, "--yes", *BY_A).returncode == 0
    entries = len(log(desk))
    again = govkit(desk, "intake", folder, "--yes", *BY_A, "--format", "json")
    assert took(again) == [("taken-before", None), ("taken-before", None)]
    copied = govkit(desk, "intake", mbox(desk, one, one), "--yes", *BY_A, "--format", "json")
    assert took(copied) == [("taken-before", None), ("taken-before", None)]
    assert len(log(desk)) == entries


@pytest.mark.parametrize("member", [B, None], ids=["of a member", "of a comment"])
def test_a_mail_with_the_message_id_of_another_silences_nobody(
    govkit: Run, desk: Path, member: str | None
) -> None:
    """Whoever got a copy of an objection sends a mail with its Message-ID, which is taken first."""
    if member:
        copy = ballot(mark(BLOCK, "abstain"), "b@b.example")
        assert govkit(desk, "intake", mails(desk, copy), "--yes", *BY_A).returncode == 0
    else:
        words = ("--channel", "mail", "--message-id", "<1@society.example>", "--text", "Fine.")
        who = ("--name", "M. Example", "--group", "academia")
        assert govkit(desk, "comment", "add", *words, *who, *BY_A).returncode == 0
    theirs = mails(desk, ballot(with_reason(mark(BLOCK, "object"), "Too long.")))
    done = govkit(desk, "intake", theirs, "--yes", *BY_A, "--format", "json")
    assert took(done)[-1] == ("taken", None)
    assert record(desk, f"{PROPOSAL}/positions/{A}-01.yaml", "position").position == "object"
    again = govkit(desk, "intake", theirs, "--yes", *BY_A, "--format", "json")
    assert {became for became, _ in took(again)} == {"taken-before"}


def test_a_line_of_an_own_host_below_that_of_another_is_said_and_overruled(
    govkit: Run, desk: Path
) -> None:
    above = b"Received: from x by mx.other.example; Fri, 27 Feb 2026 10:00:05 +0000\r\n"
    folder = mails(desk, above + ballot(mark(BLOCK, "consent")))
    shown = govkit(desk, "intake", folder, "--dry-run", *BY_A)
    assert "The line above is by mx.other.example" in " ".join(shown.stdout.decode().split())
    done = govkit(desk, "intake", folder, "--yes", "--received", "2026-02-27T10:00Z", *BY_A)
    assert done.returncode == 0, done.stderr
    entry = log(desk)[-1]
    assert (entry.received_basis, entry.received_at.day) == ("registrar", 27)


def test_a_mark_in_the_thread_of_an_answer_of_the_same_mailbox_is_asked_about(
    govkit: Run, desk: Path
) -> None:
    first = ballot(mark(BLOCK, "consent"), "b@b.example", 7)
    second = ballot(mark(BLOCK, "consent"), number=8)
    second = second.replace(b"MIME-Version", b"In-Reply-To: <7@society.example>\r\nMIME-Version")
    done = govkit(desk, "intake", mbox(desk, first, second), "--yes", *BY_A, "--format", "json")
    assert took(done) == [("taken", None), ("asked", "marked-before")]


def test_a_dry_run_writes_nothing_at_all(govkit: Run, desk: Path) -> None:
    folder = mails(desk, ballot(mark(BLOCK, "consent")), eml("Yes.", sender="b@b.example"))
    before = state(desk.parent)
    done = govkit(desk, "intake", folder, "--dry-run", *BY_A, "--format", "json")
    assert took(done) == [("would-take", None), ("asked", "prose")]
    assert state(desk.parent) == before


def test_the_registrar_says_when_a_mail_came_that_no_own_host_received(
    govkit: Run, desk: Path
) -> None:
    raw = ballot(mark(BLOCK, "consent")).replace(b"by lists.example.org", b"by mx.other.example")
    folder, came = mails(desk, raw), ("--received", "2026-02-21T09:00Z")
    later = govkit(desk, "intake", folder, "--dry-run", "--received", "2062-02-21", *BY_A)
    refused(later, "--received 2062-02-21T12:00:00Z is still to come")
    assert not later.stdout
    done = govkit(desk, "intake", folder, "--yes", *came, *BY_A)
    said = " ".join(done.stdout.decode().split())
    assert "by your word: no host of the coalition says when" in said
    entry = log(desk)[-1]
    assert (entry.received_basis, entry.received_at.day) == ("registrar", 21)


def test_words_beside_a_quoted_mark_are_read_by_a_person(govkit: Run, desk: Path) -> None:
    """Somebody else may have marked the copy that she answers."""
    raw = ballot(mark(BLOCK, "consent")).replace(b"\r\n\r\n", b"\r\n\r\nTake me off it.\r\n", 1)
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A)
    said = " ".join(done.stdout.decode().split())
    assert done.returncode == 1, said
    assert "their own words say whether it is theirs" in said
    assert "Left for later: a person has to read them. Run it on a terminal" in said
    assert not (desk / f"{PROPOSAL}/positions").exists()


@pytest.mark.parametrize(
    ("date", "says"),
    [
        ("Fri, 20 Mar 2026 10:00:05 +0000", "still to come"),
        ("Tue, 20 Jan 2026 10:00:05 +0000", "before its revision was opened"),
    ],
)
def test_a_time_that_can_not_be_is_refused(govkit: Run, desk: Path, date: str, says: str) -> None:
    raw = ballot(mark(BLOCK, "consent")).replace(b"Fri, 20 Feb 2026 10:00:05 +0000", date.encode())
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A, "--format", "json")
    [row] = report(done)["mails"]
    assert (done.returncode, row["became"]) == (1, "refused")
    assert says in row["cause"]


def test_just_the_same_said_again_waits_for_a_person(govkit: Run, desk: Path) -> None:
    folder = mails(desk, ballot(mark(BLOCK, "consent")), ballot(mark(BLOCK, "consent"), number=2))
    done = govkit(desk, "intake", folder, "--yes", *BY_A, "--format", "json")
    assert took(done) == [("taken", None), ("later", None)]


def test_a_change_of_mind_in_one_mailbox_is_two_positions(govkit: Run, desk: Path) -> None:
    box = mbox(desk, ballot(mark(BLOCK, "object")), ballot(mark(BLOCK, "consent"), number=2))
    done = govkit(desk, "intake", box, "--yes", *BY_A)
    assert done.returncode == 0
    assert f"{A} has objected before" in " ".join(done.stdout.decode().split())
    assert (desk / f"{PROPOSAL}/positions/{A}-02.yaml").exists()
    [draft] = (private_of(desk) / "outbox").iterdir()
    assert draft.read_bytes().count(b"this is your receipt") == 2


def test_a_representative_speaks_for_the_member(govkit: Run, desk: Path) -> None:
    listed(desk, "r-example", state="enrolled", kind="representative", represents=A)
    with (private_of(desk) / "addresses.csv").open("a") as file:
        file.write("r-example, R@a.example\n")
    raw = ballot(mark(BLOCK, "consent"), "r@A.example")
    assert govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A).returncode == 0
    position = record(desk, f"{PROPOSAL}/positions/{A}-01.yaml", "position")
    assert (position.member, position.cast_by) == (A, "r-example")


def test_free_words_are_handed_on_and_not_guessed(govkit: Run, desk: Path) -> None:
    words = "The second text should say who the keeper is."
    raw = eml(words, sender="a@a.example", subject=SUBJECT)
    before = state(desk)
    done = govkit(desk, "intake", mails(desk, raw), "--yes", *BY_A)
    assert done.returncode == 0
    assert state(desk) == before
    [file] = (private_of(desk) / "free-mails").iterdir()
    said = " ".join(done.stdout.decode().split())
    assert f"govkit comment import {file} --free --member {A} --proposal 2026-001" in said
    assert file.read_text().endswith(f"\n\n{words}")


def test_a_word_file_that_came_with_a_mail_is_kept_and_its_command_named(
    govkit: Run, desk: Path
) -> None:
    mail = email.message_from_bytes(
        eml("Our changes are attached.", sender="a@a.example", subject=SUBJECT),
        policy=email.policy.default,
    )
    data = word_file(paragraph("Words."))
    mail.add_attachment(data, "application", "octet-stream", filename="changes.docx")
    folder = mails(desk, mail.as_bytes())
    said = govkit(desk, "intake", folder, "--dry-run", *BY_A).stdout.decode()
    assert "With it came changes.docx" in said
    assert not (private_of(desk) / "word-files").exists()
    said = " ".join(govkit(desk, "intake", folder, "--yes", *BY_A).stdout.decode().split())
    [file] = (private_of(desk) / "word-files").iterdir()
    assert f"govkit suggest {file}" in said
    assert file.read_bytes() == data


@pytest.mark.parametrize("sender", ['"a@a.example" <m@evil.example>', "m@evil.example"])
def test_a_stranger_is_no_member(govkit: Run, desk: Path, sender: str) -> None:
    folder = mails(desk, ballot(mark(BLOCK, "consent"), sender))
    done = govkit(desk, "intake", folder, "--yes", *BY_A, "--format", "json")
    assert took(done) == [("asked", "unknown-sender")]
    [draft] = (private_of(desk) / "outbox").iterdir()
    assert draft.name.startswith("sender-")


def test_what_is_wrong_with_the_desk_is_said(govkit: Run, desk: Path) -> None:
    folder = mails(desk, ballot(mark(BLOCK, "consent")))
    refused(govkit(desk, "intake", folder, *BY_A), "each mail has to be looked at")
    inside = ("-o", str(desk / "out"))
    refused(govkit(desk, "intake", folder, "--yes", *inside, *BY_A), "inside the public folder")
    refused(govkit(desk, "intake", "--dry-run", *BY_A), "are for mails only")
    (desk.parent / "none").mkdir()
    refused(govkit(desk, "intake", str(desk.parent / "none"), "--yes", *BY_A), "no mail lies in")
    (private_of(desk) / "addresses.csv").write_text("a@a.example\n")
    refused(govkit(desk, "intake", folder, "--yes", *BY_A), "line 1 of")


def test_where_nothing_can_be_kept_nothing_is_filed(govkit: Run, desk: Path) -> None:
    folder = mails(desk, ballot(mark(BLOCK, "consent")))
    before = state(desk)
    nowhere = {"GOVKIT_PRIVATE": str(desk.parent / "nowhere")}
    done = govkit(desk, "intake", folder, "--yes", *BY_A, **nowhere)
    assert state(desk) == before
    assert b"Not clear: Your address is not on record" in done.stdout


def test_today_counts_the_mails_that_wait_where_their_folder_is_known(
    govkit: Run, desk: Path
) -> None:
    away = eml("I am away.", "Auto-Submitted: auto-replied", sender="b@b.example")
    busy = eml("BEGIN:VCALENDAR", sender="b@b.example", kind="text/calendar; method=REPLY")
    folder = mails(
        desk, ballot(mark(BLOCK, "consent")), eml("+1", sender="b@b.example"), away, busy
    )

    def waits() -> list[str]:
        done = govkit(desk, "today", "--now", BY_A[-1], "--format", "json")
        return [each["what"] for each in report(done)["tasks"] if "mail" in each["what"]]

    assert waits() == []
    git(desk, "config", "govkit.mails", "../mails")
    assert waits() == ["2 mails wait in ../mails. Move away what is done."]
    govkit(desk, "intake", folder, "--yes", *BY_A)
    assert waits() == ["1 mail waits in ../mails. Move away what is done."]
    git(desk, "config", "govkit.mails", "../gone")
    assert waits() == []


def test_who_was_interrupted_finds_each_letter_once(govkit: Run, desk: Path) -> None:
    """All that a killed sitting can have left: the first mails of a mailbox, letters and all."""
    several = [
        eml("+1", sender="b@b.example"),
        ballot(mark(BLOCK, "consent")),
        ballot(mark(mark(BLOCK, "object"), "abstain"), "b@b.example", 2),
        eml("We think that thirty days are too short for a small keeper.", sender="c@c.example"),
    ]
    letters = private_of(desk) / "outbox"
    became: list[list[str]] = []
    first = b""
    for many in (1, 2, 3, 4, 4):
        done = govkit(desk, "intake", mbox(desk, *several[:many]), "--yes", *BY_A)
        became.append([path.name for path in sorted(letters.iterdir())])
        first = first or (letters / f"{B}.eml").read_bytes()
        assert done.returncode == 1
    assert became[0] == [f"{B}.eml"]
    assert became[1] == became[2] == became[3] == became[4] == [f"{A}.eml", f"{B}.eml"]
    both = (letters / f"{B}.eml").read_bytes()
    assert both.startswith(first)
    assert both != first
    assert [each.kind for each in log(desk)[-2:]] == ["position", "evidence"]
    assert len([*(private_of(desk) / "free-mails").iterdir()]) == 1


def test_a_sitting_killed_at_any_moment_loses_no_ballot_and_takes_none_twice(
    govkit: Run, desk: Path, tmp_path: Path
) -> None:
    mails(
        desk,
        ballot(mark(BLOCK, "consent")),
        ballot(with_reason(mark(BLOCK, "object"), "Too long."), "b@b.example", 2),
        eml("We think that thirty days are too short for a small keeper.", sender="c@c.example"),
    )
    here = tmp_path / "here"
    words = ("intake", "../mails", "--yes", *BY_A)

    def once() -> None:
        os.chdir(here / desk.name)
        _run(list(words))

    def again() -> Path:
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(desk.parent, here, ignore=lambda _, names: {"here"} & {*names})
        return here / desk.name

    def taken_in(folder: Path) -> dict[str, object]:
        checked = report(govkit(folder, "check", "--format", "json", cwd=folder))
        return {
            "log": [(each.kind, each.path) for each in log(folder)],
            "records": sorted(path.name for path in (folder / PROPOSAL).rglob("*.yaml")),
            "letters": sorted(path.name for path in (private_of(folder) / "outbox").iterdir()),
            "free": len([*(private_of(folder) / "free-mails").iterdir()]),
            "check": [(each["rule"], each["path"]) for each in checked["findings"]],
        }

    folder = again()
    many = in_a_child(once, None)
    whole = taken_in(folder)
    for at in sorted({round(each * (many - 1) / 7) for each in range(8)}):
        folder = again()
        in_a_child(once, at)
        done = govkit(folder, *words, cwd=folder)
        now = taken_in(folder)
        for key in whole:
            assert (at, key, now[key]) == (at, key, whole[key]), done.stderr.decode()


def test_two_do_not_take_in_at_once(govkit: Run, desk: Path) -> None:
    folder = mails(desk, ballot(mark(BLOCK, "consent")))
    before, now = state(desk), datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    with writing(desk, Stamp(now, now)):
        refused(govkit(desk, "intake", folder, "--yes", *BY_A), "another govkit command", 3)
    assert state(desk) == before


def test_of_a_mailbox_one_mail_is_held_at_a_time(tmp_path: Path) -> None:
    words = ("y" * 70 + "\n") * 1_400
    box = mbox(tmp_path / "desk", *(ballot(words, number=at) for at in range(200)))
    tracemalloc.start()
    found = sum(1 for each in mails_in(Path(box), LARGEST_MAIL) if each.whole)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found, Path(box).stat().st_size > 20_000_000) == (200, True)
    assert most < 2_000_000


def test_a_maildir_and_a_large_mail_in_an_mbox_are_read(govkit: Run, desk: Path) -> None:
    folder = desk.parent / "Maildir"
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    (folder / "new/1.host").write_bytes(ballot(mark(BLOCK, "consent")))
    (folder / "tmp/2.host").write_bytes(ballot(mark(BLOCK, "object"), "b@b.example", 2))
    done = govkit(desk, "intake", str(folder), "--yes", *BY_A, "--format", "json")
    assert took(done) == [("taken", None)]
    large = ballot(("y" * 70 + "\n") * 75_000, "b@b.example", 3)
    box = mbox(desk, large, ballot(mark(BLOCK, "object") + "\nFrom here on.", "b@b.example", 4))
    done = govkit(desk, "intake", box, "--yes", *BY_A, "--format", "json")
    assert took(done) == [("asked", "huge"), ("taken", None)]


def played(folder: Path, answer: Callable[[int], bytes], *words: str) -> str:
    """Run `intake` on a terminal, where a person presses one key for each question."""
    host, terminal = open_terminal()
    process = subprocess.Popen(
        [str(GOVKIT), "-C", str(folder), "intake", *words, *BY_A],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    said, asked = b"", 0
    while True:
        try:
            piece = os.read(host, 100_000)
        except OSError:  # the other end was closed
            break
        said += piece
        while said.count(b"[a]sk back ") > asked:
            while termios.tcgetattr(host)[3] & termios.ICANON:  # it forgets what was typed before
                time.sleep(0.001)
            os.write(host, answer(asked))
            asked += 1
    assert process.wait(60) in (0, 1)
    os.close(host)
    return said.decode()


def test_fourteen_ballots_are_one_command_and_fourteen_keys(desk: Path) -> None:
    members = [f"member-{number:02d}" for number in range(1, 15)]
    lines = []
    for id in members:
        listed(desk, id, state="enrolled")
        lines.append(f"{id},{id}@m.example\n")
    (private_of(desk) / "addresses.csv").write_text("".join(lines))
    boxes = ["consent", "object", "stand aside", "abstain"]
    several = [
        ballot(mark(BLOCK, boxes[at % 4]), f"{id}@m.example", at) for at, id in enumerate(members)
    ]
    keys: list[int] = []

    def yes(number: int) -> bytes:
        keys.append(number)
        return b"y"

    said = played(desk, yes, mbox(desk, *several))
    assert len(keys) == 14
    assert "Mails: 14. 14 taken in." in said
    assert "Letters to send: 14" in said
    assert len([*(private_of(desk) / "outbox").iterdir()]) == 14
    assert [each.kind for each in log(desk)[-28:]] == ["position", "evidence"] * 14
    said = played(desk, yes, mbox(desk, *several))
    assert "Mails: 14. 14 taken in before." in said


def test_a_person_takes_leaves_and_asks(desk: Path) -> None:
    several = [
        ballot(mark(BLOCK, "consent")),
        ballot(mark(BLOCK, "object"), "b@b.example", 2),
        ballot(mark(BLOCK, "abstain"), "b@b.example", 3),
        eml("+1", sender="b@b.example"),
    ]
    said = played(desk, lambda number: b"alny"[number : number + 1], mbox(desk, *several))
    assert "Mails: 4. 2 to ask back; 1 left for later; 1 left." in said
    assert not (desk / f"{PROPOSAL}/positions").exists()
    letter = (private_of(desk) / f"outbox/{A}.eml").read_text()
    assert "Please mark the box again." in " ".join(letter.split())
