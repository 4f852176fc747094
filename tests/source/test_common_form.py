"""What is known to be in the common form is in it: the round trip would change nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkit.records.kinds import GOVERNED_FOLDERS, kind_of_path
from govkit.source.common_form import is_in_common_form
from govkit.source.writing import NotFormatted, _formatted, schema_line

ROOT = Path(__file__).parents[2]
FOLDERS = (
    ROOT,
    ROOT / "govkit" / "source" / "examples",
    ROOT / "examples" / "agora",
    ROOT / "tests" / "rules" / "_base",
)
FILES = [
    (path.relative_to(folder).as_posix(), path.read_bytes())
    for folder in FOLDERS
    for top in GOVERNED_FOLDERS
    for path in sorted((folder / top).rglob("*.yaml"))
    if kind_of_path(path.relative_to(folder).as_posix())
]
SMALL = [(path, data.decode()) for path, data in FILES if len(data) < 3_000]


def is_known(path: str, data: bytes) -> bool:
    kind = kind_of_path(path) or ""
    return is_in_common_form(schema_line(path, kind), kind, data, joiners=kind == "translation")


def after_the_round_trip(path: str, data: bytes) -> bytes | str:
    try:
        return _formatted(path, kind_of_path(path) or "", data).data
    except NotFormatted as refused:
        return refused.message


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_records_of_a_coalition_are_known_to_be_tidy(folder: Path) -> None:
    unknown = [
        path for path, data in FILES if (folder / path).is_file() and not is_known(path, data)
    ]
    assert unknown == []


LINES = (
    "# why",
    "#tight",
    "## a: [b]",
    "# yaml-language-server: $schema=x.schema.json",
    "",
    " ",
    "- y",
    "- a: b",
    "- |",
    "- - a",
    "? x",
    "x:",
    "x :y",
    "x : y",
    "x:  y",
    "x:y",
    # texts without quotes
    "x: value",
    "x: a:b",
    "x: a#b",
    "x: a # b",
    "x: a: b",
    "x: null",
    "x: ~",
    "x: 1.0",
    "x: - a",
    "x: -a",
    "x: -1",
    "x: .a",
    "x: ?a",
    "x: =",
    "x: a=b",
    "x: %a",
    "x: a%",
    "x: <a@b.c>",
    "x: a, b",
    "x: a]",
    "x: a  b",
    "x: a ",
    "x: \u00e9",
    "x: \U0001f600",
    "x: \u00a0a",
    "x: a\u00a0",
    "x: ---",
    "x: a\\nb",
    "x: yes",
    "x: \u201ca\u201d",
    "x: e\u0301",
    # quotes, and blocks
    'x: "a # b"',
    "x: 'it''s'",
    'x: "\u00e9"',
    "x: ''",
    'x: ""',
    'x: "\U0001f600"',
    'x: "\u00a0"',
    "x: '\U0001f600'",
    'x: "a',
    "x: 'a' b",
    'x: "a \' b"',
    "x: 'a \" b'",
    "x: 'a  b '",
    'x: " a"',
    'x: "-"',
    'x: "\\u00e9"',
    "x: |",
    "x: >-",
    "x: |-",
    "x: >",
    "x: |+",
    "x: |2",
    "x: |  # why",
    "x: >-\n  a\u00a0\n  b",
    "x: |\n  a\u00a0\n  b",
    "x: >-\n  a\n  \u00a0b",
    "x: |\n  a\n\n\n",
    # in a row
    "x: []",
    "x: {}",
    "x: [a, b]",
    "x: [a,b]",
    "x: [ a ]",
    "x: [a, ]",
    "x: {a: b}",
    "x: {a: }",
    "x: [a:b, c#d]",
    "x: [a b, (c)]",
    "x: [1, 2.0, true]",
    "x: {a: [b, c], d: {e: f}}",
    "x: [{a: b}, c]",
    "x: [[a], b]",
    'x: {"a": b}',
    'x: {a: "b, c"}',
    "x: ['a', \"b\"]",
    "x: {a: null}",
    "<<: a",
    "---",
    "...",
)


def with_a_slip(text: str, chance: random.Random) -> str:
    """A file in which a line or a character was put in, taken out or moved."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    own = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    match chance.randrange(6):
        case 0 | 1 | 2:
            lines.insert(at, chance.choice(("", own, own, f"{own}  ", " ")) + chance.choice(LINES))
        case 3:
            del lines[at]
        case 4:
            lines[at] = chance.choice((" ", "  ")) + lines[at]
        case _:
            where = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:where] + chance.choice(" #:-'\"[]{},|>\\&*") + lines[at][where:]
    return "\n".join(lines)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(file=st.sampled_from(SMALL), seed=st.integers(0, 2**32), slips=st.integers(1, 3))
def test_a_file_that_is_known_to_be_tidy_is_what_the_round_trip_gives(
    file: tuple[str, str], seed: int, slips: int
) -> None:
    path, text = file
    chance = random.Random(seed)
    for _ in range(slips):
        text = with_a_slip(text, chance)
    if is_known(path, text.encode()):
        assert after_the_round_trip(path, text.encode()) == text.encode()


TERM = "registers/terms/x.yaml"


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_known_to_be_tidy_stays(line: str) -> None:
    """Wherever a line of this form may stand: at the left edge, below a key, in a list."""
    head = schema_line(TERM, "term")
    for around in ("a: b\n{}\nc: d\n", "a:\n  {}\nc: d\n", "a:\n  - b: c\n    {}\n  - {}\nc: d\n"):
        data = (head + around.replace("{}", line)).encode()
        if is_known(TERM, data):
            assert after_the_round_trip(TERM, data) == data
