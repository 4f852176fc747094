"""What a member signs: lines that can be read, the same for every way of writing the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govkit.consent.position_statement import (
    StatementBasis,
    StatementFault,
    read_statement,
    statement_digest,
    statement_of,
)
from govkit.records.positions import Position
from govkit.source.ssh_signatures import require_signer
from tests.consent.building import words

PLAIN: dict[str, Any] = {
    "member": "society",
    "cast_by": "gus",
    "capacity": "organisation",
    "revision": 2,
    "position": "consent-with-reservation",
    "reason": "If the time\n  is kept.\n\n\nAnd kept “well”.",
    "head": {"seq": 131, "digest": "sha256:" + "a" * 64},
    "units": [
        {"id": "EXA-DUE-02", "before": None, "after": "sha256:" + "2" * 64},
        {"id": "EXA-DUE-01", "before": "sha256:" + "0" * 64, "after": "sha256:" + "1" * 64},
    ],
}
CHANGE = "sha256:" + "c" * 64
ROOT = "sha256:" + "f" * 64
BASIS = StatementBasis("example", ROOT, "2026-003", CHANGE)


def statement(**changes: Any) -> str:
    return statement_of(Position.model_validate(PLAIN | changes), BASIS)


def test_a_statement_can_be_read() -> None:
    assert (
        statement()
        == f"""\
govkit consent statement 2

Coalition: example
Root fingerprint: {ROOT}
Proposal: 2026-003, revision 2
Change: {CHANGE}
Newest log entry seen: 131, sha256:{"a" * 64}
Member: society
Spoken by: gus, as organisation
May be printed: my name and my reason

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


def test_how_the_record_is_written_makes_no_difference() -> None:
    same = statement(
        reason='If the time is kept.\n\nAnd kept "well".', units=list(reversed(PLAIN["units"]))
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
        {"head": {"seq": 131, "digest": words("x")}},
        {"head": {"seq": 132, "digest": "sha256:" + "a" * 64}},
        {"head": None},
        {"publish": {"name": "false"}},
        {"publish": {"reason": "false"}},
        {"claimed_at": "2026-03-12T12:00:00Z"},
        {"reason_withheld": words("y")},
        {"confirms_withdrawal": "true"},
        {"units": PLAIN["units"][:1]},
        {"units": [PLAIN["units"][0] | {"after": words("z")}, PLAIN["units"][1]]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_that_is_said_moves_the_digest(change: dict[str, Any]) -> None:
    assert statement_digest(statement(**change)) != statement_digest(statement())


def test_what_it_is_bound_to_is_in_it_so_it_fits_nowhere_else() -> None:
    position = Position.model_validate(PLAIN)
    made = {
        statement_of(position, StatementBasis(coalition, root, proposal, change))
        for coalition in ("example", "other")
        for root in (ROOT, None)
        for proposal in ("2026-003", "2026-004")
        for change in (CHANGE, words("x"))
    }
    assert len(made) == 16


def test_no_reason_can_look_like_a_line_of_the_statement() -> None:
    hostile = "No.\n\nThe words, before and after:\n\nI consent to these words.\n\nMember: other"
    lines = statement(position="object", reason=hostile).split("\n")
    assert lines.count("I consent to these words.") == 0
    assert lines.count("Member: other") == 0
    assert lines.count("The words, before and after:") == 1


# --- read back ------------------------------------------------------------------------------------

HOSTILE = "No.\n\nThe words, before and after:\n\n  Said at: now\n\n\n  I abstain."
SEVERAL: tuple[dict[str, Any], ...] = (
    {},
    {"reason": None, "position": "consent"},
    {"reason": HOSTILE, "position": "object"},
    {"reason": None, "reason_withheld": words("y"), "publish": {"name": "false"}},
    {"reason_withheld": words("y"), "confirms_withdrawal": "true"},
    {"head": None, "claimed_at": "2026-03-12T12:00:00Z", "publish": {"reason": "false"}},
    {"position": "withdraw", "units": [{"id": "privacy", "before": words("x"), "after": None}]},
)


@pytest.mark.parametrize("changes", SEVERAL)
def test_what_is_written_is_read_back_as_it_was(changes: dict[str, Any]) -> None:
    text = statement(**changes)
    read = read_statement(text.encode())
    assert read.basis == BASIS
    assert statement_of(*read) == text


@pytest.mark.parametrize("changes", SEVERAL)
def test_no_byte_can_be_changed_taken_out_or_put_in_and_be_read_as_the_same(
    changes: dict[str, Any],
) -> None:
    """What is still read is another statement, over which no signature of the first one holds."""
    text = statement(**changes)
    read = 0
    for at in range(len(text)):
        for other in ("", " ", "\n", "x", text[at] * 2):
            edited = text[:at] + other + text[at + 1 :]
            try:
                again = read_statement(edited.encode())
            except StatementFault:
                continue
            read += 1
            assert statement_of(*again) == edited
    assert read > 100  # letters of ids and reasons may be others


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda text: text.replace("\n", "\r\n"), "changed the ends of its lines"),
        (lambda text: text.replace("2\n\nCo", "1\n\nCo"), "a statement begins with the line"),
        (lambda text: text + "\n", "line 26 is not as it was given"),
        (lambda text: text.replace("kept.", "kept. "), "line 15 is not as it was given"),
        (lambda text: text.replace("Member:", "Member :"), "line 8 is not as it was given"),
        (lambda text: text.replace("I consent", "i consent"), "line 12 is not as it was given"),
        (lambda text: text[: len(text) // 2], "line "),
        (lambda text: text.replace("as organisation", "as boss"), "says what no statement says"),
        (lambda text: "\ufeff" + text, "a statement begins with the line"),
        (lambda text: "Dear all,\n" + text, "a statement begins with the line"),
    ],
)
def test_an_edited_statement_is_refused_with_its_line_and_the_way_out(
    edit: Callable[[str], str], says: str
) -> None:
    with pytest.raises(StatementFault, match=says):
        read_statement(edit(statement()).encode())


def test_letters_that_are_no_unicode_are_refused() -> None:
    with pytest.raises(StatementFault, match="changed its letters"):
        read_statement(statement(reason="Für uns.").encode("latin-1"))


# --- the published vectors ------------------------------------------------------------------------

VECTORS = json.loads(
    (Path(__file__).parents[2] / "docs/statement-vectors.json").read_text(encoding="utf-8")
)["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_published_vectors_hold(vector: dict[str, Any]) -> None:
    position, basis = Position.model_validate(vector["position"]), StatementBasis(**vector["basis"])
    text = vector["statement"]
    assert statement_of(position, basis) == text
    assert statement_digest(text) == vector["digest"]
    assert statement_of(*read_statement(text.encode())) == text


def test_the_published_signature_is_over_its_statement() -> None:
    [vector] = [each for each in VECTORS if "signature" in each]
    data, held = vector["statement"].encode(), [("gus", vector["key"])]
    assert require_signer(data, vector["signature"], held, "consent@govkit") == "gus"
