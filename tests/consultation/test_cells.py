"""The cell with the answer, and words made fit for a record."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.consultation.observations import NotUnderstood, Observation, as_cell, read_cell
from govkit.consultation.sanitising import sanitise
from govkit.languages.catalogue import messages
from govkit.records.comments import Disposition, Result
from govkit.records.enumerations import ACTIONS
from govkit.source.gate import admit

READ = {
    "Accepted": ("accepted", None, None),
    "accepted.": ("accepted", None, None),
    "Accepted in part: Twenty days now.": ("accepted-in-part", "Twenty days now.", None),
    "Partially accepted – twenty": ("accepted-in-part", "twenty", None),
    "NOT ACCEPTED. The law says thirty.": ("not-accepted", "The law says thirty.", None),
    "accepted-in-part: x": ("accepted-in-part", "x", None),
    "Rejected: no\nand no": ("not-accepted", "no\nand no", None),
    "Accepted (revision 3, EXA-DUE-01)": ("accepted", None, (3, "EXA-DUE-01")),
    "Accepted (rev. 3: EXA-DUE-01): thanks": ("accepted", "thanks", (3, "EXA-DUE-01")),
    "Deferred (rev 3) - later": ("deferred", "later", (3, None)),
}


@pytest.mark.parametrize("cell", READ)
def test_an_answer_that_is_understood(cell: str) -> None:
    action, reply, result = READ[cell]
    place = Result(revision=result[0], unit=result[1]) if result else None
    assert read_cell(cell) == Observation(action, reply, place)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "message", "help"),
    [
        ("Acepted: x", "`Acepted` is no answer", "Did you mean `Accepted`?"),
        ("Noted", "`Noted` is no answer", "Begin with one of: Accepted, Accepted in part"),
        ("We agree with this fully", "`We agree with this` is no answer", "Begin with"),
        ("Not accepted", "`Not accepted` needs a reply", "Not accepted: because"),
        ("Acceptedx", "`Acceptedx` is no answer", "Accepted"),
        ("=1+1", "is no answer", "Begin with"),
    ],
)
def test_an_answer_that_is_not(cell: str, message: str, help: str) -> None:
    with pytest.raises(NotUnderstood) as wrong:
        read_cell(cell)
    assert message in wrong.value.message
    assert help in wrong.value.help


def test_an_empty_cell_is_no_answer_yet() -> None:
    assert read_cell(" \n ") is None


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


@given(
    st.sampled_from(ACTIONS),
    TEXT,
    st.none() | st.tuples(st.integers(1, 99), st.none() | st.just("EXA-DUE-01")),
)
def test_an_answer_comes_back_from_its_cell(
    action: str, words: str, place: tuple[int, str | None] | None
) -> None:
    reply = sanitise(words).text or ("x" if action != "accepted" else None)
    result = Result(revision=place[0], unit=place[1]) if place else None
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    given_answer = Disposition.model_validate(
        {"action": action, "reply": reply, "by": "x", "at": at, "result": result}
    )
    assert read_cell(as_cell(messages("en"), given_answer)) == (action, reply, result)


@given(TEXT)
def test_fitted_words_pass_the_gate_and_stay(words: str) -> None:
    once = sanitise(words).text
    admit(once.encode())
    assert sanitise(once).text == once


def test_what_a_reader_sees_stays() -> None:
    kept = "Ça, naïve – “so” 中文 العربية हिन्दी 1 000 €"
    assert sanitise(kept).text == kept
    assert sanitise("e\u0301t\u200be\u0301 a\u202eb").text == "été ab"
