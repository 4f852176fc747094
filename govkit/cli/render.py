"""`govkit render`: print books as files, whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.session import Session, pass_session, today_in_utc
from govkit.errors import WrongUse
from govkit.rendering.formats import FORMATS

if TYPE_CHECKING:
    from govkit.corpus.whole import Corpus
    from govkit.findings import Finding
    from govkit.workspace import Workspace

ALL = "all"

_EPILOG = """\b
Examples:
  govkit render all                        every book, into ./dist
  govkit render provisions --format pdf    one book, as PDF alone
  govkit render principles -o ~/print

\b
How it ends: 0 printed, 1 an error in the texts stops it, 2 wrong use, 3 the world failed.
All books are laid out before the first file is written, and each file is written whole.
"""


def _formats(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the formats that `md,pdf` names, each once, or say which there are."""
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    for format in asked:
        if format not in FORMATS:
            known = ", ".join(FORMATS)
            raise click.BadParameter(f"`{format}` is no format. There are: {known}.", ctx, param)
    return asked


@click.command(epilog=_EPILOG)
@click.argument("books", metavar="BOOK...", nargs=-1, required=True)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    default=",".join(FORMATS),
    show_default=True,
    metavar="FORMAT[,FORMAT]",
    help="What to print: md, pdf, or both.",
)
@click.option(
    "-o",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    metavar="DIR",
    help="Where the files go; made if absent.",
)
@pass_session
def render(session: Session, books: tuple[str, ...], formats: tuple[str, ...], folder: Path) -> int:
    """Print a book as Markdown and PDF.

    BOOK is the last part of an instrument's id, as `provisions` for INS-provisions, or `all`.
    """
    workspace = session.workspace()
    chosen = _chosen(books, _books(workspace.corpus))
    stopping = list(_errors_in(chosen.values(), workspace))
    if stopping:
        _say_what_stops(stopping)
        return 1
    printed = [
        (folder / f"{name}.{format}", _print(id, name, format, workspace))
        for name, id in chosen.items()
        for format in formats
    ]
    _write(printed)
    return 0


def _books(corpus: Corpus) -> dict[str, str]:
    """Return the id of each book by the name that it is asked for.

    The charter names books whose file can't be read, too: they are known, and have an error.
    """
    charter = corpus.charter
    ids = [document.id for document in corpus.of_kind("instrument") if document.record]
    ids += charter.instruments if charter else ()
    return {id.removeprefix("INS-"): id for id in sorted(ids)}


def _chosen(asked: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    if ALL in asked and known:
        return dict(known)
    names = (_name(word, known) for word in asked)
    return {name: known[name] for name in names}


def _name(asked: str, known: Mapping[str, str]) -> str:
    name = asked.removeprefix("INS-")
    if name in known:
        return name
    from govkit.source.validation import nearest

    near = nearest(name, [*known, ALL])
    hint = f"Did you mean `{near}`? " if near else ""
    raise WrongUse(f"there is no book `{asked}`", f"{hint}There are: {', '.join((*known, ALL))}.")


def _errors_in(ids: Iterable[str], workspace: Workspace) -> Iterator[Finding]:
    """Yield the errors in the files that the books are printed from."""
    from govkit.rendering.holdings import paths_of

    paths = {path for id in ids for path in paths_of(workspace.corpus, id)}
    for finding in workspace.check(today_in_utc()).findings:
        if finding.level == "error" and finding.path in paths:
            yield finding


def _say_what_stops(findings: Sequence[Finding]) -> None:
    from govkit.cli.printing.words import number_of, visible

    first = findings[0]
    line = f":{first.place.line}" if first.place else ""
    stop = "stops" if len(findings) == 1 else "stop"
    click.echo(
        f"{number_of(len(findings), 'error')} {stop} the print; the first: "
        f"{visible(first.path)}{line}: {visible(first.message)}",
        err=True,
    )
    click.echo("`govkit check` shows them all. Nothing was written.", err=True)


def _print(id: str, name: str, format: str, workspace: Workspace) -> bytes:
    from govkit.rendering.book import book_of
    from govkit.rendering.formats import written

    if sys.stderr.isatty():
        click.echo(f"Printing {name}.{format}", err=True)
    return written(book_of(workspace.corpus, id, workspace.edition), format)


def _write(printed: Sequence[tuple[Path, bytes]]) -> None:
    from govkit.store.worktree import write_whole

    for path, data in printed:
        write_whole(path, data)
        click.echo(str(path))
