"""Minutes filled in with Word, and half-filled and hostile ones. `cli/test_minutes` files them."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.comments.conftest import Run, as_json, everything, ok
from tests.word_files import paragraph, table, word_file

P = "2026-003"
HEAD = ("Proposal", "Member", "Position", "Only for these texts", "Reason, in their own words")


def in_word(data: bytes, fill: Callable[[str], str]) -> bytes:
    """A Word file with words put into the cells of its tables; the form has one run a cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, fill(part.decode()) if name == "word/document.xml" else part)
    return out.getvalue()


def typed(row: tuple[str, ...], at: int, words: str) -> Callable[[str], str]:
    """Put words into the empty cell `at` of the row that begins with some cells."""

    def fill(body: str) -> str:
        for each in re.findall(r"<w:tr>.*?</w:tr>", body, re.DOTALL):
            cells = re.findall(r"<w:tc>.*?</w:tc>", each, re.DOTALL)
            said = ["".join(re.findall(r"<w:t [^>]*>([^<]*)", cell)) for cell in cells]
            if tuple(said[: len(row)]) == row and not said[at]:
                cells[at] = cells[at].replace(
                    "</w:p>", f"<w:r><w:t>{escape(words)}</w:t></w:r></w:p>"
                )
                return body.replace(each, f"<w:tr>{''.join(cells)}</w:tr>")
        raise AssertionError(row)

    return fill


def test_the_form_is_filled_in_with_word(texts: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "desk" / "minutes.docx"
    ok(run("form", "--proposal", P, "-o", out, of="minutes", by=None))
    data = out.read_bytes()
    data = in_word(data, typed((P, "other-society"), 2, "Consent with reservation"))
    data = in_word(data, typed((P, "other-society"), 4, "Not for children."))
    data = in_word(data, typed(("2",), 1, "We meet again in May."))
    out.write_bytes(data)
    found = as_json(run("import", out, "--dry-run", "--format", "json", of="minutes"))
    [position] = found["positions"]
    assert (position["stance"], position["reason"]) == (
        "consent-with-reservation",
        "Not for children.",
    )
    assert [each["words"] for each in found["decisions"]] == ["We meet again in May."]
    assert (found["event"], found["filed"]) == (None, False)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((P, "other-society", "+1", "", ""), "`+1` is no position"),
        ((P, "other-society", "", "", "Nice."), "a reason and no position"),
        ((P, "other-society", "consnt", "", ""), "Did you mean consent?"),
        ((P, "other-socety", "consent", "", ""), "Did you mean other-society?"),
        ((P, "", "consent", "", ""), "no member is named"),
        (("2026-009", "other-society", "consent", "", ""), "there is no proposal `2026-009`"),
        (("", "other-society", "consent", "", ""), "no proposal is named"),
        ((P, "other-society", "consent", "EXA-DUE-99", ""), f"{P} has no text `EXA-DUE-99`"),
        ((P, "other-society", "reservation", "", ""), "a reservation needs words"),
    ],
)
def test_a_half_filled_row_is_named_and_nothing_is_filed(
    texts: Path, run: Run, tmp_path: Path, row: tuple[str, ...], says: str
) -> None:
    file = tmp_path / "desk" / "minutes.docx"
    good = (P, "example-institute", "consent", "", "")
    file.write_bytes(word_file(paragraph("Minutes") + table(HEAD, good, row)))
    before = everything(texts)
    done = run("import", file, "--yes", of="minutes")
    assert done.returncode == 1
    assert "table Positions, row 3: " in done.stderr
    assert says in done.stderr
    assert everything(texts) == before


def test_two_words_of_one_member_are_asked_about(texts: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "desk" / "minutes.docx"
    rows = [(P, "other-society", said, "", "") for said in ("consent", "object")]
    file.write_bytes(word_file(table(HEAD, *rows)))
    assert "has a position on the same in row 2" in run("import", file, of="minutes").stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "none of the tables"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04broken", "damaged or locked"),
        (b"\xd0\xcf\x11\xe0old", "an old Word file"),
        (word_file("<w:p><w:broken"), "is damaged"),
        (word_file(table(("Version", "Day"), ("1", "2"))), "none of the tables"),
        (word_file(table(HEAD, *[("", "", "", "", "x" * 20_001)])), "a cell of"),
    ],
    ids=["empty", "pdf", "no archive", "old", "broken", "foreign", "long"],
)
def test_what_is_no_minutes_is_refused_in_a_sentence(
    texts: Path, run: Run, tmp_path: Path, data: bytes, says: str
) -> None:
    file = tmp_path / "desk" / "minutes.docx"
    file.write_bytes(data)
    done = run("import", file, "--yes", of="minutes")
    assert done.returncode == 2
    assert says in done.stderr
