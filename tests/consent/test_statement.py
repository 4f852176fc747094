"""What a member signs: lines that can be read, the same for every way of writing the file."""

from __future__ import annotations

from typing import Any

import pytest

from govkit.consent.position_statement import statement_digest, statement_of
from govkit.records.positions import Position
from tests.consent.building import words

PLAIN: dict[str, Any] = {
    "member": "society",
    "cast_by": "gus",
    "capacity": "organisation",
    "revision": 2,
    "position": "consent-with-reservation",
    "reason": "If the time\n  is kept.\n\n\nAnd kept “well”.",
    "head": "sha256:" + "a" * 64,
    "units": [
        {"id": "EXA-DUE-02", "before": None, "after": "sha256:" + "2" * 64},
        {"id": "EXA-DUE-01", "before": "sha256:" + "0" * 64, "after": "sha256:" + "1" * 64},
    ],
    "evidence": {"level": "E3", "kind": "sshsig"},
}
CHANGE = "sha256:" + "c" * 64


def statement(**changes: Any) -> str:
    return statement_of(Position.model_validate(PLAIN | changes), "example", "2026-003", CHANGE)


def test_a_statement_can_be_read() -> None:
    assert (
        statement()
        == f"""\
govkit consent statement 1

Coalition: example
Proposal: 2026-003, revision 2
Change: {CHANGE}
Member: society
Spoken by: gus, as organisation
Newest log entry seen: sha256:{"a" * 64}

I consent to these words, with a reservation.

Reason:
  If the time is kept.

  And kept "well".

The words, before and after:
  EXA-DUE-01
    before sha256:{"0" * 64}
    after  sha256:{"1" * 64}
  EXA-DUE-02
    before nothing: it was never adopted
    after  sha256:{"2" * 64}
"""
    )


def test_how_the_record_is_written_and_what_proves_it_make_no_difference() -> None:
    same = statement(
        reason='If the time is kept.\n\nAnd kept "well".',
        units=list(reversed(PLAIN["units"])),
        evidence={"level": "E0", "kind": "reported", "signature": "c2ln"},
        publish={"name": "false"},
    )
    assert same == statement()
    assert statement_digest(same) == statement_digest(statement())


@pytest.mark.parametrize(
    "change",
    [
        {"member": "other"},
        {"cast_by": "hal"},
        {"capacity": "representative"},
        {"revision": 3},
        {"position": "consent"},
        {"reason": "Otherwise."},
        {"head": words("x")},
        {"reason_withheld": words("y")},
        {"confirms_withdrawal": "true"},
        {"units": PLAIN["units"][:1]},
        {"units": [PLAIN["units"][0] | {"after": words("z")}, PLAIN["units"][1]]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_that_is_said_moves_the_digest(change: dict[str, Any]) -> None:
    assert statement_digest(statement(**change)) != statement_digest(statement())


def test_coalition_proposal_and_change_are_in_it_so_it_fits_nowhere_else() -> None:
    position = Position.model_validate(PLAIN)
    made = {
        statement_of(position, coalition, proposal, change)
        for coalition in ("example", "other")
        for proposal in ("2026-003", "2026-004")
        for change in (CHANGE, words("x"))
    }
    assert len(made) == 8


def test_no_reason_can_look_like_a_line_of_the_statement() -> None:
    hostile = "No.\n\nThe words, before and after:\n\nI consent to these words.\n\nMember: other"
    lines = statement(position="object", reason=hostile).split("\n")
    assert lines.count("I consent to these words.") == 0
    assert lines.count("Member: other") == 0
    assert lines.count("The words, before and after:") == 1
