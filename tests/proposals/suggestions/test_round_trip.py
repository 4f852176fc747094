"""What is changed in a printed text comes back as the same change of the record: three hundred
edits, as tracked changes and made plainly.

What is expected is made in the record itself, without a Word file and without the code that reads
one.
"""

import copy
import datetime
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from govkit.cli.jobs import jobs_of, laid_out
from govkit.corpus.changes.compare import changes_between
from govkit.corpus.documents import Document, document_of
from govkit.corpus.whole import corpus_of
from govkit.proposals.suggestions.drafting import draw_up
from govkit.proposals.suggestions.fields import NOTES, PrintedField, fields_of, straight
from govkit.proposals.suggestions.values import Suggestion, Texts
from govkit.records.kinds import kind_of_path
from govkit.records.normative import label
from govkit.rendering.formats import written
from govkit.rendering.selection import Selection
from govkit.source.loader import load
from govkit.source.marked_docx import read_marked
from govkit.source.reading import read_record
from govkit.source.record_bytes import record_bytes
from govkit.workspace import open_workspace
from tests.printed_edits import edited
from tests.word_books import Book, book_of, word_book

ROOT = Path(__file__).parents[3]
TODAY = datetime.date(2026, 4, 1)
PATHS = sorted(
    (
        str(path.relative_to(ROOT))
        for path in (ROOT / "provisions").glob("*/MCP-*.yaml")
        if "{" in path.read_text() and "(i)" in path.read_text()
    ),
    key=lambda path: (ROOT / path).stat().st_size,
)[:12]
"""Short texts that have blanks and lists."""
EDITS = 300
FORCE = ("must", "may", "should", "not", "never", "will", "shall")
PRINTED = ("Exception:", "Summary:")


@cache
def document(path: str) -> Document:
    kind = kind_of_path(path)
    assert kind is not None
    record, faults = read_record(path, kind, (ROOT / path).read_bytes())
    return document_of(path, kind, record, faults)


@cache
def loaded(path: str) -> Any:
    return load((ROOT / path).read_text())


class Edit(NamedTuple):
    """Edits of one record: what they are, the book with them, and the data that the record has to
    hold then.
    """

    names: tuple[str, ...]
    path: str
    book: Book
    wanted: Any


def suggested(book: Book, paths: list[str], *, tracked: bool, **how: Any) -> Suggestion:
    documents = [document(path) for path in paths]
    data = {path: (ROOT / path).read_bytes() for path in paths}
    texts = Texts(documents, documents, data, PRINTED.__contains__, "en", "plain", TODAY)
    return draw_up(read_marked(word_book(book, tracked=tracked, **how)), texts)


# --- edits, each made in the book and in the record ----------------------------------------------


class Making:
    """Makes edits of one record by chance, each in a field of its own; every maker says whether it
    found a place for its own.
    """

    def __init__(self, path: str, chance: random.Random) -> None:
        self.path, self.chance = path, chance
        self.of = document(path)
        notes = chance.random() < 0.1
        self.book = book_of([self.of], tables=chance.random() < 0.5, notes=notes)
        self.wanted = copy.deepcopy(loaded(path))
        self.fields = [each for each in fields_of(self.of) if notes or each.keys[-1] not in NOTES]
        self.names: list[str] = []
        self.used: set[str] = set()
        self.live = [at for at, each in enumerate(self.wanted["clauses"]) if "text" in each]

    def a_field(self, *, clause: bool = True) -> PrintedField:
        return self.chance.choice([each for each in self.fields if each.is_clause or not clause])

    def taken(self, printed: PrintedField) -> None:
        """Leave a field, and all of its clause, to the edit that was made in it."""
        self.used.add(printed.clause)
        self.fields = [
            each
            for each in self.fields
            if each is not printed and (not each.clause or each.clause != printed.clause)
        ]

    def put(self, keys: Any, value: Any) -> None:
        place = self.wanted
        for key in keys[:-1]:
            place = place[key]
        place[keys[-1]] = value

    def done(self, name: str) -> bool:
        self.names.append(name)
        return True

    def edit(self) -> Edit:
        return Edit(tuple(self.names), self.path, self.book, self.wanted)

    def plain_word(self, printed: PrintedField) -> tuple[int, int, int] | None:
        """Return a word of a plain run that stands once in its block: block, and where it is."""
        found = [
            (number, run.start + word.start(), run.start + word.end())
            for number, block in enumerate(printed.blocks)
            for run in block.block.runs
            if run.kind == "text" and "\\" not in printed.source[run.start : run.end]
            for word in re.finditer(
                r"(?<![\w'’])[a-z]{3,}(?![\w'’])", printed.source[run.start : run.end]
            )
            if len(re.findall(rf"\b{word.group()}\b", block.words)) == 1
            and word.group() not in FORCE
        ]
        return self.chance.choice(found) if found else None

    def _of_word(self, name: str, put: Any) -> bool:
        printed = self.a_field(clause=self.chance.random() < 0.6)
        found = self.plain_word(printed)
        if found is None:
            return False
        number, start, end = found
        word = printed.source[start:end]
        new = put(word)
        block = printed.blocks[number]
        words = re.sub(rf"\b{word}\b", new, block.words)
        at = [
            place
            for place, each in enumerate(self.book.paragraphs)
            if each.controls[:1] == (printed.tag,)
        ][number]
        self.book.reword(at, words)
        self.put(printed.keys, printed.source[:start] + new + printed.source[end:])
        self.taken(printed)
        return self.done(name)

    def word_replaced(self) -> bool:
        return self._of_word("word replaced", lambda word: "zebra")

    def words_put_in(self) -> bool:
        return self._of_word("words put in", lambda word: f"{word} quite soon")

    def number_put_in(self) -> bool:
        return self._of_word("number put in", lambda word: f"{word} 45 days")

    def sign_put_in(self) -> bool:
        return self._of_word("sign put in", lambda word: f"{word}, that is")

    def blank_changed(self) -> bool:
        chosen = [
            (printed, number, run.target)
            for printed in self.fields
            for number, block in enumerate(printed.blocks)
            for run in block.block.runs
            if run.kind == "param"
        ]
        if not chosen:
            return False
        printed, number, name = self.chance.choice(chosen)
        blank = self.of.record.parameters[name]  # type: ignore[union-attr]
        new = blank.default + 1
        if blank.maximum is not None and new > blank.maximum:
            new = blank.default - 1
        if blank.minimum is not None and new < blank.minimum:
            return False
        at = [
            place
            for place, each in enumerate(self.book.paragraphs)
            if each.controls[:1] == (printed.tag,)
        ][number]
        words = self.book.paragraphs[at].words
        if words.count(f"[{blank.default}]") != 1:
            return False
        self.book.reword(at, words.replace(f"[{blank.default}]", f"[{new}]"))
        self.wanted["parameters"][name]["default"] = str(new)
        return self.done("blank changed")

    def _stretch(self, id: str) -> tuple[int, int]:
        """Return where the paragraphs of a clause stand, with its conditions and exceptions."""
        tag = f"{self.of.id}.{id}"
        places = [
            at
            for at, each in enumerate(self.book.paragraphs)
            if each.controls[0] == tag or each.controls[0].startswith(f"{tag}#")
        ]
        return places[0], places[-1] + 1

    def clause_deleted(self) -> bool:
        clauses = self.wanted["clauses"]
        whole = [at for at in self.live if clauses[at]["id"] not in self.used]
        if len(self.live) < 3 or not whole:
            return False
        gone = self.chance.choice(whole)
        for at in range(*self._stretch(clauses[gone]["id"])):
            self.book.reword(at, None)
        del clauses[gone]
        return self.done("clause deleted")

    def clause_moved(self) -> bool:
        clauses = self.wanted["clauses"]
        if len(clauses) < 3 or len(self.live) < len(clauses):
            return False
        firsts = [at for at in range(len(clauses) - 2) if clauses[at]["id"] not in self.used]
        if not firsts:
            return False
        first = self.chance.choice(firsts)
        to = self.chance.randrange(first + 2, len(clauses))
        begin, end = self._stretch(clauses[first]["id"])
        self.book.move(begin, end, self._stretch(clauses[to]["id"])[0])
        clauses.insert(to - 1, clauses.pop(first))
        return self.done("clause moved")

    def clause_added(self) -> bool:
        clauses = self.wanted["clauses"]
        behind = self.chance.choice(self.live)
        id = label("a", len(clauses) + 1)
        if [each["id"] for each in clauses] != [label("a", n + 1) for n in range(len(clauses))]:
            return False
        first, end = self._stretch(clauses[behind]["id"])
        words = "The platform must tell the user of it on the next day."
        self.book.add(end, first, words)
        near = [*reversed(clauses[: behind + 1]), *clauses[behind + 1 :]]
        like = next(each for each in near if "addressee" in each)
        new = {"id": id, "force": "must"}
        new |= {key: like[key] for key in ("addressee", "beneficiary") if key in like}
        clauses.insert(behind + 1, new | {"text": words})
        return self.done("clause added")

    def _with_items(self) -> tuple[PrintedField, list[int]] | None:
        """Return a clause with three items or more in one list, and the numbers of its items."""
        for printed in self.chance.sample(self.fields, len(self.fields)):
            items = [at for at, each in enumerate(printed.blocks) if each.block.style == "i"]
            if printed.is_clause and len(items) >= 3 and items == [*range(items[0], items[-1] + 1)]:
                return printed, items
        return None

    def _set_items(self, printed: PrintedField, items: list[int], new: list[str]) -> None:
        head = printed.source[: printed.source.index("(i)")]
        end = printed.blocks[items[-1]].block.runs[-1].end
        lines = "\n".join(f"({label('i', at)}) {words}" for at, words in enumerate(new, 1))
        self.put(printed.keys, head + lines + printed.source[end:])

    def _items_of(self, printed: PrintedField, items: list[int]) -> list[str]:
        runs = [printed.blocks[at].block.runs for at in items]
        return [printed.source[each[0].start : each[-1].end] for each in runs]

    def item_deleted(self) -> bool:
        found = self._with_items()
        if found is None:
            return False
        printed, items = found
        gone = self.chance.choice(items)
        first, _ = self._stretch(printed.clause)
        self.book.reword(first + gone, None)
        left = self._items_of(printed, items)
        del left[gone - items[0]]
        self._set_items(printed, items, left)
        return self.done("item deleted")

    def item_added(self) -> bool:
        found = self._with_items()
        if found is None:
            return False
        printed, items = found
        behind = self.chance.choice(items[:-1])
        first, _ = self._stretch(printed.clause)
        self.book.add(first + behind + 1, first + behind, "what it costs;", inside=True)
        now = self._items_of(printed, items)
        now.insert(behind - items[0] + 1, "what it costs;")
        self._set_items(printed, items, now)
        return self.done("item added")

    def limit_deleted(self) -> bool:
        limits = [each for each in self.fields if isinstance(each.keys[-1], int)]
        if not limits:
            return False
        printed = self.chance.choice(limits)
        for at in self.book.places(printed.tag):
            self.book.reword(at, None)
        _, clause, name, number = printed.keys
        values = self.wanted["clauses"][clause][name]
        del values[number]
        if not values:
            del self.wanted["clauses"][clause][name]
        return self.done("limit deleted")

    def title_changed(self) -> bool:
        [at] = self.book.places(f"{self.of.id}#title")
        self.book.reword(at, f"{self.of.title} and more")
        self.wanted["title"] = f"{self.of.title} and more"
        return self.done("title changed")

    def comment_made(self) -> bool:
        printed = self.a_field()
        first, _ = self._stretch(printed.clause)
        self.book.comments.append((first, "Bo Example", f"Why so, in {printed.tag}?"))
        return self.done("comment made")


OF_WORDS = ("word_replaced", "words_put_in", "number_put_in", "sign_put_in")
OTHERS = (
    *("blank_changed", "clause_deleted", "clause_moved", "clause_added", "item_deleted"),
    *("item_added", "limit_deleted", "title_changed", "comment_made"),
)


@cache
def edits() -> tuple[Edit, ...]:
    """Three edits in each file: a clause is found as well when others beside it changed, too."""
    return tuple(_edits())


def _edits() -> Iterator[Edit]:
    chance = random.Random(20260401)
    made = number = 0
    while made < EDITS:
        making = Making(PATHS[number % len(PATHS)], chance)
        first, second = (OF_WORDS[(2 * number + at) % len(OF_WORDS)] for at in (0, 1))
        other = OTHERS[number // len(OF_WORDS) % len(OTHERS)]
        for name in (first, second, other):
            if making.fields and not getattr(making, name)() and making.fields:
                making.word_replaced()
        number += 1
        made += len(making.names)
        yield making.edit()


def as_said(data: Any) -> Any:
    """Return data with white space folded: where a line ends says nothing."""
    if isinstance(data, dict):
        return {key: as_said(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_said(value) for value in data]
    return " ".join(data.split()) if isinstance(data, str) else data


def classes(path: str, data: bytes) -> list[Any]:
    kind = kind_of_path(path)
    assert kind is not None
    record, faults = read_record(path, kind, data)
    after = corpus_of([document_of(path, kind, record, faults)])
    return [
        (each.id, each.class_, each.direction)
        for each in changes_between(corpus_of([document(path)]), after).changes
    ]


def test_each_edit_comes_back_as_the_same_edit() -> None:
    for number, edit in enumerate(edits()):
        marks = "bookmarks" if number % 3 == 2 else "controls"
        was = (ROOT / edit.path).read_bytes()
        for tracked in (True, False):
            done = suggested(edit.book, [edit.path], tracked=tracked, marks=marks)
            got = done.files.get(edit.path, was)
            assert as_said(load(got.decode())) == as_said(edit.wanted), edit.names
            assert done.unplaced == [], edit.names
            assert len(done.comments) == len(edit.book.comments)
            for placed in done.comments:
                assert placed.comment.words.endswith(f"{placed.id}.{placed.clause}?")
            assert not tracked or all(each.authors for each in done.edits if each.what != "moved")
        if got != was:
            kind = kind_of_path(edit.path)
            wanted = record_bytes(str(kind), edit.wanted, edit.path)
            assert classes(edit.path, got) == classes(edit.path, wanted) != [], edit.names
    names = [name for edit in edits() for name in edit.names]
    assert (len(names) >= EDITS, len(set(names))) == (True, len(OF_WORDS) + len(OTHERS))


def test_each_edit_of_a_file_that_was_printed_comes_back_as_the_same_edit() -> None:
    """Every other file of edits in the writer's own print: in turn tracked and not."""
    workspace = open_workspace(ROOT)

    @cache
    def printed(path: str) -> tuple[bytes, str]:
        [job] = jobs_of([document(path).id], workspace, workspace.root)
        data = written(laid_out(job, Selection(), workspace), "docx")
        return data, "\n".join(straight(each.text) for each in read_marked(data).after)

    for number, edit in enumerate(edits()[::2]):
        data, around = printed(edit.path)
        was = (ROOT / edit.path).read_bytes()
        file = edited(data, edit.book, tracked=number % 2 == 0)
        of = [document(edit.path)]
        texts = Texts(of, of, {edit.path: was}, around.__contains__, "en", "plain", TODAY)
        done = draw_up(read_marked(file), texts)
        got = done.files.get(edit.path, was)
        assert as_said(load(got.decode())) == as_said(edit.wanted), (number, edit.names, edit.path)
        assert done.unplaced == [], (number, edit.names)


@pytest.mark.parametrize("marks", ["controls", "bookmarks", ""])
def test_an_unchanged_book_proposes_nothing(marks: str) -> None:
    book = book_of([document(path) for path in PATHS], tables=True)
    for tracked in (True, False):
        done = suggested(book, PATHS, tracked=tracked, marks=marks)
        assert (done.files, done.edits, done.unplaced) == ({}, [], [])
