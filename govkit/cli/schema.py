"""`govkit schema`: the JSON Schema of each kind, for editors and other programs."""

from __future__ import annotations

import click

from govkit.cli.option_pairs import refuse_beside
from govkit.cli.output import format_option, say_json
from govkit.cli.session import Session, pass_session
from govkit.errors import WrongUse
from govkit.records.kinds import KINDS, PAPERS

_EPILOG = """Examples:
  govkit schema                 the kinds, and where their schemas are
  govkit schema provision       print one
  govkit schema --write         write all into schemas/ of this folder

The first line of each record names its schema, so that an editor with a YAML
language server completes words and marks mistakes as you type.
"""


_WHAT = {name: kind.what for name, kind in KINDS.items()} | {
    name: paper.what for name, paper in PAPERS.items()
}
"""What has a schema, and what each is: the kinds of records, and papers of others."""


@click.command(epilog=_EPILOG)
@click.argument("kind", required=False, metavar="[KIND]")
@click.option("--write", is_flag=True, help="Write all into schemas/ of the governed folder.")
@format_option("text", "json")
@pass_session
def schema(session: Session, kind: str | None, write: bool, format_: str) -> None:
    """Print the JSON Schema of a kind, for editors.

    A schema is JSON in any case; --format is about the list of kinds.
    """
    from govkit.source.schema import schema_text

    if write:
        refuse_beside({"KIND": kind}, "--write", "It writes the schemas of all kinds.")
        _write_all(session)
    elif kind:
        if kind not in _WHAT:
            raise WrongUse(f"there is no kind `{kind}`", typed=kind, known=list(_WHAT))
        click.echo(schema_text(kind), nl=False)
    else:
        rows = [(name, f"schemas/{name}.schema.json", what) for name, what in _WHAT.items()]
        if format_ == "json":
            kinds = [{"kind": name, "schema": file, "what": what} for name, file, what in rows]
            say_json({"version": 1, "kinds": kinds})
            return
        from govkit.cli.printing.table import table

        click.echo(table(("KIND", "SCHEMA", "WHAT IT IS"), rows), nl=False)


def _write_all(session: Session) -> None:
    from govkit.source.schema import schema_text
    from govkit.store.worktree import find_root, write_whole

    root = find_root(session.folder())
    if root is None:
        raise WrongUse("there is no governed folder here", "Go to one, or name it with -C.")
    changed = 0
    for name in _WHAT:
        path = root / "schemas" / f"{name}.schema.json"
        data = schema_text(name).encode()
        if not (path.is_file() and path.read_bytes() == data):
            write_whole(path, data)
            changed += 1
            click.echo(f"schemas/{path.name}")
    if not changed:
        click.echo("All schemas are as they should be.")
