"""A finding names a line and a column: those of the very words that it is about."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.findings import WHOLE_FILE, Finding, Place, Route
from govkit.source import places
from govkit.source.places import with_places
from govkit.source.reading import spots_of


def place(text: str, route: Route) -> Place:
    [placed] = with_places(text.encode(), [Finding("example", "Look here.", "x.yaml", route)])
    assert placed.place is not None
    return placed.place


def shown(text: str, route: Route) -> str:
    """The characters that a place marks in the file."""
    at = place(text, route)
    return text.split("\n")[at.line - 1][at.column - 1 : at.end_column - 1]


# --- routes -------------------------------------------------------------------------------------

PROVISION = """\
# A remark first.
title: Notice
rights: [due-process, 'privacy']
clauses:
  - id: a
    text: >-
      The platform must give
      notice.
  - id: b
    text: ""
    guidance:
    conditions:
      - "where it \\"can\\""
applies_to: {users: [all]}
"""


@pytest.mark.parametrize(
    ("route", "line", "column", "words"),
    [
        (Route(("title",)), 2, 8, "Notice"),
        (Route(("title",), at_key=True), 2, 1, "title"),
        (Route(("rights",)), 3, 9, "[due-process, 'privacy']"),
        (Route(("rights", 1)), 3, 23, "'privacy'"),
        (Route(("clauses", 0, "text")), 7, 7, "The platform must give"),
        (Route(("clauses", 0, "text"), (4, 12)), 7, 11, "platform"),
        (Route(("clauses", 0, "text"), (23, 29)), 8, 7, "notice"),
        (Route(("clauses", 0, "text"), at_key=True), 6, 5, "text"),
        (Route(("clauses", 1)), 9, 5, "id: b"),
        (Route(("clauses", 1, "conditions", 0), (10, 13)), 13, 21, "can"),
        (Route(("clauses", 1, "conditions", 0)), 13, 9, '"where it \\"can\\""'),
        (Route(("applies_to", "users", 0)), 14, 22, "all"),
    ],
    ids=str,
)
def test_a_route_leads_to_its_words(route: Route, line: int, column: int, words: str) -> None:
    assert place(PROVISION, route)[:2] == (line, column)
    assert shown(PROVISION, route) == words


@pytest.mark.parametrize(
    ("name", "route", "line", "column", "words"),
    [
        ("a key that is missing", ("clauses", 0, "force"), 5, 5, "id: a"),
        ("a key that is missing in a list that is missing", ("grounds", 0, "source"), 1, 1, ""),
        ("an item past the end", ("rights", 7), 3, 1, "rights"),
        ("a text that is empty", ("clauses", 1, "text"), 10, 11, '""'),
        ("a value that is nothing", ("clauses", 1, "guidance"), 11, 5, "guidance"),
        ("a key below a text", ("title", "en"), 2, 1, "title"),
        ("the record itself", (), 1, 1, ""),
    ],
)
def test_what_is_not_there_is_shown_at_the_nearest_part_that_is(
    name: str, route: tuple[str | int, ...], line: int, column: int, words: str
) -> None:
    assert place(PROVISION, Route(route))[:2] == (line, column)
    assert shown(PROVISION, Route(route)) == words


def test_a_file_that_does_not_load_has_only_a_beginning() -> None:
    assert place("title: [", Route(("title",))) == WHOLE_FILE


def test_a_place_that_is_known_stays() -> None:
    known = Finding("example", "Look here.", "x.yaml", place=Place(2, 3, 4))
    assert with_places(b"title: T\n", [known]) == [known]


def test_line_ends_of_windows_move_nothing() -> None:
    route = Route(("clauses", 0, "text"), (23, 29))
    [placed] = with_places(
        PROVISION.replace("\n", "\r\n").encode(), [Finding("example", "", "x.yaml", route)]
    )
    assert placed.place == Place(8, 7, 13)


@pytest.mark.parametrize(
    ("written", "span", "words"),
    [
        ("'it''s here'", (5, 9), "here"),
        ("'it''s here'", (2, 3), "''"),
        ('"a\\x41\\u00e9 b"', (1, 3), "\\x41\\u00e9"),
        ('"a\\tb"', (2, 3), "b"),
        ('"a\\x20b"', (2, 3), "b"),
        ('"a\\u00a0\\_b"', (3, 4), "b"),
        ('"one \\\n  two"', (4, 7), "two"),
        ('"\\"so\\" \\\\ on"', (7, 9), "on"),
        ("| # | why\n  one\n\n  two", (5, 8), "two"),
        ("|2-\n    one\n   two", (2, 5), "one"),
        (">+ # why\n  one\n  two\n\n", (4, 7), "two"),
        ("😀 one\n  é two", (6, 7), "é"),
    ],
)
def test_a_span_of_a_text_is_found_however_it_is_written(
    written: str, span: tuple[int, int], words: str
) -> None:
    assert shown(f"title: {written}\n", Route(("title",), span)) == words


# --- any text, any style, any span --------------------------------------------------------------

LETTERS = "abzéß😀中0.,;()-"
LINES = st.lists(
    st.lists(
        st.text(LETTERS + "'\":#[]{}&*!|>%@\\", min_size=1, max_size=6), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=4,
)
PLAIN_LINES = st.lists(
    st.lists(
        st.builds(str.__add__, st.sampled_from("abzé😀"), st.text(LETTERS + "'\"", max_size=5)),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=4,
)
ESCAPES = {"é": "\\xe9", "😀": "\\U0001F600", "中": "\\u4e2d", "b": "\\x62"}


class Source(NamedTuple):
    """A file with one text in it, and how the style writes the characters of that text."""

    text: str
    style: str


def joined(lines: list[list[str]], between: str) -> str:
    return between.join(" ".join(line) for line in lines)


def in_double_quotes(lines: list[list[str]], seed: int, between: str) -> str:
    """Quote words, with every second character that has an escape written as that escape."""
    words = joined(lines, "\0").replace("\\", "\\\\").replace('"', '\\"')
    characters = [
        ESCAPES.get(character, character) if (at + seed) % 2 else character
        for at, character in enumerate(words)
    ]
    return '"' + "".join(characters).replace("\0", between) + '"'


def plain(lines: list[list[str]]) -> Source:
    return Source(f"title: {joined(lines, ' ')}\n", "")


def plain_lines(lines: list[list[str]]) -> Source:
    return Source("title:\n  " + joined(lines, "\n  ") + "\nend: x\n", "")


def single(lines: list[list[str]]) -> Source:
    return Source("title: '" + joined(lines, "\n   ").replace("'", "''") + "'\n", "'")


def double(lines: list[list[str]]) -> Source:
    return Source("title: " + in_double_quotes(lines, 0, "\n  ") + "\n", '"')


def double_escaped(lines: list[list[str]]) -> Source:
    return Source("title: " + in_double_quotes(lines, 1, " \\t\\x20\\\n   ") + "\n", '"')


def folded(lines: list[list[str]]) -> Source:
    return Source("title: >-  # why\n    " + joined(lines, "\n    ") + "\nend: x\n", ">")


def literal(lines: list[list[str]]) -> Source:
    return Source("title: |\n  " + joined(lines, "\n\n  ") + "\nend: x\n", "|")


def literal_indented(lines: list[list[str]]) -> Source:
    return Source("title: |2+\n     " + joined(lines, "\n   ") + "\n\nend: x\n", "|")


STYLES = {
    "plain, one line": (plain, PLAIN_LINES),
    "plain, many lines": (plain_lines, PLAIN_LINES),
    "single quotes": (single, LINES),
    "double quotes": (double, LINES),
    "double quotes with every escape": (double_escaped, LINES),
    "folded": (folded, LINES),
    "literal": (literal, LINES),
    "literal with its indentation": (literal_indented, LINES),
}


def meant(written: str, style: str) -> str:
    """The characters that this piece of the source stands for."""
    if style == "'":
        return written.replace("''", "'")
    return yaml.safe_load(f'"{written}\n"') if style == '"' else written


def visible(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("name", STYLES)
def test_a_place_shows_the_characters_of_its_span(name: str) -> None:
    write, some_lines = STYLES[name]

    @settings(max_examples=150)
    @given(some_lines, st.data())
    def holds(lines: list[list[str]], data: st.DataObject) -> None:
        source = write(lines)
        spot = spots_of(source.text.encode())[1][("title",)]
        assert visible(spot.value) == visible(joined(lines, " "))
        seen = [at for at, character in enumerate(spot.value) if not character.isspace()]
        start = data.draw(st.sampled_from(seen))
        end = data.draw(st.sampled_from([at for at in seen if at >= start])) + 1
        route = Route(("title",), (start, end))
        characters = visible(meant(shown(source.text, route), source.style))
        wanted = visible(spot.value[start:end])
        at = place(source.text, route)
        line = source.text.split("\n")[at.line - 1]
        assert characters
        assert wanted.startswith(characters)
        assert characters == wanted or at.end_column == len(line) + 1

    holds()


def test_a_text_with_thousands_of_findings_is_walked_over_once() -> None:
    words = "TBD " * 5000
    text = f"rationale: |\n  {words}\n"
    _, spots = spots_of(text.encode())
    before = places._offsets.cache_info().misses
    found = [
        places.place(text, spots, Route(("rationale",), (at, at + 3)))
        for at in range(0, len(words), 4)
    ]
    assert places._offsets.cache_info().misses == before + 1
    assert [(each.line, each.column) for each in found[:2]] == [(2, 3), (2, 7)]
    assert found[-1] == Place(2, 3 + 4 * 4999, 3 + 4 * 4999 + 3)
