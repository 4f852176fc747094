"""A free mail is shown first, and becomes comments when a person says so."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from govkit.store.private import kept
from tests.cli.conftest import GOVKIT
from tests.comments.conftest import Run, as_json, comment, entries, everything, ok, private_files
from tests.terminals import open_terminal

MAIL = """\
From: A. Example <a@example.org>
To: comments@example.org
Date: 2 April 2026
Subject: your draft

Dear all,

thank you for the draft. We read it in our reading group.

Ten days before a restriction begins is short when the user is on holiday. Could the notice
come earlier, and name its reasons?

A fee for a complaint is wrong, so we are glad that you forbid it.

On Monday, 3 March 2026 at 10:00, Somebody <s@example.org>
wrote:
> The platform must decide a complaint about a restriction within
> 10 days.

This is too slow.

Proposed text: within five days.

Kind regards
A. Example
--
A. Example, a@example.org
"""
AUTHOR = ("--name", "A. Example (invented)", "--group", "academia")


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.txt"
    path.write_text(MAIL, encoding="utf-8")
    return path


def test_the_mail_of_a_member_is_not_erased(texts: Path, run: Run, mail: Path) -> None:
    mail.write_text("Dear all,\n\nThe fee is too high for us.\n", encoding="utf-8")
    ok(run("import", mail, "--free", "--member", "example-institute", "--yes"))
    before = everything(texts), private_files(texts)
    refused = run("2026-003/comments/0001", "--yes", of="erase")
    assert (refused.returncode, everything(texts), private_files(texts)) == (2, *before)
    assert "Members are named by their ids in every record" in refused.stderr


def test_nothing_is_to_be_committed_where_only_a_private_mail_went(
    texts: Path, run: Run, mail: Path
) -> None:
    mail.write_text("Dear all,\n\nThe fee is too high for us.\n", encoding="utf-8")
    ok(run("import", mail, "--free", "--anonymous", "--yes"))
    before = everything(texts)
    done = ok(run("2026-003/comments/0001", "--yes", of="erase"))
    assert "from the private folder here" in done
    assert "Commit it" not in done
    assert (everything(texts), private_files(texts)) == (before, [])


def test_it_is_shown_and_nothing_is_written(texts: Path, run: Run, mail: Path) -> None:
    before = everything(texts)
    shown = ok(run("import", mail, "--free", by=None))
    assert "Point 2 (line 10)" in shown
    assert "  1  EXA-DUE-01  words in common: " in shown
    assert "  1  EXA-DUE-02  words in common: complaint, fee  (unsure)" in shown
    assert "    > The platform must decide a complaint about a restriction within 10 days." in shown
    assert "  1  EXA-DUE-02(a)  the quoted words stand in it" in shown
    assert "4 lines of quotation" in shown
    assert "Nothing was written." in shown
    assert everything(texts) == before


def test_yes_takes_what_is_clear_and_leaves_the_rest_without_a_text(
    texts: Path, run: Run, mail: Path
) -> None:
    done = run("import", mail, "--free", *AUTHOR, "--yes", "--received", "2026-04-02")
    ok(done)
    found = [comment(texts, number) for number in range(1, 5)]
    assert [each.target.unit for each in found] == [None, "EXA-DUE-01", None, "EXA-DUE-02"]
    assert [each.target.anchored_by for each in found] == ["none", "coordinator", "none", "author"]
    assert found[3].target.quote == (
        "The platform must decide a complaint about a restriction within 10 days."
    )
    assert (found[3].comment, found[3].proposed_text) == ("This is too slow.", "within five days.")
    assert "the mail says it is of" not in done.stderr
    assert "point 1 is filed without a text: none is clear" in done.stderr
    assert "point 3 is filed without a text: none is clear" in done.stderr
    assert [entry.kind for entry in entries(texts)] == ["comment"] * 4
    snapshot = found[0].source.snapshot
    assert snapshot is not None
    assert kept(texts, snapshot) == MAIL.encode()
    assert {each.source.snapshot for each in found} == {snapshot}
    public = b"".join(everything(texts).values())
    assert b"example.org>" not in public
    assert b"Somebody" not in public


def test_the_same_mail_twice_brings_nothing_new(texts: Path, run: Run, mail: Path) -> None:
    ok(run("import", mail, "--free", *AUTHOR, "--yes", "--leave-out", "1"))
    done = run("import", mail, "--free", *AUTHOR, "--yes")
    ok(done)
    assert "point 2 is comment 0001 already; it is left out" in done.stderr
    assert comment(texts, 4).source.part == "point 1, line 8"
    before = everything(texts)
    again = run("import", mail, "--free", *AUTHOR, "--yes")
    assert "Nothing new to file." in ok(again)
    assert "point 1 is comment 0004 already; it is left out" in again.stderr
    assert everything(texts) == before


def test_a_personal_mail_twice_brings_nothing_new(texts: Path, run: Run, mail: Path) -> None:
    personal = ("import", mail, "--free", *AUTHOR, "--yes", "--channel", "personal-mail")
    ok(run(*personal))
    before = everything(texts)
    assert "Nothing new to file." in ok(run(*personal))
    assert everything(texts) == before
    mail.write_text(MAIL.replace("too slow", "too quick"), encoding="utf-8")
    assert "Filed comment 0005" in ok(run(*personal))


@pytest.mark.parametrize("authors", [(AUTHOR, ("--name", "B. Example")), (("--anonymous",),) * 2])
def test_the_same_letter_of_two_people_is_filed_twice(
    texts: Path, run: Run, mail: Path, authors: tuple[tuple[str, ...], ...]
) -> None:
    for author in authors:
        ok(run("import", mail, "--free", *author, "--yes"))
    assert comment(texts, 8).comment == comment(texts, 4).comment


def test_a_message_id_alone_leaves_no_words_out(texts: Path, run: Run, mail: Path) -> None:
    same = ("import", mail, "--free", *AUTHOR, "--yes", "--message-id", "<1@society.example>")
    ok(run(*same))
    mail.write_text(f"{MAIL}\n", encoding="utf-8")
    assert "Nothing new to file." in ok(run(*same))
    mail.write_text(MAIL.replace("too slow", "too quick"), encoding="utf-8")
    assert "Filed comment 0005" in ok(run(*same))


def test_a_person_says_otherwise(texts: Path, run: Run, mail: Path) -> None:
    done = run(
        "import",
        mail,
        "--free",
        *AUTHOR,
        "--yes",
        "--leave-out",
        "1",
        "--target",
        "2=none",
        "--target",
        "3=exa-due-02(b)",
    )
    ok(done)
    assert "the mail says it is of 2 April 2026; as nothing else was said" in done.stderr
    found = [comment(texts, number) for number in range(1, 4)]
    assert [each.target.unit for each in found] == [None, "EXA-DUE-02", "EXA-DUE-02"]
    assert found[1].target.quote == "The platform must not ask a fee for a complaint."
    assert found[1].target.anchored_by == "coordinator"


def test_points_are_joined(texts: Path, run: Run, mail: Path) -> None:
    shown = as_json(run("import", mail, "--free", "--join", "2", "--join", "3", "--format", "json"))
    assert [point["number"] for point in shown["points"]] == [1, 2]
    assert "reading group.\n\nTen days" in shown["points"][0]["text"]
    assert shown["points"][1]["candidates"][0]["basis"] == "quoted"
    assert shown["left_aside"] == ["Dear all,", "Kind regards\nA. Example"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--target", "9=EXA-DUE-01"), "the mail has points 1 to 4"),
        (("--target", "1=EXA-DUE-09"), "has no text `EXA-DUE-09`"),
        (("--target", "1=x y"), "`x y` names no text"),
        (("--yes",), "nobody is named as the author"),
    ],
)
def test_what_can_not_be_done(
    texts: Path, run: Run, mail: Path, words: tuple[str, ...], message: str
) -> None:
    before = everything(texts)
    done = run("import", mail, "--free", *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert everything(texts) == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"> only\n> quotation\n", "holds no words of the author's own"),
        (b"\x89PNG\0\0", "the file is no text"),
        (b"x" * ((1 << 20) + 1), "more than 1,048,576 bytes"),
    ],
)
def test_a_file_that_is_no_mail(
    texts: Path, run: Run, tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "m").write_bytes(data)
    done = run("import", tmp_path / "m", "--free", *AUTHOR, "--yes")
    assert done.returncode in (2, 3)
    assert message in done.stderr
    assert entries(texts) == []


def test_an_old_mail_program_is_understood(texts: Path, run: Run, tmp_path: Path) -> None:
    words = "Die Frist für die Nutzer ist zu kurz – finde ich."
    (tmp_path / "m").write_bytes(words.encode("cp1252"))
    ok(run("import", tmp_path / "m", "--free", *AUTHOR, "--yes"))
    assert comment(texts, 1).comment == words


def test_on_a_terminal_each_point_is_asked_about(texts: Path, mail: Path) -> None:
    """Point 1 is left out, 2 taken as proposed, 3 joined to it, 4 filed without a text."""
    leader, follower = open_terminal()
    asked = subprocess.Popen(
        [
            str(GOVKIT),
            "-C",
            str(texts),
            "comment",
            "import",
            str(mail),
            "--free",
            *AUTHOR,
            "--by",
            "other-society",
        ],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        close_fds=True,
        env=os.environ | {"NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull},
    )
    os.close(follower)
    os.write(leader, b"l\n\nj\n0\ny\n")
    said = b""
    try:
        while more := os.read(leader, 4096):
            said += more
    except OSError:  # the other end is closed
        pass
    assert asked.wait(timeout=60) == 0, said.decode()
    os.close(leader)
    first, second = comment(texts, 1), comment(texts, 2)
    assert first.target.unit == "EXA-DUE-01"
    assert first.comment is not None
    assert first.comment.endswith("so we are glad that you forbid it.")
    assert second.target.unit is None
    assert len(entries(texts)) == 2


LEFT = (
    ("From: A. Example <a@else.example>\n\nToo late.\n", ["Too late."]),
    ("From: A. Example <a@else.example>\nToo late.\n", ["Too late."]),
    ("From: A. Example\n\nToo late.\n", ["Too late."]),
    ("Subject: Your draft\n\nToo late.\n", ["Too late."]),
    ("To: comments@example.org\n\nToo late.\n", ["Too late."]),
    ("Dear all,\n\nVon: A. Example\n\nToo late.\n", ["Too late."]),
    ("Too late.\n\nFrom: b@else.example\nNo, too early.\n", ["Too late."]),
    (
        "Dear all,\n\nFrom: the first day it should be clear.\n\nTo: whom is it sent?\n",
        ["From: the first day it should be clear.", "To: whom is it sent?"],
    ),
    ("Date: 30 days is too long\n\nWhy?\n", ["Date: 30 days is too long", "Why?"]),
)


def test_a_line_of_a_head_that_was_left_in_a_text_is_no_comment(run: Run, mail: Path) -> None:
    """Below one that names another sender nothing is the author's own."""
    for words, points in LEFT:
        mail.write_text(words, encoding="utf-8")
        shown = as_json(run("import", mail, "--free", *AUTHOR, "--format", "json"))
        assert [each["text"] for each in shown["points"]] == points, words
