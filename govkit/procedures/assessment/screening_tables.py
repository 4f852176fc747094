"""What was screened as files: Parquet for programs that count, CSV and JSON lines for others.

The same rows give the same bytes, with the same version of the library.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

from govkit.errors import GovkitError
from govkit.source.csv_grid import write_csv

INSTALL = "Run: pip install 'coalition-govkit[screen]'. Or take --tables csv or jsonl."
Rows = Sequence[Any]
"""Named tuples of one kind, whose fields are texts, numbers and fractions."""


def require_parquet() -> None:
    """Raise `GovkitError` where the library for Parquet is not installed."""
    _pyarrow()


def _pyarrow() -> Any:
    try:
        import_module("pyarrow.parquet")
    except ImportError:
        raise GovkitError("Parquet needs a library that is not installed", INSTALL) from None
    return import_module("pyarrow")


def _as_parquet(kind: Any, rows: Rows) -> bytes:
    arrow = _pyarrow()
    types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64()}
    fields = [(name, types[type_]) for name, type_ in get_type_hints(kind).items()]
    columns = [
        arrow.array(column, type_)
        for column, (_, type_) in zip(
            zip(*rows, strict=True) if rows else [[] for _ in fields], fields, strict=True
        )
    ]
    table = arrow.Table.from_arrays(columns, schema=arrow.schema(fields))
    written = io.BytesIO()
    arrow.parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


def _as_csv(kind: Any, rows: Rows) -> bytes:
    return write_csv([kind._fields, *([str(cell) for cell in row] for row in rows)])


def _as_json_lines(kind: Any, rows: Rows) -> bytes:
    lines = (json.dumps(row._asdict(), ensure_ascii=False) + "\n" for row in rows)
    return "".join(lines).encode("utf-8", "replace")


TABLES: dict[str, Callable[[Any, Rows], bytes]] = {
    "parquet": _as_parquet,
    "csv": _as_csv,
    "jsonl": _as_json_lines,
}
"""The formats, each with what writes rows of a kind in it."""


def state_counts(path: Path) -> Counter[str]:
    """Return how many snapshots of a file have each state, and how many marks they have."""
    found: Counter[str] = Counter()
    for state, marks in _read(path):
        found[state] += 1
        found["marks"] += int(marks)
    return found


def _read(path: Path) -> Iterator[tuple[str, int]]:
    if path.suffix == ".parquet":
        table = _pyarrow().parquet.read_table(path, columns=["state", "marks"])
        yield from zip(
            table.column("state").to_pylist(), table.column("marks").to_pylist(), strict=True
        )
        return
    text = path.read_text(encoding="utf-8-sig")
    rows: Any = (
        csv.DictReader(io.StringIO(text, newline=""))
        if path.suffix == ".csv"
        else map(json.loads, text.splitlines())
    )
    for row in rows:
        yield row["state"], int(row["marks"])
