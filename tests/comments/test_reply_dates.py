"""A mail with its whole head as a comment: when it came, which revision it answers, its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.comments.conftest import Run, as_json, comment, entries, ok

HOST = "Received: from x by lists.example.org; {} +0000\n"
OTHER = "Received: from a.example by mx.elsewhere.example; {} +0000\n"
APRIL_2, APRIL_5 = "Thu, 2 Apr 2026 10:00:00", "Sun, 5 Apr 2026 08:00:00"
NOW = ("--now", "2026-04-07T12:00:00Z")
BY_NAME = ("--free", "--yes", "--name", "A. Example (invented)", "--group", "academia", *NOW)
MAIL = """\
From: A. Example <a@example.org>
Date: Wed, 1 Apr 2026 09:00:00 +0000
Subject: Re: [2026-003 r{revision}] Earlier notice
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Dear all,

On Mon, 16 Mar 2026 at 09:00, Agora <comments@example.org> wrote:
>     (b) The platform must give the reasons for the restriction
>         with the notice.

Which reasons, and how long may they be?

Kind regards
A. Example
"""

CASES = {
    "the host of the coalition says when": (
        HOST.format(APRIL_2),
        (),
        ("2026-04-02 10:00", "own-host"),
    ),
    "and its word prevails over a person's": (
        HOST.format(APRIL_2),
        ("--received", "2026-04-04"),
        ("2026-04-02 10:00", "own-host"),
    ),
    "the newest line of that host": (
        HOST.format(APRIL_5) + HOST.format(APRIL_2),
        (),
        ("2026-04-05 08:00", "own-host"),
    ),
    "another host's line says nothing": (
        OTHER.format(APRIL_2),
        (),
        ("2026-04-07 12:00", "registrar"),
    ),
    "a line that may be forged, below another host's, against a person's word": (
        OTHER.format(APRIL_5) + HOST.format(APRIL_2),
        ("--received", "2026-04-05T08:00Z"),
        ("2026-04-05 08:00", "registrar"),
    ),
    "a host whose name only begins alike": (
        HOST.format(APRIL_2).replace("lists.example.org", "lists.example.org.evil.example"),
        (),
        ("2026-04-07 12:00", "registrar"),
    ),
    "no line, and a person's word": (
        "",
        ("--received", "2026-04-03"),
        ("2026-04-03 12:00", "registrar"),
    ),
    "no line, no word: now, and never the date that the sender typed": (
        "",
        (),
        ("2026-04-07 12:00", "registrar"),
    ),
}


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    return tmp_path / "mail.eml"


@pytest.mark.parametrize(("head", "words", "came"), CASES.values(), ids=CASES)
def test_when_it_came(
    texts: Path, run: Run, mail: Path, head: str, words: tuple[str, ...], came: tuple[str, str]
) -> None:
    mail.write_text(head + MAIL.format(revision=2), encoding="utf-8")
    ok(run("import", mail, *BY_NAME, *words))
    [entry] = entries(texts)
    assert (f"{entry.received_at:%Y-%m-%d %H:%M}", entry.received_basis) == came


def test_the_clause_its_words_and_the_id_of_the_mail_stay_with_the_comment(
    texts: Path, run: Run, mail: Path
) -> None:
    mail.write_text(HOST.format(APRIL_2) + MAIL.format(revision=2), encoding="utf-8")
    done = run("import", mail, *BY_NAME)
    assert "received 2026-04-02 10:00 UTC, as lists.example.org says" in done.stderr
    filed = comment(texts, 1)
    assert (filed.target.unit, filed.target.anchored_by) == ("EXA-DUE-01", "author")
    assert (filed.target.quote or "").startswith("must give the reasons") or (
        filed.target.quote or ""
    ).startswith("The platform must give the reasons")
    assert filed.comment == "Which reasons, and how long may they be?"
    assert filed.source.message_id == "<1@example.org>"


def test_a_text_that_a_person_names_keeps_what_is_quoted_from_it(
    texts: Path, run: Run, mail: Path
) -> None:
    mail.write_text(MAIL.format(revision=2), encoding="utf-8")
    ok(run("import", mail, *BY_NAME, "--target", "1=EXA-DUE-01"))
    assert "the reasons" in (comment(texts, 1).target.quote or "")


def test_a_reply_to_the_mail_of_an_earlier_revision_is_about_that_one(
    texts: Path, run: Run, mail: Path
) -> None:
    mail.write_text(MAIL.format(revision=1), encoding="utf-8")
    done = as_json(run("import", mail, *BY_NAME, "--format", "json"))
    assert comment(texts, 1).target.revision == 1
    assert "earlier-revision" in {each["about"] for each in done["letters"]}


def test_a_coded_mail_is_read(texts: Path, run: Run, mail: Path) -> None:
    text = MAIL.format(revision=2).replace("8bit", "quoted-printable")
    mail.write_text(text.replace("how long may", "how=20lo=\nng may"), encoding="utf-8")
    ok(run("import", mail, *BY_NAME))
    assert comment(texts, 1).comment == "Which reasons, and how long may they be?"


def test_an_answer_may_point_to_the_next_revision_before_it_is_there(
    texts: Path, run: Run, mail: Path
) -> None:
    mail.write_text(MAIL.format(revision=2), encoding="utf-8")
    ok(run("import", mail, *BY_NAME))
    said = ok(run("dispose", "1", "--action", "accepted", "--result", "3:EXA-DUE-01", *NOW))
    assert "Accepted (revision 3, EXA-DUE-01)" in said
