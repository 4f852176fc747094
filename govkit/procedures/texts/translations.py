"""Translations are begun, brought up to their originals, and taken in from worklists."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from govkit.corpus.beginnings import new_translation, original_in_comments
from govkit.corpus.documents import Document
from govkit.corpus.translations import Standing, standing_of, translatable
from govkit.corpus.whole import Corpus
from govkit.corpus.worklists import TakenRow, taken_rows, values_with
from govkit.errors import GovkitError
from govkit.procedures.log.filing import write_as_one
from govkit.records import normative
from govkit.source.gate import admit
from govkit.source.loader import load
from govkit.source.reading import read_record
from govkit.source.revising import revised
from govkit.source.worklist_rows import WorkRow
from govkit.source.writing import NotFormatted, formatted
from govkit.store.journal import Write
from govkit.workspace import Workspace

_ORDER = (
    *("of", "base", "source_digest", "title", "definition", "clauses", "parts"),
    *("translated_by", "reviewed_by"),
)
_WRITTEN = ("new", "changed", "behind", "fits")


class TakenIn(NamedTuple):
    """What became of the rows of a worklist, and the files that are written."""

    rows: tuple[TakenRow, ...]
    paths: tuple[str, ...]


def take_in(
    workspace: Workspace,
    rows: Iterable[WorkRow],
    translator: str | None,
    now: datetime.datetime,
    *,
    dry_run: bool = False,
) -> TakenIn:
    """Write the words of a worklist into the translations, all files or none.

    Raises `GovkitError` where some words can't stand in a record.
    """
    corpus = workspace.corpus
    found = taken_rows(corpus, rows)
    groups: dict[tuple[str, str], list[TakenRow]] = {}
    for each in found:
        if each.outcome in _WRITTEN:
            groups.setdefault((each.mark.language, each.id), []).append(each)
    for several in groups.values():
        _require_normative(several)
    known = {document.id: document for document in translatable(corpus)}
    writes = [
        _written(workspace, known[id], language, several, translator)
        for (language, id), several in groups.items()
    ]
    if not dry_run:
        write_as_one(workspace.root, writes, now)
    return TakenIn(tuple(found), tuple(write.path for write in writes))


def _written(
    workspace: Workspace,
    original: Document,
    language: str,
    taken: Sequence[TakenRow],
    translator: str | None,
) -> Write:
    path = f"translations/{language}/{original.id}.yaml"
    there = workspace.files.get(path)
    digest = workspace.corpus.digests.of(original) or ""
    data = there if there is not None else new_translation(path, original, digest, language, "")
    try:
        values = load(admit(data, joiners=True), {})
        if not isinstance(values, dict):
            raise NotFormatted(f"{path} holds no record", "Mend it first: `govkit check`.")
        if there is None:
            values |= {"clauses": {}, "parts": {}}
        after = values_with(values, taken, original)
        if translator is not None:
            after["translated_by"] = translator
        written = formatted(path, "translation", revised("translation", data, after, _ORDER)).data
    except NotFormatted as reason:
        raise GovkitError(f"{path}: {reason.message}", reason.help or "Edit the file.") from None
    standing = standing_of(workspace.corpus, original, language)
    marked = _readable(
        path,
        _with_marks(written, standing, {each.part for each in taken if each.outcome != "behind"}),
    )
    return Write(path, there, marked)


def _require_normative(taken: Iterable[TakenRow]) -> None:
    """Raise `GovkitError` for words that no clause can hold, as HTML or a picture."""
    for each in taken:
        is_title = each.part == "#title" or each.part.startswith("#parts.")
        flaws = () if is_title else normative.read(each.words).flaws
        for flaw in flaws:
            raise GovkitError(
                f"{each.row.place}: {flaw.message}",
                f"{flaw.help} Correct it in the worklist, and take it in again.",
            )


def _readable(path: str, data: bytes) -> bytes:
    """Return the bytes of a translation. Raises `GovkitError` where they are no record."""
    _, faults = read_record(path, "translation", data)
    for fault in faults:
        if fault.stops == "merge":
            raise GovkitError(
                f"{path}: {fault.message}",
                "Correct the words in the worklist, and take it in again. Nothing was written.",
            )
    return data


# --- what is behind -------------------------------------------------------------------------------

_BEHIND = "# BEHIND. The original says now:"


class TranslationUpdate(NamedTuple):
    """A translation that was brought up to its original: how far it is, and what was done."""

    path: str
    standing: Standing
    added: tuple[str, ...]
    fits: tuple[str, ...]
    is_changed: bool


def bring_up(
    workspace: Workspace,
    language: str,
    ids: Sequence[str],
    fits: Sequence[str],
    now: datetime.datetime,
    *,
    dry_run: bool = False,
) -> list[TranslationUpdate]:
    """Mark in each translation what is behind, and add what is missing, to be filled in.

    The translated words stay; those of `fits` (`PRN-01`, `PRN-01.a`) are bound to the original as
    it is now, since somebody found that they still fit.
    """
    done, writes = [], []
    for document in _translated(workspace.corpus, language, ids):
        one, write = _brought_up(workspace, document, language, fits)
        done.append(one)
        if write is not None:
            writes.append(write)
    if not dry_run:
        write_as_one(workspace.root, writes, now)
    return done


def _translated(corpus: Corpus, language: str, ids: Sequence[str]) -> list[Document]:
    return [
        document
        for document in translatable(corpus)
        if (not ids or document.id in ids)
        and f"translations/{language}/{document.id}.yaml" in corpus.by_path
    ]


def _brought_up(
    workspace: Workspace, document: Document, language: str, fits: Sequence[str]
) -> tuple[TranslationUpdate, Write | None]:
    path = f"translations/{language}/{document.id}.yaml"
    data = workspace.files[path]
    standing = standing_of(workspace.corpus, document, language)
    if standing.record is None or standing.digest is None:
        raise GovkitError(f"{path} or its original can't be read", "`govkit check` says why.")
    values: Any = load(admit(data, joiners=True), {})
    sheet = new_translation(path, document, standing.digest, language)
    fresh: Any = load(admit(sheet, joiners=True), {})
    clauses = dict(values.get("clauses") or {})
    added = [id for id in fresh.get("clauses") or {} if id not in clauses]
    bound = tuple(_fit(standing, fits))
    for each in standing.clauses:
        if each.id in clauses and f"({each.id})" in bound:
            clauses[each.id] = {**clauses[each.id], "source_digest": each.digest}
    order = [*(fresh.get("clauses") or {}), *clauses]
    after = {**values}
    if order:
        whole = {**(fresh.get("clauses") or {}), **clauses}
        after["clauses"] = {id: whole[id] for id in dict.fromkeys(order)}
    parts = {**(fresh.get("parts") or {}), **(values.get("parts") or {})}
    if parts:
        after["parts"] = parts
    if document.id in fits:
        after["source_digest"] = standing.digest
    try:
        bare = _without_marks(data)
        written = revised("translation", bare, after, _ORDER)
    except NotFormatted as reason:
        raise GovkitError(f"{path}: {reason.message}", reason.help or "Edit the file.") from None
    settled = {f".{id[1:-1]}" for id in bound}
    marked = _with_marks(written, standing, settled)
    changed = marked != data
    one = TranslationUpdate(path, standing, tuple(added), bound, changed)
    return one, Write(path, data, _readable(path, marked)) if changed else None


def _fit(standing: Standing, fits: Sequence[str]) -> Iterable[str]:
    """Yield the clauses that somebody found to fit; of a whole text all that are behind."""
    id = standing.original.id
    for each in standing.clauses:
        if each.state == "behind" and (id in fits or f"{id}.{each.id}" in fits):
            yield f"({each.id})"


def _with_marks(data: bytes, standing: Standing, settled: Iterable[str]) -> bytes:
    """Put the words of the original above each clause that is behind, as a comment.

    `settled` are clauses, as `.a`, that are no longer behind.
    """
    text = _without_marks(data).decode()
    for each in standing.clauses:
        if each.state != "behind" or not each.id or f".{each.id}" in settled:
            continue
        lines = [f"    {_BEHIND}"]
        for words in each.original.all:
            lines += original_in_comments(words, 4)
        key = re.escape(each.id)
        marks = "".join(f"{line}\n" for line in lines)
        found = re.search(rf"^  [\"']?{key}[\"']?:[ ]*\n", text, re.MULTILINE)
        if found is not None:
            text = text[: found.end()] + marks + text[found.end() :]
    return text.encode()


def _without_marks(data: bytes) -> bytes:
    """Take out what `_with_marks` put in."""
    pattern = rf"^    {re.escape(_BEHIND)}\n(?:    #[^\n]*\n)*"
    return re.sub(pattern, "", data.decode(), flags=re.MULTILINE).encode()
