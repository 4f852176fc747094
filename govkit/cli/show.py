"""`govkit show`: one record, its words, its digest, and what refers to it."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.jobs import job_of, laid_out
from govkit.cli.naming import record_named
from govkit.cli.output import format_option, say_json
from govkit.cli.printing.screen import echo
from govkit.cli.session import Session, pass_session
from govkit.errors import WrongUse
from govkit.records.kinds import slug_of_path
from govkit.rendering.formats import written

if TYPE_CHECKING:
    from govkit.corpus.documents import Document
    from govkit.corpus.whole import Corpus
    from govkit.workspace import Workspace

_EPILOG = """Examples:
  govkit show MCP-DUE-03
  govkit show "MCP-DUE-03(a)"          one clause; "MCP-DUE-03(a)(b)" an item of its list
  govkit show "MCP-DUE-03(a)/1a2b3c"   as printed beside a clause: do its words still stand?
  govkit show "internal complaint"     by the title, or a part of it
  govkit show provisions/due-process/MCP-DUE-03-internal-complaint.yaml
  govkit show personal-data            a term, source or member by its slug
  govkit show source:eu-dsa            where two kinds have the same slug
  govkit show MCP-DUE-03 --format json
  govkit show MCP-DUE-03 --format html --open    the preview: look at it in the browser
  govkit show MCP-DUE-03 --format html > x.html  the same page, as a file
"""


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="ID")
@format_option("text", "json", "html")
@click.option("--open", "open_", is_flag=True, help="With --format html: open it in the browser.")
@pass_session
def show(session: Session, id_: str, format_: str, open_: bool) -> None:
    """Show one record: its words, its digest, and what refers to it."""
    if open_ and format_ != "html":
        raise WrongUse("--open shows a page", "Add --format html.")
    workspace = session.workspace()
    from govkit.corpus.print_codes import read_code

    place, digits = read_code(id_)
    document, part = record_named(workspace, session.folder(), place)
    printed = _printed(workspace, document, part[0], digits) if digits else None
    if format_ == "json":
        answer = _as_json(workspace.corpus, document, part)
        say_json({**answer, **({"printed": printed[1]} if printed else {})})
    elif format_ == "html":
        page = _page(workspace, document)
        if open_:
            _open(page, document.id)
        else:
            click.echo(page, nl=False)
    else:
        from govkit.cli.printing.record import record_as_text

        lines = workspace.lines(document.path)
        echo(record_as_text(workspace.corpus, document, lines, part).splitlines())
        if printed:
            echo(printed[0].splitlines())


def _printed(
    workspace: Workspace, document: Document, clause: str, digits: str
) -> tuple[str, dict[str, Any]]:
    """Return, in words and as data, what became of a clause that was printed with these digits."""
    from govkit.cli.printing.printed_clause import printed_as_data, printed_as_text
    from govkit.workspace.printed_clauses import printed_clause

    printed = printed_clause(workspace, document, clause, digits)
    return printed_as_text(printed), printed_as_data(printed)


def _page(workspace: Workspace, document: Document) -> bytes:
    """Return the page of a record as it would be printed; errors in it stop nothing here."""
    from govkit.rendering.selection import WHOLE

    return written(laid_out(job_of(document), WHOLE, workspace), "html")


def _open(page: bytes, id: str) -> None:
    """Write the page to a new folder of the system, outside the texts, and open it.

    The folder stays, since nobody knows when the reader is done; the system clears it in time.
    """

    path = Path(tempfile.mkdtemp(prefix="govkit-")) / f"{id}.html"
    path.write_bytes(page)
    click.echo(f"The page is {path}")
    if not webbrowser.open(path.as_uri()):
        click.echo("No browser could be started here; open the file yourself.", err=True)


def _as_json(corpus: Corpus, document: Document, part: tuple[str, ...]) -> dict[str, Any]:
    from govkit.cli.printing.record import record_as_data
    from govkit.corpus.base import key_of

    record = document.record
    links = [
        (other, reference)
        for other, reference in corpus.back_links.get(key_of(document), ())
        if reference.inside[: len(part)] == part
    ]
    return {
        "version": 1,
        **record_as_data(corpus, document),
        "record": _dumped(record) if record else None,
        "referred_to_by": [
            {"kind": other.kind, "id": other.id, "as": reference.role, "at": str(reference.route)}
            for other, reference in links
        ],
        **({"part": list(part)} if part else {}),
        **_inputs_of(corpus, document),
    }


def _inputs_of(corpus: Corpus, document: Document) -> dict[str, Any]:
    from govkit.proposals.call_inputs import input_as_json, inputs_of

    if document.kind != "call":
        return {}
    came = inputs_of(corpus, slug_of_path(document.path))
    return {"inputs": [input_as_json(each) for each in came]}


def _dumped(record: Any) -> dict[str, Any]:
    # A day comes out as it should, and pydantic warns that it is no longer a date.
    dumped: dict[str, Any] = record.model_dump(mode="json", by_alias=True, warnings=False)
    return dumped
