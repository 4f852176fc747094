"""`govkit suggest`: a Word file that came back becomes edits, and is handed in; nothing is lost."""

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from govkit.workspace import open_workspace
from govkit.workspace.printed_states import printed_records
from tests.word_books import Book, Paragraph, book_of, word_book
from tests.word_files import paragraph, word_file

from .conftest import D1, Run, change, commit, git
from .register import refused

BY = ("--by", "Ana Silva <ana@example.org>")
MORNING = "2026-03-01T09:00:00Z"
TAG = "EXA-DUE-01.a"


@pytest.fixture
def book(repository: Path) -> Book:
    return book_of(printed_records(open_workspace(repository)))


def reworded(book: Book, old: str, new: str) -> Book:
    at = book.places(TAG)[0]
    words = book.paragraphs[at].words
    assert old in words
    book.reword(at, words.replace(old, new))
    return book


def returned(repository: Path, data: bytes, name: str = "back.docx") -> Path:
    file = repository.parent / name
    file.write_bytes(data)
    return file


def asked(run: Run, folder: Path, file: Path, *words: str, code: int = 0) -> dict[str, Any]:
    done = run(folder, "suggest", str(file), *words, "--format", "json", clock=MORNING)
    assert done.returncode == code, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_an_edit_in_word_comes_onto_a_branch_and_into_a_mail(
    govkit: Run, repository: Path, book: Book
) -> None:
    data = word_book(reworded(book, "the user", "each user"), tracked=True)
    file = returned(repository, data)
    done = govkit(repository, "suggest", str(file), *BY, "-o", "x.eml", clock=MORNING)
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode()
    assert "EXA-DUE-01(a): other words (tracked: Ada Example)" in said
    assert git(repository, "symbolic-ref", "--short", "HEAD") == "change/EXA-DUE-01"
    assert git(repository, "diff", "--stat", "HEAD~").count("|") == 1
    assert "as suggested in Word by Ada Example" in git(repository, "log", "-1", "--format=%B")
    assert git(repository, "status", "--porcelain") == ""


def test_an_unchanged_file_proposes_nothing(govkit: Run, repository: Path, book: Book) -> None:
    book.properties = {"govkit-release": git(repository, "rev-parse", "HEAD")}
    found = asked(govkit, repository, returned(repository, word_book(book, tracked=True)))
    assert (found["suggestion"]["edits"], found["suggestion"]["not_placed"]) == ([], [])
    assert found["suggestion"]["held_against"] == git(repository, "rev-parse", "HEAD")
    assert git(repository, "status", "--porcelain") == ""


def test_nothing_is_edited_before_it_is_known_who_hands_it_in(
    govkit: Run, repository: Path, book: Book
) -> None:
    file = returned(repository, word_book(reworded(book, "the user", "each user"), tracked=True))
    refused(govkit(repository, "suggest", str(file), clock=MORNING), "git does not know you")
    assert git(repository, "status", "--porcelain") == ""
    assert asked(govkit, repository, file, "--keep")["suggestion"]["files"] == [D1]
    said = govkit(repository, "suggest", str(file), clock=MORNING).stdout.decode()
    assert (
        "Nothing is proposed.\nEdits in this folder were not handed in yet: govkit submit" in said
    )


def test_a_front_of_another_day_asks_for_nothing(govkit: Run, repository: Path) -> None:
    done = govkit(
        repository, "render", "EXA-DUE-01", "--format", "docx", "-o", str(repository.parent)
    )
    assert done.returncode == 0, done.stderr
    change(repository, D1, "title: ", "title: Later ")
    file = repository.parent / "EXA-DUE-01.docx"
    found = asked(govkit, repository, file, "--dry-run")
    assert [each["words"] for each in found["suggestion"]["not_placed"]] == []


def test_a_dry_run_shows_the_class_and_writes_nothing(
    govkit: Run, repository: Path, book: Book
) -> None:
    file = returned(repository, word_book(reworded(book, "the user", "each user"), tracked=False))
    found = asked(govkit, repository, file, "--dry-run")
    [edit] = found["suggestion"]["edits"]
    assert (edit["id"], edit["place"], edit["what"]) == ("EXA-DUE-01", "(a)", "reworded")
    assert [each["id"] for each in found["suggestion"]["changes"]] == ["EXA-DUE-01"]
    assert git(repository, "status", "--porcelain") == ""
    assert not file.with_name("back-not-placed.md").exists()


def test_what_has_no_place_is_kept_whole_beside_the_file(
    govkit: Run, repository: Path, book: Book
) -> None:
    words = "We thank the drafters. " * 30
    book.paragraphs.insert(0, Paragraph((), "Normal", None, "", words.strip(), came=True))
    file = returned(repository, word_book(book, tracked=True))
    found = asked(govkit, repository, file)
    assert found["suggestion"]["files"] == []
    assert words.strip() in file.with_name("back-not-placed.md").read_text()


def test_a_file_of_an_earlier_commit_is_held_against_that_one(
    govkit: Run, repository: Path, book: Book
) -> None:
    book.properties = {"govkit-release": git(repository, "rev-parse", "HEAD")}
    change(repository, D1, "title: ", "title: Early ")
    commit(repository)
    file = returned(repository, word_book(reworded(book, "the user", "each user"), tracked=True))
    found = asked(govkit, repository, file, "--keep")
    assert [edit["place"] for edit in found["suggestion"]["edits"]] == ["(a)"]
    text = (repository / D1).read_text()
    assert "title: Early " in text
    assert "each user" in text


def test_a_file_whose_release_is_not_here_says_so(
    govkit: Run, repository: Path, book: Book
) -> None:
    book.properties = {"govkit-release": "9.0.0", "govkit-instrument": "INS-provisions"}
    file = returned(repository, word_book(book, tracked=True))
    done = govkit(repository, "suggest", str(file), "--dry-run")
    assert "since 9.0.0, which it names, is not here" in done.stdout.decode()


def test_a_mail_that_carries_the_file_is_taken(govkit: Run, repository: Path, book: Book) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Dora <dora@example.org>", "Our changes"
    mail.set_content("Please find our changes attached.")
    data = word_book(reworded(book, "the user", "each user"), tracked=True)
    mail.add_attachment(data, "application", "octet-stream", filename="changes.docx")
    file = returned(repository, mail.as_bytes(), "mail.eml")
    assert len(asked(govkit, repository, file, "--dry-run")["suggestion"]["edits"]) == 1
    mail.add_attachment(data, "application", "octet-stream", filename="more.docx")
    file.write_bytes(mail.as_bytes())
    done = govkit(repository, "suggest", str(file))
    refused(done, "carries 2 Word files: changes.docx, more.docx")


def test_a_marked_up_text_is_taken(govkit: Run, repository: Path) -> None:
    out = repository.parent / "EXA-DUE-01.md"
    govkit(repository, "render", "EXA-DUE-01", "--format", "md", "-o", str(out))
    text = out.read_text()
    assert "tell the user" in text
    marked = text.replace("tell the user", "tell {--the--}{++each++} user{>>all of them?<<}", 1)
    out.write_text(marked)
    found = asked(govkit, repository, out, "--dry-run")["suggestion"]
    assert [edit["new"].count("each user") for edit in found["edits"]] == [1]
    assert found["not_placed"] == []
    assert [each["comment"] for each in found["comments"]] == ["all of them?"]


def test_edits_that_were_not_handed_in_are_not_mixed_with_it(
    govkit: Run, repository: Path, book: Book
) -> None:
    change(repository, D1, "title: ", "title: Early ")
    file = returned(repository, word_book(reworded(book, "the user", "each user"), tracked=True))
    before = (repository / D1).read_bytes()
    refused(govkit(repository, "suggest", str(file), *BY), "edits of it that were not handed in")
    assert (repository / D1).read_bytes() == before


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>" + b" " * 45_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "nothing in"),
        (b"\xd0\xcf\x11\xe0old", "an old Word file"),
        (b"%PDF-1.7 %%EOF", "no change can be told"),
        (b"PK\x03\x04broken", "damaged or locked"),
        (word_file("<w:p><w:broken"), "is damaged"),
        (word_file(paragraph("Another text.")), "is one of the texts of this folder"),
        (b"PK\x03\x04" + b"x" * ((1 << 25) + 1), "is longer than 32 MiB"),
    ],
    ids=["empty", "old", "pdf", "no archive", "broken", "foreign", "large"],
)
def test_what_can_not_be_read_is_refused_in_a_sentence(
    govkit: Run, repository: Path, data: bytes, says: str
) -> None:
    file = returned(repository, data)
    refused(govkit(repository, "suggest", str(file)), says)
    assert git(repository, "status", "--porcelain") == ""


def test_a_bomb_is_not_unpacked(govkit: Run, repository: Path) -> None:
    refused(govkit(repository, "suggest", str(returned(repository, bomb()))), "was not opened")
