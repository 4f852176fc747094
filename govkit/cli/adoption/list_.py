"""`govkit adoption list`: which platforms took provisions in."""

from __future__ import annotations

from typing import Any, cast

import click

from govkit.cli.output import format_option, say_json
from govkit.cli.printing.words import number_of
from govkit.cli.session import Session, pass_session
from govkit.cli.unread import say_unread

_EPILOG = """Examples:
  govkit adoption list
  govkit adoption list --format json
"""


@click.command("list", epilog=_EPILOG)
@format_option("text", "json")
@pass_session
def list_(session: Session, format_: str) -> None:
    """List the platforms that took provisions in, and how much of them."""
    from govkit.cli.printing.table import table
    from govkit.records.adoption import Adoption

    corpus = session.workspace().corpus
    say_unread(corpus, ("adoption",))
    found = [
        (document.id, cast(Adoption, document.record))
        for document in corpus.of_kind("adoption")
        if document.record is not None
    ]
    if format_ == "json":
        rows: list[dict[str, Any]] = [_as_data(id, record) for id, record in found]
        say_json({"version": 1, "adoptions": rows})
        return
    if not found:
        click.echo("No adoption is recorded. `govkit adoption new` enters one.")
        return
    cells = [
        (
            id,
            record.title,
            record.level or "-",
            record.release or (record.commit or "-")[:12],
            str(len(record.whole)),
            str(len(record.adapted)),
            str(len(record.left_out)),
            "ended" if record.ended else "",
        )
        for id, record in found
    ]
    head = ("ID", "SERVICE", "LEVEL", "EDITION", "WHOLE", "ADAPTED", "LEFT OUT", "STATE")
    click.echo(table(head, cells), nl=False)
    click.echo(number_of(len(found), "adoption") + ".")


def _as_data(id: str, record: Any) -> dict[str, Any]:
    names = ("title", "operator", "address", "level", "release", "commit", "statement")
    data = {name: getattr(record, name) for name in names}
    lists = {name: list(getattr(record, name)) for name in ("whole", "adapted", "left_out")}
    days = {
        name: str(value) if (value := getattr(record, name)) else None
        for name in ("applies_from", "ended")
    }
    return {"id": id, **data, **lists, **days}
