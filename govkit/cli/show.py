"""`govkit show`: one record, its words, its digest, and what refers to it."""

from __future__ import annotations

from typing import Any

import click

from govkit.cli.session import Session, pass_session
from govkit.corpus.documents import Document
from govkit.corpus.whole import Corpus

_EPILOG = """\b
Examples:
  govkit show MCP-DUE-03
  govkit show personal-data            a term, source or member by its slug
  govkit show source:eu-dsa            where two kinds have the same slug
  govkit show MCP-DUE-03 --format json
"""


def _complete_id(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the ids of the folder that the command line names, read from file names only."""
    from pathlib import Path

    from govkit.corpus.ids import id_in_name
    from govkit.records.kinds import slug_of_path
    from govkit.store.worktree import find_root, list_entries

    root = find_root(Path(ctx.find_root().params.get("directory") or "."))
    entries = list_entries(root) if root else []
    names = {id_in_name(slug_of_path(entry.path)) for entry in entries}
    return sorted(name for name in names if name.casefold().startswith(incomplete.casefold()))


@click.command(epilog=_EPILOG)
@click.argument("id_", metavar="ID", shell_complete=_complete_id)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@pass_session
def show(session: Session, id_: str, format_: str) -> None:
    """Show one record: its words, its digest, and what refers to it."""
    workspace = session.workspace()
    document = find(workspace.corpus, id_)
    if format_ == "json":
        from govkit.cli.printing.as_json import as_text

        click.echo(as_text(_as_json(workspace.corpus, document)), nl=False)
        return
    from govkit.cli.printing.record import record_as_text

    click.echo(record_as_text(workspace.corpus, document, workspace.lines(document.path)), nl=False)


def find(corpus: Corpus, name: str) -> Document:
    """Return the record that a person names by id, slug, `kind:slug` or path.

    Raises `WrongUse` with the nearest id where there is none, or with the choice where there are
    several.
    """
    from govkit.errors import WrongUse
    from govkit.source.validation import nearest

    kind, colon, slug = name.rpartition(":")
    named = [document for document in corpus.documents if document.kind]
    if colon:
        named = [document for document in named if document.kind == kind]
    found = [document for document in named if name == document.path or document.id == slug]
    if not found:
        ids = {document.id.casefold(): document.id for document in corpus.documents}
        near = ids.get(nearest(slug.casefold(), sorted(ids)), "")
        hint = f"Did you mean `{near}`?" if near else "`govkit list` shows all records."
        raise WrongUse(f"there is no record `{name}`", hint)
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
        "record": record.model_dump(mode="json", by_alias=True) if record else None,
        "referred_to_by": [
            {"kind": other.kind, "id": other.id, "as": reference.role, "at": str(reference.route)}
            for other, reference in links
        ],
    }
