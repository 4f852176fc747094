"""What is listed fits the screen, from 60 columns on, and breaks between words."""

import re
from pathlib import Path

import pytest

from govkit.cli.printing.screen import columns_of, fitted, folded, wrapped
from govkit.cli.printing.table import table

from .conftest import D1, D2, USER, Run, change, commit

LISTINGS = [
    (),
    ("list",),
    ("list", "log-entry"),
    ("where",),
    ("schema",),
    ("explain",),
    ("status",),
    ("status", "2026-001"),
    ("calendar",),
    ("audit",),
    ("doctor",),
    ("history", "EXA-DUE-01"),
    ("blame", "EXA-DUE-01"),
    ("impact", "user"),
    ("impact", "EXA-DUE-01"),
    ("show", "EXA-DUE-01"),
    ("diff", "start"),
    ("release", "plan", "provisions"),
    ("release", "list"),
    ("comment", "table"),
    ("decide", "2026-001"),
]
LONG = "Notice before a restriction of what a user has published, and of the way to complain"
WIDE = "在限制之前通知用户并说明理由以及投诉的方式在限制之前通知用户并说明理由"


@pytest.fixture
def wordy(founded: Path) -> Path:
    """Titles that are long, in a script of words and in one without."""
    change(founded, D1, "title: Notice before a restriction", f"title: {LONG}")
    change(founded, D2, "title: Free complaint", f"title: {WIDE}")
    change(founded, USER, "status: draft", "status: draft")
    commit(founded)
    return founded


@pytest.mark.parametrize("words", LISTINGS, ids=lambda words: " ".join(words) or "govkit")
def test_a_listing_fits_and_cuts_no_word(wordy: Path, govkit: Run, words: tuple[str, ...]) -> None:
    for columns in (60, 80, 200):
        done = govkit(wordy, *words, COLUMNS=str(columns))
        assert done.returncode in (0, 1), done.stderr
        for line in done.stdout.decode().splitlines():
            assert columns_of(line) <= columns or not can_be_broken(line), (columns, line)
            assert not re.search(r"\w(\.\.\.|…)\s*$", line), line


def can_be_broken(line: str) -> bool:
    """A command to type stays in one line, and so does a single word, as a digest or a path."""
    longest = max(map(len, line.split()), default=0)
    return " govkit " not in f" {line}" and longest < 60


def test_a_finding_and_an_error_fit_and_a_place_is_never_broken(wordy: Path, govkit: Run) -> None:
    change(wordy, USER, "status: draft", "status: drafts")
    for words in (("check",), ("list", "--status", "drafts"), ("check", "--format", "githubb")):
        whole, narrow = (
            govkit(wordy, *words, COLUMNS=columns, NO_COLOR="1") for columns in ("", "50")
        )
        shown, told = ((done.stdout + done.stderr).decode() for done in (whole, narrow))
        assert shown.split() == told.split()
        assert len(told.splitlines()) > len(shown.splitlines())
        for line in told.splitlines():
            is_place = " | " in line or "--> " in line or len(line.split()) == 1
            assert columns_of(line) <= 50 or is_place, line
    assert f"--> {USER}:" in govkit(wordy, "check", COLUMNS="40", NO_COLOR="1").stdout.decode()


def test_a_pipe_without_columns_has_one_width(wordy: Path, govkit: Run) -> None:
    assert govkit(wordy, "list", COLUMNS="").stdout == govkit(wordy, "list", COLUMNS="100").stdout
    assert govkit(wordy, "list", COLUMNS="no").stdout == govkit(wordy, "list", COLUMNS="0").stdout


def test_a_line_of_words_in_a_pipe_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert folded([LONG * 3]) == LONG * 3 + "\n"


def test_below_sixty_columns_each_row_is_a_list(wordy: Path, govkit: Run) -> None:
    said = govkit(wordy, "list", COLUMNS="30").stdout.decode()
    assert f"KIND: provision\nID: EXA-DUE-01\nSTATUS: draft\nTITLE: {LONG[:10]}" in said
    assert max(map(columns_of, said.splitlines())) <= 30


def test_a_cell_goes_on_in_the_next_line() -> None:
    shown = table(("ID", "TITLE"), [("EXA-DUE-01", "a title of several words"), ("b", "c")], 24)
    assert re.sub(r"\x1b\[\d*m", "", shown) == (
        "ID          TITLE\n"
        "EXA-DUE-01  a title of\n"
        "            several\n"
        "            words\n"
        "b           c\n"
    )


def test_a_word_that_is_wider_than_its_column_is_broken_and_loses_no_letter() -> None:
    shown = table(("ID", "DIGEST"), [("a", "sha256:" + "0123456789abcdef" * 4)], 40)
    rows = re.sub(r"\x1b\[\d*m", "", shown).splitlines()[1:]
    assert "".join(row[4:].strip() for row in rows) == "sha256:" + "0123456789abcdef" * 4
    assert all(len(row) <= 40 for row in rows)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("在限", 4),
        ("e\u0301", 1),
        ("नि", 2),
        ("ﬁ", 1),
        ("👍", 2),
        ("\x1b[31mred\x1b[0m", 3),
        ("a\ufe0f", 1),
    ],
)
def test_columns_are_those_that_a_terminal_gives(text: str, columns: int) -> None:
    assert columns_of(text) == columns


@pytest.mark.parametrize("room", range(2, 40))
def test_wrapping_loses_nothing_and_fits(room: int) -> None:
    text = f"{WIDE} and words e\u0301te\u0301 {LONG}"
    lines = wrapped(text, room, hard=True)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(columns_of, lines)) <= room
    assert not any(line.startswith("\u0301") for line in lines)


def test_a_command_to_type_stays_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    quoted = "`govkit comment table --format xlsx`"
    assert quoted in fitted(f"It may be that {quoted} writes a table with the headings.")
    line = "Next: govkit call open --promise draft=2026-11-30 --promise comments=2027-01-17"
    assert folded([line]) == line + "\n"
    assert folded(["  - words " * 8]).splitlines()[1].startswith("    ")
