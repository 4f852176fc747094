"""Which record a person means, told from the names of files alone, present and past.

Texts and registers have their id or slug in the file's name; a book has it inside, so the few
files of books in the work folder are looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from govkit.corpus.documents import Document, document_of
from govkit.corpus.ids import INSTRUMENT, id_inside
from govkit.corpus.naming import Meant, meant
from govkit.records.kinds import TEXT_KINDS, is_copy, kind_of_path
from govkit.source.folder_contents import is_record


class RecordName(NamedTuple):
    """What a record is known by, wherever its file lies. `language` only for a translation.

    `title` is there only where the whole record was read, to find it by that.
    """

    kind: str
    id: str
    language: str = ""
    title: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that a record of this name may have had; texts share their ids."""
        return TEXT_KINDS if self.kind in TEXT_KINDS else (self.kind,)


def records_among(paths: Iterable[str]) -> list[str]:
    """Return the paths of records, sorted, each once; texts that belong to proposals left out."""
    return sorted({path for path in paths if is_record(path, "file") and not is_copy(path)})


def name_of(path: str, id: str = "") -> RecordName:
    """Return the name of the record at a path; `id` where the file's name does not hold it."""
    kind = kind_of_path(path) or ""
    language = path.split("/")[1] if kind == "translation" else ""
    if kind == "charter":
        return RecordName(kind, "charter")
    return RecordName(kind, id or document_of(path, kind, None, ()).id, language)


def record_meant(
    asked: str,
    now: Iterable[str],
    past: Iterable[str],
    read: Callable[[str], bytes],
    titled: Callable[[], Iterable[Document]],
    path: str | None = None,
) -> Meant[RecordName]:
    """Return the record that a person means, and the clause in it.

    `now` are the paths of the records in the work folder, which `read` opens; `past` those of all
    records that there ever were. What is there now is meant rather than what was removed, and a
    text rather than its translations. `titled` gives the records of the work folder, read whole: a
    title is looked for where no name fits. Raises `WrongUse` with the nearest name where there is
    none, or with the choice where there are several.
    """
    present = [(at, name_of(at, id_inside(read(at)) if _is_book(at) else "")) for at in now]
    gone = [(at, name_of(at)) for at in past if not _is_book(at)]
    bare = asked.rpartition(":")[2]
    was_book = INSTRUMENT.fullmatch(bare) and any(map(_is_book, past))
    return meant(
        asked,
        (
            lambda: _texts(present),
            lambda: _texts(gone),
            lambda: present,
            lambda: gone,
            lambda: [("", RecordName("instrument", bare))] if was_book else (),
            lambda: [(each.path, _titled(each)) for each in titled() if each.kind],
        ),
        path,
        "there is no record `{}`, and none is known from earlier",
    )


def _is_book(path: str) -> bool:
    return path.endswith("/instrument.yaml")


def _texts(names: Iterable[tuple[str, RecordName]]) -> list[tuple[str, RecordName]]:
    return [(path, name) for path, name in names if name.kind != "translation"]


def _titled(document: Document) -> RecordName:
    return name_of(document.path, document.id)._replace(title=document.title)
