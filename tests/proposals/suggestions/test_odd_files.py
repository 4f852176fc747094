"""Files as programs and people leave them: each comes out right, or is listed; nothing is lost."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from govkit.corpus.documents import Document, document_of
from govkit.proposals.suggestions.drafting import draw_up
from govkit.proposals.suggestions.values import Suggestion, Texts
from govkit.source.marked_docx import read_marked
from govkit.source.reading import read_record
from tests.word_books import Book, Paragraph, book_of, word_book
from tests.word_files import paragraph, part, relations, run, word_file

PATH = "provisions/due-process/EXA-DUE-01-statement.yaml"
TEXT = """\
# yaml-language-server: $schema=../../schemas/provision.schema.json
# Invented.
id: EXA-DUE-01
title: Statement of reasons
status: draft
rights: [due-process]
category: procedural
applies_to: {users: [all], sizes: [all], functions: [all]}
clauses:
  # The duty itself.
  - id: a
    force: must
    addressee: platform
    beneficiary: user
    text: |
      The platform must tell the user of a [restriction](term:restriction) within {notice_hours}
      hours, and name:

      (i) the facts on which it rests;
      (ii) the rule that was applied;
      (iii) the person who decided.
    exceptions:
      - where a law or a binding order forbids it
  - id: b
    force: may
    addressee: user
    beneficiary: user
    text: The user may ask the platform *once* to explain its reasons in simpler words.
  - id: c
    force: must-not
    addressee: platform
    beneficiary: user
    text: The platform must not charge for it.
parameters:
  notice_hours:
    type: hours
    default: 24
    minimum: 1
    maximum: 72
    favours: shorter
    meaning: the time to tell the user
"""


def document(text: str = TEXT) -> Document:
    record, faults = read_record(PATH, "provision", text.encode())
    assert record is not None, faults
    return document_of(PATH, "provision", record, faults)


def drawn_up(data: bytes, was: str = TEXT, now: str = TEXT, **more: Any) -> Suggestion:
    before = [document(was)]
    after = before if was == now else [document(now)]
    printed = ("Exception:", "MUST", "Summary:")
    texts = Texts(
        before,
        after,
        {PATH: now.encode()},
        printed.__contains__,
        "en",
        "plain",
        datetime.date(2026, 4, 1),
    )
    return draw_up(read_marked(data), texts._replace(**more))


def book() -> Book:
    return book_of([document()])


def at(of: Book, tag: str) -> int:
    return of.places(tag)[0]


def reworded(of: Book, tag: str, old: str, new: str, who: str = "Ada Example") -> None:
    place = at(of, tag)
    words = of.paragraphs[place].new or of.paragraphs[place].words
    assert old in words
    of.reword(place, words.replace(old, new), who)


def said(done: Suggestion) -> str:
    return done.files[PATH].decode() if PATH in done.files else TEXT


def flat(done: Suggestion) -> str:
    """The file with its lines joined: where one ends says nothing."""
    return " ".join(said(done).split())


def test_five_authors_are_told_apart() -> None:
    changed = book()
    places = {"a": " the", "a.i": "the", "a.ii": "the", "b": " the", "c": " for"}
    for number, (place, word) in enumerate(places.items()):
        new = f"{word} author-{number}"
        reworded(changed, f"EXA-DUE-01.{place}", word, new, f"Author {number}")
    done = drawn_up(word_book(changed, tracked=True))
    told = [("Author 0", "Author 1", "Author 2"), ("Author 3",), ("Author 4",)]
    assert [each.authors for each in done.edits] == told
    assert re.findall(r"author-\d", flat(done)) == [f"author-{number}" for number in range(5)]


def test_comments_of_the_file_and_marks_of_terms_stay() -> None:
    changed = book()
    reworded(
        changed,
        "EXA-DUE-01.a",
        "tell the user of a restriction",
        "inform a user of any restriction",
    )
    done = drawn_up(word_book(changed, tracked=True))
    assert "# The duty itself." in said(done)
    assert "inform a user of any [restriction](term:restriction) within {notice_hours}" in said(
        done
    )
    assert done.edits[0].place == "(a)"


@pytest.mark.parametrize(
    ("new", "holds", "told"),
    [
        ("[48] hours", "default: 48", "is 48 by default now"),
        ("48 hours", "default: 48", "without brackets"),
        ("[100] hours", "default: 24", "more than 72"),
        ("[soon] hours", "default: 24", "takes a whole number"),
        ("a short time", "within a short time", "went with its words"),
    ],
)
def test_a_number_in_a_blank_is_its_value_or_is_listed(new: str, holds: str, told: str) -> None:
    changed = book()
    reworded(changed, "EXA-DUE-01.a", "[24] hours", new)
    for tracked in (True, False):
        done = drawn_up(word_book(changed, tracked=tracked))
        assert holds in flat(done)
        remarks = [
            *(each.why for each in done.unplaced),
            *(r for e in done.edits for r in e.remarks),
        ]
        assert told in " ".join(remarks)


def test_the_force_of_a_clause_follows_its_words() -> None:
    changed = book()
    reworded(changed, "EXA-DUE-01.c", "must not", "should not")
    done = drawn_up(word_book(changed, tracked=True))
    assert "force: should-not" in said(done)


def test_half_of_the_changes_accepted_comes_to_the_same() -> None:
    changed = book()
    reworded(changed, "EXA-DUE-01.b", "simpler", "plainer")
    reworded(changed, "EXA-DUE-01.c", "charge", "ask money")
    whole = drawn_up(word_book(changed, tracked=True))
    place = at(changed, "EXA-DUE-01.b")
    half = replace(changed.paragraphs[place], words=changed.paragraphs[place].new or "")
    changed.paragraphs[place] = half
    assert said(drawn_up(word_book(changed, tracked=True))) == said(whole) != TEXT


def test_a_change_of_form_alone_is_no_edit() -> None:
    form = (
        '<w:rPr><w:b/><w:rPrChange w:id="9" w:author="A" w:date="2026-04-01T00:00:00Z"><w:rPr/>'
        "</w:rPrChange></w:rPr>"
    )
    data = word_file(paragraph("x").replace("<w:rPr></w:rPr>", form))
    assert "changes of form alone" in " ".join(read_marked(data).notes)


def test_an_unmarked_copy_is_found_by_its_words_and_nothing_is_taken_out() -> None:
    changed = book()
    reworded(changed, "EXA-DUE-01.b", "simpler words", "the plainest words")
    changed.reword(at(changed, "EXA-DUE-01.c"), None)
    done = drawn_up(word_book(changed, tracked=False, marks=""))
    assert "the plainest words" in said(done)
    assert "must not charge" in said(done)
    assert [each.words for each in done.unplaced] == ["The platform must not charge for it."]


PAGE = """MUST · addressed to platform
The platform must tell the user of a restriction within [24] hours, and name:
Exception: where a law or a binding order forbids it
MAY · addressed to user
The user may ask the platform once to explain its reasons in simpler words.
Condition: MUST-NOT The platform must not charge for it."""


def over(tag: str, label: str, *, new: str | None = None) -> Book:
    """A print with a label of force over a clause, which is `new` then."""
    changed = book()
    line = Paragraph((), "ClauseForce", None, label, label if new is None else new)
    changed.paragraphs.insert(at(changed, tag), line)
    return changed


@pytest.mark.parametrize("tracked", [True, False])
def test_a_label_of_force_that_was_changed_is_listed(tracked: bool) -> None:
    kept = over("EXA-DUE-01.b", "MAY · addressed to user")
    other = over("EXA-DUE-01.b", "MAY · addressed to user", new="MUST · addressed to platform")
    for changed, listed in ((kept, []), (other, ["MUST · addressed to platform"])):
        done = drawn_up(word_book(changed, tracked=tracked), is_printed=PAGE.__contains__)
        assert (done.files, [each.words for each in done.unplaced]) == ({}, listed)


def test_an_exception_called_a_condition_is_listed() -> None:
    changed = book()
    place = at(changed, "EXA-DUE-01.a#exceptions.0")
    changed.paragraphs[place] = replace(changed.paragraphs[place], lead="Condition: ")
    done = drawn_up(word_book(changed, tracked=False), is_printed=PAGE.__contains__)
    assert (done.files, [each.words for each in done.unplaced]) == ({}, ["Condition:"])


def test_a_printed_line_that_was_taken_out_with_tracking_is_listed() -> None:
    changed = over("EXA-DUE-01.b", "MAY · addressed to user")
    changed.reword(at(changed, "EXA-DUE-01.b") - 1, None)
    done = drawn_up(word_book(changed, tracked=True), is_printed=PAGE.__contains__)
    assert [each.words for each in done.unplaced] == ["MAY · addressed to user"]


@pytest.mark.parametrize(
    "words", ["The platform must not charge for it.", "The user may ask the platform."]
)
def test_words_of_a_clause_put_in_once_more_are_a_new_clause(words: str) -> None:
    changed = book()
    place = at(changed, "EXA-DUE-01.b") + 1
    changed.add(place, place - 1, words)
    done = drawn_up(word_book(changed, tracked=False), is_printed=(PAGE + words).__contains__)
    assert f"text: {words}" in said(done)


def test_words_struck_through_by_hand_are_taken_out() -> None:
    data = word_file(
        "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>tells</w:t></w:r>" + run("informs") + "</w:p>"
    )
    read = read_marked(data)
    assert [each.text for each in read.after] == ["informs"]
    assert "struck through by hand count as taken out" in " ".join(read.notes)


def test_words_under_no_clause_are_listed_whole() -> None:
    changed = book()
    changed.paragraphs.insert(1, Paragraph((), "Normal", None, "", "Who drafted this?", came=True))
    done = drawn_up(word_book(changed, tracked=True))
    assert (done.files, [each.words for each in done.unplaced]) == ({}, ["Who drafted this?"])


def test_the_digest_of_an_earlier_state_is_not_listed() -> None:
    changed = book()
    line = f"Digest: sha256:{'0123456789abcdef' * 4}"
    changed.paragraphs.insert(1, Paragraph((), "Normal", None, line, line))
    done = drawn_up(word_book(changed, tracked=False))
    assert (done.files, done.unplaced) == ({}, [])


def test_a_clause_typed_behind_another_is_a_new_clause() -> None:
    changed = book()
    last = at(changed, "EXA-DUE-01.c")
    words = "(d) The platform should answer in a day."
    changed.paragraphs.insert(last, Paragraph((), "Normal", None, "", words, came=True))
    done = drawn_up(word_book(changed, tracked=False))
    assert "- id: d\n    force: should\n" in said(done)
    assert "text: The platform should answer in a day.\n" in said(done)


def test_a_clause_of_an_adopted_text_is_withdrawn_and_its_letter_stays() -> None:
    adopted = TEXT.replace("status: draft", "status: adopted")
    changed = book_of([document(adopted)])
    changed.reword(at(changed, "EXA-DUE-01.c"), None)
    done = drawn_up(word_book(changed, tracked=True), adopted, adopted)
    assert "- id: c\n    withdrawn:\n" in said(done)
    assert "on: 2026-04-01" in said(done)


def test_a_file_of_an_earlier_state_is_joined_with_what_changed_since() -> None:
    now = TEXT.replace("explain its reasons", "explain all its reasons")
    changed = book()
    reworded(changed, "EXA-DUE-01.b", "simpler", "plainer")
    done = drawn_up(word_book(changed, tracked=True), TEXT, now)
    assert "*once* to explain all its reasons in plainer words" in said(done)


def test_a_file_that_changes_what_was_changed_since_is_listed() -> None:
    now = TEXT.replace("simpler words", "shorter words")
    changed = book()
    reworded(changed, "EXA-DUE-01.b", "simpler words", "plainer words")
    done = drawn_up(word_book(changed, tracked=True), TEXT, now)
    assert done.files == {}
    assert "have changed since" in done.unplaced[0].why
    assert "plainer words" in done.unplaced[0].words


def test_a_file_whose_changes_are_there_already_proposes_nothing() -> None:
    now = TEXT.replace("simpler words", "plainer words")
    changed = book()
    reworded(changed, "EXA-DUE-01.b", "simpler words", "plainer words")
    done = drawn_up(word_book(changed, tracked=True), TEXT, now)
    assert (done.files, done.edits, done.unplaced) == ({}, [], [])


def test_two_paragraphs_joined_to_one_lose_no_word() -> None:
    data = word_book(book(), tracked=False)
    text = read_marked(data)
    joined = [each.text for each in text.after if "charge" in each.text]
    assert joined == ["The platform must not charge for it."]
    changed = book()
    reworded(changed, "EXA-DUE-01.b", "in simpler words.", "in simpler words, and free of charge.")
    changed.reword(at(changed, "EXA-DUE-01.c"), None)
    done = drawn_up(word_book(changed, tracked=True))
    assert "in simpler words, and free of charge." in flat(done)
    assert "id: c" not in said(done)


def test_nested_tables_and_tracked_rows_are_read() -> None:
    tables = book_of([document()], tables=True)
    reworded(tables, "EXA-DUE-01.a#exceptions.0", "binding order", "court order")
    inner = word_book(tables, tracked=True)
    assert "where a law or a court order forbids it" in said(drawn_up(inner))
    tables.reword(at(tables, "EXA-DUE-01.a#exceptions.0"), None)
    assert "exceptions:" not in said(drawn_up(word_book(tables, tracked=True)))


def test_a_new_footnote_is_listed() -> None:
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>See the other draft.</w:t></w:r></w:p></w:footnote>'
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="EXA-DUE-01.c"/></w:sdtPr><w:sdtContent><w:p>'
        "<w:r><w:t>The platform must not charge for it.</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:sdtContent></w:sdt>'
    )
    done = drawn_up(word_file(control, footnotes=note), whole=False)
    assert "See the other draft." in [each.words for each in done.unplaced]


def test_an_emptied_control_holds_no_words_of_anybody() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="EXA-DUE-01.c"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>Click or tap here to enter text.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    others = book()
    gone = at(others, "EXA-DUE-01.c")
    del others.paragraphs[gone]
    data = word_book(others, tracked=False)
    done = drawn_up(with_body(data, lambda body: body + control))
    assert "charge" not in said(done)
    assert done.unplaced == []


def with_body(data: bytes, change: Callable[[str], str]) -> bytes:
    """Return a book with another body."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["word/document.xml"].decode()
    body = re.search("<w:body>(.*)</w:body>", xml, re.DOTALL)
    assert body is not None
    parts["word/document.xml"] = part("document", f"<w:body>{change(body[1])}</w:body>").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        # LibreOffice cuts words into runs as it likes, and marks its language in each.
        lambda body: body.replace(
            '<w:t xml:space="preserve">The platform',
            '<w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
            '<w:t xml:space="preserve">platform',
        ),
        # Word puts marks of proofing and of saving everywhere.
        lambda body: body.replace("<w:r>", '<w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1">'),
        # Google Docs curls the quotation marks and leaves the controls out.
        lambda body: re.sub(r"</?w:sdt[A-Za-z]*/?>|<w:tag [^>]*/>|<w:lock [^>]*/>", "", body),
    ],
    ids=["LibreOffice", "Word", "Google Docs"],
)
def test_an_unchanged_file_of_each_program_proposes_nothing(change: Callable[[str], str]) -> None:
    done = drawn_up(with_body(word_book(book(), tracked=False), change))
    assert (done.files, done.edits, done.unplaced) == ({}, [], [])


def test_macros_and_what_lies_outside_are_named_and_left_alone() -> None:
    outside = relations(
        ("attachedTemplate", "https://example.org/evil.dotm", ' TargetMode="External"')
    )
    data = word_file(
        run("x"), {"word/vbaProject.bin": b"x", "word/_rels/document.xml.rels": outside}
    )
    notes = " ".join(read_marked(data).notes)
    assert "macros, which were neither run nor read" in notes
    assert "was not fetched" in notes
