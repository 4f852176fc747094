"""`govkit assess import`: a service's documents, out of files or out of an archive."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import DayType, Session, now_in_utc, pass_session, today_in_utc
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.assessment.document_sets import DocumentSetDraft, FetchedDocument

_SHOWN = 8
_EPILOG = """Examples:
  govkit assess import terms.html rules.docx --service Kiosk --terms-type "Terms of Service"
      --terms-type "Community Guidelines"
  govkit assess import ../pga-versions --service Bluesky
  govkit assess import ../pga-versions --service Bluesky --date 2026-01-31
  govkit assess import terms.md --service Kiosk --date 2026-03-01 --invented

SOURCE is a checkout of an Open Terms Archive repository whose name ends with -versions, or files:
a page of HTML, Markdown, a Word file, a PDF or text. Nothing is fetched, and nothing in the archive
is run. What comes of it is assessments/SERVICE/DAY: the set, and the words of each document. The
words of real terms stay on this machine: git is told to leave them out.
"""


@click.command("import", epilog=_EPILOG)
@click.argument(
    "sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE..."
)
@click.option("--service", required=True, metavar="NAME", help="The name of the service.")
@click.option(
    "--terms-type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="What each file is, in their order; of an archive, which terms to take. Default: all.",
)
@click.option(
    "--date",
    "day",
    type=DayType(),
    help="The day of which the terms are. Default: today, or the newest of the archive.",
)
@click.option("--commit", metavar="ID", help="Of an archive, the commit up to which to read.")
@click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="LANGUAGE",
    help="What they are written in.",
)
@click.option("--invented", is_flag=True, help="No such service: its terms may be committed.")
@format_option("text", "json")
@pass_session
def import_(
    session: Session,
    sources: tuple[Path, ...],
    service: str,
    types: tuple[str, ...],
    day: datetime.date | None,
    commit: str | None,
    language: str,
    invented: bool,
    format_: str,
) -> None:
    """Take in the documents of a service, from files or from an archive of terms."""
    from govkit.assessment.document_sets import draft_of_set
    from govkit.procedures.assessment.importing import write_set

    found, of = _documents(sources, service, types, day, commit)
    draft = draft_of_set(service, of, language, found, invented=invented)
    wrong = [fault for fault in draft.faults if "is written in" in fault.because]
    if wrong:
        raise WrongUse(
            f"{wrong[0].document} {wrong[0].because}",
            "Say what they are written in: --language LANGUAGE. Or leave it out with --terms-type.",
        )
    folder = write_set(session.workspace().root, draft, now_in_utc())
    if format_ == "json":
        say_json({**draft.record, "folder": folder, "faults": [*_as_data(draft)]})
    else:
        _say(draft, folder)


def _documents(
    sources: Sequence[Path],
    service: str,
    types: Sequence[str],
    day: datetime.date | None,
    commit: str | None,
) -> tuple[list[FetchedDocument], str]:
    """Return the documents, and the day of which they are."""
    if len(sources) == 1 and sources[0].is_dir():
        return _of_archive(sources[0], service, types, day, commit)
    if commit:
        raise WrongUse("--commit is for an archive", "Leave it out, or name a checkout of one.")
    if types and len(types) != len(sources):
        raise WrongUse(
            f"there are {len(sources)} files and {len(types)} types",
            "Give one --terms-type for each file, in the same order.",
        )
    folder = next((each for each in sources if each.is_dir()), None)
    if folder:
        raise WrongUse(f"{folder} is a folder", "Name files, or one checkout of an archive alone.")
    named = types or [_type_of(each) for each in sources]
    read = [_of_file(path, type_) for path, type_ in zip(sources, named, strict=True)]
    return read, (day or today_in_utc()).isoformat()


def _of_archive(
    archive: Path, service: str, types: Sequence[str], day: datetime.date | None, commit: str | None
) -> tuple[list[FetchedDocument], str]:
    from govkit.procedures.assessment.archives import (
        documents_of,
        until_commit,
        versions_for,
        versions_of_archive,
    )

    if day and commit:
        raise WrongUse("--date and --commit say the same", "Give one of them.")
    versions = versions_of_archive(archive)
    last = day.isoformat() if day else "9999"
    until = until_commit(versions, commit) if commit else lambda each: each.day <= last
    chosen = versions_for(versions, service, types, until)
    newest = max(each.day for each in chosen)
    return documents_of(archive, chosen), day.isoformat() if day else newest


def _of_file(path: Path, type_: str) -> FetchedDocument:
    from govkit.assessment.document_sets import FetchedDocument
    from govkit.cli.foreign_files import read_file
    from govkit.source.page_links import links_of_docx, links_of_markdown, links_of_page

    file, data = read_file(path, path.name)
    if file.kind == "Word file":
        links = links_of_docx(data)
    elif file.kind == "page":
        links = links_of_page(data.decode("utf-8", "replace"))
    else:
        links = links_of_markdown(file.text) if not file.kind else ()
    return FetchedDocument(type_, data, file.blocks, links, path.name, notes=file.notes)


def _type_of(path: Path) -> str:
    return path.stem.replace("-", " ").replace("_", " ").strip() or path.name


def _as_data(draft: DocumentSetDraft) -> list[dict[str, str]]:
    return [each._asdict() for each in draft.faults]


def _say(draft: DocumentSetDraft, folder: str) -> None:
    rows = draft.record["documents"]
    widest = max(len(row["id"]) for row in rows)
    for row in rows:
        state = "" if row["state"] == "present" else f"  {row['state'].upper()}"
        words = f"{row['words']:>7,} words"
        click.echo(f"  {row['id']:<{widest}}  {words}  {row['role']}{state}")
    for each in draft.faults:
        click.echo(f"warning: {visible(each.document)} {visible(each.because)}: no score from it")
    for each in draft.notes:
        click.echo(f"note: {visible(each.document)}: {visible(each.because)}")
    _say_links(draft)
    click.echo(f"Wrote {folder}: {number_of(len(rows), 'document')}.")
    if not draft.record["invented"]:
        click.echo("Their words stay on this machine: git leaves the folder texts out.")


def _say_links(draft: DocumentSetDraft) -> None:
    links = draft.record["links_not_in_set"]
    if not links:
        return
    click.echo(f"{number_of(len(links), 'link')} to documents that are not in the set:")
    for link in links[:_SHOWN]:
        click.echo(f"  {visible(link['text'])}  {visible(link['address'])}")
    if len(links) > _SHOWN:
        click.echo(f"  and {len(links) - _SHOWN} more: set.yaml has them all")
