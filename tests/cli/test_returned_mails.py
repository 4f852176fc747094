"""Mails that came back: whom they did not reach, for good or for now; never anybody's word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run, report
from .register import BY_A, NOW, A, B, log

OURS = "<0123456789abcdef0123456789abcdef01234567@example.org>"
HEAD = "To: agora@example.org\nMIME-Version: 1.0\nMessage-ID: <{id}@mx.example>\n"
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\n"
BALLOT = "I consent to 2026-001 k7f3-9q2m\n"


def delivery_report(fields: str, original: str, sender: str = DAEMON, how: str = "rfc822") -> str:
    kind = "message/rfc822" if how == "rfc822" else "text/rfc822-headers"
    return (
        f"{sender}Subject: Undelivered Mail Returned to Sender\n{HEAD}"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=zz\n\n"
        "--zz\n\nYour mail could not be delivered.\n"
        f"--zz\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\n{fields}\n"
        f"--zz\nContent-Type: {kind}\n\n{original}\n\n{BALLOT}--zz--\n"
    )


def free(subject: str, words: str, sender: str = DAEMON, more: str = "") -> str:
    return f"{sender}Subject: {subject}\n{more}{HEAD}\n{words}\n"


MINE = f"From: agora@example.org\nTo: b@b.example\nMessage-ID: {OURS}\nSubject: Receipt"
OTHER = "From: agora@example.org\nTo: b@b.example\nSubject: typed in a mail program"
TO_B = "Final-Recipient: rfc822; b@b.example\n"

# name, mail, member, draft known, for good, status
RETURNED = [
    (
        "no such mailbox, by RFC 3464",
        delivery_report(TO_B + "Action: failed\nStatus: 5.1.1\n", MINE),
        True,
        True,
        "5.1.1",
    ),
    (
        "a full mailbox that was given up",
        delivery_report(TO_B + "Action: failed\nStatus: 5.2.2\n", MINE, how="headers"),
        True,
        True,
        "5.2.2",
    ),
    (
        "only late",
        delivery_report(TO_B + "Action: delayed\nStatus: 4.4.1\n", MINE),
        True,
        False,
        "4.4.1",
    ),
    (
        "our mail was not sent by govkit",
        delivery_report(TO_B + "Action: failed\nStatus: 5.1.1\n", OTHER),
        False,
        True,
        "5.1.1",
    ),
    (
        "passed on to another address that does not exist; the Message-ID tells",
        delivery_report(
            "Final-Recipient: rfc822; x@elsewhere.example\nAction: failed\nStatus: 5.1.1\n", MINE
        ),
        True,
        True,
        "5.1.1",
    ),
    (
        "an address in other letters",
        delivery_report(
            "Original-Recipient: rfc822;B@B.example\nAction: failed\nStatus: 5.7.1\n", OTHER
        ),
        False,
        True,
        "5.7.1",
    ),
    (
        "free words with a reply code",
        free(
            "failure notice",
            "I'm afraid I wasn't able to deliver your message.\n\n<b@b.example>:\n"
            "203.0.113.9 said: 550 No such user here\n\n--- Below this line is a copy\n\n" + MINE,
        ),
        True,
        True,
        "550",
    ),
    (
        "free words with the recipient in the head",
        free(
            "Mail delivery failed: returning message to sender",
            "The following address failed:\n  b@b.example\n    Unrouteable address\n",
            more="X-Failed-Recipients: b@b.example\n",
        ),
        False,
        True,
        "",
    ),
    (
        "free words that warn",
        free(
            "Warning: message delayed 24 hours",
            "A message that you sent has not yet been delivered to b@b.example.\n"
            "The server is still trying.\n",
        ),
        False,
        False,
        "",
    ),
    (
        "a temporary code in free words",
        free("Delivery status", "<b@b.example>: 451 4.7.1 greylisted, try later\n\n" + MINE),
        True,
        False,
        "4.7.1",
    ),
    (
        "from a postmaster, with the ballot quoted",
        free(
            "Undeliverable: [2026-001 r1] Notice",
            "Delivery has failed to these recipients: b@b.example\n"
            f"Remote server returned '550 5.1.10 not found'\n\n{BALLOT}",
            sender="From: postmaster@b.example\n",
        ),
        False,
        True,
        "5.1.10",
    ),
    (
        "the ballot of a member at the top, in a report",
        free("Returned mail", f"{BALLOT}\nb@b.example 552 5.2.3 too large\n"),
        False,
        True,
        "5.2.3",
    ),
]


@pytest.fixture
def desk(founded: Path) -> Path:
    """The coalition, two addresses on record, and one mail that `send` handed over."""
    private = founded.parent / f"{founded.name}-private"
    private.mkdir()
    (private / "addresses.csv").write_text(f"{A},a@a.example\n{B},b@b.example\n")
    row = {"digest": "0" * 64, "message_id": OURS, "to": [B], "draft": f"{B}.eml", "state": "sent"}
    (private / "sent.jsonl").write_text(json.dumps(row) + "\n")
    (founded.parent / "mails").mkdir()
    return founded


def put(desk: Path, *mails: str) -> str:
    for number, each in enumerate(mails, 1):
        words = each.replace("{id}", f"{number:02}").replace("\n", "\r\n")
        (desk.parent / "mails" / f"{number:02}.eml").write_bytes(words.encode())
    return str(desk.parent / "mails")


def test_each_says_whom_it_did_not_reach_and_whether_for_good(govkit: Run, desk: Path) -> None:
    before = log(desk)
    place = put(desk, *(mail for _, mail, *_ in RETURNED))
    answer = report(govkit(desk, "intake", place, "--yes", *BY_A, "--format", "json"))
    rows = answer["mails"]
    found = [(each["became"], each.get("member"), each.get("lasting")) for each in rows]
    expected = [("returned", B, lasting) for _, _, _, lasting, _ in RETURNED]
    assert dict(zip((case[0] for case in RETURNED), found, strict=True)) == dict(
        zip((case[0] for case in RETURNED), expected, strict=True)
    )
    kept = (desk.parent / f"{desk.name}-private" / "returned.jsonl").read_text().splitlines()
    said = [(bool(row["draft"]), row["status"]) for row in map(json.loads, kept)]
    assert said == [(known, status) for _, _, known, _, status in RETURNED]
    assert log(desk) == before
    report(govkit(desk, "intake", place, "--yes", *BY_A, "--format", "json"))
    again = (desk.parent / f"{desk.name}-private" / "returned.jsonl").read_text().splitlines()
    assert again == kept


AWAY = free("Away", "Back on Monday.\n", "From: b@b.example\n", "Auto-Submitted: auto-replied\n")
READ = delivery_report("Disposition: displayed\n", MINE).replace("delivery-status;", "x;")
DELIVERED = delivery_report(TO_B + "Action: delivered\nStatus: 2.0.0\n", MINE)
ASKED = free("A question", "Where can I read it?\n", "From: postmaster@c.example\n")


@pytest.mark.parametrize(
    "mail", [AWAY, DELIVERED, READ, ASKED], ids=["away", "delivered", "read", "a person"]
)
def test_what_only_looks_like_it_is_none(govkit: Run, desk: Path, mail: str) -> None:
    answer = govkit(desk, "intake", put(desk, mail), "--yes", *BY_A, "--format", "json")
    [row] = json.loads(answer.stdout)["mails"]
    assert row["became"] in ("automatic", "free", "asked")
    assert not (desk.parent / f"{desk.name}-private" / "returned.jsonl").exists()


def test_today_names_the_member_until_the_address_on_record_is_another(
    govkit: Run, desk: Path
) -> None:
    def waits() -> list[str]:
        tasks = report(govkit(desk, "today", "--now", NOW, "--format", "json"))["tasks"]
        return [each["what"] for each in tasks if each["kind"] == "address"]

    assert waits() == []
    done = govkit(desk, "intake", put(desk, RETURNED[0][1]), "--yes", *BY_A)
    assert f"A mail to {B} could not be delivered (5.1.1), draft {B}.eml" in done.stdout.decode()
    assert done.returncode == 0
    [said] = waits()
    assert said.startswith(f"A mail to {B} could not be delivered (5.1.1).")
    (desk.parent / f"{desk.name}-private" / "addresses.csv").write_text(f"{B},new@b.example\n")
    assert waits() == []
