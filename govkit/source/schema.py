"""The JSON Schema of each kind, generated from its model, for editors and other programs.

A schema accepts whatever the reader accepts. An editor's YAML parser guesses types (`2024` becomes
a number), so the schemas take numbers and truth values where a text is meant; the reader, which
sees characters, stays the judge.
"""

from __future__ import annotations

import json
from typing import Any

from govkit.records.kinds import KINDS
from govkit.records.models import model_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_KINDS = tuple(sorted(KINDS))


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind, a name in `kinds.KINDS`."""
    made = model_of(kind).model_json_schema(by_alias=True)
    head = {"$schema": DIALECT, "title": kind, "description": made.pop("description", "")}
    return head | {name: value for name, value in made.items() if name not in head}


def schema_text(kind: str) -> str:
    """Return the schema as it stands in `schemas/<kind>.schema.json`."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"
