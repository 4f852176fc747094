"""A record or a clause under another id: every place in the texts that names it, and the new files.

Nothing is written here, and nobody's consent is looked at. Each file is held against what it was:
the same data with the one id in the place of the other, the same comments, the same layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from govkit.corpus.documents import Document, document_of
from govkit.corpus.fields import Reference, fields_of
from govkit.corpus.ids import INSTRUMENT, id_forms
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.findings import Keys
from govkit.records.kinds import (
    KINDS,
    NUMBERED_KINDS,
    PROCESS_KINDS,
    TEXT_KINDS,
    id_space,
    slug_of_path,
)
from govkit.records.scalars import CLAUSE_ID, SLUG
from govkit.source.comments import rewritten
from govkit.source.gate import Unreadable
from govkit.source.loader import Spots, load
from govkit.source.places import span_in_source
from govkit.source.reading import read_record, spots_of
from govkit.source.writing import moved_to

_NAMED_BY_TEXT = ("translation",)
"""Kinds whose files are named for the record that they are about."""
_NOT_RENAMED = ("charter", "translation", *PROCESS_KINDS)


class NewName(NamedTuple):
    """What gets another name: a record, or one clause of it; the old word and the new one."""

    document: Document
    old: str
    new: str
    clause: bool = False

    @property
    def id(self) -> str:
        """Return the id of the record, which a clause keeps."""
        return self.document.id


class RenamedPlace(NamedTuple):
    """A place in a file: where it begins and ends in its text, and what stands there then.

    `start` and `end` count characters, with LF for each line end; `line` counts from 1.
    """

    start: int
    end: int
    old: str
    new: str
    line: int


class RenamedFile(NamedTuple):
    """A file that changes: its path, its path then, its bytes and its bytes then."""

    path: str
    new_path: str
    before: bytes
    after: bytes
    places: tuple[RenamedPlace, ...]


@dataclass(frozen=True)
class Renaming:
    """All that a new name changes, sorted by path."""

    name: NewName
    files: tuple[RenamedFile, ...]


def renaming(corpus: Corpus, files: Mapping[str, bytes], name: NewName) -> Renaming:
    """Return what changes with a new name.

    `files` are the bytes of the records. Raises `WrongUse` where the new name has not the form of
    one, is given already, or where a place can't be rewritten and kept whole.
    """
    _require_form(corpus, name)
    _require_free(corpus, files, name)
    _require_read(corpus, files, name)
    places = _Places(name)
    found = []
    for document in corpus.documents:
        data = files.get(document.path)
        if data is None or document.record is None or document.kind in PROCESS_KINDS:
            continue
        new_path = _new_path(corpus, document, name)
        if new_path != document.path or places.may_stand_in(document, data):
            renamed = _renamed(document, data, new_path, places)
            if renamed is not None:
                found.append(renamed)
    return Renaming(name, tuple(found))


def named_in_process(corpus: Corpus, name: NewName) -> list[Document]:
    """Return the records of the process, and the texts kept by proposals, that name a record.

    They are bound to exact words, so nothing in them is ever renamed.
    """
    document = name.document
    links = corpus.back_links.get((id_space(document.kind or ""), document.id), ())
    naming = [each for each, _ in links if each.kind in PROCESS_KINDS]
    logged = [each for each in corpus.of_kind("log-entry") if _path_of(each) == document.path]
    copies = [
        each for each in corpus.copies if (each.kind, each.id) == (document.kind, document.id)
    ]
    return list({each.path: each for each in (*naming, *logged, *copies)}.values())


def _path_of(entry: Document) -> str:
    return str(getattr(entry.record, "path", ""))


# --- what is asked for ----------------------------------------------------------------------------


def _require_form(corpus: Corpus, name: NewName) -> None:
    kind, new = name.document.kind or "", name.new
    if kind in _NOT_RENAMED:
        raise WrongUse(
            f"a {kind} has no name of its own that could be changed",
            "Rename the text that it is about."
            if kind in _NAMED_BY_TEXT
            else "Its place is its name, and stays.",
        )
    if new == name.old:
        raise WrongUse(f"{new} is its name already", "Give another one.")
    if name.clause:
        if not re.fullmatch(CLAUSE_ID, new):
            raise WrongUse(f"`{new}` is no id of a clause", "Letters and digits, as d or 04.")
    elif kind in TEXT_KINDS:
        form = id_forms(corpus.charter)[kind] if corpus.charter else None
        if form is not None and not form.match(new):
            raise WrongUse(
                f"`{new}` does not have the form of the id of a {kind}",
                f"Write it as {form.example()}. The charter has the prefixes and areas.",
            )
    elif kind == "instrument":
        if not INSTRUMENT.fullmatch(new):
            raise WrongUse(f"`{new}` is no id of a book", "Write it as INS-provisions.")
    elif not re.fullmatch(SLUG, new):
        raise WrongUse(
            f"`{new}` can't name a file", "Small letters, digits and hyphens, as personal-data."
        )


def _require_free(corpus: Corpus, files: Mapping[str, bytes], name: NewName) -> None:
    if name.clause:
        for id in clauses_of(name.document):
            if id.casefold() == name.new.casefold():
                raise WrongUse(
                    f"{name.id} has a clause {id} already, or had one",
                    f"Its clauses: {', '.join(clauses_of(name.document))}. None is given again.",
                )
        return
    space = id_space(name.document.kind or "")
    names = {
        id.casefold(): found[0].path for (of, id), found in corpus.by_id.items() if of == space
    }
    for path in files:
        if space == "text" and slug_of_path(path).startswith(f"{name.new}-"):
            names[name.new.casefold()] = path
    there = names.get(name.new.casefold())
    if there is not None and there != name.document.path:
        raise WrongUse(f"{name.new} is given already: {there}", "Give an id that is free.")


def _require_read(corpus: Corpus, files: Mapping[str, bytes], name: NewName) -> None:
    """Raise `WrongUse` where a file that can't be read says the old name: it would stay behind."""
    word = _word(name.id)
    for document in corpus.documents:
        data = files.get(document.path) if document.record is None else None
        if data is not None and word.search(data.decode("utf-8", errors="replace")):
            raise WrongUse(
                f"{document.path} can't be read, and speaks of {name.id}",
                f"Mend it first: `govkit check {document.path}`.",
            )


def clauses_of(document: Document) -> list[str]:
    """Return the ids of the clauses or paragraphs of a text, withdrawn ones too."""
    record: Any = document.record
    names = ("clauses", "preamble", "interpretation")
    if document.kind not in NUMBERED_KINDS:
        return []
    return [part.id for name in names for part in getattr(record, name, ())]


# --- where it stands ------------------------------------------------------------------------------


def _word(id: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")


class _Places:
    """Where the old name stands in a file."""

    def __init__(self, name: NewName) -> None:
        self.name = name
        self.is_numbered = name.document.kind in NUMBERED_KINDS
        self.space = id_space(name.document.kind or "")
        after = rf"\({re.escape(name.old)}\)"
        self.in_words = re.compile(_word(name.id).pattern.removesuffix(r"(?![\w-])") + after)

    def may_stand_in(self, document: Document, data: bytes) -> bool:
        """Say whether a look into the file is worth while."""
        return self.name.id.encode() in data or document.path == self.name.document.path

    def of(self, document: Document, text: str, spots: Spots) -> Iterator[tuple[int, int]]:
        """Yield where the old word begins and ends, in any order, perhaps twice."""
        if self.name.clause:
            yield from self._of_clause(document, text, spots)
        elif self.is_numbered:
            # Such an id is a word that means nothing else, in a comment too.
            for found in _word(self.name.id).finditer(text):
                yield found.span()
        else:
            yield from self._of_slug(document, text, spots)

    def _of_clause(self, document: Document, text: str, spots: Spots) -> Iterator[tuple[int, int]]:
        old = self.name.old
        for found in self.in_words.finditer(text):
            yield found.end() - 1 - len(old), found.end() - 1
            if text.startswith("](ref:", found.start() - len("](ref:")):
                # The words of a link may name the clause that it leads to.
                begin = text.rfind("[", 0, found.start())
                words = re.compile(rf"\({re.escape(old)}\)").search(text, begin, found.start())
                if words is not None:
                    yield words.start() + 1, words.end() - 1
        if document.path == self.name.document.path:
            for keys in _own_clause(document.record, old):
                yield self._in_value(text, spots, keys)
        elif document.kind in _NAMED_BY_TEXT and document.id == self.name.id:
            spot = spots.get(("clauses", old))
            if spot is not None:
                yield self._inside(text, spot.key_start, spot.key_end)

    def _of_slug(self, document: Document, text: str, spots: Spots) -> Iterator[tuple[int, int]]:
        for reference in self.references(document):
            route = reference.route
            spot = spots[route.keys]
            if route.span:
                start, end = span_in_source(text, spot, route.span)
                begin = text.rfind("](", start, end)
                yield self._inside(text, max(begin, start), end)
            elif route.at_key:
                yield self._inside(text, spot.key_start, spot.key_end)
            else:
                yield self._in_value(text, spots, route.keys)

    def references(self, document: Document) -> Iterator[Reference]:
        """Yield the references of a document to what gets the new name."""
        assert document.record is not None
        fields = fields_of(document.record, every=True).references
        for each in (*(one for one in document.references if one.route.span), *fields):
            spaces = {id_space(kind) for kind in each.kinds}
            if each.key == self.name.id and self.space in spaces:
                yield each

    def _in_value(self, text: str, spots: Spots, keys: Keys) -> tuple[int, int]:
        spot = spots[keys]
        return self._inside(text, spot.start, spot.end)

    def _inside(self, text: str, start: int, end: int) -> tuple[int, int]:
        found = re.compile(_word(self.name.old).pattern).search(text, start, end)
        if found is None:
            line = text.count("\n", 0, start) + 1
            raise _NotWhole(f"line {line}: the id is written in another way here")
        return found.span()


class _NotWhole(Exception):
    """A file in which the id can't be rewritten."""


def _own_clause(record: Any, old: str) -> Iterator[Keys]:
    """Yield the routes at which a record names a clause of its own."""
    for name in ("clauses", "preamble", "interpretation"):
        for at, part in enumerate(getattr(record, name, ())):
            if part.id == old:
                yield (name, at, "id")
    for at, option in enumerate(getattr(record, "options", ())):
        for i, clause in enumerate(option.clauses):
            if clause == old:
                yield ("options", at, "clauses", i)
    for name in ("defined_words", "consequences"):
        if getattr(record, name, None) == old:
            yield (name,)
    yield from _own_clause_for_programs(record, old)


def _own_clause_for_programs(record: Any, old: str) -> Iterator[Keys]:
    """Yield the routes at which it is named for programs: what it asks for, how times run."""
    for at, duty in enumerate(getattr(record, "on_change", ())):
        if duty.clause == old:
            yield ("on_change", at, "clause")
    for name in ("times", "notices"):
        if getattr(getattr(record, "counting", None), name, None) == old:
            yield ("counting", name)


# --- the file as it is then -----------------------------------------------------------------------


def _renamed(document: Document, data: bytes, new_path: str, places: _Places) -> RenamedFile | None:
    text, spots = spots_of(data)
    try:
        found = sorted(set(places.of(document, text, spots)))
        after = rewritten(text, ((start, end, places.name.new) for start, end in found))
        _hold(document, text, after, places.name, new_path)
        encoded = _with_line_ends(data, after)
    except _NotWhole as fault:
        raise WrongUse(
            f"{document.path} can't be rewritten and kept whole: {fault}",
            "Write the id there by hand as it stands elsewhere, or run `govkit fmt`; then try "
            "again. Nothing was changed.",
        ) from None
    if new_path != document.path:
        encoded = moved_to(new_path, document.kind or "", encoded)
    if not found and new_path == document.path:
        return None
    marked = tuple(
        RenamedPlace(start, end, text[start:end], places.name.new, text.count("\n", 0, start) + 1)
        for start, end in found
    )
    return RenamedFile(document.path, new_path, data, encoded, marked)


def _hold(document: Document, text: str, after: str, name: NewName, path: str) -> None:
    """Raise unless the file says the same but for the one word, and refers to the same."""
    kind = document.kind or ""
    try:
        same = _masked(load(text), name) == _masked(load(after), name)
    except Unreadable as fault:
        raise _NotWhole(fault.message) from None
    record, _ = read_record(path, kind, after.encode())
    if not same or record is None:
        raise _NotWhole("something else would change with it")
    new = document_of(path, kind, record, ())
    before = [_as_renamed(each, name) for each in document.references]
    if before != [(each.kinds, each.key, each.role, each.inside) for each in new.references]:
        raise _NotWhole("a reference would lead elsewhere")


def _masked(data: Any, name: NewName) -> Any:
    """Return plain data with the old and the new word made one."""
    if isinstance(data, dict):
        return {_masked(key, name): _masked(value, name) for key, value in data.items()}
    if isinstance(data, list):
        return [_masked(each, name) for each in data]
    if not isinstance(data, str):
        return data
    return _word(name.old).sub("\0", _word(name.new).sub("\0", data))


def _as_renamed(reference: Reference, name: NewName) -> tuple[object, ...]:
    kinds, key, inside = reference.kinds, reference.key, reference.inside
    space = id_space(name.document.kind or "")
    if key == name.id and space in {id_space(kind) for kind in kinds}:
        if not name.clause:
            key = name.new
        elif inside[:1] == (name.old,):
            inside = (name.new, *inside[1:])
    return kinds, key, reference.role, inside


def _with_line_ends(data: bytes, text: str) -> bytes:
    pairs = data.count(b"\r\n")
    if not pairs:
        return text.encode()
    if pairs != data.count(b"\n"):
        raise _NotWhole("its line ends are of two kinds")
    return text.replace("\n", "\r\n").encode()


def _new_path(corpus: Corpus, document: Document, name: NewName) -> str:
    """Return the path that a file has then: its name is the id, or begins with it."""
    if name.clause:
        return document.path
    folder, _, file = document.path.rpartition("/")
    if document.kind in _NAMED_BY_TEXT and document.id == name.id:
        if id_space(name.document.kind or "") not in ("text", "term"):
            return document.path
        return f"{folder}/{name.new}.yaml"
    if document.path != name.document.path or document.kind == "instrument":
        return document.path
    if KINDS[document.kind or ""].slugged:
        return f"{folder}/{name.new}.yaml"
    rest = file.removeprefix(name.old)
    return f"{_folder_of(corpus, folder, name)}/{name.new}{rest}" if rest != file else document.path


def _folder_of(corpus: Corpus, folder: str, name: NewName) -> str:
    """Return the folder of the area in the new id, where the file stands in that of the old one."""
    charter = corpus.charter
    if charter is None:
        return folder
    form = id_forms(charter)[name.document.kind or ""]
    above, _, last = folder.rpartition("/")
    old, new = (charter.areas.get(form.area_of(id) or "") for id in (name.old, name.new))
    return f"{above}/{new.folder}" if old and new and last == old.folder else folder
