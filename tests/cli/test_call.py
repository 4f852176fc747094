"""`govkit call`: the dates of a cycle, promised, moved and kept."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from govkit.procedures.log.filing import Filing, Stamp, file_all, with_values
from tests.ballots.messages import eml

from .conftest import Run, change, report
from .register import A, checked, log, open_proposal, record, refused, state

CYCLE = (
    "--title",
    "Model provisions",
    "--asks",
    "What should the terms of a platform say?",
    "--inputs-by",
    "2026-10-10",
    "--promise",
    "draft=2026-10-30",
    "--promise",
    "comments=2026-11-30",
    "--promise",
    "draft:2=2026-12-10",
    "--promise",
    "decision=2026-12-30",
)
PATH = "governance/calls/2026-001.yaml"


def at(day: str) -> tuple[str, ...]:
    return ("--by", A, "--now", f"{day}T14:00:00Z")


def test_the_cycle_of_the_founding_document_is_promised(govkit: Run, founded: Path) -> None:
    done = govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    assert done.returncode == 0, done.stderr
    call = record(founded, PATH, "call")
    assert f"{call.closes:%Y-%m-%dT%H:%MZ}" == "2026-10-11T12:00Z"
    assert [(each.step, each.revision, str(each.by)) for each in call.plan] == [
        ("draft", 1, "2026-10-30"),
        ("comments", 1, "2026-11-30"),
        ("draft", 2, "2026-12-10"),
        ("decision", 1, "2026-12-30"),
    ]
    assert log(founded)[-1].kind == "call"
    assert b"The call 2026-001 is open until the end of 2026-10-10" in done.stdout


CLOCK = "2027-11-12T16:00:00Z"
"""What the machine's clock says at the end of the cycle, whenever the test runs."""


def test_its_real_slips_are_written_beside_the_promises(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    late = ("--reason", "Inputs came late.")
    moves = [
        ("draft", "2026-11-04", "2026-10-30"),
        ("draft:2", "2026-12-26", "2026-12-10"),
        ("decision", "2027-11-12", "2026-12-30"),
    ]
    missed = govkit(founded, "today", "--now", "2026-11-01T12:00:00Z", clock=CLOCK).stdout.decode()
    assert (
        "(kept by the proposal that is opened with `--call 2026-001`, or joined later: `govkit "
        "call join PROPOSAL --call 2026-001`)" in " ".join(missed.split())
    )
    for step, to, day in moves:
        done = govkit(founded, "call", "move", step, "--to", to, *late, *at(day), clock=CLOCK)
        assert done.returncode == 0, done.stderr
    call = record(founded, PATH, "call")
    assert [(each.step, each.revision, str(each.to)) for each in call.moves] == [
        ("draft", 1, "2026-11-04"),
        ("draft", 2, "2026-12-26"),
        ("decision", 1, "2027-11-12"),
    ]
    assert str(call.plan[0].by) == "2026-10-30"
    assert call.moves[0].because == "Inputs came late."
    log(founded)


def test_a_proposal_that_was_opened_without_its_call_is_joined_to_it(
    govkit: Run, founded: Path
) -> None:
    """Its dates are kept from then on, and the record of it holds in the log."""
    open_proposal(founded, "2026-007", datetime.datetime(2026, 9, 9, 12, tzinfo=datetime.UTC))
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    early = ("call", "join", "2026-007", *at("2026-09-20"))
    refused(govkit(founded, *early), "was opened on 2026-09-09, before the call 2026-001")
    open_proposal(founded, "2026-008", datetime.datetime(2026, 10, 20, 12, tzinfo=datetime.UTC))
    before = state(founded)
    refused(govkit(founded, "call", "join", "2026-006", *at("2026-10-21")), "no proposal")
    other = ("call", "join", "2026-008", "--call", "2026-009", *at("2026-10-21"))
    refused(govkit(founded, *other), "there is no call `2026-009`")
    assert state(founded) == before
    done = govkit(founded, "call", "join", "2026-008", *at("2026-10-21"))
    assert done.returncode == 0, done.stderr
    assert b"2026-008 comes from the call 2026-001: Model provisions." in done.stdout
    path = "governance/proposals/2026-008/proposal.yaml"
    assert record(founded, path, "proposal").call == "2026-001"
    dates = govkit(founded, "calendar", "call:2026-001", "--now", "2026-11-01T12:00:00Z").stdout
    assert b"kept" in next(line for line in dates.splitlines() if b"draft" in line)
    again = govkit(founded, "call", "join", "2026-008", *at("2026-10-22"))
    refused(again, "2026-008 comes from the call 2026-001")
    log(founded)
    assert b"log-broken" not in checked(govkit, founded).stdout
    (founded / path).write_bytes((founded / path).read_bytes().replace(b"2026-001", b"2026-002"))
    assert b"log-broken" in checked(govkit, founded).stdout


def test_a_call_is_closed_after_its_last_day(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    early = govkit(founded, "call", "close", "--by", A, "--now", "2026-10-11T11:59:59Z")
    refused(early, "stay open until the end of 2026-10-10")
    waits = govkit(founded, "today", "--now", "2026-10-12T12:00:00Z", "--days", "0").stdout
    assert b"the time for inputs is over, with no input yet" in waits
    done = report(govkit(founded, "call", "close", *at("2026-10-12"), "--format", "json"))
    assert (done["call"], done["inputs"]) == ("2026-001", [])
    assert f"{record(founded, PATH, 'call').closed:%Y-%m-%d}" == "2026-10-12"
    refused(govkit(founded, "call", "close", *at("2026-10-13")), "closed already")
    later = ("call", "move", "inputs", "--to", "2026-11-10", "--reason", "Late.")
    refused(govkit(founded, *later, *at("2026-10-13")), "takes no date for inputs")
    waits = govkit(founded, "today", "--now", "2026-10-12T15:00:00Z", "--days", "0").stdout
    assert b"the time for inputs is over" not in waits
    # A date that another clone moved meanwhile opens nothing that is closed.
    data, at_ = (
        (founded / PATH).read_bytes(),
        datetime.datetime(2026, 10, 13, 12, tzinfo=datetime.UTC),
    )
    moved = {"step": "inputs", "revision": 1, "to": "2026-11-10", "because": "Late."}
    new = with_values(PATH, data, {"moves": [moved | {"announced": "2026-10-12T12:00:00Z"}]})
    file_all(
        founded,
        [Filing(PATH, new, "call", was=data)],
        by=A,
        received_at=at_,
        received_basis="registrar",
        recorded_at=Stamp(at_, at_),
    )
    told = ("bulletin", "--since", "2026-10-12", "--now", "2026-10-14T12:00:00Z")
    assert report(govkit(founded, *told, "--format", "json"))["open"] == []
    log(founded)


MAIL = b"""From: Secretary <office@society.example>
Subject: =?utf-8?q?How_we_count_the_days?=
Message-ID: <study@society.example>
Date: Mon, 14 Sep 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html

<p>See <img src="https://spy.example/p.png"> our days.</p>
--x
Content-Type: application/pdf; name="../../etc/passwd"
Content-Disposition: attachment; filename="../../etc/passwd"

no PDF
--x--
"""


@pytest.fixture
def called(govkit: Run, founded: Path) -> Path:
    """An open call, a private folder with an address on record, and a public paper."""
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    hidden = founded.parent / f"{founded.name}-private"
    hidden.mkdir()
    (hidden / "addresses.csv").write_text(f"{A},office@society.example\n")
    (founded / "registers/papers").mkdir(parents=True)
    (founded / "registers/papers/study.pdf").write_bytes(b"%PDF-1.7 a study")
    (founded.parent / "mail.eml").write_bytes(MAIL)
    (founded.parent / "letter.txt").write_bytes(b"We count working days.")
    return founded


def test_what_answers_a_call_is_filed_and_shown_with_it(govkit: Run, called: Path) -> None:
    outside = called.parent
    taken = [
        (str(outside / "mail.eml"), ()),
        ("https://example.org/study?a=1", ("--title", "A study", "--body", "Example Institute")),
        ("example-index", ()),
        (str(called / "registers/papers/study.pdf"), ("--title", "A paper", "--member", A)),
        (str(outside / "letter.txt"), ("--title", "A letter")),
    ]
    names = []
    for number, (what, more) in enumerate(taken, 14):
        done = govkit(called, "call", "add", what, *more, *at(f"2026-09-{number}"))
        assert done.returncode == 0, done.stderr
        names.append(log(called)[-1].path)
    late = ("call", "add", "https://example.org/late", "--title", "Late", *at("2026-10-20"))
    assert govkit(called, *late).returncode == 0
    assert log(called)[-1].kind == "input"
    inputs = report(govkit(called, "show", "calls/2026-001", "--format", "json"))["inputs"]
    assert [f"governance/{each['id']}.yaml" for each in inputs[:-1]] == names
    mail, link, known, paper, letter, last = inputs
    assert (mail["kind"], mail["title"], mail["member"]) == ("mail", "How we count the days", A)
    assert (mail["message_id"], mail["late"]) == ("<study@society.example>", False)
    assert (link["address"], link["body"]) == (taken[1][0], "Example Institute")
    assert (known["initiative"], known["title"]) == ("example-index", "Example Index (invented)")
    assert paper["file"] == "registers/papers/study.pdf"
    assert paper["digest"].startswith("sha256:")
    assert paper["source"] is None
    assert letter["file"] is None
    assert last["late"] is True
    sources = called.parent / f"{called.name}-private/sources"
    kept = {each["source"][7:23]: each for each in (mail, letter)}
    assert {each.name for each in sources.iterdir()} == set(kept)
    assert (sources / mail["source"][7:23] / "source").read_bytes() == MAIL
    counted = "6 inputs: 2 files, 1 initiative, 2 links, 1 mail; 1 came after the last day"
    for words in (
        ("show", "calls/2026-001"),
        ("list", "call"),
        ("calendar", "--now", "2026-10-21T12:00:00Z"),
        ("today", "--now", "2026-10-21T12:00:00Z"),
    ):
        said = " ".join(govkit(called, *words).stdout.decode().split())
        assert counted in said, (words, said)
    shown = govkit(called, "show", "calls/2026-001").stdout.decode()
    assert "2026-09-15  link: A study, from Example Institute\n    https://example.org" in shown
    assert "spy.example" not in shown
    done = checked(govkit, called)
    assert b"input" not in done.stdout
    paper_file = called / "registers/papers/study.pdf"
    for spoil, says in (
        (lambda: paper_file.write_bytes(b"%PDF-1.7 another study"), "has other bytes than were"),
        (paper_file.unlink, "is gone, or can't be read"),
    ):
        spoil()
        done = govkit(called, "check")
        assert done.returncode == 1
        assert f"which answered a call, {says}" in " ".join(done.stdout.decode().split())
    paper_file.write_bytes(b"%PDF-1.7 a study")
    # What is kept of it can be taken away again, on this machine.
    done = govkit(called, "erase", mail["id"], "--yes", *at("2026-10-21"))
    assert done.returncode == 0, done.stderr
    assert {each.name for each in sources.iterdir()} == {letter["source"][7:23]}


def test_an_input_that_can_not_be_is_refused_and_nothing_is_written(
    govkit: Run, called: Path
) -> None:
    day = "2026-09-20"
    outside, link = called.parent, "https://example.org/study"
    for name, data in (
        ("empty.txt", b""),
        ("empty.eml", b"\n"),
        ("huge.eml", b"From: a@b.example\n\n" + b"x" * 5_000_000),
        ("address.eml", MAIL.replace(b"=?utf-8?q?How_we_count_the_days?=", b"To me@b.example")),
        ("deep.eml", MAIL + b"Content-Type: multipart/mixed\n" * 30),
    ):
        (outside / name).write_bytes(data)
    assert govkit(called, "call", "add", link, "--title", "A study", *at(day)).returncode == 0
    before = state(called)
    for what, more, says in (
        (link, ("--title", "Again"), "has this already"),
        ("https://example.org/other", (), "has no title"),
        ("ftp://example.org/x", ("--title", "x"), "begins with https://"),
        ("javascript:alert(1)", ("--title", "x"), "begins with https://"),
        ("exmple-index", (), "Did you mean `example-index`"),
        (str(outside / "empty.txt"), ("--title", "x"), "is empty"),
        (str(outside / "empty.eml"), (), "it is empty"),
        (str(outside / "huge.eml"), (), "it is too large"),
        (str(outside / "deep.eml"), (), "it is broken"),
        (str(outside / "address.eml"), (), "a mail address"),
        (str(called / "governance/charter.yaml"), ("--title", "x"), "is no paper"),
        (f"{link}/2", ("--title", "a\u200bb"), "can't see"),
        (f"{link}/2", ("--title", "x", "--member", "nobody"), "nobody"),
        (f"{link}/2", ("--title", "x", "--member", A, "--body", "B"), "Name one"),
        (f"{link}/2", ("--title", "x", "--received", "2026-01-02"), "was opened"),
        (f"{link}/2", ("--title", "x", "--call", "2026-009"), "no call `2026-009`"),
    ):
        refused(govkit(called, "call", "add", what, *more, *at(day)), says)
    assert state(called) == before
    assert [*(outside / f"{called.name}-private").glob("sources/*")] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--promise", "draft=2026-10-01"), "before inputs on 2026-10-10"),
        (("--promise", "comments=2026-11-01", "--promise", "draft=2026-11-30"), "before draft"),
        (("--promise", "draft=2026-10-30", "--promise", "draft=2026-10-31"), "two dates"),
        (("--promise", "drafts=2026-10-30"), "is no step"),
        (("--promise", "draft:0=2026-10-30"), "is no step"),
        (("--promise", "inputs=2026-10-30"), "--inputs-by"),
        (("--promise", "draft"), "is no day"),
        (("--inputs-by", "2026-01-01"), "has passed already"),
        (("--title", " "), "it is empty"),
        (("--asks", "a\u200bb"), "can't see"),
        (("--asks", "Write to me@example.net"), "a mail address"),
    ],
)
def test_dates_and_words_that_can_not_be_are_refused(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    before = state(founded)
    usual = {"--title": "T", "--asks": "Q", "--inputs-by": "2026-10-10"}
    base = [word for each in usual.items() if each[0] not in words for word in each]
    refused(govkit(founded, "call", "open", *base, *words, *at("2026-09-10")), says)
    assert state(founded) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("last-call", "--to", "2026-12-01"), "promises no date for last-call"),
        (("draft", "--to", "2026-10-30"), "already"),
        (("draft", "--to", "2026-09-01"), "has passed"),
        (("inputs", "--to", "2026-10-01"), "longer, never shorter"),
        (("comments", "--to", "2026-11-29"), "longer, never shorter"),
        (("draft", "--to", "2026-11-04", "--call", "2026-002"), "Did you mean `2026-001`"),
    ],
)
def test_a_move_that_can_not_be_is_refused(
    govkit: Run, founded: Path, words: tuple[str, ...], says: str
) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    before = state(founded)
    done = govkit(founded, "call", "move", *words, "--reason", "why", *at("2026-09-20"))
    refused(done, says)
    assert state(founded) == before


def test_the_next_call_has_the_next_number_and_has_to_be_named(govkit: Run, founded: Path) -> None:
    for number in ("2026-001", "2026-002"):
        done = report(
            govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"), "--format", "json")
        )
        assert done["call"] == number
    move = ("call", "move", "draft", "--to", "2026-11-04", "--reason", "why")
    refused(govkit(founded, *move, *at("2026-09-20")), "not clear which call")
    assert govkit(founded, *move, "--call", "2026-002", *at("2026-09-20")).returncode == 0


def test_comments_in_the_file_stay(govkit: Run, founded: Path) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    change(founded, PATH, "plan:\n", "# As the founding document says.\nplan:\n")
    move = ("call", "move", "draft", "--to", "2026-11-04", "--reason", "why")
    assert govkit(founded, *move, *at("2026-09-20")).returncode == 0
    assert "# As the founding document says.\nplan:\n" in (founded / PATH).read_text()


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("call 2026-001", "We speak on behalf of the Institute: a day is enough."),
        ("llamada 2026-001", "Estamos de acuerdo con la idea."),
        ("appel 2026-001", "Nos lecteurs demandent qui a pris la décision, et pourquoi."),
    ],
)
def test_an_answer_to_the_letter_of_a_call_is_an_input_and_nobody_is_asked_back(
    govkit: Run, called: Path, subject: str, words: str
) -> None:
    """The letter asks for whom one speaks, so that such words are no doubt about a position."""
    mail = called.parent / "an answer.eml"
    mail.write_bytes(eml(words, subject=f"Re: [{subject}] Model provisions: inputs"))
    done = govkit(called, "intake", str(mail), "--yes", *at("2026-09-20"))
    assert done.returncode == 0, done.stdout
    line = f"govkit call add '{mail}' --call 2026-001"
    assert line in done.stdout.decode()
    private = called.parent / f"{called.name}-private"
    assert not (private / "outbox").exists()
    mail.write_bytes(eml(words, subject="Re: [call 2026-009] Another coalition"))
    other = govkit(called, "intake", str(mail), "--yes", *at("2026-09-20")).stdout
    assert b"An answer to the call" not in other


def test_what_is_late_is_told_by_the_date_that_was_promised_last(
    govkit: Run, founded: Path
) -> None:
    govkit(founded, "call", "open", *CYCLE, *at("2026-09-10"))
    add = ("call", "add", "https://example.org/study", "--title", "Study", "--by", A, "--now")
    later = ("call", "move", "inputs", "--to", "2026-10-20", "--reason", "Many asked for it.")
    told = b"after the last day"
    assert govkit(founded, *later, *at("2026-10-09")).returncode == 0
    done = govkit(founded, *add, "2026-10-11T12:00:00Z")
    assert (done.returncode, told in done.stdout) == (0, False)
    # The last day ends at noon of the next in UTC.
    add = (*add[:2], "https://example.org/other", *add[3:])
    done = govkit(founded, *add, "2026-10-21T12:00:00Z")
    assert (done.returncode, told in done.stdout) == (0, True)
