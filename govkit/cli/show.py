"""`govkit show`: one record, its words, its digest, and what refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from govkit.cli.completing import complete_id
from govkit.cli.session import Session, pass_session
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus
from govkit.errors import WrongUse

if TYPE_CHECKING:
    from govkit.workspace import Workspace

_EPILOG = """\b
Examples:
  govkit show MCP-DUE-03
  govkit show personal-data            a term, source or member by its slug
  govkit show source:eu-dsa            where two kinds have the same slug
  govkit show MCP-DUE-03 --format json
  govkit show MCP-DUE-03 --format html --open    the preview: look at it in the browser
  govkit show MCP-DUE-03 --format html > x.html  the same page, as a file
"""


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="ID", shell_complete=complete_id)
@click.option("--format", "format_", type=click.Choice(["text", "json", "html"]), default="text")
@click.option("--open", "open_", is_flag=True, help="With --format html: open it in the browser.")
@pass_session
def show(session: Session, id_: str, format_: str, open_: bool) -> None:
    """Show one record: its words, its digest, and what refers to it."""
    if open_ and format_ != "html":
        raise WrongUse("--open shows a page", "Add --format html.")
    workspace = session.workspace()
    document = find(workspace.corpus, id_)
    if format_ == "json":
        from govkit.cli.printing.as_json import as_text

        click.echo(as_text(_as_json(workspace.corpus, document)), nl=False)
    elif format_ == "html":
        page = _page(workspace, document)
        if open_:
            _open(page, document.id)
        else:
            click.echo(page, nl=False)
    else:
        from govkit.cli.printing.record import record_as_text

        lines = workspace.lines(document.path)
        click.echo(record_as_text(workspace.corpus, document, lines), nl=False)


def _page(workspace: Workspace, document: Document) -> bytes:
    """Return the page of a record as it would be printed; errors in it stop nothing here."""
    from govkit.cli.jobs import job_of, laid_out
    from govkit.rendering.formats import written
    from govkit.rendering.selection import WHOLE

    return written(laid_out(job_of(document), WHOLE, workspace), "html")


def _open(page: bytes, id: str) -> None:
    """Write the page to a new folder of the system, outside the texts, and open it.

    The folder stays, since nobody knows when the reader is done; the system clears it in time.
    """
    import tempfile
    import webbrowser
    from pathlib import Path

    path = Path(tempfile.mkdtemp(prefix="govkit-")) / f"{id}.html"
    path.write_bytes(page)
    click.echo(f"The page is {path}")
    if not webbrowser.open(path.as_uri()):
        click.echo("No browser could be started here; open the file yourself.", err=True)


class NoSuchRecord(WrongUse):
    """A person named a record that is not there."""


def find(corpus: Corpus, name: str) -> Document:
    """Return the record that a person names by id, slug, `kind:slug` or path.

    Raises `NoSuchRecord` with the nearest id where there is none, `WrongUse` with the choice where
    there are several.
    """
    from govkit.source.validation import nearest

    kind, colon, slug = name.rpartition(":")
    if name in corpus.copies_by_path:
        return corpus.copies_by_path[name]
    named = [document for document in corpus.documents if document.kind]
    if colon:
        named = [document for document in named if document.kind == kind]
    found = [document for document in named if name == document.path or document.id == slug]
    if not found:
        ids = {document.id.casefold(): document.id for document in corpus.documents}
        near = ids.get(nearest(slug.casefold(), sorted(ids)), "")
        hint = f"Did you mean `{near}`?" if near else "`govkit list` shows all records."
        raise NoSuchRecord(f"there is no record `{name}`", hint)
    texts = [document for document in found if document.kind != "translation"] or found
    if len({document.kind for document in texts}) > 1:
        choice = ", ".join(sorted(f"{document.kind}:{document.id}" for document in texts))
        raise WrongUse(f"`{name}` is the name of several records", f"Say which: {choice}.")
    return texts[0]


def _as_json(corpus: Corpus, document: Document) -> dict[str, Any]:
    from govkit.corpus.base import key_of

    record = document.record
    links = corpus.back_links.get(key_of(document), ())
    return {
        "version": 1,
        "kind": document.kind,
        "id": document.id,
        "title": document.title,
        "status": document.status or None,
        "path": document.path,
        "digest": corpus.digests.of(document),
        "record": _dumped(record) if record else None,
        "referred_to_by": [
            {"kind": other.kind, "id": other.id, "as": reference.role, "at": str(reference.route)}
            for other, reference in links
        ],
    }


def _dumped(record: Any) -> dict[str, Any]:
    # A day comes out as it should, and pydantic warns that it is no longer a date.
    dumped: dict[str, Any] = record.model_dump(mode="json", by_alias=True, warnings=False)
    return dumped
