"""`govkit translate out`: a worklist for a translator."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import output_option, write_output_file
from govkit.cli.printing.words import number_of
from govkit.cli.session import Session, pass_session
from govkit.errors import GovkitError, WrongUse
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.corpus.translations import ClauseStanding
    from govkit.source.worklist_rows import WorkRow
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit translate out fr -o work.xlsx              everything that is to be done in French
  govkit translate out fr principles -o work.docx   one book, as a table in Word
  govkit translate out fr MCP-DUE-03 -o work.xliff  for a translator's own program
  govkit translate out fr --all -o work.po          what is current, too

Each row has the words of the original beside the translation as it is. The last column binds the
row to what the translator saw; it stays as it is. `govkit translate in FILE` takes the file back.
XLIFF and PO need `pip install coalition-govkit[translate]`.
"""


@click.command("out", epilog=_EPILOG)
@click.argument("language", metavar="LANGUAGE")
@click.argument("ids", metavar="[ID|BOOK]...", nargs=-1)
@click.option("--all", "whole", is_flag=True, help="What is current, too.")
@output_option("output")
@pass_session
def out(
    session: Session, language: str, ids: tuple[str, ...], whole: bool, output: str | None
) -> None:
    """Write a worklist for a translator: a spreadsheet, Word, XLIFF or PO."""
    from govkit.cli.translate.asked import language_meant, texts_meant
    from govkit.source.worklist_files import ENDINGS

    workspace = session.workspace()
    language_meant(workspace.corpus, language)
    path = Path(output or f"translation-{language}.xlsx")
    if output and (output.endswith("/") or path.is_dir()):
        path /= f"translation-{language}.xlsx"
    format_ = ENDINGS.get(path.suffix.lower())
    if format_ is None:
        raise WrongUse(
            f"{path} ends as no worklist does", f"Name it with one of: {', '.join(ENDINGS)}."
        )
    rows = _rows(workspace, texts_meant(session, workspace, ids), language, whole)
    if not rows:
        click.echo("Nothing is to be done there: all of it is current. --all writes it anyway.")
        return
    write_output_file(path, _written(workspace, language, rows, format_))
    click.echo(str(path))
    texts = len({row.place.partition("#")[0].partition(".")[0] for row in rows})
    said = f"{number_of(len(rows), 'row')} of {number_of(texts, 'text')}"
    click.echo(f"{said}. Back: govkit translate in {path}")


def _rows(workspace: Workspace, texts: list[Document], language: str, whole: bool) -> list[WorkRow]:
    from govkit.corpus.translations import standing_of
    from govkit.corpus.worklists import rows_of
    from govkit.workspace.translated_from import earlier_words

    found = []
    for text in texts:
        standing = standing_of(workspace.corpus, text, language)
        rows = [row for row in rows_of(standing) if whole or row.state != "current"]
        if any(row.state == "behind" for row in rows):
            changes = {
                f"{text.id}.{id}": _change("\n\n".join(words.all), clause)
                for id, words in earlier_words(workspace.root, standing).items()
                if (clause := standing.clause(id))
            }
            rows = [
                row._replace(note=f"{row.note} {changes[row.place]}")
                if row.place in changes
                else row
                for row in rows
            ]
        found += rows
    return found


def _change(before: str, clause: ClauseStanding) -> str:
    from govkit.cli.printing.redline import redline_as_text
    from govkit.corpus.redline.compare import redline

    now = "\n\n".join(clause.original.all)
    text = redline_as_text(redline(before, now), colours=False, width=10_000, whole=False)
    return f"What changed: {text.strip()}"


def _written(workspace: Workspace, language: str, rows: list[WorkRow], format_: str) -> bytes:
    from govkit.source import worklist_files as files

    source = workspace.corpus.language
    try:
        match format_:
            case "xlsx":
                return files.as_xlsx(language, rows)
            case "po":
                return files.as_po(source, language, rows)
            case "xliff":
                return files.as_xliff(source, language, rows)
    except files.NoToolkit:
        raise GovkitError(
            f"{format_.upper()} needs a library that is not installed", files.INSTALL
        ) from None
    from govkit.rendering.worklist import worklist_page

    cells = list(files.cells_of(rows))
    return written(worklist_page(workspace.corpus, language, cells), "docx")
