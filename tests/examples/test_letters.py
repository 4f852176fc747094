"""The last letters of a round: receipts, what is held back, the decision. By `govkit letters`."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from govkit.correspondence.ballot_letters import BETWEEN_LETTERS
from govkit.log.periods import instant_of
from govkit.procedures.proposals.stale_drafts import PARTLY_REPLACED
from govkit.store.private_rows import RECEIPTS
from tests.command import started
from tests.vouching import vouch_for_all

PROPOSAL = "2026-001"
OPEN, SECONDED, DECIDED, TOLD = (
    f"2026-06-{day}:00:00Z" for day in ("05T08", "05T09", "16T12", "16T13")
)
ADDRESSES = (
    "example-chat,c@chat.example,fr\nexample-ombuds-office,o@ombuds.example\n"
    "example-network-lab,l@lab.example,es\nb-example,b@b.example\n"
)
BY_A = ("--by", "a-example")
Govkit = Callable[..., str]


@pytest.fixture
def govkit(played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Govkit:
    """Run govkit in a copy of the round, whose coordinators have some addresses on record."""
    shutil.copytree(played, tmp_path / "agora")
    (tmp_path / "private").mkdir()
    (tmp_path / "private/addresses.csv").write_text(ADDRESSES, encoding="utf-8")
    monkeypatch.setenv("GOVKIT_PRIVATE", str(tmp_path / "private"))
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*words: str, now: str = "") -> str:
        at = ("--now", now) if now else ()
        done: subprocess.CompletedProcess[str] = started(
            [sys.executable, "-m", "govkit", "-C", str(tmp_path / "agora"), *words, *at],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return str(done.stdout)

    return run


def written(govkit: Govkit, now: str, *words: str) -> dict[str, EmailMessage]:
    """Write what is owed, and return the mails by the names of their files."""
    found: dict[str, Any] = json.loads(govkit("letters", *words, "--format", "json", now=now))
    mails = {}
    for each in found["letters"]:
        data = Path(each["file"]).read_bytes()
        mail = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        mails[Path(each["file"]).stem] = mail
    return mails


def flat(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return flat_words(str(body.get_content()))


def flat_words(words: str) -> str:
    return " ".join(words.split())


def test_a_position_that_was_written_down_has_a_receipt_and_another_when_it_is_countersigned(
    govkit: Govkit, played: Path, tmp_path: Path
) -> None:
    written(govkit, OPEN)
    paper = ("--source", str(tmp_path / "private/addresses.csv"))
    lab = ("consent", "example-network-lab", PROPOSAL, "consent", *paper, "--by", "a-example")
    govkit(*lab, now=OPEN)
    [(name, first)] = written(govkit, OPEN).items()
    assert (name, first["To"]) == (f"receipt-{PROPOSAL}-example-network-lab", "l@lab.example")
    said = flat(first)
    assert "esto no cuenta: una segunda persona de la coordinación tiene que mirar" in said
    assert "govkit countersign" not in said
    assert "comprobarlo, responda" in said
    assert [*first.iter_attachments()] == [], "it is not sealed yet"
    key = played.parent / "keys/c-example"
    vouch_for_all(tmp_path / "agora", "c-example", key, instant_of(SECONDED))
    govkit(
        "seal", "--key", str(played.parent / "keys/a-example"), "--by", "a-example", now=SECONDED
    )
    [second] = written(govkit, SECONDED).values()
    asked = ("send", "--dry-run", "--server", "mail.example:25", "--format", "json")
    drafts = json.loads(govkit(*asked))["drafts"]
    states = {Path(each["draft"]).stem: each["state"] for each in drafts}
    assert states[name] == "held-back", "it says that the position does not count yet"
    assert states[f"{name}-2"] == "ready"
    of_intake = tmp_path / "private/outbox/example-network-lab.eml"
    of_intake.write_bytes(first.as_bytes() + BETWEEN_LETTERS + b"Which box did you mean?")
    row = {"draft": str(of_intake)}
    (tmp_path / "private" / RECEIPTS).write_text(json.dumps(row) + "\n")
    [held] = [e for e in json.loads(govkit(*asked))["drafts"] if e["draft"] == str(of_intake)]
    assert (held["state"], held["fault"]) == ("held-back", PARTLY_REPLACED)
    waiting = flat_words(govkit("today", now=SECONDED))
    assert "take that receipt out of it: example-network-lab.eml" in waiting
    said = flat(second)
    assert (
        "c-example, ha mirado la prueba de su posición, y ha firmado esto: «The minutes.»" in said
    )
    assert "Tal como está ahora, esto cuenta." in said
    [proof] = second.iter_attachments()
    file = tmp_path / str(proof.get_filename())
    file.write_bytes(proof.get_payload(decode=True))
    assert "Nothing failed." in govkit("receipt", "verify", str(file))


def test_a_correction_has_one_receipt_with_both_words_the_reason_and_which_counts(
    govkit: Govkit, played: Path, tmp_path: Path
) -> None:
    written(govkit, OPEN)
    paper = ("--source", str(tmp_path / "private/addresses.csv"))
    lab = ("consent", "example-network-lab", PROPOSAL, "consent", *paper, "--by", "a-example")
    govkit(*lab, now=OPEN)
    wrong = f"{PROPOSAL}/positions/example-network-lab-02"
    right = ("abstain", "--channel", "paper", "--reason", "The wrong box.", "--by", "a-example")
    govkit("correct", wrong, *right, now=OPEN)
    [first] = written(govkit, OPEN).values()
    said = flat(first)
    record = "positions/example-network-lab-02"
    for words in (
        "ha corregido",
        f"Esto corrige {record} (número",
        "The wrong box.",
        "Lo que se había registrado: example-network-lab consiente",
        "(una reunión)",
        "Lo que es correcto: example-network-lab se abstiene",
        "(un papel)",
    ):
        assert words in said
    key = played.parent / "keys/c-example"
    vouch_for_all(tmp_path / "agora", "c-example", key, instant_of(SECONDED))
    [second] = written(govkit, SECONDED).values()
    assert f"cuentan las palabras correctas, y {record} ya no cuenta" in flat(second)
    assert "Hasta que una segunda persona" not in flat(second)


def test_a_moment_of_receipt_that_was_put_right_is_told_once_it_counts(
    govkit: Govkit, played: Path, tmp_path: Path
) -> None:
    written(govkit, OPEN)
    paper = ("--source", str(tmp_path / "private/addresses.csv"), "--received", "2026-06-04")
    govkit("consent", "example-network-lab", PROPOSAL, "consent", *paper, *BY_A, now=OPEN)
    key = played.parent / "keys/c-example"
    vouch_for_all(tmp_path / "agora", "c-example", key, instant_of(OPEN))
    written(govkit, OPEN)
    slip = ("--received", "2026-06-03", "--reason", "The stamp on the letter.")
    wrong = f"{PROPOSAL}/positions/example-network-lab-02"
    govkit("correct", wrong, *slip, *BY_A, now=SECONDED)
    assert written(govkit, SECONDED) == {}, "nobody has vouched for it"
    seen = ("--seen", "The stamp.", "--key", str(key), "--by", "c-example")
    govkit("countersign", f"{PROPOSAL}/corrections/01", *seen, now=SECONDED)
    [mail] = written(govkit, SECONDED).values()
    assert "Se había registrado mal cuándo llegó su posición." in flat(mail)
    assert "Llegó en realidad 2026-06-03T12:00:00Z" in flat(mail)
    assert written(govkit, SECONDED) == {}


def test_nothing_is_written_to_an_address_from_which_a_mail_came_back(
    govkit: Govkit, tmp_path: Path
) -> None:
    row = {"key": "1", "member": "b-example", "address": "b@b.example", "lasting": True}
    (tmp_path / "private/returned.jsonl").write_text(json.dumps(row) + "\n")
    govkit("decide", PROPOSAL, "--apply", "--by", "a-example", now=DECIDED)
    found = govkit("letters", "--dry-run", now=TOLD)
    assert "Held back, as a mail to them came back (--again): b-example" in found
    assert f"decided-{PROPOSAL}-b-example" not in written(govkit, TOLD)
    assert f"decided-{PROPOSAL}-b-example" in written(govkit, TOLD, "--again")
    said = govkit("send", "--dry-run")
    theirs = [each for each in said.splitlines() if "b-example" in each]
    assert theirs
    assert all(each.startswith("  held back b-example: ") for each in theirs)
    again = govkit("send", "--dry-run", "--again")
    assert "  to send   b-example, b@b.example" in again
    assert "are held back; --again writes" in govkit("today", now=TOLD).replace("\n     ", "")


def test_a_decision_is_told_to_each_with_their_own_position_as_it_was_counted(
    govkit: Govkit,
) -> None:
    written(govkit, OPEN)
    late = ("--unit", "AGP-NTC-01", "--received", "2026-06-10T08:00Z", "--by", "a-example")
    govkit("consent", "example-chat", PROPOSAL, "abstain", *late, now=DECIDED)
    govkit("decide", PROPOSAL, "--apply", "--by", "a-example", now=DECIDED)
    told = written(govkit, TOLD)
    chat, ombuds, other = (
        flat(told[f"decided-{PROPOSAL}-{each}"])
        for each in ("example-chat", "example-ombuds-office", "b-example")
    )
    assert "AGP-CMP-01 : vous avez fait objection. Numéro 45 du journal. Elle a été com" in chat
    assert "n’a pas été comptée : elle est arrivée après la clôture" in chat
    assert "Pour AGP-NTC-01, votre position du mercredi 27 mai 2026 a été comptée : vous av" in chat
    assert "déclaration minoritaire" in chat
    assert "adopté malgré un désaccord" in chat
    assert "5 of 7 voices were heard. Objections by Example Chat Ltd." in ombuds
    assert "nothing from you was counted. You are printed as not heard" in ombuds
    assert "It was not counted: your organisation has one voice" in other
    assert "not heard;" not in other
    assert f"governance/proposals/{PROPOSAL}/decision.yaml" in ombuds
    assert written(govkit, TOLD) == {}


def test_a_decision_says_of_an_objection_that_its_author_withdrew_it(
    govkit: Govkit, played: Path, tmp_path: Path
) -> None:
    written(govkit, OPEN)
    paper = ("--source", str(tmp_path / "private/addresses.csv"), "--withdraws-objection")
    said = govkit("consent", "example-chat", PROPOSAL, "consent", *paper, *BY_A, now=OPEN)
    assert "stands until this position counts: to take it back asks" in flat_words(said)
    key = played.parent / "keys/c-example"
    vouch_for_all(tmp_path / "agora", "c-example", key, instant_of(SECONDED))
    govkit("decide", PROPOSAL, "--apply", *BY_A, now=DECIDED)
    told = flat(written(govkit, TOLD)[f"decided-{PROPOSAL}-example-ombuds-office"])
    assert "Objections by Example Chat Ltd (withdrawn)." in told


def test_the_author_of_a_comment_is_told_when_two_hold_it_back_and_when_it_is_shown_again(
    govkit: Govkit, played: Path
) -> None:
    written(govkit, OPEN)
    who = ("--who", "a-example", "--who", "c-example", "--by", "a-example")
    reason = ("--reason", "It names a person.")
    ground = ("--ground", "personal-data")
    held = govkit("comment", "hold-back", "4", *ground, *reason, *who, now=OPEN)
    assert "Next: tell the author, when all have signed: `govkit letters` writes the mail" in held
    assert written(govkit, OPEN) == {}, "nobody has signed it"

    def signed(act: str) -> dict[str, EmailMessage]:
        for id in ("a-example", "c-example"):
            key = str(played.parent / "keys" / id)
            govkit("sign", f"{PROPOSAL}/acts/{act}", "--key", key, "--by", id, now=OPEN)
        return written(govkit, OPEN)

    [mail] = signed(last_act(held)).values()
    assert mail["To"] == "c@chat.example"
    assert "est retenu par a-example et c-example. Le fondement : données perso" in flat(mail)
    shown = govkit("comment", "restore", "4", *reason, *who, now=OPEN)
    [mail] = signed(last_act(shown)).values()
    assert "est de nouveau montré" in flat(mail)


def last_act(said: str) -> str:
    """The number of the act that a command has filed."""
    return said.partition("/acts/")[2][:2]
