"""`govkit intake`: what arrived becomes a record, whole or not at all."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.terminals import open_terminal

from .conftest import GOVKIT, Run, report
from .register import (
    AFTER,
    ARRIVAL,
    BEFORE,
    BY_A,
    PROPOSAL,
    A,
    B,
    listed,
    log,
    record,
    refused,
    remark,
    said,
    state,
    submit,
)

POSITION = f"{PROPOSAL}/positions/{A}-01.yaml"
SHOWN = f"{PROPOSAL}/evidence/{A}-01-01.yaml"
COMMENT = f"{PROPOSAL}/comments/0001.yaml"


def test_a_position_and_a_comment_are_taken_in(govkit: Run, founded: Path) -> None:
    one = submit(founded, "0000aaaa", position=said(), arrival=ARRIVAL)
    other = submit(founded, "0000bbbb", comment=remark())
    done = govkit(founded, "intake", "--yes", *BY_A)
    assert done.returncode == 0, done.stderr
    assert not (founded / one).exists()
    assert not (founded / other).exists()
    first, shown, second = log(founded)[-3:]
    assert (shown.kind, shown.path, shown.received_at) == ("evidence", SHOWN, first.received_at)
    assert (first.kind, first.path, first.received_basis) == ("position", POSITION, "host-event")
    assert f"{first.received_at:%Y-%m-%dT%H:%M:%SZ}" == ARRIVAL["at"]
    assert (second.kind, second.path, second.received_basis) == ("comment", COMMENT, "registrar")
    assert record(founded, COMMENT, "comment").comment == "Thirty days are too long."
    text = done.stdout.decode()
    assert f"{A} consents, for {A}: EXA-DUE-01" in text
    assert "from example-society at code.example.org, 2026-02-20T08:00:00Z (event 17)" in text
    assert "Taken in: 2. Refused: 0. Left for later: 0." in text


@pytest.mark.parametrize(
    ("arrival", "level", "kind"),
    [
        (ARRIVAL, "E2", "account"),
        (ARRIVAL | {"account": "somebody-else"}, "E0", "reported"),
        ({key: ARRIVAL[key] for key in ARRIVAL if key != "event"}, "E0", "reported"),
        (ARRIVAL | {"host": "other.example.org"}, "E0", "reported"),
        (ARRIVAL | {"at": "2026-01-09T08:00:00Z"}, "E0", "reported"),
        ({"kind": "pull-request"}, "E0", "reported"),
        (None, "E0", "reported"),
    ],
)
def test_how_sure_it_is_follows_from_the_account_and_never_from_what_it_claims(
    govkit: Run, founded: Path, arrival: dict[str, str] | None, level: str, kind: str
) -> None:
    more: dict[str, Any] = {"arrival": arrival} if arrival else {}
    submit(founded, "0000aaaa", position=said(), **more)
    assert govkit(founded, "intake", "--yes", *BY_A).returncode == 0
    evidence = record(founded, SHOWN, "evidence")
    assert (evidence.level, evidence.kind) == (level, kind)
    assert (evidence.account is not None) == (kind == "account")


ANSWER = {"action": "accepted", "by": A, "at": "2026-02-20T08:00:00Z"}
UNKNOWN_UNIT = [{"id": "EXA-DUE-03", "before": BEFORE, "after": AFTER}]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"arrival": ARRIVAL}, "exactly one of the two"),
        ({"position": said(), "comment": remark()}, "exactly one of the two"),
        ({"position": said("nobody")}, "no member `nobody`"),
        ({"position": said("old-group")}, "was only listed"),
        ({"position": said(cast_by=B)}, f"{B} does not represent {A}"),
        ({"position": said(revision=2)}, "no revision 2"),
        ({"position": said(units=[])}, "names no text"),
        ({"position": said(units=UNKNOWN_UNIT)}, "has no text `EXA-DUE-03`"),
        ({"position": said(stance="consent-with-reservation")}, "needs words"),
        ({"position": said(mood="good")}, "unknown key `mood`"),
        ({"position": said(), "signature": "QUJD"}, "inside its armour is no SSH signature"),
        ({"position": said(), "arrival": ARRIVAL | {"at": "2027-01-01T00:00Z"}}, "still to come"),
        ({"comment": remark(target={"revision": 3})}, "no revision 3"),
        ({"comment": remark(author={})}, "does not say who"),
        ({"comment": remark(author={"member": "nobody"})}, "no member `nobody`"),
        ({"comment": remark(disposition=ANSWER)}, "brings its own answer"),
        ({"comment": remark(author_reply="satisfied")}, "brings its own answer"),
        ({"comment": remark(words="Write to me@example.net")}, "a mail address"),
    ],
)
def test_what_does_not_fit_its_place_is_refused_and_stays(
    govkit: Run, founded: Path, sent: dict[str, Any], says: str
) -> None:
    listed(founded, "old-group")
    path = submit(founded, "0000aaaa", **sent)
    before = state(founded)
    done = govkit(founded, "intake", "--yes", *BY_A, "--format", "json")
    assert done.returncode == 1
    [refusal] = report(done)["refused"]
    assert refusal["path"] == path
    assert says in refusal["cause"], refusal
    assert state(founded) == before


def test_one_bad_submission_does_not_stop_the_others(govkit: Run, founded: Path) -> None:
    bad = submit(founded, "0000aaaa", position=said("nobody"))
    (founded / PROPOSAL / "submissions/0000bbbb.yaml").write_text("position: [\n")
    submit(founded, "0000cccc", position=said())
    submit(founded, "0000dddd", position=said(stance="object"))
    done = report(govkit(founded, "intake", "--yes", *BY_A, "--format", "json"))
    assert [entry["path"] for entry in done["entries"]] == [
        f"{PROPOSAL}/{place}"
        for number in (1, 2)
        for place in (f"positions/{A}-0{number}.yaml", f"evidence/{A}-0{number}-01.yaml")
    ]
    assert [each["path"] for each in done["refused"]] == [bad, f"{bad[:-13]}0000bbbb.yaml"]
    log(founded)


def test_one_submission_can_be_named(govkit: Run, founded: Path) -> None:
    submit(founded, "0000aaaa", position=said())
    other = submit(founded, "0000bbbb", comment=remark())
    assert govkit(founded, "intake", "0000aaaa", "--yes", *BY_A).returncode == 0
    assert (founded / other).exists()
    refused(govkit(founded, "intake", "0000aaaa", "--yes", *BY_A), "no submission `0000aaaa`")
    refused(govkit(founded, "intake", "../mails", *BY_A), "and no file or folder of that name")


def test_nothing_is_taken_in_unasked(govkit: Run, founded: Path) -> None:
    submit(founded, "0000aaaa", position=said())
    before = state(founded)
    refused(govkit(founded, "intake", *BY_A), "nobody can be asked")
    refused(govkit(founded, "intake", "--yes", "--by", "nobody"), "is no coordinator")
    assert state(founded) == before


@pytest.mark.parametrize(("answer", "taken"), [(b"y\n", True), (b"n\n", False), (b"\n", False)])
def test_a_person_is_asked_about_each(founded: Path, answer: bytes, taken: bool) -> None:
    """On a real terminal."""
    path = submit(founded, "0000aaaa", position=said(), arrival=ARRIVAL)
    host, terminal = open_terminal()
    os.write(host, answer)
    done = subprocess.run(
        [str(GOVKIT), "-C", str(founded), "intake", *BY_A],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        timeout=60,
        check=False,
    )
    os.close(terminal)
    said_ = os.read(host, 100_000).decode()
    os.close(host)
    assert done.returncode == 0
    assert "Take it in?" in said_
    assert (founded / path).exists() is not taken
    assert (founded / POSITION).exists() is taken


def test_nothing_to_take_in_is_said(govkit: Run, founded: Path) -> None:
    assert b"Nothing has arrived" in govkit(founded, "intake", *BY_A).stdout


def test_words_of_a_submission_can_not_steer_the_terminal(govkit: Run, founded: Path) -> None:
    path = submit(founded, "0000aaaa", comment=remark())
    text = (
        (founded / path).read_text().replace("Thirty", '"\\e[2JThirty').replace("long.", 'long."')
    )
    (founded / path).write_text(text)
    done = govkit(founded, "intake", "--yes", *BY_A)
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout


def test_a_yes_in_a_comment_is_a_query_and_no_position(govkit: Run, founded: Path) -> None:
    submit(founded, "0000cccc", comment=remark("I support this, if the week goes."))
    done = report(govkit(founded, "intake", "--yes", *BY_A, "--format", "json"))
    assert [(each["to"], each["about"]) for each in done["letters"]] == [
        ("Somebody (invented)", "reads-like-a-position")
    ]
    assert record(founded, COMMENT, "comment").comment == "I support this, if the week goes."
    assert "position" not in {entry.kind for entry in log(founded)}
