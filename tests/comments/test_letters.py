"""`govkit letters`: what each is told by mail, once, in their language."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run, as_json, ok
from .proposal_folder import PROPOSAL
from .test_member_ballots import flat, read, words_of
from .test_reminders import BEGUN, commented

__all__ = ["commented"]

Letters = Callable[..., dict[str, EmailMessage]]
EARLY, NOW, LATER = (("--now", f"2026-03-{day}T12:00:00Z") for day in ("16", "20", "25"))
SOCIETY, INSTITUTE = "example-society", "example-institute"
LINES = f"{SOCIETY},s@society.example\n{INSTITUTE},i@institute.example,fr\n"
OUTSIDER = b"""From: Ann <ann@outside.example>
To: comments@example.org
Message-ID: <ann.1@outside.example>
Date: Mon, 16 Mar 2026 09:00:00 +0000
Subject: Re: [2026-003 r2] Earlier notice
Content-Type: text/plain; charset=utf-8

The term in EXA-DUE-01 is too short for a small platform.
"""


@pytest.fixture
def letters(texts: Path, run: Run) -> Letters:
    """Write the letters that are owed, and return them by the name of their file."""
    (texts.parent / "texts-private/addresses.csv").write_text(LINES, encoding="utf-8")

    def written(*words: str, now: tuple[str, str] = NOW) -> dict[str, EmailMessage]:
        done = as_json(run(*words, *now, "--format", "json", of="letters", by=None))
        files = [Path(each["file"]) for each in done["letters"]]
        return {path.stem: read(path.read_bytes()) for path in files}

    return written


def waiting(run: Run, now: tuple[str, str] = NOW) -> list[dict[str, Any]]:
    shown = as_json(run(*now, "--format", "json", of="today", by=None))
    return [each for each in shown["tasks"] if each["kind"] == "letter"]


def add(run: Run, *words: str, now: tuple[str, str] = NOW) -> None:
    ok(run("add", *words, *now))


def test_a_call_and_its_moved_dates_are_told_to_each_member_with_an_address(
    letters: Letters, run: Run
) -> None:
    says = ("--title", "Change of terms", "--asks", "How long before?", "--inputs-by", "2026-04-10")
    ok(run("open", *says, "--promise", "draft=2026-05-01", *EARLY, of="call"))
    [task] = waiting(run)
    assert (task["command"], SOCIETY in task["what"]) == ("govkit letters", True)
    told = letters()
    assert [*told] == [f"call-2026-001-{each}" for each in (INSTITUTE, SOCIETY)]
    english, french = (
        flat(told[f"call-2026-001-{SOCIETY}"]),
        flat(told[f"call-2026-001-{INSTITUTE}"]),
    )
    assert "How long before?" in english
    assert "Inputs are open until the end of Friday 10 April 2026, anywhere on earth" in english
    assert "1. the draft: Friday 1 May 2026" in english
    assert "le projet : vendredi 1er mai 2026" in french
    assert "Inputs" not in french
    assert letters() == {}
    assert waiting(run) == []
    moved = ("draft", "--to", "2026-05-09", "--reason", "Two inputs came late.")
    ok(run("move", *moved, *NOW, of="call"))
    [mail, _] = letters(now=LATER).values()
    assert "le projet : report du" not in flat(mail)
    assert "Le projet : report du vendredi 1er mai 2026 au samedi 9 mai 2026." in flat(mail)


def test_who_answers_a_call_by_mail_gets_a_receipt_member_or_not(
    letters: Letters, run: Run, texts: Path
) -> None:
    says = ("--title", "Change of terms", "--asks", "How long before?", "--inputs-by", "2026-04-10")
    ok(run("open", *says, *EARLY, of="call"))
    letters()
    file = texts.parent / "input.eml"
    file.write_bytes(OUTSIDER.replace(b"Date: Mon, 16", b"Date: Tue, 17"))
    ok(run("add", file, *NOW, of="call"))
    ok(
        run(
            "add", "https://s.example/x", "--title", "A study", "--member", SOCIETY, *NOW, of="call"
        )
    )
    told = letters()
    assert {mail["To"] for mail in told.values()} == {"ann@outside.example", "s@society.example"}
    for mail in told.values():
        assert "This is the receipt." in flat(mail)
        assert "in the log, with the digest" in flat(mail)
    assert letters() == {}


def test_comments_have_a_receipt_and_then_one_letter_with_all_answers(
    letters: Letters, run: Run
) -> None:
    where = ("--unit", "EXA-DUE-01", "--clause", "a")
    add(run, "--member", INSTITUTE, *where, "--text", "Too short for us.")
    add(run, "--member", INSTITUTE, "--text", "Who pays for it?")
    [(name, mail)] = letters().items()
    assert "sur EXA-DUE-01 (a), révision 2" in flat(mail)
    assert (name, mail["To"]) == (f"received-{PROPOSAL}-{INSTITUTE}", "i@institute.example")
    assert "> Too short for us." in words_of(mail)
    assert flat(mail).count("Numéro ") == 2
    assert "Number" not in flat(mail)
    accepted = ("--action", "accepted", "--result", "2:EXA-DUE-01")
    ok(run("dispose", "1", *accepted, *NOW))
    assert letters() == {}, "the other one is not answered yet"
    refused = ("--action", "out-of-scope", "--reply", "The law of each place says who.")
    ok(run("dispose", "2", *refused, *NOW))
    [(name, mail)] = letters(now=LATER).items()
    assert name == f"answers-{PROPOSAL}-{INSTITUTE}"
    said = flat(mail)
    assert "accepté. Décidé par other-society. Le texte change dans la révision 2, EXA" in said
    assert said.count("sur EXA-DUE-01 (a), révision 2") == 1, "the clause is named"
    assert "hors sujet. Décidé par other-society. The law of each place says who." in said
    assert letters(now=LATER) == {}
    ok(run("dispose", "2", "--anew", "--action", "accepted", *LATER))
    assert [*letters(now=("--now", "2026-03-26T12:00:00Z"))] == [f"{name}-2"]


def test_one_who_is_no_member_is_written_to_at_the_address_of_their_mail(
    letters: Letters, run: Run, texts: Path
) -> None:
    file = texts.parent / "mail.eml"
    file.write_bytes(OUTSIDER)
    ok(run("import", file, "--free", "--name", "Ann", "--yes", *NOW))
    [mail] = letters().values()
    assert mail["To"] == "ann@outside.example"
    assert "Members give positions." in flat(mail)
    # Whoever passes on the mail of another is not its author.
    file.write_bytes(OUTSIDER.replace(b"ann@outside", b"s@society").replace(b"ann.1", b"s.1"))
    add(run, "--name", "Ben", "--text", "I have no address.", now=LATER)
    done = as_json(run(*LATER, "--format", "json", "--dry-run", of="letters", by=None))
    assert done["letters"] == []
    assert done["without_address"] == [{"who": "Ben", "sort": "received", "about": PROPOSAL}]
    assert "ann@" not in json.dumps(done)


@pytest.mark.usefixtures("commented")
def test_a_date_that_moved_and_a_withdrawal_are_told_in_the_language_of_each(
    letters: Letters, run: Run, texts: Path
) -> None:
    (texts.parent / "texts-private/addresses.csv").write_text(LINES, encoding="utf-8")
    moved = ("--move", "--to", "2026-04-15", "--reason", "A holiday.")
    ok(run("notice", PROPOSAL, *moved, *NOW, of="propose"))
    told = letters()
    assert [*told] == [f"moved-{PROPOSAL}-{each}" for each in (INSTITUTE, SOCIETY)]
    french = flat(told[f"moved-{PROPOSAL}-{INSTITUTE}"])
    assert "La fin des commentaires : report du mercredi 8 avril 2026 au mercredi 15" in french
    assert "the end" not in french
    ended = ("--reason", "It comes too early.", "--who", SOCIETY)
    ok(run("withdraw", PROPOSAL, *ended, *LATER, of="propose"))
    told = letters(now=LATER)
    assert [*told] == [f"withdrawn-{PROPOSAL}-{each}" for each in (INSTITUTE, SOCIETY)]
    assert "est retirée" in flat(told[f"withdrawn-{PROPOSAL}-{INSTITUTE}"])


def test_what_happened_long_ago_is_told_only_from_a_day_that_is_named(
    letters: Letters, run: Run
) -> None:
    add(run, "--member", SOCIETY, "--text", "Who pays for it?")
    late = ("--now", "2026-07-20T12:00:00Z")
    assert letters(now=late) == {}
    assert [*letters("--since", "2026-03-20", now=late)] == [f"received-{PROPOSAL}-{SOCIETY}"]


def test_the_ballot_of_the_next_revision_says_what_became_of_the_own_comments(
    letters: Letters, run: Run, texts: Path
) -> None:
    add(run, "--member", SOCIETY, "--revision", "1", "--unit", "EXA-DUE-01", "--text", "Too short.")
    ok(run("dispose", "1", "--action", "accepted", "--reply", "Ten days now.", *NOW))
    folder = texts.parent / "ballots"
    ok(run("ballots", PROPOSAL, SOCIETY, INSTITUTE, "-o", folder, *NOW, of="propose", by=None))
    own, other = (
        read((folder / f"ballot-{PROPOSAL}-r2-{each}.eml").read_bytes())
        for each in (SOCIETY, INSTITUTE)
    )
    for kind in ("plain", "html"):
        said = flat(own, kind)
        assert "What became of your comments" in said
        assert said.index("You wrote: Too short.") < said.index("Ten days now.")
        assert "What changed in this text from the revision that you read to revision 2" in said
        assert "Ten days now." not in flat(other, kind)


def test_a_question_about_prose_is_a_draft_in_the_language_of_the_member(
    letters: Letters, run: Run, texts: Path
) -> None:
    said = ok(run("add", "--member", INSTITUTE, "--text", "I support this.", *NOW))
    assert "Letters to send: 1, in " in said
    assert "Words to send" not in said
    [draft] = (texts.parent / "texts-private/outbox").iterdir()
    mail = read(draft.read_bytes())
    assert draft.name == f"reads-like-a-position-{PROPOSAL}-{INSTITUTE}.eml"
    assert mail["Subject"].endswith(": que voulez-vous dire ?")
    assert "[ ] consentement" in words_of(mail)
    assert "This may be" not in flat(mail)


def test_who_commented_by_mail_on_an_earlier_revision_gets_the_words_of_the_new_one(
    letters: Letters, run: Run, texts: Path
) -> None:
    file = texts.parent / "mail.eml"
    file.write_bytes(OUTSIDER.replace(b"2026-003 r2", b"2026-003 r1"))
    early = ("--received", "2026-02-16")
    ok(run("import", file, "--free", "--name", "Ann", "--yes", "--revision", "1", *early, *NOW))
    told = {name.partition("-")[0]: mail for name, mail in letters().items()}
    assert [*told] == ["received", "opened"]
    said = flat(told["opened"])
    assert told["opened"]["To"] == "ann@outside.example"
    assert "This is revision 2 of the proposal 2026-003" in said
    assert "Members give positions." in said
    assert "[ ] consent" not in said


@pytest.mark.usefixtures("commented")
def test_the_last_call_asks_each_once_more(run: Run, texts: Path) -> None:
    def asked(now: str) -> list[str]:
        shown = as_json(run("--now", now, "--format", "json", of="today", by=None))
        return [each["what"] for each in shown["tasks"] if each["kind"] == "ballot"]

    ballots = ("ballots", PROPOSAL, "-o", texts.parent / "ballots")
    ok(run(*ballots, *NOW, of="propose", by=None))
    assert asked(NOW[1]) == []
    ok(run("last-call", PROPOSAL, "--now", BEGUN, of="propose"))
    after = BEGUN.replace("T12", "T13")
    [task] = asked(after)
    assert "write the ballots of the last call of revision 2" in task
    ok(run(*ballots, "--now", after, of="propose", by=None))
    assert asked(after) == []
