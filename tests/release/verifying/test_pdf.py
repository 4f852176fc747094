"""One PDF of a release, and the books compared by their words."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from govkit.errors import GovkitError, WrongUse
from govkit.workspace.releases import rebuild
from govkit.workspace.releases.rebuild import difference
from govkit.workspace.releasing.pdfs import attached, words_of
from tests import packed
from tests.command import started
from tests.release.verifying import scene
from tests.release.verifying.scene import change, failures
from tests.shared import made_once


@pytest.fixture(scope="module")
def _printed(_adopted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:

    def make(folder: Path) -> None:
        root = Path(shutil.copytree(_adopted, folder / "story")) / "agora"
        scene.cut(root, formats=("pdf",))
        for member in (scene.A, scene.C):
            scene.sign(root, member, rebuild=False)
        scene.publish(root)

    return made_once(tmp_path_factory, "verifying-printed", make) / "story"


@pytest.fixture
def root(_printed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_printed, tmp_path / "story")) / "agora"


@pytest.fixture
def pdf(root: Path) -> Path:
    return root.parent / "dist/provisions/1.0.0-draft.1/provisions.pdf"


def test_a_pdf_is_traced_to_its_release_and_is_one_of_its_files(root: Path, pdf: Path) -> None:
    away = root.parent / "what I was sent.pdf"
    shutil.copyfile(pdf, away)
    verified = scene.by_pdf(away, root)
    assert failures(verified) == []
    assert ("pdf", "it is provisions.pdf of provisions/1.0.0-draft.1, byte for byte") in {
        (look.subject, look.message) for look in verified.verdict.of("holds")
    }


def test_one_byte_changed_in_a_pdf(root: Path, pdf: Path) -> None:
    change(pdf, lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:])
    found = failures(scene.by_pdf(pdf, root))
    assert [subject for subject, _, _ in found] == ["pdf"]
    assert "its bytes are those of no file of provisions/1.0.0-draft.1" in found[0][2]


def test_a_pdf_with_another_manifest_attached(root: Path, pdf: Path) -> None:
    manifest = attached(pdf.read_bytes(), "manifest.yaml")[0]
    writer = PdfWriter(clone_from=io.BytesIO(_without_attachments(pdf)))
    writer.add_attachment("manifest.yaml", manifest.replace(b"2026-06-20", b"2026-06-21"))
    writer.write(pdf)
    said = [
        message for subject, _, message in failures(scene.by_pdf(pdf, root)) if subject == "pdf"
    ]
    assert "the manifest.yaml that is attached to it is not the one of the clone" in said


def _without_attachments(pdf: Path) -> bytes:
    reader = PdfReader(pdf)
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_is_of_no_release(root: Path, pdf: Path) -> None:
    pdf.write_bytes(_without_attachments(pdf))
    with pytest.raises(GovkitError, match="has no manifest attached"):
        scene.by_pdf(pdf, root)
    pdf.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(GovkitError, match="is no PDF that can be read"):
        scene.by_pdf(pdf, root)


def _locked(pdf: Path) -> bytes:
    writer = PdfWriter(clone_from=pdf)
    writer.encrypt("a word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _with_two_manifests(pdf: Path) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(_without_attachments(pdf)))
    for words in (b"one", b"another"):
        writer.add_attachment("manifest.yaml", words)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _with_gigabytes(pdf: Path) -> bytes:
    """A manifest of two gigabytes, packed in two megabytes."""
    writer = PdfWriter(clone_from=io.BytesIO(_without_attachments(pdf)))
    file = writer.add_attachment("manifest.yaml", b"words")
    stream = file._embedded_file
    stream._data = packed.zeros(1 << 31)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("turned", "message"),
    [
        (_locked, "is no PDF that can be read: it is locked with a password"),
        (_with_two_manifests, "has 2 files named manifest.yaml attached"),
        (_with_gigabytes, "far larger than in any PDF|takes more than 30 seconds or 1024 MiB"),
        (lambda pdf: pdf.read_bytes()[:5000], "is no PDF that can be read"),
        (lambda _: b"", "is no PDF that can be read"),
    ],
    ids=["locked", "two manifests", "gigabytes", "cut", "empty"],
)
def test_a_pdf_of_a_stranger(
    root: Path, pdf: Path, turned: Callable[[Path], bytes], message: str
) -> None:
    pdf.write_bytes(turned(pdf))
    with pytest.raises(GovkitError, match=message):
        scene.by_pdf(pdf, root)


def test_what_is_no_file_is_refused_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for name, code, words in (
        ("pipe.pdf", 3, "pipe.pdf is no plain file"),
        ("folder.pdf", 2, "folder.pdf is no folder of a release"),
        ("gone.pdf", 2, "there is no file gone.pdf"),
    ):
        done = started(
            [sys.executable, "-m", "govkit", "release", "verify", name],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=20,
        )
        assert (done.returncode, words in done.stderr) == (code, True), done.stderr


def test_what_is_no_pdf_is_said_in_two_lines_and_none_of_its_bytes_is_printed(
    tmp_path: Path,
) -> None:
    (tmp_path / "x.pdf").write_bytes(b"not a pdf")
    done = started(
        [sys.executable, "-m", "govkit", "release", "verify", "x.pdf"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert done.returncode == 3
    said = done.stderr.splitlines()
    assert said[0].startswith("error: x.pdf is no PDF that can be read: ")
    assert said[1:] == ["help:  Get the PDF again."]


def test_a_pdf_without_a_clone_says_what_to_do(pdf: Path) -> None:
    with pytest.raises(WrongUse, match="no clone here has that release") as wrong:
        scene.by_pdf(pdf, None)
    assert f"govkit release verify {pdf.parent}" in wrong.value.hint


def test_books_built_again_have_the_same_bytes_and_the_same_words(root: Path, pdf: Path) -> None:
    with scene.each_book_printed_once():  # once more than for the release, that is
        for level in ("bytes", "text"):
            assert failures(scene.by_folder(pdf.parent, root, level=level)) == []


def test_other_words_on_a_page(pdf: Path) -> None:
    data = pdf.read_bytes()
    notes = (pdf.parent / "notes.pdf").read_bytes()
    assert difference("provisions.pdf", data, data) == ""
    assert difference("provisions.pdf", data, notes).startswith(
        ("has other headings", "has other words")
    )
    # The book is long and the notes are a page: what needs no long book is asked of that.
    assert difference("notes.pdf", notes, _saved_anew(notes)) == ""
    assert difference("notes.pdf", notes, b"broken").startswith("can't be compared")


def _saved_anew(data: bytes) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue() != data
    return out.getvalue()


def test_the_words_and_the_headings_of_a_book_are_read(pdf: Path) -> None:
    words = words_of(pdf.read_bytes())
    assert any("Notice of a restriction" in page for page in words.pages)
    assert any(title.endswith("Notice of a restriction") for _, title in words.headings)


def test_other_programs_are_said_and_nothing_is_claimed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = rebuild.tools_of
    monkeypatch.setattr(rebuild, "tools_of", lambda formats: known(formats) | {"weasyprint": "1.0"})
    verified = scene.by_tag(root, level="bytes")
    assert failures(verified) == []
    said = [look for look in verified.verdict.of("not-checked") if look.subject == "books"]
    assert len(said) == 1
    assert "weasyprint 1.0 here" in said[0].message
    assert "--match text" in said[0].help


def test_differences_of_other_files_are_named() -> None:
    assert difference("a.md", b"one\ntwo\n", b"one\nthree\n") == "differs from line 2 on"
    assert difference("a.md", b"one\n", b"one\ntwo\n") == "differs from line 2 on"
    assert difference("a.json", b'{"a": 1, "b": 2}', b'{"b": 2, "a": 1}') == ""
    assert difference("a.json", b'{"a": 1}', b'{"a": 2}') == "holds other values"
    assert difference("a.tar", b"x", b"y").startswith("can't be compared")
