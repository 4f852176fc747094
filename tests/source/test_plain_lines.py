"""What is read without a YAML parser is the same data as libyaml's."""

from __future__ import annotations

import random
from typing import Any

import pytest

from govkit.source import loader
from govkit.source.gate import Unreadable
from govkit.source.loader import Doubt, load
from govkit.source.plain_lines import OTHER, read
from tests.conftest import ROOT

PLAIN = {
    "words behind keys": "id: MCP-DUE-03\ntitle: Notice of a decision\n",
    "a line that names the schema": "# yaml-language-server: $schema=x\n\nid: a\n",
    "an empty line between": "id: a\n\ntitle: b\n",
    "a colon in a word": "url: https://example.org/a:b\n",
    "signs inside words": "a: b, [c] {d} & *e* 'f' \"g\" -- x#y? %!\n",
    "letters of other languages": "title: Älterer Entwurf, «naïve» 方針\n",
    "numbers, dates and truth": "a: 6\nb: 2.10\nc: true\nd: 2026-03-10\ne: FALSE\nf: n\n",
    "nothing": "a:\nb: null\nc: NULL\nd: Null\n",
    "words in double quotes": 'a: "no: x"\nb: ""\nc: "\'"\n',
    "a list of words": "a: [b, c d, 6, null, (e), f's]\nb: []\n",
    "a group": "a: {b: c d, e: [f, 6], g: null}\n",
    "a group on the line below": "a:\n  {b: c}\nd: e\n",
    "words on the line below": "a:\n  b c\nd: e\n",
    "items": "a:\n  - b\n  - c d\n  - 6\n  - [e]\n  - {f: g}\n",
    "groups in a list": "a:\n  - b: c\n    d: e\n  - b: f\ng: h\n",
    "lists in groups in a list": "a:\n  - b:\n      - c\n      - d: e\n    f: g\nh: i\n",
    "groups in groups": "a:\n  b:\n    c: d\n  e: f\n",
    "a text that keeps its lines": "a: |\n  b\n\n    c\n  d\ne: |-\n  f\n",
    "a text whose lines are joined": "a: >-\n  b\n  c\nd: >\n  e\n  f\n",
    "a text at the end, with empty lines": "a: |\n  b\n\n\n",
    "a text as an item": "a:\n  - |\n    b\n  - >-\n    c\n    d\n",
}

NOT_PLAIN = {
    "words that go on in the next line": "a: b\n  c\n",
    "words below that go on": "a:\n  b\n  c\n",
    "words below words": "a: b\n  c: d\n",
    "a comment behind words": "a: b #c\n",
    "a comment between": "a: b\n# c\nd: e\n",
    "a space at the end": "a: b \n",
    "a tab": "a: b\tc\n",
    "a colon at the end": "a: b:\n",
    "a key in words": "a: b: c\n",
    "an escape": 'a: "\\t"\n',
    "an accent in quotes": 'a: "é"\n',
    "quotes that go on": 'a: "b\n  c"\n',
    "single quotes": "a: 'b'\n",
    "an anchor": "a: &b c\n",
    "an alias": "a: *b\n",
    "a tag": "a: !b c\n",
    "two documents": "a: b\n---\nc: d\n",
    "an end of the document": "a: b\n...\n",
    "a list as the record": "- a\n",
    "a list in a list": "a:\n  - - b\n",
    "a list that is not indented": "a:\n- b\n",
    "a key twice": "a: b\na: c\n",
    "a key twice in a group": "a: {b: c, b: d}\n",
    "a key that is a number": "6: a\n",
    "a key that is none": "null: a\n",
    "a key that is a truth value": "a: {true: b}\n",
    "a line to the left of its list": "a:\n    - b\n  - c\n",
    "a key among items": "a:\n  - b\n  c: d\n",
    "an item among keys": "a:\n  b: c\n  - d\n",
    "a text that is not indented": "a: |\nb\n",
    "a text no deeper than its key": "a:\n  - b: |\n    c\n",
    "a text that begins with an empty line": "a: |\n\n  b\n",
    "a text that begins deeper": "a: |\n    b\n  c\n",
    "a text that keeps all empty lines": "a: |+\n  b\n\n",
    "a text that says its indentation": "a: |2\n  b\n",
    "joined paragraphs": "a: >-\n  b\n\n  c\n",
    "joined lines, one of them deeper": "a: >-\n  b\n    c\n",
    "a joined list": "a: >-\n  b:\n  - c\n  - d\n",
    "a text with a line that looks like a key": "a: |\n  b\n  text: c\n",
    "no line feed at the end": "a: b",
    "nothing at all": "",
    "an empty line at the beginning": "\na: b\n",
    "nested deeper than a record is": "".join(f"{'  ' * at}a:\n" for at in range(20)),
}


def never(head: str, lines: str) -> bool:
    return False


def of_libyaml(text: str) -> tuple[Any, list[Doubt]]:
    """Return the data by the walk over events, which knows the place of each value."""
    doubts: list[Doubt] = []
    return load(text, {}, doubts=doubts), doubts


def with_types(data: Any) -> Any:
    """Return the data with the class of each word: one without quotes may be more than a text."""
    if isinstance(data, dict):
        return [(key, with_types(value)) for key, value in data.items()]
    if isinstance(data, list):
        return [with_types(value) for value in data]
    return type(data), data


def refused(text: str) -> None:
    pytest.fail("a parser was asked")


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_plain_lines_are_read_without_a_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, _ = of_libyaml(text)
    monkeypatch.setattr(loader, "CParser", refused)
    found = load(text)
    assert with_types(found) == with_types(expected)


@pytest.mark.parametrize("text", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_all_else_is_left_to_the_parser(text: str) -> None:
    assert read(text, loader._is_doubtful) is OTHER


def test_a_text_in_doubt_is_left_to_the_parser() -> None:
    text = "a: |\n  b\n  text: c\n"
    assert read(text, never) == {"a": "b\ntext: c\n"}
    assert len(of_libyaml(text)[1]) == 1


def test_the_records_of_this_repository_hold_the_same_either_way() -> None:
    plain = 0
    for folder in ("provisions", "recommendations", "registers", "governance"):
        for path in (ROOT / folder).rglob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            found = read(text, loader._is_doubtful)
            if found is not OTHER:
                plain += 1
                assert with_types(found) == with_types(of_libyaml(text)[0]), path
    assert plain > 100


INDENTS = ("", "", "", "", "  ", "  ", "    ", " ")
HEADS = ("k{}: ", "k{}: ", "k{}: ", "k{}:", "k{}:", "- ", "- k{}: ", "- k{}:", "6: ", "")
VALUES = (
    *("", "", "", "a", "two words", "null", "6", "(a) x", "x:y", "é", "No", "0x1", "[a, 6]", "[]"),
    *("{x: y}", "{a: b, c: [d]}", '"q"', "'q'", "|\n  a\n\n  b", ">-\n    a\n    b", "|-\n      c"),
)
SIGNS = (" #", "#", "\t", " ", ":", ": ", "---", "...", "%", "&a", "*a", "!t", "? ", "<<", "\n")
SIGNS += ("|", ">", ",", "[", "]", "{", "}", "'", '"', "@", "`", "~", "=", "-", "\u00a0")


def by_chance(chance: random.Random) -> str:
    """Return lines of the plain forms, most of them with a sign in a place where it may matter."""
    lines = (
        chance.choice(INDENTS) + chance.choice(HEADS).format(at) + chance.choice(VALUES) + "\n"
        for at in range(chance.randint(1, 4))
    )
    text = "a: b\n" + "".join(lines)
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(SIGNS) + text[at:] if chance.random() < 0.7 else text


def test_whatever_is_read_without_a_parser_is_what_the_parser_reads() -> None:
    chance = random.Random(11)
    plain = 0
    for _ in range(20_000):
        text = by_chance(chance)
        found = read(text, loader._is_doubtful)
        if found is OTHER:
            continue
        plain += 1
        try:
            expected, doubts = of_libyaml(text)
        except Unreadable as fault:
            pytest.fail(f"{text!r} is refused: {fault}")
        assert with_types(found) == with_types(expected), text
        assert not doubts, text
    assert plain > 300
