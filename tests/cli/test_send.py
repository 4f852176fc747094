"""`govkit send`: drafts go to the server that a person named, each once, and only when told to."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from govkit.correspondence.ballot_letters import as_eml
from govkit.correspondence.mail import Mail
from tests.mail_servers import PASSWORD, USER, Mailbox, certificate, serving

from .conftest import Run, git
from .register import A, B

FAST = ("--rate", "6000", "--tls", "none")
HERE = "agora@example.org"


@pytest.fixture
def outbox(founded: Path) -> Path:
    """The private folder with two addresses on record, and in its outbox a draft for each."""
    private = founded.parent / f"{founded.name}-private"
    (private / "outbox").mkdir(parents=True)
    (private / "addresses.csv").write_text(f"{A},a@a.example\n{B},b@b.example\n")
    for id, to in ((A, "a@a.example"), (B, "b@b.example")):
        put(private / "outbox", id, to)
    return private / "outbox"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[str]:
    with serving(mailbox) as place:
        yield place


def put(outbox: Path, id: str, to: str, words: str = "Où en êtes-vous ?\n.\nFin.\n") -> Path:
    path = outbox / f"{id}.eml"
    path.write_bytes(as_eml([Mail("[2026-001 r1] Notice: réponse", words)], to, sender=HERE))
    return path


def record(outbox: Path) -> list[dict[str, object]]:
    lines = (outbox.parent / "sent.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def waiting(outbox: Path) -> list[str]:
    return sorted(each.name for each in outbox.glob("*.eml"))


def said(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    words = (done.stdout + done.stderr).decode()
    assert done.returncode == code, words
    return " ".join(words.split())


@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--dry-run", "--yes")])
def test_without_being_told_to_it_only_lists_to_whom_what_would_go(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox, how: tuple[str, ...]
) -> None:
    words = said(govkit(founded, "send", "--server", server, *FAST, *how), 0)
    assert f"to send {A}, a@a.example: [2026-001 r1] Notice: réponse" in words
    assert f"2 mails to send, from {HERE}, by {server}" in words
    assert "Nothing was sent" in words
    assert mailbox.mails == []
    assert waiting(outbox) == [f"{A}.eml", f"{B}.eml"]


def test_what_went_out_is_noted_by_member_and_never_sent_twice(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    kept = (outbox / f"{A}.eml").read_bytes()
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 0)
    assert "2 mails sent, 0 refused." in words
    assert [to for to, _ in mailbox.mails] == [["a@a.example"], ["b@b.example"]]
    mail = message_from_bytes(mailbox.mails[0][1])
    assert mail.get_payload(decode=True).decode() == "Où en êtes-vous ?\r\n.\r\nFin.\r\n"  # type: ignore[union-attr]
    assert mail["X-Unsent"] is None
    assert mail["Date"]
    rows = record(outbox)
    assert [(row["state"], row["to"]) for row in rows] == [
        ("begun", [A]),
        ("sent", [A]),
        ("begun", [B]),
        ("sent", [B]),
    ]
    assert rows[1]["message_id"] == mail["Message-ID"]
    assert rows[1]["server"] == "250 2.0.0 queued as 17"
    assert "@a.example" not in (outbox.parent / "sent.jsonl").read_text()
    assert waiting(outbox) == []
    (outbox / "copy.eml").write_bytes(kept)  # the same mail, drafted again
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 0)
    assert f"sent {A}:" in words
    assert len(mailbox.mails) == 2


def test_a_refused_recipient_is_said_and_the_others_go_on(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    mailbox.refuses["a@a.example"] = "550 5.1.1 <a@a.example>: no such mailbox"
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 1)
    assert f"refused {A} (for good): 550 5.1.1" in words
    assert [to for to, _ in mailbox.mails] == [["b@b.example"]]
    assert record(outbox)[0]["state"] == "refused"
    assert "a@a.example" not in str(record(outbox))
    mailbox.refuses.clear()
    said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 0)
    assert [to for to, _ in mailbox.mails] == [["b@b.example"], ["a@a.example"]]


def test_where_the_line_breaks_within_a_mail_that_one_is_in_doubt_and_the_rest_goes_later(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    put(outbox, "z-third", "c@c.example")
    mailbox.breaks_after = 1
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 3)
    assert "1 mail sent, 0 refused, 2 not handed over to the end." in words
    mailbox.breaks_after = None
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 0)
    assert f"in doubt {B}:" in words
    assert [to for to, _ in mailbox.mails] == [["a@a.example"], ["c@c.example"]]
    said(govkit(founded, "send", "--server", server, *FAST, "--yes", "--again"), 0)
    assert [to for to, _ in mailbox.mails][2:] == [["b@b.example"]]
    said(govkit(founded, "send", "--server", server, *FAST, "--yes", "--again"), 0)
    assert len(mailbox.mails) == 3


def test_a_command_that_was_killed_between_mails_goes_on(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    said(govkit(founded, "send", str(outbox / f"{A}.eml"), "--server", server, *FAST, "--yes"), 0)
    done = outbox / "sent" / f"{A}.eml"
    done.rename(outbox / f"{A}.eml")  # killed after the server's answer, before the draft moved
    with (outbox.parent / "sent.jsonl").open("a") as file:
        file.write('{"digest": "half a li')  # and while it wrote
    said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 0)
    assert [to for to, _ in mailbox.mails] == [["a@a.example"], ["b@b.example"]]
    assert [row["state"] for row in record_lines(outbox)] == ["begun", "sent"] * 2


def record_lines(outbox: Path) -> list[dict[str, object]]:
    lines = (outbox.parent / "sent.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines if line.endswith("}")]


def test_a_slow_server_is_not_waited_for_longer_than_asked(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    mailbox.waits = 0.6
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes", "--timeout", "0.2"), 3)
    assert "did not answer to the end" in words
    assert [row["state"] for row in record(outbox)] == ["begun"]


def test_it_logs_in_over_starttls_with_a_password_that_is_no_option(
    govkit: Run, founded: Path, outbox: Path, mailbox: Mailbox, tmp_path: Path
) -> None:
    files = certificate(tmp_path, "127.0.0.1")
    (tmp_path / "word").write_text(f"{PASSWORD}\n")
    git(founded, "config", "govkit.smtp-user", USER)
    with serving(mailbox, files) as place:
        git(founded, "config", "govkit.smtp", place)
        trusted = {"SSL_CERT_FILE": str(files[0])}
        words = said(govkit(founded, "send", "--yes", **trusted), 2)
        assert "the password is not known" in words
        wrong = {"GOVKIT_SMTP_PASSWORD": "guessed"}
        words = said(govkit(founded, "send", "--yes", **trusted, **wrong), 3)
        assert "does not take this user and password" in words
        given = {"GOVKIT_SMTP_PASSWORD": PASSWORD}
        words = said(govkit(founded, "send", "--yes", **given), 3)
        assert "the certificate of 127.0.0.1 does not hold" in words
        assert mailbox.mails == []
        by_file = ("--password-file", str(tmp_path / "word"))
        said(govkit(founded, "send", "--yes", "--rate", "6000", *by_file, **trusted), 0)
    assert len(mailbox.mails) == 2
    assert PASSWORD not in (founded / ".git" / "config").read_text()


def test_a_certificate_of_another_name_is_refused(
    govkit: Run, founded: Path, outbox: Path, mailbox: Mailbox, tmp_path: Path
) -> None:
    files = certificate(tmp_path, "mail.elsewhere.example")
    with serving(mailbox, files) as place:
        words = said(
            govkit(founded, "send", "--server", place, "--yes", SSL_CERT_FILE=str(files[0])), 3
        )
    assert "the certificate of 127.0.0.1 does not hold" in words


def test_without_encryption_nothing_goes_to_another_machine(
    govkit: Run, founded: Path, outbox: Path, server: str
) -> None:
    words = said(govkit(founded, "send", "--server", "mail.example.org:25", *FAST, "--yes"), 2)
    assert "without encryption nothing is sent to mail.example.org" in words
    words = said(govkit(founded, "send", "--server", server, "--yes"), 3)
    assert "offers no STARTTLS" in words
    words = said(govkit(founded, "send", "--yes"), 2)
    assert "no mail server is named" in words


def rows(done: subprocess.CompletedProcess[bytes], code: int) -> dict[str, dict[str, object]]:
    """The answer for programs, by the names of the drafts."""
    assert done.returncode == code, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["version"], answer["server"]) == (1, answer["server"])
    return {Path(each["draft"]).name: each for each in answer["drafts"]}


def test_programs_read_what_became_of_each_and_today_says_what_is_left(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    def to_do() -> list[str]:
        done = govkit(founded, "today", "--format", "json")
        tasks = json.loads(done.stdout)["tasks"]
        return [each["what"] for each in tasks if each["kind"] == "send"]

    told = ("send", "--server", server, *FAST, "--format", "json")
    assert {each["state"] for each in rows(govkit(founded, *told), 0).values()} == {"ready"}
    [waits] = to_do()
    assert waits.startswith(f"2 drafts wait to be sent, to {A}, {B}.")
    put(outbox, "z-third", "c@c.example")
    (outbox / "unfit.eml").write_bytes(PLAIN + b"Cc: c@c.example\n\nx\n")
    mailbox.refuses["a@a.example"] = "550 5.1.1 <a@a.example>: no such mailbox"
    mailbox.breaks_after = 1
    found = rows(govkit(founded, *told, "--yes"), 3)
    assert {name: each["state"] for name, each in found.items()} == {
        f"{A}.eml": "refused",
        f"{B}.eml": "sent",
        "z-third.eml": "in-doubt",
        "unfit.eml": "unfit",
    }
    assert found[f"{A}.eml"]["lasting"] is True
    assert found[f"{B}.eml"]["answer"] == "250 2.0.0 queued as 17"
    assert found["unfit.eml"]["fault"] == "it has a line `Cc:`; a draft goes to one person"
    doubt, unfit, refused = to_do()
    assert refused.startswith(f"the mail server refused the draft {A}.eml, to {A}: 550 5.1.1")
    assert doubt == "nobody can tell whether the draft z-third.eml went out: ask z-third"
    assert unfit.startswith("the draft unfit.eml can't be sent: it has a line `Cc:`")


PLAIN = b"From: agora@example.org\nTo: a@a.example\nSubject: x\n"


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (PLAIN + b"Bcc: c@c.example\n\nx\n", "has a line `Bcc:`"),
        (PLAIN + b"Cc: c@c.example\n\nx\n", "has a line `Cc:`"),
        (PLAIN + b"To: c@c.example\n\nx\n", "needs one line `To:`"),
        (PLAIN.replace(b"x\n", b"x\rBcc: c@c.example\n") + b"\nx\n", "a sign in it"),
        (PLAIN.replace(b"a@a", b"a@a.example, c@c") + b"\nx\n", "name one address"),
        (PLAIN.replace(b"To: ", b"To: <x@x.example> ") + b"\nx\n", "name one address"),
        (PLAIN.replace(b"From: agora@example.org\n", b"") + b"\nx\n", "one line `From:`"),
        (PLAIN + b"\nDear [name of the member],\n", "`[name of the member]` still has to be"),
        (PLAIN.replace(b": x", b": TODO") + b"\nx\n", "`TODO` still has to be written"),
        (PLAIN + b"no field\n\nx\n", "its head has a line that is none"),
        (PLAIN + b"\n" + b"x" * 999 + b"\n", "longer than 998 bytes"),
        (b"", "its head has a line that is none"),
    ],
)
def test_a_draft_that_is_unfinished_or_names_others_is_not_sent(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox, draft: bytes, why: str
) -> None:
    (outbox / f"{A}.eml").write_bytes(draft)
    words = said(govkit(founded, "send", "--server", server, *FAST, "--yes"), 1)
    assert why in words
    assert [to for to, _ in mailbox.mails] == [["b@b.example"]]


def test_lines_of_the_head_that_govkit_does_not_know_stay_here(
    govkit: Run, founded: Path, outbox: Path, server: str, mailbox: Mailbox
) -> None:
    (outbox / f"{A}.eml").write_bytes(PLAIN + b"X-Note: private\nResent-To: c@c.example\n\nx\n")
    said(govkit(founded, "send", str(outbox / f"{A}.eml"), "--server", server, *FAST, "--yes"), 0)
    [(to, mail)] = mailbox.mails
    assert to == ["a@a.example"]
    assert b"private" not in mail
    assert b"c@c.example" not in mail


def test_the_program_of_the_machine_takes_them_too(
    govkit: Run, founded: Path, outbox: Path, tmp_path: Path
) -> None:
    program = tmp_path / "sendmail"
    program.write_text(
        f'#!/bin/sh\n[ "$5" = b@b.example ] && {{ echo full >&2; exit 75; }}\n'
        f'echo "$@" >> {tmp_path}/asked\ncat > {tmp_path}/mail\n'
    )
    program.chmod(0o755)
    words = said(govkit(founded, "send", "--sendmail", str(program), "--yes", "--rate", "6000"), 1)
    assert f"refused {B}" in words
    assert (tmp_path / "asked").read_text() == f"-i -f {HERE} -- a@a.example\n"
    assert "Message-ID: <" in (tmp_path / "mail").read_text()


def test_drafts_inside_the_public_folder_are_not_sent(
    govkit: Run, founded: Path, outbox: Path
) -> None:
    put(founded, "draft", "a@a.example")
    words = said(govkit(founded, "send", str(founded), "--yes"), 2)
    assert "drafts name addresses" in words
