"""The words by which clauses become questions about real terms, from `evaluation/*.json`.

`hints` are words that, near a subject, ask whether terms contradict a clause: those of each clause,
and those of a force; `{term}` stands for each defined term that the clause marks.
docs/languages.md says how to add a language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class EvaluationWords(NamedTuple):
    """The words of one language."""

    question: Mapping[str, str]
    only: str
    except_: str
    option: str
    hints: Mapping[str, Sequence[str]]


@cache
def evaluation_words(language: str) -> EvaluationWords:
    """Return the words of a language, of English where there are none of it."""
    folder = files("govkit.languages") / "evaluation"
    found = folder / f"{language}.json"
    source = found if found.is_file() else folder / "en.json"
    data = json.loads(source.read_text(encoding="utf-8"))
    return EvaluationWords(
        data["question"], data["only"], data["except"], data["option"], data["hints"]
    )
