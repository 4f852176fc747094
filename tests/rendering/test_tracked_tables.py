"""Tables with tracked changes: accepting gives the new table, rejecting the old one."""

import random
from pathlib import Path

import pytest

from govkit.cli.main import _run
from govkit.rendering.document import Paragraph
from govkit.rendering.spans import Deleted, Inserted, MovedFrom, Span, Words
from govkit.rendering.tracked_tables import Cell, tracked_table
from govkit.source.text_blocks import TextBlock
from tests.word_files import paragraph, table, word_file
from tests.word_reading import parts_of, shown

WORDS = ["notice", "user", "platform", "review", "days", "appeal", "term", "person", "sign", "law"]
Rows = list[list[str]]


def some_words(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 5)))


def changed(rows: Rows, chance: random.Random) -> Rows:
    rows = [[*row] for row in rows]
    for _ in range(chance.randint(1, 3)):
        match chance.choice(("row out", "row in", "cell")):
            case "row out" if len(rows) > 2:
                rows.pop(chance.randrange(1, len(rows)))
            case "row in":
                new = [some_words(chance) for _ in range(3)]
                rows.insert(chance.randint(1, len(rows)), new)
            case _:
                chance.choice(rows)[chance.randrange(3)] = some_words(chance)
    return rows


def redlined(folder: Path, old: Rows, new: Rows) -> bytes:
    for name, rows, end in (("old", old, "here"), ("new", new, "now here")):
        body = table(*map(tuple, rows)) if rows else ""
        words = paragraph("First words.") + body + paragraph(f"Last words {end}.")
        (folder / f"{name}.docx").write_bytes(word_file(words))
    names = [str(folder / f"{name}.docx") for name in ("old", "new", "red")]
    assert _run(["diff", "--plain", *names[:2], "-o", names[2]]) == 0
    return Path(names[2]).read_bytes()


def cells(data: bytes, view: str) -> list[str]:
    words = [each.words for each in shown(data, view)]  # type: ignore[arg-type]
    return words[words.index("First words.") + 1 : -1]


@pytest.mark.parametrize("seed", range(6))
def test_both_tables_are_in_one_with_tracked_rows_and_cells(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    old = [[some_words(chance) for _ in range(3)] for _ in range(chance.randint(3, 6))]
    new = changed(old, chance)
    if seed == 4:
        new = []
    data = redlined(tmp_path, *((new, old) if seed == 5 else (old, new)))
    body = parts_of(data)["word/document.xml"].decode().partition(">First words.<")[2]
    assert body.count("<w:tbl>") == 1
    sides = ("accepted", "rejected") if seed != 5 else ("rejected", "accepted")
    assert cells(data, sides[0]) == [cell for row in new for cell in row]
    assert cells(data, sides[1]) == [cell for row in old for cell in row]


def test_what_word_can_not_track_stays_paragraphs(tmp_path: Path) -> None:
    data = redlined(tmp_path, [["a day", "a user"], ["a law", "a sign"]], [["a day"], ["a law"]])
    assert cells(data, "accepted") == ["a day", "a law"]
    assert cells(data, "rejected") == ["a day", "a user", "a law", "a sign"]


def at(row: int, column: int, number: int = 1) -> TextBlock:
    return TextBlock("x", "cell", 0, (number, row, column))


@pytest.mark.parametrize(
    ("spans", "end", "old", "new"),
    [
        ((MovedFrom((Words("x"),), "1"),), "deleted", at(1, 1), None),
        ((Words("x"),), "kept", at(1, 1), at(1, 2)),
        ((Words("x"),), "kept", at(1, 1), TextBlock("x")),
    ],
    ids=["moved", "another column", "table to prose"],
)
def test_cells_that_are_no_one_table(
    spans: tuple[Span, ...], end: str, old: TextBlock, new: TextBlock | None
) -> None:
    assert tracked_table([Cell(Paragraph(spans, end), old, new)]) is None  # type: ignore[arg-type]


def test_a_cell_written_anew_stands_in_its_row() -> None:
    went, came = Deleted((Words("x"),), "out"), Inserted((Words("y"),), "in")
    found = tracked_table(
        [
            Cell(Paragraph((Words("a"),), "kept"), at(1, 1), at(1, 1)),
            Cell(Paragraph((went,), "deleted"), at(1, 2), None),
            Cell(Paragraph((came,), "inserted"), None, at(1, 2)),
        ]
    )
    assert found is not None
    assert found.rows == (((Words("a"),), (went, came)),)
    assert found.ends == ("kept",)
