"""The sheets of new records: where each goes, under which id, and in which part of a book.

Values in, values out; what can't be done is `WrongUse`, since a person asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from govkit.corpus.beginnings import new_record, new_translation
from govkit.corpus.documents import Document
from govkit.corpus.free_ids import is_taken, next_id
from govkit.corpus.ids import IdForm, id_forms
from govkit.corpus.naming import readable_record
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse
from govkit.findings import Keys
from govkit.records.governance import Charter
from govkit.records.kinds import (
    CHARTER_PATH,
    KINDS,
    NORMATIVE_KINDS,
    NUMBERED_KINDS,
    TEXT_KINDS,
    kind_of_path,
    slug_of_path,
)
from govkit.records.scalars import SLUG
from govkit.source.reading import read_record
from govkit.source.scaffolds import NameRefused, one_line, slug_of
from govkit.source.writing import NotFormatted, with_item


class NewFile(NamedTuple):
    """A file that is to be written."""

    path: str
    kind: str
    id: str
    data: bytes


class Sheets:
    """Makes the sheets of one corpus.

    `elsewhere` are the paths of records in other branches: two branches may give ids at once.
    """

    def __init__(self, corpus: Corpus, elsewhere: Collection[str]) -> None:
        """Look at the charter. Raises `WrongUse` where it can't be read."""
        self.corpus = corpus
        self.elsewhere = elsewhere
        charter = corpus.charter
        if charter is None:
            raise WrongUse(
                f"{CHARTER_PATH} can't be read, and it says how ids are made",
                "Mend it first: `govkit check` says what is wrong.",
            )
        self.charter: Charter = charter

    def areas(self) -> str:
        """Return the areas of the charter, to choose from."""
        return ", ".join(self.charter.areas)

    def languages(self) -> str:
        """Return the languages of translations, to choose from."""
        return ", ".join(self.charter.languages.others) or "the charter names none yet"

    def issues(self) -> str:
        """Return the issues of the register, to choose from."""
        return ", ".join(issue.id for issue in self.corpus.of_kind("issue")) or "none yet"

    def needs_area(self) -> bool:
        """Say whether the id of a provision names its area."""
        return "{area}" in self.charter.id_form.provision

    # --- the sheets ---------------------------------------------------------------------------

    def record(
        self,
        kind: str,
        title: str | None,
        id: str | None,
        area: str | None,
        issue: str | None,
        date: str | None,
    ) -> NewFile:
        """Return the sheet of a new record. Raises `WrongUse` where something does not fit."""
        title = _taken_as_line(title) if title is not None else None
        area = self._area(area) if area else ""
        if issue is not None:
            self._known("issue", issue)
        if kind == "instrument":
            id, path = self._book(id)
        elif kind in TEXT_KINDS:
            id = self._number(kind, id, area)
            area = self._forms[kind].area_of(id) or ""
            path = self.path_of_text(kind, id, title)
        elif kind == "call":
            id = self._call(id, date or "")
            path = f"{KINDS[kind].folder}/{id}.yaml"
        else:
            id = self._slug(kind, id, title)
            path = f"{KINDS[kind].folder}/{id}.yaml"
        known = {"id": id, "title": title, "issue": issue, "date": date}
        given = {name: value for name, value in known.items() if value is not None}
        data = new_record(path, kind, self.charter, given, self._right(area))
        return self._proved(NewFile(path, kind, id, data))

    def _right(self, area: str) -> str:
        """Return a right of the charter to begin with: the one that the area is named after."""
        named = self.charter.areas[area].folder if area else ""
        return named if named in self.charter.rights else next(iter(self.charter.rights), "")

    def translation(self, of: str, language: str, *, again: bool = False) -> NewFile:
        """Return the sheet of a translation, bound to the words of the original as they stand.

        `again` allows it for one that is there: to see the digests that it should have now.
        """
        languages = self.charter.languages.others
        if language not in languages:
            there = f"It has: {self.languages()}. Add others to `languages` in {CHARTER_PATH}."
            raise WrongUse(
                f"the charter has no translations in `{language}`",
                there,
                typed=language,
                known=languages,
            )
        original = self._known("text", of)
        digest = self.corpus.digests.of(original)
        if digest is None:
            raise WrongUse(
                f"{of} has no digest yet, so a translation can't be bound to its words",
                "Mend the text first: `govkit check` says what is wrong.",
            )
        path = f"translations/{language}/{original.id}.yaml"
        data = new_translation(path, original, digest, language)
        sheet = NewFile(path, "translation", original.id, data)
        return sheet if again and path in self.corpus.by_path else self._proved(sheet)

    def _proved(self, sheet: NewFile) -> NewFile:
        """Hold that the sheet can be read, and that nothing stands in its place."""
        if sheet.path in self.corpus.by_path:
            raise WrongUse(f"{sheet.path} is there already", "Edit that file.")
        _, faults = read_record(sheet.path, sheet.kind, sheet.data)
        for fault in faults:
            raise WrongUse(f"this can't stand in a record: {fault.message}", "Give other words.")
        return sheet

    def path_of_text(self, kind: str, id: str, title: str | None) -> str:
        """Return the place of a new text of a numbered kind."""
        slug = slug_of(title) if title else ""
        folder = KINDS[kind].folder
        if kind == "provision":
            area = self._forms[kind].area_of(id)
            folder += f"/{self.charter.areas[area].folder}" if area else ""
        return f"{folder}/{id}-{slug}.yaml" if slug else f"{folder}/{id}.yaml"

    # --- ids ------------------------------------------------------------------------------------

    @cached_property
    def _forms(self) -> dict[str, IdForm]:
        return id_forms(self.charter)

    def _taken(self, kind: str) -> set[str]:
        kinds = NUMBERED_KINDS if kind in NUMBERED_KINDS else (kind,)
        taken = {document.id for document in self.corpus.of_kind(*kinds)}
        taken |= {slug_of_path(document.path) for document in self.corpus.of_kind(*kinds)}
        folders = tuple({f"{KINDS[each].folder}/" for each in kinds})
        return taken | {slug_of_path(path) for path in self.elsewhere if path.startswith(folders)}

    def _number(self, kind: str, id: str | None, area: str) -> str:
        form, taken = self._forms[kind], self._taken(kind)
        if id is None:
            if "{nn}" not in form.form or "{own}" in form.form:
                raise WrongUse(
                    f"the charter lets you choose the id of a {kind}",
                    f"Name it with --id, as {form.example()}.",
                )
            return next_id(form, area, taken)
        if not re.fullmatch(form.pattern(), id):
            raise WrongUse(
                f"`{id}` does not have the form of the id of a {kind}",
                f"Write it as {form.example()}, or leave --id out for the next free one.",
            )
        if area and form.area_of(id) not in (None, area):
            raise WrongUse(f"{id} is not in the area {area}", "Leave one of the two out.")
        if is_taken(id, taken):
            raise WrongUse(f"the id {id} was given before", "Leave --id out for the next free one.")
        return id

    def _slug(self, kind: str, id: str | None, title: str | None) -> str:
        slug = id or slug_of(title or "")
        if not re.fullmatch(SLUG, slug):
            raise WrongUse(
                f"`{slug}` can't name a file" if slug else "this title gives no name for a file",
                "Give one with --id: small letters, digits and hyphens, as personal-data.",
            )
        if slug.casefold() in {name.casefold() for name in self._taken(kind)}:
            raise WrongUse(
                f"there is a {kind} `{slug}` already, here or on another branch",
                f"Edit {KINDS[kind].folder}/{slug}.yaml, or give another name with --id.",
            )
        return slug

    def _call(self, id: str | None, date: str) -> str:
        """Return the number of a call: the next one of the year in which it opens."""
        taken = {name.removeprefix("calls/") for name in self._taken("call")}
        if id is None:
            numbers = [int(name[5:]) for name in taken if name.startswith(f"{date[:4]}-")]
            return f"{date[:4]}-{max(numbers, default=0) + 1:03d}"
        if kind_of_path(f"{KINDS['call'].folder}/{id}.yaml") != "call":
            raise WrongUse(
                f"`{id}` can't number a call",
                "Write a year and a number, as 2026-001, or leave --id out for the next free one.",
            )
        if id in taken:
            raise WrongUse(f"the id {id} was given before", "Leave --id out for the next free one.")
        return id

    def _area(self, area: str) -> str:
        for code, known in self.charter.areas.items():
            if area.casefold() in (code.casefold(), known.folder):
                return code
        raise WrongUse(
            f"the charter has no area `{area}`",
            f"It has: {self.areas()}.",
            typed=area,
            known=list(self.charter.areas),
        )

    def _known(self, kind: str, id: str) -> Document:
        kinds = NORMATIVE_KINDS if kind == "text" else (kind,)
        return readable_record(self.corpus, kinds, id, kind, "`govkit list` lists the records.")

    # --- books ----------------------------------------------------------------------------------

    def _book(self, id: str | None) -> tuple[str, str]:
        there = self._taken("instrument")
        free = {
            book: folder for book, folder in self.charter.instruments.items() if book not in there
        }
        if id is None and len(free) == 1:
            id = next(iter(free))
        if id in free:
            return id, f"{free[id]}/instrument.yaml"
        raise WrongUse(
            f"the charter names no book `{id}` that is still to be written"
            if id
            else "the charter names no book, or several, that are still to be written",
            f"Add the book with its folder to `instruments` in {CHARTER_PATH} first."
            + (f" Or give --id: {', '.join(free)}." if free else ""),
        )

    def _parts(self, kind: str) -> Iterator[tuple[Document, Keys, str]]:
        """Yield the parts of the book that a kind stands in: book, route and id of each."""
        folder = KINDS[kind].folder
        for book in self.corpus.of_kind("instrument"):
            if book.record is not None and book.path == f"{folder}/instrument.yaml":
                yield from ((book, keys, id) for keys, id in _sections(book.record, ()))

    def part(self, sheet: NewFile, part: str) -> tuple[str, Keys]:
        """Return the path of the book of a new text, and the way to the items of a part of it."""
        parts = list(self._parts(sheet.kind))
        for book, keys, id in parts:
            if id == part:
                return book.path, (*keys, "items")
        ids = [id for _, _, id in parts]
        raise WrongUse(
            f"no book of this kind of text has a part `{part}`",
            f"Parts: {', '.join(ids) or 'none'}.",
            typed=part,
            known=ids,
        )

    def next_steps(self, sheet: NewFile, in_book: bool) -> Iterator[str]:
        """Yield what the person does next, a line for each."""
        yield (
            f"open {sheet.path}, write the words where [insert …] stands; "
            "then `govkit check`, and `govkit submit`."
        )
        if sheet.kind in TEXT_KINDS and not in_book:
            parts = [id for _, _, id in self._parts(sheet.kind)]
            book = f"{KINDS[sheet.kind].folder}/instrument.yaml"
            yield f"To have it printed, add {sheet.id} to a part of {book}"
            yield f"(its parts: {', '.join(parts)})." if parts else "(it has no parts yet)."
        if sheet.kind == "translation":
            yield "Keep each {blank}, each link and the number of items. When the original changes,"
            yield "`govkit check` names the clauses to look at again."
        if sheet.kind == "principle":
            yield "Name it in a provision that rests on it, below `relations`, as grounded-in."


def added_to(book: str, data: bytes, items: Keys, id: str) -> bytes:
    """Return a book with one more id in a part; the rest stays as it is."""
    try:
        return with_item(book, "instrument", data, items, id)
    except NotFormatted as reason:
        raise WrongUse(f"{book}: {reason.message}", reason.help) from None


def _sections(record: Any, keys: Keys) -> Iterator[Any]:
    for at, section in enumerate(record.parts):
        here = (*keys, "parts", at)
        yield here, section.id
        yield from _sections(section, here)


def _taken_as_line(title: str) -> str:
    try:
        return one_line(title)
    except NameRefused as reason:
        raise WrongUse(f"this title can't be taken: {reason}", "Give another --title.") from None
