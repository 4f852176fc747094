"""A table that somebody sent, and what is said where it is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from govkit.errors import WrongUse
from govkit.source.grids import NoTable


@contextmanager
def read_as_table(shown: str) -> Iterator[None]:
    """Say in which row of a file it is no table, as `WrongUse`; `shown` is its name in print."""
    try:
        yield
    except NoTable as fault:
        where = f", row {fault.row}" if fault.row else ""
        raise WrongUse(f"{shown}{where}: {fault.message}", fault.help) from None
