"""`govkit coverage`: which texts cover what, and where there are gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from govkit.cli.output import format_meant, format_option, json_text, output_option, write_answer
from govkit.cli.printing.screen import echo, text_file
from govkit.cli.printing.words import number_of, visible
from govkit.cli.session import Session, pass_session
from govkit.cli.unread import say_unread, unread_paths
from govkit.records.enumerations import COVERAGE_TABLES
from govkit.records.kinds import NUMBERED_KINDS

if TYPE_CHECKING:
    from govkit.corpus.coverage import CoverageTable

    Tables = dict[str, CoverageTable]

_FORMATS = ("text", "csv", "json")
_READ = (*NUMBERED_KINDS, "instrument", "source", "issue", "response", "term")
"""The kinds of records that the tables are made from."""

_EPILOG = """Examples:
  govkit coverage                        the gaps of all tables
  govkit coverage principles             the texts that are grounded in each principle
  govkit coverage law                    the texts that rest on each article of a law
  govkit coverage grounds                the same the other way round
  govkit coverage rights                 how many provisions each right has, by user and platform
  govkit coverage issues -o issues.csv   the texts that answer each legal issue, as a file

`recommendations` has the provisions of each recommendation, and `promises` has the texts that give
what the founding documents ask for, `levels` the texts of each level of a book. A gap is advice:
not everything has to be covered.
"""


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="[TABLE]", type=click.Choice(COVERAGE_TABLES), required=False)
@format_option(*_FORMATS)
@output_option("output")
@pass_session
def coverage(session: Session, name: str | None, format_: str, output: str | None) -> None:
    """Say which texts cover a principle, law, right or issue, and what none covers."""
    from govkit.corpus.coverage import coverage_of

    corpus = session.workspace().corpus
    say_unread(corpus, _READ)
    tables = {each: coverage_of(corpus, each) for each in ((name,) if name else COVERAGE_TABLES)}
    format_ = format_meant(format_, _FORMATS, output)
    if format_ == "text" and output is None:
        _show(tables)
        return
    data = _as_bytes(tables, format_, unread_paths(corpus, _READ))
    write_answer(output, f"coverage-{name or 'all'}", format_, data)


def _as_bytes(tables: Tables, format_: str, unread: list[str]) -> bytes:
    if format_ == "csv":
        return _as_csv(tables)
    if format_ == "json":
        data = {name: each._asdict() for name, each in tables.items()}
        return json_text({"version": 1, "tables": data, "unread": unread}).encode()
    return text_file(_lines(tables))


def _as_csv(tables: Tables) -> bytes:
    """Return the rows, each behind the name of its table where there are several."""
    from govkit.source.csv_grid import write_csv

    rows = []
    for name, each in tables.items():
        before = (name,) if len(tables) > 1 else ()
        rows += [(*("TABLE" for _ in before), *each.head), *((*before, *row) for row in each.rows)]
    return write_csv(rows)


def _show(tables: Tables) -> None:
    echo(_lines(tables))


def _lines(tables: Tables) -> Iterator[str]:
    """Yield one table whole and its gaps below, or of several the gaps alone."""
    from govkit.cli.printing.table import table

    for name, each in tables.items():
        if len(tables) == 1:
            yield from table(each.head, each.rows).splitlines()
            yield ""
        gaps = number_of(len(each.gaps), "gap")
        yield click.style(f"{name}: {number_of(len(each.rows), 'row')}, {gaps}", bold=True)
        yield from (f"  {visible(gap)}" for gap in each.gaps)
    if len(tables) > 1:
        yield "`govkit coverage TABLE` shows one of the tables whole."
