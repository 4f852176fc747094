"""The command `list` of a register: its entries, narrowed by what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from govkit.cli.output import format_meant, format_option, json_text, output_option, write_answer
from govkit.cli.printing.screen import echo, text_file
from govkit.cli.printing.words import number_of
from govkit.cli.session import Session, now_in_utc, pass_session
from govkit.cli.unread import say_unread
from govkit.records.kinds import KINDS
from govkit.records.regional_groups import REGIONAL_GROUPS
from govkit.rendering.register_columns import COLUMNS, KINDS_OF, STAGES

if TYPE_CHECKING:
    from govkit.rendering.register_lists import RegisterRow

_HEADS = {"attended": "CAME"}

FORMATS = ("text", "json", "csv", "xlsx")


def _narrowing(kind: str) -> dict[str, Callable[[Any], Any]]:
    """Return the options by which a register may be narrowed, by the name of their cell."""
    return {
        "actor": click.option(
            "--actor",
            type=click.Choice(("platform", "government", "other")),
            help="Only what this kind of actor does.",
        ),
        "jurisdiction": click.option(
            "--jurisdiction", metavar="PLACE", help="Only what is done there, as EU."
        ),
        "stage": click.option(
            "--stage",
            type=click.Choice(STAGES),
            help="Only responses of this stage; a prospective one is pending or possible.",
        ),
        "area": click.option(
            "--area", metavar="AREA", help="Only issues that a provision of this area answers."
        ),
        "issue": click.option("--issue", metavar="ISSUE", help="Only what is about this issue."),
        "kind": click.option(
            "--kind", type=click.Choice(KINDS_OF.get(kind, ())), help="Only entries of this kind."
        ),
        "country": click.option(
            "--country", metavar="CODE", help="Only what belongs to this country, as IN."
        ),
        "year": click.option(
            "--year", type=click.IntRange(1, 9999), help="Only what is of this year."
        ),
        "status": click.option(
            "--status", metavar="STATUS", help="Only records with this status, as draft."
        ),
        "group": click.option(
            "--group", metavar="GROUP", help="Only members who sit for this stakeholder group."
        ),
        "region": click.option(
            "--region",
            type=click.Choice(REGIONAL_GROUPS),
            help="Only members from this regional group of the United Nations.",
        ),
    }


def list_command(kind: str) -> click.Command:
    """Return the command that lists a register."""
    options, many = _narrowing(kind), KINDS[kind].many

    def run(
        session: Session, words: str | None, format_: str, output: str | None, **asked: Any
    ) -> None:
        from govkit.rendering.register_lists import narrowed, register_rows

        corpus = session.workspace().corpus
        say_unread(corpus, (kind, "response") if kind == "issue" else (kind,))
        given = {name: str(word) for name, word in asked.items() if word is not None}
        rows = narrowed(corpus, kind, register_rows(corpus, kind, now_in_utc().date()), given)
        if words:
            rows = [row for row in rows if _says(row, words.casefold())]
        format_ = format_meant(format_, FORMATS, output)
        if format_ == "text" and output is None:
            echo(_shown(kind, rows, is_narrowed=bool(given or words)))
        else:
            made = _as_bytes(kind, rows, format_, is_narrowed=bool(given or words))
            write_answer(output, many, format_, made)

    run.__doc__ = f"List the {many} of the register."
    command: Any = pass_session(run)
    command = output_option("output")(command)
    command = format_option(*FORMATS)(command)
    command = click.option(
        "--contains", "words", metavar="WORDS", help="Only records in which these words stand."
    )(command)
    for name in reversed(COLUMNS[kind].narrowed_by):
        command = options[name](command)
    lines = (
        f"govkit {many} list",
        f"govkit {many} list --contains rights --format csv",
        f"govkit {many} list -o {many}.xlsx",
    )
    epilog = "Examples:\n" + "".join(f"  {line}\n" for line in lines)
    return click.command("list", epilog=epilog)(command)


def _says(row: RegisterRow, words: str) -> bool:
    return any(words in text.casefold() for _, text in row.entry.texts)


def _as_bytes(kind: str, rows: Sequence[RegisterRow], format_: str, *, is_narrowed: bool) -> bytes:
    if format_ == "text":
        return text_file(_shown(kind, rows, is_narrowed=is_narrowed))
    return _as_json(kind, rows) if format_ == "json" else _as_table(kind, rows, format_)


def _shown(kind: str, rows: Sequence[RegisterRow], *, is_narrowed: bool) -> Iterator[str]:
    many = KINDS[kind].many
    if not rows:
        if is_narrowed:
            yield f"No {kind} fits. `govkit {many} list` shows all."
        else:
            begin = "govkit member join" if kind == "member" else f"govkit {many} new"
            yield f"The register of {many} is empty. `{begin}` begins it."
        return
    from govkit.cli.printing.table import table

    shown = COLUMNS[kind].shown
    head = [_HEADS.get(name, name.upper()) for name in shown]
    cells = [[_in_a_cell(row.cells[name]) for name in shown] for row in rows]
    yield from table(head, cells).splitlines()
    yield f"{number_of(len(rows), kind)}."


def _in_a_cell(cell: str | tuple[str, ...]) -> str:
    return _listed(cell) or "-"


def _as_json(kind: str, rows: Sequence[RegisterRow]) -> bytes:
    entries = [{"path": row.entry.path, **row.cells} for row in rows]
    return json_text({"version": 1, "register": kind, "entries": entries}).encode()


def _as_table(kind: str, rows: Sequence[RegisterRow], format_: str) -> bytes:
    from govkit.source.table_files import table_file

    heads = [[name.upper() for name in row.cells] for row in rows[:1]]
    cells = ([*map(_listed, row.cells.values())] for row in rows)
    return table_file(format_, KINDS[kind].many, [*heads, *cells])


def _listed(cell: str | tuple[str, ...]) -> str:
    return cell if isinstance(cell, str) else ", ".join(cell)
