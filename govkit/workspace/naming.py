"""Which record a person means, told from the names of files alone, present and past.

Texts and registers have their id or slug in the file's name; a book has it inside, so the few
files of books in the work folder are looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from govkit.corpus.documents import document_of
from govkit.corpus.ids import INSTRUMENT
from govkit.errors import WrongUse
from govkit.records.kinds import TEXT_KINDS, id_space, is_copy, kind_of_path
from govkit.source.entries import is_record
from govkit.source.validation import nearest


class Name(NamedTuple):
    """What a record is known by, wherever its file lies. `language` only for a translation."""

    kind: str
    id: str
    language: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that a record of this name may have had; texts share their ids."""
        return TEXT_KINDS if self.kind in TEXT_KINDS else (self.kind,)


def records_among(paths: Iterable[str]) -> list[str]:
    """Return the paths of records, sorted, each once; texts that belong to proposals left out."""
    return sorted({path for path in paths if is_record(path, "file") and not is_copy(path)})


def name_of(path: str, id: str = "") -> Name:
    """Return the name of the record at a path; `id` where the file's name does not hold it."""
    kind = kind_of_path(path) or ""
    language = path.split("/")[1] if kind == "translation" else ""
    if kind == "charter":
        return Name(kind, "charter")
    return Name(kind, id or document_of(path, kind, None, ()).id, language)


def id_inside(data: bytes) -> str:
    """Return the value of the key `id` in a file that may be broken, or an empty text."""
    found = re.search(rb"^id:[ ]*[\"']?([A-Za-z0-9.-]+)[\"']?[ ]*(?:#.*)?\r?$", data, re.MULTILINE)
    return found[1].decode("ascii") if found else ""


def record_meant(
    asked: str, now: Iterable[str], past: Iterable[str], read: Callable[[str], bytes]
) -> Name:
    """Return the record that is named by id, slug, `kind:slug` or path.

    `now` are the paths of the records in the work folder, which `read` opens; `past` those of all
    records that there ever were. What is there now is meant rather than what was removed, and a
    text rather than its translations. Raises
    `WrongUse` with the nearest id where there is none, or with the choice where there are several.
    """
    present = {
        path: name_of(path, id_inside(read(path)) if path.endswith("/instrument.yaml") else "")
        for path in now
    }
    gone = {path: name_of(path) for path in past if not path.endswith("/instrument.yaml")}
    found = [_named(asked, present), _named(asked, gone)]
    texts = [{name for name in names if name.kind != "translation"} for names in found]
    for names in (*texts, *found):
        if names:
            return _the_one(asked, names)
    bare = asked.rpartition(":")[2]
    if INSTRUMENT.fullmatch(bare) and any(path.endswith("/instrument.yaml") for path in past):
        return Name("instrument", bare)
    raise _no_such(asked, bare, present.values())


def _named(asked: str, names: Mapping[str, Name]) -> set[Name]:
    kind, colon, bare = asked.rpartition(":")
    if asked in names:
        return {names[asked]}
    found = {name for name in names.values() if name.id == bare}
    return {name for name in found if name.kind == kind} if colon else found


def _the_one(asked: str, found: set[Name]) -> Name:
    if len({id_space(name.kind) for name in found}) > 1:
        choice = ", ".join(sorted(f"{name.kind}:{name.id}" for name in found))
        raise WrongUse(f"`{asked}` is the name of several records", f"Say which: {choice}.")
    return min(found)


def _no_such(asked: str, bare: str, names: Iterable[Name]) -> WrongUse:
    ids = {name.id.casefold(): name.id for name in names}
    near = ids.get(nearest(bare.casefold(), sorted(ids)), "")
    hint = f"Did you mean `{near}`?" if near else "`govkit list` shows all records."
    return WrongUse(f"there is no record `{asked}`, and none is known from earlier", hint)
