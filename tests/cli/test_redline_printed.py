"""A redline on a terminal: the brackets say everything, and no line is too wide."""

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkit.cli.printing import redline as printed
from govkit.cli.printing.redline import lines_of, redline_as_text
from govkit.cli.printing.screen import columns_of
from govkit.corpus.redline.compare import redline
from govkit.rendering.spans import Deleted, MovedTo, Words

OLD = "The platform may delete content after 30 days.\n\nIt keeps a log.\n\nIt may charge a fee."
NEW = (
    "The platform may not delete content after 10 days.\n\nIt keeps a log.\n\nIt may charge no fee."
)


def test_without_colours() -> None:
    assert redline_as_text(redline(OLD, NEW), colours=False, width=40) == (
        "The platform [-may-] [+may not+] delete\n"
        "content after [-30 days-] [+10 days+].\n"
        "\n"
        "It keeps a log.\n"
        "\n"
        "It may charge [-a-] [+no+] fee.\n"
    )


def test_colours_add_nothing_but_colours() -> None:
    found = redline(OLD, NEW)
    coloured = redline_as_text(found, colours=True, width=40)
    assert click.style("[-30 days-]", fg="red", strikethrough=True, underline=False) in coloured
    assert click.unstyle(coloured) == redline_as_text(found, colours=False, width=40)


def test_only_what_changed() -> None:
    text = redline_as_text(redline(OLD, NEW), colours=False, width=80, whole=False, indent="  ")
    assert text == (
        "  The platform [-may-] [+may not+] delete content after [-30 days-] [+10 days+].\n"
        "\n"
        "  (1 paragraph without a change)\n"
        "\n"
        "  It may charge [-a-] [+no+] fee.\n"
    )


def test_an_item_begins_a_line() -> None:
    found = redline("It says:\n\n(a) why;\n(b) when.", "It says:\n\n(a) why;\n(b) where.")
    assert redline_as_text(found, colours=False, width=60) == (
        "It says:\n\n(a) why;\n(b) [-when.-] [+where.+]\n"
    )


def test_what_moved_is_said_in_words() -> None:
    old = "It must say why it acts. It must be short. It must be clear."
    new = "It must be short. It must be clear. It must say why it acts."
    assert redline_as_text(redline(old, new), colours=False, width=200) == (
        "[moved from here: It must say why it acts.] It must be short. It must be clear. "
        "[moved here, unchanged: It must say why it acts.]\n"
    )


def test_signs_that_a_terminal_would_obey_are_written_out() -> None:
    text = redline_as_text(redline("It acts.", "It \x1b[31macts\u202e."), colours=False, width=80)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b" in text


def test_chinese_is_broken_between_characters() -> None:
    text = redline_as_text(
        redline("平台不得删除。" * 8, "平台应当删除。" * 8), colours=False, width=30
    )
    assert all(columns_of(line) <= 30 for line in text.splitlines())


@given(
    st.lists(st.sampled_from(("user", "must", "30 days", "用户", ". ", " ", "\n\n"))).map(" ".join),
    st.lists(st.sampled_from(("user", "may", "10 days", "平台", ". ", " ", "\n\n"))).map(" ".join),
    st.integers(24, 60),
)
def test_no_line_is_wider_than_the_terminal(old: str, new: str, width: int) -> None:
    text = redline_as_text(redline(old, new), colours=False, width=width)
    assert all(columns_of(line) <= width for line in text.splitlines())


@pytest.mark.parametrize("width", [20, 50, 88])
def test_the_words_are_the_same_at_any_width(width: int) -> None:
    found = redline(OLD, NEW)
    narrow = redline_as_text(found, colours=False, width=width)
    assert narrow.split() == redline_as_text(found, colours=False, width=500).split()


_PIECES = st.text(" ab\u00e9\u754c\u0301", max_size=12).map(lambda text: Words(text))
_SPANS = st.lists(
    _PIECES
    | _PIECES.map(lambda words: Deleted((words,), "deleted"))
    | _PIECES.map(lambda words: MovedTo((words, Deleted((words,), "")), "moved here"))
)


@given(_SPANS, st.integers(1, 30), st.booleans())
def test_narrow_signs_are_broken_into_lines_as_all_others(
    spans: list[Words | Deleted | MovedTo], width: int, colours: bool
) -> None:
    lines = list(printed._lines_of_any(spans, width, colours))
    assert list(lines_of(spans, width, colours)) == lines


def test_words_of_narrow_signs_are_not_looked_at_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pieces: list[str] = []
    real = printed._piece
    monkeypatch.setattr(printed, "_piece", lambda *words: pieces.append(words[0]) or real(*words))
    assert len(list(lines_of([Words("D\u00e9lai de r\u00e9ponse \u2026 " * 1_000)], 88))) > 200
    assert not pieces
