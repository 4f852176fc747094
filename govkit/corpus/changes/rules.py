"""Reads the table of rules for structured fields: data that a lawyer can correct."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from govkit.records.kinds import TEXT_KINDS
from govkit.source.loader import load


class FieldRule(NamedTuple):
    """What a change of a field means.

    `class_` is `1` to `8`, `S`, or one of the words that `rules.yaml` explains. `more` is `duty`
    where more in the field means more duties, `limit` where it means fewer, else empty.
    """

    class_: str
    more: str = ""


@cache
def _table() -> dict[str, dict[str, FieldRule]]:
    text = files("govkit.corpus.changes").joinpath("rules.yaml").read_text(encoding="utf-8")
    groups: Any = load(text)
    return {
        group: {line["field"]: FieldRule(line["class"], line.get("more", "")) for line in lines}
        for group, lines in groups.items()
    }


def rules_for(kind: str) -> dict[str, FieldRule]:
    """Return the rule of each field of a kind of unit; `kind` is a normative kind."""
    return _table()["texts" if kind in TEXT_KINDS else f"{kind}s"]
