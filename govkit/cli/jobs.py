"""What `govkit render` is asked to print: books by name, single records by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govkit.errors import WrongUse
from govkit.records.kinds import KINDS, PUBLIC_REGISTERS, TEXT_KINDS, id_space

if TYPE_CHECKING:
    from govkit.corpus.documents import Document as Record
    from govkit.corpus.whole import Corpus
    from govkit.rendering.document import Document
    from govkit.rendering.selection import Selection
    from govkit.workspace import Workspace

ALL = "all"


class Job(NamedTuple):
    """One thing to print: the name of its files, and the record (None where no file has it)."""

    name: str
    id: str
    record: Record | None

    @property
    def is_book(self) -> bool:
        """Return whether it is a book and no offprint."""
        return self.record is None or self.record.kind == "instrument"


def jobs_of(asked: Sequence[str], workspace: Workspace, here: Path) -> list[Job]:
    """Return what to print, each once; a file is named as it is seen from `here`."""
    books = _books(workspace.corpus)
    jobs: dict[str, Job] = {}
    for word in asked:
        if word == ALL and books:
            jobs.update(books)
        else:
            job = books.get(word.removeprefix("INS-")) or _offprint(word, books, workspace, here)
            jobs[job.name] = job
    return list(jobs.values())


def _books(corpus: Corpus) -> dict[str, Job]:
    """Return each book by the name that it is asked for.

    The charter names books whose file can't be read, too: they are known, and have an error.
    """
    from govkit.rendering.holdings import name_of_book

    charter = corpus.charter
    ids = [document.id for document in corpus.of_kind("instrument") if document.record]
    ids += charter.instruments if charter else ()
    jobs = (Job(name_of_book(id), id, corpus.find(("instrument",), id)) for id in sorted(ids))
    return {job.name: job for job in jobs}


def _offprint(asked: str, books: dict[str, Job], workspace: Workspace, here: Path) -> Job:
    from govkit.cli.naming import record_named
    from govkit.corpus.naming import NoSuchRecord

    try:
        found = record_named(workspace, here, asked, in_titles=False)
    except NoSuchRecord:
        raise _no_such(asked, books, workspace.corpus) from None
    if found.part:
        raise WrongUse(
            f"`{asked}` is a part of a text, and has no page of its own",
            f"Print the whole: {found.record.id}.",
        )
    return job_of(found.record)


def job_of(record: Record) -> Job:
    """Return the job of one record. Raises `WrongUse` for a kind that has no page."""
    from govkit.rendering.holdings import name_of_book
    from govkit.rendering.offprint import KINDS as PRINTED

    if record.kind == "instrument":
        return Job(name_of_book(record.id), record.id, record)
    kind = record.kind or ""
    printed = (*PRINTED, *PUBLIC_REGISTERS)
    if kind not in printed:
        raise WrongUse(
            f"`{record.id}` is {KINDS[kind].what}, and has no page of its own",
            f"Printed are books, and of single records: {', '.join(printed)}.",
        )
    return Job(f"{kind}-{record.id}" if KINDS[kind].slugged else record.id, record.id, record)


def _no_such(asked: str, books: dict[str, Job], corpus: Corpus) -> WrongUse:
    names = (*books, ALL)
    there = f"Books: {', '.join(names)}. `govkit list` shows all records."
    # A book goes by its short name, where a record is called so, too.
    ids = {document.id for document in corpus.documents if document.id.casefold() not in names}
    known = sorted((*ids, *names), key=str.casefold)
    return WrongUse(f"there is no book or record `{asked}`", there, typed=asked, known=known)


def paths_of_job(job: Job, selection: Selection, corpus: Corpus) -> frozenset[str]:
    """Return the files that a job is printed from, or would be if they could be read."""
    from govkit.rendering.holdings import paths_of, paths_of_one

    if job.record is None or job.is_book:
        paths = paths_of(corpus, job.id, selection)
    else:
        paths = paths_of_one(corpus, job.record)
    return paths | _in_place_of_missing(paths, corpus)


def _in_place_of_missing(paths: frozenset[str], corpus: Corpus) -> frozenset[str]:
    """Return the files whose names speak of what these files refer to and nothing else gives."""
    from govkit.checks.remarks import key_of_name

    printed = [corpus.by_path[path] for path in paths if path in corpus.by_path]
    missed = {
        (id_space(kind), reference.key)
        for document in printed
        for reference in document.references
        if (target := corpus.find(reference.kinds, reference.key)) is None or not target.record
        for kind in reference.kinds
    }
    if not missed:
        return frozenset()
    return frozenset(each.path for each in corpus.documents if key_of_name(each.path) in missed)


class Tongue(NamedTuple):
    """In which language a print is, where that is not the original's; or in both."""

    language: str
    is_bilingual: bool


def laid_out(
    job: Job, selection: Selection, workspace: Workspace, tongue: Tongue | None = None
) -> Document:
    """Return the book or offprint of a job as a document."""
    from govkit.rendering.book import book_of
    from govkit.rendering.offprint import offprint_of
    from govkit.rendering.register_pages import entry_page
    from govkit.rendering.translated import in_language

    corpus = workspace.corpus
    if tongue is not None and not tongue.is_bilingual:
        corpus = in_language(corpus, tongue.language)
    if job.record is None or job.is_book:
        document = book_of(corpus, job.id, workspace.edition, selection)
    elif job.record.kind in PUBLIC_REGISTERS:
        document = entry_page(corpus, job.record)
    else:
        document = offprint_of(corpus, job.record, workspace.edition, selection)
    if tongue is not None:
        document = _in_tongue(document, job, selection, corpus, tongue)
    return replace(document, front=replace(document.front, commit=workspace.commit))


def _in_tongue(
    document: Document, job: Job, selection: Selection, corpus: Corpus, tongue: Tongue
) -> Document:
    from govkit.rendering.holdings import holdings_of, holdings_of_one
    from govkit.rendering.places import Places
    from govkit.rendering.translated import translated

    if job.record is not None and job.record.kind not in (*TEXT_KINDS, "instrument"):
        raise WrongUse(
            f"{job.id} is printed in the original alone",
            "In another language: books, provisions, recommendations and principles.",
        )
    is_book = job.record is None or job.is_book
    held = (
        holdings_of(corpus, job.id, selection)
        if is_book or job.record is None
        else holdings_of_one(corpus, job.record, selection)
    )
    places = Places(held, selection)
    return translated(document, corpus, tongue.language, places, bilingual=tongue.is_bilingual)
