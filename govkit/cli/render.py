"""`govkit render`: print books and single records as files, whole or not at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from govkit.cache import NO_CACHE
from govkit.cli.boxes import warn_of_boxes
from govkit.cli.jobs import Job, Tongue, jobs_of, laid_out, paths_of_job
from govkit.cli.kept_prints import MOST_UNUSED, made_or_kept
from govkit.cli.output import STANDARD_OUTPUT, files_at, files_option, formats_meant, write_files
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session, today_in_utc
from govkit.cli.several import printed_option, words_of
from govkit.errors import WrongUse
from govkit.rendering.formats import FORMATS, USUAL
from govkit.store.cache import FileCache, cache_of

if TYPE_CHECKING:
    from govkit.corpus.levels import TakenLevel
    from govkit.corpus.whole import Corpus
    from govkit.findings import Finding
    from govkit.rendering.document import Document
    from govkit.rendering.selection import Selection
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit render all                          every book, into ./dist
  govkit render provisions --format pdf      one book, as PDF alone
  govkit render MCP-DUE-03 --format html     one text, with its definitions and sources
  govkit render term:user source:eu-dsa      a definition and a source
  govkit render issue:content-removal        an issue with its responses; a paper, an event, …
  govkit render provisions --for "users=child size=small"
  govkit render all --without rationale,guidance -o ~/print
  govkit render provisions --edition short   only what binds, on few pages
  govkit render provisions --format pdf -o provisions.pdf
  govkit render principles --language fr     a translation; behind and missing clauses say so
  govkit render principles --bilingual fr    clause beside clause
  govkit render provisions --release 1.0.0   an earlier release, with the time it was in force

The files are DIR/provisions.pdf for a book, DIR/MCP-DUE-03.pdf for a text, DIR/term-user.pdf
for a definition. A selection never stands in for the whole: its files are named for it, as
DIR/provisions.for-users_child.pdf, and its first page says for whom it is and what is left out.

How it ends: 0 printed, 1 an error in the texts stops it, 2 wrong use, 3 the world failed.
All is laid out before the first file is written, and each file is written whole.
"""


@click.command(epilog=_EPILOG)
@click.argument("books", metavar="BOOK|ID|all...", nargs=-1, required=True)
@printed_option(tuple(FORMATS), ",".join(USUAL))
@click.option(
    "--for",
    "profile",
    multiple=True,
    metavar="PROFILE",
    help='Only texts and clauses for these users and platforms, as "users=child,adult size=large". '
    "One size; users and functions may be several.",
)
@click.option(
    "--without",
    multiple=True,
    callback=words_of(("summary", "burden", "rationale", "guidance"), "kind of note"),
    metavar="NOTE[,NOTE]",
    help="Leave out what is no part of the texts: summary, burden, rationale, guidance.",
)
@click.option(
    "--level",
    metavar="LEVEL",
    help="Only the texts of a level that the book names, and the options that it takes.",
)
@click.option(
    "--edition",
    type=click.Choice(["full", "short"]),
    default="full",
    show_default=True,
    help="`short` has only the words that bind and the definitions they need, on few pages.",
)
@click.option(
    "--release",
    "version",
    metavar="VERSION",
    help="Print a book as it was released, with what became of that release.",
)
@click.option(
    "--language",
    metavar="LANGUAGE",
    help="Print a translation; what has none stays in the original, and says so.",
)
@click.option(
    "--bilingual", metavar="LANGUAGE", help="Print each clause with its translation beside it."
)
@click.option("--no-cache", is_flag=True, help="Make every file anew. The bytes are the same.")
@files_option("output")
@pass_session
def render(
    session: Session,
    books: tuple[str, ...],
    formats: tuple[str, ...],
    profile: tuple[str, ...],
    without: tuple[str, ...],
    level: str | None,
    edition: str,
    version: str | None,
    language: str | None,
    bilingual: str | None,
    no_cache: bool,
    output: str,
) -> int:
    """Print a book or one record as Markdown, HTML, PDF or JSON.

    BOOK is the last part of an instrument's id, as `provisions` for INS-provisions, or `all`. ID is
    a provision, recommendation or principle, a term or source, or an entry of another register, as
    a paper, an event or an issue.
    """
    formats = tuple(formats_meant(formats, FORMATS, output))
    kept = None
    if "pdf" in formats and not no_cache and version is None:
        kept = cache_of(session.workspace_root(), "prints")
    workspace = session.workspace(kept or NO_CACHE)
    tongue = _tongue(workspace.corpus, language, bilingual, version)
    asked = _Asked(profile, without, level, edition == "short")
    if version is not None:
        from govkit.cli.release.reprint import reprinted

        selected = partial(_selection, asked)
        documents = reprinted(workspace, books, version, selected)
        _write(output, _printed([*documents], formats, None))
        return 0
    jobs = jobs_of(books, workspace, session.folder())
    selection = _selection(asked, workspace.corpus)
    stopping = list(_errors_in(jobs, selection, workspace))
    if stopping:
        _say_what_stops(stopping)
        return 1
    _refuse_what_is_for_others(jobs, selection)
    suffix = "" if tongue is None else _suffix(tongue, workspace.corpus.language)
    if tongue is not None:
        formats = _formats_for(tongue.language, formats)
    suffix += selection.suffix
    laid = [(job.name + suffix, laid_out(job, selection, workspace, tongue)) for job in jobs]
    _write(output, _printed(laid, formats, kept))
    return 0


# --- what is asked for --------------------------------------------------------------------------


def _tongue(
    corpus: Corpus, language: str | None, bilingual: str | None, version: str | None
) -> Tongue | None:
    from govkit.cli.translate.asked import language_meant

    asked = language or bilingual
    if asked is None or asked == corpus.language:
        return None
    if (language and bilingual) or version:
        raise WrongUse(
            "--language, --bilingual and --release do not go together", "Print one at a time."
        )
    return Tongue(language_meant(corpus, asked), bilingual is not None)


def _formats_for(language: str, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats that a language is printed in. Raises `WrongUse` where none is left."""
    from govkit.rendering.system_fonts import spoiled_in_pdf

    if "pdf" not in formats or not spoiled_in_pdf(language):
        return formats
    why = f"`{language}` is not printed as PDF: copied from there, its words would be spoiled"
    way = "HTML prints to paper from any browser, and Word does, too: --format html,docx,md"
    left = tuple(each for each in formats if each != "pdf")
    if not left:
        raise WrongUse(why, f"{way}.")
    click.echo(f"{why}.\n{way}", err=True)
    return left


def _suffix(tongue: Tongue, source: str) -> str:
    """Return what the name of a translation ends as: `.fr`, or `.en-fr` where both are in it."""
    return f".{source}-{tongue.language}" if tongue.is_bilingual else f".{tongue.language}"


class _Asked(NamedTuple):
    """What a person chose of the books."""

    profile: tuple[str, ...]
    without: tuple[str, ...]
    level: str | None
    is_short: bool


def _selection(asked: _Asked, corpus: Corpus) -> Selection:
    from govkit.rendering.selection import Selection

    profile = None
    if asked.profile:
        from govkit.cli.list_ import readable_charter
        from govkit.corpus.profile import profile_of

        profile = profile_of(" ".join(asked.profile), readable_charter(corpus))
    level = _level(asked.level, corpus) if asked.level is not None else None
    return Selection(profile, frozenset(asked.without), level, asked.is_short)


def _level(id: str, corpus: Corpus) -> TakenLevel:
    from govkit.corpus.levels import level_ids, taken_level

    found = taken_level(corpus, id)
    if found is None:
        known = level_ids(corpus)
        there = f"They have: {', '.join(known)}." if known else "A book names them in `levels`."
        raise WrongUse(f"no book has a level `{id}`", there, typed=id, known=known)
    return found


def _refuse_what_is_for_others(jobs: Iterable[Job], selection: Selection) -> None:
    for job in jobs:
        level = selection.level
        if level is not None and job.is_book and job.id not in level.titles:
            raise WrongUse(
                f"{job.name} has no level `{level.id}`",
                f"Print it without --level; {', '.join(level.titles)} has one.",
            )
        if not job.is_book and not selection.takes(job.record):
            if level is not None and job.id not in level.texts:
                raise WrongUse(f"{job.id} is not in the level `{level.id}`", "Print it without.")
            raise WrongUse(
                f"{job.id} has no clause for this profile",
                "Print it without --for, or see what is for it: `govkit list --for PROFILE`.",
            )


# --- what stops it ------------------------------------------------------------------------------


def _errors_in(
    jobs: Iterable[Job], selection: Selection, workspace: Workspace
) -> Iterator[Finding]:
    """Yield the errors in the files that are printed from."""
    paths = {path for job in jobs for path in paths_of_job(job, selection, workspace.corpus)}
    for finding in workspace.check(today_in_utc()).findings:
        if finding.level == "error" and finding.path in paths:
            yield finding


def _say_what_stops(findings: Sequence[Finding]) -> None:

    first = findings[0]
    line = f":{first.place.line}" if first.place else ""
    stop = "stops" if len(findings) == 1 else "stop"
    click.echo(
        f"{number_of(len(findings), 'error')} {stop} the print; the first: "
        f"{visible(first.path)}{line}: {visible(first.message)}",
        err=True,
    )
    click.echo("`govkit check` shows them all. Nothing was written.", err=True)


# --- printing -----------------------------------------------------------------------------------


def _printed(
    documents: Sequence[tuple[str, Document]], formats: Sequence[str], kept: FileCache | None
) -> list[tuple[str, bytes]]:
    """Return the files of all documents, by name; those of several books are made at once."""
    tasks = [
        (f"{name}.{format}", document, format) for name, document in documents for format in formats
    ]
    made = made_or_kept(tasks, kept)
    printed = []
    for file, document, format in tasks:
        if sys.stderr.isatty():
            click.echo(f"Printing {file}", err=True)
        printed.append((file, next(made)))
        if format == "pdf":
            warn_of_boxes(file, document, "md,html")
    if kept is not None:
        kept.save(MOST_UNUSED)
    return printed


_SELECTED = re.compile(r"\.(?:(?:for|without|level)-.*|short)(?=\.[a-z]+$)")
"""What the name of a file says of a selection (`Selection.suffix`)."""


def _write(output: str, printed: Sequence[tuple[str, bytes]]) -> None:
    """Write what is printed; a part never under the name of the whole."""
    paths = [] if output == STANDARD_OUTPUT else files_at(output, [name for name, _ in printed])
    for path, (name, _) in zip(paths, printed, strict=False):
        if path.name != name and path.name == _SELECTED.sub("", name):
            raise WrongUse(
                f"{path} is the name of the whole, and this is a selection of it",
                f"Name the folder alone: the file is then {name}. Nothing was written.",
            )
    write_files(output, printed)
