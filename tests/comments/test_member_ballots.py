"""`govkit propose ballots`: a mail for each member, and what becomes of its answer."""

from __future__ import annotations

import email
import email.policy
import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from govkit.cli.main import _run
from govkit.source.html_text import read_page
from tests.ballots.messages import eml, mark, quoted, with_reason

from .conftest import COORDINATOR, Run, as_json, ok
from .proposal_folder import PROPOSAL, TEXTS

NOW = ("--now", "2026-03-20T12:00:00Z")
ADDRESSES = {
    "example-institute": "i@institute.example",
    "example-society": "s@society.example",
    "other-society": "o@other.example",
}
Write = Callable[..., dict[str, EmailMessage]]


@pytest.fixture
def outbox(texts: Path, run: Run, tmp_path: Path) -> Write:
    """Write the ballots, and return the mails by member."""
    lines = "".join(f"{member},{address}\n" for member, address in ADDRESSES.items())
    (texts.parent / "texts-private/addresses.csv").write_text(lines, encoding="utf-8")

    def written(*words: str, now: tuple[str, str] = NOW) -> dict[str, EmailMessage]:
        folder = tmp_path / "outbox"
        shutil.rmtree(folder, ignore_errors=True)
        ok(run("ballots", PROPOSAL, *words, "-o", folder, *now, of="propose", by=None))
        begin = f"ballot-{PROPOSAL}-r2-"
        return {
            path.stem.removeprefix(begin): read(path.read_bytes())
            for path in sorted(folder.iterdir())
        }

    return written


def read(data: bytes) -> EmailMessage:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def test_today_names_who_has_no_ballot_of_the_revision_until_it_is_drafted(
    outbox: Write, run: Run
) -> None:
    def waiting() -> list[tuple[str, str]]:
        shown = as_json(run(*NOW, "--format", "json", of="today", by=None))
        return [
            (each["what"].partition(" here for ")[2], each["command"])
            for each in shown["tasks"]
            if each["kind"] == "ballot"
        ]

    command = f"govkit propose ballots {PROPOSAL}"
    assert waiting() == [("example-institute, example-society, other-society", command)]
    outbox("other-society")
    assert waiting() == [("example-institute, example-society", command)]
    outbox()
    assert waiting() == []


def test_today_asks_for_no_ballots_where_the_first_revision_is_lost(
    outbox: Write, texts: Path, run: Run
) -> None:
    shutil.rmtree(texts / f"governance/proposals/{PROPOSAL}/rev-1")
    shown = as_json(run(*NOW, "--format", "json", of="today", by=None))
    assert [each for each in shown["tasks"] if each["kind"] in ("ballot", "remind")] == []


def words_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def flat(mail: EmailMessage, kind: str = "plain") -> str:
    return " ".join(words_of(mail, kind).split())


def test_each_member_gets_one_mail_with_text_page_and_redline(outbox: Write) -> None:
    mails = outbox()
    assert [*mails] == sorted(ADDRESSES)
    for member, mail in mails.items():
        assert (mail["To"], mail["From"]) == (ADDRESSES[member], "comments@example.org")
        assert mail["Subject"].startswith("[2026-003 r2] Earlier notice: where do you stand?")
        [redline] = mail.iter_attachments()
        assert redline.get_filename() == "redline-2026-003-r2.pdf"
        assert redline.get_content().startswith(b"%PDF-")
        said = flat(mail)
        assert "the end of Wednesday 8 April 2026, anywhere on earth" in said
        assert "The log of the register was empty before this announcement." in said
        assert "sign it with ssh-keygen" in said
        assert "Who says nothing is printed as not heard." in said
        assert "What changed since you spoke" not in said
        assert all(len(line) <= 76 for line in words_of(mail).split("\n") if "sha256" not in line)


def test_the_page_loads_nothing_and_says_what_the_text_says(outbox: Write) -> None:
    mail = outbox("example-institute")["example-institute"]
    page = words_of(mail, "html")
    assert re.findall(r"(?:src|href|url|@import|<script|<img|<link)\b", page) == []
    assert '<html lang="en">' in page
    anchors = re.findall(r'id="([^"]*)"', page)
    assert len(anchors) == len(set(anchors))
    text, seen = words_of(mail), read_page(page)
    assert seen.exact
    block = text[text.index("-=-=-= reply") :].rstrip()
    assert block.split("\n")[:2] == seen.text[seen.text.index("-=-=-= reply") :].split("\n")[:2]
    for words in (*TEXTS, "Exception: where the law forbids it", "{notice_days}: 10 days"):
        assert words in text
        assert words in seen.text


def test_the_same_moment_gives_the_same_bytes(texts: Path, outbox: Write) -> None:
    first = {member: mail.as_bytes() for member, mail in outbox().items()}
    assert {member: mail.as_bytes() for member, mail in outbox().items()} == first


def answer(
    texts: Path, text: str, sender: str, kind: str, capsys: Any, *how: str
) -> dict[str, Any]:
    raw = eml(text, sender=sender, subject="Re: [2026-003 r2] x", kind=kind)
    raw = raw.replace(b"mx.agora.example", b"lists.example.org").replace(b"1 Jun", b"16 Mar")
    file = texts.parent / "answer.eml"
    file.write_bytes(raw)
    capsys.readouterr()
    by = ("--by", COORDINATOR, *NOW, "--format", "json")
    _run(["-C", str(texts), "intake", str(file), *(how or ("--dry-run",)), *by])
    [row] = json.loads(capsys.readouterr().out)["mails"]
    found: dict[str, Any] = row
    return found


PLAIN, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"
WROTE = "On Mon, 16 Mar 2026 at 09:00, Agora <comments@example.org> wrote:"


def test_every_mail_answered_below_or_above_gives_the_position(
    texts: Path, outbox: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    for member, mail in outbox().items():
        ours = words_of(mail)
        block = ours[ours.index("-=-=-= reply") :]
        marked = with_reason(mark(block, "object"), "Too long.")
        above = f"{marked}\n\n{WROTE}\n{quoted(ours)}\n"
        below = f"{WROTE}\n{quoted(ours)}\n\n{marked}"
        inside = f"{WROTE}\n{quoted(ours.replace(block, marked))}\n"
        for text in (above, below, inside):
            found = answer(texts, text, ADDRESSES[member], PLAIN, capsys)
            assert (found["member"], found["position"]) == (member, "object"), found
            assert found["reason"] == "Too long."
        page = words_of(mail, "html").partition("<body>")[2].partition("</body>")[0]
        marked_page = page.replace("[ ] abstain", "[x] abstain")
        wrote = WROTE.replace("<", "&lt;").replace(">", "&gt;")
        quotes = f"<div>{wrote}</div><blockquote type='cite'>{marked_page}</blockquote>"
        found = answer(texts, quotes, ADDRESSES[member], PAGE, capsys)
        assert (found["member"], found["position"]) == (member, "abstain"), found


def test_who_spoke_about_an_earlier_revision_reads_what_changed_since(
    texts: Path, run: Run, outbox: Write
) -> None:
    said = ("example-institute", PROPOSAL, "consent", "--revision", "1")
    shown = ("--received", "2026-03-12T10:00:00Z", *NOW)
    ok(run(*said, *shown, of="consent"))
    mails = outbox(now=("--now", "2026-03-21T12:00:00Z"))
    words = flat(mails["example-institute"])
    begin, end = words.index("What changed since you spoke"), words.index("What is proposed")
    since = words[begin:end]
    assert "to revision 1 you said: Consent. Since then these words changed" in since
    assert "before: 7" in since
    assert "after: 10" in since
    assert "Newest entry of the log before this announcement: number 2," in words
    assert "What changed since you spoke" in words_of(mails["example-institute"], "html")
    assert "What changed since you spoke" not in flat(mails["other-society"])


def test_a_member_without_an_address_is_named_and_a_stranger_refused(
    texts: Path, run: Run, outbox: Write
) -> None:
    (texts.parent / "texts-private/addresses.csv").write_text("other-society,o@other.example\n")
    done = run("ballots", PROPOSAL, "--dry-run", *NOW, of="propose", by=None)
    assert done.returncode == 1
    assert "No address on record: example-institute" in done.stdout
    refused = run("ballots", PROPOSAL, "nobody", *NOW, of="propose", by=None)
    assert refused.returncode == 2
    assert "`nobody` has no voice about 2026-003" in refused.stderr
    inside = run("ballots", PROPOSAL, "-o", texts / "x", *NOW, of="propose", by=None)
    assert "lies inside the public folder" in inside.stderr


def test_a_ballot_goes_again_to_an_address_from_which_one_came_back_where_it_is_asked_for(
    texts: Path, outbox: Write
) -> None:
    row = {"key": "1", "member": "other-society", "address": "o@other.example", "lasting": True}
    (texts.parent / "texts-private/returned.jsonl").write_text(json.dumps(row) + "\n")
    written = outbox("--again")
    assert written["other-society"]["To"] == "o@other.example"


def test_a_ballot_is_held_back_from_an_address_from_which_one_came_back(
    texts: Path, run: Run, outbox: Write
) -> None:
    outbox()
    row = {"key": "1", "member": "other-society", "address": "o@other.example", "lasting": True}
    (texts.parent / "texts-private/returned.jsonl").write_text(json.dumps(row) + "\n")
    done = run("ballots", PROPOSAL, "--dry-run", *NOW, of="propose", by=None)
    assert done.returncode == 1
    assert "Held back, as a mail to them came back: other-society (--again)" in done.stdout
    assert f"ballot-{PROPOSAL}-r2-other-society.eml" not in done.stdout


IN_WORDS = {
    "es": ("objeción", "abstención", "Consiento en", "Cierre", "su posición se ha registrado"),
    "fr": (
        "objection",
        "abstention",
        "Je consens à",
        "Clôture",
        "votre position a été enregistrée",
    ),
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_a_member_is_written_to_in_their_language_and_their_answer_is_read(
    texts: Path, outbox: Write, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    object_, abstain, sentence, _, _ = IN_WORDS[language]
    private, at = texts.parent / "texts-private/addresses.csv", "o@other.example"
    private.write_text(f"other-society,{at},{language}\n", encoding="utf-8")
    mail = outbox("other-society")["other-society"]
    ours, page = words_of(mail), words_of(mail, "html")
    assert f'<html lang="{language}">' in page
    assert all(len(line) <= 76 for line in ours.split("\n") if "sha256" not in line)
    block = ours[ours.index("-=-=-=") :]
    assert read_page(page).exact
    reason = next(line for line in block.split("\n") if line.startswith("Moti"))
    marked = block.replace(f"[ ] {object_}", f"[x] {object_}").replace(reason, f"{reason} Non.")
    assert marked.count("[x]") == 1
    decomposed = unicodedata.normalize("NFD", marked)
    for text in (
        f"{marked}\n\n{WROTE}\n{quoted(ours)}\n",
        f"{WROTE}\n{quoted(ours.replace(block, marked))}\n",
        f"{decomposed}\n",
    ):
        found = answer(texts, text, at, PLAIN, capsys)
        assert (found["position"], found["reason"]) == ("object", "Non."), found
    marked_page = page.replace(f"[ ] {abstain}", f"[x] {abstain}")
    found = answer(texts, marked_page, at, PAGE, capsys)
    assert found["position"] == "abstain", found
    for code in (block.partition("code ")[2] or block.partition("código ")[2]).split()[:1]:
        found = answer(texts, f"{sentence} {PROPOSAL} {code}.\n", at, PLAIN, capsys)
        assert found["position"] == "consent", found
        found = answer(texts, f"{sentence} {PROPOSAL}\n", at, PLAIN, capsys)
        assert found["query"], found


@pytest.mark.parametrize("language", IN_WORDS)
def test_receipts_and_questions_are_in_the_language_of_the_member(
    texts: Path, outbox: Write, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    object_, *_, registered = IN_WORDS[language]
    private, at = texts.parent / "texts-private", "o@other.example"
    (private / "addresses.csv").write_text(f"other-society,{at},{language}\n", encoding="utf-8")
    ours = words_of(outbox("other-society")["other-society"])
    block = ours[ours.index("-=-=-=") :]
    for box in ("[?!]", "[x]"):
        text = block.replace(f"[ ] {object_}", f"{box} {object_}")
        answer(texts, text, at, PLAIN, capsys, "--yes", "-o", f"{private}/outbox")
    question, receipt = (
        read((private / f"outbox/other-society{each}.eml").read_bytes()) for each in ("", "-2")
    )
    assert block.split("\n")[0] in words_of(question)
    assert receipt["Subject"] == f"[2026-003 r2] Earlier notice: {registered}"


def test_a_language_without_words_is_told(texts: Path, run: Run, outbox: Write) -> None:
    private = texts.parent / "texts-private/addresses.csv"
    private.write_text("other-society,o@other.example,tlh\n")
    words = ("ballots", PROPOSAL, "other-society", "--dry-run", *NOW)
    assert "No words in `tlh`" in ok(run(*words, of="propose", by=None))
    answer = as_json(run(*words, "--format", "json", of="propose", by=None))
    assert [each["member"] for each in answer["ballots"]] == ["other-society"]
