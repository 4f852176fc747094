"""Tables are compared by cell and lists by item, whatever their words are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.corpus.redline.compare import redline, redline_of_blocks
from govkit.corpus.redline.operations import accepted, rejected
from govkit.corpus.redline.tables import places_of
from govkit.languages.catalogue import messages
from govkit.rendering.passages import passages_of
from govkit.source.text_blocks import TextBlock, as_one_text

Rows = list[list[str]]


def cells(rows: Rows, number: int = 1) -> list[TextBlock]:
    return [
        TextBlock(text, "cell", 0, (number, row, column))
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
        if text
    ]


def compared(old: Rows, new: Rows) -> list[list[str]]:
    """The rows of both tables laid over each other, each change in its cell."""
    sides = cells(old), cells(new)
    found, places = redline_of_blocks(*sides)
    rows: dict[int, list[str]] = {}
    for passage in passages_of(found, sides, places, messages("en")):
        cell = ""
        for span in passage.spans:
            words = str(span.spans[0].text) if hasattr(span, "spans") else span.text
            sign = {"Deleted": "-", "Inserted": "+", "MovedFrom": "<", "MovedTo": ">"}
            cell += sign.get(type(span).__name__, "") + words
        row = rows.setdefault(passage.place.row, [])
        assert len(row) < passage.place.column, "two cells in one place"
        row += [""] * (passage.place.column - len(row) - 1) + [cell]
    assert [*rows] == sorted(rows)
    return [*rows.values()]


FEES = [["Service", "Fee"], ["Basic", "10 EUR"], ["Premium", "20 EUR"]]
CHANGED: dict[str, tuple[Rows, Rows, Rows]] = {
    "two fees exchanged": (
        FEES,
        [["Service", "Fee"], ["Basic", "20 EUR"], ["Premium", "10 EUR"]],
        [["Service", "Fee"], ["Basic", "-10 EUR +20 EUR"], ["Premium", "-20 EUR +10 EUR"]],
    ),
    "two rows exchanged": (
        FEES,
        [FEES[0], FEES[2], FEES[1]],
        [["Service", "Fee"], [">Premium", ">20 EUR"], ["Basic", "10 EUR"], ["<Premium", "<20 EUR"]],
    ),
    "a row put in that holds what others hold": (
        FEES,
        [FEES[0], ["Student", "10 EUR"], *FEES[1:]],
        [FEES[0], ["+Student", "+10 EUR"], *FEES[1:]],
    ),
    "a row taken out, the next one changed": (
        FEES,
        [FEES[0], ["Premium", "30 EUR"]],
        [FEES[0], ["-Basic", "-10 EUR"], ["Premium", "-20 EUR +30 EUR"]],
    ),
    "one of two equal rows taken out, each with a number before it": (
        [["1", "Gold"], ["1", "Gold"], ["All", "a yearly refund"]],
        [["1", "Gold"], ["All", "a yearly refund"]],
        [["1", "Gold"], ["-1", "-Gold"], ["All", "a yearly refund"]],
    ),
    "a column put in": (
        FEES,
        [["Service", "Unit", "Fee"], ["Basic", "month", "10 EUR"], ["Premium", "year", "20 EUR"]],
        [
            ["Service", "+Unit", "Fee"],
            ["Basic", "+month", "10 EUR"],
            ["Premium", "+year", "20 EUR"],
        ],
    ),
    "a column put in and the last row taken out": (
        [*FEES, ["Old", "1 EUR"]],
        [["Service", "Fee", "Notice"], ["Basic", "10 EUR", "none"], ["Premium", "20 EUR", "a day"]],
        [
            ["Service", "Fee", "+Notice"],
            ["Basic", "10 EUR", "+none"],
            ["Premium", "20 EUR", "+a day"],
            ["-Old", "-1 EUR"],
        ],
    ),
    "a column taken out": (
        [["Service", "Unit", "Fee"], ["Basic", "month", "10 EUR"]],
        [["Service", "Fee"], ["Basic", "10 EUR"]],
        [["Service", "-Unit", "Fee"], ["Basic", "-month", "10 EUR"]],
    ),
    "two columns exchanged": (
        [["Fee", "Old fee"], ["1", "2"], ["3", "4"]],
        [["Old fee", "Fee"], ["2", "1"], ["4", "3"]],
        [["-Fee", "Old fee", "+Fee"], ["-1", "2", "+1"], ["-3", "4", "+3"]],
    ),
    "a cell emptied and a cell filled": (
        [["Basic", "10 EUR", ""], ["Premium", "20 EUR", "new"]],
        [["Basic", "", "new"], ["Premium", "20 EUR", "new"]],
        [["Basic", "-10 EUR", "+new"], ["Premium", "20 EUR", "new"]],
    ),
    "the same words in the next column": (
        [["Service", "Basic", "Premium"], ["Fee", "10 EUR", ""]],
        [["Service", "Basic", "Premium"], ["Fee", "", "10 EUR"]],
        [["Service", "Basic", "Premium"], ["Fee", "-10 EUR", "+10 EUR"]],
    ),
    "a label changed": (
        FEES,
        [FEES[0], ["Starter", "10 EUR"], FEES[2]],
        [FEES[0], ["-Basic +Starter", "10 EUR"], FEES[2]],
    ),
    "a table of other words": (
        [["One", "two"]],
        [["Three", "four"], ["five", "six"]],
        [["-One", "-two"], ["+Three", "+four"], ["+five", "+six"]],
    ),
}


@pytest.mark.parametrize("case", CHANGED)
def test_a_cell_is_compared_with_that_cell(case: str) -> None:
    old, new, expected = CHANGED[case]
    assert compared(old, new) == expected


def test_a_table_in_one_text_is_found_in_the_lines_of_the_other() -> None:
    lines = [TextBlock("Service Fee"), TextBlock("Basic 10 EUR"), TextBlock("Premium 25 EUR")]
    found, _ = redline_of_blocks(cells(FEES), lines)
    changed = [operation for operation in found.operations if operation.op != "equal"]
    assert "".join(operation.old for operation in changed).split() == ["20", "EUR"]
    assert "".join(operation.new for operation in changed).split() == ["25", "EUR"]


def test_texts_without_a_table_are_not_searched_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govkit.corpus.redline.tables.heaviest", None)
    old, new = ([TextBlock(each) for each in side] for side in (("One.", "Two."), ("Two.",)))
    places = places_of(old, new)
    assert [[place.region.start for place in side] for side in places] == [[0, 6], [0]]


def test_a_short_item_that_stands_elsewhere_moved() -> None:
    old, new = (
        "The fees:\n\n- rent;\n\n- heat;\n\n- water.",
        "The fees:\n\n- water;\n\n- rent;\n\n- heat.",
    )
    found = redline(old, new)
    ((went, came),) = found.moved
    assert (found.operations[went].old.strip(), found.operations[came].new.strip()) == (
        "water",
        "water",
    )
    twice = redline("(a) none\n\n(b) all\n\n(c) none", "(a) all\n\n(b) none\n\n(c) none")
    assert not any("none" in twice.operations[at].old for at, _ in twice.moved)


WORDS = st.sampled_from(
    ("Basic", "10 EUR", "20 EUR", "", "Users may object. They must pay.", "Fee")
)
TABLE = st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=4)
BODY = st.sampled_from(("Users may object.", "The fee is due.", "(a) none", "10 EUR"))
PART = st.one_of(TABLE, BODY)


def blocks_of(parts: list[Rows | str]) -> list[TextBlock]:
    blocks: list[TextBlock] = []
    for number, part in enumerate(parts, 1):
        blocks += [TextBlock(part)] if isinstance(part, str) else cells(part, number)
    return blocks


@given(st.lists(PART, max_size=4), st.lists(PART, max_size=4))
@settings(max_examples=80)
def test_accepting_gives_the_new_text_and_rejecting_the_old(
    old: list[Rows | str], new: list[Rows | str]
) -> None:
    sides = blocks_of(old), blocks_of(new)
    found, places = redline_of_blocks(*sides)
    assert (rejected(found), accepted(found)) == tuple(map(as_one_text, sides))
    shown = [*passages_of(found, sides, places, messages("en"))]
    for passage in shown:
        if not passage.is_changed and passage.block.style == "cell":
            assert passage.block in sides[1]
            # What is shown as kept is kept in its own cell.
            assert passage.block.text == "".join(span.text for span in passage.spans)
