"""From the name of a kind to its pydantic model, imported at the first record of that kind."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from govkit.records.base import Record
from govkit.records.kinds import KINDS, PAPERS


@cache
def model_of(kind: str) -> type[Record]:
    """Return the model of a kind; `kind` is a name in `kinds.KINDS` or `PAPERS`."""
    name = PAPERS[kind].module if kind in PAPERS else KINDS[kind].module
    module = import_module(f"govkit.records.{name}")
    models: dict[str, type[Record]] = {
        each.KIND: each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Record) and hasattr(each, "KIND")
    }
    return models[kind]
