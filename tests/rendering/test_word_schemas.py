"""Word files hold the schemas of the format, by a validator that knows nothing of the writer.

What breaks them is what makes Word offer to repair a file when it opens it.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from govkit.corpus.whole import Corpus
from govkit.rendering.book import book_of
from govkit.rendering.plain_redline import NamedText, compared, document_of_comparison
from govkit.rendering.word.writer import as_docx

TABLE = "| a | b |\n|---|---|\n"
OLD = f"# Terms\n\nThe user must pay within 10 days.\n\n1. One.\n2. Two.\n\n{TABLE}| 1 | 2 |\n"
NEW = f"# Terms\n\n1. Two.\n2. Three.\n\nThe user may pay within 14 days.\n\n{TABLE}| 1 | 3 |\n"


def faults(data: bytes, folder: Path) -> list[str]:
    file = folder / "x.docx"
    file.write_bytes(data)
    return [
        f"{each.part_uri} {each.description}" for each in OpenXmlValidator().validate(file).errors
    ]


def redline() -> bytes:
    comparison = compared(NamedText("old.md", OLD), NamedText("new.md", NEW))
    return as_docx(document_of_comparison(comparison, tracked=True))


def test_a_book_and_a_redline_hold_the_schemas(small_corpus: Corpus, tmp_path: Path) -> None:
    book = as_docx(book_of(small_corpus, "INS-provisions", "2026-03-10"))
    assert faults(book, tmp_path) == []
    assert b"<w:ins " in zipfile.ZipFile(io.BytesIO(redline())).read("word/document.xml")
    assert faults(redline(), tmp_path) == []


@pytest.mark.parametrize("wrong", [b"<w:body><w:bogus/>", b"<w:body><w:p><w:t>x</w:t></w:p>"])
def test_what_is_none_of_the_format_is_found(wrong: bytes, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(redline())) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:body>", wrong))
    assert faults(made.getvalue(), tmp_path) != []
