"""The script of the page that verifies: its parts in one file, with the fields of records as data.

One classic script, so that it runs in a page that lies on a disk, too; it loads nothing.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from govkit.languages.catalogue import OF_SITE, messages
from govkit.records.written import GUESSED
from govkit.release.manifest import RECORD_FOLDERS
from govkit.site.record_shapes import shapes
from govkit.source.scaffolds import READS_OTHERWISE

PARTS = (
    "bytes",
    "yaml",
    "records",
    "writing",
    "signatures",
    "merkle",
    "archives",
    "pdf",
    "rules",
    "log",
    "texts",
    "release",
    "receipt",
    "judging",
    "page",
)
_WORDS = ("condition", "exception", "at-least", "at-most")


@cache
def verify_script() -> bytes:
    """Return the script, the same bytes every time."""
    folder = files("govkit.site").joinpath("verify")
    parts = [folder.joinpath(f"{part}.js").read_text(encoding="utf-8") for part in PARTS]
    data = json.dumps(_data(), separators=(",", ":"), ensure_ascii=True)
    body = "\n".join(_bare(line) for part in parts for line in part.splitlines() if _bare(line))
    return f'(() => {{\n"use strict";\nconst SHAPES = {data};\n{body}\n}})();\n'.encode()


def _bare(line: str) -> str:
    """Return a line without its indentation; nothing for one that is a comment."""
    words = line.strip()
    return "" if words.startswith("//") else words


def _data() -> dict[str, Any]:
    patterns: dict[str, int] = {}
    found: dict[str, Any] = _numbered(shapes(), patterns)
    words = {
        language: {word: messages(language)[f"book.{word}"] for word in _WORDS}
        for language in OF_SITE
    }
    return found | {
        "patterns": list(patterns),
        "words": words,
        "folders": list(RECORD_FOLDERS),
        "taken": sorted(READS_OTHERWISE),
        "guessed": f"^(?:{GUESSED})$",
    }


def _numbered(value: Any, patterns: dict[str, int]) -> Any:
    """Return shapes with a number in the place of each pattern, since most stand many times."""
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            value = value | {"pattern": patterns.setdefault(value["pattern"], len(patterns))}
        return {key: _numbered(each, patterns) for key, each in value.items()}
    return [_numbered(each, patterns) for each in value] if isinstance(value, list) else value
