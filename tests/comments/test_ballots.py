"""Ballots by mail on a proposal with its words: comments in the block, and other revisions."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.main import _run
from govkit.correspondence.mail import reply_block
from govkit.languages.catalogue import messages
from govkit.records.comments import Comment
from govkit.source.reading import read_record
from tests.ballots.messages import eml, mark, quoted, remark

from .conftest import COORDINATOR, Run
from .proposal_folder import FOLDER, TEXTS

Intake = Callable[..., dict[str, Any]]
BY = ("--by", COORDINATOR, "--now", "2026-03-20T12:00:00Z", "--format", "json")


def block(number: int = 2) -> str:
    said = messages("en")
    return "\n".join(reply_block(said, "2026-003", number, f"k7f3-9q2{number}", [*TEXTS]))


def ballot(text: str, sender: str = "i@institute.example") -> bytes:
    words = f"On Mon, 16 Mar 2026 at 09:00, Agora <comments@example.org> wrote:\n{quoted(text)}\n"
    host = b"Received: from x by lists.example.org; Mon, 16 Mar 2026 10:00:00 +0000\r\n"
    return host + eml(words, sender=sender)


@pytest.fixture
def intake(
    texts: Path, run: Run, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> Intake:
    """Take a mail in, and return the JSON answer."""
    lines = "example-institute,i@institute.example\n"
    (texts.parent / "texts-private/addresses.csv").write_text(lines)

    def taken(raw: bytes, *words: str) -> dict[str, Any]:
        file = tmp_path / "mail.eml"
        file.write_bytes(raw)
        _run(["-C", str(texts), "intake", str(file), *(words or ("--yes",)), *BY])
        found: dict[str, Any] = json.loads(capsysbinary.readouterr().out)
        return found

    return taken


def test_comments_in_the_block_are_filed_with_the_position(intake: Intake, texts: Path) -> None:
    words = "EXA-DUE-01: Ten days are short.\nEXA-DUE-02: Write to me@private.example."
    answer = intake(ballot(remark(mark(block(), "object"), words)))
    assert [each["kind"] for each in answer["entries"]] == [
        "position",
        "evidence",
        "comment",
        "comment",
    ]
    comments = []
    for number in (1, 2):
        path = f"{FOLDER}/comments/{number:04d}.yaml"
        found, faults = read_record(path, "comment", (texts / path).read_bytes())
        assert isinstance(found, Comment), faults
        assert not faults
        comments.append(found)
    one, two = comments
    assert (one.comment, one.target.unit, one.author.member) == (
        "Ten days are short.",
        "EXA-DUE-01",
        "example-institute",
    )
    assert two.comment == "Write to [mail address removed]."
    assert one.source.message_id == "<one@society.example>"
    assert one.source.snapshot == two.source.snapshot


def test_an_answer_to_the_revision_before_is_asked_about_with_the_current_boxes(
    intake: Intake, texts: Path
) -> None:
    [row] = intake(ballot(mark(block(1), "consent")))["mails"]
    assert (row["became"], row["query"]) == ("asked", "old-revision")
    letter = Path(row["draft"]).read_text(encoding="utf-8")
    assert "Proposal 2026-003 revision 2, code k7f3-9q22" in letter
    assert "Subject: [2026-003 r2] Earlier notice: please mark one box" in letter


def test_a_member_who_left_gives_no_position(intake: Intake, texts: Path) -> None:
    member = texts / "governance/members/example-institute.yaml"
    member.write_text(member.read_text().replace("state: enrolled", "state: ended"))
    [row] = intake(ballot(mark(block(), "consent")))["mails"]
    assert row["became"] == "refused"
    assert "has left" in row["cause"]


def test_the_page_on_ballots_can_be_followed(
    texts: Path,
    run: Run,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = (Path(__file__).parents[2] / "docs/ballots.md").read_text(encoding="utf-8")
    (texts.parent / "mails").mkdir()
    (texts.parent / "mails/1.eml").write_bytes(ballot(mark(block(), "consent")))
    monkeypatch.chdir(texts)
    commands = "".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)).splitlines()
    became = []
    for line in commands:
        if line.startswith("govkit propose ballots"):
            # The page names one address only, so the others on the roll are told.
            assert _run([*shlex.split(line)[1:], *BY[2:]]) == 1
            written = json.loads(capsysbinary.readouterr().out)["ballots"]
            assert [each["member"] for each in written] == ["example-institute"]
        elif line.startswith("govkit propose remind"):
            assert _run([*shlex.split(line)[1:], *BY[2:]]) == 0
            assert json.loads(capsysbinary.readouterr().out)["reminders"] == []
        elif line.startswith("govkit "):
            assert _run([*shlex.split(line)[1:], *BY]) == 0
            became += [
                each["became"] for each in json.loads(capsysbinary.readouterr().out)["mails"]
            ]
        else:
            subprocess.run(line, shell=True, check=True, cwd=texts)
    assert became == ["would-take", "taken"]
    assert sorted(each.name for each in (texts.parent / "outbox").iterdir()) == [
        "ballot-2026-003-r2-example-institute.eml",
        "example-institute.eml",
    ]


def test_a_mail_whose_words_were_filed_as_a_comment_is_taken_in(
    intake: Intake, texts: Path, run: Run
) -> None:
    raw = eml(
        "Die zweite Vorschrift sollte sagen, wer Schlüssel hält.", sender="i@institute.example"
    )
    [row] = intake(raw)["mails"]
    assert row["became"] == "free"
    words = ("--free", "--member", "example-institute", "--proposal", "2026-003", "--yes")
    done = run("import", row["file"], *words, "--now", BY[-3])
    assert done.returncode == 0, done.stderr
    assert "Schlüssel" in run("table", "--proposal", "2026-003").stdout
    [row] = intake(raw)["mails"]
    assert row["became"] == "taken-before"
